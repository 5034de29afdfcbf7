/* voice_part.c -- the recorder: one large round button, bars, the time, and what may be done
 * next. Every state of it is one function; see voice_part.h. */
#include "screen/voice_pieces.h"

#include "base/text.h"

#define PAD_DP     20.0F
#define GAP_DP     20.0F
#define BARS_DP    64.0F
#define STACKED_DP 420.0F /* narrower: bars and buttons below each other */
#define SIGN_DP    34.0F
#define JUMP_DP    48.0F
#define SEEK_MS    10000
#define LONG_MS    20000 /* notes that are worth jumping about in */
#define FRAME_MS   100
#define PURGE_ALL  INT32_MAX
#define TOAST_DP   96.0F /* the line that offers to undo a note that was just kept */

struct panel {
    const struct voice_part *p;
    struct ui *u;
    const struct scene *s;
    const struct voice_scene *v;
    rect in;
    bool stacked;
};

/* ---- pieces of the panel ---- */

static void say(struct panel *d, enum font f, enum color c, const char *text) {
    if (text_blank(text)) return;
    part_text(d->u, &d->in, f, c, COLOR_SOFT, text);
    rect_cut_top(&d->in, 8);
}

struct round {
    const char *name;
    enum icon icon;
    enum button_role role;
    bool disabled;
};

/* By night the red is a border: nothing floods a bedroom. */
static bool round_button(struct panel *d, rect r, const struct round *o) {
    bool soft = o->role == BUTTON_DANGER && ui_theme(d->u)->night;
    struct button b = {.label = o->name,
                       .key = "voice_round",
                       .icon_only = true,
                       .round = true,
                       .role = o->role,
                       .outline_only = soft,
                       .disabled = o->disabled};
    bool tapped = ui_button(d->u, r, &b);
    enum color ink = o->disabled                ? COLOR_MUTE
                     : soft                     ? COLOR_NOT_MET
                     : o->role == BUTTON_DANGER ? COLOR_ON_MET
                                                : COLOR_ON_PRIMARY;
    ui_icon(d->u, r, o->icon, ink, o->icon != ICON_MICROPHONE_SLASH, SIGN_DP);
    return tapped;
}

/* Round button and words beside it; the words may be higher than the button. */
static bool round_and_words(struct panel *d, const struct round *o, const char *title,
                            const char *sub) {
    rect row = d->in, words;
    float w = row.w - VOICE_ROUND_DP - GAP_DP;
    float h = ui_text_height(d->u, FONT_H3, title, w);
    if (!text_blank(sub)) h += ui_text_height(d->u, FONT_SMALL, sub, w) + 4;
    row.h = h > VOICE_ROUND_DP ? h : VOICE_ROUND_DP;
    rect_cut_top(&d->in, row.h);
    rect at = rect_cut_left(&row, VOICE_ROUND_DP);
    bool tapped = round_button(d, rect_center(at, VOICE_ROUND_DP, VOICE_ROUND_DP), o);
    rect_cut_left(&row, GAP_DP);
    words = rect_center(row, row.w, h);
    part_text(d->u, &words, FONT_H3, COLOR_INK, COLOR_SOFT, title);
    rect_cut_top(&words, 4);
    part_text(d->u, &words, FONT_SMALL, COLOR_MUTE, COLOR_SOFT, sub);
    return tapped;
}

/* Button, bars, time; on narrow windows the bars stand below. Returns where the bars go. */
static rect face(struct panel *d, const struct round *o, const char *time, const char *label,
                 bool *tapped) {
    struct ui *u = d->u;
    float w = ui_text_width(u, FONT_H1, time), second = ui_text_width(u, FONT_SMALL, label);
    w = (second > w ? second : w) + 2;
    if (d->stacked) w = d->in.w - VOICE_ROUND_DP - GAP_DP;
    float h = ui_line_height(u, FONT_H1) + ui_text_height(u, FONT_SMALL, label, w);
    rect row = rect_cut_top(&d->in, h > VOICE_ROUND_DP && d->stacked ? h : VOICE_ROUND_DP),
         bars;
    rect at = rect_cut_left(&row, VOICE_ROUND_DP);
    *tapped = round_button(d, rect_center(at, VOICE_ROUND_DP, VOICE_ROUND_DP), o);
    rect_cut_left(&row, GAP_DP);
    rect words = d->stacked ? row : rect_cut_right(&row, w);
    words = rect_center(words, words.w, h);
    part_text(u, &words, FONT_H1, COLOR_INK, COLOR_SOFT, time);
    part_text(u, &words, FONT_SMALL, COLOR_MUTE, COLOR_SOFT, label);
    if (!d->stacked) {
        rect_cut_right(&row, GAP_DP);
        return rect_center(row, row.w, BARS_DP);
    }
    rect_cut_top(&d->in, 12);
    bars = rect_cut_top(&d->in, BARS_DP);
    return bars;
}

