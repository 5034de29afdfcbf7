/* store_help.h -- what the tests of the store share: laws, carrying records from one journal to
 * another, and one hash over all tables that does not depend on local numbers. */
#ifndef TESTS_STORE_HELP_H
#define TESTS_STORE_HELP_H

#include "support.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "close_all.h"
#include "rest_env.h"
#include "store/query.h"
#include "store/union.h"

#define NOON 1795867200000LL /* 28 November 2026, 12:00 UTC */

static inline void must_be(enum status want, enum status s, const char *what) {
    if (s != want)
        print_error("%s: %s, wanted %s: %s\n", what, status_key(s), status_key(want),
                    status_detail());
    assert_int_equal(s, want);
}
#define OK(call) must_be(STATUS_OK, (call), #call)

/* Rebuild == live, chains hold. */
static inline void laws(struct journal *j) {
    struct journal_report r = {0};
    OK(journal_verify(j, &r));
    assert_int_equal(r.chain_damaged + r.bodies_damaged + r.tables_differ, 0);
}

static inline struct journal *open_device(const char *path, struct clock_manual *clock,
                                          const char *role) {
    struct journal *j = NULL;
    struct journal_options o = {.path = path,
                                .clock = clock_manual(clock),
                                .device_name = "a device",
                                .device_role = role,
                                .rest_key = test_rest_key()};
    OK(journal_open(&j, &o));
    believe_sealed(j);
    return j;
}

static inline void copy_file(const char *from, const char *to) {
    struct buf b = {0};
    OK(file_read(from, 256 << 20, &b));
    OK(file_write(to, b.data, b.size, 0600));
    buf_release(&b);
}

static inline row_id put_alone(struct journal *j, struct row *r) {
    OK(journal_put_alone(j, r));
    return r->id;
}

/* Every projected table, ids by what they mean everywhere. */
static inline hash256 tables_hash(struct journal *j) {
    struct arena a = {0};
    struct hash_state h;
    hash_start(&h);
    for (size_t i = 0; i < kinds_count; i++) {
        const struct kind *k = kind_at(i);
        struct buf sql = {0};
        struct query q;
        int columns = 9;
        buf_text(&sql, "SELECT lantern_order(id), lantern_order(version), hlc, at, "
                       "lantern_order(\"by\"), made_at, lantern_order(made_by), withdrawn, "
                       "lantern_order(rival)");
        for (const struct column *c = k->columns; c->name; c++, columns++)
            buf_printf(&sql, c->type == COL_REF ? ", lantern_order(\"%s\")" : ", \"%s\"",
                       c->name);
        buf_printf(&sql, " FROM \"%s\" ORDER BY 1", k->name);
        for (query_open(&q, j, buf_str(&sql), 0); query_next(&q);) {
            for (int col = 0; col < columns; col++) {
                size_t n = 0;
                const void *p = query_bytes(&q, col, &n);
                uint8_t mark = query_null(&q, col) ? 0 : 1;
                hash_add(&h, &mark, 1);
                hash_add(&h, &n, sizeof n);
                if (n) hash_add(&h, p, n);
            }
        }
        OK(query_close(&q));
        buf_release(&sql);
    }
    arena_release(&a);
    return hash_end(&h);
}

static inline hash256 content(struct journal *j) {
    hash256 h;
    OK(journal_content_hash(j, true, &h));
    return h;
}

/* Records from..to of one log of `from`, into a transaction that is open in `to`. */
static inline enum status carry_run(struct journal *from, struct journal *to,
                                    const struct log_info *log, int64_t first, int64_t last,
                                    struct union_outcome *out) {
    struct union_reader *reader = NULL;
    struct union_section *section = NULL;
    struct record_wire r;
    hash256 previous;
    uint8_t key[32];
    OK(union_read_base(from, log->no, first, &previous, key));
    enum status s = union_section_start(&section, to, &log->id, log->key, log->incarnation,
                                        first, &previous, key);
    if (s) return s;
    OK(union_read_open(&reader, from, log->no, first, last));
    while (!s && union_read_next(reader, &r)) {
        hash256 want = r.hash;
        s = union_section_add(section, &r);
        if (!s) assert_memory_equal(&r.hash, &want, 32);
    }
    OK(union_read_close(reader));
    enum status ended = union_section_end(section, out);
    return s ? s : ended;
}

static inline struct union_outcome carry(struct journal *from, struct journal *to,
                                         const struct log_info *log, int64_t first,
                                         int64_t last) {
    struct union_outcome out = {0};
    OK(union_begin(to));
    OK(carry_run(from, to, log, first, last, &out));
    OK(union_commit(to));
    return out;
}

/* Everything `from` has that is not yet in `to`, and what is. */
static inline void carry_all(struct journal *from, struct journal *to) {
    struct arena a = {0};
    struct log_info *logs;
    size_t n;
    OK(union_logs(from, &a, &logs, &n));
    for (size_t i = 0; i < n; i++)
        if (logs[i].highest_seq)
            carry(from, to, &logs[i], logs[i].first_seq, logs[i].highest_seq);
    arena_release(&a);
}
#endif
