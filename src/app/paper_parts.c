/* paper_parts.c -- how a paper looks: styles, what stands on every page, headings, lists, tags.
 * It says everything in words and weight, so that it reads the same printed in black and white.
 */
#include "app/paper_inside.h"

#define BULLET_W 14.0F
#define FACT_W   128.0F
#define TAG_PAD  6.0F

struct pdf_style paper_style(enum paper_style s) {
    static const struct pdf_style styles[STYLES] = {
        [STYLE_TITLE] =
            {.font = PDF_BOLD, .size = 25, .line = 1.2F, .color = INK, .tag = PDF_H1},
        [STYLE_SUB] = {.size = 12, .line = 1.4F, .color = MUTE, .tag = PDF_P},
        [STYLE_CHAPTER] =
            {.font = PDF_BOLD, .size = 15.5F, .line = 1.3F, .color = INK, .tag = PDF_H2},
        [STYLE_HEAD] =
            {.font = PDF_SEMIBOLD, .size = 11.5F, .line = 1.35F, .color = INK, .tag = PDF_H3},
        [STYLE_BODY] = {.size = 10.6F, .line = 1.42F, .color = INK, .tag = PDF_P},
        [STYLE_SMALL] = {.size = 9.2F, .line = 1.4F, .color = MUTE, .tag = PDF_P},
        [STYLE_FIGURE] =
            {.font = PDF_BOLD, .size = 20, .line = 1.2F, .color = INK, .tag = PDF_P},
        [STYLE_TAG] =
            {.font = PDF_SEMIBOLD, .size = 8.8F, .line = 1.3F, .color = INK, .tag = PDF_P},
        [STYLE_FOOT] = {.size = 7.8F, .line = 1.4F, .color = MUTE},
    };
    return styles[s];
}

/* ---- what stands on every page ---- */

const char *paper_hash(struct paper *d, const hash256 *h) {
    struct buf b = {0};
    for (int i = 0; i < HASH_BYTES; i++)
        buf_printf(&b, "%s%02x", i && i % 2 == 0 ? " " : "", h->b[i]);
    const char *out = arena_strdup(d->a, buf_str(&b));
    buf_release(&b);
    return out;
}

static bool of_check(const struct paper *d) {
    return d->copy == PAPER_CHECK || d->copy == PAPER_HOME;
}

static const char *seal_line(struct paper *d) {
    const char *seq = int_text(d->a, d->seal.seq);
    if (of_check(d) && d->seal.at)
        return PAPER_SAY(d, "paper.foot_sealed", paper_when(d, d->seal.at), d->seal.device,
                         seq);
    return PAPER_SAY(d, of_check(d) ? "paper.foot_draft" : "paper.foot_made",
                     paper_when(d, d->c.wall_ms), d->seal.device, seq);
}

static void top(struct paper *d, int page) {
    struct pdf_style s = paper_style(STYLE_FOOT), right = s;
    right.right = true;
    float y = 28;
    const char *marks[2];
    int n = 0;
    if (of_check(d) && !d->seal.at) marks[n++] = paper_word(d, "paper.draft");
    if (d->app->sample) marks[n++] = paper_word(d, "paper.sample");
    pdf_text_at(d->p, &s, d->area.x, y, 200, paper_word(d, "common.title"));
    float x = d->area.x + d->area.w;
    for (int i = 0; i < n; i++) {
        struct pdf_style tag = paper_style(STYLE_TAG);
        float w = pdf_text_width(d->p, &tag, marks[i]) + 2 * TAG_PAD;
        x -= w;
        tag.tag = PDF_NOTHING;
        pdf_outline(d->p, (struct pdf_box){x, y - 3, w, 17}, INK, 3, 0.9F);
        pdf_text_at(d->p, &tag, x + TAG_PAD, y, w, marks[i]);
        x -= 8;
    }
    if (page > 1)
        pdf_text_at(d->p, &right, d->area.x + 60, y, x - d->area.x - 60,
                    arena_printf(d->a, "%s · %s", d->title, d->service));
}

void paper_dress(void *ctx, struct pdf *p, int page, int pages) {
    struct paper *d = ctx;
    struct pdf_style s = paper_style(STYLE_FOOT), right = s;
    right.right = true;
    right.font = PDF_SEMIBOLD;
    right.color = INK;
    float x = d->area.x, w = d->area.w, y = d->area.y + d->area.h + 16;
    top(d, page);
    pdf_rule(p, x, y, x + w, y, LINE, 0.7F);
    pdf_text_at(p, &s, x, y + 6, w - 80, seal_line(d));
    pdf_text_at(p, &right, x + w - 80, y + 6, 80,
                PAPER_SAY(d, "paper.page", int_text(d->a, page), int_text(d->a, pages)));
    pdf_text_at(p, &s, x, y + 18, w,
                PAPER_SAY(d,
                          d->seal.at && of_check(d) ? "paper.foot_seal" : "paper.foot_newest",
                          paper_hash(d, &d->seal.head)));
}

