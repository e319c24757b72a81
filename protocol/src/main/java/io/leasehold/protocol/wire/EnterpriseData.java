package io.leasehold.protocol.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a vendor says under its enterprise number: options 124 and 125 (RFC 3925 §3 and §4), and
 * sub-option 9 of the relay agent information (RFC 4243 §2). What is within is the vendor's affair,
 * so it is not checked until it is asked for.
 *
 * @param enterprise the number that IANA gave the vendor, 0 to 4294967295
 * @param data 0 to 255 octets
 */
public record EnterpriseData(long enterprise, Octets data) {
    static final Part<EnterpriseData> PART = new EnterprisePart();

    private static final int DATA_OCTETS_MAX = 255;

    public EnterpriseData {
        if (data.length() > DATA_OCTETS_MAX) {
            throw new IllegalArgumentException(
                    data.length() + " bytes for enterprise " + enterprise + " are more than 255");
        }
    }

    /** The data as vendor classes with a length before each (RFC 3925 §3). */
    public Field<List<Text>> vendorClasses() {
        List<Text> classes = new ArrayList<>();
        Cursor cursor = new Cursor(data.toBytes());
        while (cursor.remaining() > 0) {
            classes.add(new Text(Octets.of(cursor.bytes(cursor.u8()))));
            if (cursor.overrun()) {
                return Spelling.malformed(data.toBytes(), "a row of vendor classes");
            }
        }
        return Field.present(Collections.unmodifiableList(classes));
    }

    /** The data as options of the vendor's own (RFC 3925 §4). */
    public Field<SubOptions> subOptions() {
        SubOptions value = SubOptions.read(new Cursor(data.toBytes()));
        return value == null
                ? Spelling.malformed(data.toBytes(), "a row of sub-options")
                : Field.present(value);
    }

    /** {@code 3561 01:02:aa:bb}. */
    @Override
    public String toString() {
        return (enterprise + " " + data).trim();
    }

    private static final class EnterprisePart extends Part<EnterpriseData> {
        EnterprisePart() {
            super("an enterprise number with data", "enterprise numbers with data");
        }

        @Override
        @Nullable EnterpriseData read(Cursor cursor) {
            long enterprise = cursor.u32() & 0xffff_ffffL;
            return new EnterpriseData(enterprise, Octets.of(cursor.bytes(cursor.u8())));
        }

        @Override
        void write(OctetWriter out, EnterpriseData value) {
            out.u32(value.enterprise()).u8(value.data().length()).octets(value.data());
        }

        @Override
        EnterpriseData parse(String text) {
            Words words =
                    new Words(text, "an enterprise number with data such as 3561 01:02:aa:bb");
            return new EnterpriseData(words.number(0xffff_ffffL), Octets.parseHex(words.rest()));
        }
    }
}
