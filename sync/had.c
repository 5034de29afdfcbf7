/* had.c -- "had/HASH" for each blob that the office has.
 *
 * What a covered record names and the receipt does not list as lacking has arrived. When a
 * receipt covers less than the one before, the office has been restored: everything is
 * forgotten, and what this receipt covers is noted anew. */
#include "sync/had.h"

static const char prefix[] = "had/";

static enum status each_had(struct journal *j, struct arena *a, hash256 **out, size_t *n) {
    char **keys;
    struct buf *values;
    size_t count;
    enum status s = union_kept(j, prefix, a, &keys, &values, &count);
    if (s) return s;
    hash256 *all = ARENA_ARRAY(a, hash256, count + 1);
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        if (hex_read(keys[i] + sizeof prefix - 1, all[found].b, HASH_BYTES)) found++;
    *out = all;
    *n = found;
    return STATUS_OK;
}

enum status had_load(struct journal *j, struct hash_set *out) {
    struct arena a = {0};
    hash256 *all;
    size_t n = 0;
    enum status s = each_had(j, &a, &all, &n);
    for (size_t i = 0; !s && i < n; i++)
        hash_set_add(out, &all[i]);
    arena_release(&a);
    return s;
}

static enum status had_set(struct journal *j, const hash256 *name, bool had) {
    struct arena a = {0};
    char *key = arena_printf(&a, "%s%s", prefix, hex_of(&a, name->b, HASH_BYTES));
    enum status s = union_keep(j, key, had ? "" : NULL, had);
    arena_release(&a);
    return s;
}

enum status had_note(struct journal *j, const hash256 *name) {
    return had_set(j, name, true);
}

static enum status forget_all(struct journal *j) {
    struct arena a = {0};
    hash256 *all;
    size_t n = 0;
    enum status s = each_had(j, &a, &all, &n);
    for (size_t i = 0; !s && i < n; i++)
        s = had_set(j, &all[i], false);
    arena_release(&a);
    return s;
}

/* The blobs that our newly covered records name. */
static enum status covered_names(struct journal *j, int64_t first, int64_t last,
                                 struct hash_set *names) {
    struct journal_self self;
    struct union_reader *u = NULL;
    struct record_wire r;
    journal_self(j, &self);
    enum status s = union_read_open(&u, j, self.log, first, last);
    if (s) return s;
    while (union_read_next(u, &r))
        blobs_of_record(names, &r);
    return union_read_close(u);
}

enum status had_receipt(struct journal *j, const struct receipt *r, int64_t before) {
    struct receipt_state now;
    struct hash_set names = {0};
    struct arena a = {0};
    size_t n = 0;
    enum status s = receipt_newest(j, &now);
    if (!s && now.own_seq < before) {
        s = forget_all(j);
        before = 0;
    }
    if (!s && now.own_seq > before) s = covered_names(j, before + 1, now.own_seq, &names);
    hash256 *all = hash_set_sorted(&names, &a, &n);
    for (size_t i = 0; !s && i < n; i++)
        s = had_set(j, &all[i], true);
    for (uint32_t i = 0; !s && i < r->lacking_count; i++)
        s = had_set(j, &r->lacking[i], false);
    hash_set_release(&names);
    arena_release(&a);
    return s;
}
