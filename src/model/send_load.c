/* send_load.c -- what waits, counted in checks and feedback (records after the last export that
 * the office has not confirmed), and the files on sticks that could be a pack or a receipt. */
#include "model/send_load.h"

#include "base/file.h"
#include "base/text.h"
#include "model/send_model.h"
#include "store/query.h"

#define FILES_MOST 40

static int waiting(const struct load_context *c, const char *sql, int64_t from) {
    struct journal_self self;
    journal_self(c->j, &self);
    return (int)query_one_int(c->j, 0, sql, 2, ROW_ID(self.log, from), ROW_ID(self.log + 1, 0));
}

/* Rows of ours made after the last record that the office has: their ids grow with seq. */
static void count_waiting(const struct load_context *c, struct send_model *m) {
    int64_t from = c->outbox ? c->outbox->own_seq : 0;
    m->checks = waiting(
        c, "SELECT count(*) FROM visit WHERE id > ?1 AND id < ?2 AND withdrawn = 0", from);
    m->feedback = waiting(
        c, "SELECT count(*) FROM feedback WHERE id > ?1 AND id < ?2 AND withdrawn = 0", from);
    m->observations = waiting(
        c, "SELECT count(*) FROM observation WHERE id > ?1 AND id < ?2 AND withdrawn = 0",
        from);
}

static void look_on_sticks(const struct load_context *c, struct arena *a,
                           struct send_model *m) {
    struct send_file *files = ARENA_ARRAY(a, struct send_file, FILES_MOST);
    const char **names = ARENA_ARRAY(a, const char *, c->sticks_count + 1);
    for (size_t i = 0; i < c->sticks_count; i++) {
        char **found;
        size_t n;
        names[i] = path_name(c->sticks[i]);
        if (dir_list(a, c->sticks[i], ".lantern", &found, &n)) continue;
        for (size_t k = 0; k < n && m->files_count < FILES_MOST; k++)
            files[m->files_count++] =
                (struct send_file){.path = path_join(a, c->sticks[i], found[k]),
                                   .name = found[k],
                                   .folder = names[i]};
    }
    m->files = files;
    m->sticks = c->sticks;
    m->sticks_count = c->sticks_count;
    m->stick_names = names;
}

enum status send_load(const struct load_context *c, struct arena *a, const void **out) {
    struct send_model *m = ARENA_NEW(a, struct send_model);
    struct query q;
    if (c->outbox) m->outbox = *c->outbox;
    m->sample = c->sample;
    m->device = m->service = "";
    count_waiting(c, m);
    look_on_sticks(c, a, m);
    query_open(&q, c->j, "SELECT name FROM service WHERE id = ?1", 1, c->service);
    if (query_next(&q)) m->service = query_text(&q, 0, a);
    enum status s = query_close(&q);
    if (s) return s;
    struct journal_self self;
    journal_self(c->j, &self);
    query_open(&q, c->j, "SELECT name FROM device WHERE id = ?1", 1, self.device);
    if (query_next(&q)) m->device = query_text(&q, 0, a);
    s = query_close(&q);
    if (!s) *out = m;
    return s;
}
