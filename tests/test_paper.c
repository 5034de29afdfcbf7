/* test_paper.c -- the papers of a night: what stands on them, and what must not. A worker's
 * name, a worker's words and things in confidence are planted in the check; the bytes are read
 * back by poppler. needs: platform app screen model ui media sync care store base
 *
 * The driven part goes through the screen with a finger: choosing the copy, where to, what came
 * of it. */
#include "pdf_asked.h"

#include <unistd.h>

#include "model/evidence_load.h"
#include "paper_night.h"
#include "platform/linux/script.h"

static struct arena memory;
static int opened;

static struct night *open_night(bool whole) {
    static struct night t;
    const char *dir = scratch(arena_printf(&memory, "night-%d", opened++));
    if (whole) {
        night_whole(&t, dir, 640, 480);
    } else {
        night_open(&t, dir);
    }
    const char *stick = scratch(arena_printf(&memory, "stick-%d", opened));
    assert_int_equal(file_make_dirs(stick), STATUS_OK);
    t.stick = arena_strdup(&memory, stick);
    return &t;
}

static const char *make(struct night *t, enum paper_copy copy, row_id row, int *pages) {
    struct buf b = {0};
    const char *file =
        arena_strdup(&memory, scratch(arena_printf(&memory, "paper-%d.pdf", (int)copy)));
    enum status s = paper_write(t->app, copy, row, &b, pages);
    if (s) fail_msg("%s %s", status_key(s), status_detail());
    assert_int_equal(file_write(file, b.data, b.size, 0600), STATUS_OK);
    buf_release(&b);
    asked_fonts(&memory, file);
    return file;
}

static enum status refused(struct night *t, enum paper_copy copy, row_id row) {
    struct buf b = {0};
    int pages;
    enum status s = paper_write(t->app, copy, row, &b, &pages);
    assert_int_equal(b.size, 0);
    buf_release(&b);
    return s;
}

static int pictures_in(const char *file) {
    const char *list = asked_of(&memory, "pdfimages -list", file);
    int n = 0;
    for (const char *p = strstr(list, " image "); p; p = strstr(p + 1, " image "))
        n++;
    return n;
}

/* ---- the full copy ---- */

static void page_one_is_enough(void **state) {
    (void)state;
    struct night *t = open_night(true);
    night_seal(t);
    int pages = 0;
    const char *file = make(t, PAPER_CHECK, t->visit, &pages);
    const char *one = asked_words(&memory, file, 1, 1);
    static const char *const there[] = {"Night spot check",
                                        "Oak House · Sun 22 Nov 2026, 02:41 – 03:",
                                        "Checker: Quality lead",
                                        "Nobody was told beforehand",
                                        "5 good things",
                                        "1 critical",
                                        "1 duty to decide",
                                        "Critical: Medicines are locked away",
                                        "Made safe at",
                                        "Notice to CQC: decide by",
                                        "Before tonight",
                                        "maintenance",
                                        "no action yet",
                                        "What was good",
                                        "A calm house. People slept.",
                                        "Who was told"};
    for (size_t i = 0; i < sizeof there / sizeof there[0]; i++)
        assert_true(asked_has(one, there[i]));
    assert_true(asked_lacks(one, "DRAFT"));
    night_close(t);
}

