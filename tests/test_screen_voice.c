/* test_screen_voice.c -- the recorder as people see it: every state on every window, what each
 * tap asks for, and that nobody is recorded before both answers. The recorder itself is
 * test_recorder's. needs: screen model ui media care store base */
#include "screen_bench.h"

#include "care/consent.h"
#include "model/heard_load.h"
#include "model/heard_model.h"
#include "screen/voice_part.h"

#define NOTES_MOST 4

/* ---- a screen that is nothing but the recorder ---- */

static struct {
    struct evidence notes[NOTES_MOST];
    struct evidence_list list;
    const char *barred;
    bool read_only, sheet;
    int64_t visit;
} alone;

static struct intent draw_alone(struct ui *u, const struct scene *s, void *state,
                                const void *model, rect area) {
    (void)model;
    rect in = rect_inset(area, area.w > 600 ? 100 : 16, 40);
    struct voice_part p = {.u = u,
                           .s = s,
                           .state = state,
                           .to = {.what = EVIDENCE_ITEM, .visit = 7, .item = "N07"},
                           .list = &alone.list,
                           .barred = alone.barred,
                           .read_only = alone.read_only,
                           .ground = COLOR_BG};
    struct intent go = {0};
    rect title = rect_cut_top(&in, 60);
    ui_label(u, title, WORD(s, "voice.title"), &(struct label){.font = FONT_H1});
    if (alone.sheet) {
        struct button b = {.label = voice_button(&p), .key = "open"};
        if (ui_button(u, rect_cut_top(&in, 60), &b)) p.state->open = 1;
        return voice_sheet(&p);
    }
    rect column = ui_scroll_begin(u, in, "alone");
    float top = column.y;
    go = voice_part(&p, &column);
    ui_scroll_end(u, column.y - top);
    return go;
}

static const struct screen screen_alone = {
    .name = "alone", .state_size = sizeof(struct voice_state), .draw = draw_alone};

static enum status load_nothing(const struct load_context *c, struct arena *a,
                                const void **out) {
    (void)c;
    *out = ARENA_NEW(a, int);
    return STATUS_OK;
}

static void speak(struct voice_scene *v, int64_t ms) {
    v->ms = ms;
    v->bytes = ms * 2;
    v->wave_count = 60;
    for (int i = 0; i < v->wave_count; i++)
        v->wave[i] = (uint8_t)(30 + (i * 97 + i * i * 13) % 200);
}

static struct voice_scene scene_of(enum voice_status state) {
    struct voice_scene v = {.state = state,
                            .microphone = true,
                            .speaker = true,
                            .limit_ms = 1800000,
                            .cut_off = "",
                            .problem = ""};
    if (state != VOICE_NONE) {
        v.to = (struct evidence_to){.what = EVIDENCE_ITEM, .visit = 7, .item = "N07"};
        speak(&v, 24000);
    }
    return v;
}

static struct evidence note(int64_t row, int64_t number, int64_t ms) {
    return (struct evidence){.row = row,
                             .number = number,
                             .sort = EVIDENCE_VOICE,
                             .here = true,
                             .item = "",
                             .caption = "",
                             .source = "microphone",
                             .cut_off = "",
                             .type = "audio/ogg",
                             .at = DAY_MS - 60000,
                             .size = ms * 2,
                             .ms = ms};
}

static int clear(void **state) {
    (void)state;
    memset(&alone, 0, sizeof alone);
    alone.list.all = alone.notes;
    return 0;
}

static struct bench *open_alone(struct voice_scene v) {
    struct bench *b =
        bench_open(&screen_alone, load_nothing, (struct place){0}, 800, 1400, false, 1);
    b->voice = v;
    frames(b, 3);
    return b;
}

static const char *said(struct bench *b, const char *part) {
    const struct ui_thing *t;
    size_t n = ui_things(b->ui, &t);
    for (size_t i = 0; i < n; i++)
        if ((t[i].name && strstr(t[i].name, part)) || (t[i].value && strstr(t[i].value, part)))
            return t[i].name;
    return NULL;
}

