/** The datagrams of {@code corpus/}, for the tests of every room. */
@NullMarked
package io.leasehold.protocol.corpus;

import org.jspecify.annotations.NullMarked;
