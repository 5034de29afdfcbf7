/* walk_screen.h -- what the files of the walk screen share: its state and the frame being
 * drawn.
 *
 * walk.c lays out; walk_rail.c the sections; walk_item.c a card; walk_finding.c what opens on a
 * bad answer; walk_rooms.c the rooms; walk_repeats.c records, workers, calls; walk_first.c page one; walk_watch.c free stopwatches;
 * walk_gather.c what is no walk; walk_done.c said-to-be-done; walk_evidence.c photos and voice notes of a question. */
#ifndef SCREEN_WALK_SCREEN_H
#define SCREEN_WALK_SCREEN_H

#include "model/walk_model.h"
#include "screen/answer.h"
#include "screen/evidence_part.h"

struct walk_state {
    int32_t section;
    int32_t adding_room; /* the list of places is open */
    int32_t bonus;       /* the section's other questions are shown */
    int32_t asked;       /* questions put to the same worker so far */
    int32_t watch_wrong; /* the watch said something else */
    int32_t charge_open, about_open;
    int32_t begun;        /* the place one came for was looked up */
    int32_t aimed;        /* … and its question brought into sight */
    int32_t chip_shown;   /* section + 1 whose chip was brought into sight */
    int64_t asked_since;  /* boot ms of the first of them */
    int64_t room;         /* chosen room */
    int32_t run;          /* of a section too long to be drawn at once */
    int32_t list_length;  /* of the list to draw from, as typed so far */
    int32_t rooms_before; /* how many there were when one was added, and 1; 0: none is awaited */
    uint64_t help, raise; /* the item whose help, the part whose lanes are open */
    uint64_t voice_at;    /* the item whose voice notes are open */
    struct voice_state voice;
    struct answer_taps taps; /* on the pad that counts */
    uint64_t photo_at; /* the item one went to the camera for … */
    int32_t photos;    /* … and how many it had then */
};
struct walk_draw {
    struct ui *u;
    const struct scene *s;
    const struct walk_model *m;
    struct walk_state *st;
    struct voice_part voice; /* of the item whose notes are open; u NULL: none is drawn */
    bool added; /* the present item's photo and voice buttons stand there already */
    float kept_top, kept_bottom; /* where a photo stands that was just kept, both 0 none */
    float aim;                   /* y of the question one came for, above 0 when it was drawn */
    struct intent out;           /* the first that was asked for in this frame */
};

void walk_take(struct walk_draw *w, struct intent in);
uint64_t walk_key_of(const struct walk_item *i, const char *part);
bool walk_tap(struct walk_draw *w, rect *area, const struct button *b,
              float least); /* over the whole width */
/* A run of buttons as wide as their words, wrapped over lines; returns the tapped one, -1. */
int walk_buttons(struct walk_draw *w, rect *area, const struct button *b, int n, float least);
void walk_gap(struct walk_draw *w, rect *area);

void walk_rail(struct walk_draw *w, rect rail);
void walk_chips(struct walk_draw *w, rect *area);
void walk_finish(struct walk_draw *w);
const char *walk_finish_word(const struct walk_draw *w, bool brief);
void walk_go_section(struct walk_draw *w, int section);
void walk_first(struct walk_draw *w, rect *area);
/* walk_gather.c: page one of what is no walk; from a note to an action */
void walk_gather_first(struct walk_draw *w, rect *area);
void walk_gather_about(struct walk_draw *w, rect *area);
void walk_mock_item(struct walk_draw *w, rect *in, const struct walk_item *i);
void walk_gather_item(struct walk_draw *w, rect *in, const struct walk_item *i);
void walk_staffing(struct walk_draw *w, rect *area);
void walk_watches(struct walk_draw *w, rect *area);
void walk_rooms(struct walk_draw *w, rect *area, struct walk_section *s);
void walk_repeats(struct walk_draw *w, rect *area, const struct walk_section *s);
void walk_add_room(struct walk_draw *w,
                   const struct walk_section *s); /* the sheet with the places */
void walk_done(struct walk_draw *w, rect *area, const struct walk_done *d);
void walk_item(struct walk_draw *w, rect *area, const struct walk_item *i);
struct evidence_to walk_evidence_to(const struct walk_draw *w, const struct walk_item *i);
struct intent walk_photo(struct walk_draw *w, const struct walk_item *i);
bool walk_is_finding(
    const struct walk_item *i); /* its photo and voice buttons stand there by themselves */
void walk_evidence(struct walk_draw *w, rect *area, const struct walk_item *i);
void walk_finding(struct walk_draw *w, rect *area, const struct answer_at *at);
void walk_rest(struct walk_draw *w, rect *area, const struct walk_section *s);

#endif
