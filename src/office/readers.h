/* readers.h -- the readers as this office made them.
 *
 * Any tablet can write a record of kind reader, or a change of one, and it is merged like any
 * other; here only what an office's own log says counts, so that nobody but the office puts a
 * key or a label in a reader's place. */
#ifndef OFFICE_READERS_H
#define OFFICE_READERS_H

#include "base/keys.h"
#include "office/office.h"

struct reader_known {
    row_id row;
    char *code, *label;
    const char *service; /* code, "" all */
    bool provider, ended;
    uint8_t key[KEY_BYTES];
};
struct readers {
    struct reader_known *all; /* by code */
    size_t count;
};
/* In o's arena. */
MUST_CHECK enum status readers_read(struct office *o, struct journal *j, struct readers *out);
const struct reader_known *reader_of_code(const struct readers *r, const char *code);
const struct reader_known *reader_of_key(const struct readers *r, const void *key, size_t n);

/* ---- what `csv` and `show` say in place of a box that is sealed: to whom, and never its
 * bytes, which would be worth keeping for whoever gets the key one day ---- */
bool sealed_box(const struct column *c);
/* "sealed to Speak-up guardian", by the public key that stands beside it (none: the office's).
 */
const char *sealed_box_says(struct office *o, struct arena *a, const struct readers *r,
                            const void *key, size_t n);

#endif
