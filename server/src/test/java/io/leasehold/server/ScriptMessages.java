package io.leasehold.server;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.OptionCode;

/** What the clients of a {@link ServerScript} say, by a number each. */
final class ScriptMessages {
    private ScriptMessages() {}

    static void relay(MessageBuilder message, int how) {
        message.giaddr(ServerFixture.RELAY);
        byte[][] said = {
            {},
            {1, 2, 'e', '7'},
            {11, 4, 10, 20, 0, 1},
            {1, 2, 'e', '7', 19, 0},
            {5, 4, (byte) 192, (byte) 168, 50, 0},
            {1, 2, 'e', '8', (byte) 200, 1, 1}
        };
        if (how % 7 < said.length) {
            message.option(OptionCode.RELAY_AGENT_INFORMATION, said[how % 7]);
        }
    }

    static void extras(MessageBuilder message, int how) {
        if ((how & 1) != 0) {
            message.option(OptionCode.RAPID_COMMIT, new byte[0]);
        }
        if ((how & 2) != 0) {
            message.option(OptionCode.LEASE_TIME, new byte[] {0, 0, 0, (byte) (how >>> 2)});
        }
        if ((how & 4) != 0) {
            message.option(
                    OptionCode.PARAMETER_LIST,
                    new byte[] {3, 1, 51, 58, (byte) 224, (byte) 225, (byte) 226, (byte) 227});
        }
        if ((how & 8) != 0) {
            message.option(OptionCode.MAX_MESSAGE_SIZE, new byte[] {(byte) (how >>> 5), 0x40});
        }
        if ((how & 16) != 0) {
            message.option(OptionCode.AUTO_CONFIGURE, new byte[] {1});
        }
    }

    /** The addresses of the pools, one off each end, and the server's own. */
    static Ip4Address addressAt(int number) {
        Ip4Address[] firsts = {
            ServerFixture.ip("192.168.50.99"),
            ServerFixture.ip("192.168.60.19"),
            ServerFixture.ip("10.20.1.0"),
            ServerFixture.ip("192.168.50.0")
        };
        return firsts[number & 3].plus(number >>> 2 & 7);
    }
}
