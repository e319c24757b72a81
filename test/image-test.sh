#!/bin/sh
# Tests of the container image: what deploy/image/build makes relays for a real client, run by podman on wires of its
# own as the manifests in deploy/kubernetes say: as root, and as nobody behind rewritten ports. Needs root.
#
#   test/image-test.sh [--offline]
#
# Prints one line a test and ends with 1 if one failed; with 3 and one line of why where it cannot run.
# shellcheck disable=SC2016,SC2034,SC2046,SC2086,SC2119 # conditions are expanded when they are asked, flags are words
set -u

home=$(cd "$(dirname "$0")/.." && pwd)
offline=${1:-}
lab=lhimg-$$
case=$(mktemp -d)
image=leasehold:test
relay=$lab-relay
process=

# shellcheck source=test/lines.sh
. "$home/test/lines.sh"
# shellcheck source=test/wires.sh
. "$home/test/wires.sh"

tidy() {
    podman rm -f -t 0 "$relay" > /dev/null 2>&1
    remove_wires
    rm -rf "$case"
}
trap tidy EXIT
trap 'exit 1' INT TERM

# Images and containers of this test alone, as any machine can have them.
cat > "$case/storage.conf" << END
[storage]
driver = "vfs"
graphroot = "$case/graph"
runroot = "$case/run"
END
# Without the limits podman would ask for more than a machine may allow.
cat > "$case/containers.conf" << 'END'
[containers]
default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
[engine]
cgroup_manager = "cgroupfs"
events_logger = "none"
runtime = "runc"
END
export CONTAINERS_STORAGE_CONF="$case/storage.conf" CONTAINERS_CONF="$case/containers.conf"

# A container on the host of the lab, as Kubernetes starts it: $1 is the user, the rest are words of podman's.
contain() {
    user=$1
    shift
    podman run --rm --pull=never --network "ns:/run/netns/$lab-host" --user "$user" --cap-drop all \
        --security-opt no-new-privileges "$@"
}

# The command line of the container or init container named $2 in manifest $1.
words() {
    sed -n "/- name: $2\$/,/envFrom/{s/^ *args: \[\(.*\)\]/\1/p;s/^ *- \(\".*\"\)\$/\1/p}" \
        "$home/deploy/kubernetes/$1/deployment/relay.yaml" | tr -d '",' | sed 's/\$(INTERFACE)/eth1/; s/\$(SERVER)/10.78.0.1/'
}

# Starts the relay of manifest $1 and waits until it is ready; the rest as for contain.
start_relay() {
    manifest=$1
    shift
    : > "$case/relay"
    contain "$@" --name "$relay" "$image" $(words "$manifest" relay) > "$case/relay" 2>&1 < /dev/null &
    process=$!
    await grep -qE 'ready on|leasehold: ' "$case/relay"
    main=$(podman inspect -f '{{.State.Pid}}' "$relay")
}

# Ends it as Kubernetes does.
stop_relay() {
    see podman stop -t 5 "$relay"
    wait "$process"
    exit=$? out=$(cat "$case/relay") err=
}

# What a process and its children have in memory, in KiB.
resident() {
    for pid in $1 $(pgrep -P "$1"); do
        sed -n 's/^VmRSS:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$pid/status"
    done | awk '{ sum += $1 } END { print sum }'
}

has_no_rights() {
    see cat "/proc/$main/status"
    all "says 'Uid:${tab}65534${tab}65534${tab}65534'" "says 'CapEff:${tab}0000000000000000'"
}

check_memory() {
    kib=$(resident "$main")
    check "$1 has less than the 100 MiB of its limit in memory" [ "$kib" -lt 102400 ]
    printf '    %s MiB\n' "$((kib / 1024))"
}

[ "$(id -u)" -eq 0 ] || cannot 'they need root'
for program in podman runc nft tc busybox setpriv ip udhcpc dnsmasq sysctl pgrep; do
    command -v "$program" > /dev/null || cannot "not installed: $program"
done
make_wires
tab=$(printf '\t')

see "$home/leasehold" $offline --build
check 'there is something to build it of' [ "$exit" -eq 0 ]
see "$home/deploy/image/build" "$image"
check 'is built without a registry' [ "$exit" -eq 0 ]
see contain 65534:65534 "$image" --version
[ "$exit" -eq 0 ] || ! holds "$err" OCI || cannot "no container can be run here: $(printf '%s\n' "$err" | tail -n 1)"
check 'runs' says 'leasehold 0.'
see contain 65534:65534 -e JDK_JAVA_OPTIONS=-Xlog:class+load "$image" relay --help
check 'starts from its AOT cache' says 'io.leasehold.app.Main source: shared objects file'

# --- as root ---------------------------------------------------------------------------------------------

serve_from_up
start_relay root 0:0 --cap-add NET_BIND_SERVICE,NET_ADMIN,SETPCAP,SETUID,SETGID
lease
check 'as root it brings a real client the address of another server' says 'lease of 10.77.0.2'
check 'as root it becomes nobody, without any capability' has_no_rights
see ip -n "$lab-host" neighbour show dev eth1
check 'as root it reaches the client by a neighbour entry' says 10.77.0.2
see cat "/proc/$(pgrep -P "$main")/cmdline"
check 'as root its helper is no JVM' says /opt/leasehold/helper
see ip netns exec "$lab-host" busybox wget -q -O - http://127.0.0.1:9067/readyz
check 'as root it says that it is ready' [ "$exit" -eq 0 ]
check_memory 'as root it'
stop_relay
check 'as root it ends in good order' says stopped
remove_servers

# --- as nobody -------------------------------------------------------------------------------------------

serve_from_up --dhcp-alternate-port=1067,1068
see contain 0:0 --cap-add NET_ADMIN "$image" $(words nonroot ports)
check 'has the node rewrite the ports on the interface' [ "$exit" -eq 0 ]
start_relay nonroot 65534:65534
lease
check 'as nobody it brings a real client the address of another server' says 'lease of 10.77.0.2'
check 'as nobody it has no capability' has_no_rights
check_memory 'as nobody it'
stop_relay
check 'as nobody it ends in good order' says stopped
[ "$failed" -eq 0 ]
