/* test_merge.c -- bundles between real journals: whatever the order, the office ends up with
 * the same. needs: sync store base
 *
 * Tablets write through journal.h, export, and masters merge. Two masters agree when their
 * content hashes and every row of every projected table agree, with local numbers replaced by
 * what they mean everywhere. After every merge that is kept, journal_verify proves chains,
 * blobs and rebuild == live. */
#include "merge_help.h"

#include "sync/reader.h"

/* ---- the laws of the union
 * -------------------------------------------------------------------- */

static void both_orders_are_one(void **state) {
    (void)state;
    struct journal *a = open_device("o-a.db", "tablet"), *b = open_device("o-b.db", "tablet");
    struct journal *m = open_device("o-m.db", "office"), *n = open_device("o-n.db", "office");
    work(a, 1, 120);
    work(b, 2, 150);
    struct export_summary sa = send(a, "o-a.lantern"), sb = send(b, "o-b.lantern");
    assert_true(sa.records > 100 && sb.records > 100 && sa.blobs > 0);
    struct merge_summary ma = merge(m, "o-a.lantern");
    assert_int_equal(ma.added, sa.records);
    assert_int_equal(ma.blobs, sa.blobs);
    assert_int_equal(ma.gaps + ma.forks, 0);
    assert_string_equal(ma.carrier, "o-a.db");
    merge(m, "o-b.lantern");
    merge(n, "o-b.lantern");
    merge(n, "o-a.lantern");
    same_masters(m, n);
    laws(m);
    laws(n);

    hash256 before = content(m), after;
    struct merge_summary again = merge(m, "o-a.lantern");
    assert_int_equal(again.added, 0);
    assert_int_equal(again.known, sa.records);
    /* The same records in another bundle: known too, one by one. */
    now.wall_ms += 1000;
    export_to(a, "o-a2.lantern", (struct export_options){.everything = true});
    again = merge(m, "o-a2.lantern");
    assert_int_equal(again.added, 0);
    assert_int_equal(again.known, sa.records);
    after = content(m);
    assert_memory_equal(before.b, after.b, 32);
    printf("figure: %lld records of 2 tablets in both orders: one content hash, equal tables\n",
           (long long)(sa.records + sb.records));
    journal_close(a);
    journal_close(b);
    journal_close(m);
    journal_close(n);
}

static void a_lost_bundle_costs_nothing(void **state) {
    (void)state;
    struct journal *t = open_device("l-t.db", "tablet"), *m = open_device("l-m.db", "office");
    struct journal_self self;
    work(t, 5, 40);
    send(t, "l-1.lantern");
    unlink(scratch("l-1.lantern"));
    work(t, 6, 40);
    send(t, "l-2.lantern");
    journal_self(t, &self);
    struct merge_summary got = merge(m, "l-2.lantern");
    assert_int_equal(got.added, self.head_seq);
    assert_int_equal(got.gaps, 0);
    laws(m);
    journal_close(t);
    journal_close(m);
}

/* Four tablets, two bundles each, in random orders with repeats: one content hash. */
static void any_order_is_one(void **state) {
    (void)state;
    enum { TABLETS = 4 };
    const char *names[TABLETS * 3];
    int count = 0, rounds = getenv("LANTERN_TEST_ALL") ? 1000 : 50;
    struct journal *first = open_device("x-first.db", "office");
    for (int i = 0; i < TABLETS; i++) {
        char *db = arena_printf(&test_arena, "x-%d.db", i);
        struct journal *t = open_device(db, "tablet");
        for (int part = 0; part < 3; part++) {
            work(t, (uint64_t)(10 * i + part), 12);
            char *name = arena_printf(&test_arena, "x-%d-%d.lantern", i, part);
            send(t, name);
            names[count++] = name;
            merge(first, name);
            if (part == 2)
                continue; /* so that the third bundle overlaps nothing or the second */
            make_pack(first, "x-pack.lantern");
            if (part == 0) read_pack(t, "x-pack.lantern");
        }
        journal_close(t);
    }
    hash256 expected = content(first);
    int64_t rows, other_rows, merges = 0;
    hash256 tables = tables_of(first, false, &rows);
    draw d = {99};
    for (int round = 0; round < rounds; round++) {
        char *db = arena_printf(&test_arena, "x-r%d.db", round);
        struct journal *m = open_device(db, "office");
        bool seen[TABLETS * 3] = {false};
        for (int left = count; left > 0; merges++) {
            uint32_t which = draw_below(&d, (uint32_t)count);
            if (!seen[which]) left--;
            seen[which] = true;
            merge(m, names[which]);
        }
        hash256 found = content(m);
        assert_memory_equal(found.b, expected.b, 32);
        found = tables_of(m, false, &other_rows);
        assert_int_equal(rows, other_rows);
        assert_memory_equal(found.b, tables.b, 32);
        if (round % 10 == 0) laws(m);
        journal_close(m);
        unlink(scratch(db));
    }
    journal_close(first);
    printf(
        "figure: %d random orders, %lld merges with repeats: one content hash, equal tables\n",
        rounds, (long long)merges);
}

