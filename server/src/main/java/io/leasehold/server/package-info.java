/** The rules of a DHCP server. */
@NullMarked
package io.leasehold.server;

import org.jspecify.annotations.NullMarked;
