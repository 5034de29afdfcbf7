/* voice_notes.c -- the notes that were kept: play, a bar that a finger can drag, length, size,
 * when, remove. What waits for its form is gone for good when it is removed, so that is asked;
 * what is a record is taken back, and undone. */
#include "screen/voice_pieces.h"

#include "base/text.h"

#define ROUND_DP 56.0F
#define SEEK_DP  48.0F /* to touch; the bar itself is thin */
#define BAR_DP   10.0F
#define FRAME_MS 100

int voice_count(const struct evidence_list *list) {
    int n = 0;
    for (int i = 0; list && i < list->count; i++)
        n += list->all[i].sort == EVIDENCE_VOICE;
    return n;
}

int voice_really(const struct voice_part *p, rect *in, const char *question,
                 enum color ground) {
    struct ui *u = p->u;
    float gap = ui_theme(u)->touch_between, least = ui_theme(u)->touch_primary;
    struct button b[2] = {{.label = WORD(p->s, "voice.really"),
                           .icon = ICON_TRASH,
                           .role = BUTTON_DANGER,
                           .outline_only = ui_theme(u)->night},
                          {.label = WORD(p->s, "voice.no")}};
    int tapped = -1;
    part_text(u, in, FONT_BODY, COLOR_INK, ground, question);
    rect_cut_top(in, gap);
    float each = (in->w - gap) / 2;
    bool fits = ui_button_width(u, &b[0]) <= each;
    float h = ui_button_height(u, &b[0], fits ? each : in->w, least);
    rect row = rect_cut_top(in, fits ? h : 2 * h + gap);
    for (int i = 0; i < 2; i++) {
        rect r = fits ? rect_column(row, i, 2, gap) : rect_cut_top(&row, h);
        if (ui_button(u, r, &b[i])) tapped = i;
        rect_cut_top(&row, gap);
    }
    return tapped == 0 ? 1 : tapped == 1 ? -1 : 0;
}

/* ---- one row ---- */

static struct intent take_away(const struct voice_part *p, const struct evidence *e) {
    if (e->row)
        return (struct intent){
            .kind = INTENT_evidence_remove, .row = e->row, .undo = "voice.removed"};
    struct evidence_remove_intent *k = ARENA_NEW(ui_arena(p->u), struct evidence_remove_intent);
    *k = (struct evidence_remove_intent){.to = p->to, .number = e->number};
    return (struct intent){.kind = INTENT_evidence_remove, .detail = k};
}

static struct intent asked(const struct voice_part *p, const struct evidence *e, rect *area) {
    if (e->row || p->state->asked_number != e->number) return (struct intent){0};
    rect_cut_top(area, 8);
    int really = voice_really(
        p, area, SAY(p->u, p->s, "voice.remove_ask", voice_clock(p, e->ms)), p->ground);
    if (really) p->state->asked_number = 0;
    return really > 0 ? take_away(p, e) : (struct intent){0};
}

static struct intent seek_bar(const struct voice_part *p, const struct voice_sound *n,
                              rect *area) {
    int64_t at = voice_at(p, n);
    rect r = rect_cut_top(area, SEEK_DP);
    struct intent in = voice_seek(p, n, r, "seek", &at);
    const char *says = SAY(p->u, p->s, "voice.at", voice_clock(p, at), voice_clock(p, n->ms));
    float part = n->ms > 0 ? (float)at / (float)n->ms : 0;
    rect bar = rect_center(r, r.w, BAR_DP);
    ui_bar(p->u, bar, &(struct segment){part, COLOR_PRIMARY}, 1, COLOR_LINE, says);
    float knob = 2 * BAR_DP;
    ui_fill(p->u, rect_make(bar.x + (bar.w - knob) * part, r.y + (r.h - knob) / 2, knob, knob),
            COLOR_PRIMARY, knob / 2);
    return in;
}

static const char *title_of(const struct voice_part *p, const struct voice_sound *n) {
    int64_t at = voice_at(p, n);
    if (!voice_plays(p, n) && !at) return voice_clock(p, n->ms);
    return SAY(p->u, p->s, "voice.at", voice_clock(p, at), voice_clock(p, n->ms));
}

static const char *sub_of(const struct voice_part *p, const struct evidence *e) {
    struct arena *f = ui_arena(p->u);
    const char *sub =
        SAY(p->u, p->s, "voice.length", voice_size(p, e->size), time_day_hm(f, e->at));
    const char *cut = voice_cut(p, e->cut_off, e->ms);
    if (!e->here) sub = arena_printf(f, "%s\n%s", sub, WORD(p->s, "voice.not_here"));
    return cut ? arena_printf(f, "%s\n%s", sub, cut) : sub;
}

static struct intent one(const struct voice_part *p, const struct evidence *e, rect *area) {
    struct ui *u = p->u;
    struct voice_sound n = {.e = e, .ms = e->ms};
    struct intent in = {0};
    bool plays = voice_plays(p, &n), can = e->here && p->s->voice.speaker;
    const char *title = title_of(p, &n), *sub = sub_of(p, e);
    float room = area->w - ROUND_DP - 16 - (p->read_only ? 0 : 56);
    float h =
        ui_text_height(u, FONT_H3, title, room) + ui_text_height(u, FONT_SMALL, sub, room);
    rect row = rect_cut_top(area, h > ROUND_DP ? h : ROUND_DP);
    rect left = rect_cut_left(&row, ROUND_DP);
    struct button b = {.label = WORD(p->s, plays ? "voice.hush" : "voice.play"),
                       .key = "play",
                       .icon = plays ? ICON_PAUSE : ICON_PLAY,
                       .icon_fill = true,
                       .icon_only = true,
                       .round = true,
                       .role = BUTTON_PLAIN,
                       .disabled = !can};
    if (ui_button(u, rect_center(left, ROUND_DP, ROUND_DP), &b))
        in = plays ? voice_hush(p, &n) : voice_play(p, &n, voice_at(p, &n));
    rect_cut_left(&row, 16);
    if (!p->read_only) {
        rect bin = rect_cut_right(&row, 48);
        rect_cut_right(&row, 8);
        if (ui_icon_button(u, rect_center(bin, 48, 48), ICON_TRASH,
                           WORD(p->s, "voice.remove"))) {
            if (e->row) in = take_away(p, e);
            p->state->asked_number = e->number;
        }
    }
    rect words = rect_center(row, row.w, h);
    part_text(u, &words, FONT_H3, COLOR_INK, p->ground, title);
    part_text(u, &words, FONT_SMALL, COLOR_MUTE, p->ground, sub);
    if (can && (plays || voice_at(p, &n))) {
        struct intent go = seek_bar(p, &n, area);
        if (!in.kind) in = go;
    }
    if (plays) ui_wake_in(u, FRAME_MS);
    struct intent go = asked(p, e, area);
    rect_cut_top(area, 12);
    return in.kind ? in : go;
}

struct intent voice_notes(const struct voice_part *p, rect *area) {
    struct intent in = {0};
    for (int i = 0; p->list && i < p->list->count; i++) {
        const struct evidence *e = &p->list->all[i];
        if (e->sort != EVIDENCE_VOICE) continue;
        ui_push(p->u, e->row ? e->row : -e->number);
        struct intent go = one(p, e, area);
        ui_pop(p->u);
        if (!in.kind) in = go;
    }
    return in;
}
