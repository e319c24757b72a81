/** Sends boot files: TFTP and HTTP on real sockets, and what is told of it. */
@NullMarked
package io.leasehold.app.bootfiles;

import org.jspecify.annotations.NullMarked;
