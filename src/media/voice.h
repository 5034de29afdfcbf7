/* voice.h -- voice notes as Ogg Opus: written as they are spoken, read and searched when played.
 *
 * Journey: microphone → voice_writer → pieces of an Ogg stream, each on the disk within a second → at the end one blob →
 * voice_reader → loudspeaker. libopusenc and opusfile stay behind this header.
 * About 2 KB a second: 16,000 samples a second, one channel, 16 kbit/s, tuned for speech. A stream whose end is missing
 * plays up to its last whole page. */
#ifndef MEDIA_VOICE_H
#define MEDIA_VOICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/status.h"

#define VOICE_RATE       16000           /* of what is recorded */
#define VOICE_PLAY_RATE  48000           /* of what is played */
#define VOICE_MOST_MS    (30 * 60 * 1000)
#define VOICE_BYTES_MOST (16u << 20)     /* of a note that is opened for playing */

struct voice_writer;
/* Whatever is ready is added to `to` (which the caller empties as it likes): the head at once, a page at least each second. */
MUST_CHECK enum status voice_write_start(struct voice_writer **out, struct buf *to);
MUST_CHECK enum status voice_write_add(struct voice_writer *w, const int16_t *samples, size_t n);
MUST_CHECK enum status voice_write_end(struct voice_writer *w); /* the rest into `to`; frees w in any case */
void voice_write_abandon(struct voice_writer *w);
int64_t voice_written_ms(const struct voice_writer *w);
/* Loudness of samples, 0 to 255, as people hear it (decibels). */
uint8_t voice_level(const int16_t *samples, size_t n);

struct voice_reader;
/* Bytes are borrowed until freed. STATUS_INVALID: no Ogg Opus; STATUS_TOO_LARGE; STATUS_DAMAGED: nothing of it plays. */
MUST_CHECK enum status voice_read_start(struct voice_reader **out, const void *bytes, size_t n);
int64_t voice_read_ms(const struct voice_reader *r);  /* whole length */
int64_t voice_read_at(const struct voice_reader *r);  /* where the next sample lies, ms */
MUST_CHECK enum status voice_read_seek(struct voice_reader *r, int64_t ms);
/* Up to `most` samples at 48,000 a second, one channel (several are mixed); 0 at the end. */
MUST_CHECK enum status voice_read_samples(struct voice_reader *r, int16_t *to, size_t most, size_t *n);
void voice_read_free(struct voice_reader *r);

#endif
