/* paper_gather.c -- who was there, what will be done, how far answers lie apart: what no walk
 * came to, as chapters of the check's paper. */
#include "app/paper_inside.h"

#define BAR_H 7.0F

static void bar(struct paper *d, const struct gather_row *r) {
    float x = d->area.x, y = pdf_y(d->p), w = d->area.w;
    const struct {
        int n;
        uint32_t color;
    } parts[] = {{r->yes, GREEN}, {r->no, RED}};
    pdf_outline(d->p, (struct pdf_box){x, y, w, BAR_H}, LINE, 0, 0.6F);
    for (size_t i = 0; i < 2; i++) {
        float part = w * (float)parts[i].n / (float)r->of;
        if (parts[i].n) pdf_fill(d->p, (struct pdf_box){x, y, part, BAR_H}, parts[i].color, 0);
        x += part;
    }
    pdf_go(d->p, y + BAR_H + 3);
}

static void row(struct paper *d, const struct gather_row *r) {
    pdf_keep(d->p, r->of ? 48 : 26);
    if (r->strong)
        paper_head(d, r->text, 20);
    else
        paper_text(d, STYLE_BODY, paper_typed(d, r->text));
    if (!text_blank(r->sub)) paper_text(d, STYLE_SMALL, paper_typed(d, r->sub));
    if (r->of > 0) {
        bar(d, r);
        paper_text(d, STYLE_SMALL,
                   r->neither ? PAPER_SAY(d, "gather.yes_no_neither", int_text(d->a, r->yes),
                                          int_text(d->a, r->no), int_text(d->a, r->neither))
                              : PAPER_SAY(d, "gather.yes_no", int_text(d->a, r->yes),
                                          int_text(d->a, r->no)));
    }
    pdf_skip(d->p, 4);
}

void paper_gather(struct paper *d) {
    const struct gather *g = d->f->walk->gather;
    for (int i = 0; i < g->blocks_count; i++) {
        const struct gather_block *k = &g->blocks[i];
        paper_chapter(d, k->title, 40);
        if (!text_blank(k->note)) paper_text(d, STYLE_SMALL, k->note);
        for (int n = 0; n < k->rows_count; n++)
            row(d, &k->rows[n]);
    }
}

/* ---- what was noted, question by question ---- */

static void note_of(struct paper *d, const struct walk_item *i) {
    const char *room = i->room ? arena_printf(d->a, " (%s)", i->room->label) : "";
    bool head = false;
    for (int k = 0; k < i->parts_count; k++) {
        const struct walk_part *p = &i->parts[k];
        const char *said = p->answer ? paper_answer(d, p->part, &p->answer->value) : "";
        if (text_blank(said)) continue;
        if (!head) paper_head(d, arena_printf(d->a, "%s%s", i->item->text, room), 30);
        head = true;
        said = paper_typed(d, said);
        paper_text(d, STYLE_BODY,
                   text_blank(p->part->text)
                       ? said
                       : arena_printf(d->a, "%s: %s", p->part->text, said));
    }
}

static bool any_noted(const struct walk_section *s) {
    for (int i = 0; i < s->items_count; i++)
        if (s->items[i].answered) return true;
    return false;
}

static void notes(struct paper *d) {
    const struct walk_model *w = d->f->walk;
    for (int s = 0; s < w->sections_count; s++) {
        if (!any_noted(&w->sections[s])) continue;
        paper_chapter(d, w->sections[s].section->title, 40);
        for (int i = 0; i < w->sections[s].items_count; i++)
            note_of(d, &w->sections[s].items[i]);
    }
}

/* Of what is filled in at a table: what it came to first, then what was noted. */
void paper_table(struct paper *d) {
    paper_title(d);
    paper_gather(d);
    if (d->f->lines_count) paper_findings(d);
    notes(d);
}