void paper_title(struct paper *d) {
    struct pdf_style kind = paper_style(STYLE_TAG);
    kind.color = MUTE;
    pdf_flow(d->p, &kind, d->area.x, d->area.w, d->kind);
    pdf_skip(d->p, 4);
    struct pdf_style title = paper_style(STYLE_TITLE);
    pdf_heading(d->p, &title, 1, d->title, 60);
    pdf_skip(d->p, 1);
    paper_text(d, STYLE_SUB, d->sub);
}

/* ---- headings and text ---- */

void paper_chapter(struct paper *d, const char *title, float with) {
    struct pdf_style s = paper_style(STYLE_CHAPTER);
    float x = d->area.x, high = pdf_text_height(d->p, &s, title, d->area.w);
    pdf_keep(d->p, 22 + high + 8 + with);
    pdf_skip(d->p, 22);
    pdf_heading(d->p, &s, 1, title, with);
    pdf_fill(d->p, (struct pdf_box){x, pdf_y(d->p) + 2, 34, 2.4F}, AMBER, 0);
    pdf_go(d->p, pdf_y(d->p) + 12);
}

void paper_head(struct paper *d, const char *title, float with) {
    struct pdf_style s = paper_style(STYLE_HEAD);
    float high = pdf_text_height(d->p, &s, title, d->area.w);
    pdf_keep(d->p, 12 + high + with);
    pdf_skip(d->p, 12);
    pdf_heading(d->p, &s, 2, title, with);
    pdf_go(d->p, pdf_y(d->p) + 2);
}

void paper_text(struct paper *d, enum paper_style s, const char *text) {
    struct pdf_style style = paper_style(s);
    if (!text_blank(text)) pdf_flow(d->p, &style, d->area.x, d->area.w, text);
}

void paper_fact(struct paper *d, const char *name, const char *text) {
    struct pdf_style small = paper_style(STYLE_SMALL), body = paper_style(STYLE_BODY);
    float x = d->area.x;
    if (text_blank(text)) return;
    pdf_keep(d->p, pdf_text_height(d->p, &small, name, FACT_W - 10));
    int page = pdf_pages(d->p);
    float y = pdf_y(d->p);
    float end = y + pdf_text_at(d->p, &small, x, y + 1.2F, FACT_W - 10, name);
    pdf_flow(d->p, &body, x + FACT_W, d->area.w - FACT_W, text);
    if (pdf_pages(d->p) == page && pdf_y(d->p) < end) pdf_go(d->p, end);
    pdf_skip(d->p, 3);
}

/* lines_most: a long one ends in …, since the whole of it stands further on. */
void paper_list(struct paper *d, const char *const *lines, int n, int lines_most) {
    struct pdf_style s = paper_style(STYLE_BODY);
    s.lines_most = lines_most;
    float x = d->area.x, one = s.size * s.line;
    for (int i = 0; i < n; i++) {
        float high = pdf_text_height(d->p, &s, lines[i], d->area.w - BULLET_W);
        pdf_keep(d->p, high < 4 * one ? high : 2 * one);
        pdf_fill(d->p, (struct pdf_box){x + 2, pdf_y(d->p) + one / 2 - 1.6F, 4, 4}, INK, 2);
        pdf_flow(d->p, &s, x + BULLET_W, d->area.w - BULLET_W, lines[i]);
        pdf_skip(d->p, 3);
    }
}

/* The word carries it; how heavy it looks says the rest without colour. */
float paper_tag(struct paper *d, float x, float y, const char *text, int weight) {
    struct pdf_style s = paper_style(STYLE_TAG);
    float w = pdf_text_width(d->p, &s, text) + 2 * TAG_PAD, h = 16;
    struct pdf_box r = {x, y, w, h};
    s.color = weight == 2 ? WHITE : weight == 1 ? RED : BROWN;
    if (weight == 2) pdf_fill(d->p, r, RED, 3);
    if (weight == 1) pdf_outline(d->p, r, RED, 3, 1.1F);
    if (weight == 0) pdf_outline(d->p, r, LINE, 3, 0.8F);
    pdf_text_at(d->p, &s, x + TAG_PAD, y + 2.4F, w, text);
    return w;
}
