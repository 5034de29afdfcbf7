/* merge_help.h -- what the tests of bundles share: devices that write through journal.h,
 * bundles between them, and one hash over all that a master holds.
 *
 * Each test is one program of one file, so what stands here is there once. */
#ifndef TESTS_MERGE_HELP_H
#define TESTS_MERGE_HELP_H

#include "support.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/keys.h"
#include "base/log.h"
#include "rest_env.h"
#include "store/query.h"
#include "sync/bundle.h"
#include "sync/enrol.h"
#include "sync/office_keys.h"
#include "sync/plan.h"
#include "sync/receipt.h"

#define EVENING 1795305600000LL
#define DAY_MS  (24 * 60 * 60 * 1000LL)

static struct clock_manual now;
static struct arena test_arena; /* texts of queries must outlive every journal */

static inline struct journal *open_device(const char *name, const char *role) {
    struct journal *j = NULL;
    struct journal_options o = {.path = scratch(name),
                                .clock = clock_manual(&now),
                                .device_name = name,
                                .device_role = role,
                                .rest_key = test_rest_key()};
    enum status s = journal_open(&j, &o);
    if (s) print_error("open: %s\n", status_detail());
    assert_int_equal(s, STATUS_OK);
    believe_sealed(j);
    return j;
}

static inline row_id put(struct journal *j, struct row *r) {
    now.wall_ms += 1500;
    enum status s = journal_put_alone(j, r);
    if (s) print_error("put: %s\n", status_detail());
    assert_int_equal(s, STATUS_OK);
    return r->id;
}

static inline row_id add_visit(struct journal *j, const char *form) {
    struct row r = row_new(&kind_visit);
    row_text(&r, "template", form);
    row_int(&r, "started", now.wall_ms);
    hash256 name;
    char text[400];
    snprintf(text, sizeof text, "{\"the form\": \"%s\"}", form);
    assert_int_equal(blob_put(j, text, strlen(text), &name), STATUS_OK);
    row_hash(&r, "template_hash", &name);
    return put(j, &r);
}

static inline row_id add_answer(struct journal *j, row_id visit, const char *word) {
    struct row r = row_new(&kind_answer);
    row_ref(&r, "visit", visit);
    row_text(&r, "item", "bell-reach");
    row_text(&r, "word", word);
    row_text(&r, "note", "The cord was tied up behind the bed, out of reach.");
    return put(j, &r);
}

static inline row_id add_action(struct journal *j, row_id visit, const char *reference) {
    struct row r = row_new(&kind_action);
    row_ref(&r, "visit", visit);
    row_text(&r, "reference", reference);
    row_text(&r, "different", "People in bed can reach the cord");
    return put(j, &r);
}

static inline void change_answer(struct journal *j, row_id answer, const char *word) {
    struct arena a = {0};
    struct row r;
    assert_int_equal(journal_row(j, &kind_answer, answer, &a, &r), STATUS_OK);
    row_text(&r, "word", word);
    put(j, &r);
    arena_release(&a);
}

static inline void add_photo(struct journal *j, row_id visit, size_t size, uint64_t seed) {
    draw d = {seed};
    struct buf bytes = {0};
    while (bytes.size < size)
        buf_u64(&bytes, draw_next(&d));
    struct row r = row_new(&kind_attachment);
    hash256 name;
    assert_int_equal(blob_put(j, bytes.data, bytes.size, &name), STATUS_OK);
    row_ref(&r, "visit", visit);
    row_ref(&r, "to", visit);
    row_hash(&r, "hash", &name);
    row_text(&r, "sort", "photo");
    row_int(&r, "size", (int64_t)bytes.size);
    put(j, &r);
    buf_release(&bytes);
}

/* An hour of work: visits, answers, second thoughts, a photo now and then. */
static inline void work(struct journal *j, uint64_t seed, int steps) {
    draw d = {seed};
    row_id visit = add_visit(j, "NIGHT"), answers[64];
    int n = 0;
    for (int i = 0; i < steps; i++) {
        uint32_t what = draw_below(&d, 12);
        if (what == 0) visit = add_visit(j, draw_below(&d, 2) ? "NIGHT" : "TALK");
        if (what == 1) add_photo(j, visit, 200 + draw_below(&d, 3000), draw_next(&d));
        if (what >= 2 && what < 8 && n < 64) answers[n++] = add_answer(j, visit, "met");
        if (what >= 8 && what < 11 && n)
            change_answer(j, answers[draw_below(&d, (uint32_t)n)],
                          draw_below(&d, 2) ? "partly" : "not_met");
        if (what == 11 && n > 1) {
            row_id gone = answers[--n];
            now.wall_ms += 700;
            assert_int_equal(journal_begin(j), STATUS_OK);
            assert_int_equal(journal_withdraw(j, &kind_answer, gone), STATUS_OK);
            assert_int_equal(journal_commit(j), STATUS_OK);
        }
    }
}

static inline struct export_summary export_to(struct journal *j, const char *name,
                                              struct export_options o) {
    struct export_summary sum;
    o.path = scratch(name);
    now.wall_ms += 60000;
    enum status s = export_all(j, &o, &sum);
    if (s) print_error("export: %s\n", status_detail());
    assert_int_equal(s, STATUS_OK);
    assert_int_equal(file_size(o.path), sum.bytes);
    return sum;
}

