/* enrol.c -- the office's side of enrolment: who was enrolled, under which letters, with which
 * token, and which device has proved it.
 *
 * An enrolment is a record of the office's log; its token is kept apart and never exported but
 * in the first pack. "enrol/claims/ID" says which key has proved a token, "enrolled/KEYHEX"
 * which token a key has proved last. */
#include "sync/enrol.h"

#include "base/clock.h"
#include "base/code.h"
#include "base/keys.h"
#include "base/log.h"
#include "base/text.h"
#include "store/query.h"
#include "sync/door.h"
#include "sync/plan.h"

#define LETTERS_MAX      3
#define SERVICES_MAX     4000
#define LETTERS_ALPHABET "ABCDEFGHJKLMNPQRSTUVWXYZ"

/* ---- codes ---- */

void enrol_code_make(char out[15]) {
    code_make(out);
}

bool enrol_code_read(const char *typed, char out[13]) {
    return code_plain(typed, out, CODE_CHARACTERS);
}

/* ---- the list ---- */

struct claim { /* kept under "enrol/claims/ID" */
    uint8_t key[32];
    int64_t at;
};

static enum status claim_of(struct journal *j, struct arena *a, const uint8_t id[8], bool *any,
                            struct claim *out) {
    struct buf value;
    enum status s =
        kept_value(j, arena_printf(a, "enrol/claims/%s", hex_of(a, id, 8)), a, &value);
    *any = !s && value.size == 40;
    if (s || !*any) return s;
    struct cursor c = cursor_of(value.data, value.size);
    memcpy(out->key, cursor_take(&c, 32), 32);
    out->at = (int64_t)cursor_u64(&c);
    return STATUS_OK;
}

enum status enrol_token(struct journal *j, const uint8_t id[TOKEN_ID_BYTES],
                        uint8_t token[TOKEN_BYTES], bool *any) {
    struct arena a = {0};
    struct buf kept;
    *any = false;
    enum status s = kept_value(
        j, arena_printf(&a, "enrol/tokens/%s", hex_of(&a, id, TOKEN_ID_BYTES)), &a, &kept);
    if (!s && kept.size == KEY_WRAPPED_BYTES) *any = journal_unwrap(j, kept.data, token);
    arena_release(&a);
    return s;
}

enum status enrol_claimed_by(struct journal *j, const uint8_t id[TOKEN_ID_BYTES], bool *any,
                             uint8_t key[32]) {
    struct arena a = {0};
    struct claim c;
    enum status s = claim_of(j, &a, id, any, &c);
    if (!s && *any) memcpy(key, c.key, 32);
    arena_release(&a);
    return s;
}

enum status enrol_claim(struct journal *j, const uint8_t key[32],
                        const uint8_t id[TOKEN_ID_BYTES]) {
    struct arena a = {0};
    struct buf claim = {0}, token = {0};
    int64_t at = clock_wall(journal_clock(j));
    buf_add(&claim, key, 32);
    buf_u64(&claim, (uint64_t)at);
    buf_add(&token, id, TOKEN_ID_BYTES);
    buf_u64(&token, (uint64_t)at);
    enum status s =
        union_keep(j, arena_printf(&a, "enrol/claims/%s", hex_of(&a, id, TOKEN_ID_BYTES)),
                   claim.data, claim.size);
    if (!s)
        s = union_keep(j, arena_printf(&a, "enrolled/%s", hex_of(&a, key, 32)), token.data,
                       token.size);
    buf_release(&claim);
    buf_release(&token);
    arena_release(&a);
    return s;
}

static enum status fill_claim(struct journal *j, struct arena *a, struct enrolment *e) {
    struct claim c;
    enum status s = claim_of(j, a, e->token_id, &e->claimed, &c);
    if (s || !e->claimed) return s;
    memcpy(e->key, c.key, 32);
    e->claimed_at = c.at;
    return door_revoked(j, e->key, &e->revoked);
}

