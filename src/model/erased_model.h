/* erased_model.h -- words that were erased: what is left to say of them. */
#ifndef MODEL_ERASED_MODEL_H
#define MODEL_ERASED_MODEL_H

#include <stdint.h>

#define ERASED_MOST 200

struct erased_words {
    int64_t row;
    const char *kind; /* "answer", "feedback", …; "" made by a newer Lantern */
    int64_t at;       /* when it was written; 0: not told, it may have been in confidence */
    int32_t day;      /* of the erasing, day_no */
    const char *why;
};
struct erased_list {
    const struct erased_words *all;
    int count;
};

#endif
