/** The rules of a proxyDHCP service (PXE 2.1, RFC 4578). */
@NullMarked
package io.leasehold.netboot.proxy;

import org.jspecify.annotations.NullMarked;
