/* test_attacks_paper.c -- the copy for the person in charge, attacked by whoever types a
 * worker's name: whole, in parts, with an ending, in every place where words can be typed.
 *
 * needs: platform app screen model ui media sync care store base
 *
 * Read back by poppler; looked for without regard to capitals. */
#include "pdf_asked.h"

#include <ctype.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/evidence_load.h"
#include "paper_night.h"

static struct arena memory;

static char *small_letters(const char *text) {
    char *out = arena_strdup(&memory, text);
    for (char *p = out; *p; p++)
        *p = (char)tolower((unsigned char)*p);
    return out;
}

static const char *const typed[] = {
    "Marigold Penhaligon slept here", "Here Marigold slept",
    "Marigold\xE2\x80\x99s chair",    "the chair of PENHALIGON",
    "the keys (Penhaligon) lay",      "marigold penhaligon again",
    "Ms Penhaligon, at 02:10",        "MARIGOLD/PENHALIGON",
    "told Marigold-Penhaligon"};
#define TYPED (sizeof typed / sizeof typed[0])

static void a_name_in_every_place(void **state) {
    static struct night t;
    (void)state;
    night_open(&t, scratch("names"));
    char *stick = arena_strdup(&memory, scratch("names-stick"));
    assert_int_equal(file_make_dirs(stick), STATUS_OK);
    t.stick = stick;
    struct evidence_to to = {.what = EVIDENCE_ITEM, .visit = t.visit};
    text_copy(to.item, sizeof to.item, "N07");
    night_answer(&t, "N07", "", "not_met", typed[1], 0, NULL);
    for (size_t i = 0; i < TYPED; i++) {
        night_photo(&t, &to, (int)i, 160, 120, typed[i]);
        night_observe(&t, i % 2, typed[i], i % 2 ? 0 : 2, NULL);
    }
    night_raise(&t, "N07", typed[2], true, typed[3]);
    night_sign(&t, "in_charge", WORKER);
    night_sign(&t, "checker", "Marigold");
    struct buf b = {0};
    int pages = 0;
    assert_int_equal(paper_write(t.app, PAPER_HOME, t.visit, &b, &pages), STATUS_OK);
    const char *file = arena_strdup(&memory, scratch("home.pdf"));
    assert_int_equal(file_write(file, b.data, b.size, 0600), STATUS_OK);
    const char *words = small_letters(asked_words(&memory, file, 1, pages));
    const char *facts = small_letters(asked_of(&memory, "pdfinfo", file));
    const char *tree = small_letters(asked_of(&memory, "pdfinfo -struct-text", file));
    assert_non_null(strstr(words, "slept"));
    static const char *const names[] = {"marigold", "penhaligon"};
    for (int i = 0; i < 2; i++) {
        const char *at = strstr(words, names[i]);
        if (at) fail_msg("on the paper: %.60s", at);
        assert_null(strstr(facts, names[i]));
        assert_null(strstr(tree, names[i]));
        assert_null(memmem(b.data, b.size, names[i], strlen(names[i])));
    }
    printf("figure: a worker's name typed in %zu ways at %zu places of a home's copy: on none "
           "of %d "
           "pages\n",
           TYPED, 2 * TYPED + 4, pages);
    buf_release(&b);
    app_close(t.app);
}

/* Somebody put a file, a link and a folder where the paper's name would be. */
static void it_writes_over_nothing(void **state) {
    static struct night t;
    struct stat st;
    (void)state;
    night_open(&t, scratch("over"));
    char *stick = arena_strdup(&memory, scratch("over-stick"));
    assert_int_equal(file_make_dirs(stick), STATUS_OK);
    t.stick = stick;
    char *last = NULL;
    for (int i = 0; i < 4; i++) {
        night_act(
            &t, &(struct intent){
                    .kind = INTENT_paper_make, .row = t.visit, .word = "check", .text = stick});
        for (int k = 0; k < 6 && t.app->scene.job.state == JOB_RUNNING; k++)
            night_frame(&t);
        assert_int_equal(t.app->scene.job.state, JOB_DONE);
        char *path = arena_strdup(&memory, t.app->scene.job.path);
        if (last) assert_string_not_equal(path, last);
        assert_int_equal(lstat(path, &st), 0);
        assert_true(S_ISREG(st.st_mode));
        assert_int_equal(st.st_mode & 0777, 0600);
        if (i == 1) { /* what lies there now is somebody else's */
            assert_int_equal(file_write(path, "mine", 4, 0600), STATUS_OK);
            struct buf b = {0};
            night_act(&t, &(struct intent){.kind = INTENT_paper_make,
                                           .row = t.visit,
                                           .word = "check",
                                           .text = stick});
            for (int k = 0; k < 6 && t.app->scene.job.state == JOB_RUNNING; k++)
                night_frame(&t);
            assert_int_equal(file_read(path, 100, &b), STATUS_OK);
            assert_int_equal(b.size, 4);
            buf_release(&b);
        }
        last = path;
    }
    /* the stick is pulled between the tap and the writing: told, and nothing is made in its
     * place */
    night_act(&t,
              &(struct intent){
                  .kind = INTENT_paper_make, .row = t.visit, .word = "check", .text = stick});
    char *away = arena_printf(&memory, "%s-away", stick);
    if (t.app->scene.job.state == JOB_RUNNING) {
        assert_int_equal(rename(stick, away), 0);
        for (int k = 0; k < 6 && t.app->scene.job.state == JOB_RUNNING; k++)
            night_frame(&t);
        assert_int_equal(t.app->scene.job.state, JOB_FAILED);
        assert_false(file_exists(stick));
    }
    app_close(t.app);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_in_every_place),
        cmocka_unit_test(it_writes_over_nothing),
    };
    int failed = cmocka_run_group_tests_name("attacks_paper", tests, NULL, NULL);
    arena_release(&memory);
    return failed;
}