static bool disabled(struct bench *b, const char *name) {
    const struct ui_thing *t = find(b, "button", name);
    assert_non_null(t);
    return strstr(t->state, "disabled") != NULL;
}

static void the_limit_is_told_before(void **state) {
    (void)state;
    struct bench *b = open_alone(scene_of(VOICE_NONE));
    assert_non_null(said(b, "Tap to record"));
    assert_non_null(said(b, "Up to 30 minutes, about 2 KB a second"));
    tap(b, "button", "Record");
    assert_int_equal(b->last.kind, INTENT_voice_start);
    const struct evidence_to *to = b->last.detail;
    assert_int_equal(to->what, EVIDENCE_ITEM);
    assert_int_equal(to->visit, 7);
    assert_string_equal(to->item, "N07");
    bench_close(b);
}

static void without_a_microphone_it_says_so(void **state) {
    (void)state;
    struct voice_scene v = scene_of(VOICE_NONE);
    v.microphone = false;
    struct bench *b = open_alone(v);
    assert_non_null(said(b, "This tablet has no microphone. Write it instead."));
    assert_true(disabled(b, "Record"));
    tap(b, "button", "Record");
    assert_int_equal(b->last.kind, INTENT_none);
    bench_close(b);
}

static void a_full_tablet_takes_no_note(void **state) {
    (void)state;
    struct bench *b = open_alone(scene_of(VOICE_NONE));
    b->room_state = ROOM_NONE;
    frames(b, 2);
    assert_non_null(said(b, "No new voice notes until there is room. What you write is kept."));
    tap(b, "button", "Record");
    assert_int_equal(b->last.kind, INTENT_none);
    bench_close(b);
}

/* What went wrong the last time does not stand in the way of another try. */
static void a_problem_is_told_and_can_be_tried_again(void **state) {
    (void)state;
    struct voice_scene v = scene_of(VOICE_NONE);
    v.problem = "The microphone does not answer.";
    struct bench *b = open_alone(v);
    assert_non_null(said(b, "The microphone does not answer."));
    tap(b, "button", "Record");
    assert_int_equal(b->last.kind, INTENT_voice_start);
    bench_close(b);
}

static void recording_shows_time_size_pause_and_stop(void **state) {
    (void)state;
    struct bench *b = open_alone(scene_of(VOICE_RECORDING));
    assert_non_null(find(b, "label", "0:24"));
    assert_non_null(find(b, "label", "Recording"));
    assert_non_null(said(b, "48 KB · 29:36 left"));
    assert_null(find(b, "button", "Keep this note"));
    tap(b, "button", "Pause");
    assert_int_equal(b->last.kind, INTENT_voice_pause);
    tap(b, "button", "Stop");
    assert_int_equal(b->last.kind, INTENT_voice_stop);
    b->voice.state = VOICE_PAUSED;
    frames(b, 2);
    assert_non_null(find(b, "label", "Paused"));
    tap(b, "button", "Go on recording");
    assert_int_equal(b->last.kind, INTENT_voice_resume);
    tap(b, "button", "Stop");
    assert_int_equal(b->last.kind, INTENT_voice_stop);
    bench_close(b);
}

static void discarding_is_asked_once(void **state) {
    (void)state;
    struct bench *b = open_alone(scene_of(VOICE_STOPPED));
    tap(b, "button", "Discard");
    assert_int_equal(b->last.kind, INTENT_none);
    frames(b, 2);
    assert_non_null(said(b, "Discard 0:24 of sound? It cannot be brought back."));
    assert_null(find(b, "button", "Keep this note")); /* one thing at a time */
    tap(b, "button", "No");
    assert_int_equal(b->last.kind, INTENT_none);
    frames(b, 2);
    tap(b, "button", "Keep this note");
    assert_int_equal(b->last.kind, INTENT_voice_keep);
    tap(b, "button", "Discard");
    frames(b, 2);
    tap(b, "button", "Yes, away with it");
    assert_int_equal(b->last.kind, INTENT_voice_discard);
    bench_close(b);
}