/* Buttons of one row, or below each other. -1: none was tapped. */
static int buttons(struct panel *d, struct button *b, int n) {
    struct ui *u = d->u;
    float gap = ui_theme(u)->touch_between, each = (d->in.w - gap * (float)(n - 1)) / (float)n;
    float h = ui_theme(u)->touch_primary;
    int tapped = -1;
    bool fits = true;
    for (int i = 0; i < n; i++)
        fits = fits && ui_button_width(u, &b[i]) <= each;
    rect row = {0};
    rect_cut_top(&d->in, gap);
    if (fits) row = rect_cut_top(&d->in, ui_button_height(u, &b[0], each, h));
    for (int i = 0; i < n; i++) {
        rect r = fits ? rect_column(row, i, n, gap)
                      : rect_cut_top(&d->in, ui_button_height(u, &b[i], d->in.w, h));
        if (ui_button(u, r, &b[i])) tapped = i;
        if (!fits && i < n - 1) rect_cut_top(&d->in, gap);
    }
    return tapped;
}

/* ---- states ---- */

static const char *minutes(struct panel *d, int64_t ms) {
    return int_text(ui_arena(d->u), ms / 60000);
}

/* Why nothing can be recorded on this tablet now, whoever it is; NULL: it can. */
static const char *hindered(const struct panel *d) {
    if (!d->v->microphone) return WORD(d->s, "voice.no_microphone");
    if (d->s->room_state == ROOM_NONE) return WORD(d->s, "voice.no_room");
    return NULL;
}

static struct intent start(struct panel *d) {
    struct evidence_to *to = ARENA_NEW(ui_arena(d->u), struct evidence_to);
    *to = d->p->to;
    return (struct intent){.kind = INTENT_voice_start, .detail = to};
}

static struct intent before(struct panel *d) {
    struct round o = {
        .name = WORD(d->s, "voice.record"), .icon = ICON_MICROPHONE, .role = BUTTON_MAIN};
    const char *why = d->p->barred ? WORD(d->s, d->p->barred) : hindered(d);
    if (why) {
        o.disabled = true;
        if (!d->v->microphone) o.icon = ICON_MICROPHONE_SLASH;
        round_and_words(d, &o, why, NULL);
        return (struct intent){0};
    }
    const char *limit =
        SAY(d->u, d->s, "voice.limit", minutes(d, d->v->limit_ms ? d->v->limit_ms : 1800000));
    if (d->s->room_state == ROOM_LOW)
        limit =
            arena_printf(ui_arena(d->u), "%s\n%s", limit,
                         SAY(d->u, d->s, "voice.room_low", voice_size(d->p, d->s->room_bytes)));
    bool tapped = round_and_words(d, &o, WORD(d->s, "voice.tap_to_record"), limit);
    if (!text_blank(d->v->problem)) {
        rect_cut_top(&d->in, 12);
        say(d, FONT_BODY, COLOR_NOT_MET, d->v->problem);
    }
    if (!tapped) return (struct intent){0};
    return start(d);
}

static const char *so_far(struct panel *d) {
    int64_t left = d->v->limit_ms - d->v->ms;
    if (d->v->limit_ms <= 0) return voice_size(d->p, d->v->bytes);
    return SAY(d->u, d->s, "voice.left", voice_size(d->p, d->v->bytes),
               voice_clock(d->p, left < 0 ? 0 : left));
}

