/* union_section.h -- a section on its way in; shared by union_write.c and union_place.c only.
 */
#ifndef STORE_UNION_SECTION_H
#define STORE_UNION_SECTION_H

#include "store/inside.h"

struct union_section {
    struct arena arena;
    struct journal *j;
    int32_t log; /* stretch that records go into now */
    hash256 log_id;
    int64_t first_seq, next_seq;
    hash256 previous; /* hash before next_seq */
    int64_t hlc;      /* of that record, 0 unknown */
    uint8_t key[32];  /* salt key in force; zeros: not known */
    bool key_gone;    /* erased here: records keep the salt that it still gives */
    int32_t gone_log; /* key_gone was asked for this stretch and epoch */
    row_id gone_epoch;
    row_id epoch;     /* the salt record it came from, 0 outside this database */
    int64_t next_run; /* where the next run of this stretch begins, 0 none */
    bool joined;      /* the record before is here */
    struct union_outcome out;
};

MUST_CHECK enum status known_at(struct journal *j, row_id id, bool *there, bool *copy,
                                hash256 *hash);
MUST_CHECK enum status section_find_run(struct union_section *u);
/* Puts the record where it belongs, or compares it with what is there. Its hash is filled in.
 */
MUST_CHECK enum status section_place(struct union_section *u, struct record_wire *w);
/* After a record: the run that begins at the next seq either follows it or contradicts it. */
MUST_CHECK enum status section_meet_run(struct union_section *u, const struct record_wire *w);
MUST_CHECK enum status section_insert(struct union_section *u, const struct record_wire *w,
                                      bool copy);
MUST_CHECK enum status section_replace_copy(struct union_section *u,
                                            const struct record_wire *w, bool copy);

#endif
