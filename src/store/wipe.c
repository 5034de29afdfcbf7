/* wipe.c -- what hangs on erased words: photos and recordings that nothing else names, drafts
 * of the row, and the copies that SQLite has of all of it.
 *
 * Journey: erase.c drops the words; before its commit these go too, and after it the
 * write-ahead log is emptied. secure_delete overwrites what is deleted in the database file,
 * but until then the log still holds the pages as they were. */
#include <string.h>

#include "store/inside.h"

/* ---- blobs ---- */

static int by_hash(const void *a, const void *b) {
    return memcmp(a, b, HASH_BYTES);
}

void wipe_note_blobs(struct journal *j, const struct record *r) {
    const struct kind *k = kind_by_number(r->kind);
    struct value values[ROW_COLUMNS_MAX];
    if (!k || body_read(j, k, ROW_LOG(r->id), r->body, r->body_size, values)) return;
    for (int i = 0; k->columns[i].name; i++)
        if (k->columns[i].type == COL_HASH && values[i].said && values[i].n == HASH_BYTES)
            buf_add(&j->blobs_next, values[i].p, HASH_BYTES);
}

static bool names_blobs(const struct kind *k) {
    for (const struct column *c = k->columns; c->name; c++)
        if (c->type == COL_HASH) return true;
    return false;
}

/* Takes out of the candidates what this body names. What a newer Lantern's record names is not
 * known, so there its bytes are looked for. */
static void spare(struct journal *j, struct buf *blobs, row_id id, uint32_t kind,
                  const uint8_t *body, size_t n) {
    const struct kind *k = kind_by_number(kind);
    struct value values[ROW_COLUMNS_MAX];
    size_t count = blobs->size / HASH_BYTES;
    for (size_t i = 0; !k && i < count; i++) {
        uint8_t *at = blobs->data + i * HASH_BYTES;
        if (!memmem(body, n, at, HASH_BYTES)) continue;
        memmove(at, at + HASH_BYTES, (--count - i) * HASH_BYTES);
        i--;
    }
    blobs->size = count * HASH_BYTES;
    if (!k || !names_blobs(k) || body_read(j, k, ROW_LOG(id), body, n, values)) return;
    for (int i = 0; k->columns[i].name; i++) {
        if (k->columns[i].type != COL_HASH || !values[i].said) continue;
        uint8_t *at =
            count ? bsearch(values[i].p, blobs->data, count, HASH_BYTES, by_hash) : NULL;
        if (!at) continue;
        memmove(at, at + HASH_BYTES, (size_t)(blobs->data + --count * HASH_BYTES - at));
        blobs->size = count * HASH_BYTES;
    }
}

static void only_once(struct buf *blobs) {
    size_t n = blobs->size / HASH_BYTES, kept = 0;
    if (n > 1) qsort(blobs->data, n, HASH_BYTES, by_hash);
    for (size_t i = 0; i < n; i++) {
        if (i && by_hash(blobs->data + i * HASH_BYTES, blobs->data + (i - 1) * HASH_BYTES) == 0)
            continue;
        memmove(blobs->data + kept++ * HASH_BYTES, blobs->data + i * HASH_BYTES, HASH_BYTES);
    }
    blobs->size = kept * HASH_BYTES;
}

/* A draft names blobs by their digits: a photo that waits for its form. */
static void note_digits(struct buf *blobs, const char *text, size_t n) {
    for (size_t at = 0; at + 2 * HASH_BYTES <= n; at++) {
        char digits[2 * HASH_BYTES + 1] = {0};
        uint8_t name[HASH_BYTES];
        memcpy(digits, text + at, 2 * HASH_BYTES);
        if (!hex_read(digits, name, sizeof name)) continue;
        buf_add(blobs, name, sizeof name);
        at += 2 * HASH_BYTES - 1;
    }
}

static enum status note_drafts(struct journal *j, const char *of, struct buf *blobs) {
    enum status s = STATUS_OK;
    sqlite3_stmt *q = st(j, ST_DRAFTS_READ);
    sqlite3_bind_text(q, 1, of, -1, SQLITE_STATIC);
    while (st_row(j, q, &s)) {
        const void *p = sqlite3_column_blob(q, 0);
        if (p) note_digits(blobs, p, (size_t)sqlite3_column_bytes(q, 0));
    }
    return s;
}

