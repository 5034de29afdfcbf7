#!/bin/sh
# Builds everything with the sanitizers, runs every test, ends with one line: N passed, N failed.
set -u
cd "$(dirname "$0")/.." || exit 1
jobs=$(nproc 2>/dev/null || echo 2)
san="-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer"
mkdir -p build
if ! make --no-print-directory -s -j"$jobs" B=build/asan OPT="-O1 -g" SAN="$san" WERROR="-Werror" tests-bin >build/test-build.log 2>&1; then
    tail -40 build/test-build.log
    echo "0 passed, 1 failed"
    exit 1
fi
export SDL_VIDEODRIVER=dummy SDL_AUDIODRIVER=dummy SDL_RENDER_DRIVER=software
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0 LSAN_OPTIONS=suppressions=tests/leaks.supp:print_suppressions=0
passed=0
failed=0
count() { # name, log, status
    ok=$(grep -c '^\[       OK \]' "$2")
    bad=$(grep -c '^\[  FAILED  \] [^0-9]' "$2")
    [ "$3" = 0 ] || [ "$bad" -gt 0 ] || bad=1
    passed=$((passed + ok))
    failed=$((failed + bad))
    if [ "$3" = 0 ]; then
        echo "ok    $1 ($ok)"
        grep '^figure: ' "$2" | sed 's/^/      /'
    else
        echo "FAIL  $1"
        tail -40 "$2"
    fi
}
for bin in build/asan/test_*; do
    case "$bin" in *.o | *.d | *.log) continue ;; esac
    [ -f "tests/$(basename "$bin").c" ] || continue
    timeout 900 "$bin" >"$bin.log" 2>&1
    count "$(basename "$bin")" "$bin.log" $?
done
for script in tests/*.py; do
    case "$script" in */reader.py) continue ;; esac
    if python3 "$script" >build/script.log 2>&1; then
        passed=$((passed + 1))
        echo "ok    $(basename "$script")"
        grep '^figure: ' build/script.log | sed 's/^/      /'
    else
        failed=$((failed + 1))
        echo "FAIL  $(basename "$script")"
        tail -40 build/script.log
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
