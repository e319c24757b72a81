#!/bin/sh
# Tests of the Debian package: what ./leasehold package builds is installed, run and purged in clean Debian 12
# roots, one of them with systemd as process 1, and serves real clients on wires of its own. Needs root.
#
#   test/package-test.sh [--offline] [FILE.deb]      a file: that package, and none is built
#   test/package-test.sh [--offline] --roots         makes the roots, and tests nothing
#
# Prints one line a test and ends with 1 if one failed; with 3 and one line of why where it cannot run. The
# roots are made once, in target/debian, and never changed: what is installed goes to memory.
# shellcheck disable=SC2016,SC2034,SC2086,SC2119 # conditions are expanded when they are asked, units are words
set -u

home=$(cd "$(dirname "$0")/.." && pwd)
offline=
roots_only=
[ "${1:-}" != --offline ] || { offline=$1 && shift; }
[ "${1:-}" != --roots ] || { roots_only=$1 && shift; }
given=${1:-}
roots=$home/target/debian
lab=lhdeb-$$
case=$(mktemp -d)
container=
init=

# shellcheck source=test/lines.sh
. "$home/test/lines.sh"
# shellcheck source=test/wires.sh
. "$home/test/wires.sh"

tidy() {
    end_container
    remove_wires
    rm -rf "$case"
}

# The first process of a Debian goes with all others of it, and at once.
end_container() {
    [ -z "$container" ] || { kill -KILL "${init:-$(pgrep -P "$container")}" && wait "$container"; } 2> /dev/null
    container=
    init=
}
trap tidy EXIT
trap 'exit 1' INT TERM

# --- roots, wires and programs ---------------------------------------------------------------------------

# A clean root: $1 is its name, $2 the packages in it besides the essential ones and apt.
need_root() {
    [ ! -e "$roots/$1" ] || return 0
    [ -z "$offline" ] || cannot "there is no $roots/$1, and --offline forbids to fetch Debian packages"
    mkdir -p "$roots"
    rm -rf "$roots/$1.new"
    mmdebstrap -q --variant=minbase ${2:+"--include=$2"} bookworm "$roots/$1.new" > "$case/mmdebstrap" 2>&1 \
        || cannot "no Debian root could be made: $(tail -n 1 "$case/mmdebstrap")"
    mv "$roots/$1.new" "$roots/$1"
}

# Becomes systemd-nspawn with a root named $1 that forgets what is changed; the rest are further words.
contain() {
    root=$roots/$1
    shift
    exec systemd-nspawn -q -D "$root" --volatile=overlay --register=no --keep-unit --link-journal=no \
        --machine="$lab" --network-namespace-path="/run/netns/$lab-host" --capability=CAP_NET_ADMIN \
        --bind-ro="$deb:/leasehold.deb" "$@"
}

# Runs a command in the Debian that systemd has started.
inside() {
    nsenter -t "$init" -m -u -i -n -p -r -w env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "$@"
}

[ "$(id -u)" -eq 0 ] || cannot 'they need root'
for program in systemd-nspawn mmdebstrap lintian nsenter ip udhcpc dnsmasq sysctl pgrep; do
    command -v "$program" > /dev/null || cannot "not installed: $program"
done
need_root bare ''
need_root full systemd,systemd-sysv,man-db,groff-base,bash-completion,bsdextrautils,procps,zsh
[ -z "$roots_only" ] || exit 0
make_wires
deb=$given
if [ -z "$deb" ]; then
    see "$home/leasehold" ${offline:+--offline} package --output="$case"
    check 'builds a package, and says where it is' all '[ "$exit" -eq 0 ]' '[ -f "$out" ]'
    deb=$out
fi
[ -f "$deb" ] || exit 1
(contain bare --pipe true) > /dev/null 2> "$case/why" || cannot "no Debian can be run here: $(tail -n 1 "$case/why")"

# Lintian leaves its indexes behind where it makes temporary files.
see env TMPDIR="$case" lintian --fail-on error,warning --tag-display-limit 0 --allow-root "$deb"
check 'has no fault that lintian knows of' [ "$exit" -eq 0 ]

# --- a bare Debian ---------------------------------------------------------------------------------------

