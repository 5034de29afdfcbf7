/* wire.c -- the parts of a bundle outside its chunks: header, manifest, section table, trailer.
 *
 * Whatever is read here comes from a stick that anybody may have held: each field is checked,
 * and a form that says the same in a second way is refused, so that no byte can change
 * unnoticed. */
#include "sync/wire.h"

#include <sodium.h>
#include <stdlib.h>

#include "base/log.h"
#include "base/text.h"

const uint8_t wire_magic[WIRE_MAGIC_BYTES] = {0x89, 'L', 'N', 'T', 0x0D, 0x0A, 0x1A, 0x0A};

#define DOMAIN_HEADER     "lantern header 1"
#define DOMAIN_CHECKPOINT "lantern checkpoint 1"
#define DOMAIN_BUNDLE     "lantern bundle 1"

enum status wire_damaged(const char *what) {
    return status_fail(STATUS_DAMAGED, "The file is damaged: %s. Copy it again.", what);
}

void *wire_take(struct arena *a, size_t bytes) {
    size_t wide = _Alignof(struct hash_state);
    uintptr_t p = (uintptr_t)arena_take(a, bytes + wide);
    return (void *)((p + wide - 1) / wide * wide);
}

int block_rank(uint8_t type) {
    static const int ranks[] = {
        [BLOCK_MANIFEST] = 1, [BLOCK_TABLE] = 2,  [BLOCK_CREDENTIALS] = 3,
        [BLOCK_CHUNK] = 4,    [BLOCK_COPIES] = 5, [BLOCK_RECEIPT] = 6,
        [BLOCK_PIECE] = 7,    [BLOCK_TRAILER] = 8};
    return type < sizeof ranks / sizeof *ranks ? ranks[type] : 0;
}

size_t block_size_max(uint8_t type) {
    switch (type) {
    case BLOCK_MANIFEST:
        return WIRE_MANIFEST_MAX;
    case BLOCK_TABLE:
        return (size_t)WIRE_SECTIONS_MAX * WIRE_SECTION_BYTES;
    case BLOCK_CREDENTIALS:
        return WIRE_CREDENTIALS_MAX;
    case BLOCK_CHUNK:
    case BLOCK_COPIES:
    case BLOCK_PIECE:
        return WIRE_PACKED_MAX;
    case BLOCK_RECEIPT:
        return WIRE_RECEIPT_MAX;
    case BLOCK_TRAILER:
        return WIRE_TRAILER_BYTES;
    default:
        return 0;
    }
}

bool wire_time_fits(int64_t at) {
    return at >= -JOURNAL_YEAR_MAX_MS && at <= JOURNAL_YEAR_MAX_MS;
}

bool signature_holds(const uint8_t signature[64], const struct buf *message,
                     const uint8_t key[32]) {
    return !message->overflow &&
           crypto_sign_verify_detached(signature, message->data, message->size, key) == 0;
}

static void take_bytes(struct cursor *c, void *to, size_t n) {
    const uint8_t *p = cursor_take(c, n);
    if (p) memcpy(to, p, n);
}

static bool all_zero(const void *p, size_t n) {
    const uint8_t *b = p;
    uint8_t any = 0;
    for (size_t i = 0; i < n; i++)
        any |= b[i];
    return any == 0;
}

/* ---- clear header
 * ----------------------------------------------------------------------------- */

bool wire_key_usable(const uint8_t x25519_public[KEY_BYTES]) {
    static const uint8_t any[KEY_BYTES] = {1};
    uint8_t shared[crypto_scalarmult_BYTES];
    return crypto_scalarmult(shared, any, x25519_public) == 0;
}

static int key_order(const struct wire_key *a, const struct wire_key *b) {
    return a->way != b->way ? (a->way > b->way) - (a->way < b->way)
                            : memcmp(a->id, b->id, sizeof a->id);
}

static int by_key(const void *a, const void *b) {
    return key_order(a, b);
}

void header_put(struct buf *out, struct wire_header *h) {
    size_t start = out->size;
    BELIEVE(h->keys_count <= WIRE_KEYS_MAX && h->sealed == (h->keys_count > 0));
    qsort(h->keys, h->keys_count, sizeof *h->keys, by_key);
    h->size = WIRE_HEADER_MIN + (size_t)h->keys_count * WIRE_KEY_BYTES;
    buf_add(out, wire_magic, sizeof wire_magic);
    buf_u16(out, WIRE_VERSION);
    buf_byte(out, h->sealed);
    buf_byte(out, 0);
    buf_u32(out, (uint32_t)h->size);
    buf_u16(out, (uint16_t)h->keys_count);
    for (uint32_t i = 0; i < h->keys_count; i++) {
        const struct wire_key *k = &h->keys[i];
        BELIEVE(i == 0 || key_order(k - 1, k) < 0);
        buf_byte(out, (uint8_t)k->way);
        buf_add(out, k->id, sizeof k->id);
        buf_add(out, k->wrapped, sizeof k->wrapped);
    }
    buf_u16(out, 0); /* may ignore */
    buf_u16(out, 0); /* must understand */
    BELIEVE(!out->overflow && out->size - start == h->size - HASH_BYTES);
    h->hash = hash_named(DOMAIN_HEADER, out->data + start, out->size - start);
    buf_add(out, h->hash.b, HASH_BYTES);
}

