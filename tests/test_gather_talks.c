/* test_gather_talks.c -- talks with groups lie side by side; what workers said is never under
 * their talk, and shown together only when five were asked.
 * needs: platform app screen model ui media sync care store base */
#include "gather_hand.h"

#include "app/papers.h"
#include "model/evidence_load.h"
#include "model/past_model.h"
#include "model/picture_model.h"

static int64_t talk(const char *group, const char *words, const char *helped) {
    act((struct intent){.kind = INTENT_room_add, .row = visit, .text2 = "talk"});
    row_id room = count("SELECT id FROM room ORDER BY id DESC LIMIT 1");
    struct answer_intent a = {.visit = visit,
                              .room = room,
                              .item = "DR01",
                              .part = "group",
                              .set_word = true,
                              .word = group};
    act((struct intent){.kind = INTENT_answer, .detail = &a});
    struct answer_intent said = {.visit = visit,
                                 .room = room,
                                 .item = "DR05",
                                 .part = "said",
                                 .set_text = true,
                                 .text = words};
    act((struct intent){.kind = INTENT_answer, .detail = &said});
    struct answer_intent yes = {.visit = visit,
                                .room = room,
                                .item = "DR05",
                                .part = "helped",
                                .set_word = true,
                                .word = helped};
    act((struct intent){.kind = INTENT_answer, .detail = &yes});
    return room;
}

static void go_to(enum screen_id screen) {
    act((struct intent){.kind = INTENT_go, .to = {.screen = (int32_t)screen, .row = visit}});
    frame();
}

static const struct gather_block *block(const char *title) {
    const struct gather *g = (*(const struct walk_model *const *)app->model)->gather;
    for (int i = 0; i < g->blocks_count; i++)
        if (text_equal(g->blocks[i].title, title)) return &g->blocks[i];
    return NULL;
}

static const struct gather_block *block_of(const char *item) {
    const struct walk_model *m = *(const struct walk_model *const *)app->model;
    return block(template_item(m->form, item)->text);
}

static bool in_block(const struct gather_block *k, const char *text) {
    for (int i = 0; k && i < k->rows_count; i++)
        if (strstr(k->rows[i].sub, text)) return true;
    return false;
}

static void groups_lie_side_by_side(void **state) {
    (void)state;
    static const char *const workers[] = {"We were not shown it", "It hung in the office",
                                          "Nobody told nights", "It frightened us",
                                          "It named the laundry"};
    begin_form("DRIVE");
    talk("leaders", "It told us where to start", "yes");
    talk("people", "Nobody explained it to us", "no");
    for (int i = 0; i < 4; i++)
        talk("staff", workers[i], "no");
    go_to(SCREEN_finish);
    const struct gather_block *k = block_of("DR05");
    assert_non_null(k);
    assert_int_equal(k->rows_count, 2); /* no column of four workers */
    assert_true(in_block(k, "It told us where to start"));
    PLAY("expect \"Fewer than five workers were asked\"\nexpect \"Staff: 4\"\n");
    look_everywhere("talks-few");
    for (int i = 0; i < 4; i++)
        assert_false(in_block(k, workers[i]));
    /* not under the talk either, on any page that is read */
    go_to(SCREEN_check);
    for (int i = 0; i < 4; i++)
        assert_false(shows(workers[i]));
    act((struct intent){.kind = INTENT_home});
    act((struct intent){.kind = INTENT_home});
    talk("staff", workers[4], "yes");
    go_to(SCREEN_check);
    k = block_of("DR05");
    assert_int_equal(k->rows_count, 3);
    for (int i = 0; i < 5; i++)
        assert_true(in_block(k, workers[i]));
    /* by the alphabet, not as they came */
    for (int i = 0; i < k->rows_count; i++)
        if (strstr(k->rows[i].sub, workers[0]))
            assert_true(strstr(k->rows[i].sub, workers[3]) <
                        strstr(k->rows[i].sub, workers[0]));
    look_everywhere("talks");
    const struct walk_model *m = *(const struct walk_model *const *)app->model;
    for (int s = 0; s < m->sections_count; s++)
        for (int i = 0; i < m->sections[s].items_count; i++) {
            const struct walk_item *w = &m->sections[s].items[i];
            for (int p = 0; p < w->parts_count; p++)
                if (w->parts[p].answer && w->parts[p].answer->value.text)
                    for (int n = 0; n < 5; n++)
                        assert_null(strstr(w->parts[p].answer->value.text, workers[n]));
        }
    struct buf pdf = {0};
    int pages = 0;
    assert_int_equal(paper_write(app, PAPER_CHECK, visit, &pdf, &pages), STATUS_OK);
    assert_true(pages >= 1);
    buf_release(&pdf);
}

/* Whose talk it was has not been said, or one of two tablets said staff: then it is kept as a
 * worker's is, words, changed words and voices. */
