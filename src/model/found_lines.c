/* found_lines.c -- the findings of a check: answers by verdict, concerns and good things seen,
 * most serious first. */
#include "model/found_inside.h"

#include <stdlib.h>

#include "base/text.h"

/* Safe and effective staffing: what was seen of workers. */
#define STAFFING "SAF-S6"

static struct tally *question_of(struct finding *d, const char *statement) {
    int q = framework_question_of(d->c->framework, statement);
    return q < 0 ? NULL : &d->f->questions[q].tally;
}

static void count_verdict(struct finding *d, const struct walk_item *i) {
    struct tally *t = question_of(d, i->item->statement);
    if (!t) return;
    t->of++;
    if (!i->answered) return;
    if (i->verdict != VERDICT_NOT_SEEN && i->verdict != VERDICT_NOT_APPLICABLE) t->looked_at++;
    switch (i->verdict) {
    case VERDICT_GOOD:
        t->met++;
        break;
    case VERDICT_PARTLY:
        t->partly++;
        break;
    case VERDICT_BAD:
        t->not_met++;
        if (i->item->critical) t->criticals++;
        break;
    case VERDICT_NOT_SEEN:
        t->not_seen++;
        d->f->not_seen++;
        break;
    case VERDICT_NOT_APPLICABLE:
        t->not_applicable++;
        d->f->not_applicable++;
        break;
    case VERDICT_NONE:
        break;
    }
}

static void add_line(struct finding *d, const struct walk_item *i) {
    struct found *f = d->f;
    if (f->lines_count == FOUND_LINES_MOST) return;
    const struct walk_answer *w = i->finding;
    struct found_line *l = &f->lines[f->lines_count++];
    *l = (struct found_line){
        .item = i->item->id,
        .text = i->item->text,
        .statement = i->item->statement,
        .verdict = i->verdict,
        .severity = i->severity,
        .critical = i->item->critical,
        .about_staff = i->item->asks_worker || text_starts(i->item->statement, STAFFING),
        .room = i->room ? i->room->row : 0,
        .room_label = i->room ? i->room->label : "",
        .note = "",
        .safe = "",
        .safe_by = "",
        .reference = "",
        .owner = "",
        .evidence = i->evidence,
    };
    if (w) {
        l->row = w->row;
        l->at = w->at;
        l->note = w->note;
        l->safe = w->safe;
        l->safe_by = w->safe_by;
        l->safe_at = w->safe_at;
    }
    if (i->item->critical && i->verdict == VERDICT_BAD) f->criticals++;
    if (i->severity == 4) f->dangers_now++;
}

static void count_changes(struct finding *d, const struct walk_item *i) {
    for (int p = 0; p < i->parts_count; p++)
        if (i->parts[p].answer && i->parts[p].answer->changes_count) d->f->changed++;
}

static void add_section(struct finding *d, const struct walk_section *s, int open) {
    struct found *f = d->f;
    if (!open || f->sections_count == FOUND_LIST_MOST) return;
    f->sections[f->sections_count++] =
        (struct found_section){.id = s->section->id,
                               .title = s->section->title,
                               .reason = s->left_reason ? s->left_reason : "",
                               .open = open};
    if (!s->left_reason) f->open_items += open;
}

void found_items(struct finding *d) {
    const struct walk_model *m = d->f->walk;
    for (int k = 0; k < m->sections_count; k++) {
        const struct walk_section *s = &m->sections[k];
        int open = 0;
        for (int n = 0; n < s->items_count; n++) {
            const struct walk_item *i = &s->items[n];
            if (!i->answered && (!i->shown || !i->wanted)) continue;
            count_verdict(d, i);
            count_changes(d, i);
            if (!i->answered && !i->skipped) open++;
            if (i->answered && (i->verdict == VERDICT_BAD || i->verdict == VERDICT_PARTLY))
                add_line(d, i);
        }
        add_section(d, s, open);
    }
    for (int k = 0; k < m->sections_count; k++)
        for (int n = 0; n < m->sections[k].rooms_count; n++) {
            if (!section_of_rooms(m->sections[k].section)) break;
            const char *seen = m->sections[k].rooms[n].seen;
            d->f->rooms++;
            if (text_equal(seen, "not_entered"))
                d->f->rooms_not++;
            else if (text_equal(seen, "from_door"))
                d->f->rooms_door++;
            else if (!text_blank(seen))
                d->f->rooms_entered++;
        }
}

