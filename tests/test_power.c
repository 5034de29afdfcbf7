/* test_power.c -- what was acknowledged is there after the power has gone; full and read-only
 * disks say so.
 *
 * needs: store base
 *
 * One run of a device is recorded below SQLite, write by write. For every prefix of those
 * writes, and for subsets of the sectors not yet synced, the disk is built as a power cut would
 * leave it, opened, and asked: is everything there that journal_commit had promised by then, do
 * the laws hold, does it go on? A usual run takes a seeded share of the prefixes,
 * LANTERN_TEST_ALL=1 every one. */
#include "store_help.h"

#include <unistd.h>

#include "vfs_shim.c"

#define PROMISES 400

/* By the n-th operation on the disk, this much had been promised. */
struct promise {
    size_t ops;
    int64_t seq;
    hash256 hash;
    char draft[24];
    bool draft_there;
};
static struct promise promises[PROMISES];
static size_t promised;
static struct clock_manual now;

static struct journal *open_shim(const char *key, enum status *s) {
    struct journal *j = NULL;
    struct journal_options o = {.path = "/disk/lantern.db",
                                .key_path = key,
                                .clock = clock_manual(&now),
                                .device_name = "night tablet",
                                .device_role = "tablet",
                                .vfs = "shim",
                                .rest_key = test_rest_key()};
    *s = journal_open(&j, &o);
    return j;
}

static void promise(struct journal *j, const char *draft) {
    struct journal_self self;
    journal_self(j, &self);
    assert_true(promised < PROMISES);
    struct promise *p = &promises[promised++];
    *p = (struct promise){.ops = shim.n_ops, .seq = self.head_seq, .hash = self.head_hash};
    p->draft_there = draft != NULL;
    if (draft) snprintf(p->draft, sizeof p->draft, "%s", draft);
}

static row_id answer(struct journal *j, row_id visit, int i) {
    char note[60];
    struct row r = row_new(&kind_answer);
    snprintf(note, sizeof note, "what was seen at item %d", i);
    row_ref(&r, "visit", visit);
    row_text(&r, "item", "item");
    row_text(&r, "note", note);
    return put_alone(j, &r);
}

static void change(struct journal *j, row_id id, int i) {
    struct arena a = {0};
    struct row r;
    OK(journal_row(j, &kind_answer, id, &a, &r));
    row_text(&r, "word", i & 1 ? "met" : "not_met");
    put_alone(j, &r);
    arena_release(&a);
}

/* A short life with everything in it: creations, changes, drafts, blobs, a seal, checkpoints of
 * the database, a restart. */
static void live(struct journal *j, int intents) {
    static uint8_t photo[3000];
    hash256 name;
    row_id last = 0, visit = 0;
    char draft[24] = "";
    bool draft_there = false, done;
    for (int i = 0; i < intents; i++) {
        now.wall_ms += 4000;
        if (i % 20 == 0) {
            struct row v = row_new(&kind_visit);
            row_text(&v, "template", "NIGHT");
            visit = put_alone(j, &v);
        } else if (i % 20 == 19) {
            struct row s = row_new(&kind_seal);
            row_ref(&s, "visit", visit);
            put_alone(j, &s);
        } else if (i % 5 == 1) {
            snprintf(draft, sizeof draft, "half a word %d", i);
            draft_there = true;
            OK(draft_put(j, "note", draft, strlen(draft) + 1));
        } else if (i % 10 == 7) {
            draft_there = false;
            OK(draft_put(j, "note", NULL, 0));
        } else if (i % 10 == 8) {
            photo[0] = (uint8_t)i;
            OK(blob_put(j, photo, sizeof photo, &name));
        } else if (last && i % 3 == 0 && i % 20 > 3) {
            change(j, last, i);
        } else {
            last = answer(j, visit, i);
        }
        promise(j, draft_there ? draft : NULL);
        if (i % 15 == 14)
            OK(journal_verify_step(j, 1, &done)); /* an idle moment: a checkpoint */
    }
}

static const struct promise *promise_at(size_t ops) {
    const struct promise *p = NULL;
    for (size_t i = 0; i < promised && promises[i].ops <= ops; i++)
        p = &promises[i];
    return p;
}

