/* check_tally.c -- the counts of one check by key question. An item that two tablets looked at
 * counts once, with the worse of what they found; both looks stand on the page. */
#include "base/text.h"
#include "office/report/report.h"

struct looked {
    const struct walk_item *item;
    int64_t area; /* of its room; 0: no room, or one without a place on the list */
    int visit;    /* rooms without a place are of their own tablet */
    enum verdict verdict;
    bool answered;
};
struct looks {
    struct looked *all;
    int n;
};

static bool same_thing(const struct looked *a, const struct looked *b) {
    if (!text_equal(a->item->item->id, b->item->item->id)) return false;
    if (!a->item->room && !b->item->room) return true;
    return a->item->room && b->item->room && a->area && a->area == b->area;
}

static void look(struct looks *l, const struct walk_item *i, int visit) {
    struct looked one = {.item = i,
                         .area = i->room ? i->room->area : 0,
                         .visit = visit,
                         .verdict = i->verdict,
                         .answered = i->answered};
    for (int k = 0; visit && k < l->n; k++) {
        if (l->all[k].visit == visit || !same_thing(&l->all[k], &one)) continue;
        struct looked *other = &l->all[k];
        bool worse = verdict_worst(other->verdict, one.verdict) == one.verdict;
        if (one.answered && (!other->answered || worse)) *other = one;
        return;
    }
    l->all[l->n++] = one;
}

static int items_of(const struct walk_model *m) {
    int n = 0;
    for (int k = 0; k < m->sections_count; k++)
        n += m->sections[k].items_count;
    return n;
}

/* What was asked, and what was answered although it was not. */
static void look_all(struct looks *l, const struct walk_model *m, int visit) {
    for (int k = 0; k < m->sections_count; k++)
        for (int n = 0; n < m->sections[k].items_count; n++) {
            const struct walk_item *i = &m->sections[k].items[n];
            if (i->answered || (i->shown && i->wanted)) look(l, i, visit);
        }
}

static void count(struct tally *t, const struct looked *l) {
    t->of++;
    if (!l->answered) return;
    if (l->verdict != VERDICT_NOT_SEEN && l->verdict != VERDICT_NOT_APPLICABLE) t->looked_at++;
    t->met += l->verdict == VERDICT_GOOD;
    t->partly += l->verdict == VERDICT_PARTLY;
    t->not_met += l->verdict == VERDICT_BAD;
    t->criticals += l->verdict == VERDICT_BAD && l->item->item->critical;
    t->not_seen += l->verdict == VERDICT_NOT_SEEN;
    t->not_applicable += l->verdict == VERDICT_NOT_APPLICABLE;
}

static void count_seen(struct report_check *c, const struct found *f) {
    for (int i = 0; i < f->lines_count; i++)
        c->findings += f->lines[i].observation;
}

void tally_check(struct report *r, struct report_check *c, struct found *const found[]) {
    struct looks l = {0};
    int most = 0;
    for (int i = 0; i < c->visits_count; i++)
        most += items_of(found[i]->walk);
    l.all = ARENA_ARRAY(&r->page, struct looked, most + 1);
    for (int i = 0; i < c->visits_count; i++) {
        if (!found[i]->walk->visit) continue;
        look_all(&l, found[i]->walk, i);
        count_seen(c, found[i]);
    }
    for (int i = 0; i < l.n; i++) {
        int q = framework_question_of(r->framework, l.all[i].item->item->statement);
        bool answered = l.all[i].answered;
        c->findings +=
            answered && (l.all[i].verdict == VERDICT_BAD || l.all[i].verdict == VERDICT_PARTLY);
        if (q < 0 || q >= REPORT_QUESTIONS) continue;
        count(&c->questions[q], &l.all[i]);
        if (c->recent) count(&c->service->questions[q], &l.all[i]);
    }
}
