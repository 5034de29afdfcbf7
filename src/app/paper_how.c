/* paper_how.c -- how the check was done, so that nobody reads more into it than there is:
 * minutes, rooms, who chose them and how, the tablet's clock beside the checker's watch,
 * answers that were changed, what was not looked at and why. */
#include "app/paper_inside.h"

#include "store/query.h"

#define BAR_H 7.0F

/* ---- counts by question, never a percentage ---- */

static void bar(struct paper *d, const struct tally *t) {
    float x = d->area.x, y = pdf_y(d->p), w = d->area.w, of = (float)t->of;
    const struct {
        int n;
        uint32_t color;
    } parts[] = {{t->met, GREEN}, {t->partly, AMBER}, {t->not_met, RED}};
    pdf_outline(d->p, (struct pdf_box){x, y, w, BAR_H}, LINE, 0, 0.6F);
    for (size_t i = 0; i < 3; i++) {
        float part = w * (float)parts[i].n / of;
        if (parts[i].n) pdf_fill(d->p, (struct pdf_box){x, y, part, BAR_H}, parts[i].color, 0);
        x += part;
    }
    pdf_go(d->p, y + BAR_H + 3);
}

static void question(struct paper *d, const struct found_question *q) {
    const struct tally *t = &q->tally;
    struct pdf_style head = paper_style(STYLE_HEAD), right = paper_style(STYLE_SMALL);
    if (!t->of) return;
    right.right = true;
    pdf_skip(d->p, 8);
    pdf_keep(d->p, 46);
    pdf_text_at(
        d->p, &right, d->area.x, pdf_y(d->p) + 2, d->area.w,
        PAPER_SAY(d, "finish.looked", int_text(d->a, t->looked_at), int_text(d->a, t->of)));
    pdf_flow(d->p, &head, d->area.x, d->area.w - 120, q->name);
    bar(d, t);
    const char *said = PAPER_SAY(d, "finish.counts", int_text(d->a, t->met),
                                 int_text(d->a, t->partly), int_text(d->a, t->not_met));
    if (t->criticals)
        said = arena_printf(d->a, "%s · %s", said,
                            PAPER_SAY(d, "finish.criticals", int_text(d->a, t->criticals)));
    paper_text(d, STYLE_SMALL, said);
}

void paper_counts(struct paper *d) {
    paper_chapter(d, paper_word(d, "paper.counts"), 60);
    for (int i = 0; i < d->f->questions_count; i++)
        question(d, &d->f->questions[i]);
    if (d->f->not_seen || d->f->not_applicable) {
        pdf_skip(d->p, 6);
        paper_text(d, STYLE_SMALL,
                   PAPER_SAY(d, "finish.not_seen", int_text(d->a, d->f->not_seen),
                             int_text(d->a, d->f->not_applicable)));
    }
}

/* ---- how ---- */

static void watch(struct paper *d) {
    struct query q;
    query_open(&q, d->app->j, "SELECT watch_wall, watch_at FROM visit WHERE id = ?1", 1,
               d->f->walk->visit);
    if (query_next(&q) && query_int(&q, 0) && query_int(&q, 1))
        paper_fact(d, paper_word(d, "paper.watch"),
                   PAPER_SAY(d, "paper.watch_says", time_hm(d->a, query_int(&q, 0)),
                             time_hm(d->a, query_int(&q, 1))));
    if (query_close(&q)) return;
}

static void rooms(struct paper *d) {
    const struct found *f = d->f;
    const struct walk_model *w = f->walk;
    if (f->rooms)
        paper_fact(d, paper_word(d, "paper.rooms"),
                   PAPER_SAY(d, "paper.rooms_counts", int_text(d->a, f->rooms_entered),
                             int_text(d->a, f->rooms_door), int_text(d->a, f->rooms_not)));
    for (int i = 0; i < w->sections_count; i++) {
        const struct walk_section *s = &w->sections[i];
        if (!s->sample_seed || !s->rooms_count) continue;
        paper_fact(d, paper_word(d, "paper.sample_chosen"),
                   PAPER_SAY(d, "paper.sample_how", s->section->title,
                             arena_printf(d->a, "%lld", (long long)s->sample_seed)));
    }
    for (int i = 0; i < w->sections_count; i++)
        for (int k = 0; k < w->sections[i].rooms_count; k++) {
            const struct walk_room *r = &w->sections[i].rooms[k];
            if (text_equal(r->seen, "not_entered") && !text_blank(r->why))
                paper_fact(d, paper_typed(d, r->label),
                           PAPER_SAY(d, "paper.room_why", paper_typed(d, r->why)));
        }
}

