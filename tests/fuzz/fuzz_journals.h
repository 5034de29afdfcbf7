/* fuzz_journals.h -- a tablet and an office in memory, with keys that the fuzzer knows, and
 * what they send each other: the valid bundles that fuzz_bundle.c and fuzz_pack.c change. */
#ifndef TESTS_FUZZ_JOURNALS_H
#define TESTS_FUZZ_JOURNALS_H

#include "change_bundle.h"
#include "store/query.h"
#include "sync/bundle.h"
#include "sync/enrol.h"
#include "sync/office_keys.h"

#define FUZZ_EVENING 1795305600000LL
/* One run in so many goes through a journal: with its database it costs as much as forty. */
#ifdef LANTERN_LIBFUZZER
#define FUZZ_SHARE 128
#else
#define FUZZ_SHARE 16
#endif

static struct clock_manual fuzz_now = {.wall_ms = FUZZ_EVENING, .boot_ms = 1000};

/* A journal in memory that signs with the key of `who`. */
static struct journal *journal_of(const char *role, const struct sample_log *who) {
    struct journal *j = NULL;
    struct arena a = {0};
    const char *path = fuzz_path(role);
    char *text =
        arena_printf(&a, "lantern key 1\nsecret %s\nincarnation %016d\nmarker 0 %064d\n",
                     hex_of(&a, who->secret, 64), 0, 0);
    struct journal_self self;
    struct journal_options o = {.path = ":memory:",
                                .key_path = path,
                                .clock = clock_manual(&fuzz_now),
                                .device_name = role,
                                .device_role = role};
    BELIEVE(file_write(path, text, strlen(text), 0600) == STATUS_OK);
    enum status s = journal_open(&j, &o);
    if (s) fprintf(stderr, "%s\n", status_detail());
    BELIEVE(s == STATUS_OK);
    unlink(path);
    journal_self(j, &self);
    BELIEVE(memcmp(self.key, who->key, 32) == 0);
    arena_release(&a);
    return j;
}

static row_id put(struct journal *j, struct row *r) {
    fuzz_now.wall_ms += 2000;
    BELIEVE(journal_put_alone(j, r) == STATUS_OK);
    return r->id;
}

static void put_photo(struct journal *j, row_id visit) {
    struct row picture = row_new(&kind_attachment);
    hash256 name;
    BELIEVE(blob_put(j, "a photo", 7, &name) == STATUS_OK);
    row_ref(&picture, "visit", visit);
    row_hash(&picture, "hash", &name);
    put(j, &picture);
    BELIEVE(journal_begin(j) == STATUS_OK);
    BELIEVE(journal_withdraw(j, &kind_attachment, picture.id) == STATUS_OK);
    BELIEVE(journal_commit(j) == STATUS_OK);
}

/* A tablet's evening with most of what a record can be. Returns an open action. */
static row_id evening(struct journal *t) {
    row_id open_action = 0;
    for (int v = 0; v < 2; v++) {
        struct row visit = row_new(&kind_visit), answer = row_new(&kind_answer);
        struct row action = row_new(&kind_action), seal = row_new(&kind_seal);
        row_text(&visit, "template", "NIGHT");
        row_int(&visit, "unannounced", 1);
        put(t, &visit);
        row_ref(&answer, "visit", visit.id);
        row_text(&answer, "item", "bell-reach");
        row_text(&answer, "note", "The cord was tied up.");
        put(t, &answer);
        row_text(&answer, "word", "not_met");
        put(t, &answer);
        row_ref(&action, "visit", visit.id);
        row_text(&action, "reference", v ? "M-B2" : "M-B1");
        row_text(&action, "different", "People in bed can reach the cord");
        open_action = put(t, &action);
        put_photo(t, visit.id);
        row_ref(&seal, "visit", visit.id);
        put(t, &seal);
    }
    return open_action;
}

static void reference_data(struct journal *office) {
    struct row provider = row_new(&kind_provider), service = row_new(&kind_service),
               person = row_new(&kind_person), form = row_new(&kind_template);
    hash256 name;
    row_text(&provider, "code", "P1");
    row_text(&provider, "name", "Night Homes");
    put(office, &provider);
    row_text(&service, "code", "OAK");
    row_text(&service, "name", "Oak House");
    put(office, &service);
    row_ref(&person, "service", service.id);
    row_text(&person, "code", "OAK-NL");
    row_text(&person, "label", "Night lead");
    put(office, &person);
    BELIEVE(blob_put(office, "{\"a\": \"form\"}", 13, &name) == STATUS_OK);
    row_text(&form, "code", "NIGHT");
    row_int(&form, "edition", 1);
    row_text(&form, "title", "Night check");
    row_hash(&form, "hash", &name);
    put(office, &form);
}

