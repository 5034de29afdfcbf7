/* evidence_part.h -- photos and voice notes where they belong: thumbnails in a strip, and the
 * buttons that add one.
 *
 * Used by the walk's questions, Saw something, one action, the past check, and the view for the
 * person in charge (photos alone). Voice notes themselves are voice_part's. */
#ifndef SCREEN_EVIDENCE_PART_H
#define SCREEN_EVIDENCE_PART_H

#include "model/evidence_model.h"
#include "screen/evidence_to.h"
#include "screen/part.h"
#include "screen/voice_part.h"

int evidence_photos(const struct evidence_list *list); /* how many of them are photos */

/* Thumbnails with captions, wrapped over lines; a tap opens the picture. What waits for its
 * form can be taken away. `to`: what those that wait belong to, NULL when none can. */
struct intent evidence_strip(struct ui *u, const struct scene *s, rect *area,
                             const struct evidence_list *list, const struct evidence_to *to,
                             enum color ground);
/* The same without a way to the picture: the tablet is in other hands. */
void evidence_strip_only(struct ui *u, const struct scene *s, rect *area,
                         const struct evidence_list *list, enum color ground);

/* "Photo", "Photo · 2". */
struct button evidence_photo_button(struct ui *u, const struct scene *s,
                                    const struct evidence_list *list);
struct button evidence_voice_button(const struct voice_part *voice);
/* To the camera, for that. */
struct intent evidence_photo_go(const struct evidence_to *to);

/* Photo and Voice side by side, then what there is. A voice part with `read_only` has no
 * buttons; NULL: photos only, and `to` says for what. */
struct intent evidence_row(struct ui *u, const struct scene *s, rect *area,
                           const struct evidence_list *list, const struct evidence_to *to,
                           const struct voice_part *voice, enum color ground);

/* The photos of an action's place: each later one beside the one it is compared with, the
 * others in a strip. */
struct intent evidence_places(struct ui *u, const struct scene *s, rect *area,
                              const struct evidence_list *list, enum color ground);

#endif
