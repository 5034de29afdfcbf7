#!/bin/sh
# The benchmarks, each figure beside its limit in the same run. They work in
# build/bench, which stays (about 3 GB with a million records) so that a finding can be looked at.
#
#   BENCH_RECORDS=200000 make bench     fewer records to merge (default 1,000,000)
#   BENCH_IDLE_S=10 make bench          a shorter look at the idle app (default 60)
#   BENCH_BLOBS_MB=0 make bench         without the bundle of 1 GB (it wants 6 GB for a minute)
set -eu
cd "$(dirname "$0")/../.." || exit 1
B=${B:-build}
records=${BENCH_RECORDS:-1000000}
idle=${BENCH_IDLE_S:-60}
checks=$((records * 10 / 724 + 50))
sim=build/bench/sim-$records
sealed=build/bench/sealed-$records
mkdir -p build/bench
# The same tablets twice: open bundles, let in on trust; enrolled ones, sealed and signed.
make_tablets() {
    [ -f "$1/done" ] && return
    rm -rf "$1"
    echo "making 50 tablets with about $records records in $1 ..."
    "$B/lantern-office" simulate --tablets 50 --checks "$checks" --seed 1 $2 --out "$1"
    touch "$1/done"
}
make_tablets "$sim" ""
make_tablets "$sealed" --sealed
printf '%-52s %11s %11s %7s  %s\n' what ours limit ratio aim
"$B/bench_voice"
"$B/bench_tap"
"$B/bench_pdf"
"$B/bench_frame"
"$B/bench_form"
if command -v xvfb-run >/dev/null 2>&1; then
    env -u SDL_VIDEODRIVER -u SDL_RENDER_DRIVER xvfb-run -a "$B/bench_idle" "$B/lantern" "$idle"
else
    echo "idle in a window: not measured, xvfb-run is not installed"
fi
"$B/bench_start" "$B/lantern"
"$B/bench_unlock"
"$B/bench_photo"
"$B/bench_merge" "$sim"
"$B/bench_merge" "$sealed" sealed
"$B/bench_export" "$sim" "$B/lantern-office" "$sealed"
"$B/bench_gigabyte" "${BENCH_BLOBS_MB:-1024}"
