/* walk_finding.c -- what opens on a bad answer: for a critical question first whether people
 * are safe now, then what was seen (words, or one tap), how serious, and an action in two taps.
 */
#include "screen/walk_screen.h"

#include "base/text.h"
#include "care/answer_says.h"
#include "care/rules.h"

static enum color soft(const struct answer_at *at) {
    return at->part->verdict == VERDICT_BAD ? COLOR_NOT_MET_SOFT : COLOR_PARTLY_SOFT;
}

static bool is_finding(const struct walk_part *p) {
    return p->verdict == VERDICT_BAD || p->verdict == VERDICT_PARTLY ||
           p->answer->value.severity > 0 || !text_blank(p->answer->note);
}

bool walk_is_finding(const struct walk_item *i) {
    for (int k = 0; k < i->parts_count; k++)
        if (i->parts[k].answer && is_finding(&i->parts[k])) return true;
    return false;
}

static struct intent note_is(struct ui *u, const struct answer_at *at, const char *note) {
    struct answer_intent *a;
    struct intent in = answer_say(u, at, &a);
    a->set_note = true;
    a->note = note;
    in.draft = answer_key(u, at, "note");
    return in;
}

/* ---- safe now? ---- */

static struct intent safe_is(struct walk_draw *w, const struct answer_at *at, const char *safe,
                             const char *by) {
    struct answer_intent *a;
    struct intent in = answer_say(w->u, at, &a);
    a->set_safe = true;
    a->safe = safe;
    a->safe_by = by;
    a->safe_at = at->part->answer->safe_at ? at->part->answer->safe_at : w->s->wall_ms;
    return in;
}

static void made_safe(struct walk_draw *w, rect *in, const struct answer_at *at) {
    struct ui *u = w->u;
    const struct walk_answer *n = at->part->answer;
    part_text(u, in, FONT_H3, COLOR_MET, COLOR_CARD,
              SAY(u, w->s, "walk.made_safe_at", time_hm(ui_arena(u), n->safe_at)));
    rect_cut_top(in, ui_theme(u)->unit * 2);
    struct field f = {.key = answer_key(u, at, "safe_by"),
                      .initial = n->safe_by,
                      .hint = WORD(w->s, "walk.safe_by"),
                      .name = WORD(w->s, "walk.safe_by"),
                      .lines = 1,
                      .bytes_max = 200,
                      .ground = COLOR_CARD};
    struct field_result r = ui_field(u, rect_cut_top(in, ui_field_height(u, &f, in->w)), &f);
    walk_gap(w, in);
    if (r.left) {
        struct intent say = safe_is(w, at, "made_safe", r.text);
        say.draft = f.key;
        walk_take(w, say);
    }
    if (!text_blank(n->safe_by)) return;
    const char *by[] = {WORD(w->s, "walk.by_worker"), WORD(w->s, "walk.by_in_charge"),
                        WORD(w->s, "walk.by_me")};
    int tapped = part_chips(u, in, "by", by, NULL, 3);
    if (tapped < 0) return;
    struct intent say = safe_is(w, at, "made_safe", by[tapped]);
    say.draft = f.key;
    walk_take(w, say);
}

static void safe_now(struct walk_draw *w, rect *in, const struct answer_at *at) {
    struct ui *u = w->u;
    const char *safe = at->part->answer->safe;
    if (!at->item->item->critical || at->part->verdict != VERDICT_BAD) return;
    if (text_equal(safe, "made_safe")) {
        made_safe(w, in, at);
        return;
    }
    part_text(u, in, FONT_H3, COLOR_NOT_MET, COLOR_CARD, WORD(w->s, "walk.safe_now"));
    rect_cut_top(in, ui_theme(u)->unit * 2);
    struct option o[] = {
        {.label = WORD(w->s, "walk.made_safe"), .icon = ICON_SHIELD_CHECK, .role = BUTTON_MET},
        {.label = WORD(w->s, "walk.not_yet"),
         .icon = ICON_WARNING_OCTAGON,
         .role = BUTTON_DANGER},
    };
    int tapped = part_options(u, in, "safe", o, 2, text_equal(safe, "not_yet") ? 1 : -1,
                              ui_theme(u)->touch_answer);
    if (tapped == 0) walk_take(w, safe_is(w, at, "made_safe", ""));
    if (tapped == 1) walk_take(w, safe_is(w, at, "not_yet", ""));
}

/* ---- what did you see ---- */

