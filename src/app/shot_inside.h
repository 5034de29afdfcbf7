/* shot_inside.h -- what shot.c, shot_camera.c and shot_keep.c share. */
#ifndef APP_SHOT_INSIDE_H
#define APP_SHOT_INSIDE_H

#include "app/app_state.h"
#include "app/shot.h"
#include "media/picture.h"
#include "screen/evidence_to.h"

#define SHOT_STEP_MS   8
#define PROBLEM_MOST   400
#define CAPTION_MOST   4000
#define DRAFT_KEY_MOST 96

struct shot_camera {
    bool open, known; /* known: the list of names was read since the page came up */
    bool wanted;      /* the page shows the preview: nothing is left to be asked before it */
    enum camera_status state;
    size_t current, count;
    const char **names;
    struct arena names_arena;
    char problem[PROBLEM_MOST];
    struct picture *live;
    struct ui_image image;
    struct buf frame; /* the live picture's own bytes: what a tap takes */
    struct camera_frame is;
    int64_t looked, fresh; /* boot clock: last asked, last had a good one */
};

enum keep_stage { KEEP_PICTURE, KEEP_THUMB, KEEP_WRITE };
struct shot_keep {
    enum keep_stage stage;
    struct picture_writer *writer;
    struct buf jpeg, thumb;
    struct evidence_to to, page; /* what for; what the page it was asked on is for */
    bool nobody, back_after;
    char caption[CAPTION_MOST + 1], draft[DRAFT_KEY_MOST];
};

struct shot {
    enum shot_status state;
    double progress;
    char problem[PROBLEM_MOST];
    struct picture *clean, *shown; /* as taken; with its marks */
    struct ui_image image;
    struct buf marks; /* each: sort, count, then the points */
    int marks_count;
    const char *source; /* as the attachment's column */
    int64_t taken;
    struct picture_reader *reader;
    struct buf file;
    char path[1024]; /* to be read after a frame that says so */
    bool waiting;
    struct shot_camera camera;
    struct shot_keep keep;
    char folder[1024];
    bool on_page, lost_by_lock;
    struct evidence_to to; /* of the page on top */
};

struct shot *shot_of(struct app *a);
bool shot_held(const struct shot *h); /* there is a picture, or will be */
void shot_drop(struct shot *h);
void shot_refuse(struct app *a, struct shot *h, const char *key);
void shot_take_picture(struct app *a, struct shot *h, struct picture *p, const char *source, int64_t taken);
struct ui_image shot_image(struct app *a, struct picture *p);

/* shot_camera.c */
void preview_step(struct app *a, struct shot *h, bool wanted);
void preview_off(struct app *a, struct shot *h);
void preview_left(struct app *a, struct shot *h);
void preview_take(struct app *a, struct shot *h);
void preview_pick(struct app *a, struct shot *h, int64_t which);
void preview_retry(struct app *a, struct shot *h);
void preview_scene(const struct shot *h, struct camera_scene *out);

/* shot_keep.c */
void keep_shot_start(struct app *a, struct shot *h, const struct intent *in);
void keep_shot_step(struct app *a, struct shot *h, int ms);
void keep_shot_forget(struct shot *h);

#endif
