#!/bin/sh
# Fuzzes each door for foreign bytes with clang's libFuzzer, AddressSanitizer and UBSan:
#   make fuzz [FUZZ=name] [FUZZ_RUNS=1000000]
# Starts from tests/corpus/NAME and the target's own seeds; what is found lies in build/fuzz/finds.
# Prints one line a target: runs, findings, line coverage of the files that its "covers:" names.
# FUZZ_KEEP=1 makes tests/corpus/NAME anew: of the fewest inputs that reach the same edges, at most 64.
set -u
cd "$(dirname "$0")/../.." || exit 1
runs=${FUZZ_RUNS:-1000000}
names=${FUZZ:-body template author csv bundle pack sealed picture voice}
out=${FUZZ_OUT:-build/fuzz}
export ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1:quarantine_size_mb=16:malloc_context_size=4 LSAN_OPTIONS=suppressions=tests/leaks.supp:print_suppressions=0 FUZZ_FIGURES=1
mkdir -p "$out/finds"
failed=0

# The inputs to start from: kept ones and the target's own.
seed() {
    rm -rf "$out/inputs/$1"
    mkdir -p "$out/inputs/$1"
    [ -d "tests/corpus/$1" ] && cp "tests/corpus/$1"/* "$out/inputs/$1/" 2>/dev/null
    LLVM_PROFILE_FILE=/dev/null LANTERN_FUZZ_SEEDS="$out/inputs/$1" "$out/fuzz_$1" >/dev/null 2>&1 || echo "fuzz $1: no seeds" >&2
}

keep() {
    rm -rf "$out/least"
    mkdir -p "$out/least" "tests/corpus/$1"
    LLVM_PROFILE_FILE=/dev/null "$out/fuzz_$1" -merge=1 -use_counters=0 -max_len="$2" "$out/least" "$out/inputs/$1" >"$out/$1.merge.log" 2>&1 || return 1
    rm -f "tests/corpus/$1"/*
    # At most some dozens: of more, every so manieth.
    every=$((($(ls "$out/least" | wc -l) + 63) / 64))
    n=0
    for file in "$out/least"/*; do
        n=$((n + 1))
        [ $((n % every)) = 0 ] || continue
        cp "$file" "tests/corpus/$1/$(basename "$file" | cut -c1-16)"
    done
}

coverage() {
    files=$(sed -n 's/^ \* covers: //p' "tests/fuzz/fuzz_$1.c")
    llvm-profdata merge -sparse "$out/$1.profraw" -o "$out/$1.profdata" || return 1
    # shellcheck disable=SC2086
    llvm-cov report "$out/fuzz_$1" -instr-profile="$out/$1.profdata" $files >"$out/$1.coverage" || return 1
    # Regions, functions, lines: of each three the number, the missed and the share.
    awk '/\.c / { name = $1; sub(".*/", "", name); printf "        %-34s %5.1f %% of %d lines\n", name, 100 * ($8 - $9) / $8, $8 }
         /^TOTAL/ { printf "        together %31.1f %% of %d lines\n", 100 * ($8 - $9) / $8, $8 }' "$out/$1.coverage"
}

for name in $names; do
    seed "$name"
    most=$(sed -n 's/^ \* max_len: //p' "tests/fuzz/fuzz_$name.c")
    [ -f "tests/fuzz/$name.dict" ] && dict="-dict=tests/fuzz/$name.dict" || dict=""
    LLVM_PROFILE_FILE="$out/$name.profraw" "$out/fuzz_$name" -runs="$runs" -max_len="${most:-4096}" $dict \
        -print_final_stats=1 -rss_limit_mb=2048 -timeout=20 -artifact_prefix="$out/finds/$name-" "$out/inputs/$name" >"$out/$name.log" 2>&1
    code=$?
    done_runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$out/$name.log")
    [ $code = 0 ] && found=0 || found=1
    echo "figure: fuzz $name: ${done_runs:-?} runs, $found findings"
    grep '^note: ' "$out/$name.log" | sed 's/^note: /        /'
    if [ $found = 0 ]; then
        coverage "$name"
        [ -z "${FUZZ_KEEP:-}" ] || keep "$name" "${most:-4096}"
    else
        failed=1
        grep -nE 'ERROR|belief|SUMMARY|runtime error' "$out/$name.log" | head -5
        tail -3 "$out/$name.log"
    fi
done
exit $failed
