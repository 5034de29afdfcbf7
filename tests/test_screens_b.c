/* test_screens_b.c -- Home, seen, heard, actions and who I am, drawn offscreen over a made-up
 * season; needs: app screen model ui media care sync store base
 *
 * Each screen is loaded by its own loader from a journal that the season wrote, drawn at
 * tablet, portrait and phone size, by day and by night and at twice the text size. Held for
 * every one: no word is missing, nothing that answers to a finger is smaller than 48 dp, no
 * writing is fainter than 4.5 to 1, nothing hangs out of the window. With LANTERN_SHOTS=DIR the
 * pictures are kept for people to look at. */
#include "support.h"

#include <SDL2/SDL.h>

#include "app/app_state.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "model/action_load.h"
#include "model/action_rows.h"
#include "model/actions_load.h"
#include "model/actions_model.h"
#include "model/heard_load.h"
#include "model/heard_model.h"
#include "model/home_load.h"
#include "model/home_model.h"
#include "model/identity_load.h"
#include "model/raise_load.h"
#include "model/raise_model.h"
#include "model/reference.h"
#include "model/saw_load.h"
#include "model/saw_model.h"
#include "model/season.h"
#include "screen/screen.h"
#include "store/query.h"

#define FORMS_MOST 64
#define NIGHT_MS   1795315260000LL /* Sun 22 Nov 2026 02:41 in London */
#define DAY_MS     1795355100000LL /* Sun 22 Nov 2026 13:45 */

typedef enum status (*loader)(const struct load_context *c, struct arena *a, const void **out);

struct world {
    struct journal *j;
    struct clock_manual time;
    struct words *words;
    struct framework *framework;
    struct template *forms[FORMS_MOST];
    size_t forms_count;
    struct arena memory, screen;
    row_id service, holder;
};
static struct world world;

static const struct template *form_of(void *ctx, row_id visit) {
    struct world *w = ctx;
    struct query q;
    const char *code = "";
    query_open(&q, w->j, "SELECT template FROM visit WHERE id = ?1", 1, visit);
    if (query_next(&q)) code = query_text(&q, 0, &w->memory);
    assert_int_equal(query_close(&q), STATUS_OK);
    for (size_t i = 0; i < w->forms_count; i++)
        if (text_equal(w->forms[i]->code, code)) return w->forms[i];
    return NULL;
}

/* Twenty minutes into a night check: five core questions answered, so that there is something
 * to carry on. */
static void begin_a_check(void) {
    const struct template *night = NULL;
    struct row v = row_new(&kind_visit);
    for (size_t i = 0; i < world.forms_count; i++)
        if (text_equal(world.forms[i]->code, "NIGHT")) night = world.forms[i];
    assert_non_null(night);
    row_ref(&v, "service", world.service);
    row_text(&v, "template", "NIGHT");
    row_text(&v, "length", "core");
    row_int(&v, "started", NIGHT_MS - 1200000);
    row_int(&v, "night", london_night(NIGHT_MS));
    row_int(&v, "unannounced", 1);
    assert_int_equal(journal_begin(world.j), STATUS_OK);
    assert_int_equal(journal_put(world.j, &v), STATUS_OK);
    for (int i = 0, n = 0; i < night->items_count && n < 5; i++) {
        if (!text_equal(night->items[i].module, "core")) continue;
        struct row a = row_new(&kind_answer);
        row_ref(&a, "visit", v.id);
        row_text(&a, "item", night->items[i].id);
        row_text(&a, "part", night->items[i].parts[0].id);
        row_text(&a, "text", "seen");
        assert_int_equal(journal_put(world.j, &a), STATUS_OK);
        n++;
    }
    assert_int_equal(journal_commit(world.j), STATUS_OK);
}

static int build_world(void **state) {
    struct world *w = &world;
    struct reference_summary added;
    struct season_summary made;
    char **names;
    size_t n;
    (void)state;
    w->time = (struct clock_manual){.wall_ms = NIGHT_MS - 91LL * 86400000, .boot_ms = 1000};
    assert_int_equal(words_load(&w->words, "assets/words/en"), STATUS_OK);
    assert_int_equal(framework_load(&w->framework, "assets/frameworks/cqc-saf-2024-12.json"),
                     STATUS_OK);
    assert_int_equal(dir_list(&w->memory, "assets/templates", ".json", &names, &n), STATUS_OK);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(template_load(&w->forms[w->forms_count++],
                                       path_join(&w->memory, "assets/templates", names[i])),
                         STATUS_OK);
    assert_int_equal(
        journal_open(&w->j, &(struct journal_options){.path = scratch("lantern.db"),
                                                      .clock = clock_manual(&w->time),
                                                      .device_name = "Tablet",
                                                      .device_role = "tablet"}),
        STATUS_OK);
    assert_int_equal(reference_add_file(w->j, "assets/sample/sample.json", &added), STATUS_OK);
    assert_int_equal(season_make(w->j,
                                 &(struct season_options){
                                     .seed = 20,
                                     .clock = &w->time,
                                     .from_ms = w->time.wall_ms,
                                     .until_ms = NIGHT_MS - 3600000,
                                     .checks = 40,
                                     .phrases = "assets/sample/season.json",
                                     .templates = (const struct template *const *)w->forms,
                                     .templates_count = w->forms_count,
                                     .leave_one_open = true},
                                 &made),
                     STATUS_OK);
    w->time.wall_ms = NIGHT_MS;
    w->service = query_one_int(w->j, 0, "SELECT id FROM service WHERE code = 'OAK'", 0);
    w->holder = query_one_int(
        w->j, 0, "SELECT id FROM person WHERE side = 'provider' ORDER BY label LIMIT 1", 0);
    journal_hold(w->j, w->holder);
    begin_a_check();
    printf("figure: a season of %lld records, %lld checks, %lld actions\n",
           (long long)made.records, (long long)made.checks, (long long)made.actions);
    return 0;
}

