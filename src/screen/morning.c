/* morning.c -- the morning page: one for the provider, one for the manager, to be read down the
 * phone. In this order: danger and made safe, duties undecided, five things before tonight,
 * what was good, told whom, not looked at, held back. PEOPLE.md (Fair to the home). */
#include "screen/found_part.h"

#include "base/text.h"
#include "screen/gather_part.h"

#define BEFORE_TONIGHT 5

struct morning_state {
    bool manager; /* the manager's version: nothing about staff's words or how the home was
                     judged to be told */
    bool rang;    /* the sheet "Rang manager 08:10, said …" */
};

struct page {
    struct ui *u;
    const struct scene *s;
    struct morning_state *state;
    const struct found *f;
    struct intent intent;
    const char *said_key;
};

static const char *clock_of(struct page *d, int64_t ms) {
    return time_hm(ui_arena(d->u), ms);
}

static const char *safe_line(struct page *d, const char *safe, int64_t at, const char *by) {
    if (!text_equal(safe, "made_safe")) return WORD(d->s, "morning.not_safe");
    if (text_blank(by)) return SAY(d->u, d->s, "morning.made_safe_at", clock_of(d, at));
    return SAY(d->u, d->s, "morning.made_safe", clock_of(d, at), by);
}

/* What the card says; else the finding that opened it. */
static const char *what(struct page *d, const struct found_danger *g) {
    const char *named = WORD(d->s, "morning.danger_unnamed");
    if (!text_blank(g->text)) return g->text;
    for (int i = 0; i < d->f->lines_count; i++)
        if (g->source && d->f->lines[i].row == g->source)
            return arena_printf(ui_arena(d->u), "%s: %s", named,
                                found_sentence(d->u, &d->f->lines[i]));
    return named;
}

static void dangers(struct page *d, rect *in) {
    const struct found *f = d->f;
    const char **lines =
        ARENA_ARRAY(ui_arena(d->u), const char *, f->dangers_count + f->lines_count + 1);
    int n = 0;
    for (int i = 0; i < f->dangers_count; i++) {
        const struct found_danger *g = &f->dangers[i];
        const char *safe = safe_line(d, g->safe, g->safe_at, g->safe_by);
        const char *calls = SAY(d->u, d->s, "morning.calls", int_text(ui_arena(d->u), g->calls),
                                int_text(ui_arena(d->u), g->answered));
        lines[n++] = arena_printf(ui_arena(d->u), "%s %s. %s. %s", clock_of(d, g->opened),
                                  what(d, g), safe, calls);
    }
    for (int i = 0; i < f->lines_count; i++) {
        const struct found_line *l = &f->lines[i];
        if (!l->critical || l->verdict != VERDICT_BAD || l->severity == 4) continue;
        const char *safe = safe_line(d, l->safe, l->safe_at, l->safe_by);
        lines[n++] = arena_printf(ui_arena(d->u), "%s. %s", found_sentence(d->u, l), safe);
    }
    found_list(d->u, in, COLOR_CARD, WORD(d->s, "morning.danger"), lines, n);
    if (n) return;
    part_text(d->u, in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(d->s, "morning.danger"));
    part_text(d->u, in, FONT_BODY, COLOR_INK, COLOR_CARD, WORD(d->s, "morning.no_danger"));
    rect_cut_top(in, 12);
}

static void duties(struct page *d, rect *in) {
    const struct found *f = d->f;
    const char **lines = ARENA_ARRAY(ui_arena(d->u), const char *, f->duties_count + 1);
    int n = 0;
    for (int i = 0; i < f->duties_count; i++) {
        const struct found_duty *u = &f->duties[i];
        if (text_equal(u->decision, "needed") || text_equal(u->decision, "not_needed"))
            continue;
        const char *name = WORD(d->s, arena_printf(ui_arena(d->u), "morning.duty_%s", u->name));
        lines[n++] = u->decide_by ? SAY(d->u, d->s, "morning.decide_by", name,
                                        time_day_hm(ui_arena(d->u), u->decide_by))
                                  : name;
    }
    found_list(d->u, in, COLOR_CARD, WORD(d->s, "morning.duties"), lines, n);
}

