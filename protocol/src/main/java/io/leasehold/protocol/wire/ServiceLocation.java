package io.leasehold.protocol.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of the service location protocol (RFC 2610). */
public final class ServiceLocation {
    static final Part<Agents> AGENTS = new AgentsPart();
    static final Part<Scopes> SCOPES = new ScopesPart();

    private static final String MANDATORY = "mandatory";

    private ServiceLocation() {}

    /**
     * Directory agents, option 78 (RFC 2610 §3).
     *
     * @param mandatory true where the client must not discover others
     * @param addresses the agents
     */
    public record Agents(boolean mandatory, List<Ip4Address> addresses) {
        public Agents {
            addresses = List.copyOf(addresses);
        }

        /** {@code mandatory 192.168.50.1 192.168.50.2}. */
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(mandatory ? MANDATORY : "");
            for (Ip4Address address : addresses) {
                text.append(text.length() == 0 ? "" : " ").append(address);
            }
            return text.toString();
        }
    }

    /**
     * The service scope, option 79 (RFC 2610 §4).
     *
     * @param mandatory true where the client must not use scopes of its own
     * @param scopes names with commas between them; may be empty
     */
    public record Scopes(boolean mandatory, Text scopes) {
        /** {@code mandatory floor-2,floor-3}. */
        @Override
        public String toString() {
            String text = scopes.toString();
            boolean ambiguous = text.startsWith(MANDATORY);
            return ((mandatory ? MANDATORY + " " : "")
                            + (ambiguous ? "hex:" + scopes.octets() : text))
                    .trim();
        }
    }

    private static final class AgentsPart extends Part<Agents> {
        AgentsPart() {
            super("a list of directory agents", "lists of directory agents");
        }

        @Override
        @Nullable Agents read(Cursor cursor) {
            int mandatory = cursor.u8();
            List<Ip4Address> addresses = new ArrayList<>();
            while (cursor.remaining() > 0) {
                addresses.add(cursor.address());
            }
            return mandatory > 1 ? null : new Agents(mandatory == 1, addresses);
        }

        @Override
        void write(OctetWriter out, Agents value) {
            out.u8(value.mandatory() ? 1 : 0);
            for (Ip4Address address : value.addresses()) {
                out.address(address);
            }
        }

        @Override
        Agents parse(String text) {
            Words words = new Words(text.replace(',', ' '), one());
            boolean mandatory = text.startsWith(MANDATORY);
            if (mandatory) {
                words.expect(MANDATORY);
            }
            List<Ip4Address> addresses = new ArrayList<>();
            while (words.more()) {
                addresses.add(words.address());
            }
            return new Agents(mandatory, addresses);
        }
    }

    private static final class ScopesPart extends Part<Scopes> {
        ScopesPart() {
            super("a list of service scopes", "lists of service scopes");
        }

        @Override
        @Nullable Scopes read(Cursor cursor) {
            int mandatory = cursor.u8();
            Text scopes = new Text(Octets.of(cursor.rest()));
            return mandatory > 1 ? null : new Scopes(mandatory == 1, scopes);
        }

        @Override
        void write(OctetWriter out, Scopes value) {
            out.u8(value.mandatory() ? 1 : 0).octets(value.scopes().octets());
        }

        @Override
        Scopes parse(String text) {
            if (!text.startsWith(MANDATORY)) {
                return new Scopes(false, Text.parse(text));
            }
            Words words = new Words(text, one());
            words.expect(MANDATORY);
            return new Scopes(true, Text.parse(words.rest()));
        }
    }
}
