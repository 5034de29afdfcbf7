/* gather_mock.c -- for a rehearsal: beside each statement what was found about it here in the
 * last twelve months, in counts and the newest few. A score is given by a person, who sees
 * this; it is never made from it. */
#include "model/gather_build.h"

#include "base/text.h"
#include "model/ratings_evidence.h"

#define STATEMENTS_MOST 80
#define YEAR_MS         (366 * 86400000LL)

const char *const gather_kinds[6] = {"people",      "staff",     "partners",
                                     "observation", "processes", "outcomes"};

static struct gather_evidence *of_statement(struct gather_evidence *all, int n,
                                            const char *code) {
    for (int i = 0; i < n; i++)
        if (text_equal(all[i].statement, code)) return &all[i];
    return NULL;
}

static int statements_of(const struct template *t, struct gather_evidence *all) {
    int n = 0;
    for (int i = 0; i < t->items_count && n < STATEMENTS_MOST; i++) {
        const char *code = t->items[i].statement;
        if (text_blank(code) || of_statement(all, n, code)) continue;
        all[n++] = (struct gather_evidence){.statement = code};
    }
    return n;
}

static void opens(struct gather_build *b, const struct ratings_evidence *e,
                  struct gather_found *f) {
    static const char *const sql[] = {
        [EVIDENCE_OF_ANSWER] = "SELECT visit FROM answer WHERE id = ?1",
        [EVIDENCE_OF_SEEN] = "SELECT visit FROM observation WHERE id = ?1",
        [EVIDENCE_OF_HEARD] = "SELECT visit FROM feedback WHERE id = ?1"};
    if (e->of == EVIDENCE_OF_ACTION)
        f->open_action = e->row;
    else if (e->of <= EVIDENCE_OF_HEARD)
        f->open_check = query_one_int(b->c->j, 0, sql[e->of], 1, e->row);
}

static const char *kind_of(struct gather_build *b, const struct ratings_evidence *e) {
    switch (e->of) {
    case EVIDENCE_OF_SEEN:
        return GATHER_WORD(b, "gather.seen");
    case EVIDENCE_OF_HEARD:
        return GATHER_WORD(b, "gather.heard");
    case EVIDENCE_OF_ACTION:
    case EVIDENCE_OF_ANSWER:
    case EVIDENCE_OF_PHOTO:
        break;
    }
    return e->from;
}

/* A worker's words stay with whoever heard them. */
static bool workers_words(const struct ratings_evidence *e) {
    return e->of == EVIDENCE_OF_HEARD && text_equal(e->from, "staff");
}

static void count_in(struct gather_build *b, struct gather_evidence *k,
                     const struct ratings_evidence *e) {
    k->good += e->of == EVIDENCE_OF_ANSWER && e->verdict == VERDICT_GOOD;
    k->partly += e->of == EVIDENCE_OF_ANSWER && e->verdict == VERDICT_PARTLY;
    k->bad += e->of == EVIDENCE_OF_ANSWER && e->verdict == VERDICT_BAD;
    k->seen += e->of == EVIDENCE_OF_SEEN;
    k->heard += e->of == EVIDENCE_OF_HEARD;
    k->actions += e->of == EVIDENCE_OF_ACTION;
    for (int i = 0; i < 6; i++)
        k->by_kind[i] += text_equal(gather_kinds[i], e->category);
    bool tells = e->of != EVIDENCE_OF_ANSWER || e->verdict == VERDICT_BAD ||
                 e->verdict == VERDICT_PARTLY || e->verdict == VERDICT_GOOD;
    if (k->newest_count == GATHER_NEWEST || !tells) return;
    struct gather_found *f = &k->newest[k->newest_count++];
    *f = (struct gather_found){.text = e->text,
                               .level = e->verdict == VERDICT_GOOD     ? 1
                                        : e->verdict == VERDICT_PARTLY ? 2
                                        : e->verdict == VERDICT_BAD    ? 3
                                                                       : 0};
    f->sub = arena_printf(b->a, "%s · %s", kind_of(b, e), day_text(b->a, london_day(e->at)));
    if (!text_blank(e->note)) f->sub = arena_printf(b->a, "%s · %s", f->sub, e->note);
    opens(b, e, f);
}

/* Given before this one: shown only with the evidence, and after one's own. */
static enum status last_scores(struct gather_build *b, struct gather_evidence *all, int n) {
    struct query q;
    for (query_open(&q, b->c->j,
                    "SELECT statement, score, day FROM score WHERE service = ?1 AND "
                    "coalesce(visit, 0) <> ?2 AND withdrawn = 0 AND score IS NOT NULL ORDER BY "
                    "day, hlc, lantern_order(id)",
                    2, b->m->service, b->m->visit);
         query_next(&q);) {
        struct gather_evidence *k = of_statement(all, n, query_text(&q, 0, b->a));
        if (!k) continue;
        k->last_score = (int)query_int(&q, 1);
        k->last_day = (day_no)query_int(&q, 2);
    }
    return query_close(&q);
}

enum status gather_mock(struct gather_build *b) {
    struct ratings_evidence_list list = {0};
    struct gather_evidence *all = ARENA_ARRAY(b->a, struct gather_evidence, STATEMENTS_MOST);
    int n = statements_of(b->m->form, all);
    enum status s = ratings_evidence_all(b->c, b->a, b->m->service, b->m->visit, &list);
    for (int i = 0; !s && i < list.count; i++) {
        const struct ratings_evidence *e = &list.all[i];
        struct gather_evidence *k = of_statement(all, n, e->statement);
        if (k && e->at >= b->c->wall_ms - YEAR_MS && !workers_words(e)) count_in(b, k, e);
    }
    if (!s) s = last_scores(b, all, n);
    b->g->evidence = all;
    b->g->evidence_count = n;
    return s;
}
