package io.leasehold.link.helper;

import java.io.IOException;

/**
 * The work of the process that makes neighbour entries for a link whose process may not: it takes
 * requests, trusts none of them, and ends when nobody can ask it any more. Which addresses are
 * served it asks the kernel itself.
 */
public final class Helper {
    private static final int EPIPE = 32;
    private static final int ENOBUFS = 105;
    private static final int HEARD_BYTES = 8 * 1024;

    private final HelperKernel kernel;
    private final HelperScope scope;
    private final byte[] requests = new byte[HelperRecord.BATCH_MAX * HelperRecord.REQUEST_BYTES];
    private final byte[] answers = new byte[HelperRecord.BATCH_MAX * HelperRecord.ANSWER_BYTES];
    private final byte[] heard = new byte[HEARD_BYTES];
    private final HelperInterfaces interfaces = new HelperInterfaces();
    private final int watch;
    private final InterfaceReader reader;
    private final NeighbourEntries entries;

    public Helper(HelperKernel kernel, HelperScope scope) throws IOException {
        this.kernel = kernel;
        this.scope = scope;
        // The watch is opened before the first look, so that no change falls between them.
        watch = open(Netlink.GROUP_LINK | Netlink.GROUP_IPV4_IFADDR);
        reader = new InterfaceReader(kernel, open(0));
        entries = new NeighbourEntries(kernel, open(0), HelperRecord.BATCH_MAX);
        look();
    }

    private int open(int groups) throws IOException {
        int socket = kernel.openNetlink(groups);
        if (socket < 0) {
            throw new IOException("cannot open a netlink socket: errno " + -socket);
        }
        return socket;
    }

    private void look() throws IOException {
        int result = reader.read(interfaces);
        if (result < 0) {
            throw new IOException("cannot read the interfaces: errno " + -result);
        }
    }

    /** Serves until the requests end. */
    public void serve() throws IOException {
        warmUp();
        // The first answer, to no request, says that it is ready.
        answer(1);
        int length;
        while ((length = kernel.readRequests(requests)) != 0) {
            if (length < 0 || length % HelperRecord.REQUEST_BYTES != 0) {
                throw new IOException("found a request of " + length + " octets, expected 16");
            }
            if (hasChanged()) {
                look();
            }
            int count = length / HelperRecord.REQUEST_BYTES;
            for (int i = 0; i < count; i++) {
                HelperRecord.putAnswer(answers, i, take(i));
            }
            entries.make(this::failed);
            answer(count);
        }
    }

    /** Asks for an entry that the kernel refuses, so that the first client finds all loaded. */
    private void warmUp() {
        for (HelperInterfaces.One each : interfaces.all()) {
            scope.allows(interfaces, each.index(), -1);
        }
        entries.add(0, 0, 0, new byte[NeighbourEntries.ETHERNET_OCTETS], 0);
        entries.make((position, errno) -> {});
    }

    /** True when an interface or an address changed, or the kernel could not tell all changes. */
    private boolean hasChanged() {
        boolean changed = false;
        int result;
        while ((result = kernel.receive(watch, heard, false)) > 0 || result == -ENOBUFS) {
            changed = true;
        }
        return changed;
    }

    private int take(int position) {
        int at = position * HelperRecord.REQUEST_BYTES;
        int index = HelperRecord.interfaceIndex(requests, at);
        int address = HelperRecord.address(requests, at);
        if (HelperRecord.isEverybody(requests, at) && scope.allowsEverybody(interfaces, index)) {
            entries.addEverybody(position, index);
            return 0;
        }
        if (!HelperRecord.isWellFormed(requests, at) || !scope.allows(interfaces, index, address)) {
            return HelperRecord.REFUSED;
        }
        if (HelperRecord.isRemoval(requests, at)) {
            entries.make(this::failed);
            entries.forget(index, address);
        } else {
            entries.add(position, index, address, requests, at + HelperRecord.HARDWARE);
        }
        return 0;
    }

    private void failed(int position, int errno) {
        HelperRecord.putAnswer(answers, position, errno);
    }

    private void answer(int count) throws IOException {
        int length = count * HelperRecord.ANSWER_BYTES;
        int written = kernel.writeAnswers(answers, length);
        if (written != length && written != -EPIPE) {
            throw new IOException("cannot answer: errno " + -written);
        }
    }
}
