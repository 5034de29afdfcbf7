/* test_door_tablet.c -- which packs a tablet reads: its own office's, and no other.
 * needs: sync store base */
#include "merge_help.h"

static void strangers_packs(void **state) {
    (void)state;
    struct journal *m = open_office("st-m.db", NULL), *t = open_device("st-t.db", "tablet");
    struct journal *s = open_office("st-s.db", NULL), *fresh = open_device("st-f.db", "tablet");
    struct merge_summary sum;
    hash256 provider;
    enrol_tablet(m, t, "st");
    make_pack(s, "st-1.lantern");
    refused(t, "st-1.lantern", ON_TABLET, STATUS_NOT_OURS, "another office");
    refused(t, "st-1.lantern", (struct merge_options){.tablet = true, .trust = true},
            STATUS_NOT_OURS, "another office");
    pack_for(s, t, "st-2.lantern"); /* a tablet's key is no secret either */
    refused(t, "st-2.lantern", ON_TABLET, STATUS_NOT_OURS, "another office");
    /* Even under our provider's id. */
    assert_int_equal(provider_id(m, &provider), STATUS_OK);
    plant_kept(s, KEPT_OFFICE_PROVIDER, provider.b, 32);
    pack_for(s, t, "st-3.lantern");
    refused(t, "st-3.lantern", ON_TABLET, STATUS_NOT_OURS, "another office");
    /* A tablet that belongs to nobody yet asks first. */
    make_pack(m, "st-4.lantern");
    refused(fresh, "st-4.lantern", ON_TABLET, STATUS_NOT_TRUSTED, "does not know yet");
    assert_int_equal(try_merge(fresh, "st-4.lantern",
                               (struct merge_options){.tablet = true, .trust = true}, &sum),
                     STATUS_OK);
    make_pack(m, "st-5.lantern");
    assert_int_equal(try_merge(fresh, "st-5.lantern", ON_TABLET, &sum), STATUS_OK);
    /* What is meant for the office stays outside. */
    work(fresh, 16, 5);
    send(fresh, "st-6.lantern");
    refused(t, "st-6.lantern", ON_TABLET, STATUS_INVALID, "meant for the office");
    laws(t);
    laws(fresh);
    journal_close(m);
    journal_close(s);
    journal_close(t);
    journal_close(fresh);
}

static void packs_for_other_tablets(void **state) {
    (void)state;
    struct journal *m = open_office("po-m.db", NULL), *t = open_device("po-t.db", "tablet");
    struct journal *u = open_device("po-u.db", "tablet");
    enrol_tablet(m, t, "pot");
    enrol_tablet(m, u, "pou");
    pack_for(m, u, "po-1.lantern");
    refused(t, "po-1.lantern", ON_TABLET, STATUS_NOT_OURS, "another tablet");
    read_sealed(u, "po-1.lantern");
    journal_close(m);
    journal_close(t);
    journal_close(u);
}

static void first_packs_grow_old(void **state) {
    (void)state;
    struct journal *m = open_office("fo-m.db", NULL), *t = open_device("fo-t.db", "tablet");
    struct enrol_made made = first_pack(m, "fo", "fo-first.lantern");
    int64_t made_at = now.wall_ms;
    now.wall_ms = made_at + ENROL_PACK_DAYS * DAY_MS + 1;
    refused(t, "fo-first.lantern", (struct merge_options){.tablet = true, .code = made.code},
            STATUS_INVALID, "older than 14 days");
    now.wall_ms = made_at + ENROL_PACK_DAYS * DAY_MS;
    read_first_pack(t, "fo-first.lantern", made.code);
    journal_close(m);
    journal_close(t);
}

/* A tablet moves to another office of the same provider by a new first pack, never by itself;
 * and never to another provider with somebody's work on it. */
static void a_new_first_pack_moves_a_tablet(void **state) {
    (void)state;
    struct journal *m = open_office("mv-m.db", NULL), *n = open_office("mv-n.db", NULL);
    struct journal *other = open_office("mv-o.db", NULL), *t = open_device("mv-t.db", "tablet");
    hash256 provider;
    struct enrol_state e;
    assert_int_equal(provider_id(m, &provider), STATUS_OK);
    plant_kept(n, KEPT_OFFICE_PROVIDER, provider.b, 32);
    struct enrol_made back = enrol_tablet(m, t, "mv");
    work(t, 17, 10);
    struct enrol_made theirs = first_pack(other, "mv", "mv-other.lantern");
    refused(t, "mv-other.lantern", (struct merge_options){.tablet = true, .code = theirs.code},
            STATUS_NOT_OURS, "another provider");
    struct enrol_made made = first_pack(n, "moved", "mv-first.lantern");
    read_first_pack(t, "mv-first.lantern", made.code);
    assert_int_equal(enrol_state(t, &e), STATUS_OK);
    assert_true(e.enrolled && !e.confirmed);
    send(t, "mv-1.lantern");
    refused(m, "mv-1.lantern", REFUSE_OPEN, STATUS_NOT_OURS, "sealed for somebody else");
    assert_true(merge_sealed(n, "mv-1.lantern").enrolled);
    /* And back, with the pack that it was enrolled with at first. */
    read_first_pack(t, "first-mv.lantern", back.code);
    send(t, "mv-2.lantern");
    assert_true(merge_sealed(m, "mv-2.lantern").enrolled);
    journal_close(m);
    journal_close(n);
    journal_close(other);
    journal_close(t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strangers_packs),
        cmocka_unit_test(packs_for_other_tablets),
        cmocka_unit_test(first_packs_grow_old),
        cmocka_unit_test(a_new_first_pack_moves_a_tablet),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
