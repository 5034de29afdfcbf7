/* test_voice.c -- voice notes: what is spoken comes out again, whatever is cut off or broken.
 *
 * needs: media base
 *
 * The speech is espeak-ng's. It is encoded, decoded, and compared band by band in frames of
 * 20 ms, and its length; a note in a foreign voice (a sine instead of speech) must fail that
 * comparison, or it would prove nothing. Truncated and damaged notes are read from exactly as
 * many bytes as they have, so that the sanitizer sees every step beyond. */
#include "voice_hand.h"

#include <opusenc.h>

#include "base/hash.h"
#include "base/log.h"

#define OK(s)    assert_int_equal((s), STATUS_OK)
#define SHORT_MS 640 /* of the note that is cut off and damaged everywhere */

static struct sound speech;

static int say(void **state) {
    (void)state;
    random_seed(20261122);
    speech = speak(spoken_words);
    return speech.n == 0;
}

static int said(void **state) {
    (void)state;
    free(speech.samples);
    return 0;
}

static void speech_survives(void **state) {
    struct buf note = {0};
    struct voice_reader *r = NULL;
    (void)state;
    note_of(&speech, &note);
    OK(voice_read_start(&r, note.data, note.size));
    struct sound out = play_rest(r), heard = to_16k(out.samples, out.n, VOICE_PLAY_RATE);
    double seconds = (double)speech.n / VOICE_RATE, longer = (double)heard.n / (double)speech.n;
    assert_true(fabs(longer - 1) < 0.01);
    assert_true(fabs((double)voice_read_ms(r) / 1000 / seconds - 1) < 0.01);
    struct alike a = compare(&speech, &heard);
    printf("figure: %.1f s of speech: %.0f bytes a second, %.2f %% longer, bands %.3f "
           "correlated, %.1f dB apart\n",
           seconds, (double)note.size / seconds, (longer - 1) * 100, a.correlation, a.decibels);
    assert_true(a.correlation > 0.95);
    assert_true(a.decibels < 3.5);
    assert_true((double)note.size / seconds < 2600);
    /* The comparison can tell: the same speech, a fifth of a second late. */
    struct sound late = {.samples = heard.samples + 3200, .n = heard.n - 3200};
    struct alike b = compare(&speech, &late);
    assert_true(b.correlation < 0.8 && b.decibels > 6);
    voice_read_free(r);
    free(out.samples);
    free(heard.samples);
    buf_release(&note);
}

/* What has left the writer at any moment plays up to less than 300 ms before. */
static void pages_leave_in_time(void **state) {
    struct buf note = {0};
    struct voice_writer *w = NULL;
    int64_t most = 0;
    (void)state;
    OK(voice_write_start(&w, &note));
    assert_true(note.size > 0 && memcmp(note.data, "OggS", 4) == 0);
    for (size_t i = 0; i + 160 <= 6 * VOICE_RATE; i += 160) {
        struct voice_reader *r = NULL;
        OK(voice_write_add(w, speech.samples + i, 160));
        int64_t fed = voice_written_ms(w);
        if (fed < 400) continue;
        OK(voice_read_start(&r, note.data, note.size));
        if (fed - voice_read_ms(r) > most) most = fed - voice_read_ms(r);
        voice_read_free(r);
    }
    assert_true(most <= 300);
    printf("figure: at most %lld ms of what was said are still inside the encoder\n",
           (long long)most);
    voice_write_abandon(w);
    buf_release(&note);
}

static void only_the_serial_differs(void **state) {
    struct buf x = {0}, y = {0}, z = {0};
    (void)state;
    random_seed(7);
    note_of(&speech, &x);
    note_of(&speech, &z);
    random_seed(7);
    note_of(&speech, &y);
    assert_int_equal(x.size, y.size);
    assert_memory_equal(x.data, y.data, x.size);
    assert_int_equal(x.size, z.size);
    assert_memory_not_equal(x.data, z.data, x.size);
    buf_release(&x);
    buf_release(&y);
    buf_release(&z);
}

