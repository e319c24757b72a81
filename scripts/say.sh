# Sourced by the launchers and their parts: how a script speaks.
# shellcheck shell=sh

say() {
    printf 'leasehold: %s\n' "$*" >&2
}

fail() {
    say "$*"
    exit 2
}

has() {
    command -v "$1" > /dev/null 2>&1
}
