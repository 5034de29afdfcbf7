/* show.c -- the view for the person in charge, locked to itself: three good things first, what
 * must be safe before I go, then everything else in plain words; nothing restricted, nothing
 * about staff. Then they sign, add, or prefer not to. PEOPLE.md (Fair to the home). Leaving it
 * takes the checker's long press, since the tablet is in other hands. */
#include "screen/finish_pieces.h"

#include "base/text.h"

#define GOODS_FIRST 3

struct show_state {
    bool nobody; /* nobody suitable to tell here: asks why */
    bool told;   /* the telling is on the record */
};

struct showing {
    struct ui *u;
    const struct scene *s;
    struct show_state *state;
    const struct found *f;
    struct intent intent;
    const char *add_key, *why_key, *said_key;
};

static void goods(struct showing *d, rect *in) {
    struct ui *u = d->u;
    const struct found *f = d->f;
    const char *lines[GOODS_FIRST];
    int n = f->goods_count < GOODS_FIRST ? f->goods_count : GOODS_FIRST;
    int met = 0;
    for (int i = 0; i < n; i++)
        lines[i] = f->goods[i].said
                       ? found_quote(u, d->s, f->goods[i].text, &f->goods[i].evidence)
                       : f->goods[i].text;
    for (int i = 0; i < f->questions_count; i++)
        met += f->questions[i].tally.met;
    if (n) {
        found_list(u, in, COLOR_CARD, WORD(d->s, "show.good"), lines, n);
    } else {
        part_text(u, in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(d->s, "show.good"));
    }
    if (met || !n)
        part_text(u, in, FONT_BODY, COLOR_INK, COLOR_CARD,
                  met ? SAY(u, d->s, "show.met", int_text(ui_arena(u), met))
                      : WORD(d->s, "show.no_good"));
    rect_cut_top(in, 12);
}

static bool safe_first(const struct found_line *l) {
    return l->severity >= 3 || (l->critical && l->verdict == VERDICT_BAD);
}

/* Photos go with it, voices never: they are the provider's to hear. */
static void finding(struct showing *d, rect *in, const struct found_line *l) {
    struct ui *u = d->u;
    const char *line = found_sentence(u, l);
    if (l->action)
        line = arena_printf(ui_arena(u), "%s (%s)", line,
                            part_reference(u, l->must, l->reference));
    found_bullet(u, in, COLOR_CARD, line);
    if (!evidence_photos(&l->evidence)) return;
    rect photos = *in;
    rect_cut_left(&photos, 20);
    ui_push(u, l->row);
    ui_push_text(u, l->item);
    evidence_strip_only(u, d->s, &photos, &l->evidence, COLOR_CARD);
    ui_pop(u);
    ui_pop(u);
    rect_cut_top(in, photos.y - in->y);
}

static void findings(struct showing *d, rect *in, bool urgent) {
    struct ui *u = d->u;
    const struct found *f = d->f;
    int n = 0;
    for (int i = 0; i < f->lines_count; i++) {
        const struct found_line *l = &f->lines[i];
        if (safe_first(l) != urgent) continue;
        if (l->about_staff) continue; /* told by the checker in words, never read here */
        if (!n++) {
            part_text(u, in, FONT_H3, COLOR_INK, COLOR_CARD,
                      WORD(d->s, urgent ? "show.safe_first" : "show.other"));
            rect_cut_top(in, 6);
        }
        finding(d, in, l);
    }
    if (n) rect_cut_top(in, ui_theme(u)->gap);
    if (urgent && !n) {
        part_text(u, in, FONT_BODY, COLOR_INK, COLOR_CARD, WORD(d->s, "show.nothing_urgent"));
        rect_cut_top(in, 12);
    }
}

