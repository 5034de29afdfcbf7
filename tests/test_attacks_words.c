/* test_attacks_words.c -- how erased words might come back, or never go; and how true ones
 * might be kept out.
 *
 * needs: sync store base */
#include "attack_help.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

/* Part of another's log, with the words taken out and a salt key that is not its own: there are
 * no words by which the key could be proved wrong. The true ones must find in. */
static void a_wrong_salt_for_anothers_words(void **state) {
    (void)state;
    struct journal *m = open_office("ws-m.db", NULL), *y = open_device("ws-y.db", "tablet");
    struct journal_self ys;
    struct log_info log;
    struct union_section *u = NULL;
    struct union_reader *from = NULL;
    struct union_outcome out;
    struct record_wire r;
    hash256 previous;
    uint8_t right[32], wrong[32] = {9};
    work(y, 17, 30);
    journal_self(y, &ys);
    ok(union_log_by_id(y, &ys.log_id, &log));
    ok(union_read_base(y, log.no, 8, &previous, right));
    ok(union_begin(m));
    ok(union_section_start(&u, m, &log.id, log.key, log.incarnation, 8, &previous, wrong));
    ok(union_read_open(&from, y, log.no, 8, 14));
    while (union_read_next(from, &r)) {
        if (!r.body_erased) ok(union_withhold(from, &r));
        ok(union_section_add(u, &r));
    }
    ok(union_read_close(from));
    ok(union_section_end(u, &out));
    assert_true(out.gap);
    ok(union_commit(m));
    export_to(y, "ws-1.lantern", (struct export_options){.open = true});
    merge(m, "ws-1.lantern");
    assert_int_equal(one(m, "SELECT count(*) FROM answer"),
                     one(y, "SELECT count(*) FROM answer"));
    laws(m);
    tried += 1;
    journal_close(m);
    journal_close(y);
}

/* Words of the office's own, of a tablet's action that went out as a copy, and a draft about
 * it; the packs and bundles from before come out of a drawer, in any order. */
