/* test_journal.c -- one device's own history: what was put stays, in order, and proves itself.
 *
 * needs: store base
 *
 * Each test opens a database of its own in the scratch folder, with a clock that only moves
 * when told to. After every test that wrote, the law is checked: rebuild == live, chains hold.
 */
#include "support.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "rest_env.h"
#include "store/query.h"
#include "store/union.h"

#define NOON 1795867200000LL /* 28 November 2026, 12:00 UTC */

static struct clock_manual now;

static enum status open_at(struct journal **j, const char *path) {
    struct journal_options o = {.path = path,
                                .clock = clock_manual(&now),
                                .device_name = "night tablet",
                                .device_role = "tablet",
                                .rest_key = test_rest_key()};
    return journal_open(j, &o);
}

static struct journal *fresh(const char *name) {
    struct journal *j = NULL;
    now = (struct clock_manual){.wall_ms = NOON, .boot_ms = 1000};
    assert_int_equal(open_at(&j, scratch(name)), STATUS_OK);
    return j;
}

static void laws(struct journal *j) {
    struct journal_report r;
    enum status s = journal_verify(j, &r);
    if (s) print_error("verify: %s\n", status_detail());
    assert_int_equal(s, STATUS_OK);
    assert_int_equal(r.chain_damaged + r.bodies_damaged + r.tables_differ, 0);
}

static row_id put(struct journal *j, struct row *r) {
    enum status s = journal_put_alone(j, r);
    if (s) print_error("put: %s\n", status_detail());
    assert_int_equal(s, STATUS_OK);
    return r->id;
}

static row_id add_service(struct journal *j, const char *code, const char *name) {
    struct row r = row_new(&kind_service);
    row_text(&r, "code", code);
    row_text(&r, "name", name);
    return put(j, &r);
}

static row_id add_visit(struct journal *j, row_id service) {
    struct row r = row_new(&kind_visit);
    row_ref(&r, "service", service);
    row_text(&r, "template", "NIGHT");
    row_int(&r, "started", now.wall_ms);
    row_int(&r, "unannounced", 1);
    return put(j, &r);
}

static row_id add_answer(struct journal *j, row_id visit, const char *item, const char *word) {
    struct row r = row_new(&kind_answer);
    row_ref(&r, "visit", visit);
    row_text(&r, "item", item);
    row_text(&r, "word", word);
    return put(j, &r);
}

static void change_word(struct journal *j, row_id answer, const char *word) {
    struct arena a = {0};
    struct row r;
    assert_int_equal(journal_row(j, &kind_answer, answer, &a, &r), STATUS_OK);
    row_text(&r, "word", word);
    put(j, &r);
    arena_release(&a);
}

static const char *word_of(struct journal *j, row_id answer, struct arena *a) {
    struct row r;
    assert_int_equal(journal_row(j, &kind_answer, answer, a, &r), STATUS_OK);
    return row_get_text(&r, "word");
}

static void seal(struct journal *j, row_id visit) {
    struct row r = row_new(&kind_seal);
    hash256 digest;
    int64_t rows;
    assert_int_equal(journal_visit_digest(j, visit, &digest, &rows), STATUS_OK);
    row_ref(&r, "visit", visit);
    row_bytes(&r, "digest", digest.b, 32);
    row_int(&r, "rows", rows);
    put(j, &r);
}

/* ---- putting ---- */

static void a_row_comes_back_after_a_restart(void **state) {
    (void)state;
    struct arena a = {0};
    struct journal *j = fresh("first.db");
    row_id service = add_service(j, "OAK", "Oak House");
    row_id visit = add_visit(j, service);
    row_id answer = add_answer(j, visit, "bell-reach", "met");
    int64_t generation = journal_generation(j);
    change_word(j, answer, "not_met");
    assert_true(journal_generation(j) > generation);
    assert_int_equal(journal_committed(j), journal_durable(j));
    journal_close(j);

    assert_int_equal(open_at(&j, scratch("first.db")), STATUS_OK);
    assert_string_equal(word_of(j, answer, &a), "not_met");
    struct journal_self self;
    journal_self(j, &self);
    /* salt, device, service; salt, visit, answer, change */
    assert_int_equal(self.head_seq, 7);
    assert_int_equal(ROW_SEQ(self.device), 2);
    add_answer(j, visit, "bell-answered", "partly");
    journal_self(j, &self);
    assert_int_equal(self.head_seq, 8); /* the visit's salt is still in force */
    laws(j);
    journal_close(j);
    arena_release(&a);
}

