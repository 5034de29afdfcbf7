/* action_checks.c -- the way from an action to a check of it alone: somebody from outside looks
 * whether it is really done; weeks later the same question once more. */
#include "screen/action_pieces.h"

#include "base/text.h"

static struct intent begin(struct action_view *v, const char *code) {
    struct start_intent *d = ARENA_NEW(ui_arena(v->u), struct start_intent);
    *d = (struct start_intent){.service = v->m->service,
                               .template_code = code,
                               .length = "core",
                               .modules = "",
                               .reason = "follow_up",
                               .unannounced = true,
                               .action = v->m->id};
    return (struct intent){.kind = INTENT_visit_start, .detail = d};
}

struct intent action_checks(struct action_view *v, rect *area) {
    const struct action_model *m = v->m;
    struct ui *u = v->u;
    struct intent out = {0};
    bool proof = m->row.state == ACTION_SAID_DONE && *m->proof_code,
         again = m->row.state == ACTION_SEEN_WORKING && *m->retest_code;
    if (!proof && !again && !m->check_open) return out;
    const char *due = m->next_look_weeks ? SAY(u, v->s, "gather.look_again_sub",
                                               int_text(ui_arena(u), m->next_look_weeks))
                                         : WORD(v->s, "gather.look_again_any");
    struct button b = {.label = WORD(v->s, m->check_open ? "gather.go_on_check"
                                           : proof       ? "gather.prove"
                                                         : "gather.look_again"),
                       .sub = m->check_open ? NULL
                              : proof       ? WORD(v->s, "gather.prove_sub")
                                            : due,
                       .key = "check-of-it",
                       .icon = proof ? ICON_SEAL_CHECK : ICON_EYE,
                       .left = true};
    rect r = rect_cut_top(area, ui_button_height(u, &b, area->w, ui_theme(u)->touch_answer));
    rect_cut_top(area, ui_theme(u)->gap);
    if (!ui_button(u, r, &b)) return out;
    if (m->check_open) return part_go(SCREEN_walk, m->check_open, 0, NULL);
    return begin(v, proof ? m->proof_code : m->retest_code);
}
