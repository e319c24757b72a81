/** TFTP (RFC 1350 and its options): packets in, packets out, and neither socket nor clock. */
@NullMarked
package io.leasehold.netboot.tftp;

import org.jspecify.annotations.NullMarked;