static void what_ended_it_is_said(void **state) {
    static const struct {
        const char *why, *says;
    } ends[] = {
        {"crash", "The tablet stopped at 3:12. Everything up to then is here."},
        {"microphone", "The microphone was lost at 3:12. Everything up to then is here."},
        {"covered", "Recording ended at 3:12, when the screen was covered. Everything up to "
                    "then is here."},
        {"limit", "A note can be 3:12 long. All of that is here."},
        {"disk", "The tablet was full at 3:12. Everything up to then is here."}};
    (void)state;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct voice_scene v = scene_of(VOICE_STOPPED);
        speak(&v, 192000);
        v.cut_off = ends[i].why;
        struct bench *b = open_alone(v);
        assert_non_null(find(b, "label", ends[i].says));
        assert_non_null(find(b, "button", "Play"));
        assert_non_null(find(b, "button", "Keep this note"));
        bench_close(b);
    }
    assert_int_equal(words_missing(world.words), 0);
}

static void playing(struct bench *b, int64_t row, int64_t number, int64_t at, int64_t of) {
    b->voice.playing = true;
    b->voice.played_row = row;
    b->voice.played_number = number;
    b->voice.play_ms = at;
    b->voice.play_of_ms = of;
    frames(b, 2);
}

static void a_note_plays_on_from_where_it_stood(void **state) {
    (void)state;
    struct bench *b = open_alone(scene_of(VOICE_STOPPED));
    tap(b, "button", "Play");
    assert_int_equal(b->last.kind, INTENT_voice_play);
    assert_null(b->last.detail);
    assert_int_equal(b->last.number, 0);
    playing(b, 0, 0, 7000, 24000);
    assert_non_null(find(b, "label", "0:07"));
    assert_non_null(find(b, "label", "of 0:24"));
    tap(b, "button", "Stop playing");
    assert_int_equal(b->last.kind, INTENT_voice_hush);
    b->voice.playing = false;
    frames(b, 2);
    assert_non_null(find(b, "label", "0:07"));
    assert_non_null(find(b, "label", "of 0:24"));
    tap(b, "button", "Play");
    assert_int_equal(b->last.number, 7000);
    frames(b, 2); /* it played to its end */
    tap(b, "button", "Play");
    assert_int_equal(b->last.number, 0);
    tap(b, "button", "10 seconds on");
    assert_int_equal(b->last.kind, INTENT_voice_play);
    assert_int_equal(b->last.number, 10000);
    playing(b, 0, 0, 15000, 24000);
    tap(b, "button", "10 seconds back");
    assert_int_equal(b->last.kind, INTENT_voice_seek);
    assert_int_equal(b->last.number, 5000);
    bench_close(b);
}

static void the_next_note_begins_at_its_beginning(void **state) {
    (void)state;
    struct bench *b = open_alone(scene_of(VOICE_STOPPED));
    playing(b, 0, 0, 7000, 24000);
    tap(b, "button", "Stop playing");
    b->voice.playing = false;
    frames(b, 2);
    assert_non_null(find(b, "label", "0:07"));
    tap(b, "button", "Discard");
    b->voice = scene_of(VOICE_RECORDING);
    frames(b, 2);
    b->voice = scene_of(VOICE_STOPPED);
    frames(b, 2);
    assert_null(find(b, "label", "0:07"));
    assert_non_null(find(b, "label", "0:24"));
    assert_non_null(find(b, "button", "Keep this note")); /* nothing is asked about it */
    tap(b, "button", "Play");
    assert_int_equal(b->last.number, 0);
    bench_close(b);
}

