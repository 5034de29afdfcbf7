# Lantern. `make run` opens the app, `make test` proves it, `make` builds both programs.
# Both look for what is missing and install it on Debian when they may (see platform/linux/setup.sh).

B     ?= build
ifeq ($(origin CC),default)
CC    := gcc
endif
OPT   ?= -O2 -g
WARN  := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition \
         -Wpointer-arith -Wwrite-strings -Wcast-qual -Wformat=2 -Wundef -Wvla -Wimplicit-fallthrough \
         -Wnull-dereference -Wdouble-promotion -Wconversion -Wsign-conversion
WERROR ?=
SAN   ?=
PKGS  := sdl2 SDL2_ttf SDL2_image sqlite3 zlib libsodium jansson libjpeg libpng libexif opus libopusenc opusfile
PC    := pkg-config
TPCFLAGS := $(patsubst -I%,-isystem %,$(shell $(PC) --cflags $(PKGS) 2>/dev/null))
TPLIBS   := $(shell $(PC) --libs $(PKGS) 2>/dev/null) -lhpdf -lm -lpthread -ldl
# SDL's header would take in every vector instruction there is: half a second for each file.
NO_VECTORS := $(addprefix -DSDL_DISABLE_,$(addsuffix _H,IMMINTRIN MMINTRIN XMMINTRIN EMMINTRIN PMMINTRIN))
CFLAGS_ALL = -std=c17 -D_GNU_SOURCE $(NO_VECTORS) $(OPT) $(WARN) $(WERROR) $(SAN) -Isrc -I. $(TPCFLAGS) -include base/banned.h -MMD -MP

MODULES := base store care author model media ui screen app office sync platform
src_of = $(if $(filter sync,$(1)),$(wildcard sync/*.c),$(if $(filter platform,$(1)),$(filter-out %/main.c,$(wildcard platform/linux/*.c)),$(filter-out %/main.c,$(wildcard src/$(1)/*.c src/$(1)/*/*.c))))
obj_of = $(patsubst %.c,$(B)/obj/%.o,$(call src_of,$(1)))
lib_of = $(foreach m,$(1),$(B)/lib/lib$(m).a)
# What a module needs, lowest last, for the linker.
LIBS_LANTERN := platform app screen model ui media sync care store base
LIBS_OFFICE  := office sync model media author care store base

.PHONY: all run test test-all bench bench-bin check clean install uninstall setup floors fuzz fuzz-bin demo
all: $(B)/lantern $(B)/lantern-office

define module_rules
$(B)/lib/lib$(1).a: $(call obj_of,$(1))
	@mkdir -p $$(@D)
	@rm -f $$@
	@ar rcs $$@ $$^
endef
$(foreach m,$(MODULES),$(eval $(call module_rules,$(m))))

$(B)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -c $< -o $@

$(B)/lantern: $(B)/obj/platform/linux/main.o $(call lib_of,$(LIBS_LANTERN))
	$(CC) $(SAN) -o $@ $< -Wl,--start-group $(call lib_of,$(LIBS_LANTERN)) -Wl,--end-group $(TPLIBS)
$(B)/lantern-office: $(B)/obj/src/office/main.o $(call lib_of,$(LIBS_OFFICE))
	$(CC) $(SAN) -o $@ $< -Wl,--start-group $(call lib_of,$(LIBS_OFFICE)) -Wl,--end-group $(TPLIBS)

# ---- tests: each tests/test_X.c is one cmocka binary; its first lines name the modules it links: "needs: store base"
TESTS := $(patsubst tests/test_%.c,%,$(wildcard tests/test_*.c))
ASAN  := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
# Under the sanitizers a test's many assertions take twice as long to optimize as to compile.
$(B)/obj/tests/%.o: override OPT := $(patsubst -O1,-Og,$(OPT))
needs = $(shell sed -n 's/.*needs: \([a-z ]*\).*/\1/p' tests/test_$(1).c | head -1)
define test_rules
$(B)/test_$(1): $(B)/obj/tests/test_$(1).o $(B)/obj/tests/support.o $(call lib_of,$(call needs,$(1)))
	$(CC) $(SAN) -o $$@ $$< $(B)/obj/tests/support.o -Wl,--start-group $(call lib_of,$(call needs,$(1))) -Wl,--end-group $(TPLIBS) -lcmocka