/* ---- cut off, damaged, hostile ---- */

/* From exactly as many bytes. Returns the length that was played, or -1: refused. */
static int64_t try_note(const uint8_t *p, size_t n, size_t *played) {
    struct voice_reader *r = NULL;
    uint8_t *exact = malloc(n ? n : 1);
    int64_t ms = -1;
    size_t got = 1;
    int16_t block[4800];
    memcpy(exact, p, n);
    *played = 0;
    if (!voice_read_start(&r, exact, n)) {
        ms = voice_read_ms(r);
        while (got && !voice_read_samples(r, block, 4800, &got))
            *played += got;
        if (!voice_read_seek(r, ms / 2)) (void)!voice_read_samples(r, block, 4800, &got);
        voice_read_free(r);
    } else {
        assert_null(r);
    }
    free(exact);
    return ms;
}

static void short_note(struct buf *out) {
    const struct sound s = {.samples = speech.samples + 8000,
                            .n = VOICE_RATE * SHORT_MS / 1000};
    note_of(&s, out);
}

/* The encoder's memory holds what was there before; with a note that was ended before anybody
 * spoke the library used to abort on some of it. */
static void ended_before_anything_was_said(void **state) {
    (void)state;
    for (int i = 0; i < 64; i++) {
        struct buf b = {0};
        struct voice_writer *w = NULL;
        struct voice_reader *r = NULL;
        uint8_t *before = malloc(100000);
        assert_non_null(before);
        memset(before, i * 37, 100000);
        free(before);
        assert_int_equal(voice_write_start(&w, &b), STATUS_OK);
        assert_int_equal(voice_written_ms(w), 0);
        assert_int_equal(voice_write_end(w), STATUS_OK);
        enum status s = voice_read_start(&r, b.data, b.size);
        assert_true(s || voice_read_ms(r) == 0);
        if (!s) voice_read_free(r);
        buf_release(&b);
    }
}

static void every_truncation(void **state) {
    struct buf note = {0};
    int64_t before = -1;
    size_t played, plays = 0, refused = 0;
    (void)state;
    short_note(&note);
    for (size_t n = 0; n <= note.size; n++) {
        int64_t ms = try_note(note.data, n, &played);
        assert_true(ms >= before); /* more bytes never play less */
        before = ms;
        plays += ms >= 0;
        refused += ms < 0;
        if (ms >= 0) assert_true(llabs((int64_t)played / 48 - ms) <= 1);
    }
    assert_true(llabs(before - SHORT_MS) <= 1);
    printf("figure: a note of %zu bytes cut off at every byte: %zu play, %zu are refused\n",
           note.size, plays, refused);
    assert_true(plays > note.size / 2);
    buf_release(&note);
}

static void damaged_anywhere(void **state) {
    struct buf note = {0};
    size_t played, whole = 0, less = 0, refused = 0;
    draw luck = {.s = 5};
    (void)state;
    short_note(&note);
    for (size_t i = 0; i < note.size; i++) {
        uint8_t was = note.data[i];
        note.data[i] = (uint8_t)(was ^ (1U << draw_below(&luck, 8)));
        int64_t ms = try_note(note.data, note.size, &played);
        note.data[i] = was;
        refused += ms < 0;
        whole += ms >= 0 && played >= (SHORT_MS - 10) * 48;
        less += ms >= 0 && played < (SHORT_MS - 10) * 48;
    }
    printf("figure: one bit wrong in each of %zu bytes: %zu play whole, %zu in part, %zu are "
           "refused\n",
           note.size, whole, less, refused);
    assert_true(less + whole > refused);
    buf_release(&note);
}

static void ogg_checksum(uint8_t *page, size_t n) {
    uint32_t crc = 0;
    memset(page + 22, 0, 4);
    for (size_t i = 0; i < n; i++) {
        crc ^= (uint32_t)page[i] << 24;
        for (int k = 0; k < 8; k++)
            crc = crc & 0x80000000U ? crc << 1 ^ 0x04c11db7U : crc << 1;
    }
    for (int i = 0; i < 4; i++)
        page[22 + i] = (uint8_t)(crc >> (8 * i));
}

