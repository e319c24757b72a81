/**
 * DHCP of your own: write a {@link io.leasehold.service.handler.DhcpHandler}, and start it with
 * {@link io.leasehold.service.handler.DhcpService}.
 */
@NullMarked
package io.leasehold.service.handler;

import org.jspecify.annotations.NullMarked;
