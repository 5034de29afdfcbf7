/* letters.c -- which letters stand before this device's action numbers, and the next number.
 *
 * Journey: somebody raises an action and says its reference aloud: "B12". Letters come with the
 * tablet's enrolment and stand in its own device row. They belong to an enrolment and an
 * incarnation: a tablet that begins again (restored, copied) may not know how far it had
 * counted under them, so it counts anew behind its number, "B2-01". A device that is not
 * enrolled takes three letters from its log's id. */
#include <string.h>

#include "store/inside.h"
#include "store/query.h"

#define LETTERS_MAX 8
#define PREFIX_MAX  40

/* ---- what the incarnations before this one were called ---- */

static bool key_is_ours(const struct journal *j, const uint8_t key[32]) {
    struct journal_self self;
    uint8_t former[32];
    journal_self(j, &self);
    if (memcmp(key, self.key, 32) == 0) return true;
    for (size_t i = 0; journal_former(j, i, former); i++)
        if (memcmp(key, former, 32) == 0) return true;
    return false;
}

/* The device row of a log: its second record, after the salt. A log's key cannot be claimed by
 * anybody else, as the words in a row could. */
static bool former_row(struct journal *j, int32_t no, struct arena *a, struct row *out) {
    const struct log_entry *e = log_at(j, no), *own = log_at(j, j->own);
    if (e->base || !own || hash_equal(&e->id, &own->id) || !key_is_ours(j, e->key))
        return false;
    return journal_row(j, &kind_device, ROW_ID(no, 2), a, out) == STATUS_OK;
}

/* The newest incarnation before this one that had letters. */
static bool former_letters(struct journal *j, struct arena *a, struct row *out) {
    for (int32_t no = (int32_t)logs_count(j); no >= 1; no--)
        if (former_row(j, no, a, out) && row_get_text(out, "letters")[0]) return true;
    return false;
}

/* Whether an incarnation before this one may have counted under these letters: any whose row is
 * not known here, or is not known to have had other ones. */
static bool counted_before(struct journal *j, const char *letters) {
    struct arena a = {0};
    struct row row;
    int64_t others = 0;
    for (int32_t no = 1; no <= (int32_t)logs_count(j); no++) {
        if (!former_row(j, no, &a, &row)) continue;
        const char *theirs = row_get_text(&row, "letters");
        others += theirs[0] && strcmp(theirs, letters) != 0;
    }
    arena_release(&a);
    return others < j->keys.ordinal - 1;
}

void letters_carry_on(struct journal *j, struct arena *a, struct row *device) {
    struct row before;
    if (!former_letters(j, a, &before)) return;
    row_text(device, "letters", row_get_text(&before, "letters"));
    row_text(device, "name", row_get_text(&before, "name"));
}

/* The row of this device as it stands, or as the next record will make it. */
static bool own_row(struct journal *j, struct arena *a, struct row *out) {
    if (j->head.device)
        return journal_row(j, &kind_device, j->head.device, a, out) == STATUS_OK;
    return former_letters(j, a, out);
}

/* ---- letters from the office ---- */

static bool letters_well_formed(const char *s) {
    size_t n = strlen(s);
    return n >= 1 && n <= LETTERS_MAX && strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == n;
}

static bool differs(const struct row *row, const char *column, const char *want) {
    return want && want[0] && strcmp(row_get_text(row, column), want) != 0;
}

static enum status change_row(struct journal *j, const char *letters, const char *name,
                              struct arena *a) {
    struct row row;
    enum status s = device_ensure(j);
    if (!s) s = journal_row(j, &kind_device, j->head.device, a, &row);
    if (s || (!differs(&row, "letters", letters) && !differs(&row, "name", name))) return s;
    if (letters && letters[0]) row_text(&row, "letters", letters);
    if (name && name[0]) row_text(&row, "name", name);
    return journal_put(j, &row);
}

enum status journal_set_letters(struct journal *j, const char *letters, const char *name) {
    struct arena a = {0};
    struct row row;
    bool alone = false;
    enum status s = STATUS_OK;
    if (letters && letters[0] && !letters_well_formed(letters))
        return status_fail(STATUS_INVALID, "letters are one to %d capital letters",
                           LETTERS_MAX);
    bool any = (letters && letters[0]) || (name && name[0]);
    if (own_row(j, &a, &row))
        any = differs(&row, "letters", letters) || differs(&row, "name", name);
    if (any) {
        s = alone_begin(j, &alone);
        if (!s) s = alone_end(j, alone, change_row(j, letters, name, &a));
    }
    arena_release(&a);
    return s;
}

/* ---- the next reference ---- */

/* A to Z without I and O, which look like 1 and 0. From key and incarnation, so that a restored
 * tablet does not count on where an older copy of it went on. */
static void letters_of_log(const struct journal *j, char out[PREFIX_MAX]) {
    static const char alphabet[] = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    for (int i = 0; i < 3; i++)
        out[i] = alphabet[j->own_id.b[i] % (sizeof alphabet - 1)];
    out[3] = '\0';
}

static void own_prefix(struct journal *j, char out[PREFIX_MAX]) {
    struct arena a = {0};
    struct row device;
    const char *letters = own_row(j, &a, &device) ? row_get_text(&device, "letters") : "";
    if (!letters[0])
        letters_of_log(j, out);
    else if (j->keys.ordinal > 1 && counted_before(j, letters))
        snprintf(out, PREFIX_MAX, "%.12s%lld-", letters, (long long)j->keys.ordinal);
    else
        snprintf(out, PREFIX_MAX, "%.12s", letters);
    arena_release(&a);
}

static int64_t highest_given(struct journal *j, const char *prefix) {
    struct query q;
    struct arena a = {0};
    size_t n = strlen(prefix);
    int64_t highest = 0;
    for (query_open(&q, j, "SELECT reference FROM action WHERE reference >= ?1", 0),
         query_bind_text(&q, 1, prefix);
         query_next(&q);) {
        const char *text = query_text(&q, 0, &a);
        if (strncmp(text, prefix, n) == 0 && text[n] >= '0' && text[n] <= '9') {
            char *end = NULL;
            int64_t v = strtoll(text + n, &end, 10);
            if (*end == '\0' && v > highest && v < INT32_MAX) highest = v;
        }
        arena_reset(&a);
    }
    if (query_close(&q)) highest = 0;
    arena_release(&a);
    return highest;
}

static int64_t last_reference(struct journal *j, const char *prefix, const char *key) {
    int64_t given = local_int(j, key, 0), seen = highest_given(j, prefix);
    return seen > given ? seen : given;
}

char *journal_peek_reference(struct journal *j, struct arena *a) {
    char prefix[PREFIX_MAX], key[PREFIX_MAX + 16];
    own_prefix(j, prefix);
    snprintf(key, sizeof key, "reference.%s", prefix);
    return arena_printf(a, "%s%02lld", prefix, (long long)last_reference(j, prefix, key) + 1);
}

char *journal_next_reference(struct journal *j, struct arena *a) {
    char prefix[PREFIX_MAX], key[PREFIX_MAX + 16], text[24];
    own_prefix(j, prefix);
    snprintf(key, sizeof key, "reference.%s", prefix);
    int64_t given = last_reference(j, prefix, key) + 1;
    snprintf(text, sizeof text, "%lld", (long long)given);
    enum status s = local_put(j, key, text);
    if (s) log_line("store: reference not kept: %s", status_key(s));
    return arena_printf(a, "%s%02lld", prefix, (long long)given);
}
