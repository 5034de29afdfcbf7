/* tablet_access.h -- what a tablet's records say about its lock: PINs, wrong tries, and the
 * code that opens it when a PIN was forgotten. */
#ifndef OFFICE_TABLET_ACCESS_H
#define OFFICE_TABLET_ACCESS_H

#include "office/office.h"
#include "sync/enrol.h"

struct tablet_access {
    int people;    /* with a PIN or passphrase now */
    int64_t tries; /* wrong ones, of the last time there were any; 0 none ever */
    int64_t tries_since,
        tries_at;         /* when the first of them was; when somebody was let in again */
    row_id code_row;      /* the newest code; 0: none has come */
    int64_t code_at;      /* when the tablet made it */
    int64_t code_told_at; /* when it was last told here; 0 not yet */
    const uint8_t *box;   /* sealed to the office */
    size_t box_size;
};
/* Of every log under the tablet's key. In o's arena. */
MUST_CHECK enum status tablet_access_read(struct office *o, struct journal *j,
                                          const struct enrolment *e, struct tablet_access *out);

#endif