cat > "$case/bare.sh" << 'END'
set -e
dpkg -i /leasehold.deb
leasehold --version
LEASEHOLD_JAVA_OPTS=-XX:AOTMode=on leasehold leases --help
LEASEHOLD_JAVA_OPTS=-XX:AOTMode=on leasehold relay --help
exec leasehold serve -i eth1 --no-ping-check
END
contain bare --pipe --as-pid2 --bind-ro="$case/bare.sh:/bare.sh" sh /bare.sh > "$case/bare" 2>&1 < /dev/null &
container=$!
await grep -q 'ready on eth1\|rror' "$case/bare"
lease
exit_of_client=$exit
exit=0 out=$(cat "$case/bare") err=
check 'is installed where nothing but the essential is' says 'Setting up leasehold'
check 'says in one line what to do next' says 'nothing is started yet; write /etc/leasehold/leasehold.yaml'
check 'runs from there, with its own runtime and its AOT caches' all 'says "leasehold 0."' 'says "List, export"' \
    'says "Relay DHCP"' '! holds "$out" "AOT"'
check 'gives a real client its address' all '[ "$exit_of_client" -eq 0 ]' 'says "ready on eth1"' 'says "ACK 10.77.0."'
end_container

# --- a Debian with systemd -------------------------------------------------------------------------------

contain full --boot --console=pipe > "$case/boot" 2>&1 < /dev/null &
container=$!
# A process that is in no container would have done to this machine what is done below.
find_init() {
    init=$(pgrep -P "$container") && [ "$(readlink "/proc/$init/ns/pid")" != "$(readlink /proc/self/ns/pid)" ]
}
await find_init
find_init || cannot "systemd cannot be run here: $(tail -n 1 "$case/boot")"
is_up() {
    inside systemctl is-system-running > "$case/running" 2>&1
    grep -qE '^(running|degraded)' "$case/running"
}
await is_up
is_up || cannot "systemd cannot be run here: $(cat "$case/running")"

# All files but those of the kernel, and where programs that are none of ours note what was done.
files() {
    inside find / -xdev ! -path '/var/lib/dpkg/*' ! -path '/var/log/*' ! -path '/var/cache/*' ! -path '/tmp/*' \
        ! -path '/var/lib/systemd/*' ! -path /leasehold.deb ! -path /var/lib/private | sort
}

files > "$case/before"
see inside dpkg -i /leasehold.deb
check 'is installed beside systemd' all '[ "$exit" -eq 0 ]'
units=$(inside sh -c 'cd /lib/systemd/system && echo leasehold-*.service')
see inside systemctl is-active $units
check 'starts nothing when it is installed' [ "$(printf '%s\n' "$out" | sort -u)" = inactive ]
see inside systemctl is-enabled $units
check 'enables nothing either' [ "$(printf '%s\n' "$out" | sort -u)" = disabled ]
for unit in $units; do
    see inside systemd-analyze verify "/lib/systemd/system/$unit"
    check "systemd finds nothing to say of $unit" all '[ "$exit" -eq 0 ]' '[ -z "$out$err" ]'
    see inside systemd-analyze security --offline=true --threshold=20 "/lib/systemd/system/$unit"
    check "$unit is exposed no more than 2.0" says 'Overall exposure level'
    printf '    %s\n' "$(printf '%s\n' "$out" | tail -n 1)"
done

see inside systemctl start leasehold-server
check 'says what is wrong while the configuration is still the example' all '[ "$exit" -ne 0 ]' \
    'holds "$(inside journalctl --no-pager -u leasehold-server)" "the file is empty, expected keys such as interfaces"'
inside systemctl stop leasehold-server

# $1: a file under /etc/leasehold; its text comes on standard input.
configure() {
    cat > "$case/configuration"
    inside sh -c 'cat > "/etc/leasehold/$1"' sh "$1" < "$case/configuration"
}

good='interfaces: [eth1]
server:
  ping-check: off
  subnets: [{subnet: 10.77.0.0/24, pools: [10.77.0.100-10.77.0.149]}]'
printf '%s\n' "$good" | configure leasehold.yaml
see inside systemctl enable --now leasehold-server
check 'its server is up when systemctl comes back' all '[ "$exit" -eq 0 ]' \
    'holds "$(inside systemctl status leasehold-server)" "Status: \"ready on eth1: 10.77.0.0/24"'
lease
check 'systemd'"'"'s server gives a real client its address' says 'lease of 10.77.0.1'
see inside leasehold leases
check 'lists it without being told where leases are' says '10.77.0.1'

# What the kernel says of a unit's process.
see_process() {
    see inside grep -E '^(Uid|CapEff|CapBnd|NoNewPrivs|Seccomp):' "/proc/$(inside systemctl show -P MainPID "$1")/status"
}

# The lines of a unit's journal that tell of something refused.
see_refused() {
    inside journalctl --no-pager -u "$1" > "$case/journal"
    see grep -iE 'WARN|EPERM|EACCES|not permitted' "$case/journal"
}

