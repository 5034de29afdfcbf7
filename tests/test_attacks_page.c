/* test_attacks_page.c -- a stranger, or somebody in a hurry, at a tablet that is being locked
 * or unlocked: what is touched and typed meanwhile lands nowhere, no frame shows what was
 * there, and little of it is left in memory.
 *
 * needs: platform app screen model ui media sync care store base */
#include "freed.h"
#include "locked_hand.h"
#include "planted.h"

#include <SDL.h>
#include <inttypes.h>
#include <math.h>
#include <sqlite3.h>

#define WORDS_TYPED 40

/* ---- what was touched while it opens ---- */

static void push_touch(uint32_t type, rect r) {
    rect all = ui_window(app_ui(hand_app));
    SDL_Event e = {0};
    e.tfinger.type = type;
    e.tfinger.touchId = 5;
    e.tfinger.fingerId = 9;
    e.tfinger.x = (r.x + r.w / 2) / all.w;
    e.tfinger.y = (r.y + r.h / 2) / all.h;
    SDL_PushEvent(&e);
}

static void push_key(SDL_Keycode key) {
    SDL_Event e = {0};
    e.key.type = SDL_KEYDOWN;
    e.key.state = SDL_PRESSED;
    e.key.keysym.sym = key;
    SDL_PushEvent(&e);
}

static void push_words(const char *words) {
    SDL_Event e = {0};
    e.text.type = SDL_TEXTINPUT;
    snprintf(e.text.text, sizeof e.text.text, "%s", words);
    SDL_PushEvent(&e);
}

static bool place_of(const char *name, const char *type, rect *out) {
    const struct ui_thing *t;
    size_t n = ui_things(app_ui(hand_app), &t);
    for (size_t i = 0; i < n; i++)
        if (text_equal(t[i].name, name) && t[i].tappable && t[i].visible.h > 20 &&
            (!type || text_equal(t[i].type, type))) {
            *out = t[i].visible;
            return true;
        }
    return false;
}

/* Impatient fingers while a slow machine derives the key: they were meant for the pad. */
static void hurried_touches_land_nowhere(void **state) {
    (void)state;
    rect met, open;
    lock_dir("hurried", false);
    PLAY(LET_IN);
    PLAY(lock_start_check);
    PLAY("press \"Met\" in \"Nothing is filled in for later tonight\"\n");
    assert_true(place_of("Not met", NULL, &met));
    PLAY("tap \"Cover\"\nwait 31s\nscreen lock\npin " HAND_PIN "\n");
    assert_true(place_of("Open", NULL, &open));
    push_touch(SDL_FINGERDOWN, open);
    SDL_Event e;
    bool let_in = false;
    for (int i = 0; i < 40; i++) {
        while (SDL_PollEvent(&e))
            ui_event(app_ui(hand_app), (const union SDL_Event *)&e);
        if (i == 2) push_touch(SDL_FINGERUP, open);
        if (hand_app->lock.work == WORK_TRY || hand_app->lock.work == WORK_OPEN) {
            /* this frame takes its time */
            push_touch(SDL_FINGERDOWN, met);
            push_touch(SDL_FINGERUP, met);
            push_words("274936");
            for (int k = 0; k < 6; k++)
                push_key(SDLK_1 + k);
            push_key(SDLK_RETURN);
            push_key(SDLK_ESCAPE);
            push_key(SDLK_F2);
        }
        lock_frame_once();
        hand_time.boot_ms += 16;
        hand_time.wall_ms += 16;
        let_in |= app_journal(hand_app) != NULL;
    }
    assert_true(let_in);
    assert_string_equal(lock_at(), "walk");
    PLAY("wait 1s\nscreen walk\n");
    assert_int_equal(hand_count("SELECT count(*) FROM answer"), 1);
    assert_int_equal(hand_count("SELECT count(*) FROM answer WHERE word = 'met'"), 1);
    hand_close();
}

/* ---- a monkey at the lock page ---- */

static void push_button(draw *d) {
    static const SDL_Keycode keys[] = {
        SDLK_ESCAPE,      SDLK_RETURN,    SDLK_TAB,    SDLK_SPACE, SDLK_F1,      SDLK_F2,
        SDLK_F5,          SDLK_F10,       SDLK_F11,    SDLK_F12,   SDLK_AC_BACK, SDLK_UP,
        SDLK_DOWN,        SDLK_BACKSPACE, SDLK_DELETE, SDLK_a,     SDLK_c,       SDLK_v,
        SDLK_z,           SDLK_1,         SDLK_9,      SDLK_KP_0,  SDLK_HOME,    SDLK_END,
        SDLK_PRINTSCREEN, SDLK_MENU};
    static const uint16_t mods[] = {0, 0, 0, KMOD_LCTRL, KMOD_LSHIFT, KMOD_LALT, KMOD_LGUI};
    SDL_Event e = {0};
    e.key.type = SDL_KEYDOWN;
    e.key.state = SDL_PRESSED;
    e.key.keysym.sym = keys[draw_below(d, sizeof keys / sizeof keys[0])];
    e.key.keysym.mod = mods[draw_below(d, sizeof mods / sizeof mods[0])];
    SDL_PushEvent(&e);
}

