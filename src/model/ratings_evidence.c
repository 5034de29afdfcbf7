/* ratings_evidence.c -- gathers findings, things seen and heard, actions and photos that bear a
 * statement. See ratings_evidence.h.
 *
 * Nothing that was said in confidence, no worker's words, and no action that came of them: who
 * rates a service is often who leads it.
 * An answer knows its statement through its form, as that form was at the time; the other kinds
 * bear it themselves. The newest checks are gone through, not all: what a person weighs is what
 * is so now. */
#include "model/ratings_evidence.h"

#include <stdlib.h>

#include "base/text.h"
#include "care/use.h"
#include "model/answer_read.h"

#define VISITS_MOST   16
#define GATHERED_MOST 1500
#define ANY           "*"

struct gathering {
    const struct load_context *c;
    struct arena *a;
    row_id service, score, but;
    const char *about;
    struct ratings_evidence *all;
    int count;
};

static bool wanted(const struct gathering *g, const char *statement) {
    size_t n = strlen(g->about);
    if (text_equal(g->about, ANY)) return *statement != 0;
    return n && strncmp(statement, g->about, n) == 0 &&
           (g->about[n - 1] == '-' || !statement[n]);
}

static bool item_wanted(const struct gathering *g, const struct item *i) {
    if (wanted(g, i->statement)) return true;
    for (int k = 0; k < i->statements_count; k++)
        if (wanted(g, i->statements[k])) return true;
    return false;
}

static struct ratings_evidence *add(struct gathering *g) {
    if (g->count == GATHERED_MOST) return NULL;
    struct ratings_evidence *e = &g->all[g->count++];
    *e = (struct ratings_evidence){
        .statement = "", .category = "", .text = "", .note = "", .from = ""};
    return e;
}

/* ---- answers ---- */

static enum verdict judge(const struct part *p, const struct answer_value *v,
                          const char *result) {
    bool answered = false;
    if (p->rule != TARGET_NONE && *result) /* by the service's own limit, as it was then */
        return text_equal(result, "within") ? VERDICT_GOOD : VERDICT_BAD;
    return verdict_of(p, v, p->target_default, p->target_default_high, &answered);
}

/* One of a question's parts: the worst of them stands for the question. */
static void add_answer(struct gathering *g, struct ratings_evidence **last,
                       const struct template *form, const struct item *i, const struct query *q,
                       bool same) {
    const struct part *p = item_part(i, query_text(q, 2, g->a));
    struct answer_value v;
    answer_read(q, 7, g->a, &v);
    if (!p || !answer_said(&v)) return;
    enum verdict verdict = judge(p, &v, query_text(q, 5, g->a));
    if (verdict == VERDICT_NOT_SEEN || verdict == VERDICT_NOT_APPLICABLE) return;
    struct ratings_evidence *e = same ? *last : NULL;
    bool worse = e && verdict_worst(verdict, e->verdict) != e->verdict;
    if (!e) *last = e = add(g);
    if (!e) return;
    if (!*e->text || worse) {
        e->row = query_int(q, 0);
        e->verdict = verdict;
    }
    e->of = EVIDENCE_OF_ANSWER;
    e->statement = arena_strdup(g->a, i->statement);
    e->category = arena_strdup(g->a, i->evidence);
    e->text = arena_strdup(g->a, i->text);
    e->from = arena_strdup(g->a, form->title);
    e->at = query_int(q, 6);
    e->critical = i->critical;
    const char *note = query_text(q, 4, g->a);
    if (!text_blank(note) && !i->asks_worker) e->note = note;
}

static enum status answers_of(struct gathering *g, row_id visit) {
    const struct template *form = g->c->template_of(g->c->ctx, visit);
    struct ratings_evidence *last = NULL;
    const char *item_before = "";
    int64_t room_before = -1;
    struct query q;
    if (!form || !use_judges(form_use(form))) return STATUS_OK; /* talks, a team: no finding */
    for (query_open(&q, g->c->j,
                    "SELECT a.id, a.item, coalesce(a.part, ''), coalesce(a.repeat, 0), "
                    "coalesce(a.note, ''), coalesce(a.result, ''), coalesce(a.made_at, "
                    "a.at), " ANSWER_COLUMNS
                    " FROM answer a WHERE a.visit = ?1 AND a.withdrawn = 0 "
                    "ORDER BY a.item, coalesce(a.repeat, 0), a.hlc, lantern_order(a.id)",
                    1, visit);
         query_next(&q);) {
        const char *id = query_text(&q, 1, g->a);
        int64_t room = query_int(&q, 3);
        const struct item *i = template_item(form, id);
        bool same = last && room == room_before && text_equal(id, item_before);
        if (!same) last = NULL;
        item_before = id;
        room_before = room;
        if (i && item_wanted(g, i)) add_answer(g, &last, form, i, &q, same);
    }
    return query_close(&q);
}

