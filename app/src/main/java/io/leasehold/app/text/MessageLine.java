package io.leasehold.app.text;

import io.leasehold.app.Printable;
import io.leasehold.app.run.ClientText;
import io.leasehold.protocol.wire.Field;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.Option;
import io.leasehold.protocol.wire.Options;
import io.leasehold.protocol.wire.RelayOptions;
import io.leasehold.protocol.wire.SubOptions;
import io.leasehold.protocol.wire.Text;
import org.jspecify.annotations.Nullable;

/** A message in one line: its type, its client, and what it is about. */
public final class MessageLine {
    private static final int TYPE_CHARACTERS = 8;

    private MessageLine() {}

    /** The line, fit for a terminal. */
    public static String of(Message message) {
        return String.format("%-" + TYPE_CHARACTERS + "s ", MessageNames.type(message))
                + ClientText.of(message)
                + " xid "
                + MessageLines.xid(message)
                + about(message)
                + way(message);
    }

    private static String about(Message message) {
        MessageType type = message.type();
        String asked = address(message, Options.REQUESTED_ADDRESS);
        String from = prefixed(" from ", address(message, Options.SERVER_ID));
        String ciaddr = message.ciaddr().isZero() ? "" : message.ciaddr().toString();
        if (type == null) {
            return message.yiaddr().isZero() ? "" : " " + message.yiaddr();
        }
        return switch (type) {
            case DISCOVER -> prefixed(" wants ", asked);
            case REQUEST ->
                    asked.isEmpty()
                            ? prefixed(" renews ", ciaddr) + from
                            : prefixed(" wants ", asked)
                                    + (from.isEmpty() ? ", which it had before" : from);
            case OFFER, ACK -> {
                String lease = message.yiaddr().isZero() ? ciaddr : message.yiaddr().toString();
                Long seconds = value(message, Options.LEASE_TIME);
                yield prefixed(" ", lease)
                        + (seconds == null ? "" : " for " + seconds + " s")
                        + from;
            }
            case NAK -> {
                Text text = value(message, Options.MESSAGE_TEXT);
                yield from + (text == null ? "" : ": " + Printable.quoted(text.value()));
            }
            case DECLINE -> prefixed(" has found in use: ", asked) + from;
            case RELEASE -> prefixed(" gives back ", ciaddr) + from;
            case INFORM -> prefixed(" has ", ciaddr);
        };
    }

    private static String way(Message message) {
        if (message.giaddr().isZero()) {
            return "";
        }
        SubOptions agent = value(message, Options.RELAY_AGENT_INFORMATION);
        String circuit =
                agent == null || !agent.has(RelayOptions.CIRCUIT_ID.code())
                        ? ""
                        : " circuit " + circuit(agent);
        return ", relay " + message.giaddr() + circuit;
    }

    private static String circuit(SubOptions agent) {
        byte[] raw =
                RelayOptions.CIRCUIT_ID
                        .type()
                        .encode(agent.get(RelayOptions.CIRCUIT_ID).or(Octets.EMPTY));
        return Printable.of(Options.HOST_NAME.spell(raw));
    }

    private static String prefixed(String prefix, String text) {
        return text.isEmpty() ? "" : prefix + text;
    }

    private static String address(Message message, Option<Ip4Address> option) {
        Ip4Address address = value(message, option);
        return address == null ? "" : address.toString();
    }

    private static <T> @Nullable T value(Message message, Option<T> option) {
        return message.get(option) instanceof Field.Present<T> present ? present.value() : null;
    }
}
