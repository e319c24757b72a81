#!/bin/sh
# Called by ./leasehold in a network namespace of its own: train.sh serve|relay DIRECTORY JAVA...
# Runs the server or the relay until it is ready and ends it, while the JVM notes what a start needs. Takes
# what the machine allows: the JVM writes its notes however the run ends.
set -u
kind=$1
directory=$2
shift 2
ip link set lo up
ip link add lh0 type veth peer name lh1
ip link set lh0 up
ip link set lh1 up
ip address add 192.168.50.1/24 dev lh0
if [ "$kind" = serve ]; then
    set -- "$@" serve -c "${0%/*}/train.yaml" --data "$directory/data"
else
    set -- "$@" relay -d -i lh0 -s 192.168.50.2
fi
"$@" > "$directory/said" 2>&1 < /dev/null &
java=$!
tries=0
until grep -q ready "$directory/said" || [ $tries -ge 200 ] || ! kill -0 $java 2> /dev/null; do
    tries=$((tries + 1))
    sleep 0.1
done
kill $java 2> /dev/null
wait $java
