/* bench_voice.c -- what a voice note costs: the encoder's share of one core while somebody
 * speaks, beside libopus alone on the same samples at several complexities, and its bytes.
 *
 * The speech is espeak-ng's. Times are the thread's own, so that other work does not count. */
#include <math.h>
#include <opus.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "measure.h"
#include "media/voice.h"

#define SECONDS 120
#define SAMPLES ((size_t)SECONDS * VOICE_RATE)

static const char words[] =
    "I went past the kitchen at twenty to three. The light was on, the door was open, and "
    "nobody was there. The lady by the window told me that she had waited a long time for a "
    "cup of tea.";

/* Brought to the tablet's rate by straight lines: enough for counting time. */
static int16_t *speech(struct arena *a) {
    struct buf wav = {0};
    int16_t *out = ARENA_ARRAY(a, int16_t, SAMPLES);
    const char *path = path_join(a, bench_dir(a, "voice"), "spoken.wav");
    must_true(
        system(arena_printf(a, "espeak-ng -v en-gb -s 150 -w '%s' \"%s\"", path, words)) == 0,
        "espeak-ng");
    must(file_read(path, 1 << 24, &wav), "speech");
    struct cursor c = cursor_of(wav.data, wav.size);
    (void)cursor_take(&c, 24);
    double rate = cursor_u32(&c);
    (void)cursor_take(&c, 16); /* espeak-ng's head is the plain one of 44 bytes */
    size_t n = (size_t)(c.end - c.p) / 2;
    must_true(n > VOICE_RATE && rate > 8000, "speech");
    for (size_t i = 0; i < SAMPLES; i++) {
        double at = fmod((double)i * rate / VOICE_RATE, (double)(n - 1));
        int16_t x[2];
        memcpy(x, c.p + (size_t)at * 2, sizeof x);
        out[i] = (int16_t)(x[0] + (x[1] - x[0]) * (at - floor(at)));
    }
    buf_release(&wav);
    return out;
}

static double alone(const int16_t *samples, int complexity, double *bytes) {
    int code = 0;
    unsigned char packet[1500];
    OpusEncoder *e = opus_encoder_create(VOICE_RATE, 1, OPUS_APPLICATION_VOIP, &code);
    must_true(e != NULL, "libopus");
    opus_encoder_ctl(e, OPUS_SET_BITRATE(16000));
    opus_encoder_ctl(e, OPUS_SET_SIGNAL(OPUS_SIGNAL_VOICE));
    opus_encoder_ctl(e, OPUS_SET_COMPLEXITY(complexity));
    double began = thread_s();
    *bytes = 0;
    for (size_t i = 0; i + 320 <= SAMPLES; i += 320)
        *bytes += opus_encode(e, samples + i, 320, packet, sizeof packet);
    double took = thread_s() - began;
    opus_encoder_destroy(e);
    return took;
}

static double ours(const int16_t *samples, struct buf *note) {
    struct voice_writer *w = NULL;
    double began = thread_s();
    must(voice_write_start(&w, note), "writer");
    for (size_t i = 0; i < SAMPLES; i += 1600) /* as a frame brings them */
        must(voice_write_add(w, samples + i, 1600), "samples");
    must(voice_write_end(w), "end");
    return thread_s() - began;
}

static double played(const struct buf *note) {
    struct voice_reader *r = NULL;
    static int16_t block[4800];
    size_t n = 1;
    double began = thread_s();
    must(voice_read_start(&r, note->data, note->size), "reader");
    while (n)
        must(voice_read_samples(r, block, 4800, &n), "playing");
    voice_read_free(r);
    return thread_s() - began;
}

int main(void) {
    struct arena a = {0};
    struct buf note_bytes = {0};
    double bytes = 0;
    const int16_t *samples = speech(&a);
    double writing = ours(samples, &note_bytes), playing = played(&note_bytes);
    result_most("voice: encoder's share of one core", 100 * writing / SECONDS, "%", 3);
    for (int c = 0; c <= 10; c += 5) {
        double took = alone(samples, c, &bytes);
        note("voice: libopus alone at complexity %d: %.2f %%, %.0f bytes a second", c,
             100 * took / SECONDS, bytes / SECONDS);
    }
    result_most("voice: decoder's share of one core", 100 * playing / SECONDS, "%", 3);
    result_most("voice: bytes a second", (double)note_bytes.size / SECONDS, "B", 2600);
    buf_release(&note_bytes);
    arena_release(&a);
    return 0;
}
