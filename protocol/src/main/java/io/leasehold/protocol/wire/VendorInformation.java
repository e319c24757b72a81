package io.leasehold.protocol.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Vendor specific information, option 43 (RFC 2132 §8.4): whatever the vendor likes, in most cases
 * a row of options of its own.
 *
 * @param value all of it
 */
public record VendorInformation(Octets value) {
    static final OptionType<VendorInformation> TYPE = new VendorInformationType();

    /** Options one after another, without an end. */
    public static VendorInformation of(SubOptions options) {
        OctetWriter out = new OctetWriter();
        options.write(out);
        return new VendorInformation(Octets.of(out.toBytes()));
    }

    /** The value as options: pads (0) are passed over, and an end (255) ends them. */
    public Field<SubOptions> subOptions() {
        List<SubOptions.Entry> entries = new ArrayList<>();
        Cursor cursor = new Cursor(value.toBytes());
        while (cursor.remaining() > 0) {
            int code = cursor.u8();
            if (code == OptionCode.END) {
                break;
            }
            if (code == OptionCode.PAD) {
                continue;
            }
            Octets content = Octets.of(cursor.bytes(cursor.u8()));
            if (cursor.overrun()) {
                return Spelling.malformed(value.toBytes(), "a row of sub-options");
            }
            entries.add(new SubOptions.Entry(code, content));
        }
        return Field.present(new SubOptions(entries));
    }

    private static final class VendorInformationType implements OptionType<VendorInformation> {
        @Override
        public Field<VendorInformation> decode(byte[] bytes) {
            return Field.present(new VendorInformation(Octets.of(bytes)));
        }

        @Override
        public byte[] encode(VendorInformation value) {
            return value.value().toBytes();
        }

        @Override
        public VendorInformation parse(String text) {
            return text.indexOf('=') >= 0
                    ? VendorInformation.of(SubOptions.parse(text))
                    : new VendorInformation(Octets.parseHex(text.trim()));
        }

        @Override
        public String format(VendorInformation value) {
            return value.value().toString();
        }

        @Override
        public String description() {
            return "hexadecimal pairs such as 06:01:08, or sub-options such as 6=08, 9=00:01";
        }
    }
}