static void the_clock_may_jump_back_ten_years(void **state) {
    (void)state;
    struct arena a = {0};
    struct version *v;
    size_t n;
    struct journal *j = fresh("clock.db");
    row_id visit = add_visit(j, add_service(j, "OAK", "Oak House"));
    row_id answer = add_answer(j, visit, "lights", "met");
    now.wall_ms -= 10LL * 365 * 86400000;
    change_word(j, answer, "partly");
    journal_close(j);
    assert_int_equal(open_at(&j, scratch("clock.db")), STATUS_OK);
    change_word(j, answer, "not_met");
    now.wall_ms += 20LL * 365 * 86400000;
    change_word(j, answer, "not_seen");
    assert_int_equal(journal_history(j, answer, &a, &v, &n), STATUS_OK);
    assert_int_equal(n, 4);
    for (size_t i = 1; i < n; i++)
        assert_true(v[i].hlc > v[i - 1].hlc);
    assert_true(v[3].present && !v[2].present && !v[2].concurrent);
    assert_true(v[1].at < v[0].at);
    assert_string_equal(word_of(j, answer, &a), "not_seen");
    laws(j);
    journal_close(j);
    arena_release(&a);
}

static void undo_puts_the_former_version_back(void **state) {
    (void)state;
    struct arena a = {0};
    struct version *v;
    size_t n;
    struct journal *j = fresh("undo.db");
    row_id visit = add_visit(j, add_service(j, "OAK", "Oak House"));
    row_id answer = add_answer(j, visit, "floor-dry", "met");
    change_word(j, answer, "not_met");
    assert_int_equal(journal_begin(j), STATUS_OK);
    assert_int_equal(journal_revert(j, &kind_answer, answer, answer), STATUS_OK);
    assert_int_equal(journal_commit(j), STATUS_OK);
    assert_string_equal(word_of(j, answer, &a), "met");

    assert_int_equal(journal_begin(j), STATUS_OK);
    assert_int_equal(journal_revert(j, &kind_answer, answer, 0), STATUS_OK);
    assert_int_equal(journal_commit(j), STATUS_OK);
    assert_int_equal(
        query_one_int(j, -1, "SELECT withdrawn FROM answer WHERE id = ?1", 1, answer), 1);
    change_word(j, answer, "partly"); /* a later change restores it */
    assert_int_equal(
        query_one_int(j, -1, "SELECT withdrawn FROM answer WHERE id = ?1", 1, answer), 0);
    assert_int_equal(journal_history(j, answer, &a, &v, &n), STATUS_OK);
    assert_int_equal(n, 5);
    assert_int_equal(v[3].op, OP_WITHDRAW);
    struct row former;
    assert_int_equal(journal_version(j, v[1].record, &a, &former), STATUS_OK);
    assert_string_equal(row_get_text(&former, "word"), "not_met");
    laws(j);
    journal_close(j);
    arena_release(&a);
}

static void a_rolled_back_intent_leaves_nothing(void **state) {
    (void)state;
    struct journal *j = fresh("rollback.db");
    row_id service = add_service(j, "OAK", "Oak House");
    struct journal_self before, after;
    journal_self(j, &before);
    assert_int_equal(journal_begin(j), STATUS_OK);
    struct row r = row_new(&kind_visit);
    row_ref(&r, "service", service);
    assert_int_equal(journal_put(j, &r), STATUS_OK);
    journal_rollback(j);
    struct row alone = row_new(&kind_visit);
    row_text(&alone, "length", "no such length");
    assert_int_not_equal(journal_put_alone(j, &alone), STATUS_OK);
    assert_int_equal(alone.id, 0);
    journal_self(j, &after);
    assert_int_equal(before.head_seq, after.head_seq);
    assert_true(hash_equal(&before.head_hash, &after.head_hash));
    add_visit(j, service);
    laws(j);
    journal_close(j);
}

