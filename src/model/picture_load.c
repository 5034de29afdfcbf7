/* picture_load.c -- a photo with what a person wants to know of it: what it shows, when, who,
 * where, what it proves. */
#include "model/picture_load.h"

#include "base/text.h"
#include "model/evidence_load.h"
#include "store/query.h"

struct home { /* what the photo hangs on */
    row_id visit, to;
};

static enum status read_home(const struct load_context *c, struct home *out, bool *found) {
    struct query q;
    query_open(&q, c->j, "SELECT visit, \"to\" FROM attachment WHERE id = ?1 AND withdrawn = 0",
               1, c->row);
    *found = query_next(&q);
    if (*found) *out = (struct home){query_int(&q, 0), query_int(&q, 1)};
    return query_close(&q);
}

/* An older check may not have been read yet after a start. */
static enum status find_home(const struct load_context *c, struct home *out, bool *found) {
    enum status s = read_home(c, out, found);
    if (s || *found) return s;
    s = journal_load_all(c->j);
    return s ? s : read_home(c, out, found);
}

static void neighbours(const struct evidence_list *all, struct picture_model *m) {
    int64_t last = 0;
    bool passed = false;
    for (int i = 0; i < all->count; i++) {
        const struct evidence *e = &all->all[i];
        if (e->sort != EVIDENCE_PHOTO) continue;
        m->count++;
        if (passed && !m->next) m->next = e->row;
        if (e->row == m->row) {
            m->photo = *e;
            m->there = passed = true;
            m->at = m->count;
            m->previous = last;
        }
        last = e->row;
    }
}

/* The photo it is compared with, or the newest that is compared with it. */
static void pair(const struct evidence_list *all, struct picture_model *m) {
    const struct evidence *self = NULL, *other = NULL;
    for (int i = 0; i < all->count; i++) {
        const struct evidence *e = &all->all[i];
        if (e->sort != EVIDENCE_PHOTO) continue;
        if (e->row == m->row) self = e;
        bool fits = m->photo.before ? e->row == m->photo.before : e->before == m->row;
        if (fits && e->row != m->row) other = e;
    }
    if (!self || !other) return;
    m->before = m->photo.before ? other : self;
    m->after = m->photo.before ? self : other;
}

static const char *text_one(const struct load_context *c, struct arena *a, const char *sql,
                            row_id row, enum status *s) {
    struct query q;
    const char *text = "";
    query_open(&q, c->j, sql, 1, row);
    if (query_next(&q)) text = query_text(&q, 0, a);
    enum status done = query_close(&q);
    if (!*s) *s = done;
    return text;
}

static enum status read_action(const struct load_context *c, struct arena *a, row_id row,
                               struct picture_model *m) {
    struct query q;
    query_open(&q, c->j,
               "SELECT x.different, x.reference, x.must, coalesce(r.name, '') FROM action x "
               "LEFT JOIN observation o ON o.id = x.source LEFT JOIN area r ON r.id = o.area "
               "WHERE x.id = coalesce((SELECT action FROM step WHERE id = ?1), ?1)",
               1, row);
    if (query_next(&q)) {
        m->about = ABOUT_ACTION;
        m->about_words = query_text(&q, 0, a);
        m->reference = query_text(&q, 1, a);
        m->must = query_int(&q, 2) != 0;
        m->where = query_text(&q, 3, a);
    }
    return query_close(&q);
}

static enum status read_words(const struct load_context *c, struct arena *a, row_id row,
                              struct picture_model *m) {
    struct query q;
    query_open(&q, c->j,
               "SELECT 0, o.text, r.name FROM observation o LEFT JOIN area r ON r.id = o.area "
               "WHERE o.id = ?1 AND o.restricted IS NOT 1 UNION ALL "
               "SELECT 1, f.text, r.name FROM feedback f LEFT JOIN area r ON r.id = f.area "
               "WHERE f.id = ?1 AND f.restricted IS NOT 1",
               1, row);
    if (query_next(&q)) {
        m->about = query_int(&q, 0) ? ABOUT_SAID : ABOUT_SEEN;
        m->about_words = query_text(&q, 1, a);
        m->where = query_text(&q, 2, a);
    }
    return query_close(&q);
}

/* An answer's photo hangs on the answer, or on the item when there was none yet. */
static enum status read_question(const struct load_context *c, struct arena *a,
                                 struct picture_model *m) {
    enum status s = STATUS_OK;
    const char *id = m->photo.item;
    if (text_blank(id) && m->photo.to)
        id = text_one(c, a, "SELECT item FROM answer WHERE id = ?1", m->photo.to, &s);
    const struct template *t =
        !text_blank(id) && m->photo.visit ? c->template_of(c->ctx, m->photo.visit) : NULL;
    const struct item *i = t ? template_item(t, id) : NULL;
    if (i) {
        m->about = ABOUT_QUESTION;
        m->about_words = arena_strdup(a, i->text);
    }
    return s;
}

static bool is_sealed(struct journal *j, row_id visit) {
    return query_one_int(j, 0, "SELECT count(*) FROM seal WHERE visit = ?1 AND withdrawn = 0",
                         1, visit) > 0;
}

static enum status explain(const struct load_context *c, struct arena *a,
                           struct picture_model *m) {
    row_id to = m->photo.to;
    enum status s = read_question(c, a, m);
    if (!s && to && !m->about) s = read_words(c, a, to, m);
    if (!s && to && !m->about) s = read_action(c, a, to, m);
    m->who = text_one(c, a, "SELECT label FROM person WHERE id = ?1", m->photo.person, &s);
    if (m->photo.room)
        m->where = text_one(c, a,
                            "SELECT coalesce(nullif(r.label, ''), x.name, '') FROM room r "
                            "LEFT JOIN area x ON x.id = r.area WHERE r.id = ?1",
                            m->photo.room, &s);
    m->fixed = m->photo.visit && is_sealed(c->j, m->photo.visit);
    return s;
}

enum status picture_load(const struct load_context *c, struct arena *a, const void **out) {
    struct picture_model *m = ARENA_NEW(a, struct picture_model);
    struct evidence_list all = {0}, of_row = {0};
    struct home home = {0};
    bool found = false;
    m->row = c->row;
    m->about_words = m->reference = m->who = m->where = "";
    enum status s = find_home(c, &home, &found);
    /* in a sealed check nobody turns the pages to what a worker showed in a talk */
    bool sealed = found && home.visit && is_sealed(c->j, home.visit);
    if (!s && sealed) s = evidence_told_of_visit(c->j, a, home.visit, &all);
    if (!s && found && home.visit && !sealed) s = evidence_of_visit(c->j, a, home.visit, &all);
    if (!s && found && home.to) s = evidence_of_row(c->j, a, home.to, &of_row);
    if (s) return s;
    neighbours(home.visit ? &all : &of_row, m);
    if (m->there) {
        pair(&of_row, m);
        s = explain(c, a, m);
    }
    if (!s) *out = m;
    return s;
}
