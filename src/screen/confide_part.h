/* confide_part.h -- what Heard something and Saw something share when words are for one reader
 * only: which reader, whether it can be kept here at all, and the writer's own notes. */
#ifndef SCREEN_CONFIDE_PART_H
#define SCREEN_CONFIDE_PART_H

#include "model/confide_model.h"
#include "screen/part.h"

enum confide_route { ROUTE_UNSAID, ROUTE_PROVIDER, ROUTE_NAMED, ROUTE_NOTHING };
/* Part of a screen's state. It belongs to who wrote it: another holder finds it empty. */
struct confide_state {
    int64_t reader, writer;
    int32_t route, severity; /* severity 0 not said */
    int32_t telling;         /* the danger sheet is open */
    int32_t reading;         /* the sheet with one's own notes is open */
};
struct confide {
    struct ui *u;
    const struct scene *s;
    const struct confide_model *m;
    struct confide_state *state;
    const char *prefix; /* of its fields: "confide/HOLDER/SCREEN/VISIT/" */
};
/* Another person holds the tablet than the one who was asked who speaks, or said that it is about
 * one worker: whoever it is must not even see that somebody spoke. */
bool confide_other_hand(const struct confide_model *m, const struct confide_state *state);
/* Starts anew when another person holds the tablet. */
struct confide confide_of(struct ui *u, const struct scene *s, const struct confide_model *m,
                          struct confide_state *state, const char *screen, int64_t visit);
const char *confide_key(const struct confide *c, const char *field);
const char *confide_said(const struct confide *c, const char *field); /* in the field, "" */
/* Everything typed goes: "do not keep it", another speaker, closed before it was ready. */
void confide_forget(struct confide *c, const char *const *fields, int n);

/* Why a route cannot be taken: a words key, NULL when it can. */
const char *confide_hindered(const struct confide *c, enum confide_route route);
/* Nobody may read it, or it is the sample: no PIN would help. */
bool confide_hopeless(const struct confide *c, enum confide_route route);
/* The reader of the present route, NULL while none is chosen. */
const struct confide_reader *confide_reader(const struct confide *c);
/* Several readers on one route: which of them. */
void confide_choose_reader(struct confide *c, rect *in);
/* "Choose a PIN first", with the way there. */
struct intent confide_pin(struct confide *c, rect *in);
void confide_severity(struct confide *c, rect *in);
/* One line of text, or several. */
void confide_field(struct confide *c, rect *in, const char *field, const char *name,
                   const char *hint, int lines, size_t most);
struct intent confide_keep(struct confide *c, const struct confide_intent *filled);

/* "Written in confidence, not sent yet", for the writer only, and the sheet. */
void confide_mine(struct confide *c, rect *area);
void confide_mine_sheet(struct confide *c);

#endif