static void phrases(struct walk_draw *w, rect *in, const struct answer_at *at,
                    const char *now) {
    const struct item *item = at->item->item;
    const char *offer[12];
    int n = 0;
    for (int i = 0; i < item->phrases_count && n < 12; i++) {
        if (!strstr(now, item->phrases[i])) offer[n++] = item->phrases[i];
    }
    int tapped = part_chips(w->u, in, "phrases", offer, NULL, n);
    if (tapped < 0) return;
    const char *joined = text_blank(now)
                             ? offer[tapped]
                             : arena_printf(ui_arena(w->u), "%s. %s", now, offer[tapped]);
    walk_take(w, note_is(w->u, at, joined));
}

static void seen(struct walk_draw *w, rect *in, const struct answer_at *at) {
    struct ui *u = w->u;
    const struct theme *t = ui_theme(u);
    enum color ink = at->part->verdict == VERDICT_BAD ? COLOR_NOT_MET : COLOR_PARTLY;
    struct field f = {.key = answer_key(u, at, "note"),
                      .initial = at->part->answer->note,
                      .hint = WORD(w->s, "walk.seen_hint"),
                      .name = WORD(w->s, "walk.what_seen"),
                      .lines = 2,
                      .ground = soft(at)};
    float head = ui_line_height(u, FONT_H3) + t->unit,
          field_h = ui_field_height(u, &f, in->w - 2 * t->gap);
    rect box = rect_cut_top(in, head + field_h + 2.5F * t->gap);
    ui_fill(u, box, soft(at), t->radius_button);
    rect inside = rect_inset(box, t->gap, t->gap), line = rect_cut_top(&inside, head);
    ui_icon(u, rect_cut_left(&line, 30), ICON_WARNING_OCTAGON, ink, true, 22);
    ui_label(
        u, line, WORD(w->s, "walk.what_seen"),
        &(struct label){
            .font = FONT_H3, .color = ink, .ground = soft(at), .middle = true, .lines_max = 1});
    rect_cut_top(&inside, t->gap * 0.5F);
    inside.h = field_h;
    struct field_result r = ui_field(u, inside, &f);
    walk_gap(w, in);
    if (r.left) walk_take(w, note_is(u, at, r.text));
    const char *text = r.text;
    if (answer_name_offer(u, w->s, in, COLOR_CARD, "name", &text))
        walk_take(w, note_is(u, at, text));
    phrases(w, in, at, r.text ? r.text : "");
}

/* ---- how serious ---- */

static void severity(struct walk_draw *w, rect *in, const struct answer_at *at) {
    struct ui *u = w->u;
    int now = at->part->answer->value.severity;
    part_text(u, in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, WORD(w->s, "walk.how_serious"));
    rect_cut_top(in, ui_theme(u)->unit);
    struct option o[] = {
        {.label = WORD(w->s, "walk.severity1"), .role = BUTTON_PARTLY, .small = true},
        {.label = WORD(w->s, "walk.severity2"), .role = BUTTON_PARTLY, .small = true},
        {.label = WORD(w->s, "walk.severity3"), .role = BUTTON_NOT_MET, .small = true}};
    int tapped = part_options(u, in, "severity", o, 3, now >= 1 && now <= 3 ? now - 1 : -1,
                              ui_theme(u)->touch_min);
    int chosen = tapped >= 0 ? (tapped + 1 == now ? 0 : tapped + 1) : -1;
    struct button danger = {.label =
                                WORD(w->s, now == 4 ? "walk.danger_open" : "walk.danger_now"),
                            .key = "danger",
                            .icon = ICON_WARNING,
                            .role = BUTTON_DANGER,
                            .selected = now == 4};
    if (walk_tap(w, in, &danger, ui_theme(u)->touch_answer)) chosen = 4;
    if (chosen < 0) return;
    struct answer_intent *a;
    struct intent say = answer_say(u, at, &a);
    a->set_severity = true;
    a->severity = chosen;
    walk_take(w, say);
}

/* ---- an action in two taps ---- */

static const char *const lanes[] = {"before_leave", "before_tonight", "this_week",
                                    "this_month"};

static const char *lane_label(struct walk_draw *w, const char *lane) {
    struct arena *a = ui_arena(w->u);
    const char *hour =
        arena_printf(a, "%02d:%02d", w->m->night_starts / 60, w->m->night_starts % 60);
    if (text_equal(lane, "before_leave")) return WORD(w->s, "walk.before_leave");
    if (text_equal(lane, "before_tonight")) return SAY(w->u, w->s, "walk.before_tonight", hour);
    return WORD(w->s, text_equal(lane, "this_week") ? "walk.this_week" : "walk.this_month");
}

