/* fuzz_pack.c -- an office's pack at a tablet's door: records, copies, receipt, credentials.
 *
 * covers: sync/receipt_wire.c sync/credentials.c sync/apply.c
 * max_len: 400
 *
 * As in fuzz_bundle.c the input's bytes steer changes to a valid pack, whose signatures, the
 * receipt's too, are made to fit again. Every run is shown in memory; one in FUZZ_SHARE (by the
 * input's hash) is read by an enrolled tablet. Believed: what is refused says why and changes
 * nothing that counts; what is let in, show finds whole and the tablet can prove; the same pack
 * again adds nothing. */
#include "../bundle_sample.c" /* each target is one program of one file */
#include "fuzz_journals.h"

enum { EVERY, PACK, SUCCESSOR, FIRST, SOURCES };

struct fuzzing {
    /* Every construct; a pack of the pinned office; one of a key that its key has signed; the
     * first one, with the token. */
    struct bundle_source sources[SOURCES];
    struct sample_log tablet, office;
    struct buf first; /* as the office made it */
    struct enrol_made made;
    char code[13];                   /* plain */
    uint8_t box[32], box_secret[32]; /* the tablet's */
    struct journal *reader;          /* the tablet */
    int64_t rounds, shown, merged, refused;
};
static struct fuzzing fuzzing; /* made at the first run */

static void fuzz_figures(void) {
    fprintf(stderr,
            "note: %lld changed packs in memory, %lld whole; of them %lld read by a tablet as "
            "well: %lld let in and proved, %lld refused\n",
            (long long)fuzzing.rounds, (long long)fuzzing.shown,
            (long long)(fuzzing.merged + fuzzing.refused), (long long)fuzzing.merged,
            (long long)fuzzing.refused);
}

/* The office has read that tablet's evening and another tablet's, and answers. */
static void make_pack(struct fuzzing *f) {
    struct sample_log other = sample_log(52);
    struct buf bundle = {0};
    row_id actions[8];
    size_t n = 0;
    struct query q;
    struct journal *office = office_open(&f->office, &f->made);
    first_pack(office, &f->made, &f->first);
    struct journal *t = tablet_open(&f->tablet, &f->first, f->made.code);
    random_seed(52);
    struct journal *o = journal_of("other", &other);
    evening(o);
    struct journal *from[2] = {t, o};
    for (int i = 0; i < 2; i++) {
        export_bytes(from[i], (struct export_options){.purpose = BUNDLE_TO_OFFICE}, &bundle);
        BELIEVE(merge_bytes(office, &bundle, (struct merge_options){.trust = true}) ==
                STATUS_OK);
        journal_close(from[i]);
    }
    for (query_open(&q, office, "SELECT id FROM action", 0); query_next(&q) && n < 8;)
        actions[n++] = query_int(&q, 0);
    BELIEVE(query_close(&q) == STATUS_OK && n == 4);
    export_bytes(office,
                 (struct export_options){.purpose = BUNDLE_PACK,
                                         .everything = true,
                                         .copies = actions,
                                         .copies_count = n,
                                         .for_tablet = "Night tablet"},
                 &f->sources[PACK].bytes);
    f->sources[PACK].carrier = f->office;
    journal_close(office);
    buf_release(&bundle);
}

/* The same pack with other credentials, under another key. */
static void pack_with(const struct bundle_source *from, const struct credentials *c,
                      const struct sample_log *carrier, struct bundle_source *out) {
    struct sample_bundle b;
    size_t at = 0;
    BELIEVE(sample_split(&b, from->bytes.data, from->bytes.size));
    b.carrier = out->carrier = *carrier;
    memcpy(b.blocks[0].bytes.data + 43, carrier->key, 32);
    for (size_t i = 0; i < b.count; i++) {
        if (b.blocks[i].type == BLOCK_CREDENTIALS) at = i;
        if (b.blocks[i].type == BLOCK_RECEIPT) resign_receipt(&b, &b.blocks[i].bytes);
    }
    BELIEVE(at == 2);
    buf_clear(&b.blocks[at].bytes);
    credentials_put(&b.blocks[at].bytes, c);
    sample_seal(&b, &out->bytes);
    sample_release(&b);
}

