/* walk.c -- the check itself: sections with progress at the left (chips on top where it is
 * narrow), questions as cards, and under the thumb: the section before, Saw something, Heard
 * something, the section after.
 *
 * Journey: walk_load → here → intents answer, timing_*, room_*, step, raise … → app/act_*.c. */
#include "screen/walk_screen.h"

#include "base/text.h"
#include "screen/gather_part.h"

#define RAIL_DP    296.0F
#define TOAST_DP   90.0F
#define RUN_MOST   50      /* questions drawn at once */
#define READING_DP 1080.0F /* cards get no wider: a line stays readable */

void walk_take(struct walk_draw *w, struct intent in) {
    if (in.kind && !w->out.kind) w->out = in;
}

uint64_t walk_key_of(const struct walk_item *i, const char *part) {
    uint64_t h = text_hash(i->item->id) * 31 + text_hash(part ? part : "");
    h ^= i->room ? (uint64_t)i->room->row * 0x9E3779B97F4A7C15ULL : 0;
    return h ? h : 1;
}

void walk_gap(struct walk_draw *w, rect *area) {
    rect_cut_top(area, ui_theme(w->u)->gap);
}

bool walk_tap(struct walk_draw *w, rect *area, const struct button *b, float least) {
    rect r = rect_cut_top(area, ui_button_height(w->u, b, area->w, least));
    walk_gap(w, area);
    return ui_button(w->u, r, b);
}

int walk_buttons(struct walk_draw *w, rect *area, const struct button *b, int n, float least) {
    float gap = ui_theme(w->u)->touch_between, x = area->x, line = least;
    int tapped = -1;
    for (int i = 0; i < n; i++) {
        float width = ui_button_width(w->u, &b[i]);
        if (width > area->w) width = area->w;
        float h = ui_button_height(w->u, &b[i], width, least);
        if (x > area->x && x + width > area->x + area->w) {
            rect_cut_top(area, line + gap);
            x = area->x;
            line = least;
        }
        if (h > line) line = h;
        if (ui_button(w->u, rect_make(x, area->y, width, h), &b[i])) tapped = i;
        x += width + gap;
    }
    if (n) rect_cut_top(area, line + gap);
    return tapped;
}

/* ---- the section ---- */

static void section_title(struct walk_draw *w, rect *area, const struct walk_section *s) {
    struct ui *u = w->u;
    struct arena *a = ui_arena(u);
    const char *title = s->section->title;
    const char *minutes = SAY(
        u, w->s, s->used_ms >= 60000 ? "walk.planned_used" : "walk.planned",
        arena_printf(a, "%d", w->st->section + 1), arena_printf(a, "%d", w->m->sections_count),
        arena_printf(a, "%d", s->section->minutes),
        arena_printf(a, "%lld", (long long)(s->used_ms / 60000)));
    float w_title = ui_text_width(u, FONT_H1, title),
          w_minutes = ui_text_width(u, FONT_BODY, minutes);
    rect row = *area;
    if (w_title + ui_theme(u)->gap * 2 + w_minutes <= area->w) {
        float h = ui_label(u, row, title, &(struct label){.font = FONT_H1});
        rect_cut_left(&row, w_title + ui_theme(u)->gap * 1.5F);
        row.h = h;
        ui_label(u, row, minutes,
                 &(struct label){.font = FONT_BODY, .color = COLOR_MUTE, .middle = true});
        rect_cut_top(area, h);
    } else {
        part_text(u, area, FONT_H2, COLOR_INK, COLOR_BG, title);
        part_text(u, area, FONT_SMALL, COLOR_MUTE, COLOR_BG, minutes);
    }
    rect_cut_top(area, ui_theme(u)->unit);
    part_text(u, area, FONT_BODY, COLOR_MUTE, COLOR_BG, s->section->about);
    walk_gap(w, area);
}

static bool of_this_room(const struct walk_draw *w, const struct walk_item *i) {
    if (!i->room) return true;
    if (i->room->row != w->st->room) return false;
    if (!section_of_rooms(w->m->sections[w->st->section].section)) return true;
    return *i->room->seen && !text_equal(i->room->seen, "not_entered");
}

