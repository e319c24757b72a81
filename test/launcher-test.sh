#!/bin/sh
# Tests of ./leasehold, each in a directory of its own, with JDKs, Maven, apt and servers that are fakes.
# Prints one line a test and ends with 1 if one failed. JAVA_HOME: a JDK with jwebserver, for one test.
# shellcheck disable=SC2016,SC2086 # conditions are expanded when they are asked, `extra` is words
set -u

home=$(cd "$(dirname "$0")/.." && pwd)
real_jdk=${JAVA_HOME:-}
root=$(mktemp -d)
web=
trap 'rm -rf "$root"; [ -z "$web" ] || kill "$web" 2> /dev/null' EXIT
trap 'exit 1' INT TERM
unset JAVA_HOME LEASEHOLD_JAVA_OPTS LEASEHOLD_JDK_URL LEASEHOLD_JDK_SHA256 SUDO_USER

# shellcheck source=test/lines.sh
. "$home/test/lines.sh"

tools='sh bash dash cat chmod cp cut dirname env find flock grep gzip head id ls mkdir mktemp mv readlink rm
    sed sha256sum sleep sort stat tail tar timeout touch tr uname'

# A fake JDK of version $2 in directory $1: it says how it was called.
fake_jdk() {
    mkdir -p "$1/bin"
    cat > "$1/bin/java" << END
#!/bin/sh
[ "\$1" != -version ] || { echo 'openjdk version "$2" 2026-01-01' >&2; exit 0; }
printf '%s' "java $2:"; printf ' <%s>' "\$@"; echo
END
    cp "$1/bin/java" "$1/bin/javac"
    chmod +x "$1/bin/java" "$1/bin/javac"
    [ "${3:-}" = bare ] || printf 'IMPLEMENTOR="Fake"\nJAVA_VERSION="%s"\n' "$2" > "$1/release"
}

# Maven that builds at once and counts how often.
fake_maven() {
    cat > "$bin/mvn" << 'END'
#!/bin/sh
[ "$1" != -v ] || { echo "Apache Maven ${FAKE_MAVEN:-3.8.7}"; exit 0; }
echo "JAVA_HOME=$JAVA_HOME $*" >> "$FAKE_LOG"
[ -z "${FAKE_SLOW:-}" ] || sleep 1
[ -z "${FAKE_BROKEN:-}" ] || { echo '[ERROR] Foo.java:[3,1] no such thing'; exit 1; }
case " $* " in *scratch*)
    [ -z "${FAKE_NO_TEAVM:-}" ] || { echo '[ERROR] no TeaVM'; exit 1; }
    mkdir -p scratch/target/c/helper && echo c > scratch/target/c/helper/all.c ;;
esac
mkdir -p app/target/lib && echo jar > app/target/leasehold-app.jar && echo jar > app/target/lib/other.jar
END
    chmod +x "$bin/mvn"
}

# A checkout, an empty /usr/lib/jvm, an empty cache, and a PATH with the small tools alone.
fresh() {
    case=$root/$1
    bin=$case/bin
    mkdir -p "$bin" "$case/jvm" "$case/cache" "$case/home/app/src/main" "$case/home/.mvn"
    cp -r "$home/leasehold" "$home/scripts" "$case/home/"
    : > "$case/home/pom.xml"
    : > "$case/home/app/pom.xml"
    for tool in $tools; do
        found=$(command -v "$tool") && ln -s "$found" "$bin/$tool"
    done
    fake_maven
    FAKE_LOG=$case/maven.log
    : > "$FAKE_LOG"
}

# Runs the launcher: sets exit, out, err.
run() {
    see env PATH="$bin" XDG_CACHE_HOME="$case/cache" LEASEHOLD_JVM_DIR="$case/jvm" FAKE_LOG="$FAKE_LOG" \
        ${extra:-} "$case/home/leasehold" "$@"
}

