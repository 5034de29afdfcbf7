/* pin.c -- choose a PIN, or somebody takes over or goes on with theirs. What is typed stands in
 * scene.secret only: this screen's state, which is written to the disk, knows who and which
 * step, never a digit.
 *
 * Journey: before the first real check, from Settings, after the office's code, and when the
 * tablet changes hands. */
#include "screen/screen.h"

#include "base/keys.h"
#include "base/log.h"
#include "base/pass.h"
#include "base/text.h"
#include "model/pin_model.h"
#include "screen/pad_part.h"

#define CARD_DP  440.0F
#define LYING_DP 420.0F
#define LOW_DP   700.0F /* a window lower than this has no height to give away */

struct pin_state {
    int64_t person; /* chosen here; 0: the model's */
    bool words;     /* instead of digits */
    bool again;     /* the second time */
    bool differed;  /* the two times were not the same */
};
struct pin {
    struct ui *u;
    const struct scene *s;
    struct pin_state *state;
    const struct pin_model *m;
    struct secret *secret;
    const struct pin_person *person; /* NULL: not chosen yet */
    bool hold;                       /* asked for, not chosen */
    enum width_class width;
    struct intent intent;
};

static bool why(const struct pin *d, const char *word) {
    return text_equal(d->m->why, word);
}

static const struct pin_person *person_of(const struct pin *d) {
    int64_t row = d->state->person ? d->state->person : d->m->person;
    for (size_t i = 0; i < d->m->people_count; i++)
        if (d->m->people[i].row == row) return &d->m->people[i];
    return NULL;
}

static bool in_words(const struct pin *d) {
    return d->hold ? !d->person->pin : d->state->words;
}

static void start_again(struct pin *d) {
    key_wipe(d->secret, sizeof *d->secret);
    d->state->again = false;
    ui_wake_in(d->u, 0);
}

/* ---- why, and who ---- */

static const char *reason(const struct pin *d) {
    const char *label = d->person ? d->person->label : "";
    if (why(d, "let_in")) return WORD(d->s, "pin.why_let_in");
    if (d->hold) return SAY(d->u, d->s, "pin.why_hold", label);
    if (why(d, "hold") && d->person) return SAY(d->u, d->s, "pin.why_hold_new", label);
    if (why(d, "start")) return WORD(d->s, "pin.why_start");
    if (why(d, "confide")) return WORD(d->s, "pin.why_confide");
    if (why(d, "reset")) return WORD(d->s, "pin.why_reset");
    if (why(d, "add")) return WORD(d->s, "pin.why_add");
    if (d->person && d->person->has) return WORD(d->s, "pin.why_change");
    return WORD(d->s, "pin.why_plain");
}

/* After the office's code, and to be let in, only somebody who has a PIN; to add somebody, only
 * who has none. */
static bool offered(const struct pin *d, const struct pin_person *p) {
    if (why(d, "reset") || why(d, "let_in")) return p->has;
    return !why(d, "add") || !p->has;
}

static void new_role(struct pin *d, rect *in) {
    const char *name = WORD(d->s, "pin.new_role");
    struct field f = {.key = "pin/new_role",
                      .name = name,
                      .hint = name,
                      .lines = 1,
                      .bytes_max = 60,
                      .ground = COLOR_CARD};
    rect row = rect_cut_top(in, ui_field_height(d->u, &f, in->w));
    struct field_result r = ui_field(d->u, row, &f);
    if (!r.entered || text_blank(r.text)) return;
    d->intent =
        (struct intent){.kind = INTENT_hold, .text = arena_strdup(ui_arena(d->u), r.text)};
    ui_field_set(d->u, f.key, "");
}

