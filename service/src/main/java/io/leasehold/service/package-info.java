/** The loop that joins sockets, a role and a store. */
@NullMarked
package io.leasehold.service;

import org.jspecify.annotations.NullMarked;
