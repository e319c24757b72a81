#!/bin/sh
# guest-initrd.sh KERNEL OUT: makes OUT/initrd, a system that boots in seconds: this machine's own programs, the
# modules of the kernel that was unpacked in KERNEL, and a shell on the second serial line.
set -eu
kernel=$1
root=$2/root
PATH=$PATH:/usr/sbin:/sbin

mkdir -p "$root/bin" "$root/proc" "$root/sys" "$root/dev" "$root/tmp" "$root/run" "$root/etc" "$root/lib/load"
for program in busybox tc nft ip dnsmasq; do
    file=$(command -v "$program")
    cp -L "$file" "$root/bin/"
    ldd "$file" 2> /dev/null | grep -o '/[^ ]*' | while read -r library; do
        mkdir -p "$root${library%/*}"
        cp -Ln "$library" "$root$library"
    done
done
echo 'root:x:0:0::/:/bin/sh' > "$root/etc/passwd"
echo 'root:x:0:' > "$root/etc/group"

# In an order in which each finds what it needs.
for module in libcrc32c failover net_failover virtio_ring virtio virtio_pci_modern_dev virtio_pci_legacy_dev \
    virtio_pci virtio_net sch_ingress cls_flower act_pedit act_csum act_gact nfnetlink nf_tables llc stp mrp garp 8021q; do
    file=$(find "$kernel" -name "$module.ko" | head -n 1)
    [ -n "$file" ] || continue
    cp "$file" "$root/lib/load/"
    echo "$module" >> "$root/lib/load/order"
done

cat > "$root/init" <<'EOF'
#!/bin/busybox sh
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
while read -r module; do insmod "/lib/load/$module.ko"; done < /lib/load/order
ip link set lo up
ip link set eth0 up
ip address add 10.77.0.1/24 brd + dev eth0
stty -F /dev/ttyS1 raw -echo
echo 'the guest is ready'
dd if=/dev/ttyS1 bs=1024 2> /dev/null | sh > /dev/ttyS1 2>&1
poweroff -f
EOF
chmod +x "$root/init"
cd "$root"
find . | busybox cpio -o -H newc > "$2/initrd" 2> /dev/null
