/* test_pack.c -- what the office gives a tablet: copies, words withheld, words erased.
 * needs: sync store base */
#include "merge_help.h"

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

/* ---- words withheld
 * -------------------------------------------------------------------------------- */

static row_id add_person(struct journal *j, const char *name) {
    struct row r = row_new(&kind_person);
    row_text(&r, "label", name);
    return put(j, &r);
}

static bool file_holds(const char *name, const char *words) {
    struct buf bytes = {0};
    bool found = false;
    if (!file_exists(scratch(name))) return false;
    assert_int_equal(file_read(scratch(name), 64 << 20, &bytes), STATUS_OK);
    found = bytes.size && memmem(bytes.data, bytes.size, words, strlen(words)) != NULL;
    buf_release(&bytes);
    return found;
}

static bool device_holds(const char *db, const char *words) {
    return file_holds(db, words) || file_holds(arena_printf(&test_arena, "%s-wal", db), words);
}

static int64_t people(struct journal *j) {
    return query_one_int(j, -1, "SELECT count(*) FROM person WHERE withdrawn = 0", 0);
}

/* A person of another home: the tablet gets the record's place in the chain, not its words;
 * when the tablet's services grow, the words come and the row is there. */
static void words_of_other_services_stay(void **state) {
    (void)state;
    struct journal *m = open_office("wh-m.db", NULL), *t = open_device("wh-t.db", "tablet");
    struct journal *fresh = open_device("wh-f.db", "tablet");
    uint8_t box[32];
    struct journal_self self;
    struct merge_summary sum;
    add_person(m, "Night lead at Oak");
    row_id other = add_person(m, "Night lead at Elmhurst");
    struct arena a = {0};
    struct row r;
    assert_int_equal(journal_row(m, &kind_person, other, &a, &r), STATUS_OK);
    row_text(&r, "label", "Night lead at Elmhurst, upstairs");
    put(m, &r); /* a change of it is withheld as well */
    enrol_tablet(m, fresh, "wh-all");
    assert_int_equal(people(fresh), 2);
    struct enrol_made made;
    assert_int_equal(enrol_new(m, "wh", NULL, "OAK", &made), STATUS_OK);
    struct export_options o = {.purpose = BUNDLE_PACK,
                               .everything = true,
                               .code = made.code,
                               .token = made.token,
                               .withheld = &other,
                               .withheld_count = 1};
    export_to(m, "wh-first.lantern", o);
    read_first_pack(t, "wh-first.lantern", made.code);
    assert_int_equal(people(t), 1);
    assert_false(device_holds("wh-t.db", "Elmhurst"));
    assert_true(device_holds("wh-f.db", "Elmhurst"));
    laws(t);
    /* Its bundles carry the office's chain no further than it is known, and are let in. */
    work(t, 1, 10);
    send(t, "wh-1.lantern");
    sum = merge_sealed(m, "wh-1.lantern");
    assert_int_equal(sum.forks + sum.gaps, 0);
    assert_int_equal(people(m), 2);
    journal_self(t, &self);
    assert_true(key_of_signer(self.key, box));
    export_to(
        m, "wh-2.lantern",
        (struct export_options){.purpose = BUNDLE_PACK, .everything = true, .seal_to = box});
    sum = read_sealed(t, "wh-2.lantern");
    assert_int_equal(sum.forks + sum.gaps, 0);
    assert_int_equal(people(t), 2);
    assert_int_equal(
        query_one_int(t, -1, "SELECT count(*) FROM person WHERE label LIKE '%upstairs'", 0), 1);
    laws(t);
    laws(m);
    arena_release(&a);
    journal_close(m);
    journal_close(t);
    journal_close(fresh);
}

/* ---- words erased
 * ---------------------------------------------------------------------------------- */

/* A photo that was erased at the office stays away, although a tablet that has not heard of it
 * sends it once more, and nobody is asked for it. */
static void erased_photos_do_not_come_back(void **state) {
    (void)state;
    struct journal *m = open_office("er-m.db", NULL), *t = open_device("er-t.db", "tablet");
    struct erase_summary gone;
    struct merge_summary sum;
    enrol_tablet(m, t, "er");
    row_id visit = add_visit(t, "NIGHT");
    add_photo(t, visit, 40000, 31);
    add_photo(t, visit, 50000, 32);
    send(t, "er-1.lantern");
    merge_sealed(m, "er-1.lantern");
    row_id row = query_one_int(m, 0, "SELECT id FROM attachment WHERE size = 40000", 0);
    assert_true(row != 0);
    enum status s = journal_erase(m, row, "a face was in it", 20000, &gone);
    if (s) print_error("erase: %s\n", status_detail());
    assert_int_equal(s, STATUS_OK);
    assert_int_equal(gone.blobs, 1);
    int64_t blobs = query_one_int(m, -1, "SELECT count(*) FROM blob", 0);
    /* The tablet sends everything, photo and all. */
    export_to(t, "er-2.lantern", (struct export_options){.everything = true});
    sum = merge_sealed(m, "er-2.lantern");
    assert_int_equal(sum.added + sum.blobs, 0);
    assert_int_equal(query_one_int(m, -1, "SELECT count(*) FROM blob", 0), blobs);
    /* The pack takes it from the tablet as well. */
    pack_for(m, t, "er-p.lantern");
    sum = read_sealed(t, "er-p.lantern");
    assert_int_equal(sum.erased, 1);
    assert_int_equal(query_one_int(t, -1, "SELECT count(*) FROM blob", 0), blobs);
    int64_t records, bytes;
    assert_int_equal(export_waiting(t, &records, &bytes), STATUS_OK);
    assert_int_equal(bytes, 0); /* nobody asks for the photo */
    laws(m);
    laws(t);
    journal_close(m);
    journal_close(t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies_reach_a_tablet),
        cmocka_unit_test(words_of_other_services_stay),
        cmocka_unit_test(erased_photos_do_not_come_back),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
