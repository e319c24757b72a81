# Sourced by the benchmarks: one lab of network namespaces for a run, and nothing of it left afterwards.
# shellcheck shell=bash
#
# Each server under test has a link of its own: two namespaces joined by a veth pair, the server as
# 10.0.0.1/8 at one end, the load generator at the other. So the servers can run side by side and never
# see each other's clients.

lab=lhbench$$
lab_servers=()
lab_pids=()
lab_dir=

say() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
}

fail() {
    say "$*"
    exit 2
}

# Needs root from here on: asks sudo for it where there is sudo.
need_root() {
    [ "$(id -u)" -eq 0 ] && return 0
    command -v sudo > /dev/null || fail "network namespaces need root, and there is no sudo here"
    exec sudo --preserve-env=JAVA_HOME,LEASEHOLD_JAVA_OPTS "$0" "$@"
}

# need COMMAND PACKAGE: ends with how to get it when it is missing.
need() {
    PATH=$PATH:/usr/sbin:/sbin command -v "$1" > /dev/null || fail "$1 is missing: apt-get install $2"
}

# Makes a directory for the run's data. /var/tmp is on a disk where /tmp may be memory, and a sync to
# memory measures nothing.
lab_open() {
    lab_dir=$(mktemp -d "${LEASEHOLD_BENCH_DIR:-/var/tmp}/leasehold-bench-XXXXXX")
    trap lab_close EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
}

lab_close() {
    trap '' INT TERM HUP
    local pid server
    for pid in "${lab_pids[@]}"; do
        kill "$pid" 2> /dev/null && wait "$pid" 2> /dev/null
    done
    for server in "${lab_servers[@]}"; do
        ip netns del "$lab-$server-s" 2> /dev/null
        ip netns del "$lab-$server-c" 2> /dev/null
        ip netns del "$lab-$server-b" 2> /dev/null
    done
    [ -z "$lab_dir" ] || rm -rf "$lab_dir"
    trap - EXIT
}

# lab_link NAME: a link for the server NAME: interface eth0 in both namespaces.
lab_link() {
    local s=$lab-$1-s c=$lab-$1-c
    lab_servers+=("$1")
    ip netns add "$s"
    ip netns add "$c"
    ip -n "$s" link add eth0 type veth peer name eth0 netns "$c"
    ip netns exec "$c" sysctl -qw net.ipv6.conf.all.disable_ipv6=1
    ip netns exec "$s" sysctl -qw net.ipv6.conf.all.disable_ipv6=1
    ip -n "$s" addr add 10.0.0.1/8 brd + dev eth0
    ip -n "$s" link set lo up
    ip -n "$s" link set eth0 up
    ip -n "$c" link set eth0 up
}

# lab_behind NAME: a second link, for what NAME relays to: 192.0.2.2 on a link of its own behind it.
lab_behind() {
    local s=$lab-$1-s b=$lab-$1-b
    ip netns add "$b"
    ip -n "$s" link add eth1 type veth peer name eth0 netns "$b"
    ip netns exec "$b" sysctl -qw net.ipv6.conf.all.disable_ipv6=1
    ip -n "$s" addr add 192.0.2.1/24 brd + dev eth1
    ip -n "$s" link set eth1 up
    ip -n "$b" addr add 192.0.2.2/24 brd + dev eth0
    ip -n "$b" link set lo up
    ip -n "$b" link set eth0 up
    ip -n "$b" route add default via 192.0.2.1
}

# Compiles the floor, $lab_dir/udp-floor.
lab_floor() {
    gcc -O2 -Wall -o "$lab_dir/udp-floor" "$home/bench/udp-floor.c" || fail "udp-floor.c does not compile"
}

# lab_serve NAME COMMAND...: starts a server on its link. Its process id is then in `pid_NAME`, where a
# hyphen of the name is an underscore.
lab_serve() {
    local name=$1
    shift
    lab_start "$name-s" "$name" "$@"
    printf -v "pid_${name//-/_}" '%s' $!
}

# lab_serve_behind NAME COMMAND...: starts what NAME relays to.
lab_serve_behind() {
    local name=$1
    shift
    lab_start "$name-b" "$name-behind" "$@"
}