static const struct ui_thing *seeks(struct bench *b) {
    const struct ui_thing *t;
    size_t n = ui_things(b->ui, &t);
    for (size_t i = 0; i < n; i++)
        if (text_equal(t[i].name, "Where in the note")) return &t[i];
    fail_msg("nothing to look for a place with");
    return NULL;
}

/* Presses at one part of the bar, moves, lifts at another. */
static void drag(struct bench *b, float from, float to) {
    rect r = seeks(b)->r;
    float y = r.y + r.h / 2;
    memset(&b->last, 0, sizeof b->last);
    finger(b, SDL_FINGERDOWN, r.x + r.w * from, y);
    frames(b, 2);
    for (int i = 1; i <= 4; i++) {
        finger(b, SDL_FINGERMOTION, r.x + r.w * (from + (to - from) * (float)i / 4), y);
        frame(b);
    }
    assert_int_equal(b->last.kind, INTENT_none); /* not before it is lifted */
    finger(b, SDL_FINGERUP, r.x + r.w * to, y);
    frames(b, 3);
}

static void a_finger_looks_for_a_place(void **state) {
    (void)state;
    struct bench *b = open_alone(scene_of(VOICE_STOPPED));
    drag(b, 0.2F, 0.5F);
    assert_int_equal(b->last.kind, INTENT_voice_play);
    assert_in_range(b->last.number, 11700, 12300);
    playing(b, 0, 0, 12000, 24000);
    drag(b, 0.5F, 0.25F);
    assert_int_equal(b->last.kind, INTENT_voice_seek);
    assert_in_range(b->last.number, 5700, 6300);
    memset(&b->last, 0, sizeof b->last);
    rect r = seeks(b)->r;
    finger(b, SDL_FINGERDOWN, r.x + r.w * 0.75F, r.y + r.h / 2);
    frames(b, 2);
    finger(b, SDL_FINGERUP, r.x + r.w * 0.75F, r.y + r.h / 2);
    frames(b, 3);
    assert_int_equal(b->last.kind, INTENT_voice_seek);
    assert_in_range(b->last.number, 17700, 18300);
    bench_close(b);
}

static void a_finger_that_scrolls_looks_for_nothing(void **state) {
    (void)state;
    struct bench *b = open_alone(scene_of(VOICE_STOPPED));
    rect r = seeks(b)->r;
    memset(&b->last, 0, sizeof b->last);
    finger(b, SDL_FINGERDOWN, r.x + r.w / 2, r.y + r.h - 4);
    frames(b, 2);
    for (int i = 1; i <= 6; i++) {
        finger(b, SDL_FINGERMOTION, r.x + r.w / 2 + (float)i, r.y + r.h - 20 * (float)i);
        frame(b);
    }
    finger(b, SDL_FINGERUP, r.x + r.w / 2 + 6, r.y - 60);
    frames(b, 3);
    assert_int_equal(b->last.kind, INTENT_none);
    bench_close(b);
}

static void kept_notes_play_and_go(void **state) {
    (void)state;
    alone.notes[0] = note(31, 0, 24000);
    alone.notes[1] = note(0, 2, 61000);
    alone.notes[2] = (struct evidence){.row = 32, .sort = EVIDENCE_PHOTO, .item = ""};
    alone.list.count = 3;
    struct bench *b = open_alone(scene_of(VOICE_NONE));
    assert_int_equal(voice_count(&alone.list), 2);
    assert_non_null(said(b, "48 KB · Sun 22 Nov 13:44"));
    assert_non_null(find(b, "label", "1:01"));
    playing(b, 0, 2, 30000, 61000);
    assert_non_null(find(b, "label", "0:30 of 1:01"));
    assert_null(find(b, "label", "0:30 of 0:24"));
    drag(b, 0.5F, 0.1F);
    assert_int_equal(b->last.kind, INTENT_voice_seek);
    assert_in_range(b->last.number, 5000, 7200);
    b->voice.playing = false;
    frames(b, 2);
    tap(b, "button", "Play"); /* the first of them */
    assert_int_equal(b->last.kind, INTENT_voice_play);
    assert_int_equal(((const struct evidence *)b->last.detail)->row, 31);
    tap(b, "button", "Remove this voice note");
    assert_int_equal(b->last.kind, INTENT_evidence_remove);
    assert_int_equal(b->last.row, 31);
    assert_string_equal(b->last.undo, "voice.removed");
    bench_close(b);
}