static void choose_person(struct pin *d, rect *in) {
    struct arena *f = ui_arena(d->u);
    size_t n = d->m->people_count, shown = 0;
    const char **labels = ARENA_ARRAY(f, const char *, n + 1);
    int64_t *rows = ARENA_ARRAY(f, int64_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (!offered(d, &d->m->people[i])) continue;
        labels[shown] = d->m->people[i].label;
        rows[shown++] = d->m->people[i].row;
    }
    part_text(d->u, in, FONT_H2, COLOR_INK, COLOR_CARD,
              WORD(d->s, why(d, "add")     ? "pin.who_add"
                         : why(d, "reset") ? "pin.who_reset"
                                           : "pin.who"));
    rect_cut_top(in, ui_theme(d->u)->gap);
    int tapped = part_chips(d->u, in, "who", labels, NULL, (int)shown);
    if (tapped >= 0) {
        d->state->person = rows[tapped];
        start_again(d);
    }
    if (!why(d, "reset") && !why(d, "let_in")) new_role(d, in);
}

static bool plain_button(struct pin *d, rect *in, const char *key) {
    struct button b = {.label = WORD(d->s, key)};
    float h = ui_button_height(d->u, &b, in->w, ui_theme(d->u)->touch_primary);
    rect r = rect_cut_top(in, h);
    rect_cut_top(in, ui_theme(d->u)->gap);
    return ui_button(d->u, r, &b);
}

static void other_ways(struct pin *d, rect *in) {
    bool words = d->state->words;
    if (d->hold && d->state->person && plain_button(d, in, "pin.somebody_else")) {
        d->state->person = 0;
        start_again(d);
    }
    if (d->hold || !d->person) return;
    if (d->state->again) {
        if (plain_button(d, in, "pin.start_again")) start_again(d);
        return;
    }
    if (plain_button(d, in, words ? "pin.use_digits" : "pin.use_words")) {
        d->state->words = !words;
        d->state->differed = false;
        start_again(d);
    }
    if (d->state->person && plain_button(d, in, "pin.somebody_else")) {
        d->state->person = 0;
        start_again(d);
    }
}

static void about(struct pin *d, rect *in) {
    part_text(d->u, in, FONT_BODY, COLOR_INK, COLOR_BG, reason(d));
    rect_cut_top(in, ui_theme(d->u)->gap);
}

static void if_forgotten(struct pin *d, rect *in) {
    float gap = ui_theme(d->u)->gap;
    if (d->hold || !d->person) return;
    part_text(d->u, in, FONT_SMALL, d->m->office ? COLOR_MUTE : COLOR_PARTLY, COLOR_BG,
              WORD(d->s, d->m->office ? "pin.forget_office" : "pin.forget_nobody"));
    rect_cut_top(in, gap);
}

/* ---- what is typed ---- */

static const char *heading(const struct pin *d) {
    const char *label = d->person->label;
    if (d->hold) return SAY(d->u, d->s, in_words(d) ? "pin.hold_words" : "pin.hold_pin", label);
    if (d->state->again) return WORD(d->s, in_words(d) ? "pin.again_words" : "pin.again_pin");
    return SAY(d->u, d->s, in_words(d) ? "pin.new_words" : "pin.new_pin", label);
}

struct hint {
    const char *text;
    enum color color;
    bool ready;
};

static struct hint hint_hold(const struct pin *d) {
    size_t n = text_count(d->secret->typed);
    struct hint h = {.text = "", .color = COLOR_MUTE};
    h.ready = n >= (d->person->pin ? PASS_PIN_LEAST : PASS_WORDS_LEAST);
    if (d->m->wait_ms > 0) {
        h.text = SAY(d->u, d->s, "lock.wait", part_wait(d->u, d->s, d->m->wait_ms));
        h.color = COLOR_INK;
        h.ready = false;
    } else if (d->s->secret_wrong) {
        h.text = WORD(d->s, d->person->pin ? "lock.wrong_pin" : "lock.wrong_words");
        h.color = COLOR_NOT_MET;
    }
    return h;
}

