/* paper_evidence.c -- photos with their captions beside them, pairs of before and after, voice
 * notes by length, signatures as they were drawn. */
#include "app/paper_inside.h"

#define WHOLE_MOST \
    60 /* pictures as they are; further ones small, or the paper would fill the stick */
#define ONE_W        176.0F
#define ONE_H        138.0F
#define CELL_W       118.0F
#define CELL_H       104.0F
#define CELL_GAP     16.0F
#define SIGN_W       210.0F
#define SIGN_H       66.0F
#define STROKE_BYTES 9
#define PEN_UP       65535

/* ---- photos ---- */

struct shown {
    const struct pdf_picture *picture; /* NULL: nothing of it is here */
    const char *why;                   /* shown small, or not: the sentence; "" as it is */
};

static bool none(const hash256 *h) {
    static const hash256 zero;
    return memcmp(h, &zero, sizeof zero) == 0;
}

static const struct pdf_picture *load(struct paper *d, const hash256 *name) {
    const struct pdf_picture *i = NULL;
    struct buf b = {0};
    if (none(name)) return NULL;
    enum status s = blob_get(d->app->j, name, &b);
    if (!s) s = pdf_picture_load(d->p, b.data, b.size, &i);
    buf_release(&b);
    return s ? NULL : i;
}

static struct shown shown_of(struct paper *d, const struct evidence *e) {
    struct shown s = {.why = ""};
    bool whole = e->here && d->pictures < WHOLE_MOST;
    if (whole) s.picture = load(d, &e->hash);
    if (s.picture) {
        d->pictures++;
        return s;
    }
    s.picture = load(d, &e->thumb);
    s.why = paper_word(d, !s.picture ? "paper.photo_broken"
                          : !e->here ? "paper.photo_freed"
                          : whole    ? "paper.photo_broken"
                                     : "paper.photo_small");
    if (!s.picture && !e->here) s.why = paper_word(d, "paper.photo_freed");
    return s;
}

static const char *caption(struct paper *d, const struct evidence *e) {
    return text_blank(e->caption) ? paper_word(d, "paper.photo") : paper_typed(d, e->caption);
}

static const char *facts(struct paper *d, const struct evidence *e, const char *why) {
    const char *said = paper_when(d, e->at);
    if (e->nobody)
        said = arena_printf(d->a, "%s\n%s", said, paper_word(d, "paper.photo_nobody"));
    if (e->after_seal)
        said = arena_printf(d->a, "%s\n%s", said, paper_word(d, "paper.after_seal"));
    return text_blank(why) ? said : arena_printf(d->a, "%s\n%s", said, why);
}

/* One picture with its words beside it; returns how high it became. */
static float cell(struct paper *d, float x, float y, float pic_w, float pic_h, float w,
                  const struct evidence *e) {
    struct pdf_style body = paper_style(STYLE_BODY), small = paper_style(STYLE_SMALL);
    struct shown s = shown_of(d, e);
    struct pdf_box r = {x, y, pic_w, pic_h * 0.6F};
    body.size = 9.8F;
    if (s.picture) {
        r = pdf_picture_fit(s.picture, (struct pdf_box){x, y, pic_w, pic_h});
        pdf_picture_at(d->p, s.picture, r, caption(d, e));
    }
    pdf_outline(d->p, r, LINE, 0, 0.6F);
    float tx = x + r.w + 10, tw = w - r.w - 10;
    float h = pdf_text_at(d->p, &body, tx, y, tw, caption(d, e));
    h += 3 + pdf_text_at(d->p, &small, tx, y + h + 3, tw, facts(d, e, s.why));
    return h > r.h ? h : r.h;
}

void paper_photos(struct paper *d, float x, const struct evidence *const *all, int n) {
    float w = d->area.x + d->area.w - x, half = (w - CELL_GAP) / 2;
    if (n) pdf_skip(d->p, 6);
    if (n == 1) {
        pdf_keep(d->p, ONE_H);
        pdf_go(d->p, pdf_y(d->p) + cell(d, x, pdf_y(d->p), ONE_W, ONE_H, w, all[0]) + 8);
        return;
    }
    for (int i = 0; i < n; i += 2) {
        pdf_keep(d->p, CELL_H);
        float y = pdf_y(d->p), h = cell(d, x, y, CELL_W, CELL_H, half, all[i]);
        float h2 =
            i + 1 < n ? cell(d, x + half + CELL_GAP, y, CELL_W, CELL_H, half, all[i + 1]) : 0;
        pdf_go(d->p, y + (h > h2 ? h : h2) + 10);
    }
}

float paper_photos_height(const struct evidence_list *e) {
    int n = 0;
    for (int i = 0; i < e->count; i++)
        n += e->all[i].sort == EVIDENCE_PHOTO;
    return n == 0 ? 0 : n == 1 ? ONE_H + 8 : CELL_H + 10;
}

static float side(struct paper *d, float x, float w, const struct evidence *e,
                  const char *key) {
    struct pdf_style head = paper_style(STYLE_TAG), small = paper_style(STYLE_SMALL);
    struct shown s = shown_of(d, e);
    float y = pdf_y(d->p), h = pdf_text_at(d->p, &head, x, y, w, paper_word(d, key)) + 3;
    struct pdf_box r = {x, y + h, w, w * 0.4F};
    if (s.picture) {
        r = pdf_picture_fit(s.picture, (struct pdf_box){x, y + h, w, w * 0.8F});
        pdf_picture_at(d->p, s.picture, r, caption(d, e));
    }
    pdf_outline(d->p, r, LINE, 0, 0.6F);
    h += r.h + 4;
    const char *said = text_blank(e->caption)
                           ? facts(d, e, s.why)
                           : arena_printf(d->a, "%s\n%s", caption(d, e), facts(d, e, s.why));
    return h + pdf_text_at(d->p, &small, x, y + h, w, said);
}

