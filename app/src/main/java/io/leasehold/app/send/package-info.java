/** {@code leasehold send}: a message from a file or from flags, and what answers it. */
@NullMarked
package io.leasehold.app.send;

import org.jspecify.annotations.NullMarked;
