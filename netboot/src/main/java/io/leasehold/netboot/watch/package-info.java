/**
 * How far each machine comes that boots: what it asked, was told and fetched, and where it stuck.
 */
@NullMarked
package io.leasehold.netboot.watch;

import org.jspecify.annotations.NullMarked;