static int end_world(void **state) {
    struct world *w = &world;
    (void)state;
    journal_close(w->j);
    for (size_t i = 0; i < w->forms_count; i++)
        template_close(w->forms[i]);
    framework_close(w->framework);
    words_close(w->words);
    arena_release(&w->memory);
    arena_release(&w->screen);
    return 0;
}

static struct load_context context(int64_t now, const struct place *p) {
    struct world *w = &world;
    struct civil c = civil_london(now);
    return (struct load_context){.j = w->j,
                                 .words = w->words,
                                 .framework = w->framework,
                                 .templates = (const struct template *const *)w->forms,
                                 .templates_count = w->forms_count,
                                 .wall_ms = now,
                                 .boot_ms = 5000,
                                 .service = w->service,
                                 .row = p->row,
                                 .other = p->other,
                                 .word = p->word,
                                 .word2 = p->word2,
                                 .night = c.hour >= 21 || c.hour < 7,
                                 .template_of = form_of,
                                 .ctx = w};
}

/* ---- one screen on a bench: its model, its state, a window
 * --------------------------------------------------------- */

struct bench {
    struct ui *ui;
    const struct screen *screen;
    loader load;
    struct place place;
    const void *model;
    int64_t now, boot;
    _Alignas(16) unsigned char state[SCREEN_STATE_MAX];
    struct intent last;
    struct arena kept;
};

static struct bench *bench_open(const struct screen *screen, loader load, struct place place,
                                float w, float h, bool night, float text) {
    static struct bench b;
    b = (struct bench){.screen = screen, .load = load, .place = place, .boot = 1000};
    b.now = night ? NIGHT_MS : DAY_MS;
    world.time.wall_ms = b.now;
    assert_int_equal(ui_open(&b.ui, &(struct ui_options){.assets = "assets",
                                                         .title = "test",
                                                         .width_dp = w,
                                                         .height_dp = h,
                                                         .scale = 1,
                                                         .offscreen = true}),
                     STATUS_OK);
    ui_set_words(b.ui, world.words);
    ui_set_theme(b.ui, night);
    ui_set_text_scale(b.ui, text);
    struct load_context c = context(b.now, &b.place);
    arena_reset(&world.screen);
    assert_int_equal(load(&c, &world.screen, &b.model), STATUS_OK);
    return &b;
}

static void bench_close(struct bench *b) {
    ui_close(b->ui);
    arena_release(&b->kept);
}

static struct intent frame(struct bench *b) {
    struct world *w = &world;
    b->boot += 16;
    ui_begin(b->ui, b->boot);
    struct scene s = {.words = w->words,
                      .wall_ms = b->now,
                      .boot_ms = b->boot,
                      .saved_at = b->now - 4000,
                      .holder = "Quality lead",
                      .service = "Oak House",
                      .night = b->now == NIGHT_MS};
    ui_push_text(b->ui, b->screen->name);
    struct intent in = b->screen->draw(b->ui, &s, b->state, b->model, ui_area(b->ui));
    ui_pop(b->ui);
    ui_end(b->ui);
    if (in.kind) b->last = in;
    return in;
}

static void frames(struct bench *b, int n) {
    while (n--)
        frame(b);
}

static const struct ui_thing *find(struct bench *b, const char *type, const char *name) {
    const struct ui_thing *t;
    size_t n = ui_things(b->ui, &t);
    for (size_t i = 0; i < n; i++)
        if ((!type || text_equal(t[i].type, type)) && text_equal(t[i].name, name)) return &t[i];
    return NULL;
}

static void finger(struct bench *b, Uint32 type, float x, float y) {
    rect all = ui_area(b->ui);
    SDL_Event e;
    memset(&e, 0, sizeof e);
    e.tfinger.type = type;
    e.tfinger.fingerId = 7;
    e.tfinger.x = x / all.w;
    e.tfinger.y = y / all.h;
    e.tfinger.pressure = 1;
    ui_event(b->ui, &e);
}

static void tap(struct bench *b, const char *type, const char *name) {
    const struct ui_thing *t = find(b, type, name);
    if (!t) fail_msg("nothing called \"%s\" to tap", name);
    float x = t->visible.x + t->visible.w / 2, y = t->visible.y + t->visible.h / 2;
    finger(b, SDL_FINGERDOWN, x, y);
    frames(b, 2);
    finger(b, SDL_FINGERUP, x, y);
    memset(&b->last, 0, sizeof b->last);
    for (int i = 0; i < 3 && !frame(b).kind; i++) /* its texts live until the next frame */
        ;
}

/* ---- what holds for every screen
 * ---------------------------------------------------------------------------------- */

static int looked, touched;

