/**
 * A DHCP client for tests and for programs (RFC 2131 §4.4): it sends any message and awaits the
 * answer, does whole exchanges, and keeps leases. It sets no interface up.
 */
@NullMarked
package io.leasehold.service.client;

import org.jspecify.annotations.NullMarked;
