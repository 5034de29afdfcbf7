/* door.c -- the door of a master, and what both doors share.
 *
 * Let in is a bundle of our provider, sealed to us, carried by an office's key or by an
 * enrolled device, whose sections are by such devices too and signed by them. A device is
 * enrolled when it has once proved a token of ours that no other key has proved. `trust` (a
 * person who knows where the bundle comes from) lets in open ones, unknown devices and revoked
 * carriers; nobody can let in a token that was used twice, since one of the two is not who it
 * says. */
#include "sync/door.h"

#include "base/clock.h"
#include "base/keys.h"
#include "base/log.h"
#include "base/text.h"
#include "store/query.h"
#include "sync/plan.h"

#define DAY_MS (24 * 60 * 60 * 1000LL)

/* ---- both doors ---- */

static enum status door_provider(const struct door *d) {
    hash256 ours;
    const hash256 *theirs = &d->reader->manifest.provider;
    enum status s = provider_id(d->j, &ours);
    if (s || hash_is_zero(&ours) || hash_is_zero(theirs) || hash_equal(&ours, theirs)) return s;
    return status_fail(STATUS_NOT_OURS, "This bundle belongs to another provider.");
}

static const char *carrier_name(const struct door *d) {
    const char *name = d->reader->manifest.carrier_name;
    return text_blank(name) ? "without a name" : name;
}

/* ---- revoked? ---- */

enum status door_revoked(struct journal *j, const uint8_t key[32], bool *revoked) {
    struct arena a = {0};
    struct log_info *logs;
    size_t n;
    bool found = false;
    enum status s = union_logs(j, &a, &logs, &n);
    for (size_t i = 0; !s && i < n; i++)
        found |= logs[i].revoked && memcmp(logs[i].key, key, 32) == 0;
    /* A device may be revoked before anything of it has come. */
    struct query q;
    if (!s && !found) {
        for (query_open(&q, j, "SELECT key, id FROM revoke WHERE withdrawn = 0", 0);
             query_next(&q);) {
            size_t size;
            const void *p = query_bytes(&q, 0, &size);
            if (size != 32 || memcmp(p, key, 32) != 0) continue;
            for (size_t i = 0; i < n; i++)
                found |= logs[i].no == ROW_LOG(query_int(&q, 1)) && logs[i].office;
        }
        s = query_close(&q);
    }
    arena_release(&a);
    if (!s) *revoked = found;
    return s;
}

/* ---- a master: proofs ---- */

enum verdict { PROOF_NONE, PROOF_NEW, PROOF_KNOWN, PROOF_TAKEN };

static enum status enrolment_stands(struct journal *j, struct arena *a, const uint8_t id[8],
                                    bool *stands) {
    struct query q;
    *stands = false;
    query_open(&q, j, "SELECT 1 FROM enrolment WHERE withdrawn = 0 AND hex(token) = upper(?1)",
               0);
    query_bind_text(&q, 1, hex_of(a, id, TOKEN_ID_BYTES));
    while (query_next(&q))
        *stands = true;
    return query_close(&q);
}

static bool claimed_here(const struct door *d, const struct proof *p) {
    for (size_t i = 0; i < d->claims_count; i++)
        if (memcmp(d->claims[i]->token_id, p->token_id, TOKEN_ID_BYTES) == 0) return true;
    return false;
}

static enum status judge(struct door *d, const struct proof *p, enum verdict *out) {
    hash256 provider;
    bool stands = false, any = false;
    uint8_t by[32], token[TOKEN_BYTES];
    *out = PROOF_NONE;
    enum status s = provider_id(d->j, &provider);
    if (!s) s = enrolment_stands(d->j, &d->arena, p->token_id, &stands);
    if (!s && stands) s = enrol_token(d->j, p->token_id, token, &any);
    if (s || !any) return s;
    hash256 mac = proof_mac(token, &provider, p->key);
    key_wipe(token, sizeof token);
    if (!hash_equal(&mac, &p->mac)) return STATUS_OK;
    s = enrol_claimed_by(d->j, p->token_id, &any, by);
    if (s) return s;
    if (any)
        *out = memcmp(by, p->key, 32) == 0 ? PROOF_KNOWN : PROOF_TAKEN;
    else
        *out = claimed_here(d, p) ? PROOF_TAKEN : PROOF_NEW;
    return STATUS_OK;
}

static int key_of_proof(const void *key, const void *proof) {
    return memcmp(key, ((const struct proof *)proof)->key, 32);
}

