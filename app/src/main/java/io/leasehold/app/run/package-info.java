/** What every program of this kind needs to run: a clock, signals, counters, a log with limits. */
@NullMarked
package io.leasehold.app.run;

import org.jspecify.annotations.NullMarked;
