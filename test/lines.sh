# Sourced by the tests of scripts: one line a test, `ok NAME` or `FAILED NAME` with what was seen.
# shellcheck shell=sh disable=SC2034,SC2154
# Reads case, the directory of a test; sets exit, out and err from what ran, and failed.

failed=0
exit=
out=
err=

# Runs a command: sets exit, out, err.
see() {
    "$@" > "$case/out" 2> "$case/err" < /dev/null
    exit=$?
    out=$(cat "$case/out")
    err=$(cat "$case/err")
}

# check NAME CONDITION...: one test line.
check() {
    name=$1
    shift
    if "$@"; then
        printf 'ok %s\n' "$name"
    else
        failed=$((failed + 1))
        printf 'FAILED %s\n  exit %s\n  out: %s\n  err: %s\n' "$name" "$exit" "$out" "$err"
    fi
}

holds() {
    case $1 in *"$2"*) true ;; *) false ;; esac
}

all() {
    for condition in "$@"; do
        eval "$condition" || return 1
    done
}

# It went well, and said $1.
says() {
    [ "$exit" -eq 0 ] && holds "$out" "$1"
}
