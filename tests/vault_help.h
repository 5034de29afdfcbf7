/* vault_help.h -- what the tests of the vault share: a sealed database with people, trying. */
#ifndef TESTS_VAULT_HELP_H
#define TESTS_VAULT_HELP_H

#include "store_help.h"

#include <sqlite3.h>

#include "base/keys.h"
#include "store/inside.h"
#include "store/vault.h"

#define PIN   "482917"
#define OTHER "305826"
#define WORDS "three grey geese"

static struct clock_manual now = {.wall_ms = NOON, .boot_ms = 50000000};
static const uint8_t rest_key[32] = {7, 1, 8, 2, 8, 1, 8, 2, 8, 4, 5, 9};

static inline enum status open_under(struct journal **j, const char *path, const uint8_t *key) {
    struct journal_options o = {.path = path,
                                .clock = clock_manual(&now),
                                .device_name = "a tablet",
                                .device_role = "tablet",
                                .rest_key = key};
    return journal_open(j, &o);
}

static inline struct journal *unlocked(const char *path) {
    struct journal *j = NULL;
    OK(open_under(&j, path, rest_key));
    assert_true(journal_at_rest_sealed(j));
    return j;
}

static inline row_id add_person(struct journal *j, const char *label) {
    struct row r = row_new(&kind_person);
    row_text(&r, "code", label);
    row_text(&r, "label", label);
    return put_alone(j, &r);
}

/* A sealed database whose first person has a PIN; still open. */
static inline struct journal *sealed_for(const char *path, row_id *first) {
    struct journal *j = unlocked(path);
    *first = add_person(j, "AB");
    OK(journal_begin(j));
    OK(vault_put(j, *first, "AB", PIN, rest_key));
    OK(journal_commit(j));
    return j;
}

static inline const char *sealed_one(const char *name) {
    const char *path = scratch(name);
    row_id first = 0;
    journal_close(sealed_for(path, &first));
    return path;
}

static inline struct vault *locked(const char *path) {
    struct vault *v = NULL;
    struct clock clock = clock_manual(&now);
    OK(vault_open(&v, path, NULL, &clock));
    return v;
}

static inline int slot_of(const struct vault *v, const char *label) {
    const struct vault_person *p;
    int last = 0;
    size_t n = vault_people(v, &p, &last);
    for (size_t i = 0; i < n; i++)
        if (strcmp(p[i].label, label) == 0) return p[i].slot;
    return -1;
}

static inline enum status try_as(struct vault *v, const char *label, const char *pass) {
    uint8_t key[32] = {0};
    static const uint8_t none[32];
    enum status s = vault_try(v, slot_of(v, label), pass, key);
    assert_memory_equal(key, s ? none : rest_key, 32);
    return s;
}

/* Into the file, past everything. */
static inline void sql(const char *path, const char *text) {
    sqlite3 *db = NULL;
    char *why = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, text, NULL, NULL, &why) != SQLITE_OK) fail_msg("%s: %s", text, why);
    sqlite3_close(db);
}

struct counted_access {
    int64_t rows, tries, since;
    row_id person;
};

static inline struct counted_access access_of(struct journal *j, const char *what) {
    struct counted_access c = {0};
    struct query q;
    query_open(&q, j, "SELECT tries, since, person FROM access WHERE what = ?1 ORDER BY id", 0);
    query_bind_text(&q, 1, what);
    while (query_next(&q)) {
        c.rows++;
        c.tries = query_int(&q, 0);
        c.since = query_int(&q, 1);
        c.person = query_int(&q, 2);
    }
    OK(query_close(&q));
    return c;
}

#endif
