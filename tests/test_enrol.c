/* test_enrol.c -- how a tablet and an office come to know each other's keys, from the first
 * code to keys that have changed many times. needs: sync store base */
#include "merge_help.h"

#include "base/text.h"

/* ---- codes and letters
 * ------------------------------------------------------------------------- */

static void codes_are_read_leniently(void **state) {
    (void)state;
    char code[15], plain[13], again[13], typed[64];
    bool seen[256] = {false};
    for (int i = 0; i < 400; i++) {
        enrol_code_make(code);
        assert_int_equal(strlen(code), 14);
        assert_true(code[4] == '-' && code[9] == '-');
        assert_true(enrol_code_read(code, plain));
        assert_int_equal(strlen(plain), 12);
        for (const char *p = plain; *p; p++)
            seen[(uint8_t)*p] = true;
        /* As people type: small letters, no hyphens, spaces, and the letters that look alike.
         */
        size_t n = 0;
        for (const char *p = plain; *p; p++) {
            typed[n++] = *p == '0' ? 'o' : *p == '1' ? (i % 2 ? 'l' : 'I') : *p;
            if (typed[n - 1] >= 'A' && typed[n - 1] <= 'Z' && i % 3)
                typed[n - 1] = (char)(typed[n - 1] + 32);
            if (n % 5 == 4) typed[n++] = ' ';
        }
        typed[n] = '\0';
        assert_true(enrol_code_read(typed, again));
        assert_string_equal(plain, again);
    }
    assert_true(seen['0'] && seen['Z'] && seen['9'] && seen['Q']);
    assert_false(seen['I'] || seen['L'] || seen['O'] || seen['U']);
    assert_false(enrol_code_read("", plain));
    assert_false(enrol_code_read(NULL, plain));
    assert_false(enrol_code_read("ABCD-EFGH-JKM", plain));
    assert_false(enrol_code_read("ABCD-EFGH-JKMNP", plain));
    assert_false(enrol_code_read("ABCD-EFGH-JKMU", plain));
    assert_false(enrol_code_read("ABCD-EFGH-JKM\xc3\xa9", plain));
}

static void letters_are_never_given_twice(void **state) {
    (void)state;
    struct journal *m = open_office("lt-m.db", NULL);
    struct enrol_made made;
    struct arena a = {0};
    char expected[4] = "";
    for (int i = 0; i < 27; i++) {
        char *name = arena_printf(&a, "Tablet %d", i);
        assert_int_equal(enrol_new(m, name, NULL, "OAK", &made), STATUS_OK);
        if (i == 0) assert_string_equal(made.letters, "A");
        if (i == 8) assert_string_equal(made.letters, "J");  /* no I */
        if (i == 13) assert_string_equal(made.letters, "P"); /* no O */
        if (i == 23) assert_string_equal(made.letters, "Z");
        if (i == 24) assert_string_equal(made.letters, "AA");
        text_copy(expected, sizeof expected, made.letters);
    }
    assert_string_equal(expected, "AC");
    assert_int_equal(enrol_new(m, "Another", "B", NULL, &made), STATUS_EXISTS);
    assert_int_equal(enrol_new(m, "Another", "b", NULL, &made), STATUS_INVALID);
    assert_int_equal(enrol_new(m, "Another", "ABCD", NULL, &made), STATUS_INVALID);
    assert_int_equal(enrol_new(m, "  ", NULL, NULL, &made), STATUS_INVALID);
    assert_int_equal(enrol_new(m, "Another", "QQ", NULL, &made), STATUS_OK);
    /* An enrolment that was taken back keeps its letters. */
    assert_int_equal(journal_begin(m), STATUS_OK);
    assert_int_equal(journal_withdraw(m, &kind_enrolment, made.row), STATUS_OK);
    assert_int_equal(journal_commit(m), STATUS_OK);
    assert_int_equal(enrol_new(m, "Another", "QQ", NULL, &made), STATUS_EXISTS);

    struct enrolment *all, one;
    size_t n;
    assert_int_equal(enrol_list(m, &a, &all, &n), STATUS_OK);
    assert_int_equal(n, 27);
    assert_string_equal(all[0].name, "Tablet 26"); /* newest first */
    assert_string_equal(all[0].services, "OAK");
    assert_false(all[0].claimed || all[0].revoked);
    assert_true(all[0].day > 20000);
    assert_int_equal(enrol_find(m, &a, "Tablet 3", &one), STATUS_OK);
    assert_string_equal(one.letters, "D");
    assert_int_equal(enrol_find(m, &a, "Nobody", &one), STATUS_NOT_FOUND);
    laws(m);
    arena_release(&a);
    journal_close(m);
}

