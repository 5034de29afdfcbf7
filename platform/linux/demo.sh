#!/bin/sh
# The demonstration: one night and one day, played by touches, from an empty office to the report.
#
# Journey: an office is made and enrols a tablet; an empty tablet opens its first pack with the code,
# does a whole night check with a photo and a voice note, saves a sealed bundle on a stick and the
# papers to hand over; the office merges that, makes its report and tables, and gives back a pack,
# which tells the tablet what has arrived. These are the
# two programs that people use, with a script in place of a finger. Everything lies in build/demo
# and is made anew each time. PICTURES=1 also renews the pictures of the README.
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
# The microphone hears a made-up voice, 16,000 samples a second; more of them than a second holds.
speech() {
    command -v espeak-ng >/dev/null 2>&1 || return 1
    espeak-ng -v en-gb -s 150 -w "$demo/spoken.wav" "$1"
    python3 - "$demo/spoken.wav" "$demo/spoken.raw" <<'END'
import array, sys, wave
with wave.open(sys.argv[1]) as w:
    rate, a = w.getframerate(), array.array("h", w.readframes(w.getnframes()))
out = array.array("h", (a[i * rate // 16000] for i in range(len(a) * 16000 // rate)))
open(sys.argv[2], "wb").write(out.tobytes())
END
    rm -f "$demo/spoken.wav"
}
play() { # a script, the tablet's folder, the clock at the start
    quietly "$tablet" --data "$demo/$2" --script "$1" --shots "$demo/pictures/$(basename "$1" .txt)" --clock "$3"
}
at() { # the office's clock, then a command of the office
    LANTERN_CLOCK=$1
    export LANTERN_CLOCK
    shift
    quietly "$office" "$@"
    unset LANTERN_CLOCK
}

for program in "$tablet" "$office"; do
    [ -x "$program" ] && continue
    echo "$program is not built yet. Type: make" >&2
    exit 1
done
rm -rf "$demo"
mkdir -p "$demo/stick" "$demo/scripts"

say "The office makes its database from the sample provider, and lets one tablet in."
at 2026-11-21T16:00 init "$demo/master.db" --provider "$provider" --code HL --recovery "$demo/recovery.txt"
at 2026-11-21T16:01 add "$demo/master.db" assets/sample/sample.json
at 2026-11-21T16:02 enrol "$demo/master.db" --tablet "Night bag" --out "$demo/stick/pack.lantern"
code=$(sed -n 's/^ *\([0-9A-Z]\{4\}-[0-9A-Z]\{4\}-[0-9A-Z]\{4\}\)$/\1/p' "$demo/last.log")

say "A tablet at 02:41 at night: its first pack with the code $code, a spot check, a sealed bundle."
# The script for tablets that are not enrolled says yes to an open pack; here the code is typed in its place.
sed -e 's/^expect "Is this from your office?"/expect "Type the code from your office"/' \
    -e "s/^tap \"Yes, let it in\"/type \"$code\"\\nkey Return/" \
    -e '/^type "Two care plans lay open/r tests/scripts/night_photo.txt' \
    -e '/^shot 10-heard-words/r tests/scripts/night_voice.txt' \
    -e '/^print "leaving"/r tests/scripts/night_home_paper.txt' tests/scripts/night.txt >"$demo/scripts/night.txt"
cat tests/scripts/night_paper.txt >>"$demo/scripts/night.txt"
speech "They come when I ring. But at night it can be such a long time."
(
    export LANTERN_CAMERA="$PWD/tests/camera" SDL_AUDIODRIVER=disk SDL_DISKAUDIODELAY=6
    export SDL_DISKAUDIOFILEIN="$demo/spoken.raw" SDL_DISKAUDIOFILE="$demo/heard.raw"
    play "$demo/scripts/night.txt" tablet 2026-11-22T02:41
)
rm -f "$demo/spoken.raw" "$demo/heard.raw"
bundle=$(ls "$demo"/stick/lantern-*.lantern)
quietly "$office" show "$bundle"
sealed=$(sed -n '1s/\. .*/./p' "$demo/last.log")

say "The office reads the stick, makes its report and tables, and gives back a pack."
at 2026-11-22T09:12 merge "$demo/master.db" "$bundle"
at 2026-11-22T09:13 pack "$demo/master.db" --tablet "Night bag" --out "$demo/stick/back.lantern"
quietly "$office" verify "$demo/master.db"
verified=$(cat "$demo/last.log")
quietly "$office" report "$demo/master.db" --out "$demo/report"
quietly "$office" csv "$demo/master.db" --out "$demo/csv"

say "The tablet opens it, and knows what has arrived."
cat >"$demo/scripts/received.txt" <<END
screen lock
shot 00-locked
pin 274936
tap "Open"
send
screen send
tap "Read a file"
tap "back.lantern"
send
expect "The office has everything up to"
shot 01-received
END
play "$demo/scripts/received.txt" tablet 2026-11-22T20:30

say "Another tablet by day: the sample service, with thirteen weeks of checks behind it."
play tests/scripts/day.txt tablet-by-day 2026-11-23T14:05
rm -f "$demo/last.log"

if [ "${PICTURES:-}" = 1 ]; then
    mkdir -p assets/pictures
    cp "$demo/pictures/night/05-not-met.png" assets/pictures/night.png
    cp "$demo/pictures/day/01-home.png" assets/pictures/day.png
    cp "$demo/pictures/day/01a-ratings.png" assets/pictures/ratings.png
fi

cat <<END

The office's database: $verified
The bundle on the stick, to whoever finds it: $sealed

All of it lies in $demo:
  report/index.html    what the office reads; open it in any browser
  pictures/            $(find "$demo/pictures" -name '*.png' | wc -l) pictures, by night and by day, in the order they were touched
  csv/                 every table, for a spreadsheet
  stick/               the memory stick: the office's packs and the tablet's bundle, all sealed; two papers, which are not
  recovery.txt         the recovery key, which a real office keeps on paper, far from here
  master.db            the office's database     $office verify $demo/master.db
  tablet/              what the tablet keeps     $tablet --data $demo/tablet
  tablet-by-day/       the one with the sample   $tablet --data $demo/tablet-by-day
END