static void the_full_copy_holds_everything_it_should(void **state) {
    (void)state;
    struct night *t = open_night(true);
    night_seal(t);
    night_act(t, &(struct intent){.kind = INTENT_addendum,
                                  .row = t->visit,
                                  .text = "The panel was mended at noon."});
    int pages = 0;
    const char *file = make(t, PAPER_CHECK, t->visit, &pages);
    const char *all = asked_words(&memory, file, 1, pages);
    static const char *const there[] = {"Two charts were filled in for 04:00 at 02:55.",
                                        "Trolley, keys in the lock",
                                        "The same door from inside",
                                        "Bath panel",
                                        "The medicines keys are on one person, all night",
                                        "by Sun 22 Nov 2026, 21:00",
                                        "How we will know: Seen on two nights by somebody else",
                                        "Voice note, 42 s",
                                        "£5 says so",
                                        "[name left out] would like a night light",
                                        "She knew about the door.",
                                        "The door was reported last week.",
                                        "I was told this. Signing doesn't mean I agree.",
                                        "4 of 9 looked at",
                                        "1 critical",
                                        "Not looked at, and why",
                                        "The panel was mended at noon.",
                                        WORKER,
                                        "The home's copy",
                                        "The low light in the corridor"};
    for (size_t i = 0; i < sizeof there / sizeof there[0]; i++)
        assert_true(asked_has(all, there[i]));
    assert_true(asked_lacks(all, CONFIDED));
    assert_true(asked_lacks(all, STAFF_SAID));
    assert_true(asked_lacks(all, "ZZ99"));
    assert_true(asked_lacks(all, "Threadgold"));
    assert_true(asked_lacks(all, "%"));
    assert_int_equal(pictures_in(file), 9); /* the tenth belongs to the action's own paper */
    night_close(t);
}

static void every_page_has_its_number_and_the_seal(void **state) {
    (void)state;
    struct night *t = open_night(true);
    int pages = 0;
    const char *draft = make(t, PAPER_CHECK, t->visit, &pages);
    for (int i = 1; i <= pages; i++)
        assert_true(asked_has(asked_words(&memory, draft, i, i), "DRAFT"));
    night_seal(t);
    const char *file = make(t, PAPER_CHECK, t->visit, &pages);
    struct query q;
    char groups[HASH_BYTES * 3] = "";
    query_open(&q, t->app->j, "SELECT head_hash FROM seal", 0);
    assert_true(query_next(&q));
    size_t n;
    const uint8_t *h = query_bytes(&q, 0, &n);
    assert_int_equal(n, HASH_BYTES);
    for (size_t i = 0; i < n; i++)
        snprintf(groups + strlen(groups), 4, "%s%02x", i && i % 2 == 0 ? " " : "", h[i]);
    assert_int_equal(query_close(&q), STATUS_OK);
    for (int i = 1; i <= pages; i++) {
        const char *text = asked_words(&memory, file, i, i);
        assert_true(asked_has(text, arena_printf(&memory, "Page %d of %d", i, pages)));
        assert_true(asked_has(text, groups));
        assert_true(asked_has(text, "Sealed Sun 22 Nov 2026"));
        assert_true(asked_lacks(text, "DRAFT"));
    }
    const char *info = asked_of(&memory, "pdfinfo", file);
    assert_true(asked_has(info, arena_printf(&memory, "Pages:           %d", pages)));
    assert_true(asked_has(info, "Oak House: full copy of a check"));
    assert_true(asked_has(info, "Tagged:          yes"));
    struct buf b = {0};
    assert_int_equal(file_read(file, 50000000, &b), STATUS_OK);
    assert_non_null(memmem(b.data, b.size, "/Lang (en-GB)", 13));
    buf_release(&b);
    night_close(t);
}

static void same_records_same_bytes(void **state) {
    (void)state;
    struct night *t = open_night(true);
    struct buf b[2] = {{0}, {0}};
    int pages;
    for (int i = 0; i < 2; i++)
        assert_int_equal(paper_write(t->app, PAPER_CHECK, t->visit, &b[i], &pages), STATUS_OK);
    assert_int_equal(b[0].size, b[1].size);
    assert_memory_equal(b[0].data, b[1].data, b[0].size);
    buf_release(&b[0]);
    buf_release(&b[1]);
    night_close(t);
}

/* ---- the home's copy ---- */

