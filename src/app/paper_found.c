/* paper_found.c -- everything found, most urgent first: what was seen, made safe or not, the
 * action with owner and date, voice notes, photos. */
#include "app/paper_inside.h"

#define TAG_COLUMN 84.0F

static const char *tag_of(struct paper *d, const struct found_line *l, int *weight) {
    *weight = 0;
    if (l->severity == 4) {
        *weight = 2;
        return paper_word(d, "finish.danger_now");
    }
    if (l->critical && l->verdict == VERDICT_BAD) {
        *weight = 2;
        return paper_word(d, "finish.critical");
    }
    if (l->verdict == VERDICT_BAD) {
        *weight = 1;
        return paper_word(d, "finish.not_met");
    }
    return paper_word(d, l->observation ? "finish.seen" : "finish.partly");
}

static const char *owner_of(struct paper *d, const struct found_line *l) {
    return text_blank(l->owner) ? paper_word(d, "morning.nobody") : paper_typed(d, l->owner);
}

static const char *action_line(struct paper *d, const struct found_line *l) {
    if (!l->action) return paper_word(d, "finish.no_action");
    const char *said =
        PAPER_SAY(d, "paper.action", paper_reference(d, l->must, l->reference), owner_of(d, l));
    return l->due ? arena_printf(d->a, "%s · %s", said,
                                 PAPER_SAY(d, "paper.due", paper_when(d, l->due)))
                  : said;
}

static void line(struct paper *d, enum paper_style style, float x, const char *text) {
    struct pdf_style s = paper_style(style);
    if (text_blank(text)) return;
    pdf_flow(d->p, &s, x, d->area.x + d->area.w - x, text);
}

static float high(struct paper *d, enum paper_style style, float w, const char *text) {
    struct pdf_style s = paper_style(style);
    return text_blank(text) ? 0 : pdf_text_height(d->p, &s, text, w);
}

/* What should stand together: the words and the first photos. A long one may go over the page.
 */
static float together(struct paper *d, const struct found_line *l, const char *title, float w) {
    float photos = paper_photos_height(&l->evidence);
    float words = high(d, STYLE_HEAD, w, title) + high(d, STYLE_SMALL, w, "a") +
                  high(d, STYLE_BODY, w, l->note) + 4 * high(d, STYLE_BODY, w, "a");
    return words + photos < d->area.h * 0.6F ? words + photos : words < 90 ? words : 90;
}

static const struct walk_item *item_of(const struct paper *d, const struct found_line *l) {
    const struct walk_model *w = d->f->walk;
    for (int s = 0; s < w->sections_count && !l->observation; s++)
        for (int i = 0; i < w->sections[s].items_count; i++) {
            const struct walk_item *k = &w->sections[s].items[i];
            int64_t room = k->room ? k->room->row : 0;
            if (text_equal(k->item->id, l->item) && room == l->room) return k;
        }
    return NULL;
}

/* What was answered where it is not as it should be: a number, a time, what was ticked. */
static void answers(struct paper *d, const struct found_line *l, float x) {
    const struct walk_item *k = item_of(d, l);
    for (int i = 0; k && i < k->parts_count; i++) {
        const struct walk_part *p = &k->parts[i];
        if (!p->answer || (p->verdict != VERDICT_BAD && p->verdict != VERDICT_PARTLY)) continue;
        const char *said = paper_answer(d, p->part, &p->answer->value);
        if (text_blank(said) || (text_blank(p->part->text) && p->part->kind == PART_MET))
            continue;
        line(d, STYLE_BODY, x,
             text_blank(p->part->text) ? said
                                       : arena_printf(d->a, "%s: %s", p->part->text, said));
    }
}

void paper_finding_block(struct paper *d, const struct found_line *l, bool last) {
    float x = d->area.x + TAG_COLUMN, w = d->area.w - TAG_COLUMN;
    const char *title = paper_finding_title(d, l);
    int weight;
    const char *tag = tag_of(d, l, &weight);
    pdf_skip(d->p, 9);
    pdf_keep(d->p, together(d, l, title, w));
    paper_tag(d, d->area.x, pdf_y(d->p) + 0.5F, tag, weight);
    line(d, STYLE_HEAD, x, title);
    if (l->at) line(d, STYLE_SMALL, x, paper_when(d, l->at));
    answers(d, l, x);
    if (!text_blank(l->note)) line(d, STYLE_BODY, x, paper_typed(d, l->note));
    if (!text_blank(l->safe))
        line(d, STYLE_BODY, x, paper_safe(d, l->safe, l->safe_at, l->safe_by));
    line(d, STYLE_BODY, x, action_line(d, l));
    paper_evidence(d, x, &l->evidence, d->copy == PAPER_CHECK);
    pdf_skip(d->p, 8);
    if (!last && pdf_room(d->p) > 60)
        pdf_rule(d->p, x, pdf_y(d->p), d->area.x + d->area.w, pdf_y(d->p), LINE, 0.5F);
}

void paper_findings(struct paper *d) {
    const struct found *f = d->f;
    paper_chapter(d, paper_word(d, "paper.found"), 70);
    if (!f->lines_count)
        paper_text(d, STYLE_BODY,
                   paper_word(d, f->erased.count ? "check.none_left" : "finish.no_concerns"));
    for (int i = 0; i < f->lines_count; i++)
        paper_finding_block(d, &f->lines[i], i == f->lines_count - 1);
}
