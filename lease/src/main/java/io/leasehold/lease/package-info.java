/** Leases: what they are, the contract of a store, and the journal that keeps them. */
@NullMarked
package io.leasehold.lease;

import org.jspecify.annotations.NullMarked;
