/* test_at_rest_app.c -- the app itself leaves nothing to be read: what is typed into it, looked
 * for in every byte of its data folder; and its key, in the memory of the locked app.
 *
 * needs: platform app screen model ui media sync care store base
 *
 * A tablet gets its first PIN by touch, then words are typed into a check as people do: what
 * was seen, heard, raised, half a sentence that nobody kept. The folder is searched (planted.h)
 * with the app open, covered, locked, killed, opened again, closed. The store's own proof, with
 * more words and harder ends: test_at_rest.c. */
#include "freed.h"
#include "locked_hand.h"
#include "planted.h"

#include <inttypes.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

static struct sought all;

static void typed(const char *before, const char *where, const char *after) {
    PLAY(arena_printf(&hand_life, "%stype \"%s said\"\n%s", before, plant(where), after));
}

static void a_night_of_words(void) {
    typed("press \"Not met\" in \"Every worker who is paid to be awake\"\n"
          "press \"What did you see?\"\n",
          "what was seen", "press \"3 Harm likely\"\n");
    PLAY("press \"Raise action\" in \"Every worker who is paid to be awake\"\n"
         "press \"Before tonight 21:00\"\n");
    typed("tap \"Saw something\"\ntap \"Concern\"\ntap \"What did you see?\"\n",
          "an observation", "tap \"Keep\"\nscreen walk\n");
    typed(
        "tap \"Heard something\"\ntap \"Lives here\"\ntap \"Yes\" in \"Can they decide this "
        "now?\"\ntap \"Worry\"\ntap \"Night care\"\ntap \"Yes\" in \"May I write down your own "
        "words?\"\ntap \"In their own words\"\n",
        "somebody's own words", "tap \"Keep\"\nscreen walk\n");
    typed("press \"Partly\" in \"Nothing is filled in for later tonight\"\n"
          "press \"What did you see?\" in \"Nothing is filled in for later tonight\"\n",
          "half a sentence", "");
}

static void none(const char *dir, const char *when) {
    none_in(dir, when, &all);
}

/* Of the sample: names that are in every record's tables. */
static void names_are_words(void) {
    plant_secret("a service's name", "Oak House", 9);
    plant_secret("a person's label", "Quality lead", 12);
    plant_secret("the PIN", HAND_PIN, strlen(HAND_PIN));
}

static void what_is_typed_is_in_no_file(void **state) {
    (void)state;
    char *dir = arena_strdup(&hand_life, scratch("typed"));
    char *killed = arena_strdup(&hand_life, scratch("typed-killed"));
    struct sought open = {.quiet = true};
    planted_start(50);
    names_are_words();
    hand_new_tablet(dir);
    hand_open(dir);
    seek_folder(&open, dir);
    assert_true(open.secret[0] && open.secret[1]); /* the search finds: it is not sealed yet */
    PLAY(hand_start_check);
    none(dir, "after the first PIN");
    a_night_of_words();
    none(dir, "while it is used");
    hand_copy_as_killed(dir, killed);
    none(killed, "as a kill leaves it");
    PLAY("tap \"Cover\"\nscreen cover\n");
    none(dir, "covered");
    PLAY("wait 31s\nscreen lock\n");
    none(dir, "locked");
    PLAY("pin 111111\ntap \"Open\"\nscreen lock\n");
    none(dir, "after a wrong PIN");
    PLAY(LET_IN "screen walk\ntap \"Someone needed help\"\nwait 2m\n");
    none(dir, "let in again");
    hand_close();
    none(dir, "closed");
    hand_open_locked(killed);
    none(killed, "at the lock page after a kill");
    PLAY(LET_IN "screen walk\n");
    for (int i = 0; i < planted.count; i++) /* they are there: for whoever has the PIN */
        if (strstr(planted.where[i], "half")) assert_true(hand_shows(planted.words[i]));
    hand_close();
    none(killed, "opened after a kill");
    printf("figure: %d words typed into the app, two names and a PIN: %zu files, %zu bytes of "
           "its folder searched at 9 moments, %zu found\n",
           planted.count, all.files, all.bytes, all.found);
}

/* ---- killed ---- */

