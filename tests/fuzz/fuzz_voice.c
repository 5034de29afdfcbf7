/* fuzz_voice.c -- a voice note from another tablet, as it is opened, searched and played.
 *
 * covers: src/media/voice_read.c
 *
 * Every page of an Ogg stream has a checksum, so the bytes are tried twice: as they are, and
 * with the checksums made right. Believed: what opens has a length that a note can have, gives
 * no more samples than that, and lies where it was asked to go. */
#include "fuzz.h"

#include "media/voice.h"

#define PAGE_HEAD   27
#define PLAYED_MOST (3 * VOICE_PLAY_RATE)
#define LENGTH_MOST (4LL * 3600 * 1000)

static void read_some(struct voice_reader *r, int64_t most) {
    int16_t block[4800];
    int64_t sum = 0;
    size_t n = 1;
    while (n && sum < most) {
        if (voice_read_samples(r, block, 4800, &n)) return;
        BELIEVE(n <= 4800);
        sum += (int64_t)n;
    }
    BELIEVE(voice_read_at(r) <= voice_read_ms(r));
}

static void try_it(const uint8_t *p, size_t n) {
    struct voice_reader *r = NULL;
    enum status s = voice_read_start(&r, p, n);
    if (s) {
        BELIEVE(!r && (s == STATUS_INVALID || s == STATUS_DAMAGED || s == STATUS_TOO_LARGE));
        return;
    }
    int64_t ms = voice_read_ms(r);
    BELIEVE(ms >= 0 && ms <= LENGTH_MOST);
    read_some(r, PLAYED_MOST);
    for (int part = 0; part <= 3; part++) {
        if (voice_read_seek(r, ms * part / 3)) continue;
        BELIEVE(voice_read_at(r) >= 0 && voice_read_at(r) <= ms);
        read_some(r, VOICE_PLAY_RATE / 5);
    }
    voice_read_free(r);
}

static uint32_t checksum(const uint8_t *p, size_t n) {
    uint32_t crc = 0;
    for (size_t i = 0; i < n; i++) {
        crc ^= (uint32_t)(i >= 22 && i < 26 ? 0 : p[i]) << 24;
        for (int k = 0; k < 8; k++)
            crc = crc & 0x80000000U ? crc << 1 ^ 0x04c11db7U : crc << 1;
    }
    return crc;
}

/* Page after page as long as they follow each other. */
static void make_right(uint8_t *p, size_t n) {
    for (size_t at = 0; at + PAGE_HEAD <= n;) {
        size_t size = PAGE_HEAD + (size_t)p[at + 26];
        for (size_t i = 0; i < p[at + 26] && at + PAGE_HEAD + i < n; i++)
            size += p[at + PAGE_HEAD + i];
        if (memcmp(p + at, "OggS", 4) != 0 || size > n - at) {
            at++;
            continue;
        }
        uint32_t crc = checksum(p + at, size);
        for (int i = 0; i < 4; i++)
            p[at + 22 + (size_t)i] = (uint8_t)(crc >> (8 * i));
        at += size;
    }
}

static void fuzz_one(const uint8_t *p, size_t n) {
    try_it(p, n);
    uint8_t *copy = malloc(n ? n : 1);
    BELIEVE(copy);
    if (n) memcpy(copy, p, n);
    make_right(copy, n);
    try_it(copy, n);
    free(copy);
}

/* ---- inputs to start from ---- */

static void made_up(struct buf *out, int tenths) {
    struct voice_writer *w = NULL;
    int16_t block[VOICE_RATE / 10];
    uint32_t hum = 0;
    BELIEVE(voice_write_start(&w, out) == STATUS_OK);
    for (int t = 0; t < tenths; t++) {
        for (size_t i = 0; i < VOICE_RATE / 10; i++) {
            hum += 120u + (uint32_t)t * 7;
            block[i] = (int16_t)((hum % VOICE_RATE) * (unsigned)(t % 5) / 2);
        }
        BELIEVE(voice_write_add(w, block, VOICE_RATE / 10) == STATUS_OK);
    }
    BELIEVE(voice_write_end(w) == STATUS_OK);
}

static void fuzz_seeds(fuzz_put *put, void *ctx) {
    struct buf note = {0}, two = {0};
    random_seed(1);
    made_up(&note, 8);
    put(ctx, note.data, note.size);
    put(ctx, note.data, note.size - 100); /* without its end */
    put(ctx, note.data, 200);
    buf_add(&two, note.data, note.size); /* two notes, one behind the other */
    made_up(&two, 3);
    put(ctx, two.data, two.size);
    put(ctx, "OggS", 4);
    put(ctx, note.data + 47, note.size - 47); /* without its head */
    buf_release(&note);
    buf_release(&two);
}