tab=$(printf '\t')
see_process leasehold-server
check 'its server is not root, and has three capabilities: 10, 12 and 13' all '! holds "$out" "Uid:${tab}0"' \
    'says "CapEff:${tab}0000000000003400"' 'says "CapBnd:${tab}0000000000003400"' 'says "NoNewPrivs:${tab}1"' \
    'says "Seccomp:${tab}2"'
see_refused leasehold-server
check 'nothing that its server needs is refused to it' [ -z "$out" ]

echo 'interfaces: [eth1]
server: {subnets: [{subnet: 10.77.0.1/24}]}' | configure leasehold.yaml
see inside systemctl reload leasehold-server
check 'a reload fails where the file is wrong, and the server serves on' all '[ "$exit" -ne 0 ]' \
    'holds "$(inside journalctl --no-pager -u leasehold-server)" "has bits set behind its prefix"' \
    '[ "$(inside systemctl is-active leasehold-server)" = active ]'
printf '%s\n' "$good" | sed 's/149/199/' | configure leasehold.yaml
see inside systemctl reload leasehold-server
check 'a reload is done when systemctl comes back' all '[ "$exit" -eq 0 ]' \
    'holds "$(inside journalctl --no-pager -u leasehold-server)" "configuration read again"'

before=$(inside systemctl show -P MainPID leasehold-server)
see inside dpkg -i --force-confold /leasehold.deb
check 'what runs is run anew after an upgrade, what does not is not' all '[ "$exit" -eq 0 ]' \
    '[ "$(inside systemctl is-active leasehold-server)" = active ]' \
    '[ "$(inside systemctl show -P MainPID leasehold-server)" != "$before" ]' \
    '[ "$(inside systemctl is-active leasehold-relay)" = inactive ]'
check 'an upgrade keeps what was written into /etc' holds "$(inside cat /etc/leasehold/leasehold.yaml)" 199
see inside systemctl stop leasehold-server
check 'its server ends in good order' [ "$(inside systemctl show -P Result leasehold-server)" = success ]

# --- the relay -------------------------------------------------------------------------------------------

serve_from_up
echo 'relay: {interfaces: eth1, servers: 10.78.0.1}' | configure relay.yaml
see inside systemctl start leasehold-relay
check 'its relay is up when systemctl comes back' all '[ "$exit" -eq 0 ]' \
    'holds "$(inside systemctl status leasehold-relay)" "Status: \"ready on eth1"'
lease
check 'its relay brings a real client the address of another server' says 'lease of 10.77.0.2'
see_process leasehold-relay
check 'its relay is not root, and has two capabilities: 10 and 12' all '! holds "$out" "Uid:${tab}0"' \
    'says "CapEff:${tab}0000000000001400"' 'says "CapBnd:${tab}0000000000001400"' 'says "Seccomp:${tab}2"'
see inside systemctl reload leasehold-relay
await sh -c "nsenter -t $init -m -p journalctl --no-pager -u leasehold-relay | grep -q 'read again'"
inside journalctl --no-pager -u leasehold-relay > "$case/journal"
check 'its relay reads its file again' grep -q 'configuration read again' "$case/journal"
see inside leasehold status --data /run/leasehold-relay
check 'its relay says how it does' all 'says "ready yes"' 'says "relay on eth1: received"'
see_refused leasehold-relay
check 'nothing that its relay needs is refused to it' [ -z "$out" ]

see inside systemctl stop leasehold-relay
inside systemd-run -q -u by-hand leasehold relay -n -i eth1 -s 10.78.0.1
await sh -c "nsenter -t $init -m -p journalctl --no-pager -u by-hand | grep -q 'ready on eth1'"
lease
check 'a relay that root starts by hand reaches a real client, by a helper that is no JVM' all \
    'says "lease of 10.77.0.2"' 'holds "$(inside systemctl status by-hand)" "/usr/lib/leasehold/helper interface=eth1"' \
    'holds "$(ip -n "$lab-host" neighbour show dev eth1)" 10.77.0.2'
see inside systemctl stop by-hand

# --- network boot ----------------------------------------------------------------------------------------

ip -n "$lab-client" address add 10.77.0.9/24 dev eth0
inside sh -c 'mkdir /srv/boot && echo "what a machine boots" > /srv/boot/undionly.kpxe'
echo 'interfaces: [eth1]
netboot: {root: /srv/boot, http-port: 8080, boot: [{arch: bios, file: undionly.kpxe}]}' | configure netboot.yaml
see inside systemctl start leasehold-netboot
check 'its network boot is up when systemctl comes back' all '[ "$exit" -eq 0 ]' \
    'holds "$(inside journalctl --no-pager -u leasehold-netboot)" "ready on eth1"'