static enum status breaks_rules(void) {
    return status_fail(STATUS_INVALID, "The beginning of the file breaks the rules of the "
                                       "format. It was not made by Lantern.");
}

/* The wrapped keys: in one order only, so that none stands there twice. */
static enum status keys_get(struct cursor *c, struct wire_header *h) {
    uint32_t count = cursor_u16(c);
    if (c->bad || count > WIRE_KEYS_MAX || h->sealed != (count > 0)) return breaks_rules();
    for (uint32_t i = 0; i < count; i++) {
        struct wire_key *k = &h->keys[i];
        uint8_t way = cursor_byte(c);
        if (way > KEY_CODE)
            return status_fail(STATUS_NEWER, "This bundle is sealed in a way that only a newer "
                                             "Lantern knows. Update this one first.");
        k->way = way == KEY_CODE ? KEY_CODE : KEY_BOX;
        take_bytes(c, k->id, sizeof k->id);
        take_bytes(c, k->wrapped, sizeof k->wrapped);
        if (c->bad || way == 0 || (way == KEY_CODE && !all_zero(k->id, sizeof k->id)) ||
            (i && key_order(k - 1, k) >= 0))
            return breaks_rules();
    }
    h->keys_count = count;
    return STATUS_OK;
}

/* Walks one list of extensions; *last_id stays 0 when it is empty. */
static bool skip_extensions(struct cursor *c, bool *any) {
    uint32_t count = cursor_u16(c);
    int32_t before = -1;
    *any = count > 0;
    for (uint32_t i = 0; i < count && !c->bad; i++) {
        int32_t id = cursor_u16(c);
        if (id <= before) return false;
        before = id;
        cursor_take(c, cursor_u32(c));
    }
    return !c->bad;
}

static enum status header_fields(struct cursor *c, struct wire_header *h) {
    cursor_take(c, WIRE_MAGIC_BYTES);
    uint16_t version = cursor_u16(c);
    uint8_t encoding = cursor_byte(c);
    uint8_t zero = cursor_byte(c);
    cursor_u32(c);
    if (version > WIRE_VERSION)
        return status_fail(STATUS_NEWER,
                           "This bundle was made by a newer Lantern (format %d). "
                           "Update this one first.",
                           version);
    if (encoding > 1)
        return status_fail(STATUS_NEWER, "This bundle is packed in a way that only a newer "
                                         "Lantern knows. Update this one first.");
    if (version == 0 || zero != 0) return breaks_rules();
    h->sealed = encoding == 1;
    enum status s = keys_get(c, h);
    if (s) return s;
    bool ignore, understand;
    if (!skip_extensions(c, &ignore) || !skip_extensions(c, &understand) || c->p != c->end)
        return breaks_rules();
    if (understand)
        return status_fail(STATUS_NEWER,
                           "This bundle needs something that only a newer Lantern "
                           "knows. Update this one first.");
    return STATUS_OK;
}

enum status header_get(const uint8_t *p, size_t n, struct wire_header *out) {
    if (n == 0) return status_fail(STATUS_TRUNCATED, "The file is empty. Copy it again.");
    size_t shown = n < WIRE_MAGIC_BYTES ? n : WIRE_MAGIC_BYTES;
    if (memcmp(p, wire_magic, shown) != 0) {
        if (n >= 4 && memcmp(p + 1, wire_magic + 1, 3) == 0)
            return wire_damaged("it was copied as if it were text");
        return status_fail(STATUS_NOT_OURS, "This is not a Lantern bundle.");
    }
    if (n < WIRE_HEADER_MIN)
        return status_fail(STATUS_TRUNCATED, "The file ends too early. Copy it again.");
    struct cursor c = cursor_of(p + 12, 4);
    size_t all = cursor_u32(&c);
    if (all < WIRE_HEADER_MIN || all > WIRE_HEADER_MAX)
        return wire_damaged("its beginning does not fit its check");
    if (all > n)
        return status_fail(STATUS_TRUNCATED, "The file ends too early. Copy it again.");
    hash256 stated, found = hash_named(DOMAIN_HEADER, p, all - HASH_BYTES);
    memcpy(stated.b, p + all - HASH_BYTES, HASH_BYTES);
    if (!hash_equal(&stated, &found))
        return wire_damaged("its beginning does not fit its check");
    struct wire_header h = {.size = all, .hash = found};
    c = cursor_of(p, all - HASH_BYTES);
    enum status s = header_fields(&c, &h);
    if (!s) *out = h;
    return s;
}

