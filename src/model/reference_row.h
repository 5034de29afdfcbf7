/* reference_row.h -- one row of reference data, filled from words and put only when something
 * differs. Shared by the JSON and the CSV readers. */
#ifndef MODEL_REFERENCE_ROW_H
#define MODEL_REFERENCE_ROW_H

#include "model/reference.h"

struct reference {
    struct journal *j;
    struct arena arena;
    struct reference_summary sum;
    row_id provider;
};

/* Sets a column from text as a person writes it: numbers, yes/no, dates; targets' values in
 * their own unit. False with status_detail when the column does not exist or the text does not
 * fit it. */
MUST_CHECK bool reference_set(struct reference *ref, struct row *r, const char *column,
                              const char *text);
/* Finds the row that is there already, and puts this one when it differs. r->id is set. */
MUST_CHECK enum status reference_put(struct reference *ref, struct row *r);
MUST_CHECK enum status reference_service(struct reference *ref, const char *code, row_id *out);

#endif
