/* enrol_tablet.c -- the tablet's side of enrolment: whose it is, who may read its bundles, and
 * what they say about keys. */
#include "base/keys.h"
#include "base/log.h"
#include "base/text.h"
#include "store/query.h"
#include "sync/enrol.h"
#include "sync/office_keys.h"
#include "sync/plan.h"

/* A kept value of exactly n bytes; *any false when there is none. */
static enum status kept_bytes(struct journal *j, const char *key, void *to, size_t n,
                              bool *any) {
    struct arena a = {0};
    struct buf value;
    enum status s = kept_value(j, key, &a, &value);
    *any = !s && value.size == n;
    if (*any) memcpy(to, value.data, n);
    arena_release(&a);
    return s;
}

static enum status kept_text(struct journal *j, const char *key, char *to, size_t room) {
    struct arena a = {0};
    struct buf value;
    enum status s = kept_value(j, key, &a, &value);
    if (!s && value.size)
        text_copy(to, room, arena_strndup(&a, (char *)value.data, value.size));
    arena_release(&a);
    return s;
}

/* ---- what the office calls us ---- */

/* The enrolment that our token belongs to, once the office's record of it has come. */
static enum status own_enrolment(struct journal *j, const uint8_t token[TOKEN_BYTES],
                                 char *name, size_t name_room, char *letters,
                                 size_t letters_room) {
    struct arena a = {0};
    struct query q;
    uint8_t id[TOKEN_ID_BYTES];
    token_id(token, id);
    for (query_open(&q, j,
                    "SELECT token, name, letters FROM enrolment "
                    "WHERE withdrawn = 0 ORDER BY hlc, lantern_order(id)",
                    0);
         query_next(&q);) {
        size_t n;
        const void *p = query_bytes(&q, 0, &n);
        if (n != sizeof id || memcmp(p, id, sizeof id) != 0) continue;
        text_copy(name, name_room, query_text(&q, 1, &a));
        text_copy(letters, letters_room, query_text(&q, 2, &a));
    }
    enum status s = query_close(&q);
    arena_release(&a);
    return s;
}

enum status enrol_learn_name(struct journal *j) {
    uint8_t token[TOKEN_BYTES];
    char name[80] = "", letters[9] = "", before[9] = "", before_name[80] = "";
    bool any;
    enum status s = kept_bytes(j, KEPT_TOKEN, token, sizeof token, &any);
    if (s || !any) return s;
    s = own_enrolment(j, token, name, sizeof name, letters, sizeof letters);
    key_wipe(token, sizeof token);
    if (!s) s = kept_text(j, "enrol/name", before_name, sizeof before_name);
    if (!s) s = kept_text(j, "enrol/letters", before, sizeof before);
    if (!s && name[0] && strcmp(name, before_name) != 0)
        s = union_keep(j, "enrol/name", name, strlen(name));
    if (!s && letters[0] && strcmp(letters, before) != 0)
        s = union_keep(j, "enrol/letters", letters, strlen(letters));
    return s ? s : journal_set_letters(j, letters, name);
}

static enum status provider_name(struct journal *j, char *out, size_t room) {
    struct arena a = {0};
    struct query q;
    for (query_open(&q, j,
                    "SELECT name FROM provider WHERE withdrawn = 0 AND "
                    "coalesce(sample, 0) = 0 ORDER BY coalesce(made_at, at) DESC, "
                    "lantern_order(id)",
                    0);
         query_next(&q);)
        text_copy(out, room, query_text(&q, 0, &a));
    enum status s = query_close(&q);
    arena_release(&a);
    return s;
}

/* ---- state ---- */

/* A token counts with the key that it was given to: a copy of this database under another key
 * would prove the same token a second time, and the office would rightly refuse it. */
static enum status token_of(struct journal *j, uint8_t token[TOKEN_BYTES], bool *any,
                            bool *ours) {
    struct journal_self self;
    uint8_t key[32];
    bool keyed;
    journal_self(j, &self);
    enum status s = kept_bytes(j, KEPT_TOKEN, token, TOKEN_BYTES, any);
    if (!s) s = kept_bytes(j, KEPT_TOKEN_KEY, key, sizeof key, &keyed);
    if (!s) *ours = *any && keyed && memcmp(key, self.key, sizeof key) == 0;
    return s;
}

