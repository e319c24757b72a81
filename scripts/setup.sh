# Sourced by ./leasehold and ./check: finds or fetches what building and running need.
# shellcheck shell=sh
# Sets jdk. Reads offline (empty, or -o for Maven) and the variables that ./leasehold names at its top.

jdk_min=25
maven_min=3.8.7
jdk_cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/leasehold/jdk

# shellcheck source=scripts/say.sh disable=SC2154
. "$home/scripts/say.sh"

# True where as_root can run a command as root.
can_root() {
    [ "$(id -u)" -eq 0 ] || has sudo
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

# Installs Debian packages; says so first. Returns 1 where that is not possible here.
apt_install() {
    [ -z "$offline" ] && has apt-get && can_root || return 1
    say "installing by apt: $*"
    apt_lists
    apt_get install -y --no-install-recommends "$@" 2> /dev/null && return 0
    # Lists that are older than the archive name files that are gone.
    apt_get update && apt_get install -y --no-install-recommends "$@"
}

apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q "$@" > /dev/null
}

# A fresh image has no package lists: without them apt knows no package at all.
apt_lists() {
    set -- /var/lib/apt/lists/*_Packages*
    [ -e "$1" ] || apt_get update
}

# --- the JDK ---------------------------------------------------------------------------------------------

# Sets `feature` to the feature version (25) of the JDK in directory $1, to 0 if there is none.
jdk_feature() {
    feature=0
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
    version=
    if [ -r "$1/release" ]; then
        while IFS='=' read -r key value; do
            [ "$key" != JAVA_VERSION ] || version=$value
        done < "$1/release"
    else
        version=$("$1/bin/java" -version 2>&1 | sed -n 's/.*version \(".*"\).*/\1/p;q') || version=
    fi
    version=${version#\"}
    version=${version%%[!0-9]*}
    feature=${version:-0}
}

# Sets `jdk` to $1 if that is a JDK that is new enough.
take_jdk() {
    jdk_feature "$1"
    [ "$feature" -ge "$jdk_min" ] || return 1
    jdk=$1
}

find_jdk() {
    [ -n "${JAVA_HOME:-}" ] && take_jdk "$JAVA_HOME" && return 0
    for dir in "${LEASEHOLD_JVM_DIR:-/usr/lib/jvm}"/*; do
        take_jdk "$dir" && return 0
    done
    if has javac; then
        dir=$(readlink -f "$(command -v javac)")
        take_jdk "${dir%/bin/javac}" && return 0
    fi
    take_jdk "$jdk_cache"
}

get_jdk() {
    wanted="no JDK $jdk_min or newer is in JAVA_HOME, ${LEASEHOLD_JVM_DIR:-/usr/lib/jvm}, PATH or $jdk_cache"
    [ -z "$offline" ] || fail "$wanted, and --offline forbids to fetch one"
    if [ -z "${LEASEHOLD_JDK_URL:-}" ] && has apt-get && can_root; then
        apt_lists
        package=openjdk-$jdk_min-jdk-headless
        if apt-cache show "$package" > /dev/null 2>&1 && apt_install "$package" && find_jdk; then
            return 0
        fi
    fi
    fetch_jdk
    take_jdk "$jdk_cache" || fail "the JDK in $jdk_cache does not run"
}

# Writes what is at address $1 to file $2.
download() {
    if has curl; then
        curl -fsSL --retry 2 --connect-timeout 20 -o "$2" "$1"
    else
        wget -q --tries=3 --connect-timeout=20 -O "$2" "$1"
    fi
}

# Temurin's maker describes its newest release in JSON: sets `url` and `sha256` from it.
ask_adoptium() {
    case $(uname -m) in
        x86_64) arch=x64 ;;
        aarch64) arch=aarch64 ;;
        *) fail "$wanted, and Temurin has none for $(uname -m); install one and set JAVA_HOME" ;;
    esac
    api="https://api.adoptium.net/v3/assets/latest/$jdk_min/hotspot"
    api="$api?architecture=$arch&image_type=jdk&os=linux&vendor=eclipse"
    download "$api" "$work/about" || fail "$wanted, and $api could not be read"
    url=$(sed -n 's/.*"link": *"\([^"]*\.tar\.gz\)".*/\1/p' "$work/about" | head -n 1)
    sha256=$(sed -n 's/.*"checksum": *"\([0-9a-f]*\)".*/\1/p' "$work/about" | head -n 1)
    if [ -z "$url" ] || [ -z "$sha256" ]; then
        fail "$wanted, and $api names no archive with its checksum"
    fi
}

# Puts Temurin's JDK (or that of LEASEHOLD_JDK_URL) into the user's cache: whole and verified, or not at all.
fetch_jdk() {
    has curl || has wget || apt_install curl ca-certificates \
        || fail "$wanted, and there is neither curl nor wget to fetch one; install curl and ca-certificates"
    mkdir -p "${jdk_cache%/*}" || fail "cannot create ${jdk_cache%/*}"
    work=$(mktemp -d "$jdk_cache.XXXXXX") || fail "cannot write to ${jdk_cache%/*}"
    trap 'rm -rf "$work"' EXIT
    trap 'exit 2' INT TERM HUP
    url=${LEASEHOLD_JDK_URL:-}
    sha256=${LEASEHOLD_JDK_SHA256:-}
    [ -n "$url" ] || ask_adoptium
    say "no JDK $jdk_min or newer is here; fetching $url into $jdk_cache"
    download "$url" "$work/archive" || fail "$url could not be fetched"
    if [ -z "$sha256" ]; then
        download "$url.sha256.txt" "$work/sum" || fail "$url.sha256.txt, its checksum, could not be fetched"
        read -r sha256 _ < "$work/sum" || [ -n "$sha256" ] || fail "$url.sha256.txt is empty"
    fi
    found=$(sha256sum < "$work/archive")
    found=${found%% *}
    [ "$found" = "$sha256" ] || fail "$url has SHA-256 $found, expected $sha256; nothing was installed"
    mkdir "$work/jdk"
    tar -xzf "$work/archive" -C "$work/jdk" --strip-components=1 || fail "$url is not a .tar.gz archive"
    jdk_feature "$work/jdk"
    [ "$feature" -ge "$jdk_min" ] || fail "$url holds no JDK $jdk_min or newer; nothing was installed"
    # Another start may have been quicker: then its JDK stays, and ours goes with $work.
    if ! take_jdk "$jdk_cache"; then
        [ ! -e "$jdk_cache" ] || mv -T "$jdk_cache" "$work/old"
        mv -T "$work/jdk" "$jdk_cache" || fail "cannot put the JDK into $jdk_cache"
    fi
    rm -rf "$work"
    trap - EXIT INT TERM HUP
}

# --- Maven ----------------------------------------------------------------------------------------------

# True when version $1 is at least $2.
at_least() {
    [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$2" ]
}

need_maven() {
    has mvn || apt_install maven \
        || fail "Maven $maven_min or newer is needed to build, and there is no mvn; install the package maven"
    version=$(cd / && JAVA_HOME=$jdk mvn -v 2>&1 | sed -n 's/.*Apache Maven \([0-9][^ ]*\).*/\1/p' | head -n 1)
    at_least "${version:-0}" "$maven_min" \
        || fail "Maven $maven_min or newer is needed to build, but $(command -v mvn) is ${version:-broken}"
}
