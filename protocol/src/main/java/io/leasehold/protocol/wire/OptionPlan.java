package io.leasehold.protocol.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which option goes to which area when they do not all fit into the options area: as a whole into
 * options, file or sname, the first with room; else split over them in that order, in which they
 * are read again (RFC 3396 §5, RFC 2131 §4.1); else nowhere.
 */
final class OptionPlan {
    static final int OPTIONS = 0;
    static final int FILE = 1;
    static final int SNAME = 2;
    static final int AREAS = 3;

    /** What option 52 takes on the wire. */
    static final int OVERLOAD_BYTES = 3;

    /**
     * What a message is of little use without, the most needed first. Without 82 a relay may not
     * find the client (RFC 3046 §2.2), which knows its own 61.
     */
    private static final int[] ESSENTIALS = {
        OptionCode.MESSAGE_TYPE,
        OptionCode.SERVER_ID,
        OptionCode.LEASE_TIME,
        OptionCode.SUBNET_MASK,
        OptionCode.RENEWAL_TIME,
        OptionCode.REBINDING_TIME,
        OptionCode.RELAY_AGENT_INFORMATION,
        OptionCode.CLIENT_ID,
        OptionCode.MESSAGE_TEXT
    };

    private final OptionList options;

    /** Places of the options, the most needed first. */
    private final int[] ranked;

    /** For each place and area, how many bytes of the value go there; -1 for none of it. */
    private final int[] parts;

    private final boolean[] placed;
    private final int[] rooms = new int[AREAS];

    private OptionPlan(OptionList options, int[] ranked, int optionsRoom) {
        this.options = options;
        this.ranked = ranked;
        this.parts = new int[options.size() * AREAS];
        this.placed = new boolean[options.size()];
        Arrays.fill(parts, -1);
        rooms[OPTIONS] = optionsRoom;
    }

    /**
     * The best plan: of two, the one that keeps the more needed option where they differ.
     *
     * @param optionsRoom bytes of the options area, END not counted
     * @param fileRoom bytes that may be used of file, END not counted; 0 when it is taken
     * @param snameRoom bytes that may be used of sname, END not counted; 0 when it is taken
     */
    static OptionPlan of(OptionList options, int optionsRoom, int fileRoom, int snameRoom) {
        int[] ranked = rank(options);
        OptionPlan best = new OptionPlan(options, ranked, optionsRoom);
        best.placeAll();
        if (fileRoom + snameRoom == 0 || optionsRoom < OVERLOAD_BYTES) {
            return best;
        }
        // Option 82 has to stay in the options area, what may go elsewhere should not take its
        // room: so both ways are tried.
        for (int attempt = 0; attempt < 2; attempt++) {
            OptionPlan plan = new OptionPlan(options, ranked, optionsRoom - OVERLOAD_BYTES);
            plan.rooms[FILE] = fileRoom;
            plan.rooms[SNAME] = snameRoom;
            if (attempt == 0) {
                plan.placeConfined();
            }
            plan.placeAll();
            if (plan.keepsMoreThan(best)) {
                best = plan;
            }
        }
        return best;
    }

    private static int[] rank(OptionList options) {
        int[] ranked = new int[options.size()];
        int count = 0;
        for (int code : ESSENTIALS) {
            int at = options.find(code);
            if (at >= 0) {
                ranked[count++] = at;
            }
        }
        for (int at = 0; at < options.size(); at++) {
            if (!isEssential(options.code(at))) {
                ranked[count++] = at;
            }
        }
        return ranked;
    }

    private static boolean isEssential(int code) {
        for (int essential : ESSENTIALS) {
            if (essential == code) {
                return true;
            }
        }
        return false;
    }

    /**
     * True for what a reader has to find in the options area: 53 comes first, and 82 last (RFC 3046
     * §2.2).
     */
    private static boolean isConfined(int code) {
        return code == OptionCode.MESSAGE_TYPE || code == OptionCode.RELAY_AGENT_INFORMATION;
    }

    private void placeConfined() {
        for (int at : ranked) {
            if (isConfined(options.code(at))) {
                place(at);
            }
        }
    }

    private void placeAll() {
        for (int at : ranked) {
            if (!placed[at]) {
                place(at);
            }
        }
    }

    private void place(int at) {
        int length = options.value(at).length;
        int areas = isConfined(options.code(at)) ? 1 : AREAS;
        int needed = MessageDraft.encodedBytes(length);
        for (int area = OPTIONS; area < areas; area++) {
            if (needed <= rooms[area]) {
                take(at, area, length);
                placed[at] = true;
                return;
            }
        }
        int splitRoom = 0;
        for (int area = OPTIONS; area < areas; area++) {
            splitRoom += MessageDraft.valueBytesWithin(rooms[area]);
        }
        if (areas == 1 || length == 0 || splitRoom < length) {
            return;
        }
        int left = length;
        for (int area = OPTIONS; area < areas && left > 0; area++) {
            int part = Math.min(left, MessageDraft.valueBytesWithin(rooms[area]));
            if (part > 0) {
                take(at, area, part);
                left -= part;
            }
        }
        placed[at] = true;
    }

    private void take(int at, int area, int length) {
        parts[at * AREAS + area] = length;
        rooms[area] -= MessageDraft.encodedBytes(length);
    }

    private boolean keepsMoreThan(OptionPlan other) {
        for (int at : ranked) {
            if (placed[at] != other.placed[at]) {
                return placed[at];
            }
        }
        return false;
    }

    /** The value of option 52: 1 when file holds options, 2 when sname does, 3 when both do. */
    int overload() {
        int used = 0;
        for (int i = 0; i < parts.length; i++) {
            int area = i % AREAS;
            if (area != OPTIONS && parts[i] >= 0) {
                used |= area;
            }
        }
        return used;
    }

    /** Writes the parts of one option that belong to an area. */
    void write(OptionWriter writer, int at, int area) {
        int part = parts[at * AREAS + area];
        if (part < 0) {
            return;
        }
        int from = 0;
        for (int before = OPTIONS; before < area; before++) {
            from += Math.max(0, parts[at * AREAS + before]);
        }
        writer.write(options.code(at), options.value(at), from, part);
    }

    /** The codes for which there was no room, the most needed first. */
    List<Integer> omitted() {
        List<Integer> omitted = new ArrayList<>();
        for (int at : ranked) {
            if (!placed[at]) {
                omitted.add(options.code(at));
            }
        }
        return List.copyOf(omitted);
    }
}
