/* find_model.h -- what the search page and the page of a form of one's own read: all forms with
 * their questions, and the index over them. */
#ifndef MODEL_FIND_MODEL_H
#define MODEL_FIND_MODEL_H

#include "base/clock.h"
#include "care/search.h"
#include "care/template.h"

struct find_form {
    const struct template *form; /* whole */
    bool own, done;              /* made on a tablet; done here at least once */
    day_no last;
};
struct find_model {
    int64_t service;
    const char *service_name;
    const char *own_code; /* form of one's own that is being changed, "" a new one */
    const struct find_form *forms;
    int forms_count;
    const struct search_index *index;
};
const struct find_form *find_form_coded(const struct find_model *m, const char *code);
/* The form of the built-in and the provider's that has this card; those made on tablets only
 * when no other has. */
const struct find_form *find_form_of(const struct find_model *m, const char *item);

#endif