# Exit 2, nothing on standard output, and in the last of at most $2 lines the words $1.
refused() {
    [ "$exit" -eq 2 ] && [ -z "$out" ] && [ "$(wc -l < "$case/err")" -le "${2:-1}" ] \
        && holds "$(tail -n 1 "$case/err")" "$1"
}

ran_with() {
    [ "$exit" -eq 0 ] && holds "$out" "$1"
}

nothing_cached() {
    [ -z "$(find "$case/cache" -mindepth 2)" ]
}

builds() {
    [ "$(wc -l < "$FAKE_LOG")" -eq "$1" ]
}

# An archive as Temurin's: one directory, with the JDK in it. Sets archive.
pack() {
    fake_jdk "$case/pack/jdk-$1" "$1"
    archive=$case/jdk.tar.gz
    tar -C "$case/pack" -czf "$archive" "jdk-$1"
    (cd "$case" && sha256sum jdk.tar.gz > jdk.tar.gz.sha256.txt)
}

# --- finding a JDK ---------------------------------------------------------------------------------------

fresh java-home
fake_jdk "$case/mine" 25.0.1
extra="JAVA_HOME=$case/mine" run --version
check 'takes JAVA_HOME when it is 25' ran_with 'java 25.0.1:'
check 'hands its arguments on' holds "$out" '<io.leasehold.app.Main> <--version>'

fresh java-home-17
fake_jdk "$case/old" 17.0.15
fake_jdk "$case/jvm/new" 25.0.3
extra="JAVA_HOME=$case/old" run --version
check 'passes over JAVA_HOME when it is 17' ran_with 'java 25.0.3:'

fresh java-home-broken
fake_jdk "$case/jvm/new" 25.0.3
extra="JAVA_HOME=$case/none" run --version
check 'passes over JAVA_HOME when nothing is there' ran_with 'java 25.0.3:'

fresh jvm-dir
fake_jdk "$case/jvm/a-8" 1.8.0_402
fake_jdk "$case/jvm/b-17" 17.0.15
fake_jdk "$case/jvm/c-26" 26-ea
run --version
check 'takes the first new enough JDK of the JVM directory' ran_with 'java 26-ea:'

fresh no-javac
fake_jdk "$case/jvm/jre" 25.0.3
rm "$case/jvm/jre/bin/javac"
fake_jdk "$case/jvm/later" 25.0.1
run --version
check 'passes over a runtime that cannot compile' ran_with 'java 25.0.1:'

fresh on-path
fake_jdk "$case/opt/jdk" 25.0.2 bare
ln -s "$case/opt/jdk/bin/javac" "$bin/javac"
run --version
check 'finds the JDK that PATH leads to, and asks it for its version' ran_with 'java 25.0.2:'

# --- fetching one ----------------------------------------------------------------------------------------

fresh offline
run --offline --version
check 'refuses with one message when offline without a JDK' refused '--offline forbids'

fresh no-fetcher
run --version
check 'says what is missing when it can fetch nothing' refused 'neither curl nor wget'

fresh fetch
ln -s "$(command -v curl)" "$bin/curl"
pack 25.0.9
extra="LEASEHOLD_JDK_URL=file://$archive" run --version
check 'fetches a JDK whose checksum fits' ran_with 'java 25.0.9:'
check 'says so before' holds "$err" "fetching file://$archive"
run --offline --version
check 'finds it in its cache the next time' ran_with 'java 25.0.9:'
check 'leaves only the JDK in its cache' [ "$(ls "$case/cache/leasehold")" = jdk ]

fresh checksum-given
ln -s "$(command -v curl)" "$bin/curl"
pack 25.0.9
sum=$(cut -d ' ' -f 1 "$archive.sha256.txt")
rm "$archive.sha256.txt"
extra="LEASEHOLD_JDK_URL=file://$archive LEASEHOLD_JDK_SHA256=$sum" run --version
check 'takes the checksum that it is given' ran_with 'java 25.0.9:'