static void kept(struct journal *j, const struct promise *p, size_t ops) {
    struct arena a = {0};
    hash256 h = {0};
    void *draft = NULL;
    size_t n = 0;
    if (p->seq) {
        enum status s = journal_record_hash(j, ROW_ID(1, p->seq), &h);
        if (s || !hash_equal(&h, &p->hash))
            fail_msg("after %zu operations: record %lld is lost", ops, (long long)p->seq);
    }
    /* The draft is the one promised, or the one that came after: never an older one. */
    enum status s = draft_get(j, "note", &a, &draft, &n);
    bool as_promised =
        p->draft_there ? s == STATUS_OK && strcmp(draft, p->draft) == 0 : s == STATUS_NOT_FOUND;
    bool as_next = false;
    size_t next = (size_t)(p - promises) + 1;
    if (next < promised)
        as_next = promises[next].draft_there
                      ? s == STATUS_OK && strcmp(draft, promises[next].draft) == 0
                      : s == STATUS_NOT_FOUND;
    if (!as_promised && !as_next) fail_msg("after %zu operations: an older draft", ops);
    arena_release(&a);
}

static void cut_and_check(size_t ops, enum shim_cut cut, uint64_t seed, const char *key) {
    enum status s;
    draw d = {.s = seed};
    char own_key[600];
    snprintf(own_key, sizeof own_key, "%s.cut", key);
    copy_file(key, own_key);
    shim_build(ops, cut, &d);
    shim.recording = false;
    struct journal *j = open_shim(own_key, &s);
    if (s) fail_msg("after %zu operations it does not open: %s", ops, status_detail());
    const struct promise *p = promise_at(ops);
    if (p) kept(j, p, ops);
    laws(j);
    struct row r = row_new(&kind_service);
    row_text(&r, "code", "AFTER");
    row_text(&r, "name", "written after the power came back");
    put_alone(j, &r);
    journal_close(j);
}

static void nothing_promised_is_lost(void **state) {
    (void)state;
    enum status s;
    bool all = getenv("LANTERN_TEST_ALL") != NULL;
    const char *key = scratch("power.key");
    shim_register();
    now = (struct clock_manual){.wall_ms = NOON};
    shim.recording = true;
    struct journal *j = open_shim(key, &s);
    OK(s);
    live(j, 45);
    journal_close(j);
    j = open_shim(key, &s); /* a restart in the middle */
    OK(s);
    row_id visit = put_alone(j, &(struct row){.kind = &kind_visit});
    promise(j, promises[promised - 1].draft_there ? promises[promised - 1].draft : NULL);
    answer(j, visit, 1000);
    promise(j, promises[promised - 1].draft_there ? promises[promised - 1].draft : NULL);
    journal_close(j);
    shim.recording = false;

    size_t n = shim.n_ops, cuts = 0, prefixes = 0, syncs = 0;
    for (size_t i = 0; i < n; i++)
        syncs += shim.ops[i].type == SHIM_SYNC;
    draw pick = {.s = 3};
    for (size_t at = 0; at <= n; at += all ? 1 : 1 + draw_below(&pick, 24)) {
        prefixes++;
        cut_and_check(at, CUT_ALL, 0, key);
        cut_and_check(at, CUT_NONE, 0, key);
        cuts += 2;
        for (uint64_t seed = 1; seed <= (all ? 8 : 1); seed++, cuts++)
            cut_and_check(at, CUT_SOME, seed * 1000003 + at, key);
    }
    printf("figure: power cut: %zu disk operations, %zu syncs, %zu promises; %zu prefixes, %zu "
           "disks built and opened, nothing lost\n",
           n, syncs, promised, prefixes, cuts);
    shim_forget_ops();
    shim_forget_files();
}

/* One commit is one sync, not more: a tap waits for it. */
static void one_sync_an_intent(void **state) {
    (void)state;
    enum status s;
    shim_register();
    now = (struct clock_manual){.wall_ms = NOON};
    struct journal *j = open_shim(scratch("sync.key"), &s);
    OK(s);
    row_id visit = put_alone(j, &(struct row){.kind = &kind_visit});
    row_id id = answer(j, visit, 0);
    shim.recording = true;
    int intents = 60, syncs = 0;
    size_t writes = 0;
    for (int i = 0; i < intents; i++)
        change(j, id, i);
    for (size_t i = 0; i < shim.n_ops; i++) {
        syncs += shim.ops[i].type == SHIM_SYNC;
        writes += shim.ops[i].type == SHIM_WRITE;
    }
    assert_int_equal(syncs, intents);
    printf("figure: %d intents: %d syncs, %.1f writes each\n", intents, syncs,
           (double)writes / intents);
    shim.recording = false;
    journal_close(j);
    shim_forget_ops();
    shim_forget_files();
}

