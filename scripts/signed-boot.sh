#!/usr/bin/env bash
# Unpacks what Debian has signed for Secure Boot into target/signed-boot, for bench/boot-all. Nothing is installed, so
# that this machine's own boot is left alone.
set -euo pipefail

home=$(dirname "$(dirname "$(readlink -f "$0")")")
to=$home/target/signed-boot
offline=
# shellcheck source=scripts/setup.sh
. "$home/scripts/setup.sh"

[ ! -d "$to" ] || exit 0
mkdir -p "$home/target"
work=$(mktemp -d "$home/target/signed-XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"
apt_lists
apt-get -q download shim-signed grub-efi-amd64-signed \
    || fail 'apt could not fetch shim-signed and grub-efi-amd64-signed, which Secure Boot is tried with'
for each in *.deb; do
    dpkg-deb -x "$each" unpacked
done
mkdir signed-boot
mv unpacked/usr/lib/shim/shimx64.efi.signed unpacked/usr/lib/grub/x86_64-efi-signed/grubnetx64.efi.signed signed-boot/
mv signed-boot "$to"
