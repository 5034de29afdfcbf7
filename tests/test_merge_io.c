/* test_merge_io.c -- a merge or an export that meets the world: damage inside, a full disk,
 * steps, a pipe instead of a file. needs: sync store base */
#include "merge_help.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "bundle_sample.c" /* each test is one program of one file */
#include "sync/apply.h"

/* ---- nothing by halves
 * ------------------------------------------------------------------------ */

/* Frames changed under fitting signatures of the carrier: only the second pass can tell, and
 * rolls back. */
static void refused_changes_nothing(void **state) {
    (void)state;
    struct journal *t = open_device("z-t.db", "tablet"), *m = open_device("z-m.db", "office");
    struct sample_bundle b;
    struct buf bytes = {0}, changed = {0}, raw = {0};
    struct packer packer = {0};
    struct merge_summary sum;
    uint16_t count;
    int64_t rows, rows_after;
    work(t, 20, 15);
    send(t, "z-1.lantern");
    merge(m, "z-1.lantern");
    work(t, 21, 40);
    send(t, "z-2.lantern");
    hash256 before = content(m), tables = tables_of(m, true, &rows);
    assert_int_equal(file_read(scratch("z-2.lantern"), 4 << 20, &bytes), STATUS_OK);
    draw d = {5};
    int refused = 0;
    for (int round = 0; round < 60; round++) {
        assert_true(sample_split(&b, bytes.data, bytes.size));
        memcpy(b.blocks[0].bytes.data + 43, b.carrier.key, 32);
        struct sample_block *x = sample_find(&b, BLOCK_CHUNK, 0);
        assert_int_equal(chunk_get(&packer, &raw, x->bytes.data, x->bytes.size, &count),
                         STATUS_OK);
        raw.data[draw_below(&d, (uint32_t)raw.size)] ^= (uint8_t)(1 + draw_below(&d, 255));
        sample_chunk(&x->bytes, count, &raw);
        sample_seal(&b, &changed);
        assert_int_equal(file_write(scratch("z-3.lantern"), changed.data, changed.size, 0600),
                         STATUS_OK);
        enum status s =
            try_merge(m, "z-3.lantern", (struct merge_options){.trust = true}, &sum);
        assert_true(s == STATUS_DAMAGED || s == STATUS_INVALID);
        assert_true(strlen(status_detail()) > 0);
        refused++;
        sample_release(&b);
    }
    hash256 after = content(m);
    assert_memory_equal(before.b, after.b, 32);
    after = tables_of(m, true, &rows_after);
    assert_memory_equal(tables.b, after.b, 32);
    laws(m);
    merge(m, "z-2.lantern");
    laws(m);
    printf("figure: %d bundles damaged inside under a fitting signature: refused, nothing "
           "changed\n",
           refused);
    packer_release(&packer);
    buf_release(&bytes);
    buf_release(&changed);
    buf_release(&raw);
    journal_close(t);
    journal_close(m);
}

/* The disk is full after so many bytes, for every step of the way. */
static void a_full_disk_is_told(void **state) {
    (void)state;
    struct journal *t = open_device("f-t.db", "tablet");
    row_id visit = add_visit(t, "NIGHT");
    add_photo(t, visit, 300000, 30);
    for (int i = 0; i < 20; i++)
        add_answer(t, visit, "met");
    journal_close(t);
    t = open_device("f-t.db",
                    "tablet"); /* what was in its own log of changes is in the database now */
    struct export_summary whole = send(t, "f-whole.lantern");
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit free_limit, limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &free_limit), 0);
    int told = 0;
    const char *path = scratch("f-full.lantern"), *part = scratch("f-full.lantern.part");
    /* Larger than the database, or its own writes would fail first; so fill the bundle's file
     * up instead. */
    for (int64_t bytes = 0; bytes < whole.bytes; bytes += whole.bytes / 23 + 1) {
        struct export *e = NULL;
        struct export_options o = {.path = path};
        bool done = false;
        limit = free_limit;
        enum status s = STATUS_OK;
        limit.rlim_cur = (rlim_t)bytes;
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
        s = export_start(&e, t, &o);
        while (!s && !done)
            s = export_step(e, 1000, &done, NULL);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &free_limit), 0);
        assert_int_equal(s, STATUS_DISK_FULL);
        export_cancel(e);
        assert_false(file_exists(path));
        assert_false(file_exists(part));
        told++;
    }
    /* And with room again it is whole. */
    export_to(t, "f-full.lantern", (struct export_options){.everything = true});
    assert_int_equal(bundle_show(path, NULL, NULL, NULL), STATUS_OK);
    printf("figure: a disk full after %d different numbers of bytes: told, no half file\n",
           told);
    journal_close(t);
}