static void voices(struct showing *d, rect *in) {
    const struct found *f = d->f;
    const char **lines = ARENA_ARRAY(ui_arena(d->u), const char *, f->voices_count + 1);
    int n = 0;
    for (int i = 0; i < f->voices_count; i++)
        if (!f->voices[i].staff && !text_blank(f->voices[i].text)) /* a voice is not for here */
            lines[n++] = SAY(d->u, d->s, "finish.quote", f->voices[i].text);
    found_list(d->u, in, COLOR_CARD, WORD(d->s, "show.people_said"), lines, n);
}

static const char *in_charge(struct showing *d) {
    const char *who = d->f->walk->in_charge;
    return text_blank(who) ? WORD(d->s, "show.in_charge") : who;
}

static void keep_choice(struct showing *d, const char *choice, const char *text) {
    struct sign_intent *sign = ARENA_NEW(ui_arena(d->u), struct sign_intent);
    *sign = (struct sign_intent){.visit = d->f->walk->visit,
                                 .who = in_charge(d),
                                 .side = "in_charge",
                                 .choice = choice,
                                 .text = text,
                                 .meaning = WORD(d->s, "show.meaning")};
    d->intent = (struct intent){
        .kind = INTENT_sign,
        .detail = sign,
        .draft = arena_printf(ui_arena(d->u), "show/%lld/", (long long)d->f->walk->visit),
        .back_after = true};
}

static const struct found_signature *theirs(const struct found *f) {
    for (int i = f->signatures_count; i > 0; i--)
        if (text_equal(f->signatures[i - 1].side, "in_charge")) return &f->signatures[i - 1];
    return NULL;
}

static const char *typed(struct showing *d, const char *key) {
    const char *t = ui_field_text(d->u, key);
    return t ? t : "";
}

static bool small_button(struct showing *d, rect *in, const char *key) {
    struct button b = {.label = WORD(d->s, key), .font = FONT_SMALL};
    rect r = rect_cut_top(in, ui_button_height(d->u, &b, in->w, ui_theme(d->u)->touch_primary));
    rect_cut_top(in, 12);
    return ui_button(d->u, r, &b);
}

static void sign(struct showing *d, rect *in) {
    struct ui *u = d->u;
    struct field add = {.key = d->add_key,
                        .name = WORD(d->s, "show.add"),
                        .hint = WORD(d->s, "show.add"),
                        .lines = 2,
                        .ground = COLOR_CARD};
    if (theirs(d->f)) {
        part_text(u, in, FONT_BODY, COLOR_MET, COLOR_CARD, WORD(d->s, "show.thanks"));
        return;
    }
    ui_field(u, rect_cut_top(in, ui_field_height(u, &add, in->w)), &add);
    rect_cut_top(in, 12);
    struct intent signed_now = {0};
    if (sign_pad(u, d->s, in, d->f->walk->visit, "in_charge", in_charge(d),
                 WORD(d->s, "show.meaning"), typed(d, d->add_key), &signed_now)) {
        d->intent = signed_now;
        d->intent.draft = arena_printf(ui_arena(u), "show/%lld/", (long long)d->f->walk->visit);
        d->intent.back_after = true;
        d->intent.undo = NULL;
    }
    if (small_button(d, in, "show.prefers_not"))
        keep_choice(d, "prefers_not", typed(d, d->add_key));
    if (small_button(d, in, "show.nobody")) d->state->nobody = true;
}

static void sheet_nobody(struct showing *d) {
    struct ui *u = d->u;
    bool closed = false;
    struct field why = {.key = d->why_key,
                        .name = WORD(d->s, "show.nobody_why"),
                        .hint = WORD(d->s, "show.nobody_why"),
                        .lines = 3,
                        .focus = true,
                        .ground = COLOR_CARD};
    rect in =
        ui_sheet_begin(u, "nobody", WORD(d->s, "show.nobody"), 260 * ui_text_scale(u), &closed);
    ui_field(u, rect_cut_top(&in, ui_field_height(u, &why, in.w)), &why);
    rect_cut_top(&in, 12);
    bool ready = !text_blank(typed(d, d->why_key));
    if (ui_button(u, rect_cut_top(&in, ui_theme(u)->touch_primary * ui_text_scale(u)),
                  &(struct button){.label = WORD(d->s, "common.keep"),
                                   .role = BUTTON_MAIN,
                                   .disabled = !ready})) {
        struct told_intent *told = ARENA_NEW(ui_arena(u), struct told_intent);
        *told = (struct told_intent){.visit = d->f->walk->visit,
                                     .service = d->f->walk->service,
                                     .sort = "nobody_suitable",
                                     .why = typed(d, d->why_key)};
        d->intent = (struct intent){
            .kind = INTENT_told, .detail = told, .draft = d->why_key, .back_after = true};
        closed = true;
    }
    ui_sheet_end(u);
    if (closed) d->state->nobody = false;
}

