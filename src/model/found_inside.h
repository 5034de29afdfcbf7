/* found_inside.h -- what found's files share. */
#ifndef MODEL_FOUND_INSIDE_H
#define MODEL_FOUND_INSIDE_H

#include "model/found.h"
#include "store/query.h"

#define FOUND_LINES_MOST 600
#define FOUND_LIST_MOST  200

struct finding {
    const struct load_context *c;
    struct arena *a;
    struct found *f;
};

/* Of the check's photos and voice notes those of one row. */
struct evidence_list found_evidence(struct finding *d, row_id row);

/* found_lines.c: answers and observations */
void found_items(struct finding *d);
MUST_CHECK enum status found_observations(struct finding *d);
void found_sort(struct finding *d);
MUST_CHECK enum status found_actions(struct finding *d);

#endif
