/** What a DHCP server is told to do, as plain data. */
@NullMarked
package io.leasehold.server.config;

import org.jspecify.annotations.NullMarked;
