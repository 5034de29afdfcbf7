#!/bin/sh
# The demonstration: one night and one day, played by touches, from an empty office to the report.
#
# Journey: an office is made and writes a pack; an empty tablet reads it, does a whole night check
# and saves a bundle on a stick; the office merges that and makes its report and tables. These are
# the two programs that people use, with a script in place of a finger. Everything lies in
# build/demo and is made anew each time. PICTURES=1 also renews the two pictures of the README.
set -eu
cd "$(dirname "$0")/../.."
build=${B:-build}
demo=build/demo
tablet=$build/lantern
office=$build/lantern-office
provider="Harbour Lights Care (made up)"
export SDL_VIDEODRIVER=dummy SDL_AUDIODRIVER=dummy SDL_RENDER_DRIVER=software
export LANTERN_ASSETS="$PWD/assets" LANTERN_STICKS="$demo/stick"
unset LANTERN_TOUCH_KEYBOARD

step=""
say() {
    step=$1
    echo "- $step"
}
# What a command says is shown only when it fails; then the demonstration ends.
quietly() {
    "$@" >"$demo/last.log" 2>&1 && return 0
    cat "$demo/last.log" >&2
    echo "The demo stopped at: $step" >&2
    exit 1
}
play() { # night or day, the tablet's folder, the clock at the start
    quietly "$tablet" --data "$demo/$2" --script "tests/scripts/$1.txt" --shots "$demo/pictures/$1" --clock "$3"
}

for program in "$tablet" "$office"; do
    [ -x "$program" ] && continue
    echo "$program is not built yet. Type: make" >&2
    exit 1
done
rm -rf "$demo"
mkdir -p "$demo/stick"

say "The office makes its database from the sample provider, and a pack for a tablet."
quietly "$office" init "$demo/master.db" --provider "$provider" --code HL
quietly "$office" add "$demo/master.db" assets/sample/sample.json
quietly "$office" pack "$demo/master.db" --open --tablet B --out "$demo/stick/pack.lantern"

say "A tablet at 02:41 at night: a spot check, from the pack to the bundle on the stick."
play night tablet 2026-11-22T02:41

say "The office reads the stick and makes its report and tables."
quietly "$office" merge "$demo/master.db" "$demo"/stick/lantern-*.lantern --trust
quietly "$office" verify "$demo/master.db"
verified=$(cat "$demo/last.log")
quietly "$office" report "$demo/master.db" --out "$demo/report"
quietly "$office" csv "$demo/master.db" --out "$demo/csv"

say "Another tablet by day: the sample service, with thirteen weeks of checks behind it."
play day tablet-by-day 2026-11-23T14:05
rm -f "$demo/last.log"

if [ "${PICTURES:-}" = 1 ]; then
    mkdir -p assets/pictures
    cp "$demo/pictures/night/05-not-met.png" assets/pictures/night.png
    cp "$demo/pictures/day/01-home.png" assets/pictures/day.png
fi

cat <<END

The office's database: $verified

All of it lies in $demo:
  report/index.html    what the office reads; open it in any browser
  pictures/            $(find "$demo/pictures" -name '*.png' | wc -l) pictures, by night and by day, in the order they were touched
  csv/                 every table, for a spreadsheet
  stick/               the memory stick: the office's pack, the tablet's bundle
  master.db            the office's database     $office verify $demo/master.db
  tablet/              what the tablet keeps     $tablet --data $demo/tablet
  tablet-by-day/       the one with the sample   $tablet --data $demo/tablet-by-day
END
