package io.leasehold.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.protocol.corpus.Corpus;
import org.junit.jupiter.api.Test;

class MessageHexTest {
    @Test
    void writesAFieldOrOptionALine() {
        Message message =
                MessageBuilder.request(HardwareAddress.parse("52:54:00:aa:00:01"), 0x1ea50101)
                        .type(MessageType.DISCOVER)
                        .option(Options.HOST_NAME, Text.of("tv"))
                        .build();
        assertThat(MessageHex.format(message))
                .isEqualTo(
                        """
                        01010600                      # op, htype, hlen, hops
                        1ea50101                      # xid
                        00000000                      # secs, flags
                        00000000                      # ciaddr 0.0.0.0
                        00000000                      # yiaddr 0.0.0.0
                        00000000                      # siaddr 0.0.0.0
                        00000000                      # giaddr 0.0.0.0
                        525400aa0001 00*10            # chaddr
                        00*64                         # sname
                        00*128                        # file
                        63825363                      # magic cookie
                        350101                        # dhcp-message-type (53)
                        0c027476                      # host-name (12)
                        ff                            # end
                        00*52                         # behind the options
                        """);
    }

    @Test
    void readsBackWhatItWroteOfEveryMessageOfTheCorpus() {
        for (Corpus.Case each : Corpus.all()) {
            if (Message.parse(each.bytes()) instanceof ParseResult.Parsed parsed) {
                String text = MessageHex.format(parsed.message());
                assertThat(MessageHex.parse(text)).as(each.name()).isEqualTo(each.bytes());
            }
        }
    }

    @Test
    void saysInWhichLineATextIsWrong() {
        assertThatThrownBy(() -> MessageHex.parse("0101 # op\n06 0g"))
                .hasMessageStartingWith("line 2: found 0g, expected pairs of hexadecimal digits");
        for (String wrong : new String[] {"010", "*3", "00*", "00*-1", "00*999999", "00*65508"}) {
            assertThatThrownBy(() -> MessageHex.parse(wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
