package io.leasehold.protocol.wire;

import org.jspecify.annotations.Nullable;

/** A row of sub-options up to the end of the option. */
final class SubOptionsPart extends Part<SubOptions> {
    static final Part<SubOptions> PART = new SubOptionsPart();

    private SubOptionsPart() {
        super("a row of sub-options", "rows of sub-options");
    }

    @Override
    @Nullable SubOptions read(Cursor cursor) {
        return SubOptions.read(cursor);
    }

    @Override
    void write(OctetWriter out, SubOptions value) {
        value.write(out);
    }

    @Override
    SubOptions parse(String text) {
        return SubOptions.parse(text);
    }
}
