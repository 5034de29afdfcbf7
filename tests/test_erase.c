/* test_erase.c -- words that have to go, and words that are held back.
 *
 * needs: store base
 *
 * Erasing: the office says which row; its words go from the tables, the journal, the files and
 * the photos, on every device, whenever they arrive. The chain still verifies.
 * Withholding: a pack brings records without their words; they show when the words come. */
#include "device_hand.h"

#define PERSON "Zephyrine Quillfeather-Oxenbridge"
#define LATER  "Quillfeather spoke of it again \xe2\x80\x94 at night"

static row_id photo(struct device *d, row_id visit, const void *p, size_t n, hash256 *name) {
    struct row r = row_new(&kind_attachment);
    OK(blob_put(d->j, p, n, name));
    row_ref(&r, "visit", visit);
    row_hash(&r, "hash", name);
    row_text(&r, "sort", "photo");
    return put_alone(d->j, &r);
}

/* ---- in no file ---- */

static int files_looked_at;

static bool file_holds(const char *path, const char *suffix, const char *words) {
    char full[400];
    struct buf b = {0};
    snprintf(full, sizeof full, "%s%s", path, suffix);
    if (!file_exists(full)) return false;
    OK(file_read(full, 256 << 20, &b));
    files_looked_at++;
    bool found = b.size && memmem(b.data, b.size, words, strlen(words));
    buf_release(&b);
    return found;
}

static bool anywhere(const struct device *d, const char *words) {
    return file_holds(d->path, "", words) || file_holds(d->path, "-wal", words) ||
           file_holds(d->path, "-shm", words) || file_holds(d->path, "-journal", words);
}

static void in_no_file(const struct device *d) {
    assert_false(anywhere(d, PERSON));
    assert_false(anywhere(d, "Zephyrine"));
    assert_false(anywhere(d, "Quillfeather"));
}

/* A name is said in an answer, in a second version of it, in a draft and in a photo's bytes;
 * all around it other people say other things, so that pages fill and split. */
static void a_name_goes_everywhere(void **state) {
    (void)state;
    struct device tablet, office;
    hash256 picture, other;
    device_open(&tablet, "gt.db", "tablet");
    office_open(&office, "go.db");
    row_id visit = new_visit(&tablet);
    char text[200], key[80], bytes[9000];
    memset(bytes, 'x', sizeof bytes);
    memcpy(bytes + 6000, PERSON, sizeof PERSON);
    for (int i = 0; i < 150; i++) {
        snprintf(text, sizeof text, "somebody else %d %.*s", i, i, bytes);
        answer(&tablet, visit, text);
    }
    row_id id = answer(&tablet, visit, "saw " PERSON " in the corridor");
    row_id shot = photo(&tablet, visit, bytes, sizeof bytes, &picture);
    photo(&tablet, visit, "kept", 4, &other);
    change_note(&tablet, id, LATER);
    for (int i = 0; i < 150; i++) {
        snprintf(text, sizeof text, "and another %d %.*s", i, 150 - i, bytes);
        answer(&tablet, visit, text);
    }
    snprintf(key, sizeof key, "field/answer/%lld/note", (long long)id);
    OK(draft_put(tablet.j, key, PERSON, strlen(PERSON)));
    carry_all(tablet.j, office.j);
    hash256 name;
    OK(blob_put(office.j, bytes, sizeof bytes, &name)); /* as a merge brings it */
    OK(blob_put(office.j, "kept", 4, &name));
    if (!test_rest_key())
        assert_true(anywhere(&tablet, "Zephyrine") && anywhere(&office, "Zephyrine"));

    struct erase_summary gone;
    row_id there = same_row(tablet.j, id, office.j);
    OK(journal_erase(office.j, there, "asked for by the person", 20800, &gone));
    assert_int_equal(gone.versions, 2);
    assert_int_equal(gone.blobs, 0);
    OK(journal_erase(office.j, same_row(tablet.j, shot, office.j), "a photo of them", 20800,
                     &gone));
    assert_int_equal(gone.versions, 1);
    assert_int_equal(gone.blobs, 1);
    assert_false(blob_have(office.j, &picture));
    assert_true(blob_have(office.j, &other));
    in_no_file(&office);

    carry_all(office.j, tablet.j);
    in_no_file(&tablet);
    assert_false(blob_have(tablet.j, &picture));
    assert_true(blob_have(tablet.j, &other));
    struct arena a = {0};
    void *p;
    size_t n;
    must_be(STATUS_NOT_FOUND, draft_get(tablet.j, key, &a, &p, &n), "the draft");
    struct device *all[] = {&tablet, &office};
    for (int i = 0; i < 2; i++) {
        char *why = NULL;
        int32_t day = 0;
        row_id here = same_row(tablet.j, id, all[i]->j);
        assert_true(journal_erased(all[i]->j, here, &a, &why, &day));
        assert_string_equal(why, "asked for by the person");
        assert_int_equal(day, 20800);
        /* The row stands, without words. */
        assert_int_equal(query_one_int(all[i]->j, -1,
                                       "SELECT count(*) FROM answer WHERE id = ?1 AND note IS "
                                       "NULL AND item IS NULL",
                                       1, here),
                         1);
        laws(all[i]->j);
    }
    /* The tablet may go on, and closes with nothing left beside it. */
    answer(&tablet, visit, "the next one");
    laws(tablet.j);
    journal_close(tablet.j);
    journal_close(office.j);
    in_no_file(&tablet);
    in_no_file(&office);
    printf("figure: erased words searched for in %d files and not found\n", files_looked_at);
    arena_release(&a);
}