/* A talk asks what somebody thinks: there is nothing to go and see. */
static bool looks(const struct walk_draw *w) {
    return w->m->gather->use != USE_INTERVIEW;
}

/* What somebody says is done stands right above its own question … */
static void done_of(struct walk_draw *w, rect *area, const struct walk_section *s,
                    const char *item) {
    if (!looks(w)) return;
    for (int i = 0; i < s->done_count; i++) {
        if (text_equal(s->done[i]->item, item)) walk_done(w, area, s->done[i]);
    }
}

/* … or at the top of the section, when that question is not among those shown now; and below
 * the section's own questions, when it comes from another form. */
static void done_elsewhere(struct walk_draw *w, rect *area, const struct walk_section *s,
                           bool other_form) {
    if (!looks(w)) return;
    for (int k = 0; k < s->done_count; k++) {
        bool shown = false, here = false;
        for (int i = 0; i < s->items_count && !shown; i++) {
            const struct walk_item *x = &s->items[i];
            bool drawn = x->shown && !x->room && (x->wanted || w->st->bonus || !s->wanted);
            bool its = text_equal(x->item->id, s->done[k]->item);
            here |= its;
            shown = drawn && its;
        }
        if (!shown && here != other_form) walk_done(w, area, s->done[k]);
    }
}

static bool is_drawn(const struct walk_draw *w, const struct walk_item *i, bool wanted) {
    return i->wanted == wanted && i->shown && of_this_room(w, i);
}

/* "1 to 50", "51 to 100" … : a section beyond that is shown a run at a time, so that a frame
 * stays as short as ever. Returns how many questions come before the run. */
static int runs(struct walk_draw *w, rect *area, int n, const char *key) {
    struct arena *a = ui_arena(w->u);
    if (n <= RUN_MOST) return 0;
    int count = (n + RUN_MOST - 1) / RUN_MOST;
    if (w->st->run >= count) w->st->run = count - 1;
    const char **labels = ARENA_ARRAY(a, const char *, count);
    bool *on = ARENA_ARRAY(a, bool, count);
    for (int i = 0; i < count; i++) {
        int last = (i + 1) * RUN_MOST < n ? (i + 1) * RUN_MOST : n;
        labels[i] = SAY(w->u, w->s, "walk.run", arena_printf(a, "%d", i * RUN_MOST + 1),
                        arena_printf(a, "%d", last));
        on[i] = i == w->st->run;
    }
    int tapped = part_chips(w->u, area, key, labels, on, count);
    if (tapped >= 0) {
        ui_leave_fields(w->u);
        w->st->run = tapped;
    }
    return w->st->run * RUN_MOST;
}

static void next_run(struct walk_draw *w, rect *area) {
    struct button b = {.label = WORD(w->s, "walk.run_next"),
                       .key = "next-run",
                       .icon = ICON_CARET_DOWN,
                       .role = BUTTON_MAIN};
    char key[32];
    if (!walk_tap(w, area, &b, ui_theme(w->u)->touch_answer)) return;
    snprintf(key, sizeof key, "walk-%d", w->st->section);
    ui_leave_fields(w->u);
    ui_scroll_to(w->u, key, 0);
    w->st->run++;
}

static void draw_items(struct walk_draw *w, rect *area, const struct walk_section *s,
                       bool wanted) {
    int n = 0, at = 0;
    for (int i = 0; i < s->items_count; i++) {
        if (!is_drawn(w, &s->items[i], wanted)) continue;
        if (!w->st->aimed && text_equal(s->items[i].item->id, w->m->at))
            w->st->run = n / RUN_MOST;
        n++;
    }
    int before = runs(w, area, n, wanted ? "runs" : "bonus-runs");
    for (int i = 0; i < s->items_count; i++) {
        const struct walk_item *item = &s->items[i];
        if (!is_drawn(w, item, wanted)) continue;
        if (at++ < before || at > before + RUN_MOST) continue;
        if (!w->st->aimed && text_equal(item->item->id, w->m->at)) w->aim = area->y;
        if (!item->room) done_of(w, area, s, item->item->id);
        walk_item(w, area, item);
    }
    if (n > before + RUN_MOST) next_run(w, area);
}

