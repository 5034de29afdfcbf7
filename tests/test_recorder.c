/* test_recorder.c -- voice notes in the real app: kept, discarded, cut off by whatever comes.
 *
 * needs: platform app screen model ui media sync care store base
 *
 * The microphone gives espeak-ng's speech as fast as the test's clock runs. All checks of a
 * tablet need a PIN, so its database is sealed at rest here as it is in a home. */
#include "recorder_hand.h"

static int done(void **state) {
    (void)state;
    if (!hand_app) return 0;
    if (app_journal(hand_app)) laws(app_journal(hand_app));
    hand_close();
    assert_false(mic.open);
    assert_false(loud.open);
    return 0;
}

static void come_back(void) {
    hand_close();
    hand_open(hand_dir);
    frames(2, 100);
}

/* ---- kept, discarded, paused ---- */

static void keep_is_one_record(void **state) {
    int64_t began = hand_time.wall_ms;
    (void)state;
    assert_true(voice()->microphone && voice()->speaker);
    speak_for(7);
    NEAR(voice()->ms, 7000);
    assert_true(voice()->wave_count > 60 && voice()->bytes > 10000);
    assert_int_equal(voice()->limit_ms, VOICE_MOST_MS);
    ASK(stop);
    assert_false(mic.open);
    frames(1, 100);
    assert_int_equal(voice()->state, VOICE_STOPPED);
    assert_string_equal(voice()->cut_off, "");
    int64_t ms = voice()->ms, bytes = voice()->bytes;
    ASK(keep);
    frames(1, 100);
    assert_int_equal(voice()->state, VOICE_NONE);
    assert_int_equal(hand_count(ATTACHED), 1);
    assert_int_equal(hand_count("SELECT count(*) FROM attachment WHERE sort = 'voice' AND type "
                                "= 'audio/ogg' AND source = 'microphone' AND item = '" ITEM
                                "' AND cut_off IS NULL AND visit IS NOT NULL"),
                     1);
    assert_int_equal(hand_count("SELECT ms FROM attachment"), ms);
    assert_int_equal(hand_count("SELECT size FROM attachment"), bytes);
    assert_int_equal(hand_count("SELECT taken FROM attachment"), began);
    assert_int_equal(drafts_left(), 0);
    assert_true(llabs(plays_ms() - ms) <= 1);
    PLAY("tap \"Undo\"\n");
    assert_int_equal(hand_count(ATTACHED), 0);
}

/* What comes out of the journal is what was said. */
static void keeps_the_words(void **state) {
    struct buf b = {0};
    struct voice_reader *r = NULL;
    (void)state;
    speak_for(12);
    ASK(keep); /* stops it by itself */
    kept_bytes(&b);
    OK(voice_read_start(&r, b.data, b.size));
    struct sound out = play_rest(r), heard = to_16k(out.samples, out.n, VOICE_PLAY_RATE);
    struct alike a = compare(&mic.says, &heard);
    printf("figure: from the microphone through the journal: %.3f correlated, %.1f dB apart\n",
           a.correlation, a.decibels);
    assert_true(a.correlation > 0.95 && a.decibels < 3.5);
    voice_read_free(r);
    free(out.samples);
    free(heard.samples);
    buf_release(&b);
}

static void discard_leaves_nothing(void **state) {
    (void)state;
    struct journal_self before, after;
    speak_for(3);
    journal_self(app_journal(hand_app), &before);
    assert_true(drafts_left() > 3);
    ASK(discard); /* while it runs */
    frames(1, 100);
    assert_false(mic.open);
    assert_int_equal(voice()->state, VOICE_NONE);
    assert_int_equal(drafts_left(), 0);
    assert_int_equal(hand_count(ATTACHED), 0);
    journal_self(app_journal(hand_app), &after);
    assert_int_equal(before.head_seq, after.head_seq);
    speak_for(1);
    ASK(stop);
    ASK(discard);
    come_back();
    assert_int_equal(voice()->state, VOICE_NONE);
}