static void no_provider_no_enrolment(void **state) {
    (void)state;
    struct journal *m = open_device("np-m.db", "office");
    struct enrol_made made;
    assert_int_equal(enrol_new(m, "Tablet", NULL, NULL, &made), STATUS_INVALID);
    assert_int_equal(office_rotate(m), STATUS_INVALID);
    journal_close(m);
}

/* ---- the recovery key
 * -------------------------------------------------------------------------- */

static void the_recovery_key_on_paper(void **state) {
    (void)state;
    struct journal *m = open_office("rk-m.db", NULL);
    char text[RECOVERY_TEXT_BYTES], typed[RECOVERY_TEXT_BYTES];
    uint8_t secret[32], again[32], public_key[32], readers[2][32];
    size_t n;
    struct arena a = {0};
    struct buf kept;
    assert_int_equal(office_recovery_make(m, text), STATUS_OK);
    assert_int_equal(strlen(text), 56 + 13);
    assert_int_equal(office_recovery_read(text, secret), STATUS_OK);
    assert_true(key_public_of(secret, public_key));
    assert_int_equal(kept_value(m, "office/recovery", &a, &kept), STATUS_OK);
    assert_memory_equal(kept.data, public_key, 32);
    for (size_t i = 0; i <= strlen(text); i++)
        typed[i] = text[i] == '-'                     ? ' '
                   : text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] + 32)
                                                      : text[i];
    assert_int_equal(office_recovery_read(typed, again), STATUS_OK);
    assert_memory_equal(secret, again, 32);
    int noticed = 0;
    for (size_t i = 0; i < strlen(text); i++) {
        if (text[i] == '-') continue;
        text_copy(typed, sizeof typed, text);
        typed[i] = text[i] == 'A' ? 'B' : 'A';
        assert_int_equal(office_recovery_read(typed, again), STATUS_INVALID);
        noticed++;
    }
    assert_int_equal(noticed, 56);
    text_copy(typed, 20, text);
    assert_int_equal(office_recovery_read(typed, again), STATUS_INVALID);
    assert_int_equal(office_recovery_read("", again), STATUS_INVALID);
    assert_int_equal(enrol_readers(m, readers, &n), STATUS_OK);
    assert_int_equal(n, 0); /* an office seals its packs to others */
    printf("figure: a wrong character in any of %d places of the recovery key is noticed\n",
           noticed);
    arena_release(&a);
    journal_close(m);
}

/* ---- the whole round
 * --------------------------------------------------------------------------- */

static void a_tablet_is_enrolled(void **state) {
    (void)state;
    uint8_t recovery[32];
    struct journal *m = open_office("e-m.db", recovery), *t = open_device("e-t.db", "tablet");
    struct enrol_state e;
    struct merge_summary sum;
    struct arena a = {0};
    struct enrolment one;
    struct journal_self self;
    work(t, 1, 40); /* before it belongs to anybody */
    assert_int_equal(enrol_state(t, &e), STATUS_OK);
    assert_false(e.enrolled || e.office_known || e.confirmed);

    struct enrol_made made = first_pack(m, "Night tablet", "e-first.lantern");
    refused(t, "e-first.lantern", (struct merge_options){.tablet = true}, STATUS_LOCKED,
            "code");
    refused(t, "e-first.lantern",
            (struct merge_options){.tablet = true, .code = "ABCD-EFGH-JKMN"}, STATUS_WRONG_CODE,
            "does not open");
    refused(t, "e-first.lantern", (struct merge_options){.tablet = true, .code = "abcd"},
            STATUS_WRONG_CODE, "twelve");
    refused(m, "e-first.lantern", (struct merge_options){.trust = true}, STATUS_NOT_OURS,
            "on its tablet");
    read_first_pack(t, "e-first.lantern", made.code);
    assert_int_equal(enrol_state(t, &e), STATUS_OK);
    assert_true(e.enrolled && e.office_known && !e.confirmed);
    assert_string_equal(e.name, "Night tablet");
    assert_string_equal(e.letters, "A");
    assert_string_equal(e.provider, "A provider");
    assert_int_equal(query_one_int(t, -1, "SELECT count(*) FROM service WHERE code = 'OAK'", 0),
                     1);

    /* Its bundle is sealed, opens for nobody else, and the office lets it in by itself. */
    struct export_summary sent = send(t, "e-1.lantern");
    assert_true(sent.sealed);
    assert_int_equal(bundle_show(scratch("e-1.lantern"), NULL, NULL, NULL), STATUS_NOT_OURS);
    sum = merge_sealed(m, "e-1.lantern");
    assert_true(sum.enrolled);
    assert_int_equal(sum.added, sent.records);
    journal_self(t, &self);
    assert_int_equal(enrol_by_key(m, &a, self.key, &one), STATUS_OK);
    assert_string_equal(one.name, "Night tablet");
    assert_true(one.claimed && !one.revoked && one.claimed_at > EVENING);

    /* The office answers under the tablet's key. */
    pack_for(m, t, "e-p.lantern");
    sum = read_sealed(t, "e-p.lantern");
    assert_true(sum.receipt && !sum.enrolled);
    assert_int_equal(enrol_state(t, &e), STATUS_OK);
    assert_true(e.confirmed);
    int64_t records, bytes;
    assert_int_equal(export_waiting(t, &records, &bytes), STATUS_OK);
    assert_int_equal(records, 0);

    /* The next one is simply known. */
    work(t, 2, 20);
    send(t, "e-2.lantern");
    sum = merge_sealed(m, "e-2.lantern");
    assert_false(sum.enrolled);
    sum = merge_sealed(m, "e-2.lantern");
    assert_int_equal(sum.added, 0);
    struct bundle_made *list;
    size_t n;
    assert_int_equal(bundles_made(t, &a, &list, &n), STATUS_OK);
    assert_true(n == 2 && list[0].sealed && list[1].sealed);
    laws(m);
    laws(t);
    arena_release(&a);
    journal_close(m);
    journal_close(t);
}

