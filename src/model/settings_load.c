/* settings_load.c -- reads what the settings screen shows about this tablet. */
#include "model/settings_load.h"

#include "base/file.h"
#include "base/hash.h"
#include "model/holders.h"
#include "model/settings_model.h"
#include "store/query.h"

#include <string.h>

#define PEOPLE_MOST 100

static enum status load_people(const struct load_context *c, struct arena *a,
                               struct settings_model *m) {
    struct settings_person *people = ARENA_ARRAY(a, struct settings_person, PEOPLE_MOST);
    struct query q;
    for (query_open(
             &q, c->j,
             "SELECT id, label, role FROM person WHERE withdrawn = 0 AND \"left\" IS NOT 1 "
             "AND side IN ('provider', 'manager') AND (service IS NULL OR service = ?1) "
             "ORDER BY label, lantern_order(id)",
             1, c->service);
         query_next(&q) && m->people_count < PEOPLE_MOST;)
        people[m->people_count++] = (struct settings_person){.row = query_int(&q, 0),
                                                             .label = query_text(&q, 1, a),
                                                             .role = query_text(&q, 2, a)};
    m->people = people;
    return query_close(&q);
}

/* Bytes that lie here; what went for want of space is named still, and takes none. */
static enum status count_files(const struct load_context *c, struct settings_model *m) {
    struct query q;
    for (query_open(&q, c->j,
                    "SELECT hash, min(sort = 'voice') FROM attachment WHERE hash IS NOT NULL "
                    "GROUP BY hash",
                    0);
         query_next(&q);) {
        size_t n;
        const void *p = query_bytes(&q, 0, &n);
        hash256 h;
        uint32_t size;
        if (n != sizeof h) continue;
        memcpy(&h, p, sizeof h);
        if (blob_size(c->j, &h, &size)) continue;
        bool voice = query_int(&q, 1) != 0;
        *(voice ? &m->voices : &m->photos) += 1;
        *(voice ? &m->voices_bytes : &m->photos_bytes) += size;
    }
    return query_close(&q);
}

enum status settings_load(const struct load_context *c, struct arena *a, const void **out) {
    struct settings_model *m = ARENA_NEW(a, struct settings_model);
    struct journal_self self;
    enum status s = load_people(c, a, m);
    if (!s) s = count_files(c, m);
    if (!s) s = holders_lock_minutes(c, &m->lock_minutes);
    if (s) return s;
    m->belongs = (struct belongs){.office = "", .name = "", .letters = ""};
    if (c->outbox) {
        m->belongs = c->outbox->belongs;
        m->freeable = c->outbox->freeable;
        m->freeable_bytes = c->outbox->freeable_bytes;
        m->largest = c->outbox->largest;
        m->largest_bytes = c->outbox->largest_bytes;
    }
    m->cover_minutes = (int)local_int(c->j, "auto_cover_minutes", COVER_MINUTES);
    journal_self(c->j, &self);
    char *dir = c->sample ? path_join(a, c->data_dir, "sample") : arena_strdup(a, c->data_dir);
    int64_t main = file_size(path_join(a, dir, "lantern.db")),
            wal = file_size(path_join(a, dir, "lantern.db-wal"));
    m->database_bytes = (main > 0 ? main : 0) + (wal > 0 ? wal : 0);
    int64_t left = file_free_bytes(dir), spare = journal_spare_bytes(c->j);
    m->free_bytes = left < 0 ? -1 : left + spare;
    m->database_bytes -= spare < m->database_bytes ? spare : m->database_bytes;
    m->records = self.head_seq;
    m->device_key = hex_of(a, self.key, 4);
    m->holder = journal_holder(c->j);
    m->text_percent = c->text_percent;
    m->theme = c->theme;
    m->left_hand = c->left_hand;
    m->sample = c->sample;
    m->version = c->version;
    m->data_dir = dir;
    m->sticks = c->sticks;
    m->sticks_count = c->sticks_count;
    *out = m;
    return STATUS_OK;
}
