/* test_belonging.c -- which rows an office keeps from a tablet, by the kinds' descriptors
 * alone.
 *
 * needs: office sync model media care store base
 *
 * How the proof works: an office writes a row of each kind that people add, for two services,
 * and rows that hang on these only through others. Every kind with a way to a service is then
 * asked for, so that a new kind which nobody thought of fails here, not on somebody's tablet.
 * At last a tablet opens its packs, and learns of it when somebody moves away. */
#include "store_help.h"

#include "office/tablet_pack.h"
#include "sync/enrol.h"

static struct office program;
static struct clock_manual now = {.wall_ms = NOON, .boot_ms = 1};

struct here {
    struct journal *j;
    row_id provider, oak, mill;
};

static row_id named(struct journal *j, const struct kind *k, const char *column,
                    const char *text, const char *of, row_id id) {
    struct row r = row_new(k);
    row_text(&r, column, text);
    if (of) row_ref(&r, of, id);
    return put_alone(j, &r);
}

static row_id service(struct journal *j, const char *code, const char *name) {
    struct row r = row_new(&kind_service);
    row_text(&r, "code", code);
    row_text(&r, "name", name);
    row_text(&r, "setting", "nursing_home");
    return put_alone(j, &r);
}

static struct here office_at(const char *path) {
    struct here h = {.j = open_device(path, &now, "office")};
    struct row r = row_new(&kind_provider);
    row_text(&r, "code", "P");
    row_text(&r, "name", "Harbour");
    h.provider = put_alone(h.j, &r);
    h.oak = service(h.j, "OAK", "Oak House");
    h.mill = service(h.j, "MILL", "Mill Cottage");
    return h;
}

static struct belonging *belonging(struct here *h) {
    struct belonging *b = NULL;
    OK(belonging_find(&program, h->j, &b));
    return b;
}

static bool kept_back(struct here *h, const char *services, row_id row) {
    row_id *rows;
    size_t n;
    belonging_withheld(belonging(h), &program.arena, services, &rows, &n);
    bool found = false;
    for (size_t i = 0; i < n; i++) {
        assert_true(i == 0 || rows[i - 1] < rows[i]);
        found = found || rows[i] == row;
    }
    return found;
}

static void write_pack(struct here *h, struct tablet_pack want) {
    struct export_summary sum;
    OK(tablet_pack_write(&program, h->j, belonging(h), &want, &sum));
}

/* ---- by the descriptors ---- */

static bool leads_to_service(const struct kind *k, int depth) {
    if (k == kind_by_number(KIND_service)) return true;
    for (const struct column *c = k->columns; depth && c->name; c++)
        if (c->type == COL_REF && c->to && leads_to_service(kind_by_name(c->to), depth - 1))
            return true;
    return false;
}

/* A row of the kind that names just one other row; what has to be said is filled in. */
static row_id row_naming(struct journal *j, const struct kind *k, const struct column *by,
                         row_id id) {
    static int codes;
    struct row r = row_new(k);
    for (const struct column *c = k->columns; c->name; c++) {
        if (!c->required || c == by) continue;
        if (c->type == COL_TEXT) row_text(&r, c->name, k->name);
        if (c->type == COL_INT || c->type == COL_DAY || c->type == COL_TIME)
            row_int(&r, c->name, 7);
        if (c->type == COL_REF) row_ref(&r, c->name, id);
        if (c->type == COL_BYTES) row_bytes(&r, c->name, "12345678", 8);
        if (c->type == COL_HASH) row_hash(&r, c->name, &(hash256){{7}});
        if (c->type == COL_WORD)
            row_text(&r, c->name,
                     arena_strndup(&program.arena, c->words, strcspn(c->words, "|")));
    }
    if (k->code) row_text(&r, k->code, arena_printf(&program.arena, "C%d", ++codes));
    row_ref(&r, by->name, id);
    return put_alone(j, &r);
}

/* Said in confidence, or who read it: no tablet gets it, whichever its services are. */
static bool nobodys(const struct kind *k) {
    return k->confidential || k->number == KIND_access;
}

static void kept_from_all(struct here *h, const struct kind *k, row_id row) {
    static const char *const services[] = {"", "OAK", "MILL", "OAK MILL", "ELM"};
    for (size_t i = 0; i < sizeof services / sizeof services[0]; i++)
        if (!kept_back(h, services[i], row))
            fail_msg("a %s goes to a tablet of \"%s\"", k->name, services[i]);
}

