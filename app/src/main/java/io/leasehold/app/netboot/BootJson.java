package io.leasehold.app.netboot;

import io.leasehold.app.text.MessageJson;
import io.leasehold.netboot.proxy.Architecture;
import io.leasehold.netboot.watch.BootFetch;
import io.leasehold.netboot.watch.BootMachine;
import io.leasehold.netboot.watch.BootStep;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** What happened to a machine as a JSON object. */
final class BootJson {
    private BootJson() {}

    static String line(BootStep step, Instant at) {
        ObjectNode json = MessageJson.object();
        json.put("time", at.toString());
        switch (step) {
            case BootStep.Asked asked -> machine(json.put("event", "asked"), asked.machine());
            case BootStep.LeftAlone left -> {
                machine(json.put("event", "left-alone"), left.machine());
                json.put("reason", left.reason().label());
                json.put("text", left.reason().text());
            }
            case BootStep.Offered offered -> {
                machine(json.put("event", "offered"), offered.machine());
                json.put("by", lower(offered.type()));
                json.put("boot", offered.told().what());
                json.put("asks-again", offered.told().asksAgain());
                json.put("rule", offered.told().rule());
                json.put("match", offered.told().match().text());
            }
            case BootStep.Fetched fetched -> fetched(json, fetched);
            case BootStep.Booted booted -> {
                machine(json.put("event", "booted"), booted.machine());
                json.put("evidence", lower(booted.evidence()));
                json.put("text", booted.evidence().text());
                json.put("file", booted.file());
            }
            case BootStep.Stuck stuck -> {
                machine(json.put("event", "stuck"), stuck.machine());
                json.put("at", stuck.at().label());
                json.put("text", stuck.what());
                json.put("look", stuck.at().look());
            }
        }
        return json.toString();
    }

    /** Stands where so many lines were dropped, since nobody read them in time. */
    static String loss(int lines, Instant at) {
        ObjectNode json = MessageJson.object();
        json.put("time", at.toString());
        json.put("event", "dropped");
        json.put("lines", lines);
        return json.toString();
    }

    /** A line as it is written. */
    static byte[] bytes(String line) {
        return (line + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
    }

    private static void fetched(ObjectNode json, BootStep.Fetched fetched) {
        BootFetch fetch = fetched.fetch();
        BootMachine machine = fetched.machine();
        boolean whole = fetch.result() == BootFetch.Result.WHOLE;
        json.put("event", whole ? "fetched" : "not-fetched");
        if (machine != null) {
            machine(json, machine);
        }
        json.put("address", fetch.from().toString());
        json.put("by", lower(fetch.protocol()));
        json.put("file", fetch.file());
        if (!whole) {
            json.put("reason", lower(fetch.result()));
            json.put("text", fetch.detail());
        }
        json.put("bytes", fetch.bytes());
        if (fetch.size() > 0) {
            json.put("size", fetch.size());
        }
        json.put("seconds", fetch.millis() / 1000.0);
    }

    private static void machine(ObjectNode json, BootMachine machine) {
        json.put("hardware", machine.hardware().toString());
        Octets uuid = machine.uuid();
        if (uuid != null) {
            json.put("uuid", uuid.toString());
        }
        Architecture known = machine.architecture();
        json.put("architecture", known == null ? machine.architectureText() : known.key());
        json.put("stage", lower(machine.stage()));
        json.put("interface", machine.interfaceName());
        Ip4Address address = machine.address();
        if (address != null) {
            json.put("address", address.toString());
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
