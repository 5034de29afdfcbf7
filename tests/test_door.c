/* test_door.c -- who is let in, by a master and by a tablet: one test for each way of not
 * being. needs: sync store base
 *
 * Those who should stay outside are devices like any other, with what they would have stolen or
 * guessed put into their journals: so each bundle here is whole, well-formed and rightly signed
 * by its carrier, and only the door can tell. */
#include "merge_help.h"

/* A device that knows our office's key and provider (they are no secret), and seals to it. */
static struct journal *open_pretender(const char *name, struct journal *office,
                                      const uint8_t token[TOKEN_BYTES]) {
    struct journal *p = open_device(name, "tablet");
    struct journal_self self, own;
    hash256 provider;
    journal_self(office, &self);
    journal_self(p, &own);
    assert_int_equal(provider_id(office, &provider), STATUS_OK);
    plant_kept(p, KEPT_OFFICE_KEY, self.key, 32);
    plant_kept(p, KEPT_OFFICE_PROVIDER, provider.b, 32);
    plant_kept(p, KEPT_TOKEN, token, TOKEN_BYTES);
    plant_kept(p, KEPT_TOKEN_KEY, own.key, 32);
    work(p, 77, 10);
    return p;
}

/* ---- a master
 * ---------------------------------------------------------------------------------- */

static void open_bundles_need_trust(void **state) {
    (void)state;
    struct journal *m = open_office("op-m.db", NULL), *t = open_device("op-t.db", "tablet");
    struct merge_summary sum;
    enrol_tablet(m, t, "op");
    work(t, 1, 20);
    export_to(t, "op-1.lantern", (struct export_options){.open = true});
    refused(m, "op-1.lantern", REFUSE_OPEN, STATUS_NOT_TRUSTED, "open");
    assert_int_equal(try_merge(m, "op-1.lantern", TRUSTED, &sum), STATUS_OK);
    assert_false(sum.sealed);
    assert_true(sum.added > 0);
    struct arena a = {0};
    struct bundle_made *made;
    size_t n;
    assert_int_equal(bundles_made(t, &a, &made, &n), STATUS_OK);
    assert_true(n == 1 && !made[0].sealed);
    arena_release(&a);
    laws(m);
    journal_close(m);
    journal_close(t);
}

static void other_recipients(void **state) {
    (void)state;
    struct journal *m = open_office("or-m.db", NULL), *t = open_device("or-t.db", "tablet");
    struct journal *n = open_office("or-n.db", NULL), *u = open_device("or-u.db", "tablet");
    enrol_tablet(m, t, "ort");
    enrol_tablet(n, u, "oru");
    work(t, 2, 20);
    send(t, "or-1.lantern");
    refused(n, "or-1.lantern", REFUSE_OPEN, STATUS_NOT_OURS, "sealed for somebody else");
    refused(n, "or-1.lantern", TRUSTED, STATUS_NOT_OURS, "sealed for somebody else");
    refused(u, "or-1.lantern", ON_TABLET, STATUS_NOT_OURS, "another tablet");
    /* Open, it is still another provider's. */
    export_to(t, "or-2.lantern", (struct export_options){.open = true});
    refused(n, "or-2.lantern", TRUSTED, STATUS_NOT_OURS, "another provider");
    merge_sealed(m, "or-1.lantern");
    journal_close(m);
    journal_close(n);
    journal_close(t);
    journal_close(u);
}

static void unknown_devices(void **state) {
    (void)state;
    struct journal *m = open_office("un-m.db", NULL);
    uint8_t token[TOKEN_BYTES];
    struct merge_summary sum;
    random_bytes(token, sizeof token); /* a token that nobody gave out */
    struct journal *p = open_pretender("un-p.db", m, token);
    send(p, "un-1.lantern");
    refused(m, "un-1.lantern", REFUSE_OPEN, STATUS_NOT_TRUSTED, "not enrolled");
    assert_int_equal(try_merge(m, "un-1.lantern", TRUSTED, &sum), STATUS_OK);
    assert_true(sum.sealed && !sum.enrolled && sum.added > 0);
    /* Trusted once is not enrolled. */
    work(p, 78, 10);
    send(p, "un-2.lantern");
    refused(m, "un-2.lantern", REFUSE_OPEN, STATUS_NOT_TRUSTED, "not enrolled");
    laws(m);
    journal_close(m);
    journal_close(p);
}

