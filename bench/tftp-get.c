// A TFTP client that only measures: it fetches one file again and again, as many at once as it is told,
// throws the bytes away, and prints how many came a second.
//
//   tftp-get SERVER FILE BLKSIZE WINDOWSIZE AT-ONCE SECONDS [FROM]
//
// FROM is the address that the first asks from; the others ask from those behind it, one address each.
// With SECONDS 0 each of AT-ONCE fetches the file once. Prints: bytes/s, files, files that failed, the
// block size and the window that the server agreed to.
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { PACKET_MAX = 65536, AT_ONCE_MAX = 4096, GIVE_UP_SECONDS = 15 };

struct get {
    int fd, connected, block_size, window, in_window;
    uint16_t last;
    double heard;
};

static const char *file;
static int block_size, window, agreed_block, agreed_window;
static struct sockaddr_in server, local;
static struct get gets[AT_ONCE_MAX];
static struct pollfd polls[AT_ONCE_MAX];
static unsigned long long bytes;
static long files, failed;
static char packet[PACKET_MAX];

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void begin(int i) {
    struct get *g = &gets[i];
    int room = 4 << 20;
    char ask[1024];
    int n = 2 + sprintf(ask + 2, "%s", file) + 1;
    ask[0] = 0, ask[1] = 1;
    n += sprintf(ask + n, "octet") + 1;
    if (block_size != 512)
        n += sprintf(ask + n, "blksize") + 1, n += sprintf(ask + n, "%d", block_size) + 1;
    if (window > 1)
        n += sprintf(ask + n, "windowsize") + 1, n += sprintf(ask + n, "%d", window) + 1;
    memset(g, 0, sizeof *g);
    g->fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    if (g->fd < 0)
        perror("socket"), exit(2);
    if (setsockopt(g->fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room) < 0)
        setsockopt(g->fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
    g->block_size = 512, g->window = 1, g->heard = now();
    polls[i].fd = g->fd, polls[i].events = POLLIN;
    struct sockaddr_in mine = local;
    mine.sin_addr.s_addr = local.sin_addr.s_addr ? htonl(ntohl(local.sin_addr.s_addr) + i) : 0;
    if (bind(g->fd, (void *)&mine, sizeof mine) < 0)
        perror("bind"), exit(2);
    if (sendto(g->fd, ask, n, 0, (void *)&server, sizeof server) < 0)
        perror("sendto"), exit(2);
}

static void ack(struct get *g) {
    char out[4] = {0, 4, (char)(g->last >> 8), (char)g->last};
    g->in_window = 0;
    if (send(g->fd, out, 4, 0) < 0 && errno != ECONNREFUSED)
        perror("send"), exit(2);
}

static void agree(struct get *g, int n) {
    for (char *at = packet + 2, *end = packet + n; at < end;) {
        char *value = at + strlen(at) + 1;
        if (!strcasecmp(at, "blksize"))
            g->block_size = atoi(value);
        if (!strcasecmp(at, "windowsize"))
            g->window = atoi(value);
        at = value + strlen(value) + 1;
    }
    ack(g);
}

// Returns 1 when the file is there, -1 when it will not be, 0 in between.
static int take(struct get *g) {
    for (;;) {
        struct sockaddr_in from;
        socklen_t length = sizeof from;
        int n = recvfrom(g->fd, packet, sizeof packet - 1, 0, (void *)&from, &length);
        if (n < 0)
            return errno == EAGAIN ? 0 : -1;
        if (n < 4)
            continue;
        packet[n] = 0;
        if (!g->connected)
            g->connected = 1, connect(g->fd, (void *)&from, sizeof from);
        g->heard = now();
        uint16_t block = (uint8_t)packet[2] << 8 | (uint8_t)packet[3];
        if (packet[1] == 6 && g->last == 0) {
            agree(g, n);
        } else if (packet[1] == 3 && block == (uint16_t)(g->last + 1)) {
            g->last = block, bytes += n - 4, g->in_window++;
            agreed_block = g->block_size, agreed_window = g->window;
            if (n - 4 < g->block_size)
                return ack(g), 1;
            if (g->in_window == g->window)
                ack(g);
        } else if (packet[1] == 3 && g->in_window) {
            ack(g); // one is missing
        } else if (packet[1] == 5) {
            fprintf(stderr, "error: %s\n", packet + 4);
            return -1;
        }
    }
}

int main(int words, char **word) {
    if (words != 7 && words != 8)
        return fprintf(stderr, "tftp-get SERVER FILE BLKSIZE WINDOWSIZE AT-ONCE SECONDS [FROM]\n"), 2;
    local.sin_family = AF_INET;
    if (words == 8)
        inet_pton(AF_INET, word[7], &local.sin_addr);
    file = word[2], block_size = atoi(word[3]), window = atoi(word[4]);
    int at_once = atoi(word[5]), open = at_once;
    double seconds = atof(word[6]), start = now(), stop = start + seconds;
    server.sin_family = AF_INET, server.sin_port = htons(69);
    inet_pton(AF_INET, word[1], &server.sin_addr);
    for (int i = 0; i < at_once && i < AT_ONCE_MAX; i++)
        begin(i);
    while (open > 0 && (seconds == 0 || now() < stop)) {
        poll(polls, at_once, 100);
        for (int i = 0; i < at_once; i++) {
            if (polls[i].fd < 0)
                continue;
            int end = polls[i].revents ? take(&gets[i]) : 0;
            if (end == 0 && now() - gets[i].heard > GIVE_UP_SECONDS)
                end = -1;
            if (end == 0)
                continue;
            end > 0 ? files++ : failed++;
            close(gets[i].fd);
            polls[i].fd = -1;
            if (seconds > 0)
                begin(i);
            else
                open--;
        }
    }
    printf("%.0f %ld %ld %d %d\n", bytes / (now() - start), files, failed, agreed_block, agreed_window);
    return 0;
}
