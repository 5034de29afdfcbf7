/* recorder_play.c -- a voice note is heard: the one just recorded, one that waits for its form,
 * or an attachment.
 *
 * The loudspeaker is open while something plays, and half a second ahead at most, so that Cover
 * is silent at once. The bytes are wiped when it ends. */
#include "app/recorder_inside.h"

#include "app/app_state.h"
#include "base/keys.h"
#include "base/log.h"

#define MS         (VOICE_PLAY_RATE / 1000)
#define AHEAD      (500 * MS)
#define AT_ONCE    (100 * MS)
#define FRAME_MOST 10 /* also when the loudspeaker has gone and nothing is ever left */

static void stop(struct app *a) {
    struct playing *p = &recorder_of(a)->play;
    if (!p->reader) return;
    a->platform->speaker_hush(a->platform->ctx);
    a->platform->speaker_close(a->platform->ctx);
    voice_read_free(p->reader);
    p->reader = NULL;
    buf_wipe(&p->bytes);
}

void play_hush(struct app *a) {
    stop(a);
}

void play_forget(struct app *a) {
    stop(a);
    recorder_of(a)->play = (struct playing){0};
}

/* Bytes are looked at before they are fetched: no note is as long as a photo may be large. */
static enum status fetch(struct app *a, const struct evidence *e, struct buf *out) {
    uint32_t size = 0;
    if (!e) return disk_bytes(a, out);
    enum status s = blob_size(a->j, &e->hash, &size);
    if (!s && size > VOICE_BYTES_MOST) s = status_fail(STATUS_TOO_LARGE, "%u bytes", size);
    return s ? s : blob_get(a->j, &e->hash, out);
}

static const char *sentence(enum status s) {
    switch (s) {
    case STATUS_NOT_FOUND:
        return "recorder.not_here";
    case STATUS_TOO_LARGE:
        return "recorder.too_long";
    default:
        return "recorder.damaged";
    }
}

static enum status open_speaker(struct app *a) {
    const struct platform *d = a->platform;
    if (!d->speaker_open) return status_fail(STATUS_NOT_FOUND, "no loudspeaker");
    return d->speaker_open(d->ctx);
}

void play_start(struct app *a, const struct evidence *e, int64_t from_ms) {
    struct playing *p = &recorder_of(a)->play;
    play_forget(a);
    if (a->covered) return;
    enum status s = fetch(a, e, &p->bytes);
    if (!s) s = voice_read_start(&p->reader, p->bytes.data, p->bytes.size);
    if (!s) s = voice_read_seek(p->reader, from_ms);
    const char *key = s ? sentence(s) : NULL;
    if (!s && open_speaker(a)) key = "recorder.no_speaker";
    if (key) {
        log_line("voice note does not play: %s", s ? status_key(s) : "no loudspeaker");
        recorder_problem(a, key);
        voice_read_free(p->reader);
        buf_wipe(&p->bytes);
        *p = (struct playing){0};
        return;
    }
    p->row = e ? e->row : 0;
    p->number = e ? e->number : 0;
    p->of_ms = voice_read_ms(p->reader);
    p->ms = voice_read_at(p->reader);
}

/* False when there is no more. */
static bool feed(struct app *a, struct playing *p) {
    int16_t samples[AT_ONCE];
    size_t n = 0;
    if (voice_read_samples(p->reader, samples, AT_ONCE, &n)) n = 0;
    if (n) a->platform->speaker_write(a->platform->ctx, samples, n);
    key_wipe(samples, sizeof samples);
    return n > 0;
}

void play_step(struct app *a) {
    struct playing *p = &recorder_of(a)->play;
    const struct platform *d = a->platform;
    if (!p->reader) return;
    if (a->covered) {
        stop(a);
        return;
    }
    for (int i = 0; i < FRAME_MOST && !p->all_read && d->speaker_left(d->ctx) < AHEAD; i++)
        p->all_read = !feed(a, p);
    size_t left = d->speaker_left(d->ctx);
    int64_t ms = voice_read_at(p->reader) - (int64_t)left / MS;
    p->ms = ms < 0 ? 0 : ms;
    if (!p->all_read || left) return;
    stop(a);
    p->ms = 0; /* the next time from its beginning */
}

void play_seek(struct app *a, int64_t ms) {
    struct playing *p = &recorder_of(a)->play;
    if (ms < 0) ms = 0;
    p->ms = ms > p->of_ms ? p->of_ms : ms;
    if (!p->reader) return;
    a->platform->speaker_hush(a->platform->ctx);
    p->all_read = false;
    if (!voice_read_seek(p->reader, ms)) return;
    stop(a);
    recorder_problem(a, "recorder.damaged");
}
