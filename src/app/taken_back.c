/* taken_back.c -- a photo or a voice note that was taken back before anybody carried it out of
 * the building goes for good: a face that slipped in must not leave with the next bundle.
 *
 * Its record stays, withdrawn, with the hash of bytes that nobody has. What was sent already is
 * the office's to erase. As long as the undo stands on the screen the bytes are still there. */
#include "app/app_state.h"

#include "app/evidence.h"
#include "base/log.h"
#include "store/query.h"
#include "store/union.h"

#define UNDO_MS 10000

/* Bytes that only withdrawn rows of ours name which were never sent: hash and thumb by turns.
 */
static enum status find(struct app *a, int64_t before, struct buf *names) {
    struct journal_self self;
    struct query q;
    journal_self(a->j, &self);
    query_open(
        &q, a->j,
        "WITH gone(h) AS (SELECT hash FROM attachment WHERE withdrawn = 1 AND at < ?1 "
        "AND id > ?2 AND id <= ?3 UNION SELECT thumb FROM attachment WHERE withdrawn = 1 "
        "AND at < ?1 AND id > ?2 AND id <= ?3) SELECT h FROM gone JOIN blob b ON b.hash = "
        "h WHERE NOT EXISTS (SELECT 1 FROM attachment o WHERE (o.hash = h OR o.thumb = h) "
        "AND NOT (o.withdrawn = 1 AND o.id > ?2 AND o.id <= ?3)) ORDER BY h",
        3, before, ROW_ID(self.log, union_exported_seq(a->j)), ROW_ID(self.log, self.head_seq));
    while (query_next(&q)) {
        size_t n;
        const void *p = query_bytes(&q, 0, &n);
        if (n == HASH_BYTES) buf_add(names, p, n);
    }
    return query_close(&q);
}

static void drop_all(struct app *a, int64_t before) {
    struct buf names = {0};
    enum status s = journal_loading(a->j) || a->waiting ? STATUS_OK : find(a, before, &names);
    for (size_t at = 0; !s && at < names.size; at += HASH_BYTES) {
        hash256 name;
        memcpy(name.b, names.data + at, HASH_BYTES);
        s = evidence_drop_bytes(a, &name);
    }
    if (s) log_line("bytes taken back stay: %s", status_key(s));
    if (names.size) a->model_stale = true;
    buf_release(&names);
}

void taken_back_step(struct app *a) {
    drop_all(a, clock_wall(&a->clock) - UNDO_MS);
}

/* A bundle is about to be made: nothing of it goes along, however short a time ago it was taken
 * back and whatever the clock said then. So it cannot be undone any more either. Just after
 * unlocking older checks come first, since one of them may name the same bytes. */
void taken_back_now(struct app *a) {
    memset(a->undo, 0, sizeof a->undo);
    if (journal_load_all(a->j)) log_line("older checks not read");
    drop_all(a, INT64_MAX);
}
