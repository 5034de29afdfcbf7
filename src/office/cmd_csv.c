/* cmd_csv.c -- every projected table as CSV (RFC 4180, UTF-8), made to be read by any reporting
 * tool: foreign names are spelled out beside the row numbers, times are ISO 8601 in UTC. */
#include "base/file.h"
#include "base/text.h"
#include "office/office.h"
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

static char *select_of(struct arena *a, const struct kind *k) {
    struct buf b = {0};
    buf_text(&b, "SELECT hex(lantern_order(t.id)), t.id, t.at, t.\"by\", t.withdrawn");
    for (int i = 0; i < kind_column_count(k); i++) {
        const struct column *c = &k->columns[i];
        const struct kind *to = c->type == COL_REF && c->to ? kind_by_name(c->to) : NULL;
        buf_printf(&b, ", t.\"%s\"", c->name);
        if (to && name_column(to))
            buf_printf(&b, ", (SELECT x.\"%s\" FROM \"%s\" x WHERE x.id = t.\"%s\")",
                       name_column(to), to->name, c->name);
    }
    buf_printf(&b, " FROM \"%s\" t ORDER BY t.hlc, lantern_order(t.id)", k->name);
    char *sql = arena_strndup(a, buf_str(&b), b.size);
    buf_release(&b);
    return sql;
}

static void put_value(struct buf *b, struct query *q, int col, enum column_type type,
                      struct arena *a) {
    size_t n;
    const void *p;
    if (query_null(q, col)) return;
    switch (type) {
    case COL_TEXT:
    case COL_WORD:
        put_field(b, query_text(q, col, a));
        return;
    case COL_TIME:
        buf_text(b, time_iso(a, query_int(q, col)));
        return;
    case COL_DAY:
        buf_text(b, day_iso(a, (day_no)query_int(q, col)));
        return;
    case COL_HASH:
    case COL_BYTES:
        p = query_bytes(q, col, &n);
        buf_text(b, hex_of(a, p, n));
        return;
    case COL_INT:
    case COL_BOOL:
    case COL_REF:
        buf_printf(b, "%lld", (long long)query_int(q, col));
        return;
    }
}

static void put_header(struct buf *b, const struct kind *k) {
    buf_text(b, "key,id,at,by,withdrawn");
    for (int i = 0; i < kind_column_count(k); i++) {
        const struct column *c = &k->columns[i];
        const struct kind *to = c->type == COL_REF && c->to ? kind_by_name(c->to) : NULL;
        buf_printf(b, ",%s", c->name);
        if (to && name_column(to)) buf_printf(b, ",%s_name", c->name);
    }
    buf_text(b, "\r\n");
}

static void put_row(struct buf *b, struct query *q, const struct kind *k, struct arena *a) {
    int col = 5;
    buf_printf(b, "%s,%lld,%s,%lld,%lld", query_text(q, 0, a), (long long)query_int(q, 1),
               time_iso(a, query_int(q, 2)), (long long)query_int(q, 3),
               (long long)query_int(q, 4));
    for (int i = 0; i < kind_column_count(k); i++) {
        const struct column *c = &k->columns[i];
        const struct kind *to = c->type == COL_REF && c->to ? kind_by_name(c->to) : NULL;
        buf_byte(b, ',');
        put_value(b, q, col++, c->type, a);
        if (!to || !name_column(to)) continue;
        buf_byte(b, ',');
        put_value(b, q, col++, COL_TEXT, a);
    }
    buf_text(b, "\r\n");
}

static enum status write_table(struct office *o, struct journal *j, const struct kind *k,
                               const char *dir, int64_t *rows) {
    struct buf b = {0};
    struct arena a = {0};
    struct query q;
    put_header(&b, k);
    query_open(&q, j, select_of(&o->arena, k), 0);
    while (query_next(&q)) {
        put_row(&b, &q, k, &a);
        arena_reset(&a);
        (*rows)++;
    }
    enum status s = query_close(&q);
    if (!s)
        s = file_write(path_join(&o->arena, dir, arena_printf(&o->arena, "%s.csv", k->name)),
                       b.data, b.size, 0600);
    arena_release(&a);
    buf_release(&b);
    return s;
}

int office_csv(struct office *o, int argc, char **argv) {
    const char *out = NULL;
    char **rest;
    int n;
    int64_t rows = 0, tables = 0;
    const struct option_spec specs[] = {{"out", &out, NULL}};
    int wrong = office_options(o, argc, argv, specs, 1, 1, 1, &rest, &n);
    if (wrong) return wrong;
    if (text_blank(out)) return office_wrong(o, "office.needs", "--out");
    struct journal *j = NULL;
    enum status s = office_open(o, rest[0], false, true, &j);
    if (!s) s = file_make_dirs(out);
    for (size_t i = 0; !s && i < kinds_count; i++) {
        if (kind_at(i)->program) continue;
        s = write_table(o, j, kind_at(i), out, &rows);
        tables++;
    }
    journal_close(j);
    if (s) return office_failed(o, s);
    printf("%s\n", OFFICE_SAY(o, "office.csv_done", int_text(&o->arena, tables),
                              int_text(&o->arena, rows), out));
    return EXIT_DONE;
}