static void pause_and_go_on(void **state) {
    (void)state;
    speak_for(2);
    ASK(pause);
    assert_false(mic.open);
    frames(1, 60000);
    assert_int_equal(voice()->state, VOICE_PAUSED);
    NEAR(voice()->ms, 2000);
    ASK(play); /* what there is so far */
    seconds(1);
    assert_true(voice()->playing);
    ASK(resume);
    assert_false(loud.open); /* it would hear itself */
    assert_true(mic.open);
    seconds(2);
    NEAR(voice()->ms, 4000);
    ASK(keep);
    NEAR(plays_ms(), 4000);
    assert_int_equal(mic.opens, 2);
}

static void one_note_at_a_time(void **state) {
    const struct evidence_to to = for_item();
    (void)state;
    speak_for(2);
    ASK(stop);
    ask(INTENT_voice_start, &to, 0);
    frames(1, 100);
    assert_int_equal(voice()->state, VOICE_STOPPED);
    assert_true(strlen(voice()->problem) > 10);
    NEAR(voice()->ms, 2000);
    const struct intent seal = {.kind = INTENT_visit_seal, .row = to.visit};
    app_act(hand_app, &seal);
    assert_int_equal(hand_count("SELECT count(*) FROM seal"), 0);
    ASK(keep);
    frames(1, 100);
    assert_string_equal(voice()->problem, "");
}

/* ---- what ends it ---- */

/* It stopped by itself, and what there was is still there, now and after a restart. */
static void ended_by(const char *why, int64_t ms) {
    frames(1, 100);
    assert_int_equal(voice()->state, VOICE_STOPPED);
    assert_string_equal(voice()->cut_off, why);
    NEAR(voice()->ms, ms);
    assert_false(mic.open);
    int waves = voice()->wave_count;
    ms = voice()->ms;
    come_back();
    assert_int_equal(voice()->state, VOICE_STOPPED);
    assert_string_equal(voice()->cut_off, why);
    assert_int_equal(voice()->ms, ms);
    assert_int_equal(voice()->wave_count, waves);
    ASK(keep);
    assert_true(llabs(plays_ms() - ms) <= 1);
    struct query q;
    query_open(&q, app_journal(hand_app), "SELECT cut_off FROM attachment", 0);
    assert_true(query_next(&q));
    assert_string_equal(query_text(&q, 0, &hand_life), why);
    OK(query_close(&q));
}

static void cover_ends_it(void **state) {
    (void)state;
    speak_for(3);
    PLAY("key F2\nscreen cover\n");
    assert_false(mic.open); /* at once, not with the next frame */
    seconds(2);
    PLAY("tap \"Covered. Touch to come back.\"\n");
    frames(1, 100);
    ended_by("covered", 3000);
}

static void locking_keeps_it(void **state) {
    (void)state;
    speak_for(3);
    PLAY("key F2\nwait 31s\nscreen lock\n" LET_IN);
    ended_by("covered", 3000);
}

static void hidden_window_ends_it(void **state) {
    (void)state;
    speak_for(2);
    app_hidden(hand_app);
    assert_false(mic.open);
    frames(2, 100);
    PLAY("screen cover\ntap \"Covered. Touch to come back.\"\n");
    ended_by("covered", 2000);
}

static void leaving_the_page_ends_it(void **state) {
    const struct intent home = {.kind = INTENT_home};
    (void)state;
    speak_for(2);
    app_act(hand_app, &home);
    ended_by("", 2000);
}

static void another_holder_ends_it(void **state) {
    (void)state;
    speak_for(2);
    hold_person(hand_app, hand_count("SELECT max(id) FROM person"));
    assert_false(mic.open);
    ended_by("", 2000);
}

static void lost_microphone(void **state) {
    (void)state;
    speak_for(4);
    mic.lost = true;
    frames(2, 100);
    assert_true(strlen(voice()->problem) > 10);
    ended_by("microphone", 4100);
}

static void lost_while_paused(void **state) {
    (void)state;
    speak_for(2);
    ASK(pause);
    mic.there = false;
    ASK(resume);
    ended_by("microphone", 2000);
}

