/* reflect_load.h -- reads what the holder wrote for nobody else. */
#ifndef MODEL_REFLECT_LOAD_H
#define MODEL_REFLECT_LOAD_H

#include "model/context.h"
#include "model/reflect_model.h"

/* Person, form, item: "3\nwhy"; under "day" the date on which it was begun. Local to this
 * tablet. */
#define PRIVATE_OF  "private/%lld/"
#define PRIVATE_KEY "private/%lld/%s/%s"
#define PRIVATE_DAY "day"

MUST_CHECK enum status reflect_load(const struct load_context *c, struct arena *a,
                                    const void **out);
/* Of that form, what that person wrote; nothing unless that person holds the tablet now. */
MUST_CHECK enum status reflect_read(const struct load_context *c, struct arena *a,
                                    const struct template *form, struct reflect_model *m);

#endif