static void add_concern(struct finding *d, const struct query *q) {
    struct found *f = d->f;
    if (f->lines_count == FOUND_LINES_MOST) return;
    f->lines[f->lines_count++] =
        (struct found_line){.row = query_int(q, 0),
                            .text = query_text(q, 2, d->a),
                            .note = "",
                            .item = "",
                            .room_label = query_text(q, 5, d->a),
                            .statement = query_text(q, 3, d->a),
                            .severity = (int)query_int(q, 4),
                            .at = query_int(q, 6),
                            .observation = true,
                            .about_staff = text_starts(query_text(q, 3, d->a), STAFFING),
                            .safe = "",
                            .safe_by = "",
                            .reference = "",
                            .owner = "",
                            .evidence = found_evidence(d, query_int(q, 0))};
    if (query_int(q, 4) == 4) f->dangers_now++;
}

enum status found_observations(struct finding *d) {
    struct found *f = d->f;
    struct query q;
    for (query_open(&q, d->c->j,
                    "SELECT o.id, o.good, o.text, o.statement, o.severity, coalesce(a.name, "
                    "''), coalesce(o.when_seen, o.made_at) "
                    "FROM observation o LEFT JOIN area a ON a.id = o.area WHERE o.visit = ?1 "
                    "AND o.withdrawn = 0 AND "
                    "o.restricted IS NOT 1 ORDER BY o.hlc, lantern_order(o.id)",
                    1, f->walk->visit);
         query_next(&q);) {
        if (!query_int(&q, 1)) {
            add_concern(d, &q);
        } else if (f->goods_count < FOUND_LIST_MOST) {
            f->goods[f->goods_count++] =
                (struct found_good){.row = query_int(&q, 0),
                                    .text = query_text(&q, 2, d->a),
                                    .at = query_int(&q, 6),
                                    .evidence = found_evidence(d, query_int(&q, 0))};
        }
    }
    return query_close(&q);
}

/* Criticals above everything, then by seriousness, then not met before partly, then as found.
 */
static int line_order(const struct found_line *l) {
    int rank = l->severity == 4 ? 0 : l->critical && l->verdict == VERDICT_BAD ? 100 : 200;
    return rank - l->severity * 10 + (l->verdict == VERDICT_PARTLY ? 5 : 0);
}

static int compare_lines(const void *x, const void *y) {
    const struct found_line *a = x, *b = y;
    int by = line_order(a) - line_order(b);
    if (by) return by;
    return a->at < b->at ? -1 : a->at > b->at;
}

void found_sort(struct finding *d) {
    qsort(d->f->lines, (size_t)d->f->lines_count, sizeof d->f->lines[0], compare_lines);
}

static struct found_line *line_of(struct finding *d, int64_t source, const char *item) {
    for (int i = 0; i < d->f->lines_count; i++)
        if (source && d->f->lines[i].row == source) return &d->f->lines[i];
    for (int i = 0; i < d->f->lines_count; i++)
        if (!text_blank(item) && text_equal(d->f->lines[i].item, item)) return &d->f->lines[i];
    return NULL;
}

enum status found_actions(struct finding *d) {
    struct query q;
    for (query_open(&q, d->c->j,
                    "SELECT a.id, a.source, a.item, a.reference, a.must, a.due, "
                    "coalesce(p.label, a.owner_text, '') FROM action a "
                    "LEFT JOIN person p ON p.id = a.owner WHERE a.visit = ?1 AND a.withdrawn = "
                    "0 ORDER BY a.hlc, lantern_order(a.id)",
                    1, d->f->walk->visit);
         query_next(&q);) {
        struct found_line *l = line_of(d, query_int(&q, 1), query_text(&q, 2, d->a));
        if (!l) continue;
        l->action = query_int(&q, 0);
        l->reference = query_text(&q, 3, d->a);
        l->must = query_int(&q, 4) != 0;
        l->due = query_int(&q, 5);
        l->owner = query_text(&q, 6, d->a);
    }
    for (int i = 0; i < d->f->lines_count; i++)
        if (!d->f->lines[i].action) d->f->without_action++;
    return query_close(&q);
}
