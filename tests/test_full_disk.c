/* test_full_disk.c -- a merge on a disk that is full, an export to a stick that is full or is
 * pulled out, at every place where it can happen.
 *
 * needs: sync store base
 *
 * The 1st, 2nd, 3rd … write or sync fails, until one run goes through: SQLite's below it
 * (vfs_shim.c), those of the bundle in the linker's place (file_shim.c). Each time it is told,
 * the master is as it was, nothing half stands under a final name; and run again it is done. */
#include "merge_help.h"

#include "vfs_shim.c"

#include "file_shim.c"

#define PLACES_MAX 2000

static struct journal *open_shim(const char *path, const char *role, const char *key) {
    struct journal *j = NULL;
    struct journal_options o = {.path = path,
                                .key_path = key,
                                .clock = clock_manual(&now),
                                .device_name = role,
                                .device_role = role,
                                .vfs = "shim",
                                .rest_key = test_rest_key()};
    enum status s = journal_open(&j, &o);
    if (s) print_error("open: %s\n", status_detail());
    assert_int_equal(s, STATUS_OK);
    return j;
}

static struct journal *office_on_shim(const char *path) {
    char text[RECOVERY_TEXT_BYTES];
    struct journal *m = open_shim(path, "office", scratch("full-office.key"));
    add_provider(m, "P1");
    add_service(m, "OAK");
    assert_int_equal(office_recovery_make(m, text), STATUS_OK);
    return m;
}

static hash256 whole_content(struct journal *j) {
    hash256 h;
    assert_int_equal(journal_content_hash(j, true, &h), STATUS_OK);
    return h;
}

/* ---- a merge ---- */

static int walk_merge(struct journal *m, const char *bundle, int code, enum status want,
                      bool once) {
    struct merge_summary sum;
    int64_t rows, rows_after;
    hash256 before = whole_content(m), tables = tables_of(m, true, &rows);
    for (int at = 1; at < PLACES_MAX; at++) {
        shim_arm(at, code, once);
        enum status s = try_merge(m, bundle, (struct merge_options){0}, &sum);
        bool hit = shim.calls >= at;
        shim_arm(0, 0, false);
        if (!s) {
            assert_false(hit && !once);
            return at - 1;
        }
        assert_true(s == want || s == STATUS_IO);
        assert_true(strlen(status_detail()) > 5);
        hash256 h = whole_content(m);
        assert_memory_equal(h.b, before.b, 32);
        h = tables_of(m, true, &rows_after);
        assert_memory_equal(h.b, tables.b, 32);
        if (at % 16 == 1) laws(m);
    }
    fail_msg("the merge never went through");
    return 0;
}

static void a_merge_on_a_full_disk(void **state) {
    (void)state;
    static const struct {
        int code;
        enum status want;
        bool once;
    } faults[] = {{SQLITE_FULL, STATUS_DISK_FULL, false},
                  {SQLITE_FULL, STATUS_DISK_FULL, true},
                  {SQLITE_IOERR_WRITE, STATUS_IO, true},
                  {SQLITE_IOERR_FSYNC, STATUS_IO, true}};
    int places = 0;
    shim_register();
    struct journal *m = office_on_shim("/disk/full.db");
    for (int i = 0; i < 4; i++) {
        char *name = arena_printf(&test_arena, "full-%d.lantern", i);
        struct journal *t = open_device(arena_printf(&test_arena, "full-%d.db", i), "tablet");
        enrol_tablet(m, t, arena_printf(&test_arena, "full-%d", i));
        work(t, (uint64_t)i + 1, 60);
        add_photo(t, add_visit(t, "NIGHT"), 200000, 7);
        assert_true(send(t, name).sealed);
        places += walk_merge(m, name, faults[i].code, faults[i].want, faults[i].once);
        laws(m);
        assert_int_equal(merge_sealed(m, name).added,
                         0); /* the last run of the walk was whole */
        journal_close(t);
    }
    printf(
        "figure: a merge of a sealed bundle on a full or failing disk: %d places, each told, "
        "the master as it was, and then whole\n",
        places);
    assert_true(places > 20);
    journal_close(m);
    shim_forget_files();
}

/* ---- an export ---- */

static int walk_export(struct journal *t, struct journal *m, int code, bool once) {
    char *path = arena_printf(&test_arena, "%sstick/night.lantern", files.folder);
    for (int at = 1; at < PLACES_MAX; at++) {
        struct export_summary sum;
        struct merge_summary read;
        struct export_options o = {.path = path, .everything = true};
        unlink(path);
        now.wall_ms += 1000;
        shim.recording = true;
        stick_arm("stick", at, code, once);
        enum status s = export_all(t, &o, &sum);
        bool hit = stick.calls >= at;
        stick_arm("stick", 0, 0, false);
        shim.recording = false;
        if (!s && !hit) return at - 1;
        if (s) {
            assert_true(s == STATUS_DISK_FULL || s == STATUS_IO);
            assert_true(strlen(status_detail()) > 5);
        }
        /* What stands under the name is whole, or nothing stands there. */
        if (file_exists(path)) {
            struct merge_options as_it_is = {.path = path};
            assert_int_equal(merge_file(m, &as_it_is, &read), STATUS_OK);
            assert_int_equal(read.forks + read.gaps, 0);
        } else {
            assert_true(s != STATUS_OK);
        }
        add_answer(t, add_visit(t, "NIGHT"), "met"); /* life goes on */
    }
    fail_msg("the export never went through");
    return 0;
}

static void an_export_to_a_stick(void **state) {
    (void)state;
    static const struct {
        int code;
        bool once;
    } faults[] = {{ENOSPC, true}, {ENOSPC, false}, {EIO, false}, {ENODEV, false}};
    int places = 0;
    struct journal *m = open_office("stick-m.db", NULL);
    struct journal *t = open_device("stick-t.db", "tablet");
    snprintf(files.folder, sizeof files.folder, "%s/stick-of-tests/", scratch_dir());
    assert_int_equal(file_make_dirs(arena_printf(&test_arena, "%sstick", files.folder)),
                     STATUS_OK);
    enrol_tablet(m, t, "stick");
    work(t, 5, 20);
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        char *path = arena_printf(&test_arena, "%sstick/night.lantern", files.folder);
        struct merge_summary sum;
        struct merge_options o = {.path = path};
        places += walk_export(t, m, faults[i].code, faults[i].once);
        assert_int_equal(merge_file(m, &o, &sum), STATUS_OK); /* the one that went through */
        assert_true(sum.added > 0 && sum.forks + sum.gaps == 0);
        laws(m);
    }
    laws(t);
    printf("figure: an export to a stick that is full or pulled out: %d places, each told, "
           "nothing half under the name, nothing lost\n",
           places);
    assert_true(places > 20);
    journal_close(t);
    journal_close(m);
    files_forget();
    shim_forget_ops();
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_merge_on_a_full_disk),
                                       cmocka_unit_test(an_export_to_a_stick)};
    log_open("/dev/null");
    return cmocka_run_group_tests(tests, begin, end);
}
