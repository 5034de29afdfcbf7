/* test_kinds.c -- every kind there is, and a long random life of one device.
 *
 * needs: store base
 *
 * A row with all its columns goes into a record, a table, a second database and back. The
 * samples come from the descriptors, so a new kind is tested without a word here. */
#include "store_help.h"

#include <stdlib.h>

static struct clock_manual now;

/* ---- samples ---- */

static const char *first_word(const struct column *c, struct arena *a) {
    return arena_strndup(a, c->words, strcspn(c->words, "|"));
}

/* `variant` makes a second, different sample. */
static void sample_value(struct row *r, int col, int variant, struct arena *a, row_id ref) {
    const struct column *c = &r->kind->columns[col];
    uint32_t most = c->most ? c->most : 40;
    switch (c->type) {
    case COL_TEXT:
        if (c->most && c->most < 40) {
            row_text(r, c->name, arena_printf(a, "%.*s%d", (int)c->most - 1, c->name, variant));
            break;
        }
        row_text(r, c->name,
                 arena_printf(a, "%s %d \xc2\xa3 \xf0\x9f\x8c\x99", c->name, variant));
        break;
    case COL_WORD:
        row_text(r, c->name, first_word(c, a));
        break;
    case COL_INT:
        row_int(r, c->name, variant ? -1 - col : 5000000000LL + col);
        break;
    case COL_BOOL:
        row_int(r, c->name, variant);
        break;
    case COL_TIME:
        row_int(r, c->name, NOON + col + variant);
        break;
    case COL_DAY:
        row_int(r, c->name, 20000 + col + variant);
        break;
    case COL_REF:
        row_ref(r, c->name, ref);
        break;
    case COL_HASH: {
        hash256 *h = ARENA_NEW(a, hash256);
        *h = hash_of(c->name, (size_t)variant + 1);
        row_hash(r, c->name, h);
        break;
    }
    case COL_BYTES: {
        uint8_t *p = arena_take(a, most);
        memset(p, col + variant, most);
        row_bytes(r, c->name, p, most);
        break;
    }
    }
}

static struct row sample(const struct kind *k, int variant, struct arena *a, row_id ref) {
    struct row r = row_new(k);
    for (int i = 0; k->columns[i].name; i++)
        sample_value(&r, i, variant, a, ref);
    return r;
}

static void rows_equal(const struct row *a, const struct row *b) {
    assert_ptr_equal(a->kind, b->kind);
    for (int i = 0; a->kind->columns[i].name; i++) {
        const struct value *x = &a->values[i], *y = &b->values[i];
        bool same = x->said == y->said && x->i == y->i && x->n == y->n &&
                    (x->n == 0 || memcmp(x->p, y->p, x->n) == 0);
        if (!same) fail_msg("%s.%s differs", a->kind->name, a->kind->columns[i].name);
    }
}

/* ---- tests ---- */

static void the_list_is_sound(void **state) {
    (void)state;
    static const char *const fixed[] = {"id",      "version", "hlc",       "at",   "by",
                                        "made_at", "made_by", "withdrawn", "rival"};
    int columns = 0;
    for (size_t i = 0; i < kinds_count; i++) {
        const struct kind *k = kind_at(i);
        assert_ptr_equal(kind_by_number(k->number), k);
        assert_ptr_equal(kind_by_name(k->name), k);
        assert_true(k->about && k->about[0]);
        if (k->code) assert_true(kind_column(k, k->code) >= 0);
        if (k->sealed_by && strcmp(k->sealed_by, "id") != 0)
            assert_true(kind_column(k, k->sealed_by) >= 0);
        for (const struct column *c = k->columns; c->name; c++, columns++) {
            assert_true(c->about && c->about[0]);
            for (size_t f = 0; f < sizeof fixed / sizeof fixed[0]; f++)
                assert_string_not_equal(c->name, fixed[f]);
            if (c->to) assert_non_null(kind_by_name(c->to));
            if (c->type == COL_WORD) assert_true(c->words && c->words[0]);
        }
    }
    assert_null(kind_by_number(9999));
    assert_null(kind_by_name("nothing"));
    printf("figure: %zu kinds, %d columns\n", kinds_count, columns);
}

