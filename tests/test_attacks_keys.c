/* test_attacks_keys.c -- what can be done with keys, tokens and names that are somebody else's,
 * or were: a former office key, a copied database, a friend's proof.
 *
 * needs: sync store base */
#include "attack_help.h"

/* A friend's device, under the attacker's own token or with a proof that is nobody's. */
static void proofs_for_a_friend(void **state) {
    (void)state;
    struct journal *m = open_office("pf-m.db", NULL), *x = open_device("pf-x.db", "tablet");
    struct journal *z = open_device("pf-z.db", "tablet");
    struct journal_self zs;
    struct arena a = {0};
    struct buf token, kept;
    hash256 provider;
    enrol_tablet(m, x, "pfx");
    send(x, "pf-0.lantern");
    merge_sealed(m, "pf-0.lantern");
    work(z, 6, 10);
    learn(x, z, "pf-z.lantern");
    journal_self(z, &zs);
    ok(kept_value(x, KEPT_TOKEN, &a, &token));
    ok(provider_id(x, &provider));
    struct proof p = {.mac = proof_mac(token.data, &provider, zs.key)};
    memcpy(p.key, zs.key, 32);
    token_id(token.data, p.token_id);
    ok(enrol_proof_keep(x, &p));
    send(x, "pf-1.lantern");
    refused(m, "pf-1.lantern", AT_THE_DOOR, STATUS_NOT_TRUSTED, "used by another tablet");
    p.mac.b[0] ^= 1;
    ok(enrol_proof_keep(x, &p));
    send(x, "pf-2.lantern");
    refused(m, "pf-2.lantern", AT_THE_DOOR, STATUS_NOT_TRUSTED, "carries on");
    ok(kept_value(m, arena_printf(&a, "enrolled/%s", hex_of(&a, zs.key, 32)), &a, &kept));
    assert_int_equal(kept.size, 0);
    tried += 2;
    arena_release(&a);
    journal_close(m);
    journal_close(x);
    journal_close(z);
}

/* Zeros for a provider are for those who know none: they open no door, and make no claim. */
static void a_provider_of_zeros(void **state) {
    (void)state;
    struct journal *m = open_office("zp-m.db", NULL), *x = open_device("zp-x.db", "tablet");
    struct journal *z = open_device("zp-z.db", "tablet");
    struct journal_self office;
    struct arena a = {0};
    struct buf token;
    uint8_t other[32] = {1};
    journal_self(m, &office);
    struct enrol_made made = first_pack(m, "zp", "zp-first.lantern");
    read_first_pack(x, "zp-first.lantern", made.code);
    ok(kept_value(x, KEPT_TOKEN, &a, &token));
    work(z, 7, 10);
    struct journal_self zs;
    journal_self(z, &zs);
    plant(z, KEPT_OFFICE_KEY, office.key, 32);
    plant(z, KEPT_TOKEN, other, 32);
    plant(z, KEPT_TOKEN_KEY, zs.key, 32);
    assert_true(send(z, "zp-1.lantern").sealed);
    refused(m, "zp-1.lantern", AT_THE_DOOR, STATUS_NOT_TRUSTED, "not enrolled");
    /* With a token that holds, but made for no provider. */
    hash256 none = {{0}};
    struct proof p = {.mac = proof_mac(token.data, &none, zs.key)};
    memcpy(p.key, zs.key, 32);
    token_id(token.data, p.token_id);
    plant(z, KEPT_TOKEN_KEY, other, 32);
    ok(enrol_proof_keep(z, &p));
    send(z, "zp-2.lantern");
    refused(m, "zp-2.lantern", AT_THE_DOOR, STATUS_NOT_TRUSTED, "not enrolled");
    tried += 2;
    arena_release(&a);
    journal_close(m);
    journal_close(x);
    journal_close(z);
}

/* What was signed for another provider is not carried over to this one. */
static void signed_for_another_provider(void **state) {
    (void)state;
    struct journal *m = open_office("sp-m.db", NULL), *n = open_office("sp-n.db", NULL);
    struct journal *x = open_device("sp-x.db", "tablet");
    hash256 theirs, ours;
    enrol_tablet(n, x, "spn");
    work(x, 8, 10);
    send(x, "sp-0.lantern"); /* signed for n, and kept */
    ok(provider_id(n, &theirs));
    ok(provider_id(m, &ours));
    plant(x, KEPT_OFFICE_PROVIDER, ours.b, 32);
    enrol_tablet(m, x, "spm");
    send(x, "sp-1.lantern");
    merge_sealed(m, "sp-1.lantern");
    /* A carrier that is enrolled here carries it, with the other provider's checkpoint. */
    struct journal *c = open_device("sp-c.db", "tablet");
    struct merge_summary sum;
    work(x, 14, 10);
    plant(x, KEPT_OFFICE_PROVIDER, theirs.b, 32);
    export_to(x, "sp-2.lantern", (struct export_options){.open = true, .everything = true});
    ok(try_merge(c, "sp-2.lantern", (struct merge_options){.trust = true}, &sum));
    enrol_tablet(m, c, "spc");
    send(c, "sp-3.lantern");
    enum status s = try_merge(m, "sp-3.lantern", AT_THE_DOOR, &sum);
    assert_int_equal(s, STATUS_NOT_OURS);
    tried += 1;
    journal_close(m);
    journal_close(n);
    journal_close(x);
    journal_close(c);
}

