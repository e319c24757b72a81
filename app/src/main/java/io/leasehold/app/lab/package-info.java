/**
 * A private lab of network namespaces on this machine: segments, hosts on them, and real DHCP
 * clients. It needs root. Nothing outside the namespaces is touched, and all of it is removed at
 * the end, by {@link io.leasehold.app.lab.Lab#close}, at the end of the JVM, or by the next lab's
 * start.
 */
@NullMarked
package io.leasehold.app.lab;

import org.jspecify.annotations.NullMarked;