static void check_things(struct bench *b, const char *what) {
    const struct ui_thing *t;
    size_t n = ui_things(b->ui, &t);
    const struct theme *th = ui_theme(b->ui);
    rect all = ui_area(b->ui);
    assert_true(n > 3);
    for (size_t i = 0; i < n; i++) {
        const struct ui_thing *k = &t[i];
        looked++;
        if (k->name && k->name[0] == '[') fail_msg("%s: a word is missing: %s", what, k->name);
        if (k->r.x < all.x - 1 || k->r.x + k->r.w > all.x + all.w + 1) {
            if (k->visible.w > 0 && k->r.w <= all.w && !text_equal(k->type, "icon"))
                if (k->visible.w < k->r.w - 1 && !text_equal(b->screen->name, "heard"))
                    fail_msg("%s: \"%s\" hangs out: %.0f+%.0f", what, k->name, (double)k->r.x,
                             (double)k->r.w);
        }
        if (k->tappable && k->visible.h > 0) {
            touched++;
            if (k->r.h < 47.5F && !text_equal(k->type, "chip"))
                fail_msg("%s: \"%s\" is only %.0f high", what, k->name, (double)k->r.h);
        }
        bool words = text_equal(k->type, "label") || text_equal(k->type, "tag");
        if (words && k->ink < COLOR_NONE && k->ground < COLOR_NONE && k->ink != k->ground) {
            double c = color_contrast(th->colors[k->ink], th->colors[k->ground]);
            double least = k->font_dp >= 24 ? 3.0 : 4.5;
            if (c < least) fail_msg("%s: \"%s\" has a contrast of %.2f", what, k->name, c);
        }
    }
    assert_int_equal(words_missing(world.words), 0);
}

struct look {
    const char *name;
    float w, h, text;
    bool night;
};
static const struct look looks[] = {
    {"wide-day", 1280, 800, 1, false},     {"wide-night", 1280, 800, 1, true},
    {"portrait-day", 800, 1280, 1, false}, {"phone-night", 390, 844, 1, true},
    {"wide-large", 1280, 800, 2, false},   {"phone-large", 390, 844, 2, true},
    {"narrow", 360, 640, 1, false},        {"broad", 1920, 1080, 1, false}};

static void shot(struct bench *b, const char *name) {
    const char *dir = getenv("LANTERN_SHOTS");
    if (!dir) return;
    char path[512];
    snprintf(path, sizeof path, "%s/%s.png", dir, name);
    assert_int_equal(ui_save_png(b->ui, path), STATUS_OK);
}

static void look_at(const struct screen *screen, loader load, struct place place,
                    const char *name, void (*prepare)(struct bench *b)) {
    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++) {
        const struct look *l = &looks[i];
        char what[96];
        snprintf(what, sizeof what, "%s-%s", name, l->name);
        struct bench *b = bench_open(screen, load, place, l->w, l->h, l->night, l->text);
        frames(b, 2);
        if (prepare) prepare(b);
        frames(b, 3);
        shot(b, what);
        check_things(b, what);
        bench_close(b);
    }
}

static row_id one(const char *sql) {
    return query_one_int(world.j, 0, sql, 0);
}

static row_id any_bad_answer(row_id *visit, char item[48]) {
    struct query q;
    row_id found = 0;
    query_open(&q, world.j,
               "SELECT a.id, a.visit, a.item FROM answer a JOIN visit v ON v.id = a.visit "
               "WHERE a.word = "
               "'not_met' AND a.note IS NOT NULL AND a.withdrawn = 0 AND v.template = 'NIGHT' "
               "ORDER BY v.started DESC LIMIT 1",
               0);
    if (query_next(&q)) {
        found = query_int(&q, 0);
        *visit = query_int(&q, 1);
        text_copy(item, 48, query_text(&q, 2, &world.memory));
    }
    assert_int_equal(query_close(&q), STATUS_OK);
    return found;
}

static struct place raise_place(void) {
    struct place p = {.screen = SCREEN_raise};
    row_id visit = 0;
    p.other = any_bad_answer(&visit, p.word);
    p.row = visit;
    assert_true(p.other && p.row);
    return p;
}

static void home_looks(void **state) {
    (void)state;
    look_at(&screen_home, home_load, (struct place){.screen = SCREEN_home}, "home", NULL);
}

static void actions_look(void **state) {
    (void)state;
    look_at(&screen_actions, actions_load,
            (struct place){.screen = SCREEN_actions, .word = "verify"}, "actions", NULL);
}

static void action_looks(void **state) {
    (void)state;
    struct place p = {
        .screen = SCREEN_action,
        .row = one("SELECT action FROM step WHERE withdrawn = 0 GROUP BY action ORDER "
                   "BY count(*) DESC LIMIT 1")};
    assert_true(p.row);
    look_at(&screen_action, action_load, p, "action", NULL);
}

static void raise_looks(void **state) {
    (void)state;
    look_at(&screen_raise, raise_load, raise_place(), "raise", NULL);
}

#define SAW_WORDS "No answer to the bell, no staff in the corridor"

static void say_concern(struct bench *b) {
    tap(b, "button", "Concern");
    ui_field_set(b->ui, "saw/0//text", SAW_WORDS);
    frame(b);
}

static void saw_looks(void **state) {
    (void)state;
    look_at(&screen_saw, saw_load,
            (struct place){.screen = SCREEN_saw, .word2 = "SAF-S6,CAR-C4"}, "saw", say_concern);
}

