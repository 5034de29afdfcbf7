/* settings_model.h -- this tablet: who holds it, how it looks, what it holds. */
#ifndef MODEL_SETTINGS_MODEL_H
#define MODEL_SETTINGS_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/send_model.h"

#define COVER_MINUTES 5 /* unless somebody chose another number */

struct settings_person {
    int64_t row;
    const char *label, *role;
};
struct settings_model {
    const struct settings_person
        *people; /* who may hold the tablet: provider's and manager's side */
    size_t people_count;
    int64_t holder;
    int text_percent;
    const char *theme; /* day | night | auto */
    bool left_hand, sample;
    int64_t records, database_bytes, free_bytes;
    struct belongs belongs;
    int64_t photos, photos_bytes;     /* that lie here */
    int64_t voices, voices_bytes;
    int64_t freeable, freeable_bytes; /* of these: confirmed by the office, may go on request */
    int64_t largest, largest_bytes;   /* … the largest of them, 0: all or none */
    int cover_minutes;                /* without a touch; 0 never */
    int lock_minutes;                 /* the office's rule; 0 none */
    const char *version, *data_dir,
        *device_key; /* first eight hex digits: to compare by telephone */
    const char *const *sticks;
    size_t sticks_count;
};

#endif