static void what_waits_is_asked_for_before_it_goes(void **state) {
    (void)state;
    alone.notes[0] = note(0, 3, 61000);
    alone.list.count = 1;
    struct bench *b = open_alone(scene_of(VOICE_NONE));
    tap(b, "button", "Remove this voice note");
    assert_int_equal(b->last.kind, INTENT_none);
    frames(b, 2);
    assert_non_null(said(b, "Remove 1:01 of sound? It cannot be brought back."));
    tap(b, "button", "Yes, away with it");
    assert_int_equal(b->last.kind, INTENT_evidence_remove);
    const struct evidence_remove_intent *k = b->last.detail;
    assert_int_equal(b->last.row, 0);
    assert_int_equal(k->number, 3);
    assert_string_equal(k->to.item, "N07");
    assert_null(b->last.undo); /* there is none */
    bench_close(b);
}

static void sound_that_is_not_here_is_said(void **state) {
    (void)state;
    alone.notes[0] = note(31, 0, 24000);
    alone.notes[0].here = false;
    alone.list.count = 1;
    alone.read_only = true;
    struct bench *b = open_alone(scene_of(VOICE_NONE));
    assert_non_null(said(b, "The sound is not on this tablet."));
    assert_true(disabled(b, "Play"));
    assert_null(find(b, "button", "Record")); /* read only */
    assert_null(find(b, "button", "Remove this voice note"));
    bench_close(b);
}

static void another_note_is_named_and_led_to(void **state) {
    (void)state;
    struct voice_scene v = scene_of(VOICE_RECORDING);
    v.to = (struct evidence_to){.what = EVIDENCE_HEARD, .visit = 9};
    struct bench *b = open_alone(v);
    assert_non_null(said(b, "A voice note is being recorded for “Heard something”."));
    assert_null(find(b, "button", "Record"));
    assert_null(find(b, "button", "Pause"));
    tap(b, "button", "Go there");
    assert_int_equal(b->last.kind, INTENT_go);
    assert_int_equal(b->last.to.screen, SCREEN_heard);
    assert_int_equal(b->last.to.row, 9);
    tap(b, "button", "Stop");
    assert_int_equal(b->last.kind, INTENT_voice_stop);
    b->voice.state = VOICE_STOPPED;
    frames(b, 2);
    assert_non_null(said(b, "A voice note of 0:24 waits for “Heard something”."));
    tap(b, "button", "Keep it there");
    assert_int_equal(b->last.kind, INTENT_voice_keep);
    tap(b, "button", "Discard");
    frames(b, 2);
    tap(b, "button", "Yes, away with it");
    assert_int_equal(b->last.kind, INTENT_voice_discard);
    bench_close(b);
}

static void what_may_not_be_there_stops_and_goes(void **state) {
    (void)state;
    alone.barred = "heard.voice_no_more";
    alone.notes[0] = note(0, 5, 4000);
    alone.notes[1] = note(0, 6, 4000);
    alone.list.count = 2;
    struct bench *b = open_alone(scene_of(VOICE_RECORDING));
    assert_int_equal(b->last.kind, INTENT_voice_stop); /* by itself */
    b->voice.state = VOICE_STOPPED;
    frames(b, 2);
    memset(&b->last, 0, sizeof b->last);
    frames(b, 2);
    assert_int_equal(b->last.kind, INTENT_none);
    assert_null(find(b, "button", "Keep this note"));
    tap(b, "button", "Discard what was recorded"); /* one tap for all of it */
    assert_int_equal(b->last.kind, INTENT_voice_discard);
    memset(&b->last, 0, sizeof b->last);
    frames(b, 3);
    assert_int_equal(b->last.kind, INTENT_none); /* not again while it is under way */
    b->voice.state = VOICE_NONE;
    frame(b);
    assert_int_equal(b->last.kind, INTENT_evidence_remove);
    assert_int_equal(((const struct evidence_remove_intent *)b->last.detail)->number, 5);
    alone.notes[0] = alone.notes[1];
    alone.list.count = 1;
    frame(b);
    assert_int_equal(((const struct evidence_remove_intent *)b->last.detail)->number, 6);
    alone.list.count = 0;
    frames(b, 2);
    assert_true(disabled(b, "Record"));
    bench_close(b);
}