/* Whoever copied stick and code before the tablet used them enrols in its place, once; the true
 * tablet then finds out, and so does the office. */
static void a_token_is_used_once(void **state) {
    (void)state;
    struct journal *m = open_office("tk-m.db", NULL), *t = open_device("tk-t.db", "tablet");
    struct journal *thief = open_device("tk-x.db", "tablet");
    struct enrol_made made = first_pack(m, "tk", "tk-first.lantern");
    read_first_pack(t, "tk-first.lantern", made.code);
    read_first_pack(thief, "tk-first.lantern", made.code);
    work(t, 3, 20);
    work(thief, 4, 20);
    send(t, "tk-1.lantern");
    assert_true(merge_sealed(m, "tk-1.lantern").enrolled);
    send(thief, "tk-2.lantern");
    refused(m, "tk-2.lantern", REFUSE_OPEN, STATUS_NOT_TRUSTED, "used by another tablet");
    refused(m, "tk-2.lantern", TRUSTED, STATUS_NOT_TRUSTED, "used by another tablet");
    /* The same key and token again is simply known. */
    assert_int_equal(merge_sealed(m, "tk-1.lantern").added, 0);
    export_to(t, "tk-3.lantern", (struct export_options){.everything = true});
    assert_false(merge_sealed(m, "tk-3.lantern").enrolled);
    laws(m);
    journal_close(m);
    journal_close(t);
    journal_close(thief);
}

/* An enrolment that the office took back before anybody used it. */
static void a_withdrawn_enrolment_counts_no_more(void **state) {
    (void)state;
    struct journal *m = open_office("wd-m.db", NULL), *t = open_device("wd-t.db", "tablet");
    struct enrol_made made = enrol_tablet(m, t, "wd");
    assert_int_equal(journal_begin(m), STATUS_OK);
    assert_int_equal(journal_withdraw(m, &kind_enrolment, made.row), STATUS_OK);
    assert_int_equal(journal_commit(m), STATUS_OK);
    work(t, 5, 10);
    send(t, "wd-1.lantern");
    refused(m, "wd-1.lantern", REFUSE_OPEN, STATUS_NOT_TRUSTED, "not enrolled");
    journal_close(m);
    journal_close(t);
}

/* A copied tablet database under a key of its own: it is not the tablet that was enrolled. */
static void a_copy_without_its_key_is_not_enrolled(void **state) {
    (void)state;
    struct journal *m = open_office("cp-m.db", NULL), *t = open_device("cp-t.db", "tablet");
    struct enrol_state e;
    enrol_tablet(m, t, "cp");
    work(t, 6, 20);
    send(t, "cp-1.lantern");
    merge_sealed(m, "cp-1.lantern");
    journal_close(t);
    copy_file("cp-t.db", "cp-u.db");
    copy_file("cp-t.db-wal", "cp-u.db-wal");
    struct journal *u = open_device("cp-u.db", "tablet");
    assert_int_equal(enrol_state(u, &e), STATUS_OK);
    assert_false(e.enrolled);
    work(u, 7, 10);
    assert_true(send(u, "cp-2.lantern").sealed); /* still for nobody else to read */
    refused(m, "cp-2.lantern", REFUSE_OPEN, STATUS_NOT_TRUSTED, "not enrolled");
    enrol_tablet(m, u, "cp again");
    send(u, "cp-3.lantern");
    assert_true(merge_sealed(m, "cp-3.lantern").enrolled);
    laws(m);
    journal_close(m);
    journal_close(u);
}

static row_id revoke_tablet(struct journal *m, struct journal *t, int64_t seq) {
    struct journal_self self;
    struct row r = row_new(&kind_revoke);
    journal_self(t, &self);
    row_bytes(&r, "key", self.key, 32);
    row_bytes(&r, "incarnation", self.incarnation, 8);
    row_int(&r, "seq", seq);
    row_text(&r, "why", "lost on a train");
    return put(m, &r);
}