static void a_sealed_check_refuses_changes(void **state) {
    (void)state;
    struct arena a = {0};
    struct journal *j = fresh("seal.db");
    row_id service = add_service(j, "OAK", "Oak House");
    row_id visit = add_visit(j, service), other = add_visit(j, service);
    row_id answer = add_answer(j, visit, "lights", "met");
    hash256 before, after;
    int64_t rows;
    assert_int_equal(journal_visit_digest(j, visit, &before, &rows), STATUS_OK);
    assert_int_equal(rows, 2); /* the visit and its answer */
    seal(j, visit);
    struct row r;
    assert_int_equal(journal_row(j, &kind_answer, answer, &a, &r), STATUS_OK);
    row_text(&r, "word", "not_met");
    assert_int_equal(journal_begin(j), STATUS_OK);
    assert_int_equal(journal_put(j, &r), STATUS_SEALED);
    journal_rollback(j);
    /* Not by moving it to another check either, nor by withdrawing, nor by adding. */
    row_ref(&r, "visit", other);
    assert_int_equal(journal_begin(j), STATUS_OK);
    assert_int_equal(journal_put(j, &r), STATUS_SEALED);
    assert_int_equal(journal_withdraw(j, &kind_answer, answer), STATUS_SEALED);
    r = row_new(&kind_answer);
    row_ref(&r, "visit", visit);
    row_text(&r, "item", "late");
    assert_int_equal(journal_put(j, &r), STATUS_SEALED);
    journal_rollback(j);
    /* Additions of their own kind are welcome. */
    struct row add = row_new(&kind_addendum);
    row_ref(&add, "visit", visit);
    row_text(&add, "text", "The lamp was replaced at 05:10.");
    put(j, &add);
    add_answer(j, other, "lights", "met");
    assert_int_equal(journal_visit_digest(j, visit, &after, &rows), STATUS_OK);
    assert_true(hash_equal(&before, &after));
    laws(j);
    journal_close(j);
    arena_release(&a);
}

static void a_code_known_already_writes_nothing(void **state) {
    (void)state;
    struct journal *j = fresh("code.db");
    row_id first = add_service(j, "OAK", "Oak House");
    struct journal_self before, after;
    int64_t committed = journal_committed(j);
    journal_self(j, &before);
    assert_int_equal(add_service(j, "OAK", "Oak House"), first);
    journal_self(j, &after);
    assert_int_equal(before.head_seq, after.head_seq);
    assert_int_equal(journal_committed(j), committed);
    assert_int_equal(add_service(j, "OAK", "Oak House Care Home"), first);
    journal_self(j, &after);
    assert_int_equal(after.head_seq, before.head_seq + 1);
    assert_true(add_service(j, "ELM", "Elm Court") != first);
    laws(j);
    journal_close(j);
}

static void limits_are_told_apart(void **state) {
    (void)state;
    struct journal *j = fresh("limits.db");
    static char long_text[5000];
    memset(long_text, 'a', sizeof long_text - 1);
    struct row r = row_new(&kind_service);
    row_text(&r, "name", "no code");
    assert_int_equal(journal_begin(j), STATUS_OK);
    assert_int_equal(journal_put(j, &r), STATUS_INVALID);
    row_text(&r, "code", long_text);
    assert_int_equal(journal_put(j, &r), STATUS_TOO_LARGE);
    row_text(&r, "code", "OAK");
    row_text(&r, "setting", "castle");
    assert_int_equal(journal_put(j, &r), STATUS_INVALID);
    row_text(&r, "setting", "care_home");
    row_text(&r, "name", "bad \xff utf-8");
    assert_int_equal(journal_put(j, &r), STATUS_INVALID);
    journal_rollback(j);
    laws(j);
    journal_close(j);
}