enum status enrol_list(struct journal *j, struct arena *a, struct enrolment **out, size_t *n) {
    struct query q;
    struct buf all = {0};
    for (query_open(&q, j,
                    "SELECT id, name, letters, services, day, token FROM enrolment "
                    "WHERE withdrawn = 0 ORDER BY hlc DESC, lantern_order(id) DESC",
                    0);
         query_next(&q);) {
        struct enrolment e = {.row = query_int(&q, 0), .day = (int32_t)query_int(&q, 4)};
        text_copy(e.name, sizeof e.name, query_text(&q, 1, a));
        text_copy(e.letters, sizeof e.letters, query_text(&q, 2, a));
        e.services = query_text(&q, 3, a);
        size_t size;
        const void *id = query_bytes(&q, 5, &size);
        if (size == TOKEN_ID_BYTES) memcpy(e.token_id, id, size);
        buf_add(&all, &e, sizeof e);
    }
    enum status s = query_close(&q);
    size_t count = all.size / sizeof(struct enrolment);
    struct enrolment *list = ARENA_ARRAY(a, struct enrolment, count + 1);
    if (count) memcpy(list, all.data, count * sizeof *list);
    buf_release(&all);
    for (size_t i = 0; i < count && !s; i++)
        s = fill_claim(j, a, &list[i]);
    if (s) return s;
    *out = list;
    *n = count;
    return STATUS_OK;
}

enum status enrol_find(struct journal *j, struct arena *a, const char *name,
                       struct enrolment *out) {
    struct enrolment *all;
    size_t n;
    enum status s = enrol_list(j, a, &all, &n);
    if (s) return s;
    for (size_t i = 0; i < n; i++) {
        if (all[i].revoked || strcmp(all[i].name, name) != 0) continue;
        *out = all[i];
        return STATUS_OK;
    }
    return status_fail(STATUS_NOT_FOUND, "There is no enrolled tablet called %s.", name);
}

enum status enrol_by_key(struct journal *j, struct arena *a, const uint8_t key[32],
                         struct enrolment *out) {
    struct enrolment *all;
    size_t n;
    enum status s = enrol_list(j, a, &all, &n);
    if (s) return s;
    for (size_t i = 0; i < n; i++) {
        if (!all[i].claimed || memcmp(all[i].key, key, 32) != 0) continue;
        *out = all[i];
        return STATUS_OK;
    }
    return status_fail(STATUS_NOT_FOUND, "No tablet with that key is enrolled here.");
}

/* ---- a new one ---- */

/* Whether any enrolment ever had them, withdrawn ones too: letters are never given twice. */
static bool letters_given(struct journal *j, const char *letters, enum status *s) {
    struct query q;
    bool found = false;
    query_open(&q, j, "SELECT 1 FROM enrolment WHERE letters = ?1", 0);
    query_bind_text(&q, 1, letters);
    while (query_next(&q))
        found = true;
    *s = query_close(&q);
    return found;
}

/* A … Z, AA … ZZ, AAA …: the n-th, without I and O. */
static void letters_nth(int n, char out[LETTERS_MAX + 1]) {
    int base = (int)sizeof LETTERS_ALPHABET - 1, length = 1, span = base;
    while (n >= span) {
        n -= span;
        span *= base;
        length++;
    }
    BELIEVE(length <= LETTERS_MAX);
    out[length] = '\0';
    for (int i = length; i-- > 0; n /= base)
        out[i] = LETTERS_ALPHABET[n % base];
}

static enum status next_letters(struct journal *j, char out[LETTERS_MAX + 1]) {
    enum status s = STATUS_OK;
    for (int n = 0; n < 24 + 24 * 24 + 24 * 24 * 24; n++) {
        letters_nth(n, out);
        if (!letters_given(j, out, &s)) return s;
    }
    return status_fail(STATUS_TOO_LARGE, "All letters for tablets have been given away.");
}

static enum status take_letters(struct journal *j, const char *wanted,
                                char out[LETTERS_MAX + 1]) {
    enum status s = STATUS_OK;
    if (!wanted || !*wanted) return next_letters(j, out);
    size_t n = strlen(wanted);
    if (n > LETTERS_MAX || strspn(wanted, LETTERS_ALPHABET) != n)
        return status_fail(STATUS_INVALID,
                           "Letters are one to three capital letters, without I and O.");
    if (letters_given(j, wanted, &s))
        return status_fail(STATUS_EXISTS, "Another tablet has had the letters %s.", wanted);
    text_copy(out, LETTERS_MAX + 1, wanted);
    return s;
}

