package io.leasehold.lease;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Octets;
import java.util.Arrays;

/**
 * Packs what a lease says of its client into one array, to save memory. Equal facts are equal
 * bytes.
 *
 * <pre>
 * 1 octet    how the client is known: see the constants
 * length     of the client id, then its octets; only for a client that has one
 * 1 octet    htype, length, octets of chaddr; not where the client id says the same
 * length     of the host name, then its octets in UTF-8
 * the rest   option 82
 * </pre>
 *
 * A length is one octet up to 254, else 255 and four octets. Never written to disk.
 */
final class LeaseFacts {
    /** Known by its hardware address, which is the one on record. */
    private static final int BY_THIS_HARDWARE = 0;

    /** Known by a hardware address other than the one on record, which then follows first. */
    private static final int BY_OTHER_HARDWARE = 1;

    /** Known by a client id. */
    private static final int BY_ID = 2;

    /** Known by a client id that is htype and chaddr of one octet and more (RFC 2132 §9.14). */
    private static final int BY_HARDWARE_IN_ID = 3;

    private static final int LONG = 255;

    private final byte[] packed;
    private int at;

    private LeaseFacts(byte[] packed) {
        this.packed = packed;
    }

    static byte[] pack(
            ClientKey client, HardwareAddress hardware, String hostName, Octets agentInformation) {
        byte[] name = hostName.isEmpty() ? new byte[0] : hostName.getBytes(UTF_8);
        int clientLength =
                switch (client) {
                    case ClientKey.ById(var id) -> id.length();
                    case ClientKey.ByHardware(var other) -> other.length();
                };
        // The kind, two lengths of at most five octets, and htype and hlen up to twice.
        int longest = 1 + 5 + 5 + 2 + 2 + clientLength + hardware.length() + name.length;
        LeaseFacts facts = new LeaseFacts(new byte[longest + agentInformation.length()]);
        int kind = kind(client, hardware);
        facts.put(kind);
        switch (client) {
            case ClientKey.ById(var id) -> {
                facts.putLength(id.length());
                facts.putAll(id);
                if (kind == BY_ID) {
                    facts.putHardware(hardware);
                }
            }
            case ClientKey.ByHardware(var other) -> {
                if (kind == BY_OTHER_HARDWARE) {
                    facts.putHardware(other);
                }
                facts.putHardware(hardware);
            }
        }
        facts.putLength(name.length);
        for (byte octet : name) {
            facts.put(octet);
        }
        facts.putAll(agentInformation);
        return Arrays.copyOf(facts.packed, facts.at);
    }

    private static int kind(ClientKey client, HardwareAddress hardware) {
        return switch (client) {
            case ClientKey.ById(var id) -> saysHardware(id, hardware) ? BY_HARDWARE_IN_ID : BY_ID;
            case ClientKey.ByHardware(var other) ->
                    other.equals(hardware) ? BY_THIS_HARDWARE : BY_OTHER_HARDWARE;
        };
    }

    private static boolean saysHardware(Octets id, HardwareAddress hardware) {
        if (id.length() != hardware.length() + 1 || id.get(0) != hardware.type()) {
            return false;
        }
        for (int i = 0; i < hardware.length(); i++) {
            if (id.get(i + 1) != hardware.get(i)) {
                return false;
            }
        }
        return true;
    }

    static ClientKey client(byte[] packed) {
        LeaseFacts facts = new LeaseFacts(packed);
        int kind = facts.get();
        return kind == BY_ID || kind == BY_HARDWARE_IN_ID
                ? new ClientKey.ById(Octets.of(facts.getAll(facts.getLength())))
                : new ClientKey.ByHardware(facts.getHardware());
    }

    static HardwareAddress hardware(byte[] packed) {
        LeaseFacts facts = new LeaseFacts(packed);
        int kind = facts.get();
        if (kind == BY_HARDWARE_IN_ID) {
            int length = facts.getLength();
            int type = facts.get();
            return HardwareAddress.of(type, facts.getAll(length - 1));
        }
        if (kind == BY_ID) {
            facts.skip(facts.getLength());
        } else if (kind == BY_OTHER_HARDWARE) {
            facts.skipHardware();
        }
        return facts.getHardware();
    }

    static String hostName(byte[] packed) {
        LeaseFacts facts = new LeaseFacts(packed);
        facts.skipClientAndHardware();
        int length = facts.getLength();
        return length == 0 ? "" : new String(packed, facts.at, length, UTF_8);
    }

    static Octets agentInformation(byte[] packed) {
        LeaseFacts facts = new LeaseFacts(packed);
        facts.skipClientAndHardware();
        facts.skip(facts.getLength());
        return Octets.of(facts.getAll(packed.length - facts.at));
    }

    private void skipClientAndHardware() {
        int kind = get();
        if (kind == BY_ID || kind == BY_HARDWARE_IN_ID) {
            skip(getLength());
        } else if (kind == BY_OTHER_HARDWARE) {
            skipHardware();
        }
        if (kind != BY_HARDWARE_IN_ID) {
            skipHardware();
        }
    }

    private void put(int octet) {
        packed[at++] = (byte) octet;
    }

    private void putLength(int length) {
        if (length < LONG) {
            put(length);
            return;
        }
        put(LONG);
        put(length >>> 24);
        put(length >>> 16);
        put(length >>> 8);
        put(length);
    }

    private void putAll(Octets octets) {
        for (int i = 0; i < octets.length(); i++) {
            put(octets.get(i));
        }
    }

    private void putHardware(HardwareAddress hardware) {
        put(hardware.type());
        put(hardware.length());
        for (int i = 0; i < hardware.length(); i++) {
            put(hardware.get(i));
        }
    }

    private int get() {
        return packed[at++] & 0xff;
    }

    private int getLength() {
        int length = get();
        return length < LONG ? length : get() << 24 | get() << 16 | get() << 8 | get();
    }

    private byte[] getAll(int length) {
        byte[] octets = Arrays.copyOfRange(packed, at, at + length);
        at += length;
        return octets;
    }

    private HardwareAddress getHardware() {
        int type = get();
        int length = get();
        return HardwareAddress.of(type, getAll(length));
    }

    private void skip(int length) {
        at += length;
    }

    private void skipHardware() {
        get();
        skip(get());
    }
}