static void a_talk_of_nobody_may_be_a_workers(void **state) {
    (void)state;
    begin_form("DRIVE");
    int64_t leader = talk("leaders", "We began with the rota", "yes");
    int64_t nobody = talk("people", "She shouts at us", "no");
    int64_t worker = talk("staff", "We hide when she comes", "no");
    act((struct intent){.kind = INTENT_answer_clear,
                        .row = count("SELECT id FROM answer WHERE withdrawn = 0 AND part = "
                                     "'group' AND word = 'people'")});
    const int64_t rooms[] = {leader, nobody, worker};
    for (int i = 0; i < 3; i++) {
        struct row r = row_new(&kind_attachment);
        row_ref(&r, "visit", visit);
        row_ref(&r, "room", rooms[i]);
        row_text(&r, "item", "DR05");
        row_text(&r, "sort", "voice");
        row_hash(&r, "hash", &(hash256){{(uint8_t)(i + 1)}});
        put(&r);
    }
    go_to(SCREEN_check);
    assert_true(in_block(block_of("DR05"), "We began with the rota"));
    assert_false(shows("She shouts at us"));
    assert_false(shows("We hide when she comes"));
    const struct walk_model *m = *(const struct walk_model *const *)app->model;
    assert_int_equal(m->evidence.count, 1);
    assert_int_equal(m->evidence.all[0].room, leader);
    struct arena a = {0};
    struct evidence_list told = {0}, all = {0};
    assert_int_equal(evidence_told_of_visit(app_journal(app), &a, visit, &told), STATUS_OK);
    assert_int_equal(evidence_of_visit(app_journal(app), &a, visit, &all), STATUS_OK);
    assert_int_equal(told.count, 1);
    assert_int_equal(all.count, 3); /* whoever leads the talks still has them */
    arena_release(&a);
}

/* A word that only a worker said must not find the check. */
static void a_workers_word_finds_nothing(void **state) {
    (void)state;
    begin_form("DRIVE");
    int64_t worker = talk("staff", "We hide", "no"),
            leader = talk("leaders", "We began", "yes");
    const struct {
        int64_t room;
        const char *note;
    } notes[] = {{worker, "quinceworker"}, {leader, "quinceleader"}};
    for (int i = 0; i < 2; i++) {
        struct answer_intent a = {.visit = visit,
                                  .room = notes[i].room,
                                  .item = "DR05",
                                  .part = "said",
                                  .set_note = true,
                                  .note = notes[i].note};
        act((struct intent){.kind = INTENT_answer, .detail = &a});
    }
    struct row f = row_new(&kind_feedback);
    row_ref(&f, "visit", visit);
    row_text(&f, "speaker", "staff");
    row_text(&f, "text", "quincestaff");
    put(&f);
    act((struct intent){.kind = INTENT_visit_seal, .row = visit});
    act((struct intent){.kind = INTENT_go, .to = {.screen = SCREEN_past}});
    frame();
    const struct past_model *m = app->model;
    assert_int_equal(m->count, 1);
    assert_non_null(strstr(m->checks[0].words, "quinceleader"));
    assert_null(strstr(m->checks[0].words, "quinceworker"));
    assert_null(strstr(m->checks[0].words, "quincestaff"));
}

static row_id photo_in(int64_t room, int n) {
    struct row r = row_new(&kind_attachment);
    row_ref(&r, "visit", visit);
    row_ref(&r, "room", room);
    row_text(&r, "item", "DR05");
    row_text(&r, "sort", "photo");
    row_hash(&r, "hash", &(hash256){{(uint8_t)n}});
    put(&r);
    return r.id;
}

static bool photo_is_shown(row_id photo) {
    act((struct intent){.kind = INTENT_go, .to = {.screen = SCREEN_picture, .row = photo}});
    frame();
    const struct picture_model *m = app->model;
    bool shown = m->there;
    act((struct intent){.kind = INTENT_back});
    return shown;
}

/* What a worker showed is seen by whoever leads the talks, and by nobody once it is closed. */
static void a_closed_talk_shows_no_photo(void **state) {
    (void)state;
    begin_form("DRIVE");
    row_id worker = photo_in(talk("staff", "Look", "no"), 1);
    row_id leader = photo_in(talk("leaders", "See", "yes"), 2);
    assert_true(photo_is_shown(worker) && photo_is_shown(leader));
    act((struct intent){.kind = INTENT_visit_seal, .row = visit});
    assert_false(photo_is_shown(worker));
    assert_true(photo_is_shown(leader));
}

/* As many as a section may have and more: the last is kept as the first is. */
static void the_last_of_many_is_kept_too(void **state) {
    (void)state;
    begin_form("DRIVE");
    for (int i = 0; i < 70; i++)
        talk("staff", i < 69 ? "We were told" : "I was never told", i < 69 ? "yes" : "no");
    int talks = (int)count("SELECT count(*) FROM room WHERE repeat_of = 'talks'");
    go_to(SCREEN_check);
    const struct walk_model *m = *(const struct walk_model *const *)app->model;
    for (int s = 0; s < m->sections_count; s++)
        for (int i = 0; i < m->sections[s].items_count; i++) {
            const struct walk_item *w = &m->sections[s].items[i];
            for (int p = 0; w->room && p < w->parts_count; p++)
                assert_null(w->parts[p].answer);
        }
    const struct gather_block *k = block_of("DR05");
    assert_int_equal(k->rows_count, 1);
    assert_int_equal(k->rows[0].of, talks);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WALK(groups_lie_side_by_side),      WALK(a_talk_of_nobody_may_be_a_workers),
        WALK(a_workers_word_finds_nothing), WALK(a_closed_talk_shows_no_photo),
        WALK(the_last_of_many_is_kept_too),
    };
    return cmocka_run_group_tests_name("talks", tests, NULL, NULL);
}