/* A kill may have left half a sentence on the screen "saw": it goes on from there. */
static void type_for_ever(const char *dir, uint64_t seed) {
    draw d = {.s = seed};
    if (hand_try(dir) || !hand_play(LET_IN)) _exit(1);
    if (hand_shows("Someone needed help")) (void)hand_play("tap \"Someone needed help\"\n");
    for (;;) {
        bool on = strcmp(app_screen_name(hand_app), "saw") == 0;
        const char *word = planted.words[draw_below(&d, PLANTED_WORDS)];
        if (!on && !hand_play("tap \"Saw something\"\n")) _exit(2);
        if (!hand_play(arena_printf(&hand_life,
                                    "tap \"Concern\"\ntap \"What did you see?\"\n"
                                    "type \" %s\"\ntap \"Keep\"\nscreen walk\n",
                                    word)))
            _exit(3);
    }
}

static void killed_while_typing(void **state) {
    (void)state;
    int kills = getenv("LANTERN_TEST_ALL") ? 40 : 4;
    char *dir = arena_strdup(&hand_life, scratch("typing"));
    draw luck = {.s = 12};
    all = (struct sought){0};
    planted_start(51);
    names_are_words();
    hand_new_tablet(dir);
    hand_open(dir);
    PLAY(hand_start_check);
    hand_close();
    for (int i = 0; i < kills; i++) {
        int status;
        uint64_t seed = draw_next(&luck);
        uint32_t ms = 300 + draw_below(&luck, 900);
        struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000};
        hand_time.wall_ms += 600000;
        hand_time.boot_ms += 600000;
        fflush(NULL);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) type_for_ever(dir, seed);
        nanosleep(&t, NULL);
        kill(child, SIGKILL);
        assert_int_equal(waitpid(child, &status, 0), child);
        if (WIFEXITED(status)) fail_msg("the child ended: %d", WEXITSTATUS(status));
        none(dir, "killed while typing");
    }
    hand_time.wall_ms += 600000;
    hand_time.boot_ms += 600000;
    hand_open(dir);
    int64_t kept = hand_count("SELECT count(*) FROM observation");
    laws(app_journal(hand_app));
    hand_close();
    none(dir, "closed in the end");
    assert_true(kept > 0);
    printf("figure: the app killed %d times while somebody types, %lld things kept: %zu files, "
           "%zu bytes searched, %zu found\n",
           kills, (long long)kept, all.files, all.bytes, all.found);
}

/* ---- in memory ---- */

struct turned {
    const uint8_t *apart; /* each byte turned around, so that the search does not find itself */
    size_t n;
    int found;
};

static void count_in(void *ctx, const uint8_t *p, size_t n) {
    struct turned *t = ctx;
    for (const uint8_t *at = p, *end = p + n; (size_t)(end - at) >= t->n; at++) {
        at = memchr(at, t->apart[0] ^ 0xFF, (size_t)(end - at));
        if (!at || (size_t)(end - at) < t->n) break;
        size_t k = 0;
        while (k < t->n && (at[k] ^ t->apart[k]) == 0xFF)
            k++;
        t->found += k == t->n;
    }
}

/* How often these bytes stand in memory that this process may write. */
static int in_memory(const uint8_t *apart, size_t n) {
    struct turned t = {.apart = apart, .n = n};
    memory_show(64, count_in, &t);
    return t.found;
}

static void the_key_is_gone_when_locked(void **state) {
    (void)state;
    uint8_t apart[32];
    for (int i = 0; i < 32; i++)
        apart[i] = (uint8_t)~lock_key[i];
    lock_dir("memory", false);
    PLAY(LET_IN "screen home\n");
    int open = in_memory(apart, sizeof apart);
    PLAY(lock_start_check);
    PLAY("tap \"Cover\"\nwait 31s\nscreen lock\n");
    int locked = in_memory(apart, sizeof apart);
    PLAY("wait 1m\n");
    int later = in_memory(apart, sizeof apart);
    printf("figure: the database's key in the app's memory: %d while open, %d locked, %d a "
           "minute later\n",
           open, locked, later);
    assert_true(open > 0);
    assert_int_equal(locked, 0);
    assert_int_equal(later, 0);
    hand_close();
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_typed_is_in_no_file),
                                       cmocka_unit_test(killed_while_typing),
                                       cmocka_unit_test(the_key_is_gone_when_locked)};
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    setenv("SDL_RENDER_DRIVER", "software", 1);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_release(&hand_life);
    return failed;
}
