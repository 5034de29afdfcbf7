/* test_evidence.c -- photos and voice notes as records: what they belong to, waiting for their
 * form, being claimed, taken back and forgotten; and that no bytes stay of what was dropped.
 *
 * needs: platform app screen model ui media sync care store base
 *
 * The real app with a check that was begun by touch; bytes that stand for pictures are put
 * where shot.c and recorder.c put theirs. "Of what was dropped" is looked for by hash in the
 * database and, on an open one, byte by byte in its files. */
#include "app_hand.h"

#include "app/app_state.h"
#include "app/evidence.h"
#include "model/evidence_load.h"

static struct arena t_arena;
static row_id visit;

static char *begin_check(const char *name) {
    char *dir = arena_strdup(&hand_life, scratch(name));
    hand_new_tablet(dir);
    hand_open(dir);
    PLAY(hand_start_check);
    visit = hand_count("SELECT id FROM visit");
    assert_true(visit > 0);
    return dir;
}

static void end_check(void) {
    laws(app_journal(hand_app));
    hand_close();
    arena_reset(&t_arena);
}

static struct evidence_to to_of(enum evidence_for what, row_id row, const char *item) {
    struct evidence_to to = {.what = (int32_t)what, .visit = visit, .row = row};
    text_copy(to.item, sizeof to.item, item);
    return to;
}

/* As shot.c keeps one: bytes and what names them in one transaction. */
static enum status keep_with(const struct evidence_to *to, const char *bytes,
                             const char *caption, row_id *row) {
    struct journal *j = app_journal(hand_app);
    struct evidence_new e = {.sort = EVIDENCE_PHOTO,
                             .caption = caption,
                             .source = "camera",
                             .type = "image/jpeg",
                             .size = (int64_t)strlen(bytes),
                             .taken = hand_time.wall_ms,
                             .width = 2048,
                             .height = 1536,
                             .nobody = true};
    char *small = arena_printf(&t_arena, "small %s", bytes);
    OK(journal_begin(j));
    enum status s = blob_put(j, bytes, strlen(bytes), &e.hash);
    if (!s) s = blob_put(j, small, strlen(small), &e.thumb);
    if (!s) s = evidence_put(hand_app, to, &e, row);
    if (!s) s = journal_commit(j);
    if (s) journal_rollback(j);
    return s;
}

static row_id keep(const struct evidence_to *to, const char *bytes) {
    row_id row = -1;
    OK(keep_with(to, bytes, "a cord on the floor", &row));
    return row;
}

static bool here(const char *bytes) {
    hash256 h = hash_of(bytes, strlen(bytes));
    return blob_have(app_journal(hand_app), &h);
}

static struct evidence_list waiting(const char *form, const char *item) {
    struct evidence_list l;
    OK(evidence_waiting(app_journal(hand_app), &t_arena, form, visit, item, &l));
    return l;
}

static struct evidence_list of_visit(void) {
    struct evidence_list l;
    OK(evidence_of_visit(app_journal(hand_app), &t_arena, visit, &l));
    return l;
}

static struct evidence_list of_row(row_id row) {
    struct evidence_list l;
    OK(evidence_of_row(app_journal(hand_app), &t_arena, row, &l));
    return l;
}

static void act(const struct intent *in) {
    app_act(hand_app, in);
    assert_int_equal(hand_app->problem.status, STATUS_OK);
}

static row_id observe(const char *item) {
    struct observe_intent o = {
        .visit = visit, .text = "A cord lies on the floor", .item = item};
    act(&(struct intent){.kind = INTENT_observe, .detail = &o});
    return hand_count("SELECT max(id) FROM observation");
}

/* ---- where it belongs ---- */

static void a_place_holds_what_it_is_for(void **state) {
    (void)state;
    for (int what = EVIDENCE_NOTHING; what <= EVIDENCE_AFTER; what++) {
        struct evidence_to to = {.what = what, .visit = 77, .row = 1LL << 41};
        text_copy(to.item, sizeof to.item, "N07");
        struct place p = evidence_place(SCREEN_camera, &to), q = p;
        struct evidence_to back = evidence_of_place(&q);
        assert_int_equal(p.screen, SCREEN_camera);
        assert_true(evidence_same(&to, &back));
        assert_int_equal(evidence_for_word(evidence_what((enum evidence_for)what)), what);
    }
    struct place foreign = {.screen = SCREEN_camera, .row = 5, .word2 = "nonsense"};
    assert_int_equal(evidence_of_place(&foreign).what, EVIDENCE_NOTHING);
}

