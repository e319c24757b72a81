/**
 * Tests of DHCP handlers without a network: a {@link io.leasehold.testkit.VirtualLab} has a handler
 * on a virtual link and a virtual clock, {@link io.leasehold.testkit.MessageDifference} tells what
 * differs, a {@link io.leasehold.testkit.Replay} compares with what was captured. It stands beside
 * any test framework: what is not as expected is an {@link AssertionError}.
 */
@NullMarked
package io.leasehold.testkit;

import org.jspecify.annotations.NullMarked;