/* The office's machine is gone: with the recovery key its successor opens what was on its way.
 */
static void recovery_opens_what_was_sealed(void **state) {
    (void)state;
    uint8_t recovery[32], other[32], unused[32];
    struct journal *m = open_office("ro-m.db", recovery), *t = open_device("ro-t.db", "tablet");
    struct journal *n = open_device("ro-n.db", "office");
    struct merge_summary sum;
    enrol_tablet(m, t, "ro");
    work(t, 5, 20);
    struct export_summary sent = send(t, "ro-1.lantern");
    refused(n, "ro-1.lantern", (struct merge_options){.trust = true}, STATUS_NOT_OURS,
            "sealed for somebody else");
    key_pair(unused, other);
    refused(n, "ro-1.lantern", (struct merge_options){.trust = true, .recovery = other},
            STATUS_NOT_OURS, "sealed for somebody else");
    refused(n, "ro-1.lantern", (struct merge_options){.recovery = recovery}, STATUS_NOT_TRUSTED,
            "not enrolled");
    assert_int_equal(try_merge(n, "ro-1.lantern",
                               (struct merge_options){.trust = true, .recovery = recovery},
                               &sum),
                     STATUS_OK);
    assert_int_equal(sum.added, sent.records);
    laws(n);
    journal_close(m);
    journal_close(n);
    journal_close(t);
}

static void the_newest_recovery_key_counts(void **state) {
    (void)state;
    struct journal *m = open_office("nr-m.db", NULL), *t = open_device("nr-t.db", "tablet");
    char text[RECOVERY_TEXT_BYTES];
    uint8_t secret[32], public_key[32], readers[2][32];
    size_t n;
    enrol_tablet(m, t, "nr");
    pack_for(m, t, "nr-old.lantern");
    assert_int_equal(office_recovery_make(m, text), STATUS_OK);
    assert_int_equal(office_recovery_read(text, secret), STATUS_OK);
    assert_true(key_public_of(secret, public_key));
    pack_for(m, t, "nr-new.lantern");
    read_sealed(t, "nr-new.lantern");
    read_sealed(t, "nr-old.lantern"); /* found in a drawer */
    assert_int_equal(enrol_readers(t, readers, &n), STATUS_OK);
    assert_int_equal(n, 2);
    assert_memory_equal(readers[1], public_key, 32);
    journal_close(m);
    journal_close(t);
}

/* ---- new keys
 * ---------------------------------------------------------------------------------- */

static void pinned_key(struct journal *t, uint8_t key[32]) {
    struct arena a = {0};
    struct buf kept;
    assert_int_equal(kept_value(t, "office/key", &a, &kept), STATUS_OK);
    assert_int_equal(kept.size, 32);
    memcpy(key, kept.data, 32);
    arena_release(&a);
}

