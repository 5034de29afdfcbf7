/* paper_front.c -- page one of the full copy, enough for somebody who reads no further: which
 * service, when, who; danger and made safe; duties undecided; five things before tonight; what
 * was good; who was told. Counts, never a percentage. */
#include "app/paper_inside.h"

#define BEFORE_TONIGHT 5
#define DANGERS_MOST   6
#define GOODS_MOST     4
#define TOLD_MOST      4
#define FRONT_LINES    3 /* of one thing: the whole of it stands further on */

static const char *int_of(struct paper *d, int n) {
    return int_text(d->a, n);
}

/* ---- the few figures ---- */

struct figure {
    const char *key;
    int n;
    bool bad;
};

static void figure(struct paper *d, struct pdf_box r, const struct figure *g) {
    struct pdf_style number = paper_style(STYLE_FIGURE), small = paper_style(STYLE_SMALL);
    bool bad = g->bad && g->n;
    small.color = INK;
    if (bad) number.color = small.color = RED;
    pdf_outline(d->p, r, bad ? RED : LINE, 5, bad ? 1.4F : 0.8F);
    float y =
        r.y + 8 + pdf_text_at(d->p, &number, r.x + 10, r.y + 7, r.w - 16, int_of(d, g->n));
    pdf_text_at(d->p, &small, r.x + 10, y - 1, r.w - 16, PAPER_SAY(d, g->key, int_of(d, g->n)));
}

static void figures(struct paper *d) {
    const struct found *f = d->f;
    const struct figure all[] = {
        {"paper.figure_good", f->goods_count, false},
        {"paper.figure_lines", f->lines_count, false},
        {"paper.figure_critical", f->criticals + f->dangers_now, true},
        {"paper.figure_duties", f->duties_open, true},
    };
    int n = (int)(sizeof all / sizeof all[0]);
    float gap = 10, w = (d->area.w - gap * (float)(n - 1)) / (float)n, h = 62;
    pdf_skip(d->p, 14);
    pdf_keep(d->p, h);
    for (int i = 0; i < n; i++)
        figure(d, (struct pdf_box){d->area.x + (w + gap) * (float)i, pdf_y(d->p), w, h},
               &all[i]);
    pdf_go(d->p, pdf_y(d->p) + h);
}

/* ---- lists ---- */

static void section(struct paper *d, const char *key, const char **lines, int n, int most) {
    const char *title = paper_word(d, key);
    int left = n - most;
    if (!n) return;
    if (left > 0) {
        lines[most] = PAPER_SAY(d, "paper.and_more", int_of(d, left));
        n = most + 1;
    }
    paper_head(d, title, 30);
    paper_list(d, lines, n, FRONT_LINES);
}

/* What the card says; else the finding that opened it. */
static const char *danger(struct paper *d, const struct found_danger *g) {
    const char *named = paper_word(d, "morning.danger_unnamed");
    if (!text_blank(g->text)) return g->text;
    for (int i = 0; i < d->f->lines_count; i++)
        if (g->source && d->f->lines[i].row == g->source)
            return arena_printf(d->a, "%s: %s", named, paper_finding(d, &d->f->lines[i]));
    return named;
}

static void dangers(struct paper *d) {
    const struct found *f = d->f;
    const char **lines = ARENA_ARRAY(d->a, const char *, f->dangers_count + f->lines_count + 2);
    int n = 0;
    for (int i = 0; i < f->dangers_count; i++) {
        const struct found_danger *g = &f->dangers[i];
        lines[n++] = arena_printf(
            d->a, "%s %s. %s. %s.", time_hm(d->a, g->opened), danger(d, g),
            paper_safe(d, g->safe, g->safe_at, g->safe_by),
            PAPER_SAY(d, "morning.calls", int_of(d, g->calls), int_of(d, g->answered)));
    }
    for (int i = 0; i < f->lines_count; i++) {
        const struct found_line *l = &f->lines[i];
        if (!l->critical || l->verdict != VERDICT_BAD || l->severity == 4) continue;
        lines[n++] =
            arena_printf(d->a, "%s: %s. %s.", paper_word(d, "finish.critical"),
                         paper_finding(d, l), paper_safe(d, l->safe, l->safe_at, l->safe_by));
    }
    if (!n) lines[n++] = paper_word(d, "morning.no_danger");
    section(d, "morning.danger", lines, n, DANGERS_MOST);
}

