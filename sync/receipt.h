/* receipt.h -- what the office has, said and signed by the office.
 *
 * Journey: pack → receipt → tablet; export.c sends what it does not cover. FORMAT.md section 9.
 */
#ifndef SYNC_RECEIPT_H
#define SYNC_RECEIPT_H

#include "sync/wire.h"

struct receipt_log {
    hash256 log;
    uint8_t branch[8];
    int64_t seq;
    hash256 hash;
};
struct receipt_gap {
    hash256 log;
    uint8_t branch[8];
    int64_t first, last;
};
struct receipt {
    int64_t number, at;
    hash256 provider;
    uint8_t key[32];
    struct receipt_log *logs;
    struct receipt_gap *gaps;
    hash256 *lacking;
    uint32_t logs_count, gaps_count, lacking_count;
};

/* By log id, then branch. */
int receipt_log_order(const hash256 *a, const uint8_t *a_branch, const hash256 *b,
                      const uint8_t *b_branch);
/* What a receipt's signature covers: all its bytes before it. */
void receipt_message(struct buf *out, const uint8_t *p, size_t n);
/* Reads and checks, signature included. Arrays live in `a`. */
MUST_CHECK enum status receipt_get(const uint8_t *p, size_t n, struct arena *a,
                                   struct receipt *out);
/* The bytes of a receipt about this journal, signed; raises this office's number. */
MUST_CHECK enum status receipt_make(struct journal *j, const hash256 *provider, int64_t now,
                                    struct arena *a, struct buf *out);
/* The newest kept here; *any false when there is none. */
MUST_CHECK enum status receipt_load(struct journal *j, struct arena *a, bool *any,
                                    struct receipt *out);
/* Keeps it when its number is higher than the kept one's; *kept says so. */
MUST_CHECK enum status receipt_keep(struct journal *j, const uint8_t *p, size_t n,
                                    struct arena *a, bool *kept);
/* The last seq of that log which the receipt covers, 0 none. It counts only when this journal
 * has the very record that the receipt names, or, for others' logs, does not reach that far
 * itself. */
MUST_CHECK enum status receipt_covers(struct journal *j, const struct receipt *r,
                                      const struct log_info *log, int64_t *seq);

/* "lacking/HEX": a blob that a row names and nobody has brought yet. */
char *lacking_key(struct arena *a, const hash256 *name);
/* Whether it is still to be asked for: what was erased or taken back meanwhile is not. */
bool lacking_still(struct journal *j, const struct buf *kept);

/* The gaps of one log: stretches that are missing below its highest seq. Calls `each` for the
 * missing and `run` for the held stretches beyond the unbroken run; both may be NULL. */
MUST_CHECK enum status log_gaps(struct journal *j, const struct log_info *log, void *ctx,
                                void (*each)(void *ctx, int64_t first, int64_t last),
                                void (*run)(void *ctx, int64_t first, int64_t last));

#endif
