/* plan.h -- what goes into a bundle: sections, and which provider it speaks for.
 *
 * Journey: journal and newest receipt → plan → export.c. DESIGN.md "What goes along". */
#ifndef SYNC_PLAN_H
#define SYNC_PLAN_H

#include "sync/receipt.h"

struct planned {
    int32_t log_no;
    struct section section;
};
/* Sections in the table's order, heads and checkpoints filled in; ours are signed here. Arrays
 * live in `a`. `receipt` NULL: everything. */
MUST_CHECK enum status plan_sections(struct journal *j, struct arena *a,
                                     enum bundle_purpose purpose, const struct receipt *receipt,
                                     const hash256 *provider, int64_t now, struct planned **out,
                                     size_t *n);

/* The present versions of those of the rows that other devices wrote; ours go along as sections
 * anyway. */
MUST_CHECK enum status plan_copies(struct journal *j, struct arena *a, const row_id *rows,
                                   size_t n, row_id **out, size_t *out_count);
/* This device's name; "" before its first record. */
MUST_CHECK enum status plan_carrier_name(struct journal *j, struct arena *a,
                                         char out[WIRE_NAME_MAX + 1]);

/* Zeros while none is known. An office knows its own provider row; a tablet knows what its
 * office's packs say. */
MUST_CHECK enum status provider_id(struct journal *j, hash256 *out);
#define KEPT_OFFICE_KEY         "office/key"
#define KEPT_OFFICE_PROVIDER    "office/provider"
#define KEPT_OFFICE_RECOVERY    "office/recovery"
#define KEPT_OFFICE_RECOVERY_AT "office/recovery-at" /* when that pack was made, i64 */
#define KEPT_OFFICE_AT          "office/at"
#define KEPT_TOKEN              "enrol/token"
#define KEPT_TOKEN_KEY          "enrol/key"
#define KEPT_CONFIRMED          "enrol/confirmed"
/* One kept value by its whole key; size 0 when there is none. Bytes live in `a`. */
MUST_CHECK enum status kept_value(struct journal *j, const char *key, struct arena *a,
                                  struct buf *out);

/* Checkpoints of logs, kept as data so that their sections can be carried on. */
MUST_CHECK enum status checkpoint_keep(struct journal *j, const struct section *s,
                                       struct arena *a);

#endif
