#!/usr/bin/env bash
# Builds everything once, runs every test and ends with "N passed, N failed".
#   bash tests/run.sh           all tests and a short sample of the fuzzing and the load (26 to 30 minutes; it ought to be under 25)
#   bash tests/run.sh --quick   for each commit: no slow test, one call through the whole product (under 4 minutes)
#   bash tests/run.sh --long    the soaks too
# CONFIGURATION=Debug and GrainRuntime=Orleans choose another build.
set -uo pipefail
cd "$(dirname "$0")/.."
mode=full
case ${1:-} in
  "") ;;
  --quick | --long) mode=${1#--} ;;
  *) sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
CONFIGURATION=${CONFIGURATION:-Release}
GrainRuntime=${GrainRuntime:-Embedded}
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
results=$PWD/TestResults
rm -rf "$results"
mkdir -p "$results"

# Tools that the product tests drive; installed only if missing. baresip-core brings libopus0, without which Opus is not spoken.
install() {
  local missing=() tool
  for tool in sipp:sip-tester baresip:baresip-core sox:sox espeak-ng:espeak-ng flite:flite tcpdump:tcpdump linphonec:linphone-cli rtpengine:rtpengine-daemon gcc:gcc python3:python3 ip:iproute2 pg_ctlcluster:postgresql setpriv:util-linux npm:npm chromium:chromium firefox-esr:firefox-esr; do
    command -v "${tool%%:*}" > "$results/which" || missing+=("${tool##*:}")
  done
  if [[ $(fc-list 2> "$results/which" | grep -c NotoSansCJK) == 0 ]]; then missing+=(fontconfig fonts-noto-cjk); fi # Chinese pages, and pictures of them that are alike everywhere
  if [[ ${#missing[@]} == 0 ]]; then return; fi
  local root=()
  if [[ $(id -u) != 0 ]]; then root=(sudo -n); fi
  echo "Installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  { "${root[@]}" apt-get -o DPkg::Lock::Timeout=900 update -q &&
    "${root[@]}" apt-get -o DPkg::Lock::Timeout=900 install -qy --no-install-recommends gcc libc6-dev "${missing[@]}"; } > "$results/install.log" 2>&1 ||
    { tail -5 "$results/install.log"; echo "Could not install ${missing[*]}: the tests that need them will fail"; }
}

# Azure Blob Storage for the tests: an npm program, kept in a cache folder between runs.
azurite() {
  export CALLCENTER_TEST_CACHE=${CALLCENTER_TEST_CACHE:-$HOME/.cache/callcenter-tests}
  if [[ -e $CALLCENTER_TEST_CACHE/azurite/node_modules/azurite/dist/src/blob/main.js ]]; then return; fi
  echo "Installing azurite"
  mkdir -p "$CALLCENTER_TEST_CACHE/azurite"
  npm install --prefix "$CALLCENTER_TEST_CACHE/azurite" --no-audit --no-fund --omit=dev azurite@3.37.0 > "$results/azurite.log" 2>&1 ||
    { tail -5 "$results/azurite.log"; echo "Could not install azurite: the tests that need it will fail"; }
}

# check NAME SECONDS COMMAND...: a check that is not xUnit's; it counts as one test.
check() {
  local name=$1 limit=$2
  shift 2
  local began=$SECONDS
  timeout -k 10 "$limit" "$@" > "$results/$name.log" 2>&1
  echo $? > "$results/$name.code"
  echo $((SECONDS - began)) > "$results/$name.seconds"
}

# suite PROJECT SECONDS [OPTION...]: one xUnit executable, with its results in a file (PROJECT.$label if a label is set).
suite() {
  local name=$1 limit=$2 began=$SECONDS
  shift 2
  local exe as=$name${label:+.$label}
  exe=$(ls -t tests/"$name"/bin/"$GrainRuntime"/"$CONFIGURATION"/net*/*."$name" tests/"$name"/bin/"$GrainRuntime"/"$CONFIGURATION"/net*/"$name" 2> "$results/which" | head -1)
  timeout -k 10 "$limit" "$exe" -noColor -noLogo -longRunning 60 "${skip[@]}" "$@" -xml "$results/$as.xml" > "$results/$as.log" 2>&1
  echo $? > "$results/$as.code"
  echo $((SECONDS - began)) > "$results/$as.seconds"
}

# lane SUITE...: suites that follow each other, to be run beside other lanes.
lane() {
  local name
  for name in "$@"; do suite "$name" 600; done
}

install
azurite
started=$SECONDS
# AppHost is compiled ahead of time while the first tests run; the restore has to know already that it will be.
check restore 300 dotnet restore CallCenter.sln -v q -p:Configuration="$CONFIGURATION" -p:GrainRuntime="$GrainRuntime"
check build 900 dotnet build CallCenter.sln --no-restore -c "$CONFIGURATION" -v q -p:GrainRuntime="$GrainRuntime" -p:CompileAhead=false
if [[ $(cat "$results/build.code") != 0 ]]; then
  grep -hE 'error|warn' "$results/restore.log" "$results/build.log" | sort -u | head -40
  echo "The build failed"
  echo "0 passed, 1 failed"
  exit 1
fi
echo "Built in $((SECONDS - started)) s"

skip=(-trait- Speed=Long)
if [[ $mode == quick ]]; then skip+=(-trait- Speed=Slow); fi
if [[ $mode == long ]]; then skip=(); fi

# What measures time runs alone; the rest shares the cores.
engine=CallCenter.Media.Tests.Engine
if [[ $mode != quick ]]; then check ahead 900 dotnet build AppHost -c "$CONFIGURATION" -v q --no-restore --no-dependencies -p:GrainRuntime="$GrainRuntime" & fi
{ lane Domain.Tests Grains.Tests; suite Storage.Tests 600 -trait- Judges=Time; } &
{ lane Api.Tests Layout.Tests Contracts.Tests Gateway.Tests; label=quiet suite Media.Tests 600 -namespace- $engine; } &
wait
lane Orleans.Embedded.Tests
label=alone suite Storage.Tests 120 -trait Judges=Time -parallel none
# These wait for sound and silence in their own time: several at once, and those that measure it after them, by themselves.
suite Media.Tests 600 -namespace $engine -maxThreads 4
lane Sip.Tests
suite Edge.Tests 600 -maxThreads 4
if [[ $mode == quick ]]; then
  suite Product.Tests 120 -trait Speed=Smoke
else
  # The same with a bad link between edge and grains: a sample that ends calls in every way; all of them in the long run.
  sample=(-trait- Speed=Slow -namespace- CallCenter.Product.Tests.Conversations -namespace- CallCenter.Product.Tests.Browsers)
  if [[ $mode != long ]]; then for name in TheCallTests CallerLeavesTests AgentSideTests FlowTests BadLinkTests; do sample+=(-class "*.$name"); done; fi
  # What judges no time and no sound shares the cores with the fuzzing.
  patient=(-trait Judges=NoTime -parallel collections -maxThreads 4)
  {
    label=beside suite Product.Tests 900 "${patient[@]}"
    label=bad-link-beside Testing__LinkFaults=5 suite Product.Tests 600 "${sample[@]}" "${patient[@]}"
  } &
  fuzz=tests/Fuzz/bin/$GrainRuntime/$CONFIGURATION/net10.0/CallCenter.Fuzz
  check fuzz-sip 240 "$fuzz" sip --seed 1 --count "$([[ $mode == long ]] && echo 1000000 || echo 50000)"
  if [[ $mode == long ]]; then check fuzz-media 3900 "$fuzz" media --seed 1 --seconds 3600; else check fuzz-media 240 "$fuzz" media --seed 1 --seconds 120; fi
  wait

  # What judges voices: several talk at once, and so do those of other settings.
  most=1500
  if [[ $mode == long ]]; then most=5400; fi
  voices=(-trait Judges=Voices -trait- Judges=NoTime -parallel collections)
  {
    label=bad-link-voices Testing__LinkFaults=5 suite Product.Tests 900 "${sample[@]}" "${voices[@]}" -maxThreads 2
    check load-sample 180 bash tests/Load/run.sh --sample # in a network of its own; that every call is clean, and no figure
  } &
  label=voices suite Product.Tests $most "${voices[@]}" -maxThreads 4
  wait

  # What measures, one test after the other.
  alone=(-trait- Judges=NoTime -trait- Judges=Voices)
  suite Product.Tests $most "${alone[@]}"
  label=bad-link Testing__LinkFaults=5 suite Product.Tests 900 "${sample[@]}" "${alone[@]}"
  label=postgres CALLCENTER_TEST_DATABASE=postgres suite Product.Tests 120 -trait Speed=Smoke # a call on the other database
  label=azurite CALLCENTER_TEST_BLOBS=azurite suite Product.Tests 120 -trait Speed=Smoke # a recorded call in Azure Blob Storage
  label=two-edges CALLCENTER_TEST_EDGES=2 suite Product.Tests 120 -trait Speed=Smoke # caller and agent on different edges
  label=epoll Media__Ring=false suite Product.Tests 120 -trait Speed=Smoke # a kernel that has no ring of packets, or forbids it
  if [[ $mode == long ]]; then label=epoll CALLCENTER_TEST_RING=off suite Media.Tests 600 -namespace $engine -maxThreads 4; fi
fi
echo "Tested in $((SECONDS - started)) s with the build"
python3 tests/sum.py "$results"
