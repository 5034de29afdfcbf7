/* test_power_bundle.c -- the power goes during an export and during a merge.
 *
 * needs: sync store base
 *
 * One run of a tablet that is enrolled on the way (and one of its office) is recorded: SQLite's
 * writes below it (vfs_shim.c), those of the key file and of the bundles beside it
 * (file_shim.c), in one order. For every prefix and for subsets of the sectors and names not
 * yet synced, database, key file and memory stick are built as a power cut would leave them.
 * Then: every bundle under its final name is whole, what was acknowledged is there, the marker
 * is not behind any bundle that could be seen, and what the tablet sends next joins it. A merge
 * is whole or not there, and is simply run again. A usual run takes a seeded share of the
 * prefixes, LANTERN_TEST_ALL=1 every one with eight subsets. */
#include "store_help.h"

#include <ctype.h>
#include <sys/stat.h>

#include "base/keys.h"
#include "sync/bundle.h"
#include "sync/enrol.h"
#include "sync/office_keys.h"
#include "vfs_shim.c"

#include "file_shim.c"

#define PROMISES    200
#define BUNDLES_MAX 12

/* By the n-th operation, this much had been promised. */
struct promise {
    size_t ops;
    int64_t seq; /* of the own log */
    hash256 hash, content;
    size_t bundles; /* so many of `made` stand under their names */
};
/* Bundles in the order in which they were made; a later one of the same name replaces it. */
struct made_bundle {
    char name[40];
    hash256 id;
    int64_t last_seq; /* of the maker's own log */
};

/* One run at a time. */
static struct {
    struct promise promises[PROMISES];
    size_t promised;
    struct made_bundle made[BUNDLES_MAX];
    size_t made_count;
    char folder[300], cut[300];
    hash256 own;
    uint8_t recovery[32];   /* opens the tablets' bundles */
    struct journal *reader; /* opens the office's packs */
    size_t ready;           /* operations after which the merges begin */
    int whole, absent, joined;
} run;
static struct clock_manual now;

static void folders(const char *name) {
    char path[700];
    static const char *const below[] = {"", "/home", "/stick"};
    shim.recording = false; /* what a test before may have left */
    shim_forget_ops();
    shim_forget_files();
    files_forget();
    memset(&run, 0, sizeof run);
    snprintf(run.folder, sizeof run.folder, "%s/%s", scratch_dir(), name);
    snprintf(run.cut, sizeof run.cut, "%s/%s-cut", scratch_dir(), name);
    for (size_t i = 0; i < sizeof below / sizeof below[0]; i++) {
        snprintf(path, sizeof path, "%s%s", run.folder, below[i]);
        OK(file_make_dirs(path));
        snprintf(path, sizeof path, "%s%s", run.cut, below[i]);
        OK(file_make_dirs(path));
    }
    snprintf(files.folder, sizeof files.folder, "%s/", run.folder);
}

static struct journal *open_in(const char *folder, const char *role, enum status *s) {
    struct journal *j = NULL;
    char key[700];
    snprintf(key, sizeof key, "%s/home/lantern.key", folder);
    struct journal_options o = {.path = "/disk/lantern.db",
                                .key_path = key,
                                .clock = clock_manual(&now),
                                .device_name = role,
                                .device_role = role,
                                .vfs = "shim",
                                .rest_key = test_rest_key()};
    *s = journal_open(&j, &o);
    return j;
}

static void promise(struct journal *j) {
    struct journal_self self;
    bool recording = shim.recording;
    shim.recording = false;
    journal_self(j, &self);
    assert_true(run.promised < PROMISES);
    run.promises[run.promised++] = (struct promise){.ops = shim.n_ops,
                                                    .seq = self.head_seq,
                                                    .hash = self.head_hash,
                                                    .content = content(j),
                                                    .bundles = run.made_count};
    shim.recording = recording;
}

static const struct promise *promise_at(size_t ops) {
    const struct promise *p = NULL;
    for (size_t i = 0; i < run.promised && run.promises[i].ops <= ops; i++)
        p = &run.promises[i];
    return p;
}

/* ---- a tablet's life ---- */

