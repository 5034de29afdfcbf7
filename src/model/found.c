/* found.c -- puts one check's findings together with what was said, told, decided and signed.
 * See found.h. */
#include "model/found_inside.h"

#include "base/text.h"
#include "model/erased.h"
#include "model/walk_load.h"

/* A danger whose worry is restricted is restricted with it, and so is every duty that came from
 * it. */
#define NOT_RESTRICTED(source)                                                                 \
    " AND NOT EXISTS (SELECT 1 FROM observation o WHERE o.id = " source                        \
    " AND o.restricted = 1)"                                                                   \
    " AND NOT EXISTS (SELECT 1 FROM feedback f WHERE f.id = " source " AND f.restricted = 1) " \
    " AND NOT EXISTS (SELECT 1 FROM erase x WHERE x.\"row\" = " source                         \
    " AND x.restricted = 1) "

struct evidence_list found_evidence(struct finding *d, row_id row) {
    const struct evidence_list *from = &d->f->walk->evidence;
    struct evidence *all = NULL;
    int n = 0;
    for (int i = 0; i < from->count; i++) {
        if (!row || from->all[i].to != row) continue;
        if (!all) all = ARENA_ARRAY(d->a, struct evidence, from->count - i);
        all[n++] = from->all[i];
    }
    return (struct evidence_list){.all = all, .count = n};
}

static enum status load_voices(struct finding *d) {
    struct found *f = d->f;
    struct query q;
    for (query_open(&q, d->c->j,
                    "SELECT id, speaker, sort, text, about, wants_answer, coalesce(made_at, "
                    "at), question, marks, consent FROM feedback WHERE visit = ?1 AND "
                    "withdrawn = 0 AND restricted IS NOT 1 ORDER BY hlc, lantern_order(id)",
                    1, f->walk->visit);
         query_next(&q) && f->voices_count < FOUND_LIST_MOST;) {
        struct found_voice *v = &f->voices[f->voices_count++];
        *v = (struct found_voice){.row = query_int(&q, 0),
                                  .speaker = query_text(&q, 1, d->a),
                                  .sort = query_text(&q, 2, d->a),
                                  .text = query_text(&q, 3, d->a),
                                  .about = query_text(&q, 4, d->a),
                                  .wants_answer = query_int(&q, 5) != 0,
                                  .at = query_int(&q, 6),
                                  .question = query_text(&q, 7, d->a),
                                  .marks = query_text(&q, 8, d->a)};
        if (text_equal(query_text(&q, 9, d->a), "no")) v->question = v->marks = "";
        v->staff = text_equal(v->speaker, "staff");
        v->evidence = found_evidence(d, v->row);
        if (text_equal(v->sort, "praise") && !v->staff && f->goods_count < FOUND_LIST_MOST)
            f->goods[f->goods_count++] = (struct found_good){
                .text = text_blank(v->text) && !v->evidence.count ? v->marks : v->text,
                .at = v->at,
                .said = true,
                .evidence = v->evidence};
    }
    return query_close(&q);
}

static enum status load_told(struct finding *d) {
    struct found *f = d->f;
    struct query q;
    for (query_open(&q, d->c->j,
                    "SELECT coalesce(t.when_told, t.at), coalesce(nullif(t.whom, ''), p.label, "
                    "''), t.sort, t.said, t.why, t.how FROM "
                    "told t LEFT JOIN person p ON p.id = t.person WHERE t.visit = ?1 AND "
                    "t.withdrawn = 0 ORDER BY t.hlc, lantern_order(t.id)",
                    1, f->walk->visit);
         query_next(&q) && f->told_count < FOUND_LIST_MOST;)
        f->told[f->told_count++] = (struct found_told){.at = query_int(&q, 0),
                                                       .whom = query_text(&q, 1, d->a),
                                                       .sort = query_text(&q, 2, d->a),
                                                       .said = query_text(&q, 3, d->a),
                                                       .why = query_text(&q, 4, d->a),
                                                       .how = query_text(&q, 5, d->a)};
    return query_close(&q);
}