static void choose_lives_here(struct bench *b) {
    tap(b, "button", "Lives here");
}

static void heard_looks(void **state) {
    (void)state;
    look_at(&screen_heard, heard_load, (struct place){.screen = SCREEN_heard}, "heard",
            choose_lives_here);
}

static void choose_staff(struct bench *b) {
    tap(b, "button", "Staff");
}

static void staff_looks(void **state) {
    (void)state;
    look_at(&screen_heard, heard_load, (struct place){.screen = SCREEN_heard}, "staff",
            choose_staff);
}

static void identity_looks(void **state) {
    (void)state;
    look_at(&screen_identity, identity_load, (struct place){.screen = SCREEN_identity},
            "identity", NULL);
}

/* ---- what each screen promises
 * -------------------------------------------------------------------------------------- */

static struct bench *open_wide(const struct screen *screen, loader load, struct place place,
                               bool night) {
    struct bench *b = bench_open(screen, load, place, 1280, 3000, night, 1);
    frames(b, 3);
    return b;
}

static bool has_field(struct bench *b) {
    const struct ui_thing *t;
    size_t n = ui_things(b->ui, &t);
    for (size_t i = 0; i < n; i++)
        if (text_equal(t[i].type, "field")) return true;
    return false;
}

static void home_fits_the_hour(void **state) {
    (void)state;
    struct place p = {.screen = SCREEN_home};
    struct bench *b = open_wide(&screen_home, home_load, p, true);
    tap(b, NULL, "Start a night spot check");
    assert_int_equal(b->last.kind, INTENT_go);
    assert_int_equal(b->last.to.screen, SCREEN_start);
    assert_string_equal(b->last.to.word, "NIGHT");
    bench_close(b);
    b = open_wide(&screen_home, home_load, p, false);
    assert_null(find(b, NULL, "Start a night spot check"));
    tap(b, NULL, "Start an audit");
    assert_string_equal(b->last.to.word, "WALK");
    const struct home_model *m = b->model;
    assert_int_equal(m->checks[0].answered, 5);
    assert_true(m->checks[0].asked > 5 && !m->checks[0].left_at);
    tap(b, "button", "Resume");
    assert_int_equal(b->last.to.screen, SCREEN_walk);
    assert_true(b->last.to.row ==
                one("SELECT v.id FROM visit v JOIN service s ON s.id = v.service WHERE "
                    "s.code = 'OAK' AND NOT EXISTS (SELECT 1 FROM seal x WHERE "
                    "x.visit = v.id) ORDER BY v.started DESC LIMIT 1"));
    assert_true(b->last.to.word[0] != 0);
    tap(b, "button", "Verify");
    assert_int_equal(b->last.to.screen, SCREEN_actions);
    assert_string_equal(b->last.to.word, "verify");
    bench_close(b);
}

static void an_empty_home_offers_three_ways(void **state) {
    (void)state;
    row_id service = world.service;
    world.service = 0;
    struct bench *b =
        open_wide(&screen_home, home_load, (struct place){.screen = SCREEN_home}, false);
    world.service = service;
    tap(b, "button", "Open a pack");
    assert_int_equal(b->last.to.screen, SCREEN_send);
    tap(b, "button", "Try the sample");
    assert_int_equal(b->last.kind, INTENT_sample);
    assert_int_equal(b->last.number, 1);
    ui_field_set(b->ui, "home/new_service", "Harbour View");
    frame(b);
    tap(b, "button", "Add");
    assert_int_equal(b->last.kind, INTENT_add_service);
    assert_string_equal(b->last.text, "Harbour View");
    bench_close(b);
}

static void a_concern_is_kept_with_its_words(void **state) {
    (void)state;
    struct place p = {.screen = SCREEN_saw, .row = 0, .word2 = "SAF-S6"};
    struct bench *b = open_wide(&screen_saw, saw_load, p, true);
    tap(b, "button", "Keep");
    assert_int_equal(b->last.kind, INTENT_none); /* nothing to keep yet */
    say_concern(b);
    tap(b, "chip", "Harm likely");
    tap(b, "chip", "Safe and effective staffing");
    tap(b, "button", "Keep");
    const struct observe_intent *o = b->last.detail;
    assert_int_equal(b->last.kind, INTENT_observe);
    assert_false(o->good);
    assert_string_equal(o->text, SAW_WORDS);
    assert_string_equal(o->statement, "SAF-S6");
    assert_int_equal(o->severity, 3);
    assert_string_equal(b->last.draft, "saw/0//text");
    assert_true(b->last.back_after);
    tap(b, NULL, "Someone at risk right now?");
    o = b->last.detail;
    assert_int_equal(b->last.kind, INTENT_observe); /* kept first, then the card */
    assert_int_equal(o->severity, 4);
    assert_string_equal(o->text, SAW_WORDS);
    tap(b, "button", "Close"); /* leaving loses nothing that was said in full */
    assert_int_equal(b->last.kind, INTENT_observe);
    bench_close(b);
}

