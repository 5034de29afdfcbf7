/* voice_sheet.c -- the recorder as a sheet with its button, and what every screen asks of it:
 * is it for this, is something there that is no record yet, away with all of it. */
#include "screen/voice_pieces.h"

#include "base/text.h"

bool voice_same(const struct evidence_to *a, const struct evidence_to *b) {
    bool form = a->what == EVIDENCE_SAW || a->what == EVIDENCE_HEARD; /* row: only the place */
    return a->what == b->what && a->visit == b->visit && (form || a->row == b->row) &&
           text_equal(a->item, b->item);
}

bool voice_is_for(const struct scene *s, const struct evidence_to *to) {
    return s->voice.state != VOICE_NONE && voice_same(&s->voice.to, to);
}

int voice_loose(const struct voice_part *p) {
    int n = voice_is_for(p->s, &p->to);
    for (int i = 0; p->list && i < p->list->count; i++)
        if (p->list->all[i].sort == EVIDENCE_VOICE && !p->list->all[i].row) n++;
    return n;
}

struct intent voice_purge(const struct voice_part *p) {
    int left = voice_loose(p);
    struct intent none = {0};
    if (!left) {
        p->state->purging = 0;
        return none;
    }
    if (p->state->purging && left >= p->state->purging) return none; /* it was asked for */
    p->state->purging = left;
    if (voice_is_for(p->s, &p->to)) return (struct intent){.kind = INTENT_voice_discard};
    for (int i = 0; i < p->list->count; i++) {
        const struct evidence *e = &p->list->all[i];
        if (e->sort != EVIDENCE_VOICE || e->row) continue;
        struct evidence_remove_intent *k =
            ARENA_NEW(ui_arena(p->u), struct evidence_remove_intent);
        *k = (struct evidence_remove_intent){.to = p->to, .number = e->number};
        return (struct intent){.kind = INTENT_evidence_remove, .detail = k};
    }
    return none;
}

const char *voice_button(const struct voice_part *p) {
    int n = voice_count(p->list);
    if (voice_is_for(p->s, &p->to))
        return p->s->voice.state == VOICE_STOPPED
                   ? WORD(p->s, "voice.button_recorded")
                   : SAY(p->u, p->s, "voice.button_recording", voice_clock(p, p->s->voice.ms));
    if (n > 1) return SAY(p->u, p->s, "voice.button_many", int_text(ui_arena(p->u), n));
    for (int i = 0; n && i < p->list->count; i++)
        if (p->list->all[i].sort == EVIDENCE_VOICE)
            return SAY(p->u, p->s, "voice.button_one", voice_clock(p, p->list->all[i].ms));
    return WORD(p->s, "voice.button");
}

struct intent voice_sheet(const struct voice_part *p) {
    struct ui *u = p->u;
    bool closed = false;
    struct intent in = {0};
    if (!p->state->open) return in;
    float rows = (float)voice_count(p->list) * 72.0F;
    rect inside = ui_sheet_begin(u, "voice", WORD(p->s, "voice.title"),
                                 (260.0F + rows) * ui_text_scale(u), &closed);
    struct voice_part here = *p;
    here.ground = COLOR_BG;
    in = voice_part(&here, &inside);
    ui_sheet_reach(u, inside.y);
    ui_sheet_end(u);
    if (closed) p->state->open = 0;
    return in;
}
