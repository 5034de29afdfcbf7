/* outbox.c -- asks sync what waits, what was made and what the office has, for the send
 * screen's model. */
#include "app/app_state.h"

#include "model/send_model.h"

const struct outbox *outbox_read(struct app *a, struct arena *to) {
    struct outbox *o = ARENA_NEW(to, struct outbox);
    struct bundle_made *made = NULL;
    struct receipt_state receipt = {0};
    size_t n = 0;
    o->problem = export_waiting(a->j, &o->records, &o->bytes) ||
                 bundles_made(a->j, to, &made, &n) || receipt_newest(a->j, &receipt);
    if (n > OUTBOX_MADE_MOST) n = OUTBOX_MADE_MOST;
    struct outbox_bundle *list = ARENA_ARRAY(to, struct outbox_bundle, n + 1);
    for (size_t i = 0; i < n; i++)
        list[i] = (struct outbox_bundle){.at = made[i].at,
                                         .records = made[i].records,
                                         .bytes = made[i].bytes,
                                         .name = made[i].name,
                                         .received = made[i].received};
    o->made = list;
    o->made_count = n;
    o->receipt = receipt.any;
    o->receipt_at = receipt.at;
    o->receipt_records = receipt.records;
    o->own_seq = receipt.own_seq;
    return o;
}