/* ---- manifest
 * --------------------------------------------------------------------------------- */

static void name_put(struct buf *out, const char *s) {
    size_t n = strlen(s);
    BELIEVE(n <= WIRE_NAME_MAX);
    buf_byte(out, (uint8_t)n);
    buf_add(out, s, n);
}

static bool name_get(struct cursor *c, char out[WIRE_NAME_MAX + 1]) {
    size_t n = cursor_byte(c);
    if (n > WIRE_NAME_MAX) return false;
    const uint8_t *p = cursor_take(c, n);
    if (!p || !text_valid((const char *)p, n)) return false;
    memcpy(out, p, n);
    out[n] = '\0';
    return true;
}

void manifest_put(struct buf *out, const struct manifest *m) {
    buf_byte(out, (uint8_t)m->purpose);
    buf_u64(out, (uint64_t)m->made_at);
    buf_u16(out, (uint16_t)m->made_offset_min);
    buf_add(out, m->provider.b, HASH_BYTES);
    buf_add(out, m->carrier, sizeof m->carrier);
    buf_u32(out, m->sections);
    buf_u64(out, m->records);
    buf_u32(out, m->copies);
    buf_byte(out, m->receipt);
    name_put(out, m->carrier_name);
    name_put(out, m->program);
    name_put(out, m->tablet);
}

enum status manifest_get(const uint8_t *p, size_t n, struct manifest *out) {
    struct cursor c = cursor_of(p, n);
    struct manifest m = {0};
    uint8_t purpose = cursor_byte(&c);
    m.purpose = purpose == BUNDLE_PACK ? BUNDLE_PACK : BUNDLE_TO_OFFICE;
    m.made_at = (int64_t)cursor_u64(&c);
    m.made_offset_min = (int16_t)cursor_u16(&c);
    take_bytes(&c, m.provider.b, HASH_BYTES);
    take_bytes(&c, m.carrier, sizeof m.carrier);
    m.sections = cursor_u32(&c);
    m.records = cursor_u64(&c);
    m.copies = cursor_u32(&c);
    uint8_t receipt = cursor_byte(&c);
    m.receipt = receipt == 1;
    bool names =
        name_get(&c, m.carrier_name) && name_get(&c, m.program) && name_get(&c, m.tablet);
    bool pack = m.purpose == BUNDLE_PACK;
    if (!names || c.bad || c.p != c.end || purpose > 1 || receipt > 1 ||
        !wire_time_fits(m.made_at) || m.made_offset_min < -WIRE_OFFSET_MAX_MIN ||
        m.made_offset_min > WIRE_OFFSET_MAX_MIN || m.sections > WIRE_SECTIONS_MAX ||
        m.records > (uint64_t)BUNDLE_FILE_BYTES_MAX || m.copies > WIRE_COPIES_MAX ||
        (!pack && (m.receipt || m.copies || m.tablet[0])))
        return wire_damaged("its list of contents does not make sense");
    *out = m;
    return STATUS_OK;
}

/* ---- section table
 * ---------------------------------------------------------------------------- */

void checkpoint_message(struct buf *out, const struct section *s) {
    buf_text(out, DOMAIN_CHECKPOINT);
    buf_add(out, s->checkpoint.provider.b, HASH_BYTES);
    buf_add(out, s->log.b, HASH_BYTES);
    buf_u64(out, (uint64_t)s->last_seq);
    buf_add(out, s->head.b, HASH_BYTES);
    buf_u64(out, (uint64_t)s->checkpoint.at);
}

void section_put(struct buf *out, const struct section *s) {
    size_t start = out->size;
    buf_add(out, s->log.b, HASH_BYTES);
    buf_add(out, s->key, sizeof s->key);
    buf_add(out, s->incarnation, sizeof s->incarnation);
    buf_add(out, s->branch, sizeof s->branch);
    buf_u64(out, (uint64_t)s->first_seq);
    buf_u64(out, (uint64_t)s->last_seq);
    buf_add(out, s->previous.b, HASH_BYTES);
    buf_add(out, s->salt_key, sizeof s->salt_key);
    buf_add(out, s->head.b, HASH_BYTES);
    buf_byte(out, s->checkpoint.is_signed);
    buf_u64(out, (uint64_t)s->checkpoint.at);
    buf_add(out, s->checkpoint.provider.b, HASH_BYTES);
    buf_add(out, s->checkpoint.signature, sizeof s->checkpoint.signature);
    BELIEVE(out->overflow || out->size - start == WIRE_SECTION_BYTES);
}

