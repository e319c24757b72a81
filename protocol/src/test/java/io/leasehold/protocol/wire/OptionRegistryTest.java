package io.leasehold.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OptionRegistryTest {
    /**
     * IANA's registry, a letter for each code from 1 to 254. T: it has a format, and an option
     * here. R: it is given to somebody without a format, or with several, and stays raw. U:
     * unassigned or removed. P: for private use.
     */
    private static final String REGISTRY =
            // 1 to 76: RFC 2132, and RFC 2242 for 62 and 63.
            "TTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTT"
                    // 77 to 83; 84 removed by RFC 3679.
                    + "TTTTTTTU"
                    // 85 to 95; 96 removed by RFC 3679.
                    + "TTTTTTTTTTTU"
                    // 97 to 101; 102 to 107 removed by RFC 3679 or unassigned; 108 and 109.
                    + "TTTTTUUUUUUTT"
                    // 110 and 111; 112 to 114; 115; 116 to 125; 126 and 127.
                    + "UUTTTUTTTTTTTTTTUU"
                    // 128 to 135: PXE and telephones, several meanings each.
                    + "RRRRRRRR"
                    // 136 to 148; 149; 150 to 159; 160 (RFC 7710, taken back); 161 and 162.
                    + "TTTTTTTTTTTTTUTTTTTTTTTTUTT"
                    // 163 to 174; 175 to 177: tentative, without a document; 178 to 207.
                    + "UUUUUUUUUUUURRRUUUUUUUUUUUUUUUUUUUUUUUUUUUUUU"
                    // 208 to 213; 214 to 219; 220 and 221; 222 and 223.
                    + "TTTTTTUUUUUUTTUU"
                    // 224 to 254: private; 249 is Microsoft's spelling of 121.
                    + "PPPPPPPPPPPPPPPPPPPPPPPPPTPPPPP";

    @Test
    void everyCodeOfTheRegistryIsTypedWhereItHasAFormat() {
        assertThat(REGISTRY).hasSize(254);
        for (int code = 1; code <= 254; code++) {
            Option<?> option = OptionRegistry.STANDARD.byCode(code);
            assertThat(option.code()).isEqualTo(code);
            if (REGISTRY.charAt(code - 1) == 'T') {
                assertThat(OptionRegistry.STANDARD.all()).as("code %s", code).contains(option);
                assertThat(option.name()).as("code %s", code).matches("[a-z0-9]+(-[a-z0-9]+)*");
            } else {
                assertThat(option.name()).isEqualTo("option-" + code);
                assertThat(option.type()).as("code %s", code).isSameAs(OptionTypes.OCTETS);
            }
        }
    }

    @Test
    void rawBytesAreTheTypeOfTheClientIdentifierAlone() {
        for (Option<?> option : OptionRegistry.STANDARD.all()) {
            assertThat(option.type() == (Object) OptionTypes.OCTETS)
                    .as(option.name())
                    .isEqualTo(option.code() == OptionCode.CLIENT_ID);
        }
    }

    @Test
    void namesAreUniqueAndFound() {
        Set<String> names = new HashSet<>();
        for (Option<?> option : OptionRegistry.STANDARD.all()) {
            assertThat(names.add(option.name())).as(option.name()).isTrue();
            assertThat(OptionRegistry.STANDARD.byName(option.name())).isSameAs(option);
        }
    }

    @Test
    void namesOfOtherServersAreFound() {
        assertThat(OptionRegistry.STANDARD.byName("boot-file-name"))
                .isSameAs(Options.BOOTFILE_NAME);
        assertThat(OptionRegistry.STANDARD.byName("dhcp-agent-options"))
                .isSameAs(Options.RELAY_AGENT_INFORMATION);
        assertThat(OptionRegistry.STANDARD.byName("tftp-servers"))
                .isSameAs(Options.TFTP_SERVER_ADDRESS);
        assertThat(OptionRegistry.STANDARD.byName("classless-static-routes"))
                .isSameAs(Options.CLASSLESS_STATIC_ROUTE);
    }

    @Test
    void anUnknownNameIsNull() {
        assertThat(OptionRegistry.STANDARD.byName("rooters")).isNull();
        assertThat(OptionRegistry.STANDARD.byName("option-")).isNull();
        assertThat(OptionRegistry.STANDARD.byName("option-0")).isNull();
        assertThat(OptionRegistry.STANDARD.byName("option-255")).isNull();
        assertThat(OptionRegistry.STANDARD.byName("option-1a")).isNull();
    }

    @Test
    void anyCodeCanBeNamedByItsNumber() {
        assertThat(OptionRegistry.STANDARD.byName("option-224"))
                .isEqualTo(new Option<>(224, "option-224", OptionTypes.OCTETS));
        assertThat(OptionRegistry.STANDARD.byName("option-3")).isSameAs(Options.ROUTERS);
        assertThat(OptionRegistry.STANDARD.defines(3)).isTrue();
        assertThat(OptionRegistry.STANDARD.defines(224)).isFalse();
        assertThat(OptionRegistry.STANDARD.defines(-1)).isFalse();
    }

    @Test
    void aCustomDefinitionIsKnownByCodeAndName() {
        Option<Text> siteCode = new Option<>(224, "site-code", OptionTypes.TEXT);
        OptionRegistry registry = OptionRegistry.STANDARD.with(siteCode);
        assertThat(registry.byCode(224)).isSameAs(siteCode);
        assertThat(registry.byName("site-code")).isSameAs(siteCode);
        assertThat(registry.all()).hasSize(OptionRegistry.STANDARD.all().size() + 1);
        assertThat(OptionRegistry.STANDARD.byName("site-code")).isNull();
    }

    @Test
    void aCustomDefinitionTakesThePlaceOfTheStandardOne() {
        Option<Octets> raw = new Option<>(43, "vendor-bytes", OptionTypes.OCTETS);
        OptionRegistry registry = OptionRegistry.STANDARD.with(raw);
        assertThat(registry.byCode(43)).isSameAs(raw);
        assertThat(registry.byName("vendor-encapsulated-options")).isNull();
        assertThat(registry.all()).doesNotContain(Options.VENDOR_ENCAPSULATED_OPTIONS);
    }

    @Test
    void aNameOfAnotherOptionCannotBeTaken() {
        assertThatThrownBy(
                        () ->
                                OptionRegistry.STANDARD.with(
                                        new Option<>(224, "routers", OptionTypes.TEXT)))
                .hasMessage(
                        "\"routers\" is already the name of option 3, so it cannot be that of"
                                + " option 224");
    }

    @Test
    void everyTypeNameOfTheErrorMessageIsAType() {
        assertThat(OptionTypes.names()).doesNotHaveDuplicates();
        for (String name : OptionTypes.names()) {
            assertThat(OptionTypes.named(name)).as(name).isNotNull();
        }
        assertThat(OptionTypes.named("strnig")).isNull();
        assertThat(OptionTypes.named("string")).isSameAs(OptionTypes.TEXT);
    }
}
