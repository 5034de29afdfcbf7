/* readers.c -- see readers.h. */
#include "office/readers.h"

#include <stdlib.h>

#include "base/text.h"
#include "store/query.h"
#include "store/union.h"

static bool of_office(const struct log_info *logs, size_t n, row_id record) {
    for (size_t i = 0; i < n; i++)
        if (logs[i].no == ROW_LOG(record)) return logs[i].own || logs[i].office;
    return false;
}

/* The newest version that an office wrote; r->kind NULL: it took the row back, or it is erased.
 */
static enum status offices_version(struct office *o, struct journal *j,
                                   const struct log_info *logs, size_t logs_count, row_id row,
                                   struct row *r) {
    struct version *v;
    size_t n;
    row_id record = 0;
    *r = (struct row){0};
    enum status s = journal_history(j, row, &o->arena, &v, &n);
    for (size_t i = 0; !s && i < n; i++)
        if (of_office(logs, logs_count, v[i].record))
            record = v[i].op == OP_WITHDRAW ? 0 : v[i].record;
    if (!s && record) s = journal_version(j, record, &o->arena, r);
    return s == STATUS_NOT_FOUND ? STATUS_OK : s;
}

static enum status service_code(struct office *o, struct journal *j, row_id service,
                                const char **out) {
    struct query q;
    *out = "";
    for (query_open(&q, j, "SELECT code FROM service WHERE id = ?1", 1, service);
         query_next(&q);)
        *out = query_text(&q, 0, &o->arena);
    return query_close(&q);
}

static enum status take(struct office *o, struct journal *j, row_id id, const struct row *r,
                        struct buf *found) {
    const struct value *key = &r->values[kind_column(&kind_reader, "key")];
    struct reader_known one = {.row = id,
                               .code = arena_strdup(&o->arena, row_get_text(r, "code")),
                               .label = arena_strdup(&o->arena, row_get_text(r, "label")),
                               .provider = row_get_int(r, "provider") == 1,
                               .ended = row_get_int(r, "ended") == 1};
    if (key->n != KEY_BYTES) return STATUS_OK;
    memcpy(one.key, key->p, KEY_BYTES);
    text_one_line(one.code);
    text_one_line(one.label);
    enum status s = service_code(o, j, row_get_int(r, "service"), &one.service);
    if (!s) buf_add(found, &one, sizeof one);
    return s;
}

static int by_code(const void *x, const void *y) {
    const struct reader_known *a = x, *b = y;
    int order = strcmp(a->code, b->code);
    return order ? order : memcmp(a->key, b->key, KEY_BYTES);
}

static enum status read_ids(struct journal *j, struct buf *out) {
    struct query q;
    for (query_open(&q, j, "SELECT id FROM reader", 0); query_next(&q);) {
        row_id id = query_int(&q, 0);
        buf_add(out, &id, sizeof id);
    }
    return query_close(&q);
}

enum status readers_read(struct office *o, struct journal *j, struct readers *out) {
    struct log_info *logs;
    size_t logs_count = 0;
    struct buf ids = {0}, found = {0};
    struct readers all = {0};
    enum status s = union_logs(j, &o->arena, &logs, &logs_count);
    if (!s) s = read_ids(j, &ids);
    for (size_t i = 0; !s && i < ids.size / sizeof(row_id); i++) {
        row_id id = ((const row_id *)(const void *)ids.data)[i];
        struct row r;
        if (!of_office(logs, logs_count, id)) continue;
        s = offices_version(o, j, logs, logs_count, id, &r);
        if (!s && r.kind == &kind_reader) s = take(o, j, id, &r, &found);
    }
    all.count = found.size / sizeof *all.all;
    all.all = ARENA_ARRAY(&o->arena, struct reader_known, all.count + 1);
    if (all.count) memcpy(all.all, found.data, found.size);
    if (all.count) qsort(all.all, all.count, sizeof *all.all, by_code);
    buf_release(&ids);
    buf_release(&found);
    if (!s) *out = all;
    return s;
}

const struct reader_known *reader_of_code(const struct readers *r, const char *code) {
    for (size_t i = 0; i < r->count; i++)
        if (text_equal(r->all[i].code, code)) return &r->all[i];
    return NULL;
}

const struct reader_known *reader_of_key(const struct readers *r, const void *key, size_t n) {
    for (size_t i = 0; n == KEY_BYTES && i < r->count; i++)
        if (memcmp(r->all[i].key, key, n) == 0) return &r->all[i];
    return NULL;
}

/* ---- boxes ---- */

bool sealed_box(const struct column *c) {
    return c->type == COL_BYTES && text_equal(c->name, "box");
}

const char *sealed_box_says(struct office *o, struct arena *a, const struct readers *r,
                            const void *key, size_t n) {
    uint8_t id[KEY_ID_BYTES];
    const struct reader_known *reader = key ? reader_of_key(r, key, n) : NULL;
    if (!key || n != KEY_BYTES) return OFFICE_WORD(o, "office_reader.sealed_office");
    if (reader) return words_say(a, o->words, "office_reader.sealed_to", reader->label);
    key_id(key, id);
    return words_say(a, o->words, "office_reader.sealed_to", hex_of(a, id, sizeof id));
}
