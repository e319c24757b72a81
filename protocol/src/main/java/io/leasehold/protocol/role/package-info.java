/** What every role shares: how a message came, and what is decided about it. */
@NullMarked
package io.leasehold.protocol.role;

import org.jspecify.annotations.NullMarked;