# lab_start NAMESPACE LOG COMMAND...: its process id is then in `$!`.
lab_start() {
    local namespace=$lab-$1 log=$lab_dir/$2.log
    shift 2
    # exec all the way: the process id is the server's own, not that of a shell around it.
    (cd "$lab_dir" && exec ip netns exec "$namespace" "$@") > "$log" 2>&1 < /dev/null &
    lab_pids+=($!)
}

# lab_alive NAME: ends the run, with what the server said, when it is no longer there.
lab_alive() {
    local pid=pid_${1//-/_}
    kill -0 "${!pid}" 2> /dev/null && return 0
    tail -n 20 "$lab_dir/$1.log" >&2
    fail "$1 has ended; what it said stands above"
}

# Processor time that a process and its threads have used, in microseconds.
cpu_micros() {
    local stat hertz
    hertz=$(getconf CLK_TCK)
    stat=$(< "/proc/$1/stat")
    # The command in brackets may hold spaces: what follows it counts from field 3.
    # shellcheck disable=SC2086 # fields are words
    set -- ${stat##*) }
    echo $(((${12} + ${13}) * (1000000 / hertz)))
}

# Resident memory of a process, in MB.
resident_mb() {
    awk '/^VmRSS:/ { printf "%.0f", $2 / 1024 }' "/proc/$1/status"
}

# resident_tree_mb PID: resident memory of a process and all that it started, in MB; what they share with
# each other or with others, such as the JVM's own code, counts once.
resident_tree_mb() {
    local todo=("$1") all=() pid
    while [ "${#todo[@]}" -gt 0 ]; do
        pid=${todo[0]}
        all+=("$pid")
        # shellcheck disable=SC2207 # process ids are words
        todo=("${todo[@]:1}" $(cat "/proc/$pid/task/"*/children 2> /dev/null))
    done
    for pid in "${all[@]}"; do
        cat "/proc/$pid/smaps_rollup" 2> /dev/null
    done | awk '/^Private_/ { own += $2 } /^Rss:/ { shared = 0 } /^Shared_/ { shared += $2; if (shared > most) most = shared }
        END { printf "%.1f", (own + most) / 1024 }'
}

# The processors' time since the start of the machine, and how much of it other machines of its host had:
# see proc(5).
processor_ticks() {
    awk '/^cpu / { for (i = 2; i <= 9; i++) all += $i; print all, $9 }' /proc/stat
}

# stolen_since ALL STOLEN: how much of the processors others had since processor_ticks said so, in percent.
stolen_since() {
    local all stolen
    read -r all stolen <<< "$(processor_ticks)"
    calc "100 * ($stolen - $2) / (1 + $all - $1)" 1
}

# calmly LOAD ARGUMENT...: runs a load that leaves `result` and `cpu`, and runs it again while others took
# more than `calm` percent of the processors, six times at most. The calmest counts.
calm=100
calm_worst=0
calmly() {
    local try all stolen taken least=101 calmest_result='' calmest_cpu=''
    for try in 1 2 3 4 5 6; do
        read -r all stolen <<< "$(processor_ticks)"
        "$@"
        taken=$(stolen_since "$all" "$stolen")
        if [ "$(calc "$taken < $least" 0)" -eq 1 ]; then
            least=$taken calmest_result=$result calmest_cpu=$cpu
        fi
        [ "$(calc "$taken > $calm" 0)" -eq 1 ] || break
        say "others took $taken% of the processors (try $try)"
    done
    result=$calmest_result cpu=$calmest_cpu
    [ "$(calc "$least > $calm_worst" 0)" -eq 0 ] || calm_worst=$least
}

# print_stolen ALL STOLEN: what others had since processor_ticks said so.
print_stolen() {
    printf 'taken by other machines of the same host: %.0f%% of the processors while this ran, at most %.1f%% during a load\n' \
        "$(stolen_since "$@")" "$calm_worst"
}

# The median of the numbers given.
median() {
    printf '%s\n' "$@" | sort -g | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

# json NAME: the number of that name from the JSON object on stdin, as `leasehold bench --json` prints it.
json() {
    sed -n 's/^ *"'"$1"'" *: *\([-0-9.eE]*\),\{0,1\}$/\1/p'
}

# calc EXPRESSION: arithmetic with fractions.
calc() {
    # The brackets: a bare > would be awk's redirection.
    awk "BEGIN { printf \"%.${2:-2}f\", ($1) }"
}