/* How much there is, and Pause beside it where the width allows. */
static bool below_recording(struct panel *d, bool paused) {
    struct button b = {.label = WORD(d->s, paused ? "voice.go_on" : "voice.pause"),
                       .key = "voice_pause",
                       .icon = paused ? ICON_MICROPHONE : ICON_PAUSE};
    const char *much = so_far(d);
    rect_cut_top(&d->in, 12);
    if (d->stacked) {
        say(d, FONT_SMALL, COLOR_MUTE, much);
        return buttons(d, &b, 1) == 0;
    }
    float w = ui_button_width(d->u, &b) + 24;
    rect row = rect_cut_top(&d->in, ui_button_height(d->u, &b, w, ui_theme(d->u)->touch_min));
    bool tapped = ui_button(d->u, rect_cut_right(&row, w), &b);
    rect_cut_right(&row, GAP_DP);
    ui_label(
        d->u, row, much,
        &(struct label){
            .font = FONT_SMALL, .color = COLOR_MUTE, .ground = COLOR_SOFT, .middle = true});
    return tapped;
}

static struct intent recording(struct panel *d) {
    bool stop = false, paused = d->v->state == VOICE_PAUSED;
    struct round o = {
        .name = WORD(d->s, "voice.stop"), .icon = ICON_STOP, .role = BUTTON_DANGER};
    rect bars = face(d, &o, voice_clock(d->p, d->v->ms),
                     WORD(d->s, paused ? "voice.paused" : "voice.recording"), &stop);
    voice_bars(d->p, bars,
               &(struct voice_bars){.wave = d->v->wave,
                                    .count = d->v->wave_count,
                                    .newest = true,
                                    .heard = paused ? 0.0F : 1.0F});
    bool tapped = below_recording(d, paused);
    if (!paused) ui_wake_in(d->u, FRAME_MS);
    if (stop) return (struct intent){.kind = INTENT_voice_stop};
    if (tapped)
        return (struct intent){.kind = paused ? INTENT_voice_resume : INTENT_voice_pause};
    return (struct intent){0};
}

static struct intent jump(struct panel *d, const struct voice_sound *n) {
    struct ui *u = d->u;
    if (n->ms < LONG_MS) return (struct intent){0};
    int64_t at = voice_at(d->p, n), to = -1;
    rect row = rect_cut_top(&d->in, JUMP_DP);
    rect pair = rect_center(row, 2 * JUMP_DP + GAP_DP, JUMP_DP);
    if (ui_icon_button(u, rect_cut_left(&pair, JUMP_DP), ICON_REWIND, WORD(d->s, "voice.back")))
        to = at > SEEK_MS ? at - SEEK_MS : 0;
    if (ui_icon_button(u, rect_cut_right(&pair, JUMP_DP), ICON_FAST_FORWARD,
                       WORD(d->s, "voice.on")))
        to = at + SEEK_MS < n->ms ? at + SEEK_MS : n->ms - 1;
    if (to < 0) return (struct intent){0};
    if (voice_plays(d->p, n)) return (struct intent){.kind = INTENT_voice_seek, .number = to};
    return voice_play(d->p, n, to);
}

static struct intent listen(struct panel *d) {
    struct voice_sound n = {.ms = d->v->ms};
    bool plays = voice_plays(d->p, &n), tapped = false;
    int64_t at = voice_at(d->p, &n);
    struct round o = {.name = WORD(d->s, plays ? "voice.hush" : "voice.play"),
                      .icon = plays ? ICON_PAUSE : ICON_PLAY,
                      .role = BUTTON_MAIN,
                      .disabled = !d->v->speaker};
    bool moved = plays || at > 0;
    const char *label = moved ? SAY(d->u, d->s, "voice.of", voice_clock(d->p, n.ms))
                              : SAY(d->u, d->s, "voice.length", WORD(d->s, "voice.recorded"),
                                    voice_size(d->p, d->v->bytes));
    rect bars = face(d, &o, voice_clock(d->p, moved ? at : n.ms), label, &tapped);
    struct intent in = {0};
    if (d->v->speaker) in = voice_seek(d->p, &n, bars, "voice_bars", &at);
    voice_bars(
        d->p, bars,
        &(struct voice_bars){.wave = d->v->wave,
                             .count = d->v->wave_count,
                             .heard = moved && n.ms > 0 ? (float)at / (float)n.ms : 1.0F});
    if (d->v->speaker) {
        struct intent go = jump(d, &n);
        if (!in.kind) in = go;
    }
    if (plays) ui_wake_in(d->u, FRAME_MS);
    if (tapped) return plays ? voice_hush(d->p, &n) : voice_play(d->p, &n, at);
    return in;
}

