/* walk_rooms.c -- a section that is asked once for every room (or record, see walk_repeats.c):
 * which rooms, and how each was
 * seen before anything else is asked about it. Rooms can be drawn fairly; the seed stays on the
 * record. */
#include "screen/walk_screen.h"

#include "base/text.h"

static const struct {
    const char *word, *key;
    enum icon icon;
} ways[] = {
    {"invited", "walk.invited", ICON_HAND_HEART},
    {"with_worker", "walk.with_worker", ICON_USERS},
    {"from_door", "walk.from_door", ICON_DOOR_OPEN},
    {"not_entered", "walk.not_entered", ICON_DOOR},
};

/* The first that was not seen yet; when all were, the newest. */
static int64_t next_room(const struct walk_section *s) {
    bool rooms = section_of_rooms(s->section);
    for (int i = 0; i < s->rooms_count; i++) {
        const struct walk_room *r = &s->rooms[i];
        if (rooms ? !*r->seen : !r->answered) return r->row;
    }
    return s->rooms[s->rooms_count - 1].row;
}

static void choose_room(struct walk_draw *w, rect *area, struct walk_section *s) {
    const char **labels = ARENA_ARRAY(ui_arena(w->u), const char *, s->rooms_count + 1);
    bool *on = ARENA_ARRAY(ui_arena(w->u), bool, s->rooms_count + 1);
    bool known = false;
    if (w->st->rooms_before && s->rooms_count >= w->st->rooms_before) {
        w->st->room = s->rooms[s->rooms_count - 1].row;
        w->st->rooms_before = 0;
    }
    for (int i = 0; i < s->rooms_count; i++)
        known |= s->rooms[i].row == w->st->room;
    if (!known && s->rooms_count) w->st->room = next_room(s);
    for (int i = 0; i < s->rooms_count; i++) {
        const struct walk_room *r = &s->rooms[i];
        bool closed = text_equal(r->seen, "not_entered");
        labels[i] = r->label;
        if (closed)
            labels[i] = arena_printf(ui_arena(w->u), "%s · %s", r->label,
                                     WORD(w->s, "walk.not_entered"));
        if (!closed && r->wanted) {
            labels[i] =
                arena_printf(ui_arena(w->u), "%s  %d/%d", r->label, r->answered, r->wanted);
        }
        on[i] = r->row == w->st->room;
    }
    int tapped = part_chips(w->u, area, "rooms", labels, on, s->rooms_count);
    if (tapped >= 0) {
        ui_leave_fields(w->u);
        w->st->room = s->rooms[tapped].row;
    }
}

static bool listed(const struct walk_section *s, int64_t area) {
    for (int i = 0; i < s->rooms_count; i++) {
        if (s->rooms[i].area == area) return true;
    }
    return false;
}

void walk_add_room(struct walk_draw *w, const struct walk_section *s) {
    struct ui *u = w->u;
    const struct walk_model *m = w->m;
    const char **labels = ARENA_ARRAY(ui_arena(u), const char *, m->areas_count + 1);
    int *index = ARENA_ARRAY(ui_arena(u), int, m->areas_count + 1), n = 0;
    for (int i = 0; i < m->areas_count; i++) {
        if (!m->areas[i].room || listed(s, m->areas[i].row)) continue;
        index[n] = i;
        labels[n++] =
            text_blank(m->areas[i].unit) || text_starts(m->areas[i].name, m->areas[i].unit)
                ? m->areas[i].name
                : arena_printf(ui_arena(u), "%s, %s", m->areas[i].name, m->areas[i].unit);
    }
    bool closed = false;
    rect in = ui_sheet_begin(u, "add-room", WORD(w->s, "walk.add_room"), 520 * ui_text_scale(u),
                             &closed);
    rect list = in;
    part_text(u, &list, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
              WORD(w->s, n ? "walk.places_not_people" : "walk.no_rooms"));
    walk_gap(w, &list);
    int tapped = part_chips(u, &list, "places", labels, NULL, n);
    struct field f = {.key = arena_printf(ui_arena(u), "room/%lld/%s/label",
                                          (long long)m->visit, s->section->id),
                      .hint = WORD(w->s, "walk.other_place"),
                      .name = WORD(w->s, "walk.other_place"),
                      .lines = 1,
                      .bytes_max = 80,
                      .ground = COLOR_CARD};
    struct field_result r =
        ui_field(u, rect_cut_top(&list, ui_field_height(u, &f, list.w)), &f);
    ui_sheet_end(u);
    struct intent in_add = {
        .kind = INTENT_room_add, .row = m->visit, .text2 = s->section->id, .draft = f.key};
    if (tapped >= 0) {
        in_add.other = m->areas[index[tapped]].row;
        in_add.text = m->areas[index[tapped]].name;
    } else if (r.entered && !text_blank(r.text)) {
        in_add.text = r.text;
    } else {
        if (closed) w->st->adding_room = 0;
        return;
    }
    w->st->adding_room = 0;
    w->st->room = 0; /* the newest is shown */
    walk_take(w, in_add);
}

