/* gather_pilot.c -- what became of a trial: until when it runs, what was decided and why. */
#include "model/gather_build.h"

#include "base/text.h"
#include "model/trials_load.h"

enum status gather_pilot(struct gather_build *b) {
    struct trial t;
    enum status s = trial_of_visit(b->c, b->a, b->m->visit, &t);
    if (s || (!t.end && text_blank(t.decision) && text_blank(t.aim))) return s;
    struct gather_block *k = gather_block_add(b, GATHER_WORD(b, "gather.trial"), 3);
    if (!text_blank(t.aim)) gather_row_add(k, GATHER_SAY(b, "gather.trial_aim", t.aim));
    if (t.end)
        gather_row_add(k, t.start ? GATHER_SAY(b, "gather.trial_from", day_text(b->a, t.start),
                                               day_text(b->a, t.end))
                                  : GATHER_SAY(b, "gather.trial_until", day_text(b->a, t.end)));
    const char *said = text_blank(t.decision) ? "open" : t.decision;
    struct gather_row *r =
        gather_row_add(k, GATHER_WORD(b, arena_printf(b->a, "gather.trial_%s", said)));
    r->sub = t.reason;
    return STATUS_OK;
}
