/* found_part.h -- how findings look, shared by finish, show, morning and check. */
#ifndef SCREEN_FOUND_PART_H
#define SCREEN_FOUND_PART_H

#include "model/found_model.h"
#include "screen/evidence_part.h"
#include "screen/part.h"

/* "15 met · 2 partly · 2 not met · 1 critical", in the frame arena. */
const char *found_counts(struct ui *u, const struct scene *s, const struct tally *t);
/* Name, looked at, bar and counts of one key question, cut from the area. */
void found_question(struct ui *u, const struct scene *s, rect *area,
                    const struct found_question *q);
/* Tag word of a line: "Danger now", "Critical", "Not met", "Partly", "Seen". */
const char *found_tag(const struct scene *s, const struct found_line *l, enum color *ink,
                      enum color *ground);
/* One finding with its tag, words and what becomes of it; returns true when its Raise button is
 * tapped. `voice`: how its notes are listened to, NULL not here. */
bool found_row(struct ui *u, const struct scene *s, rect *area, const struct found_line *l,
               bool may_raise, const struct voice_part *voice, struct intent *open);
/* The plain sentence of a line: the item's text and what was seen. */
const char *found_sentence(struct ui *u, const struct found_line *l);
/* A small heading and a list of plain lines, cut from the area; nothing when there are none. */
/* Somebody's words in quotes; without any, that they were spoken, or not to be written down. In
 * the frame arena. */
const char *found_quote(struct ui *u, const struct scene *s, const char *text,
                        const struct evidence_list *evidence);
/* One line of a list. */
void found_bullet(struct ui *u, rect *area, enum color ground, const char *line);
void found_list(struct ui *u, rect *area, enum color ground, const char *heading,
                const char *const *lines, int n);
/* Draws kept strokes (see ui_signature) into a rectangle. */
void found_strokes(struct ui *u, rect r, const void *strokes, size_t n);

#endif
