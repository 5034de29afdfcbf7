/* test_receipt.c -- what the office has, as it tells the tablets: what is sent again, what is
 * not, and what may go. needs: sync store base */
#include "merge_help.h"

#include "bundle_sample.c" /* each test is one program of one file */

/* ---- what a receipt covers
 * ---------------------------------------------------------------------- */

static void a_receipt_leaves_the_rest(void **state) {
    (void)state;
    struct journal *t = open_device("r-t.db", "tablet"), *m = open_device("r-m.db", "office");
    struct journal *late = open_device("r-l.db", "office");
    struct receipt_state receipt;
    int64_t records, bytes;
    work(t, 3, 60);
    struct export_summary first = send(t, "r-1.lantern");
    assert_int_equal(export_waiting(t, &records, &bytes), STATUS_OK);
    assert_int_equal(records, first.records); /* sent is not received */
    merge(m, "r-1.lantern");
    make_pack(m, "r-p.lantern");
    struct merge_summary got = read_pack(t, "r-p.lantern");
    assert_true(got.pack && got.receipt);
    assert_true(got.covered_until > EVENING);
    assert_int_equal(receipt_newest(t, &receipt), STATUS_OK);
    assert_true(receipt.any);
    assert_int_equal(receipt.own_seq, first.records);
    assert_int_equal(receipt.records, first.records);
    assert_int_equal(export_waiting(t, &records, &bytes), STATUS_OK);
    assert_int_equal(records, 0);
    assert_int_equal(bytes, 0);

    work(t, 4, 30);
    assert_int_equal(export_waiting(t, &records, &bytes), STATUS_OK);
    struct export_summary second = send(t, "r-2.lantern");
    assert_int_equal(second.records, records);
    struct journal_self self;
    journal_self(t, &self);
    assert_int_equal(first.records + second.records, self.head_seq);
    /* The form that both visits name went along the first time only. */
    struct bundle_head one, two;
    assert_int_equal(bundle_show(scratch("r-1.lantern"), &one, NULL, NULL), STATUS_OK);
    assert_int_equal(bundle_show(scratch("r-2.lantern"), &two, NULL, NULL), STATUS_OK);
    assert_int_equal(one.blobs, first.blobs);
    int64_t names = query_one_int(t, 0, "SELECT count(DISTINCT template_hash) FROM visit", 0);
    int64_t photos = query_one_int(t, 0, "SELECT count(*) FROM attachment", 0);
    assert_int_equal(first.blobs + second.blobs, names + photos);
    assert_int_equal(two.blobs, second.blobs);

    /* A master that gets the second bundle first has a gap, says so, and heals. */
    struct merge_summary gap = merge(late, "r-2.lantern");
    assert_int_equal(gap.gaps, 1);
    assert_int_equal(gap.added, second.records);
    struct journal_report report;
    assert_int_equal(journal_verify(late, &report), STATUS_OK);
    assert_int_equal(report.gaps, 1);
    gap = merge(late, "r-1.lantern");
    assert_int_equal(gap.gaps, 0);
    merge(m, "r-2.lantern");
    same_masters(m, late);
    laws(late);
    assert_int_equal(journal_verify(late, &report), STATUS_OK);
    assert_int_equal(report.gaps, 0);
    printf(
        "figure: after a receipt %lld of %lld records were sent; a gap was told and healed\n",
        (long long)second.records, (long long)self.head_seq);
    journal_close(t);
    journal_close(m);
    journal_close(late);
}

static void newer_receipts_win(void **state) {
    (void)state;
    struct journal *t = open_device("n-t.db", "tablet"), *m = open_device("n-m.db", "office");
    struct receipt_state r;
    work(t, 9, 20);
    make_pack(m, "n-old.lantern"); /* before anything came: covers nothing */
    send(t, "n-1.lantern");
    merge(m, "n-1.lantern");
    make_pack(m, "n-new.lantern");
    assert_true(read_pack(t, "n-new.lantern").receipt);
    assert_false(read_pack(t, "n-old.lantern").receipt); /* an old stick found in a drawer */
    assert_int_equal(receipt_newest(t, &r), STATUS_OK);
    assert_true(r.own_seq > 0);
    journal_close(t);
    journal_close(m);
}