static enum status answers(struct gathering *g) {
    row_id visits[VISITS_MOST];
    int n = 0;
    struct query q;
    if (!g->c->template_of) return STATUS_OK;
    for (query_open(&q, g->c->j,
                    "SELECT id FROM visit WHERE service = ?1 AND id <> ?2 AND withdrawn = 0 "
                    "ORDER BY started DESC, lantern_order(id)",
                    2, g->service, g->but);
         n < VISITS_MOST && query_next(&q);)
        visits[n++] = query_int(&q, 0);
    enum status s = query_close(&q);
    for (int i = 0; !s && i < n; i++)
        s = answers_of(g, visits[i]);
    return s;
}

/* ---- what bears its statement itself ---- */

static const char *category_of_speaker(const char *speaker) {
    if (text_equal(speaker, "staff")) return "staff";
    if (text_equal(speaker, "professional")) return "partners";
    return "people";
}

/* id, statement, text, from, at, good (1, 0, NULL neither), thumb */
static enum status rows(struct gathering *g, enum evidence_of of, const char *sql) {
    struct query q;
    for (query_open(&q, g->c->j, sql, 1, g->service); query_next(&q);) {
        const char *statement = query_text(&q, 1, g->a);
        if (!wanted(g, statement)) continue;
        struct ratings_evidence *e = add(g);
        if (!e) break;
        e->row = query_int(&q, 0);
        e->of = of;
        e->statement = statement;
        e->text = query_text(&q, 2, g->a);
        e->from = query_text(&q, 3, g->a);
        e->at = query_int(&q, 4);
        e->verdict = query_null(&q, 5)  ? VERDICT_NONE
                     : query_int(&q, 5) ? VERDICT_GOOD
                                        : VERDICT_BAD;
        e->category = of == EVIDENCE_OF_HEARD  ? category_of_speaker(e->from)
                      : of == EVIDENCE_OF_SEEN ? "observation"
                                               : "processes";
    }
    return query_close(&q);
}

static enum status seen_heard_raised(struct gathering *g) {
    enum status s = rows(g, EVIDENCE_OF_SEEN,
                         "SELECT id, coalesce(statement, ''), text, '', coalesce(when_seen, "
                         "made_at, at), good = 1 FROM observation WHERE service = ?1 AND "
                         "withdrawn = 0 AND restricted IS NOT 1 ORDER BY hlc DESC, "
                         "lantern_order(id)");
    if (!s)
        s = rows(g, EVIDENCE_OF_HEARD,
                 "SELECT id, coalesce(statement, ''), text, coalesce(speaker, ''), "
                 "coalesce(made_at, at), CASE sort WHEN 'praise' THEN 1 WHEN 'worry' THEN 0 "
                 "WHEN 'complaint' THEN 0 END FROM feedback WHERE service = ?1 AND withdrawn = "
                 "0 AND restricted IS NOT 1 AND speaker IS NOT 'staff' AND consent IS NOT 'no' "
                 "ORDER BY hlc DESC, "
                 "lantern_order(id)");
    if (!s)
        s = rows(g, EVIDENCE_OF_ACTION,
                 "SELECT id, coalesce(statement, ''), different, (CASE must WHEN 1 THEN 'M-' "
                 "ELSE 'S-' END) || reference, coalesce(made_at, at), NULL FROM action WHERE "
                 "service = ?1 AND withdrawn = 0 AND NOT EXISTS (SELECT 1 FROM observation o "
                 "WHERE o.id = action.source AND o.restricted = 1) AND NOT EXISTS (SELECT 1 "
                 "FROM feedback f WHERE f.id = action.source AND (f.restricted = 1 OR "
                 "f.speaker = 'staff')) ORDER BY hlc DESC, lantern_order(id)");
    return s;
}

/* ---- photos: of a question, or of something that is here already ---- */

