/** Where log lines go and what they look like. */
@NullMarked
package io.leasehold.app.log;

import org.jspecify.annotations.NullMarked;