static void what_may_be_erased(void **state) {
    (void)state;
    struct arena a = {0};
    struct device tablet, office;
    struct erase_summary gone;
    char *why;
    int32_t day;
    device_open(&tablet, "mt.db", "tablet");
    office_open(&office, "mo.db");
    row_id visit = new_visit(&tablet);
    row_id id = answer(&tablet, visit, PERSON);
    must_be(STATUS_INVALID, journal_erase(tablet.j, id, "because", 1, &gone), "a tablet's");
    assert_int_equal(notes(tablet.j), 1);
    carry_all(tablet.j, office.j);
    row_id there = same_row(tablet.j, id, office.j);
    assert_false(journal_erased(office.j, there, &a, &why, &day));
    must_be(STATUS_NOT_FOUND, journal_erase(office.j, there + 100, "because", 1, &gone),
            "nothing there");
    OK(journal_erase(office.j, there, "because", 1, &gone));
    must_be(STATUS_EXISTS, journal_erase(office.j, there, "again", 1, &gone), "twice");
    row_id e = query_one_int(office.j, 0, "SELECT id FROM erase", 0);
    must_be(STATUS_INVALID, journal_erase(office.j, e, "because", 1, &gone), "an erasure");
    row_id salt = query_one_int(office.j, 0, "SELECT id FROM salt", 0);
    must_be(STATUS_INVALID, journal_erase(office.j, salt, "because", 1, &gone), "a salt");
    row_id provider = query_one_int(office.j, 0, "SELECT id FROM provider", 0);
    must_be(STATUS_INVALID, journal_erase(office.j, provider, "because", 1, &gone),
            "the provider");
    /* Nobody writes on over it. */
    struct row r = row_new(&kind_answer);
    r.id = there;
    row_ref(&r, "visit", same_row(tablet.j, visit, office.j));
    row_text(&r, "item", "lights");
    row_text(&r, "note", "written over");
    must_be(STATUS_NOT_FOUND, journal_put_alone(office.j, &r), "an erased row");
    laws(office.j);
    /* What a withdrawn erasure took is gone all the same. */
    OK(journal_begin(office.j));
    OK(journal_withdraw(office.j, &kind_erase, e));
    OK(journal_commit(office.j));
    assert_true(journal_erased(office.j, there, &a, &why, &day));
    carry_all(office.j, tablet.j);
    assert_true(journal_erased(tablet.j, id, &a, &why, &day));
    assert_int_equal(notes(tablet.j), 0);
    hash256 one = tables_hash(tablet.j), two = tables_hash(office.j);
    assert_memory_equal(&one, &two, 32);
    laws(tablet.j);
    journal_close(tablet.j);
    journal_close(office.j);
    arena_release(&a);
}