static void old_packs_bring_no_words_back(void **state) {
    (void)state;
    struct journal *m = open_office("ow-m.db", NULL), *y = open_device("ow-y.db", "tablet");
    struct journal *z = open_device("ow-z.db", "tablet");
    uint8_t box[32];
    struct journal_self self;
    enrol_tablet(m, y, "owy");
    enrol_tablet(m, z, "owz");
    struct row c = row_new(&kind_contact);
    row_text(&c, "label", "ZZCONTACT of the office");
    put(m, &c);
    row_id visit = add_visit(y, "NIGHT");
    struct row act = row_new(&kind_action);
    row_ref(&act, "visit", visit);
    row_text(&act, "reference", "B1");
    row_text(&act, "different", "ZZACTION of a tablet");
    put(y, &act);
    send(y, "ow-1.lantern");
    merge_sealed(m, "ow-1.lantern");
    row_id action = there(y, act.id, m);
    journal_self(z, &self);
    assert_true(key_of_signer(self.key, box));
    struct export_options pack = {.purpose = BUNDLE_PACK,
                                  .everything = true,
                                  .seal_to = box,
                                  .copies = &action,
                                  .copies_count = 1};
    export_to(m, "ow-p1.lantern", pack);
    read_sealed(z, "ow-p1.lantern");
    assert_true(file_holds("ow-z.db", "ZZACTION") && file_holds("ow-z.db", "ZZCONTACT"));
    char key[64];
    snprintf(key, sizeof key, "field/%lld/different", (long long)there(m, action, z));
    ok(draft_put(z, key, "ZZACTION again", 14));
    erase(m, action);
    erase(m, c.id);
    export_to(m, "ow-p2.lantern", pack);
    read_sealed(z, "ow-p2.lantern");
    assert_false(file_holds("ow-z.db", "ZZACTION") || file_holds("ow-z.db", "ZZCONTACT"));
    /* The old one again, under a name of its own: other bytes, the same words. */
    sqlite3 *db = NULL;
    journal_close(z);
    assert_int_equal(sqlite3_open(scratch("ow-z.db"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "DELETE FROM local WHERE key LIKE '%bundle/%'", 0, 0, 0),
                     SQLITE_OK);
    sqlite3_close(db);
    z = open_device("ow-z.db", "tablet");
    read_sealed(z, "ow-p1.lantern");
    assert_false(file_holds("ow-z.db", "ZZACTION") || file_holds("ow-z.db", "ZZCONTACT"));
    laws(z);
    /* A tablet that reads them the other way round. */
    pack_for(m, y, "ow-p3.lantern");
    read_sealed(y, "ow-p3.lantern");
    assert_false(file_holds("ow-y.db", "ZZACTION"));
    /* And the office its old bundle. */
    merge_sealed(m, "ow-1.lantern");
    assert_false(file_holds("ow-m.db", "ZZACTION") || file_holds("ow-m.db", "ZZCONTACT"));
    laws(m);
    laws(y);
    tried += 5;
    journal_close(m);
    journal_close(y);
    journal_close(z);
}

/* Words about somebody, in kinds of records that offices may not erase: as a provider's name,
 * and as a version of an answer that says it is a provider. Made by a tablet they are a
 * tablet's words, and go. */
static void words_behind_a_shield(void **state) {
    (void)state;
    struct journal *m = open_office("wb-m.db", NULL), *y = open_device("wb-y.db", "tablet");
    struct journal *x = open_device("wb-x.db", "tablet");
    struct arena a = {0};
    struct row r = row_new(&kind_provider);
    enrol_tablet(m, y, "wby");
    enrol_tablet(m, x, "wbx");
    row_id visit = add_visit(y, "NIGHT"), words = add_answer(y, visit, "met");
    send(y, "wb-1.lantern");
    merge_sealed(m, "wb-1.lantern");
    learn(x, y, "wb-0.lantern");
    row_text(&r, "code", "X1");
    row_text(&r, "name", "ZZSHIELD one");
    row_id shield = put(x, &r);
    row_text(&r, "code", "X2");
    r.id = 0;
    row_id two = put(x, &r), answer = there(y, words, x);
    x = change_own(x, "wb-x.db", "tablet",
                   arena_printf(&test_arena, "UPDATE provider SET id = %lld WHERE id = %lld",
                                (long long)answer, (long long)two));
    r.id = answer;
    row_text(&r, "name", "ZZSHIELD two, beside the answer");
    put(x, &r);
    send(x, "wb-2.lantern");
    merge_sealed(m, "wb-2.lantern");
    assert_true(file_holds("wb-m.db", "beside the answer"));
    erase(m, there(y, words, m));
    assert_false(file_holds("wb-m.db", "beside the answer"));
    erase(m, there(x, shield, m));
    erase(m, there(x, two, m));
    assert_false(file_holds("wb-m.db", "ZZSHIELD"));
    /* The office's own provider stands. */
    struct erase_summary gone;
    assert_int_equal(journal_erase(m, one(m, "SELECT id FROM provider WHERE code = 'P1'"),
                                   "because", 20000, &gone),
                     STATUS_INVALID);
    laws(m);
    tried += 2;
    arena_release(&a);
    journal_close(m);
    journal_close(y);
    journal_close(x);
}

/* A photo that the office asked for, and whose row was erased before it came; then a photo that
 * nothing names at all. Neither lies in the office's database afterwards. */
static void photos_that_nobody_asked_for(void **state) {
    (void)state;
    struct journal *m = open_office("ph-m.db", NULL), *y = open_device("ph-y.db", "tablet");
    static const char face[] = "ZZFACE: these bytes are somebody's face";
    hash256 name, none = {{0}};
    enrol_tablet(m, y, "phy");
    row_id visit = add_visit(y, "NIGHT");
    struct row r = row_new(&kind_attachment);
    ok(blob_put(y, face, sizeof face, &name));
    row_ref(&r, "visit", visit);
    row_ref(&r, "to", visit);
    row_hash(&r, "hash", &name);
    row_text(&r, "sort", "photo");
    put(y, &r);
    /* Its bytes are lost on the way. */
    ok(blob_drop(y, &name));
    send(y, "ph-1.lantern");
    merge_sealed(m, "ph-1.lantern");
    pack_for(m, y, "ph-p.lantern");
    read_sealed(y, "ph-p.lantern"); /* "send me that photo" */
    ok(blob_put(y, face, sizeof face, &name));
    erase(m, there(y, r.id, m));
    assert_int_equal(send(y, "ph-2.lantern").blobs, 1);
    merge_sealed(m, "ph-2.lantern");
    assert_false(blob_have(m, &name));
    assert_false(file_holds("ph-m.db", "ZZFACE"));
    laws(m);
    (void)none;
    tried += 1;
    journal_close(m);
    journal_close(y);
}

/* ---- links and modes ---- */

static void be_victim(const char *name) {
    ok(file_write(scratch(name), "not yours", 9, 0600));
}

static void still_victim(const char *name) {
    struct buf b = {0};
    ok(file_read(scratch(name), 100, &b));
    assert_true(b.size == 9 && memcmp(b.data, "not yours", 9) == 0);
    buf_release(&b);
}

/* A stick on which the names that Lantern is going to write are links to something else. */
static void links_where_files_should_be(void **state) {
    (void)state;
    static const char *const names[] = {"li-1.lantern", "li-1.lantern.part", "li-m.db.spool",
                                        "li-m.db.key.tmp~"};
    struct journal *m = open_office("li-m.db", NULL), *y = open_device("li-y.db", "tablet");
    struct stat st;
    enrol_tablet(m, y, "liy");
    work(y, 18, 10);
    be_victim("li-victim");
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        assert_int_equal(symlink(scratch("li-victim"), scratch(names[i])), 0);
    send(y, "li-1.lantern");
    assert_int_equal(lstat(scratch("li-1.lantern"), &st), 0);
    assert_true(S_ISREG(st.st_mode));
    /* Through a pipe, by way of a file beside the database. */
    assert_int_equal(mkfifo(scratch("li-pipe"), 0600), 0);
    pid_t child = fork();
    if (child == 0) {
        struct buf b = {0};
        int fd = open(scratch("li-pipe"), O_WRONLY);
        bool bad = file_read(scratch("li-1.lantern"), 4 << 20, &b) != STATUS_OK || fd < 0 ||
                   write(fd, b.data, b.size) != (ssize_t)b.size;
        _exit(bad);
    }
    assert_true(merge_sealed(m, "li-pipe").added > 0);
    int status = 1;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    ok(office_rotate(m)); /* writes the key file */
    still_victim("li-victim");
    tried += 4;
    journal_close(m);
    journal_close(y);
}

/* A key file that came back from a backup, readable by all. */
static void a_key_file_that_all_can_read(void **state) {
    (void)state;
    struct journal *m = open_office("km-m.db", NULL);
    struct stat st;
    journal_close(m);
    assert_int_equal(chmod(scratch("km-m.db.key"), 0644), 0);
    m = open_device("km-m.db", "office");
    assert_int_equal(stat(scratch("km-m.db.key"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    tried += 1;
    journal_close(m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_wrong_salt_for_anothers_words),
        cmocka_unit_test(old_packs_bring_no_words_back),
        cmocka_unit_test(words_behind_a_shield),
        cmocka_unit_test(photos_that_nobody_asked_for),
        cmocka_unit_test(links_where_files_should_be),
        cmocka_unit_test(a_key_file_that_all_can_read),
    };
    return cmocka_run_group_tests(tests, begin, end_attacks);
}
