/* team.c -- several fill this in alone, one after the other on the same tablet, and pass it on.
 *
 * What one person says stands in this screen's state until the tablet is passed on, then it is
 * counted and gone (act_team.c): the next sees nothing of it, and nobody can page back. How far
 * the answers lie apart is shown when everybody has had a turn, and not in between: two
 * pictures with one person between them would tell what that one said. Locked to itself like
 * the view for the person in charge, since the tablet is in other hands. */
#include "model/team_model.h"
#include "screen/gather_part.h"

#include "base/text.h"

#define ALONE_MS   180000 /* a tablet put down half done forgets what was said so far */
#define READING_DP 760.0F

struct team_state {
    int32_t answering, closing;
    int64_t touched;                /* boot ms of the last answer */
    int8_t chosen[TEAM_ITEMS_MOST]; /* option + 1 */
};
struct teaming {
    struct ui *u;
    const struct scene *s;
    const struct team_model *m;
    struct team_state *st;
    struct intent out;
};

static void forget(struct teaming *d) {
    *d->st = (struct team_state){0};
}

static int said(const struct teaming *d) {
    int n = 0;
    for (int i = 0; i < d->m->items_count; i++)
        n += d->st->chosen[i] > 0;
    return n;
}

static bool big(struct teaming *d, rect *in, const struct button *b) {
    rect r = rect_cut_top(in, ui_button_height(d->u, b, in->w, ui_theme(d->u)->touch_answer));
    rect_cut_top(in, ui_theme(d->u)->touch_between);
    return ui_button(d->u, r, b);
}

/* ---- nobody is answering ---- */

static const char *so_far(struct teaming *d) {
    int n = d->m->answered;
    return n ? SAY(d->u, d->s, "team.so_far", int_text(ui_arena(d->u), n))
             : WORD(d->s, "team.nobody_yet");
}

static void waiting(struct teaming *d, rect *area) {
    struct ui *u = d->u;
    struct card card;
    rect in = part_card_begin(u, area, &card, COLOR_AMBER);
    part_text(u, &in, FONT_H2, COLOR_INK, COLOR_CARD, WORD(d->s, "team.next_please"));
    rect_cut_top(&in, ui_theme(u)->unit);
    part_text(u, &in, FONT_BODY, COLOR_INK, COLOR_CARD, WORD(d->s, "team.alone"));
    rect_cut_top(&in, ui_theme(u)->gap);
    struct button begin = {
        .label = WORD(d->s, "team.begin"), .icon = ICON_USER, .role = BUTTON_MAIN};
    if (big(d, &in, &begin)) {
        forget(d);
        d->st->answering = 1;
        d->st->touched = d->s->boot_ms;
    }
    part_text(u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, so_far(d));
    part_card_end(u, area, &card, in);
    if (!d->m->answered) return;
    struct button all = {.label = WORD(d->s, "team.everybody"), .icon = ICON_USERS};
    if (big(d, area, &all)) d->st->closing = 1;
}

/* ---- one person ---- */

static void question(struct teaming *d, rect *area, int i) {
    struct ui *u = d->u;
    const struct team_item *k = &d->m->items[i];
    struct option o[TEAM_OPTIONS_MOST];
    struct card card;
    ui_push_text(u, k->item->id);
    rect in = part_card_begin(u, area, &card, COLOR_LINE);
    part_text(u, &in, FONT_H2, COLOR_INK, COLOR_CARD, k->item->text);
    if (!text_blank(k->item->help)) {
        rect_cut_top(&in, ui_theme(u)->unit);
        part_text(u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, k->item->help);
    }
    rect_cut_top(&in, ui_theme(u)->gap);
    for (int n = 0; n < k->options_count; n++)
        o[n] = (struct option){
            .label = k->options[n].text, .role = BUTTON_MAIN, .outline_only = true};
    int now = d->st->chosen[i] - 1;
    int tapped =
        part_options(u, &in, "say", o, k->options_count, now, ui_theme(u)->touch_answer);
    if (tapped >= 0) {
        d->st->chosen[i] = (int8_t)(tapped == now ? 0 : tapped + 1);
        d->st->touched = d->s->boot_ms;
    }
    in.y -= ui_theme(u)->gap;
    part_card_end(u, area, &card, in);
    ui_pop(u);
}

static const char *what_was_said(struct teaming *d) {
    struct arena *a = ui_arena(d->u);
    const char *out = "";
    for (int i = 0; i < d->m->items_count; i++)
        if (d->st->chosen[i])
            out = arena_printf(a, "%s%s%s=%d", out, *out ? "," : "", d->m->items[i].item->id,
                               d->st->chosen[i] - 1);
    return out;
}

static void one_person(struct teaming *d, rect *area) {
    struct ui *u = d->u;
    part_text(u, area, FONT_BODY, COLOR_MUTE, COLOR_BG, WORD(d->s, "team.leave_out"));
    rect_cut_top(area, ui_theme(u)->gap);
    for (int i = 0; i < d->m->items_count; i++)
        question(d, area, i);
    struct button pass = {.label = WORD(d->s, "team.pass_on"),
                          .icon = ICON_ARROW_RIGHT,
                          .role = BUTTON_MAIN,
                          .disabled = said(d) == 0};
    if (big(d, area, &pass)) {
        d->out = (struct intent){
            .kind = INTENT_team_pass, .row = d->m->walk->visit, .text = what_was_said(d)};
        forget(d);
        return;
    }
    struct button away = {.label = WORD(d->s, "team.clear"), .role = BUTTON_QUIET};
    if (big(d, area, &away)) forget(d);
}