/* Sealed to ourselves: whoever copies the database without its keys cannot enrol with it. */
static enum status keep_token(struct journal *j, const uint8_t id[TOKEN_ID_BYTES],
                              const uint8_t token[TOKEN_BYTES]) {
    struct arena a = {0};
    struct journal_self self;
    uint8_t box[KEY_BYTES], wrapped[KEY_WRAPPED_BYTES];
    journal_self(j, &self);
    if (!key_of_signer(self.key, box))
        return status_fail(STATUS_DAMAGED, "The office's key does not make sense.");
    key_wrap(box, token, wrapped);
    enum status s =
        union_keep(j, arena_printf(&a, "enrol/tokens/%s", hex_of(&a, id, TOKEN_ID_BYTES)),
                   wrapped, sizeof wrapped);
    arena_release(&a);
    return s;
}

static enum status put_enrolment(struct journal *j, const char *name, const char *services,
                                 struct enrol_made *made) {
    uint8_t id[TOKEN_ID_BYTES];
    token_id(made->token, id);
    struct row r = row_new(&kind_enrolment);
    row_text(&r, "name", name);
    row_text(&r, "letters", made->letters);
    row_bytes(&r, "token", id, sizeof id);
    row_text(&r, "services", services);
    row_int(&r, "day", london_day(clock_wall(journal_clock(j))));
    enum status s = journal_begin(j);
    if (s) return s;
    s = journal_put(j, &r);
    if (!s) s = keep_token(j, id, made->token);
    if (!s) s = journal_commit(j);
    if (s)
        journal_rollback(j);
    else
        made->row = r.id;
    return s;
}

enum status enrol_new(struct journal *j, const char *name, const char *letters,
                      const char *services, struct enrol_made *out) {
    struct arena a = {0};
    struct enrol_made made = {0};
    hash256 provider;
    const char *plain = text_trim(&a, name ? name : "");
    if (services && strlen(services) > SERVICES_MAX) services = NULL;
    enum status s = STATUS_OK;
    if (text_blank(plain) || strlen(plain) > WIRE_NAME_MAX)
        s = status_fail(STATUS_INVALID, "A tablet needs a name of at most 79 characters.");
    if (!s) s = provider_id(j, &provider);
    if (!s && hash_is_zero(&provider))
        s = status_fail(STATUS_INVALID, "This office has no provider yet, so no tablet can be "
                                        "enrolled.");
    if (!s) s = take_letters(j, letters, made.letters);
    if (!s) {
        random_bytes(made.token, sizeof made.token);
        enrol_code_make(made.code);
        s = put_enrolment(j, plain, services, &made);
    }
    arena_release(&a);
    if (!s) *out = made;
    key_wipe(&made, sizeof made);
    return s;
}

/* ---- clocks ---- */

#define CLOCK_FIXED_BYTES 32

enum status enrol_clock_keep(struct journal *j, const struct wrong_clock *c) {
    struct arena a = {0};
    struct buf b = {0};
    buf_u64(&b, (uint64_t)c->off_ms);
    buf_u64(&b, (uint64_t)c->seen_at);
    buf_u64(&b, (uint64_t)c->made_at);
    buf_u64(&b, (uint64_t)c->right_at);
    buf_text(&b, c->name);
    enum status s =
        union_keep(j, arena_printf(&a, "clock/%s", hex_of(&a, c->key, 32)), b.data, b.size);
    buf_release(&b);
    arena_release(&a);
    return s;
}

static bool clock_get(const char *key_hex, const struct buf *value, struct wrong_clock *out) {
    struct wrong_clock w = {0};
    if (value->size < CLOCK_FIXED_BYTES || !hex_read(key_hex, w.key, 32)) return false;
    struct cursor c = cursor_of(value->data, value->size);
    w.off_ms = (int64_t)cursor_u64(&c);
    w.seen_at = (int64_t)cursor_u64(&c);
    w.made_at = (int64_t)cursor_u64(&c);
    w.right_at = (int64_t)cursor_u64(&c);
    size_t n = (size_t)(c.end - c.p);
    if (n >= sizeof w.name) n = sizeof w.name - 1;
    memcpy(w.name, c.p, n);
    *out = w;
    return true;
}

enum status enrol_clocks(struct journal *j, struct arena *a, struct wrong_clock **out,
                         size_t *n) {
    static const char prefix[] = "clock/";
    char **keys;
    struct buf *values;
    size_t kept, count = 0;
    enum status s = union_kept(j, prefix, a, &keys, &values, &kept);
    if (s) return s;
    struct wrong_clock *all = ARENA_ARRAY(a, struct wrong_clock, kept + 1);
    for (size_t i = 0; i < kept; i++)
        count += clock_get(keys[i] + sizeof prefix - 1, &values[i], &all[count]);
    *out = all;
    *n = count;
    return STATUS_OK;
}