enum status enrol_state(struct journal *j, struct enrol_state *out) {
    struct enrol_state e = {0};
    uint8_t token[TOKEN_BYTES], key[32], yes;
    bool any = false, ours = false;
    enum status s = kept_bytes(j, KEPT_OFFICE_KEY, key, sizeof key, &e.office_known);
    if (!s) s = token_of(j, token, &any, &ours);
    if (s) return s;
    e.enrolled = e.office_known && ours;
    if (e.enrolled) s = kept_bytes(j, KEPT_CONFIRMED, &yes, 1, &e.confirmed);
    if (!s && e.office_known) s = provider_name(j, e.provider, sizeof e.provider);
    if (!s && any) s = kept_text(j, "enrol/name", e.name, sizeof e.name);
    if (!s && any) s = kept_text(j, "enrol/letters", e.letters, sizeof e.letters);
    key_wipe(token, sizeof token);
    if (!s) *out = e;
    return s;
}

/* ---- for the next bundle ---- */

/* An office known by an open pack alone proves nothing about who it is, so nothing is sealed to
 * it: only the first pack under a code does. */
enum status enrol_readers(struct journal *j, uint8_t out[2][32], size_t *n) {
    uint8_t token[TOKEN_BYTES], office[32], recovery[32];
    bool any = false, ours, known = false, recoverable = false;
    *n = 0;
    enum status s = token_of(j, token, &any, &ours);
    key_wipe(token, sizeof token);
    if (s || !any) return s;
    s = kept_bytes(j, KEPT_OFFICE_KEY, office, sizeof office, &known);
    if (!s) s = kept_bytes(j, KEPT_OFFICE_RECOVERY, recovery, sizeof recovery, &recoverable);
    if (s || !known) return s;
    if (!key_of_signer(office, out[0]))
        return status_fail(STATUS_DAMAGED, "The office's key does not make sense.");
    *n = 1;
    if (recoverable && memcmp(recovery, out[0], 32) != 0) memcpy(out[(*n)++], recovery, 32);
    return STATUS_OK;
}

static int by_key(const void *x, const void *y) {
    return memcmp(((const struct proof *)x)->key, ((const struct proof *)y)->key, 32);
}

/* Our own proof, and those of others whose logs we may carry on. */
static enum status proofs(struct journal *j, struct arena *a, struct credentials *c) {
    static const char prefix[] = "proof/";
    uint8_t token[TOKEN_BYTES];
    struct journal_self self;
    char **keys;
    struct buf *values;
    size_t n;
    bool any = false, ours = false;
    hash256 provider;
    journal_self(j, &self);
    enum status s = union_kept(j, prefix, a, &keys, &values, &n);
    if (!s) s = token_of(j, token, &any, &ours);
    if (!s) s = provider_id(j, &provider);
    if (s) return s;
    c->proofs = ARENA_ARRAY(a, struct proof, n + 1);
    for (size_t i = 0; i < n && c->proofs_count + 1 < PROOFS_MAX; i++) {
        struct proof p;
        if (values[i].size != 72) continue;
        memcpy(p.key, values[i].data, 32);
        memcpy(p.token_id, values[i].data + 32, TOKEN_ID_BYTES);
        memcpy(p.mac.b, values[i].data + 40, HASH_BYTES);
        if (!ours || memcmp(p.key, self.key, 32) != 0) c->proofs[c->proofs_count++] = p;
    }
    if (ours && !hash_is_zero(&provider)) {
        struct proof *own = &c->proofs[c->proofs_count++];
        memcpy(own->key, self.key, 32);
        token_id(token, own->token_id);
        own->mac = proof_mac(token, &provider, self.key);
    }
    key_wipe(token, sizeof token);
    qsort(c->proofs, c->proofs_count, sizeof *c->proofs, by_key);
    return STATUS_OK;
}

enum status enrol_proof_keep(struct journal *j, const struct proof *p) {
    struct arena a = {0};
    struct buf b = {0};
    buf_add(&b, p->key, 32);
    buf_add(&b, p->token_id, TOKEN_ID_BYTES);
    buf_add(&b, p->mac.b, HASH_BYTES);
    enum status s =
        union_keep(j, arena_printf(&a, "proof/%s", hex_of(&a, p->key, 32)), b.data, b.size);
    buf_release(&b);
    arena_release(&a);
    return s;
}

enum status enrol_credentials(struct journal *j, struct arena *a, enum bundle_purpose purpose,
                              struct credentials *out) {
    struct credentials c = {0};
    uint8_t at[8];
    bool any;
    enum status s;
    if (purpose == BUNDLE_PACK) {
        s = office_rotate_finish(j);
        if (!s) s = kept_bytes(j, KEPT_OFFICE_RECOVERY, c.recovery, sizeof c.recovery, &any);
        if (!s) s = office_successions(j, a, &c.successions, &c.successions_count);
    } else {
        s = kept_bytes(j, KEPT_OFFICE_AT, at, sizeof at, &any);
        struct cursor from = cursor_of(at, sizeof at);
        if (!s && any) c.office_at = (int64_t)cursor_u64(&from);
        if (!s) s = proofs(j, a, &c);
    }
    if (!s) *out = c;
    return s;
}
