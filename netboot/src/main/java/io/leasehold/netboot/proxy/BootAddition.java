package io.leasehold.netboot.proxy;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * What is added to a DHCP server's own answer, so that one packet has both the address and what to
 * boot.
 *
 * @param client who is told
 * @param told what
 * @param message the answer with both
 */
public record BootAddition(BootClient client, BootTold told, Message message) {
    /**
     * Adds to an answer.
     *
     * @param reply an OFFER or an ACK with an address
     * @param address where the machine reaches this host
     * @return null when the answer is to go out as it is: to a machine that does not boot, that no
     *     rule is for, or that is excluded
     */
    public static @Nullable BootAddition to(
            Message request, Message reply, Ip4Address address, NetbootConfig config) {
        boolean gives = reply.type() == MessageType.OFFER || reply.type() == MessageType.ACK;
        BootClient client = gives ? BootClient.of(request) : null;
        if (client == null || client.architecture() == null) {
            return null;
        }
        BootRule rule = config.ruleFor(client, request, address);
        if (rule == null || rule.action() instanceof BootAction.None) {
            return null;
        }
        BootFields fields = new BootFields(client, rule, address, config);
        MessageBuilder both = MessageBuilder.copyOf(reply).noOverload();
        BootFields.echo(request, both);
        fields.offer(both);
        BootTold told = fields.told(true);
        return new BootAddition(client, told, both.build(BootFields.limit(request)));
    }
}
