/** Scripts for iPXE that are made for each machine: what is put in, and what must not get in. */
@NullMarked
package io.leasehold.netboot.script;

import org.jspecify.annotations.NullMarked;