static const struct proof *proof_of(const struct door *d, const uint8_t key[32]) {
    const struct credentials *c = &d->reader->credentials;
    if (!c->proofs_count) return NULL;
    return bsearch(key, c->proofs, c->proofs_count, sizeof *c->proofs, key_of_proof);
}

static enum status is_enrolled(struct door *d, const uint8_t key[32], bool *out) {
    struct buf value;
    enum status s =
        kept_value(d->j, arena_printf(&d->arena, "enrolled/%s", hex_of(&d->arena, key, 32)),
                   &d->arena, &value);
    if (!s) *out = value.size == TOKEN_ID_BYTES + 8;
    return s;
}

/* One key that wrote something in the bundle, or carries it. */
static enum status admit(struct door *d, const uint8_t key[32], bool carrier) {
    const struct proof *p = proof_of(d, key);
    enum verdict verdict = PROOF_NONE;
    bool known = false;
    if (union_is_office(d->j, key)) return STATUS_OK;
    enum status s = is_enrolled(d, key, &known);
    if (!s && p) s = judge(d, p, &verdict);
    if (s) return s;
    if (verdict == PROOF_TAKEN && carrier)
        return status_fail(
            STATUS_NOT_TRUSTED,
            "The enrolment of the tablet \"%s\" was used by another tablet "
            "already. Enrol this one again, and revoke the other if nobody knows "
            "it.",
            carrier_name(d));
    if (verdict == PROOF_TAKEN)
        return status_fail(
            STATUS_NOT_TRUSTED,
            "This bundle carries on what a tablet wrote whose enrolment was used "
            "by another tablet already.");
    if (verdict == PROOF_NEW) {
        d->claims[d->claims_count++] = p;
        d->enrolled |= carrier;
        return STATUS_OK;
    }
    if (known || verdict == PROOF_KNOWN || d->trust) return STATUS_OK;
    return carrier
               ? status_fail(
                     STATUS_NOT_TRUSTED,
                     "The tablet \"%s\" is not enrolled here. Enrol it first, or let this "
                     "bundle in only if you know where it comes from.",
                     carrier_name(d))
               : status_fail(STATUS_NOT_TRUSTED,
                             "This bundle carries on what a tablet wrote that is not enrolled "
                             "here. Let it in only if you know where it comes from.");
}

/* One device may have several logs here; its key is looked at once. Its proof would count as
 * used by somebody else the second time. */
static bool decided(const struct door *d, uint32_t section) {
    const struct section *all = d->reader->sections;
    for (uint32_t i = 0; i < section; i++)
        if (memcmp(all[i].key, all[section].key, 32) == 0) return true;
    return false;
}

/* Keys are changed when they may be in somebody else's hands. What they signed before that is
 * here already. */
static bool key_changed(const struct door *d, const uint8_t key[32]) {
    uint8_t former[32];
    for (size_t i = 0; journal_former(d->j, i, former); i++)
        if (memcmp(former, key, 32) == 0) return true;
    return false;
}

/* Zeros: its writer knew no provider yet. */
static bool for_others(const struct section *x, const hash256 *ours) {
    const struct checkpoint *c = &x->checkpoint;
    return c->is_signed && !hash_is_zero(&c->provider) && !hash_is_zero(ours) &&
           !hash_equal(&c->provider, ours);
}

/* In the office's name somebody erases and revokes. So what is said in it is signed, whoever
 * vouches for the carrier; and under a key that this office has changed nothing is new. */
static enum status said_as_office(const struct door *d, const struct section *x) {
    struct log_info log;
    hash256 held = {{0}};
    uint8_t unused[32];
    if (!union_is_office(d->j, x->key)) return STATUS_OK;
    if (!x->checkpoint.is_signed)
        return status_fail(STATUS_NOT_TRUSTED,
                           "A part of this bundle speaks for the office and "
                           "is not signed by it.");
    if (d->trust || !key_changed(d, x->key)) return STATUS_OK;
    enum status s = union_log_by_id(d->j, &x->log, &log);
    if (!s && x->last_seq <= log.last_seq)
        s = union_read_base(d->j, log.no, x->last_seq + 1, &held, unused);
    if (s && s != STATUS_NOT_FOUND) return s;
    return hash_equal(&held, &x->head)
               ? STATUS_OK
               : status_fail(STATUS_NOT_TRUSTED,
                             "A part of this bundle was made with keys that this office has "
                             "changed since. Let it in only if you know where it comes from.");
}

