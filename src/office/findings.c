/* findings.c -- the findings of a master with what sync knows of its devices. Apart from
 * known.c, since a bundle's sections and a form's sections bear the same name in C. */
#include "model/findings_load.h"
#include "office/known.h"

enum status office_findings(struct office *o, struct journal *j, struct arena *a,
                            const struct findings_model **out) {
    struct findings_known *known = ARENA_NEW(a, struct findings_known);
    const void *found = NULL;
    struct load_context c = {.j = j, .words = o->words, .known = known};
    enum status s = office_known(j, a, known);
    if (!s) s = findings_load(&c, a, &found);
    if (!s) *out = found;
    return s;
}