/* For each kind and each column of it that leads to a service: a row that says nothing else. */
static void every_kind_with_a_way_to_a_service(void **state) {
    (void)state;
    struct here h = office_at(scratch("ways.db"));
    row_id parents[2][KIND_confidence + 1] = {{0}};
    int ways = 0, kinds = 0;
    for (int s = 0; s < 2; s++) {
        row_id of = s ? h.mill : h.oak;
        parents[s][KIND_service] = of;
        parents[s][KIND_visit] = named(h.j, &kind_visit, "template", "NIGHT", "service", of);
        parents[s][KIND_area] = named(h.j, &kind_area, "name", "Beech", "service", of);
        parents[s][KIND_person] =
            named(h.j, &kind_person, "label", "Night lead", "service", of);
        parents[s][KIND_contact] = named(h.j, &kind_contact, "label", "On call", "service", of);
        parents[s][KIND_room] =
            named(h.j, &kind_room, "label", "Room 4", "visit", parents[s][KIND_visit]);
        parents[s][KIND_danger] =
            named(h.j, &kind_danger, "text", "smoke", "visit", parents[s][KIND_visit]);
        parents[s][KIND_reader] = row_naming(
            h.j, &kind_reader, &kind_reader.columns[kind_column(&kind_reader, "service")], of);
        parents[s][KIND_action] =
            named(h.j, &kind_action, "reference", s ? "A02" : "A01", "service", of);
        parents[s][KIND_attachment] = named(h.j, &kind_attachment, "caption", "the cord",
                                            "visit", parents[s][KIND_visit]);
    }
    for (size_t i = 0; i < kinds_count; i++) {
        const struct kind *k = kind_at(i);
        bool any = false;
        if (k->program || k->number == KIND_service || !leads_to_service(k, 4)) continue;
        if (k->number == KIND_seal) continue; /* nothing more could be hung on the visit */
        for (const struct column *c = k->columns; c->name; c++) {
            const struct kind *to = c->type == COL_REF && c->to ? kind_by_name(c->to) : NULL;
            if (!to || !leads_to_service(to, 3)) continue;
            if (!parents[0][to->number]) fail_msg("no %s to hang a %s on", to->name, k->name);
            row_id oak = row_naming(h.j, k, c, parents[0][to->number]);
            row_id mill = row_naming(h.j, k, c, parents[1][to->number]);
            ways++;
            any = true;
            if (nobodys(k)) {
                kept_from_all(&h, k, oak);
                kept_from_all(&h, k, mill);
                continue;
            }
            if (kept_back(&h, "OAK", oak) || !kept_back(&h, "MILL", oak) ||
                kept_back(&h, "MILL", mill) || !kept_back(&h, "OAK", mill))
                fail_msg("%s, known by its %s only", k->name, c->name);
        }
        kinds += any;
    }
    assert_true(kinds > 15);
    print_message("figure: %d ways to a service in %d kinds, each keeps its rows apart\n", ways,
                  kinds);
    journal_close(h.j);
}

static void what_belongs_to_no_service_goes_to_all(void **state) {
    (void)state;
    struct here h = office_at(scratch("all.db"));
    row_id boss = named(h.j, &kind_person, "label", "Nominated individual", NULL, 0);
    struct row night = row_new(&kind_template);
    row_text(&night, "code", "NIGHT");
    row_text(&night, "title", "Night spot check");
    row_int(&night, "edition", 1);
    row_hash(&night, "hash", &(hash256){{7}});
    row_id form = put_alone(h.j, &night);
    row_id carer = named(h.j, &kind_person, "label", "Carer", "service", h.mill);
    assert_false(kept_back(&h, "OAK", boss) || kept_back(&h, "OAK", form));
    assert_false(kept_back(&h, "OAK", h.provider));
    assert_true(kept_back(&h, "OAK", carer) && kept_back(&h, "OAK", h.mill));
    assert_false(kept_back(&h, "OAK MILL", carer) || kept_back(&h, "MILL OAK", h.mill));
    assert_false(kept_back(&h, "", carer) || kept_back(&h, "", h.oak));
    assert_true(kept_back(&h, "ELM", carer) &&
                kept_back(&h, "ELM", h.oak)); /* not even a prefix: */
    assert_true(kept_back(&h, "MIL", carer) && kept_back(&h, "MILLS", carer));
    journal_close(h.j);
}

/* Whoever was let in or read something, and what was said in confidence, stays at the office;
 * whom one can tell something goes to all. */
static void what_was_said_in_confidence_goes_to_none(void **state) {
    (void)state;
    struct here h = office_at(scratch("none.db"));
    struct journal *tablet = open_device(scratch("none-tablet.db"), &now, "tablet");
    struct merge_summary merged;
    struct row reader = row_new(&kind_reader), said = row_new(&kind_confidence),
               read = row_new(&kind_access);
    row_text(&reader, "code", "SG");
    row_text(&reader, "label", "Speak-up guardian");
    row_bytes(&reader, "key", "12345678123456781234567812345678", 32);
    put_alone(h.j, &reader);
    row_int(&said, "day", 20779);
    row_ref(&said, "reader", reader.id);
    row_bytes(&said, "key", "12345678123456781234567812345678", 32);
    row_bytes(&said, "box", "ZZBOX ZZBOX ZZBOX", 17);
    put_alone(h.j, &said);
    row_text(&read, "what", "read");
    row_ref(&read, "row", said.id);
    row_text(&read, "who", "ZZWHO");
    put_alone(h.j, &read);
    assert_false(kept_back(&h, "", reader.id) || kept_back(&h, "OAK", reader.id));
    kept_from_all(&h, &kind_confidence, said.id);
    kept_from_all(&h, &kind_access, read.id);
    write_pack(&h, (struct tablet_pack){.path = scratch("none.lantern"), .services = ""});
    OK(merge_file(
        tablet,
        &(struct merge_options){.path = scratch("none.lantern"), .tablet = true, .trust = true},
        &merged));
    assert_int_equal(query_one_int(tablet, 0, "SELECT count(*) FROM reader", 0), 1);
    assert_int_equal(query_one_int(tablet, 0, "SELECT count(*) FROM confidence", 0), 0);
    assert_int_equal(query_one_int(tablet, 0, "SELECT count(*) FROM access", 0), 0);
    assert_int_equal(query_one_int(tablet, 0,
                                   "SELECT count(*) FROM journal WHERE instr(body, "
                                   "CAST('ZZ' AS BLOB))",
                                   0),
                     0);
    laws(tablet);
    journal_close(tablet);
    journal_close(h.j);
}

