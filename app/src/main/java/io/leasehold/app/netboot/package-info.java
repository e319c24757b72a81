/** Network boot at work: {@code leasehold netboot}. */
@NullMarked
package io.leasehold.app.netboot;

import org.jspecify.annotations.NullMarked;