static enum status admit_all(struct door *d) {
    const struct manifest *f = &d->reader->manifest;
    d->claims = ARENA_ARRAY(&d->arena, const struct proof *, f->sections + 1);
    hash256 ours;
    enum status s = provider_id(d->j, &ours);
    if (!s) s = admit(d, f->carrier, true);
    for (uint32_t i = 0; i < f->sections && !s; i++) {
        const struct section *x = &d->reader->sections[i];
        if (for_others(x, &ours))
            return status_fail(STATUS_NOT_OURS,
                               "A part of this bundle was signed for another provider.");
        if (memcmp(x->key, f->carrier, 32) == 0) continue;
        s = said_as_office(d, x);
        if (s) return s;
        if (!x->checkpoint.is_signed && !d->trust)
            return status_fail(
                STATUS_NOT_TRUSTED,
                "A part of this bundle is not signed by the tablet that wrote it. "
                "Let it in only if you know where it comes from.");
        if (!decided(d, i)) s = admit(d, x->key, false);
    }
    return s;
}

/* ---- a master: the decision ---- */

static enum status door_carrier(const struct door *d) {
    bool revoked = false;
    if (d->trust) return STATUS_OK;
    if (key_changed(d, d->reader->manifest.carrier))
        return status_fail(STATUS_NOT_TRUSTED,
                           "This bundle was made with keys that this office has changed since. "
                           "Let it in only if you know where it comes from.");
    enum status s = door_revoked(d->j, d->reader->manifest.carrier, &revoked);
    if (s || !revoked) return s;
    return status_fail(STATUS_REVOKED,
                       "The tablet \"%s\" is not trusted any more. Its bundle was not let in.",
                       carrier_name(d));
}

/* The carrier's clock against ours, or against what the office told it earlier. */
static int64_t clock_off(const struct door *d) {
    int64_t made = d->reader->manifest.made_at, now = clock_wall(journal_clock(d->j));
    int64_t told = d->reader->credentials.office_at;
    if (made > now && made - now > DAY_MS) return made - now;
    if (told > 0 && made < told - DAY_MS) return made - told;
    return 0;
}

static enum status door_master(struct door *d) {
    enum status s = door_provider(d);
    if (s) return s;
    if (!d->reader->header.sealed && !d->trust)
        return status_fail(STATUS_NOT_TRUSTED,
                           "This bundle is open: it does not prove who sent it. "
                           "Let it in only if you know where it comes from.");
    s = door_carrier(d);
    if (!s) s = admit_all(d);
    if (!s) d->clock_ms = clock_off(d);
    return s;
}

enum status door_decide(struct door *d) {
    if (!d->tablet) return door_master(d);
    enum status s = door_tablet(d);
    return s ? s : door_provider(d);
}

/* ---- a master: what is kept ---- */

static enum status note_clock(struct door *d) {
    const struct manifest *f = &d->reader->manifest;
    struct wrong_clock *all;
    size_t n;
    int64_t now = clock_wall(journal_clock(d->j));
    if (d->clock_ms) {
        struct wrong_clock w = {.off_ms = d->clock_ms, .seen_at = now, .made_at = f->made_at};
        memcpy(w.key, f->carrier, sizeof w.key);
        text_copy(w.name, sizeof w.name, f->carrier_name);
        text_one_line(w.name);
        return enrol_clock_keep(d->j, &w);
    }
    enum status s = enrol_clocks(d->j, &d->arena, &all, &n);
    for (size_t i = 0; i < n && !s; i++) {
        if (memcmp(all[i].key, f->carrier, 32) != 0 || all[i].right_at) continue;
        all[i].right_at = now;
        s = enrol_clock_keep(d->j, &all[i]);
    }
    return s;
}

/* Proofs go on with the sections that they let in. */
static enum status note_proofs(struct door *d) {
    const struct bundle_reader *r = d->reader;
    enum status s = STATUS_OK;
    const struct proof *last = NULL;
    for (uint32_t i = 0; i < r->manifest.sections && !s; i++) {
        const struct proof *p = proof_of(d, r->sections[i].key);
        if (p && p != last) s = enrol_proof_keep(d->j, p);
        last = p;
    }
    for (size_t i = 0; i < d->claims_count && !s; i++)
        s = enrol_claim(d->j, d->claims[i]->key, d->claims[i]->token_id);
    return s;
}

enum status door_note(struct door *d) {
    if (d->tablet) return door_tablet_note(d);
    enum status s = note_proofs(d);
    return s ? s : note_clock(d);
}

void door_release(struct door *d) {
    arena_release(&d->arena);
}