/* Showing it is telling: it goes on the record once, with the time. */
static void tell_once(struct showing *d) {
    if (d->state->told || d->intent.kind) return;
    struct told_intent *told = ARENA_NEW(ui_arena(d->u), struct told_intent);
    *told = (struct told_intent){.visit = d->f->walk->visit,
                                 .service = d->f->walk->service,
                                 .whom = in_charge(d),
                                 .how = "shown",
                                 .sort = "person_in_charge"};
    d->intent = (struct intent){.kind = INTENT_told, .detail = told};
    d->state->told = true;
}

static void closing(struct showing *d, rect *in) {
    struct button back = {
        .label = WORD(d->s, "show.hold_to_close"), .icon = ICON_LOCK, .role = BUTTON_QUIET};
    rect r = rect_cut_top(in, ui_theme(d->u)->touch_primary * ui_text_scale(d->u));
    bool tapped = ui_button(d->u, r, &back);
    if (ui_pressed_long(d->u)) d->intent.kind = INTENT_back;
    if (tapped) ui_toast(d->u, 0, WORD(d->s, "show.hold_hint"), NULL);
}

static struct intent draw(struct ui *u, const struct scene *s, void *state, const void *model,
                          rect area) {
    const struct found *f = model;
    struct showing d = {.u = u, .s = s, .state = state, .f = f};
    struct scene quiet = *s; /* no stopwatch and no saving clock for other eyes */
    quiet.running_count = 0;
    quiet.saved_at = 0;
    ui_back_pressed(u);
    d.add_key = arena_printf(ui_arena(u), "show/%lld/add", (long long)f->walk->visit);
    d.why_key = arena_printf(ui_arena(u), "show/%lld/why", (long long)f->walk->visit);
    const char *sub = arena_printf(ui_arena(u), "%s · %s", f->walk->service_name,
                                   time_day_hm(ui_arena(u), s->wall_ms));
    part_header(
        u, &quiet, &area,
        &(struct header){
            .title = WORD(s, "show.title"), .sub = sub, .no_back = true, .no_saved = true});
    if (!f->walk->visit) return (struct intent){.kind = INTENT_back};
    rect page = ui_scroll_begin(u, area, "show");
    enum width_class width = part_width(u, area);
    float pad = width == WIDTH_PHONE ? 16 : ui_theme(u)->screen_pad, top = page.y;
    rect in = rect_inset(page, pad, pad);
    if (width == WIDTH_WIDE) in = rect_inset(in, in.w * 0.14F, 0);
    struct card card;
    rect left = part_card_begin(u, &in, &card, COLOR_LINE);
    goods(&d, &left);
    findings(&d, &left, true);
    findings(&d, &left, false);
    voices(&d, &left);
    part_card_end(u, &in, &card, left);
    left = part_card_begin(u, &in, &card, COLOR_LINE);
    sign(&d, &left);
    part_card_end(u, &in, &card, left);
    closing(&d, &in);
    ui_scroll_end(u, in.y - top + pad);
    if (d.state->nobody) sheet_nobody(&d);
    tell_once(&d);
    return d.intent;
}

const struct screen screen_show = {
    .name = "show", .state_size = sizeof(struct show_state), .draw = draw};