see inside systemctl reload leasehold-netboot
await sh -c "nsenter -t $init -m -p journalctl --no-pager -u leasehold-netboot | grep -q 'configuration read again: 1 rule'"
check 'it reads its file again at a reload' [ "$exit" -eq 0 ]
see ip netns exec "$lab-client" timeout 20 busybox tftp -g -r undionly.kpxe -l - 10.77.0.1
check 'its network boot serves files over TFTP' says 'what a machine boots'
see ip netns exec "$lab-client" timeout 20 busybox wget -q -O - http://10.77.0.1:8080/undionly.kpxe
check 'its network boot serves files over HTTP' says 'what a machine boots'
see_process leasehold-netboot
check 'its network boot is not root, and has one capability: 10' all '! holds "$out" "Uid:${tab}0"' \
    'says "CapEff:${tab}0000000000000400"' 'says "CapBnd:${tab}0000000000000400"' 'says "Seccomp:${tab}2"'
see_refused leasehold-netboot
check 'nothing that its network boot needs is refused to it' [ -z "$out" ]
inside rm -r /srv/boot

# --- licences, man pages and completion ----------------------------------------------------------------------------

cat > "$case/licences" << 'END'
cd /usr/lib/leasehold/lib
for jar in *.jar; do
    told=
    for pattern in $(sed -n 's:^Files\: usr/lib/leasehold/lib/::p' /usr/share/doc/leasehold/copyright) 'leasehold-*.jar'; do
        case $jar in $pattern) told=yes ;; esac
    done
    [ -n "$told" ] || echo "$jar"
done
END
see inside sh -c "$(cat "$case/licences")"
check 'tells the licence of each library in it' all '[ "$exit" -eq 0 ]' '[ -z "$out$err" ]'

commands=$(inside leasehold --help | sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z-]*\) .*/\1/p')
check 'its help tells of commands' holds "$commands" relay
for command in '' $commands; do
    page=leasehold${command:+-$command}
    see inside sh -c "man -l --warnings=w /usr/share/man/man1/$page.1.gz | col -b"
    check "man $page can be read, and groff has nothing to say of it" all 'says EXIT' 'says leasehold' '[ -z "$err" ]'
done
cat > "$case/words" << 'END'
leasehold relay --help | grep -oE '(^| )--[a-z0-9-]+' | sort -u > /tmp/flags
man -l /usr/share/man/man1/leasehold-relay.1.gz | col -b > /tmp/page
while read -r flag; do grep -q -e "$flag" /tmp/page || echo "$flag"; done < /tmp/flags
END
see inside sh -c "$(cat "$case/words")"
check 'the page of the relay has every flag of its help' all '[ "$exit" -eq 0 ]' '[ -z "$out$err" ]'

see inside bash -c '. /usr/share/bash-completion/bash_completion; _completion_loader leasehold
    COMP_WORDS=(leasehold re) COMP_CWORD=1; $(complete -p leasehold | sed "s/.*-F \([^ ]*\) .*/\1/"); echo "${COMPREPLY[@]}"'
check 'bash completes a command' all 'says relay' 'says reload' '! holds "$out" serve'
see inside bash -c '. /usr/share/bash-completion/completions/leasehold
    COMP_WORDS=(leasehold serve --ro) COMP_CWORD=2; _complete_leasehold; echo "${COMPREPLY[@]}"'
check 'bash completes a flag' says --router
cat > "$case/zsh" << 'END'
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1=; autoload -U compinit && compinit -u -D; echo is-\$((40 + 2))"
zpty -r shell line '*is-42*'
print -r -- "$line"
zpty -w -n shell $'leasehold serve --ro\t'
zpty -r shell line '*--router*'
print -r -- "$line"
END
see inside timeout 30 zsh -c "$(cat "$case/zsh")"
check 'zsh completes a flag' says 'serve --router'

# --- purged ----------------------------------------------------------------------------------------------

see inside dpkg -P leasehold
check 'is purged while it runs' all '[ "$exit" -eq 0 ]' '[ -z "$(inside pgrep -f leasehold)" ]'
files > "$case/after"
see diff "$case/before" "$case/after"
check 'leaves nothing when it is purged' [ "$exit" -eq 0 ]

[ "$failed" -eq 0 ]
