/* walk_load.c -- puts one check together for the walk screen: the visit, its form as it was,
 * everything said so far. */
#include "model/walk_load.h"

#include "base/text.h"
#include "care/rules.h"
#include "model/gather_load.h"
#include "model/walk_build.h"

static enum status load_visit(struct walk_build *b) {
    struct walk_model *m = b->m;
    struct query q;
    query_open(
        &q, b->c->j,
        "SELECT v.service, v.length, v.modules, v.unannounced, v.reason, v.started, v.checker, "
        "v.left,"
        " v.back_by, v.back_tell, v.watch_at, v.join_code, s.name, s.setting, s.night_starts,"
        " coalesce(nullif(v.in_charge_text, ''), c.label, ''), coalesce(k.label, ''),"
        " EXISTS (SELECT 1 FROM seal x WHERE x.visit = v.id AND x.withdrawn = 0)"
        " FROM visit v LEFT JOIN service s ON s.id = v.service LEFT JOIN person c ON c.id = "
        "v.in_charge"
        " LEFT JOIN person k ON k.id = v.checker WHERE v.id = ?1 AND v.withdrawn = 0",
        1, b->c->row);
    if (query_next(&q)) {
        m->visit = b->c->row;
        m->service = query_int(&q, 0);
        m->length = query_text(&q, 1, b->a);
        m->modules = query_text(&q, 2, b->a);
        m->unannounced = query_int(&q, 3) != 0;
        m->reason = query_text(&q, 4, b->a);
        m->started = query_int(&q, 5);
        m->checker = query_int(&q, 6);
        m->left = !query_null(&q, 7);
        m->left_at = query_int(&q, 7);
        m->back_by = query_int(&q, 8);
        m->back_tell = query_text(&q, 9, b->a);
        m->watch_asked = !query_null(&q, 10);
        m->join_code = query_text(&q, 11, b->a);
        m->service_name = query_text(&q, 12, b->a);
        m->setting = query_text(&q, 13, b->a);
        m->night_starts = query_null(&q, 14) ? NIGHT_STARTS_MIN : (int)query_int(&q, 14);
        m->in_charge = query_text(&q, 15, b->a);
        m->checker_label = query_text(&q, 16, b->a);
        m->sealed = query_int(&q, 17) != 0;
    }
    return query_close(&q);
}

static void load_holder(struct walk_build *b) {
    b->m->holder = journal_holder(b->c->j);
    if (!b->m->holder) return;
    b->m->holder_outside =
        query_one_int(b->c->j, 0,
                      "SELECT coalesce(side, '') = 'provider' OR coalesce(service, 0) <> ?2"
                      " FROM person WHERE id = ?1",
                      2, b->m->holder, b->m->service) != 0;
}

/* A bell that rings: running, and timed as a bell (free, or for a question whose limit is the
 * bell's). */
static const struct walk_timing *ringing(const struct walk_model *m) {
    for (int i = 0; i < m->timings_count; i++) {
        const struct walk_timing *t = &m->timings[i];
        if (!t->running && !t->waiting_second) continue;
        if (t->free) return t;
        const struct item *item = template_item(m->form, t->item);
        const struct part *part = item ? item_part(item, t->part) : NULL;
        if (part && text_starts(part->target, "bell")) return t;
    }
    return NULL;
}

static enum status load_said(struct walk_build *b) {
    enum status s = walk_answers_load(b);
    if (!s && !b->c->reading) s = walk_last_load(b);
    if (!s) s = walk_rooms_load(b);
    if (!s) s = walk_lists_load(b);
    if (!s) s = walk_timings_load(b);
    if (!s) s = walk_actions_load(b);
    if (!s) s = walk_evidence_load(b);
    return s;
}

enum status walk_load(const struct load_context *c, struct arena *a, const void **out) {
    struct walk_model *m = ARENA_NEW(a, struct walk_model);
    struct walk_build b = {.c = c, .a = a, .m = m};
    enum status s = c->row ? journal_load_visit(c->j, c->row) : STATUS_OK;
    if (!s && c->row) s = load_visit(&b);
    if (s) return s;
    m->form = m->visit && c->template_of ? c->template_of(c->ctx, m->visit) : NULL;
    if (!m->form) {
        static const struct gather nothing = {
            .present = "", .no_action = "", .no_action_text = ""};
        m->visit = 0; /* made by a newer Lantern, or not arrived: nothing to walk */
        m->gather = &nothing;
        *out = m;
        return STATUS_OK;
    }
    m->at_night = m->form->night || c->night;
    m->at = arena_strdup(a, c->word);
    load_holder(&b);
    s = load_said(&b);
    if (s) return s;
    walk_sections_build(&b);
    walk_actions_place(&b);
    walk_evidence_place(&b);
    walk_minutes(&b);
    s = walk_reasons_load(&b);
    if (s) return s;
    walk_staffing_read(&b);
    s = gather_load(c, a, m, &m->gather);
    if (s) return s;
    m->ringing = ringing(m);
    m->danger_open = query_one_int(
        c->j, 0,
        "SELECT id FROM danger WHERE visit = ?1 AND withdrawn = 0 AND closed IS NULL"
        " ORDER BY hlc DESC",
        1, m->visit);
    *out = m;
    return STATUS_OK;
}
