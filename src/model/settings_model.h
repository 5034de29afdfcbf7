/* settings_model.h -- this tablet: who holds it, how it looks, what it holds. */
#ifndef MODEL_SETTINGS_MODEL_H
#define MODEL_SETTINGS_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
    const char *version, *data_dir,
        *device_key; /* first eight hex digits: to compare by telephone */
    const char *const *sticks;
    size_t sticks_count;
};

#endif