static void push_window(draw *d) {
    static const uint8_t what[] = {SDL_WINDOWEVENT_HIDDEN,     SDL_WINDOWEVENT_EXPOSED,
                                   SDL_WINDOWEVENT_FOCUS_LOST, SDL_WINDOWEVENT_FOCUS_GAINED,
                                   SDL_WINDOWEVENT_MINIMIZED,  SDL_WINDOWEVENT_RESTORED,
                                   SDL_WINDOWEVENT_TAKE_FOCUS, SDL_WINDOWEVENT_LEAVE};
    SDL_Event e = {0};
    e.window.type = SDL_WINDOWEVENT;
    e.window.event = what[draw_below(d, sizeof what)];
    SDL_PushEvent(&e);
    if (draw_below(d, 2)) app_hidden(hand_app);
}

static void push_tap(const char *name) {
    rect r;
    if (!place_of(name, "button", &r)) return;
    push_touch(SDL_FINGERDOWN, r);
    push_touch(SDL_FINGERUP, r);
}

/* Six of the pad's keys: by chance alone, nearly all keys would miss and nothing be tried. */
static void push_guess(draw *d) {
    for (int i = 0; i < 6; i++)
        push_tap((const char[]){(char)('0' + draw_below(d, 10)), '\0'});
    push_tap("Open");
}

static void push_anything(draw *d) {
    static const struct {
        float w, h;
    } sizes[] = {{1280, 800}, {800, 1280}, {360, 640}, {740, 360}, {320, 320}};
    rect all = ui_window(app_ui(hand_app)), r = {0};
    const struct ui_thing *t;
    size_t n = ui_things(app_ui(hand_app), &t);
    SDL_Event e = {0};
    switch (draw_below(d, 13)) {
    case 0:
        r = rect_make((float)draw_below(d, 2000), (float)draw_below(d, 2000), 0, 0);
        push_touch(SDL_FINGERDOWN, r);
        break;
    case 1:
        r = rect_make((float)draw_below(d, (uint32_t)all.w),
                      (float)draw_below(d, (uint32_t)all.h), 0, 0);
        push_touch(draw_below(d, 2) ? SDL_FINGERUP : SDL_FINGERMOTION, r);
        break;
    case 2:
        push_words("27493é\U0001F600");
        break;
    case 3:
        push_window(d);
        break;
    case 4: {
        size_t i = draw_below(d, 5);
        ui_set_size(app_ui(hand_app), sizes[i].w, sizes[i].h, 0);
        break;
    }
    case 5:
        e.drop.type = SDL_DROPFILE; /* nobody's file is opened */
        SDL_PushEvent(&e);
        break;
    case 6:
        SDL_SetClipboardText("815264\n815264");
        push_button(d);
        break;
    case 7:
        push_button(d);
        break;
    case 8:
        push_guess(d);
        break;
    default: /* something that is there */
        if (!n) break;
        r = t[draw_below(d, (uint32_t)n)].visible;
        push_touch(SDL_FINGERDOWN, r);
        push_touch(SDL_FINGERUP, r);
    }
}

static void a_monkey_stays_out(void **state) {
    (void)state;
    draw d = {.s = 2026};
    int tries = 0, moments = getenv("LANTERN_TEST_ALL") ? 3000 : 500;
    lock_dir("monkey", true);
    PLAY("tap \"QL\"\n" LET_IN);
    PLAY(lock_start_check);
    lock_act((struct intent){.kind = INTENT_lock});
    for (int i = 0; i < moments; i++) {
        SDL_Event e;
        int more = (int)draw_below(&d, 4);
        enum lock_work before = hand_app->lock.work;
        while (more-- > 0 && i > 0)
            push_anything(&d);
        while (SDL_PollEvent(&e))
            ui_event(app_ui(hand_app), (const union SDL_Event *)&e);
        app_touched(hand_app);
        lock_frame_once();
        lock_pass(draw_below(&d, 50) ? 16 : 20000);
        tries += before == WORK_NONE && hand_app->lock.work != WORK_NONE;
        if (app_journal(hand_app)) assert_string_equal(lock_at(), "cover");
        if (i < 5) continue; /* the cover has settled by then */
        assert_null(app_journal(hand_app));
        assert_false(hand_shows("Oak House"));
    }
    ui_set_size(app_ui(hand_app), 1280, 800, 0);
    PLAY("wait 61m\nscreen lock\n");
    printf("figure: %d moments of a monkey at the lock page, %d tries, never in\n", moments,
           tries);
    assert_true(tries > 5);
    hand_close();
}