static int bonus_here(const struct walk_draw *w, const struct walk_section *s) {
    int n = 0;
    for (int i = 0; i < s->items_count; i++) {
        n += !s->items[i].wanted && s->items[i].shown && of_this_room(w, &s->items[i]);
    }
    return n;
}

/* What was not chosen for this check waits behind one button; a section that is a bonus as a
 * whole was opened by going there. */
static void draw_bonus(struct walk_draw *w, rect *area, const struct walk_section *s) {
    int n = bonus_here(w, s);
    if (!n) return;
    if (!s->wanted) {
        draw_items(w, area, s, false);
        return;
    }
    const char *count = arena_printf(ui_arena(w->u), "%d", n);
    struct button more = {.label = w->st->bonus ? WORD(w->s, "walk.bonus_hide")
                                                : SAY(w->u, w->s, "walk.bonus_show", count),
                          .key = "bonus",
                          .icon = w->st->bonus ? ICON_CARET_UP : ICON_CARET_DOWN,
                          .role = BUTTON_QUIET};
    if (walk_tap(w, area, &more, ui_theme(w->u)->touch_primary)) w->st->bonus = !w->st->bonus;
    if (w->st->bonus) draw_items(w, area, s, false);
}

/* Three questions and ten minutes a worker; then the app says stop. */
static void asked_enough(struct walk_draw *w, rect *area) {
    bool many = w->st->asked >= 3;
    bool long_time = w->st->asked > 0 && w->s->boot_ms - w->st->asked_since >= 10 * 60000;
    if (!many && !long_time) return;
    struct card card;
    rect in = part_card_begin(w->u, area, &card, COLOR_PARTLY);
    part_text(w->u, &in, FONT_H3, COLOR_PARTLY, COLOR_CARD,
              WORD(w->s, many ? "walk.asked_three" : "walk.asked_ten"));
    walk_gap(w, &in);
    struct button other = {.label = WORD(w->s, "walk.asked_other"), .icon = ICON_USER};
    if (walk_tap(w, &in, &other, ui_theme(w->u)->touch_primary)) {
        w->st->asked = 0;
        w->st->asked_since = 0;
    }
    part_card_end(w->u, area, &card, in);
}

/* A danger card that is not closed yet stays one tap away in every section. */
static void danger_left_open(struct walk_draw *w, rect *area) {
    if (!w->m->danger_open) return;
    struct button b = {.label = WORD(w->s, "walk.danger_open"),
                       .key = "danger-open",
                       .icon = ICON_WARNING,
                       .role = BUTTON_DANGER};
    if (walk_buttons(w, area, &b, 1, ui_theme(w->u)->touch_primary) == 0) {
        walk_take(w, part_go(SCREEN_danger, w->m->danger_open, 0, NULL));
    }
}

static void draw_section(struct walk_draw *w, rect *area) {
    struct walk_section *s = &w->m->sections[w->st->section];
    section_title(w, area, s);
    if (w->m->sealed) {
        part_text(w->u, area, FONT_H3, COLOR_PARTLY, COLOR_BG, WORD(w->s, "walk.sealed"));
        walk_gap(w, area);
    }
    danger_left_open(w, area);
    walk_watches(w, area);
    bool table = use_at_a_table(w->m->gather->use);
    if (w->st->section == 0 && table) walk_gather_first(w, area);
    if (w->st->section == 0) walk_gather_about(w, area);
    if (w->st->section == 0 && !table) walk_first(w, area);
    asked_enough(w, area);
    done_elsewhere(w, area, s, false);
    if (s->section->repeats) walk_rooms(w, area, s);
    draw_items(w, area, s, true);
    draw_bonus(w, area, s);
    done_elsewhere(w, area, s, true);
    walk_rest(w, area, s);
}

