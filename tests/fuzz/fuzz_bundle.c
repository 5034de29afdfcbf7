/* fuzz_bundle.c -- foreign bytes at the bundle's door, from valid bundles with hashes that fit
 * again.
 *
 * Random bytes only ever test the checksum. So a round takes a valid bundle apart, changes some
 * bytes (of frames before they are packed, too), then makes all hashes and signatures fit
 * again, heads of sections included, and hands the result to `show` and to a journal. Believed:
 * nothing crashes; what is refused changes nothing; what a journal lets in it can prove
 * (journal_verify) and show agrees that it holds together.
 *
 * tests/test_fuzz_bundle.c runs a seeded share of it; with -DLANTERN_LIBFUZZER and clang's
 * -fsanitize=fuzzer the bytes that steer the changes come from libFuzzer. */
#include "../bundle_sample.h"

#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "sync/bundle.h"

/* Where the changes come from: libFuzzer's bytes, or a seeded draw when they are used up. */
struct steer {
    struct cursor bytes;
    draw seeded;
};

static uint32_t below(struct steer *s, uint32_t n) {
    if (s->bytes.p < s->bytes.end) return cursor_byte(&s->bytes) % n;
    return draw_below(&s->seeded, n);
}

static size_t place_in(struct steer *s, size_t n) {
    return (below(s, 256) * 256u + below(s, 256)) % n;
}

/* Some bytes changed, put in or taken out. */
static void change_bytes(struct steer *s, struct buf *b) {
    static const uint8_t special[] = {0, 1, 0x7F, 0x80, 0xFF, 0x40, 0x18, 0x1B, 0x5A, 0x82};
    for (uint32_t i = below(s, 3) + 1; i > 0 && b->size; i--) {
        size_t at = place_in(s, b->size);
        switch (below(s, 5)) {
        case 0:
            b->data[at] = (uint8_t)below(s, 256);
            break;
        case 1:
            b->data[at] ^= (uint8_t)(1u << below(s, 8));
            break;
        case 2:
            b->data[at] = special[below(s, sizeof special)];
            break;
        case 3:
            buf_byte(b, 0);
            memmove(b->data + at + 1, b->data + at, b->size - 1 - at);
            b->data[at] = special[below(s, sizeof special)];
            break;
        default:
            memmove(b->data + at, b->data + at + 1, b->size - at - 1);
            b->size--;
        }
    }
}

static void change_chunk(struct steer *s, struct packer *p, struct buf *payload) {
    struct buf raw = {0};
    uint16_t count;
    if (below(s, 8) == 0 || chunk_get(p, &raw, payload->data, payload->size, &count)) {
        change_bytes(s, payload); /* the packed bytes themselves, now and then */
    } else {
        change_bytes(s, &raw);
        if (below(s, 6) == 0) count = (uint16_t)(1 + below(s, 20));
        if (raw.size && raw.size <= BUNDLE_CHUNK_BYTES) sample_chunk(payload, count, &raw);
    }
    buf_release(&raw);
}

static void change_order(struct steer *s, struct sample_bundle *b) {
    size_t i = place_in(s, b->count), k = place_in(s, b->count);
    struct sample_block t = b->blocks[i];
    b->blocks[i] = b->blocks[k];
    b->blocks[k] = t;
    if (below(s, 2)) b->blocks[k].type = (uint8_t)(1 + below(s, 8));
}

/* ---- making it fit again
 * ---------------------------------------------------------------------- */

static struct cursor entry_of(const struct buf *table, size_t i) {
    return cursor_of(table->data + i * WIRE_SECTION_BYTES, WIRE_SECTION_BYTES);
}

static bool salt_key_of(const struct record_wire *r, uint8_t key[32]) {
    if (r->kind != KIND_salt) return false;
    memset(key, 0, 32);
    if (!r->body_erased && r->body_size >= 35 && r->body[1] == 0x58 && r->body[2] == 32)
        memcpy(key, r->body + 3, 32);
    return true;
}

static void rehash(const hash256 *log, const uint8_t key[32], hash256 *previous,
                   struct record_wire *r) {
    static const uint8_t zeros[32];
    if (!r->body_erased && r->salted) {
        struct hash_state h;
        hash_start(&h);
        hash_add(&h, r->salt, 32);
        hash_add(&h, r->body, r->body_size);
        r->commitment = hash_end(&h);
    } else if (!r->body_erased) {
        r->commitment = record_commitment(r->kind == KIND_salt ? zeros : key, r->seq, r->body,
                                          r->body_size);
    }
    *previous = record_hash(log, previous, r);
}

/* Puts the head that the frames now give into the table and drops the checkpoint, which can no
 * longer be signed. */
