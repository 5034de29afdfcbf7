/* test_vault_people.c -- several people, one tablet: PINs given, changed, removed; the code at
 * the office; taking over; what goes on the record.
 *
 * needs: store base */
#include "vault_help.h"

#include "base/code.h"

static row_id ab, cd;

static struct journal *two_people(const char *path) {
    struct journal *j = sealed_for(path, &ab);
    cd = add_person(j, "CD");
    OK(vault_set(j, cd, "CD", WORDS, false));
    return j;
}

static enum status try_once(const char *path, const char *label, const char *pass) {
    struct vault *v = locked(path);
    now.boot_ms += vault_wait_ms(v);
    enum status s = try_as(v, label, pass);
    vault_close(v);
    return s;
}

/* ---- giving and taking ---- */

static void each_opens_with_their_own(void **state) {
    (void)state;
    const char *path = scratch("each.db");
    struct journal *j = two_people(path);
    struct arena a = {0};
    struct vault_person *list;
    size_t n = 0;
    OK(vault_list(j, &a, &list, &n));
    assert_int_equal(n, 2);
    assert_true(list[0].person == ab && list[0].pin && list[1].person == cd && !list[1].pin);
    assert_int_equal(access_of(j, "pin_set").rows, 1);
    assert_int_equal(access_of(j, "pin_set").person, cd);
    arena_release(&a);
    laws(j);
    journal_close(j);
    OK(try_once(path, "AB", PIN));
    OK(try_once(path, "CD", WORDS));
    must_be(STATUS_WRONG_CODE, try_once(path, "AB", WORDS), "another's");
    must_be(STATUS_WRONG_CODE, try_once(path, "CD", PIN), "another's");
}

static void a_changed_pin_is_the_only_one(void **state) {
    (void)state;
    const char *path = scratch("changed.db");
    struct journal *j = two_people(path);
    OK(vault_set(j, ab, "AB", "a new and longer one", false));
    assert_int_equal(access_of(j, "pin_changed").person, ab);
    journal_close(j);
    must_be(STATUS_WRONG_CODE, try_once(path, "AB", PIN), "the former");
    OK(try_once(path, "AB", "a new and longer one"));
    OK(try_once(path, "CD", WORDS));
}

static void the_last_one_stays(void **state) {
    (void)state;
    const char *path = scratch("last.db");
    struct journal *j = two_people(path);
    must_be(STATUS_NOT_FOUND, vault_remove(j, add_person(j, "EF")), "has none");
    OK(vault_remove(j, ab));
    must_be(STATUS_INVALID, vault_remove(j, cd), "the last one");
    assert_int_equal(access_of(j, "removed").person, ab);
    journal_close(j);
    struct vault *v = locked(path);
    assert_int_equal(slot_of(v, "AB"), -1);
    vault_close(v);
    OK(try_once(path, "CD", WORDS));
}

/* The bytes of a lock that was replaced or removed are in no file any more. */
static bool in_a_file(const char *path, const uint8_t *p, size_t n) {
    bool found = false;
    for (int i = 0; i < 2; i++) {
        struct buf b = {0};
        char name[600];
        snprintf(name, sizeof name, "%s%s", path, i ? "-wal" : "");
        if (file_exists(name)) OK(file_read(name, 64 << 20, &b));
        for (size_t at = 0; b.size >= n && at <= b.size - n && !found; at++)
            found = memcmp(b.data + at, p, n) == 0;
        buf_release(&b);
    }
    return found;
}

static void locked_key(struct journal *j, row_id person, uint8_t out[KEY_LOCKED_BYTES]) {
    sqlite3_stmt *q = NULL;
    OK(st_prepare(j, &q, "SELECT locked FROM vault WHERE person = ?1"));
    sqlite3_bind_int64(q, 1, person);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    memcpy(out, sqlite3_column_blob(q, 0), KEY_LOCKED_BYTES);
    sqlite3_finalize(q);
}

static void a_former_lock_is_gone_from_the_disk(void **state) {
    (void)state;
    const char *path = scratch("gone.db");
    struct journal *j = two_people(path);
    uint8_t first[KEY_LOCKED_BYTES], second[KEY_LOCKED_BYTES];
    locked_key(j, ab, first);
    assert_true(in_a_file(path, first, sizeof first));
    OK(vault_set(j, ab, "AB", OTHER, false));
    assert_false(in_a_file(path, first, sizeof first));
    locked_key(j, ab, second);
    assert_true(in_a_file(path, second, sizeof second));
    OK(vault_remove(j, ab));
    assert_false(in_a_file(path, second, sizeof second));
    journal_close(j);
}