static struct hint hint_new(const struct pin *d) {
    struct arena *f = ui_arena(d->u);
    const char *typed = d->secret->typed;
    size_t n = text_count(typed);
    bool words = in_words(d);
    const char *least = SAY(d->u, d->s, words ? "pin.words_least" : "pin.least",
                            int_text(f, words ? PASS_WORDS_LEAST : PASS_PIN_LEAST));
    struct hint h = {.text = least, .color = COLOR_MUTE};
    if (!n && d->state->differed)
        return (struct hint){WORD(d->s, "pin.differed"), COLOR_NOT_MET, false};
    if (!n) return h;
    switch (pass_fault(typed)) {
    case PASS_FINE:
        return (struct hint){WORD(d->s, "pin.fine"), COLOR_MET, true};
    case PASS_TOO_SHORT:
        if (!words) h.text = SAY(d->u, d->s, "pin.more", int_text(f, PASS_PIN_LEAST - (int)n));
        return h;
    case PASS_TOO_SIMPLE:
    case PASS_TOO_LONG:
        h.text = WORD(d->s, words ? "pin.words_simple" : "pin.simple");
        h.color = COLOR_PARTLY;
        return h;
    }
    return h;
}

static struct hint hint_of(const struct pin *d) {
    if (d->hold) return hint_hold(d);
    if (!d->state->again) return hint_new(d);
    size_t least = in_words(d) ? PASS_WORDS_LEAST : PASS_PIN_LEAST;
    return (struct hint){WORD(d->s, "pin.again_why"), COLOR_MUTE,
                         text_count(d->secret->typed) >= least};
}

static void entered(struct pin *d) {
    struct secret *k = d->secret;
    int64_t row = d->person->row;
    if (d->hold) {
        d->intent = (struct intent){.kind = INTENT_pin_hold, .row = row};
    } else if (!d->state->again) {
        memcpy(k->first, k->typed, sizeof k->first);
        key_wipe(k->typed, sizeof k->typed);
        d->state->again = true;
        d->state->differed = false;
        ui_wake_in(d->u, 0);
    } else if (strcmp(k->first, k->typed) != 0) {
        start_again(d);
        d->state->differed = true;
    } else {
        d->intent = (struct intent){.kind = INTENT_pin_set, .row = row};
        d->state->again = false;
    }
}

static void type_words(struct pin *d, rect *in, const struct hint *h, const char *enter) {
    struct field f = {.key = d->state->again ? "pin/again" : "pin/words",
                      .name = heading(d),
                      .hint = WORD(d->s, "lock.words_hint"),
                      .lines = 1,
                      .focus = true,
                      .secret = d->secret->typed,
                      .secret_room = sizeof d->secret->typed,
                      .bytes_max = PASS_MOST,
                      .ground = COLOR_CARD};
    struct button b = {
        .label = enter, .key = "enter", .role = BUTTON_MAIN, .disabled = !h->ready};
    struct field_result r =
        ui_field(d->u, rect_cut_top(in, ui_field_height(d->u, &f, in->w)), &f);
    rect_cut_top(in, ui_theme(d->u)->gap);
    float high = ui_button_height(d->u, &b, in->w, ui_theme(d->u)->touch_primary);
    bool tapped = ui_button(d->u, rect_cut_top(in, high), &b);
    if ((tapped || r.entered) && h->ready) entered(d);
}

static void type_digits(struct pin *d, rect *in, const struct hint *h, const char *enter) {
    struct pad pad = {.typed = d->secret->typed,
                      .room = sizeof d->secret->typed,
                      .off = d->hold && d->m->wait_ms > 0,
                      .ready = h->ready,
                      .enter = enter};
    float low = ui_area(d->u).h < LOW_DP ? 0 : in->h;
    float high = part_pad_height(d->u, low);
    if (part_pad(d->u, d->s, rect_cut_top(in, high), &pad) == PAD_ENTER) entered(d);
}

static void ask(struct pin *d, rect *area) {
    struct ui *u = d->u;
    struct card card;
    struct hint h = hint_of(d);
    rect in = part_card_begin(u, area, &card, COLOR_LINE);
    float two = 2 * ui_line_height(u, FONT_SMALL), gap = ui_theme(u)->gap;
    const char *enter = WORD(d->s, why(d, "let_in")  ? "pin.go_on"
                                   : d->hold         ? "pin.take_over"
                                   : d->state->again ? "pin.keep"
                                                     : "pin.next");
    struct label title = {.ground = COLOR_CARD, .align = ALIGN_CENTER};
    title.font = d->width == WIDTH_PHONE ? FONT_H3 : FONT_H2;
    struct label small = {
        .font = FONT_SMALL, .color = h.color, .ground = COLOR_CARD, .align = ALIGN_CENTER};
    rect_cut_top(&in, ui_label(u, in, heading(d), &title) + gap);
    if (!in_words(d))
        part_dots(u, rect_cut_top(&in, part_dots_height(u)), d->secret->typed, PASS_PIN_LEAST);
    rect_cut_top(&in, gap / 2);
    float high = ui_text_height(u, FONT_SMALL, h.text, in.w);
    if (!text_blank(h.text)) ui_label(u, in, h.text, &small);
    rect_cut_top(&in, high > two ? high : two);
    rect_cut_top(&in, gap / 2);
    if (in_words(d)) {
        type_words(d, &in, &h, enter);
    } else {
        type_digits(d, &in, &h, enter);
    }
    part_card_end(u, area, &card, in);
}