static void every_kind_goes_round(void **state) {
    (void)state;
    struct arena a = {0};
    now = (struct clock_manual){.wall_ms = NOON};
    struct journal *j = open_device(scratch("kinds.db"), &now, "office");
    struct journal *other = open_device(scratch("other.db"), &now, "office");
    int round = 0;
    for (size_t i = 0; i < kinds_count; i++) {
        const struct kind *k = kind_at(i);
        struct row s = row_new(&kind_service), v = row_new(&kind_visit);
        row_text(&s, "code", arena_printf(&a, "K%zu", i));
        row_text(&s, "name", "a home");
        put_alone(j, &s);
        row_ref(&v, "service", s.id);
        put_alone(j, &v); /* a check of its own: a seal here must not touch the next kind */
        if (k == &kind_salt) continue; /* only the journal itself writes these */

        struct row first = sample(k, 0, &a, v.id), second = sample(k, 1, &a, v.id), got;
        put_alone(j, &first);
        OK(journal_row(j, k, first.id, &a, &got));
        rows_equal(&first, &got);
        second.id = first.id;
        put_alone(j, &second);
        OK(journal_row(j, k, first.id, &a, &got));
        rows_equal(&second, &got);

        struct version *versions;
        size_t n;
        OK(journal_history(j, first.id, &a, &versions, &n));
        assert_int_equal(n, 2);
        OK(journal_version(j, versions[0].record, &a, &got));
        rows_equal(&first, &got);
        OK(journal_version(j, versions[1].record, &a, &got));
        rows_equal(&second, &got);

        /* Nothing said but what must be: everything else comes back as not said. */
        struct row bare = row_new(k);
        for (int c = 0; k->columns[c].name; c++)
            if (k->columns[c].required) sample_value(&bare, c, 1, &a, v.id);
        if (k->code) row_text(&bare, k->code, arena_printf(&a, "bare%zu", i));
        put_alone(j, &bare);
        OK(journal_row(j, k, bare.id, &a, &got));
        rows_equal(&bare, &got);
        round++;
    }
    laws(j);
    carry_all(j, other);
    hash256 one = tables_hash(j), two = tables_hash(other);
    assert_memory_equal(&one, &two, 32);
    laws(other);
    printf("figure: %d kinds there and back, and in a second database\n", round);
    journal_close(j);
    journal_close(other);
    arena_release(&a);
}

/* Words, columns and kinds of a newer Lantern: made by hashing a record as it would have. */
static void a_newer_lantern_is_kept(void **state) {
    (void)state;
    struct arena a = {0};
    now = (struct clock_manual){.wall_ms = NOON};
    struct journal *j = open_device(scratch("newer.db"), &now, "office");
    uint8_t key[32] = {1}, incarnation[8] = {2}, salt_key[32] = {0};
    static const uint8_t zero_key[32];
    struct hash_state h;
    hash_start(&h);
    hash_add(&h, "lantern log 1", 13);
    hash_add(&h, key, 32);
    hash_add(&h, incarnation, 8);
    hash256 id = hash_end(&h);
    /* service with a word and two columns that are not known yet; a kind 900 */
    static const uint8_t service[] = {
        0x8E, 0x63, 'O',  'A',  'K',  0x63, 'O',  'a',  'k',  0x66, 'c',  'a',  's',  't',
        'l',  'e',  0xF6, 0xF6, 0xF6, 0xF6, 0xF6, 0xF6, 0xF6, 0xF6, 0xF6, 0x01, 0x81, 0x02};
    static const uint8_t unknown[] = {0x82, 0x61, 'x', 0x18, 0x64};
    struct union_section *section;
    struct union_outcome out;
    OK(union_begin(j));
    OK(union_section_start(&section, j, &id, key, incarnation, 1, &id, salt_key));
    struct record_wire r = {.seq = 1,
                            .hlc = (uint64_t)NOON << 16,
                            .at = NOON,
                            .kind = KIND_service,
                            .row = {.log = id, .seq = 1},
                            .body = service,
                            .body_size = sizeof service};
    OK(union_section_add(section, &r));
    hash256 commitment = record_commitment(zero_key, 1, service, sizeof service);
    assert_memory_equal(&r.commitment, &commitment, 32);
    r = (struct record_wire){.seq = 2,
                             .hlc = ((uint64_t)NOON << 16) + 1,
                             .at = NOON,
                             .kind = 900,
                             .row = {.log = id, .seq = 2},
                             .body = unknown,
                             .body_size = sizeof unknown};
    OK(union_section_add(section, &r));
    hash256 head = r.hash;
    OK(union_section_end(section, &out));
    OK(union_commit(j));
    laws(j);
    /* The word stays when another column is changed. */
    row_id oak = query_one_int(j, 0, "SELECT id FROM service", 0);
    struct row row;
    OK(journal_row(j, &kind_service, oak, &a, &row));
    assert_string_equal(row_get_text(&row, "setting"), "castle");
    row_text(&row, "name", "Oak House");
    put_alone(j, &row);
    /* Both are carried on as they are. */
    struct journal *next = open_device(scratch("next.db"), &now, "office");
    carry_all(j, next);
    struct log_info log;
    OK(union_log_by_id(next, &id, &log));
    assert_memory_equal(&log.last_hash, &head, 32);
    laws(next);
    journal_close(j);
    journal_close(next);
    arena_release(&a);
}

