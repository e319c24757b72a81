# Sourced by the tests of what is packed: wires of their own, a real client, and another server.
# shellcheck shell=sh disable=SC2034,SC2120,SC2154
# Reads lab, the beginning of the namespaces' names, and case; uses lines.sh.

helpers=

cannot() {
    printf '%s\n' "$*"
    exit 3
}

# The host, on which Leasehold is; a client on its eth1, and what is beyond its eth0.
make_wires() {
    for name in host client up; do
        ip netns add "$lab-$name" 2> /dev/null || cannot 'this machine refuses network namespaces'
        ip -n "$lab-$name" link set lo up
    done
    ip link add eth1 netns "$lab-host" type veth peer name eth0 netns "$lab-client"
    ip link add eth0 netns "$lab-host" type veth peer name eth0 netns "$lab-up"
    for name in host client up; do ip -n "$lab-$name" link set eth0 up; done
    ip -n "$lab-host" link set eth1 up
    ip -n "$lab-host" address add 10.77.0.1/24 dev eth1
    ip -n "$lab-host" address add 10.78.0.2/24 dev eth0
    ip -n "$lab-up" address add 10.78.0.1/24 dev eth0
    ip -n "$lab-up" route add 10.77.0.0/24 via 10.78.0.2
    ip netns exec "$lab-host" sysctl -qw net.ipv4.ip_forward=1
}

remove_servers() {
    for pid in $helpers; do kill "$pid" && wait "$pid"; done 2> /dev/null
    helpers=
}

remove_wires() {
    remove_servers
    for name in "$lab-host" "$lab-client" "$lab-up"; do ip netns delete "$name"; done 2> /dev/null
}

# Another server beyond the host, for the clients' network; the words are further ones for it.
serve_from_up() {
    ip netns exec "$lab-up" dnsmasq -k --conf-file=/dev/null --port=0 --no-ping --dhcp-authoritative --user=root \
        --pid-file= --log-facility=- --dhcp-leasefile="$case/dnsmasq.leases" \
        --dhcp-range=10.77.0.200,10.77.0.240,255.255.255.0,2m "$@" > "$case/dnsmasq" 2>&1 &
    helpers="$helpers $!"
    await grep -q 'IP range' "$case/dnsmasq"
}

# Waits until a command succeeds, half a minute at most; it is checked by what follows.
await() {
    tries=0
    until "$@" > /dev/null 2>&1 || [ $tries -ge 300 ]; do
        tries=$((tries + 1))
        sleep 0.1
    done
}

# A real client asks once, and says what it got.
lease() {
    see ip netns exec "$lab-client" udhcpc -i eth0 -n -q -f -t 10 -T 1 -s /bin/true
    out="$out$err"
}
