/* heard_swipe.c -- the pages of a guide side by side: a finger moves them, half a width is the
 * next one. Which prompt is shown is the state's word; the pages follow it, unless a finger
 * brought another one. */
#include "screen/heard_pieces.h"

#include "base/text.h"

#define INSET 2.0F

/* What a stage is about stands on its first page only. */
static const char *lead(struct heard *v, const struct heard_prompt *p) {
    const struct heard_guide *g = v->guide;
    if (p->stage == STAGE_PROBE) return SAY(v->u, v->s, "heard.turned", p->probe);
    return p == &g->prompts[g->first[p->stage]] ? g->about[p->stage] : "";
}

static float page_height(struct heard *v, const struct heard_prompt *p, float width) {
    struct ui *u = v->u;
    float w = width - 2 * INSET, h = ui_text_height(u, FONT_H2, p->text, w);
    if (!text_blank(lead(v, p))) h += ui_text_height(u, FONT_SMALL, lead(v, p), w) + 8;
    if (!text_blank(p->help)) h += ui_text_height(u, FONT_BODY, p->help, w) + 8;
    return h;
}

void heard_page(struct heard *v, rect page, const struct heard_prompt *p) {
    rect in = rect_inset(page, INSET, 0);
    if (!text_blank(lead(v, p))) {
        part_text(v->u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, lead(v, p));
        rect_cut_top(&in, 8);
    }
    part_text(v->u, &in, FONT_H2, COLOR_INK, COLOR_CARD, p->text);
    rect_cut_top(&in, 8);
    part_text(v->u, &in, FONT_BODY, COLOR_MUTE, COLOR_CARD, p->help);
}

/* As high as the neighbours too, so that a page under the finger is never cut. */
float heard_swipe_height(struct heard *v, float width) {
    const struct heard_guide *g = v->guide;
    const struct heard_prompt *p = heard_prompt_now(v);
    float most = page_height(v, p, width);
    for (int i = v->state->prompt - 1; i <= v->state->prompt + 1; i += 2) {
        if (p->stage == STAGE_PROBE || i < 0 || i >= g->pages) continue;
        float h = page_height(v, &g->prompts[i], width);
        if (h > most) most = h;
    }
    return most + 4;
}

/* Which page the finger has brought; the state's own until the pages rest there, so that one
 * flick is one prompt. */
static int brought(struct heard *v, float width) {
    struct heard_state *st = v->state;
    float at = ui_scroll_at(v->u, "prompts"), to = (float)st->prompt * width;
    int page = (int)(at / width + 0.5F);
    if (st->page_w != (int32_t)width) st->page_w = (int32_t)width, st->aim = 1;
    if (at > to - 1 && at < to + 1) st->aim = 0;
    if (!st->aim && page > st->prompt) page = st->prompt + 1;
    if (!st->aim && page < st->prompt) page = st->prompt - 1;
    if (!st->aim && page >= 0 && page < v->guide->pages) return page;
    ui_scroll_to(v->u, "prompts", to);
    return st->prompt;
}

/* A way of several pages is not walked under the eyes: the prompt stands there at once. */
static bool far(struct heard *v, float width) {
    float off = ui_scroll_at(v->u, "prompts") - (float)v->state->prompt * width;
    if (!v->state->aim) v->state->leaps = 0;
    if (off > 1.1F * width || off < -1.1F * width) v->state->leaps = 1;
    return v->state->leaps && v->state->aim;
}

struct intent heard_swipe(struct heard *v, rect view) {
    struct ui *u = v->u;
    const struct heard_guide *g = v->guide;
    bool leaps = far(v, view.w);
    rect row = ui_scroll_row_begin(u, view, "prompts");
    for (int i = 0; i < g->pages && !leaps; i++) {
        rect page = rect_make(row.x + (float)i * view.w, row.y, view.w, view.h);
        if (ui_visible(u, page)) heard_page(v, page, &g->prompts[i]);
    }
    ui_scroll_row_end(u, view.w * (float)g->pages);
    if (leaps) heard_page(v, view, &g->prompts[v->state->prompt]);
    int at = brought(v, view.w);
    if (at == v->state->prompt) return (struct intent){0};
    struct intent go = heard_go_to(v, at, false);
    ui_scroll_to(u, "prompts", (float)at * view.w);
    return go;
}
