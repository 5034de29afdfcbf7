/* screen_bench.h -- one screen on a bench, for the tests of Home, seen, heard and actions.
 *
 * Each screen is loaded by its own loader from a journal that a made-up season wrote, drawn at
 * tablet, portrait and phone size, by day and by night and at twice the text size. Held for
 * every one: no word is missing, nothing that answers to a finger is smaller than 48 dp, no
 * writing is fainter than 4.5 to 1, nothing hangs out of the window. With LANTERN_SHOTS=DIR the
 * pictures are kept for people to look at. */
#ifndef TESTS_SCREEN_BENCH_H
#define TESTS_SCREEN_BENCH_H

#include "support.h"

#include <SDL2/SDL.h>

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "model/context.h"
#include "model/reference.h"
#include "model/season.h"
#include "screen/screen.h"
#include "store/query.h"
#include "ui/ui.h"

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

static inline const struct template *form_of(void *ctx, row_id visit) {
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
static inline void begin_a_check(void) {
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

static inline int build_world(void **state) {
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

static inline int end_world(void **state) {
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

static inline struct load_context context(int64_t now, const struct place *p) {
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
                                 .assets = "assets",
                                 .template_of = form_of,
                                 .ctx = w};
}

static inline row_id one(const char *sql) {
    return query_one_int(world.j, 0, sql, 0);
}

/* ---- a screen, its model, its state, a window ---- */

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
    struct secret secret; /* what is typed on the screens that ask for a PIN */
    bool sealed, left_hand, secret_wrong;
    double loading;
    struct voice_scene voice;
    enum storage_room room_state;
    void (*fill)(struct scene *s); /* shot, camera, pictures */
};

static inline struct bench *bench_open(const struct screen *screen, loader load,
                                       struct place place, float w, float h, bool night,
                                       float text) {
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
    ui_draw_when_asked(b.ui);
    ui_set_words(b.ui, world.words);
    ui_set_theme(b.ui, night);
    ui_set_text_scale(b.ui, text);
    struct load_context c = context(b.now, &b.place);
    arena_reset(&world.screen);
    assert_int_equal(load(&c, &world.screen, &b.model), STATUS_OK);
    return &b;
}

static inline void bench_close(struct bench *b) {
    ui_close(b->ui);
    arena_release(&b->kept);
}

static inline struct intent frame(struct bench *b) {
    struct world *w = &world;
    b->boot += 16;
    ui_begin(b->ui, b->boot);
    struct scene s = {.words = w->words,
                      .wall_ms = b->now,
                      .boot_ms = b->boot,
                      .saved_at = b->now - 4000,
                      .holder = "Quality lead",
                      .service = "Oak House",
                      .secret = &b->secret,
                      .sealed = b->sealed,
                      .left_hand = b->left_hand,
                      .secret_wrong = b->secret_wrong,
                      .loading = b->loading,
                      .voice = b->voice,
                      .room_state = b->room_state,
                      .night = b->now == NIGHT_MS};
    if (b->fill) b->fill(&s);
    ui_push_text(b->ui, b->screen->name);
    struct intent in = b->screen->draw(b->ui, &s, b->state, b->model, ui_area(b->ui));
    ui_pop(b->ui);
    ui_end(b->ui);
    if (in.kind) b->last = in;
    return in;
}

static inline void frames(struct bench *b, int n) {
    while (n--)
        frame(b);
}

static inline struct bench *open_wide(const struct screen *screen, loader load,
                                      struct place place, bool night) {
    struct bench *b = bench_open(screen, load, place, 1280, 3000, night, 1);
    frames(b, 3);
    return b;
}

static inline const struct ui_thing *find(struct bench *b, const char *type, const char *name) {
    const struct ui_thing *t;
    size_t n = ui_things(b->ui, &t);
    for (size_t i = 0; i < n; i++)
        if ((!type || text_equal(t[i].type, type)) && text_equal(t[i].name, name)) return &t[i];
    return NULL;
}

static inline bool has_field(struct bench *b) {
    const struct ui_thing *t;
    size_t n = ui_things(b->ui, &t);
    for (size_t i = 0; i < n; i++)
        if (text_equal(t[i].type, "field")) return true;
    return false;
}

static inline void finger(struct bench *b, Uint32 type, float x, float y) {
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

static inline void tap(struct bench *b, const char *type, const char *name) {
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

/* ---- what holds for every screen ---- */

static int looked, touched;

static inline void check_things(struct bench *b, const char *what) {
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
                if (k->visible.w < k->r.w - 1 && !text_equal(b->screen->name, "heard") &&
                    !text_equal(b->screen->name, "walk") &&
                    !text_equal(b->screen->name, "start"))
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

static inline void shot(struct bench *b, const char *name) {
    const char *dir = getenv("LANTERN_SHOTS");
    if (!dir) return;
    char path[512];
    snprintf(path, sizeof path, "%s/%s.png", dir, name);
    assert_int_equal(ui_save_png(b->ui, path), STATUS_OK);
}

static inline void look_at(const struct screen *screen, loader load, struct place place,
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

static inline void figures(void **state) {
    (void)state;
    printf("figure: %d things looked at on 8 sizes, %d of them to be touched\n", looked,
           touched);
    assert_true(looked > 100 && touched > 40);
}

#endif
