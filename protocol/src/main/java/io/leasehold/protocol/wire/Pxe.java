package io.leasehold.protocol.wire;

import org.jspecify.annotations.Nullable;

/** What a network-boot client says of itself (RFC 4578). */
public final class Pxe {
    static final Part<MachineId> MACHINE_ID = new MachineIdPart();
    static final Part<InterfaceId> INTERFACE_ID = new InterfaceIdPart();

    private Pxe() {}

    /**
     * The client machine identifier, option 97 (RFC 4578 §2.3).
     *
     * @param type 0 for a UUID; the RFC defines no other
     * @param id 16 octets where the type is 0
     */
    public record MachineId(int type, Octets id) {
        /** The type of a UUID. */
        public static final int UUID = 0;

        private static final int UUID_OCTETS = 16;

        /** {@code 0 00:11:22:...}: the type, the octets as they are on the wire. */
        @Override
        public String toString() {
            return (type + " " + id).trim();
        }
    }

    /**
     * The client network interface identifier, option 94 (RFC 4578 §2.2).
     *
     * @param type 1 for UNDI
     * @param major the interface's major version
     * @param minor the interface's minor version
     */
    public record InterfaceId(int type, int major, int minor) {
        /** {@code 1 3 16}. */
        @Override
        public String toString() {
            return type + " " + major + " " + minor;
        }
    }

    private static final class MachineIdPart extends Part<MachineId> {
        MachineIdPart() {
            super("a client machine identifier", "client machine identifiers");
        }

        @Override
        @Nullable MachineId read(Cursor cursor) {
            int type = cursor.u8();
            Octets id = Octets.of(cursor.rest());
            return type == MachineId.UUID && id.length() != MachineId.UUID_OCTETS
                    ? null
                    : new MachineId(type, id);
        }

        @Override
        void write(OctetWriter out, MachineId value) {
            out.u8(value.type()).octets(value.id());
        }

        @Override
        MachineId parse(String text) {
            Words words = new Words(text, "a type and octets; type 0 has 16 of them, a UUID");
            int type = words.number(255);
            Octets id = Octets.parseHex(words.rest());
            if (type == MachineId.UUID && id.length() != MachineId.UUID_OCTETS) {
                throw words.wrong();
            }
            return new MachineId(type, id);
        }
    }

    private static final class InterfaceIdPart extends Part<InterfaceId> {
        InterfaceIdPart() {
            super("a network interface identifier", "network interface identifiers");
        }

        @Override
        InterfaceId read(Cursor cursor) {
            return new InterfaceId(cursor.u8(), cursor.u8(), cursor.u8());
        }

        @Override
        void write(OctetWriter out, InterfaceId value) {
            out.u8(value.type()).u8(value.major()).u8(value.minor());
        }

        @Override
        InterfaceId parse(String text) {
            Words words = new Words(text, "a type, a major and a minor version such as 1 3 16");
            return words.end(
                    new InterfaceId(words.number(255), words.number(255), words.number(255)));
        }
    }
}