/* ---- a long life ---- */

static row_id any_of(struct journal *j, draw *d, const char *table) {
    struct arena a = {0};
    int64_t n = query_one_int(j, 0, arena_printf(&a, "SELECT count(*) FROM \"%s\"", table), 0);
    row_id id = 0;
    if (n)
        id = query_one_int(j, 0,
                           arena_printf(&a, "SELECT id FROM \"%s\" LIMIT 1 OFFSET ?1", table),
                           1, (int64_t)draw_below(d, (uint32_t)n));
    arena_release(&a);
    return id;
}

static void storm_step(struct journal *j, draw *d, struct arena *a, int counts[4]) {
    static const struct kind *const lively[] = {&kind_answer,  &kind_room,   &kind_timing,
                                                &kind_event,   &kind_told,   &kind_action,
                                                &kind_service, &kind_person, &kind_observation};
    const struct kind *k = lively[draw_below(d, sizeof lively / sizeof lively[0])];
    row_id visit = any_of(j, d, "visit"), id = any_of(j, d, k->name);
    uint32_t what = draw_below(d, 100);
    enum status s = STATUS_OK;
    if (what < 4 || !visit) {
        struct row v = sample(&kind_visit, (int)draw_below(d, 2), a, 0);
        put_alone(j, &v);
        return;
    }
    if (what < 5) {
        struct row seal = row_new(&kind_seal);
        row_ref(&seal, "visit", visit);
        put_alone(j, &seal);
        counts[3]++;
        return;
    }
    OK(journal_begin(j));
    if (what < 45 || !id) {
        struct row r = sample(k, (int)draw_below(d, 2), a, visit);
        s = journal_put(j, &r);
        counts[0]++;
    } else if (what < 75) {
        struct row r;
        OK(journal_row(j, k, id, a, &r));
        for (int i = 0; k->columns[i].name; i++)
            if (draw_below(d, 3) == 0) sample_value(&r, i, (int)draw_below(d, 2), a, visit);
        s = journal_put(j, &r);
        counts[1]++;
    } else if (what < 85) {
        s = journal_withdraw(j, k, id);
        counts[2]++;
    } else {
        struct version *v;
        size_t n;
        OK(journal_history(j, id, a, &v, &n));
        s = journal_revert(j, k, id, v[draw_below(d, (uint32_t)n)].record);
        counts[1]++;
    }
    if (s == STATUS_SEALED || draw_below(d, 50) == 0) {
        journal_rollback(j);
        return;
    }
    OK(s);
    OK(journal_commit(j));
}

static void rebuild_equals_live_after_a_storm(void **state) {
    (void)state;
    struct arena a = {0};
    draw d = {.s = 2026};
    int counts[4] = {0};
    now = (struct clock_manual){.wall_ms = NOON};
    struct journal *j = open_device(scratch("storm.db"), &now, "tablet");
    int steps = getenv("LANTERN_TEST_ALL") ? 20000 : 2000;
    for (int i = 0; i < steps; i++) {
        now.wall_ms += draw_below(&d, 60000);
        if (draw_below(&d, 100) == 0) now.wall_ms -= 86400000LL * 3650;
        storm_step(j, &d, &a, counts);
        arena_reset(&a);
        if (i % (steps / 4) == 0) {
            laws(j);
            journal_close(j);
            j = open_device(scratch("storm.db"), &now, "tablet");
        }
    }
    laws(j);
    hash256 live = tables_hash(j);
    OK(journal_rebuild(j));
    hash256 again = tables_hash(j);
    assert_memory_equal(&live, &again, 32);
    printf("figure: storm of %d steps: %d created, %d changed, %d withdrawn, %d sealed, %lld "
           "records\n",
           steps, counts[0], counts[1], counts[2], counts[3],
           (long long)query_one_int(j, 0, "SELECT count(*) FROM journal", 0));
    journal_close(j);
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_list_is_sound),
        cmocka_unit_test(every_kind_goes_round),
        cmocka_unit_test(a_newer_lantern_is_kept),
        cmocka_unit_test(rebuild_equals_live_after_a_storm),
    };
    log_open("/dev/null");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