static void answer(struct journal *j, row_id visit, int i) {
    char note[80];
    struct row r = row_new(&kind_answer);
    now.wall_ms += 4000;
    snprintf(note, sizeof note, "what was seen at item %d, in a few words", i);
    row_ref(&r, "visit", visit);
    row_text(&r, "item", "item");
    row_text(&r, "note", note);
    put_alone(j, &r);
    promise(j);
}

static void photo(struct journal *j, row_id visit, uint64_t seed, size_t size) {
    draw d = {seed};
    struct buf bytes = {0};
    struct row r = row_new(&kind_attachment);
    hash256 name;
    while (bytes.size < size)
        buf_u64(&bytes, draw_next(&d));
    OK(blob_put(j, bytes.data, bytes.size, &name));
    row_ref(&r, "visit", visit);
    row_hash(&r, "hash", &name);
    put_alone(j, &r);
    promise(j);
    buf_release(&bytes);
}

static void hour(struct journal *j, int number, int answers) {
    struct row v = row_new(&kind_visit);
    row_text(&v, "template", "NIGHT");
    now.wall_ms += 60000;
    row_id visit = put_alone(j, &v);
    promise(j);
    for (int i = 0; i < answers; i++)
        answer(j, visit, 100 * number + i);
    photo(j, visit, (uint64_t)number + 1, 3000);
}

static bool opens(const void *ctx, const uint8_t wrapped[80], uint8_t key[32]) {
    (void)ctx;
    return key_unwrap(run.recovery, wrapped, key) ||
           (run.reader && journal_unwrap(run.reader, wrapped, key));
}

static void make(struct journal *j, const char *name, struct export_options o) {
    char path[700];
    struct export_summary sum;
    struct journal_self self;
    snprintf(path, sizeof path, "%s/stick/%s", run.folder, name);
    o.path = path;
    o.everything = true;
    now.wall_ms += 1000;
    journal_self(j, &self);
    assert_true(run.made_count < BUNDLES_MAX);
    struct made_bundle *m = &run.made[run.made_count];
    snprintf(m->name, sizeof m->name, "%s", name);
    m->last_seq = self.head_seq;
    OK(export_all(j, &o, &sum));
    m->id = sum.id;
    run.made_count++;
    promise(j);
}

/* ---- after the cut ---- */

/* The bundle of that name as the stick has it: whole, one of those made under the name, and not
 * an older one than had been acknowledged. Returns which, or -1: absent. */
static int bundle_on_stick(const char *name, const struct promise *p, size_t ops) {
    char path[700];
    struct bundle_head head;
    int found = -1, acknowledged = -1;
    snprintf(path, sizeof path, "%s/stick/%s", run.cut, name);
    for (size_t i = 0; p && i < p->bundles; i++)
        if (strcmp(run.made[i].name, name) == 0) acknowledged = (int)i;
    if (!file_exists(path)) {
        if (acknowledged >= 0) fail_msg("after %zu operations: %s is not there", ops, name);
        run.absent++;
        return -1;
    }
    const struct bundle_opener opener = {.unwrap = opens};
    enum status s = bundle_show_sealed(path, &opener, &head, NULL, NULL);
    if (s) fail_msg("after %zu operations: %s is not whole: %s", ops, name, status_detail());
    for (size_t i = 0; i < run.made_count; i++)
        if (strcmp(run.made[i].name, name) == 0 && hash_equal(&run.made[i].id, &head.id))
            found = (int)i;
    if (found < 0) fail_msg("after %zu operations: %s is another bundle", ops, name);
    if (found < acknowledged) fail_msg("after %zu operations: an older %s", ops, name);
    run.whole++;
    return found;
}

