/**
 * What the neighbour helper is made of: plain Java over byte arrays, without {@code
 * java.lang.foreign}, since it is also made a program without a JVM. The link uses its netlink too.
 */
@NullMarked
package io.leasehold.link.helper;

import org.jspecify.annotations.NullMarked;
