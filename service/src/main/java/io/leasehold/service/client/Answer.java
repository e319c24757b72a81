package io.leasehold.service.client;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;

/**
 * A message that answers one of ours.
 *
 * @param message the answer
 * @param source the address it came from
 * @param sourcePort the UDP port it came from
 * @param sentMillis when its question was first sent, on the boot clock
 * @param cameMillis when it came, on the boot clock
 */
public record Answer(
        Message message, Ip4Address source, int sourcePort, long sentMillis, long cameMillis) {}