static void what_may_not_be_chosen(void **state) {
    (void)state;
    struct journal *j = two_people(scratch("may.db"));
    static const char *const bad_pins[] = {"",       "12345",  "123456", "987654",
                                           "000000", "121212", "221126", "short words"};
    static const char *const bad_labels[] = {"",      "   ",      "1234567890123456789012345",
                                             "A\xff", "A\xc3",    "\xed\xa0\x80",
                                             "A\nB",  "A\x1b[2J", "\xc0\x80"};
    for (size_t i = 0; i < sizeof bad_pins / sizeof bad_pins[0] - 1; i++)
        must_be(STATUS_INVALID, vault_set(j, ab, "AB", bad_pins[i], false), bad_pins[i]);
    for (size_t i = 0; i < sizeof bad_labels / sizeof bad_labels[0]; i++)
        must_be(STATUS_INVALID, vault_set(j, ab, bad_labels[i], PIN, false), "label");
    must_be(STATUS_INVALID, vault_set(j, ab, NULL, PIN, false), "no label");
    must_be(STATUS_INVALID, vault_set(j, 0, "AB", PIN, false), "nobody");
    char longest[PASS_MOST + 2];
    memset(longest, 'x', sizeof longest);
    longest[1] = 'y', longest[2] = 'z', longest[3] = ' ';
    longest[PASS_MOST + 1] = '\0';
    must_be(STATUS_INVALID, vault_set(j, ab, "AB", longest, false), "too long");
    longest[PASS_MOST] = '\0';
    OK(vault_set(j, ab, "\xc3\x89lodie, \xc3\x89t\xc3\xa9, 24 by..", longest, false));
    assert_int_equal(access_of(j, "pin_changed").rows, 1);
    journal_close(j);
    struct journal *open = open_device(scratch("lies_open.db"), &now, "tablet");
    struct arena a = {0};
    struct vault_person *list;
    size_t n = 1;
    uint8_t office[32] = {1};
    must_be(STATUS_INVALID, vault_set(open, 1, "AB", PIN, false), "not sealed");
    must_be(STATUS_NOT_FOUND, vault_remove(open, 1), "not sealed");
    must_be(STATUS_NOT_FOUND, vault_check(open, 1, PIN), "not sealed");
    must_be(STATUS_INVALID, vault_code_renew(open, office), "not sealed");
    OK(vault_list(open, &a, &list, &n));
    OK(vault_tell(open));
    assert_int_equal(n, 0);
    assert_false(vault_code_is_for(open, office));
    arena_release(&a);
    journal_close(open);
}

static void thirty_two_people(void **state) {
    (void)state;
    const char *path = scratch("many.db");
    struct journal *j = sealed_for(path, &ab);
    char label[16], pin[16];
    uint8_t secret[32], office[32];
    key_pair(office, secret);
    OK(vault_code_renew(j, office));
    for (int i = 1; i < VAULT_PEOPLE_MAX; i++) {
        snprintf(label, sizeof label, "P%d", i);
        snprintf(pin, sizeof pin, "48%02d71", i);
        OK(vault_set(j, add_person(j, label), label, pin, false));
    }
    must_be(STATUS_TOO_LARGE, vault_set(j, add_person(j, "XX"), "XX", PIN, false), "33");
    journal_close(j);
    OK(try_once(path, "P31", "483171"));
    OK(try_once(path, "AB", PIN));
}

/* What is inside a transaction that fails is not there. */
static void a_rolled_back_pin_is_none(void **state) {
    (void)state;
    const char *path = scratch("rolled.db");
    struct journal *j = two_people(path);
    OK(journal_begin(j));
    OK(vault_set(j, ab, "AB", OTHER, false));
    OK(vault_remove(j, cd));
    journal_rollback(j);
    assert_int_equal(access_of(j, "removed").rows + access_of(j, "pin_changed").rows, 0);
    journal_close(j);
    OK(try_once(path, "AB", PIN));
    OK(try_once(path, "CD", WORDS));
}

/* ---- the code at the office ---- */