static enum status load_duties(struct finding *d) {
    struct found *f = d->f;
    struct query q;
    for (query_open(&q, d->c->j,
                    "SELECT u.id, u.name, u.decision, u.decide_by, u.who, u.decided, u.why, "
                    "u.reference FROM duty u LEFT JOIN danger g ON g.id = u.danger WHERE "
                    "u.visit = ?1 AND u.withdrawn = 0" NOT_RESTRICTED(
                        "g.source") "ORDER BY u.decide_by, u.hlc, lantern_order(u.id)",
                    1, f->walk->visit);
         query_next(&q) && f->duties_count < FOUND_LIST_MOST;) {
        struct found_duty *u = &f->duties[f->duties_count++];
        *u = (struct found_duty){.row = query_int(&q, 0),
                                 .name = query_text(&q, 1, d->a),
                                 .decision = query_text(&q, 2, d->a),
                                 .decide_by = query_int(&q, 3),
                                 .who = query_text(&q, 4, d->a),
                                 .decided = query_int(&q, 5),
                                 .why = query_text(&q, 6, d->a),
                                 .reference = query_text(&q, 7, d->a)};
        if (!text_equal(u->decision, "needed") && !text_equal(u->decision, "not_needed"))
            f->duties_open++;
    }
    return query_close(&q);
}

static enum status load_dangers(struct finding *d) {
    struct found *f = d->f;
    struct query q;
    for (query_open(
             &q, d->c->j,
             "SELECT g.id, g.text, g.opened, g.safe, g.safe_at, g.safe_by, g.closed, "
             "(SELECT count(*) FROM call c WHERE "
             "c.danger = g.id AND c.withdrawn = 0), (SELECT count(*) FROM call c WHERE "
             "c.danger = g.id AND c.withdrawn = 0 AND "
             "c.answered = 'yes'), g.source FROM danger g WHERE g.visit = ?1 AND "
             "g.withdrawn = 0" NOT_RESTRICTED("g.source") "ORDER BY g.hlc, lantern_order(g.id)",
             1, f->walk->visit);
         query_next(&q) && f->dangers_count < FOUND_LIST_MOST;)
        f->dangers[f->dangers_count++] =
            (struct found_danger){.row = query_int(&q, 0),
                                  .text = query_text(&q, 1, d->a),
                                  .opened = query_int(&q, 2),
                                  .safe = query_text(&q, 3, d->a),
                                  .safe_at = query_int(&q, 4),
                                  .safe_by = query_text(&q, 5, d->a),
                                  .closed = query_int(&q, 6),
                                  .calls = (int)query_int(&q, 7),
                                  .answered = (int)query_int(&q, 8),
                                  .source = query_int(&q, 9)};
    return query_close(&q);
}

static void read_strokes(struct finding *d, const struct query *q, int col,
                         struct found_signature *g) {
    size_t n;
    const void *p = query_bytes(q, col, &n);
    hash256 h;
    struct buf b = {0};
    if (!p || n != sizeof h) return;
    memcpy(&h, p, sizeof h);
    if (!blob_get(d->c->j, &h, &b)) {
        g->strokes = arena_copy(d->a, b.data, b.size);
        g->strokes_size = b.size;
    }
    buf_release(&b);
}

static enum status load_signatures(struct finding *d) {
    struct found *f = d->f;
    struct query q;
    for (query_open(&q, d->c->j,
                    "SELECT coalesce(nullif(s.who, ''), p.label, ''), s.side, s.choice, "
                    "s.text, s.at, s.strokes FROM signature s LEFT JOIN "
                    "person p ON p.id = s.person WHERE s.visit = ?1 AND s.withdrawn = 0 ORDER "
                    "BY s.hlc, lantern_order(s.id)",
                    1, f->walk->visit);
         query_next(&q) && f->signatures_count < FOUND_LIST_MOST;) {
        struct found_signature *g = &f->signatures[f->signatures_count++];
        *g = (struct found_signature){.who = query_text(&q, 0, d->a),
                                      .side = query_text(&q, 1, d->a),
                                      .choice = query_text(&q, 2, d->a),
                                      .text = query_text(&q, 3, d->a),
                                      .at = query_int(&q, 4)};
        read_strokes(d, &q, 5, g);
    }
    return query_close(&q);
}