static struct intent raise(struct walk_draw *w, const struct answer_at *at, const char *lane) {
    const struct item *i = at->item->item;
    const struct walk_answer *n = at->part->answer;
    struct arena *a = ui_arena(w->u);
    struct raise_intent *r = ARENA_NEW(a, struct raise_intent);
    const char *regulations = "";
    for (int k = 0; k < i->regulations_count; k++) {
        regulations =
            arena_printf(a, "%s%s%s", regulations, *regulations ? "," : "", i->regulations[k]);
    }
    const char *value = answer_says(a, w->s->words, at->part->part, &n->value);
    *r = (struct raise_intent){.service = w->m->service,
                               .visit = w->m->visit,
                               .source = n->row,
                               .area = at->item->room ? at->item->room->area : 0,
                               .must = i->critical || n->value.severity >= 3,
                               .found_at_night = w->m->at_night,
                               .different = i->good_looks_like,
                               .measure = i->measure,
                               .baseline = text_blank(n->note) ? value : n->note,
                               .lane = lane,
                               .owner_text = i->owner_role,
                               .why = i->text,
                               .statement = i->statement,
                               .regulations = regulations,
                               .item = i->id,
                               .template_code = w->m->form->code,
                               .severity = n->value.severity};
    return (struct intent){.kind = INTENT_raise, .detail = r, .undo = "walk.raised"};
}

static void raised_line(struct walk_draw *w, rect *in, const struct walk_raised *r) {
    struct ui *u = w->u;
    const char *tag = part_reference(u, r->must, r->reference);
    const char *line = arena_printf(ui_arena(u), "%s · %s", lane_label(w, r->lane), r->owner);
    float h = ui_line_height(u, FONT_TAG) + ui_theme(u)->gap;
    rect row = rect_cut_top(in, h > ui_theme(u)->touch_min ? h : ui_theme(u)->touch_min);
    float width = ui_tag_width(u, tag);
    part_reference_tag(u, rect_center(rect_cut_left(&row, width), width, h), r->reference,
                       r->must);
    rect_cut_left(&row, ui_theme(u)->gap);
    ui_label(u, row, line,
             &(struct label){
                 .font = FONT_BODY, .ground = COLOR_CARD, .middle = true, .lines_max = 1});
    walk_gap(w, in);
}

static void lane_buttons(struct walk_draw *w, rect *in, const struct answer_at *at) {
    const struct item *i = at->item->item;
    struct option o[4];
    int usual = -1;
    for (int k = 0; k < 4; k++) {
        o[k] = (struct option){.label = lane_label(w, lanes[k]), .role = BUTTON_MAIN};
        if (text_equal(lanes[k], i->lane)) usual = k;
    }
    const char *who = SAY(w->u, w->s, "walk.raise_for", i->owner_role, i->good_looks_like);
    part_text(w->u, in, FONT_BODY, COLOR_INK, COLOR_CARD, who);
    rect_cut_top(in, ui_theme(w->u)->unit * 2);
    int tapped = part_options(w->u, in, "lanes", o, 4, usual, ui_theme(w->u)->touch_primary);
    if (tapped >= 0) {
        w->st->raise = 0;
        walk_take(w, raise(w, at, lanes[tapped]));
    }
    struct button full = {.label = WORD(w->s, "walk.raise_full"), .icon = ICON_PENCIL_LINE};
    if (walk_buttons(w, in, &full, 1, ui_theme(w->u)->touch_min) == 0) {
        walk_take(w, part_go(SCREEN_raise, w->m->visit, at->part->answer->row, i->id));
    }
}

static void action(struct walk_draw *w, rect *in, const struct answer_at *at) {
    uint64_t key = walk_key_of(at->item, at->part->part->id);
    if (at->item->raised) raised_line(w, in, at->item->raised);
    if (w->st->raise == key) {
        lane_buttons(w, in, at);
        return;
    }
    struct button b = {.label =
                           WORD(w->s, at->item->raised ? "walk.raise_another" : "walk.raise"),
                       .key = "raise",
                       .icon = ICON_FLAG_PENNANT,
                       .role = at->item->raised ? BUTTON_PLAIN : BUTTON_MAIN};
    if (walk_buttons(w, in, &b, 1, ui_theme(w->u)->touch_primary) != 0) return;
    bool knows =
        !text_blank(at->item->item->good_looks_like) && !text_blank(at->item->item->owner_role);
    if (knows) {
        w->st->raise = key;
    } else {
        walk_take(
            w, part_go(SCREEN_raise, w->m->visit, at->part->answer->row, at->item->item->id));
    }
}

void walk_finding(struct walk_draw *w, rect *in, const struct answer_at *at) {
    if (!is_finding(at->part)) return;
    safe_now(w, in, at);
    seen(w, in, at);
    if (!w->m->sealed) walk_evidence(w, in, at->item);
    bool open = at->part->verdict == VERDICT_BAD || at->part->verdict == VERDICT_PARTLY;
    if (!open && !at->part->answer->value.severity) return;
    severity(w, in, at);
    action(w, in, at);
}