/* A tablet's change to the office's own erase record turns it on nobody else. */
static void nobody_borrows_the_offices_word(void **state) {
    (void)state;
    struct device tablet, office;
    struct arena a = {0};
    struct row r;
    device_open(&tablet, "bt.db", "tablet");
    office_open(&office, "bo.db");
    row_id visit = new_visit(&tablet);
    row_id id = answer(&tablet, visit, "said once"), victim = answer(&tablet, visit, "stays");
    carry_all(tablet.j, office.j);
    OK(journal_erase(office.j, same_row(tablet.j, id, office.j), "asked for", 1, NULL));
    carry_all(office.j, tablet.j);
    row_id e = query_one_int(tablet.j, 0, "SELECT id FROM erase", 0);
    OK(journal_row(tablet.j, &kind_erase, e, &a, &r));
    row_ref(&r, "row", victim);
    put_alone(tablet.j, &r);
    carry_all(tablet.j, office.j);
    struct journal *all[] = {tablet.j, office.j};
    for (int i = 0; i < 2; i++) {
        assert_int_equal(notes(all[i]), 1);
        assert_int_equal(query_one_int(all[i], 0, "SELECT \"row\" FROM erase", 0),
                         same_row(tablet.j, id, all[i]));
        laws(all[i]);
    }
    journal_close(tablet.j);
    journal_close(office.j);
    arena_release(&a);
}

/* ---- blobs ---- */

/* The same photo hangs on two observations, and once in a former version of a third. */
static void a_photo_stays_while_anything_names_it(void **state) {
    (void)state;
    struct device office;
    hash256 picture, second;
    office_open(&office, "bl.db");
    row_id visit = new_visit(&office);
    row_id a = photo(&office, visit, "picture", 7, &picture);
    row_id b = photo(&office, visit, "picture", 7, &picture);
    row_id c = photo(&office, visit, "picture", 7, &picture);
    struct row r = row_new(&kind_attachment);
    r.id = c;
    OK(blob_put(office.j, "second", 6, &second));
    row_ref(&r, "visit", visit);
    row_hash(&r, "hash", &second);
    put_alone(office.j, &r);
    struct erase_summary gone;
    OK(journal_erase(office.j, a, "asked for", 1, &gone));
    assert_int_equal(gone.blobs, 0);
    OK(journal_erase(office.j, b, "asked for", 1, &gone));
    assert_int_equal(gone.blobs, 0);
    assert_true(blob_have(office.j, &picture));
    OK(journal_erase(office.j, c, "asked for", 1, &gone));
    assert_int_equal(gone.blobs, 2);
    assert_false(blob_have(office.j, &picture) || blob_have(office.j, &second));
    laws(office.j);
    journal_close(office.j);
}

/* ---- in whatever order ---- */

