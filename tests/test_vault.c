/* test_vault.c -- a locked tablet: who is let in, who is not, how long nobody is heard.
 *
 * needs: store base
 *
 * The clock is played by hand: nothing waits. Argon2 is as weak as it may be, except that the
 * function of its name here stands before the library's own, so that a child can end between
 * the counting of a try and its hearing. */
#include "vault_disk.h"
#include "vault_help.h"

#include <dlfcn.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- what stands before the library and the disk ---- */

static int stretched; /* how often a PIN was heard */
static bool die_on_hearing;

int crypto_pwhash(unsigned char *const out, unsigned long long outlen, const char *const passwd,
                  unsigned long long passwdlen, const unsigned char *const salt,
                  unsigned long long opslimit, size_t memlimit, int alg);

int crypto_pwhash(unsigned char *const out, unsigned long long outlen, const char *const passwd,
                  unsigned long long passwdlen, const unsigned char *const salt,
                  unsigned long long opslimit, size_t memlimit, int alg) {
    int (*real)(unsigned char *, unsigned long long, const char *, unsigned long long,
                const unsigned char *, unsigned long long, size_t, int);
    *(void **)&real = dlsym(RTLD_NEXT, "crypto_pwhash");
    if (!real) abort();
    if (die_on_hearing) (void)raise(SIGKILL);
    assert_int_equal(unsynced, 0); /* whatever was written about this try is on the disk */
    stretched++;
    return real(out, outlen, passwd, passwdlen, salt, opslimit, memlimit, alg);
}

static struct vault *locked_watched(const char *path) {
    struct vault *v = NULL;
    struct clock clock = clock_manual(&now);
    unsynced = 0;
    OK(vault_open(&v, path, WATCHED, &clock));
    return v;
}

/* ---- let in ---- */

static void the_right_pin_opens(void **state) {
    (void)state;
    const char *path = sealed_one("opens.db");
    struct journal *j = NULL;
    must_be(STATUS_LOCKED, open_under(&j, path, NULL), "without a key");
    struct vault *v = locked(path);
    const struct vault_person *people;
    int last = 0;
    assert_int_equal(vault_people(v, &people, &last), 1);
    assert_string_equal(people[0].label, "AB");
    assert_true(people[0].pin);
    assert_int_equal(last, -1);
    assert_false(vault_has_code(v));
    uint8_t key[32] = {0};
    must_be(STATUS_NOT_FOUND, vault_try_code(v, "0123-4567-89AB", key), "no code");
    must_be(STATUS_NOT_FOUND, vault_try(v, 99, PIN, key), "no such slot");
    assert_int_equal(vault_wrong(v), 0);
    must_be(STATUS_WRONG_CODE, try_as(v, "AB", OTHER), "another PIN");
    assert_int_equal(vault_wrong(v), 1);
    OK(try_as(v, "AB", PIN));
    assert_int_equal(vault_wrong(v), 0);
    vault_close(v);
    v = locked(path);
    (void)vault_people(v, &people, &last);
    assert_int_equal(last, people[0].slot);
    vault_close(v);
    j = unlocked(path);
    laws(j);
    journal_close(j);
}

static void what_is_not_sealed_has_no_vault(void **state) {
    (void)state;
    struct vault *v = NULL;
    struct journal *j = NULL;
    struct clock clock = clock_manual(&now);
    const char *open = scratch("open.db"), *text = scratch("text.db"), *none = scratch("no.db"),
               *newer = scratch("newer.db"), *bare = scratch("bare.db");
    must_be(STATUS_NOT_FOUND, vault_open(&v, none, NULL, &clock), "no file");
    assert_false(file_exists(none));
    journal_close(open_device(open, &now, "tablet"));
    must_be(STATUS_NOT_FOUND, vault_open(&v, open, NULL, &clock), "an open one");
    OK(file_write(text, "not a database at all, but words enough to be read as one", 57, 0600));
    must_be(STATUS_NOT_OURS, vault_open(&v, text, NULL, &clock), "text");
    OK(file_write(text, "", 0, 0600));
    must_be(STATUS_NOT_FOUND, vault_open(&v, text, NULL, &clock), "an empty file");
    journal_close(open_device(newer, &now, "tablet"));
    sql(newer, "PRAGMA user_version = 3");
    must_be(STATUS_NEWER, vault_open(&v, newer, NULL, &clock), "a newer one");
    OK(open_under(&j, bare, rest_key));
    journal_close(j);
    must_be(STATUS_DAMAGED, vault_open(&v, bare, NULL, &clock), "sealed, without a vault");
    const char *path = sealed_one("held.db");
    struct vault *held = locked(path);
    must_be(STATUS_BUSY, vault_open(&v, path, NULL, &clock), "held by another");
    must_be(STATUS_BUSY, open_under(&j, path, rest_key), "held by a vault");
    vault_close(held);
}

/* ---- waiting ---- */