static void duties(struct paper *d) {
    const struct found *f = d->f;
    const char **lines = ARENA_ARRAY(d->a, const char *, f->duties_count + 2);
    int n = 0;
    for (int i = 0; i < f->duties_count; i++) {
        const struct found_duty *u = &f->duties[i];
        if (text_equal(u->decision, "needed") || text_equal(u->decision, "not_needed"))
            continue;
        const char *name = paper_word(d, arena_printf(d->a, "morning.duty_%s", u->name));
        lines[n++] = u->decide_by
                         ? PAPER_SAY(d, "morning.decide_by", name, paper_when(d, u->decide_by))
                         : name;
    }
    section(d, "morning.duties", lines, n, n);
}

static void before_tonight(struct paper *d) {
    const struct found *f = d->f;
    const char *lines[BEFORE_TONIGHT + 1];
    int n = 0;
    for (int i = 0; i < f->lines_count && n < BEFORE_TONIGHT; i++) {
        const struct found_line *l = &f->lines[i];
        if (l->severity < 2 && !l->critical) continue;
        lines[n++] =
            l->action
                ? PAPER_SAY(d, "morning.with_action", paper_finding(d, l),
                            paper_reference(d, l->must, l->reference),
                            text_blank(l->owner) ? paper_word(d, "morning.nobody") : l->owner)
                : PAPER_SAY(d, "morning.without_action", paper_finding(d, l));
    }
    section(d, "morning.before_tonight", lines, n, BEFORE_TONIGHT);
}

static void good(struct paper *d) {
    const struct found *f = d->f;
    const char **lines = ARENA_ARRAY(d->a, const char *, f->goods_count + 3);
    int n = 0;
    if (!text_blank(f->praise)) lines[n++] = f->praise;
    for (int i = 0; i < f->goods_count; i++)
        lines[n++] = f->goods[i].said ? PAPER_SAY(d, "finish.quote", f->goods[i].text)
                                      : f->goods[i].text;
    if (!n) lines[n++] = paper_word(d, "paper.no_good");
    section(d, "morning.good", lines, n, GOODS_MOST);
}

static void told(struct paper *d) {
    const struct found *f = d->f;
    const char **lines =
        ARENA_ARRAY(d->a, const char *, f->told_count + f->signatures_count + 3);
    int n = 0;
    for (int i = 0; i < f->told_count; i++) {
        const struct found_told *t = &f->told[i];
        const char *more = text_blank(t->said) ? t->why : t->said;
        lines[n++] = arena_printf(d->a, "%s %s%s%s", time_hm(d->a, t->at),
                                  paper_told_whom(d, t), text_blank(more) ? "" : ": ", more);
    }
    for (int i = 0; i < f->signatures_count; i++) {
        const struct found_signature *g = &f->signatures[i];
        if (!text_equal(g->side, "in_charge")) continue;
        lines[n++] =
            arena_printf(d->a, "%s %s: %s", time_hm(d->a, g->at), g->who,
                         paper_word(d, arena_printf(d->a, "finish.choice_%s", g->choice)));
    }
    if (!n) lines[n++] = paper_word(d, "paper.nobody_told");
    section(d, "morning.told", lines, n, TOLD_MOST);
}

static void who(struct paper *d) {
    const struct walk_model *w = d->f->walk;
    const char *said = PAPER_SAY(d, w->unannounced ? "check.unannounced" : "check.announced",
                                 text_blank(w->checker_label) ? paper_word(d, "paper.not_named")
                                                              : w->checker_label);
    if (!text_blank(w->in_charge))
        said =
            arena_printf(d->a, "%s. %s", said, PAPER_SAY(d, "check.in_charge", w->in_charge));
    paper_text(d, STYLE_SMALL, said);
}

void paper_front(struct paper *d) {
    paper_title(d);
    who(d);
    figures(d);
    dangers(d);
    duties(d);
    before_tonight(d);
    good(d);
    told(d);
    pdf_skip(d->p, 14);
    if (pdf_room(d->p) > 20) paper_text(d, STYLE_SMALL, paper_word(d, "paper.front_end"));
}