static void refit_section(struct sample_bundle *b, struct packer *p, uint8_t *entry,
                          size_t *chunk) {
    struct frame_state frames = {0};
    struct buf raw = {0};
    struct cursor c = cursor_of(entry, WIRE_SECTION_BYTES);
    hash256 log, previous;
    uint8_t key[32];
    memcpy(log.b, cursor_take(&c, 32), 32);
    cursor_take(&c, 48);
    int64_t seq = (int64_t)cursor_u64(&c), last = (int64_t)cursor_u64(&c);
    memcpy(previous.b, cursor_take(&c, 32), 32);
    memcpy(key, cursor_take(&c, 32), 32);
    bool well = true;
    while (well && seq >= 1 && seq <= last && *chunk < b->count) {
        struct sample_block *x = &b->blocks[(*chunk)++];
        uint16_t count;
        if (x->type != BLOCK_CHUNK) continue;
        well = !chunk_get(p, &raw, x->bytes.data, x->bytes.size, &count);
        struct cursor f = cursor_of(raw.data, raw.size);
        frame_chunk_start(&frames);
        for (uint16_t i = 0; well && i < count; i++) {
            struct record_wire r;
            well = !frame_get(&f, &frames, &log, seq, &r);
            if (!well) break;
            rehash(&log, key, &previous, &r);
            salt_key_of(&r, key);
            seq++;
        }
    }
    memcpy(entry + 160, previous.b, 32);
    memset(entry + 192, 0, 1 + 8 + 32 + 64);
    frame_state_release(&frames);
    buf_release(&raw);
}

static void refit(struct sample_bundle *b, struct packer *p) {
    struct buf *table = &b->blocks[1].bytes;
    size_t chunk = 2;
    for (size_t i = 0; (i + 1) * WIRE_SECTION_BYTES <= table->size; i++) {
        struct cursor c = entry_of(table, i);
        uint8_t *entry = table->data + (size_t)(c.p - table->data);
        refit_section(b, p, entry, &chunk);
    }
    if (b->header.size >= WIRE_HEADER_MIN) sample_header_hash(b);
}

/* One changed bundle from `source`. */
static void mutate(struct steer *s, const struct buf *source, struct buf *out) {
    struct sample_bundle b;
    struct packer p = {0};
    BELIEVE(sample_split(&b, source->data, source->size));
    if (b.blocks[0].bytes.size >= 75) memcpy(b.blocks[0].bytes.data + 43, b.carrier.key, 32);
    for (uint32_t i = below(s, 2) + 1; i > 0; i--) {
        size_t at = place_in(s, b.count);
        uint32_t what = below(s, 12);
        if (what == 0) change_order(s, &b);
        if (what == 1) change_bytes(s, &b.header);
        if (what < 2) continue;
        /* Records are what matters most. */
        for (size_t k = 0; what > 4 && b.blocks[at].type != BLOCK_CHUNK && k < b.count; k++)
            at = (at + 1) % b.count;
        if (b.blocks[at].type == BLOCK_CHUNK || b.blocks[at].type == BLOCK_COPIES)
            change_chunk(s, &p, &b.blocks[at].bytes);
        else
            change_bytes(s, &b.blocks[at].bytes);
    }
    refit(&b, &p);
    sample_seal(&b, out);
    packer_release(&p);
    sample_release(&b);
}

/* ---- one round
 * -------------------------------------------------------------------------------- */

struct fuzzing {
    struct buf sample, real; /* valid bundles: every construct; from a journal */
    struct journal *master;
    const char *path; /* where a changed bundle is put for the journal */
    int64_t rounds, shown, merged, refused;
};

static bool look(void *ctx, const hash256 *log, const struct record_wire *r) {
    int64_t *sum = ctx;
    *sum += log->b[0] + r->hash.b[0];
    return true;
}

static void one_round(struct fuzzing *f, struct steer *s) {
    struct buf changed = {0};
    int64_t sum = 0;
    bool real = below(s, 3) > 0;
    mutate(s, real ? &f->real : &f->sample, &changed);
    enum status shown = bundle_show_memory(changed.data, changed.size, NULL, look, &sum);
    f->rounds++;
    f->shown += shown == STATUS_OK;
    if (real) {
        struct merge_summary m = {0};
        struct merge_options o = {.path = f->path, .trust = true};
        hash256 before, after;
        BELIEVE(file_write(f->path, changed.data, changed.size, 0600) == STATUS_OK);
        BELIEVE(journal_content_hash(f->master, true, &before) == STATUS_OK);
        enum status merged = merge_file(f->master, &o, &m);
        BELIEVE(merged || !shown); /* what a journal lets in, show finds whole */
        BELIEVE(journal_content_hash(f->master, true, &after) == STATUS_OK);
        BELIEVE(!merged || hash_equal(&before, &after));
        BELIEVE(!merged || status_detail()[0]);
        f->merged += merged == STATUS_OK;
        f->refused += merged != STATUS_OK;
    }
    buf_release(&changed);
}

#ifdef LANTERN_LIBFUZZER
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n) {
    static struct buf sample; /* made once */
    struct buf changed = {0};
    struct steer s = {.bytes = cursor_of(p, n), .seeded = {1}};
    int64_t sum = 0;
    if (!sample.size) {
        struct sample_bundle b;
        sample_make(&b);
        sample_seal(&b, &sample);
        sample_release(&b);
    }
    mutate(&s, &sample, &changed);
    (void)!bundle_show_memory(changed.data, changed.size, NULL, look, &sum);
    (void)!bundle_show_memory(p, n, NULL, look, &sum);
    buf_release(&changed);
    return 0;
}
#endif