/* ---- histories that contradict
 * -------------------------------------------------------------------- */

static void put_back(const char *from, const char *to) {
    static const char *const ends[] = {"", "-wal", ".key"};
    for (size_t i = 0; i < 3; i++) {
        char *there = arena_printf(&test_arena, "%s%s", to, ends[i]);
        unlink(scratch(there));
        copy_file(arena_printf(&test_arena, "%s%s", from, ends[i]), there);
    }
}

/* A tablet put back to last week, key file and all: its log would say other things under
 * numbers that the office knows already. The receipt tells it, before it has written anything.
 */
static void a_restored_tablet_begins_a_new_log(void **state) {
    (void)state;
    struct journal *t = open_device("rt-t.db", "tablet"), *m = open_device("rt-m.db", "office");
    struct journal_self before, after;
    work(t, 1, 20);
    journal_close(t);
    put_back("rt-t.db", "rt-saved.db");
    t = open_device("rt-t.db", "tablet");
    work(t, 2, 20);
    send(t, "rt-1.lantern");
    merge(m, "rt-1.lantern");
    make_pack(m, "rt-p.lantern");
    journal_close(t);
    put_back("rt-saved.db", "rt-t.db");
    t = open_device("rt-t.db", "tablet");
    journal_self(t, &before);
    struct merge_summary sum = read_pack(t, "rt-p.lantern");
    assert_true(sum.receipt && !sum.office_has_less);
    journal_self(t, &after);
    assert_memory_not_equal(before.log_id.b, after.log_id.b, 32);
    assert_memory_equal(before.key, after.key, 32);
    work(t, 3, 20);
    send(t, "rt-2.lantern");
    sum = merge(m, "rt-2.lantern");
    assert_true(sum.added > 0);
    assert_int_equal(sum.forks + sum.gaps, 0);
    make_pack(m, "rt-p2.lantern");
    read_pack(t, "rt-p2.lantern");
    struct journal_self still;
    journal_self(t, &still);
    assert_memory_equal(still.log_id.b, after.log_id.b, 32); /* once is enough */
    laws(m);
    laws(t);
    journal_close(t);
    journal_close(m);
}

/* Two tablets with one key: the office has a fork, and its receipt parts them. */
static void clones_are_parted_by_a_receipt(void **state) {
    (void)state;
    struct journal *t = open_device("cl-t.db", "tablet"), *m = open_device("cl-m.db", "office");
    struct journal_self one, two, was;
    work(t, 4, 15);
    send(t, "cl-0.lantern");
    journal_close(t);
    put_back("cl-t.db", "cl-u.db");
    t = open_device("cl-t.db", "tablet");
    struct journal *u = open_device("cl-u.db", "tablet");
    journal_self(t, &was);
    work(t, 5, 10);
    work(u, 6, 10);
    send(t, "cl-1.lantern");
    send(u, "cl-2.lantern");
    merge(m, "cl-1.lantern");
    assert_int_equal(merge(m, "cl-2.lantern").forks, 1);
    make_pack(m, "cl-p.lantern");
    read_pack(t, "cl-p.lantern");
    read_pack(u, "cl-p.lantern");
    journal_self(t, &one);
    journal_self(u, &two);
    assert_memory_not_equal(one.log_id.b, two.log_id.b, 32);
    assert_memory_not_equal(one.log_id.b, was.log_id.b, 32);
    assert_memory_not_equal(two.log_id.b, was.log_id.b, 32);
    work(t, 7, 10);
    work(u, 8, 10);
    send(t, "cl-3.lantern");
    send(u, "cl-4.lantern");
    assert_int_equal(merge(m, "cl-3.lantern").forks, 0);
    assert_int_equal(merge(m, "cl-4.lantern").forks, 0);
    laws(m);
    laws(t);
    laws(u);
    journal_close(t);
    journal_close(u);
    journal_close(m);
}