static void wrong_to(struct vault *v, int tries) {
    while (vault_wrong(v) < tries) {
        now.boot_ms += vault_wait_ms(v);
        must_be(STATUS_WRONG_CODE, try_as(v, "AB", OTHER), "wrong");
    }
}

static void each_wrong_try_waits_longer(void **state) {
    (void)state;
    static const int64_t seconds[] = {0, 0, 0, 0, 30, 60, 120, 300, 900, 3600, 3600, 3600};
    struct vault *v = locked(sealed_one("longer.db"));
    for (int i = 0; i < 12; i++) {
        wrong_to(v, i + 1);
        assert_int_equal(vault_wait_ms(v), seconds[i] * 1000);
        int heard = stretched;
        if (seconds[i]) must_be(STATUS_BUSY, try_as(v, "AB", PIN), "nobody is heard");
        now.boot_ms += seconds[i] * 1000 - (seconds[i] ? 1 : 0);
        if (seconds[i]) must_be(STATUS_BUSY, try_as(v, "AB", PIN), "not a moment sooner");
        assert_int_equal(heard, stretched);
        now.boot_ms += 1;
    }
    OK(try_as(v, "AB", PIN));
    assert_int_equal(vault_wait_ms(v), 0);
    wrong_to(v, 4);
    assert_int_equal(vault_wait_ms(v), 0); /* from the beginning again */
    vault_close(v);
}

/* Whoever has the tablet and nothing else: every way to wait less is tried between tries. */
static void ten_thousand_wrong_pins(void **state) {
    (void)state;
    const char *path = sealed_one("many.db");
    struct vault *v = locked_watched(path);
    draw d = {.s = 4};
    int synced = syncs;
    int64_t began = now.boot_ms, honest = 0;
    int tries = 0, unheard = 0, restarts = 0, reboots = 0, heard = stretched;
    while (tries < 10000) {
        char pin[16];
        snprintf(pin, sizeof pin, "%06u", draw_below(&d, 1000000));
        if (strcmp(pin, PIN) == 0) continue;
        int64_t wait = vault_wait_ms(v);
        if (wait && draw_below(&d, 4) == 0) {
            must_be(STATUS_BUSY, try_as(v, "AB", pin), "while waiting");
            must_be(STATUS_BUSY, try_as(v, "AB", PIN), "even the right one");
            unheard += 2;
        }
        if (draw_below(&d, 50) == 0) {
            now.wall_ms += (draw_below(&d, 2) ? 1 : -1) * 10 * 365 * 86400000LL;
            vault_close(v);
            v = locked_watched(path);
            assert_true(vault_wait_ms(v) >= wait);
            restarts++;
        }
        if (draw_below(&d, 400) == 0) { /* the machine, after half the wait */
            honest += wait / 2 + (now.boot_ms - began);
            vault_close(v);
            began = now.boot_ms = draw_below(&d, 60000);
            v = locked_watched(path);
            reboots++;
        }
        now.boot_ms += vault_wait_ms(v);
        must_be(STATUS_WRONG_CODE, try_as(v, "AB", pin), "a wrong PIN");
        tries++;
    }
    honest += now.boot_ms - began;
    now.wall_ms = NOON;
    assert_int_equal(stretched - heard, tries); /* none was heard that was not counted */
    assert_int_equal(vault_wrong(v), tries);
    assert_true(syncs - synced >= tries); /* each on the disk before it was heard */
    double days = (double)honest / 86400000;
    assert_true(tries / days < 25);
    now.boot_ms += vault_wait_ms(v);
    OK(try_as(v, "AB", PIN));
    vault_close(v);
    struct journal *j = unlocked(path);
    OK(vault_tell(j));
    assert_int_equal(access_of(j, "wrong_tries").tries, tries);
    journal_close(j);
    printf("figure: %d wrong PINs, never in, over %.0f days of an honest clock: %.1f a day, so "
           "a million PINs in %.0f years; %d tries unheard while waiting, %d restarts with the "
           "wall clock ten years off, %d of the machine\n",
           tries, days, tries / days, 1e6 / (tries / days) / 365.25, unheard, restarts,
           reboots);
}

static void waits_are_kept(void **state) {
    (void)state;
    const char *path = sealed_one("kept.db");
    now.boot_ms = 50000000;
    struct vault *v = locked(path);
    wrong_to(v, 10);
    vault_close(v);
    now.boot_ms += 600000;
    v = locked(path); /* the program was ended and begun again */
    assert_int_equal(vault_wrong(v), 10);
    assert_int_equal(vault_wait_ms(v), 3000000);
    vault_close(v);
    for (int way = -1; way <= 1; way += 2) {
        now.wall_ms = NOON + way * 10 * 365 * 86400000LL;
        v = locked(path);
        assert_int_equal(vault_wait_ms(v), 3000000);
        vault_close(v);
    }
    now.wall_ms = NOON;
    now.boot_ms = 1000; /* the machine was started again: only what it shows is believed */
    v = locked(path);
    assert_int_equal(vault_wait_ms(v), 3599000);
    must_be(STATUS_BUSY, try_as(v, "AB", PIN), "after a restart");
    vault_close(v);
    now.boot_ms = 3000000;
    v = locked(path);
    assert_int_equal(vault_wait_ms(v), 600000);
    vault_close(v);
    now.boot_ms = 55000000; /* beyond where the old boot clock stood: over since long */
    v = locked(path);
    assert_int_equal(vault_wait_ms(v), 0);
    OK(try_as(v, "AB", PIN));
    vault_close(v);
}