static void revoked_carriers(void **state) {
    (void)state;
    struct journal *m = open_office("rv-m.db", NULL), *t = open_device("rv-t.db", "tablet");
    struct merge_summary sum;
    struct arena a = {0};
    struct enrolment *all, one;
    size_t n;
    enrol_tablet(m, t, "rv");
    work(t, 8, 20);
    struct export_summary first = send(t, "rv-1.lantern");
    merge_sealed(m, "rv-1.lantern");
    struct journal_self self;
    journal_self(t, &self);
    row_id revocation = revoke_tablet(m, t, self.head_seq);
    work(t, 9, 20);
    struct export_summary second = send(t, "rv-2.lantern");
    refused(m, "rv-2.lantern", REFUSE_OPEN, STATUS_REVOKED, "not trusted any more");
    int64_t visits = query_one_int(m, -1, "SELECT count(*) FROM visit", 0);
    assert_int_equal(try_merge(m, "rv-2.lantern", TRUSTED, &sum), STATUS_OK);
    assert_int_equal(sum.parked, second.records - first.records);
    assert_int_equal(sum.added, second.records - first.records);
    assert_int_equal(query_one_int(m, -1, "SELECT count(*) FROM visit", 0), visits);
    assert_int_equal(enrol_list(m, &a, &all, &n), STATUS_OK);
    assert_true(n == 1 && all[0].revoked);
    assert_int_equal(enrol_find(m, &a, "rv", &one), STATUS_NOT_FOUND);
    laws(m);
    /* Admitted again: what lay aside counts, and the next one needs nobody's trust. */
    assert_int_equal(journal_begin(m), STATUS_OK);
    assert_int_equal(journal_withdraw(m, &kind_revoke, revocation), STATUS_OK);
    assert_int_equal(journal_commit(m), STATUS_OK);
    assert_true(query_one_int(m, -1, "SELECT count(*) FROM visit", 0) > visits);
    work(t, 18, 5);
    send(t, "rv-4.lantern");
    assert_int_equal(merge_sealed(m, "rv-4.lantern").parked, 0);
    laws(m);
    /* Revoked before anything of it came: its key alone is enough. */
    struct journal *u = open_device("rv-u.db", "tablet");
    enrol_tablet(m, u, "rvu");
    revoke_tablet(m, u, 0);
    work(u, 10, 10);
    send(u, "rv-3.lantern");
    refused(m, "rv-3.lantern", REFUSE_OPEN, STATUS_REVOKED, "not trusted any more");
    arena_release(&a);
    journal_close(m);
    journal_close(t);
    journal_close(u);
}

/* One tablet's records carried by another device, with the proof that goes along. */
static void proofs_are_carried_on(void **state) {
    (void)state;
    struct journal *m = open_office("pr-m.db", NULL), *t = open_device("pr-t.db", "tablet");
    struct journal *c = open_device("pr-c.db", "tablet"), *u = open_device("pr-u.db", "tablet");
    struct merge_summary sum;
    enrol_tablet(m, t, "prt");
    enrol_tablet(m, c, "prc");
    work(t, 11, 20);
    work(u, 12, 20);
    /* c takes in what t and u wrote, as a second office machine would. */
    export_to(t, "pr-1.lantern", (struct export_options){.open = true});
    assert_int_equal(try_merge(c, "pr-1.lantern", TRUSTED, &sum), STATUS_OK);
    struct export_summary sent = send(c, "pr-2.lantern");
    sum = merge_sealed(m, "pr-2.lantern");
    assert_true(sum.enrolled);
    assert_int_equal(sum.added, sent.records);
    struct journal_self self;
    struct arena a = {0};
    struct enrolment one;
    journal_self(t, &self);
    assert_int_equal(enrol_by_key(m, &a, self.key, &one), STATUS_OK);
    assert_string_equal(one.name, "prt");
    send(t, "pr-3.lantern");
    assert_false(merge_sealed(m, "pr-3.lantern").enrolled);
    /* u was never enrolled: what it wrote comes in by nobody's hand. */
    send(u, "pr-4.lantern");
    assert_int_equal(try_merge(c, "pr-4.lantern", TRUSTED, &sum), STATUS_OK);
    send(c, "pr-5.lantern");
    refused(m, "pr-5.lantern", REFUSE_OPEN, STATUS_NOT_TRUSTED, "carries on");
    laws(m);
    arena_release(&a);
    journal_close(m);
    journal_close(t);
    journal_close(c);
    journal_close(u);
}

static void forget_checkpoints(struct journal *j) {
    struct arena a = {0};
    char **keys;
    struct buf *values;
    size_t n;
    assert_int_equal(union_kept(j, "checkpoint/", &a, &keys, &values, &n), STATUS_OK);
    assert_true(n > 0);
    for (size_t i = 0; i < n; i++)
        plant_kept(j, keys[i], NULL, 0);
    arena_release(&a);
}

