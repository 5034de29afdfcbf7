/* fuzz_bundle.c -- foreign bytes at the bundle's door, from valid bundles with hashes that fit
 * again, open ones and sealed ones.
 *
 * covers: sync/reader.c sync/wire.c sync/frame.c sync/pack.c sync/show.c sync/sealed.c
 * covers: sync/credentials.c
 * max_len: 400
 *
 * The input's bytes steer the changes (change_bundle.h); an input that begins as a bundle does
 * is also read as it is. Most runs stay in memory: `show`, which proves all that can be known
 * without a database. One in FUZZ_SHARE (by the input's hash, so that it cannot be steered to)
 * goes through a journal as well, an office's. Believed: nothing crashes; what is refused says
 * why and changes nothing; what a journal lets in it can prove, and show agrees that it holds
 * together; a seal that was touched never opens. */
#include "../bundle_sample.c" /* each target is one program of one file */
#include "fuzz_journals.h"

struct fuzzing {
    struct bundle_source sample, real; /* every construct; from an enrolled tablet */
    struct sample_log tablet, office;
    uint8_t box[32], box_secret[32]; /* the office's */
    struct journal *master;
    int64_t rounds, shown, sealed, broken, merged, refused;
};
static struct fuzzing fuzzing; /* made at the first run */

static void fuzz_figures(void) {
    fprintf(stderr,
            "note: %lld changed bundles in memory (%lld sealed, %lld of these touched "
            "afterwards), %lld whole; of them %lld into a journal as well: %lld let in and "
            "proved, %lld refused\n",
            (long long)fuzzing.rounds, (long long)fuzzing.sealed, (long long)fuzzing.broken,
            (long long)fuzzing.shown, (long long)(fuzzing.merged + fuzzing.refused),
            (long long)fuzzing.merged, (long long)fuzzing.refused);
}

static void fuzz_start(struct fuzzing *f) {
    struct enrol_made made;
    struct buf first = {0};
    f->tablet = sample_log(40);
    f->office = sample_log(41);
    struct journal *office = office_open(&f->office, &made);
    first_pack(office, &made, &first);
    struct journal *t = tablet_open(&f->tablet, &first, made.code);
    export_bytes(t, (struct export_options){.purpose = BUNDLE_TO_OFFICE, .open = true},
                 &f->real.bytes);
    f->real.carrier = f->tablet;
    sample_source(&f->sample);
    BELIEVE(key_of_signer(f->office.key, f->box));
    key_secret_of_signer(f->office.secret, f->box_secret);
    journal_close(t);
    journal_close(office);
    buf_release(&first);
}

/* Open ones with trust; sealed ones come in by their proof alone. */
static void through_journal(struct fuzzing *f, const struct buf *changed, bool sealed,
                            bool shown_whole) {
    struct enrol_made made;
    struct journal_report report;
    hash256 before, after;
    if (!f->master) f->master = office_open(&f->office, &made);
    BELIEVE(journal_content_hash(f->master, true, &before) == STATUS_OK);
    enum status s = merge_bytes(f->master, changed, (struct merge_options){.trust = !sealed});
    BELIEVE(s || shown_whole); /* what a journal lets in, show finds whole */
    BELIEVE(journal_content_hash(f->master, true, &after) == STATUS_OK);
    if (s) {
        BELIEVE(hash_equal(&before, &after));
        f->refused++;
        return;
    }
    BELIEVE(journal_verify(f->master, &report) == STATUS_OK);
    f->merged++;
    journal_close(f->master); /* each input meets the same master */
    f->master = NULL;
}

static bool opens_with(const void *secret, const uint8_t wrapped[80], uint8_t key[32]) {
    return key_unwrap(secret, wrapped, key);
}

static void steered(struct fuzzing *f, struct steer *s, bool journal) {
    struct buf changed = {0};
    bool broken, sealed = below(s, 4) == 0, real = below(s, 2) || journal;
    struct lock lock = {.readers = f->box, .count = sealed};
    struct bundle_opener opener = {.unwrap = opens_with, .ctx = f->box_secret};
    make_bundle(s, real ? &f->real : &f->sample, &lock, &changed, &broken);
    enum status shown = show_bytes(&changed, &opener);
    BELIEVE(shown || !broken);
    f->rounds++;
    f->sealed += sealed;
    f->broken += broken;
    f->shown += !shown;
    if (journal) through_journal(f, &changed, sealed, !shown);
    buf_release(&changed);
}

static void fuzz_one(const uint8_t *p, size_t n) {
    struct steer s = {.bytes = cursor_of(p, n), .seeded = {1}};
    if (!fuzzing.real.bytes.size) {
        fuzz_start(&fuzzing);
        if (getenv("FUZZ_FIGURES")) atexit(fuzz_figures);
    }
    if (n >= WIRE_MAGIC_BYTES && memcmp(p, wire_magic, WIRE_MAGIC_BYTES) == 0) {
        struct buf as_it_is = {0};
        buf_add(&as_it_is, p, n);
        (void)!show_bytes(&as_it_is, NULL);
        buf_release(&as_it_is);
    }
    steered(&fuzzing, &s, hash_of(p, n).b[0] % FUZZ_SHARE == 0);
}

static void fuzz_seeds(fuzz_put *put_seed, void *ctx) {
    for (uint64_t i = 0; i < 24; i++) {
        draw d = {i * 977 + 5};
        struct buf b = {0};
        buf_byte(&b, (uint8_t)(i % 2)); /* sealed */
        buf_byte(&b, (uint8_t)(i / 2 % 2));
        while (b.size < 40)
            buf_byte(&b, (uint8_t)draw_next(&d));
        put_seed(ctx, b.data, b.size);
        buf_release(&b);
    }
}
