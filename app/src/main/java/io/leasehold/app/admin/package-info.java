/**
 * What a running program tells over HTTP: whether it lives, whether it is ready, what it counts.
 */
@NullMarked
package io.leasehold.app.admin;

import org.jspecify.annotations.NullMarked;
