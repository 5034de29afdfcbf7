/* test_locked_tools.c -- a locked tablet without its screen: export, verify, backup, restore,
 * from the functions and from the program's own command line, with a PIN in a file and with one
 * typed at a terminal.
 *
 * needs: app screen model ui media sync care store base
 *
 * The program is the one that was built beside this test. */
#include "vault_help.h"

#include <libgen.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/backup.h"
#include "app/support.h"

static struct arena life;

/* ---- a locked tablet ---- */

static char *file_of(const char *name, const char *text) {
    char *path = arena_strdup(&life, scratch(name));
    OK(file_write(path, text, strlen(text), 0600));
    return path;
}

/* By the machine's own clock, as the program has it. */
static struct journal *open_as_program(const char *db, const uint8_t *key) {
    struct journal *j = NULL;
    OK(journal_open(&j, &(struct journal_options){.path = db,
                                                  .clock = clock_system(),
                                                  .device_name = "Tablet",
                                                  .device_role = "tablet",
                                                  .rest_key = key}));
    return j;
}

static char *tablet(const char *name, int people) {
    char *dir = arena_strdup(&life, scratch(name));
    OK(file_make_dirs(dir));
    struct journal *j = open_as_program(path_join(&life, dir, "lantern.db"), rest_key);
    row_id first = add_person(j, "AB");
    OK(journal_begin(j));
    OK(vault_put(j, first, "AB", PIN, rest_key));
    OK(journal_commit(j));
    if (people > 1) OK(vault_set(j, add_person(j, "CD"), "CD", WORDS, false));
    for (int i = 0; i < 40; i++)
        (void)add_person(j, arena_printf(&life, "unsinkable %d", i));
    journal_close(j);
    return dir;
}

static int64_t records_of(const char *dir) {
    struct support_result r = {0};
    struct support_who who = {.person = "AB", .pin_file = file_of("records.pin", PIN "\n")};
    OK(support_verify(dir, &who, &r));
    return r.records;
}

static bool readable(const char *path, const char *word) {
    struct buf b = {0};
    OK(file_read(path, 64 << 20, &b));
    bool found = memmem(b.data, b.size, word, strlen(word)) != NULL;
    buf_release(&b);
    return found;
}

/* ---- the functions ---- */

static void one_of_its_people_opens_it(void **state) {
    (void)state;
    char *dir = tablet("people", 2);
    char *pin = file_of("ab.pin", PIN "\r\n"), *words = file_of("cd.pin", WORDS);
    struct support_result r = {0};
    must_be(STATUS_USAGE, support_verify(dir, &(struct support_who){.pin_file = pin}, &r),
            "which of two");
    assert_non_null(strstr(status_detail(), "AB, CD"));
    must_be(STATUS_USAGE,
            support_verify(dir, &(struct support_who){.person = "XY", .pin_file = pin}, &r),
            "nobody of that name");
    must_be(STATUS_WRONG_CODE,
            support_verify(dir, &(struct support_who){.person = "CD", .pin_file = pin}, &r),
            "another's PIN");
    assert_int_not_equal(
        support_verify(dir, &(struct support_who){.person = "CD", .pin_file = dir}, &r),
        STATUS_OK); /* a folder */
    must_be(STATUS_USAGE,
            support_verify(
                dir, &(struct support_who){.person = "CD", .pin_file = file_of("no.pin", "\n")},
                &r),
            "an empty file");
    OK(support_verify(dir, &(struct support_who){.person = "CD", .pin_file = words}, &r));
    OK(support_verify(dir, &(struct support_who){.person = "AB", .pin_file = pin}, &r));
    assert_true(r.records > 40);
    char *out = arena_strdup(&life, scratch("out.lantern"));
    OK(support_export(dir, out, &(struct support_who){.person = "AB", .pin_file = pin}, &r));
    assert_true(r.records > 40 && file_size(out) == r.bytes);
}

static void wrong_tries_count_as_on_the_lock_page(void **state) {
    (void)state;
    char *dir = tablet("count", 1), *wrong = file_of("wrong.pin", OTHER);
    struct support_who who = {.pin_file = wrong};
    struct support_result r = {0};
    for (int i = 0; i < 5; i++)
        must_be(STATUS_WRONG_CODE, support_verify(dir, &who, &r), "wrong");
    who.pin_file = file_of("right.pin", PIN);
    must_be(STATUS_LOCKED, support_verify(dir, &who, &r), "nobody is heard");
    assert_non_null(strstr(status_detail(), "another 30 s"));
    struct vault *v = NULL;
    struct clock clock = clock_system();
    OK(vault_open(&v, path_join(&life, dir, "lantern.db"), NULL, &clock));
    assert_int_equal(vault_wrong(v), 5);
    must_be(STATUS_BUSY, support_verify(dir, &who, &r), "while the lock page stands");
    vault_close(v);
}

