/* revoke.c -- what a revoked device wrote beyond its last accepted record. */
#include "store/inside.h"

enum status revocations_load(struct journal *j) {
    for (int32_t no = 1; no <= (int32_t)logs_count(j); no++)
        log_at(j, no)->accepted_seq = INT64_MAX;
    return STATUS_OK;
}
