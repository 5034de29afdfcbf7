/* danger_calls.c -- whom to ring, in order, and what came of it. Every call is kept: whom,
 * when, answered or not, what they said, the reference; "no answer" offers the next. Numbers
 * come from the service's list, with source and date. */
#include "screen/danger_screen.h"

#include "base/text.h"

static struct intent call_new(struct danger_draw *w, int64_t contact, const char *whom,
                              const char *telephone) {
    struct call_intent *c = ARENA_NEW(ui_arena(w->u), struct call_intent);
    *c = (struct call_intent){.visit = w->m->visit,
                              .danger = w->m->row,
                              .service = w->m->service,
                              .contact = contact,
                              .whom = whom,
                              .telephone = telephone};
    return (struct intent){.kind = INTENT_call, .detail = c};
}

static struct call_intent *call_change(struct danger_draw *w, int64_t row, struct intent *in) {
    struct call_intent *c = ARENA_NEW(ui_arena(w->u), struct call_intent);
    c->row = row;
    *in = (struct intent){.kind = INTENT_call, .detail = c};
    return c;
}

static void call_words(struct danger_draw *w, rect *in, const struct danger_call *c) {
    struct arena *a = ui_arena(w->u);
    const char *said, *reference;
    const char *said_key = arena_printf(a, "danger/call/%lld/said", (long long)c->row);
    const char *reference_key =
        arena_printf(a, "danger/call/%lld/reference", (long long)c->row);
    struct intent out;
    if (danger_field(w, in, said_key, WORD(w->s, "danger.said"), c->said, &said)) {
        call_change(w, c->row, &out)->said = said;
        out.draft = said_key;
        danger_take(w, out);
    }
    if (danger_field(w, in, reference_key, WORD(w->s, "danger.reference"), c->reference,
                     &reference)) {
        call_change(w, c->row, &out)->reference = reference;
        out.draft = reference_key;
        danger_take(w, out);
    }
}

static void call(struct danger_draw *w, rect *in, const struct danger_call *c) {
    ui_push(w->u, c->row);
    const char *rang = SAY(w->u, w->s, "danger.rang_at", time_hm(ui_arena(w->u), c->started));
    part_text(w->u, in, FONT_H3, COLOR_INK, COLOR_CARD, rang);
    rect_cut_top(in, ui_theme(w->u)->unit * 2);
    struct option o[] = {
        {.label = WORD(w->s, "danger.answered"), .icon = ICON_CHECK, .role = BUTTON_MET},
        {.label = WORD(w->s, "danger.no_answer"), .icon = ICON_X, .role = BUTTON_PARTLY}};
    int now = text_equal(c->answered, "yes")         ? 0
              : text_equal(c->answered, "no_answer") ? 1
                                                     : -1;
    int tapped = part_options(w->u, in, "answered", o, 2, now, ui_theme(w->u)->touch_primary);
    if (tapped >= 0) {
        struct intent out;
        call_change(w, c->row, &out)->answered = tapped == 0 ? "yes" : "no_answer";
        danger_take(w, out);
    }
    if (now == 0) call_words(w, in, c);
    if (now == 1 && c == &w->m->calls[w->m->calls_count - 1]) {
        const char *next = w->m->next >= 0 ? SAY(w->u, w->s, "danger.no_answer_next",
                                                 w->m->contacts[w->m->next].label)
                                           : WORD(w->s, "danger.no_answer_end");
        part_text(w->u, in, FONT_H3, COLOR_PARTLY, COLOR_CARD, next);
        danger_gap(w, in);
    }
    ui_pop(w->u);
}

static void calls_to(struct danger_draw *w, rect *in, int64_t contact, bool others) {
    for (int i = 0; i < w->m->calls_count; i++) {
        const struct danger_call *c = &w->m->calls[i];
        if (others ? c->contact == 0 : c->contact == contact) call(w, in, c);
    }
}