/* What another draft names stays. */
static enum status spare_drafts(struct journal *j, struct buf *blobs) {
    struct buf named = {0};
    enum status s = note_drafts(j, "/", &named); /* all of them */
    for (size_t at = 0; at < named.size; at += HASH_BYTES) {
        size_t count = blobs->size / HASH_BYTES;
        uint8_t *had =
            count ? bsearch(named.data + at, blobs->data, count, HASH_BYTES, by_hash) : NULL;
        if (!had) continue;
        memmove(had, had + HASH_BYTES, (size_t)(blobs->data + (count - 1) * HASH_BYTES - had));
        blobs->size = (count - 1) * HASH_BYTES;
    }
    buf_release(&named);
    return s;
}

/* One look at all bodies, however many went: every version of every row counts as naming,
 * parked ones too. */
enum status wipe_blobs(struct journal *j) {
    enum status s = STATUS_OK;
    sqlite3_stmt *q = NULL;
    if (j->blobs_next.size == 0) return STATUS_OK;
    struct buf blobs = j->blobs_next;
    j->blobs_next = (struct buf){0};
    only_once(&blobs);
    s = st_prepare(j, &q, st_text(j, ST_BODIES));
    while (!s && blobs.size && st_row(j, q, &s))
        spare(j, &blobs, sqlite3_column_int64(q, 0), (uint32_t)sqlite3_column_int(q, 1),
              sqlite3_column_blob(q, 2), (size_t)sqlite3_column_bytes(q, 2));
    sqlite3_finalize(q);
    if (!s && blobs.size) s = spare_drafts(j, &blobs);
    for (size_t at = 0; !s && at < blobs.size; at += HASH_BYTES) {
        hash256 name;
        memcpy(name.b, blobs.data + at, HASH_BYTES);
        s = blob_drop(j, &name);
        if (s == STATUS_OK) {
            j->erased_now.blobs++;
            j->wipe = true;
        }
        if (s == STATUS_NOT_FOUND) s = STATUS_OK; /* its bytes never came, or were freed */
    }
    buf_release(&blobs);
    return s;
}

/* ---- drafts ---- */

/* Drafts are named by what they belong to: PLACE/ROW/FIELD. */
enum status wipe_drafts(struct journal *j, row_id row) {
    char text[32];
    snprintf(text, sizeof text, "/%lld/", (long long)row);
    enum status s = note_drafts(j, text, &j->blobs_next);
    if (s) return s;
    sqlite3_stmt *q = st(j, ST_DRAFTS_OF);
    sqlite3_bind_text(q, 1, text, -1, SQLITE_STATIC);
    s = st_done(j, q);
    if (!s && sqlite3_changes(j->db)) j->wrote = j->wipe = true;
    return s;
}

/* ---- the write-ahead log ---- */

/* Noted in the database itself, so that a crash between the commit and the emptying of the log
 * is made good when it is opened again. */
enum status wipe_mark(struct journal *j) {
    sqlite3_stmt *q = st(j, ST_MARK_PUT);
    sqlite3_bind_text(q, 1, "wipe", -1, SQLITE_STATIC);
    sqlite3_bind_int(q, 2, 1);
    return st_done(j, q);
}

bool wipe_marked(struct journal *j) {
    enum status s = STATUS_OK;
    sqlite3_stmt *q = st(j, ST_MARK_GET);
    sqlite3_bind_text(q, 1, "wipe", -1, SQLITE_STATIC);
    bool marked = st_row(j, q, &s);
    sqlite3_reset(q);
    return marked;
}

/* While somebody is reading this cannot be done; the next commit or idle moment tries again. */
void wipe_now(struct journal *j) {
    BELIEVE(!j->writing);
    blob_rest(j);
    int rc = sqlite3_wal_checkpoint_v2(j->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    if (rc == SQLITE_OK) {
        sqlite3_stmt *q = st(j, ST_MARK_DROP);
        sqlite3_bind_text(q, 1, "wipe", -1, SQLITE_STATIC);
        if (st_done(j, q)) return;
        j->wipe = j->drafts_dropped = false;
        j->wal_frames = 1;
    } else {
        log_line("store: the log waits to be emptied (%d)", rc);
    }
}
