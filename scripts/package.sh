# Sourced by ./leasehold for `package`: builds a Debian package of what ./leasehold runs.
# shellcheck shell=sh disable=SC2154,SC2030,SC2031

# shellcheck source=scripts/runtime.sh
. "$scripts/runtime.sh"

debian=$home/deploy/debian
package_to=$home/target

package_help() {
    cat << END
Usage: ./leasehold package [--output=DIR]
Build a Debian package of Leasehold, with the Java runtime that it needs, for machines of this architecture.
It prints the name of the file.

      --output=DIR   Where the package is put. Default: $home/target.
  -h, --help         Show this help message and exit.

  DEBFULLNAME, DEBEMAIL   who makes the package, as its field Maintainer says
END
}

# Reads what stands behind `package`: sets package_to.
read_package_words() {
    while [ $# -gt 0 ]; do
        case $1 in
            -h | --help)
                package_help
                exit 0
                ;;
            --output=?*) package_to=${1#--output=} ;;
            --output)
                [ $# -gt 1 ] || fail 'package: --output: found nothing behind it, expected a directory'
                package_to=$2
                shift
                ;;
            *) fail "package: found \"$1\", expected --output=DIR or --help" ;;
        esac
        shift
    done
    [ -d "$package_to" ] || mkdir -p "$package_to" 2> /dev/null || fail "package: cannot create $package_to"
    [ -w "$package_to" ] || fail "package: $package_to: permission denied"
    for program in dpkg-deb gzip; do
        has "$program" || fail "package: $program is not installed; a Debian package is built on Debian"
    done
}

make_package() {
    mkdir -p "$out"
    stage=$(mktemp -d "$out/package-XXXXXX") || fail "cannot write to $out"
    trap 'rm -rf "$stage"' EXIT
    trap 'exit 2' INT TERM HUP
    root=$stage/root
    # The same for all files, so that the same build gives the same times, which the AOT cache knows too.
    epoch=${SOURCE_DATE_EPOCH:-$(date -d "$(sed -n 's:.*<project.build.outputTimestamp>\(.*\)</.*:\1:p' "$home/pom.xml")" +%s)}
    version=$("$jdk/bin/java" -cp "$build/leasehold-app.jar" "$main_class" --version | sed 's/.* //')
    debian_version=$(printf '%s' "$version" | sed 's/-SNAPSHOT$/~snapshot/; s/-/~/g')
    architecture=$(dpkg --print-architecture)
    maintainer="${DEBFULLNAME:-Leasehold maintainers} <${DEBEMAIL:-maintainers@leasehold.io}>"
    {
        stage_program && stage_configuration && stage_documents && stage_control
    } 3>&2 > "$out/package.log" 2>&1 || package_failed
    file=$package_to/leasehold_${debian_version}_$architecture.deb
    # More than -z0 takes a third of a minute for 2 of 37 MB. A file of this name may be in use: it is replaced whole.
    SOURCE_DATE_EPOCH=$epoch dpkg-deb --root-owner-group -Zxz -z0 --build "$root" "$stage/whole.deb" \
        >> "$out/package.log" 2>&1 || package_failed
    mv "$stage/whole.deb" "$file" || fail "package: cannot write $file"
    printf '%s\n' "$file"
}

package_failed() {
    tail -n 5 "$out/package.log" >&2
    fail "package: it failed; all that was said is in $out/package.log"
}

# Under /usr/lib/leasehold: the runtime, the jars, and what each start has in its AOT cache.
stage_program() {
    lib=$root/usr/lib/leasehold
    mkdir -p "$lib" "$root/usr/bin" || return 1
    link_runtime "$lib/runtime" || return 1
    if [ -x "$build/helper" ]; then
        cp "$build/helper" "$lib/" || return 1
    else
        say 'package: the helper of its relay will be a second JVM, 20 MB: install musl-tools, and build anew' >&3
        # Its cache is the runtime's own.
        "$lib/runtime/bin/java" -Xshare:dump -XX:+UseCompactObjectHeaders -XX:+UseSerialGC || return 1
    fi
    cp -r "$build/leasehold-app.jar" "$build/lib" "$lib/" || return 1
    cp "$scripts/say.sh" "$scripts/run.sh" "$scripts/daemon.sh" "$lib/" || return 1
    cp "$debian/leasehold" "$root/usr/bin/" || return 1
    same_times
    mkdir "$stage/train" || return 1
    train_package || return 1
    [ -e "$lib/leasehold.aot" ] && [ -e "$lib/relay.aot" ]
}

