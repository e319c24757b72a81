# Sourced by ./leasehold for `relay`, which is a daemon unless it is told to stay in front, and for `netboot`, which is
# one when it is told so: a JVM cannot fork.
# shellcheck shell=sh

# True when the arguments of `relay` say -n or -d, ask for something that is printed, or come from a file;
# and when systemd passed sockets on, to this process id and no other.
stays_in_front() {
    [ -z "${LISTEN_FDS:-}" ] || return 0
    value=
    for word; do
        if [ -n "$value" ]; then
            value=
            continue
        fi
        case $word in
            --foreground | --debug | --help | --version | --config | --config=*) return 0 ;;
            --*) ;;
            -*) ! letters_say_so "${word#-}" || return 0 ;;
        esac
    done
    return 1
}

# Letters may stand together, as in -pn, until one that takes a value: sets `value` when that is the next word.
letters_say_so() {
    letters=$1
    while [ -n "$letters" ]; do
        rest=${letters#?}
        case ${letters%"$rest"} in
            [ndcvhV]) return 0 ;;
            [sbieurw])
                [ -n "$rest" ] || value=next
                return 1
                ;;
        esac
        letters=$rest
    done
    return 1
}

# True when the arguments of `netboot` say -d, and ask for nothing that is printed.
goes_behind() {
    behind=
    value=
    for word; do
        if [ -n "$value" ]; then
            value=
            continue
        fi
        case $word in
            --daemon) behind=yes ;;
            --help | --version | --diagnose) return 1 ;;
            --*) ;;
            -*[hV]*) return 1 ;;
            -*[ci])
                value=next
                case $word in -*d*) behind=yes ;; esac
                ;;
            -c* | -i*) ;;
            -*d*) behind=yes ;;
        esac
    done
    [ -n "$behind" ]
}

# Starts a command in a session of its own, and returns when it says that it is ready; else as it ended.
start_daemon() {
    has setsid || fail 'a daemon needs setsid, of the package util-linux; it can stay in front'
    pipes=$(mktemp -d) || fail 'cannot make a directory for pipes'
    mkfifo "$pipes/ready"
    log=/dev/null
    if [ -S /dev/log ] && has logger; then
        log=$pipes/log
        mkfifo "$log"
        setsid logger -t leasehold -p daemon.info --prio-prefix < "$log" > /dev/null 2>&1 &
    else
        say 'no syslog (/dev/log, logger) is here: what the daemon logs is lost; it can stay in front'
    fi
    # A daemon keeps no directory from being unmounted; paths mean what they did where it was started.
    java=$1
    shift
    case $java in /*) ;; *) java=$PWD/$java ;; esac
    set -- "$java" -Duser.dir="$PWD" "$@"
    cd /
    LEASEHOLD_READY_FD=9 LEASEHOLD_LOG_FD=8 setsid "$@" < /dev/null 9> "$pipes/ready" 8> "$log" &
    child=$!
    trap 'kill "$child"' INT TERM HUP
    answer=
    read -r answer < "$pipes/ready" || answer=
    rm -r "$pipes"
    [ "$answer" != ready ] || exit 0
    wait "$child" || exit
    exit 1
}
