/* heard_staff.c -- a worker speaks: what is promised, whether somebody is in danger, and who
 * may read this come before any text box. One route keeps nothing and shows whom to ring; the
 * numbers stand there on every route (PEOPLE.md, Someone who is afraid). */
#include "screen/heard_pieces.h"

#include "base/text.h"
#include "screen/ring_list.h"

static const char *const staff_fields[] = {"text", "how", "role"};

void heard_staff_forget(struct heard *v) {
    heard_forget_said(v);
    v->state->asked = 0;
    v->state->prompt = v->state->from = 0;
    confide_forget(&v->conf, staff_fields, 3);
    v->conf.state->route = ROUTE_UNSAID;
    v->conf.state->reader = 0;
    v->conf.state->severity = 0;
}

/* Something was said; how they wish to talk alone is nothing to keep. */
bool heard_staff_ready(const struct heard *v) {
    struct heard_thing all[PROMPTS_MOST + 1];
    if (!confide_reader(&v->conf) || heard_only_listens(v)) return false;
    if (!text_blank(confide_said(&v->conf, "text"))) return true;
    for (int i = 0, n = heard_things(v, all); i < n; i++)
        if (all[i].prompt->stage != STAGE_OPEN && all[i].prompt->stage != STAGE_CLOSE)
            return true;
    return false;
}

static const struct confidence_said *said_of(struct heard *v, int *count) {
    struct heard_thing all[PROMPTS_MOST + 1];
    int n = heard_things(v, all);
    struct confidence_said *said = ARENA_ARRAY(ui_arena(v->u), struct confidence_said, n + 1);
    for (int i = 0; i < n; i++)
        said[i] = (struct confidence_said){.prompt = all[i].prompt->id,
                                           .question = all[i].prompt->text,
                                           .text = all[i].text,
                                           .list = all[i].list,
                                           .marks = all[i].marks};
    *count = n;
    return said;
}

struct intent heard_staff_keep(struct heard *v) {
    struct arena *f = ui_arena(v->u);
    struct confide_intent k = {.service = v->m->service,
                               .about = "staff_said",
                               .text = arena_strdup(f, confide_said(&v->conf, "text")),
                               .answer_how = arena_strdup(f, confide_said(&v->conf, "how")),
                               .role = heard_leaves_role_out(v)
                                           ? ""
                                           : arena_strdup(f, confide_said(&v->conf, "role"))};
    k.said = said_of(v, &k.said_count);
    return confide_keep(&v->conf, &k);
}

static const char *route_says(struct heard *v, enum confide_route route) {
    const char *hindered = confide_hindered(&v->conf, route);
    if (hindered) return WORD(v->s, hindered);
    if (route == ROUTE_NOTHING) return NULL;
    const char *label = NULL;
    for (int i = 0; i < v->conf.m->readers_count; i++) {
        const struct confide_reader *r = &v->conf.m->readers[i];
        if (r->provider != (route == ROUTE_PROVIDER)) continue;
        label = label ? arena_printf(ui_arena(v->u), "%s · %s", label, r->label) : r->label;
    }
    return label;
}

/* A tap on another way throws away what was typed for this one only when nothing may be kept.
 */
static void take(struct heard *v, enum confide_route route) {
    if ((int)route == v->conf.state->route) return;
    if (route == ROUTE_NOTHING) heard_staff_forget(v);
    v->conf.state->route = (int32_t)route;
    v->conf.state->reader = 0;
}

