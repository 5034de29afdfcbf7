/* reflect_model.h -- a look at one's own work, for oneself alone: never a record, never sent.
 */
#ifndef MODEL_REFLECT_MODEL_H
#define MODEL_REFLECT_MODEL_H

#include "base/clock.h"
#include "care/template.h"

#define REFLECT_ITEMS_MOST 60

struct reflect_item {
    const struct item *item;
    int score; /* 1 to 4, 0 none; only where the form asks for one */
    bool scored;
    const char *text;
};
struct reflect_model {
    const struct template *form; /* NULL: not here */
    int64_t holder;              /* 0: nobody has said who holds the tablet */
    const char *holder_label;
    bool pins, pin; /* this tablet has PINs; the holder has one */
    bool may;       /* the holder can be told from everybody else */
    struct reflect_item *items;
    int items_count, said;
    day_no begun; /* 0: nothing said yet */
};

#endif