/* A row is somebody's who ever had it: else the old tablet would show it for ever. */
static void a_row_that_moved_goes_to_both(void **state) {
    (void)state;
    struct here h = office_at(scratch("moved.db"));
    struct row r;
    row_id carer = named(h.j, &kind_person, "label", "Carer", "service", h.oak);
    assert_true(kept_back(&h, "MILL", carer));
    OK(journal_row(h.j, &kind_person, carer, &program.arena, &r));
    row_ref(&r, "service", h.mill);
    put_alone(h.j, &r);
    assert_false(kept_back(&h, "OAK", carer) || kept_back(&h, "MILL", carer));
    assert_true(kept_back(&h, "ELM", carer));
    OK(journal_begin(h.j));
    OK(journal_withdraw(h.j, &kind_person, carer));
    OK(journal_commit(h.j));
    assert_false(kept_back(&h, "OAK", carer));
    assert_true(kept_back(&h, "ELM", carer));
    journal_close(h.j);
}

/* ---- on the tablet ---- */

static void read_pack(struct journal *tablet, const char *path, const char *code) {
    struct merge_summary sum;
    OK(merge_file(tablet, &(struct merge_options){.path = path, .tablet = true, .code = code},
                  &sum));
}

static int64_t people(struct journal *j, const char *label) {
    struct query q;
    int64_t n = 0;
    query_open(
        &q, j,
        "SELECT count(*) FROM person p JOIN service s ON s.id = p.service WHERE p.label = ?1",
        0);
    query_bind_text(&q, 1, label);
    while (query_next(&q))
        n = query_int(&q, 0);
    OK(query_close(&q));
    return n;
}

static void a_tablet_learns_who_has_moved(void **state) {
    (void)state;
    struct here h = office_at(scratch("learns.db"));
    struct journal *tablet = open_device(scratch("tablet.db"), &now, "tablet");
    struct enrol_made made;
    struct enrolment e;
    struct export_summary sum;
    struct merge_summary merged;
    uint8_t key[KEY_BYTES];
    row_id stays = named(h.j, &kind_person, "label", "Stays", "service", h.oak);
    row_id goes = named(h.j, &kind_person, "label", "Goes", "service", h.oak);
    named(h.j, &kind_person, "label", "Never here", "service", h.mill);
    key_lock_weakly_for_tests();
    OK(enrol_new(h.j, "Night bag", NULL, "OAK", &made));
    write_pack(&h, (struct tablet_pack){.path = scratch("first.lantern"),
                                        .tablet = "Night bag",
                                        .services = "OAK",
                                        .code = made.code,
                                        .token = made.token});
    read_pack(tablet, scratch("first.lantern"), made.code);
    assert_int_equal(people(tablet, "Stays") + people(tablet, "Goes"), 2);
    assert_int_equal(people(tablet, "Never here"), 0);
    OK(export_all(tablet, &(struct export_options){.path = scratch("back.lantern")}, &sum));
    OK(merge_file(h.j, &(struct merge_options){.path = scratch("back.lantern")}, &merged));
    assert_true(merged.enrolled);

    struct row r;
    OK(journal_row(h.j, &kind_person, goes, &program.arena, &r));
    row_ref(&r, "service", h.mill);
    put_alone(h.j, &r);
    OK(enrol_find(h.j, &program.arena, "Night bag", &e));
    assert_true(e.claimed && key_of_signer(e.key, key));
    write_pack(&h, (struct tablet_pack){.path = scratch("second.lantern"),
                                        .tablet = e.name,
                                        .services = e.services,
                                        .seal_to = key});
    read_pack(tablet, scratch("second.lantern"), NULL);
    assert_int_equal(people(tablet, "Stays"), 1);
    assert_int_equal(people(tablet, "Goes"), 0); /* of a service that is not told of here */
    assert_int_equal(people(tablet, "Never here"), 0);
    (void)stays;
    laws(tablet);
    laws(h.j);
    journal_close(tablet);
    journal_close(h.j);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_with_a_way_to_a_service),
        cmocka_unit_test(what_belongs_to_no_service_goes_to_all),
        cmocka_unit_test(what_was_said_in_confidence_goes_to_none),
        cmocka_unit_test(a_row_that_moved_goes_to_both),
        cmocka_unit_test(a_tablet_learns_who_has_moved),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_release(&program.arena);
    return failed;
}