static void buttons(struct walk_draw *w, rect *area, const struct walk_section *s) {
    int most = s->section->repeat_most > 0 ? s->section->repeat_most : 6;
    bool room = s->rooms_count < most;
    bool draw_now = room && s->rooms_count == 0 && w->m->areas_count > 0;
    struct button b[] = {
        {.label = WORD(w->s, "walk.add_room"), .icon = ICON_PLUS},
        {.label = WORD(w->s, "walk.draw_rooms"), .icon = ICON_DICE_FIVE, .role = BUTTON_MAIN}};
    int tapped =
        room ? walk_buttons(w, area, b, draw_now ? 2 : 1, ui_theme(w->u)->touch_primary) : -1;
    if (tapped == 0) w->st->adding_room = 1;
    if (tapped == 1) {
        walk_take(w, (struct intent){
                         .kind = INTENT_room_draw, .row = w->m->visit, .text = s->section->id});
    }
    if (!room) {
        part_text(w->u, area, FONT_SMALL, COLOR_MUTE, COLOR_BG,
                  SAY(w->u, w->s, "walk.rooms_most", arena_printf(ui_arena(w->u), "%d", most)));
        walk_gap(w, area);
    }
    if (s->sample_seed && s->sample_pool) {
        struct arena *a = ui_arena(w->u);
        part_text(w->u, area, FONT_SMALL, COLOR_MUTE, COLOR_BG,
                  SAY(w->u, w->s, "walk.drawn_from", arena_printf(a, "%d", s->sample_pool),
                      arena_printf(a, "%lld", (long long)s->sample_seed)));
        walk_gap(w, area);
    }
}

static const struct walk_room *chosen(const struct walk_draw *w, const struct walk_section *s) {
    for (int i = 0; i < s->rooms_count; i++) {
        if (s->rooms[i].row == w->st->room) return &s->rooms[i];
    }
    return NULL;
}

static void why_not(struct walk_draw *w, rect *in, const struct walk_room *r) {
    struct field f = {.key = arena_printf(ui_arena(w->u), "room/%lld/why", (long long)r->row),
                      .initial = r->why,
                      .hint = WORD(w->s, "walk.why_not_entered"),
                      .name = WORD(w->s, "walk.why_not_entered"),
                      .lines = 1,
                      .ground = COLOR_CARD};
    struct field_result said =
        ui_field(w->u, rect_cut_top(in, ui_field_height(w->u, &f, in->w)), &f);
    walk_gap(w, in);
    if (said.left) {
        walk_take(w, (struct intent){.kind = INTENT_room_change,
                                     .row = r->row,
                                     .text = said.text,
                                     .draft = f.key});
    }
}

static void how_seen(struct walk_draw *w, rect *area, const struct walk_room *r) {
    struct card card;
    ui_push(w->u, r->row);
    rect in = part_card_begin(w->u, area, &card, *r->seen ? COLOR_LINE : COLOR_AMBER);
    part_text(w->u, &in, FONT_H2, COLOR_INK, COLOR_CARD,
              SAY(w->u, w->s, "walk.how_seen", r->label));
    walk_gap(w, &in);
    struct option o[4];
    int selected = -1;
    for (int i = 0; i < 4; i++) {
        o[i] = (struct option){
            .label = WORD(w->s, ways[i].key), .icon = ways[i].icon, .role = BUTTON_MAIN};
        if (text_equal(r->seen, ways[i].word)) selected = i;
    }
    int tapped = part_options(w->u, &in, "seen", o, 4, selected, ui_theme(w->u)->touch_answer);
    if (tapped >= 0) {
        walk_take(w, (struct intent){
                         .kind = INTENT_room_change, .row = r->row, .word = ways[tapped].word});
    }
    if (text_equal(r->seen, "not_entered")) why_not(w, &in, r);
    in.y -= ui_theme(w->u)->gap;
    part_card_end(w->u, area, &card, in);
    ui_pop(w->u);
}

void walk_rooms(struct walk_draw *w, rect *area, struct walk_section *s) {
    choose_room(w, area, s);
    if (!section_of_rooms(s->section)) {
        walk_repeats(w, area, s);
        return;
    }
    buttons(w, area, s);
    const struct walk_room *r = chosen(w, s);
    if (r) how_seen(w, area, r);
}