/* Which logs of the three come when, and again; erasures stand between the versions. */
static void any_order_of_erasing(void **state) {
    (void)state;
    draw dice = {.s = 41};
    struct device tablet, second, office;
    device_open(&tablet, "ot.db", "tablet");
    device_open(&second, "os.db", "tablet");
    office_open(&office, "oo.db");
    row_id visit = new_visit(&tablet);
    row_id ids[12];
    for (int i = 0; i < 12; i++)
        ids[i] = answer(&tablet, visit, i % 2 ? PERSON : "nobody in particular");
    carry_all(tablet.j, second.j);
    for (int i = 0; i < 12; i += 3)
        change_note(&second, same_row(tablet.j, ids[i], second.j), LATER);
    struct row seal = row_new(&kind_seal);
    row_ref(&seal, "visit", visit);
    tablet.clock.wall_ms += 60000;
    put_alone(tablet.j, &seal);
    carry_all(tablet.j, office.j);
    for (int i = 1; i < 12; i += 2)
        OK(journal_erase(office.j, same_row(tablet.j, ids[i], office.j), "asked for", 1, NULL));
    for (int i = 0; i < 12; i += 6)
        OK(journal_erase(office.j, same_row(tablet.j, ids[i], office.j), "asked for", 1, NULL));
    OK(journal_erase(office.j, same_row(tablet.j, seal.id, office.j), "its praise", 1, NULL));
    struct device *from[] = {&tablet, &second, &office};
    hash256 tables = {0}, all = {0};
    int orders = more(24, 200), carried = 0;
    for (int i = 0; i < orders; i++) {
        struct device to;
        char name[40];
        snprintf(name, sizeof name, "o%d.db", i);
        device_open(&to, name, "tablet");
        bool had[3] = {false, false, false};
        for (int k = 0; !(had[0] && had[1] && had[2]) || k < 5; k++, carried++) {
            uint32_t x = draw_below(&dice, 3);
            carry_all(from[x]->j, to.j);
            had[x] = true;
        }
        struct journal_self self;
        journal_self(to.j, &self);
        assert_int_equal(self.head_seq, 0);
        hash256 t = tables_hash(to.j), c = content(to.j);
        if (i == 0) tables = t, all = c;
        assert_memory_equal(&t, &tables, 32);
        assert_memory_equal(&c, &all, 32);
        laws(to.j);
        OK(journal_rebuild(to.j));
        t = tables_hash(to.j);
        assert_memory_equal(&t, &tables, 32);
        in_no_file(&to);
        journal_close(to.j);
    }
    printf("figure: erasing: %d orders of %d merges, one content hash, equal tables\n", orders,
           carried);
    journal_close(tablet.j);
    journal_close(second.j);
    journal_close(office.j);
}

/* Erased long ago costs nothing: SQLite's own count of what it changed does not move. */
static void old_erasures_cost_nothing(void **state) {
    (void)state;
    struct device tablet, office;
    enum { ROWS = 400 };
    device_open(&tablet, "ct.db", "tablet");
    office_open(&office, "co.db");
    row_id visit = new_visit(&tablet);
    row_id first = answer(&tablet, visit, PERSON);
    for (int i = 1; i < ROWS; i++)
        answer(&tablet, visit, PERSON);
    carry_all(tablet.j, office.j);
    OK(journal_begin(office.j));
    for (int i = 0; i < ROWS; i++) {
        struct row e = row_new(&kind_erase);
        row_ref(&e, "row", same_row(tablet.j, first + i, office.j));
        row_text(&e, "why", "asked for");
        OK(journal_put(office.j, &e));
    }
    OK(journal_commit(office.j));
    assert_int_equal(notes(office.j), 0);
    carry_all(office.j, tablet.j);
    assert_int_equal(notes(tablet.j), 0);
    struct journal_self self;
    struct log_info log;
    journal_self(tablet.j, &self);
    OK(union_log_by_id(tablet.j, &self.log_id, &log));
    int64_t from = log.last_seq;
    for (int i = 0; i < 50; i++) {
        answer(&tablet, visit, "later");
        OK(union_log_by_id(tablet.j, &self.log_id, &log));
        int64_t before = query_one_int(office.j, -1, "SELECT total_changes()", 0);
        carry(tablet.j, office.j, &log, from + 1, log.last_seq);
        int64_t changed = query_one_int(office.j, -1, "SELECT total_changes()", 0) - before;
        int64_t added = log.last_seq - from;
        /* A record, its row, the clock's mark; the log's verified mark. */
        assert_in_range(changed, 2 * added, 2 * added + 4);
        from = log.last_seq;
    }
    printf("figure: 50 merges after %d erasures: nothing done about them\n", ROWS);
    journal_close(tablet.j);
    journal_close(office.j);
}

