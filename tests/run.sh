#!/bin/sh
# Builds everything with the sanitizers, runs every test, ends with one line: N passed, N failed.
# As many tests run at a time as there are processors; each has its own log and is counted by it,
# with its seconds beside it, by the clock (.seconds) and of the processor (.processor).
set -u
cd "$(dirname "$0")/.." || exit 1
jobs=$(nproc 2>/dev/null || echo 2)
san="-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer"
mkdir -p build
began=$(date +%s)
if ! make --no-print-directory -s -j"$jobs" B=build/asan OPT="-O1 -g1" SAN="$san" WERROR="-Werror" tests-bin >build/test-build.log 2>&1; then
    tail -40 build/test-build.log
    echo "0 passed, 1 failed"
    exit 1
fi
export SDL_VIDEODRIVER=dummy SDL_AUDIODRIVER=dummy SDL_RENDER_DRIVER=software
# What was freed stays out of use for 32 MB more; the sanitizer's own 256 cost a fifth of the time.
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0:quarantine_size_mb=32:malloc_context_size=12 LSAN_OPTIONS=suppressions=tests/leaks.supp:print_suppressions=0

# The long ones first, so that none is left over at the end.
first="test_kill test_load test_forms_played test_screens test_journey test_app test_power_bundle test_sealing test_confided test_revoke_orders test_attacks_page"
# These once more, on databases that are sealed at rest.
sealed="test_merge test_erase test_revoke test_journal"
[ -z "${LANTERN_TEST_ALL:-}" ] || sealed="$sealed test_orders test_union test_stories test_union_orders test_revoke_orders test_kinds test_power test_full_disk test_power_bundle test_receipt test_kill"
rm -rf build/test-logs
built=$(date +%s)
mkdir -p build/test-logs
{
    for name in $first; do [ -f "tests/$name.c" ] && echo "tests/$name.c"; done
    for file in tests/test_*.c tests/*.py; do
        case " $first reader " in *" $(basename "${file%.*}") "*) continue ;; esac
        echo "$file"
    done
    for name in $sealed; do echo "tests/$name.c@sealed"; done
} | xargs -P "$jobs" -I{} sh -c '
    file={}
    name=$(basename "$file")
    log=build/test-logs/$name.log
    start=$(date +%s)
    case "$file" in
    *.c@sealed) LANTERN_TEST_SEALED=1 timeout 900 "build/asan/${name%.c@sealed}" >"$log" 2>&1 ;;
    *.c) timeout 900 "build/asan/${name%.c}" >"$log" 2>&1 ;;
    *.py) timeout 900 python3 "$file" >"$log" 2>&1 ;;
    esac
    echo $? >"$log.status"
    echo $(($(date +%s) - start)) >"$log.seconds"
    times >"$log.processor"'

passed=0
failed=0
for status in build/test-logs/*.status; do
    log=${status%.status}
    name=$(basename "$log" .log)
    code=$(cat "$status")
    ok=$(grep -c '^\[       OK \]' "$log")
    bad=$(grep -c '^\[  FAILED  \] [^0-9]' "$log")
    case "$name" in *.py) [ "$code" = 0 ] && ok=1 bad=0 || { ok=0; bad=1; } ;; esac
    [ "$code" = 0 ] || [ "$bad" -gt 0 ] || bad=1
    passed=$((passed + ok))
    failed=$((failed + bad))
    if [ "$code" = 0 ]; then
        echo "ok    $name ($ok, $(cat "$log.seconds") s)"
        grep '^figure: ' "$log" | sed 's/^/      /'
    else
        echo "FAIL  $name"
        grep -nE 'ERROR|FAILED|error:|expected' "$log" | head -20
        tail -40 "$log"
    fi
done
echo "built in $((built - began)) s, run in $(($(date +%s) - built)) s"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