/* A photo that was just kept is seen, above the line that offers to undo it. */
static void show_kept(struct walk_draw *w, rect view, const char *key, float page_top) {
    float at = ui_scroll_at(w->u, key), top = w->kept_top - page_top,
          bottom = w->kept_bottom - page_top + TOAST_DP * ui_text_scale(w->u);
    if (w->kept_bottom <= 0) return;
    if (bottom - at > view.h) at = bottom - view.h;
    if (top < at) at = top;
    if (at != ui_scroll_at(w->u, key)) ui_scroll_to(w->u, key, at);
}

static void content(struct walk_draw *w, rect view) {
    struct ui *u = w->u;
    const struct theme *t = ui_theme(u);
    char key[32];
    snprintf(key, sizeof key, "walk-%d", w->st->section);
    rect inner = ui_scroll_begin(u, view, key);
    float pad = part_width(u, ui_area(u)) == WIDTH_PHONE ? t->screen_pad * 0.6F : t->screen_pad;
    rect area = rect_inset(inner, pad, 0);
    float widest = READING_DP * ui_text_scale(u);
    if (area.w > widest) area.w = widest;
    float top = area.y;
    rect_cut_top(&area, t->screen_pad * 0.75F);
    ui_push(u, w->st->section);
    draw_section(w, &area);
    ui_pop(u);
    ui_scroll_end(u, area.y - top + t->screen_pad);
    if (w->aim > 0) {
        w->st->aimed = 1;
        ui_scroll_to(u, key, w->aim - top - t->gap);
    }
    show_kept(w, view, key, top);
}

/* The place one came for: a section by its id, or the section of a question. */
static void begin(struct walk_draw *w) {
    if (w->st->begun) return;
    w->st->begun = 1;
    const struct item *item = template_item(w->m->form, w->m->at);
    if (item) w->st->section = item->section;
    for (int i = 0; i < w->m->sections_count; i++) {
        if (text_equal(w->m->sections[i].section->id, w->m->at)) w->st->section = i;
    }
    const struct walk_section *s = &w->m->sections[w->st->section];
    for (int i = 0; item && i < s->items_count; i++) {
        if (s->items[i].item == item && !s->items[i].wanted) w->st->bonus = 1;
    }
}

/* ---- under the thumb ---- */

/* Statement codes of the section, so that what is seen here is ranked near them. */
static void section_codes(const struct walk_section *s, char *out, size_t room) {
    size_t n = 0;
    out[0] = 0;
    for (int i = 0; i < s->section->items_count && i < s->items_count; i++) {
        const char *code = s->items[i].item->statement;
        size_t len = strlen(code);
        if (!len || strstr(out, code) || n + len + 2 > room) continue;
        n += (size_t)snprintf(out + n, room - n, "%s%s", n ? "," : "", code);
    }
}

static void saw(struct walk_draw *w) {
    struct intent in = part_go(SCREEN_saw, w->m->visit, 0, NULL);
    section_codes(&w->m->sections[w->st->section], in.to.word2, sizeof in.to.word2);
    walk_take(w, in);
}

static bool edge_button(struct walk_draw *w, rect *row, int section, bool before, float room) {
    struct ui *u = w->u;
    bool there = section >= 0 && section < w->m->sections_count;
    if (!there) return false;
    const char *title = w->m->sections[section].section->title;
    enum icon icon = before ? ICON_CARET_LEFT : ICON_CARET_RIGHT;
    struct button b = {.label = title,
                       .key = before ? "before" : "after",
                       .icon = icon,
                       .icon_after = !before};
    float wide = ui_button_width(u, &b), h = row->h;
    bool full = wide <= room;
    if (h > ui_theme(u)->touch_answer) h = ui_theme(u)->touch_answer;
    rect r =
        before ? rect_cut_left(row, full ? wide : h) : rect_cut_right(row, full ? wide : h);
    if (before) {
        rect_cut_left(row, ui_theme(u)->touch_between);
    } else {
        rect_cut_right(row, ui_theme(u)->touch_between);
    }
    if (full) return ui_button(u, r, &b);
    ui_outline(u, r, COLOR_OUTLINE, ui_theme(u)->radius_button, 2);
    return ui_icon_button(u, r, icon, title);
}

