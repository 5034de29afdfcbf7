/* progress.h -- how far a check has come: answered of asked, by its own form. */
#ifndef MODEL_PROGRESS_H
#define MODEL_PROGRESS_H

#include "care/template.h"
#include "store/journal.h"

struct progress {
    int answered, asked;
    const char *section; /* id of the section of the newest answer, "" before the first */
};
/* An item is asked when it fits the setting and the hour, was chosen, and its condition holds;
 * one that was answered counts as asked. An item of a repeating section counts once. `section`
 * is borrowed from the form. */
MUST_CHECK enum status progress_read(struct journal *j, const struct template *t, row_id visit,
                                     bool night, struct progress *out);

#endif
