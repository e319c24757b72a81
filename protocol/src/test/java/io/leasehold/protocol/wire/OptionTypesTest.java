package io.leasehold.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionTypesTest {
    private static byte[] hex(String pairs) {
        return Octets.parseHex(pairs.replace(" ", "")).toBytes();
    }

    private static <T> T present(Field<T> field) {
        if (field instanceof Field.Present<T> present) {
            return present.value();
        }
        throw new AssertionError(field);
    }

    private static <T> String why(Field<T> field) {
        return field instanceof Field.Malformed<T> malformed ? malformed.why() : field.toString();
    }

    @Test
    void listsAreReadWithCommasAndBlanks() {
        assertThat(OptionTypes.ADDRESSES.parse("192.168.50.1,9.9.9.9 ,  10.0.0.1"))
                .containsExactly(
                        Ip4Address.parse("192.168.50.1"),
                        Ip4Address.parse("9.9.9.9"),
                        Ip4Address.parse("10.0.0.1"));
    }

    @Test
    void errorsSayWhatWasFoundAndWhatWasExpected() {
        assertThatThrownBy(() -> Options.ROUTERS.encodeSpelled("192.168.50.1, 9.9.9"))
                .hasMessage("\"9.9.9\" is not an IPv4 address such as 192.168.1.10");
        assertThatThrownBy(() -> Options.ROUTERS.encodeSpelled(" "))
                .hasMessage("\" \" is not a list of IPv4 addresses");
        assertThatThrownBy(() -> Options.INTERFACE_MTU.encodeSpelled("65536"))
                .hasMessage("\"65536\" is not a number from 0 to 65535");
        assertThatThrownBy(() -> Options.INTERFACE_MTU.encodeSpelled("15o0"))
                .hasMessage("\"15o0\" is not a number from 0 to 65535");
        assertThatThrownBy(() -> Options.IP_FORWARDING.encodeSpelled("maybe"))
                .hasMessage("\"maybe\" is not true or false");
        assertThatThrownBy(() -> Options.CLASSLESS_STATIC_ROUTE.encodeSpelled("10.0.0.0/8"))
                .hasMessage("\"10.0.0.0/8\" is not a route such as 10.0.0.0/8 via 192.168.50.1");
        assertThatThrownBy(() -> Options.HOST_NAME.encodeSpelled(""))
                .hasMessage("\"\" is not a text of at least one character");
    }

    @Test
    void malformedValuesSayWhatWasFoundAndWhatWasExpected() {
        assertThat(why(OptionTypes.U32.decode(hex("00 00 0e 10 00"))))
                .isEqualTo("5 bytes 00:00:0e:10:00 is not a number of 32 bits");
        assertThat(why(OptionTypes.ADDRESSES.decode(new byte[0])))
                .isEqualTo("an empty value is not a list of IPv4 addresses");
        assertThat(why(OptionTypes.ADDRESS.decode(new byte[40]))).contains("40 bytes", ":...");
    }

    @Test
    void numbersAreReadInDecimalAndHexadecimal() {
        assertThat(OptionTypes.U32.parse("0xf100747e")).isEqualTo(0xf100747eL);
        assertThat(OptionTypes.U32.parse("4294967295")).isEqualTo(4294967295L);
        assertThat(OptionTypes.I32.parse("-2147483648")).isEqualTo(Integer.MIN_VALUE);
        assertThatThrownBy(() -> OptionTypes.U32.parse("4294967296"))
                .hasMessageContaining("4294967295");
        assertThatThrownBy(() -> OptionTypes.U8.parse("-1")).hasMessageContaining("0 to 255");
        assertThatThrownBy(() -> OptionTypes.U8.parse("")).hasMessageContaining("0 to 255");
        assertThatThrownBy(() -> OptionTypes.U8.parse("-")).hasMessageContaining("0 to 255");
        assertThatThrownBy(() -> OptionTypes.U8.parse("9999999999999999999999"))
                .hasMessageContaining("0 to 255");
    }

    // RFC 2132 §2: a trailing NUL is not part of the text, and a relay or log must not lose it.
    @Test
    void aTrailingNulIsAcceptedAndKept() {
        Text name = present(Options.HOST_NAME.type().decode(hex("686f737400")));
        assertThat(name.value()).isEqualTo("host");
        assertThat(Options.HOST_NAME.type().encode(name)).isEqualTo(hex("686f737400"));
        assertThat(name).hasToString("hex:68:6f:73:74:00");
    }

    @Test
    void textThatIsNoUtf8IsKept() {
        Text name = present(Options.HOST_NAME.type().decode(hex("c3 28 ff")));
        assertThat(name.octets().toBytes()).isEqualTo(hex("c3 28 ff"));
        assertThat(name.value()).contains("\ufffd");
        assertThat(name).hasToString("hex:c3:28:ff");
    }

    @Test
    void textIsSpelledInOneLineWhateverAClientSends() {
        for (String evil : List.of("a\nb", "a\u001b[2J", "a\u202eb", "\u0085", " a", "hex:00")) {
            String spelled = Text.of(evil).toString();
            assertThat(spelled).startsWith("hex:").matches("[ -~]*");
            assertThat(Text.parse(spelled)).isEqualTo(Text.of(evil));
        }
        assertThat(Text.of("Büro %n%s $(reboot)")).hasToString("Büro %n%s $(reboot)");
    }

    @Test
    void anEmptyTextIsMalformed() {
        assertThat(Options.HOST_NAME.type().decode(new byte[0]).isMalformed()).isTrue();
    }

    // RFC 3442: only the significant octets of a destination are there.
    @Test
    void routesHoldTheSignificantOctetsOnly() {
        assertThat(
                        Options.CLASSLESS_STATIC_ROUTE.encodeSpelled(
                                "0.0.0.0/0 via 10.0.0.1, 10.0.0.0/8 via 10.0.0.1,"
                                        + " 10.17.0.0/16 via 10.0.0.1, 10.27.129.0/24 via 10.0.0.1,"
                                        + " 10.229.0.128/25 via 10.0.0.1,"
                                        + " 10.198.122.47/32 via 10.0.0.1"))
                .isEqualTo(
                        hex(
                                "00 0a000001"
                                        + "08 0a 0a000001"
                                        + "10 0a11 0a000001"
                                        + "18 0a1b81 0a000001"
                                        + "19 0ae50080 0a000001"
                                        + "20 0ac67a2f 0a000001"));
        assertThat(Options.CLASSLESS_STATIC_ROUTE.encodeSpelled("default via 10.0.0.1"))
                .isEqualTo(hex("00 0a000001"));
    }

    // RFC 3442: a client clears the bits behind the prefix; on the wire they stay as they are.
    @Test
    void aRouteWithBitsBehindItsPrefixIsReadAsItsNetworkAndKept() {
        byte[] bytes = hex("09 0aff 0a000001");
        List<Route> routes = present(OptionTypes.ROUTES.decode(bytes));
        assertThat(routes.get(0).network()).hasToString("10.128.0.0/9");
        assertThat(OptionTypes.ROUTES.encode(routes)).isEqualTo(bytes);
    }

    @Test
    void aRouteWithAPrefixOf33BitsIsMalformed() {
        assertThat(OptionTypes.ROUTES.decode(hex("21 0a000000 00 0a000001")).isMalformed())
                .isTrue();
        assertThatThrownBy(() -> OptionTypes.ROUTES.parse("10.0.0.0/33 via 10.0.0.1"))
                .hasMessageContaining("33");
        assertThatThrownBy(() -> OptionTypes.ROUTES.parse("10.1.0.0/8 via 10.0.0.1"))
                .hasMessageContaining("the network is 10.0.0.0/8");
    }

    // RFC 3004 §4, and what iPXE and others send instead.
    @Test
    void aUserClassIsReadFramedAndBare() {
        UserClass framed = present(OptionTypes.USER_CLASS.decode(hex("01 61 02 6263")));
        assertThat(framed.framed()).isTrue();
        assertThat(framed.classes()).containsExactly(Text.of("a"), Text.of("bc"));
        byte[] bytes = "iPXE".getBytes(StandardCharsets.US_ASCII);
        UserClass bare = present(OptionTypes.USER_CLASS.decode(bytes));
        assertThat(bare.framed()).isFalse();
        assertThat(bare.classes()).containsExactly(Text.of("iPXE"));
        assertThat(OptionTypes.USER_CLASS.encode(bare)).isEqualTo(bytes);
        assertThat(OptionTypes.USER_CLASS.parse(bare.toString())).isEqualTo(bare);
        assertThat(present(OptionTypes.USER_CLASS.decode(hex("01 61 00"))).framed()).isFalse();
    }

    // RFC 4702 §2.3.1: without its root the name is partial, without anything the server chooses.
    @Test
    void aClientFqdnIsReadInBothEncodings() {
        ClientFqdn wire = present(OptionTypes.CLIENT_FQDN.decode(hex("05 00 00 04 686f7374")));
        assertThat(wire.name()).hasToString("host");
        assertThat(wire.name().absolute()).isFalse();
        assertThat(wire.has(ClientFqdn.SERVER_UPDATES)).isTrue();
        assertThat(wire.has(ClientFqdn.NO_UPDATE)).isFalse();
        ClientFqdn ascii =
                present(OptionTypes.CLIENT_FQDN.decode(hex("00 ff ff 686f73742e6c61622e00")));
        assertThat(ascii.name()).hasToString("host.lab");
        assertThat(ascii.name().absolute()).isTrue();
        assertThat(present(OptionTypes.CLIENT_FQDN.decode(hex("04 00 00"))).name().isEmpty())
                .isTrue();
        assertThat(OptionTypes.CLIENT_FQDN.decode(hex("04 00")).isMalformed()).isTrue();
        assertThat(OptionTypes.CLIENT_FQDN.encode(ClientFqdn.of(5, 255, 255, ascii.name())))
                .isEqualTo(hex("05 ff ff 04686f7374 036c6162 00"));
    }

    @Test
    void aClientFqdnWithALabelOf64OctetsIsMalformed() {
        String label = "61".repeat(64);
        assertThat(OptionTypes.CLIENT_FQDN.decode(hex("04 00 00 40" + label + "00")).isMalformed())
                .isTrue();
        assertThat(OptionTypes.CLIENT_FQDN.decode(hex("00 00 00" + label)).isMalformed()).isTrue();
        assertThat(OptionTypes.CLIENT_FQDN.decode(hex("00 00 00 61 2e2e 62")).isMalformed())
                .isTrue();
    }

    // RFC 3046 §2.0: the lengths of the sub-options make up the option's, exactly.
    @Test
    void relayAgentInformationIsMalformedWhenASubOptionRunsPastItsEnd() {
        assertThat(OptionTypes.SUB_OPTIONS.decode(hex("01 05 65746830")).isMalformed()).isTrue();
        assertThat(OptionTypes.SUB_OPTIONS.decode(hex("01 04 65746830 02")).isMalformed()).isTrue();
        assertThat(OptionTypes.SUB_OPTIONS.decode(hex("01")).isMalformed()).isTrue();
    }

    @Test
    void subOptionsOfRelaysAreTyped() {
        SubOptions agent =
                present(
                        OptionTypes.SUB_OPTIONS.decode(
                                hex(
                                        "01 04 65746830" // circuit id
                                                + "05 04 c0a83200" // link selection
                                                + "0b 03 c0a832" // server id override, cut off
                                                + "13 00" // relay source port
                                                + "09 09 00000de9 04 01026162" // vendor specific
                                                + "01 01 ff"))); // a second circuit id
        assertThat(agent.get(RelayOptions.CIRCUIT_ID))
                .isEqualTo(
                        Field.present(Octets.of((byte) 'e', (byte) 't', (byte) 'h', (byte) '0')));
        assertThat(agent.get(RelayOptions.LINK_SELECTION))
                .isEqualTo(Field.present(Ip4Address.parse("192.168.50.0")));
        assertThat(agent.get(RelayOptions.SERVER_ID_OVERRIDE).isMalformed()).isTrue();
        assertThat(agent.get(RelayOptions.REMOTE_ID)).isEqualTo(Field.absent());
        assertThat(agent.get(RelayOptions.SOURCE_PORT)).isEqualTo(Field.present(true));
        EnterpriseData vendor = present(agent.get(RelayOptions.VENDOR_SPECIFIC)).get(0);
        assertThat(vendor.enterprise()).isEqualTo(3561);
        assertThat(present(vendor.subOptions())).hasToString("1=61:62");
        assertThat(agent.with(RelayOptions.RELAY_ID, Octets.of((byte) 7)).has(12)).isTrue();
    }

    @Test
    void anEmptyRelayAgentInformationHasNoSubOptions() {
        assertThat(present(OptionTypes.SUB_OPTIONS.decode(new byte[0])))
                .isEqualTo(SubOptions.EMPTY);
    }

    // RFC 2132 §8.4: pads and an end may be among the vendor's options, and need not.
    @Test
    void vendorInformationIsTakenWhateverItIs() {
        VendorInformation pxe =
                present(OptionTypes.VENDOR_INFORMATION.decode(hex("00 06 01 08 00 ff 05")));
        assertThat(present(pxe.subOptions())).hasToString("6=08");
        assertThat(OptionTypes.VENDOR_INFORMATION.encode(pxe))
                .isEqualTo(hex("00 06 01 08 00 ff 05"));
        VendorInformation opaque = present(OptionTypes.VENDOR_INFORMATION.decode(hex("61 62 63")));
        assertThat(opaque.subOptions().isMalformed()).isTrue();
        assertThat(Options.VENDOR_ENCAPSULATED_OPTIONS.encodeSpelled("6=08, 9=00:01"))
                .isEqualTo(hex("06 01 08 09 02 00 01"));
    }

    // RFC 3925 §3.
    @Test
    void vendorClassesHaveALengthEach() {
        List<EnterpriseData> value =
                present(OptionTypes.ENTERPRISE_DATA.decode(hex("00000de9 05 01 61 02 6263")));
        assertThat(present(value.get(0).vendorClasses()))
                .containsExactly(Text.of("a"), Text.of("bc"));
        value = present(OptionTypes.ENTERPRISE_DATA.decode(hex("00000de9 02 6162")));
        assertThat(value.get(0).vendorClasses().isMalformed()).isTrue();
    }

    // RFC 4578 §2.1: a list, though most clients have one architecture.
    @Test
    void clientArchitectureIsAList() {
        assertThat(present(Options.CLIENT_ARCHITECTURE.type().decode(hex("0007 0009"))))
                .containsExactly(7, 9);
        assertThat(Options.CLIENT_ARCHITECTURE.type().decode(hex("00 07 00")).isMalformed())
                .isTrue();
    }

    @Test
    void sipServersAreNamesOrAddresses() {
        assertThat(present(Options.SIP_SERVERS.type().decode(hex("00 0161 0162 00"))))
                .isEqualTo(new SipServers.Names(DomainList.parse("a.b")));
        assertThat(present(Options.SIP_SERVERS.type().decode(hex("01 c0a83201"))))
                .isEqualTo(new SipServers.Addresses(List.of(Ip4Address.parse("192.168.50.1"))));
        assertThat(Options.SIP_SERVERS.type().decode(hex("02 c0a83201")).isMalformed()).isTrue();
        assertThat(Options.SIP_SERVERS.encodeSpelled("1.2.3.4."))
                .isEqualTo(hex("00 0131 0132 0133 0134 00"));
    }

    // RFC 6225 §2: the parts begin in the middle of bytes, and are signed.
    @Test
    void geographicLocationsAreSignedFixedPointNumbers() {
        Location.Geographic place =
                present(
                        Options.GEOGRAPHIC_LOCATION
                                .type()
                                .decode(hex("484d0000004b6580000013c0000b8001")));
        assertThat(place.latitudeBits()).isEqualTo(18);
        assertThat(place.latitudeDegrees()).isEqualTo(38.5);
        assertThat(place.longitudeDegrees()).isEqualTo(-77.25);
        assertThat(place.altitudeType()).isEqualTo(1);
        assertThat(place.altitudeBits()).isEqualTo(15);
        assertThat(place.altitudeUnits()).isEqualTo(11.5);
        assertThat(place.datum()).isEqualTo(1);
    }

    @Test
    void ipv6AddressesAreSpelledAsRfc5952Wants() {
        for (String text :
                List.of(
                        "::",
                        "::1",
                        "2001:db8::1",
                        "2001:db8:0:1:1:1:1:1",
                        "1:0:0:2::3",
                        "1::",
                        "1:2:3:4:5:6:7:8",
                        "ffff::ffff:0:0")) {
            assertThat(Ip6Address.parse(text)).hasToString(text);
        }
        for (String text :
                List.of(
                        "",
                        ":",
                        ":::",
                        "1:2:3:4:5:6:7",
                        "1::2::3",
                        "1:2:3:4:5:6:7:8:9",
                        "g::",
                        "12345::",
                        "1:2:3:4::5:6:7:8",
                        "::1.2.3.4",
                        "1:",
                        ":1")) {
            assertThatThrownBy(() -> Ip6Address.parse(text))
                    .as(text)
                    .hasMessageContaining("is not an IPv6 address");
        }
    }

    // RFC 2132 §8.13: no home agent at all is something that can be said.
    @Test
    void onlyHomeAgentsMayBeAnEmptyList() {
        assertThat(present(Options.MOBILE_IP_HOME_AGENT.type().decode(new byte[0]))).isEmpty();
        assertThat(Options.ROUTERS.type().decode(new byte[0]).isMalformed()).isTrue();
    }

    @Test
    void aFlagHasNoValue() {
        assertThat(Options.RAPID_COMMIT.type().decode(new byte[0])).isEqualTo(Field.present(true));
        assertThat(Options.RAPID_COMMIT.type().decode(new byte[1]).isMalformed()).isTrue();
        assertThatThrownBy(() -> Options.RAPID_COMMIT.encodeSpelled("false"))
                .hasMessage("\"false\" is not true; leave the option out to turn it off");
    }

    @Test
    void bytesAreReadWithColonsAndWithout() {
        assertThat(OptionTypes.OCTETS.parse("0x0102ff")).isEqualTo(Octets.parseHex("01:02:ff"));
        assertThat(OptionTypes.OCTETS.parse("01:02:ff")).isEqualTo(Octets.parseHex("0102ff"));
    }
}