static void a_backup_is_sealed_too(void **state) {
    (void)state;
    char *dir = tablet("backed", 1), *other = arena_strdup(&life, scratch("elsewhere"));
    char *file = arena_strdup(&life, scratch("sealed.backup"));
    struct support_who who = {.pin_file = file_of("backup.pin", PIN)},
                       wrong = {.pin_file = file_of("not.pin", OTHER)};
    struct backup_result made = {0}, back = {0};
    int64_t was = records_of(dir);
    must_be(STATUS_WRONG_CODE, backup_make(dir, file, &wrong, &made), "another PIN");
    assert_false(file_exists(file));
    OK(backup_make(dir, file, &who, &made));
    assert_int_equal(made.records, was);
    assert_false(readable(file, "unsinkable"));
    hash256 before, after;
    struct buf b = {0};
    OK(file_read(file, 64 << 20, &b));
    before = hash_of(b.data, b.size);
    must_be(STATUS_WRONG_CODE, backup_restore(other, file, &wrong, &life, &back), "wrong");
    assert_false(file_exists(path_join(&life, other, "lantern.db")));
    assert_false(file_exists(path_join(&life, other, "restoring.db")));
    assert_false(file_exists(path_join(&life, other, "restoring.db-wal")));
    OK(backup_restore(other, file, &who, &life, &back));
    assert_int_equal(back.records, was);
    assert_null(back.aside);
    assert_true(records_of(other) >= was);             /* a new incarnation has begun */
    OK(backup_restore(dir, file, &who, &life, &back)); /* over one that nobody opened */
    assert_true(file_exists(path_join(&life, back.aside, "lantern.db")));
    assert_true(file_exists(path_join(&life, back.aside, "lantern.db.key")));
    buf_clear(&b);
    OK(file_read(file, 64 << 20, &b));
    after = hash_of(b.data, b.size);
    assert_memory_equal(&before, &after, 32); /* trying has not written into it */
    buf_release(&b);
    struct vault *v = NULL;
    struct clock clock = clock_system();
    OK(vault_open(&v, path_join(&life, dir, "lantern.db"), NULL, &clock));
    must_be(STATUS_BUSY, backup_restore(dir, file, &who, &life, &back), "while it is held");
    vault_close(v);
}

/* ---- the program ---- */

static const char *program(void) {
    char self[4096] = "";
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    assert_true(n > 0);
    return path_join(&life, dirname(self), "lantern");
}

/* What it printed; typed: given at the terminal when it asks. */
static char *run(const char *const *args, const char *typed, int *status) {
    const char *path = program();
    if (!file_exists(path)) skip();
    struct buf said = {0};
    int terminal = -1;
    pid_t child = forkpty(&terminal, NULL, NULL, NULL);
    assert_true(child >= 0);
    if (child == 0) {
        execv(path, (char *const *)(uintptr_t)args);
        _exit(99);
    }
    char bytes[512];
    bool asked = false;
    ssize_t n;
    while ((n = read(terminal, bytes, sizeof bytes)) > 0) {
        buf_add(&said, bytes, (size_t)n);
        if (!typed || asked || !strstr(buf_str(&said), " of ")) continue;
        usleep(50000); /* it empties what was typed before it hid it */
        assert_int_equal(write(terminal, typed, strlen(typed)), strlen(typed));
        asked = true;
    }
    close(terminal);
    assert_int_equal(waitpid(child, status, 0), child);
    *status = WIFEXITED(*status) ? WEXITSTATUS(*status) : -1;
    char *out = arena_strdup(&life, buf_str(&said));
    buf_release(&said);
    return out;
}
#define RUN(typed, status, ...) \
    run((const char *const[]){"lantern", __VA_ARGS__, NULL}, typed, status)

static void the_pin_is_typed_unseen(void **state) {
    (void)state;
    char *dir = tablet("typed", 1);
    int status = 0;
    char *said = RUN(PIN "\n", &status, "verify", "--data", dir);
    if (status != 0) print_error("%s\n", said);
    assert_int_equal(status, 0);
    assert_non_null(strstr(said, "PIN of AB: "));
    assert_non_null(strstr(said, "every chain holds"));
    assert_null(strstr(said, PIN));
    said = RUN(OTHER "\n", &status, "verify", "--data", dir);
    assert_int_equal(status, 2);
    assert_null(strstr(said, OTHER));
    said = RUN("\003", &status, "verify", "--data", dir);
    assert_int_equal(status, 2);
}

static void the_command_line(void **state) {
    (void)state;
    char *dir = tablet("line", 2), *pin = file_of("line.pin", PIN);
    char *out = arena_strdup(&life, scratch("line.backup"));
    char *other = arena_strdup(&life, scratch("line2"));
    int status = 0;
    char *said = RUN(NULL, &status, "verify", "--data", dir, "--pin-file", pin);
    assert_int_equal(status, 1);
    assert_non_null(strstr(said, "--person with one of: AB, CD"));
    (void)RUN(NULL, &status, "backup", "--data", dir, "--out", out, "--pin-file", pin,
              "--person", "AB");
    assert_int_equal(status, 0);
    (void)RUN(NULL, &status, "restore", "--data", other, "--from", out, "--pin-file", pin,
              "--person", "AB");
    assert_int_equal(status, 0);
    said = RUN(WORDS "\n", &status, "verify", "--data", other, "--person", "CD");
    if (status != 0) print_error("%s\n", said);
    assert_int_equal(status, 0);
    assert_non_null(strstr(said, "Passphrase of CD: "));
    said = RUN(NULL, &status, "--help");
    assert_non_null(strstr(said, "--pin-file"));
}

static int start(void **state) {
    (void)state;
    log_open("/dev/null");
    key_lock_weakly_for_tests();
    return 0;
}

static int finish(void **state) {
    (void)state;
    arena_release(&life);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_of_its_people_opens_it),
        cmocka_unit_test(wrong_tries_count_as_on_the_lock_page),
        cmocka_unit_test(a_backup_is_sealed_too),
        cmocka_unit_test(the_pin_is_typed_unseen),
        cmocka_unit_test(the_command_line),
    };
    return cmocka_run_group_tests(tests, start, finish);
}
