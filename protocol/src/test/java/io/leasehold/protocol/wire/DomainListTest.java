package io.leasehold.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.protocol.corpus.Corpus;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Option 119 and the other lists of names. */
class DomainListTest {
    private static Field<DomainList> decode(String pairs) {
        return OptionTypes.DOMAIN_SEARCH.decode(Octets.parseHex(pairs.replace(" ", "")).toBytes());
    }

    private static List<String> names(Field<DomainList> field) {
        return field.or(DomainList.of(List.of())).names().stream()
                .map(DomainName::toString)
                .toList();
    }

    private static Message corpus(String name) {
        for (Corpus.Case bad : Corpus.all()) {
            if (bad.name().equals(name)
                    && Message.parse(bad.bytes()) instanceof ParseResult.Parsed parsed) {
                return parsed.message();
            }
        }
        throw new AssertionError("no " + name + " in the corpus");
    }

    @Test
    void readsTheExampleOfRfc3397() {
        Field<DomainList> field =
                decode(
                        "03 656e67" // eng
                                + "05 6170706c65 03 636f6d 00" // apple.com, at offset 4
                                + "09 6d61726b6574696e67" // marketing
                                + "c004"); // apple.com again
        assertThat(names(field)).containsExactly("eng.apple.com", "marketing.apple.com");
    }

    @Test
    void writesTheExampleOfRfc3397() {
        byte[] bytes = Options.DOMAIN_SEARCH.encodeSpelled("eng.apple.com, marketing.apple.com");
        assertThat(Octets.of(bytes))
                .isEqualTo(
                        Octets.parseHex("03656e67056170706c6503636f6d00096d61726b6574696e67c004"));
    }

    @Test
    void aReceivedListGoesOutAsItCameInHoweverItWasCompressed() {
        byte[] uncompressed = Octets.parseHex("01610162000101620001630162" + "00").toBytes();
        byte[] odd = Octets.parseHex("0161016200c002c000c007").toBytes();
        for (byte[] bytes : List.of(uncompressed, odd)) {
            if (OptionTypes.DOMAIN_SEARCH.decode(bytes)
                    instanceof Field.Present<DomainList> present) {
                assertThat(OptionTypes.DOMAIN_SEARCH.encode(present.value())).isEqualTo(bytes);
            }
        }
        assertThat(names(OptionTypes.DOMAIN_SEARCH.decode(odd)))
                .containsExactly("a.b", "b", "a.b", "a.b");
    }

    @Test
    void aCompressionLoopIsMalformed() {
        assertThat(decode("c000").isMalformed()).as("at itself").isTrue();
        assertThat(decode("0161c000").isMalformed()).as("at its own name").isTrue();
        assertThat(decode("c002c000").isMalformed()).as("two at each other").isTrue();
        assertThat(decode("0161 00 0162 c003").isMalformed()).as("at its own label").isTrue();
    }

    @Test
    void aPointerForwardIsMalformed() {
        assertThat(decode("c002 0161 00").isMalformed()).isTrue();
        assertThat(decode("0161 00 c0ff").isMalformed()).isTrue();
        assertThat(decode("0161 00 c0").isMalformed()).as("half a pointer").isTrue();
    }

    @Test
    void labelTypesThatAreNeitherLengthNorPointerAreMalformed() {
        assertThat(decode("40 00").isMalformed()).isTrue();
        assertThat(decode("80 00").isMalformed()).isTrue();
    }

    @Test
    void aNameThatPointersMakeTooLongIsMalformed() {
        // A label of 60 before a pointer to the name before it, five times over: 306 octets.
        OctetWriter out = new OctetWriter();
        out.u8(60).bytes(new byte[60]).u8(0);
        int previous = 0;
        for (int i = 0; i < 4; i++) {
            int at = out.length();
            out.u8(60).bytes(new byte[60]).u16(0xc000 | previous);
            previous = at;
        }
        assertThat(OptionTypes.DOMAIN_SEARCH.decode(out.toBytes()).isMalformed()).isTrue();
        byte[] three = Arrays.copyOf(out.toBytes(), 62 + 63 * 3);
        assertThat(names(OptionTypes.DOMAIN_SEARCH.decode(three))).hasSize(4);
    }

