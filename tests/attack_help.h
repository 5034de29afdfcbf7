/* attack_help.h -- what the tests of attacks share: an attacker's own database is theirs to
 * change, and each counts what it tried. */
#ifndef TESTS_ATTACK_HELP_H
#define TESTS_ATTACK_HELP_H

#include "merge_help.h"

#include <sqlite3.h>

#define ON_TABLET            \
    (struct merge_options) { \
        .tablet = true       \
    }
#define AT_THE_DOOR          \
    (struct merge_options) { \
        0                    \
    }

static int tried;

static inline void ok(enum status s) {
    if (s) print_error("%s: %s\n", status_key(s), status_detail());
    assert_int_equal(s, STATUS_OK);
}

static inline int64_t one(struct journal *j, const char *sql) {
    return query_one_int(j, -1, sql, 0);
}

static inline void plant(struct journal *j, const char *key, const void *p, size_t n) {
    ok(union_keep(j, key, p, n));
}

/* An attacker's own database is theirs to change. */
static inline struct journal *change_own(struct journal *j, const char *file, const char *role,
                                         const char *sql) {
    sqlite3 *db = NULL;
    journal_close(j);
    assert_int_equal(sqlite3_open(scratch(file), &db), SQLITE_OK);
    char *why = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK) print_error("%s\n", why);
    assert_null(why);
    sqlite3_close(db);
    return open_device(file, role);
}

/* Everything of a device, its key too. */
static inline void copy_device(const char *from, const char *to) {
    static const char *const ends[] = {"", "-wal", ".key"};
    for (size_t i = 0; i < 3; i++)
        copy_file(arena_printf(&test_arena, "%s%s", from, ends[i]),
                  arena_printf(&test_arena, "%s%s", to, ends[i]));
}

/* The same row in another database. */
static inline row_id there(struct journal *from, row_id id, struct journal *to) {
    struct arena a = {0};
    struct log_info *logs, log;
    size_t n;
    row_id found = 0;
    ok(union_logs(from, &a, &logs, &n));
    for (size_t i = 0; i < n; i++)
        if (logs[i].no == ROW_LOG(id) && !union_log_by_id(to, &logs[i].id, &log))
            found = ROW_ID(log.no, ROW_SEQ(id));
    arena_release(&a);
    assert_true(found != 0);
    return found;
}

/* What y wrote comes into x's hands, and x can point at it. */
static inline void learn(struct journal *x, struct journal *y, const char *file) {
    struct merge_summary sum;
    export_to(y, file, (struct export_options){.open = true, .everything = true});
    ok(try_merge(x, file, (struct merge_options){.trust = true}, &sum));
}

static inline void withdraw(struct journal *j, const struct kind *k, row_id id) {
    now.wall_ms += 1000;
    ok(journal_begin(j));
    ok(journal_withdraw(j, k, id));
    ok(journal_commit(j));
}

static inline bool file_holds(const char *file, const char *words) {
    static const char *const ends[] = {"", "-wal", "-shm", "-journal", ".spool"};
    bool found = false;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        struct buf b = {0};
        const char *path = scratch(arena_printf(&test_arena, "%s%s", file, ends[i]));
        if (!file_exists(path)) continue;
        ok(file_read(path, 64 << 20, &b));
        found |= b.size && memmem(b.data, b.size, words, strlen(words)) != NULL;
        buf_release(&b);
    }
    return found;
}

/* ---- an old pack, and words that were erased ---- */

static inline void erase(struct journal *m, row_id row) {
    struct erase_summary gone;
    ok(journal_erase(m, row, "asked for", 20000, &gone));
    assert_true(gone.versions > 0);
}

static inline int end_attacks(void **state) {
    printf("figure: attacks tried: %d\n", tried);
    return end(state);
}

#endif