static void code_in(struct journal *j, const uint8_t secret[32], char out[13]) {
    struct query q;
    size_t n = 0;
    query_open(&q, j,
               "SELECT box FROM access WHERE what = 'code_made' ORDER BY hlc DESC LIMIT 1", 0);
    assert_true(query_next(&q));
    const void *box = query_bytes(&q, 0, &n);
    assert_int_equal(n, VAULT_CODE_CHARACTERS + KEY_SEAL_OVER);
    assert_true(key_seal_open(secret, box, n, (uint8_t *)out));
    out[VAULT_CODE_CHARACTERS] = '\0';
    OK(query_close(&q));
}

static enum status try_code(const char *path, const char *typed) {
    struct vault *v = locked(path);
    uint8_t key[32] = {0};
    now.boot_ms += vault_wait_ms(v);
    assert_true(vault_has_code(v));
    enum status s = vault_try_code(v, typed, key);
    if (!s) assert_memory_equal(key, rest_key, 32);
    vault_close(v);
    return s;
}

static void the_office_code_works_once(void **state) {
    (void)state;
    const char *path = scratch("code.db");
    struct journal *j = two_people(path);
    uint8_t secret[32], office[32], other[32] = {3};
    char code[13], typed[64] = "", *to = typed;
    key_pair(office, secret);
    assert_false(vault_code_is_for(j, office));
    must_be(STATUS_INVALID, vault_code_renew(j, (uint8_t[32]){0}), "no office");
    OK(vault_code_renew(j, office));
    assert_true(vault_code_is_for(j, office));
    assert_false(vault_code_is_for(j, other));
    code_in(j, secret, code);
    for (int i = 0; i < 12; i++) { /* as it is read out at night */
        char c = code[i];
        c = c == '0' ? 'o' : c == '1' ? (i % 2 ? 'l' : 'I') : c;
        *to++ = c >= 'A' && c <= 'Z' && i % 3 ? (char)(c - 'A' + 'a') : c;
        if (i % 4 == 3) *to++ = i % 2 ? ' ' : '-';
    }
    assert_false(in_a_file(path, (const uint8_t *)code, 12));
    journal_close(j);
    must_be(STATUS_WRONG_CODE, try_code(path, "0000-0000-0000"), "another code");
    must_be(STATUS_WRONG_CODE, try_code(path, "0000-0000-000"), "too short");
    must_be(STATUS_WRONG_CODE, try_code(path, PIN), "a PIN is no code");
    must_be(STATUS_WRONG_CODE, try_once(path, "AB", code), "a code is no PIN");
    OK(try_code(path, typed));
    OK(try_code(path, code)); /* ended before a PIN was chosen: nobody is locked out */
    j = unlocked(path);
    OK(vault_set(j, ab, "AB", OTHER, true));
    assert_int_equal(access_of(j, "pin_reset").person, ab);
    assert_false(vault_code_is_for(j, office));
    journal_close(j);
    struct vault *v = locked(path);
    assert_false(vault_has_code(v));
    uint8_t key[32];
    must_be(STATUS_NOT_FOUND, vault_try_code(v, code, key), "used up");
    vault_close(v);
    OK(try_once(path, "AB", OTHER));
    j = unlocked(path);
    OK(vault_code_renew(j, office));
    OK(vault_code_renew(j, office));
    code_in(j, secret, typed);
    assert_string_not_equal(typed, code);
    journal_close(j);
    must_be(STATUS_WRONG_CODE, try_code(path, code), "the former code");
    OK(try_code(path, typed));
}

/* ---- taking over, and the record ---- */

static void taking_over_waits_too(void **state) {
    (void)state;
    const char *path = scratch("over.db");
    struct journal *j = two_people(path);
    OK(vault_check(j, cd, WORDS));
    must_be(STATUS_NOT_FOUND, vault_check(j, add_person(j, "EF"), PIN), "has none");
    for (int i = 0; i < 5; i++)
        must_be(STATUS_WRONG_CODE, vault_check(j, cd, PIN), "wrong");
    assert_int_equal(vault_check_wait_ms(j), 30000);
    must_be(STATUS_BUSY, vault_check(j, cd, WORDS), "waiting");
    journal_close(j);
    struct vault *v = locked(path); /* the same count on the lock page */
    assert_int_equal(vault_wrong(v), 5);
    assert_int_equal(vault_wait_ms(v), 30000);
    vault_close(v);
    j = unlocked(path);
    now.boot_ms += 30000;
    OK(vault_check(j, ab, PIN));
    struct counted_access c = access_of(j, "wrong_tries");
    assert_true(c.rows == 1 && c.tries == 5 && c.person == cd && c.since == NOON);
    assert_int_equal(vault_check_wait_ms(j), 0);
    laws(j);
    journal_close(j);
}