/* ---- steps, lists
 * ----------------------------------------------------------------------------- */

static void steps_and_cancel(void **state) {
    (void)state;
    struct journal *t = open_device("s-t.db", "tablet"), *m = open_device("s-m.db", "office");
    struct journal *p = open_device("s-p.db", "tablet");
    struct export *e;
    struct merge *g;
    struct export_summary sum;
    struct merge_summary got;
    struct export_options o = {.path = scratch("s-1.lantern")};
    bool done = false;
    double progress = 0, before = -1;
    int steps = 0;
    work(t, 40, 150);
    assert_int_equal(export_start(&e, t, &o), STATUS_OK);
    assert_int_equal(export_step(e, 0, &done, &progress), STATUS_OK);
    assert_false(file_exists(o.path));
    export_cancel(e);
    assert_false(file_exists(scratch("s-1.lantern.part")));

    assert_int_equal(export_start(&e, t, &o), STATUS_OK);
    for (done = false; !done; steps++) {
        assert_int_equal(export_step(e, 0, &done, &progress), STATUS_OK);
        assert_true(progress >= before && progress <= 1);
        before = progress;
        if (steps == 1) add_visit(t, "MEANWHILE"); /* people go on */
    }
    assert_int_equal(export_finish(e, &sum), STATUS_OK);
    assert_true(steps > 5);

    assert_int_equal(merge_start(&g, m, &(struct merge_options){.path = o.path, .trust = true}),
                     STATUS_OK);
    for (int i = 0; i < 8; i++)
        assert_int_equal(merge_step(g, 0, &done, &progress), STATUS_OK);
    merge_cancel(g);
    assert_int_equal(query_one_int(m, -1, "SELECT count(*) FROM visit", 0), 0);
    assert_int_equal(merge_start(&g, m, &(struct merge_options){.path = o.path, .trust = true}),
                     STATUS_OK);
    for (done = false, before = -1; !done; before = progress) {
        assert_int_equal(merge_step(g, 0, &done, &progress), STATUS_OK);
        assert_true(progress >= before);
    }
    assert_int_equal(merge_finish(g, &got), STATUS_OK);
    assert_int_equal(got.added, sum.records);

    /* On a tablet each step leaves the journal free for the person's next touch. */
    make_pack(m, "s-pack.lantern");
    assert_int_equal(merge_start(&g, p,
                                 &(struct merge_options){.path = scratch("s-pack.lantern"),
                                                         .tablet = true,
                                                         .trust = true}),
                     STATUS_OK);
    for (done = false; !done;) {
        assert_int_equal(merge_step(g, 0, &done, &progress), STATUS_OK);
        add_visit(p, "TOUCH");
    }
    assert_int_equal(merge_finish(g, &got), STATUS_OK);
    assert_true(got.pack);
    laws(m);
    laws(p);
    journal_close(t);
    journal_close(m);
    journal_close(p);
}

/* ---- not a file
 * -------------------------------------------------------------------------------- */

static pid_t feed(const char *pipe, const char *from, size_t most) {
    pid_t child = fork();
    if (child) return child;
    struct buf bytes = {0};
    int fd = open(pipe, O_WRONLY);
    if (fd < 0 || file_read(from, 64 << 20, &bytes)) _exit(1);
    size_t n = bytes.size < most ? bytes.size : most;
    for (size_t at = 0; at < n;) {
        ssize_t did = write(fd, bytes.data + at, n - at < 3000 ? n - at : 3000);
        if (did <= 0) _exit(2);
        at += (size_t)did;
    }
    _exit(0);
}

static bool left_behind(const char *db) {
    return file_exists(scratch(arena_printf(&test_arena, "%s.spool", db)));
}

