/** The rules of a DHCP relay agent (RFC 1542 §4.1, RFC 3046). */
@NullMarked
package io.leasehold.relay;

import org.jspecify.annotations.NullMarked;