static void wrong_tries_go_on_the_record(void **state) {
    (void)state;
    const char *path = scratch("record.db");
    journal_close(two_people(path));
    now.wall_ms = NOON + 3600000;
    must_be(STATUS_WRONG_CODE, try_once(path, "AB", OTHER), "wrong");
    now.wall_ms = NOON + 7200000;
    must_be(STATUS_WRONG_CODE, try_once(path, "CD", OTHER), "wrong");
    OK(try_once(path, "AB", PIN));
    must_be(STATUS_WRONG_CODE, try_once(path, "AB", OTHER), "wrong");
    OK(try_once(path, "AB", PIN));
    struct journal *j = unlocked(path);
    OK(vault_tell(j));
    OK(vault_tell(j));
    struct counted_access c = access_of(j, "wrong_tries");
    assert_int_equal(c.rows, 1);
    assert_int_equal(c.tries, 3);
    assert_int_equal(c.since, NOON + 3600000);
    assert_int_equal(c.person, 0); /* of two people */
    journal_close(j);
    now.wall_ms = -62135596800000LL; /* somebody has set the clock to the year 1 */
    must_be(STATUS_WRONG_CODE, try_once(path, "AB", OTHER), "wrong");
    now.wall_ms = NOON;
    OK(try_once(path, "AB", PIN));
    j = unlocked(path);
    OK(vault_tell(j));
    c = access_of(j, "wrong_tries");
    assert_true(c.rows == 2 && c.tries == 1 && c.person == ab);
    journal_close(j);
}

/* A tablet that was cloned writes its history twice; when the other half comes back its people
 * have other numbers, and still open it as themselves. */
static void people_are_the_same_after_a_fork(void **state) {
    (void)state;
    const char *path = scratch("fork.db"), *clone = scratch("clone.db");
    struct journal *j = unlocked(path);
    row_id first = add_person(j, "ZZ");
    journal_close(j);
    copy_file(path, clone);
    char from[600], to[600];
    snprintf(from, sizeof from, "%s.key", path);
    snprintf(to, sizeof to, "%s.key", clone);
    copy_file(from, to);
    j = unlocked(path);
    struct journal *c = unlocked(clone);
    (void)first;
    ab = add_person(j, "AB");
    OK(journal_begin(j));
    OK(vault_put(j, ab, "AB", PIN, rest_key));
    OK(journal_commit(j));
    journal_hold(j, ab);
    now.wall_ms += 1000;
    (void)add_person(c, "QQ");
    (void)add_person(c, "RR");
    OK(vault_set(j, add_person(j, "CD"), "CD", WORDS, false));
    carry_all(c, j);
    struct arena a = {0};
    struct vault_person *list;
    size_t n = 0;
    OK(vault_list(j, &a, &list, &n));
    assert_int_equal(n, 2);
    for (size_t i = 0; i < n; i++) {
        struct row r;
        OK(journal_row(j, &kind_person, list[i].person, &a, &r));
        assert_string_equal(row_get_text(&r, "label"), list[i].label);
    }
    assert_true(list[0].person != ab); /* or this would show nothing */
    assert_int_equal(list[0].person, journal_holder(j));
    OK(vault_check(j, list[0].person, PIN));
    arena_release(&a);
    CLOSE(j, c);
    OK(try_once(path, "AB", PIN));
    OK(try_once(path, "CD", WORDS));
    now.wall_ms = NOON;
}

int main(void) {
    log_open("/dev/null");
    key_lock_weakly_for_tests();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_opens_with_their_own),
        cmocka_unit_test(a_changed_pin_is_the_only_one),
        cmocka_unit_test(the_last_one_stays),
        cmocka_unit_test(a_former_lock_is_gone_from_the_disk),
        cmocka_unit_test(what_may_not_be_chosen),
        cmocka_unit_test(thirty_two_people),
        cmocka_unit_test(a_rolled_back_pin_is_none),
        cmocka_unit_test(the_office_code_works_once),
        cmocka_unit_test(taking_over_waits_too),
        cmocka_unit_test(wrong_tries_go_on_the_record),
        cmocka_unit_test(people_are_the_same_after_a_fork),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