int section_order(const struct section *a, const struct section *b) {
    int c = memcmp(a->log.b, b->log.b, HASH_BYTES);
    if (c == 0) c = memcmp(a->branch, b->branch, sizeof a->branch);
    if (c == 0) c = (a->first_seq > b->first_seq) - (a->first_seq < b->first_seq);
    return c;
}

static bool section_makes_sense(const struct section *s) {
    hash256 id = union_log_id(s->key, s->incarnation);
    if (!hash_equal(&id, &s->log) || !wire_time_fits(s->checkpoint.at)) return false;
    if (s->first_seq < 1 || s->last_seq < s->first_seq || s->last_seq > WIRE_SEQ_MAX)
        return false;
    if (s->first_seq == 1 && (!hash_equal(&s->previous, &s->log) || !all_zero(s->salt_key, 32)))
        return false;
    if (s->checkpoint.is_signed) return true;
    return s->checkpoint.at == 0 && hash_is_zero(&s->checkpoint.provider) &&
           all_zero(s->checkpoint.signature, 64);
}

static enum status section_get(struct cursor *c, struct section *s) {
    take_bytes(c, s->log.b, HASH_BYTES);
    take_bytes(c, s->key, sizeof s->key);
    take_bytes(c, s->incarnation, sizeof s->incarnation);
    take_bytes(c, s->branch, sizeof s->branch);
    s->first_seq = (int64_t)cursor_u64(c);
    s->last_seq = (int64_t)cursor_u64(c);
    take_bytes(c, s->previous.b, HASH_BYTES);
    take_bytes(c, s->salt_key, sizeof s->salt_key);
    take_bytes(c, s->head.b, HASH_BYTES);
    uint8_t is_signed = cursor_byte(c);
    s->checkpoint.is_signed = is_signed == 1;
    s->checkpoint.at = (int64_t)cursor_u64(c);
    take_bytes(c, s->checkpoint.provider.b, HASH_BYTES);
    take_bytes(c, s->checkpoint.signature, sizeof s->checkpoint.signature);
    if (c->bad || is_signed > 1 || !section_makes_sense(s))
        return wire_damaged("its table of sections does not make sense");
    if (!s->checkpoint.is_signed) return STATUS_OK;
    struct buf message = {0};
    checkpoint_message(&message, s);
    bool holds = signature_holds(s->checkpoint.signature, &message, s->key);
    buf_release(&message);
    return holds ? STATUS_OK
                 : status_fail(STATUS_DAMAGED, "A part of this bundle is not signed by the "
                                               "device that it names. It was not taken in.");
}

enum status table_get(const uint8_t *p, size_t n, uint32_t count, struct section *out) {
    if (n != (size_t)count * WIRE_SECTION_BYTES)
        return wire_damaged("its table of sections has the wrong length");
    struct cursor c = cursor_of(p, n);
    for (uint32_t i = 0; i < count; i++) {
        memset(&out[i], 0, sizeof out[i]);
        enum status s = section_get(&c, &out[i]);
        if (s) return s;
        if (i && section_order(&out[i - 1], &out[i]) >= 0)
            return wire_damaged("its table of sections is out of order");
    }
    return STATUS_OK;
}

/* ---- trailer
 * ---------------------------------------------------------------------------------- */

void trailer_put(struct buf *out, const struct trailer *t) {
    buf_u64(out, t->length);
    buf_add(out, t->digest.b, HASH_BYTES);
    buf_add(out, t->signature, sizeof t->signature);
}

struct trailer trailer_get(const uint8_t p[WIRE_TRAILER_BYTES]) {
    struct cursor c = cursor_of(p, WIRE_TRAILER_BYTES);
    struct trailer t;
    t.length = cursor_u64(&c);
    take_bytes(&c, t.digest.b, HASH_BYTES);
    take_bytes(&c, t.signature, sizeof t.signature);
    return t;
}

void trailer_message(struct buf *out, const hash256 *header, const struct trailer *t) {
    buf_text(out, DOMAIN_BUNDLE);
    buf_add(out, header->b, HASH_BYTES);
    buf_add(out, t->digest.b, HASH_BYTES);
    buf_u64(out, t->length);
}
