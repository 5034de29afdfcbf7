/* proof.h -- forms about one action: what their verdict means for it, and the form of another
 * look.
 *
 * Journey: action's page → a check of use proof or retest → its verdict → here → one step in
 * the action's history, when the check is closed. */
#ifndef CARE_PROOF_H
#define CARE_PROOF_H

#include "base/buf.h"
#include "care/use.h"

struct proof_verdict {
    enum form_use use; /* proof or retest */
    const char *word;  /* proof: proved | partly | not_proved; retest: yes | little | back; ""
                          none yet */
    const char *next;  /* proof: off | back | again | danger; "" not said */
    bool may;          /* whoever looked may say that it works, and so (care/rules.h) */
    int weeks;         /* since it was first seen working */
};
/* seen_working | lasted | not_working | update; "" when there is no verdict yet. */
const char *proof_step(const struct proof_verdict *v);

/* Where the verdict of such a form stands: its last part of that kind. False: it has none. */
struct proof_parts {
    const struct item *item;
    const struct part *verdict, *reason, *next; /* reason, next: NULL none */
};
bool proof_parts_of(const struct template *form, struct proof_parts *out);

/* The form of another look: `form` with that card of another form in place of its own first
 * one, so that what is answered joins what was answered when it was found. Passes
 * template_read. */
MUST_CHECK enum status retest_form_write(const struct template *form,
                                         const struct template *from, const struct item *card,
                                         struct buf *out);

#endif