static void the_home_copy_names_nobody(void **state) {
    (void)state;
    struct night *t = open_night(true);
    night_seal(t);
    int pages = 0;
    const char *file = make(t, PAPER_HOME, t->visit, &pages);
    const char *all = asked_words(&memory, file, 1, pages);
    static const char *const there[] = {
        "Copy for the person in charge",
        "A worker sat with a restless person until she slept.",
        "Keys in the trolley while nobody stood there. night care worker took them at once.",
        "What must be safe before I go",
        "What else needs putting right",
        "Front door, not on the latch",
        "At night it can be such a long time.",
        "Person in charge: signed",
        "Checker: signed",
        "The door was reported last week.",
        "maintenance",
        "quality lead"};
    static const char *const not_there[] = {"Marigold",
                                            "Penhaligon",
                                            "Threadgold",
                                            CONFIDED,
                                            STAFF_SAID,
                                            "over her head",
                                            "dozed",
                                            "Chair in the lounge",
                                            "Voice note",
                                            "Notice to CQC",
                                            "She knew about the door",
                                            "ZZ99",
                                            "%",
                                            "paid to be awake"};
    for (size_t i = 0; i < sizeof there / sizeof there[0]; i++)
        assert_true(asked_has(all, there[i]));
    for (size_t i = 0; i < sizeof not_there / sizeof not_there[0]; i++)
        assert_true(asked_lacks(all, not_there[i]));
    assert_true(strstr(all, "A worker sat with") < strstr(all, "Keys in the trolley"));
    struct buf b = {0}; /* nor in the file's own words: title, outline, captions read aloud */
    assert_int_equal(file_read(file, 50000000, &b), STATUS_OK);
    assert_null(memmem(b.data, b.size, "4D0061007200690067006F006C0064", 30));
    assert_null(memmem(b.data, b.size, "Marigold", 8));
    buf_release(&b);
    night_close(t);
}

static void after_a_danger_it_is_held_back(void **state) {
    (void)state;
    struct night *t = open_night(false);
    night_observe(t, false, "Somebody lay on the floor", 4, "SAF-S4");
    assert_int_equal(refused(t, PAPER_HOME, t->visit), STATUS_SEALED);
    int pages = 0;
    const char *full = asked_words(&memory, make(t, PAPER_CHECK, t->visit, &pages), 1, 1);
    assert_true(asked_has(full, "02:42 Somebody lay on the floor. Not yet safe. 0 calls"));
    night_act(t, &(struct intent){
                     .kind = INTENT_visit_copy, .row = t->visit, .word = "decided_give"});
    assert_true(asked_has(asked_words(&memory, make(t, PAPER_HOME, t->visit, &pages), 1, 1),
                          "Somebody lay on the floor"));
    night_act(t, &(struct intent){.kind = INTENT_visit_copy, .row = t->visit, .word = "held"});
    assert_int_equal(refused(t, PAPER_HOME, t->visit), STATUS_SEALED);
    night_close(t);
}

/* ---- the others ---- */

static void an_action_with_its_places_before_and_after(void **state) {
    (void)state;
    struct night *t = open_night(true);
    night_act(t, &(struct intent){.kind = INTENT_step,
                                  .row = t->action,
                                  .other = t->visit,
                                  .word = "update",
                                  .text = WORKER " has a hook for the keys now"});
    struct evidence_to after = {.what = EVIDENCE_AFTER, .row = t->action};
    night_photo(t, &after, 11, 640, 480, "A hook inside the door");
    int pages = 0;
    const char *file = make(t, PAPER_ACTION, t->action, &pages);
    const char *all = asked_words(&memory, file, 1, pages);
    assert_true(asked_has(all, "The medicines keys are on one person, all night"));
    assert_true(asked_has(all, "Where the keys were"));
    assert_true(asked_has(all, "A hook inside the door"));
    assert_true(asked_has(all, "Before"));
    assert_true(asked_has(all, "After"));
    assert_true(asked_has(all, "night care worker has a hook for the keys now"));
    assert_true(asked_lacks(all, "Marigold"));
    assert_int_equal(pictures_in(file), 2);
    assert_int_equal(refused(t, PAPER_ACTION,
                             night_find(t, "SELECT id FROM action WHERE reference = 'ZZ99'")),
                     STATUS_INVALID);
    night_close(t);
}

