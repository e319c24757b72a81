#!/bin/sh
# shellcheck disable=SC2154 # the client sets them: interface, reason, new_ip_address, ip, mask ...
# A DHCP client of the lab calls this for each thing that happens to its lease. It sets the address
# and appends one line to the event file: what happened, address, lease time, server. Nothing else of
# the machine is touched: no resolver, no host name, no routes.
events=@EVENTS@
client=@CLIENT@
check=@CHECK@
PATH=/usr/sbin:/usr/bin:/sbin:/bin

report() {
    echo "$*" >> "$events"
}

# The address of an earlier lease must not stay beside the new one.
set_address() {
    if ! ip -4 -o address show dev "$interface" | grep -q " inet $1/"; then
        ip -4 address flush dev "$interface"
        ip -4 address add "$1/$2" brd + dev "$interface"
    fi
}

clear_address() {
    ip -4 address flush dev "$interface"
}

udhcpc() {
    case $1 in
        deconfig)
            clear_address
            ip link set "$interface" up
            [ ! -e "$events.bound" ] || report RELEASED - - -
            rm -f "$events.bound"
            ;;
        bound | renew)
            set_address "$ip" "$mask"
            touch "$events.bound"
            event=BOUND
            [ "$1" = bound ] || event=RENEWED
            report "$event" "$ip" "${lease:--}" "${serverid:--}"
            ;;
        nak) report REFUSED - - - ;;
        leasefail) report FAILED - - - ;;
    esac
}

# dhclient expects its script to set the address, and to fail when another host has it: then it
# declines. dhcpcd does both itself.
take_address() {
    [ "$client" = dhclient ] || return 0
    if [ "$check" = yes ] && [ "$reason" != RENEW ] \
        && ! arping -D -q -c 2 -w 2 -I "$interface" "$new_ip_address"; then
        report DECLINED "$new_ip_address" - "${new_dhcp_server_identifier:--}"
        exit 1
    fi
    set_address "$new_ip_address" "${new_subnet_mask:-255.255.255.255}"
}

others() {
    case $reason in
        PREINIT) ip link set "$interface" up ;;
        BOUND | RENEW | REBIND | REBOOT)
            take_address
            case $reason in
                BOUND) event=BOUND ;;
                RENEW) event=RENEWED ;;
                REBIND) event=REBOUND ;;
                REBOOT) event=REBOOTED ;;
            esac
            report "$event" "$new_ip_address" "${new_dhcp_lease_time:--}" \
                "${new_dhcp_server_identifier:--}"
            ;;
        EXPIRE)
            [ "$client" != dhclient ] || clear_address
            report EXPIRED - - -
            ;;
        NAK) report REFUSED - - - ;;
        FAIL | TIMEOUT) report FAILED - - - ;;
        RELEASE | STOP | STOPPED)
            [ "$client" != dhclient ] || clear_address
            report RELEASED - - -
            ;;
    esac
}

if [ "$client" = udhcpc ]; then
    udhcpc "$1"
else
    others
fi
exit 0