static void routes(struct heard *v, rect *in) {
    static const char *const keys[4] = {"", "heard.route_provider", "heard.route_named",
                                        "heard.route_no_record"};
    static const enum icon icons[4] = {ICON_NONE, ICON_LOCK, ICON_IDENTIFICATION_CARD,
                                       ICON_PHONE};
    for (enum confide_route i = ROUTE_PROVIDER; i <= ROUTE_NOTHING; i++) {
        bool now = v->conf.state->route == (int)i;
        struct button b = {.label = WORD(v->s, keys[i]),
                           .sub = route_says(v, i),
                           .key = keys[i],
                           .icon = icons[i],
                           .role = now ? BUTTON_MAIN : BUTTON_PLAIN,
                           .selected = now,
                           .disabled = confide_hopeless(&v->conf, i),
                           .left = true};
        float h = ui_button_height(v->u, &b, in->w, ui_theme(v->u)->touch_answer);
        if (ui_button(v->u, rect_cut_top(in, h), &b)) take(v, i);
        rect_cut_top(in, ui_theme(v->u)->touch_between);
    }
}

/* People come first: neutral, in one tap, and nothing of it is kept. */
static struct intent not_asked(struct heard *v, rect *in) {
    struct button b = {.label = WORD(v->s, "heard.spared"),
                       .key = "spared",
                       .icon = ICON_HAND_HEART,
                       .role = BUTTON_QUIET,
                       .font = FONT_SMALL,
                       .left = true};
    rect_cut_top(in, 8);
    float h = ui_button_height(v->u, &b, in->w, ui_theme(v->u)->touch_min);
    if (!ui_button(v->u, rect_cut_top(in, h), &b)) return (struct intent){0};
    heard_staff_forget(v);
    return (struct intent){.kind = INTENT_back};
}

static struct intent who_may_read(struct heard *v, rect *area) {
    struct ui *u = v->u;
    struct card card;
    struct intent go = {0};
    enum confide_route route = (enum confide_route)v->conf.state->route;
    rect in = part_card_begin(u, area, &card, COLOR_LINE);
    part_text(u, &in, FONT_BODY, COLOR_INK, COLOR_CARD, WORD(v->s, "heard.staff_promise"));
    rect_cut_top(&in, 8);
    part_text(u, &in, FONT_BODY, COLOR_INK, COLOR_CARD, WORD(v->s, "heard.staff_outside"));
    rect_cut_top(&in, 20);
    part_text(u, &in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(v->s, "heard.who_may_read"));
    rect_cut_top(&in, 12);
    routes(v, &in);
    if (route == ROUTE_NOTHING) {
        part_text(u, &in, FONT_BODY, COLOR_MET, COLOR_CARD,
                  WORD(v->s, "heard.route_kept_nothing"));
    } else if (confide_hindered(&v->conf, route)) {
        if (!confide_hopeless(&v->conf, route)) go = confide_pin(&v->conf, &in);
    } else {
        confide_choose_reader(&v->conf, &in);
    }
    go = either(go, not_asked(v, &in));
    part_card_end(u, area, &card, in);
    return go;
}

void heard_speak_up(struct heard *v, rect *area) {
    struct ui *u = v->u;
    struct card card;
    bool only = v->conf.state->route == ROUTE_NOTHING;
    rect in = part_card_begin(u, area, &card, only ? COLOR_PRIMARY : COLOR_LINE);
    part_text(u, &in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(v->s, "heard.speak_up"));
    rect_cut_top(&in, 12);
    if (!text_blank(v->m->speak_up)) {
        part_text(u, &in, FONT_BODY, COLOR_INK, COLOR_CARD,
                  SAY(u, v->s, "heard.speak_up_line", v->m->speak_up));
        rect_cut_top(&in, 12);
    }
    ring_list(u, v->s, &in, v->m->ring, v->m->ring_count, COLOR_CARD);
    if (!v->m->ring_count && text_blank(v->m->speak_up))
        part_text(u, &in, FONT_BODY, COLOR_PARTLY, COLOR_CARD, WORD(v->s, "saw.no_contacts"));
    part_card_end(u, area, &card, in);
}

struct intent heard_staff(struct heard *v, rect *area, bool wide) {
    heard_staff_risk(v, area);
    struct intent in = who_may_read(v, area);
    in = either(in, heard_staff_words(v, area));
    if (!wide) heard_speak_up(v, area);
    return in;
}
