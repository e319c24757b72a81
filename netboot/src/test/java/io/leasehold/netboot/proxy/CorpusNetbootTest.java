package io.leasehold.netboot.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.corpus.Corpus;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.ParseResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every datagram of the corpus, as it is and as a boot client would have sent it. */
class CorpusNetbootTest {
    private final NetbootFixture lab =
            new NetbootFixture(NetbootFixture.firmware("a.0"), NetbootFixture.script("boot.ipxe"));

    static List<Corpus.Case> all() {
        return Corpus.all();
    }

    /** None of them comes from a boot client, whatever else is in it. */
    @ParameterizedTest
    @MethodSource("all")
    void aBadDatagramOfSomebodyElseIsLeftAlone(Corpus.Case bad) {
        if (Message.parse(bad.bytes()) instanceof ParseResult.Parsed parsed) {
            for (BootPort port : BootPort.values()) {
                assertThat(decide(port, parsed.message(), bad.sentTo()))
                        .isInstanceOf(Decision.Drop.class);
            }
            assertThat(lab.drops).hasSize(BootPort.values().length);
        }
    }

    /** With a boot client's options added, each is answered or counted, and answers have a form. */
    @ParameterizedTest
    @EnumSource
    void aBadDatagramOfABootClientIsAnsweredOrCounted(BootPort port) {
        int answered = 0;
        int seen = 0;
        for (Corpus.Case bad : Corpus.all()) {
            if (Message.parse(bad.bytes()) instanceof ParseResult.Parsed parsed) {
                Message message = asBootClient(parsed.message());
                Decision<Void> decision = decide(port, message, bad.sentTo());
                seen++;
                if (decision instanceof Decision.Reply<Void> reply) {
                    answered++;
                    check(message, reply.outgoing().message());
                }
            }
        }
        assertThat(answered).isPositive();
        assertThat(lab.answers.size() + lab.drops.size()).isEqualTo(seen);
    }

    @Test
    void answersTheSameToTheSameAThousandTimesOver() {
        Message message = NetbootFixture.x64().build();
        Decision<Void> first = decide(BootPort.DHCP, message, Ip4Address.BROADCAST);
        for (int i = 0; i < 1000; i++) {
            assertThat(decide(BootPort.DHCP, message, Ip4Address.BROADCAST)).isEqualTo(first);
        }
    }

    private Decision<Void> decide(BootPort port, Message message, Ip4Address sentTo) {
        return lab.decide(port, message, NetbootFixture.MACHINE, 68, sentTo);
    }

    private static Message asBootClient(Message message) {
        return MessageBuilder.copyOf(message)
                .option(60, "PXEClient".getBytes(StandardCharsets.US_ASCII))
                .option(93, new byte[] {0, 7})
                .build();
    }

    private static void check(Message request, Message reply) {
        assertThat(reply.op()).isEqualTo(Message.BOOTREPLY);
        assertThat(reply.xid()).isEqualTo(request.xid());
        assertThat(reply.yiaddr()).isEqualTo(Ip4Address.ZERO);
        assertThat(reply.siaddr()).isEqualTo(NetbootFixture.OURS);
        assertThat(reply.index().endMissing()).isFalse();
        assertThat(reply.index().truncatedOffset()).isNegative();
        assertThat(reply.raw(97)).isEqualTo(request.raw(97));
    }
}