/* What is left for each of the two large buttons beside so many edge buttons. */
static float share_of(struct walk_draw *w, float width, int edges) {
    const struct theme *t = ui_theme(w->u);
    return (width - (float)edges * (t->touch_answer + t->touch_between) - t->touch_between) / 2;
}

static void bottom_bar(struct walk_draw *w, rect *area) {
    struct ui *u = w->u;
    const struct theme *t = ui_theme(u);
    enum width_class width = part_width(u, ui_area(u));
    bool phone = width == WIDTH_PHONE;
    struct button saw_b = {.label = WORD(w->s, "walk.saw"),
                           .icon = ICON_EYE,
                           .role = BUTTON_AMBER},
                  heard_b = {.label = WORD(w->s, "walk.heard"),
                             .icon = ICON_CHAT_TEARDROP_TEXT,
                             .role = BUTTON_AMBER};
    if (phone) saw_b.font = heard_b.font = FONT_SMALL, saw_b.icon_top = heard_b.icon_top = true;
    bool before = w->st->section > 0, after = w->st->section + 1 < w->m->sections_count;
    float pad = phone ? t->gap : t->screen_pad, each = ui_button_width(u, &heard_b);
    float least = ui_text_width(u, FONT_SMALL, WORD(w->s, "walk.heard_short")) + 2 * t->gap;
    float share = share_of(w, area->w - 2 * pad, before + after);
    if (share < least && before && after) {
        before = false; /* the chips on top lead there, too */
        share = share_of(w, area->w - 2 * pad, 1);
    }
    if (each > share || width != WIDTH_WIDE) each = share;
    if (ui_text_width(u, saw_b.font ? saw_b.font : FONT_BUTTON, WORD(w->s, "walk.longest")) +
            2 * t->gap >
        each) {
        saw_b.label = WORD(w->s, "walk.saw_short"); /* large type: a word is never cut */
        heard_b.label = WORD(w->s, "walk.heard_short");
    }
    float height = ui_button_height(u, &heard_b, each, t->touch_answer);
    rect bar = rect_cut_bottom(area, height + 2 * t->gap);
    ui_fill(u, bar, COLOR_BG, 0);
    ui_line(u, bar.x, bar.y, bar.x + bar.w, bar.y, COLOR_LINE, 1);
    rect row = rect_inset(bar, pad, t->gap);
    float room = (row.w - 2 * each - 3 * t->touch_between) / 2;
    if (before && edge_button(w, &row, w->st->section - 1, true, room))
        walk_go_section(w, w->st->section - 1);
    if (after && edge_button(w, &row, w->st->section + 1, false, room))
        walk_go_section(w, w->st->section + 1);
    if (w->s->left_hand) row.w = 2 * each + t->touch_between; /* under the thumb */
    rect heard_r = rect_cut_right(&row, each);
    rect_cut_right(&row, t->touch_between);
    rect saw_r = rect_cut_right(&row, each);
    if (ui_button(u, saw_r, &saw_b)) saw(w);
    if (ui_button(u, heard_r, &heard_b))
        walk_take(w, part_go(SCREEN_heard, w->m->visit, 0, NULL));
}

void walk_go_section(struct walk_draw *w, int section) {
    if (section < 0 || section >= w->m->sections_count) return;
    ui_leave_fields(w->u);
    w->st->section = section;
    w->st->bonus = 0;
    w->st->adding_room = 0;
    w->st->list_length = 0;
    w->st->run = 0;
    w->st->room = 0;
    w->st->rooms_before = 0;
}

/* ---- the top bar ---- */

void walk_finish(struct walk_draw *w) {
    ui_leave_fields(w->u);
    walk_take(w, part_go(SCREEN_finish, w->m->visit, 0, NULL));
}

