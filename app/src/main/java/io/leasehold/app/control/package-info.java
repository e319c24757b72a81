/** How commands speak to a running server: a line over a socket in its data directory. */
@NullMarked
package io.leasehold.app.control;

import org.jspecify.annotations.NullMarked;