static void nothing_about_one_worker_is_kept(void **state) {
    (void)state;
    struct bench *b =
        open_wide(&screen_saw, saw_load, (struct place){.screen = SCREEN_saw}, true);
    say_concern(b);
    assert_true(has_field(b));
    tap(b, "toggle", "This is about how one worker behaved");
    frames(b, 2);
    assert_false(has_field(b));
    assert_null(find(b, "button", "Keep"));
    assert_string_equal(ui_field_text(b->ui, "saw/0//text"), "");
    assert_non_null(find(b, "label", "Whom to ring"));
    tap(b, "button", "Close");
    assert_int_equal(b->last.kind, INTENT_back);
    tap(b, NULL, "Someone at risk right now?");
    assert_int_equal(b->last.kind, INTENT_danger_open);
    bench_close(b);
}

static void a_worker_sees_the_route_before_any_box(void **state) {
    (void)state;
    struct bench *b =
        open_wide(&screen_heard, heard_load, (struct place){.screen = SCREEN_heard}, true);
    ui_field_set(b->ui, "heard/0/text", "typed before the choice");
    tap(b, "button", "Staff");
    frames(b, 2);
    assert_false(has_field(b));
    assert_null(find(b, "button", "Keep"));
    assert_string_equal(ui_field_text(b->ui, "heard/0/text"), "");
    assert_non_null(find(b, "label",
                         "I won’t tell your manager that you spoke to me. If someone may be "
                         "in danger I must pass that on, and I’ll tell you first."));
    assert_non_null(strstr(find(b, "button", "Provider only")->state, "disabled"));
    assert_non_null(
        strstr(find(b, "button", "A named person outside this home")->state, "disabled"));
    assert_non_null(find(b, "label", "03000 616161"));
    tap(b, "button", "Do not keep it, tell me how to speak up");
    assert_int_equal(b->last.kind, INTENT_none);
    frames(b, 2);
    assert_false(has_field(b));
    tap(b, "button", "Close");
    assert_int_equal(b->last.kind, INTENT_back);
    bench_close(b);
}

static void words_are_kept_only_when_allowed(void **state) {
    (void)state;
    struct bench *b =
        open_wide(&screen_heard, heard_load, (struct place){.screen = SCREEN_heard}, false);
    tap(b, "button", "Lives here");
    ui_field_set(b->ui, "heard/0/text", "They come when I ring, but at night it can be long.");
    frames(b, 2);
    tap(b, "button", "Keep");
    assert_int_equal(b->last.kind, INTENT_none); /* nobody asked them yet */
    tap(b, "chip", "Yes, without a name");
    tap(b, "button", "Worry");
    tap(b, "chip", "Night care");
    tap(b, "button", "Next prompt");
    frames(b, 60);
    tap(b, "chip", "The words answer this question");
    tap(b, "toggle", "They would like an answer");
    tap(b, "button", "Keep");
    const struct feedback_intent *k = b->last.detail;
    const struct heard_model *m = b->model;
    assert_int_equal(b->last.kind, INTENT_feedback);
    assert_string_equal(k->speaker, "lives_here");
    assert_string_equal(k->consent, "without_name");
    assert_string_equal(k->sort, "worry");
    assert_string_equal(k->about, "night_care");
    assert_string_equal(k->prompt, m->guides[SPEAKER_LIVES_HERE].prompts[1].id);
    assert_true(k->wants_answer);
    assert_int_equal(k->answer_by, london_day(DAY_MS) + 5);
    assert_string_equal(b->last.draft, "heard/0/");
    tap(b, "chip", "No");
    tap(b, "button", "Keep");
    k = b->last.detail;
    assert_int_equal(b->last.kind, INTENT_feedback);
    assert_string_equal(k->text, "");
    bench_close(b);
}

static void an_action_is_filled_in_from_its_item(void **state) {
    (void)state;
    struct bench *b = open_wide(&screen_raise, raise_load, raise_place(), true);
    const struct raise_model *m = b->model;
    assert_true(m->different[0] && m->measure[0] && m->owner_role[0] && m->baseline[0]);
    assert_true(m->found_at_night);
    for (int i = 0; i < LANE_DATE; i++)
        assert_true(m->due[i] > m->now_ms);
    tap(b, "button", "Should do");
    tap(b, "button", "This week");
    tap(b, "button", "Raise");
    const struct raise_intent *r = b->last.detail;
    assert_int_equal(b->last.kind, INTENT_raise);
    assert_false(r->must);
    assert_string_equal(r->lane, "this_week");
    assert_true(r->due == m->due[LANE_THIS_WEEK]);
    assert_string_equal(r->different, m->different);
    assert_string_equal(r->item, m->item);
    assert_true(r->found_at_night && r->source == m->source);
    bench_close(b);
}

/* ---- what the loaders read
 * -------------------------------------------------------------------------------------------
 */

static row_id put(struct row *r) {
    assert_int_equal(journal_begin(world.j), STATUS_OK);
    assert_int_equal(journal_put(world.j, r), STATUS_OK);
    assert_int_equal(journal_commit(world.j), STATUS_OK);
    return r->id;
}

static row_id person(const char *side, row_id service) {
    struct row r = row_new(&kind_person);
    row_text(&r, "label", side);
    row_text(&r, "side", side);
    row_ref(&r, "service", service);
    return put(&r);
}

static row_id action(const char *reference, bool must, bool at_night, int64_t due,
                     row_id source) {
    struct row r = row_new(&kind_action);
    row_ref(&r, "service", world.service);
    row_text(&r, "reference", reference);
    row_text(&r, "different", reference);
    row_int(&r, "must", must);
    row_int(&r, "found_at_night", at_night);
    row_int(&r, "due", due);
    row_ref(&r, "source", source);
    return put(&r);
}