/* What another device wrote counts when that device has signed it, for this provider. */
static void others_sections_need_their_own_signature(void **state) {
    (void)state;
    struct journal *m = open_office("us-m.db", NULL), *t = open_device("us-t.db", "tablet");
    struct journal *other = open_office("us-o.db", NULL), *c = open_device("us-c.db", "tablet");
    struct journal *d = open_device("us-d.db", "tablet"), *u = open_device("us-u.db", "tablet");
    struct merge_summary sum;
    enrol_tablet(m, t, "ust");
    enrol_tablet(other, u, "usu");
    work(t, 21, 10);
    work(u, 22, 10);
    export_to(t, "us-1.lantern", (struct export_options){.open = true});
    export_to(u, "us-2.lantern", (struct export_options){.open = true});
    assert_int_equal(try_merge(c, "us-1.lantern", TRUSTED, &sum), STATUS_OK);
    assert_int_equal(try_merge(d, "us-2.lantern", TRUSTED, &sum), STATUS_OK);
    enrol_tablet(m, c, "usc");
    enrol_tablet(m, d, "usd");
    forget_checkpoints(c);
    send(c, "us-3.lantern");
    refused(m, "us-3.lantern", REFUSE_OPEN, STATUS_NOT_TRUSTED, "not signed by the tablet");
    assert_int_equal(try_merge(m, "us-3.lantern", TRUSTED, &sum), STATUS_OK);
    send(d, "us-4.lantern");
    refused(m, "us-4.lantern", REFUSE_OPEN, STATUS_NOT_OURS, "another provider");
    refused(m, "us-4.lantern", TRUSTED, STATUS_NOT_OURS, "another provider");
    laws(m);
    journal_close(m);
    journal_close(other);
    journal_close(t);
    journal_close(u);
    journal_close(c);
    journal_close(d);
}

/* One bundle that brings the same token under two keys, neither known yet: not both. */
static void a_token_is_used_once_in_one_bundle(void **state) {
    (void)state;
    struct journal *m = open_office("t2-m.db", NULL), *t = open_device("t2-t.db", "tablet");
    struct journal *thief = open_device("t2-x.db", "tablet"),
                   *c = open_device("t2-c.db", "tablet");
    struct merge_summary sum;
    struct enrol_made made = first_pack(m, "t2", "t2-first.lantern");
    read_first_pack(t, "t2-first.lantern", made.code);
    read_first_pack(thief, "t2-first.lantern", made.code);
    enrol_tablet(m, c, "t2c");
    work(t, 23, 10);
    work(thief, 24, 10);
    export_to(t, "t2-1.lantern", (struct export_options){.open = true});
    export_to(thief, "t2-2.lantern", (struct export_options){.open = true});
    assert_int_equal(try_merge(c, "t2-1.lantern", TRUSTED, &sum), STATUS_OK);
    assert_int_equal(try_merge(c, "t2-2.lantern", TRUSTED, &sum), STATUS_OK);
    send(c, "t2-3.lantern");
    refused(m, "t2-3.lantern", REFUSE_OPEN, STATUS_NOT_TRUSTED, "used by another tablet");
    refused(m, "t2-3.lantern", TRUSTED, STATUS_NOT_TRUSTED, "used by another tablet");
    journal_close(m);
    journal_close(t);
    journal_close(thief);
    journal_close(c);
}

/* A copy of the office's database without its key file opens no door. */
static void tokens_lie_sealed(void **state) {
    (void)state;
    struct journal *m = open_office("ts-m.db", NULL);
    struct enrol_made made;
    uint8_t id[TOKEN_ID_BYTES], token[TOKEN_BYTES];
    bool any;
    assert_int_equal(enrol_new(m, "ts", NULL, NULL, &made), STATUS_OK);
    token_id(made.token, id);
    assert_int_equal(office_rotate(m), STATUS_OK); /* and they outlive a change of keys */
    assert_int_equal(enrol_token(m, id, token, &any), STATUS_OK);
    assert_true(any);
    assert_memory_equal(token, made.token, TOKEN_BYTES);
    journal_close(m);
    struct buf bytes = {0};
    assert_int_equal(file_read(scratch("ts-m.db"), 64 << 20, &bytes), STATUS_OK);
    assert_null(memmem(bytes.data, bytes.size, made.token, TOKEN_BYTES));
    buf_release(&bytes);
    copy_file("ts-m.db", "ts-n.db");
    struct journal *n = open_device("ts-n.db", "office");
    assert_int_equal(enrol_token(n, id, token, &any), STATUS_OK);
    assert_false(any);
    journal_close(n);
}

