/* office_keys.c -- the office's keys: the recovery key on paper, and new keys for old ones.
 *
 * Changing keys takes two steps that cannot be one: the key file first, then the kept signature
 * of the former key. "office/rotating" names the former key from before the first step until
 * after the second, so that a change which was interrupted is finished the next time. */
#include "sync/office_keys.h"

#include "base/clock.h"
#include "base/code.h"
#include "base/keys.h"
#include "base/log.h"
#include "sync/enrol.h"
#include "sync/plan.h"

#define DOMAIN_RECOVERY     "lantern recovery key 1"
#define RECOVERY_CHECK      3 /* bytes after the 32: a slip of the pen is noticed */
#define RECOVERY_ALL        (32 + RECOVERY_CHECK)
#define RECOVERY_CHARACTERS (RECOVERY_ALL * 8 / 5)
#define KEPT_ROTATING       "office/rotating"
#define SUCCESSION_BYTES    (32 + 32 + 8 + 64)

_Static_assert(RECOVERY_CHARACTERS + RECOVERY_CHARACTERS / 4 <= RECOVERY_TEXT_BYTES, "room");

/* ---- the recovery key ---- */

static void recovery_check(const uint8_t secret[32], uint8_t check[RECOVERY_CHECK]) {
    hash256 all = hash_named(DOMAIN_RECOVERY, secret, 32);
    memcpy(check, all.b, RECOVERY_CHECK);
}

enum status office_recovery_make(struct journal *j, char text[RECOVERY_TEXT_BYTES]) {
    uint8_t public_key[32], all[RECOVERY_ALL];
    key_pair(public_key, all);
    recovery_check(all, all + 32);
    enum status s = union_keep(j, KEPT_OFFICE_RECOVERY, public_key, sizeof public_key);
    if (!s) code_write(text, all, sizeof all);
    key_wipe(all, sizeof all);
    return s;
}

enum status office_recovery_read(const char *text, uint8_t secret[32]) {
    char plain[RECOVERY_CHARACTERS + 1];
    uint8_t all[RECOVERY_ALL], check[RECOVERY_CHECK];
    bool whole = code_plain(text, plain, RECOVERY_CHARACTERS);
    if (whole) {
        code_bytes(plain, all, sizeof all);
        recovery_check(all, check);
        whole = memcmp(check, all + 32, sizeof check) == 0;
    }
    if (whole) memcpy(secret, all, 32);
    key_wipe(plain, sizeof plain);
    key_wipe(all, sizeof all);
    return whole
               ? STATUS_OK
               : status_fail(STATUS_INVALID, "This is not a recovery key: a character of it is "
                                             "wrong or missing.");
}

/* ---- successions ---- */

static const char prefix[] = "office/succession/";

static bool succession_get(const struct buf *value, struct succession *out) {
    if (value->size != SUCCESSION_BYTES) return false;
    struct cursor c = cursor_of(value->data, value->size);
    memcpy(out->before, cursor_take(&c, 32), 32);
    memcpy(out->after, cursor_take(&c, 32), 32);
    out->at = (int64_t)cursor_u64(&c);
    memcpy(out->signature, cursor_take(&c, 64), 64);
    return true;
}

enum status office_successions(struct journal *j, struct arena *a, struct succession **out,
                               uint32_t *n) {
    char **keys;
    struct buf *values;
    size_t kept;
    enum status s = union_kept(j, prefix, a, &keys, &values, &kept);
    if (s) return s;
    size_t first = kept > SUCCESSIONS_MAX ? kept - SUCCESSIONS_MAX : 0;
    struct succession *all = ARENA_ARRAY(a, struct succession, kept - first + 1);
    uint32_t count = 0;
    for (size_t i = first; i < kept; i++)
        count += succession_get(&values[i], &all[count]);
    *out = all;
    *n = count;
    return STATUS_OK;
}

