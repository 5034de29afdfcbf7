/* voice_hand.h -- speech without a microphone: espeak-ng says it, and it comes at 16,000
 * samples a second, as from a tablet. Shared by the tests of voice notes. */
#ifndef TESTS_VOICE_HAND_H
#define TESTS_VOICE_HAND_H

#include "support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "media/voice.h"

struct sound {
    int16_t *samples;
    size_t n;
};

static const char spoken_words[] =
    "I went past the kitchen at twenty to three. The light was on, the door was open, and "
    "nobody was there. The lady by the window told me that she had waited a long time for a "
    "cup of tea.";

static inline uint32_t little(const uint8_t *p, int n) {
    uint32_t v = 0;
    for (int i = 0; i < n; i++)
        v |= (uint32_t)p[i] << (8 * i);
    return v;
}

/* From another rate, by a windowed sinc. */
static inline struct sound to_16k(const int16_t *in, size_t n, double rate) {
    enum { REACH = 24 };
    size_t out_n = (size_t)((double)n * VOICE_RATE / rate);
    struct sound s = {.samples = calloc(out_n, sizeof(int16_t)), .n = out_n};
    double cut = rate > VOICE_RATE ? VOICE_RATE / rate : 1;
    assert_non_null(s.samples);
    for (size_t i = 0; i < out_n; i++) {
        double at = (double)i * rate / VOICE_RATE, sum = 0;
        for (long k = (long)at - REACH; k <= (long)at + REACH; k++) {
            double x = at - (double)k, y = x * cut * M_PI;
            if (k < 0 || k >= (long)n || fabs(x) > REACH) continue;
            double sinc = fabs(y) < 1e-9 ? 1 : sin(y) / y;
            sum += in[k] * cut * sinc * (0.5 + 0.5 * cos(M_PI * x / REACH));
        }
        s.samples[i] = (int16_t)(sum > 32767 ? 32767 : sum < -32768 ? -32768 : sum);
    }
    return s;
}

/* Setup installs espeak-ng, so that it is missing is a failure and no reason to skip. */
static inline struct sound speak(const char *words) {
    struct buf wav = {0};
    char command[2048];
    const char *path = scratch("spoken.wav");
    snprintf(command, sizeof command, "espeak-ng -v en-gb -s 150 -w '%s' \"%s\"", path, words);
    if (system(command) != 0) fail_msg("espeak-ng could not speak");
    assert_int_equal(file_read(path, 1 << 26, &wav), STATUS_OK);
    assert_true(wav.size > 44 && memcmp(wav.data, "RIFF", 4) == 0);
    assert_int_equal(little(wav.data + 22, 2), 1);
    double rate = little(wav.data + 24, 4);
    size_t at = 12;
    while (memcmp(wav.data + at, "data", 4) != 0) {
        at += 8 + little(wav.data + at + 4, 4);
        assert_true(at + 8 < wav.size);
    }
    at += 8;
    size_t n = (wav.size - at) / 2;
    int16_t *in = calloc(n, sizeof *in);
    assert_non_null(in);
    for (size_t i = 0; i < n; i++)
        in[i] = (int16_t)little(wav.data + at + 2 * i, 2);
    struct sound s = to_16k(in, n, rate);
    free(in);
    buf_release(&wav);
    return s;
}

/* The whole of it as one note. */
static inline void note_of(const struct sound *s, struct buf *out) {
    struct voice_writer *w = NULL;
    assert_int_equal(voice_write_start(&w, out), STATUS_OK);
    for (size_t i = 0; i < s->n; i += 1600)
        assert_int_equal(voice_write_add(w, s->samples + i, s->n - i < 1600 ? s->n - i : 1600),
                         STATUS_OK);
    assert_int_equal(voice_write_end(w), STATUS_OK);
}

/* All that is left of it from where it is, at 48,000. */
static inline struct sound play_rest(struct voice_reader *r) {
    struct sound s = {0};
    size_t room = 0, n = 0;
    do {
        if (room - s.n < 48000) {
            room = room * 2 + 96000;
            s.samples = realloc(s.samples, room * sizeof(int16_t));
            assert_non_null(s.samples);
        }
        assert_int_equal(voice_read_samples(r, s.samples + s.n, 48000, &n), STATUS_OK);
        s.n += n;
    } while (n);
    return s;
}

/* ---- how alike two sounds are ---- */

#define FRAME 320 /* 20 ms at 16,000 */
#define BANDS 10

/* Energy in bands from 100 to 5,000 Hz, in decibels, by a plain transform of one frame. */
static inline void bands_of(const int16_t *p, double out[BANDS]) {
    static const double edges[BANDS + 1] = {100,  300,  500,  750,  1000, 1350,
                                            1750, 2300, 3000, 4000, 5000};
    for (int b = 0; b < BANDS; b++)
        out[b] = 1e-3;
    for (int k = 2; k < FRAME / 2; k++) {
        double hz = (double)k * VOICE_RATE / FRAME, re = 0, im = 0;
        if (hz < edges[0] || hz >= edges[BANDS]) continue;
        double turn = 2 * M_PI * k / FRAME, c = cos(turn), s = sin(turn), x = 1, y = 0;
        for (int i = 0; i < FRAME; i++) {
            double hann = 0.5 - 0.5 * cos(2 * M_PI * i / FRAME), v = p[i] / 32768.0 * hann;
            re += v * x;
            im += v * y;
            double nx = x * c - y * s;
            y = x * s + y * c;
            x = nx;
        }
        int b = 0;
        while (hz >= edges[b + 1])
            b++;
        out[b] += re * re + im * im;
    }
    for (int b = 0; b < BANDS; b++)
        out[b] = 10 * log10(out[b]);
}

static inline double correlation(const double *x, const double *y, size_t n) {
    double mx = 0, my = 0, xy = 0, xx = 0, yy = 0;
    for (size_t i = 0; i < n; i++)
        mx += x[i] / (double)n, my += y[i] / (double)n;
    for (size_t i = 0; i < n; i++) {
        xy += (x[i] - mx) * (y[i] - my);
        xx += (x[i] - mx) * (x[i] - mx);
        yy += (y[i] - my) * (y[i] - my);
    }
    return xx > 0 && yy > 0 ? xy / sqrt(xx * yy) : 0;
}

struct alike {
    double correlation; /* of all bands over all frames, 1: the same course */
    double decibels;    /* mean difference where somebody speaks */
};
static inline struct alike compare(const struct sound *x, const struct sound *y) {
    size_t frames = (x->n < y->n ? x->n : y->n) / FRAME, n = 0;
    double *a = calloc(frames * BANDS, sizeof *a), *b = calloc(frames * BANDS, sizeof *b);
    struct alike out = {0};
    assert_true(a && b && frames > 10);
    for (size_t f = 0; f < frames; f++) {
        bands_of(x->samples + f * FRAME, a + f * BANDS);
        bands_of(y->samples + f * FRAME, b + f * BANDS);
        for (int i = 0; i < BANDS; i++) {
            double v = a[f * BANDS + (size_t)i];
            if (v < -5) continue; /* nothing to hear in this band now */
            out.decibels += fabs(v - b[f * BANDS + (size_t)i]);
            n++;
        }
    }
    out.correlation = correlation(a, b, frames * BANDS);
    out.decibels /= n ? (double)n : 1;
    assert_true(n > frames); /* there was something to compare */
    free(a);
    free(b);
    return out;
}

#endif