static struct intent discard_asked(struct panel *d) {
    int really = voice_really(d->p, &d->in,
                              SAY(d->u, d->s, "voice.discard_ask", voice_clock(d->p, d->v->ms)),
                              COLOR_SOFT);
    if (really) d->p->state->asked = 0;
    return (struct intent){.kind = really > 0 ? INTENT_voice_discard : INTENT_none};
}

static struct intent stopped(struct panel *d) {
    struct intent in = listen(d);
    const char *cut = voice_cut(d->p, d->v->cut_off, d->v->ms);
    rect_cut_top(&d->in, 12);
    if (!d->v->speaker) say(d, FONT_SMALL, COLOR_MUTE, WORD(d->s, "voice.no_speaker"));
    say(d, FONT_BODY, COLOR_PARTLY, cut);
    if (!cut) say(d, FONT_BODY, COLOR_NOT_MET, d->v->problem);
    if (d->p->state->asked) {
        struct intent go = discard_asked(d);
        return go.kind ? go : in;
    }
    struct button b[2] = {{.label = WORD(d->s, "voice.keep"),
                           .icon = ICON_CHECK,
                           .role = BUTTON_MAIN,
                           .outline_only = true,
                           .selected = true},
                          {.label = WORD(d->s, "voice.discard"), .icon = ICON_TRASH}};
    int tapped = buttons(d, b, 2);
    if (tapped == 1) d->p->state->asked = 1;
    return tapped == 0 ? (struct intent){.kind = INTENT_voice_keep} : in;
}

/* ---- something else has the recorder ---- */

static const char *for_what(struct panel *d) {
    switch ((enum evidence_for)d->v->to.what) {
    case EVIDENCE_ITEM:
        return WORD(d->s, "voice.for_item");
    case EVIDENCE_SAW:
        return WORD(d->s, "voice.for_saw");
    case EVIDENCE_HEARD:
        return WORD(d->s, "voice.for_heard");
    case EVIDENCE_ACTION:
    case EVIDENCE_AFTER:
        return WORD(d->s, "voice.for_action");
    case EVIDENCE_ROW:
    case EVIDENCE_NOTHING:
        break;
    }
    return WORD(d->s, "voice.for_row");
}

/* A row may be of any kind: no screen is known for it. */
static struct intent there(const struct evidence_to *to) {
    switch ((enum evidence_for)to->what) {
    case EVIDENCE_ITEM:
        return part_go(SCREEN_walk, to->visit, 0, to->item);
    case EVIDENCE_SAW:
        return part_go(SCREEN_saw, to->visit, 0, to->item);
    case EVIDENCE_HEARD:
        return part_go(SCREEN_heard, to->visit, 0, NULL);
    case EVIDENCE_ACTION:
    case EVIDENCE_AFTER:
        return part_go(SCREEN_action, to->row, 0, NULL);
    case EVIDENCE_ROW:
    case EVIDENCE_NOTHING:
        break;
    }
    return (struct intent){0};
}

static struct intent busy(struct panel *d) {
    bool over = d->v->state == VOICE_STOPPED;
    struct intent go = there(&d->v->to);
    say(d, FONT_BODY, COLOR_INK,
        over ? SAY(d->u, d->s, "voice.busy_stopped", for_what(d), voice_clock(d->p, d->v->ms))
             : SAY(d->u, d->s, "voice.busy", for_what(d)));
    if (d->p->state->asked && over) return discard_asked(d);
    struct button b[3];
    int n = 0, away = -1;
    if (go.kind)
        b[n++] =
            (struct button){.label = WORD(d->s, "voice.go_there"), .icon = ICON_ARROW_RIGHT};
    int first = n;
    b[n++] = over ? (struct button){.label = WORD(d->s, "voice.keep_there"), .icon = ICON_CHECK}
                  : (struct button){.label = WORD(d->s, "voice.stop"), .icon = ICON_STOP};
    if (over) {
        away = n;
        b[n++] = (struct button){.label = WORD(d->s, "voice.discard"), .icon = ICON_TRASH};
    }
    int tapped = buttons(d, b, n);
    if (tapped < 0) return (struct intent){0};
    if (tapped == first)
        return (struct intent){.kind = over ? INTENT_voice_keep : INTENT_voice_stop};
    if (tapped == away) d->p->state->asked = 1;
    return tapped < first ? go : (struct intent){0};
}