static void before_tonight(struct page *d, rect *in) {
    const struct found *f = d->f;
    const char *lines[BEFORE_TONIGHT];
    int n = 0;
    for (int i = 0; i < f->lines_count && n < BEFORE_TONIGHT; i++) {
        const struct found_line *l = &f->lines[i];
        if (l->severity < 2 && !l->critical) continue;
        lines[n++] = l->action
                         ? SAY(d->u, d->s, "morning.with_action", found_sentence(d->u, l),
                               part_reference(d->u, l->must, l->reference),
                               text_blank(l->owner) ? WORD(d->s, "morning.nobody") : l->owner)
                         : SAY(d->u, d->s, "morning.without_action", found_sentence(d->u, l));
    }
    found_list(d->u, in, COLOR_CARD, WORD(d->s, "morning.before_tonight"), lines, n);
}

static void good(struct page *d, rect *in) {
    const struct found *f = d->f;
    const char **lines = ARENA_ARRAY(ui_arena(d->u), const char *, f->goods_count + 1);
    int n = 0;
    if (!text_blank(f->praise)) lines[n++] = f->praise;
    for (int i = 0; i < f->goods_count; i++)
        lines[n++] = f->goods[i].said
                         ? found_quote(d->u, d->s, f->goods[i].text, &f->goods[i].evidence)
                         : f->goods[i].text;
    found_list(d->u, in, COLOR_CARD, WORD(d->s, "morning.good"), lines, n);
}

static void told(struct page *d, rect *in) {
    const struct found *f = d->f;
    struct arena *a = ui_arena(d->u);
    const char **lines = ARENA_ARRAY(a, const char *, f->told_count + f->signatures_count + 1);
    int n = 0;
    for (int i = 0; i < f->told_count; i++) {
        const struct found_told *t = &f->told[i];
        const char *who = text_blank(t->whom)
                              ? WORD(d->s, arena_printf(a, "finish.told_%s", t->sort))
                              : t->whom;
        lines[n++] = arena_printf(a, "%s %s%s%s%s", clock_of(d, t->at), who,
                                  text_blank(t->said) && text_blank(t->why) ? "" : ": ",
                                  t->said, t->why);
    }
    for (int i = 0; i < f->signatures_count; i++)
        if (text_equal(f->signatures[i].side, "in_charge"))
            lines[n++] = arena_printf(
                a, "%s %s: %s%s%s", clock_of(d, f->signatures[i].at), f->signatures[i].who,
                WORD(d->s, arena_printf(a, "finish.choice_%s", f->signatures[i].choice)),
                text_blank(f->signatures[i].text) ? "" : ". ", f->signatures[i].text);
    found_list(d->u, in, COLOR_CARD, WORD(d->s, "morning.told"), lines, n);
}

static void not_looked_at(struct page *d, rect *in) {
    const struct found *f = d->f;
    struct arena *a = ui_arena(d->u);
    const char **lines = ARENA_ARRAY(a, const char *, f->sections_count + 2);
    int n = 0;
    for (int i = 0; i < f->sections_count; i++) {
        const struct found_section *s = &f->sections[i];
        lines[n++] =
            text_blank(s->reason)
                ? SAY(d->u, d->s, "finish.section_open", s->title, int_text(a, s->open))
                : SAY(d->u, d->s, "finish.section_reason", s->title,
                      WORD(d->s, arena_printf(a, "finish.reason_%s", s->reason)));
    }
    if (f->not_seen) lines[n++] = SAY(d->u, d->s, "morning.not_seen", int_text(a, f->not_seen));
    found_list(d->u, in, COLOR_CARD, WORD(d->s, "morning.not_looked_at"), lines, n);
}

static void how_done(struct page *d, rect *in) {
    const struct found *f = d->f;
    struct arena *a = ui_arena(d->u);
    const char *lines[4];
    int n = 0;
    lines[n++] = SAY(d->u, d->s, "morning.minutes", int_text(a, f->minutes),
                     int_text(a, f->covered_minutes));
    if (f->rooms)
        lines[n++] = SAY(d->u, d->s, "morning.rooms", int_text(a, f->rooms_entered),
                         int_text(a, f->rooms_door), int_text(a, f->rooms_not));
    if (f->changed) lines[n++] = SAY(d->u, d->s, "morning.changed", int_text(a, f->changed));
    if (text_equal(f->held_back, "held")) lines[n++] = WORD(d->s, "morning.held");
    found_list(d->u, in, COLOR_CARD,
               WORD(d->s, d->state->manager ? "morning.how" : "morning.how_provider"), lines,
               n);
}