static void no_microphone(void **state) {
    const struct evidence_to to = for_item();
    (void)state;
    mic.there = false;
    come_back();
    assert_false(voice()->microphone);
    ask(INTENT_voice_start, &to, 0);
    frames(1, 100);
    assert_int_equal(voice()->state, VOICE_NONE);
    assert_true(strlen(voice()->problem) > 10);
    mic.there = mic.busy = true;
    ask(INTENT_voice_start, &to, 0);
    frames(1, 100);
    assert_int_equal(voice()->state, VOICE_NONE);
    assert_int_equal(drafts_left(), 0);
    mic.busy = false;
    speak_for(1);
    ASK(discard);
}

/* Half an hour, a minute a frame, and never a sample more. Nobody touches the tablet. */
static void half_an_hour(void **state) {
    struct sound speech = mic.says;
    (void)state;
    mic.says.n = 0;
    speak_for(1);
    frames(28, 60000);
    assert_int_equal(voice()->state, VOICE_RECORDING);
    assert_true(awake_now);
    frames(2, 60000);
    assert_int_equal(voice()->state, VOICE_STOPPED);
    assert_int_equal(voice()->ms, VOICE_MOST_MS);
    assert_string_equal(voice()->cut_off, "limit");
    assert_true(strlen(voice()->problem) > 10);
    assert_false(mic.open);
    assert_int_equal(voice()->wave_count, VOICE_WAVE);
    come_back();
    assert_int_equal(voice()->ms, VOICE_MOST_MS);
    ASK(keep);
    assert_int_equal(hand_count("SELECT ms FROM attachment"), VOICE_MOST_MS);
    assert_int_equal(drafts_left(), 0);
    mic.says = speech;
}

/* Speaking is not touching: recording keeps the cover away, its end lets it come. */
static void idle_cover_waits(void **state) {
    (void)state;
    speak_for(1);
    frames(8, 59000);
    assert_int_equal(voice()->state, VOICE_RECORDING);
    ASK(stop);
    frames(2, 100);
    assert_string_equal(app_screen_name(hand_app), "walk");
    frames(12, 59000);
    assert_string_not_equal(app_screen_name(hand_app), "walk");
    if (!app_journal(hand_app)) PLAY(LET_IN);
}

/* ---- clocks ---- */

static void over_midnight_and_clock_changes(void **state) {
    /* 23:59:58; 02:00 becomes 01:00 on 25 October 2026; 01:00 becomes 02:00 on 28 March 2027 */
    static const int64_t begins[] = {1795391998000, 1792889998000, 1806195598000};
    (void)state;
    for (int i = 0; i < 3; i++) {
        hand_time.wall_ms = begins[i];
        frames(2, 0);
        speak_for(4);
        hand_time.wall_ms += i == 1   ? -3600000
                             : i == 2 ? 3600000
                                      : 0; /* and somebody sets it */
        seconds(2);
        ASK(keep);
        assert_int_equal(hand_count("SELECT taken FROM attachment ORDER BY id DESC LIMIT 1"),
                         begins[i]);
        NEAR(hand_count("SELECT ms FROM attachment ORDER BY id DESC LIMIT 1"), 6000);
        NEAR(plays_ms(), 6000);
    }
}

/* ---- playing ---- */

static void play_seek_cover(void **state) {
    struct evidence e = {0};
    (void)state;
    speak_for(6);
    ASK(keep);
    struct query q;
    size_t n;
    query_open(&q, app_journal(hand_app), "SELECT id, hash FROM attachment", 0);
    assert_true(query_next(&q));
    e.row = query_int(&q, 0);
    memcpy(e.hash.b, query_bytes(&q, 1, &n), 32);
    OK(query_close(&q));
    ask(INTENT_voice_play, &e, 0);
    seconds(2);
    assert_true(voice()->playing);
    assert_int_equal(voice()->played_row, e.row);
    NEAR(voice()->play_of_ms, 6000);
    NEAR(voice()->play_ms, 2000);
    ask(INTENT_voice_seek, NULL, 5000);
    frames(1, 0);
    NEAR(voice()->play_ms, 5000);
    seconds(2);
    assert_false(voice()->playing); /* it came to its end */
    assert_false(loud.open);
    assert_int_equal(voice()->play_ms, 0);
    ask(INTENT_voice_play, &e, 3000);
    seconds(1);
    NEAR(voice()->play_ms, 4000);
    ASK(hush);
    assert_false(loud.open);
    frames(1, 100);
    assert_false(voice()->playing);
    NEAR(voice()->play_ms, 4000);
    ask(INTENT_voice_play, &e, 0);
    frames(3, 100);
    PLAY("key F2\n");
    assert_false(loud.open);
    ask(INTENT_voice_play, &e, 0); /* nothing plays covered */
    frames(2, 100);
    assert_false(loud.open);
    PLAY("tap \"Covered. Touch to come back.\"\n");
    e.hash.b[0] ^= 1;
    ask(INTENT_voice_play, &e, 0);
    frames(1, 100);
    assert_false(voice()->playing);
    assert_true(strlen(voice()->problem) > 10);
    loud.there = false;
    e.hash.b[0] ^= 1;
    ask(INTENT_voice_play, &e, 0);
    frames(1, 100);
    assert_true(strlen(voice()->problem) > 10);
}