static void tablets_follow_new_keys(void **state) {
    (void)state;
    struct journal *m = open_office("ke-m.db", NULL), *t = open_device("ke-t.db", "tablet");
    struct journal_self self;
    uint8_t pinned[32];
    enrol_tablet(m, t, "ke");
    work(t, 6, 20);
    send(t, "ke-1.lantern"); /* sealed to the first key */
    pack_for(m, t, "ke-p0.lantern");
    for (int i = 0; i < 3; i++) /* the tablet sleeps through three changes */
        assert_int_equal(office_rotate(m), STATUS_OK);
    add_service(m, "ELM"); /* the first record under the newest key */
    merge_sealed(m, "ke-1.lantern");
    pack_for(m, t, "ke-p.lantern");
    read_sealed(t, "ke-p.lantern");
    journal_self(m, &self);
    pinned_key(t, pinned);
    assert_memory_equal(pinned, self.key, 32);
    assert_int_equal(query_one_int(t, -1, "SELECT count(*) FROM service", 0), 2);
    assert_true(union_is_office(t, self.key));
    refused(t, "ke-p0.lantern", (struct merge_options){.tablet = true}, STATUS_NOT_OURS,
            "changed since");
    work(t, 7, 20);
    send(t, "ke-2.lantern"); /* sealed to the newest */
    merge_sealed(m, "ke-2.lantern");
    pack_for(m, t, "ke-p2.lantern");
    read_sealed(t, "ke-p2.lantern");
    /* A tablet that comes later knows the newest key only, and the office's whole history. */
    struct journal *u = open_device("ke-u.db", "tablet");
    enrol_tablet(m, u, "keu");
    assert_int_equal(query_one_int(u, -1, "SELECT count(*) FROM service", 0), 2);
    work(u, 8, 10);
    send(u, "ke-3.lantern");
    merge_sealed(m, "ke-3.lantern");
    laws(m);
    laws(t);
    laws(u);
    journal_close(m);
    journal_close(t);
    journal_close(u);
}

/* Somebody says that they are the office's successor. */
static void a_strangers_succession_is_refused(void **state) {
    (void)state;
    struct journal *m = open_office("sk-m.db", NULL), *t = open_device("sk-t.db", "tablet");
    struct journal *s = open_office("sk-s.db", NULL);
    struct journal_self office, stranger;
    struct succession claim = {.at = EVENING};
    hash256 provider;
    enrol_tablet(m, t, "sk");
    journal_self(m, &office);
    journal_self(s, &stranger);
    /* The stranger even names our provider; what it cannot do is sign as our office. */
    assert_int_equal(provider_id(m, &provider), STATUS_OK);
    assert_int_equal(union_keep(s, "office/provider", provider.b, 32), STATUS_OK);
    memcpy(claim.before, office.key, 32);
    memcpy(claim.after, stranger.key, 32);
    struct buf message = {0};
    succession_message(&message, &provider, &claim);
    journal_sign(s, message.data, message.size, claim.signature);
    buf_release(&message);
    assert_int_equal(office_succession_keep(s, &claim), STATUS_OK);
    pack_for(s, t, "sk-p.lantern");
    refused(t, "sk-p.lantern", (struct merge_options){.tablet = true}, STATUS_NOT_OURS,
            "another office");
    refused(t, "sk-p.lantern", (struct merge_options){.tablet = true, .trust = true},
            STATUS_NOT_OURS, "another office");
    journal_close(m);
    journal_close(t);
    journal_close(s);
}

/* A change of keys that stopped between its two steps. */
static void an_interrupted_change_is_finished(void **state) {
    (void)state;
    struct journal *m = open_office("ik-m.db", NULL), *t = open_device("ik-t.db", "tablet");
    struct journal_self self;
    uint8_t former[32], pinned[32];
    enrol_tablet(m, t, "ik");
    journal_self(m, &self);
    assert_int_equal(union_keep(m, "office/rotating", self.key, 32), STATUS_OK);
    assert_int_equal(journal_new_key(m, former), STATUS_OK);
    journal_close(m);
    m = open_device("ik-m.db", "office");
    pack_for(m, t, "ik-p.lantern");
    read_sealed(t, "ik-p.lantern");
    journal_self(m, &self);
    pinned_key(t, pinned);
    assert_memory_equal(pinned, self.key, 32);
    assert_memory_not_equal(pinned, former, 32);
    journal_close(m);
    journal_close(t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_read_leniently),
        cmocka_unit_test(letters_are_never_given_twice),
        cmocka_unit_test(no_provider_no_enrolment),
        cmocka_unit_test(the_recovery_key_on_paper),
        cmocka_unit_test(a_tablet_is_enrolled),
        cmocka_unit_test(recovery_opens_what_was_sealed),
        cmocka_unit_test(the_newest_recovery_key_counts),
        cmocka_unit_test(tablets_follow_new_keys),
        cmocka_unit_test(a_strangers_succession_is_refused),
        cmocka_unit_test(an_interrupted_change_is_finished),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