/* ---- what may not be there ---- */

/* It stops by itself, and one tap throws all of it away. */
static struct intent must_go(struct panel *d) {
    bool live = voice_is_for(d->s, &d->p->to), tapped;
    say(d, FONT_BODY, COLOR_INK, WORD(d->s, d->p->barred));
    say(d, FONT_BODY, COLOR_PARTLY, WORD(d->s, "voice.must_go"));
    struct button b = {.label = WORD(d->s, "voice.away"),
                       .icon = ICON_TRASH,
                       .role = BUTTON_DANGER,
                       .outline_only = true};
    tapped = buttons(d, &b, 1) == 0;
    if (live && d->v->state != VOICE_STOPPED) return (struct intent){.kind = INTENT_voice_stop};
    if (tapped) d->p->state->purging = PURGE_ALL;
    return d->p->state->purging ? voice_purge(d->p) : (struct intent){0};
}

/* ---- the whole ---- */

/* The next note is another one: nothing of it was heard yet, nothing asked about it. */
static void start_anew(struct voice_state *st) {
    st->asked = 0;
    if (!st->at_row && !st->at_number) st->at_ms = 0;
}

static struct intent state_of(struct panel *d) {
    if (d->v->state != VOICE_STOPPED) start_anew(d->p->state);
    if (d->p->barred && voice_loose(d->p)) return must_go(d);
    if (d->v->state == VOICE_NONE) return before(d);
    if (!voice_is_for(d->s, &d->p->to)) return busy(d);
    return d->v->state == VOICE_STOPPED ? stopped(d) : recording(d);
}

/* Pause, Keep this note, "Discard it?", a note that was just kept: what a tap brought must not
 * wait below the fold. */
static void show_what_is_new(const struct voice_part *p, rect all) {
    struct voice_state *st = p->state;
    int32_t rows = voice_count(p->list), before = st->seen;
    st->seen = 1 + (rows << 5) + ((int32_t)p->s->voice.state << 1) + (st->asked != 0);
    if (!before || before == st->seen) return;
    bool kept = before >> 5 < st->seen >> 5;
    if (!kept && !voice_is_for(p->s, &p->to)) return;
    if (kept) all.h += TOAST_DP * ui_text_scale(p->u);
    ui_show(p->u, all);
}

struct intent voice_part(const struct voice_part *p, rect *area) {
    struct intent in = {0};
    rect all = *area;
    if (!p->read_only) {
        struct panel d = {.p = p, .u = p->u, .s = p->s, .v = &p->s->voice};
        float pad = area->w < STACKED_DP ? PAD_DP * 0.7F : PAD_DP, top = area->y;
        size_t mark = ui_ground_begin(p->u, *area, COLOR_SOFT, COLOR_SOFT, 1);
        d.in = rect_inset(*area, pad, 0);
        d.stacked = d.in.w < STACKED_DP * ui_text_scale(p->u);
        d.in.h = 100000.0F;
        rect_cut_top(&d.in, PAD_DP);
        ui_push_text(p->u, "voice");
        in = state_of(&d);
        ui_pop(p->u);
        ui_ground_end(p->u, mark, d.in.y - top + PAD_DP);
        rect_cut_top(area, d.in.y - top + PAD_DP);
        rect_cut_top(area, ui_theme(p->u)->gap);
    }
    struct intent more = voice_notes(p, area);
    all.h = area->y - all.y;
    if (!p->read_only) show_what_is_new(p, all);
    return in.kind ? in : more;
}
