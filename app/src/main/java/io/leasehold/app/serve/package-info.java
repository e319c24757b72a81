/** A server at work: what {@code leasehold serve} joins, and what it tells. */
@NullMarked
package io.leasehold.app.serve;

import org.jspecify.annotations.NullMarked;