fresh wrong-checksum
ln -s "$(command -v curl)" "$bin/curl"
pack 25.0.9
echo garbage >> "$archive"
extra="LEASEHOLD_JDK_URL=file://$archive" run --version
check 'refuses a JDK whose checksum does not fit' refused 'nothing was installed' 2
check 'leaves nothing of it' nothing_cached

fresh no-checksum
ln -s "$(command -v curl)" "$bin/curl"
pack 25.0.9
rm "$archive.sha256.txt"
extra="LEASEHOLD_JDK_URL=file://$archive" run --version
check 'refuses a JDK without a checksum' refused 'its checksum, could not be fetched' 3
check 'leaves nothing of that either' nothing_cached

fresh old-archive
ln -s "$(command -v curl)" "$bin/curl"
pack 17.0.15
extra="LEASEHOLD_JDK_URL=file://$archive" run --version
check 'refuses an archive with an older JDK' refused 'holds no JDK 25' 2
check 'leaves nothing of the older JDK' nothing_cached

fresh adoptium
pack 25.0.7
cat > "$bin/curl" << END
#!/bin/sh
for last in "\$@"; do :; done
while [ "\$1" != -o ]; do shift; done
case \$last in
    https://api.adoptium.net/*) printf '[ { "binary": {\n "package": {\n  "checksum": "%s",\n' \
        "$(cut -d ' ' -f 1 "$archive.sha256.txt")"
        printf '  "link": "https://example.org/jdk.tar.gz",\n  "name": "jdk.tar.gz"\n } } } ]\n' ;;
    https://example.org/jdk.tar.gz) cat "$archive" ;;
    *) exit 22 ;;
esac > "\$2"
END
chmod +x "$bin/curl"
run --version
check 'asks the maker of Temurin which archive is the newest' ran_with 'java 25.0.7:'

fresh apt
cat > "$bin/apt-get" << END
#!/bin/sh
echo "\$*" >> "$case/apt.log"
case "\$*" in *install*openjdk-25-jdk-headless*) cp -r "$case/pack/jdk-25.0.4" "$case/jvm/openjdk" ;; esac
END
printf '#!/bin/sh\nexec "$@"\n' > "$bin/sudo"
printf '#!/bin/sh\n[ "$2" = openjdk-25-jdk-headless ]\n' > "$bin/apt-cache"
chmod +x "$bin/apt-get" "$bin/sudo" "$bin/apt-cache"
pack 25.0.4
run --version
check "takes the system's package where apt has one" ran_with 'java 25.0.4:'
check 'says that it installs' holds "$err" 'installing by apt: openjdk-25-jdk-headless'

if [ -x "$real_jdk/bin/jwebserver" ]; then
    fresh http
    ln -s "$(command -v wget || command -v curl)" "$bin/"
    pack 25.0.6
    "$real_jdk/bin/jwebserver" -b 127.0.0.1 -p 0 -d "$case" > "$case/web.log" 2>&1 &
    web=$!
    tries=0
    until grep -q 'URL http' "$case/web.log" || [ $tries -ge 100 ]; do
        tries=$((tries + 1))
        sleep 0.1
    done
    url=$(sed -n 's/^URL \(http.*\)$/\1/p' "$case/web.log")
    extra="LEASEHOLD_JDK_URL=${url}jdk.tar.gz" run --version
    check 'fetches over HTTP with the fetcher that is there' ran_with 'java 25.0.6:'
    fresh http-missing
    ln -s "$(command -v wget || command -v curl)" "$bin/"
    extra="LEASEHOLD_JDK_URL=${url}none.tar.gz" run --version
    check 'says which address has nothing' refused "${url}none.tar.gz could not be fetched" 3
fi

# --- building --------------------------------------------------------------------------------------------

