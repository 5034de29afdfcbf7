/* heard_guide.c -- a conversation guide, one prompt at a time: who I am and whether I may write
 * first, then the questions, big and calm, at the end what was written is read back. Going on
 * keeps what was said. */
#include "screen/heard_pieces.h"

#include "base/text.h"

const struct heard_prompt *heard_prompt_now(const struct heard *v) {
    const struct heard_guide *g = v->guide;
    if (!g || !g->count) return NULL;
    if (v->state->prompt < 0 || v->state->prompt >= g->count) v->state->prompt = 0;
    return &g->prompts[v->state->prompt];
}

/* Kept in this talk or a check's earlier one with the same person, or something lies there. */
bool heard_was_asked(struct heard *v, int prompt) {
    const struct heard_said *all;
    struct heard_thing t;
    const struct heard_prompt *p = &v->guide->prompts[prompt];
    if (v->state->asked >> prompt & 1u) return true;
    if (p->stage != STAGE_ASK && p->stage != STAGE_PROBE) return false;
    if (heard_thing_of(v, p, &t)) return true;
    if (v->state->speaker == SPEAKER_STAFF) return false;
    for (int i = 0, n = heard_earlier(v, &all); i < n; i++)
        if (text_equal(all[i].prompt, p->id)) return true;
    return false;
}

int heard_consent_page(const struct heard *v) {
    for (int i = 0; i < v->guide->pages; i++)
        if (v->guide->prompts[i].consent) return i;
    return 0;
}

struct intent heard_go_to(struct heard *v, int prompt, bool quiet) {
    struct heard_state *st = v->state;
    struct heard_thing t;
    const struct heard_prompt *now = heard_prompt_now(v);
    if (now && heard_thing_of(v, now, &t)) st->asked |= (uint64_t)1 << st->prompt;
    struct intent in = heard_keep_so_far(v, quiet);
    if (v->guide->prompts[prompt].stage == STAGE_PROBE && now && now->stage != STAGE_PROBE)
        st->from = st->prompt;
    st->prompt = prompt;
    st->aim = 1;
    return in;
}

/* ---- where one is ---- */

static const struct heard_prompt *here(const struct heard *v) {
    return &v->guide->prompts[v->state->prompt];
}

static struct intent stages(struct heard *v, rect *in) {
    static const char *const keys[] = {"heard.stage_open", "heard.stage_ask",
                                       "heard.stage_close"};
    const struct heard_guide *g = v->guide;
    const struct heard_prompt *now = here(v);
    const char *labels[3];
    bool selected[3];
    int to[3], n = 0;
    for (int s = STAGE_OPEN; s <= STAGE_CLOSE; s++) {
        if (!g->of[s]) continue;
        labels[n] = WORD(v->s, keys[s]);
        selected[n] = (int)now->stage == s || (s == STAGE_ASK && now->stage == STAGE_PROBE);
        to[n++] = g->first[s];
    }
    int tapped = part_chips(v->u, in, "stages", labels, selected, n);
    rect_cut_top(in, 4);
    return tapped >= 0 && !selected[tapped] ? heard_go_to(v, to[tapped], false)
                                            : (struct intent){0};
}

static const char *where(struct heard *v) {
    const struct heard_guide *g = v->guide;
    const struct heard_prompt *p = here(v);
    struct arena *a = ui_arena(v->u);
    if (p->stage == STAGE_PROBE) return WORD(v->s, "heard.probe_now");
    return SAY(v->u, v->s, p->stage == STAGE_ASK ? "heard.question_of" : "heard.page_of",
               int_text(a, v->state->prompt - g->first[p->stage] + 1),
               int_text(a, g->of[p->stage]));
}

/* Arrows left and right, the place between them. */
static int arrows(struct heard *v, rect *in) {
    struct ui *u = v->u;
    const struct heard_guide *g = v->guide;
    const struct heard_prompt *p = here(v);
    bool probe = p->stage == STAGE_PROBE;
    int now = v->state->prompt, go = now;
    bool asked = heard_was_asked(v, now);
    const char *says = where(v);
    if (asked) says = SAY(u, v->s, "heard.asked_mark", says);
    rect row = *in;
    float room = row.w - 2 * 60 - 24, h = ui_text_height(u, FONT_SMALL, says, room);
    row = rect_cut_top(in, h > 56 ? h : 56);
    rect left = rect_cut_left(&row, 60), right = rect_cut_right(&row, 60);
    if ((probe || now > 0) &&
        ui_icon_button(u, rect_center(left, 56, 56), ICON_CARET_LEFT,
                       WORD(v->s, probe ? "heard.back_to_questions" : "heard.prompt_before")))
        go = probe ? v->state->from : now - 1;
    if (!probe && now < g->pages - 1 &&
        ui_icon_button(u, rect_center(right, 56, 56), ICON_CARET_RIGHT,
                       WORD(v->s, "heard.prompt_next")))
        go = now + 1;
    if (asked) ui_icon(u, rect_cut_left(&row, 24), ICON_CHECK_CIRCLE, COLOR_MET, true, 20);
    ui_label(u, row, says,
             &(struct label){.font = FONT_SMALL,
                             .color = asked ? COLOR_MET : COLOR_MUTE,
                             .ground = COLOR_CARD,
                             .align = ALIGN_CENTER,
                             .middle = true});
    return go;
}

void heard_tools(struct heard *v, rect *in) {
    bool cards = heard_has_cards(v);
    const char *labels[2] = {WORD(v->s, "heard.all_questions"), WORD(v->s, "heard.cards")};
    int tapped = part_chips(v->u, in, "tools", labels, NULL, cards ? 2 : 1);
    if (tapped == 0) v->state->bank = 1;
    if (tapped == 1) heard_cards_open(v);
}

/* At the opening the question itself; later one line that says what they allowed. */
static struct intent consent(struct heard *v, rect *in, const struct heard_prompt *p) {
    static const char *const said[] = {"", "heard.may_yes", "heard.may_without_name",
                                       "heard.may_no"};
    struct heard_state *st = v->state;
    struct ui *u = v->u;
    if (st->speaker == SPEAKER_STAFF) return (struct intent){0};
    if (p->consent || st->consent == CONSENT_UNSAID) {
        heard_may_write(v, in, true);
        return (struct intent){0};
    }
    struct button b = {.label = WORD(v->s, said[st->consent]),
                       .key = "consent_again",
                       .icon = st->consent == CONSENT_NO ? ICON_X : ICON_CHECK,
                       .role = BUTTON_QUIET,
                       .font = FONT_SMALL,
                       .left = true};
    float w = ui_button_width(u, &b);
    rect r = rect_cut_top(in, ui_button_height(u, &b, in->w, ui_theme(u)->touch_min));
    r.w = w < r.w ? w : r.w;
    if (!ui_button(u, r, &b)) return (struct intent){0};
    return heard_go_to(v, heard_consent_page(v), false);
}

struct intent heard_guide_part(struct heard *v, rect *in) {
    if (!heard_prompt_now(v)) return (struct intent){0};
    const struct heard_prompt *p;
    struct intent go = stages(v, in);
    p = here(v);
    rect view = rect_cut_top(in, heard_swipe_height(v, in->w));
    if (p->stage == STAGE_PROBE) {
        heard_page(v, view, p);
    } else {
        go = either(go, heard_swipe(v, view));
    }
    go = either(go, consent(v, in, here(v)));
    int to = arrows(v, in);
    if (to != v->state->prompt) go = either(go, heard_go_to(v, to, false));
    return go;
}