/* ---- held back ---- */

/* Carries a log, with the words of every second, third … record of `kind` held back. */
static void carry_withheld(struct journal *from, struct journal *to, const struct log_info *log,
                           uint32_t kind, int every) {
    struct union_reader *reader;
    struct union_section *section;
    struct union_outcome out;
    struct record_wire r;
    hash256 previous;
    uint8_t key[32];
    OK(union_begin(to));
    OK(union_read_base(from, log->no, 1, &previous, key));
    OK(union_section_start(&section, to, &log->id, log->key, log->incarnation, 1, &previous,
                           key));
    OK(union_read_open(&reader, from, log->no, 1, log->last_seq));
    while (union_read_next(reader, &r)) {
        hash256 want = r.hash;
        if ((r.kind == kind && r.seq % every == 0) || r.kind == KIND_salt)
            OK(union_withhold(reader, &r));
        if (r.kind == KIND_salt) assert_false(r.body_erased);
        OK(union_section_add(section, &r));
        assert_memory_equal(&r.hash, &want, 32);
    }
    OK(union_read_close(reader));
    OK(union_section_end(section, &out));
    assert_memory_equal(&out.head, &log->last_hash, 32);
    OK(union_commit(to));
}

static void withheld_words_come_later(void **state) {
    (void)state;
    struct device office, tablet;
    struct log_info log;
    struct arena a = {0};
    struct row r;
    office_open(&office, "wo.db");
    device_open(&tablet, "wt.db", "tablet");
    row_id visit = new_visit(&office);
    row_id one = answer(&office, visit, "the first"),
           two = answer(&office, visit, "the second");
    change_note(&office, one, "the first, changed");
    change_note(&office, two, "the second, changed");
    own_log(office.j, &log);
    carry_withheld(office.j, tablet.j, &log, KIND_answer, 1);
    assert_int_equal(query_one_int(tablet.j, -1, "SELECT count(*) FROM answer", 0), 0);
    assert_int_equal(query_one_int(tablet.j, -1, "SELECT count(*) FROM service", 0), 1);
    assert_false(anywhere(&tablet, "the second"));
    hash256 c = content(tablet.j), co = content(office.j);
    assert_memory_equal(&c, &co, 32);
    laws(tablet.j);
    /* A third of them: of a row with one version here and one held back the one here shows. */
    carry_withheld(office.j, tablet.j, &log, KIND_answer, 3);
    laws(tablet.j);
    int64_t shown = query_one_int(tablet.j, -1, "SELECT count(*) FROM answer", 0);
    assert_int_equal(shown, 2);
    carry_withheld(office.j, tablet.j, &log, KIND_answer, 1); /* never fewer again */
    assert_int_equal(query_one_int(tablet.j, -1, "SELECT count(*) FROM answer", 0), 2);
    carry_all(office.j, tablet.j);
    OK(journal_row(tablet.j, &kind_answer, same_row(office.j, two, tablet.j), &a, &r));
    assert_string_equal(row_get_text(&r, "note"), "the second, changed");
    hash256 t = tables_hash(tablet.j), to = tables_hash(office.j);
    assert_memory_equal(&t, &to, 32);
    laws(tablet.j);
    journal_close(office.j);
    journal_close(tablet.j);
    arena_release(&a);
}

/* Words that are erased while they are held back do not come any more; a seal that is held back
 * seals when its words come. */