fresh build
fake_jdk "$case/jvm/jdk" 25
run leases --data '/tmp/a b'
check 'builds, and keeps words with spaces whole' ran_with '<leases> <--data> </tmp/a b>'
check 'builds with the JDK that it found' holds "$(cat "$FAKE_LOG")" "JAVA_HOME=$case/jvm/jdk "
run --version
check 'does not build again' all 'ran_with java' 'builds 1' '[ -z "$err" ]'
touch "$case/home/app/src/main/New.java"
run --offline --version
check 'builds again when a source is newer, offline too' all 'ran_with java' 'builds 2'
check 'hands --offline to Maven, not to the program' all 'holds "$(tail -n 1 "$FAKE_LOG")" " -o "' \
    '! holds "$out" offline'
extra='LEASEHOLD_JAVA_OPTS=-Xmx1g' run --version
check 'puts LEASEHOLD_JAVA_OPTS after its own options' ran_with '<-Xmx1g> <-cp>'
ln -s "$case/home/leasehold" "$bin/lh"
(cd "$case" && PATH=$bin LEASEHOLD_JVM_DIR=$case/jvm lh --version) > "$case/out" 2> "$case/err"
out=$(cat "$case/out") err=$(cat "$case/err")
check 'finds its checkout through a symbolic link' ran_with 'java 25:'

fresh two-starts
fake_jdk "$case/jvm/jdk" 25
extra=FAKE_SLOW=1
PATH=$bin FAKE_SLOW=1 FAKE_LOG=$FAKE_LOG LEASEHOLD_JVM_DIR=$case/jvm "$case/home/leasehold" x > /dev/null 2>&1 &
other=$!
run --version
wait $other
extra=
check 'builds once when two start at once' all 'ran_with java' 'builds 1'

fresh no-maven
fake_jdk "$case/jvm/jdk" 25
rm "$bin/mvn"
run --version
check 'says that Maven is missing' refused 'install the package maven'

fresh old-maven
fake_jdk "$case/jvm/jdk" 25
extra=FAKE_MAVEN=3.6.3 run --version
check 'refuses a Maven that is too old' refused 'is 3.6.3'

fresh broken-build
fake_jdk "$case/jvm/jdk" 25
extra=FAKE_BROKEN=1 run --version
check 'says that the build failed, and where its words are' refused 'build.log' 3
run --version
check 'builds after a build that failed' all 'ran_with java' 'builds 2'

# --- the relay's helper -----------------------------------------------------------------------------------

# A C compiler that makes what it is to make.
fake_gcc() {
    cat > "$bin/gcc" << 'END'
#!/bin/sh
while [ "$1" != -o ]; do shift; done
[ -e "$3" ] && echo program > "$2" && chmod +x "$2"
END
    chmod +x "$bin/gcc"
}

helper_is_there() {
    read -r now < "$case/home/target/leasehold/current"
    [ -x "$case/home/target/leasehold/$now/helper" ]
}

fresh helper
fake_jdk "$case/jvm/jdk" 25
fake_gcc
run relay -n -i eth1 -s 10.0.0.1
check 'makes the helper a program of its own, where there is a C compiler' all 'ran_with "/helper>"' helper_is_there \
    'builds 1' '! holds "$err" "second JVM"'

fresh helper-without-compiler
fake_jdk "$case/jvm/jdk" 25
run relay -n -i eth1 -s 10.0.0.1
check 'says that the helper will be a JVM where there is no C compiler' all 'ran_with "<relay>"' '! helper_is_there' \
    'builds 1' 'holds "$err" "second JVM, 20 MB: there is no C compiler"'

fresh helper-without-teavm
fake_jdk "$case/jvm/jdk" 25
fake_gcc
extra=FAKE_NO_TEAVM=yes run relay -n -i eth1 -s 10.0.0.1
check 'builds without TeaVM too, and says what is missing then' all 'ran_with "<relay>"' '! helper_is_there' 'builds 2' \
    'holds "$err" "it became no program"'

# --- the relay, a daemon ---------------------------------------------------------------------------------