static void step(row_id action, const char *sort, row_id by, int64_t due) {
    struct row r = row_new(&kind_step);
    row_ref(&r, "action", action);
    row_text(&r, "sort", sort);
    if (due) row_int(&r, "due", due);
    row_id holder = journal_holder(world.j);
    journal_hold(world.j, by);
    put(&r);
    journal_hold(world.j, holder);
}

static const struct action_row *in_list(row_id id, const struct action_reader *r) {
    struct action_row *rows;
    int n;
    assert_int_equal(action_rows_read(r, &world.memory, &rows, &n), STATUS_OK);
    for (int i = 0; i < n; i++)
        if (rows[i].id == id) return &rows[i];
    return NULL;
}

static void who_may_verify_and_when(void **state) {
    (void)state;
    row_id manager = person("manager", world.service), outside = person("provider", 0);
    row_id night = action("T1", true, true, NIGHT_MS + 86400000, 0);
    step(night, "said_done", manager, 0);
    journal_hold(world.j, manager);
    struct action_reader r = action_reader(world.j, world.service, NIGHT_MS, true);
    r.unannounced = true;
    assert_string_equal(in_list(night, &r)->cannot, "action.cannot_own");
    journal_hold(world.j, outside);
    r = action_reader(world.j, world.service, DAY_MS, false);
    r.unannounced = true;
    assert_true(r.outside);
    assert_string_equal(in_list(night, &r)->cannot, "action.cannot_day");
    r.night = true;
    assert_null(in_list(night, &r)->cannot);
    r.unannounced = false;
    assert_string_equal(in_list(night, &r)->cannot, "action.cannot_announced");
    assert_true(in_list(night, &r)->may_verify); /* waits for this person, at another hour */
    journal_hold(world.j, world.holder);
}

static void a_moved_date_is_the_date(void **state) {
    (void)state;
    row_id id = action("T2", false, false, NIGHT_MS - 86400000, 0);
    struct action_reader r = action_reader(world.j, world.service, NIGHT_MS, true);
    assert_true(in_list(id, &r)->overdue);
    step(id, "moved", world.holder, NIGHT_MS + 86400000);
    assert_false(in_list(id, &r)->overdue);
    assert_true(in_list(id, &r)->moved && in_list(id, &r)->due == NIGHT_MS + 86400000);
}

static void what_is_restricted_stays_out_of_actions(void **state) {
    (void)state;
    struct row f = row_new(&kind_feedback);
    row_ref(&f, "service", world.service);
    row_text(&f, "speaker", "family");
    row_text(&f, "text", "a restricted word");
    row_int(&f, "restricted", 1);
    row_id source = put(&f), id = action("T3", true, false, NIGHT_MS, source);
    struct action_reader r = action_reader(world.j, world.service, NIGHT_MS, true);
    assert_null(in_list(id, &r));
    struct place p = {.screen = SCREEN_raise, .other = source};
    struct load_context c = context(NIGHT_MS, &p);
    const void *out = NULL;
    assert_int_equal(raise_load(&c, &world.memory, &out), STATUS_OK);
    assert_string_equal(((const struct raise_model *)out)->from, "");
}

static row_id night_visit(row_id service, int nights_ago) {
    struct row r = row_new(&kind_visit);
    row_ref(&r, "service", service);
    row_text(&r, "template", "NIGHT");
    row_int(&r, "started", NIGHT_MS - nights_ago * 86400000LL);
    row_int(&r, "night", london_night(NIGHT_MS) - nights_ago);
    row_int(&r, "unannounced", 1);
    return put(&r);
}

static row_id met(row_id visit, const char *item, const char *part, const char *word) {
    struct row r = row_new(&kind_answer);
    row_ref(&r, "visit", visit);
    row_text(&r, "item", item);
    row_text(&r, "part", part);
    row_text(&r, "word", word);
    return put(&r);
}

/* Twice before, on other nights; a good answer, another home and this check itself do not
 * count. */
static void found_before_is_counted(void **state) {
    (void)state;
    struct row s = row_new(&kind_service);
    row_text(&s, "code", "TEST");
    row_text(&s, "name", "Test House");
    row_id home = put(&s);
    const struct item *item = NULL;
    for (size_t f = 0; f < world.forms_count; f++)
        for (int k = 0;
             text_equal(world.forms[f]->code, "NIGHT") && k < world.forms[f]->items_count; k++)
            if (!item && world.forms[f]->items[k].parts[0].kind == PART_MET)
                item = &world.forms[f]->items[k];
    assert_non_null(item);
    const char *part = item->parts[0].id;
    met(night_visit(home, 40), item->id, part, "not_met");
    met(night_visit(home, 20), item->id, part, "partly");
    met(night_visit(home, 10), item->id, part, "met");
    met(night_visit(world.service, 5), item->id, part, "not_met");
    row_id now = night_visit(home, 0), answer = met(now, item->id, part, "not_met");
    struct place p = {.screen = SCREEN_raise, .row = now, .other = answer};
    text_copy(p.word, sizeof p.word, item->id);
    struct load_context c = context(NIGHT_MS, &p);
    const void *out = NULL;
    assert_int_equal(raise_load(&c, &world.memory, &out), STATUS_OK);
    const struct raise_model *m = out;
    assert_int_equal(m->service, home);
    assert_int_equal(m->before.times, 2);
    assert_int_equal(m->before.nights_count, 2);
    assert_int_equal(m->before.nights[0], london_night(NIGHT_MS) - 40);
    assert_int_equal(m->before.nights[1], london_night(NIGHT_MS) - 20);
}

