/** {@code leasehold snapshot}: a capture becomes a JUnit test. */
@NullMarked
package io.leasehold.app.snapshot;

import org.jspecify.annotations.NullMarked;
