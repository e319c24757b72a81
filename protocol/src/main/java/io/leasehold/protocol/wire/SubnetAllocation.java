package io.leasehold.protocol.wire;

import org.jspecify.annotations.Nullable;

/**
 * The subnet allocation option, 220 (RFC 6656 §3).
 *
 * @param flags 0 to 255; none is defined
 * @param subOptions 1 subnet request, 2 subnet information, 3 subnet name, 4 suggested lease time
 */
public record SubnetAllocation(int flags, SubOptions subOptions) {
    static final Part<SubnetAllocation> PART = new SubnetAllocationPart();

    /** {@code 0 1=00:18, 3=61:62}. */
    @Override
    public String toString() {
        return (flags + " " + subOptions).trim();
    }

    private static final class SubnetAllocationPart extends Part<SubnetAllocation> {
        SubnetAllocationPart() {
            super("flags and a row of sub-options", "flags and rows of sub-options");
        }

        @Override
        @Nullable SubnetAllocation read(Cursor cursor) {
            int flags = cursor.u8();
            SubOptions subOptions = SubOptions.read(cursor);
            return subOptions == null ? null : new SubnetAllocation(flags, subOptions);
        }

        @Override
        void write(OctetWriter out, SubnetAllocation value) {
            out.u8(value.flags());
            value.subOptions().write(out);
        }

        @Override
        SubnetAllocation parse(String text) {
            Words words = new Words(text, one());
            return new SubnetAllocation(words.number(255), SubOptions.parse(words.rest()));
        }
    }
}
