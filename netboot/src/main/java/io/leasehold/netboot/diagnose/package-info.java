/** What on a network would keep machines from booting, by what is heard there. */
@NullMarked
package io.leasehold.netboot.diagnose;

import org.jspecify.annotations.NullMarked;
