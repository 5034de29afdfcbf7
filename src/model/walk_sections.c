/* walk_sections.c -- lays the answers into the form: sections, rooms, items, parts, with their
 * verdicts, what is counted, and how long each section took. Minutes are by rule: the time
 * between two things kept belongs to the section of the later one, but never more than five
 * minutes, so that a long talk in a corridor is not work on a form. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "care/use.h"
#include "model/walk_build.h"
#include "model/walk_load.h"

#define GAP_MS_MAX (5 * 60 * 1000)

static const struct walk_target *target_named(const struct walk_build *b, const char *name) {
    const struct walk_target *found = NULL; /* the newest wins */
    for (int i = 0; i < b->targets_count; i++) {
        if (text_equal(b->targets[i].name, name)) found = &b->targets[i];
    }
    return found;
}

static void set_target(const struct walk_build *b, struct walk_part *p) {
    if (p->part->rule == TARGET_NONE || !*p->part->target) return;
    const struct walk_target *t = target_named(b, p->part->target);
    p->has_target = true;
    p->own_choice = !t || !t->has_value || t->own_choice;
    p->target = target_in_unit(p->part, t && t->has_value ? t->value : p->part->target_default);
    p->target_high =
        target_in_unit(p->part, t && t->has_high ? t->high : p->part->target_default_high);
    p->target_source = t ? t->source : "";
}

static void build_part(struct walk_build *b, struct walk_item *i, struct walk_part *p,
                       const struct part *part) {
    int64_t room = i->room ? i->room->row : 0;
    p->part = part;
    p->answer = walk_answer_of(b, i->item->id, part->id, room, &p->other);
    p->timing =
        part->kind == PART_SECONDS ? walk_timing_of(b, i->item->id, part->id, i->room) : NULL;
    /* A record of last time is another one: only places come back. */
    bool place = !i->room || i->room->area;
    p->last =
        place ? walk_last_of(b, i->item->id, part->id, i->room ? i->room->area : 0) : NULL;
    set_target(b, p);
    if (!p->answer) return;
    p->verdict = verdict_of(part, &p->answer->value, p->target, p->target_high, &p->answered);
    if (!b->judges) p->verdict = VERDICT_NONE;
}

struct looking {
    const struct walk_build *b;
    const struct walk_room *room;
};

/* What was said in the same room counts first. */
static const struct answer_value *said_before(void *ctx, const char *item, const char *part) {
    const struct looking *l = ctx;
    const struct walk_answer *other = NULL;
    if (l->room) other = walk_answer_of(l->b, item, part, l->room->row, NULL);
    if (!other) other = walk_answer_of(l->b, item, part, 0, NULL);
    return other ? &other->value : NULL;
}

static bool part_holds(const struct walk_build *b, const struct walk_item *i) {
    return item_asked(i->item, said_before, &(struct looking){b, i->room});
}

static const struct walk_raised *raised_for(const struct walk_build *b,
                                            const struct walk_item *i) {
    for (int k = 0; k < b->m->raised_count; k++) {
        const struct walk_raised *r = &b->raised[k];
        for (int p = 0; p < i->parts_count; p++) {
            if (i->parts[p].answer && r->source == i->parts[p].answer->row) return r;
        }
        if (!i->room && text_equal(r->item, i->item->id)) return r;
    }
    return NULL;
}

static void build_item(struct walk_build *b, struct walk_item *i, const struct item *item,
                       const struct walk_room *room) {
    *i = (struct walk_item){.item = item, .room = room, .parts_count = item->parts_count};
    i->parts = ARENA_ARRAY(b->a, struct walk_part, item->parts_count + 1);
    i->shown = part_holds(b, i);
    i->wanted = item_chosen(item, b->m->length, b->m->modules);
    enum verdict worst = VERDICT_NONE;
    for (int k = 0; k < item->parts_count; k++) {
        struct walk_part *p = &i->parts[k];
        build_part(b, i, p, &item->parts[k]);
        if (!p->answer) continue;
        i->answered |= p->answered;
        if (*p->answer->skip) i->skipped = true;
        if (p->answer->value.severity > i->severity) i->severity = p->answer->value.severity;
        enum verdict now = verdict_worst(worst, p->verdict);
        bool finding = p->verdict == VERDICT_BAD || p->verdict == VERDICT_PARTLY;
        if (finding && (!i->finding || now != worst)) i->finding = p->answer;
        worst = now;
    }
    i->verdict = i->skipped && worst == VERDICT_NONE ? VERDICT_NOT_SEEN : worst;
    i->raised = raised_for(b, i);
}

/* A room not entered was looked at by saying so; its questions are not asked. */
static bool counts(const struct walk_item *i) {
    return i->shown && !(i->room && text_equal(i->room->seen, "not_entered"));
}

static void count_core(struct walk_model *m, const struct walk_item *i, bool done) {
    m->core_wanted++;
    m->core_answered += done;
    m->core.of++;
    m->core.looked_at +=
        i->verdict == VERDICT_GOOD || i->verdict == VERDICT_PARTLY || i->verdict == VERDICT_BAD;
    m->core.met += i->verdict == VERDICT_GOOD;
    m->core.partly += i->verdict == VERDICT_PARTLY;
    m->core.not_met += i->verdict == VERDICT_BAD;
    m->core.not_seen += i->verdict == VERDICT_NOT_SEEN;
    m->core.not_applicable += i->verdict == VERDICT_NOT_APPLICABLE;
    m->core.criticals += i->verdict == VERDICT_BAD && i->item->critical;
}

