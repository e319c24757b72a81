# Sourced by what packs Leasehold together with a JVM of its own.
# shellcheck shell=sh disable=SC2154

# What the libraries use of the JDK, without what only their unused parts do.
modules_of_libraries=java.base,java.logging,java.management,java.naming,java.xml,jdk.httpserver,jdk.unsupported

# Writes a JVM cut to what Leasehold uses to directory $1. Reads jdk, and build, the directory of the jars.
link_runtime() {
    modules_of_program=$("$jdk/bin/jdeps" --print-module-deps --ignore-missing-deps --no-recursive -q \
        --multi-release base "$build/leasehold-app.jar" "$build"/lib/leasehold-*.jar) || return 1
    # Native symbols stay: --strip-debug would take objcopy, which not every machine has.
    "$jdk/bin/jlink" --add-modules "$modules_of_libraries,$modules_of_program" --strip-java-debug-attributes \
        --no-header-files --no-man-pages --output "$1"
}
