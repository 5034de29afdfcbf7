/* support.h -- what can be done for a tablet without its screen: save everything as a bundle, check every record. No
 * words are read.
 *
 * A tablet that is locked is opened by one of its people, here too: with the same PIN, the same count of wrong tries and
 * the same waiting as on the lock page. */
#ifndef APP_SUPPORT_H
#define APP_SUPPORT_H

#include <stdint.h>

#include "base/status.h"

struct support_who {
    const char *person;   /* as the lock page shows them; NULL: the only one */
    const char *pin_file; /* holds the PIN or passphrase; NULL: asked at the terminal, unseen */
};
/* The key of a database that is sealed at rest: 32 bytes, to be given back by key_room_free; NULL when it lies open.
 * STATUS_USAGE: no such person, or several and nobody named, with their labels in the detail; STATUS_LOCKED: nobody is
 * heard yet, or there is no terminal to ask at; STATUS_WRONG_CODE: counted. */
MUST_CHECK enum status support_unlock(const char *db, const struct support_who *who, uint8_t **key);

struct support_result {
    int64_t records, bytes, logs;
};
MUST_CHECK enum status support_export(const char *data_dir, const char *out, const struct support_who *who,
                                      struct support_result *r);
MUST_CHECK enum status support_verify(const char *data_dir, const struct support_who *who, struct support_result *r);

#endif
