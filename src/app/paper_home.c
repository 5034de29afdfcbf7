/* paper_home.c -- the copy for the person in charge: as the view that is shown to them
 * (screen/show.c). Three good things first, then what must be safe before the checker goes,
 * then everything else in plain words. Nobody who works there is named, nothing staff said is
 * in it, nothing about staff, nothing in confidence. After a danger it is held back unless the
 * checker decided otherwise. */
#include "app/paper_inside.h"

#define GOODS_FIRST 3

static int met(const struct found *f) {
    int n = 0;
    for (int i = 0; i < f->questions_count; i++)
        n += f->questions[i].tally.met;
    return n;
}

static const char *good_line(struct paper *d, const struct found_good *g) {
    const char *text = paper_typed(d, g->text);
    return g->said ? PAPER_SAY(d, "finish.quote", text) : text;
}

static void goods(struct paper *d, int from, int to) {
    for (int i = from; i < to; i++) {
        const char *line = good_line(d, &d->f->goods[i]);
        paper_list(d, &line, 1, 0);
        paper_evidence(d, d->area.x + 14, &d->f->goods[i].evidence, false);
    }
}

static void good_first(struct paper *d) {
    const struct found *f = d->f;
    int n = f->goods_count < GOODS_FIRST ? f->goods_count : GOODS_FIRST, all = met(f);
    const char *praise = paper_typed(d, f->praise);
    paper_chapter(d, paper_word(d, "show.good"), 40);
    if (!text_blank(praise)) paper_list(d, &praise, 1, 0);
    goods(d, 0, n);
    if (all) paper_text(d, STYLE_BODY, PAPER_SAY(d, "show.met", int_text(d->a, all)));
    if (!all && !n && text_blank(praise))
        paper_text(d, STYLE_BODY, paper_word(d, "paper.no_good"));
}

static void good_too(struct paper *d) {
    if (d->f->goods_count <= GOODS_FIRST) return;
    paper_chapter(d, paper_word(d, "paper.also_good"), 30);
    goods(d, GOODS_FIRST, d->f->goods_count);
}

static bool safe_first(const struct found_line *l) {
    return l->severity >= 3 || (l->critical && l->verdict == VERDICT_BAD);
}

static void findings(struct paper *d, bool urgent) {
    const struct found *f = d->f;
    int n = 0;
    for (int i = 0; i < f->lines_count; i++) {
        const struct found_line *l = &f->lines[i];
        if (safe_first(l) != urgent || l->about_staff) continue;
        if (!n++)
            paper_chapter(d, paper_word(d, urgent ? "show.safe_first" : "show.other"), 70);
        paper_finding_block(d, l, false);
    }
    if (n || !urgent) return;
    paper_chapter(d, paper_word(d, "show.safe_first"), 20);
    paper_text(d, STYLE_BODY, paper_word(d, "show.nothing_urgent"));
}

static void voices(struct paper *d) {
    const struct found *f = d->f;
    bool any = false;
    for (int i = 0; i < f->voices_count; i++) {
        if (text_blank(f->voices[i].text))
            continue; /* only spoken: that is with the provider */
        if (!any) paper_chapter(d, paper_word(d, "show.people_said"), 30);
        any = true;
        const char *line = PAPER_SAY(d, "finish.quote", paper_typed(d, f->voices[i].text));
        paper_list(d, &line, 1, 0);
    }
}

static void signatures(struct paper *d) {
    const struct found *f = d->f;
    if (!f->signatures_count) return;
    paper_chapter(d, paper_word(d, "paper.signatures"), 76);
    for (int i = 0; i < f->signatures_count; i++)
        paper_signature(d, &f->signatures[i]);
}

static void how(struct paper *d) {
    const struct found *f = d->f;
    paper_chapter(d, paper_word(d, "check.how"), 40);
    paper_fact(d, paper_word(d, "paper.checker"),
               paper_role(d, f->walk->checker, "paper.from_provider"));
    paper_fact(d, paper_word(d, "paper.on_site"),
               PAPER_SAY(d, "finish.minutes", int_text(d->a, f->minutes)));
    if (f->rooms)
        paper_fact(d, paper_word(d, "paper.rooms"),
                   PAPER_SAY(d, "paper.rooms_counts", int_text(d->a, f->rooms_entered),
                             int_text(d->a, f->rooms_door), int_text(d->a, f->rooms_not)));
    paper_fact(d, paper_word(d, "paper.left_out"), paper_word(d, "paper.left_out_home"));
}

enum status paper_home(struct paper *d, row_id visit) {
    enum status s = paper_of_check(d, visit);
    if (s) return s;
    if (paper_copy_held(d->f)) return status_fail(STATUS_SEALED, "held back");
    d->kind = paper_word(d, "paper.kind_home");
    paper_title(d);
    good_first(d);
    findings(d, true);
    findings(d, false);
    good_too(d);
    voices(d);
    signatures(d);
    how(d);
    paper_end_with_seal(d);
    return STATUS_OK;
}
