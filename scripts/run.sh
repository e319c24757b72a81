# Sourced by ./leasehold and by /usr/bin/leasehold of the Debian package: which JVM each command is run with.
# shellcheck shell=sh disable=SC2154
# Reads scripts (where the scripts lie), jdk (whose bin/java is run), build (jars and AOT caches).

# The collector is the one that the benchmark chose: hardly anything lives on, and nothing is handed from
# thread to thread.
jvm_flags='-XX:+UseSerialGC -Xmn32m -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED'
# A relay keeps next to nothing, and shares its machine with others. That code was compiled is no reason to
# collect the whole heap, as it otherwise is where little room is reserved for code.
relay_flags='-XX:+UseSerialGC -Xms9m -Xmx32m -Xmn7m -Xss256k -XX:ReservedCodeCacheSize=8m -XX:SweeperThreshold=60
    -XX:TrimNativeHeapInterval=10000 -XX:-UsePerfData -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED'
# As the relay starts its helper where that is a JVM (HelperProcess), in what a cache has to fit.
helper_flags='-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx8m -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED'
# A cache that does not fit its JVM is passed over, and huge pages are, where the machine has none: the JVM
# need not mention it, on the standard output of a command at that.
quiet_flags='-Xlog:aot=off -Xlog:cds=off -Xlog:pagesize=off'
main_class=io.leasehold.app.Main

# Becomes the program, or starts it in the background and ends.
run_program() {
    cache=$build/leasehold.aot
    in_front=yes
    if [ "${1:-}" = relay ]; then
        # shellcheck source=scripts/daemon.sh
        . "$scripts/daemon.sh"
        stays_in_front "$@" || in_front=
        jvm_flags="$relay_flags -Dleasehold.helper.program=$build/helper -Dleasehold.helper.cache=$build/helper.aot"
        cache=$build/relay.aot
        # Memory that each thread of the JVM would keep for itself.
        export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-1}"
    elif [ "${1:-}" = bench ] && [ "${2:-}" != leases ]; then
        # Its own collections would count as the server's delays: there is room for none while it measures.
        jvm_flags="$jvm_flags -Xmx1g -Xmn640m"
    elif [ "${1:-}" = netboot ]; then
        # shellcheck source=scripts/daemon.sh
        . "$scripts/daemon.sh"
        ! goes_behind "$@" || in_front=
    fi
    # shellcheck disable=SC2086 # flags are words
    set -- "$jdk/bin/java" $jvm_flags $quiet_flags -XX:AOTCache="$cache" ${LEASEHOLD_JAVA_OPTS:-} \
        -cp "$build/leasehold-app.jar" "$main_class" "$@"
    [ -n "$in_front" ] || start_daemon "$@"
    exec "$@"
}

# The JVM watches one run of the program, and keeps what it had to load and link for the next start. Best
# is a run of the server, where a private network namespace can be had; else the run is a small one. The
# relay and its helper, whose JVMs are others, have runs of their own. $1: a directory to work in.
train() {
    data=$1
    train_one leasehold "$jvm_flags" serve
    train_one relay "$relay_flags" relay
    [ -x "$build/helper" ] || train_helper
}

# The helper is asked for an entry that it refuses, and ends with its input.
train_helper() {
    set -- "$build"/lib/leasehold-link-*.jar "$build"/lib/leasehold-protocol-*.jar
    # shellcheck disable=SC2086 # flags are words
    printf '\001\0\0\0\0\0\0\0\002\0\0\0\0\001\0\0' \
        | timeout 60 "$jdk/bin/java" $helper_flags -Xlog:disable -XX:AOTCacheOutput="$build/helper.aot" \
            -cp "$1:$2" io.leasehold.link.NeighbourHelper interface=lo > /dev/null || true
}

# $1: the name of what is kept; $2: flags of the JVM; $3: the command that is run.
train_one() {
    # shellcheck disable=SC2086 # flags are words
    set -- "$1" "$3" "$jdk/bin/java" $2 -Xlog:disable -XX:AOTCacheOutput="$build/$1.aot" \
        -cp "$build/leasehold-app.jar" "$main_class"
    kept=$build/$1.aot
    kind=$2
    shift 2
    timeout 90 unshare -rn -- "$scripts/train.sh" "$kind" "$data" "$@" || true
    [ -e "$kept" ] || timeout 60 "$@" check-config "$scripts/train.yaml" || true
    cat "$data/said" || true
}