/* ---- a former office key ---- */

/* Stolen, which is why it was changed: it makes no bundle that the office takes in. */
static void a_former_key_carries_nothing(void **state) {
    (void)state;
    struct journal *m = open_office("fc-m.db", NULL), *y = open_device("fc-y.db", "tablet");
    uint8_t box[32];
    struct journal_self self;
    enrol_tablet(m, y, "fcy");
    row_id visit = add_visit(y, "NIGHT");
    add_answer(y, visit, "met");
    send(y, "fc-1.lantern");
    merge_sealed(m, "fc-1.lantern");
    journal_close(m);
    copy_device("fc-m.db", "fc-x.db");
    m = open_device("fc-m.db", "office");
    struct journal *x = open_device("fc-x.db", "office");
    ok(office_rotate(m));
    add_service(m, "ELM");
    struct row e = row_new(&kind_erase);
    row_ref(&e, "row", one(x, "SELECT id FROM answer"));
    row_text(&e, "why", "because");
    put(x, &e);
    journal_self(x, &self);
    assert_true(key_of_signer(self.key, box));
    export_to(
        x, "fc-2.lantern",
        (struct export_options){.purpose = BUNDLE_PACK, .everything = true, .seal_to = box});
    refused(m, "fc-2.lantern", AT_THE_DOOR, STATUS_NOT_TRUSTED, "changed since");
    assert_int_equal(one(m, "SELECT count(*) FROM answer WHERE note IS NOT NULL"), 1);
    /* And no pack that a tablet which knows the new key reads. */
    pack_for(m, y, "fc-p.lantern");
    read_sealed(y, "fc-p.lantern");
    pack_for(x, y, "fc-3.lantern");
    refused(y, "fc-3.lantern", ON_TABLET, STATUS_NOT_OURS, "changed since");
    tried += 2;
    journal_close(m);
    journal_close(x);
    journal_close(y);
}

/* The same key, and a tablet that is enrolled and carries what it signs. */
static void a_former_key_through_a_tablet(void **state) {
    (void)state;
    struct journal *m = open_office("ft-m.db", NULL), *y = open_device("ft-y.db", "tablet");
    struct merge_summary sum;
    enrol_tablet(m, y, "fty");
    work(y, 15, 10);
    send(y, "ft-1.lantern");
    merge_sealed(m, "ft-1.lantern");
    journal_close(m);
    copy_device("ft-m.db", "ft-x.db");
    m = open_device("ft-m.db", "office");
    struct journal *x = open_device("ft-x.db", "office");
    ok(office_rotate(m));
    struct row e = row_new(&kind_erase);
    row_ref(&e, "row", one(x, "SELECT min(id) FROM answer"));
    row_text(&e, "why", "because");
    put(x, &e);
    make_pack(x, "ft-x.lantern"); /* y follows the old key still, and carries it on */
    ok(try_merge(y, "ft-x.lantern", ON_TABLET, &sum));
    export_to(y, "ft-2.lantern", (struct export_options){.everything = true});
    refused(m, "ft-2.lantern", AT_THE_DOOR, STATUS_NOT_TRUSTED, "changed since");
    assert_int_equal(one(m, "SELECT count(*) FROM erase"), 0);
    tried += 1;
    journal_close(m);
    journal_close(x);
    journal_close(y);
}

/* A chain of hashes needs no key. Somebody goes on with the office's log, unsigned, and a
 * person lets the open bundle in because the tablet that carries it is known to them. */