/* ---- from intent to record
 * -------------------------------------------------------------------------------------------
 */

static const char *app_dir(void *ctx) {
    return ctx;
}
static const char *app_assets(void *ctx) {
    (void)ctx;
    return "assets";
}
static const char *app_boot(void *ctx) {
    (void)ctx;
    return "boot-1";
}

struct tablet {
    struct app *app;
    struct clock_manual time;
    struct platform platform;
    row_id service, visit, manager, lead;
};

static row_id app_put(struct tablet *t, struct row *r) {
    assert_int_equal(journal_begin(t->app->j), STATUS_OK);
    assert_int_equal(journal_put(t->app->j, r), STATUS_OK);
    assert_int_equal(journal_commit(t->app->j), STATUS_OK);
    return r->id;
}

static row_id app_person(struct tablet *t, const char *label, const char *side) {
    struct row r = row_new(&kind_person);
    row_text(&r, "label", label);
    row_text(&r, "side", side);
    if (text_equal(side, "manager")) row_ref(&r, "service", t->service);
    return app_put(t, &r);
}

/* An empty tablet with one service, a night check under way, a manager and somebody from
 * outside. */
static struct tablet *tablet_open(void) {
    static struct tablet t;
    static char dir[300];
    static int n;
    snprintf(dir, sizeof dir, "%s", scratch(arena_printf(&world.memory, "app-%d", n++)));
    t = (struct tablet){.time = {.wall_ms = NIGHT_MS, .boot_ms = 5000}};
    t.platform = (struct platform){
        .ctx = dir, .data_dir = app_dir, .assets_dir = app_assets, .boot_id = app_boot};
    assert_int_equal(app_open(&t.app, &(struct app_options){.width_dp = 1280,
                                                            .height_dp = 800,
                                                            .scale = 1,
                                                            .offscreen = true,
                                                            .clock = clock_manual(&t.time),
                                                            .platform = &t.platform}),
                     STATUS_OK);
    struct row s = row_new(&kind_service);
    row_text(&s, "code", arena_printf(&world.memory, "S%d", n));
    row_text(&s, "name", "Oak House");
    t.service = app_put(&t, &s);
    app_act(t.app, &(struct intent){.kind = INTENT_choose_service, .row = t.service});
    t.lead = app_person(&t, "Quality lead", "provider");
    t.manager = app_person(&t, "Manager", "manager");
    journal_hold(t.app->j, t.lead);
    struct row v = row_new(&kind_visit);
    row_ref(&v, "service", t.service);
    row_text(&v, "template", "NIGHT");
    row_int(&v, "started", NIGHT_MS - 600000);
    row_int(&v, "night", london_night(NIGHT_MS));
    row_int(&v, "unannounced", 1);
    t.visit = app_put(&t, &v);
    return &t;
}

static void act(struct tablet *t, const struct intent *in) {
    int wait;
    t->app->problem = (struct problem){0};
    app_act(t->app, in);
    t->time.wall_ms += 1000;
    t->time.boot_ms += 1000;
    app_frame(t->app, &wait);
}

static int64_t ask(struct tablet *t, const char *sql) {
    return query_one_int(t->app->j, -1, sql, 0);
}

static void danger_keeps_the_words_first(void **state) {
    (void)state;
    struct tablet *t = tablet_open();
    struct observe_intent o = {
        .visit = t->visit, .text = "Somebody on the floor", .severity = 4};
    act(t, &(struct intent){.kind = INTENT_observe, .detail = &o, .back_after = true});
    assert_int_equal(t->app->problem.status, STATUS_OK);
    assert_int_equal(ask(t, "SELECT count(*) FROM observation WHERE severity = 4"), 1);
    assert_int_equal(
        ask(t, "SELECT count(*) FROM danger d JOIN observation o ON o.id = d.source"), 1);
    assert_true(ask(t, "SELECT count(*) FROM duty WHERE decision = 'open'") > 0);
    assert_string_equal(app_screen_name(t->app), "danger");
    app_close(t->app);
}

static void words_of_a_worker_are_refused(void **state) {
    (void)state;
    struct tablet *t = tablet_open();
    struct feedback_intent k = {.visit = t->visit, .speaker = "staff", .text = "I am afraid"};
    act(t, &(struct intent){.kind = INTENT_feedback, .detail = &k});
    assert_int_equal(t->app->problem.status, STATUS_INVALID);
    assert_int_equal(ask(t, "SELECT count(*) FROM feedback"), 0);
    k.speaker = "family";
    k.consent = "no";
    act(t, &(struct intent){.kind = INTENT_feedback, .detail = &k});
    assert_int_equal(t->app->problem.status, STATUS_OK);
    assert_int_equal(ask(t, "SELECT count(*) FROM feedback WHERE text IS NULL"),
                     1); /* they said no */
    app_close(t->app);
}