static size_t page_size(const uint8_t *page) {
    size_t n = 27U + page[26];
    for (int i = 0; i < page[26]; i++)
        n += page[27 + i];
    return n;
}

/* A page may say that it lies at any moment; its checksum is right. */
static void lengths_nobody_spoke(void **state) {
    static const int64_t says[] = {INT64_MAX, INT64_MIN,          -1,           0,
                                   1LL << 40, 48000LL * 3600 * 5, -(1LL << 40), 312};
    size_t refused = 0;
    (void)state;
    for (size_t k = 0; k < sizeof says / sizeof says[0]; k++) {
        struct buf note = {0};
        size_t last = 0, played;
        short_note(&note);
        for (size_t at = 0; at < note.size; at += page_size(note.data + at))
            last = at;
        for (int i = 0; i < 8; i++)
            note.data[last + 6 + (size_t)i] = (uint8_t)((uint64_t)says[k] >> (8 * i));
        ogg_checksum(note.data + last, note.size - last);
        int64_t ms = try_note(note.data, note.size, &played);
        assert_true(ms <= 4LL * 3600 * 1000);
        assert_true(played <= 48000 * 3);
        refused += ms < 0;
        buf_release(&note);
    }
    assert_true(refused >= 3);
}

static void what_is_no_note(void **state) {
    struct voice_reader *r = NULL;
    static const char wav[] = "RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00";
    (void)state;
    assert_int_equal(voice_read_start(&r, wav, sizeof wav), STATUS_INVALID);
    assert_int_equal(voice_read_start(&r, "", 0), STATUS_INVALID);
    assert_int_equal(voice_read_start(&r, "OggS", 4), STATUS_INVALID);
    uint8_t *large = calloc(1, VOICE_BYTES_MOST + 1);
    assert_int_equal(voice_read_start(&r, large, VOICE_BYTES_MOST + 1), STATUS_TOO_LARGE);
    assert_int_not_equal(voice_read_start(&r, large, VOICE_BYTES_MOST), STATUS_OK);
    free(large);
    /* only the head of one */
    struct buf note = {0};
    struct voice_writer *w = NULL;
    OK(voice_write_start(&w, &note));
    assert_int_not_equal(voice_read_start(&r, note.data, note.size), STATUS_OK);
    voice_write_abandon(w);
    buf_release(&note);
    assert_null(r);
}

static int add_to(void *ctx, const unsigned char *p, opus_int32 n) {
    buf_add(ctx, p, (size_t)n);
    return 0;
}
static int close_it(void *ctx) {
    (void)ctx;
    return 0;
}

/* Another program's: two channels, music's settings. One of them is silent. */
static void two_channels_are_mixed(void **state) {
    static const OpusEncCallbacks calls = {.write = add_to, .close = close_it};
    struct buf note = {0};
    struct voice_reader *r = NULL;
    int code = 0;
    (void)state;
    OggOpusComments *c = ope_comments_create();
    OggOpusEnc *e = ope_encoder_create_callbacks(&calls, &note, c, 48000, 2, 0, &code);
    assert_non_null(e);
    ope_encoder_ctl(e, OPUS_SET_BITRATE(128000));
    for (int i = 0; i < 48000 * 2; i++) {
        const opus_int16 pair[2] = {(opus_int16)(16000 * sin(2 * M_PI * 440 * i / 48000.0)), 0};
        assert_int_equal(ope_encoder_write(e, pair, 1), 0);
    }
    ope_encoder_drain(e);
    ope_encoder_destroy(e);
    ope_comments_destroy(c);
    OK(voice_read_start(&r, note.data, note.size));
    assert_int_equal(voice_read_ms(r), 2000);
    struct sound s = play_rest(r);
    int16_t most = 0;
    for (size_t i = 4800; i < s.n - 4800; i++)
        if (s.samples[i] > most) most = s.samples[i];
    assert_int_equal(s.n, 96000);
    assert_true(most > 7000 && most < 9000);
    free(s.samples);
    voice_read_free(r);
    buf_release(&note);
}