static void references_count_on_after_a_restart(void **state) {
    (void)state;
    struct arena a = {0};
    struct journal *j = fresh("reference.db");
    row_id service = add_service(j, "OAK", "Oak House");
    char *first = journal_next_reference(j, &a);
    assert_int_equal(strlen(first), 5);
    assert_string_equal(first + 3, "01");
    assert_null(strpbrk(first, "IO"));
    struct row r = row_new(&kind_action);
    row_ref(&r, "service", service);
    row_text(&r, "reference", first);
    put(j, &r);
    journal_close(j);
    assert_int_equal(open_at(&j, scratch("reference.db")), STATUS_OK);
    assert_string_equal(journal_next_reference(j, &a) + 3,
                        "02"); /* given, never used: not again */
    struct journal_self self;
    journal_self(j, &self);
    struct row d;
    assert_int_equal(journal_row(j, &kind_device, self.device, &a, &d), STATUS_OK);
    row_text(&d, "letters", "B");
    put(j, &d);
    assert_string_equal(journal_next_reference(j, &a), "B01");
    r = row_new(&kind_action);
    row_text(&r, "reference", "B99");
    put(j, &r);
    assert_string_equal(journal_next_reference(j, &a), "B100");
    laws(j);
    journal_close(j);
    arena_release(&a);
}

static void the_holder_signs_and_stays(void **state) {
    (void)state;
    struct journal *j = fresh("holder.db");
    struct row p = row_new(&kind_person);
    row_text(&p, "label", "night lead");
    row_id lead = put(j, &p);
    journal_hold(j, lead);
    row_id service = add_service(j, "OAK", "Oak House");
    assert_int_equal(
        query_one_int(j, 0, "SELECT \"by\" FROM service WHERE id = ?1", 1, service), lead);
    journal_close(j);
    assert_int_equal(open_at(&j, scratch("holder.db")), STATUS_OK);
    assert_int_equal(journal_holder(j), lead);
    laws(j);
    journal_close(j);
}

/* ---- drafts, settings, blobs ---- */

static bool file_holds(const char *path, const char *needle) {
    struct buf b = {0};
    bool found = false;
    if (file_read(path, 64 << 20, &b) == STATUS_OK)
        found = b.size && memmem(b.data, b.size, needle, strlen(needle)) != NULL;
    buf_release(&b);
    return found;
}

static void count_draft(void *ctx, const char *key, const void *p, size_t n) {
    (void)key, (void)p, (void)n;
    ++*(int *)ctx;
}

static void drafts_last_and_go(void **state) {
    (void)state;
    struct arena a = {0};
    const char secret[] = "she said the nights are long";
    char wal[600];
    void *p;
    size_t n;
    int seen = 0;
    struct journal *j = fresh("draft.db");
    assert_int_equal(draft_put(j, "note/1", secret, strlen(secret)), STATUS_OK);
    assert_int_equal(draft_put(j, "note/2", "x", 1), STATUS_OK);
    journal_close(j);
    assert_int_equal(open_at(&j, scratch("draft.db")), STATUS_OK);
    assert_int_equal(draft_get(j, "note/1", &a, &p, &n), STATUS_OK);
    assert_string_equal(p, secret);
    assert_int_equal(draft_each(j, "note/", count_draft, &seen), STATUS_OK);
    assert_int_equal(seen, 2);
    assert_int_equal(file_holds(scratch("draft.db"), secret), !test_rest_key());
    assert_int_equal(draft_put(j, "note/1", NULL, 0), STATUS_OK);
    assert_int_equal(draft_get(j, "note/1", &a, &p, &n), STATUS_NOT_FOUND);
    bool done = false;
    assert_int_equal(journal_verify_step(j, 5, &done), STATUS_OK); /* an idle moment */
    snprintf(wal, sizeof wal, "%s-wal", scratch("draft.db"));
    assert_false(file_holds(scratch("draft.db"), secret));
    assert_false(file_holds(wal, secret));
    assert_int_equal(local_put(j, "theme", "night"), STATUS_OK);
    assert_string_equal(local_get(j, "theme", &a), "night");
    assert_int_equal(local_put(j, "size", "130"), STATUS_OK);
    assert_int_equal(local_int(j, "size", 100), 130);
    assert_int_equal(local_put(j, "size", NULL), STATUS_OK);
    assert_int_equal(local_int(j, "size", 100), 100);
    struct journal_self self;
    journal_self(j, &self);
    assert_int_equal(self.head_seq, 0); /* nothing of this is a record */
    journal_close(j);
    arena_release(&a);
}