static void withheld_erased_and_sealed(void **state) {
    (void)state;
    struct device office, writer, tablet;
    struct log_info log;
    struct erase_summary gone;
    office_open(&office, "xo.db");
    device_open(&writer, "xw.db", "tablet");
    device_open(&tablet, "xt.db", "tablet");
    row_id visit = new_visit(&writer);
    row_id id = answer(&writer, visit, PERSON), other = answer(&writer, visit, "stays");
    struct row seal = row_new(&kind_seal);
    row_ref(&seal, "visit", visit);
    writer.clock.wall_ms += 60000;
    put_alone(writer.j, &seal);
    own_log(writer.j, &log);
    carry_all(writer.j, office.j);
    carry_withheld(writer.j, tablet.j, &log, KIND_seal, 1);
    assert_int_equal(notes(tablet.j), 2);
    tablet.clock.wall_ms += 120000;
    change_note(&tablet, same_row(writer.j, other, tablet.j), "after the seal nobody knew of");
    OK(journal_erase(office.j, same_row(writer.j, id, office.j), "asked for", 1, &gone));
    carry_all(office.j, tablet.j); /* brings the words of the seal, too */
    assert_int_equal(notes(tablet.j), 1);
    assert_int_equal(query_one_int(tablet.j, -1, "SELECT count(*) FROM late", 0), 1);
    laws(tablet.j);
    carry_all(tablet.j, office.j);
    hash256 t = tables_hash(tablet.j), to = tables_hash(office.j);
    assert_memory_equal(&t, &to, 32);
    laws(office.j);
    in_no_file(&tablet);
    /* To somebody who gets the erasure first, and the words held back, and then all of it. */
    struct device last;
    device_open(&last, "xl.db", "tablet");
    own_log(office.j, &log);
    carry(office.j, last.j, &log, 1, log.last_seq);
    own_log(writer.j, &log);
    carry_withheld(writer.j, last.j, &log, KIND_answer, 1);
    laws(last.j);
    carry_all(writer.j, last.j);
    carry_all(tablet.j, last.j);
    t = tables_hash(last.j);
    assert_memory_equal(&t, &to, 32);
    in_no_file(&last);
    laws(last.j);
    journal_close(office.j);
    journal_close(writer.j);
    journal_close(tablet.j);
    journal_close(last.j);
}

static void kinds_that_must_be_understood(void **state) {
    (void)state;
    struct device from, to;
    struct log_info log;
    struct union_section *section;
    struct union_outcome out;
    device_open(&from, "uf.db", "tablet");
    device_open(&to, "ut.db", "tablet");
    new_visit(&from);
    own_log(from.j, &log);
    static const uint8_t zeros[32];
    static const uint8_t empty[] = {0x80};
    for (int i = 0; i < 2; i++) {
        struct record_wire r = {.seq = 1,
                                .hlc = 1,
                                .kind = i ? KIND_MUST_UNDERSTAND : KIND_MUST_UNDERSTAND - 1,
                                .row = {.log = log.id, .seq = 1},
                                .body = empty,
                                .body_size = 1};
        OK(union_begin(to.j));
        OK(union_section_start(&section, to.j, &log.id, log.key, log.incarnation, 1, &log.id,
                               zeros));
        must_be(i ? STATUS_NEWER : STATUS_OK, union_section_add(section, &r), "a new kind");
        OK(union_section_end(section, &out));
        union_rollback(to.j);
    }
    journal_close(from.j);
    journal_close(to.j);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_goes_everywhere),
        cmocka_unit_test(what_may_be_erased),
        cmocka_unit_test(nobody_borrows_the_offices_word),
        cmocka_unit_test(a_photo_stays_while_anything_names_it),
        cmocka_unit_test(withheld_words_come_later),
        cmocka_unit_test(withheld_erased_and_sealed),
        cmocka_unit_test(kinds_that_must_be_understood),
        cmocka_unit_test(old_erasures_cost_nothing),
        cmocka_unit_test(any_order_of_erasing),
    };
    log_open("/dev/null");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