/* ---- with the form it is for ---- */

static void the_form_takes_it_along(void **state) {
    struct evidence_to to = {.what = EVIDENCE_SAW};
    (void)state;
    to.visit = hand_count("SELECT id FROM visit");
    struct observe_intent o = {.visit = to.visit, .text = "The light was on.", .item = ""};
    const struct intent in = {.kind = INTENT_observe, .detail = &o, .undo = "common.undo"};
    ask(INTENT_voice_start, &to, 0);
    seconds(3);
    assert_int_equal(voice()->state, VOICE_RECORDING);
    assert_true(recorder_holds(hand_app, EVIDENCE_SAW, to.visit, ""));
    app_act(hand_app, &in);
    assert_false(mic.open);
    frames(1, 100);
    assert_int_equal(voice()->state, VOICE_NONE);
    assert_int_equal(hand_count("SELECT count(*) FROM attachment t JOIN observation o ON "
                                "t.\"to\" = o.id WHERE t.withdrawn = 0 AND t.ms BETWEEN 2900 "
                                "AND 3100"),
                     1);
    assert_int_equal(drafts_left(), 0);
    PLAY("tap \"Undo\"\n");
    assert_int_equal(hand_count(ATTACHED), 0);
}

/* Keep on the voice note itself first: it waits as a draft, and its bytes with it. */
static void it_waits_for_its_form(void **state) {
    struct evidence_to to = {.what = EVIDENCE_SAW};
    (void)state;
    to.visit = hand_count("SELECT id FROM visit");
    struct observe_intent o = {.visit = to.visit, .text = "The light was on.", .item = ""};
    const struct intent in = {.kind = INTENT_observe, .detail = &o};
    ask(INTENT_voice_start, &to, 0);
    seconds(3);
    ASK(keep);
    frames(1, 100);
    assert_int_equal(voice()->state, VOICE_NONE);
    assert_int_equal(hand_count(ATTACHED), 0);
    come_back();
    app_act(hand_app, &in);
    assert_int_equal(hand_count(ATTACHED), 1);
    NEAR(plays_ms(), 3000);
}

int main(void) {
#define ONE(f) cmocka_unit_test_setup_teardown(f, fresh_check, done)
    const struct CMUnitTest tests[] = {
        ONE(keep_is_one_record),
        ONE(keeps_the_words),
        ONE(discard_leaves_nothing),
        ONE(pause_and_go_on),
        ONE(one_note_at_a_time),
        ONE(cover_ends_it),
        ONE(locking_keeps_it),
        ONE(hidden_window_ends_it),
        ONE(leaving_the_page_ends_it),
        ONE(another_holder_ends_it),
        ONE(lost_microphone),
        ONE(lost_while_paused),
        ONE(no_microphone),
        ONE(half_an_hour),
        ONE(idle_cover_waits),
        ONE(over_midnight_and_clock_changes),
        ONE(play_seek_cover),
        ONE(the_form_takes_it_along),
        ONE(it_waits_for_its_form),
    };
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    setenv("SDL_RENDER_DRIVER", "software", 1);
    int failed = cmocka_run_group_tests(tests, first_check, NULL);
    free(mic.says.samples);
    arena_release(&hand_life);
    return failed;
}
