/* cmd_csv.c -- every projected table as CSV (RFC 4180, UTF-8), made to be read by any reporting
 * tool: foreign names are spelled out beside the row numbers, times are ISO 8601 in UTC. */
#include "base/file.h"
#include "base/text.h"
#include "office/readers.h"
#include "office/roles_office.h"
#include "store/query.h"

static void put_field(struct buf *b, const char *s) {
    bool quote = strpbrk(s, ",\"\r\n") != NULL;
    if (!quote) {
        buf_text(b, s);
        return;
    }
    buf_byte(b, '"');
    for (; *s; s++) {
        if (*s == '"') buf_byte(b, '"');
        buf_byte(b, (uint8_t)*s);
    }
    buf_byte(b, '"');
}

/* What a reference is called: the first text column of its kind that people read. */
static const char *name_column(const struct kind *k) {
    static const char *const names[] = {"label", "name", "title", "reference", "code"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (kind_column(k, names[i]) >= 0) return names[i];
    return NULL;
}

struct writing {
    struct office *o;
    struct journal *j;
    struct role *role;
    struct readers readers;
    const char *dir;
    int64_t rows, tables;
};

/* Whether the name of what a reference names stands beside it: its column, or NULL. */
static const char *named_by(const struct writing *w, const struct column *c) {
    const struct kind *to = c->type == COL_REF && c->to ? kind_by_name(c->to) : NULL;
    const char *name = to ? name_column(to) : NULL;
    return name && role_has_name(w->role, c) ? name : NULL;
}

static char *select_of(const struct writing *w, const struct kind *k) {
    struct buf b = {0};
    buf_text(&b, "SELECT hex(lantern_order(t.id)), t.id, t.at, t.\"by\", t.withdrawn");
    for (const struct column *c = k->columns; c->name; c++) {
        if (!role_has_column(w->role, k, c)) continue;
        const char *name = named_by(w, c);
        buf_printf(&b, ", t.\"%s\"", c->name);
        if (name)
            buf_printf(&b, ", (SELECT x.\"%s\" FROM \"%s\" x WHERE x.id = t.\"%s\")", name,
                       c->to, c->name);
    }
    buf_printf(&b, " FROM \"%s\" t ORDER BY t.hlc, lantern_order(t.id)", k->name);
    char *sql = arena_strndup(&w->o->arena, buf_str(&b), b.size);
    buf_release(&b);
    return sql;
}

static void put_header(const struct writing *w, struct buf *b, const struct kind *k) {
    buf_text(b, role_provider(w->role) ? "key,id,at,by,withdrawn" : "id,at");
    for (const struct column *c = k->columns; c->name; c++) {
        if (!role_has_column(w->role, k, c)) continue;
        buf_printf(b, ",%s", c->name);
        if (named_by(w, c)) buf_printf(b, ",%s_name", c->name);
    }
    buf_text(b, "\r\n");
}

/* ---- one row ---- */

struct line {
    struct writing *w;
    struct query *q;
    struct buf *b;
    struct arena *a;
    const struct kind *kind;
    row_id row;
    int key_col; /* where the public key stands that a box is sealed to */
};

static void put_bytes(struct line *l, const struct column *c, int col) {
    size_t n, key_n = 0;
    const void *p = query_bytes(l->q, col, &n), *key = NULL;
    if (sealed_box(c)) {
        if (l->key_col) key = query_bytes(l->q, l->key_col, &key_n);
        put_field(l->b, sealed_box_says(l->w->o, l->a, &l->w->readers, key, key_n));
    } else {
        buf_text(l->b, hex_of(l->a, p, n));
    }
}

static void put_ref(struct line *l, const struct column *c, row_id to) {
    int64_t number = role_ref(l->w->role, c, to);
    if (number) buf_printf(l->b, "%lld", (long long)number);
}

static void put_value(struct line *l, const struct column *c, enum column_type type, int col) {
    if (query_null(l->q, col) || !role_says(l->w->role, l->row, c)) return;
    switch (type) {
    case COL_TEXT:
    case COL_WORD:
        put_field(l->b, role_text(l->w->role, l->row, c, query_text(l->q, col, l->a)));
        return;
    case COL_TIME:
        buf_text(l->b, time_iso(l->a, query_int(l->q, col)));
        return;
    case COL_DAY:
        buf_text(l->b, day_iso(l->a, (day_no)query_int(l->q, col)));
        return;
    case COL_HASH:
    case COL_BYTES:
        put_bytes(l, c, col);
        return;
    case COL_REF:
        put_ref(l, c, query_int(l->q, col));
        return;
    case COL_INT:
    case COL_BOOL:
        buf_printf(l->b, "%lld", (long long)query_int(l->q, col));
        return;
    }
}

/* What stands before the kind's own columns. */
static void put_head(struct line *l) {
    struct query *q = l->q;
    if (role_provider(l->w->role))
        buf_printf(l->b, "%s,%lld,%s,%lld,%lld", query_text(q, 0, l->a), (long long)l->row,
                   time_iso(l->a, query_int(q, 2)), (long long)query_int(q, 3),
                   (long long)query_int(q, 4));
    else
        buf_printf(l->b, "%lld,%s", (long long)role_number(l->w->role, l->row),
                   time_iso(l->a, query_int(q, 2)));
}

static void put_row(struct line *l) {
    int col = 5;
    put_head(l);
    for (const struct column *c = l->kind->columns; c->name; c++) {
        if (!role_has_column(l->w->role, l->kind, c)) continue;
        if (text_equal(c->name, "key")) l->key_col = col;
        buf_byte(l->b, ',');
        put_value(l, c, c->type, col++);
        if (!named_by(l->w, c)) continue;
        buf_byte(l->b, ',');
        put_value(l, c, COL_TEXT, col++);
    }
    buf_text(l->b, "\r\n");
}

static enum status write_table(struct writing *w, const struct kind *k, const char *path) {
    struct buf b = {0};
    struct arena a = {0};
    struct query q;
    put_header(w, &b, k);
    for (query_open(&q, w->j, select_of(w, k), 0); query_next(&q); arena_reset(&a)) {
        struct line l = {w, &q, &b, &a, k, query_int(&q, 1), 0};
        if (!role_has_row(w->role, l.row)) continue;
        put_row(&l);
        role_next(w->role);
        w->rows++;
    }
    enum status s = query_close(&q);
    if (!s) s = file_write(path, b.data, b.size, 0600);
    if (!s) w->tables++;
    arena_release(&a);
    buf_release(&b);
    return s;
}

/* A table that this copy does not have must not stay from a fuller one either. */
static enum status write_all(struct writing *w) {
    enum status s = file_make_dirs(w->dir);
    for (size_t i = 0; !s && i < kinds_count; i++) {
        const struct kind *k = kind_at(i);
        const char *path =
            path_join(&w->o->arena, w->dir, arena_printf(&w->o->arena, "%s.csv", k->name));
        if (role_has_table(w->role, k))
            s = write_table(w, k, path);
        else if (!k->program && file_exists(path) && remove(path) != 0)
            s = status_errno(path);
    }
    return s;
}

int office_csv(struct office *o, int argc, char **argv) {
    const char *reader = NULL, *service = NULL;
    struct writing w = {.o = o};
    struct audience who;
    char **rest;
    int n;
    const struct option_spec specs[] = {
        {"out", &w.dir, NULL}, {"for", &reader, NULL}, {"service", &service, NULL}};
    int wrong = office_options(o, argc, argv, specs, 3, 1, 1, &rest, &n);
    if (!wrong && text_blank(w.dir)) wrong = office_wrong(o, "office.needs", "--out");
    if (!wrong) wrong = audience_given(o, reader, service, &who);
    if (wrong) return wrong;
    enum status s = office_open(o, rest[0], false, true, &w.j);
    if (!s) s = readers_read(o, w.j, &w.readers);
    if (!s) s = role_open(o, w.j, &who, service, &w.role);
    if (!s) s = write_all(&w);
    role_close(w.role);
    journal_close(w.j);
    if (s) return office_failed(o, s);
    printf("%s\n", OFFICE_SAY(o, "office.csv_done", int_text(&o->arena, w.tables),
                              int_text(&o->arena, w.rows), w.dir));
    return EXIT_DONE;
}