static void sheet_rang(struct page *d) {
    struct ui *u = d->u;
    bool closed = false;
    const char *who = d->state->manager ? "manager" : "provider";
    const char *title =
        SAY(u, d->s, d->state->manager ? "morning.rang_manager" : "morning.rang_provider",
            clock_of(d, d->s->wall_ms));
    struct field said = {.key = d->said_key,
                         .name = WORD(d->s, "morning.said"),
                         .hint = WORD(d->s, "morning.said"),
                         .lines = 3,
                         .focus = true,
                         .ground = COLOR_CARD};
    rect in = ui_sheet_begin(u, "rang", title, 250 * ui_text_scale(u), &closed);
    ui_field(u, rect_cut_top(&in, ui_field_height(u, &said, in.w)), &said);
    rect_cut_top(&in, 12);
    if (ui_button(u, rect_cut_top(&in, ui_theme(u)->touch_primary * ui_text_scale(u)),
                  &(struct button){.label = WORD(d->s, "common.keep"), .role = BUTTON_MAIN})) {
        const char *text = ui_field_text(u, d->said_key);
        struct told_intent *t = ARENA_NEW(ui_arena(u), struct told_intent);
        *t = (struct told_intent){
            .visit = d->f->walk->visit,
            .service = d->f->walk->service,
            .whom = WORD(d->s, d->state->manager ? "morning.manager" : "morning.provider"),
            .how = "telephone",
            .sort = who,
            .said = text ? text : ""};
        d->intent = (struct intent){
            .kind = INTENT_told, .detail = t, .draft = d->said_key, .undo = "morning.kept"};
        closed = true;
    }
    ui_sheet_end(u);
    if (closed) d->state->rang = false;
}

static struct intent draw(struct ui *u, const struct scene *s, void *state, const void *model,
                          rect area) {
    const struct found *f = model;
    struct page d = {.u = u, .s = s, .state = state, .f = f};
    d.said_key = arena_printf(ui_arena(u), "morning/%lld/said", (long long)f->walk->visit);
    const char *sub = f->walk->visit
                          ? arena_printf(ui_arena(u), "%s · %s", f->walk->service_name,
                                         time_day_hm(ui_arena(u), f->walk->started))
                          : "";
    d.intent = part_header_intent(part_header(
        u, s, &area,
        &(struct header){.title = WORD(s, "morning.title"), .sub = sub, .no_saved = true}));
    if (!f->walk->visit) return d.intent;
    rect page = ui_scroll_begin(u, area, "morning");
    enum width_class width = part_width(u, area);
    float pad = width == WIDTH_PHONE ? 16 : ui_theme(u)->screen_pad, top = page.y;
    rect in = rect_inset(page, pad, pad);
    if (width == WIDTH_WIDE) in = rect_inset(in, in.w * 0.14F, 0);
    const struct option who[] = {
        {.label = WORD(s, "morning.for_provider"), .role = BUTTON_MAIN},
        {.label = WORD(s, "morning.for_manager"), .role = BUTTON_MAIN}};
    int tapped =
        part_options(u, &in, "who", who, 2, d.state->manager, ui_theme(u)->touch_primary);
    if (tapped >= 0) d.state->manager = tapped == 1;
    struct card card;
    rect left = part_card_begin(u, &in, &card, COLOR_LINE);
    bool table = use_at_a_table(f->walk->gather->use);
    if (!table || f->dangers_count) dangers(&d, &left);
    duties(&d, &left);
    gather_blocks(u, s, &left, COLOR_CARD, f->walk->gather, &d.intent);
    if (!table || f->lines_count) before_tonight(&d, &left);
    good(&d, &left);
    told(&d, &left);
    if (!table) not_looked_at(&d, &left);
    if (!table) how_done(&d, &left);
    part_card_end(u, &in, &card, left);
    struct button rang = {
        .label = SAY(u, s, d.state->manager ? "morning.rang_manager" : "morning.rang_provider",
                     clock_of(&d, s->wall_ms)),
        .icon = ICON_PHONE};
    if (ui_button(
            u, rect_cut_top(&in, ui_button_height(u, &rang, in.w, ui_theme(u)->touch_answer)),
            &rang))
        d.state->rang = true;
    rect_cut_top(&in, 12);
    if (ui_button(u, rect_cut_top(&in, ui_theme(u)->touch_answer * ui_text_scale(u)),
                  &(struct button){.label = WORD(s, "morning.send"),
                                   .icon = ICON_PACKAGE,
                                   .role = BUTTON_MAIN}))
        d.intent = part_go(SCREEN_send, 0, 0, "");
    ui_scroll_end(u, in.y - top + pad);
    if (d.state->rang) sheet_rang(&d);
    return d.intent;
}

const struct screen screen_morning = {
    .name = "morning", .state_size = sizeof(struct morning_state), .draw = draw};
