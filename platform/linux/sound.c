/* sound.c -- microphone and loudspeaker through SDL2's audio.
 *
 * Sound is woken up when it is needed and put to sleep again when nothing is recorded or
 * played: some of SDL's drivers look for new devices ten times a second as long as they are
 * awake. What was found stays known for half a minute. SDL brings whatever the device gives to
 * the one format that is asked for.
 *
 * SDL's dummy driver is no device. Its disk driver is one: a file that is heard
 * (SDL_DISKAUDIOFILEIN) or written (SDL_DISKAUDIOFILE), for tests and scripts. */
#include "platform/linux/linux.h"

#include <SDL.h>
#include <string.h>

#define MICROPHONE_RATE 16000
#define SPEAKER_RATE    48000
#define KNOWN_MS        30000
#define SILENT_MS       5000 /* a microphone that gives nothing for so long is none */

/* The process has one of each. */
static struct {
    SDL_AudioDeviceID microphone, speaker;
    int awake; /* how many need it */
    bool looked, microphone_there, speaker_there;
    Uint32 looked_at, heard_at;
} sound;

static bool wake(void) {
    if (sound.awake == 0 && SDL_InitSubSystem(SDL_INIT_AUDIO)) return false;
    sound.awake++;
    return true;
}

static void sleep_again(void) {
    if (--sound.awake == 0) SDL_QuitSubSystem(SDL_INIT_AUDIO);
}

/* -1: the driver cannot say how many, so there may be one. */
static bool some(bool capture) {
    const char *driver = SDL_GetCurrentAudioDriver();
    if (!driver || strcmp(driver, "dummy") == 0) return false;
    return SDL_GetNumAudioDevices(capture) != 0;
}

static void look(void) {
    if (sound.looked && SDL_GetTicks() - sound.looked_at < KNOWN_MS) return;
    sound.looked = true;
    sound.looked_at = SDL_GetTicks();
    sound.microphone_there = sound.speaker_there = false;
    if (!wake()) return;
    sound.microphone_there = some(true);
    sound.speaker_there = some(false);
    sleep_again();
}

static enum status open_device(bool capture, int rate, SDL_AudioDeviceID *out) {
    const SDL_AudioSpec want = {
        .freq = rate, .format = AUDIO_S16SYS, .channels = 1, .samples = capture ? 1024 : 2048};
    if (!wake()) return status_fail(STATUS_NOT_FOUND, "sound: %s", SDL_GetError());
    if (some(capture)) *out = SDL_OpenAudioDevice(NULL, capture, &want, NULL, 0);
    if (*out) {
        SDL_PauseAudioDevice(*out, 0);
        return STATUS_OK;
    }
    bool busy = strstr(SDL_GetError(), "busy") != NULL;
    enum status s =
        status_fail(busy ? STATUS_BUSY : STATUS_NOT_FOUND, "sound: %s", SDL_GetError());
    sleep_again();
    sound.looked = false;
    return s;
}

static void close_device(SDL_AudioDeviceID *device) {
    if (!*device) return;
    SDL_ClearQueuedAudio(*device);
    SDL_CloseAudioDevice(*device);
    *device = 0;
    sleep_again();
}

/* ---- microphone ---- */

static bool microphone_there(void *ctx) {
    (void)ctx;
    look();
    return sound.microphone_there;
}

static enum status microphone_open(void *ctx) {
    (void)ctx;
    if (sound.microphone) return STATUS_OK;
    sound.heard_at = SDL_GetTicks();
    return open_device(true, MICROPHONE_RATE, &sound.microphone);
}

static size_t microphone_read(void *ctx, int16_t *to, size_t most, bool *lost) {
    (void)ctx;
    size_t n = 0;
    if (sound.microphone)
        n = SDL_DequeueAudio(sound.microphone, to, (Uint32)(most * sizeof *to)) / sizeof *to;
    if (n) {
        sound.heard_at = SDL_GetTicks();
        return n;
    }
    /* Unplugged, SDL stops it. A driver that only falls silent is found out by the time. */
    *lost = !sound.microphone ||
            SDL_GetAudioDeviceStatus(sound.microphone) == SDL_AUDIO_STOPPED ||
            SDL_GetTicks() - sound.heard_at > SILENT_MS;
    if (*lost) sound.looked = false;
    return 0;
}

static void microphone_close(void *ctx) {
    (void)ctx;
    close_device(&sound.microphone);
}

/* ---- loudspeaker ---- */

static bool speaker_there(void *ctx) {
    (void)ctx;
    look();
    return sound.speaker_there;
}

static enum status speaker_open(void *ctx) {
    (void)ctx;
    if (sound.speaker) return STATUS_OK;
    return open_device(false, SPEAKER_RATE, &sound.speaker);
}

static void speaker_write(void *ctx, const int16_t *samples, size_t n) {
    (void)ctx;
    if (sound.speaker) SDL_QueueAudio(sound.speaker, samples, (Uint32)(n * sizeof *samples));
}

/* One that is gone has nothing left to say: whoever plays comes to an end. */
static size_t speaker_left(void *ctx) {
    (void)ctx;
    if (!sound.speaker || SDL_GetAudioDeviceStatus(sound.speaker) == SDL_AUDIO_STOPPED)
        return 0;
    return SDL_GetQueuedAudioSize(sound.speaker) / sizeof(int16_t);
}

static void speaker_hush(void *ctx) {
    (void)ctx;
    if (sound.speaker) SDL_ClearQueuedAudio(sound.speaker);
}

static void speaker_close(void *ctx) {
    (void)ctx;
    close_device(&sound.speaker);
}

void linux_sound(struct platform *p) {
    p->microphone_there = microphone_there;
    p->microphone_open = microphone_open;
    p->microphone_read = microphone_read;
    p->microphone_close = microphone_close;
    p->speaker_there = speaker_there;
    p->speaker_open = speaker_open;
    p->speaker_write = speaker_write;
    p->speaker_left = speaker_left;
    p->speaker_hush = speaker_hush;
    p->speaker_close = speaker_close;
}
