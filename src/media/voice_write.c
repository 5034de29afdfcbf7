/* voice_write.c -- a voice note while it is spoken: samples in, pages of an Ogg stream out.
 *
 * Journey: microphone → app/recorder.c → here → pieces on the disk. libopusenc wants to look
 * ahead and to fill its pages; both are kept short, so that what was said leaves here within a
 * quarter of a second and a crash takes no more than that and what the caller still holds.
 *
 * Two streams of the same samples differ in nothing but their serial number. */
#include "media/voice.h"

#include <math.h>
#include <opusenc.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"

#define BITRATE    16000
#define PAGE_48K   9600 /* 200 ms: shorter pages cost more bytes than they save */
#define COMPLEXITY 5    /* bench_voice: half the work of 10, at the same bytes */
#define FLOOR_DB   60.0

struct voice_writer {
    struct arena arena;
    OggOpusEnc *encoder;
    struct buf *to;
    int64_t samples;
};

static int take_page(void *ctx, const unsigned char *p, opus_int32 n) {
    struct voice_writer *w = ctx;
    buf_add(w->to, p, (size_t)n);
    return w->to->overflow;
}

static int close_nothing(void *ctx) {
    (void)ctx;
    return 0;
}

static enum status failed(int code) {
    return status_fail(code == OPE_WRITE_FAIL ? STATUS_TOO_LARGE : STATUS_INVALID,
                       "voice encoder: %s", ope_strerror(code));
}

static enum status set_up(OggOpusEnc *e) {
    opus_int32 serial;
    random_bytes(&serial, sizeof serial);
    int code = ope_encoder_ctl(e, OPE_SET_SERIALNO(serial & 0x7fffffff));
    if (!code) code = ope_encoder_ctl(e, OPE_SET_COMMENT_PADDING(0));
    if (!code) code = ope_encoder_ctl(e, OPE_SET_DECISION_DELAY(0));
    if (!code) code = ope_encoder_ctl(e, OPE_SET_MUXING_DELAY(PAGE_48K));
    if (!code) code = ope_encoder_ctl(e, OPUS_SET_APPLICATION(OPUS_APPLICATION_VOIP));
    if (!code) code = ope_encoder_ctl(e, OPUS_SET_SIGNAL(OPUS_SIGNAL_VOICE));
    if (!code) code = ope_encoder_ctl(e, OPUS_SET_BITRATE(BITRATE));
    if (!code) code = ope_encoder_ctl(e, OPUS_SET_COMPLEXITY(COMPLEXITY));
    if (!code) code = ope_encoder_flush_header(e);
    return code ? failed(code) : STATUS_OK;
}

enum status voice_write_start(struct voice_writer **out, struct buf *to) {
    static const OpusEncCallbacks calls = {.write = take_page, .close = close_nothing};
    struct arena a = {0};
    struct voice_writer *w = ARENA_NEW(&a, struct voice_writer);
    *w = (struct voice_writer){.arena = a, .to = to};
    OggOpusComments *comments = ope_comments_create();
    int code = OPE_ALLOC_FAIL;
    if (comments)
        w->encoder = ope_encoder_create_callbacks(&calls, w, comments, VOICE_RATE, 1, 0, &code);
    if (comments) ope_comments_destroy(comments);
    enum status s = w->encoder ? set_up(w->encoder) : failed(code);
    if (s) {
        voice_write_abandon(w);
        return s;
    }
    *out = w;
    return STATUS_OK;
}

enum status voice_write_add(struct voice_writer *w, const int16_t *samples, size_t n) {
    if (n > INT32_MAX / 8) return status_fail(STATUS_TOO_LARGE, "%zu samples at once", n);
    if (n == 0) return STATUS_OK;
    int code = ope_encoder_write(w->encoder, samples, (int)n);
    if (code) return failed(code);
    w->samples += (int64_t)n;
    return STATUS_OK;
}

/* libopusenc 0.2.1 aborts when it is drained before anything was written: where the stream ends
 * is then whatever its memory held before. */
enum status voice_write_end(struct voice_writer *w) {
    int code = w->samples ? ope_encoder_drain(w->encoder) : OPE_OK;
    voice_write_abandon(w);
    return code ? failed(code) : STATUS_OK;
}

void voice_write_abandon(struct voice_writer *w) {
    if (!w) return;
    if (w->encoder) ope_encoder_destroy(w->encoder);
    struct arena a = w->arena;
    arena_wipe(&a);
}

int64_t voice_written_ms(const struct voice_writer *w) {
    return w->samples * 1000 / VOICE_RATE;
}

uint8_t voice_level(const int16_t *samples, size_t n) {
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += (double)samples[i] * samples[i];
    if (sum <= 0) return 0;
    double db = 10 * log10(sum / (double)n) - 20 * log10(32768.0);
    double part = (db + FLOOR_DB) / FLOOR_DB;
    return part <= 0 ? 0 : part >= 1 ? 255 : (uint8_t)(part * 255);
}
