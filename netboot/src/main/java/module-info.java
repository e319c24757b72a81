/**
 * The rules of network boot: who boots what, which files there are, and how they are sent over TFTP
 * and HTTP.
 */
module io.leasehold.netboot {
    requires static org.jspecify;
    requires transitive io.leasehold.protocol;

    exports io.leasehold.netboot.diagnose;
    exports io.leasehold.netboot.files;
    exports io.leasehold.netboot.http;
    exports io.leasehold.netboot.proxy;
    exports io.leasehold.netboot.script;
    exports io.leasehold.netboot.tftp;
    exports io.leasehold.netboot.watch;
}