static const char *details(struct danger_draw *w, const struct danger_contact *k) {
    struct arena *a = ui_arena(w->u);
    const char *out = WORD(w->s, k->outside ? "danger.outside" : "danger.inside");
    if (!text_blank(k->hours)) out = arena_printf(a, "%s · %s", out, k->hours);
    if (text_blank(k->source)) return out;
    if (!k->source_day) {
        return arena_printf(a, "%s · %s", out,
                            SAY(w->u, w->s, "danger.source_only", k->source));
    }
    return arena_printf(
        a, "%s · %s", out,
        SAY(w->u, w->s, "danger.source", k->source, day_text(a, k->source_day)));
}

static void rang_button(struct danger_draw *w, rect *in, const struct danger_contact *k,
                        bool main) {
    struct button b = {.label = WORD(w->s, k->calls ? "danger.again" : "danger.rang"),
                       .key = "rang",
                       .icon = ICON_PHONE_CALL,
                       .role = main ? BUTTON_DANGER : BUTTON_PLAIN};
    rect r = rect_cut_top(in, ui_button_height(w->u, &b, in->w, ui_theme(w->u)->touch_primary));
    danger_gap(w, in);
    if (ui_button(w->u, r, &b)) danger_take(w, call_new(w, k->row, k->label, k->telephone));
}

static void contact(struct danger_draw *w, rect *area, const struct danger_contact *k,
                    bool next) {
    struct card card;
    struct ui *u = w->u;
    ui_push(u, k->row);
    rect in = part_card_begin(u, area, &card, next ? COLOR_NOT_MET : COLOR_LINE);
    if (next) part_text(u, &in, FONT_TAG, COLOR_NOT_MET, COLOR_CARD, WORD(w->s, "danger.next"));
    part_text(u, &in, FONT_H2, k->skipped ? COLOR_MUTE : COLOR_INK, COLOR_CARD, k->label);
    if (k->skipped) {
        part_text(u, &in, FONT_BODY, COLOR_MUTE, COLOR_CARD, WORD(w->s, "danger.skipped"));
    } else {
        part_text(u, &in, FONT_H1, COLOR_INK, COLOR_CARD, k->telephone);
        part_text(u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, details(w, k));
        danger_gap(w, &in);
        calls_to(w, &in, k->row, false);
        rang_button(w, &in, k, next);
        in.y -= ui_theme(u)->gap;
    }
    part_card_end(u, area, &card, in);
    ui_pop(u);
}

void danger_emergency(struct danger_draw *w, rect *area) {
    const struct danger_contact *k = w->m->emergency;
    struct card card;
    ui_push_text(w->u, "emergency");
    rect in = part_card_begin(w->u, area, &card, COLOR_NOT_MET);
    const char *line = k ? SAY(w->u, w->s, "danger.emergency", k->telephone)
                         : WORD(w->s, "danger.no_emergency");
    part_text(w->u, &in, FONT_H2, COLOR_NOT_MET, COLOR_CARD, line);
    danger_gap(w, &in);
    if (k) {
        calls_to(w, &in, k->row, false);
        rang_button(w, &in, k, !k->calls);
    }
    in.y -= ui_theme(w->u)->gap;
    part_card_end(w->u, area, &card, in);
    ui_pop(w->u);
}

/* ---- is it about someone on the list ---- */

static const char *toggled(struct danger_draw *w, const char *label, bool on) {
    struct arena *a = ui_arena(w->u);
    const char *out = "";
    for (int i = 0; i < w->m->contacts_count; i++) {
        const struct danger_contact *k = &w->m->contacts[i];
        bool skip = text_equal(k->label, label) ? !on : k->skipped;
        if (skip) out = arena_printf(a, "%s%s%s", out, *out ? "," : "", k->label);
    }
    return out;
}

/* Bodies are not somebody: only those who are asked for by role can be whom the worry is about.
 */
static bool is_body(const struct danger_contact *k) {
    static const char *const bodies[] = {"safeguarding", "police", "regulator", "council",
                                         "fire"};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        if (text_equal(k->purpose, bodies[i])) return true;
    }
    return false;
}

