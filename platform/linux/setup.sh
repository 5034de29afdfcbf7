#!/bin/sh
# Looks for what the build needs (with "fuzz": for make fuzz too); installs it with apt-get when it may, else prints the one line to type.
set -eu
packages="gcc make pkg-config libsdl2-dev libsdl2-ttf-dev libsdl2-image-dev libsqlite3-dev zlib1g-dev libsodium-dev libjansson-dev libjpeg-dev libpng-dev libexif-dev libopusenc-dev libopusfile-dev libhpdf-dev libcmocka-dev python3 xvfb xauth poppler-utils espeak-ng"
missing=""
have() { command -v "$1" >/dev/null 2>&1; }
for pair in gcc:gcc make:make pkg-config:pkg-config python3:python3 Xvfb:xvfb xauth:xauth pdftotext:poppler-utils espeak-ng:espeak-ng; do
    have "${pair%%:*}" || missing="$missing ${pair##*:}"
done
if have pkg-config; then
    for pair in sdl2:libsdl2-dev SDL2_ttf:libsdl2-ttf-dev SDL2_image:libsdl2-image-dev sqlite3:libsqlite3-dev \
        zlib:zlib1g-dev libsodium:libsodium-dev jansson:libjansson-dev libjpeg:libjpeg-dev libpng:libpng-dev libexif:libexif-dev libopusenc:libopusenc-dev opusfile:libopusfile-dev cmocka:libcmocka-dev; do
        pkg-config --exists "${pair%%:*}" || missing="$missing ${pair##*:}"
    done
    # libharu has no entry there.
    echo '#include <hpdf.h>' | gcc -E -x c - >/dev/null 2>&1 || missing="$missing libhpdf-dev"
else
    missing="$packages"
fi
# Fuzzing wants clang with its runtimes, and what reads the coverage.
if [ "${1:-}" = fuzz ]; then
    try=$(mktemp)
    echo 'int LLVMFuzzerTestOneInput(const char *p, unsigned long n); int LLVMFuzzerTestOneInput(const char *p, unsigned long n) { return !p && n; }' |
        clang -fsanitize=fuzzer,address -x c - -o "$try" 2>/dev/null || missing="$missing clang libclang-rt-dev"
    rm -f "$try"
    { have llvm-cov && have llvm-profdata; } || missing="$missing llvm"
fi
[ -n "$missing" ] || exit 0
echo "Lantern needs:$missing" >&2
if ! have apt-get; then
    echo "These are Debian's names; please install them with this system's own tools." >&2
    exit 1
elif [ "$(id -u)" = 0 ]; then
    sudo=""
elif have sudo && sudo -n true 2>/dev/null; then
    sudo="sudo"
else
    echo "Please type:  sudo apt-get update && sudo apt-get install -y$missing" >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update >&2
# shellcheck disable=SC2086
$sudo apt-get install -y --no-install-recommends $missing >&2
