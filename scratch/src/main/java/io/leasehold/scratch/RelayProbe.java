package io.leasehold.scratch;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.Cursor;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.ParseResult;
import io.leasehold.relay.Relay;
import io.leasehold.relay.RelayDropReason;
import io.leasehold.relay.RelayEvents;
import io.leasehold.relay.RelayIncident;
import io.leasehold.relay.RelayInterface;
import io.leasehold.relay.RelayServer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A relay between standard input and standard output. A record that begins with {@link #SETUP}
 * makes a new relay ({@link Setup} tells how it is written); one that begins with {@link #PACKET}
 * is a datagram and how it came: interface, source address and port, destination, time in
 * milliseconds. Said of it: what is sent where, or the reason for silence, and what the relay notes
 * meanwhile.
 */
public final class RelayProbe implements RelayEvents {
    static final int SETUP = 'S';
    static final int PACKET = 'P';

    /** TeaVM's own start needs the class of this array, which is there only if it is made. */
    private static final String[] NO_ARGUMENTS = new String[0];

    private final Records records = new Records();
    private @Nullable Relay relay;

    private RelayProbe() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != NO_ARGUMENTS.length) {
            throw new IllegalArgumentException("the probe takes no arguments");
        }
        new RelayProbe().run();
    }

    private void run() throws IOException {
        for (byte[] record = records.next(); record != null; record = records.next()) {
            Cursor cursor = new Cursor(record);
            int kind = cursor.u8();
            if (kind == SETUP) {
                relay = Setup.relay(cursor, this);
                records.put("ready");
            } else if (kind == PACKET && relay != null) {
                packet(relay, record, cursor);
            } else {
                throw new IOException("found a record of kind " + kind + ", expected S, then P");
            }
            records.send();
        }
    }

    private void packet(Relay relay, byte[] record, Cursor cursor) {
        int interfaceIndex = cursor.u32();
        Ip4Address source = cursor.address();
        int sourcePort = cursor.u16();
        Ip4Address destination = cursor.address();
        long nowMillis = cursor.u64();
        switch (Message.parse(record, cursor.position(), cursor.remaining())) {
            case ParseResult.Malformed malformed ->
                    records.put("malformed")
                            .put(malformed.why().toString())
                            .put32(malformed.offset());
            case ParseResult.Parsed parsed ->
                    say(
                            relay.decide(
                                    new Arrival(
                                            parsed.message(),
                                            interfaceIndex,
                                            source,
                                            sourcePort,
                                            destination,
                                            nowMillis)));
        }
    }

    private void say(Decision<Void> decision) {
        switch (decision) {
            case Decision.Reply<Void> reply -> say(reply.outgoing());
            case Decision.Forward<Void> forward -> {
                for (Outgoing outgoing : forward.outgoings()) {
                    say(outgoing);
                }
            }
            case Decision.Drop<Void> drop -> records.put("drop").put(drop.reason().label());
            case Decision.CommitThenReply<Void> never -> throw unexpected();
            case Decision.Commit<Void> never -> throw unexpected();
            case Decision.AskFirst<Void> never -> throw unexpected();
        }
    }

    private static IllegalStateException unexpected() {
        return new IllegalStateException("a relay keeps nothing and asks nothing");
    }

    private void say(Outgoing outgoing) {
        HardwareAddress neighbour = outgoing.neighbour();
        records.put("send")
                .put(outgoing.destination().toString())
                .put32(outgoing.port())
                .put(outgoing.source().toString())
                .put32(outgoing.sourcePort())
                .put32(outgoing.interfaceIndex())
                .put(neighbour == null ? "" : neighbour.toString())
                .put(outgoing.message().toBytes());
    }

    @Override
    public void relayed(Arrival request, RelayInterface from, RelayServer to) {
        records.put("relayed").put(from.name()).put(to.name());
    }

    @Override
    public void relayedByBroadcast(Arrival request, RelayInterface from, RelayInterface to) {
        records.put("broadcast").put(from.name()).put(to.name());
    }

    @Override
    public void answered(Arrival reply, @Nullable RelayServer from, RelayInterface to) {
        records.put("answered").put(from == null ? "" : from.name()).put(to.name());
    }

    @Override
    public void dropped(Arrival arrival, RelayDropReason reason) {
        records.put("dropped").put(reason.label());
    }

    @Override
    public void noted(Arrival arrival, RelayIncident incident) {
        records.put("noted").put(incident.label());
    }

    @Override
    public void serverSilent(RelayServer server, long nowMillis) {
        records.put("silent").put(server.name());
    }

    @Override
    public void serverBack(RelayServer server, long nowMillis) {
        records.put("back").put(server.name());
    }
}
