/* show_copy.c -- see show_copy.h. */
#include "office/show_copy.h"

#include "base/json.h"
#include "base/text.h"

struct line {
    struct role *role;
    row_id row;
    struct json_out *out;
    struct arena *a;
};

static void put_value(struct line *l, const struct column *c, const struct value *v) {
    int64_t number;
    if (!v->said || !role_says(l->role, l->row, c)) return;
    switch (c->type) {
    case COL_TEXT:
    case COL_WORD:
        json_put_text(l->out, c->name,
                      role_text(l->role, l->row, c, arena_strndup(l->a, v->p, v->n)));
        return;
    case COL_REF:
        number = role_ref(l->role, c, v->i);
        if (number) json_put_int(l->out, c->name, number);
        return;
    case COL_BOOL:
        json_put_bool(l->out, c->name, v->i != 0);
        return;
    case COL_INT:
    case COL_TIME:
    case COL_DAY:
        json_put_int(l->out, c->name, v->i);
        return;
    case COL_HASH:
    case COL_BYTES: /* in no copy for others */
        return;
    }
}

static void put_body(struct line *l, const struct row *row) {
    for (const struct column *c = row->kind->columns; c->name; c++)
        if (role_has_column(l->role, row->kind, c))
            put_value(l, c, &row->values[c - row->kind->columns]);
}

static enum status one_row(struct office *o, struct journal *j, struct role *role,
                           int64_t number, const struct role_entry *e, struct arena *a) {
    struct row row;
    struct buf body = {0};
    struct json_out out = {.to = &body};
    enum status s = journal_row(j, e->kind, e->row, a, &row);
    if (s) return s;
    json_open_map(&out, NULL);
    if (o->json) {
        json_put_int(&out, "id", number);
        json_put_text(&out, "at", time_iso(a, e->at));
        json_put_text(&out, "kind", e->kind->name);
        json_open_map(&out, "body");
    }
    put_body(&(struct line){role, e->row, &out, a}, &row);
    if (o->json) json_close_map(&out);
    json_close_map(&out);
    if (o->json)
        printf("%s\n", buf_str(&body));
    else
        printf("%lld  %s  %-12s %s\n", (long long)number, time_day_hm(a, e->at), e->kind->name,
               buf_str(&body));
    buf_release(&body);
    return STATUS_OK;
}

enum status show_copy(struct office *o, struct journal *j, struct role *role,
                      const char *kind) {
    struct role_entry e;
    struct arena a = {0};
    enum status s = STATUS_OK;
    for (int64_t i = 1; !s && !ferror(stdout) && role_entry(role, i, &e); i++) {
        if (kind && !text_equal(kind, e.kind->name)) continue;
        s = one_row(o, j, role, i, &e, &a);
        arena_reset(&a);
        role_next(role);
    }
    arena_release(&a);
    return s;
}
