/* confide_part.c -- routes, readers and fields of what is kept for one reader only. What is
 * typed lies in drafts under the holder's own key, so that who takes the tablet over finds
 * nothing. */
#include "screen/confide_part.h"

#include "base/text.h"

/* Without anybody before, it is the one who chose a PIN on the way. */
bool confide_other_hand(const struct confide_model *m, const struct confide_state *state) {
    return state->writer && state->writer != m->holder;
}

struct confide confide_of(struct ui *u, const struct scene *s, const struct confide_model *m,
                          struct confide_state *state, const char *screen, int64_t visit) {
    if (state->writer != m->holder) *state = (struct confide_state){.writer = m->holder};
    return (struct confide){.u = u,
                            .s = s,
                            .m = m,
                            .state = state,
                            .prefix =
                                arena_printf(ui_arena(u), "confide/%lld/%s/%lld/",
                                             (long long)m->holder, screen, (long long)visit)};
}

const char *confide_key(const struct confide *c, const char *field) {
    return arena_printf(ui_arena(c->u), "%s%s", c->prefix, field);
}

const char *confide_said(const struct confide *c, const char *field) {
    const char *text = ui_field_text(c->u, confide_key(c, field));
    return text ? text : "";
}

void confide_forget(struct confide *c, const char *const *fields, int n) {
    for (int i = 0; i < n; i++)
        if (*confide_said(c, fields[i])) ui_field_set(c->u, confide_key(c, fields[i]), "");
}

/* ---- who may read it ---- */

static bool on_route(const struct confide_reader *r, enum confide_route route) {
    return r->provider == (route == ROUTE_PROVIDER);
}

static int readers_on(const struct confide *c, enum confide_route route) {
    int n = 0;
    for (int i = 0; i < c->m->readers_count; i++)
        n += on_route(&c->m->readers[i], route);
    return n;
}

bool confide_hopeless(const struct confide *c, enum confide_route route) {
    bool kept = route == ROUTE_PROVIDER || route == ROUTE_NAMED;
    return kept && (c->m->sample || !readers_on(c, route));
}

const char *confide_hindered(const struct confide *c, enum confide_route route) {
    if (route == ROUTE_NOTHING || route == ROUTE_UNSAID) return NULL;
    if (c->m->sample) return "heard.route_sample";
    if (!c->m->readers_count) return "heard.route_no_reader";
    if (!readers_on(c, route)) return "heard.route_no_such_reader";
    return c->m->sealed ? NULL : "heard.route_pin_first";
}

const struct confide_reader *confide_reader(const struct confide *c) {
    enum confide_route route = (enum confide_route)c->state->route;
    if (route != ROUTE_PROVIDER && route != ROUTE_NAMED) return NULL;
    if (confide_hindered(c, route)) return NULL;
    for (int i = 0; i < c->m->readers_count; i++) {
        const struct confide_reader *r = &c->m->readers[i];
        if (!on_route(r, route)) continue;
        if (r->id == c->state->reader || readers_on(c, route) == 1) return r;
    }
    return NULL;
}

void confide_choose_reader(struct confide *c, rect *in) {
    enum confide_route route = (enum confide_route)c->state->route;
    const struct confide_reader *now = confide_reader(c);
    struct ui *u = c->u;
    if (confide_hindered(c, route) || readers_on(c, route) < 2) return;
    part_text(u, in, FONT_BODY, COLOR_INK, COLOR_CARD, WORD(c->s, "heard.which_reader"));
    rect_cut_top(in, 8);
    const char **labels = ARENA_ARRAY(ui_arena(u), const char *, c->m->readers_count);
    bool *selected = ARENA_ARRAY(ui_arena(u), bool, c->m->readers_count);
    int64_t *ids = ARENA_ARRAY(ui_arena(u), int64_t, c->m->readers_count);
    int n = 0;
    for (int i = 0; i < c->m->readers_count; i++) {
        const struct confide_reader *r = &c->m->readers[i];
        if (!on_route(r, route)) continue;
        labels[n] = r->label;
        ids[n] = r->id;
        selected[n++] = now == r;
    }
    int tapped = part_chips(u, in, "readers", labels, selected, n);
    if (tapped >= 0) c->state->reader = ids[tapped];
}

struct intent confide_pin(struct confide *c, rect *in) {
    struct ui *u = c->u;
    struct button b = {.label = WORD(c->s, "heard.choose_pin"),
                       .key = "choose_pin",
                       .icon = ICON_LOCK,
                       .role = BUTTON_MAIN};
    rect_cut_top(in, 4);
    part_text(u, in, FONT_BODY, COLOR_INK, COLOR_CARD, WORD(c->s, "heard.pin_why"));
    rect_cut_top(in, 12);
    float h = ui_button_height(u, &b, in->w, ui_theme(u)->touch_primary);
    bool tapped = ui_button(u, rect_cut_top(in, h), &b);
    rect_cut_top(in, 8);
    return tapped ? part_go(SCREEN_pin, 0, 0, "confide") : (struct intent){0};
}

/* ---- what is said ---- */