/* ---- everybody has had a turn ---- */

static void close_sheet(struct teaming *d) {
    struct ui *u = d->u;
    bool closed = false, few = d->m->answered < GATHER_FEW;
    rect in = ui_sheet_begin(u, "team-close", WORD(d->s, "team.everybody_sure"),
                             460 * ui_text_scale(u), &closed);
    part_text(u, &in, FONT_BODY, COLOR_INK, COLOR_CARD,
              few ? SAY(u, d->s, "team.few", int_text(ui_arena(u), d->m->answered))
                  : WORD(d->s, "team.then_shown"));
    rect_cut_top(&in, ui_theme(u)->gap);
    struct button more = {.label = WORD(d->s, "team.more_to_come"),
                          .role = few ? BUTTON_MAIN : BUTTON_PLAIN},
                  close = {.label = WORD(d->s, few ? "team.close_without" : "team.show_spread"),
                           .role = few ? BUTTON_PLAIN : BUTTON_MAIN};
    if (big(d, &in, &close)) {
        d->out = (struct intent){.kind = INTENT_team_close, .row = d->m->walk->visit};
        closed = true;
    }
    if (big(d, &in, &more)) closed = true;
    ui_sheet_end(u);
    if (closed) d->st->closing = 0;
}

static void outcome(struct teaming *d, rect *area) {
    struct card card;
    rect in = part_card_begin(d->u, area, &card, COLOR_LINE);
    gather_blocks(d->u, d->s, &in, COLOR_CARD, d->m->walk->gather, &d->out);
    part_card_end(d->u, area, &card, in);
    part_text(d->u, area, FONT_BODY, COLOR_MUTE, COLOR_BG, WORD(d->s, "team.talk_about"));
    rect_cut_top(area, ui_theme(d->u)->gap);
}

/* The tablet is in other hands: only a long press leads out. */
static void way_out(struct teaming *d, rect *area) {
    struct button back = {
        .label = WORD(d->s, "show.hold_to_close"), .icon = ICON_LOCK, .role = BUTTON_QUIET};
    bool tapped = big(d, area, &back);
    if (ui_pressed_long(d->u)) {
        forget(d);
        d->out.kind = INTENT_back;
    }
    if (tapped) ui_toast(d->u, 0, WORD(d->s, "show.hold_hint"), NULL);
}

static bool locked_to_itself(const struct teaming *d) {
    return !d->m->closed && !d->m->walk->sealed;
}

static void header(struct teaming *d, rect *area) {
    const struct walk_model *w = d->m->walk;
    struct scene quiet = *d->s; /* no stopwatch and no saving clock for other eyes */
    bool locked = locked_to_itself(d);
    struct header h = {.title = w->form->title, .no_back = locked, .no_saved = true};
    if (locked) {
        quiet.running_count = 0;
        quiet.saved_at = 0;
        ui_back_pressed(d->u);
    } else {
        h.sub = w->service_name;
        h.main = WORD(d->s, w->sealed ? "finish.morning" : "team.go_on");
    }
    struct header_result r = part_header(d->u, &quiet, area, &h);
    if (r.tap == HEADER_MAIN)
        d->out = part_go(w->sealed ? SCREEN_morning : SCREEN_finish, w->visit, 0, "");
    else if (!locked || r.tap == HEADER_COVER)
        d->out = part_header_intent(r);
}

/* Half done and put down: the next one finds nothing. */
static void forget_in_time(struct teaming *d) {
    int64_t gone = d->s->boot_ms - d->st->touched;
    if (!d->st->answering) return;
    if (gone < 0 || gone >= ALONE_MS) {
        forget(d);
    } else {
        ui_wake_in(d->u, (int)(ALONE_MS - gone));
    }
}

static struct intent draw(struct ui *u, const struct scene *s, void *state, const void *model,
                          rect area) {
    struct teaming d = {.u = u, .s = s, .m = model, .st = state};
    const struct walk_model *w = d.m->walk;
    if (!w->visit) {
        struct header h = {.title = WORD(s, "finish.title"), .no_saved = true};
        d.out = part_header_intent(part_header(u, s, &area, &h));
        part_text(u, &area, FONT_BODY, COLOR_INK, COLOR_BG, WORD(s, "finish.cannot_open"));
        return d.out;
    }
    forget_in_time(&d);
    header(&d, &area);
    /* each person begins at the top */
    char key[32];
    snprintf(key, sizeof key, "team-%d-%d", d.m->answered, d.st->answering);
    rect page = ui_scroll_begin(u, area, key);
    float pad = part_width(u, area) == WIDTH_PHONE ? 16 : ui_theme(u)->screen_pad, top = page.y;
    rect in = rect_inset(page, pad, pad);
    float widest = READING_DP * ui_text_scale(u);
    if (in.w > widest) in = rect_make(in.x + (in.w - widest) / 2, in.y, widest, in.h);
    if (!locked_to_itself(&d)) {
        outcome(&d, &in);
    } else if (d.st->answering) {
        one_person(&d, &in);
    } else {
        waiting(&d, &in);
    }
    if (locked_to_itself(&d)) way_out(&d, &in);
    ui_scroll_end(u, in.y - top + pad);
    if (d.st->closing && locked_to_itself(&d)) close_sheet(&d);
    return d.out;
}

const struct screen screen_team = {
    .name = "team", .state_size = sizeof(struct team_state), .draw = draw};
