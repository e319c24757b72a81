package io.leasehold.link;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Classic BPF programs, which the kernel runs on each frame, so that other traffic costs nothing.
 * Each row: operation, jump when true, jump when false, operand.
 */
final class PacketFilter {
    private static final int ETHERNET_BYTES = 14;
    private static final int TAG_BYTES = 4;
    private static final int UDP = 17;
    private static final int WHOLE = 0x40000;
    private static final int UDP_BYTES = 8;
    private static final int SECS = UDP_BYTES + 8;
    private static final int OPTIONS = UDP_BYTES + 240;

    /** Option 53 with DISCOVER, and the octet behind it, whatever that is. */
    private static final int DISCOVER = 0x3501_0100;

    private static final int DISCOVER_MASK = 0xffff_ff00;

    /** Where a program finds a random number: SKF_AD_OFF + SKF_AD_RANDOM. */
    private static final int RANDOM = -0x1000 + 56;

    private PacketFilter() {}

    /**
     * Takes UDP over IPv4 that comes from or goes to one of some ports, and every fragment of UDP
     * but the first, since only that has the ports. On Ethernet behind up to two VLAN tags.
     *
     * @param ethernet false where frames begin with the IP header
     */
    static int[][] dhcp(boolean ethernet, List<Integer> ports) {
        List<int[]> program = new ArrayList<>();
        if (ethernet) {
            addEtherType(program);
        } else {
            program.add(new int[] {0x01, 0, 0, 0}); // X = 0
        }
        int ip = ethernet ? ETHERNET_BYTES : 0;
        int tests = 2 * ports.size();
        // How far it is from behind the fragment test to the two ends.
        int take = 7 + tests + 1;
        program.add(new int[] {0x50, 0, 0, ip + 9}); // A = the protocol
        program.add(new int[] {0x15, 0, take + 1, UDP});
        program.add(new int[] {0x48, 0, 0, ip + 6}); // A = the fragment offset
        program.add(new int[] {0x45, take, 0, 0x1fff});
        program.add(new int[] {0x50, 0, 0, ip}); // A = the length of the IP header
        program.add(new int[] {0x54, 0, 0, 15});
        program.add(new int[] {0x64, 0, 0, 2});
        program.add(new int[] {0x0c, 0, 0, 0}); // A += X
        program.add(new int[] {0x07, 0, 0, 0}); // X = A
        program.add(new int[] {0x48, 0, 0, ip}); // A = the source port
        addPorts(program, ports, ports.size() + 1);
        program.add(new int[] {0x48, 0, 0, ip + 2}); // A = the destination port
        addPorts(program, ports, 0);
        program.add(new int[] {0x06, 0, 0, 0}); // drop it
        program.add(new int[] {0x06, 0, 0, WHOLE});
        return program.toArray(new int[0][]);
    }

    /**
     * For a UDP socket: takes a share of the DISCOVERs that have secs 0 and begin their options
     * with their type, picked at random, and all else.
     *
     * @param share 0 to less than 1
     */
    static int[][] someDiscovers(double share) {
        int below = (int) (long) (share * (1L << 32));
        return new int[][] {
            {0x80, 0, 0, 0}, // A = the length
            {0x35, 0, 7, OPTIONS + Integer.BYTES},
            {0x28, 0, 0, SECS},
            {0x15, 0, 5, 0},
            {0x20, 0, 0, OPTIONS},
            {0x54, 0, 0, DISCOVER_MASK},
            {0x15, 0, 2, DISCOVER},
            {0x20, 0, 0, RANDOM},
            {0x35, 1, 0, below},
            {0x06, 0, 0, WHOLE},
            {0x06, 0, 0, 0}, // drop it
        };
    }

    /** X becomes the length of the tags; what is not IPv4 behind them is dropped. */
    private static void addEtherType(List<int[]> program) {
        program.add(new int[] {0x01, 0, 0, 0}); // X = 0
        program.add(new int[] {0x28, 0, 0, 12}); // A = the EtherType
        for (int tags = 1; tags <= 2; tags++) {
            int skip = tags == 1 ? 6 : 2;
            program.add(new int[] {0x15, 1, 0, 0x8100});
            program.add(new int[] {0x15, 0, skip, 0x88a8});
            program.add(new int[] {0x01, 0, 0, tags * TAG_BYTES}); // X
            program.add(new int[] {0x48, 0, 0, 12}); // A = the EtherType behind the tag
        }
        program.add(new int[] {0x15, 1, 0, 0x0800});
        program.add(new int[] {0x06, 0, 0, 0}); // drop it
    }

    /** Jumps to the end that takes the frame when A is one of some ports. */
    private static void addPorts(List<int[]> program, List<Integer> ports, int more) {
        for (int i = 0; i < ports.size(); i++) {
            program.add(new int[] {0x15, ports.size() - i + more, 0, ports.get(i)});
        }
    }

    static void attach(MemorySegment state, int fd, int[][] program) throws LinkException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment code = arena.allocate(8L * program.length, 8);
            for (int i = 0; i < program.length; i++) {
                code.set(JAVA_SHORT, 8L * i, (short) program[i][0]);
                code.set(JAVA_BYTE, 8L * i + 2, (byte) program[i][1]);
                code.set(JAVA_BYTE, 8L * i + 3, (byte) program[i][2]);
                code.set(JAVA_INT, 8L * i + 4, program[i][3]);
            }
            MemorySegment header = arena.allocate(16, 8);
            header.set(JAVA_SHORT, 0, (short) program.length);
            header.set(JAVA_LONG, 8, code.address());
            int result = Kernel.setOption(state, fd, Abi.SOL_SOCKET, Abi.SO_ATTACH_FILTER, header);
            if (result < 0) {
                throw new LinkException(
                        "cannot filter what comes to a socket: " + Abi.errorText(result));
            }
        }
    }

    static void detach(MemorySegment state, int fd) {
        Kernel.setOption(state, fd, Abi.SOL_SOCKET, Abi.SO_DETACH_FILTER, 0);
    }
}