static void a_pipe_is_spooled(void **state) {
    (void)state;
    struct journal *m = open_office("pi-m.db", NULL), *t = open_device("pi-t.db", "tablet");
    struct merge_summary sum;
    const char *pipe = scratch("pi-pipe");
    enrol_tablet(m, t, "pi");
    work(t, 1, 60);
    struct export_summary sent = send(t, "pi-1.lantern");
    assert_true(sent.bytes > 5000);
    assert_int_equal(mkfifo(pipe, 0600), 0);
    /* Cut short on its way: refused, and nothing of it is left. */
    pid_t child = feed(pipe, scratch("pi-1.lantern"), 3000);
    enum status s = try_merge(m, "pi-pipe", (struct merge_options){0}, &sum);
    assert_true(s == STATUS_TRUNCATED || s == STATUS_DAMAGED);
    waitpid(child, NULL, 0);
    assert_false(left_behind("pi-m.db"));
    child = feed(pipe, scratch("pi-1.lantern"), SIZE_MAX);
    struct merge *g;
    bool done = false, spooled = false;
    assert_int_equal(merge_start(&g, m, &(struct merge_options){.path = pipe}), STATUS_OK);
    while (!done) {
        assert_int_equal(merge_step(g, 0, &done, NULL), STATUS_OK);
        spooled |= left_behind("pi-m.db");
    }
    assert_int_equal(merge_finish(g, &sum), STATUS_OK);
    waitpid(child, NULL, 0);
    assert_true(spooled && sum.sealed);
    assert_int_equal(sum.added, sent.records);
    assert_false(left_behind("pi-m.db"));
    /* What a crash left goes with the next merge. */
    copy_file("pi-1.lantern", "pi-m.db.spool");
    assert_int_equal(merge_sealed(m, "pi-1.lantern").added, 0);
    assert_false(left_behind("pi-m.db"));
    /* Without an end and without a beginning of ours: told at once. */
    assert_int_equal(merge_file(m, &(struct merge_options){.path = "/dev/zero"}, &sum),
                     STATUS_NOT_OURS);
    assert_int_equal(merge_file(m, &(struct merge_options){.path = scratch_dir()}, &sum),
                     STATUS_INVALID);
    assert_false(left_behind("pi-m.db"));
    laws(m);
    journal_close(m);
    journal_close(t);
}

/* Four thousand million zeros, in a file without blocks. */
static void four_gigabytes_of_zeros(void **state) {
    (void)state;
    struct journal *m = open_device("zz-m.db", "office");
    struct merge_summary sum;
    int fd = open(scratch("zz.lantern"), O_WRONLY | O_CREAT, 0600);
    assert_true(fd >= 0);
    assert_int_equal(ftruncate(fd, 4LL << 30), 0);
    close(fd);
    assert_int_equal(try_merge(m, "zz.lantern", (struct merge_options){.trust = true}, &sum),
                     STATUS_TOO_LARGE);
    assert_int_equal(truncate(scratch("zz.lantern"), 1LL << 30), 0);
    assert_int_equal(try_merge(m, "zz.lantern", (struct merge_options){.trust = true}, &sum),
                     STATUS_NOT_OURS);
    journal_close(m);
}

/* ---- room
 * ------------------------------------------------------------------------------------- */

static int64_t disk_of(const char *db) {
    int64_t size = file_size(scratch(db));
    int64_t wal = file_size(scratch(arena_printf(&test_arena, "%s-wal", db)));
    return size + (wal > 0 ? wal : 0);
}

/* What is asked for is what is needed: at least, and not much more. */
static void room_is_asked_for_first(void **state) {
    (void)state;
    struct journal *t = open_device("rr-t.db", "tablet"), *m = open_device("rr-m.db", "office");
    struct apply_room room = {0};
    struct bundle_reader r;
    struct block b;
    for (int i = 0; i < 12; i++)
        work(t, (uint64_t)i, 400);
    row_id visit = add_visit(t, "NIGHT");
    add_photo(t, visit, 3000000, 5);
    send(t, "rr-1.lantern");
    assert_int_equal(reader_open(&r, scratch("rr-1.lantern")), STATUS_OK);
    while (!r.ended) {
        assert_int_equal(reader_next(&r, &b), STATUS_OK);
        if (!r.ended) assert_int_equal(apply_room_count(&room, &b), STATUS_OK);
    }
    reader_release(&r);
    assert_true(room.blobs > 3000000 && room.frames > 100000);
    int64_t before = disk_of("rr-m.db"), wanted = apply_room_wanted(&room);
    merge(m, "rr-1.lantern");
    int64_t took = disk_of("rr-m.db") - before;
    printf("figure: %lld KB of frames and %lld KB of blobs: %lld KB asked for, %lld KB taken\n",
           (long long)room.frames / 1000, (long long)room.blobs / 1000,
           (long long)wanted / 1000, (long long)took / 1000);
    assert_true(took <= wanted && wanted < 6 * took);
    assert_int_equal(apply_room_enough(wanted, wanted), STATUS_OK);
    assert_int_equal(apply_room_enough(wanted, -1), STATUS_OK);
    assert_int_equal(apply_room_enough(250000000, 34900000), STATUS_DISK_FULL);
    assert_string_equal(status_detail(), "There is not enough room on this disk: this bundle "
                                         "needs about 250 MB and 34 MB are free.");
    journal_close(t);
    journal_close(m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refused_changes_nothing), cmocka_unit_test(a_full_disk_is_told),
        cmocka_unit_test(steps_and_cancel),        cmocka_unit_test(a_pipe_is_spooled),
        cmocka_unit_test(four_gigabytes_of_zeros), cmocka_unit_test(room_is_asked_for_first),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
