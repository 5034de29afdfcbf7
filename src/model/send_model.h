/* send_model.h -- what waits for the office, what was made, what arrived. The app fills
 * `outbox` from sync. */
#ifndef MODEL_SEND_MODEL_H
#define MODEL_SEND_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define OUTBOX_MADE_MOST 50
#define FREE_SOME        100000000 /* bytes that Settings offers to free first */

struct outbox_bundle {
    int64_t at, records, bytes;
    const char *name;
    bool received, sealed;
    int64_t received_at; /* office's time of the first receipt that covers it, 0 not known */
};
/* Whose tablet this is. */
struct belongs {
    bool enrolled;     /* what it saves is sealed: only its office can read it */
    bool confirmed;    /* the office has answered */
    bool office_known; /* it belongs to an office, perhaps by an open pack alone */
    const char *office, *name, *letters; /* "" not known */
};
struct outbox {
    struct belongs belongs;
    int64_t records, bytes;           /* that wait, and about how big once packed */
    const struct outbox_bundle *made; /* newest first */
    size_t made_count;
    bool receipt;
    int64_t receipt_at, receipt_records;
    int64_t own_seq;                  /* last record of ours that the office has */
    bool less;                        /* the newest receipt covers less than one before */
    int64_t freeable, freeable_bytes; /* files that the office has; only for Settings */
    int64_t largest, largest_bytes;   /* of these the largest that make FREE_SOME, 0: all do */
    bool problem;                     /* could not be read: say so instead of showing zeros */
};

struct send_file {
    const char *path, *name, *folder;
};
struct send_model {
    struct outbox outbox;
    int checks, feedback, observations; /* among what waits */
    const char *const *sticks;
    size_t sticks_count;
    const char *const *stick_names; /* how a folder is shown */
    const struct send_file *files;  /* .lantern files found on sticks, to be read */
    size_t files_count;
    const char *device, *service;
    bool sample;
};

#endif