static inline struct export_summary send(struct journal *j, const char *name) {
    return export_to(j, name, (struct export_options){.purpose = BUNDLE_TO_OFFICE});
}

static inline enum status try_merge(struct journal *j, const char *name, struct merge_options o,
                                    struct merge_summary *sum) {
    o.path = scratch(name);
    *sum = (struct merge_summary){0};
    return merge_file(j, &o, sum);
}

static inline struct merge_summary merge(struct journal *j, const char *name) {
    struct merge_summary sum;
    enum status s = try_merge(j, name, (struct merge_options){.trust = true}, &sum);
    if (s) print_error("merge %s: %s\n", name, status_detail());
    assert_int_equal(s, STATUS_OK);
    return sum;
}

static inline struct merge_summary read_pack(struct journal *j, const char *name) {
    struct merge_summary sum;
    enum status s =
        try_merge(j, name, (struct merge_options){.tablet = true, .trust = true}, &sum);
    if (s) print_error("pack %s: %s\n", name, status_detail());
    assert_int_equal(s, STATUS_OK);
    return sum;
}

/* ---- what a master holds
 * ---------------------------------------------------------------------- */

static inline void laws(struct journal *j) {
    struct journal_report r;
    enum status s = journal_verify(j, &r);
    if (s) print_error("verify: %s\n", status_detail());
    assert_int_equal(s, STATUS_OK);
}

/* One query a kind: every column of every row as text, references by their global meaning. */
static inline const char *dump_query(const struct kind *k) {
    static const char *made[256];
    BELIEVE(k->number < 256);
    if (made[k->number]) return made[k->number];
    struct buf b = {0};
    buf_text(
        &b,
        "SELECT hex(lantern_order(id)) || '|' || hex(lantern_order(version)) || '|' || hlc "
        "|| '|' || at || '|' || coalesce(hex(lantern_order(\"by\")), '') || '|' || withdrawn "
        "|| '|' || coalesce(hex(lantern_order(rival)), '')");
    for (int i = 0; k->columns[i].name; i++)
        buf_printf(&b,
                   k->columns[i].type == COL_REF
                       ? " || '|' || coalesce(hex(lantern_order(\"%s\")), '')"
                       : " || '|' || quote(\"%s\")",
                   k->columns[i].name);
    buf_printf(&b, " FROM \"%s\" ORDER BY lantern_order(id)", k->name);
    made[k->number] = arena_strdup(&test_arena, buf_str(&b));
    buf_release(&b);
    return made[k->number];
}

static inline hash256 tables_of(struct journal *j, bool keep_device, int64_t *rows) {
    struct hash_state h;
    struct arena a = {0};
    hash_start(&h);
    *rows = 0;
    for (size_t i = 0; i < kinds_count; i++) {
        const struct kind *k = kind_at(i);
        if (k->number == KIND_salt || (!keep_device && k->number == KIND_device)) continue;
        struct query q;
        for (query_open(&q, j, dump_query(k), 0); query_next(&q); ++*rows) {
            char *line = query_text(&q, 0, &a);
            hash_add(&h, k->name, strlen(k->name));
            hash_add(&h, line, strlen(line) + 1);
        }
        assert_int_equal(query_close(&q), STATUS_OK);
        arena_reset(&a);
    }
    arena_release(&a);
    return hash_end(&h);
}

static inline hash256 content(struct journal *j) {
    hash256 h;
    assert_int_equal(journal_content_hash(j, false, &h), STATUS_OK);
    return h;
}

static inline void same_masters(struct journal *a, struct journal *b) {
    int64_t rows_a, rows_b;
    hash256 ha = content(a), hb = content(b);
    assert_memory_equal(ha.b, hb.b, 32);
    ha = tables_of(a, false, &rows_a);
    hb = tables_of(b, false, &rows_b);
    assert_int_equal(rows_a, rows_b);
    assert_memory_equal(ha.b, hb.b, 32);
}

static inline void make_pack(struct journal *office, const char *name) {
    export_to(office, name,
              (struct export_options){.purpose = BUNDLE_PACK, .everything = true});
}

static inline row_id add_provider(struct journal *j, const char *code) {
    struct row r = row_new(&kind_provider);
    row_text(&r, "code", code);
    row_text(&r, "name", "A provider");
    return put(j, &r);
}

static inline void add_service(struct journal *j, const char *code) {
    struct row r = row_new(&kind_service);
    row_text(&r, "code", code);
    row_text(&r, "name", "A home");
    put(j, &r);
}

static inline void copy_file(const char *from, const char *to) {
    struct buf bytes = {0};
    if (!file_exists(scratch(from))) return;
    assert_int_equal(file_read(scratch(from), 64 << 20, &bytes), STATUS_OK);
    assert_int_equal(file_write(scratch(to), bytes.data, bytes.size, 0600), STATUS_OK);
    buf_release(&bytes);
}

/* ---- enrolled devices ---- */

