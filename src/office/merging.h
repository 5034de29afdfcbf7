/* merging.h -- bundles into the master one after the other, for merge and for an office that is made
 * from what its tablets have. */
#ifndef OFFICE_MERGING_H
#define OFFICE_MERGING_H

#include "base/keys.h"
#include "office/office.h"

struct merging {
    bool trust, recovers;
    uint8_t recovery[KEY_BYTES]; /* secret; when recovers */
    int done;                    /* bundles that were let in */
};
/* A line for each bundle, lines more for what else there is to know; the exit status. */
int merge_files(struct office *o, struct journal *j, struct merging *how, char **paths, int n);

#endif
