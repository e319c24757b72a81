package io.leasehold.server;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.MessageType;

/**
 * Hears what the server decides, for logs and metrics. Called on the server's thread; must not
 * block.
 */
public interface ServerEvents {
    /**
     * A request got, or will get once it is durable, an answer.
     *
     * @param arrival the request
     * @param answer the type of the answer; BOOTP clients are told as ACK
     * @param address the address it is about; 0.0.0.0 in a NAK and in an offer of none
     * @param why in a few words, {@code new lease}
     */
    void answered(Arrival arrival, MessageType answer, Ip4Address address, String why);

    /** A RELEASE or DECLINE was taken; {@code why} says what came of it. */
    void noted(Arrival arrival, Ip4Address address, String why);

    /** A message got silence. */
    void dropped(Arrival arrival, ServerDrop reason);

    /**
     * An option that is optional could not be read, and the request is answered as if it were not
     * there.
     *
     * @param code its code
     */
    default void ignored(Arrival arrival, int code) {}

    /** A network has no free address for a client. */
    void exhausted(Arrival arrival, String network);

    /** An address answered a ping although nobody has it from us. */
    void conflict(Ip4Address address);

    /** Hears nothing. */
    ServerEvents NONE =
            new ServerEvents() {
                @Override
                public void answered(
                        Arrival arrival, MessageType answer, Ip4Address address, String why) {}

                @Override
                public void noted(Arrival arrival, Ip4Address address, String why) {}

                @Override
                public void dropped(Arrival arrival, ServerDrop reason) {}

                @Override
                public void exhausted(Arrival arrival, String network) {}

                @Override
                public void conflict(Ip4Address address) {}
            };
}
