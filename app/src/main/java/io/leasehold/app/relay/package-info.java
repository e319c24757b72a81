/** Relays at work: what {@code leasehold relay} joins, and what it tells. */
@NullMarked
package io.leasehold.app.relay;

import org.jspecify.annotations.NullMarked;