static void staffing(struct paper *d) {
    const struct walk_staffing *s = &d->f->walk->staffing;
    if (s->awake < 0) return;
    const char *said = PAPER_SAY(d, "paper.workers", int_text(d->a, s->awake));
    if (s->planned > 0)
        said = arena_printf(d->a, "%s, %s", said,
                            PAPER_SAY(d, "paper.workers_planned", int_text(d->a, s->planned)));
    if (s->agency > 0)
        said = arena_printf(d->a, "%s, %s", said,
                            PAPER_SAY(d, "paper.workers_agency", int_text(d->a, s->agency)));
    paper_fact(d, paper_word(d, "paper.on_shift"), said);
}

/* Answers that were something else when they were first kept, and those added after leaving. */
static void changes_of(struct paper *d, const struct walk_item *i) {
    for (int p = 0; p < i->parts_count; p++) {
        const struct walk_answer *w = i->parts[p].answer;
        if (!w) continue;
        const char *room = i->room ? arena_printf(d->a, " (%s)", i->room->label) : "";
        const char *name = arena_printf(d->a, "%s%s", i->item->text, room);
        for (int k = 0; k < w->changes_count; k++) {
            const struct walk_change *c = &w->changes[k];
            paper_fact(d, paper_when(d, c->at),
                       PAPER_SAY(d, "paper.changed_from", name,
                                 paper_answer(d, i->parts[p].part, &c->was),
                                 paper_answer(d, i->parts[p].part, &c->is)));
        }
        if (w->after_leaving) paper_fact(d, paper_word(d, "check.after_leaving"), name);
    }
}

static bool any_changed(const struct walk_item *i) {
    for (int p = 0; p < i->parts_count; p++)
        if (i->parts[p].answer &&
            (i->parts[p].answer->changes_count || i->parts[p].answer->after_leaving))
            return true;
    return false;
}

static void changes(struct paper *d) {
    bool said = false;
    const struct walk_model *w = d->f->walk;
    for (int s = 0; s < w->sections_count; s++)
        for (int i = 0; i < w->sections[s].items_count; i++) {
            const struct walk_item *it = &w->sections[s].items[i];
            if (!it->answered || !any_changed(it)) continue;
            if (!said) paper_head(d, paper_word(d, "paper.changed"), 30);
            said = true;
            changes_of(d, it);
        }
}

static void not_looked_at(struct paper *d) {
    const struct found *f = d->f;
    const char **lines = ARENA_ARRAY(d->a, const char *, f->sections_count + 2);
    int n = 0;
    for (int i = 0; i < f->sections_count; i++) {
        const struct found_section *s = &f->sections[i];
        lines[n++] =
            text_blank(s->reason)
                ? PAPER_SAY(d, "finish.section_open", s->title, int_text(d->a, s->open))
                : PAPER_SAY(d, "finish.section_reason", s->title,
                            paper_word(d, arena_printf(d->a, "finish.reason_%s", s->reason)));
    }
    if (f->not_seen) lines[n++] = PAPER_SAY(d, "morning.not_seen", int_text(d->a, f->not_seen));
    paper_head(d, paper_word(d, "paper.not_looked_at"), 20);
    if (!n) lines[n++] = paper_word(d, "finish.all_answered");
    paper_list(d, lines, n, 0);
}

void paper_how(struct paper *d) {
    const struct found *f = d->f;
    const struct walk_model *w = f->walk;
    paper_chapter(d, paper_word(d, "check.how"), 60);
    paper_fact(d, paper_word(d, "paper.begun"), paper_when(d, w->started));
    paper_fact(d, paper_word(d, "paper.left"),
               w->left ? paper_when(d, w->left_at) : paper_word(d, "paper.not_left"));
    const char *minutes = PAPER_SAY(d, "finish.minutes", int_text(d->a, f->minutes));
    paper_fact(d, paper_word(d, "paper.on_site"),
               f->covered_minutes ? PAPER_SAY(d, "paper.minutes_covered", minutes,
                                              int_text(d->a, f->covered_minutes))
                                  : minutes);
    watch(d);
    rooms(d);
    staffing(d);
    not_looked_at(d);
    changes(d);
}