# A start of the program is noted by the runtime that will start it.
train_package() (
    jdk=$lib/runtime
    build=$lib
    train "$stage/train"
)

stage_configuration() {
    mkdir -p "$root/etc/leasehold" "$root/lib/systemd/system" || return 1
    cp "$debian"/*.yaml "$root/etc/leasehold/" || return 1
    cp "$home"/deploy/systemd/*.service "$root/lib/systemd/system/"
}

stage_documents() {
    share=$root/usr/share
    doc=$share/doc/leasehold
    mkdir -p "$doc" "$share/man/man1" "$share/bash-completion/completions" "$share/zsh/vendor-completions" \
        "$share/lintian/overrides" || return 1
    LEASEHOLD_DATA=/var/lib/leasehold "$jdk/bin/java" -cp "$build/leasehold-app.jar" "$scripts/Pages.java" \
        "$stage/pages" "$(date -u -d "@$epoch" +%F)" "$version" || return 1
    cp "$stage"/pages/*.1 "$share/man/man1/" || return 1
    grep -v '^#!' "$stage/pages/completion" > "$share/bash-completion/completions/leasehold" || return 1
    cp "$debian/_leasehold" "$share/zsh/vendor-completions/" || return 1
    cp "$home"/docs/*.md "$home/docs/leasehold.schema.json" "$debian/copyright" "$doc/" || return 1
    cp "$debian/lintian-overrides" "$share/lintian/overrides/leasehold" || return 1
    mv "$lib/runtime/legal" "$doc/" || return 1
    cat > "$doc/changelog" << END
leasehold ($debian_version) unstable; urgency=medium

  * Leasehold $version.

 -- $maintainer  $(date -u -R -d "@$epoch")
END
    gzip -9n "$doc/changelog" "$share"/man/man1/*
}

stage_control() {
    mkdir "$root/DEBIAN" || return 1
    units=$(cd "$root/lib/systemd/system" && printf '%s ' *.service)
    needs=$(depends) || return 1
    for name in control postinst prerm postrm; do
        sed -e "s|@VERSION@|$debian_version|" -e "s|@ARCHITECTURE@|$architecture|" -e "s|@UNITS@|${units% }|" \
            -e "s|@MAINTAINER@|$maintainer|" -e "s|@DEPENDS@|$needs|" \
            -e "s|@SIZE@|$(du -k -s "$root" | cut -f 1)|" "$debian/$name" > "$root/DEBIAN/$name" || return 1
    done
    (cd "$root" && find etc -type f -printf '/%p\n' | sort > DEBIAN/conffiles \
        && find usr lib -type f -exec md5sum {} + | sort -k 2 > DEBIAN/md5sums) || return 1
    find "$root" -type d -exec chmod 755 {} +
    find "$root" -type f -exec chmod 644 {} +
    [ ! -e "$lib/helper" ] || chmod 755 "$lib/helper"
    chmod 755 "$root"/DEBIAN/p* "$root"/usr/bin/* "$lib"/runtime/bin/* "$lib/runtime/lib/jspawnhelper"
    same_times
}

same_times() {
    find "$root" -exec touch -h -d "@$epoch" {} +
}

# The packages of the libraries that the runtime needs: the C library in the version that it was built for.
depends() {
    newest=$(grep -rhaoE 'GLIBC_2\.[0-9]+' "$lib" | sort -uV | tail -n 1)
    printf 'libc6 (>= %s)' "${newest#GLIBC_}"
    ! grep -rqa 'libz\.so\.1' "$lib/runtime" || printf ', zlib1g'
}