/* The 1st, 2nd, 3rd … write or sync fails; after each the intent says so, and the next goes on.
 */
static void every_write_may_fail(void **state) {
    (void)state;
    static const struct {
        int code;
        enum status want;
    } faults[] = {{SQLITE_FULL, STATUS_DISK_FULL}, {SQLITE_IOERR_WRITE, STATUS_IO}};
    enum status s;
    int failed = 0, walked = 0;
    shim_register();
    for (size_t f = 0; f < 2; f++) {
        now = (struct clock_manual){.wall_ms = NOON};
        unlink(scratch("fault.key"));
        struct journal *j = open_shim(scratch("fault.key"), &s);
        OK(s);
        row_id visit = put_alone(j, &(struct row){.kind = &kind_visit});
        row_id kept_answer = answer(j, visit, 0);
        for (int64_t at = 1; at < 60; at++, walked++) {
            struct journal_self before, after;
            journal_self(j, &before);
            shim_arm(at, faults[f].code, true);
            struct row r = row_new(&kind_answer);
            row_ref(&r, "visit", visit);
            row_text(&r, "item", "while the disk fails");
            s = journal_begin(j);
            if (!s) s = journal_put(j, &r);
            if (!s)
                s = journal_commit(j);
            else
                journal_rollback(j);
            bool hit = shim.calls >= at;
            shim_arm(0, 0, false);
            journal_self(j, &after);
            if (s) {
                failed++;
                if (s != faults[f].want && s != STATUS_IO)
                    fail_msg("fault %lld: %s", (long long)at, status_key(s));
                assert_int_equal(after.head_seq, before.head_seq);
                assert_true(status_detail()[0]);
            }
            change(j, kept_answer, (int)at); /* the next intent goes on */
            if (!hit) break;
        }
        laws(j);
        journal_close(j);
        j = open_shim(scratch("fault.key"), &s);
        OK(s);
        laws(j);
        journal_close(j);
        shim_forget_files();
    }
    assert_true(failed > 4);
    printf("figure: fault walk: %d places, %d intents refused, all went on\n", walked, failed);
}

static void a_full_disk_says_so_until_there_is_room(void **state) {
    (void)state;
    enum status s;
    shim_register();
    now = (struct clock_manual){.wall_ms = NOON};
    struct journal *j = open_shim(scratch("full.key"), &s);
    OK(s);
    row_id visit = put_alone(j, &(struct row){.kind = &kind_visit});
    shim_arm(1, SQLITE_FULL, false);
    for (int i = 0; i < 5; i++) {
        struct row r = row_new(&kind_answer);
        row_ref(&r, "visit", visit);
        row_text(&r, "item", "no room");
        s = journal_begin(j);
        if (!s) s = journal_put(j, &r);
        if (!s)
            s = journal_commit(j);
        else
            journal_rollback(j);
        must_be(STATUS_DISK_FULL, s, "a full disk");
        assert_true(draft_put(j, "note", "x", 1) == STATUS_DISK_FULL);
    }
    shim_arm(0, 0, false);
    answer(j, visit, 1);
    laws(j);
    journal_close(j);
    shim_forget_files();
}

static void a_read_only_folder_says_so(void **state) {
    (void)state;
    enum status s;
    shim_register();
    now = (struct clock_manual){.wall_ms = NOON};
    shim.read_only = true;
    struct journal *j = open_shim(scratch("ro.key"), &s);
    must_be(STATUS_READ_ONLY, s, "nothing there yet");
    assert_null(j);
    shim.read_only = false;
    j = open_shim(scratch("ro.key"), &s);
    OK(s);
    put_alone(j, &(struct row){.kind = &kind_visit});
    journal_close(j);
    shim.read_only = true;
    j = open_shim(scratch("ro.key"), &s);
    must_be(STATUS_READ_ONLY, s, "a database there");
    assert_true(status_detail()[0]);
    shim.read_only = false;
    j = open_shim(scratch("ro.key"), &s);
    OK(s);
    laws(j);
    journal_close(j);
    shim_forget_files();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_sync_an_intent),
        cmocka_unit_test(every_write_may_fail),
        cmocka_unit_test(a_full_disk_says_so_until_there_is_room),
        cmocka_unit_test(a_read_only_folder_says_so),
        cmocka_unit_test(nothing_promised_is_lost),
    };
    log_open("/dev/null");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
