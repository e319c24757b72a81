package io.leasehold.service.handler;

import java.io.IOException;

/** Why a handler, or its whole service, ended. */
public sealed interface Reason {
    /** Its owner ended it: {@link DhcpService#stop} or {@link DhcpService#close}. */
    record Stopped() implements Reason {}

    /**
     * The handler ended it: {@link Answer#stop} or {@link DhcpContext#stop}.
     *
     * @param why as the handler said
     */
    record Chosen(String why) implements Reason {}

    /**
     * The handler threw. It is started afresh; or, when that happened too often, the service has
     * ended.
     *
     * @param fault what it threw
     */
    record Fault(Throwable fault) implements Reason {}

    /**
     * Nothing can be received any more.
     *
     * @param failure what became of the sockets
     */
    record LinkLost(IOException failure) implements Reason {}

    /** True for the ends that nobody wanted. */
    default boolean isFailure() {
        return switch (this) {
            case Stopped _, Chosen _ -> false;
            case Fault _, LinkLost _ -> true;
        };
    }
}
