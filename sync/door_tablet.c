/* door_tablet.c -- the door of a tablet: packs of its own office, and of no other.
 *
 * Which office that is, a tablet learns once: from a first pack under a code that a person
 * typed, or, while it knows none, from an open pack that a person has vouched for. From then on
 * that office's key counts, and those that it has signed as its successors. */
#include "base/clock.h"
#include "base/keys.h"
#include "base/log.h"
#include "sync/door.h"
#include "sync/office_keys.h"
#include "sync/plan.h"

#define DAY_MS (24 * 60 * 60 * 1000LL)

static bool reaches(const struct door *d, const uint8_t from[32]) {
    const struct bundle_reader *r = d->reader;
    return succession_reaches(&r->credentials, &r->manifest.provider, from,
                              r->manifest.carrier);
}

/* ---- the first pack ---- */

static enum status first_pack(const struct door *d) {
    const struct manifest *f = &d->reader->manifest;
    uint8_t box[32];
    int64_t now = clock_wall(journal_clock(d->j));
    if (!d->reader->credentials.token_any || hash_is_zero(&f->provider) ||
        !key_of_signer(f->carrier, box))
        return status_fail(STATUS_INVALID,
                           "This first pack does not hold what it needs to enrol "
                           "a tablet. Ask the office for a new one.");
    if (now > f->made_at && now - f->made_at > ENROL_PACK_DAYS * DAY_MS) {
        struct arena a = {0};
        enum status s =
            status_fail(STATUS_INVALID,
                        "This first pack is older than %d days: this tablet's clock "
                        "says %s. Set the clock, or ask the office for a new pack.",
                        ENROL_PACK_DAYS, time_date(&a, now));
        arena_release(&a);
        return s;
    }
    return STATUS_OK;
}

/* ---- every other pack ---- */

static enum status from_our_office(const struct door *d) {
    struct arena a = {0};
    struct buf pinned, former;
    const uint8_t *carrier = d->reader->manifest.carrier;
    enum status s = kept_value(d->j, KEPT_OFFICE_KEY, &a, &pinned);
    if (!s)
        s = kept_value(d->j, arena_printf(&a, "office/keys/%s", hex_of(&a, carrier, 32)), &a,
                       &former);
    if (s) goto done;
    if (pinned.size != 32) {
        if (!d->trust)
            s = status_fail(
                STATUS_NOT_TRUSTED,
                "This pack comes from an office that this tablet does not know yet. "
                "Read it only if you know that it is yours.");
    } else if (!reaches(d, pinned.data)) {
        s = former.size ? status_fail(STATUS_NOT_OURS,
                                      "This pack was made with keys that the office has "
                                      "changed since. Ask the office for a new one.")
                        : status_fail(STATUS_NOT_OURS, "This pack comes from another office.");
    }
done:
    arena_release(&a);
    return s;
}

/* A pack holds the office's own logs only, under its present or a former key. */
static enum status sections_of_office(const struct door *d) {
    for (uint32_t i = 0; i < d->reader->manifest.sections; i++)
        if (!reaches(d, d->reader->sections[i].key))
            return status_fail(STATUS_INVALID, "This pack holds what a pack may not hold.");
    return STATUS_OK;
}

enum status door_tablet(struct door *d) {
    if (d->reader->manifest.purpose != BUNDLE_PACK)
        return status_fail(STATUS_INVALID,
                           "This bundle is meant for the office. A tablet reads packs from its "
                           "office.");
    enum status s = d->by_code ? first_pack(d) : from_our_office(d);
    if (!s) s = sections_of_office(d);
    d->enrolled = !s && d->by_code;
    return s;
}

/* ---- what is kept ---- */

static bool some(const uint8_t *p, size_t n) {
    uint8_t any = 0;
    for (size_t i = 0; i < n; i++)
        any |= p[i];
    return any != 0;
}

/* The newest pack's: an old one found in a drawer must not bring a former recovery key back. */
static enum status note_recovery(const struct door *d) {
    struct arena a = {0};
    struct buf before, at = {0};
    const struct credentials *c = &d->reader->credentials;
    int64_t made = d->reader->manifest.made_at;
    enum status s = kept_value(d->j, KEPT_OFFICE_RECOVERY_AT, &a, &before);
    struct cursor from = cursor_of(before.data, before.size);
    bool newer = d->by_code || before.size != 8 || made >= (int64_t)cursor_u64(&from);
    if (!s && newer && some(c->recovery, sizeof c->recovery)) {
        buf_u64(&at, (uint64_t)made);
        s = union_keep(d->j, KEPT_OFFICE_RECOVERY, c->recovery, sizeof c->recovery);
        if (!s) s = union_keep(d->j, KEPT_OFFICE_RECOVERY_AT, at.data, at.size);
        buf_release(&at);
    }
    arena_release(&a);
    return s;
}

static enum status note_office(const struct door *d) {
    const struct bundle_reader *r = d->reader;
    const struct manifest *f = &r->manifest;
    const struct credentials *c = &r->credentials;
    enum status s = union_keep(d->j, KEPT_OFFICE_KEY, f->carrier, sizeof f->carrier);
    if (!s && !hash_is_zero(&f->provider))
        s = union_keep(d->j, KEPT_OFFICE_PROVIDER, f->provider.b, HASH_BYTES);
    if (!s) s = note_recovery(d);
    if (!s) s = union_trust_office(d->j, f->carrier);
    for (uint32_t i = 0; i < c->successions_count && !s; i++) {
        const struct succession *x = &c->successions[i];
        if (!reaches(d, x->before) || !reaches(d, x->after)) continue;
        s = office_succession_keep(d->j, x);
        if (!s) s = union_trust_office(d->j, x->before);
    }
    return s;
}

/* Another token than before: the office has not answered under it yet. */
static enum status note_token(const struct door *d) {
    struct arena a = {0};
    struct buf before;
    struct journal_self self;
    const struct credentials *c = &d->reader->credentials;
    journal_self(d->j, &self);
    enum status s = kept_value(d->j, KEPT_TOKEN, &a, &before);
    bool same =
        !s && before.size == TOKEN_BYTES && memcmp(before.data, c->token, TOKEN_BYTES) == 0;
    if (!s && !same) s = union_keep(d->j, KEPT_CONFIRMED, NULL, 0);
    if (!s) s = union_keep(d->j, KEPT_TOKEN, c->token, TOKEN_BYTES);
    if (!s) s = union_keep(d->j, KEPT_TOKEN_KEY, self.key, sizeof self.key);
    arena_release(&a);
    return s;
}

enum status door_tablet_note(struct door *d) {
    enum status s = note_office(d);
    if (!s && d->by_code) s = note_token(d);
    if (!s && d->to_us) s = union_keep(d->j, KEPT_CONFIRMED, "\1", 1);
    return s;
}