static void an_answer_asked_for_becomes_an_action(void **state) {
    (void)state;
    struct tablet *t = tablet_open();
    day_no by = london_day(NIGHT_MS) + 5;
    struct feedback_intent k = {.visit = t->visit,
                                .speaker = "family",
                                .consent = "yes",
                                .text = "Please ring me",
                                .wants_answer = true,
                                .answer_how = "by telephone",
                                .answer_by = by};
    act(t, &(struct intent){.kind = INTENT_feedback, .detail = &k});
    struct civil c = day_civil(by);
    assert_int_equal(ask(t, "SELECT due FROM action WHERE must = 0"),
                     london_to_ms(c.year, c.month, c.day, 23, 59));
    assert_true(ask(t, "SELECT owner FROM action") == t->lead);
    assert_int_equal(ask(t, "SELECT count(*) FROM action a JOIN feedback f ON f.id = a.source"),
                     1);
    app_close(t->app);
}

static row_id raise_one(struct tablet *t, bool must) {
    struct raise_intent r = {.visit = t->visit,
                             .must = must,
                             .found_at_night = true,
                             .different = "Every bell can be reached",
                             .lane = "before_tonight",
                             .due = NIGHT_MS + 60000000};
    act(t, &(struct intent){.kind = INTENT_raise, .detail = &r});
    assert_int_equal(t->app->problem.status, STATUS_OK);
    return ask(t, "SELECT max(id) FROM action");
}

static void say(struct tablet *t, row_id action, row_id who, const char *sort) {
    journal_hold(t->app->j, who);
    act(t, &(struct intent){.kind = INTENT_step,
                            .row = action,
                            .other = t->visit,
                            .word = sort,
                            .text = "seen"});
}

static void only_somebody_else_signs_it_off(void **state) {
    (void)state;
    struct tablet *t = tablet_open();
    row_id first = raise_one(t, true), second = raise_one(t, false);
    assert_int_equal(ask(t, "SELECT count(DISTINCT reference) FROM action"), 2);
    say(t, first, t->manager, "said_done");
    say(t, first, t->manager, "seen_working"); /* the same person */
    assert_int_equal(t->app->problem.status, STATUS_INVALID);
    assert_int_equal(ask(t, "SELECT count(*) FROM step"), 1);
    say(t, second, t->lead, "said_done");
    say(t, second, t->manager,
        "seen_working"); /* a Should: an insider may, at night, unannounced */
    assert_int_equal(t->app->problem.status, STATUS_OK);
    assert_int_equal(
        ask(t, "SELECT at_night AND unannounced FROM step WHERE sort = 'seen_working'"), 1);
    t->time.wall_ms = DAY_MS;
    say(t, first, t->lead, "seen_working"); /* found at night, so not by day */
    assert_int_equal(t->app->problem.status, STATUS_INVALID);
    t->time.wall_ms = NIGHT_MS + 3600000;
    say(t, first, t->lead, "seen_working");
    assert_int_equal(t->app->problem.status, STATUS_OK);
    app_close(t->app);
}

static void undo_takes_an_observation_back(void **state) {
    (void)state;
    struct tablet *t = tablet_open();
    struct observe_intent o = {
        .visit = t->visit, .text = "A kind word at the door", .good = true};
    act(t, &(struct intent){.kind = INTENT_observe, .detail = &o, .undo = "saw.kept"});
    assert_int_equal(
        ask(t, "SELECT count(*) FROM observation WHERE withdrawn = 0 AND good = 1"), 1);
    app_undo(t->app, t->app->undo_id);
    if (t->app->problem.status) fail_msg("undo: %s", status_detail());
    assert_int_equal(ask(t, "SELECT count(*) FROM observation WHERE withdrawn = 0"), 0);
    app_close(t->app);
}

static void figures(void **state) {
    (void)state;
    printf("figure: %d things looked at on 8 sizes, %d of them to be touched\n", looked,
           touched);
    assert_true(looked > 1000 && touched > 200);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(home_looks),
        cmocka_unit_test(actions_look),
        cmocka_unit_test(action_looks),
        cmocka_unit_test(raise_looks),
        cmocka_unit_test(saw_looks),
        cmocka_unit_test(heard_looks),
        cmocka_unit_test(staff_looks),
        cmocka_unit_test(identity_looks),
        cmocka_unit_test(home_fits_the_hour),
        cmocka_unit_test(an_empty_home_offers_three_ways),
        cmocka_unit_test(a_concern_is_kept_with_its_words),
        cmocka_unit_test(nothing_about_one_worker_is_kept),
        cmocka_unit_test(a_worker_sees_the_route_before_any_box),
        cmocka_unit_test(words_are_kept_only_when_allowed),
        cmocka_unit_test(an_action_is_filled_in_from_its_item),
        cmocka_unit_test(who_may_verify_and_when),
        cmocka_unit_test(a_moved_date_is_the_date),
        cmocka_unit_test(what_is_restricted_stays_out_of_actions),
        cmocka_unit_test(found_before_is_counted),
        cmocka_unit_test(danger_keeps_the_words_first),
        cmocka_unit_test(words_of_a_worker_are_refused),
        cmocka_unit_test(an_answer_asked_for_becomes_an_action),
        cmocka_unit_test(only_somebody_else_signs_it_off),
        cmocka_unit_test(undo_takes_an_observation_back),
        cmocka_unit_test(figures),
    };
    return cmocka_run_group_tests_name("screens b", tests, build_world, end_world);
}