/* ---- the page ---- */

static void who(struct pin *d, rect *area) {
    struct card card;
    rect in = part_card_begin(d->u, area, &card, COLOR_LINE);
    choose_person(d, &in);
    part_card_end(d->u, area, &card, in);
}

/* Words and pad beside each other, the pad at the side of the thumb. */
static float two_columns(struct pin *d, rect page) {
    float gap = ui_theme(d->u)->screen_pad * 1.5F, top = page.y;
    float wide = CARD_DP * ui_text_scale(d->u), most = (page.w - gap) / 2;
    float words_w = wide < most ? wide : most, all = 2 * words_w + gap;
    rect body = rect_make(page.x + (page.w - all) / 2, page.y, all, page.h), words, pad;
    pad = d->s->left_hand ? rect_cut_left(&body, words_w) : rect_cut_right(&body, words_w);
    words = d->s->left_hand ? rect_cut_right(&body, words_w) : rect_cut_left(&body, words_w);
    about(d, &words);
    if_forgotten(d, &words);
    rect_cut_top(&words, ui_theme(d->u)->gap);
    other_ways(d, &words);
    ask(d, &pad);
    return (words.y > pad.y ? words.y : pad.y) - top;
}

static float one_column(struct pin *d, rect page) {
    float top = page.y, wide = 1.3F * CARD_DP * ui_text_scale(d->u);
    if (page.w > wide) page = rect_make(page.x + (page.w - wide) / 2, page.y, wide, page.h);
    bool at_once = why(d, "let_in") && d->person; /* the title says enough */
    if (!at_once) about(d, &page);
    if (d->person) {
        ask(d, &page);
        if (at_once) about(d, &page);
        if_forgotten(d, &page);
        other_ways(d, &page);
    } else {
        who(d, &page);
    }
    return page.y - top;
}

static struct intent draw(struct ui *u, const struct scene *s, void *state, const void *model,
                          rect area) {
    struct pin d = {.u = u, .s = s, .state = state, .m = model, .secret = s->secret};
    BELIEVE(s->secret);
    d.person = person_of(&d);
    bool let_in = why(&d, "let_in");
    d.hold = (let_in || why(&d, "hold")) && d.person && d.person->has;
    if (d.state->again && !d.secret->first[0]) d.state->again = false; /* after a restart */
    d.intent = part_header_intent(
        part_header(u, s, &area,
                    &(struct header){.title = WORD(s, let_in   ? "pin.title_let_in"
                                                      : d.hold ? "pin.title_hold"
                                                               : "pin.title"),
                                     .close = true,
                                     .no_back = why(&d, "reset"),
                                     .no_saved = true}));
    d.width = part_width(u, area);
    bool lying = area.h < LYING_DP && area.w >= 1.8F * area.h && d.width != WIDTH_PHONE;
    float pad = d.width == WIDTH_PHONE ? 16 : ui_theme(u)->screen_pad;
    rect page = ui_scroll_begin(u, rect_inset(area, pad, 0), "pin");
    float top = page.y;
    rect_cut_top(&page, pad);
    bool two = d.person && (d.width == WIDTH_WIDE || lying);
    float used = two ? two_columns(&d, page) : one_column(&d, page);
    ui_scroll_end(u, page.y - top + used + pad);
    return d.intent;
}

const struct screen screen_pin = {
    .name = "pin", .state_size = sizeof(struct pin_state), .draw = draw};
