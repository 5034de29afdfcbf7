/* reading.h -- what was said in confidence, opened with a reader's key.
 *
 * Journey: a tablet seals it to the reader's public key (care/confidence.h), a bundle brings
 * it, the master keeps it shut. Whoever reads it leaves a record of having read it, which is on
 * the disk before the first word is shown. */
#ifndef OFFICE_READING_H
#define OFFICE_READING_H

#include "base/keys.h"
#include "care/confidence.h"
#include "office/office.h"

struct confided {
    row_id row;
    day_no day;
    bool opens; /* else damaged, or made by a newer Lantern */
    struct confidence said;
};
struct reading {
    bool known;           /* a reader of this office */
    char *label;          /* of the reader, or the key's id */
    struct confided *all; /* sealed to this key, by day */
    size_t count, opened;
    int64_t others; /* sealed to somebody else: how many, and nothing more */
};
/* Opens what this key opens; `only` one row, 0 all. STATUS_NOT_FOUND: the key is no reader's of
 * this office. In o's arena; nothing is written. */
MUST_CHECK enum status reading_open(struct office *o, struct journal *j,
                                    const uint8_t secret[KEY_BYTES], row_id only,
                                    struct reading *out);
/* One access record for each row that opened, all or none. */
MUST_CHECK enum status reading_record(struct journal *j, const struct reading *r);
void reading_say(struct office *o, const struct reading *r);

#endif
