/** Boot files over HTTP (RFC 9110): what a request is answered with, and no connection. */
@NullMarked
package io.leasehold.netboot.http;

import org.jspecify.annotations.NullMarked;