/* A program that is looked at while the machine starts again (its clock goes back). */
static void a_boot_clock_that_goes_back_begins_again(void **state) {
    (void)state;
    struct vault *v = locked(sealed_one("back.db"));
    now.boot_ms = 90000000;
    wrong_to(v, 10);
    now.boot_ms = 5;
    assert_int_equal(vault_wait_ms(v), 3600000 - 5);
    now.boot_ms = 3600000;
    assert_int_equal(vault_wait_ms(v), 0);
    OK(try_as(v, "AB", PIN));
    vault_close(v);
    now.boot_ms = 50000000;
}

/* Nobody is shut out by photographs that fill the disk; and nobody gets more tries by it. */
static void a_full_disk_costs_an_hour(void **state) {
    (void)state;
    const char *path = sealed_one("full.db");
    struct vault *v = locked_watched(path);
    int heard = stretched;
    full = true;
    for (int i = 0; i < 3; i++) { /* begun again each time: never heard */
        must_be(STATUS_DISK_FULL, try_as(v, "AB", PIN), "not counted");
        must_be(STATUS_BUSY, try_as(v, "AB", PIN), "an hour");
        assert_int_equal(vault_wait_ms(v), 3600000);
        now.boot_ms += 3599999;
        must_be(STATUS_BUSY, try_as(v, "AB", PIN), "not a moment sooner");
        vault_close(v);
        v = locked_watched(path);
        assert_int_equal(stretched, heard);
    }
    must_be(STATUS_DISK_FULL, try_as(v, "AB", OTHER), "not counted");
    for (int i = 0; i < 3; i++) {
        now.boot_ms += 3600000;
        unsynced = 0;
        must_be(STATUS_WRONG_CODE, try_as(v, "AB", OTHER), "one an hour");
        must_be(STATUS_BUSY, try_as(v, "AB", OTHER), "and no more");
    }
    now.boot_ms += 3600000;
    OK(try_as(v, "AB", PIN));
    full = false;
    unsynced = 0;
    vault_close(v);
    v = locked_watched(path);
    OK(try_as(v, "AB", PIN));
    vault_close(v);
}

/* As it is on a tablet: with all of Argon2, and the disk. */
static void how_long_letting_in_takes(void **state) {
    (void)state;
    struct clock clock = clock_system();
    const char *path = sealed_one("timed.db");
    int64_t began = clock_boot(&clock);
    struct vault *v = locked(path);
    int64_t opened = clock_boot(&clock);
    OK(try_as(v, "AB", PIN));
    int64_t tried = clock_boot(&clock);
    vault_close(v);
    printf(
        "figure: the vault opened in %lld ms, a PIN heard and let in in %lld ms (Argon2id, 3 "
        "passes of 64 MiB, and two syncs)\n",
        (long long)(opened - began), (long long)(tried - opened));
    key_lock_weakly_for_tests();
}

/* ---- ended in the middle ---- */

static void a_try_that_was_not_heard_counts(void **state) {
    (void)state;
    const char *path = sealed_one("killed.db");
    for (int i = 1; i <= 6; i++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            struct vault *v = NULL;
            struct clock clock = clock_manual(&now);
            uint8_t key[32];
            die_on_hearing = true;
            if (vault_open(&v, path, NULL, &clock)) _exit(1);
            _exit(vault_try(v, slot_of(v, "AB"), PIN, key) ? 2 : 3);
        }
        int how = 0;
        assert_int_equal(waitpid(child, &how, 0), child);
        assert_true(WIFSIGNALED(how) && WTERMSIG(how) == SIGKILL);
        struct vault *v = locked(path);
        assert_int_equal(vault_wrong(v), i);
        now.boot_ms += vault_wait_ms(v);
        vault_close(v);
    }
    struct vault *v = locked(path);
    OK(try_as(v, "AB", PIN));
    vault_close(v);
}

int main(void) {
    log_open("/dev/null");
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(how_long_letting_in_takes),
        cmocka_unit_test(the_right_pin_opens),
        cmocka_unit_test(what_is_not_sealed_has_no_vault),
        cmocka_unit_test(each_wrong_try_waits_longer),
        cmocka_unit_test(ten_thousand_wrong_pins),
        cmocka_unit_test(waits_are_kept),
        cmocka_unit_test(a_boot_clock_that_goes_back_begins_again),
        cmocka_unit_test(a_full_disk_costs_an_hour),
        cmocka_unit_test(a_try_that_was_not_heard_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