enum status office_succession_keep(struct journal *j, const struct succession *s) {
    struct arena a = {0};
    struct buf b = {0};
    char **keys;
    struct buf *values;
    size_t n;
    buf_add(&b, s->before, 32);
    buf_add(&b, s->after, 32);
    buf_u64(&b, (uint64_t)s->at);
    buf_add(&b, s->signature, 64);
    enum status st = union_kept(j, prefix, &a, &keys, &values, &n);
    bool known = false;
    for (size_t i = 0; !st && i < n; i++)
        known |= values[i].size == b.size && memcmp(values[i].data, b.data, b.size) == 0;
    if (!st && !known)
        st = union_keep(j, arena_printf(&a, "%s%06zu", prefix, n + 1), b.data, b.size);
    buf_release(&b);
    arena_release(&a);
    return st;
}

static bool succession_holds(const struct succession *s, const hash256 *provider) {
    struct buf message = {0};
    succession_message(&message, provider, s);
    bool holds = signature_holds(s->signature, &message, s->before);
    buf_release(&message);
    return holds;
}

/* Each round looks for one more step that the keys reached so far have signed. */
bool succession_reaches(const struct credentials *c, const hash256 *provider,
                        const uint8_t from[32], const uint8_t to[32]) {
    bool used[SUCCESSIONS_MAX] = {false}, more = true;
    uint8_t reached[SUCCESSIONS_MAX + 1][32];
    size_t n = 1;
    memcpy(reached[0], from, 32);
    if (memcmp(from, to, 32) == 0) return true;
    BELIEVE(c->successions_count <= SUCCESSIONS_MAX);
    while (more) {
        more = false;
        for (uint32_t i = 0; i < c->successions_count; i++) {
            const struct succession *s = &c->successions[i];
            bool follows = false;
            for (size_t k = 0; k < n && !used[i]; k++)
                follows |= memcmp(reached[k], s->before, 32) == 0;
            if (!follows) continue;
            used[i] = true;
            if (!succession_holds(s, provider)) continue;
            if (memcmp(s->after, to, 32) == 0) return true;
            memcpy(reached[n++], s->after, 32);
            more = true;
        }
    }
    return false;
}

/* ---- new keys ---- */

enum status office_rotate_finish(struct journal *j) {
    struct arena a = {0};
    struct buf former, message = {0};
    struct journal_self self;
    hash256 provider;
    struct succession next = {.at = clock_wall(journal_clock(j))};
    journal_self(j, &self);
    enum status s = kept_value(j, KEPT_ROTATING, &a, &former);
    if (!s) s = provider_id(j, &provider);
    if (s || former.size != 32) goto done;
    if (memcmp(former.data, self.key, 32) != 0) {
        memcpy(next.before, former.data, 32);
        memcpy(next.after, self.key, 32);
        succession_message(&message, &provider, &next);
        if (!journal_sign_as(j, next.before, message.data, message.size, next.signature))
            s = status_fail(STATUS_NOT_FOUND, "The office's former key is not here any more.");
        if (!s) s = office_succession_keep(j, &next);
        if (!s) s = union_trust_office(j, next.before);
        if (!s) s = union_trust_office(j, next.after);
    }
    if (!s) s = union_keep(j, KEPT_ROTATING, NULL, 0);
done:
    buf_release(&message);
    arena_release(&a);
    return s;
}

enum status office_rotate(struct journal *j) {
    struct journal_self self;
    uint8_t former[32];
    hash256 provider;
    enum status s = office_rotate_finish(j);
    if (!s) s = provider_id(j, &provider);
    if (s) return s;
    if (hash_is_zero(&provider))
        return status_fail(STATUS_INVALID, "This office has no provider yet, so its keys have "
                                           "nobody to be changed for.");
    journal_self(j, &self);
    s = union_keep(j, KEPT_ROTATING, self.key, sizeof self.key);
    if (!s) s = journal_new_key(j, former);
    if (s) return s;
    BELIEVE(memcmp(former, self.key, sizeof former) == 0);
    return office_rotate_finish(j);
}
