/** The load generator: clients by the million on one wire, and what the server made of them. */
@NullMarked
package io.leasehold.app.bench;

import org.jspecify.annotations.NullMarked;