/* The one that was tapped, NULL none. */
static const struct danger_contact *who_is_it(struct danger_draw *w, rect *in) {
    const struct danger_model *m = w->m;
    struct arena *a = ui_arena(w->u);
    const char **labels = ARENA_ARRAY(a, const char *, m->contacts_count);
    const struct danger_contact **who =
        ARENA_ARRAY(a, const struct danger_contact *, m->contacts_count);
    bool *on = ARENA_ARRAY(a, bool, m->contacts_count);
    int n = 0;
    for (int i = 0; i < m->contacts_count; i++) {
        const struct danger_contact *k = &m->contacts[i];
        if (is_body(k)) continue;
        labels[n] = k->label;
        on[n] = k->skipped;
        who[n++] = k;
    }
    part_text(w->u, in, FONT_BODY, COLOR_INK, COLOR_CARD, WORD(w->s, "danger.listed_who"));
    rect_cut_top(in, ui_theme(w->u)->unit * 2);
    int tapped = part_chips(w->u, in, "who", labels, on, n);
    return tapped >= 0 ? who[tapped] : NULL;
}

void danger_listed(struct danger_draw *w, rect *area) {
    const struct danger_model *m = w->m;
    struct card card;
    if (!m->contacts_count) return;
    rect in =
        part_card_begin(w->u, area, &card, text_blank(m->listed) ? COLOR_AMBER : COLOR_LINE);
    part_text(w->u, &in, FONT_H2, COLOR_INK, COLOR_CARD, WORD(w->s, "danger.listed"));
    danger_gap(w, &in);
    struct option o[] = {{.label = WORD(w->s, "danger.yes"), .role = BUTTON_PARTLY},
                         {.label = WORD(w->s, "danger.no"), .role = BUTTON_MAIN}};
    bool yes = text_equal(m->listed, "yes");
    int now = yes ? 0 : text_equal(m->listed, "no") ? 1 : -1;
    int tapped = part_options(w->u, &in, "listed", o, 2, now, ui_theme(w->u)->touch_answer);
    struct intent say = {
        .kind = INTENT_danger_listed, .row = m->row, .text = tapped == 0 ? m->skip : ""};
    if (tapped >= 0) {
        say.word = tapped == 0 ? "yes" : "no";
        danger_take(w, say);
    }
    if (yes) {
        const struct danger_contact *who = who_is_it(w, &in);
        if (who) {
            say.word = "yes";
            say.text = toggled(w, who->label, who->skipped);
            danger_take(w, say);
        }
    }
    in.y -= ui_theme(w->u)->gap;
    part_card_end(w->u, area, &card, in);
}

/* ---- the list ---- */

static void someone_else(struct danger_draw *w, rect *area) {
    struct button open = {
        .label = WORD(w->s, "danger.someone_else"), .icon = ICON_PHONE, .key = "else"};
    struct card card;
    rect in = part_card_begin(w->u, area, &card, COLOR_LINE);
    calls_to(w, &in, 0, true);
    rect r =
        rect_cut_top(&in, ui_button_height(w->u, &open, in.w, ui_theme(w->u)->touch_primary));
    danger_gap(w, &in);
    if (ui_button(w->u, r, &open)) w->st->other = !w->st->other;
    if (w->st->other) {
        const char *whom,
            *key = arena_printf(ui_arena(w->u), "danger/%lld/whom", (long long)w->m->row);
        danger_field(w, &in, key, WORD(w->s, "danger.whom"), "", &whom);
        struct button rang = {.label = WORD(w->s, "danger.rang"),
                              .icon = ICON_PHONE_CALL,
                              .disabled = text_blank(whom)};
        r = rect_cut_top(&in, ui_theme(w->u)->touch_primary);
        danger_gap(w, &in);
        if (ui_button(w->u, r, &rang)) {
            struct intent say = call_new(w, 0, whom, "");
            say.draft = key;
            w->st->other = 0;
            danger_take(w, say);
        }
    }
    in.y -= ui_theme(w->u)->gap;
    part_card_end(w->u, area, &card, in);
}

void danger_contacts(struct danger_draw *w, rect *area) {
    part_heading(w->u, area, WORD(w->s, "danger.ring"));
    if (!w->m->contacts_count) {
        part_text(w->u, area, FONT_BODY, COLOR_INK, COLOR_BG, WORD(w->s, "danger.no_contacts"));
        danger_gap(w, area);
    }
    for (int i = 0; i < w->m->contacts_count; i++)
        contact(w, area, &w->m->contacts[i], i == w->m->next);
    someone_else(w, area);
}