    @Test
    void moreNamesThanTheBoundAreMalformed() {
        byte[] roots = new byte[DomainList.NAMES_MAX];
        assertThat(names(OptionTypes.DOMAIN_SEARCH.decode(roots))).hasSize(DomainList.NAMES_MAX);
        byte[] oneMore = new byte[DomainList.NAMES_MAX + 1];
        assertThat(OptionTypes.DOMAIN_SEARCH.decode(oneMore).isMalformed()).isTrue();
    }

    @Test
    void corpusRow35IsMalformedAndNothingWorse() {
        for (String name :
                List.of(
                        "35-domain-search-loop",
                        "35-domain-search-loop-of-two",
                        "35-domain-search-pointer-forward",
                        "35-domain-search-pointer-past-end")) {
            assertThat(corpus(name).get(Options.DOMAIN_SEARCH).isMalformed()).as(name).isTrue();
        }
        for (String name : List.of("35-classless-route-prefix-33", "35-classless-route-cut-off")) {
            assertThat(corpus(name).get(Options.CLASSLESS_STATIC_ROUTE).isMalformed())
                    .as(name)
                    .isTrue();
        }
    }

    @Test
    void corpusRow17IsMalformedAndNothingWorse() {
        for (String name :
                List.of(
                        "17-fqdn-compression-loop",
                        "17-fqdn-label-past-end",
                        "17-fqdn-label-too-long",
                        "17-fqdn-label-too-long-ascii")) {
            assertThat(corpus(name).get(Options.CLIENT_FQDN).isMalformed()).as(name).isTrue();
        }
    }

    @Test
    void everyOptionOfEveryCorpusMessageIsReadWithoutAThrow() {
        for (Corpus.Case bad : Corpus.all()) {
            if (Message.parse(bad.bytes()) instanceof ParseResult.Parsed parsed) {
                for (Option<?> option : OptionRegistry.STANDARD.all()) {
                    Field<?> field = parsed.message().get(option);
                    if (parsed.message().has(option.code())) {
                        assertThat(field)
                                .as("%s of %s", option.name(), bad)
                                .isNotInstanceOf(Field.Absent.class);
                    }
                }
            }
        }
    }

    @Test
    void listsOfOtherOptionsAreNotCompressed() {
        assertThat(OptionTypes.DOMAIN_LIST.encode(DomainList.parse("a.b, c.b")))
                .isEqualTo(Octets.parseHex("0161016200 0163016200".replace(" ", "")).toBytes());
    }

    @Test
    void namesKeepOctetsThatAreNoLetters() {
        DomainName name = DomainName.parse("a\\.b.c\\044d.\\255");
        assertThat(Octets.of(name.toWire()))
                .isEqualTo(Octets.parseHex("03612e62" + "03632c64" + "01ff" + "00"));
        assertThat(name).hasToString("a\\.b.c\\044d.\\255");
        assertThat(DomainName.parse(name.toString())).isEqualTo(name);
    }

    @Test
    void namesAreEqualWhateverTheirCaseOnlyWhereThatIsAsked() {
        DomainName lower = DomainName.parse("lab.example");
        DomainName upper = DomainName.parse("LAB.Example.");
        assertThat(lower).isNotEqualTo(upper);
        assertThat(lower.equalsIgnoreCase(upper)).isTrue();
        assertThat(lower.equalsIgnoreCase(DomainName.parse("lab.examplf"))).isFalse();
    }

    @Test
    void whatIsNoNameIsRefusedWithAReason() {
        assertThatThrownBy(() -> DomainName.parse("a..b"))
                .hasMessage(
                        "\"a..b\" is not a domain name: between its dots there are 1 to 63"
                                + " characters");
        assertThatThrownBy(() -> DomainName.parse("a".repeat(64)))
                .hasMessageContaining("1 to 63 characters");
        assertThatThrownBy(() -> DomainName.parse("a.".repeat(128)))
                .hasMessageContaining("at most 253 characters");
        assertThat(DomainName.parse("a.".repeat(127)).toWire()).hasSize(255);
        assertThatThrownBy(() -> DomainName.parse("a\\2")).hasMessageContaining("three digits");
        assertThatThrownBy(() -> Options.DOMAIN_SEARCH.encodeSpelled("a.b, "))
                .hasMessageContaining("is not a list of domain names");
    }
}