/* ---- seeking ---- */

/* Where in the whole the piece lies, to the sample, by the best match within 200 ms. */
static int64_t found_at(const struct sound *whole, const int16_t *piece, size_t n,
                        int64_t near) {
    double best = -1;
    int64_t at = -1;
    for (int64_t lag = -9600; lag <= 9600; lag += 12) {
        double xy = 0, xx = 1, yy = 1;
        if (near + lag < 0 || near + lag + (int64_t)n > (int64_t)whole->n) continue;
        for (size_t i = 0; i < n; i += 6) {
            double x = whole->samples[(size_t)(near + lag) + i], y = piece[i];
            xy += x * y, xx += x * x, yy += y * y;
        }
        if (xy / sqrt(xx * yy) <= best) continue;
        best = xy / sqrt(xx * yy);
        at = near + lag;
    }
    return best > 0.8 ? at : -1;
}

static void seeking_is_exact(void **state) {
    struct buf note = {0};
    struct voice_reader *r = NULL;
    int16_t piece[9600];
    int64_t worst = 0;
    int looked = 0;
    draw luck = {.s = 11};
    (void)state;
    note_of(&speech, &note);
    OK(voice_read_start(&r, note.data, note.size));
    struct sound whole = play_rest(r);
    for (int i = 0; i < 30; i++) {
        size_t n;
        int64_t ms = draw_below(&luck, (uint32_t)voice_read_ms(r) - 400);
        OK(voice_read_seek(r, ms));
        assert_true(llabs(voice_read_at(r) - ms) <= 1);
        OK(voice_read_samples(r, piece, 9600, &n));
        assert_int_equal(n, 9600);
        if (voice_level(piece, 9600) < 100) continue; /* between two words all is alike */
        int64_t at = found_at(&whole, piece, n, ms * 48);
        if (at < 0) continue; /* a hiss, which no decoder makes twice the same */
        int64_t off = llabs(at / 48 - ms);
        if (off > worst) worst = off;
        looked++;
    }
    assert_true(looked > 15);
    assert_true(worst <= 100);
    printf("figure: %d seeks, off by %lld ms at most\n", looked, (long long)worst);
    OK(voice_read_seek(r, -5));
    assert_int_equal(voice_read_at(r), 0);
    OK(voice_read_seek(r, 1LL << 50));
    size_t n = 1;
    OK(voice_read_samples(r, piece, 9600, &n));
    assert_true(n < 100);
    free(whole.samples);
    voice_read_free(r);
    buf_release(&note);
}

static void levels(void **state) {
    int16_t tone[1600], quiet[1600] = {0};
    uint8_t before = 0;
    (void)state;
    assert_int_equal(voice_level(quiet, 1600), 0);
    assert_int_equal(voice_level(quiet, 0), 0);
    for (int loud = 100; loud <= 30000; loud *= 3) {
        for (int i = 0; i < 1600; i++)
            tone[i] = (int16_t)(loud * sin(i * 0.3));
        uint8_t level = voice_level(tone, 1600);
        assert_true(level > before);
        before = level;
    }
    for (int i = 0; i < 1600; i++)
        tone[i] = i % 2 ? INT16_MIN : INT16_MAX;
    assert_true(voice_level(tone, 1600) >= 254);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(speech_survives),
        cmocka_unit_test(pages_leave_in_time),
        cmocka_unit_test(only_the_serial_differs),
        cmocka_unit_test(every_truncation),
        cmocka_unit_test(ended_before_anything_was_said),
        cmocka_unit_test(damaged_anywhere),
        cmocka_unit_test(lengths_nobody_spoke),
        cmocka_unit_test(what_is_no_note),
        cmocka_unit_test(two_channels_are_mixed),
        cmocka_unit_test(seeking_is_exact),
        cmocka_unit_test(levels),
    };
    log_open("/dev/null");
    return cmocka_run_group_tests(tests, say, said);
}