/* A master as init makes it: a provider, a recovery key (its secret in *recovery unless NULL).
 */
static inline struct journal *open_office(const char *name, uint8_t *recovery) {
    struct journal *m = open_device(name, "office");
    char text[RECOVERY_TEXT_BYTES];
    uint8_t secret[32];
    add_provider(m, "P1");
    add_service(m, "OAK");
    assert_int_equal(office_recovery_make(m, text), STATUS_OK);
    assert_int_equal(office_recovery_read(text, secret), STATUS_OK);
    if (recovery) memcpy(recovery, secret, 32);
    return m;
}

/* The first pack, under its code. */
static inline struct enrol_made first_pack(struct journal *m, const char *name,
                                           const char *file) {
    struct enrol_made made;
    enum status s = enrol_new(m, name, NULL, NULL, &made);
    if (s) print_error("enrol: %s\n", status_detail());
    assert_int_equal(s, STATUS_OK);
    export_to(m, file,
              (struct export_options){.purpose = BUNDLE_PACK,
                                      .everything = true,
                                      .for_tablet = name,
                                      .code = made.code,
                                      .token = made.token});
    return made;
}

static inline struct merge_summary read_first_pack(struct journal *t, const char *file,
                                                   const char *code) {
    struct merge_summary sum;
    enum status s =
        try_merge(t, file, (struct merge_options){.tablet = true, .code = code}, &sum);
    if (s) print_error("first pack %s: %s\n", file, status_detail());
    assert_int_equal(s, STATUS_OK);
    assert_true(sum.sealed && sum.enrolled && sum.pack);
    return sum;
}

static inline struct enrol_made enrol_tablet(struct journal *m, struct journal *t,
                                             const char *name) {
    char *file = arena_printf(&test_arena, "first-%s.lantern", name);
    struct enrol_made made = first_pack(m, name, file);
    read_first_pack(t, file, made.code);
    return made;
}

/* What an enrolled device's bundle should be: let in without anybody's trust. */
static inline struct merge_summary merge_sealed(struct journal *m, const char *file) {
    struct merge_summary sum;
    enum status s = try_merge(m, file, (struct merge_options){0}, &sum);
    if (s) print_error("merge %s: %s\n", file, status_detail());
    assert_int_equal(s, STATUS_OK);
    assert_true(sum.sealed);
    return sum;
}

/* A pack for one tablet, sealed to its key. */
static inline struct export_summary pack_for(struct journal *m, struct journal *t,
                                             const char *file) {
    struct journal_self self;
    uint8_t box[32];
    journal_self(t, &self);
    assert_true(key_of_signer(self.key, box));
    struct export_summary sum = export_to(
        m, file,
        (struct export_options){.purpose = BUNDLE_PACK, .everything = true, .seal_to = box});
    assert_true(sum.sealed);
    return sum;
}

static inline struct merge_summary read_sealed(struct journal *t, const char *file) {
    struct merge_summary sum;
    enum status s = try_merge(t, file, (struct merge_options){.tablet = true}, &sum);
    if (s) print_error("pack %s: %s\n", file, status_detail());
    assert_int_equal(s, STATUS_OK);
    assert_true(sum.sealed && sum.pack);
    return sum;
}

/* Refused with that status, one whole sentence, and nothing changed. */
static inline void refused(struct journal *j, const char *file, struct merge_options o,
                           enum status want, const char *because) {
    struct merge_summary sum;
    hash256 before, after;
    int64_t rows, rows_after;
    assert_int_equal(journal_content_hash(j, true, &before), STATUS_OK);
    hash256 tables = tables_of(j, true, &rows);
    enum status s = try_merge(j, file, o, &sum);
    if (s != want || !strstr(status_detail(), because))
        print_error("%s: %s \"%s\", wanted %s \"%s\"\n", file, status_key(s),
                    s ? status_detail() : "", status_key(want), because);
    assert_int_equal(s, want);
    assert_non_null(strstr(status_detail(), because));
    size_t n = strlen(status_detail());
    assert_true(n > 10 && status_detail()[n - 1] == '.');
    assert_int_equal(journal_content_hash(j, true, &after), STATUS_OK);
    assert_memory_equal(before.b, after.b, 32);
    after = tables_of(j, true, &rows_after);
    assert_memory_equal(tables.b, after.b, 32);
}

/* ---- at the door ---- */

#define REFUSE_OPEN          \
    (struct merge_options) { \
        0                    \
    }
#define TRUSTED              \
    (struct merge_options) { \
        .trust = true        \
    }
#define ON_TABLET            \
    (struct merge_options) { \
        .tablet = true       \
    }

/* What somebody would have stolen or guessed. */
static inline void plant_kept(struct journal *j, const char *key, const void *p, size_t n) {
    assert_int_equal(union_keep(j, key, p, n), STATUS_OK);
}

static inline int begin(void **state) {
    (void)state;
    key_lock_weakly_for_tests();
    now = (struct clock_manual){.wall_ms = EVENING, .boot_ms = 1000};
    return 0;
}

static inline int end(void **state) {
    (void)state;
    arena_release(&test_arena);
    return 0;
}

#endif
