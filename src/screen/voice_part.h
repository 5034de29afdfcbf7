/* voice_part.h -- a voice note: recorded, heard again, kept or thrown away. Drawn in place
 * (Heard something) or as a sheet (an item of the walk, Saw something).
 *
 * The recorder is one for the whole app (scene.voice); this piece shows it to the screen it
 * records for, and says to every other screen that it is busy and with what. Who may be
 * recorded at all is settled by the screen (`barred`): what is there all the same stops by
 * itself and has to go before the form is kept. */
#ifndef SCREEN_VOICE_PART_H
#define SCREEN_VOICE_PART_H

#include "model/evidence_model.h"
#include "screen/part.h"

/* Part of a screen's state; zeroed on entry. */
struct voice_state {
    int64_t at_row, at_number,
        at_ms;            /* where playing stands still; both 0: what was just recorded */
    int64_t asked_number; /* "Remove it?" was asked about that one */
    int32_t asked;        /* "Discard it?" was asked about what was just recorded */
    int32_t purging; /* everything goes; as many as there were when it was last asked for */
    int32_t open;    /* the sheet */
    int32_t seen;    /* what the recorder offered last; other buttons are brought into view */
};
struct voice_part {
    struct ui *u;
    const struct scene *s;
    struct voice_state *state;
    struct evidence_to to; /* what is recorded for */
    const struct evidence_list
        *list; /* what was kept for it or waits with it; photos are passed over; NULL none */
    const char *barred; /* words key of why nothing is recorded now; NULL: it may be */
    bool read_only;     /* only listened to: a sealed check, a past one */
    enum color ground;  /* it stands on */
};
/* The recorder and, below it, the notes there are. Cuts what it takes off the area. */
struct intent voice_part(const struct voice_part *p, rect *area);
/* Only the notes there are: play, length, size, when, remove. */
struct intent voice_notes(const struct voice_part *p, rect *area);
/* The same as a sheet while state->open; after everything else of the screen. */
struct intent voice_sheet(const struct voice_part *p);
/* For the button that opens the sheet: "Voice", "Recording 0:24", "Voice: 2 notes". */
const char *voice_button(const struct voice_part *p);

bool voice_same(const struct evidence_to *a, const struct evidence_to *b);
/* What is recorded now, or was and is neither kept nor thrown away, is for this. */
bool voice_is_for(const struct scene *s, const struct evidence_to *to);
int voice_count(const struct evidence_list *list);
/* How many are not part of a record yet: the one on the recorder, and those that wait. */
int voice_loose(const struct voice_part *p);
/* All of them go, one a frame; INTENT_none when nothing is left. */
struct intent voice_purge(const struct voice_part *p);

#endif