/* What could be seen and what the tablet sends now, together in one office: no fork. */
static void joins(struct journal *j, const bool *seen, size_t ops) {
    char path[700];
    struct clock_manual other = now;
    struct journal *office = NULL;
    struct export_summary sum;
    struct merge_summary m;
    struct journal_options o = {.path = ":memory:",
                                .key_path = scratch("power-office.key"),
                                .clock = clock_manual(&other),
                                .device_name = "office",
                                .device_role = "office"};
    OK(journal_open(&office, &o));
    for (size_t i = 0; i < run.made_count; i++) {
        if (!seen[i]) continue;
        snprintf(path, sizeof path, "%s/stick/%s", run.cut, run.made[i].name);
        OK(merge_file(
            office,
            &(struct merge_options){.path = path, .trust = true, .recovery = run.recovery},
            &m));
    }
    snprintf(path, sizeof path, "%s/stick/after.lantern", run.cut);
    OK(export_all(j, &(struct export_options){.path = path, .everything = true}, &sum));
    enum status s = merge_file(
        office, &(struct merge_options){.path = path, .trust = true, .recovery = run.recovery},
        &m);
    if (s || m.forks || m.gaps)
        fail_msg("after %zu operations: what comes next does not join: %s", ops,
                 s ? status_detail() : "a fork");
    laws(office);
    journal_close(office);
    unlink(path);
    run.joined++;
}

static void clear_cut(void) {
    struct arena a = {0};
    static const char *const below[] = {"home", "stick"};
    for (int i = 0; i < 2; i++) {
        char **names, *dir = path_join(&a, run.cut, below[i]);
        size_t n;
        OK(dir_list(&a, dir, NULL, &names, &n));
        for (size_t k = 0; k < n; k++)
            unlink(path_join(&a, dir, names[k]));
    }
    arena_release(&a);
}

static void build(size_t ops, enum shim_cut cut, uint64_t seed) {
    draw d = {.s = seed};
    clear_cut();
    shim_build(ops, cut, &d);
    files_build(ops, cut, &d, run.cut);
}

static void own_kept(struct journal *j, const struct promise *p, size_t ops) {
    struct journal_self self;
    hash256 h = {0};
    journal_self(j, &self);
    if (!hash_equal(&self.log_id, &run.own))
        fail_msg("after %zu operations: the tablet took itself for another one", ops);
    if (p->seq &&
        (journal_record_hash(j, ROW_ID(self.log, p->seq), &h) || !hash_equal(&h, &p->hash)))
        fail_msg("after %zu operations: record %lld is lost", ops, (long long)p->seq);
}

static void tablet_after(size_t ops, enum shim_cut cut, uint64_t seed, bool deep) {
    enum status s;
    const struct promise *p = promise_at(ops);
    bool seen[BUNDLES_MAX] = {false};
    int64_t seen_seq = 0;
    build(ops, cut, seed);
    for (size_t i = 0; i < run.made_count; i++) {
        bool first = true;
        for (size_t k = 0; k < i; k++)
            first = first && strcmp(run.made[k].name, run.made[i].name) != 0;
        int found = first ? bundle_on_stick(run.made[i].name, p, ops) : -1;
        if (found < 0) continue;
        seen[found] = true;
        if (run.made[found].last_seq > seen_seq) seen_seq = run.made[found].last_seq;
    }
    struct journal *j = open_in(run.cut, "tablet", &s);
    if (s) fail_msg("after %zu operations it does not open: %s", ops, status_detail());
    if (p) own_kept(j, p, ops);
    if (union_exported_seq(j) < seen_seq)
        fail_msg("after %zu operations: the marker says %lld, a bundle on the stick %lld", ops,
                 (long long)union_exported_seq(j), (long long)seen_seq);
    laws(j);
    struct row r = row_new(&kind_service);
    row_text(&r, "code", "AFTER");
    row_text(&r, "name", "written after the power came back");
    put_alone(j, &r);
    if (deep) joins(j, seen, ops);
    journal_close(j);
}

typedef void after_cut(size_t ops, enum shim_cut cut, uint64_t seed, bool deep);

