package io.leasehold.netboot.diagnose;

import io.leasehold.netboot.proxy.BootClient;
import io.leasehold.netboot.proxy.BootStage;
import io.leasehold.netboot.proxy.NetbootConfig;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.Options;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Judges what is heard on a network that machines boot through: who gives addresses, who tells what
 * to boot, and whether what asks would be answered.
 */
public final class BootDiagnosis {
    /** Strangers choose how many there are. */
    private static final int HEARD_MAX = 1024;

    private final @Nullable NetbootConfig config;
    private final List<Ip4Address> own;
    private final HardwareAddress probe;
    private final Map<Ip4Address, Answerer> answerers = new TreeMap<>();
    private final Set<Integer> boots = new LinkedHashSet<>();
    private final Map<String, Asker> askers = new LinkedHashMap<>();
    private boolean probeHasAddress;

    /** Somebody who answers machines that boot. */
    private static final class Answerer {
        boolean givesAddresses;
        boolean answersBoots;
        boolean echoesClass;
        String file = "";
    }

    /** A kind of machine that asked. */
    private record Asker(String text, boolean answerable) {}

    /**
     * @param config the rules of this host; null where nothing is to be told of them
     * @param own addresses of this host
     * @param probe the hardware address that the probe is sent from
     */
    public BootDiagnosis(
            @Nullable NetbootConfig config, List<Ip4Address> own, HardwareAddress probe) {
        this.config = config;
        this.own = List.copyOf(own);
        this.probe = probe;
    }

    /** A message passed by. */
    public void saw(Message message, Ip4Address source) {
        if (message.op() == Message.BOOTREQUEST) {
            asked(message);
        } else {
            answered(message, source);
        }
    }

    private void asked(Message message) {
        BootClient client = BootClient.of(message);
        if (client == null) {
            return;
        }
        if (boots.size() < HEARD_MAX) {
            boots.add(message.xid());
        }
        NetbootConfig rules = config;
        String stage = client.stage() == BootStage.IPXE ? ", iPXE" : "";
        String kind = client.architectureText() + stage;
        if (rules == null
                || message.hardware().equals(probe)
                || message.type() != MessageType.DISCOVER
                || askers.size() >= HEARD_MAX) {
            return;
        }
        Ip4Address place = own.isEmpty() ? Ip4Address.ZERO : own.getFirst();
        boolean answerable =
                client.architecture() != null && rules.ruleFor(client, message, place) != null;
        askers.putIfAbsent(
                kind + answerable, new Asker(client.hardware() + " " + kind, answerable));
    }

    private void answered(Message message, Ip4Address source) {
        MessageType type = message.type();
        if (type != MessageType.OFFER && type != MessageType.ACK) {
            return;
        }
        boolean toBoot = boots.contains(message.xid());
        boolean gives = !message.yiaddr().isZero();
        if (gives && message.hardware().equals(probe)) {
            probeHasAddress = true;
        }
        Ip4Address who = message.get(Options.SERVER_ID).or(source);
        if (!toBoot || answerers.size() >= HEARD_MAX && !answerers.containsKey(who)) {
            return;
        }
        Answerer answerer = answerers.computeIfAbsent(who, any -> new Answerer());
        String vendorClass = text(message.raw(OptionCode.VENDOR_CLASS));
        boolean pxe = vendorClass.startsWith("PXEClient") || vendorClass.startsWith("HTTPClient");
        answerer.givesAddresses |= gives;
        answerer.answersBoots |= !gives && pxe;
        answerer.echoesClass |= gives && pxe;
        String file = file(message);
        answerer.file = file.isEmpty() ? answerer.file : file;
    }

    private static String file(Message message) {
        String named = text(message.raw(OptionCode.BOOT_FILE_NAME));
        return !named.isEmpty() || message.index().overload() != 0 ? named : text(message.file());
    }

    /** Up to the first NUL. */
    private static String text(byte @Nullable [] raw) {
        String text = raw == null ? "" : new String(raw, StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    /** Who was heard, a line each. */
    public List<String> heard() {
        List<String> lines = new ArrayList<>();
        answerers.forEach((who, it) -> lines.add(name(who) + " " + does(it)));
        askers.values().forEach(each -> lines.add(each.text() + " asks what to boot"));
        return lines;
    }

    private String name(Ip4Address who) {
        return own.contains(who) ? who + " (this host)" : who.toString();
    }

    private static String does(Answerer it) {
        List<String> does = new ArrayList<>();
        if (it.givesAddresses) {
            does.add("gives addresses");
        }
        if (it.answersBoots || it.echoesClass && !it.file.isEmpty()) {
            does.add("tells what to boot");
        }
        if (it.echoesClass) {
            does.add("sends option 60");
        }
        if (!it.file.isEmpty()) {
            does.add("names the file \"" + it.file + "\"");
        }
        return does.isEmpty() ? "answers" : String.join(", ", does);
    }

    /** What would keep machines from booting. */
    public List<BootFinding> findings() {
        List<BootFinding> found = new ArrayList<>();
        if (!probeHasAddress) {
            found.add(
                    new BootFinding(
                            "no DHCP server offered an address",
                            "a machine that gets no address loads nothing, whatever it is told to"
                                    + " boot",
                            "start a DHCP server on this network, or a relay to one; one that"
                                + " serves known machines alone does not answer this question"));
        }
        answerers.forEach((who, it) -> judge(found, who, it));
        for (Asker each : askers.values()) {
            if (!each.answerable()) {
                found.add(
                        new BootFinding(
                                each.text() + " asked, and no rule is for it",
                                "it is left alone, and boots nothing from here",
                                "add a rule with its arch and a file for it, or boot: none to say"
                                        + " that it is meant so"));
            }
        }
        return found;
    }

    private void judge(List<BootFinding> found, Ip4Address who, Answerer it) {
        if (own.contains(who)) {
            return;
        }
        if (it.answersBoots) {
            found.add(
                    new BootFinding(
                            who + " tells machines what to boot too",
                            "of two boot services a machine believes the one that answers first,"
                                    + " or that it likes better",
                            "end one of the two, or give each its machines: boot: none leaves some"
                                    + " to the other"));
        }
        if (it.givesAddresses && it.echoesClass) {
            found.add(
                    new BootFinding(
                            who + " sends option 60 (PXEClient) with its addresses",
                            "firmware takes it for the boot server: it asks it on port 4011 for the"
                                    + " file, and not this service",
                            "take option 60 out of its configuration (dnsmasq: dhcp-option=60 and"
                                    + " pxe-service; ISC dhcpd: vendor-class-identifier; Windows:"
                                    + " option 060)"));
        }
        if (it.givesAddresses && !it.file.isEmpty()) {
            found.add(
                    new BootFinding(
                            who + " names a boot file with its addresses: \"" + it.file + "\"",
                            "some firmware loads that one, and not what this service names",
                            "take the boot file out of its configuration (options 66 and 67,"
                                    + " next-server, filename; dnsmasq: dhcp-boot)"));
        }
    }
}
