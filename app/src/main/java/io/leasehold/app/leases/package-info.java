/** Leases for people and for other programs: lists, exports and imports. */
@NullMarked
package io.leasehold.app.leases;

import org.jspecify.annotations.NullMarked;