static void export_bytes(struct journal *j, struct export_options o, struct buf *out) {
    struct export_summary sum;
    o.path = fuzz_path("made.lantern");
    fuzz_now.wall_ms += 60000;
    enum status s = export_all(j, &o, &sum);
    if (s) fprintf(stderr, "%s\n", status_detail());
    BELIEVE(s == STATUS_OK);
    BELIEVE(file_read(o.path, 1 << 20, out) == STATUS_OK);
    unlink(o.path);
}

static enum status merge_bytes(struct journal *j, const struct buf *bytes,
                               struct merge_options o) {
    struct merge_summary sum = {0};
    o.path = fuzz_path("read.lantern");
    BELIEVE(file_write(o.path, bytes->data, bytes->size, 0600) == STATUS_OK);
    enum status s = merge_file(j, &o, &sum);
    unlink(o.path);
    BELIEVE(!s || status_detail()[0]);
    return s;
}

/* An office that has enrolled one tablet. The seed makes it the same office each time. */
static struct journal *office_open(const struct sample_log *who, struct enrol_made *made) {
    char text[RECOVERY_TEXT_BYTES];
    random_seed(41);
    key_lock_weakly_for_tests();
    fuzz_now.wall_ms = FUZZ_EVENING;
    struct journal *m = journal_of("office", who);
    reference_data(m);
    BELIEVE(office_recovery_make(m, text) == STATUS_OK);
    BELIEVE(enrol_new(m, "Night tablet", NULL, "OAK", made) == STATUS_OK);
    return m;
}

static void first_pack(struct journal *office, const struct enrol_made *made, struct buf *out) {
    export_bytes(office,
                 (struct export_options){.purpose = BUNDLE_PACK,
                                         .everything = true,
                                         .for_tablet = "Night tablet",
                                         .code = made->code,
                                         .token = made->token},
                 out);
}

/* That tablet after its evening, enrolled by the first pack; the same one each time. */
static struct journal *tablet_open(const struct sample_log *who, const struct buf *first,
                                   const char *code) {
    random_seed(40);
    fuzz_now.wall_ms = FUZZ_EVENING + 3600000;
    struct journal *t = journal_of("tablet", who);
    evening(t);
    BELIEVE(merge_bytes(t, first, (struct merge_options){.tablet = true, .code = code}) ==
            STATUS_OK);
    return t;
}

/* The bundle that holds every construct, with credentials where it has none. */
static void sample_source(struct bundle_source *out) {
    struct sample_bundle b;
    bool any = false;
    sample_make(&b);
    for (size_t i = 0; i < b.count; i++)
        any = any || b.blocks[i].type == BLOCK_CREDENTIALS;
    if (!any) {
        struct succession steps[2] = {{.at = 1}, {.at = 2}};
        struct proof proofs[2] = {{.key = {1}}, {.key = {2}}};
        struct credentials c = {.office_at = 1795305600000LL,
                                .successions = steps,
                                .successions_count = 2,
                                .proofs = proofs,
                                .proofs_count = 2};
        BELIEVE(b.count < SAMPLE_BLOCKS_MAX);
        memmove(b.blocks + 3, b.blocks + 2, (b.count - 2) * sizeof b.blocks[0]);
        b.blocks[2] = (struct sample_block){.type = BLOCK_CREDENTIALS};
        credentials_put(&b.blocks[2].bytes, &c);
        b.count++;
    }
    out->carrier = b.carrier;
    sample_seal(&b, &out->bytes);
    sample_release(&b);
}

/* ---- without a journal ---- */

static bool touch_record(void *ctx, const hash256 *log, const struct record_wire *r) {
    uint64_t *sum = ctx;
    for (size_t i = 0; i < r->body_size && !r->body_erased; i++)
        *sum += r->body[i];
    *sum += log->b[0] + r->hash.b[0] + (uint64_t)r->seq;
    return true;
}

static enum status show_bytes(const struct buf *b, const struct bundle_opener *opener) {
    struct bundle_head head;
    uint64_t sum = 0;
    uint8_t *exact = malloc(b->size ? b->size : 1); /* so that one byte too far is seen */
    BELIEVE(exact != NULL);
    if (b->size) memcpy(exact, b->data, b->size);
    enum status s =
        bundle_show_sealed_memory(exact, b->size, opener, &head, touch_record, &sum);
    free(exact);
    fuzz_used(sum);
    BELIEVE(!s || status_detail()[0]);
    return s;
}
#endif
