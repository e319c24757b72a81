/** {@code leasehold snoop}: what is on the wire or in a capture file, shown and saved. */
@NullMarked
package io.leasehold.app.snoop;

import org.jspecify.annotations.NullMarked;
