#!/usr/bin/env bash
# Measures the Release build under load, in a network namespace of its own if it may make one.
#   bash tests/Load/run.sh                       the first figures: register signalling ramp media together latency
#   bash tests/Load/run.sh --sample              under two minutes; asserts that every call is clean, and no figure
#   bash tests/Load/run.sh MEASURE...            these measures; see load.py
# AGENTS, CALLS, CLIENTS (of the live hub) and OUT (a file of JSON lines) change the defaults.
set -euo pipefail
cd "$(dirname "$0")"
if [[ -z ${LOAD_INSIDE:-} ]] && unshare --net true 2> /dev/null; then
  LOAD_INSIDE=1 exec unshare --net bash "$PWD/run.sh" "$@"
fi
root=$(cd ../.. && pwd)
measures=("$@")
agents=${AGENTS:-1000}
case ${1:-} in
  "") measures=(signalling ramp media together latency) ;;
  --sample) measures=(sample); agents=${AGENTS:-100} ;;
esac

if [[ -n ${LOAD_INSIDE:-} ]]; then
  ip link set lo up
  sysctl -qw net.ipv4.ip_local_port_range="61000 65500" # the ports of rtpload and the product stay free
fi
ulimit -n "$(ulimit -Hn)" # 4 sockets a call, and those of the callers
mkdir -p bin
[[ bin/rtpload -nt rtpload.c ]] || gcc -O2 -o bin/rtpload rtpload.c

product=$root/AppHost/bin/${GrainRuntime:-Embedded}/Release/net10.0/AppHost
[[ -x $product ]] || dotnet build "$root/AppHost" -c Release -v q --nologo
data=$(mktemp -d)
"$product" --Data:Path="$data/data" --Demo:Agents="$agents" --Media:PortFirst=43000 --Media:PortLast=59998 --Sip:AdvertisedAddress=127.0.0.1 > "$data/log" 2>&1 &
pid=$!
trap 'kill "$pid" 2> /dev/null; wait "$pid" 2> /dev/null || true; rm -rf "$data"' EXIT
for _ in $(seq 300); do
  grep -q "CallCenter is ready" "$data/log" && break
  kill -0 "$pid" 2> /dev/null || { cat "$data/log"; exit 1; }
  sleep 0.1
done
grep -q "CallCenter is ready" "$data/log" || { cat "$data/log"; exit 1; }
python3 load.py --pid "$pid" --users "$agents" --calls "${CALLS:-300}" --clients "${CLIENTS:-1000}" ${OUT:+--out "$OUT"} register "${measures[@]}"
