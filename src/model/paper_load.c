/* paper_load.c -- which papers can be made here. What is in confidence has none. */
#include "model/paper_load.h"

#include "base/file.h"
#include "base/text.h"
#include "model/evidence_load.h"
#include "model/found.h"
#include "model/roles.h"
#include "store/query.h"

bool paper_copy_held(const struct found *f) {
    bool danger = f->dangers_now || f->dangers_count;
    if (text_blank(f->held_back)) return danger;
    return text_equal(f->held_back, "held");
}

/* Fails towards silence: what cannot be read counts as in confidence. */
bool paper_said_apart(struct journal *j, row_id feedback) {
    return query_one_int(
               j, 0,
               "SELECT count(*) FROM feedback WHERE id = ?1 AND withdrawn = 0 AND "
               "restricted IS NOT 1 AND speaker IS NOT 'staff' AND consent IS NOT 'no'",
               1, feedback) != 1;
}

bool paper_action_apart(struct journal *j, row_id action) {
    return query_one_int(j, 0,
                         "SELECT count(*) FROM action x WHERE x.id = ?1 AND x.withdrawn = 0 "
                         "AND NOT EXISTS "
                         "(SELECT 1 FROM observation o WHERE o.id = x.source AND o.restricted "
                         "= 1) AND NOT "
                         "EXISTS (SELECT 1 FROM feedback f WHERE f.id = x.source AND "
                         "(f.restricted = 1 OR "
                         "f.speaker = 'staff'))",
                         1, action) != 1;
}

static int photos_in(const struct evidence_list *l) {
    int n = 0;
    for (int i = 0; i < l->count; i++)
        n += l->all[i].sort == EVIDENCE_PHOTO;
    return n;
}

static enum status load_check(const struct load_context *c, struct arena *a,
                              struct paper_model *m) {
    struct found *f = NULL;
    struct evidence_list l = {0};
    enum status s = found_read(c, a, &f);
    if (!s) s = evidence_told_of_visit(c->j, a, c->row, &l);
    if (s || !f->walk->visit) return s;
    m->possible = true;
    m->title = f->walk->form->title;
    m->sub =
        arena_printf(a, "%s · %s", f->walk->service_name, time_day_hm(a, f->walk->started));
    m->sealed = f->sealed_at != 0;
    m->held = paper_copy_held(f);
    m->photos = photos_in(&l);
    return STATUS_OK;
}

static enum status load_one(const struct load_context *c, struct arena *a,
                            struct paper_model *m, const char *sql) {
    struct query q;
    struct evidence_list l = {0};
    query_open(&q, c->j, sql, 1, c->row);
    if (query_next(&q)) {
        m->sub = query_text(&q, 0, a);
        m->title = query_text(&q, 1, a);
        if (m->of == PAPER_OF_ACTION)
            m->title = arena_printf(a, "%s-%s", query_int(&q, 2) ? "M" : "S", m->title);
    }
    enum status s = query_close(&q);
    if (!s) s = evidence_of_row(c->j, a, c->row, &l);
    m->photos = photos_in(&l);
    return s;
}

static enum status load_action(const struct load_context *c, struct arena *a,
                               struct paper_model *m) {
    enum status s = journal_load_all(c->j);
    if (s) return s;
    m->possible = !paper_action_apart(c->j, c->row);
    return load_one(c, a, m,
                    "SELECT s.name, x.reference, x.must FROM action x JOIN service s ON s.id = "
                    "x.service WHERE x.id = ?1");
}

static enum status load_said(const struct load_context *c, struct arena *a,
                             struct paper_model *m) {
    enum status s = journal_load_all(c->j);
    if (s) return s;
    m->possible = !paper_said_apart(c->j, c->row);
    return load_one(
        c, a, m,
        "SELECT s.name, '' FROM feedback f LEFT JOIN visit v ON v.id = f.visit JOIN "
        "service s ON s.id = coalesce(f.service, v.service) WHERE f.id = ?1");
}

/* Only of whoever holds the tablet. */
static enum status load_self(const struct load_context *c, struct arena *a,
                             struct paper_model *m) {
    m->possible = c->row && c->row == journal_holder(c->j);
    m->title = m->possible ? role_of(c->j, c->row, a) : "";
    return STATUS_OK;
}

enum status paper_load(const struct load_context *c, struct arena *a, const void **out) {
    struct paper_model *m = ARENA_NEW(a, struct paper_model);
    const char **names = ARENA_ARRAY(a, const char *, c->sticks_count + 1);
    m->row = c->row;
    m->title = m->sub = "";
    m->of = text_equal(c->word, "action")     ? PAPER_OF_ACTION
            : text_equal(c->word, "feedback") ? PAPER_OF_SAID
            : text_equal(c->word, "self")     ? PAPER_OF_SELF
                                              : PAPER_OF_CHECK;
    for (size_t i = 0; i < c->sticks_count; i++)
        names[i] = path_name(c->sticks[i]);
    m->sticks = c->sticks;
    m->stick_names = names;
    m->sticks_count = c->sticks_count;
    enum status s = m->of == PAPER_OF_CHECK    ? load_check(c, a, m)
                    : m->of == PAPER_OF_ACTION ? load_action(c, a, m)
                    : m->of == PAPER_OF_SELF   ? load_self(c, a, m)
                                               : load_said(c, a, m);
    if (!s) *out = m;
    return s;
}
