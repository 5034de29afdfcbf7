/* walk_repeats.c -- a section that is asked once for every record, worker, person, call, shift
 * or talk: one more by hand, or numbers drawn fairly from somebody's list. They are numbered on
 * the check and never named; who is who stays on the checker's own paper.
 *
 * The list's length is typed here and not kept until numbers are drawn. */
#include "screen/walk_screen.h"

#include "base/text.h"

#define LIST_MOST 2000

static const char *key_of(struct walk_draw *w, const char *what, const struct walk_section *s) {
    return arena_printf(ui_arena(w->u), "walk.%s_%s", what, s->section->repeat_of);
}

static const char *number(struct walk_draw *w, int64_t n) {
    return arena_printf(ui_arena(w->u), "%lld", (long long)n);
}

/* Nothing that happens by itself stands on a list. */
static bool can_draw(const struct walk_section *s) {
    const char *of = s->section->repeat_of;
    return !text_equal(of, "talks") && !text_equal(of, "calls");
}

static void draw_from_list(struct walk_draw *w, rect *area, const struct walk_section *s) {
    struct card card;
    rect in = part_card_begin(w->u, area, &card, COLOR_PRIMARY);
    int left = s->section->repeat_most - s->rooms_count;
    const char *key = arena_printf(ui_arena(w->u), "repeats/%lld/%s/list",
                                   (long long)w->m->visit, s->section->id);
    part_text(w->u, &in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(w->s, "walk.list_length"));
    part_text(w->u, &in, FONT_BODY, COLOR_MUTE, COLOR_CARD, WORD(w->s, "walk.from_list_how"));
    walk_gap(w, &in);
    struct stepped typed = answer_stepper(w->u, w->s, &in,
                                          &(struct stepper){
                                              .key = key,
                                              .name = WORD(w->s, "walk.list_length"),
                                              .now = w->st->list_length,
                                              .said = w->st->list_length > 0,
                                              .step = 1,
                                              .scale = 1,
                                              .bounded = true,
                                              .least = 1,
                                              .most = LIST_MOST,
                                          });
    if (typed.tapped) w->st->list_length = (int32_t)typed.number;
    int pool = w->st->list_length, take = pool < left ? pool : left;
    struct button b = {.label =
                           SAY(w->u, w->s, "walk.draw_now", number(w, take), number(w, pool)),
                       .key = "draw-now",
                       .icon = ICON_DICE_FIVE,
                       .role = BUTTON_MAIN};
    if (pool && walk_tap(w, &in, &b, ui_theme(w->u)->touch_primary)) {
        ui_leave_fields(w->u);
        walk_take(w, (struct intent){.kind = INTENT_room_draw,
                                     .row = w->m->visit,
                                     .text = s->section->id,
                                     .number = pool,
                                     .draft = key});
        w->st->adding_room = 0;
        w->st->list_length = 0;
        w->st->room = 0;
    }
    part_card_end(w->u, area, &card, in);
}

static void buttons(struct walk_draw *w, rect *area, const struct walk_section *s) {
    struct button b[2] = {{.label = WORD(w->s, key_of(w, "add", s)),
                           .icon = ICON_PLUS,
                           .role = s->rooms_count ? BUTTON_PLAIN : BUTTON_MAIN},
                          {.label = WORD(w->s, "walk.from_list"),
                           .key = "from-list",
                           .icon = ICON_DICE_FIVE,
                           .selected = w->st->adding_room != 0}};
    int tapped = walk_buttons(w, area, b, can_draw(s) ? 2 : 1, ui_theme(w->u)->touch_primary);
    if (tapped == 0) {
        ui_leave_fields(w->u);
        w->st->rooms_before = s->rooms_count + 1; /* the new one is shown when it is there */
        walk_take(w, (struct intent){.kind = INTENT_room_add,
                                     .row = w->m->visit,
                                     .text2 = s->section->id,
                                     .undo = "walk.added"});
    }
    if (tapped == 1) w->st->adding_room = !w->st->adding_room;
}

static bool is_timed(const struct walk_model *m, int64_t room) {
    for (int i = 0; i < m->timings_count; i++)
        if (m->timings[i].room == room) return true;
    return false;
}

/* One too many goes away again as long as nothing was said about it. */
static void take_away(struct walk_draw *w, rect *area, const struct walk_section *s) {
    for (int i = 0; i < s->rooms_count; i++) {
        const struct walk_room *r = &s->rooms[i];
        if (r->row != w->st->room || r->answered || is_timed(w->m, r->row)) continue;
        struct button b = {.label = SAY(w->u, w->s, "walk.take_away", r->label),
                           .key = "take-away",
                           .icon = ICON_X,
                           .role = BUTTON_QUIET};
        if (walk_buttons(w, area, &b, 1, ui_theme(w->u)->touch_min) != 0) continue;
        w->st->room = 0;
        walk_take(w, (struct intent){
                         .kind = INTENT_room_remove, .row = r->row, .undo = "walk.taken_away"});
    }
}

void walk_repeats(struct walk_draw *w, rect *area, const struct walk_section *s) {
    bool more = s->rooms_count < s->section->repeat_most;
    if (w->m->sealed) return;
    if (!s->rooms_count) {
        part_text(w->u, area, FONT_BODY, COLOR_INK, COLOR_BG,
                  SAY(w->u, w->s, "walk.none_yet", number(w, s->section->repeat_most)));
        part_text(w->u, area, FONT_SMALL, COLOR_MUTE, COLOR_BG,
                  WORD(w->s, "walk.numbers_not_names"));
        walk_gap(w, area);
    }
    if (more) buttons(w, area, s);
    if (more && w->st->adding_room && can_draw(s)) draw_from_list(w, area, s);
    if (!more) {
        part_text(w->u, area, FONT_SMALL, COLOR_MUTE, COLOR_BG,
                  SAY(w->u, w->s, "walk.repeats_most", number(w, s->section->repeat_most)));
        walk_gap(w, area);
    }
    if (s->sample_seed) {
        part_text(w->u, area, FONT_SMALL, COLOR_MUTE, COLOR_BG,
                  SAY(w->u, w->s, "walk.drawn_list", number(w, s->sample_pool),
                      number(w, s->sample_seed)));
        walk_gap(w, area);
    }
    take_away(w, area, s);
}