/* The master is put back to last week: its next receipt covers less, is obeyed, and says so. */
static void a_restored_master_gets_it_all_again(void **state) {
    (void)state;
    struct journal *t = open_device("rm-t.db", "tablet"), *m = open_device("rm-m.db", "office");
    int64_t records, bytes;
    work(t, 9, 20);
    send(t, "rm-1.lantern");
    merge(m, "rm-1.lantern");
    journal_close(m);
    put_back("rm-m.db", "rm-saved.db");
    m = open_device("rm-m.db", "office");
    work(t, 10, 30);
    send(t, "rm-2.lantern");
    merge(m, "rm-2.lantern");
    hash256 whole = content(m);
    make_pack(m, "rm-p.lantern");
    read_pack(t, "rm-p.lantern");
    assert_int_equal(export_waiting(t, &records, &bytes), STATUS_OK);
    assert_int_equal(records + bytes, 0);
    journal_close(m);
    put_back("rm-saved.db", "rm-m.db");
    m = open_device("rm-m.db", "office");
    now.wall_ms += 60000;
    make_pack(m, "rm-p2.lantern");
    struct merge_summary sum = read_pack(t, "rm-p2.lantern");
    assert_true(sum.receipt && sum.office_has_less);
    assert_int_equal(export_waiting(t, &records, &bytes), STATUS_OK);
    assert_true(records > 0 && bytes > 0);
    send(t, "rm-3.lantern");
    merge(m, "rm-3.lantern");
    hash256 again = content(m);
    assert_memory_equal(whole.b, again.b, 32);
    make_pack(m, "rm-p3.lantern");
    assert_false(read_pack(t, "rm-p3.lantern").office_has_less);
    laws(m);
    laws(t);
    journal_close(t);
    journal_close(m);
}

/* ---- blobs
 * ------------------------------------------------------------------------------------ */

/* Somebody else carries a's bundle on and has lost its photos: the records come in, the office
 * asks for the photos, and the next bundle brings them. */
static void lost_photos_are_asked_for(void **state) {
    (void)state;
    struct journal *t = open_device("b-t.db", "tablet"), *m = open_device("b-m.db", "office");
    struct sample_bundle carried;
    struct buf bytes = {0}, resealed = {0};
    row_id visit = add_visit(t, "NIGHT");
    add_photo(t, visit, 700000, 12); /* three pieces */
    add_photo(t, visit, 900, 13);
    send(t, "b-1.lantern");
    assert_int_equal(file_read(scratch("b-1.lantern"), 4 << 20, &bytes), STATUS_OK);
    assert_true(sample_split(&carried, bytes.data, bytes.size));
    while (carried.blocks[carried.count - 1].type == BLOCK_PIECE)
        buf_release(&carried.blocks[--carried.count].bytes);
    memcpy(carried.blocks[0].bytes.data + 43, carried.carrier.key, 32);
    sample_seal(&carried, &resealed);
    assert_int_equal(file_write(scratch("b-2.lantern"), resealed.data, resealed.size, 0600),
                     STATUS_OK);
    struct merge_summary got = merge(m, "b-2.lantern");
    assert_true(got.added > 0);
    assert_int_equal(got.blobs, 0);
    make_pack(m, "b-p.lantern");
    read_pack(t, "b-p.lantern");
    int64_t records, waiting;
    assert_int_equal(export_waiting(t, &records, &waiting), STATUS_OK);
    assert_int_equal(records, 0);
    assert_true(waiting > 700000);
    struct export_summary rest = send(t, "b-3.lantern");
    assert_int_equal(rest.records, 0);
    assert_int_equal(rest.blobs, 3);
    got = merge(m, "b-3.lantern");
    assert_int_equal(got.blobs, 3);
    laws(m);
    buf_clear(&bytes);
    struct query q;
    int photos = 0;
    for (query_open(&q, m, "SELECT hash FROM attachment", 0); query_next(&q); photos++) {
        size_t n;
        hash256 h;
        memcpy(h.b, query_bytes(&q, 0, &n), 32);
        buf_clear(&bytes);
        assert_int_equal(blob_get(m, &h, &bytes), STATUS_OK);
    }
    assert_int_equal(query_close(&q), STATUS_OK);
    assert_int_equal(photos, 2);
    make_pack(m, "b-p2.lantern");
    read_pack(t, "b-p2.lantern");
    assert_int_equal(export_waiting(t, &records, &waiting), STATUS_OK);
    assert_int_equal(records + waiting, 0);
    sample_release(&carried);
    buf_release(&bytes);
    buf_release(&resealed);
    journal_close(t);
    journal_close(m);
}