/* Each prefix with all, none and some of what was not synced. */
static void every_cut(const char *what, after_cut *check, uint32_t stride) {
    bool all = getenv("LANTERN_TEST_ALL") != NULL;
    size_t n = shim.n_ops, prefixes = 0, cuts = 0, syncs = 0, names = 0;
    draw pick = {.s = 11};
    for (size_t i = 0; i < n; i++)
        syncs += shim.ops[i].type == SHIM_SYNC;
    for (size_t i = 0; i < files.n; i++) {
        syncs += files.ops[i].type == FILE_SYNCED || files.ops[i].type == FILE_FOLDER;
        names += files.ops[i].type == FILE_RENAME;
    }
    shim.recording = false;
    for (size_t at = 0; at <= n; at += all ? 1 : 1 + draw_below(&pick, stride)) {
        prefixes++;
        check(at, CUT_ALL, 0, prefixes % 8 == 0);
        check(at, CUT_NONE, 0, prefixes % 8 == 4);
        cuts += 2;
        for (uint64_t seed = 1; seed <= (all ? 8 : 2); seed++, cuts++)
            check(at, CUT_SOME, seed * 1000003 + at, (prefixes + seed) % 8 == 2);
    }
    printf("figure: power cut in %s: %zu operations on the disk (%zu syncs, %zu renames), %zu "
           "promises; %zu of %zu prefixes, %zu disks built and opened: nothing promised is "
           "lost\n",
           what, n, syncs, names, run.promised, prefixes, n + 1, cuts);
    shim_forget_ops();
    shim_forget_files();
    files_forget();
}

/* ---- the tests ---- */

/* An office as init makes it; each step is promised. */
static void office_begin(struct journal *m) {
    struct row provider = row_new(&kind_provider), service = row_new(&kind_service);
    char text[RECOVERY_TEXT_BYTES];
    row_text(&provider, "code", "P1");
    row_text(&provider, "name", "Night Homes");
    put_alone(m, &provider);
    promise(m);
    row_text(&service, "code", "OAK");
    row_text(&service, "name", "Oak House");
    put_alone(m, &service);
    promise(m);
    OK(office_recovery_make(m, text));
    OK(office_recovery_read(text, run.recovery));
}

/* Enrols a tablet of that name and gives its first pack to it. */
static void first_pack(struct journal *office, const char *name, const char *path,
                       struct enrol_made *made) {
    struct export_summary sum;
    OK(enrol_new(office, name, NULL, "OAK", made));
    OK(export_all(office,
                  &(struct export_options){.path = path,
                                           .purpose = BUNDLE_PACK,
                                           .everything = true,
                                           .for_tablet = name,
                                           .code = made->code,
                                           .token = made->token},
                  &sum));
}

static void read_first(struct journal *tablet, const char *path, const char *code) {
    struct merge_summary sum = {0};
    OK(merge_file(tablet, &(struct merge_options){.path = path, .tablet = true, .code = code},
                  &sum));
    assert_true(sum.enrolled);
}

static void an_export_is_whole_or_absent(void **state) {
    (void)state;
    enum status s;
    struct enrol_made made;
    struct journal_self self;
    char pack[700];
    shim_register();
    folders("power-tablet");
    now = (struct clock_manual){.wall_ms = NOON};
    struct journal *office = open_device(scratch("pt-office.db"), &now, "office");
    office_begin(office);
    snprintf(pack, sizeof pack, "%s/pt-first.lantern", scratch_dir());
    first_pack(office, "Night tablet", pack, &made);
    journal_close(office);
    run.promised = 0; /* these were the office's */

    shim.recording = true;
    struct journal *j = open_in(run.folder, "tablet", &s);
    OK(s);
    hour(j, 1, 4);
    make(j, "one.lantern", (struct export_options){.purpose = BUNDLE_TO_OFFICE}); /* open */
    read_first(j, pack, made.code);
    promise(j);
    hour(j, 2, 3);
    make(j, "two.lantern", (struct export_options){.purpose = BUNDLE_TO_OFFICE}); /* sealed */
    journal_close(j);
    j = open_in(run.folder, "tablet", &s); /* a restart in the middle */
    OK(s);
    promise(j);
    hour(j, 3, 2);
    make(j, "two.lantern", (struct export_options){.purpose = BUNDLE_TO_OFFICE}); /* again */
    journal_self(j, &self);
    run.own = self.log_id;
    journal_close(j);
    every_cut("an export", tablet_after, 26);
    printf(
        "figure: after these cuts %d bundles, open and sealed, were whole under their names, "
        "%d not there, none in between; %d times what the tablet sent next joined what had "
        "been seen\n",
        run.whole, run.absent, run.joined);
    assert_true(run.whole > 50 && run.absent > 20 && run.joined > 5);
}