static void the_offices_log_without_its_key(void **state) {
    (void)state;
    struct journal *m = open_office("ok-m.db", NULL), *y = open_device("ok-y.db", "tablet");
    enrol_tablet(m, y, "oky");
    work(y, 16, 10);
    send(y, "ok-1.lantern");
    merge_sealed(m, "ok-1.lantern");
    int64_t words = one(m, "SELECT count(*) FROM answer WHERE note IS NOT NULL");
    journal_close(m);
    copy_device("ok-m.db", "ok-x.db");
    m = open_device("ok-m.db", "office");
    struct journal *x = open_device("ok-x.db", "office");
    struct row e = row_new(&kind_erase);
    row_ref(&e, "row", one(x, "SELECT min(id) FROM answer"));
    row_text(&e, "why", "because");
    put(x, &e);
    journal_close(x);
    unlink(scratch("ok-x.db.key")); /* they never had it */
    x = open_device("ok-x.db", "tablet");
    add_visit(x, "NIGHT");
    export_to(x, "ok-2.lantern", (struct export_options){.open = true, .everything = true});
    refused(m, "ok-2.lantern", (struct merge_options){.trust = true}, STATUS_NOT_TRUSTED,
            "speaks for the office");
    assert_int_equal(one(m, "SELECT count(*) FROM answer WHERE note IS NOT NULL"), words);
    tried += 1;
    journal_close(m);
    journal_close(x);
    journal_close(y);
}

/* A receipt with the greatest number there is, under the key that was then stolen: the office's
 * receipts under its new key are obeyed all the same. */
static void a_receipt_for_ever(void **state) {
    (void)state;
    struct journal *m = open_office("rf-m.db", NULL), *y = open_device("rf-y.db", "tablet");
    struct receipt_state r;
    struct arena a = {0};
    struct buf number = {0};
    enrol_tablet(m, y, "rfy");
    work(y, 9, 10);
    send(y, "rf-1.lantern");
    merge_sealed(m, "rf-1.lantern");
    buf_u64(&number, (uint64_t)INT64_MAX - 1);
    plant(m, "receipt/number", number.data, number.size);
    pack_for(m, y, "rf-p1.lantern");
    read_sealed(y, "rf-p1.lantern");
    ok(receipt_newest(y, &r));
    assert_true(r.number == INT64_MAX);
    plant(m, "receipt/number", NULL, 0);
    ok(office_rotate(m));
    work(y, 10, 10);
    send(y, "rf-2.lantern");
    merge_sealed(m, "rf-2.lantern");
    pack_for(m, y, "rf-p2.lantern");
    struct merge_summary sum = read_sealed(y, "rf-p2.lantern");
    assert_true(sum.receipt);
    ok(receipt_newest(y, &r));
    assert_true(r.number < INT64_MAX);
    int64_t records;
    ok(export_waiting(y, &records, NULL));
    assert_int_equal(records, 0);
    tried += 1;
    buf_release(&number);
    arena_release(&a);
    journal_close(m);
    journal_close(y);
}

static struct succession signed_by(struct journal *by, const uint8_t before[32],
                                   const uint8_t after[32], const hash256 *provider,
                                   int64_t at) {
    struct succession s = {.at = at};
    struct buf message = {0};
    memcpy(s.before, before, 32);
    memcpy(s.after, after, 32);
    succession_message(&message, provider, &s);
    journal_sign(by, message.data, message.size, s.signature);
    buf_release(&message);
    return s;
}

/* Chains that go in circles, stand still, were signed by the wrong one or for another provider:
 * they end, and reach nobody. */
static void chains_of_keys(void **state) {
    (void)state;
    struct journal *d[4];
    struct journal_self k[4];
    hash256 p = hash_of("ours", 4), q = hash_of("theirs", 6);
    for (int i = 0; i < 4; i++) {
        d[i] = open_device(arena_printf(&test_arena, "ck-%d.db", i), "office");
        journal_self(d[i], &k[i]);
    }
    struct succession chain[6] = {
        signed_by(d[0], k[0].key, k[1].key, &p, 5), /* 0 → 1 */
        signed_by(d[1], k[1].key, k[0].key, &p, 5), /* and back, at the same time */
        signed_by(d[1], k[1].key, k[1].key, &p, 5), /* to itself */
        signed_by(d[2], k[1].key, k[2].key, &p, 5), /* 2 says that 1 chose it */
        signed_by(d[1], k[1].key, k[3].key, &q, 5), /* for another provider */
    };
    struct credentials c = {.successions = chain, .successions_count = 5};
    assert_true(succession_reaches(&c, &p, k[0].key, k[1].key));
    assert_true(succession_reaches(&c, &p, k[1].key, k[0].key));
    assert_false(succession_reaches(&c, &p, k[0].key, k[2].key));
    assert_false(succession_reaches(&c, &p, k[0].key, k[3].key));
    assert_false(succession_reaches(&c, &p, k[2].key, k[0].key));
    assert_true(succession_reaches(&c, &q, k[1].key, k[3].key));
    /* As many as fit, all from one key, and the last one written first. */
    struct succession many[SUCCESSIONS_MAX];
    for (int i = 0; i < SUCCESSIONS_MAX; i++) {
        uint8_t to[32] = {(uint8_t)i};
        many[i] = signed_by(d[0], k[0].key, to, &p, 5);
    }
    c = (struct credentials){.successions = many, .successions_count = SUCCESSIONS_MAX};
    assert_true(succession_reaches(&c, &p, k[0].key, many[63].after));
    assert_false(succession_reaches(&c, &p, k[0].key, k[1].key));
    tried += 6;
    for (int i = 0; i < 4; i++)
        journal_close(d[i]);
}

