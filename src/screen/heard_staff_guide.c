/* heard_staff_guide.c -- a worker's guide, once it is settled who may read it: at most three
 * questions and ten minutes, then the app says stop. All of it goes into the one box for that
 * reader; nothing of it is kept before. */
#include "screen/heard_pieces.h"

#include "base/text.h"

#define QUESTIONS_MOST 3
#define TALK_MS        600000

static const char *may(const struct heard *v) {
    for (int i = 0; v->guide && i < v->guide->pages; i++)
        if (v->guide->prompts[i].consent)
            return heard_part_word(v, &v->guide->prompts[i], "may");
    return "";
}

bool heard_only_listens(const struct heard *v) {
    return text_equal(may(v), "listen");
}

bool heard_leaves_role_out(const struct heard *v) {
    return text_equal(may(v), "no_role");
}

static int asked(struct heard *v) {
    int n = 0;
    for (int i = 0; i < v->guide->count; i++) {
        enum heard_stage s = v->guide->prompts[i].stage;
        n += (s == STAGE_ASK || s == STAGE_PROBE) && heard_was_asked(v, i);
    }
    return n;
}

bool heard_three_asked(struct heard *v) {
    return v->guide && asked(v) >= QUESTIONS_MOST;
}

static bool ten_minutes(struct heard *v) {
    struct heard_state *st = v->state;
    if (!st->staff_at) st->staff_at = v->s->wall_ms;
    int64_t left = st->staff_at + TALK_MS - v->s->wall_ms;
    if (left > 0 && left <= TALK_MS) ui_wake_in(v->u, (int)left + 50);
    return left <= 0;
}

static struct intent stop_now(struct heard *v, rect *in, const char *key) {
    struct ui *u = v->u;
    const struct heard_prompt *p = heard_prompt_now(v);
    part_text(u, in, FONT_H3, COLOR_PARTLY, COLOR_CARD, WORD(v->s, key));
    rect_cut_top(in, 8);
    if (p->stage == STAGE_CLOSE || !v->guide->of[STAGE_CLOSE]) return (struct intent){0};
    const char *labels[1] = {WORD(v->s, "heard.to_the_end")};
    if (part_chips(u, in, "to_end", labels, NULL, 1) == 0)
        return heard_go_to(v, v->guide->first[STAGE_CLOSE], false);
    return (struct intent){0};
}

struct intent heard_staff_guide(struct heard *v, rect *in) {
    const struct heard_prompt *p = heard_prompt_now(v);
    struct intent go = {0};
    bool over = ten_minutes(v), three;
    if (!p) return go;
    go = heard_guide_part(v, in);
    p = heard_prompt_now(v);
    three = heard_three_asked(v) && p->stage != STAGE_OPEN;
    if (over || three)
        go = either(go, stop_now(v, in, over ? "heard.ten_minutes" : "heard.three_asked"));
    if (heard_only_listens(v))
        part_text(v->u, in, FONT_BODY, COLOR_MUTE, COLOR_CARD, WORD(v->s, "heard.only_listen"));
    bool new_question = (p->stage == STAGE_ASK || p->stage == STAGE_PROBE) &&
                        !heard_was_asked(v, v->state->prompt);
    bool closed = (heard_only_listens(v) && !p->consent) || (three && new_question);
    for (int i = 0; i < p->parts_count && !closed; i++) {
        if (p->parts[i].kind != PART_WORDS) continue;
        ui_push_text(v->u, p->id);
        part_text(v->u, in, FONT_BODY, COLOR_INK, COLOR_CARD, p->parts[i].text);
        rect_cut_top(in, 6);
        heard_field(v, in, p, &p->parts[i], 0);
        rect_cut_top(in, 8);
        ui_pop(v->u);
    }
    if (!closed) heard_asks(v, in, p);
    if (!three && !heard_only_listens(v)) heard_tools(v, in);
    rect_cut_top(in, 12);
    return go;
}