/* ---- no frame ---- */

static uint8_t *picture(size_t *n) {
    const uint32_t *p;
    int w, h, pitch;
    ui_pixels(app_ui(hand_app), &p, &w, &h, &pitch);
    assert_non_null(p);
    uint8_t *out = malloc((size_t)w * (size_t)h * 4);
    for (int y = 0; y < h; y++)
        memcpy(out + (size_t)y * (size_t)w * 4, p + y * pitch, (size_t)w * 4);
    *n = (size_t)w * (size_t)h * 4;
    return out;
}

/* One colour, and a lamp in the middle. What was not drawn anew is what it was. */
static bool picture_is_cover(int64_t *drawn) {
    if (ui_frames_drawn(app_ui(hand_app)) == *drawn) return true;
    *drawn = ui_frames_drawn(app_ui(hand_app));
    const uint32_t *p;
    int w, h, pitch;
    ui_pixels(app_ui(hand_app), &p, &w, &h, &pitch);
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++)
            if (p[y * pitch + x] != p[0] && (abs(x - w / 2) > 24 || abs(y - h / 2) > 24))
                return false;
    return true;
}

struct moment {
    const char *what, *script; /* what is on the screen when it is covered */
    int how;                   /* 0 Cover, 1 hidden, 2 lock, 3 slept */
};

static void no_frame_shows_it(void **state) {
    static const struct moment moments[] = {
        {"a page", "", 0},
        {"typing", "press \"What did you see?\"\ntype \"Beech lounge\"\n", 0},
        {"typing, hidden", "press \"What did you see?\"\ntype \" and\"\n", 1},
        {"typing, then sleep", "press \"What did you see?\"\ntype \" so\"\n", 3},
        {"a toast", "press \"Met\" in \"Nothing is filled in for later tonight\"\n", 2},
        {"a toast, then sleep",
         "press \"Not met\" in \"Nothing is filled in for later "
         "tonight\"\n",
         3},
        {"another page", "tap \"Saw something\"\ntap \"Concern\"\n", 2},
    };
    (void)state;
    int frames = 0;
    size_t n = 0, m = 0;
    setenv("LANTERN_TOUCH_KEYBOARD", "1", 1);
    hand_draws = true;
    lock_dir("frames", false);
    PLAY(LET_IN);
    PLAY(lock_start_check);
    PLAY("press \"Not met\" in \"Every worker who is paid to be awake\"\n");
    for (size_t i = 0; i < sizeof moments / sizeof moments[0]; i++) {
        const struct moment *at = &moments[i];
        int64_t drawn = -1;
        PLAY(at->script);
        if (at->how == 0) lock_act((struct intent){.kind = INTENT_cover});
        if (at->how == 1) app_hidden(hand_app);
        if (at->how == 2) lock_act((struct intent){.kind = INTENT_lock});
        if (at->how == 3) lock_pass(20 * 60000);
        for (int k = 0; k < 400 && app_journal(hand_app); k++, frames++) {
            lock_frame_once();
            if (app_journal(hand_app) && !picture_is_cover(&drawn))
                fail_msg("%s: frame %d shows something", at->what, k);
            lock_pass(100);
        }
        assert_string_equal(lock_at(), "lock");
        lock_frame_once();
        /* the same page as a fresh start has at that time */
        hand_time.wall_ms -= hand_time.wall_ms % 60000;
        lock_frame_once();
        uint8_t *was = picture(&n);
        struct app *kept = hand_app;
        if (i == 0) {
            char *dir = arena_strdup(&hand_life, kept->data_dir);
            hand_close();
            hand_open_locked(dir);
            lock_frame_once();
            lock_frame_once();
            uint8_t *is = picture(&m);
            assert_int_equal(n, m);
            assert_memory_equal(is, was, n);
            free(is);
        }
        free(was);
        PLAY(LET_IN);
        if (hand_shows("Someone needed help")) PLAY("tap \"Someone needed help\"\n");
    }
    hand_close();
    hand_draws = false;
    unsetenv("LANTERN_TOUCH_KEYBOARD");
    printf("figure: %d frames between covering and locking: each shows a lamp and nothing "
           "else\n",
           frames);
}

/* ---- settings from a stolen disk ---- */

