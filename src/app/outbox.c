/* outbox.c -- asks sync whose tablet this is, what waits, what was made and what the office
 * has, for the models of Send, Home and Settings. */
#include "app/app_state.h"

#include "base/log.h"
#include "store/query.h"

#define RECEIVED                                                                \
    "received/" /* + the bundle's name: when it was first known to have arrived \
                 */
#define LESS "office_has_less"

static const char *received_key(struct arena *to, const char *name) {
    return arena_printf(to, RECEIVED "%s", name);
}

static void list_made(struct app *a, struct arena *to, struct outbox *o,
                      const struct bundle_made *made, size_t n, bool dates) {
    if (n > OUTBOX_MADE_MOST) n = OUTBOX_MADE_MOST;
    struct outbox_bundle *list = ARENA_ARRAY(to, struct outbox_bundle, n + 1);
    for (size_t i = 0; i < n; i++)
        list[i] = (struct outbox_bundle){
            .at = made[i].at,
            .records = made[i].records,
            .bytes = made[i].bytes,
            .name = made[i].name,
            .received = made[i].received,
            .sealed = made[i].sealed,
            .received_at = dates && made[i].received
                               ? local_int(a->j, received_key(to, made[i].name), 0)
                               : 0};
    o->made = list;
    o->made_count = n;
}

static enum status list_freeable(struct app *a, struct arena *to, struct outbox *o) {
    struct freeable *all = NULL;
    size_t n = 0;
    enum status s = blobs_freeable(a->j, to, &all, &n);
    for (size_t i = 0; !s && i < n; i++) {
        o->freeable_bytes += all[i].size;
        if (o->freeable_bytes < FREE_SOME || o->largest) continue;
        o->largest = (int64_t)i + 1;
        o->largest_bytes = o->freeable_bytes;
    }
    o->freeable = (int64_t)n;
    if (o->largest == o->freeable) o->largest = 0;
    return s;
}

const struct outbox *outbox_read(struct app *a, struct arena *to) {
    struct outbox *o = ARENA_NEW(to, struct outbox);
    struct bundle_made *made = NULL;
    struct receipt_state receipt = {0};
    size_t n = 0;
    int32_t screen = a->stack[a->depth - 1].place.screen;
    bool sizes = screen == SCREEN_send;
    o->problem = export_waiting(a->j, &o->records, sizes ? &o->bytes : NULL) ||
                 bundles_made(a->j, to, &made, &n) || receipt_newest(a->j, &receipt);
    if (belongs_read(a->j, to, &o->belongs)) log_line("enrolment not read");
    list_made(a, to, o, made, n, sizes);
    o->receipt = receipt.any;
    o->receipt_at = receipt.at;
    o->receipt_records = receipt.records;
    o->own_seq = receipt.own_seq;
    o->less = local_int(a->j, LESS, 0) != 0;
    if (screen == SCREEN_settings && list_freeable(a, to, o))
        log_line("what may be freed not read");
    return o;
}

/* A bundle keeps the date on which it was first known to have arrived: later receipts would
 * only say that it had by then. What a restored office has lost is waited for again. */
static enum status note_received(struct app *a, int64_t at) {
    struct arena *t = &a->act_arena;
    struct bundle_made *made = NULL;
    size_t n = 0;
    enum status s = bundles_made(a->j, t, &made, &n);
    for (size_t i = 0; !s && i < n && i < OUTBOX_MADE_MOST; i++) {
        const char *key = received_key(t, made[i].name);
        bool known = local_int(a->j, key, 0) != 0;
        if (made[i].received == known) continue;
        s = local_put(a->j, key,
                      made[i].received ? arena_printf(t, "%lld", (long long)at) : NULL);
    }
    return s;
}

void outbox_note_receipt(struct app *a, bool less) {
    struct receipt_state receipt = {0};
    enum status s = receipt_newest(a->j, &receipt);
    if (!s && !receipt.any) return;
    if (!s) s = journal_begin(a->j);
    if (s) {
        log_line("receipt not noted: %s", status_key(s));
        return;
    }
    s = local_put(a->j, LESS, less ? "1" : NULL);
    if (!s) s = note_received(a, receipt.at);
    if (!s) s = journal_commit(a->j);
    if (!s) return;
    journal_rollback(a->j);
    log_line("receipt not noted: %s", status_key(s));
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
