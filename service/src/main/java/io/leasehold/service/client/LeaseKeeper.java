package io.leasehold.service.client;

import io.leasehold.protocol.wire.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a lease (RFC 2131 §4.4.5): asks its server for more time from T1 on, any server from T2 on,
 * and tells when it is lost. Made by {@link DhcpClient#keeper}; for the client's thread.
 */
public final class LeaseKeeper {
    /** How long to wait at the least before asking again. */
    static final long ASK_AGAIN_MILLIS_MIN = 60_000;

    private final DhcpClient client;
    private final Conversation conversation;
    private ClientLease lease;
    private boolean lost;

    /** When to ask next, unless T2 or the end come before; the past where it is due. */
    private long nextMillis;

    private boolean rebinding;

    /** What was asked last and is not answered; null when nothing is. */
    private @Nullable Message asked;

    private long askedMillis;

    LeaseKeeper(DhcpClient client, Conversation conversation, ClientLease lease) {
        this.client = client;
        this.conversation = conversation;
        this.lease = lease;
        this.nextMillis = lease.renewsAtMillis();
    }

    /** The lease as it was given last, whether it is lost since or not. */
    public ClientLease lease() {
        return lease;
    }

    /** True when the address may no longer be used: it ran out, or a server refused. */
    public boolean isLost() {
        return lost;
    }

    /**
     * Keeps the lease for some time, until it is lost, or until {@link DhcpClient#stop}; may be
     * called again. What is told while it runs, and when it is lost, goes to the listener.
     *
     * @return the lease; null when it is lost
     */
    public @Nullable ClientLease run(Duration time, Consumer<LeaseEvent> listener) {
        long end = conversation.nowMillis() + time.toMillis();
        long now = conversation.nowMillis();
        while (!lost && now < end && !conversation.isStopped()) {
            step(now, end, listener);
            now = conversation.nowMillis();
        }
        if (!lost && now >= lease.endsAtMillis()) {
            lose(new LeaseEvent.Expired(lease), listener);
        }
        return lost ? null : lease;
    }

    private void step(long now, long end, Consumer<LeaseEvent> listener) {
        boolean late = now >= lease.rebindsAtMillis();
        if (now >= lease.endsAtMillis()) {
            lose(new LeaseEvent.Expired(lease), listener);
        } else if (late && !rebinding || now >= nextMillis) {
            rebinding = late;
            ask(now, listener);
        } else {
            long over = late ? lease.endsAtMillis() : lease.rebindsAtMillis();
            await(Math.min(Math.min(nextMillis, over), end), listener);
        }
    }

    private void ask(long now, Consumer<LeaseEvent> listener) {
        long over = rebinding ? lease.endsAtMillis() : lease.rebindsAtMillis();
        // Half of what remains, but a minute at least.
        nextMillis = Math.min(over, now + Math.max(ASK_AGAIN_MILLIS_MIN, (over - now) / 2));
        askedMillis = now;
        try {
            Conversation.Route route =
                    rebinding ? Conversation.Route.EVERYONE : DhcpClient.toServer(lease);
            asked = client.sendExtension(lease, route);
        } catch (IOException e) {
            asked = null;
            listener.accept(new LeaseEvent.Trouble(e.getMessage() + ""));
        }
    }

    private void await(long untilMillis, Consumer<LeaseEvent> listener) {
        Message question = asked;
        try {
            if (question == null) {
                conversation.pass(untilMillis);
                return;
            }
            Answer answer =
                    conversation.await(
                            question, AnswerRules.Wanted.LEASE, askedMillis, untilMillis);
            switch (client.acquisition(answer, lease.server())) {
                case Acquisition.Bound bound -> extended(bound.lease(), listener);
                case Acquisition.Refused refused ->
                        lose(new LeaseEvent.Refused(refused.nak()), listener);
                case Acquisition.Silence ignored -> {
                    // It is asked again when that is due.
                }
            }
        } catch (IOException e) {
            listener.accept(new LeaseEvent.Trouble(e.getMessage() + ""));
        }
    }

    private void extended(ClientLease given, Consumer<LeaseEvent> listener) {
        lease = given;
        asked = null;
        nextMillis = given.renewsAtMillis();
        listener.accept(rebinding ? new LeaseEvent.Rebound(given) : new LeaseEvent.Renewed(given));
        rebinding = false;
    }

    private void lose(LeaseEvent how, Consumer<LeaseEvent> listener) {
        lost = true;
        client.letGo();
        listener.accept(how);
    }
}