void paper_pair(struct paper *d, const struct evidence *before, const struct evidence *after) {
    float w = (d->area.w - CELL_GAP) / 2;
    pdf_keep(d->p, w * 0.8F + 60);
    float a = side(d, d->area.x, w, before, "paper.before");
    float b = side(d, d->area.x + w + CELL_GAP, w, after, "paper.after");
    pdf_go(d->p, pdf_y(d->p) + (a > b ? a : b) + 14);
}

/* ---- voice notes: how long, and where they are to be heard ---- */

static const char *voice_line(struct paper *d, const struct evidence *e) {
    const char *length =
        e->ms > 0 ? duration_text(d->a, e->ms) : paper_word(d, "paper.voice_unknown");
    const char *said = PAPER_SAY(d, "paper.voice", length, paper_when(d, e->at));
    if (!text_blank(e->cut_off))
        said =
            arena_printf(d->a, "%s %s", said,
                         paper_word(d, arena_printf(d->a, "paper.voice_cut_%s", e->cut_off)));
    return text_blank(e->caption)
               ? said
               : arena_printf(d->a, "%s %s", said, paper_typed(d, e->caption));
}

void paper_voices(struct paper *d, float x, const struct evidence *const *all, int n) {
    struct pdf_style s = paper_style(STYLE_SMALL);
    for (int i = 0; i < n; i++) {
        pdf_flow(d->p, &s, x, d->area.x + d->area.w - x, voice_line(d, all[i]));
        pdf_skip(d->p, 3);
    }
}

void paper_evidence(struct paper *d, float x, const struct evidence_list *list, bool voices) {
    const struct evidence **photos =
        ARENA_ARRAY(d->a, const struct evidence *, list->count + 1);
    const struct evidence **notes = ARENA_ARRAY(d->a, const struct evidence *, list->count + 1);
    int p = 0, v = 0;
    for (int i = 0; i < list->count; i++) {
        if (list->all[i].sort == EVIDENCE_PHOTO) photos[p++] = &list->all[i];
        if (list->all[i].sort == EVIDENCE_VOICE) notes[v++] = &list->all[i];
    }
    if (voices) paper_voices(d, x, notes, v);
    paper_photos(d, x, photos, p);
}

/* ---- signatures ---- */

struct pen {
    float *points, *widths;
    int count;
};

static void lift(struct paper *d, struct pdf_box r, struct pen *pen) {
    if (pen->count) pdf_stroke(d->p, r, pen->points, pen->widths, pen->count, INK);
    pen->count = 0;
}

/* The bytes come from a blob that another device may have written: read with bounds. */
static void strokes(struct paper *d, struct pdf_box r, const void *bytes, size_t n) {
    struct cursor c = cursor_of(bytes, n);
    size_t most = n / STROKE_BYTES;
    struct pen pen = {ARENA_ARRAY(d->a, float, most * 2 + 2),
                      ARENA_ARRAY(d->a, float, most + 1), 0};
    for (size_t i = 0; i < most; i++) {
        uint16_t x = cursor_u16(&c), y = cursor_u16(&c);
        uint8_t pressure = cursor_byte(&c);
        cursor_u32(&c);
        if (x == PEN_UP && y == PEN_UP) {
            lift(d, r, &pen);
            continue;
        }
        pen.points[2 * pen.count] = (float)x / 65535.0F;
        pen.points[2 * pen.count + 1] = (float)y / 65535.0F;
        pen.widths[pen.count++] = 0.7F + 1.3F * (float)pressure / 255.0F;
    }
    lift(d, r, &pen);
}

void paper_signature(struct paper *d, const struct found_signature *g) {
    struct pdf_style body = paper_style(STYLE_BODY), small = paper_style(STYLE_SMALL);
    bool checker = text_equal(g->side, "checker");
    const char *side_word = paper_word(d, checker ? "paper.checker" : "show.in_charge");
    const char *who = text_blank(g->who) || d->copy == PAPER_HOME ? side_word : g->who;
    const char *said = paper_word(d, arena_printf(d->a, "finish.choice_%s", g->choice));
    float x = d->area.x, tx = x + SIGN_W + 14, tw = d->area.w - SIGN_W - 14;
    pdf_keep(d->p, SIGN_H + 8);
    float y = pdf_y(d->p), h = 0;
    if (g->strokes_size) {
        struct pdf_box r = {x, y, SIGN_W, SIGN_H};
        pdf_outline(d->p, r, LINE, 4, 0.8F);
        strokes(d, (struct pdf_box){x + 8, y + 6, SIGN_W - 16, SIGN_H - 12}, g->strokes,
                g->strokes_size);
        h = SIGN_H;
    } else {
        tx = x;
        tw = d->area.w;
    }
    float th = pdf_text_at(d->p, &body, tx, y, tw, PAPER_SAY(d, "paper.signed", who, said));
    th += pdf_text_at(d->p, &small, tx, y + th, tw, paper_when(d, g->at));
    if (!checker)
        th += pdf_text_at(d->p, &small, tx, y + th, tw, paper_word(d, "show.meaning"));
    pdf_go(d->p, y + (h > th ? h : th) + 4);
    if (!text_blank(g->text)) {
        paper_text(d, STYLE_BODY, PAPER_SAY(d, "paper.added", who, paper_typed(d, g->text)));
    }
    pdf_skip(d->p, 8);
}
