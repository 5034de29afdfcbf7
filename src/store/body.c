/* body.c -- columns to CBOR and back, from the descriptors.
 *
 * Journey: what a row says becomes the body that is hashed and carried; what arrives is checked
 * here before it touches a table.
 * A body is one array of the kind's columns in order, trailing nulls left out:
 *   TEXT WORD text · INT TIME DAY integer · BOOL true, false · HASH BYTES bytes
 *   REF  seq in the same log, or [log id, seq, first 4 bytes of the named record's hash]
 * Columns of a newer Lantern follow at the end; they are kept, and checked only for form. */
#include <string.h>

#include "base/cbor.h"
#include "base/text.h"
#include "store/inside.h"

/* ---- writing ---- */

static enum status write_ref(struct journal *j, row_id id, struct buf *out) {
    const struct log_entry *e = log_at(j, ROW_LOG(id));
    if (!e) return status_fail(STATUS_INVALID, "a reference to nothing");
    if (hash_equal(&e->id, &j->own_id)) {
        cbor_int(out, ROW_SEQ(id));
        return STATUS_OK;
    }
    uint8_t check[4];
    enum status s = ref_check(j, j->own, id, check);
    if (s) return s;
    cbor_array(out, 3);
    cbor_bytes(out, e->id.b, 32);
    cbor_int(out, ROW_SEQ(id));
    cbor_bytes(out, check, 4);
    return STATUS_OK;
}

static enum status write_value(struct journal *j, const struct column *c, const struct value *v,
                               struct buf *out) {
    if (!v->said) {
        cbor_null(out);
        return STATUS_OK;
    }
    switch (c->type) {
    case COL_TEXT:
    case COL_WORD:
        cbor_text(out, v->p, v->n);
        break;
    case COL_INT:
    case COL_TIME:
    case COL_DAY:
        cbor_int(out, v->i);
        break;
    case COL_BOOL:
        cbor_bool(out, v->i != 0);
        break;
    case COL_HASH:
    case COL_BYTES:
        cbor_bytes(out, v->p, v->n);
        break;
    case COL_REF:
        return write_ref(j, v->i, out);
    }
    return STATUS_OK;
}

enum status body_write(struct journal *j, const struct kind *k, const struct value *values,
                       struct buf *out) {
    int n = j->kinds[k->number].columns;
    while (n > 0 && !values[n - 1].said)
        n--;
    buf_clear(out);
    cbor_array(out, (uint64_t)n);
    for (int i = 0; i < n; i++) {
        enum status s = write_value(j, &k->columns[i], &values[i], out);
        if (s) return s;
    }
    if (out->overflow || out->size > BODY_BYTES_MAX)
        return status_fail(STATUS_TOO_LARGE, "%s: %zu bytes", k->name, out->size);
    return STATUS_OK;
}

/* ---- what we say ourselves ---- */

static enum status text_check(const struct kind *k, const struct column *c,
                              const struct value *v) {
    bool text = c->type == COL_TEXT || c->type == COL_WORD;
    if (!v->said || !text || text_valid(v->p, v->n)) return STATUS_OK;
    return status_fail(STATUS_INVALID, "%s.%s is not UTF-8", k->name, c->name);
}

/* What holds for our own values and for foreign ones; CBOR has looked at the UTF-8 of those. */
static enum status value_check(const struct kind *k, const struct column *c,
                               const struct value *v) {
    if (!v->said) {
        if (c->required)
            return status_fail(STATUS_INVALID, "%s needs its %s", k->name, c->name);
        return STATUS_OK;
    }
    switch (c->type) {
    case COL_TEXT:
    case COL_WORD:
    case COL_HASH:
    case COL_BYTES:
        break;
    case COL_INT:
    case COL_BOOL:
    case COL_TIME:
    case COL_DAY:
    case COL_REF:
        return STATUS_OK;
    }
    if (v->n > column_most(c))
        return status_fail(STATUS_TOO_LARGE, "%s.%s: %zu bytes of %u", k->name, c->name, v->n,
                           column_most(c));
    if (c->type == COL_HASH && v->n != HASH_BYTES)
        return status_fail(STATUS_INVALID, "%s.%s is not a hash", k->name, c->name);
    return STATUS_OK;
}

/* A word that a newer Lantern wrote may be put back, so a change keeps what the row says now.
 */
static enum status word_check(struct journal *j, const struct row *r, int col) {
    const struct column *c = &r->kind->columns[col];
    const struct value *v = &r->values[col];
    if (!v->said || column_has_word(c, v->p, v->n)) return STATUS_OK;
    bool kept = false;
    if (r->id) {
        sqlite3_stmt *q = NULL;
        enum status s = kind_statement(j, r->kind, PS_ROW, &q);
        if (s) return s;
        sqlite3_bind_int64(q, 1, r->id);
        if (st_row(j, q, &s)) {
            kept = (size_t)sqlite3_column_bytes(q, col + 1) == v->n &&
                   memcmp(sqlite3_column_blob(q, col + 1), v->p, v->n) == 0;
            sqlite3_reset(q);
        }
        if (s) return s;
    }
    if (kept) return STATUS_OK;
    return status_fail(STATUS_INVALID, "%s.%s has no word \"%.*s\"", r->kind->name, c->name,
                       v->n < 40 ? (int)v->n : 40, (const char *)v->p);
}

