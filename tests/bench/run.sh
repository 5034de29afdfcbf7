#!/bin/sh
# The benchmarks, each figure beside its limit in the same run. They work in
# build/bench, which stays (about 1.5 GB with a million records) so that a finding can be looked at.
#
#   BENCH_RECORDS=200000 make bench     fewer records to merge (default 1,000,000)
#   BENCH_IDLE_S=10 make bench          a shorter look at the idle app (default 60)
set -eu
cd "$(dirname "$0")/../.." || exit 1
B=${B:-build}
records=${BENCH_RECORDS:-1000000}
idle=${BENCH_IDLE_S:-60}
checks=$((records * 10 / 724 + 50))
sim=build/bench/sim-$records
mkdir -p build/bench
if [ ! -f "$sim/done" ]; then
    rm -rf "$sim"
    echo "making 50 tablets with about $records records in $sim ..."
    "$B/lantern-office" simulate --tablets 50 --checks "$checks" --seed 1 --out "$sim"
    touch "$sim/done"
fi
printf '%-52s %11s %11s %7s  %s\n' what ours limit ratio aim
"$B/bench_tap"
"$B/bench_frame"
if command -v xvfb-run >/dev/null 2>&1; then
    env -u SDL_VIDEODRIVER -u SDL_RENDER_DRIVER xvfb-run -a "$B/bench_idle" "$B/lantern" "$idle"
else
    echo "idle in a window: not measured, xvfb-run is not installed"
fi
"$B/bench_start" "$B/lantern"
"$B/bench_merge" "$sim"
"$B/bench_export" "$sim" "$B/lantern-office"