/* A running stopwatch leads to its question; a free one stands at the top of every section. */
static void show_watch(struct walk_draw *w, int64_t row) {
    for (int i = 0; i < w->m->timings_count; i++) {
        const struct walk_timing *t = &w->m->timings[i];
        if (t->row != row) continue;
        const struct item *item = template_item(w->m->form, t->item);
        if (item) walk_go_section(w, item->section);
        char key[32];
        snprintf(key, sizeof key, "walk-%d", w->st->section);
        if (!item) ui_scroll_to(w->u, key, 0);
    }
}

const char *walk_finish_word(const struct walk_draw *w, bool brief) {
    const char *close = gather_close_word(w->s, w->m->gather->use, brief);
    return close ? close : WORD(w->s, "walk.finish");
}

static void header(struct walk_draw *w, rect *area) {
    const struct walk_model *m = w->m;
    struct arena *a = ui_arena(w->u);
    const char *sub = m->service_name;
    bool brief = part_width(w->u, *area) == WIDTH_PHONE && ui_text_scale(w->u) > 1.3F;
    if (m->unannounced && !brief && !use_at_a_table(m->gather->use))
        sub = arena_printf(a, "%s · %s", sub, WORD(w->s, "walk.unannounced"));
    if (!text_blank(m->checker_label) && !brief)
        sub = arena_printf(a, "%s · %s", sub, m->checker_label);
    bool wide = part_width(w->u, *area) == WIDTH_WIDE; /* else Finish stands beside the chips */
    struct header h = {.title = m->form ? m->form->title : WORD(w->s, "walk.title"),
                       .sub = sub,
                       .main = m->form && wide ? walk_finish_word(w, false) : NULL,
                       .timer_button =
                           m->form && !m->sealed && !use_at_a_table(m->gather->use)};
    struct header_result r = part_header(w->u, w->s, area, &h);
    if (r.tap == HEADER_MAIN) {
        walk_finish(w);
    } else if (r.tap == HEADER_TIMER && r.timing) {
        show_watch(w, r.timing);
    } else if (r.tap == HEADER_TIMER) {
        walk_take(w, (struct intent){.kind = INTENT_timing_start,
                                     .row = m->visit,
                                     .text = WORD(w->s, "walk.bell")});
    } else {
        walk_take(w, part_header_intent(r));
    }
}

static struct intent draw(struct ui *u, const struct scene *s, void *state, const void *model,
                          rect area) {
    struct walk_draw w = {.u = u, .s = s, .m = model, .st = state};
    header(&w, &area);
    if (!w.m->form) {
        rect in = rect_inset(area, ui_theme(u)->screen_pad, ui_theme(u)->screen_pad);
        part_text(u, &in, FONT_BODY, COLOR_MUTE, COLOR_BG, WORD(s, "walk.unknown"));
        return w.out;
    }
    if (w.m->gather->use == USE_TEAM) { /* wherever one came from: each answers alone */
        struct intent team = part_go(SCREEN_team, w.m->visit, 0, NULL);
        team.kind = INTENT_replace;
        return team;
    }
    begin(&w);
    if (w.st->section >= w.m->sections_count) w.st->section = 0;
    if (part_width(u, area) == WIDTH_WIDE) {
        rect rail =
            s->left_hand ? rect_cut_right(&area, RAIL_DP) : rect_cut_left(&area, RAIL_DP);
        walk_rail(&w, rail);
    } else {
        walk_chips(&w, &area);
    }
    if (!ui_keyboard_up(u)) bottom_bar(&w, &area); /* while typing the words need the room */
    content(&w, area);
    if (w.voice.u) walk_take(&w, voice_sheet(&w.voice));
    if (w.st->adding_room && section_of_rooms(w.m->sections[w.st->section].section))
        walk_add_room(&w, &w.m->sections[w.st->section]);
    return w.out;
}

const struct screen screen_walk = {
    .name = "walk", .state_size = sizeof(struct walk_state), .draw = draw};
_Static_assert(sizeof(struct walk_state) <= SCREEN_STATE_MAX,
               "the walk's state is kept as a draft");