/* Keys are changed when somebody else may have them. */
static void a_changed_key_opens_no_door(void **state) {
    (void)state;
    struct journal *m = open_office("ok-m.db", NULL);
    journal_close(m);
    copy_file("ok-m.db", "ok-x.db");
    copy_file("ok-m.db-wal", "ok-x.db-wal");
    copy_file("ok-m.db.key", "ok-x.db.key");
    m = open_device("ok-m.db", "office");
    struct journal *x = open_device("ok-x.db", "office");
    struct journal_self self;
    uint8_t box[32];
    assert_int_equal(office_rotate(m), STATUS_OK);
    journal_self(m, &self);
    assert_true(key_of_signer(self.key, box));
    add_service(x, "BIRCH");
    export_to(
        x, "ok-1.lantern",
        (struct export_options){.purpose = BUNDLE_PACK, .everything = true, .seal_to = box});
    refused(m, "ok-1.lantern", REFUSE_OPEN, STATUS_NOT_TRUSTED, "changed since");
    laws(m);
    journal_close(m);
    journal_close(x);
}

static void clocks_are_noticed(void **state) {
    (void)state;
    struct journal *m = open_office("ck-m.db", NULL), *t = open_device("ck-t.db", "tablet");
    struct wrong_clock *all;
    struct arena a = {0};
    size_t n;
    enrol_tablet(m, t, "ck");
    int64_t right = now.wall_ms;
    now.wall_ms += 3650 * DAY_MS; /* the tablet's battery was flat: ten years ahead */
    work(t, 13, 10);
    send(t, "ck-1.lantern");
    now.wall_ms = right + 60000;
    struct merge_summary sum = merge_sealed(m, "ck-1.lantern");
    assert_true(sum.clock_ms > 3649 * DAY_MS && sum.clock_ms < 3651 * DAY_MS);
    assert_int_equal(enrol_clocks(m, &a, &all, &n), STATUS_OK);
    assert_int_equal(n, 1);
    assert_true(all[0].off_ms == sum.clock_ms && all[0].right_at == 0);
    assert_string_equal(all[0].name, "ck");
    /* Within a day nothing is said; and it is noted that it is right again. */
    work(t, 14, 10);
    now.wall_ms += DAY_MS / 2;
    send(t, "ck-2.lantern");
    now.wall_ms -= DAY_MS / 2;
    assert_int_equal(merge_sealed(m, "ck-2.lantern").clock_ms, 0);
    assert_int_equal(enrol_clocks(m, &a, &all, &n), STATUS_OK);
    assert_true(n == 1 && all[0].right_at > 0);
    /* Ten years behind: the office's time, which the tablet was told, says so. */
    pack_for(m, t, "ck-p.lantern");
    read_sealed(t, "ck-p.lantern");
    right = now.wall_ms;
    now.wall_ms -= 3650 * DAY_MS;
    work(t, 15, 10);
    send(t, "ck-3.lantern");
    now.wall_ms = right;
    sum = merge_sealed(m, "ck-3.lantern");
    assert_true(sum.clock_ms < -3649 * DAY_MS);
    laws(m);
    arena_release(&a);
    journal_close(m);
    journal_close(t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(open_bundles_need_trust),
        cmocka_unit_test(other_recipients),
        cmocka_unit_test(unknown_devices),
        cmocka_unit_test(a_token_is_used_once),
        cmocka_unit_test(a_withdrawn_enrolment_counts_no_more),
        cmocka_unit_test(a_copy_without_its_key_is_not_enrolled),
        cmocka_unit_test(revoked_carriers),
        cmocka_unit_test(proofs_are_carried_on),
        cmocka_unit_test(others_sections_need_their_own_signature),
        cmocka_unit_test(a_token_is_used_once_in_one_bundle),
        cmocka_unit_test(tokens_lie_sealed),
        cmocka_unit_test(a_changed_key_opens_no_door),
        cmocka_unit_test(clocks_are_noticed),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
