/**
 * Linux: sockets, interfaces and neighbour entries, through {@code java.lang.foreign}. All that
 * Leasehold asks of the kernel is asked here.
 */
@NullMarked
package io.leasehold.link;

import org.jspecify.annotations.NullMarked;
