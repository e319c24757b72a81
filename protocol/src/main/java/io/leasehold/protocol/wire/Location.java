package io.leasehold.protocol.wire;

import org.jspecify.annotations.Nullable;

/** Where the client is. */
public final class Location {
    static final Part<Geographic> GEOGRAPHIC = new GeographicPart();
    static final Part<Civic> CIVIC = new CivicPart();

    private Location() {}

    /**
     * A place on a map, options 123 and 144 (RFC 6225 §2).
     *
     * @param latitudeBits 6 bits: how many bits of the latitude count, in 123; in 144 how uncertain
     *     it is
     * @param latitude degrees to the north, a signed fixed-point number of 34 bits, 25 of them
     *     behind the point
     * @param longitudeBits as latitudeBits
     * @param longitude degrees to the east, as latitude
     * @param altitudeType 4 bits: 1 metres, 2 floors
     * @param altitudeBits as latitudeBits
     * @param altitude a signed fixed-point number of 30 bits, 8 of them behind the point
     * @param datum the last octet: in 123 the datum; in 144 a version, two reserved bits, the datum
     */
    public record Geographic(
            int latitudeBits,
            long latitude,
            int longitudeBits,
            long longitude,
            int altitudeType,
            int altitudeBits,
            int altitude,
            int datum) {
        private static final double DEGREE = 1 << 25;
        private static final double UNIT = 1 << 8;

        /** Degrees to the north, about -256 to 256; a place has -90 to 90. */
        public double latitudeDegrees() {
            return latitude / DEGREE;
        }

        /** Degrees to the east. */
        public double longitudeDegrees() {
            return longitude / DEGREE;
        }

        /** In what the altitude's type says. */
        public double altitudeUnits() {
            return altitude / UNIT;
        }

        /** {@code 18 38.8986796875 18 -77.0372314453125 1 15 11.5 1}: the parts in their order. */
        @Override
        public String toString() {
            return latitudeBits
                    + " "
                    + latitudeDegrees()
                    + " "
                    + longitudeBits
                    + " "
                    + longitudeDegrees()
                    + " "
                    + altitudeType
                    + " "
                    + altitudeBits
                    + " "
                    + altitudeUnits()
                    + " "
                    + datum;
        }
    }

    /**
     * An address as people write it, option 99 (RFC 4776 §3.1).
     *
     * @param what 0 the server's place, 1 the nearest network element's, 2 the client's
     * @param country two letters
     * @param elements civic address types and their values
     */
    public record Civic(int what, Text country, SubOptions elements) {
        /** {@code 2 US 1=4e:59, 3=...}. */
        @Override
        public String toString() {
            return (what + " " + spelledCountry() + " " + elements).trim();
        }

        private String spelledCountry() {
            String text = country.item();
            return text.indexOf(' ') < 0 ? text : "hex:" + country.octets();
        }
    }

    private static final class GeographicPart extends Part<Geographic> {
        GeographicPart() {
            super("a geographic location of 16 bytes", "geographic locations");
        }

        /** The parts are 6, 34, 6, 34, 4, 6, 30 and 8 bits wide; none of them begins on a byte. */
        @Override
        Geographic read(Cursor cursor) {
            long high = cursor.u64();
            long low = cursor.u64();
            return new Geographic(
                    (int) (high >>> 58),
                    high << 6 >> 30,
                    (int) (high >>> 18) & 0x3f,
                    (high << 46 | low >>> 18) >> 30,
                    (int) (low >>> 44) & 0xf,
                    (int) (low >>> 38) & 0x3f,
                    (int) (low >>> 6) >> 2,
                    (int) low & 0xff);
        }

        @Override
        void write(OctetWriter out, Geographic value) {
            long longitude = value.longitude() & (1L << 34) - 1;
            out.u64(
                    (long) value.latitudeBits() << 58
                            | (value.latitude() & (1L << 34) - 1) << 24
                            | (long) value.longitudeBits() << 18
                            | longitude >>> 16);
            out.u64(
                    longitude << 48
                            | (long) value.altitudeType() << 44
                            | (long) value.altitudeBits() << 38
                            | (value.altitude() & (1L << 30) - 1) << 8
                            | value.datum());
        }

        @Override
        Geographic parse(String text) {
            Words words =
                    new Words(
                            text,
                            "bits and degrees of latitude and of longitude, type, bits and value"
                                    + " of altitude, datum: 18 38.5 18 -77.25 1 15 11.5 1");
            return words.end(
                    new Geographic(
                            words.number(63),
                            fixed(words, Geographic.DEGREE, 1L << 33),
                            words.number(63),
                            fixed(words, Geographic.DEGREE, 1L << 33),
                            words.number(15),
                            words.number(63),
                            (int) fixed(words, Geographic.UNIT, 1L << 29),
                            words.number(255)));
        }

        private static long fixed(Words words, double unit, long limit) {
            double value;
            try {
                value = Double.parseDouble(words.next()) * unit;
            } catch (NumberFormatException e) {
                throw words.wrong();
            }
            if (!(value >= -limit && value < limit)) {
                throw words.wrong();
            }
            return (long) Math.floor(value);
        }
    }

    private static final class CivicPart extends Part<Civic> {
        private static final int COUNTRY_OCTETS = 2;

        CivicPart() {
            super("a civic location", "civic locations");
        }

        @Override
        @Nullable Civic read(Cursor cursor) {
            int what = cursor.u8();
            Text country = new Text(Octets.of(cursor.bytes(COUNTRY_OCTETS)));
            SubOptions elements = SubOptions.read(cursor);
            return elements == null ? null : new Civic(what, country, elements);
        }

        @Override
        void write(OctetWriter out, Civic value) {
            out.u8(value.what()).octets(value.country().octets());
            value.elements().write(out);
        }

        @Override
        Civic parse(String text) {
            Words words = new Words(text, "what, a country and elements such as 2 US 1=4e:59");
            int what = words.number(255);
            Text country = Text.parse(words.next());
            if (country.octets().length() != COUNTRY_OCTETS) {
                throw words.wrong();
            }
            return new Civic(what, country, SubOptions.parse(words.rest()));
        }
    }
}
