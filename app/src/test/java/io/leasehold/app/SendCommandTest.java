package io.leasehold.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.send.MessagePlan;
import io.leasehold.app.send.OptionArgument;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.ParseResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code leasehold send} says before it sends anything. */
class SendCommandTest {
    private String wrong(String... words) {
        StringWriter err = new StringWriter();
        String[] all = new String[words.length + 1];
        all[0] = "send";
        System.arraycopy(words, 0, all, 1, words.length);
        int exit = Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true), all);
        assertThat(exit).as(err.toString()).isEqualTo(2);
        return err.toString().lines().findFirst().orElse("").replaceFirst("leasehold: ", "");
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(wrong("-i", "eth0"))
                .isEqualTo(
                        "what is to be sent? Give a FILE, or one of --discover, --request,"
                                + " --inform, --release and --decline");
        assertThat(wrong("-i", "eth0", "--discover", "--inform"))
                .startsWith("one message at a time: Give a FILE");
        assertThat(wrong("--discover"))
                .isEqualTo("where to? Give -i IFACE for everyone on its link, or --to ADDR");
        assertThat(wrong("--discover", "--giaddr", "127.0.0.1"))
                .isEqualTo("where is the server? A relay agent sends --to ADDR");
        assertThat(wrong("--discover", "--to", "127.0.0.1:6767", "--port", "46768"))
                .isEqualTo("whose message is it? Give --hardware MAC, or -i IFACE to use its own");
    }

    @Test
    void saysWhatWasFoundAndWhatWasExpected() {
        assertThat(wrong("-i", "eth0", "--discover", "--to", "10.77.0.1:0"))
                .isEqualTo("--to: found port \"0\", expected 1 to 65535");
        assertThat(wrong("-i", "eth0", "--discover", "--to", "10.77.0"))
                .isEqualTo("--to: \"10.77.0\" is not an IPv4 address such as 192.168.1.10");
        assertThat(wrong("-i", "eth0", "--discover", "--hardware", "52:54:zz"))
                .contains("--hardware: \"52:54:zz\" is not a hardware address");
        assertThat(wrong("-i", "eth0", "--discover", "--xid", "0x123456789"))
                .isEqualTo("--xid: found \"0x123456789\", expected up to eight hexadecimal digits");
        assertThat(wrong("-i", "eth0", "--discover", "--timeout", "0"))
                .isEqualTo("--timeout is 0.0, expected more than 0 to 3600");
        assertThat(wrong("-i", "eth0", "--discover", "--secs", "65536"))
                .isEqualTo("--secs is 65536, expected 0 to 65535");
    }

    @Test
    void saysWhatIsWrongWithAnOption() {
        assertThat(wrong("-i", "eth0", "--discover", "--option", "host-nam=x"))
                .isEqualTo("--option: \"host-nam\": unknown option, did you mean host-name?");
        assertThat(wrong("-i", "eth0", "--discover", "--option", "routers=nowhere"))
                .startsWith("--option: routers: \"nowhere\"");
        assertThat(wrong("-i", "eth0", "--discover", "--option", "224=router"))
                .startsWith("--option: 224: found \"router\", expected bytes such as 01:02");
        assertThat(wrong("-i", "eth0", "--discover", "--option", "52=01"))
                .startsWith("--option: option 52 cannot be set");
        assertThat(wrong("-i", "eth0", "--discover", "--option", "routers"))
                .startsWith("--option: found \"routers\", expected NAME=VALUE");
    }

    @Test
    void changesOfASavedMessageOnlyWhatFlagsName() {
        byte[] saved =
                new MessagePlan(null, List.of(), null, null, null, null, null, false)
                        .built(
                                HardwareAddress.parse("52:54:00:aa:00:01"),
                                io.leasehold.protocol.wire.Ip4Address.ZERO,
                                77);
        MessagePlan plan =
                new MessagePlan(
                        null,
                        List.of(OptionArgument.parse("host-name=other")),
                        HardwareAddress.parse("52:54:00:aa:00:02"),
                        null,
                        null,
                        null,
                        null,
                        true);
        assertThat(Message.parse(plan.changed(saved)))
                .isInstanceOfSatisfying(
                        ParseResult.Parsed.class,
                        parsed -> {
                            assertThat(parsed.message().xid()).isEqualTo(77);
                            assertThat(parsed.message().broadcast()).isTrue();
                            assertThat(parsed.message().hardware())
                                    .isEqualTo(HardwareAddress.parse("52:54:00:aa:00:02"));
                            assertThat(parsed.message().raw(OptionCode.HOST_NAME))
                                    .isEqualTo(
                                            "other"
                                                    .getBytes(
                                                            java.nio.charset.StandardCharsets
                                                                    .US_ASCII));
                        });
    }
}