/* A second master that only ever hears of the first one's holdings. */
static void sections_are_carried_on(void **state) {
    (void)state;
    struct journal *a = open_device("h-a.db", "tablet"), *b = open_device("h-b.db", "tablet");
    struct journal *m = open_device("h-m.db", "office"), *n = open_device("h-n.db", "office");
    struct journal *all = open_device("h-all.db", "office");
    work(a, 60, 25);
    work(b, 61, 25);
    send(a, "h-a.lantern");
    send(b, "h-b.lantern");
    merge(m, "h-a.lantern");
    merge(m, "h-b.lantern");
    add_service(m, "OAK");
    send(m, "h-m.lantern");
    struct bundle_head head;
    assert_int_equal(bundle_show(scratch("h-m.lantern"), &head, NULL, NULL), STATUS_OK);
    assert_int_equal(head.sections, 3);
    merge(n, "h-m.lantern");
    merge(all, "h-b.lantern");
    merge(all, "h-m.lantern");
    merge(all, "h-a.lantern");
    same_masters(n, all);
    laws(n);
    /* Carried on with the signatures of those who wrote it, not with the carrier's. */
    struct bundle_reader r;
    assert_int_equal(reader_open(&r, scratch("h-m.lantern")), STATUS_OK);
    for (uint32_t i = 0; i < r.manifest.sections; i++)
        assert_true(r.sections[i].checkpoint.is_signed);
    reader_release(&r);
    journal_close(a);
    journal_close(b);
    journal_close(m);
    journal_close(n);
    journal_close(all);
}

/* A tablet copied whole, key and all: two histories in one log. Nothing is lost, and the order
 * does not matter. */
static void a_clone_forks_and_loses_nothing(void **state) {
    (void)state;
    struct journal *t = open_device("k-t.db", "tablet"), *m = open_device("k-m.db", "office");
    struct journal *n = open_device("k-n.db", "office"), *o = open_device("k-o.db", "office");
    work(t, 70, 20);
    send(t, "k-0.lantern");
    journal_close(t);
    copy_file("k-t.db", "k-u.db");
    copy_file("k-t.db-wal", "k-u.db-wal");
    copy_file("k-t.db.key", "k-u.db.key");
    t = open_device("k-t.db", "tablet");
    struct journal *u = open_device("k-u.db", "tablet");
    struct journal_self st, su;
    journal_self(t, &st);
    journal_self(u, &su);
    assert_memory_equal(st.log_id.b, su.log_id.b, 32);
    work(t, 71, 15);
    work(u, 72, 15);
    struct export_summary one = send(t, "k-1.lantern"), two = send(u, "k-2.lantern");
    merge(m, "k-0.lantern");
    merge(m, "k-1.lantern");
    assert_int_equal(merge(m, "k-2.lantern").forks, 1);
    merge(n, "k-2.lantern");
    assert_int_equal(merge(n, "k-1.lantern").forks, 1);
    merge(n, "k-0.lantern");
    same_masters(m, n);
    laws(m);
    laws(n);
    struct journal_report report;
    assert_int_equal(journal_verify(m, &report), STATUS_OK);
    assert_int_equal(report.forks, 2); /* both tails are stretches of their own */
    /* Through the first master to a third: the fork travels. */
    send(m, "k-3.lantern");
    merge(o, "k-3.lantern");
    struct journal *p = open_device("k-p.db", "office");
    merge(p, "k-3.lantern");
    merge(p, "k-2.lantern");
    merge(p, "k-1.lantern");
    same_masters(o, p);
    laws(o);
    printf(
        "figure: a cloned tablet's two histories (%lld and %lld records) kept, in any order\n",
        (long long)one.records, (long long)two.records);
    journal_close(t);
    journal_close(u);
    journal_close(m);
    journal_close(n);
    journal_close(o);
    journal_close(p);
}