static void the_sheet_and_its_button(void **state) {
    (void)state;
    alone.sheet = true;
    struct bench *b = open_alone(scene_of(VOICE_NONE));
    tap(b, "button", "Voice");
    frames(b, 60);
    tap(b, "button", "Record");
    assert_int_equal(b->last.kind, INTENT_voice_start);
    b->voice = scene_of(VOICE_RECORDING);
    frames(b, 2);
    assert_non_null(find(b, "button", "Recording 0:24"));
    b->voice = scene_of(VOICE_STOPPED);
    frames(b, 2);
    assert_non_null(find(b, "button", "Voice: not kept yet"));
    b->voice = scene_of(VOICE_NONE);
    alone.notes[0] = note(31, 0, 24000);
    alone.notes[1] = note(32, 0, 24000);
    alone.list.count = 1;
    frames(b, 2);
    assert_non_null(find(b, "button", "Voice: 0:24"));
    alone.list.count = 2;
    frames(b, 2);
    assert_non_null(find(b, "button", "Voice: 2 notes"));
    bench_close(b);
}

static void press(struct bench *b, SDL_Keycode key) {
    SDL_Event e = {0};
    e.key.type = SDL_KEYDOWN;
    e.key.keysym.sym = key;
    ui_event(b->ui, &e);
    frames(b, 2);
    e.key.type = SDL_KEYUP;
    ui_event(b->ui, &e);
    frames(b, 2);
}

static void keys_do_all_of_it(void **state) {
    (void)state;
    struct bench *b = open_alone(scene_of(VOICE_NONE));
    press(b, SDLK_TAB);
    press(b, SDLK_RETURN);
    assert_int_equal(b->last.kind, INTENT_voice_start);
    b->voice = scene_of(VOICE_RECORDING);
    frames(b, 2);
    press(b, SDLK_RETURN); /* the focus stays on the round button */
    assert_int_equal(b->last.kind, INTENT_voice_stop);
    b->voice = scene_of(VOICE_STOPPED);
    frames(b, 2);
    press(b, SDLK_RETURN);
    assert_int_equal(b->last.kind, INTENT_voice_play);
    bench_close(b);
}

/* ---- how it looks ---- */

static struct voice_scene looks_like;
static void put_on(struct bench *b) {
    b->voice = looks_like;
}
static void look_alone(const char *name) {
    look_at(&screen_alone, load_nothing, (struct place){0}, name, put_on);
}

static void every_state_looks_right(void **state) {
    (void)state;
    looks_like = scene_of(VOICE_NONE);
    look_alone("voice-before");
    looks_like.microphone = false;
    look_alone("voice-none");
    looks_like = scene_of(VOICE_RECORDING);
    look_alone("voice-recording");
    looks_like = scene_of(VOICE_PAUSED);
    look_alone("voice-paused");
    alone.notes[0] = note(31, 0, 24000);
    alone.notes[1] = note(0, 2, 1861000);
    alone.notes[1].cut_off = "covered";
    alone.list.count = 2;
    looks_like = scene_of(VOICE_STOPPED);
    looks_like.cut_off = "crash";
    looks_like.playing = true;
    looks_like.play_ms = 9000;
    look_alone("voice-stopped");
    looks_like = scene_of(VOICE_RECORDING);
    looks_like.to.what = EVIDENCE_SAW;
    looks_like.playing = true;
    looks_like.played_number = 2;
    looks_like.play_ms = 900000;
    look_alone("voice-busy");
    looks_like = scene_of(VOICE_STOPPED);
    alone.barred = "heard.voice_no_more";
    look_alone("voice-must-go");
}