static void blobs_are_kept_once(void **state) {
    (void)state;
    struct journal *j = fresh("blob.db");
    hash256 one, two, none = {0};
    struct buf out = {0};
    assert_int_equal(blob_put(j, "photo", 5, &one), STATUS_OK);
    assert_int_equal(blob_put(j, "photo", 5, &two), STATUS_OK);
    assert_true(hash_equal(&one, &two));
    assert_int_equal(query_one_int(j, 0, "SELECT count(*) FROM blob", 0), 1);
    assert_int_equal(blob_get(j, &one, &out), STATUS_OK);
    assert_memory_equal(out.data, "photo", 5);
    assert_true(blob_have(j, &one));
    assert_false(blob_have(j, &none));
    assert_int_equal(blob_get(j, &none, &out), STATUS_NOT_FOUND);
    buf_release(&out);
    journal_close(j);
}

/* ---- who may open it ---- */

static void a_second_opener_is_told_busy(void **state) {
    (void)state;
    struct journal *j = fresh("busy.db"), *second = NULL;
    assert_int_equal(open_at(&second, scratch("busy.db")), STATUS_BUSY);
    assert_null(second);
    add_service(j, "OAK", "Oak House"); /* the first goes on */
    journal_close(j);
    assert_int_equal(open_at(&second, scratch("busy.db")), STATUS_OK);
    laws(second);
    journal_close(second);
}

static void copy_file(const char *from, const char *to) {
    struct buf b = {0};
    assert_int_equal(file_read(from, 64 << 20, &b), STATUS_OK);
    assert_int_equal(file_write(to, b.data, b.size, 0600), STATUS_OK);
    buf_release(&b);
}

