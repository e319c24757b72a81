/** The wire format: messages, options, readers and writers. Plain Java, no input or output. */
@NullMarked
package io.leasehold.protocol.wire;

import org.jspecify.annotations.NullMarked;
