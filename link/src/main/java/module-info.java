/** Linux: sockets, interfaces and neighbour entries. The one room that touches the kernel. */
module io.leasehold.link {
    requires static org.jspecify;
    requires transitive io.leasehold.protocol;

    exports io.leasehold.link;
}