static void feedback_but_never_a_workers(void **state) {
    (void)state;
    struct night *t = open_night(true);
    int pages = 0;
    const char *all = asked_words(&memory, make(t, PAPER_SAID, t->quote, &pages), 1, 1);
    assert_true(asked_has(all, "“At night it can be such a long time. "));
    assert_true(asked_has(all, "A worry"));
    assert_true(asked_has(all, "Family or friend"));
    assert_true(asked_has(all, "Voice note, 42 s"));
    assert_int_equal(refused(t, PAPER_SAID, t->staff_voice), STATUS_INVALID);
    assert_int_equal(
        refused(t, PAPER_SAID, night_find(t, "SELECT id FROM feedback WHERE restricted = 1")),
        STATUS_INVALID);
    assert_int_equal(
        refused(t, PAPER_SAID, night_find(t, "SELECT id FROM feedback WHERE consent = 'no'")),
        STATUS_INVALID);
    assert_int_equal(refused(t, PAPER_SAID, 12345), STATUS_NOT_FOUND);
    assert_int_equal(refused(t, PAPER_CHECK, 12345), STATUS_NOT_FOUND);
    assert_int_equal(refused(t, PAPER_ACTION, 12345), STATUS_INVALID);
    night_close(t);
}

/* ---- photos that are not here any more ---- */

static void freed_and_broken_photos(void **state) {
    (void)state;
    struct night *t = open_night(true);
    struct evidence_list l = {0};
    struct buf b = {0};
    assert_int_equal(evidence_of_visit(t->app->j, &memory, t->visit, &l), STATUS_OK);
    const struct evidence *photo = NULL;
    for (int i = 0; i < l.count; i++)
        if (l.all[i].sort == EVIDENCE_PHOTO && text_equal(l.all[i].caption, "Bath panel"))
            photo = &l.all[i];
    assert_non_null(photo);
    assert_int_equal(blob_drop(t->app->j, &photo->hash), STATUS_OK);
    struct evidence_to to = night_item(t, "N02");
    night_attach(t, &to, "no picture at all", 17, NULL,
                 (struct evidence_new){.sort = EVIDENCE_PHOTO,
                                       .caption = "Broken one",
                                       .source = "file",
                                       .type = "image/jpeg"});
    int pages = 0;
    const char *file = make(t, PAPER_CHECK, t->visit, &pages);
    const char *all = asked_words(&memory, file, 1, pages);
    assert_true(asked_has(all, "The picture is with the office."));
    assert_true(asked_has(all, "This picture cannot be shown."));
    assert_int_equal(pictures_in(file), 9); /* the freed one small */
    asked_of(&memory, "pdftoppm -r 20 -png -l 1", file);
    buf_release(&b);
    night_close(t);
}

/* ---- with a finger ---- */

static bool play(struct night *t, const char *lines) {
    const char *path = scratch("lines.txt");
    assert_int_equal(file_write(path, lines, strlen(lines), 0600), STATUS_OK);
    return script_run(t->app, &(struct script_options){.path = path,
                                                       .shots = scratch("shots"),
                                                       .clock = &t->time}) == 0;
}

static void go(struct night *t, row_id row, const char *what) {
    struct intent in = {.kind = INTENT_go, .to = {.screen = SCREEN_paper, .row = row}};
    text_copy(in.to.word, sizeof in.to.word, what);
    night_act(t, &in);
}

