/* restore.c -- an office from nothing but its recovery key. See restore.h.
 *
 * The new office has keys of its own, but takes the provider's id from the bundles. So the
 * records of the lost office that came back with them count as an office's: its services,
 * erasures and revocations. Who was enrolled is no record; tablets are enrolled anew. */
#include "office/restore.h"

#include "office/recovery.h"
#include "store/union.h"
#include "sync/bundle.h"
#include "sync/enrol.h"

static bool unwrap(const void *ctx, const uint8_t wrapped[KEY_WRAPPED_BYTES],
                   uint8_t key[KEY_BYTES]) {
    return key_unwrap(ctx, wrapped, key);
}

static enum status look_into(struct office *o, struct restoring *r, const char *path) {
    struct bundle_head head = {0};
    const struct bundle_opener opener = {unwrap, r->how.recovery, NULL};
    enum status s = bundle_show_sealed(path, &opener, &head, NULL, NULL);
    if (s) return s;
    if (hash_is_zero(&r->provider)) r->provider = head.provider;
    if (hash_is_zero(&head.provider) || hash_equal(&head.provider, &r->provider))
        return STATUS_OK;
    return status_fail(STATUS_NOT_OURS, "%s",
                       OFFICE_SAY(o, "office_keys.other_provider", path));
}

enum status restore_look(struct office *o, const char *recovery_file, struct restoring *r) {
    enum status s = recovery_load(o, recovery_file, r->how.recovery);
    r->how.recovers = r->how.trust = true;
    for (int i = 0; !s && i < r->count; i++)
        s = look_into(o, r, r->bundles[i]);
    if (!s && hash_is_zero(&r->provider))
        s = status_fail(STATUS_NOT_OURS, "%s", OFFICE_WORD(o, "office_keys.no_provider"));
    return s;
}

int restore_merge(struct office *o, struct journal *j, struct restoring *r) {
    uint8_t public_key[KEY_BYTES];
    if (!key_public_of(r->how.recovery, public_key))
        return office_failed(o, status_fail(STATUS_INVALID, "%s", ""));
    enum status s = union_keep(j, "office/provider", r->provider.b, HASH_BYTES);
    if (!s) s = union_keep(j, "office/recovery", public_key, sizeof public_key);
    if (s) return office_failed(o, s);
    return merge_files(o, j, &r->how, r->bundles, r->count);
}