void confide_severity(struct confide *c, rect *in) {
    const char *labels[3];
    bool selected[3];
    part_text(c->u, in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, WORD(c->s, "saw.how_serious"));
    rect_cut_top(in, 8);
    for (int i = 0; i < 3; i++) {
        labels[i] = WORD(c->s, arena_printf(ui_arena(c->u), "saw.severity_%d", i + 1));
        selected[i] = c->state->severity == i + 1;
    }
    int tapped = part_chips(c->u, in, "severity", labels, selected, 3);
    if (tapped >= 0) c->state->severity = c->state->severity == tapped + 1 ? 0 : tapped + 1;
    rect_cut_top(in, 4);
}

void confide_field(struct confide *c, rect *in, const char *field, const char *name,
                   const char *hint, int lines, size_t most) {
    struct field f = {.key = confide_key(c, field),
                      .name = WORD(c->s, name),
                      .hint = WORD(c->s, hint),
                      .lines = lines,
                      .bytes_max = most,
                      .ground = COLOR_RAIL};
    part_text(c->u, in, FONT_BODY, COLOR_INK, COLOR_CARD, f.name);
    rect_cut_top(in, 8);
    ui_field(c->u, rect_cut_top(in, ui_field_height(c->u, &f, in->w)), &f);
    rect_cut_top(in, 16);
}

struct intent confide_keep(struct confide *c, const struct confide_intent *filled) {
    const struct confide_reader *reader = confide_reader(c);
    struct confide_intent *k = arena_copy(ui_arena(c->u), filled, sizeof *filled);
    if (!reader) return (struct intent){0};
    k->reader = reader->id;
    k->severity = c->state->severity;
    return (struct intent){.kind = INTENT_confide,
                           .detail = k,
                           .draft = c->prefix,
                           .undo = "heard.kept",
                           .back_after = true};
}

/* ---- what this writer has not sent yet ---- */

/* No number: who looks over the shoulder need not learn how many have spoken. */
void confide_mine(struct confide *c, rect *area) {
    struct button b = {.label = WORD(c->s, "heard.mine"),
                       .key = "mine",
                       .icon = ICON_LOCK,
                       .role = BUTTON_QUIET,
                       .left = true};
    if (!c->m->notes_count) return;
    float h = ui_button_height(c->u, &b, area->w, ui_theme(c->u)->touch_min);
    if (ui_button(c->u, rect_cut_top(area, h), &b)) c->state->reading = 1;
    rect_cut_top(area, ui_theme(c->u)->gap);
}

static void said_line(struct confide *c, rect *in, const char *key, const char *text) {
    if (text_blank(text)) return;
    part_text(c->u, in, FONT_SMALL, COLOR_MUTE, COLOR_BG, SAY(c->u, c->s, key, text));
}

static void one_note(struct confide *c, rect *in, const struct confide_note *n) {
    struct ui *u = c->u;
    const char *day = day_text(ui_arena(u), n->day);
    part_text(u, in, FONT_TAG, COLOR_MUTE, COLOR_BG,
              text_blank(n->reader) ? day : SAY(u, c->s, "heard.mine_for", day, n->reader));
    rect_cut_top(in, 4);
    part_text(u, in, FONT_BODY, COLOR_INK, COLOR_BG, n->text);
    for (int i = 0; i < n->said_count; i++) {
        const struct confidence_said *s = &n->said[i];
        rect_cut_top(in, 6);
        part_text(u, in, FONT_SMALL, COLOR_MUTE, COLOR_BG, s->question);
        part_text(u, in, FONT_BODY, COLOR_INK, COLOR_BG, s->text);
        part_text(u, in, FONT_SMALL, COLOR_INK, COLOR_BG, s->marks);
    }
    if (!text_blank(n->from) || !text_blank(n->until))
        part_text(u, in, FONT_SMALL, COLOR_MUTE, COLOR_BG,
                  SAY(u, c->s, "saw.mine_when", n->from, n->until));
    said_line(c, in, "saw.mine_break", n->break_asked);
    said_line(c, in, "saw.mine_they_said", n->they_said);
    said_line(c, in, "saw.mine_witness", n->witness);
    said_line(c, in, "heard.mine_role", n->role);
    said_line(c, in, "heard.mine_answer", n->answer_how);
    rect_cut_top(in, 12);
    ui_line(u, in->x, in->y, in->x + in->w, in->y, COLOR_LINE, 1);
    rect_cut_top(in, 12);
}

void confide_mine_sheet(struct confide *c) {
    bool closed = false;
    if (!c->state->reading || !c->m->notes_count) {
        c->state->reading = 0;
        return;
    }
    rect in = ui_sheet_begin(c->u, "mine", WORD(c->s, "heard.mine_title"), 1200, &closed);
    rect column = ui_scroll_begin(c->u, in, "notes");
    float top = column.y;
    part_text(c->u, &column, FONT_SMALL, COLOR_MUTE, COLOR_BG, WORD(c->s, "heard.mine_until"));
    rect_cut_top(&column, 16);
    for (int i = 0; i < c->m->notes_count; i++)
        one_note(c, &column, &c->m->notes[i]);
    ui_scroll_end(c->u, column.y - top);
    ui_sheet_end(c->u);
    if (closed) c->state->reading = 0;
}
