/* recorder_inside.h -- what the recorder's own files share: the note that is being made, and the one that plays. */
#ifndef APP_RECORDER_INSIDE_H
#define APP_RECORDER_INSIDE_H

#include "app/recorder.h"

#include "base/buf.h"
#include "media/voice.h"
#include "model/evidence_model.h"

#define LEVEL_SAMPLES (VOICE_RATE / 10)
#define LEVELS_MOST   (VOICE_MOST_MS / 100)

struct recording {
    enum voice_status state;
    struct evidence_to to;
    struct place place;          /* the page it is recorded on */
    row_id by;                   /* who holds the tablet while it is spoken */
    int64_t taken, ms;           /* wall clock when it began; length so far */
    char cut_off[16];
    struct voice_writer *writer; /* recording, paused */
    struct buf fresh;            /* not on the disk yet */
    int64_t kept_bytes, kept_ms; /* on the disk */
    int pieces;                  /* drafts there are */
    uint8_t levels[LEVELS_MOST]; /* loudness of each tenth of a second */
    int levels_count, levels_kept;
    int16_t tenth[LEVEL_SAMPLES]; /* the one that is being filled */
    int tenth_count;
    bool head_owed;              /* how it ended is not on the disk yet */
    bool told;                   /* … and that was said */
    bool unread;                 /* found, and the disk did not give it yet */
    bool claimed;                /* a form took it along: gone, if that was kept */
    int64_t retry_boot;          /* the disk did not take the last piece: not before then */
};

struct playing {
    struct voice_reader *reader; /* NULL: nothing plays */
    struct buf bytes;
    bool all_read;
    int64_t row, number, ms, of_ms;
};

struct recorder {
    struct arena arena;
    struct recording rec;
    struct playing play;
    char problem[300];
    struct place looked;         /* the page for which devices were looked for */
    bool looked_once, microphone, speaker;
};

struct recorder *recorder_of(struct app *a); /* made when first asked for */
void recorder_problem(struct app *a, const char *key); /* NULL: none */

/* recorder_disk.c */
MUST_CHECK enum status disk_head(struct app *a);
MUST_CHECK enum status disk_piece(struct app *a); /* all of rec.fresh, and then what the head owes */
MUST_CHECK enum status disk_bytes(struct app *a, struct buf *out); /* the whole note so far */
MUST_CHECK enum status disk_drop(struct app *a); /* inside a transaction, or its own */
void disk_find(struct app *a); /* what the last life left, into rec */

/* recorder_play.c */
void play_start(struct app *a, const struct evidence *e, int64_t from_ms);
void play_step(struct app *a);
void play_seek(struct app *a, int64_t ms);
void play_hush(struct app *a);   /* stops; where stays known */
void play_forget(struct app *a); /* … nor that */

#endif