/* ---- a copied database ---- */

/* The office's database without its key file: the tokens of tablets that are not enrolled yet
 * let nobody in. */
static void a_copied_office_enrols_nobody(void **state) {
    (void)state;
    struct journal *m = open_office("co-m.db", NULL), *x = open_device("co-x.db", "tablet");
    struct journal_self office, own;
    struct arena a = {0};
    char **keys;
    struct buf *values;
    size_t n;
    hash256 provider;
    struct enrol_made made = first_pack(m, "co", "co-first.lantern");
    ok(union_kept(m, "enrol/tokens/", &a, &keys, &values, &n));
    assert_int_equal(n, 1);
    assert_null(memmem(values[0].data, values[0].size, made.token, TOKEN_BYTES));
    /* What stands there is no token for whoever takes it for one. */
    journal_self(m, &office);
    journal_self(x, &own);
    ok(provider_id(m, &provider));
    plant(x, KEPT_OFFICE_KEY, office.key, 32);
    plant(x, KEPT_OFFICE_PROVIDER, provider.b, 32);
    uint8_t token[TOKEN_BYTES] = {0};
    memcpy(token, values[0].data, values[0].size < 32 ? values[0].size : 32);
    struct proof p = {.mac = proof_mac(token, &provider, own.key)};
    memcpy(p.key, own.key, 32);
    token_id(made.token, p.token_id);
    ok(enrol_proof_keep(x, &p));
    work(x, 11, 10);
    plant(x, KEPT_TOKEN, token, 32);
    send(x, "co-1.lantern");
    refused(m, "co-1.lantern", AT_THE_DOOR, STATUS_NOT_TRUSTED, "not enrolled");
    /* The true tablet is let in, now and after new keys. */
    ok(office_rotate(m));
    struct journal *t = open_device("co-t.db", "tablet");
    read_first_pack(t, "co-first.lantern", made.code);
    work(t, 12, 10);
    send(t, "co-2.lantern");
    assert_true(merge_sealed(m, "co-2.lantern").enrolled);
    tried += 2;
    arena_release(&a);
    journal_close(m);
    journal_close(x);
    journal_close(t);
}

/* ---- words for the person at the office ---- */

/* A stranger's name is shown in a refusal; it does not speak to the terminal. */
static void names_that_speak_to_the_terminal(void **state) {
    (void)state;
    struct journal *m = open_office("tt-m.db", NULL), *x = NULL;
    struct journal_options o = {.path = scratch("tt-x.db"),
                                .clock = clock_manual(&now),
                                .device_name = "kind\x1b[2J\nAll is well.\r\xC2\x9B"
                                               "31m",
                                .device_role = "tablet"};
    struct journal_self office, own;
    struct merge_summary sum;
    hash256 provider;
    uint8_t token[TOKEN_BYTES] = {3};
    ok(journal_open(&x, &o));
    journal_self(m, &office);
    journal_self(x, &own);
    ok(provider_id(m, &provider));
    plant(x, KEPT_OFFICE_KEY, office.key, 32);
    plant(x, KEPT_OFFICE_PROVIDER, provider.b, 32);
    plant(x, KEPT_TOKEN, token, 32);
    plant(x, KEPT_TOKEN_KEY, own.key, 32);
    work(x, 13, 10);
    send(x, "tt-1.lantern");
    enum status s = try_merge(m, "tt-1.lantern", AT_THE_DOOR, &sum);
    assert_true(s == STATUS_NOT_TRUSTED || s == STATUS_DAMAGED);
    for (const char *p = status_detail(); *p; p++)
        assert_false((uint8_t)*p < 0x20 || (uint8_t)*p == 0x7f);
    assert_null(strstr(status_detail(), "\xC2\x9B"));
    tried += 1;
    journal_close(m);
    journal_close(x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(proofs_for_a_friend),
        cmocka_unit_test(a_provider_of_zeros),
        cmocka_unit_test(signed_for_another_provider),
        cmocka_unit_test(a_former_key_carries_nothing),
        cmocka_unit_test(a_former_key_through_a_tablet),
        cmocka_unit_test(the_offices_log_without_its_key),
        cmocka_unit_test(a_receipt_for_ever),
        cmocka_unit_test(chains_of_keys),
        cmocka_unit_test(a_copied_office_enrols_nobody),
        cmocka_unit_test(names_that_speak_to_the_terminal),
    };
    return cmocka_run_group_tests(tests, begin, end_attacks);
}
