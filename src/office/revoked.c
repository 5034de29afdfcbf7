/* revoked.c -- revocations as records. See revoked.h. */
#include "office/revoked.h"

#include "office/tablets.h"
#include "store/query.h"

/* Rows of the key; a log's own one when `log` is given. */
static enum status rows_of(struct journal *j, struct arena *a, const uint8_t key[32],
                           const struct log_info *log, row_id **out, size_t *n) {
    struct query q;
    struct buf found = {0};
    query_open(&q, j,
               "SELECT id, hex(incarnation) FROM revoke WHERE withdrawn = 0 AND "
               "hex(\"key\") = upper(?1) ORDER BY hlc, lantern_order(id)",
               0);
    query_bind_text(&q, 1, hex_of(a, key, 32));
    while (query_next(&q)) {
        row_id id = query_int(&q, 0);
        uint8_t incarnation[8];
        bool same = !log || (hex_read(query_text(&q, 1, a), incarnation, sizeof incarnation) &&
                             memcmp(incarnation, log->incarnation, sizeof incarnation) == 0);
        if (same) buf_add(&found, &id, sizeof id);
    }
    enum status s = query_close(&q);
    *n = found.size / sizeof(row_id);
    *out = ARENA_ARRAY(a, row_id, *n + 1);
    if (*n) memcpy(*out, found.data, found.size);
    buf_release(&found);
    return s;
}

enum status revoked_put(struct journal *j, const uint8_t key[32], const struct revoked_log *one,
                        const char *why) {
    struct arena a = {0};
    struct row r = row_new(&kind_revoke);
    row_id *rows;
    size_t n = 0;
    enum status s = STATUS_OK;
    if (one) s = rows_of(j, &a, key, one->log, &rows, &n);
    if (!s && n) r.id = rows[0];
    row_bytes(&r, "key", key, 32);
    if (one) {
        row_bytes(&r, "incarnation", one->log->incarnation, sizeof one->log->incarnation);
        row_int(&r, "seq", one->seq);
        if (one->seq && one->hashed) row_bytes(&r, "hash", one->hash.b, HASH_BYTES);
    }
    row_text(&r, "why", why);
    if (!s) s = journal_put(j, &r);
    arena_release(&a);
    return s;
}

enum status revoked_withdraw(struct journal *j, const uint8_t key[32], int64_t *out) {
    struct arena a = {0};
    row_id *rows;
    size_t n = 0;
    enum status s = rows_of(j, &a, key, NULL, &rows, &n);
    for (size_t i = 0; !s && i < n; i++)
        s = journal_withdraw(j, &kind_revoke, rows[i]);
    arena_release(&a);
    if (!s) *out = (int64_t)n;
    return s;
}

enum status revoked_say(struct office *o, struct journal *j, const uint8_t key[32],
                        int64_t *parked) {
    struct arena *a = &o->arena;
    struct log_info *logs;
    size_t n = 0;
    int64_t all = 0;
    enum status s = logs_of_key(j, a, key, &logs, &n);
    for (size_t i = 0; !s && i < n; i++) {
        int64_t counts = logs[i].accepted_seq < logs[i].highest_seq ? logs[i].accepted_seq
                                                                    : logs[i].highest_seq;
        printf("%s/%lld: %s\n", arena_strndup(a, hex_of(a, logs[i].id.b, HASH_BYTES), 8),
               (long long)counts,
               OFFICE_SAY(o, "office_tablets.log_parked", int_text(a, logs[i].parked)));
        all += logs[i].parked;
    }
    if (!s) *parked = all;
    return s;
}