static void add_photo(struct gathering *g, const struct query *q, const char *statement,
                      const char *about) {
    struct ratings_evidence *e = add(g);
    size_t n = 0;
    const void *thumb = query_bytes(q, 4, &n);
    if (!e) return;
    e->row = query_int(q, 0);
    e->of = EVIDENCE_OF_PHOTO;
    e->statement = arena_strdup(g->a, statement);
    e->category = "observation";
    e->text =
        text_blank(query_text(q, 3, g->a)) ? arena_strdup(g->a, about) : query_text(q, 3, g->a);
    e->at = query_int(q, 5);
    if (thumb && n == sizeof e->thumb) memcpy(&e->thumb, thumb, n);
}

static enum status photos(struct gathering *g) {
    struct query q;
    int known = g->count;
    for (query_open(&q, g->c->j,
                    "SELECT p.id, coalesce(p.\"to\", 0), p.item, coalesce(p.caption, ''), "
                    "p.thumb, coalesce(p.taken, p.made_at, p.at), coalesce(p.visit, 0) FROM "
                    "attachment p LEFT JOIN visit v ON v.id = p.visit WHERE p.sort = 'photo' "
                    "AND p.withdrawn = 0 AND coalesce(p.service, v.service) = ?1 ORDER BY "
                    "p.hlc DESC, lantern_order(p.id)",
                    1, g->service);
         query_next(&q);) {
        row_id to = query_int(&q, 1), visit = query_int(&q, 6);
        const struct ratings_evidence *of = NULL;
        for (int i = 0; to && i < known && !of; i++)
            if (g->all[i].row == to) of = &g->all[i];
        if (of) add_photo(g, &q, of->statement, of->text);
        const struct template *form =
            !to && visit && g->c->template_of ? g->c->template_of(g->c->ctx, visit) : NULL;
        const struct item *i = form ? template_item(form, query_text(&q, 2, g->a)) : NULL;
        if (i && item_wanted(g, i)) add_photo(g, &q, i->statement, i->text);
    }
    return query_close(&q);
}

/* ---- together ---- */

static int newest_first(const void *x, const void *y) {
    const struct ratings_evidence *a = x, *b = y;
    if (!a->basis != !b->basis) return a->basis ? -1 : 1; /* what it rests on stands first */
    if (a->at != b->at) return a->at > b->at ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

static enum status links(struct gathering *g) {
    struct query q;
    for (query_open(&q, g->c->j,
                    "SELECT id, evidence FROM basis WHERE score = ?1 AND withdrawn = 0", 1,
                    g->score);
         query_next(&q);)
        for (int i = 0; i < g->count; i++)
            if (g->all[i].row == query_int(&q, 1)) g->all[i].basis = query_int(&q, 0);
    return query_close(&q);
}

enum status ratings_evidence_read(const struct load_context *c, struct arena *a, row_id service,
                                  const char *about, row_id score,
                                  struct ratings_evidence_list *out) {
    struct gathering g = {.c = c, .a = a, .service = service, .score = score, .about = about};
    g.all = ARENA_ARRAY(a, struct ratings_evidence, GATHERED_MOST);
    enum status s = answers(&g);
    if (!s) s = seen_heard_raised(&g);
    if (!s) s = photos(&g);
    if (!s) s = links(&g);
    if (s) return s;
    qsort(g.all, (size_t)g.count, sizeof *g.all, newest_first);
    *out = (struct ratings_evidence_list){.all = g.all, .total = g.count};
    out->count = g.count < RATINGS_EVIDENCE_MOST ? g.count : RATINGS_EVIDENCE_MOST;
    for (int i = 0; i < g.count; i++) {
        out->good += g.all[i].verdict == VERDICT_GOOD;
        out->partly += g.all[i].verdict == VERDICT_PARTLY;
        out->bad += g.all[i].verdict == VERDICT_BAD;
    }
    return STATUS_OK;
}

enum status ratings_evidence_all(const struct load_context *c, struct arena *a, row_id service,
                                 row_id but, struct ratings_evidence_list *out) {
    struct gathering g = {.c = c, .a = a, .service = service, .about = ANY, .but = but};
    g.all = ARENA_ARRAY(a, struct ratings_evidence, GATHERED_MOST);
    enum status s = answers(&g);
    if (!s) s = seen_heard_raised(&g);
    if (s) return s;
    qsort(g.all, (size_t)g.count, sizeof *g.all, newest_first);
    *out = (struct ratings_evidence_list){.all = g.all, .count = g.count, .total = g.count};
    return STATUS_OK;
}