static void an_item_has_its_photos(void **state) {
    (void)state;
    char *dir = begin_check("item");
    struct evidence_to to = to_of(EVIDENCE_ITEM, 0, "N07");
    row_id first = keep(&to, "photo one"), second = keep(&to, "photo two");
    for (int life = 0; life < 2; life++) {
        struct evidence_list l = of_visit();
        assert_int_equal(l.count, 2);
        assert_int_equal(l.all[0].row, first);
        assert_int_equal(l.all[1].row, second);
        assert_string_equal(l.all[0].item, "N07");
        assert_string_equal(l.all[0].caption, "a cord on the floor");
        assert_string_equal(l.all[0].source, "camera");
        assert_int_equal(l.all[0].visit, visit);
        assert_int_equal(l.all[0].width, 2048);
        assert_true(l.all[0].here && l.all[0].nobody);
        assert_false(hash_is_zero(&l.all[0].thumb));
        if (life) break;
        hand_close();
        hand_open(dir);
    }
    act(&(struct intent){.kind = INTENT_evidence_caption, .row = first, .text = "  the lead "});
    assert_string_equal(of_visit().all[0].caption, "the lead");
    end_check();
}

static void a_photo_of_an_actions_place_and_the_same_place_later(void **state) {
    (void)state;
    begin_check("action");
    struct raise_intent r = {.visit = visit,
                             .service = hand_count("SELECT id FROM service LIMIT 1"),
                             .must = true,
                             .different = "No cord on the floor",
                             .measure = "Seen at three visits",
                             .lane = "this_week",
                             .severity = 2};
    act(&(struct intent){.kind = INTENT_raise, .detail = &r});
    row_id action = hand_count("SELECT max(id) FROM action");
    struct evidence_to marker = to_of(EVIDENCE_ACTION, action, ""),
                       after = to_of(EVIDENCE_AFTER, action, "");
    keep(&marker, "before, blurred");
    hand_time.wall_ms += 60000;
    row_id newest = keep(&marker, "before");
    hand_time.wall_ms += 60000;
    row_id one = keep(&after, "after"), two = keep(&after, "after again");
    struct evidence_list l = of_row(action);
    assert_int_equal(l.count, 4);
    assert_int_equal(l.all[0].before, 0);
    assert_int_equal(l.all[2].row, one);
    assert_int_equal(l.all[2].before, newest);
    assert_int_equal(l.all[3].row, two);
    assert_int_equal(l.all[3].before, newest); /* the first of the pair stays the first */
    /* outside a check: nothing of a sealed one is touched */
    marker.visit = 0;
    row_id alone = keep(&marker, "in the daytime");
    assert_int_equal(query_one_int(app_journal(hand_app), -1,
                                   "SELECT visit IS NULL AND service IS NOT NULL FROM "
                                   "attachment WHERE id = ?1",
                                   1, alone),
                     1);
    end_check();
}

/* ---- waiting ---- */

static void what_waits_is_kept_with_its_form(void **state) {
    (void)state;
    char *dir = begin_check("waits");
    struct evidence_to saw = to_of(EVIDENCE_SAW, 0, "N07"),
                       other = to_of(EVIDENCE_SAW, 0, "N0");
    for (int i = 0; i < 12; i++) /* more than one digit */
        assert_int_equal(keep(&saw, arena_printf(&t_arena, "waiting %d", i)), 0);
    assert_int_equal(keep(&other, "for another item"), 0);
    assert_int_equal(hand_count("SELECT count(*) FROM attachment"), 0);
    hand_close();
    hand_open(dir);
    struct evidence_list l = waiting("saw", "N07");
    assert_int_equal(l.count, 12);
    for (int i = 0; i < 12; i++) {
        assert_int_equal(l.all[i].number, i + 1);
        assert_int_equal(l.all[i].row, 0);
        assert_true(l.all[i].here && l.all[i].nobody);
        assert_string_equal(l.all[i].caption, "a cord on the floor");
        assert_int_equal(l.all[i].height, 1536);
        hash256 h = hash_of(arena_printf(&t_arena, "waiting %d", i),
                            strlen(arena_printf(&t_arena, "waiting %d", i)));
        assert_true(hash_equal(&h, &l.all[i].hash));
    }
    row_id seen = observe("N07");
    assert_int_equal(waiting("saw", "N07").count, 0);
    assert_int_equal(waiting("saw", "N0").count, 1);
    l = of_row(seen);
    assert_int_equal(l.count, 12);
    assert_int_equal(l.all[11].visit, visit);
    assert_int_equal(l.all[11].to, seen);
    assert_string_equal(l.all[11].source, "camera");
    assert_true(l.all[11].here && l.all[11].at > 0);
    end_check();
}

