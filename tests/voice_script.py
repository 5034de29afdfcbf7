#!/usr/bin/env python3
"""Somebody is recorded, heard again and kept, in the program itself: tests/scripts/voice.txt.

SDL's disk driver is the microphone and the loudspeaker: it hears speech that espeak-ng made and writes what would be
heard. Proved here: the record has both answers; its bytes are Ogg Opus of one channel and as long as the record says;
what was played is speech, and silence in its place would fail; nothing of the recorder is left behind as a draft.
Standard library only.
"""
import array
import os
import pathlib
import sqlite3
import struct
import subprocess
import sys
import tempfile
import wave

ROOT = pathlib.Path(__file__).resolve().parent.parent
LANTERN = os.environ.get("LANTERN", str(ROOT / "build/asan/lantern"))
WORDS = "They come when I ring, but at night it can be such a long time, and I worry I will fall going on my own."


def fail(said):
    print("voice_script: " + said)
    sys.exit(1)


def loudness(samples):
    return (sum(s * s for s in samples) / max(1, len(samples))) ** 0.5


def speech(folder):
    """16,000 samples a second, 16 bits, one channel."""
    spoken, raw = folder / "spoken.wav", folder / "spoken.raw"
    subprocess.run(["espeak-ng", "-v", "en-gb", "-s", "150", "-w", str(spoken), WORDS], check=True)
    with wave.open(str(spoken)) as w:
        rate, a = w.getframerate(), array.array("h", w.readframes(w.getnframes()))
    n = len(a) * 16000 // rate
    raw.write_bytes(array.array("h", (a[min(len(a) - 1, i * rate // 16000)] for i in range(n))).tobytes())
    return raw


def play(folder, raw):
    env = dict(os.environ, SDL_VIDEODRIVER="dummy", SDL_RENDER_DRIVER="software", SDL_AUDIODRIVER="disk",
               SDL_DISKAUDIOFILEIN=str(raw), SDL_DISKAUDIOFILE=str(folder / "heard.raw"), SDL_DISKAUDIODELAY="8",
               LANTERN_ASSETS=str(ROOT / "assets"))
    env.pop("LANTERN_TOUCH_KEYBOARD", None)
    done = subprocess.run([LANTERN, "--data", str(folder / "tablet"), "--script", str(ROOT / "tests/scripts/voice.txt"),
                           "--shots", str(folder / "shots"), "--clock", "2026-11-22T14:12"],
                          env=env, capture_output=True, text=True)
    if done.returncode:
        fail("the script stopped:\n" + done.stderr)


def opus_ms(data):
    """Length of an Ogg Opus stream by its last page, without what the head says is skipped."""
    at, end, skip, pages = 0, 0, None, 0
    while at < len(data):
        if data[at:at + 4] != b"OggS":
            fail("no Ogg page at byte %d of %d" % (at, len(data)))
        position, segments = struct.unpack_from("<q", data, at + 6)[0], data[at + 26]
        body = at + 27 + segments
        if skip is None:
            if data[body:body + 8] != b"OpusHead" or data[body + 9] != 1:
                fail("no Opus of one channel")
            skip = struct.unpack_from("<H", data, body + 10)[0]
        at = body + sum(data[at + 27:at + 27 + segments])
        end, pages = max(end, position), pages + 1
    return (end - skip) / 48, pages


def look(folder):
    db = sqlite3.connect(str(folder / "tablet/sample/lantern.db"))
    rows = db.execute("SELECT t.ms, t.size, b.bytes, f.recorded, f.can_decide, f.speaker, t.source, t.cut_off FROM attachment t "
                      "JOIN feedback f ON f.id = t.\"to\" JOIN blob b ON b.hash = t.hash WHERE t.sort = 'voice'").fetchall()
    drafts = [k for (k,) in db.execute("SELECT key FROM draft WHERE key GLOB 'voice/*' OR key GLOB 'evidence/*'")]
    if len(rows) != 1 or drafts:
        fail("%d voice notes, drafts left: %s" % (len(rows), drafts))
    ms, size, data, recorded, can_decide, speaker, source, cut_off = rows[0]
    if (recorded, can_decide, speaker, source, cut_off) != (1, "yes", "family", "microphone", None):
        fail("the record says %r" % (rows[0][3:],))
    long, pages = opus_ms(data)
    if len(data) != size or abs(long - ms) > 25 or ms < 300:
        fail("%d bytes and %.0f ms, but the record says %d and %d" % (len(data), long, size, ms))
    heard = array.array("h", (folder / "heard.raw").read_bytes())
    loud = loudness(heard)
    if loud < 300:
        fail("what was played is silence: %.0f" % loud)
    print("figure: recorded through SDL and played again: %d ms in %d bytes, %d pages, loudness %.0f" %
          (ms, size, pages, loud))


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        play(folder, speech(folder))
        look(folder)


main()