static void fuzz_start(struct fuzzing *f) {
    struct bundle_reader r;
    struct block block;
    struct sample_log next = sample_log(53);
    struct succession step = {.at = FUZZ_EVENING};
    struct buf message = {0};
    f->tablet = sample_log(50);
    f->office = sample_log(51);
    make_pack(f);
    sample_source(&f->sources[EVERY]);
    const struct buf *pack = &f->sources[PACK].bytes;
    BELIEVE(reader_open_memory(&r, pack->data, pack->size) == STATUS_OK);
    BELIEVE(reader_next(&r, &block) == STATUS_OK);
    struct credentials c = r.credentials;
    c.token_any = true;
    memcpy(c.token, f->made.token, TOKEN_BYTES);
    pack_with(&f->sources[PACK], &c, &f->office, &f->sources[FIRST]);
    c.token_any = false;
    memcpy(step.before, f->office.key, 32);
    memcpy(step.after, next.key, 32);
    succession_message(&message, &r.manifest.provider, &step);
    sign_as(&f->office, &message, step.signature);
    c.successions = &step;
    c.successions_count = 1;
    pack_with(&f->sources[PACK], &c, &next, &f->sources[SUCCESSOR]);
    reader_release(&r);
    buf_release(&message);
    BELIEVE(enrol_code_read(f->made.code, f->code));
    BELIEVE(key_of_signer(f->tablet.key, f->box));
    key_secret_of_signer(f->tablet.secret, f->box_secret);
}

static void read_by_tablet(struct fuzzing *f, const struct buf *changed, const char *code,
                           bool shown_whole) {
    const struct merge_options as_tablet = {.tablet = true, .code = code};
    struct journal_report report;
    hash256 before, after;
    if (!f->reader) f->reader = tablet_open(&f->tablet, &f->first, f->made.code);
    BELIEVE(journal_content_hash(f->reader, true, &before) == STATUS_OK);
    enum status s = merge_bytes(f->reader, changed, as_tablet);
    BELIEVE(s || shown_whole);
    BELIEVE(journal_content_hash(f->reader, true, &after) == STATUS_OK);
    if (s) {
        BELIEVE(hash_equal(&before, &after));
        f->refused++;
        return;
    }
    BELIEVE(journal_verify(f->reader, &report) == STATUS_OK);
    BELIEVE(merge_bytes(f->reader, changed, as_tablet) == STATUS_OK);
    BELIEVE(journal_content_hash(f->reader, true, &before) == STATUS_OK);
    BELIEVE(hash_equal(&before, &after));
    f->merged++;
    journal_close(f->reader); /* each input meets the same tablet */
    f->reader = NULL;
}

static bool opens_with(const void *secret, const uint8_t wrapped[80], uint8_t key[32]) {
    return key_unwrap(secret, wrapped, key);
}

static void fuzz_one(const uint8_t *p, size_t n) {
    struct fuzzing *f = &fuzzing;
    struct steer s = {.bytes = cursor_of(p, n), .seeded = {1}};
    struct buf changed = {0};
    if (!f->first.size) {
        fuzz_start(f);
        if (getenv("FUZZ_FIGURES")) atexit(fuzz_figures);
    }
    uint32_t source = below(&s, SOURCES);
    bool journal = source != EVERY && hash_of(p, n).b[0] % FUZZ_SHARE == 0, broken;
    bool open = source == EVERY || below(&s, 4) == 0;
    struct lock lock = {0};
    if (!open && source == FIRST)
        lock.code = f->code;
    else if (!open)
        lock = (struct lock){.readers = f->box, .count = 1};
    make_bundle(&s, &f->sources[source], &lock, &changed, &broken);
    struct bundle_opener opener = {
        .unwrap = opens_with, .ctx = f->box_secret, .code = lock.code};
    enum status shown = show_bytes(&changed, &opener);
    BELIEVE(shown || !broken);
    f->rounds++;
    f->shown += !shown;
    if (journal) read_by_tablet(f, &changed, lock.code, !shown);
    buf_release(&changed);
}

static void fuzz_seeds(fuzz_put *put_seed, void *ctx) {
    for (uint64_t i = 0; i < 24; i++) {
        draw d = {i * 977 + 6};
        struct buf b = {0};
        while (b.size < 40)
            buf_byte(&b, (uint8_t)draw_next(&d));
        put_seed(ctx, b.data, b.size);
        buf_release(&b);
    }
}