static void a_copy_starts_a_new_incarnation(void **state) {
    (void)state;
    struct journal_self self, copy, again;
    struct stat st;
    struct journal *j = fresh("original.db");
    row_id service = add_service(j, "OAK", "Oak House");
    journal_self(j, &self);
    assert_int_equal(union_mark_exported(j, self.head_seq, &self.head_hash), STATUS_OK);
    journal_close(j);
    assert_int_equal(stat(scratch("original.db.key"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_false(file_holds(scratch("original.db"), "secret"));
    copy_file(scratch("original.db"), scratch("copy.db"));
    copy_file(scratch("original.db"), scratch("older.db"));

    /* Copied without its key: another device. */
    assert_int_equal(open_at(&j, scratch("copy.db")), STATUS_OK);
    journal_self(j, &copy);
    assert_memory_not_equal(copy.key, self.key, 32);
    assert_int_equal(copy.head_seq, 0);
    add_visit(j, service); /* and it writes into a log of its own */
    laws(j);
    journal_close(j);

    /* The original, untouched, goes on as itself. */
    assert_int_equal(open_at(&j, scratch("original.db")), STATUS_OK);
    journal_self(j, &again);
    assert_memory_equal(&again.log_id, &self.log_id, 32);
    add_visit(j, service);
    journal_self(j, &again);
    assert_int_equal(union_mark_exported(j, again.head_seq, &again.head_hash), STATUS_OK);
    journal_close(j);

    /* Put back from the older copy: the marker names a record it does not have. */
    copy_file(scratch("older.db"), scratch("original.db"));
    assert_int_equal(open_at(&j, scratch("original.db")), STATUS_OK);
    journal_self(j, &again);
    assert_memory_equal(again.key, self.key, 32);
    assert_memory_not_equal(&again.log_id, &self.log_id, 32);
    assert_int_equal(query_one_int(j, 0, "SELECT count(*) FROM service", 0), 1);
    laws(j);
    journal_close(j);
}

static void sql(const char *path, const char *text) {
    char command[900];
    snprintf(command, sizeof command,
             "python3 -c \"import sqlite3,sys; "
             "c=sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); "
             "c.commit()\" '%s' \"%s\"",
             path, text);
    assert_int_equal(system(command), 0);
}

static void newer_and_foreign_files_are_refused(void **state) {
    (void)state;
    if (test_rest_key()) skip(); /* of a newer sealed file nothing can be said */
    struct journal *j = fresh("newer.db");
    add_service(j, "OAK", "Oak House");
    journal_close(j);
    sql(scratch("newer.db"), "PRAGMA user_version = 3");
    assert_int_equal(open_at(&j, scratch("newer.db")), STATUS_NEWER);
    struct journal_options o = {.path = scratch("newer.db"), .read_only = true};
    assert_int_equal(journal_open(&j, &o), STATUS_OK); /* so that it can still be exported */
    journal_close(j);
    sql(scratch("foreign.db"), "CREATE TABLE x (y)");
    assert_int_equal(open_at(&j, scratch("foreign.db")), STATUS_NOT_OURS);
    assert_int_equal(
        file_write(scratch("text.db"), "not a database at all, but text", 31, 0600), STATUS_OK);
    assert_int_equal(open_at(&j, scratch("text.db")), STATUS_NOT_OURS);
}

/* ---- proof ---- */

static void damage_is_found(void **state) {
    (void)state;
    if (test_rest_key()) skip(); /* other damage: test_rest.c */
    struct journal_report r;
    struct journal *j = fresh("damage.db");
    row_id visit = add_visit(j, add_service(j, "OAK", "Oak House"));
    for (int i = 0; i < 20; i++)
        add_answer(j, visit, "lights", "met");
    journal_close(j);
    copy_file(scratch("damage.db"), scratch("whole.db"));
    copy_file(scratch("damage.db.key"), scratch("whole.db.key"));
    static const struct {
        const char *sql;
        int bodies, chain, tables;
    } damages[] = {
        {"UPDATE journal SET body = replace(body, 'met', 'mat') WHERE id & 255 = 9", 1, 0, 1},
        {"UPDATE journal SET at = at + 1 WHERE id & 255 = 9", 1, 0, 1},
        {"UPDATE journal SET hash = zeroblob(32) WHERE id & 255 = 9", 0, 1, 0},
        {"DELETE FROM journal WHERE id & 255 = 9", 0, 1, 1},
        {"UPDATE answer SET word = 'partly' WHERE id & 255 = 9", 0, 0, 1},
        {"DELETE FROM answer WHERE id & 255 = 9", 0, 0, 1},
    };
    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        copy_file(scratch("whole.db"), scratch("damage.db"));
        sql(scratch("damage.db"), damages[i].sql);
        assert_int_equal(open_at(&j, scratch("damage.db")), STATUS_OK); /* still opens */
        assert_int_equal(journal_verify(j, &r), STATUS_DAMAGED);
        assert_true(status_detail()[0]);
        assert_int_equal(r.bodies_damaged, damages[i].bodies);
        assert_int_equal(r.chain_damaged, damages[i].chain);
        assert_int_equal(r.tables_differ > 0, damages[i].tables);
        bool done = false;
        enum status s = STATUS_OK;
        for (int step = 0; step < 50 && !done && !s; step++)
            s = journal_verify_step(j, 1, &done);
        assert_int_equal(s, damages[i].bodies + damages[i].chain ? STATUS_DAMAGED : STATUS_OK);
        journal_close(j);
    }
    printf("figure: %zu kinds of damage found\n", sizeof damages / sizeof damages[0]);
}

static void a_changed_table_layout_is_made_again(void **state) {
    (void)state;
    if (test_rest_key()) skip(); /* made anew at each opening */
    struct journal *j = fresh("layout.db");
    row_id service = add_service(j, "OAK", "Oak House");
    journal_close(j);
    sql(scratch("layout.db"), "DROP TABLE service");
    sql(scratch("layout.db"), "UPDATE mark SET value = 'older' WHERE key = 'tables'");
    assert_int_equal(open_at(&j, scratch("layout.db")), STATUS_OK);
    assert_int_equal(query_one_int(j, 0, "SELECT id FROM service", 0), service);
    laws(j);
    journal_close(j);
}

static void tables_in_memory_say_the_same(void **state) {
    (void)state;
    struct arena a = {0};
    struct journal *j = fresh("memory.db");
    row_id answer = add_answer(j, add_visit(j, add_service(j, "OAK", "Oak House")), "a", "met");
    journal_close(j);
    struct journal_options o = {.path = scratch("memory.db"),
                                .clock = clock_manual(&now),
                                .device_name = "night tablet",
                                .memory_tables = true,
                                .rest_key = test_rest_key()};
    assert_int_equal(journal_open(&j, &o), STATUS_OK);
    assert_string_equal(word_of(j, answer, &a), "met");
    change_word(j, answer, "partly");
    laws(j);
    journal_close(j);
    assert_int_equal(journal_open(&j, &o), STATUS_OK);
    assert_string_equal(word_of(j, answer, &a), "partly");
    journal_close(j);
    arena_release(&a);
}

/* ---- queries ---- */

static void queries_nest_and_report(void **state) {
    (void)state;
    struct arena a = {0};
    struct query outer, inner;
    struct journal *j = fresh("query.db");
    add_service(j, "OAK", "Oak House");
    add_service(j, "ELM", "Elm Court");
    const char *text = "SELECT name, code FROM service ORDER BY code";
    int pairs = 0;
    for (query_open(&outer, j, text, 0); query_next(&outer);) {
        for (query_open(&inner, j, text, 0); query_next(&inner);)
            pairs++;
        assert_int_equal(query_close(&inner), STATUS_OK);
    }
    assert_int_equal(query_close(&outer), STATUS_OK);
    assert_int_equal(pairs, 4);
    query_open(&outer, j, "SELECT name FROM service WHERE code = ?1", 0);
    query_bind_text(&outer, 1, "ELM");
    assert_true(query_next(&outer));
    assert_string_equal(query_text(&outer, 0, &a), "Elm Court");
    assert_int_equal(query_close(&outer), STATUS_OK);
    query_open(&outer, j, "SELECT nothing FROM nowhere", 0);
    assert_false(query_next(&outer));
    assert_int_equal(query_close(&outer), STATUS_INVALID);
    assert_int_equal(query_one_int(j, 7, "SELECT id FROM visit", 0), 7);
    assert_int_equal(
        query_one_int(j, 0, "SELECT length(lantern_order(id)) FROM service LIMIT 1", 0), 48);
    journal_close(j);
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_comes_back_after_a_restart),
        cmocka_unit_test(the_clock_may_jump_back_ten_years),
        cmocka_unit_test(undo_puts_the_former_version_back),
        cmocka_unit_test(a_rolled_back_intent_leaves_nothing),
        cmocka_unit_test(a_sealed_check_refuses_changes),
        cmocka_unit_test(a_code_known_already_writes_nothing),
        cmocka_unit_test(limits_are_told_apart),
        cmocka_unit_test(references_count_on_after_a_restart),
        cmocka_unit_test(the_holder_signs_and_stays),
        cmocka_unit_test(drafts_last_and_go),
        cmocka_unit_test(blobs_are_kept_once),
        cmocka_unit_test(a_second_opener_is_told_busy),
        cmocka_unit_test(a_copy_starts_a_new_incarnation),
        cmocka_unit_test(newer_and_foreign_files_are_refused),
        cmocka_unit_test(damage_is_found),
        cmocka_unit_test(a_changed_table_layout_is_made_again),
        cmocka_unit_test(tables_in_memory_say_the_same),
        cmocka_unit_test(queries_nest_and_report),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
