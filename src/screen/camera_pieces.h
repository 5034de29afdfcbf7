/* camera_pieces.h -- what the camera page's files share. Seen by camera*.c only.
 *
 * camera.c lays out and asks what comes first; camera_live.c the preview and the shutter;
 * camera_marks.c the shot with what is drawn on it; camera_files.c the pictures in folders. */
#ifndef SCREEN_CAMERA_PIECES_H
#define SCREEN_CAMERA_PIECES_H

#include "model/camera_model.h"
#include "screen/evidence_to.h"
#include "screen/part.h"

/* What a mark is called in the intent: one less (media/picture.h, enum picture_mark). */
enum camera_tool { TOOL_NONE, TOOL_ARROW, TOOL_CIRCLE, TOOL_PEN, TOOL_COVER };
enum camera_said { SAID_NOTHING, SAID_NOBODY, SAID_NO_BEDROOM, SAID_SOMEBODY };
struct camera_state {
    int64_t said_boot;  /* when it was said: it is about now */
    int32_t said;       /* enum camera_said */
    int32_t understood; /* the reminder */
    int32_t tool;       /* enum camera_tool; none: fingers look closer */
    int32_t picking;    /* the folders are open */
    int32_t leaving;    /* a photo is there and not kept: asked what to do with it */
    int32_t alone;      /* the old picture does not lie over the new one */
    struct ui_zoom zoom;
};
struct camera {
    struct ui *u;
    const struct scene *s;
    const struct camera_model *m;
    struct camera_state *state;
    struct evidence_to to;
    const char *caption; /* key of its field */
    struct intent out;   /* the first that was asked for in this frame */
};
void camera_take(struct camera *v, struct intent in);
/* Preview and panel: beside each other on a wide page, else the panel below. */
bool camera_beside(struct camera *v, rect area);
/* Every word of it stands in a button that wide, in the smallest type of buttons. */
bool camera_words_fit(struct camera *v, const char *words, float width);
float camera_dim(const struct camera *v);
/* Where the picture stands, until it is there. */
void camera_stage(struct camera *v, rect r);
/* Icon, what is wrong, and what can be done, in the middle of the stage. */
void camera_says(struct camera *v, rect r, enum icon icon, const char *text,
                 const struct button *b, int n, int *tapped);
void camera_live(struct camera *v, rect area);
void camera_shot(struct camera *v, rect area);
void camera_files(struct camera *v); /* the sheet */
struct intent camera_keep(struct camera *v);
struct intent camera_drop(struct camera *v);

#endif
