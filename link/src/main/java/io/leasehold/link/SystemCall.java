package io.leasehold.link;

/** The numbers of the system calls, which differ between x86_64 and the later architectures. */
final class SystemCall {
    private static final String ARCHITECTURE = System.getProperty("os.arch");
    private static final boolean X86 = "amd64".equals(ARCHITECTURE);

    static final int READ = X86 ? 0 : 63;
    static final int WRITE = X86 ? 1 : 64;
    static final int CLOSE = X86 ? 3 : 57;
    static final int MMAP = X86 ? 9 : 222;
    static final int MUNMAP = X86 ? 11 : 215;
    static final int SOCKET = X86 ? 41 : 198;
    static final int CONNECT = X86 ? 42 : 203;
    static final int SENDTO = X86 ? 44 : 206;
    static final int RECVFROM = X86 ? 45 : 207;
    static final int SENDMSG = X86 ? 46 : 211;
    static final int BIND = X86 ? 49 : 200;
    static final int GETSOCKNAME = X86 ? 51 : 204;
    static final int SETSOCKOPT = X86 ? 54 : 208;
    static final int GETSOCKOPT = X86 ? 55 : 209;
    static final int FCNTL = X86 ? 72 : 25;
    static final int PRCTL = X86 ? 157 : 167;
    static final int EPOLL_CTL = X86 ? 233 : 21;
    static final int PPOLL = X86 ? 271 : 73;
    static final int EPOLL_PWAIT = X86 ? 281 : 22;
    static final int EVENTFD2 = X86 ? 290 : 19;
    static final int EPOLL_CREATE1 = X86 ? 291 : 20;
    static final int DUP3 = X86 ? 292 : 24;
    static final int PIPE2 = X86 ? 293 : 59;
    static final int RECVMMSG = X86 ? 299 : 243;
    static final int SENDMMSG = X86 ? 307 : 269;
    static final int SECCOMP = X86 ? 317 : 277;

    /** The kernel packs this structure on x86_64 only. */
    static final int EPOLL_EVENT_BYTES = X86 ? 12 : 16;

    static final int EPOLL_DATA_OFFSET = X86 ? 4 : 8;

    private SystemCall() {}

    static void requireKnownArchitecture() throws LinkException {
        String system = System.getProperty("os.name");
        if (!"Linux".equals(system) || !X86 && !"aarch64".equals(ARCHITECTURE)) {
            throw new LinkException(
                    "Leasehold speaks to Linux on x86_64 or aarch64; this is "
                            + system
                            + " on "
                            + ARCHITECTURE);
        }
    }
}
