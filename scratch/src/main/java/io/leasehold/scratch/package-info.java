/** What becomes C: probes that show that it says there what it says on a JVM. */
@NullMarked
package io.leasehold.scratch;

import org.jspecify.annotations.NullMarked;