endef
$(foreach t,$(TESTS),$(eval $(call test_rules,$(t))))
tests-bin: $(foreach t,$(TESTS),$(B)/test_$(t)) $(B)/lantern $(B)/lantern-office
# One test, with sanitizers: make t-journal
t-%:
	@$(MAKE) --no-print-directory B=build/asan OPT="-O1 -g1" SAN="$(ASAN)" build/asan/test_$*
	cd $(CURDIR) && build/asan/test_$*

# ---- benchmarks: each tests/bench/bench_X.c is a program; measure.c is what they share
BENCHES := $(patsubst tests/bench/%.c,%,$(wildcard tests/bench/bench_*.c))
$(addprefix $(B)/,$(BENCHES)): $(B)/bench_%: $(B)/obj/tests/bench/bench_%.o $(B)/obj/tests/bench/measure.o $(call lib_of,$(LIBS_LANTERN))
	$(CC) $(SAN) -o $@ $< $(B)/obj/tests/bench/measure.o -Wl,--start-group $(call lib_of,$(LIBS_LANTERN)) -Wl,--end-group $(TPLIBS)
bench-bin: $(addprefix $(B)/,$(BENCHES)) $(B)/lantern $(B)/lantern-office

# ---- fuzzing: each tests/fuzz/fuzz_X.c is a libFuzzer program (clang); make fuzz [FUZZ=body] [FUZZ_RUNS=1000000]
FUZZES := $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_SAN := -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer \
            -fprofile-instr-generate -fcoverage-mapping
$(addprefix $(B)/,$(FUZZES)): $(B)/fuzz_%: $(B)/obj/tests/fuzz/fuzz_%.o $(call lib_of,$(LIBS_OFFICE))
	$(CC) $(SAN) -fsanitize=fuzzer -o $@ $< -Wl,--start-group $(call lib_of,$(LIBS_OFFICE)) -Wl,--end-group $(TPLIBS)
fuzz-bin: $(if $(FUZZ),$(B)/fuzz_$(FUZZ),$(addprefix $(B)/,$(FUZZES)))

setup:
	@sh platform/linux/setup.sh
test: setup
	@sh tests/run.sh
test-all: setup
	@LANTERN_TEST_ALL=1 sh tests/run.sh
run: setup
	@$(MAKE) --no-print-directory -s -j$$(nproc 2>/dev/null || echo 2) all
	@sh platform/linux/run.sh
demo: setup
	@$(MAKE) --no-print-directory -s -j$$(nproc 2>/dev/null || echo 2) all
	@sh platform/linux/demo.sh
floors:
	@python3 tests/floors.py
# Compiles everything as strictly as can be, with either compiler (make check CC=clang), and keeps the floors.
check: setup floors
	@$(MAKE) --no-print-directory -s B=build/check-$(CC) WERROR=-Werror all tests-bin
	@echo "No warning with $(CC)."
# DESTDIR=… for packages; PREFIX=~/.local to need no root. Checks that were kept are never touched, see install.sh.
PREFIX  ?= /usr/local
DESTDIR ?=
install: all
	@sh platform/linux/install/install.sh install "$(B)" "$(DESTDIR)" "$(PREFIX)"
uninstall:
	@sh platform/linux/install/install.sh uninstall "$(B)" "$(DESTDIR)" "$(PREFIX)"
bench: setup
	@$(MAKE) --no-print-directory -s bench-bin
	@sh tests/bench/run.sh
fuzz:
	@sh platform/linux/setup.sh fuzz
	@$(MAKE) --no-print-directory -s B=build/fuzz CC=clang OPT="-O1 -g -DLANTERN_LIBFUZZER" SAN="$(FUZZ_SAN)" fuzz-bin
	@FUZZ="$(FUZZ)" sh tests/fuzz/fuzz.sh
clean:
	rm -rf build

-include $(shell find $(B)/obj -name '*.d' 2>/dev/null)
