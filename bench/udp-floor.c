/*
 * The floor: what a DHCP exchange costs when nothing of DHCP is left in it. Every DISCOVER gets an
 * OFFER, every REQUEST an ACK; nothing is checked, nothing is kept, and no address is remembered. What
 * remains is the kernel's price of four datagrams, taken and sent in batches. No server can be faster
 * in this process shape, so bench/compare gives every result as a share of it.
 *
 *   gcc -O2 -Wall -o udp-floor udp-floor.c
 *   ./udp-floor INTERFACE ADDRESS      in a network namespace; ends when it is killed
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum {
    BATCH = 64,
    DATAGRAM_BYTES_MAX = 1500,
    REPLY_BYTES_MIN = 300, /* RFC 1542 section 2.1 */
    SOCKET_BUFFER_BYTES = 8 << 20,
    SERVER_PORT = 67,
    CLIENT_PORT = 68,
};

/* Where the fields of a message lie (RFC 2131 section 2). */
enum { OP = 0, YIADDR = 16, GIADDR = 24, OPTIONS = 240 };

enum { DISCOVER = 1, OFFER = 2, REQUEST = 3, ACK = 5 };

enum {
    OPTION_PAD = 0,
    OPTION_SUBNET_MASK = 1,
    OPTION_REQUESTED_ADDRESS = 50,
    OPTION_LEASE_TIME = 51,
    OPTION_MESSAGE_TYPE = 53,
    OPTION_SERVER_ID = 54,
    OPTION_END = 255,
};

static const uint32_t POOL_FIRST = 0x0a010000; /* 10.1.0.0, and 12,582,912 addresses from there */
static const uint32_t POOL_SIZE = 0xc00000;

struct slot {
    unsigned char bytes[DATAGRAM_BYTES_MAX];
    struct iovec part;
    struct sockaddr_in peer;
};

static struct slot requests[BATCH], replies[BATCH];
static struct mmsghdr incoming[BATCH], outgoing[BATCH];

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static void attach(struct mmsghdr *message, struct slot *slot)
{
    slot->part.iov_base = slot->bytes;
    message->msg_hdr.msg_iov = &slot->part;
    message->msg_hdr.msg_iovlen = 1;
    message->msg_hdr.msg_name = &slot->peer;
    message->msg_hdr.msg_namelen = sizeof slot->peer;
}

static int open_socket(const char *interface)
{
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    int one = 1, size = SOCKET_BUFFER_BYTES;
    struct sockaddr_in any = {.sin_family = AF_INET, .sin_port = htons(SERVER_PORT)};

    if (fd < 0)
        fail("socket");
    if (setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, interface, strlen(interface)) < 0)
        fail(interface);
    if (setsockopt(fd, SOL_SOCKET, SO_BROADCAST, &one, sizeof one) < 0)
        fail("SO_BROADCAST");
    if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size) < 0)
        setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    if (bind(fd, (struct sockaddr *)&any, sizeof any) < 0)
        fail("bind to port 67");
    return fd;
}

/* Finds the message type and, where it is there, the address asked for. */
static int read_options(const unsigned char *bytes, size_t length, uint32_t *requested)
{
    int type = 0;
    size_t at = OPTIONS;

    while (at < length && bytes[at] != OPTION_END) {
        size_t option = at, size;
        if (bytes[at] == OPTION_PAD) {
            at++;
            continue;
        }
        if (at + 1 >= length)
            break;
        size = bytes[at + 1];
        at += 2 + size;
        if (at > length)
            break;
        if (bytes[option] == OPTION_MESSAGE_TYPE && size == 1)
            type = bytes[option + 2];
        if (bytes[option] == OPTION_REQUESTED_ADDRESS && size == 4)
            memcpy(requested, bytes + option + 2, 4);
    }
    return type;
}

static size_t put(unsigned char *bytes, size_t at, int code, const void *value, size_t size)
{
    bytes[at] = code;
    bytes[at + 1] = size;
    memcpy(bytes + at + 2, value, size);
    return at + 2 + size;
}

/* Writes the reply to a request; its length, or 0 when there is none. */
static size_t answer(const struct slot *in, size_t length, struct slot *out, uint32_t server)
{
    static uint32_t taken;
    const uint32_t lease_seconds = htonl(3600), mask = htonl(0xff000000);
    uint32_t address = 0;
    unsigned char type;
    size_t at = OPTIONS;

    if (length < OPTIONS)
        return 0;
    switch (read_options(in->bytes, length, &address)) {
    case DISCOVER:
        type = OFFER;
        address = htonl(POOL_FIRST + taken++ % POOL_SIZE);
        break;
    case REQUEST:
        type = ACK;
        if (address == 0) /* a renewal: ciaddr, which lies right before yiaddr */
            memcpy(&address, in->bytes + YIADDR - 4, 4);
        break;
    default:
        return 0;
    }
    memcpy(out->bytes, in->bytes, OPTIONS);
    out->bytes[OP] = 2;
    memcpy(out->bytes + YIADDR, &address, 4);
    at = put(out->bytes, at, OPTION_MESSAGE_TYPE, &type, 1);
    at = put(out->bytes, at, OPTION_SERVER_ID, &server, 4);
    at = put(out->bytes, at, OPTION_LEASE_TIME, &lease_seconds, 4);
    at = put(out->bytes, at, OPTION_SUBNET_MASK, &mask, 4);
    out->bytes[at++] = OPTION_END;
    memset(out->bytes + at, 0, REPLY_BYTES_MIN - at);

    memset(&out->peer, 0, sizeof out->peer);
    out->peer.sin_family = AF_INET;
    memcpy(&out->peer.sin_addr, in->bytes + GIADDR, 4);
    out->peer.sin_port = htons(SERVER_PORT);
    if (out->peer.sin_addr.s_addr == 0) { /* no relay agent: the client is on this link */
        out->peer.sin_addr.s_addr = INADDR_BROADCAST;
        out->peer.sin_port = htons(CLIENT_PORT);
    }
    return REPLY_BYTES_MIN;
}

static void serve(int fd, uint32_t server)
{
    for (;;) {
        int count, ready = 0, sent = 0;

        for (int i = 0; i < BATCH; i++) {
            attach(&incoming[i], &requests[i]);
            requests[i].part.iov_len = DATAGRAM_BYTES_MAX;
        }
        count = recvmmsg(fd, incoming, BATCH, MSG_WAITFORONE, NULL);
        if (count < 0)
            fail("recvmmsg");
        for (int i = 0; i < count; i++) {
            size_t length = answer(&requests[i], incoming[i].msg_len, &replies[ready], server);
            if (length == 0)
                continue;
            attach(&outgoing[ready], &replies[ready]);
            replies[ready++].part.iov_len = length;
        }
        while (sent < ready) {
            int done = sendmmsg(fd, outgoing + sent, ready - sent, 0);
            sent += done > 0 ? done : 1; /* one that cannot be sent is passed over */
        }
    }
}

int main(int argc, char **argv)
{
    struct in_addr server;

    if (argc != 3 || if_nametoindex(argv[1]) == 0 || inet_aton(argv[2], &server) == 0) {
        fprintf(stderr, "usage: udp-floor INTERFACE ADDRESS (an interface that is there, and its address)\n");
        return 2;
    }
    serve(open_socket(argv[1]), server.s_addr);
}
