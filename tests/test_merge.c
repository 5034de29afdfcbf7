/* test_merge.c -- bundles between real journals: whatever the order, the office ends up with
 * the same. needs: sync store base
 *
 * Tablets write through journal.h, export, and masters merge. Two masters agree when their
 * content hashes and every row of every projected table agree, with local numbers replaced by
 * what they mean everywhere. After every merge that is kept, journal_verify proves chains,
 * blobs and rebuild == live. */
#include "merge_help.h"

#include <signal.h>
#include <sys/resource.h>

#include "bundle_sample.c" /* each test is one program of one file */

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

static void copies_reach_a_tablet(void **state) {
    (void)state;
    struct journal *a = open_device("c-a.db", "tablet"), *b = open_device("c-b.db", "tablet");
    struct journal *m = open_device("c-m.db", "office");
    row_id visit = add_visit(a, "NIGHT");
    add_action(a, visit, "B12");
    add_answer(a, visit, "met");
    send(a, "c-1.lantern");
    merge(m, "c-1.lantern");
    row_id action = query_one_int(m, 0, "SELECT id FROM action", 0);
    assert_true(action != 0);
    export_to(
        m, "c-p.lantern",
        (struct export_options){
            .purpose = BUNDLE_PACK, .everything = true, .copies = &action, .copies_count = 1});
    struct merge_summary got = read_pack(b, "c-p.lantern");
    assert_int_equal(got.copies, 1);
    assert_int_equal(
        query_one_int(b, -1, "SELECT count(*) FROM action WHERE reference = 'B12'", 0), 1);
    assert_int_equal(query_one_int(b, -1, "SELECT count(*) FROM answer", 0), 0);
    /* Copies are exported by nobody but the office; b adds a step of its own to the action. */
    struct row step = row_new(&kind_step);
    row_ref(&step, "action", query_one_int(b, 0, "SELECT id FROM action", 0));
    row_text(&step, "sort", "seen_working");
    put(b, &step);
    struct journal_self self;
    journal_self(b, &self);
    struct export_summary sent = send(b, "c-2.lantern");
    assert_int_equal(sent.records, self.head_seq);
    merge(m, "c-2.lantern");
    assert_int_equal(
        query_one_int(m, -1, "SELECT count(*) FROM step WHERE action = ?1", 1, action), 1);
    laws(m);
    laws(b);
    journal_close(a);
    journal_close(b);
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
        cmocka_unit_test(a_receipt_leaves_the_rest),
        cmocka_unit_test(a_lost_bundle_costs_nothing),
        cmocka_unit_test(sections_are_carried_on),
        cmocka_unit_test(a_clone_forks_and_loses_nothing),
        cmocka_unit_test(the_door),
        cmocka_unit_test(newer_receipts_win),
        cmocka_unit_test(copies_reach_a_tablet),
        cmocka_unit_test(lost_photos_are_asked_for),
        cmocka_unit_test(refused_changes_nothing),
        cmocka_unit_test(a_full_disk_is_told),
        cmocka_unit_test(steps_and_cancel),
        cmocka_unit_test(bundles_are_listed),
        cmocka_unit_test(any_order_is_one),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