static void wild(const char *dir, const char *key, const char *value) {
    sqlite3 *db = NULL;
    char *path = path_join(&hand_life, dir, "lantern.db");
    char *sql = sqlite3_mprintf("INSERT OR REPLACE INTO local VALUES (%Q, %s)", key, value);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_free(sql);
    sqlite3_close(db);
}

static void wild_settings_do_not_hide_the_page(void **state) {
    static const char *const values[] = {
        "'0'",  "'-5'",    "'99999999999999999999'", "'1e9'", "'nan'", "''",
        "NULL", "x'00ff'", "zeroblob(300000)",       "-1",    "1e300"};
    static const char *const keys[] = {"text_percent", "theme", "theme_until", "left_hand"};
    char *dir = arena_strdup(&hand_life, scratch("wild"));
    (void)state;
    lock_new_tablet(dir, false);
    for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++)
        for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
            wild(dir, keys[k], values[i]);
            hand_open_locked(dir);
            PLAY("screen lock\n" LET_IN "screen home\n");
            hand_close();
        }
}

/* ---- in memory ---- */

static uint8_t block[1 << 16];

static struct sought in_memory(void) {
    FILE *maps = fopen("/proc/self/maps", "r"), *mem = fopen("/proc/self/mem", "rb");
    struct sought s = {.quiet = true};
    char line[600];
    assert_true(maps && mem);
    while (fgets(line, sizeof line, maps)) {
        uint64_t from, to;
        char may[8];
        if (sscanf(line, "%" SCNx64 "-%" SCNx64 " %7s", &from, &to, may) != 3) continue;
        if (may[0] != 'r' || may[1] != 'w' || to - from > FREED_MAP_MOST) continue;
        for (uint64_t at = from; at < to; at += sizeof block - 64) {
            size_t want = to - at < sizeof block ? (size_t)(to - at) : sizeof block, got;
            uintptr_t own = (uintptr_t)block, list = (uintptr_t)&planted;
            if (at < own + sizeof block && at + want > own) continue;
            if (at < list + sizeof planted && at + want > list) continue;
            if (fseeko(mem, (off_t)at, SEEK_SET)) break;
            got = fread(block, 1, want, mem);
            seek_bytes(&s, block, got, "memory");
        }
    }
    memset(block, 0, sizeof block);
    fclose(mem);
    fclose(maps);
    return s;
}

/* Letter by letter, as fingers do: a script would leave copies of its own. */
static void type_one(void) {
    PLAY("tap \"Saw something\"\ntap \"Concern\"\ntap \"What did you see?\"\n");
    for (const char *p = plant("typed"); *p; p++) {
        const char letter[2] = {*p, 0};
        SDL_Event e;
        push_words(letter);
        while (SDL_PollEvent(&e))
            ui_event(app_ui(hand_app), (const union SDL_Event *)&e);
        lock_frame_once();
        lock_pass(16);
    }
    PLAY("tap \"Keep\"\nscreen walk\n");
}

static void little_stays_in_memory(void **state) {
    (void)state;
    planted_start(77);
    hand_draws = true;
    lock_dir("memory", false);
    plant_secret("the PIN", PIN_LEAD, strlen(PIN_LEAD));
    PLAY(LET_IN);
    PLAY(lock_start_check);
    for (int i = 0; i < WORDS_TYPED; i++)
        type_one();
    struct sought open = in_memory();
    PLAY("tap \"Cover\"\nwait 31s\nscreen lock\n");
    struct sought locked = in_memory();
    PLAY("wait 1m\nscreen lock\n");
    struct sought later = in_memory();
    printf(
        "figure: of %d words typed, in the app's memory: %d (%zu places) while open, %d (%zu) "
        "when locked, %d (%zu) a minute later; the PIN %d\n",
        WORDS_TYPED, open.words, open.found, locked.words, locked.found, later.words,
        later.found, later.secrets);
    assert_true(open.words > WORDS_TYPED / 2);
    assert_true(locked.words <= WORDS_TYPED / 10 && later.words <= locked.words);
    assert_int_equal(later.secrets, 0);
    hand_close();
}

int main(int argc, char **argv) {
    (void)argc;
    freed_is_overwritten(argv);
    const struct CMUnitTest tests[] = {cmocka_unit_test(hurried_touches_land_nowhere),
                                       cmocka_unit_test(a_monkey_stays_out),
                                       cmocka_unit_test(no_frame_shows_it),
                                       cmocka_unit_test(wild_settings_do_not_hide_the_page),
                                       cmocka_unit_test(little_stays_in_memory)};
    journal_wipes_memory();
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    setenv("SDL_RENDER_DRIVER", "software", 1);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_release(&hand_life);
    return failed;
}