static void open_sheet(struct bench *b) {
    b->voice = looks_like;
    frames(b, 2);
    tap(b, "button", "Voice: 2 notes");
    frames(b, 60);
}

static void the_sheet_looks_right(void **state) {
    (void)state;
    alone.sheet = true;
    alone.notes[0] = note(31, 0, 24000);
    alone.notes[1] = note(0, 2, 61000);
    alone.list.count = 2;
    looks_like = scene_of(VOICE_NONE);
    look_at(&screen_alone, load_nothing, (struct place){0}, "voice-sheet", open_sheet);
}

/* ---- whose voice ---- */

static void the_rule_itself(void **state) {
    static const char *const speakers[] = {NULL,      "",         "lives_here",
                                           "family",  "staff",    "professional",
                                           "visitor", "not_said", "showed_us"};
    static const char *const decides[] = {NULL, "", "yes", "not_now"};
    static const char *const consents[] = {NULL, "", "yes", "without_name", "no"};
    int may = 0, asked = 0;
    (void)state;
    for (size_t s = 0; s < sizeof speakers / sizeof *speakers; s++)
        for (size_t d = 0; d < sizeof decides / sizeof *decides; d++)
            for (size_t c = 0; c < sizeof consents / sizeof *consents; c++)
                for (int agreed = 0; agreed < 2; agreed++) {
                    bool got =
                        consent_to_voice(speakers[s], decides[d], consents[c], agreed != 0);
                    bool never = s < 2 || s == 4 || s == 8;
                    assert_int_equal(got, !never && d == 2 && c != 4 && agreed);
                    may += got;
                    asked++;
                }
    printf("figure: %d of %d ways to answer allow a voice note\n", may, asked);
    assert_int_equal(may, 5 * 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_limit_is_told_before, clear),
        cmocka_unit_test_setup(without_a_microphone_it_says_so, clear),
        cmocka_unit_test_setup(a_full_tablet_takes_no_note, clear),
        cmocka_unit_test_setup(a_problem_is_told_and_can_be_tried_again, clear),
        cmocka_unit_test_setup(recording_shows_time_size_pause_and_stop, clear),
        cmocka_unit_test_setup(discarding_is_asked_once, clear),
        cmocka_unit_test_setup(what_ended_it_is_said, clear),
        cmocka_unit_test_setup(a_note_plays_on_from_where_it_stood, clear),
        cmocka_unit_test_setup(the_next_note_begins_at_its_beginning, clear),
        cmocka_unit_test_setup(a_finger_looks_for_a_place, clear),
        cmocka_unit_test_setup(a_finger_that_scrolls_looks_for_nothing, clear),
        cmocka_unit_test_setup(kept_notes_play_and_go, clear),
        cmocka_unit_test_setup(what_waits_is_asked_for_before_it_goes, clear),
        cmocka_unit_test_setup(sound_that_is_not_here_is_said, clear),
        cmocka_unit_test_setup(another_note_is_named_and_led_to, clear),
        cmocka_unit_test_setup(what_may_not_be_there_stops_and_goes, clear),
        cmocka_unit_test_setup(the_sheet_and_its_button, clear),
        cmocka_unit_test_setup(keys_do_all_of_it, clear),
        cmocka_unit_test_setup(every_state_looks_right, clear),
        cmocka_unit_test_setup(the_sheet_looks_right, clear),
        cmocka_unit_test(the_rule_itself),
        cmocka_unit_test(figures),
    };
    return cmocka_run_group_tests_name("screen voice", tests, build_world, end_world);
}