# A JDK whose java says what $2 does: with descriptor 9 that it is ready, or something else.
daemon_jdk() {
    fake_jdk "$case/jvm/jdk" 25
    mv "$case/jvm/jdk/bin/java" "$case/jvm/jdk/bin/java-in-front"
    cat > "$case/jvm/jdk/bin/java" << END
#!/bin/sh
[ -n "\${LEASEHOLD_READY_FD:-}" ] || exec "$case/jvm/jdk/bin/java-in-front" "\$@"
echo "\$\$" > "$case/pid"
echo "\$*" > "$case/words"
$1
END
    chmod +x "$case/jvm/jdk/bin/java"
    for tool in mkfifo setsid; do ln -s "$(command -v $tool)" "$bin/$tool"; done
}

fresh relay-in-front
daemon_jdk 'exit 9'
for words in -n -d -pn '-s 10.0.0.1 -d' '-s10.0.0.1 --foreground' --help -v '--config x.yaml'; do
    run relay $words
    check "keeps the relay in front: $words" ran_with '<relay>'
done
check 'gives the relay a JVM of its own size' holds "$out" '<-XX:+UseSerialGC>'
extra='LISTEN_FDS=1' run relay -s 10.0.0.1
check 'keeps the relay in front when sockets are passed to it' ran_with '<relay>'

fresh relay-daemon
daemon_jdk 'echo ready >&9; exec 9>&-; exec sleep 60'
run relay -s n -i d -u v
check 'comes back when the daemon is ready, whatever the values of its flags are' all '[ "$exit" -eq 0 ]' \
    '[ -z "$out" ]' 'kill -0 "$(cat "$case/pid")"'
check 'leaves it in a session of its own' [ "$(ps -o sid= -p "$(cat "$case/pid")" | tr -d ' ')" = "$(cat "$case/pid")" ]
check 'leaves it in /, with paths that mean what they did' all '[ "$(readlink "/proc/$(cat "$case/pid")/cwd")" = / ]' \
    'holds "$(cat "$case/words")" "-Duser.dir=$PWD "'
kill "$(cat "$case/pid")"

fresh relay-fails
daemon_jdk 'echo "leasehold: port 67 is in use" >&2; exit 1'
run relay -s 10.0.0.1
check 'ends as the daemon ended that never was ready, with its words' all '[ "$exit" -eq 1 ]' \
    'holds "$err" "port 67 is in use"'

# --- network boot, a daemon when it is told so -------------------------------------------------------------

fresh netboot-in-front
daemon_jdk 'exit 9'
for words in '-c x.ini' '-p -c d' '-i d --root /d' '-d --help' '-d --diagnose -i d' -V; do
    run netboot $words
    check "keeps netboot in front: $words" ran_with '<netboot>'
done

for words in '-d -c x.ini' '-dc x.ini' '-c x.ini -p -d' '-pdc x.ini' '--daemon -c x.ini' \
    '-d -i e --root /r --http-port 0'; do
    fresh "netboot$(echo "$words" | tr ' ./' ___)"
    daemon_jdk 'echo ready >&9; exec 9>&-; exec sleep 60'
    run netboot $words
    check "puts netboot into the background: $words" all '[ "$exit" -eq 0 ]' '[ -z "$out" ]' \
        'kill -0 "$(cat "$case/pid")"'
    kill "$(cat "$case/pid")"
done

# --- the Debian package ----------------------------------------------------------------------------------

fresh package
fake_jdk "$case/jvm/jdk" 25
run package --help
check 'tells what package takes, and builds nothing for it' all 'says "--output=DIR"' '[ -z "$err" ]' 'builds 0'
run package leasehold.deb
check 'refuses a word that package does not know' refused 'package: found "leasehold.deb", expected --output=DIR or --help'
run package --output
check 'refuses --output without a directory' refused 'expected a directory'
touch "$case/file"
run package --output="$case/file"
check 'refuses --output where no directory can be' refused "cannot create $case/file"
run package
check 'says that a Debian package takes dpkg-deb' all 'refused "dpkg-deb is not installed"' 'builds 0'

[ "$failed" -eq 0 ]
