/* voice_read.c -- a voice note that is played: opened from memory, searched, read as samples.
 *
 * Journey: blob, or the pieces of a note that is not kept yet → here → loudspeaker. The bytes
 * may come from another tablet, so nothing in them is believed: opusfile checks the pages, and
 * lengths that no note has are refused before anybody counts with them. */
#include "media/voice.h"

#include <opusfile.h>
#include <string.h>

#include "base/arena.h"

#define PLAYED_MOST_MS (4LL * 3600 * 1000)
#define MS             (VOICE_PLAY_RATE / 1000)
#define AT_ONCE        5760 /* 120 ms, the longest packet there is */
#define HOLES_MOST     1000

struct voice_reader {
    struct arena arena;
    OggOpusFile *file;
    int64_t samples; /* whole length */
};

static enum status failed(int code) {
    switch (code) {
    case OP_EIMPL:
    case OP_EFAULT:
        return status_fail(STATUS_TOO_LARGE, "voice decoder: %d", code);
    case OP_ENOTFORMAT:
    case OP_EVERSION:
    case OP_EBADHEADER:
        return status_fail(STATUS_INVALID, "no Ogg Opus: %d", code);
    default:
        return status_fail(STATUS_DAMAGED, "voice decoder: %d", code);
    }
}

/* How far it can be played: by the positions in the stream itself. */
static enum status measure(struct voice_reader *r) {
    int64_t n = op_pcm_total(r->file, -1);
    if (n < 0) return failed((int)n);
    if (n == 0) return status_fail(STATUS_DAMAGED, "nothing of it plays");
    if (n > PLAYED_MOST_MS * MS) return status_fail(STATUS_TOO_LARGE, "a note of hours");
    r->samples = n;
    return STATUS_OK;
}

enum status voice_read_start(struct voice_reader **out, const void *bytes, size_t n) {
    int code = 0;
    if (n > VOICE_BYTES_MOST) return status_fail(STATUS_TOO_LARGE, "%zu bytes of voice", n);
    if (n == 0) return status_fail(STATUS_INVALID, "no bytes of voice");
    OggOpusFile *file = op_open_memory(bytes, n, &code);
    if (!file) return failed(code);
    struct arena a = {0};
    struct voice_reader *r = ARENA_NEW(&a, struct voice_reader);
    *r = (struct voice_reader){.arena = a, .file = file};
    enum status s = op_seekable(file) ? measure(r) : status_fail(STATUS_DAMAGED, "no length");
    if (s) {
        voice_read_free(r);
        return s;
    }
    *out = r;
    return STATUS_OK;
}

int64_t voice_read_ms(const struct voice_reader *r) {
    return r->samples / MS;
}

int64_t voice_read_at(const struct voice_reader *r) {
    int64_t at = op_pcm_tell(r->file);
    return at < 0 ? 0 : at > r->samples ? voice_read_ms(r) : at / MS;
}

enum status voice_read_seek(struct voice_reader *r, int64_t ms) {
    int64_t most = voice_read_ms(r);
    int64_t to = ms < 0 ? 0 : ms > most ? most : ms;
    int code = op_pcm_seek(r->file, to * MS);
    return code ? failed(code) : STATUS_OK;
}

/* Whatever the stream has, two channels come out: their mean is the one that is played. */
static size_t mix(const opus_int16 *pairs, int n, int16_t *to) {
    for (int i = 0; i < n; i++)
        to[i] = (int16_t)((pairs[2 * i] + pairs[2 * i + 1]) / 2);
    return (size_t)n;
}

enum status voice_read_samples(struct voice_reader *r, int16_t *to, size_t most, size_t *n) {
    opus_int16 pairs[2 * AT_ONCE];
    size_t done = 0;
    int holes = 0;
    while (done < most) {
        size_t want = most - done < AT_ONCE ? most - done : AT_ONCE;
        int got = op_read_stereo(r->file, pairs, (int)want * 2);
        if (got == OP_HOLE && ++holes < HOLES_MOST) continue; /* a lost page: on after it */
        if (got < 0 && done == 0) return failed(got);
        if (got <= 0) break;
        done += mix(pairs, got, to + done);
    }
    *n = done;
    return STATUS_OK;
}

void voice_read_free(struct voice_reader *r) {
    if (!r) return;
    op_free(r->file);
    struct arena a = r->arena;
    arena_wipe(&a);
}