static void the_screen_makes_it_and_hands_it_on(void **state) {
    (void)state;
    struct night *t = open_night(true);
    const char *copies = "SELECT count(*) FROM event WHERE sort = 'copy'";
    go(t, t->visit, "check");
    assert_true(play(
        t,
        "screen paper\nexpect \"says DRAFT on every page\"\n"
        "tap \"Make this paper\" in \"To leave here\"\nexpect \"Anybody who has this file\"\n"
        "tap \"stick\"\nsend\nexpect \"The paper is ready\"\n"
        "expect \"lantern-oak-house-2026-11-21-home.pdf\"\n"
        "tap \"Share\"\n"));
    assert_int_equal(night_find(t, copies), 1);
    assert_int_equal(night_find(t, "SELECT count(*) FROM visit WHERE held_back = 'given'"), 1);
    assert_non_null(t->shared);
    assert_string_equal(
        t->shared, arena_printf(&memory, "%s/lantern-oak-house-2026-11-21-home.pdf", t->stick));
    assert_true(file_size(t->shared) > 10000);
    assert_true(play(t, "tap \"Make this paper\" in \"To leave here\"\ntap \"stick\"\nsend\n"
                        "expect \"lantern-oak-house-2026-11-21-home-2.pdf\"\n"
                        "tap \"Make this paper\" in \"For the provider\"\ntap \"stick\"\nsend\n"
                        "expect \"lantern-oak-house-2026-11-21-full.pdf\"\n"));
    char **names;
    size_t n;
    assert_int_equal(dir_list(&memory, t->stick, NULL, &names, &n), STATUS_OK);
    assert_int_equal(n, 3); /* nothing half-made beside them */
    go(t, t->action, "action");
    assert_true(
        play(t, "tap \"Make this paper\"\ntap \"stick\"\nsend\nexpect \"-action.pdf\"\n"));
    go(t, t->quote, "feedback");
    assert_true(
        play(t, "tap \"Make this paper\"\ntap \"stick\"\nsend\nexpect \"-said.pdf\"\n"));
    go(t, t->staff_voice, "feedback");
    assert_true(play(t, "expect \"there is no paper of it\"\nabsent \"Make this paper\"\n"));
    night_close(t);
}

static void a_stick_that_is_gone_is_told(void **state) {
    (void)state;
    struct night *t = open_night(true);
    go(t, t->visit, "check");
    assert_true(play(t, "tap \"Make this paper\" in \"For the provider\"\n"));
    assert_int_equal(rmdir(t->stick), 0);
    assert_true(
        play(t, "tap \"stick\"\nsend\nexpect \"not there any more\"\nabsent \"Share\"\n"));
    assert_false(file_is_dir(t->stick));
    night_close(t);
}

static void held_back_on_the_screen(void **state) {
    (void)state;
    struct night *t = open_night(false);
    night_observe(t, false, "Somebody lay on the floor", 4, "SAF-S4");
    go(t, t->visit, "check");
    assert_true(play(t, "screen paper\nexpect \"held back unless you decide otherwise\"\n"
                        "tap \"Give it all the same\"\n"
                        "tap \"Make this paper\" in \"To leave here\"\ntap \"stick\"\nsend\n"
                        "expect \"The paper is ready\"\n"));
    assert_int_equal(
        night_find(t, "SELECT count(*) FROM visit WHERE held_back = 'decided_give'"), 1);
    night_close(t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(page_one_is_enough),
        cmocka_unit_test(the_full_copy_holds_everything_it_should),
        cmocka_unit_test(every_page_has_its_number_and_the_seal),
        cmocka_unit_test(same_records_same_bytes),
        cmocka_unit_test(the_home_copy_names_nobody),
        cmocka_unit_test(after_a_danger_it_is_held_back),
        cmocka_unit_test(an_action_with_its_places_before_and_after),
        cmocka_unit_test(feedback_but_never_a_workers),
        cmocka_unit_test(freed_and_broken_photos),
        cmocka_unit_test(the_screen_makes_it_and_hands_it_on),
        cmocka_unit_test(a_stick_that_is_gone_is_told),
        cmocka_unit_test(held_back_on_the_screen),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_release(&memory);
    return failed;
}
