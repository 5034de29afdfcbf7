/* act_gather.c -- what belongs to forms that are no walk: who was there, why nothing will be
 * done. */
#include "app/act_care.h"
#include "base/text.h"

enum status act_visit_present(struct act *t, const struct intent *in) {
    struct row r;
    enum status s = act_row(t, &kind_visit, in->row, &r);
    if (s) return s;
    row_text(&r, "present", in->text);
    return act_put(t, &r);
}

/* Without a reason it is not said again. */
enum status act_visit_no_action(struct act *t, const struct intent *in) {
    struct row r;
    enum status s = act_row(t, &kind_visit, in->row, &r);
    if (s) return s;
    row_unsay(&r, "no_action");
    row_unsay(&r, "no_action_text");
    if (!text_blank(in->word)) row_text(&r, "no_action", in->word);
    if (!text_blank(in->text)) row_text(&r, "no_action_text", text_trim(t->arena, in->text));
    return act_put(t, &r);
}
