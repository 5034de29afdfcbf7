/* test_sound.c -- microphone and loudspeaker of platform/linux, without a device: SDL's disk
 * driver hears a file with espeak-ng's speech and writes what is played into another.
 *
 * needs: platform app screen model ui media sync care store base
 *
 * Then the same through the real app: from SDL's capture to a kept note. */
#include "recorder_hand.h"

#include <SDL.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static struct sound speech;
static const struct platform *device;

static int start(void **state) {
    (void)state;
    speech = speak(spoken_words);
    char *in = arena_strdup(&hand_life, scratch("heard.raw"));
    OK(file_write(in, speech.samples, speech.n * 2, 0600));
    setenv("SDL_DISKAUDIOFILEIN", in, 1);
    setenv("SDL_DISKAUDIOFILE", arena_strdup(&hand_life, scratch("played.raw")), 1);
    setenv("SDL_DISKAUDIODELAY", "1", 1);
    return 0;
}

static int end(void **state) {
    (void)state;
    free(speech.samples);
    arena_release(&hand_life);
    return 0;
}

static void nap(long ms) {
    struct timespec t = {.tv_nsec = ms * 1000000};
    nanosleep(&t, NULL);
}

static void dummy_is_no_device(void **state) {
    int status = 0;
    (void)state;
    fflush(NULL);
    pid_t child = fork(); /* what was looked for stays known to a process for a while */
    if (child == 0) {
        setenv("SDL_AUDIODRIVER", "dummy", 1);
        const struct platform *p = platform_linux(scratch_dir(), hand_assets(), true);
        bool none = !p->microphone_there(p->ctx) && !p->speaker_there(p->ctx) &&
                    p->microphone_open(p->ctx) == STATUS_NOT_FOUND &&
                    p->speaker_open(p->ctx) == STATUS_NOT_FOUND;
        _exit(none && !SDL_WasInit(SDL_INIT_AUDIO) ? 0 : 1);
    }
    waitpid(child, &status, 0);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void the_microphone_hears(void **state) {
    struct sound got = {.samples = calloc(speech.n + 20000, 2)};
    bool lost = false;
    (void)state;
    assert_true(device->microphone_there(device->ctx));
    assert_false(SDL_WasInit(SDL_INIT_AUDIO)); /* asleep again */
    OK(device->microphone_open(device->ctx));
    for (int i = 0; i < 5000 && got.n < speech.n && !lost; i++) {
        size_t n = device->microphone_read(device->ctx, got.samples + got.n, 20000, &lost);
        got.n += n;
        if (!n) nap(2);
    }
    device->microphone_close(device->ctx);
    assert_false(lost);
    assert_false(SDL_WasInit(SDL_INIT_AUDIO));
    assert_true(got.n >= speech.n);
    assert_memory_equal(got.samples, speech.samples, speech.n * 2);
    assert_int_equal(device->microphone_read(device->ctx, got.samples, 10, &lost), 0);
    assert_true(lost); /* closed */
    free(got.samples);
}

static void the_loudspeaker_plays(void **state) {
    struct buf b = {0};
    (void)state;
    assert_true(device->speaker_there(device->ctx));
    OK(device->speaker_open(device->ctx));
    device->speaker_write(device->ctx, speech.samples, 48000);
    assert_true(device->speaker_left(device->ctx) > 0);
    for (int i = 0; i < 5000 && device->speaker_left(device->ctx); i++)
        nap(2);
    assert_int_equal(device->speaker_left(device->ctx), 0);
    device->speaker_write(device->ctx, speech.samples, 48000);
    device->speaker_hush(device->ctx);
    assert_int_equal(device->speaker_left(device->ctx), 0);
    device->speaker_close(device->ctx);
    assert_false(SDL_WasInit(SDL_INIT_AUDIO));
    OK(file_read(scratch("played.raw"), 1 << 28, &b));
    assert_true(memmem(b.data, b.size, speech.samples, 40000 * 2) != NULL);
    buf_release(&b);
}

/* Real capture, real frames; the clock of the app is the test's. */
static void through_the_app(void **state) {
    const struct evidence_to to = {.what = EVIDENCE_SAW};
    char *dir = arena_strdup(&hand_life, scratch("sound-app"));
    struct buf b = {0};
    struct voice_reader *r = NULL;
    (void)state;
    hand_device = NULL;
    hand_new_tablet(dir);
    hand_open(dir);
    const struct intent saw = {.kind = INTENT_go, .to = {.screen = SCREEN_saw}};
    app_act(hand_app, &saw);
    frames(2, 100);
    assert_true(voice()->microphone && voice()->speaker);
    assert_false(SDL_WasInit(SDL_INIT_AUDIO));
    ask(INTENT_voice_start, &to, 0);
    assert_true(SDL_WasInit(SDL_INIT_AUDIO));
    int64_t want = (int64_t)speech.n * 1000 / VOICE_RATE;
    for (int i = 0; i < 3000 && voice()->ms < want; i++) {
        frames(1, 100);
        nap(5);
    }
    assert_true(voice()->ms >= want);
    ASK(stop);
    assert_false(SDL_WasInit(SDL_INIT_AUDIO));
    struct observe_intent o = {
        .service = hand_app->service, .text = "The light was on.", .item = ""};
    const struct intent in = {.kind = INTENT_observe, .detail = &o};
    app_act(hand_app, &in);
    frames(1, 100);
    assert_int_equal(voice()->state, VOICE_NONE);
    kept_bytes(&b);
    OK(voice_read_start(&r, b.data, b.size));
    struct sound out = play_rest(r), heard = to_16k(out.samples, out.n, VOICE_PLAY_RATE);
    struct alike a = compare(&speech, &heard);
    printf("figure: from SDL's capture to a kept note: %.3f correlated, %.1f dB apart\n",
           a.correlation, a.decibels);
    assert_true(a.correlation > 0.95 && a.decibels < 3.5);
    voice_read_free(r);
    free(out.samples);
    free(heard.samples);
    buf_release(&b);
    hand_close();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dummy_is_no_device),
        cmocka_unit_test(the_microphone_hears),
        cmocka_unit_test(the_loudspeaker_plays),
        cmocka_unit_test(through_the_app),
    };
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    setenv("SDL_AUDIODRIVER", "disk", 1);
    setenv("SDL_RENDER_DRIVER", "software", 1);
    log_open("/dev/null");
    device = platform_linux(scratch_dir(), NULL, true);
    return cmocka_run_group_tests(tests, start, end);
}