enum status row_check(struct journal *j, const struct row *r) {
    for (int i = 0; r->kind->columns[i].name; i++) {
        enum status s = value_check(r->kind, &r->kind->columns[i], &r->values[i]);
        if (!s) s = text_check(r->kind, &r->kind->columns[i], &r->values[i]);
        if (!s && r->kind->columns[i].type == COL_WORD) s = word_check(j, r, i);
        if (s) return s;
    }
    return STATUS_OK;
}

/* ---- reading ---- */

static enum status bad(const struct kind *k, const char *column, const char *what) {
    return status_fail(STATUS_INVALID, "%s.%s: %s", k->name, column, what);
}

static enum status read_ref(struct journal *j, const struct kind *k, const struct column *col,
                            int32_t log, struct cursor *c, struct cbor_item item,
                            struct value *v) {
    if (item.type == CBOR_INT) {
        if (item.i < 1 || item.i > 0xFFFFFFFFFFLL) return bad(k, col->name, "no such record");
        v->i = ref_own(j, log, item.i);
        return STATUS_OK;
    }
    if (item.type != CBOR_ARRAY || item.i != 3) return bad(k, col->name, "not a reference");
    struct cbor_item id = cbor_next(c), seq = cbor_next(c), check = cbor_next(c);
    struct global_ref r = {0};
    const struct log_entry *from = log_at(j, log);
    if (id.type != CBOR_BYTES || id.n != 32 || seq.type != CBOR_INT || seq.i < 1 ||
        check.type != CBOR_BYTES || check.n != 4)
        return bad(k, col->name, "not a reference");
    memcpy(r.log.b, id.p, 32);
    memcpy(r.check, check.p, 4);
    r.seq = seq.i;
    /* One spelling for each meaning: inside the own log it is the seq alone. */
    if (from && hash_equal(&from->id, &r.log))
        return bad(k, col->name, "a reference spelled the long way");
    return ref_resolve(j, log, &r, &v->i);
}

static enum status read_value(struct journal *j, const struct kind *k, const struct column *col,
                              int32_t log, struct cursor *c, struct value *v) {
    struct cbor_item item = cbor_next(c);
    if (item.type == CBOR_NULL) return col->required ? bad(k, col->name, "missing") : STATUS_OK;
    if (item.type == CBOR_BAD) return bad(k, col->name, "not deterministic CBOR");
    v->said = true;
    v->i = item.i;
    v->p = item.p;
    v->n = item.n;
    enum cbor_type want = CBOR_INT;
    switch (col->type) {
    case COL_REF:
        return read_ref(j, k, col, log, c, item, v);
    case COL_TEXT:
    case COL_WORD:
        want = CBOR_TEXT;
        break;
    case COL_HASH:
    case COL_BYTES:
        want = CBOR_BYTES;
        break;
    case COL_BOOL:
        want = CBOR_BOOL;
        break;
    case COL_INT:
    case COL_TIME:
    case COL_DAY:
        break;
    }
    if (item.type != want) return bad(k, col->name, "another type than the column's");
    return value_check(k, col, v);
}

/* Whatever one item is, without keeping it; arrays at most eight deep. */
static bool skip_item(struct cursor *c, int depth) {
    struct cbor_item item = cbor_next(c);
    if (item.type == CBOR_BAD || depth > 8) return false;
    for (int64_t i = 0; item.type == CBOR_ARRAY && i < item.i; i++)
        if (!skip_item(c, depth + 1)) return false;
    return true;
}

enum status body_check_unknown(const uint8_t *p, size_t n) {
    struct cursor c = cursor_of(p, n);
    if (n > BODY_BYTES_MAX) return status_fail(STATUS_TOO_LARGE, "a body of %zu bytes", n);
    struct cursor first = c;
    if (cbor_next(&first).type != CBOR_ARRAY || !skip_item(&c, 0) || c.p != c.end)
        return status_fail(STATUS_INVALID, "a body that is not one array");
    return STATUS_OK;
}

enum status body_read(struct journal *j, const struct kind *k, int32_t log, const uint8_t *p,
                      size_t n, struct value *values) {
    if (n > BODY_BYTES_MAX) return status_fail(STATUS_TOO_LARGE, "a body of %zu bytes", n);
    int columns = j->kinds[k->number].columns;
    memset(values, 0, sizeof values[0] * (size_t)columns);
    struct cursor c = cursor_of(p, n);
    struct cbor_item array = cbor_next(&c);
    if (array.type != CBOR_ARRAY) return bad(k, "body", "not an array");
    const uint8_t *last = NULL;
    for (int64_t i = 0; i < array.i; i++) {
        last = c.p;
        enum status s = STATUS_OK;
        if (i < columns)
            s = read_value(j, k, &k->columns[i], log, &c, &values[i]);
        else if (!skip_item(&c, 0))
            s = bad(k, "body", "not deterministic CBOR");
        if (s) return s;
    }
    if (c.bad || c.p != c.end) return bad(k, "body", "bytes left over");
    if (last && last + 1 == c.end && *last == 0xF6) return bad(k, "body", "a trailing null");
    for (int64_t i = array.i; i < columns; i++)
        if (k->columns[i].required) return bad(k, k->columns[i].name, "missing");
    return STATUS_OK;
}
