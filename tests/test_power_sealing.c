/* test_power_sealing.c -- the power goes while a tablet's database is being sealed.
 *
 * needs: sync store base
 *
 * A used tablet (used_tablet.h) gets its first PIN. SQLite's writes and those of the key file
 * beside it are recorded in one order (vfs_shim.c, file_shim.c), from the first of its life to
 * the last of sealing. For every moment of sealing, and for subsets of the sectors and names
 * not yet synced, disk and folder are built as a power cut would leave them. Then: the lock
 * page finds it open or sealed; it opens as what it is, with the content it had; and once it is
 * sealed, by then or by sealing it again, the search finds no word and no key. A usual run
 * takes a seeded share of the moments, LANTERN_TEST_ALL=1 every one with eight subsets. */
#include "used_tablet.h"
#include "vfs_shim.c"

#include "file_shim.c"
#include "planted_disk.h"

static struct {
    struct home home;
    char folder[300], cut[300];
    hash256 open, sealed, tables; /* content before, content after, tables of both */
    int64_t rows;
    size_t from; /* operations before sealing began */
    int as_open, as_sealed, sealed_again;
    struct sought sought;
} run;

static hash256 whole_content(struct journal *j) {
    hash256 h;
    assert_int_equal(journal_content_hash(j, true, &h), STATUS_OK);
    return h;
}

static void clear_cut(void) {
    struct arena a = {0};
    char **names;
    size_t n;
    char *home = path_join(&a, run.cut, "home");
    assert_int_equal(dir_list(&a, home, NULL, &names, &n), STATUS_OK);
    for (size_t i = 0; i < n; i++)
        unlink(path_join(&a, home, names[i]));
    arena_release(&a);
}

/* What it says is what it said: content and tables, whatever its form. */
static void as_it_was(struct home *h, size_t ops, bool deep) {
    hash256 c = whole_content(h->j);
    if (!hash_equal(&c, h->sealed ? &run.sealed : &run.open))
        fail_msg("after %zu operations: another content", ops);
    if (!deep) return;
    int64_t rows;
    laws(h->j);
    if (h->sealed) return;
    hash256 t = tables_of(h->j, true, &rows);
    assert_int_equal(rows, run.rows);
    assert_memory_equal(t.b, run.tables.b, 32);
}

static void after_cut(size_t ops, enum shim_cut how, uint64_t seed, bool deep) {
    draw d = {.s = seed};
    struct home h = run.home;
    char when[80];
    clear_cut();
    shim_build(ops, how, &d);
    files_build(ops, how, &d, run.cut);
    snprintf(h.dir, sizeof h.dir, "%.280s/home", run.cut);
    snprintf(h.db, sizeof h.db, "%.280s/home/lantern.db", run.cut);
    snprintf(when, sizeof when, "after %zu operations", ops);
    home_find(&h);
    enum status s = home_try(&h);
    if (s) fail_msg("%s it does not open: %s: %s", when, status_key(s), status_detail());
    assert_true(journal_at_rest_sealed(h.j) == h.sealed);
    (*(h.sealed ? &run.as_sealed : &run.as_open))++;
    as_it_was(&h, ops, deep);
    if (!h.sealed) {
        if (!deep) {
            home_close(&h);
            return;
        }
        run.sealed_again++;
        home_seal(&h);
        laws(h.j);
    }
    home_close(&h);
    none_on_disk(run.cut, when, &run.sought);
}

static void record_a_sealing(void) {
    struct home *h = &run.home;
    snprintf(run.folder, sizeof run.folder, "%s/sealing", scratch_dir());
    snprintf(run.cut, sizeof run.cut, "%s/sealing-cut", scratch_dir());
    assert_int_equal(file_make_dirs(path_join(&test_arena, run.cut, "home")), STATUS_OK);
    snprintf(files.folder, sizeof files.folder, "%s/", run.folder);
    h->vfs = "shim";
    snprintf(h->shim_db, sizeof h->shim_db, "%s/home/lantern.db", run.folder);
    shim_register();
    shim.recording = true;
    struct journal *office = used_tablet(h, "sealing/home", 20);
    there_and_back(h, office);
    journal_close(office);
    home_close(h);
    home_open(h); /* as the app is when it asks for the first PIN */
    run.open = whole_content(h->j);
    run.tables = tables_of(h->j, true, &run.rows);
    device_key_is_secret(h);
    run.from = shim.n_ops;
    shim.keep_nameless = true;
    assert_int_equal(home_seal_try(h), STATUS_OK);
    home_close(h);
    h->sealed = true;
    home_open(h);
    run.sealed = whole_content(h->j);
    home_close(h);
    shim.recording = false;
    h->sealed = false;
    struct sought nameless = {0};
    seek_bytes(&nameless, shim.nameless, shim.nameless_n, "a file without a name");
    printf("figure: sealing wrote %zu bytes into files without a name, %zu words in them\n",
           shim.nameless_n, nameless.found);
    assert_int_equal(nameless.found, 0);
}

static void either_form_opens(void **state) {
    (void)state;
    bool all = getenv("LANTERN_TEST_ALL") != NULL;
    size_t prefixes = 0, disks = 0, syncs = 0, bytes = 0;
    record_a_sealing();
    size_t n = shim.n_ops, moments = n - run.from + 1;
    uint32_t stride = moments > 60 ? (uint32_t)(moments / 20) : 1;
    for (size_t i = run.from; i < n; i++) {
        syncs += shim.ops[i].type == SHIM_SYNC;
        bytes += shim.ops[i].type == SHIM_WRITE ? (size_t)shim.ops[i].size : 0;
    }
    draw pick = {.s = 6};
    for (size_t at = run.from; at <= n; at += all ? 1 : 1 + draw_below(&pick, stride)) {
        bool deep = prefixes++ % 4 == 0;
        after_cut(at, CUT_ALL, 0, deep);
        after_cut(at, CUT_NONE, 0, deep);
        disks += 2;
        for (uint64_t seed = 1; seed <= (all ? 8 : 1); seed++, disks++)
            after_cut(at, CUT_SOME, seed * 1000003 + at, deep);
    }
    printf("figure: power cut in sealing: %zu operations (%zu bytes, %zu syncs), %zu of %zu "
           "moments, %zu disks built and opened: %d open, %d sealed, the same content each "
           "time; %d sealed again\n",
           n - run.from, bytes, syncs, prefixes, moments, disks, run.as_open, run.as_sealed,
           run.sealed_again);
    printf("figure: after these: %zu files, %zu bytes searched for %d words in 3 encodings and "
           "%d keys, %zu found\n",
           run.sought.files, run.sought.bytes, planted.count, planted.secrets_count,
           run.sought.found);
    assert_true(run.as_open > 10 && run.as_sealed > 5 && run.sealed_again > 3);
    disk_forget();
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(either_form_opens)};
    key_lock_weakly_for_tests();
    return cmocka_run_group_tests(tests, begin, end);
}