/* The form that could not be kept keeps nothing of it: neither half. */
static void a_failed_form_claims_nothing(void **state) {
    (void)state;
    begin_check("failed");
    struct evidence_to saw = to_of(EVIDENCE_SAW, 0, "N07");
    keep(&saw, "waits on");
    struct journal *j = app_journal(hand_app);
    struct act t = {.app = hand_app, .j = j, .arena = &hand_app->act_arena};
    struct row r = row_new(&kind_observation);
    row_ref(&r, "visit", visit);
    OK(journal_begin(j));
    OK(journal_put(j, &r));
    OK(evidence_claim(&t, EVIDENCE_SAW, visit, "N07", r.id));
    journal_rollback(j);
    assert_int_equal(waiting("saw", "N07").count, 1);
    assert_int_equal(hand_count("SELECT count(*) FROM attachment"), 0);
    assert_true(here("waits on"));
    end_check();
}

static void what_is_dropped_leaves_no_bytes(void **state) {
    (void)state;
    begin_check("dropped");
    struct evidence_to heard = to_of(EVIDENCE_HEARD, 0, ""),
                       item = to_of(EVIDENCE_ITEM, 0, "N07");
    keep(&heard, "only here");
    keep(&heard, "twice here");
    keep(&heard, "twice here");
    keep(&heard, "also kept");
    keep(&item, "also kept");
    struct evidence_remove_intent k = {.to = heard};
    for (k.number = 1; k.number <= 2; k.number++)
        act(&(struct intent){.kind = INTENT_evidence_remove, .detail = &k});
    assert_false(here("only here"));
    assert_false(here("small only here"));
    assert_true(here("twice here")); /* the third still names it */
    struct evidence_list l = waiting("heard", "");
    assert_int_equal(l.count, 2);
    assert_int_equal(l.all[0].number, 3); /* numbers stay */
    for (k.number = 3; k.number <= 4; k.number++)
        act(&(struct intent){.kind = INTENT_evidence_remove, .detail = &k});
    assert_int_equal(waiting("heard", "").count, 0);
    assert_false(here("twice here"));
    assert_true(here("also kept") && here("small also kept"));
    assert_int_equal(evidence_drop(hand_app, &heard, 3), STATUS_NOT_FOUND);
    end_check();
}

/* The store alone, since an erasure comes from an office: what waits goes with its check. */
static void an_erased_check_takes_what_waits(void **state) {
    (void)state;
    struct clock_manual clock = {.wall_ms = NIGHT_0241, .boot_ms = 5};
    struct journal *j = open_device(scratch("office.db"), &clock, "office");
    struct erase_summary gone;
    hash256 names[3];
    row_id visits[2];
    for (int i = 0; i < 2; i++) {
        struct row v = row_new(&kind_visit);
        row_text(&v, "reason", "routine");
        visits[i] = put_alone(j, &v);
    }
    for (int i = 0; i < 3; i++) { /* the third is named by both checks */
        char bytes[32];
        snprintf(bytes, sizeof bytes, "picture %d", i);
        OK(blob_put(j, bytes, strlen(bytes), &names[i]));
    }
    for (int i = 0; i < 2; i++) {
        char *prefix = evidence_draft_prefix(&t_arena, "saw", visits[i], "");
        char *json =
            arena_printf(&t_arena, "{\"hash\":\"%s\",\"thumb\":\"%s\"}",
                         hex_of(&t_arena, names[i].b, 32), hex_of(&t_arena, names[2].b, 32));
        OK(draft_put(j, arena_printf(&t_arena, "%s1", prefix), json, strlen(json)));
    }
    OK(journal_erase(j, visits[0], "asked for", 20800, &gone));
    struct evidence_list l;
    OK(evidence_waiting(j, &t_arena, "saw", visits[0], "", &l));
    assert_int_equal(l.count, 0);
    OK(evidence_waiting(j, &t_arena, "saw", visits[1], "", &l));
    assert_int_equal(l.count, 1);
    assert_false(blob_have(j, &names[0]));
    assert_true(blob_have(j, &names[1]));
    assert_true(blob_have(j, &names[2]));
    laws(j);
    journal_close(j);
    arena_reset(&t_arena);
}

