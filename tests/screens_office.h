/* screens_office.h -- an office for test_screens.c: it enrols the tablet whose screens are
 * looked at, reads what that tablet saves, erases an answer and writes back. In the same
 * process, with the tablet's clock. */
#ifndef TESTS_SCREENS_OFFICE_H
#define TESTS_SCREENS_OFFICE_H

#include "base/file.h"
#include "base/keys.h"
#include "base/text.h"
#include "model/reference.h"
#include "store/query.h"
/* Sync and care each have a struct of that name. */
#define section sync_section
#include "sync/enrol.h"
#undef section

#define PHOTO_BYTES 2500000

static struct {
    struct arena memory;
    struct journal *j;
    char *stick, code[15];
    const char *sticks[1];
} office;

static char *on_stick(const char *name) {
    return path_join(&office.memory, office.stick, name);
}

static void office_open(struct clock_manual *time) {
    struct reference_summary added;
    office.stick = arena_strdup(&office.memory, scratch("stick"));
    office.sticks[0] = office.stick;
    assert_int_equal(file_make_dirs(office.stick), STATUS_OK);
    assert_int_equal(
        journal_open(&office.j, &(struct journal_options){.path = scratch("office.db"),
                                                          .clock = clock_manual(time),
                                                          .device_name = "Office",
                                                          .device_role = "office"}),
        STATUS_OK);
    struct row r = row_new(&kind_provider);
    row_text(&r, "code", "P1");
    row_text(&r, "name", "Harbour Lights Care");
    assert_int_equal(journal_put_alone(office.j, &r), STATUS_OK);
    assert_int_equal(reference_add_file(office.j, "assets/sample/sample.json", &added),
                     STATUS_OK);
}

static void write_pack(const char *name, const struct export_options *with) {
    struct export_options o = *with;
    struct export_summary sum;
    o.path = on_stick(name);
    o.purpose = BUNDLE_PACK;
    o.everything = true;
    o.for_tablet = "Night tablet";
    assert_int_equal(export_all(office.j, &o, &sum), STATUS_OK);
}

static void office_enrols(void) {
    struct enrol_made made;
    assert_int_equal(enrol_new(office.j, "Night tablet", "B", "", &made), STATUS_OK);
    text_copy(office.code, sizeof office.code, made.code);
    write_pack("open.lantern", &(struct export_options){0});
    write_pack("first.lantern",
               &(struct export_options){.code = made.code, .token = made.token});
}

static void office_reads(void) {
    char **names;
    size_t n;
    struct merge_summary sum;
    assert_int_equal(dir_list(&office.memory, office.stick, ".lantern", &names, &n), STATUS_OK);
    for (size_t i = 0; i < n; i++) {
        if (!text_starts(names[i], "lantern-2")) continue;
        assert_int_equal(
            merge_file(office.j, &(struct merge_options){.path = on_stick(names[i])}, &sum),
            STATUS_OK);
    }
}

static void office_answers(const char *name) {
    struct enrolment e;
    uint8_t box[KEY_BYTES];
    assert_int_equal(enrol_find(office.j, &office.memory, "Night tablet", &e), STATUS_OK);
    assert_true(e.claimed && key_of_signer(e.key, box));
    write_pack(name, &(struct export_options){.seal_to = box});
}

static void office_erases(const char *sql) {
    struct erase_summary sum;
    row_id row = query_one_int(office.j, 0, sql, 0);
    assert_true(row != 0);
    assert_int_equal(journal_erase(office.j, row, "asked for by the family",
                                   london_day(clock_wall(journal_clock(office.j))), &sum),
                     STATUS_OK);
}

/* As a camera would leave it. */
static void photo_of(struct journal *tablet) {
    uint8_t *bytes = ARENA_ARRAY(&office.memory, uint8_t, PHOTO_BYTES);
    hash256 name;
    for (size_t i = 0; i < PHOTO_BYTES; i++)
        bytes[i] = (uint8_t)(i * 7 + (i >> 9));
    assert_int_equal(blob_put(tablet, bytes, PHOTO_BYTES, &name), STATUS_OK);
    struct row r = row_new(&kind_attachment);
    row_hash(&r, "hash", &name);
    row_text(&r, "sort", "photo");
    assert_int_equal(journal_put_alone(tablet, &r), STATUS_OK);
}

static void office_close(void) {
    journal_close(office.j);
    arena_release(&office.memory);
}

#endif