static char bundles_of_tablets[3][700];

/* Three tablets that the office enrols now; their lives are not recorded. */
static void tablets_make(struct journal *office) {
    for (int i = 0; i < 3; i++) {
        char db[40], pack[700];
        struct enrol_made made;
        struct export_summary sum;
        snprintf(db, sizeof db, "pt-%d.db", i);
        snprintf(pack, sizeof pack, "%s/stick/first-%d.lantern", run.folder, i);
        snprintf(bundles_of_tablets[i], sizeof bundles_of_tablets[i], "%s/pt-%d.lantern",
                 scratch_dir(), i);
        first_pack(office, db, pack, &made);
        promise(office);
        shim.recording = false;
        size_t promised = run.promised; /* what follows is the tablet's */
        struct journal *j = open_device(scratch(db), &now, "tablet");
        read_first(j, pack, made.code);
        hour(j, 10 + i, 6);
        OK(export_all(j, &(struct export_options){.path = bundles_of_tablets[i]}, &sum));
        assert_true(sum.sealed);
        run.promised = promised;
        if (i == 0)
            run.reader = j;
        else
            journal_close(j);
        shim.recording = true;
    }
}

static struct merge_summary merge(struct journal *j, int i) {
    struct merge_summary sum = {0};
    OK(merge_file(j, &(struct merge_options){.path = bundles_of_tablets[i]}, &sum));
    return sum;
}

static hash256 whole_content, whole_tables;

static void office_after(size_t ops, enum shim_cut cut, uint64_t seed, bool deep) {
    enum status s;
    const struct promise *p = promise_at(ops);
    build(ops, cut, seed);
    for (size_t i = 0; i < run.made_count; i++)
        bundle_on_stick(run.made[i].name, p, ops);
    struct journal *j = open_in(run.cut, "office", &s);
    if (s) fail_msg("after %zu operations it does not open: %s", ops, status_detail());
    hash256 h = content(j);
    const struct promise *next = p ? p + 1 : run.promises;
    bool as_promised = p && hash_equal(&h, &p->content);
    bool as_next = next < run.promises + run.promised && hash_equal(&h, &next->content);
    if (p && !as_promised && !as_next)
        fail_msg("after %zu operations: half a merge, or one lost", ops);
    if (deep || as_next || !p) laws(j);
    if (ops < run.ready) {
        journal_close(j);
        return;
    }
    for (int i = 0; i < 3; i++)
        merge(j, i); /* simply again */
    h = content(j);
    assert_memory_equal(h.b, whole_content.b, 32);
    h = tables_hash(j);
    assert_memory_equal(h.b, whole_tables.b, 32);
    if (deep) laws(j);
    run.joined++;
    journal_close(j);
}

static void a_merge_is_whole_or_not_there(void **state) {
    (void)state;
    enum status s;
    struct journal_self self;
    uint8_t box[32];
    shim_register();
    folders("power-office");
    now = (struct clock_manual){.wall_ms = NOON};
    shim.recording = true;
    struct journal *j = open_in(run.folder, "office", &s);
    OK(s);
    office_begin(j);
    tablets_make(j);
    run.ready = shim.n_ops;
    for (int i = 0; i < 3; i++) {
        now.wall_ms += 5000;
        assert_true(merge(j, i).added > 10);
        promise(j);
    }
    assert_int_equal(merge(j, 0).added, 0);
    promise(j);
    journal_self(run.reader, &self);
    assert_true(key_of_signer(self.key, box));
    make(j, "pack.lantern", (struct export_options){.purpose = BUNDLE_PACK, .seal_to = box});
    shim.recording = false;
    whole_content = content(j);
    whole_tables = tables_hash(j);
    journal_close(j);
    every_cut("a merge", office_after, 40);
    journal_close(run.reader);
    printf("figure: %d of these cuts were during the merges of sealed bundles; each time they "
           "were run again: the same content and the same tables; the pack was %d times whole, "
           "%d times not there\n",
           run.joined, run.whole, run.absent);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_export_is_whole_or_absent),
        cmocka_unit_test(a_merge_is_whole_or_not_there),
    };
    log_open("/dev/null");
    key_lock_weakly_for_tests();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