static void count_item(struct walk_model *m, struct walk_section *s,
                       const struct walk_item *i) {
    bool done = i->answered || i->skipped;
    if (!counts(i)) return;
    if (i->verdict == VERDICT_BAD || i->verdict == VERDICT_PARTLY) {
        s->findings++;
        m->concerns++;
    }
    if (text_equal(i->item->module, "core")) {
        count_core(m, i, done);
    } else {
        m->more_answered += done;
    }
    if (!i->wanted) {
        s->bonus++;
        return;
    }
    s->wanted++;
    s->answered += done;
    if (!i->room) return;
    struct walk_room *room = &s->rooms[i->room - s->rooms];
    room->wanted++;
    room->answered += done;
}

static void take_rooms(struct walk_build *b, struct walk_section *s) {
    s->rooms = ARENA_ARRAY(b->a, struct walk_room, b->rooms_count + 1);
    for (int i = 0; i < b->rooms_count; i++) {
        const struct walk_room *r = &b->rooms[i];
        if (text_equal(r->section, s->section->id)) s->rooms[s->rooms_count++] = *r;
    }
}

static void build_section(struct walk_build *b, struct walk_section *s,
                          const struct section *section) {
    const struct template *t = b->m->form;
    s->section = section;
    if (section->repeats) take_rooms(b, s);
    int blocks = section->repeats ? s->rooms_count : 1;
    s->items = ARENA_ARRAY(b->a, struct walk_item, section->items_count * blocks + 1);
    for (int k = 0; k < blocks; k++) {
        for (int i = 0; i < section->items_count; i++) {
            const struct item *item = &t->items[section->first_item + i];
            if (!item_applies(item, b->m->setting)) continue;
            if (item->night_only && !b->m->at_night) continue;
            struct walk_item *w = &s->items[s->items_count++];
            build_item(b, w, item, section->repeats ? &s->rooms[k] : NULL);
            count_item(b->m, s, w);
        }
    }
}

void walk_sections_build(struct walk_build *b) {
    const struct template *t = b->m->form;
    b->judges = use_judges(form_use(t));
    b->m->sections = ARENA_ARRAY(b->a, struct walk_section, t->sections_count + 1);
    for (int i = 0; i < t->sections_count; i++)
        build_section(b, &b->m->sections[i], &t->sections[i]);
    b->m->sections_count = t->sections_count;
}

struct moment {
    int64_t at;
    int section;
};

static int by_time(const void *x, const void *y) {
    int64_t a = ((const struct moment *)x)->at, b = ((const struct moment *)y)->at;
    return (a > b) - (a < b);
}

void walk_minutes(struct walk_build *b) {
    struct moment *moments = ARENA_ARRAY(b->a, struct moment, 2 * b->answers_count + 1);
    size_t n = 0;
    for (int i = 0; i < b->answers_count; i++) {
        const struct item *item = template_item(b->m->form, b->answers[i].item);
        if (!item) continue;
        moments[n++] = (struct moment){b->answers[i].made, item->section};
        if (b->answers[i].at != b->answers[i].made)
            moments[n++] = (struct moment){b->answers[i].at, item->section};
    }
    if (n) qsort(moments, n, sizeof *moments, by_time);
    int64_t before = b->m->started;
    for (size_t i = 0; i < n; i++) {
        int64_t gap = moments[i].at - before;
        if (gap > GAP_MS_MAX) gap = GAP_MS_MAX;
        if (gap > 0) b->m->sections[moments[i].section].used_ms += gap;
        before = moments[i].at;
    }
}

static struct walk_section *section_named(struct walk_model *m, const char *id) {
    for (int i = 0; i < m->sections_count; i++) {
        if (text_equal(m->sections[i].section->id, id)) return &m->sections[i];
    }
    return NULL;
}

enum status walk_reasons_load(struct walk_build *b) {
    struct query q;
    query_open(
        &q, b->c->j,
        "SELECT section, reason, items FROM unanswered WHERE visit = ?1 AND withdrawn = 0"
        " ORDER BY hlc, lantern_order(id)",
        1, b->m->visit);
    while (query_next(&q)) {
        struct walk_section *s = section_named(b->m, query_text(&q, 0, b->a));
        if (!s) continue;
        s->left_reason = query_text(&q, 1, b->a);
        s->left_items = (int)query_int(&q, 2);
    }
    enum status st = query_close(&q);
    if (st) return st;
    query_open(
        &q, b->c->j,
        "SELECT section, seed, pool, drawn FROM sample WHERE visit = ?1 AND withdrawn = 0"
        " ORDER BY hlc, lantern_order(id)",
        1, b->m->visit);
    while (query_next(&q)) {
        struct walk_section *s = section_named(b->m, query_text(&q, 0, b->a));
        if (!s) continue;
        s->sample_seed = query_int(&q, 1);
        s->sample_pool = pool_size(query_text(&q, 2, b->a));
    }
    return query_close(&q);
}