/* ---- the door
 * --------------------------------------------------------------------------------- */

static void the_door(void **state) {
    (void)state;
    struct journal *t = open_device("d-t.db", "tablet"), *m = open_device("d-m.db", "office");
    struct journal *other = open_device("d-o.db", "office");
    struct merge_summary sum;
    add_provider(m, "P1");
    add_provider(other, "P1");
    add_service(m, "OAK");
    work(t, 7, 20);
    send(t, "d-1.lantern");
    assert_int_equal(try_merge(m, "d-1.lantern", (struct merge_options){0}, &sum),
                     STATUS_NOT_TRUSTED);
    assert_int_equal(query_one_int(m, -1, "SELECT count(*) FROM visit", 0), 0);
    merge(m, "d-1.lantern"); /* a tablet that knows no provider yet */
    assert_int_equal(try_merge(t, "d-1.lantern", (struct merge_options){.tablet = true}, &sum),
                     STATUS_INVALID);

    make_pack(m, "d-p.lantern");
    sum = read_pack(t, "d-p.lantern");
    assert_int_equal(query_one_int(t, -1, "SELECT count(*) FROM service WHERE code = 'OAK'", 0),
                     1);
    make_pack(other, "d-q.lantern");
    assert_int_equal(try_merge(t, "d-q.lantern", (struct merge_options){.tablet = true}, &sum),
                     STATUS_NOT_OURS);
    assert_true(strlen(status_detail()) > 10);

    /* From now on its bundles name the provider, and another provider's master refuses them. */
    work(t, 8, 20);
    send(t, "d-2.lantern");
    assert_int_equal(
        try_merge(other, "d-2.lantern", (struct merge_options){.trust = true}, &sum),
        STATUS_NOT_OURS);
    merge(m, "d-2.lantern");
    laws(m);
    laws(t);
    journal_close(t);
    journal_close(m);
    journal_close(other);
}

static void bundles_are_listed(void **state) {
    (void)state;
    struct journal *t = open_device("m-t.db", "tablet"), *m = open_device("m-m.db", "office");
    struct arena a = {0};
    struct bundle_made *made;
    size_t n;
    work(t, 50, 10);
    struct export_summary first = send(t, "m-1.lantern");
    work(t, 51, 10);
    send(t, "m-2.lantern");
    merge(m, "m-1.lantern");
    make_pack(m, "m-p.lantern");
    read_pack(t, "m-p.lantern");
    assert_int_equal(bundles_made(t, &a, &made, &n), STATUS_OK);
    assert_int_equal(n, 2);
    assert_string_equal(made[0].name, "m-2.lantern");
    assert_string_equal(made[1].name, "m-1.lantern");
    assert_true(made[0].at > made[1].at);
    assert_int_equal(made[1].bytes, first.bytes);
    assert_int_equal(made[1].records, first.records);
    assert_true(made[1].received);
    assert_false(made[0].received);
    arena_release(&a);
    journal_close(t);
    journal_close(m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_orders_are_one),
        cmocka_unit_test(a_lost_bundle_costs_nothing),
        cmocka_unit_test(sections_are_carried_on),
        cmocka_unit_test(a_clone_forks_and_loses_nothing),
        cmocka_unit_test(the_door),
        cmocka_unit_test(bundles_are_listed),
        cmocka_unit_test(any_order_is_one),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
