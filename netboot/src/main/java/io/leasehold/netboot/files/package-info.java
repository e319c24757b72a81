/** The files that machines boot from: under one root, which no name leaves. */
@NullMarked
package io.leasehold.netboot.files;

import org.jspecify.annotations.NullMarked;
