/** DHCP of your own, each example in one file. */
@NullMarked
package io.leasehold.examples;

import org.jspecify.annotations.NullMarked;
