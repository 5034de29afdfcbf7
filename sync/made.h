/* made.h -- the list of bundles made here, for the send screen. */
#ifndef SYNC_MADE_H
#define SYNC_MADE_H

#include "sync/bundle.h"

struct made {
    int64_t at, records, bytes;
    hash256 log; /* our log then, and how far the bundle took it; 0: not at all */
    int64_t last_seq;
    enum bundle_purpose purpose;
    bool sealed;
    char name[128];
};
MUST_CHECK enum status made_keep(struct journal *j, const struct made *m, const hash256 *id);

#endif
