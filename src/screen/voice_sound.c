/* voice_sound.c -- how a voice note sounds and looks: its length and size in words, its bars,
 * where it plays. */
#include "screen/voice_pieces.h"

#include <math.h>

#include "base/text.h"

#define BAR_DP       4.0F
#define BAR_LEAST_DP 6.0F
#define LOUDEST      255
#define PASSING_DP   16.0F

const char *voice_clock(const struct voice_part *p, int64_t ms) {
    const char *text = duration_clock(ui_arena(p->u), ms);
    return text[0] == '0' && text[1] != ':' ? text + 1 : text; /* 0:24, not 00:24 */
}

const char *voice_size(const struct voice_part *p, int64_t bytes) {
    struct arena *f = ui_arena(p->u);
    if (bytes < 1000000) return SAY(p->u, p->s, "voice.kb", int_text(f, (bytes + 999) / 1000));
    return SAY(p->u, p->s, "voice.mb",
               arena_printf(f, "%lld.%lld", (long long)(bytes / 1000000),
                            (long long)(bytes % 1000000 / 100000)));
}

const char *voice_cut(const struct voice_part *p, const char *why, int64_t ms) {
    if (text_blank(why)) return NULL;
    return SAY(p->u, p->s, arena_printf(ui_arena(p->u), "voice.cut_%s", why),
               voice_clock(p, ms));
}

/* ---- playing ---- */

static int64_t row_of(const struct voice_sound *n) {
    return n->e ? n->e->row : 0;
}

static int64_t number_of(const struct voice_sound *n) {
    return n->e ? n->e->number : 0;
}

bool voice_plays(const struct voice_part *p, const struct voice_sound *n) {
    const struct voice_scene *v = &p->s->voice;
    return v->playing && v->played_row == row_of(n) && v->played_number == number_of(n);
}

int64_t voice_at(const struct voice_part *p, const struct voice_sound *n) {
    const struct voice_state *st = p->state;
    int64_t at = 0;
    if (voice_plays(p, n)) {
        at = p->s->voice.play_ms;
    } else if (st->at_row == row_of(n) && st->at_number == number_of(n)) {
        at = st->at_ms;
    }
    return at < 0 ? 0 : at > n->ms ? n->ms : at;
}

static void stand_at(const struct voice_part *p, const struct voice_sound *n, int64_t ms) {
    p->state->at_row = row_of(n);
    p->state->at_number = number_of(n);
    p->state->at_ms = ms;
}

/* What plays to its end starts anew the next time. */
struct intent voice_play(const struct voice_part *p, const struct voice_sound *n,
                         int64_t from) {
    stand_at(p, n, 0);
    return (struct intent){.kind = INTENT_voice_play, .detail = n->e, .number = from};
}

struct intent voice_hush(const struct voice_part *p, const struct voice_sound *n) {
    stand_at(p, n, voice_at(p, n));
    return (struct intent){.kind = INTENT_voice_hush};
}

/* A finger that goes up or down over it wanted the page, not a place in the note. */
static bool passing_by(const struct ui_stroke *k, rect r) {
    const float *last = &k->points[2 * (k->count - 1)];
    float dx = fabsf(last[0] - k->points[0]) * r.w, dy = fabsf(last[1] - k->points[1]) * r.h;
    return dy > PASSING_DP && dy > dx;
}

struct intent voice_seek(const struct voice_part *p, const struct voice_sound *n, rect r,
                         const char *key, int64_t *at) {
    struct ui_stroke k = ui_stroke(p->u, r, key, WORD(p->s, "voice.seek"));
    if (!k.count) return (struct intent){0};
    if (passing_by(&k, r)) return (struct intent){0};
    float part = k.points[2 * (k.count - 1)];
    part = part < 0 ? 0 : part > 1 ? 1 : part;
    *at = (int64_t)((double)part * (double)n->ms);
    if (!k.done) return (struct intent){0};
    if (voice_plays(p, n)) return (struct intent){.kind = INTENT_voice_seek, .number = *at};
    return voice_play(p, n, *at);
}

/* ---- bars ---- */

/* The loudest of the part of the wave that a bar stands for. */
static uint8_t loudest(const struct voice_bars *b, int bar, int bars) {
    int from = bar * b->count / bars, to = (bar + 1) * b->count / bars;
    uint8_t most = 0;
    for (int i = from; i < to || i == from; i++)
        if (i < b->count && b->wave[i] > most) most = b->wave[i];
    return most;
}

void voice_bars(const struct voice_part *p, rect r, const struct voice_bars *b) {
    int bars = (int)((r.w + BAR_DP) / (2 * BAR_DP));
    if (bars > VOICE_WAVE) bars = VOICE_WAVE;
    int skip = b->newest && b->count > bars ? b->count - bars : 0;
    float step = bars > 1 ? (r.w - BAR_DP) / (float)(bars - 1) : 0;
    for (int i = 0; i < bars; i++) {
        bool there = b->newest ? i + skip < b->count : b->count > 0;
        uint8_t level = !there ? 0 : b->newest ? b->wave[i + skip] : loudest(b, i, bars);
        float h = BAR_LEAST_DP + (r.h - BAR_LEAST_DP) * (float)level / LOUDEST;
        bool heard = there && ((float)i + 0.5F) / (float)bars <= b->heard;
        rect bar = rect_make(r.x + (float)i * step, r.y + (r.h - h) / 2, BAR_DP, h);
        ui_fill(p->u, bar, heard ? COLOR_PRIMARY : COLOR_OUTLINE, BAR_DP / 2);
    }
}
