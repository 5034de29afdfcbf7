/* own_model.h -- what the page of a form of one's own reads: the forms its cards come from, the
 * form itself when it is there already, and those that are not offered any more. */
#ifndef MODEL_OWN_MODEL_H
#define MODEL_OWN_MODEL_H

#include "model/find_model.h"

struct own_retired {
    const char *code, *title;
};
struct own_model {
    struct find_model find;
    const char *code;            /* "" a new one */
    const struct template *form; /* as it is now, whole; NULL a new one */
    int edition;
    const struct own_retired *retired;
    int retired_count;
};

#endif