static enum status load_addenda(struct finding *d) {
    struct found *f = d->f;
    struct query q;
    for (query_open(
             &q, d->c->j,
             "SELECT coalesce(n.made_at, n.at), n.text, coalesce(p.label, '') FROM addendum n "
             "LEFT JOIN person p ON p.id = n.\"by\" "
             "WHERE n.visit = ?1 AND n.withdrawn = 0" NOT_RESTRICTED(
                 "n.about") "ORDER BY n.hlc, lantern_order(n.id)",
             1, f->walk->visit);
         query_next(&q) && f->addenda_count < FOUND_LIST_MOST;)
        f->addenda[f->addenda_count++] =
            (struct found_addendum){.at = query_int(&q, 0),
                                    .text = query_text(&q, 1, d->a),
                                    .by = query_text(&q, 2, d->a)};
    return query_close(&q);
}

/* Minutes on site: from the start to leaving (or now), without the time under the cover. */
static enum status load_visit_facts(struct finding *d) {
    struct found *f = d->f;
    const struct walk_model *w = f->walk;
    struct query q;
    query_open(&q, d->c->j,
               "SELECT held_back, held_why, (SELECT coalesce(sum(ms), 0) FROM event e WHERE "
               "e.visit = v.id AND e.sort = 'resume' AND "
               "e.withdrawn = 0), (SELECT s.at FROM seal s WHERE s.visit = v.id AND "
               "s.withdrawn = 0 ORDER BY s.hlc LIMIT 1), (SELECT s.praise "
               "FROM seal s WHERE s.visit = v.id AND s.withdrawn = 0 ORDER BY s.hlc LIMIT 1) "
               "FROM visit v WHERE v.id = ?1",
               1, w->visit);
    f->held_back = f->held_why = f->praise = "";
    if (query_next(&q)) {
        int64_t end = w->left ? w->left_at : d->c->wall_ms;
        f->held_back = query_text(&q, 0, d->a);
        f->held_why = query_text(&q, 1, d->a);
        f->covered_minutes = (int)(query_int(&q, 2) / 60000);
        f->sealed_at = query_int(&q, 3);
        f->praise = query_text(&q, 4, d->a);
        f->minutes = end > w->started ? (int)((end - w->started) / 60000) : 0;
    }
    return query_close(&q);
}

static void make_lists(struct finding *d) {
    struct found *f = d->f;
    const struct framework *w = d->c->framework;
    f->questions = ARENA_ARRAY(d->a, struct found_question, w->questions_count);
    f->questions_count = w->questions_count;
    for (int i = 0; i < w->questions_count; i++)
        f->questions[i] =
            (struct found_question){.code = w->questions[i].code, .name = w->questions[i].name};
    f->lines = ARENA_ARRAY(d->a, struct found_line, FOUND_LINES_MOST);
    f->goods = ARENA_ARRAY(d->a, struct found_good, FOUND_LIST_MOST);
    f->voices = ARENA_ARRAY(d->a, struct found_voice, FOUND_LIST_MOST);
    f->sections = ARENA_ARRAY(d->a, struct found_section, FOUND_LIST_MOST);
    f->told = ARENA_ARRAY(d->a, struct found_told, FOUND_LIST_MOST);
    f->duties = ARENA_ARRAY(d->a, struct found_duty, FOUND_LIST_MOST);
    f->dangers = ARENA_ARRAY(d->a, struct found_danger, FOUND_LIST_MOST);
    f->signatures = ARENA_ARRAY(d->a, struct found_signature, FOUND_LIST_MOST);
    f->addenda = ARENA_ARRAY(d->a, struct found_addendum, FOUND_LIST_MOST);
}

enum status found_read(const struct load_context *c, struct arena *a, struct found **out) {
    struct finding d = {.c = c, .a = a, .f = ARENA_NEW(a, struct found)};
    const void *walk = NULL;
    struct load_context reading = *c;
    reading.reading = true;
    enum status s = walk_load(&reading, a, &walk);
    if (s) return s;
    d.f->walk = walk;
    make_lists(&d);
    if (d.f->walk->visit) {
        found_items(&d);
        s = found_observations(&d);
        if (!s) s = load_voices(&d);
        found_sort(&d);
        if (!s) s = found_actions(&d);
        if (!s) s = load_told(&d);
        if (!s) s = load_duties(&d);
        if (!s) s = load_dangers(&d);
        if (!s) s = load_signatures(&d);
        if (!s) s = load_addenda(&d);
        if (!s) s = load_visit_facts(&d);
        if (!s) s = erased_of_check(c->j, d.f->walk->visit, a, &d.f->erased);
    }
    if (!s) *out = d.f;
    return s;
}
