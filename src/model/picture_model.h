/* picture_model.h -- one photo, what it belongs to, and its neighbours.
 *
 * Journey: an attachment and its row → picture_load → screen/picture.c. */
#ifndef MODEL_PICTURE_MODEL_H
#define MODEL_PICTURE_MODEL_H

#include "model/evidence_model.h"

enum picture_about { ABOUT_NOTHING, ABOUT_QUESTION, ABOUT_SEEN, ABOUT_SAID, ABOUT_ACTION };
struct picture_model {
    int64_t row;
    bool there; /* else it was taken back or erased */
    struct evidence photo;
    const struct evidence *before,
        *after; /* of one place, the photo is one of them; NULL: no pair */
    enum picture_about about;
    const char *about_words; /* the question, what was seen, the action; "" none */
    const char *reference;   /* of the action, "" none */
    bool must;
    const char *who, *where; /* role, room or place; "" not known */
    bool fixed;              /* the check is sealed: nothing of it changes */
    int at, count; /* among the photos of the same check, or of the same action; at: from 1 */
    int64_t previous, next; /* rows, 0 none */
};

#endif
