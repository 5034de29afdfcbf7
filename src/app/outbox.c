/* outbox.c -- asks sync what waits, what was made and what the office has, for the send
 * screen's model. */
#include "app/app_state.h"

#include "model/send_model.h"
#include "store/query.h"

const struct outbox *outbox_read(struct app *a, struct arena *to) {
    struct outbox *o = ARENA_NEW(to, struct outbox);
    struct bundle_made *made = NULL;
    struct receipt_state receipt = {0};
    size_t n = 0;
    bool sizes = a->stack[a->depth - 1].place.screen == SCREEN_send;
    o->problem = export_waiting(a->j, &o->records, sizes ? &o->bytes : NULL) ||
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

int64_t outbox_since(struct app *a) {
    const struct outbox *o = outbox_read(a, &a->act_arena);
    struct journal_self self;
    journal_self(a->j, &self);
    if (o->problem || !o->records) return 0;
    return query_one_int(a->j, 0,
                         "SELECT min(made_at) FROM visit WHERE id > ?1 AND id < ?2 AND "
                         "made_at > ?3 AND withdrawn = 0",
                         3, ROW_ID(self.log, 0), ROW_ID(self.log + 1, 0),
                         o->made_count ? o->made[0].at : (int64_t)0);
}