/* ---- taking back ---- */

static void taken_back_and_undone(void **state) {
    (void)state;
    begin_check("undo");
    struct evidence_to item = to_of(EVIDENCE_ITEM, 0, "N07"), saw = to_of(EVIDENCE_SAW, 0, "");
    row_id row = keep(&item, "kept");
    act(&(struct intent){.kind = INTENT_evidence_remove, .row = row, .undo = "shot.kept"});
    int64_t id = hand_app->undo_id;
    assert_int_equal(of_visit().count, 0);
    assert_true(here("kept")); /* history keeps it, and the undo needs it */
    app_undo(hand_app, id);
    assert_int_equal(of_visit().count, 1);
    /* keeping one can be taken back too, wherever it went */
    evidence_kept(hand_app, &item, row, "shot.kept");
    app_undo(hand_app, hand_app->undo_id);
    assert_int_equal(of_visit().count, 0);
    keep(&saw, "waits");
    evidence_kept(hand_app, &saw, 0, "shot.kept");
    app_undo(hand_app, hand_app->undo_id);
    assert_int_equal(waiting("saw", "").count, 0);
    assert_false(here("waits"));
    /* … but not once its form was kept */
    keep(&saw, "waits again");
    evidence_kept(hand_app, &saw, 0, "shot.kept");
    id = hand_app->undo_id;
    row_id seen = observe("");
    app_undo(hand_app, id);
    assert_int_equal(of_row(seen).count, 1);
    assert_true(here("waits again"));
    end_check();
}

/* ---- refused ---- */

static void a_sealed_check_takes_none(void **state) {
    (void)state;
    begin_check("sealed");
    struct evidence_to item = to_of(EVIDENCE_ITEM, 0, "N07"), saw = to_of(EVIDENCE_SAW, 0, "");
    row_id row = 0, seen = observe("");
    keep(&item, "in time");
    OK(evidence_may(hand_app, &item));
    act(&(struct intent){.kind = INTENT_visit_leave, .row = visit});
    act(&(struct intent){.kind = INTENT_visit_seal, .row = visit});
    struct evidence_to late[] = {item, saw, to_of(EVIDENCE_ROW, seen, "")};
    for (int i = 0; i < 3; i++) {
        assert_int_equal(evidence_may(hand_app, &late[i]), STATUS_SEALED);
        assert_int_equal(keep_with(&late[i], "too late", "", &row), STATUS_SEALED);
    }
    assert_false(here("too late")); /* nothing of it stays */
    assert_int_equal(of_visit().count, 1);
    end_check();
}

static void nothing_restricted_has_any(void **state) {
    (void)state;
    begin_check("restricted");
    struct journal *j = app_journal(hand_app);
    struct row f = row_new(&kind_feedback);
    row_int(&f, "restricted", 1);
    row_text(&f, "speaker", "family");
    put_alone(j, &f);
    struct evidence_to at = to_of(EVIDENCE_ROW, f.id, ""),
                       none = to_of(EVIDENCE_NOTHING, 0, ""),
                       gone = to_of(EVIDENCE_ROW, ROW_ID(1, 999999), "");
    row_id row = 0;
    assert_int_equal(keep_with(&at, "a face", "", &row), STATUS_INVALID);
    assert_int_equal(keep_with(&none, "a face", "", &row), STATUS_INVALID);
    assert_int_equal(keep_with(&gone, "a face", "", &row), STATUS_NOT_FOUND);
    assert_false(here("a face"));
    end_check();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_place_holds_what_it_is_for),
        cmocka_unit_test(an_item_has_its_photos),
        cmocka_unit_test(a_photo_of_an_actions_place_and_the_same_place_later),
        cmocka_unit_test(what_waits_is_kept_with_its_form),
        cmocka_unit_test(a_failed_form_claims_nothing),
        cmocka_unit_test(what_is_dropped_leaves_no_bytes),
        cmocka_unit_test(an_erased_check_takes_what_waits),
        cmocka_unit_test(taken_back_and_undone),
        cmocka_unit_test(a_sealed_check_takes_none),
        cmocka_unit_test(nothing_restricted_has_any),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