static int64_t freeable(struct journal *t, int64_t *bytes) {
    struct arena a = {0};
    struct freeable *all;
    size_t count;
    assert_int_equal(blobs_freeable(t, &a, &all, &count), STATUS_OK);
    *bytes = 0;
    for (size_t i = 0; i < count; i++) {
        *bytes += all[i].size;
        assert_true(i == 0 || all[i - 1].size >= all[i].size);
    }
    arena_release(&a);
    return (int64_t)count;
}

/* As the app does it: a step, a frame, a step. */
static int64_t free_some(struct journal *t, int64_t wanted, int64_t *bytes) {
    struct freeing *f;
    bool done = false;
    double part;
    int64_t count;
    assert_int_equal(freeing_start(&f, t, wanted), STATUS_OK);
    while (!done)
        assert_int_equal(freeing_step(f, 1, &done, &part), STATUS_OK);
    freeing_finish(f, &count, bytes);
    return count;
}

static void only_what_the_office_has_may_go(void **state) {
    (void)state;
    struct journal *t = open_device("fr-t.db", "tablet"), *m = open_device("fr-m.db", "office");
    int64_t bytes;
    row_id visit = add_visit(t, "NIGHT");
    add_photo(t, visit, 300000, 21);
    add_photo(t, visit, 5000, 22);
    send(t, "fr-1.lantern");
    merge(m, "fr-1.lantern");
    now.wall_ms += 15 * DAY_MS;
    assert_int_equal(freeable(t, &bytes), 0); /* sent is not received */
    make_pack(m, "fr-p.lantern");
    read_pack(t, "fr-p.lantern");
    assert_int_equal(freeable(t, &bytes), 2);
    assert_int_equal(bytes, 300000 + 5000);
    /* A young photo, and an old one that is said once more, stay. */
    add_photo(t, visit, 7000, 23);
    add_photo(t, visit, 5000, 22);
    send(t, "fr-2.lantern");
    merge(m, "fr-2.lantern");
    make_pack(m, "fr-p2.lantern");
    read_pack(t, "fr-p2.lantern");
    assert_int_equal(freeable(t, &bytes), 1);
    assert_int_equal(bytes, 300000);
    assert_int_equal(free_some(t, 0, &bytes), 1);
    assert_int_equal(bytes, 300000);
    assert_int_equal(freeable(t, &bytes), 0);
    assert_int_equal(query_one_int(t, -1, "SELECT count(*) FROM attachment", 0), 4);
    assert_int_equal(query_one_int(t, -1, "SELECT count(*) FROM blob", 0),
                     3); /* the form stays */
    export_to(t, "fr-3.lantern", (struct export_options){.everything = true});
    struct merge_summary sum = merge(m, "fr-3.lantern");
    assert_int_equal(sum.added + sum.blobs, 0);
    assert_int_equal(query_one_int(m, -1, "SELECT count(*) FROM blob", 0), 4);
    now.wall_ms += 15 * DAY_MS;
    assert_int_equal(freeable(t, &bytes), 2);
    assert_int_equal(free_some(t, 1, &bytes),
                     1); /* the largest first, and no more than asked */
    assert_int_equal(bytes, 7000);
    assert_true(journal_spare_bytes(t) >= 300000);
    laws(m);
    journal_close(t);
    journal_close(m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_receipt_leaves_the_rest),
        cmocka_unit_test(newer_receipts_win),
        cmocka_unit_test(a_restored_tablet_begins_a_new_log),
        cmocka_unit_test(clones_are_parted_by_a_receipt),
        cmocka_unit_test(a_restored_master_gets_it_all_again),
        cmocka_unit_test(lost_photos_are_asked_for),
        cmocka_unit_test(only_what_the_office_has_may_go),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
