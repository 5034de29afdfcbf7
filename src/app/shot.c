/* shot.c -- what is held between the camera and the journal: see shot.h. */
#include "app/shot.h"

#include "app/evidence.h"
#include "app/shot_inside.h"
#include "base/file.h"
#include "base/keys.h"
#include "base/log.h"
#include "base/text.h"

#define MARKS_MOST  200
#define POINTS_MOST 20000

struct shot *shot_of(struct app *a) {
    if (!a->shot) a->shot = ARENA_NEW(&a->own, struct shot);
    return a->shot;
}

struct ui_image shot_image(struct app *a, struct picture *p) {
    return (struct ui_image){.argb = picture_argb(p),
                             .w = picture_width(p),
                             .h = picture_height(p),
                             .version = ++a->picture_version};
}

bool shot_held(const struct shot *h) {
    return h->state == SHOT_READING || h->state == SHOT_READY || h->state == SHOT_KEEPING;
}

bool shot_busy(const struct app *a) {
    return a->shot && (a->shot->state == SHOT_READING || a->shot->state == SHOT_KEEPING);
}

void shot_drop(struct shot *h) {
    picture_read_free(h->reader);
    h->reader = NULL;
    keep_shot_forget(h);
    picture_free(h->clean);
    picture_free(h->shown);
    h->clean = h->shown = NULL;
    buf_wipe(&h->marks);
    buf_wipe(&h->file);
    key_wipe(h->path, sizeof h->path);
    h->marks_count = 0;
    h->waiting = false;
    h->progress = 0;
    h->problem[0] = '\0';
    h->state = SHOT_NONE;
}

void shot_refuse(struct app *a, struct shot *h, const char *key) {
    shot_drop(h);
    h->state = SHOT_REFUSED;
    text_copy(h->problem, sizeof h->problem, word(a->words, key));
    log_line("no photo: %s", key);
}

/* The picture becomes ours. The copy without marks is made with the first mark. */
void shot_take_picture(struct app *a, struct shot *h, struct picture *p, const char *source,
                       int64_t taken) {
    shot_drop(h);
    h->shown = p;
    h->image = shot_image(a, p);
    h->source = source;
    h->taken = taken;
    h->state = SHOT_READY;
}

/* Asked before anything is taken, so that nobody marks a photo that cannot be kept. */
static bool may_take(struct app *a, struct shot *h) {
    if (h->state == SHOT_KEEPING || h->state == SHOT_READING) return false;
    if (a->scene.room_state == ROOM_NONE) {
        shot_refuse(a, h, "shot.no_room");
        return false;
    }
    enum status s = evidence_may(a, &h->to);
    if (!s) return true;
    shot_refuse(a, h, s == STATUS_SEALED ? "shot.sealed" : "shot.not_here");
    return false;
}

/* ---- from a file ---- */

static const char *refusal_of(enum status s) {
    switch (s) {
    case STATUS_NOT_FOUND:
        return "shot.file_gone";
    case STATUS_INVALID:
    case STATUS_NOT_OURS:
        return "shot.file_sort";
    case STATUS_TOO_LARGE:
        return "shot.file_large";
    case STATUS_TRUNCATED:
        return "shot.file_cut";
    case STATUS_DAMAGED:
        return "shot.file_damaged";
    default:
        return "shot.file_unread";
    }
}

static void file_asked(struct app *a, struct shot *h, const char *path) {
    if (!may_take(a, h)) return;
    shot_drop(h);
    text_copy(h->path, sizeof h->path, path);
    h->state = SHOT_READING;
    h->waiting = true;
    ui_wake_in(a->ui, 0);
}

static enum status file_begin(struct shot *h) {
    h->waiting = false;
    enum status s = file_read(h->path, PICTURE_FILE_MOST, &h->file);
    if (s) return s;
    return picture_read_start(&h->reader, h->file.data, h->file.size, PICTURE_SIDE_MOST);
}

static void file_step(struct app *a, struct shot *h) {
    bool done = false;
    enum status s = STATUS_OK;
    if (h->waiting) {
        s = file_begin(h);
    } else {
        s = picture_read_step(h->reader, SHOT_STEP_MS, &done, &h->progress);
    }
    if (s) {
        log_line("picture refused: %s", status_key(s));
        shot_refuse(a, h, refusal_of(s));
    } else if (done) {
        struct picture *p = picture_read_take(h->reader);
        shot_take_picture(a, h, p, "file", 0);
    }
    ui_wake_in(a->ui, 0);
}

/* ---- marks ---- */

static enum picture_mark sort_of(int32_t sort) {
    switch ((enum mark_sort)sort) {
    case MARK_ARROW:
        return PICTURE_ARROW;
    case MARK_CIRCLE:
        return PICTURE_CIRCLE;
    case MARK_PEN:
        return PICTURE_PEN;
    case MARK_COVER:
        break;
    }
    return PICTURE_COVER; /* in doubt what hides more */
}

static void burn_all(struct shot *h) {
    struct cursor c = cursor_of(h->marks.data, h->marks.size);
    for (int i = 0; i < h->marks_count; i++) {
        int32_t sort = (int32_t)cursor_u32(&c), count = (int32_t)cursor_u32(&c);
        const uint8_t *points = cursor_take(&c, (size_t)count * 2 * sizeof(float));
        BELIEVE(points);
        picture_mark(h->shown, sort_of(sort), (const float *)(const void *)points, count);
    }
}

static void mark(struct app *a, struct shot *h, const struct mark_intent *m) {
    if (h->state != SHOT_READY || !m || m->count < 1 || m->count > POINTS_MOST) return;
    if (h->marks_count >= MARKS_MOST) {
        ui_toast(a->ui, 0, word(a->words, "shot.marks_most"), NULL);
        return;
    }
    if (!h->clean) h->clean = picture_copy(h->shown);
    if (!h->clean) {
        ui_toast(a->ui, 0, word(a->words, "shot.marks_most"), NULL);
        return;
    }
    buf_u32(&h->marks, (uint32_t)m->sort);
    buf_u32(&h->marks, (uint32_t)m->count);
    buf_add(&h->marks, m->points, (size_t)m->count * 2 * sizeof(float));
    h->marks_count++;
    picture_mark(h->shown, sort_of(m->sort), m->points, m->count);
    h->image.version = ++a->picture_version;
}

static void unmark(struct app *a, struct shot *h) {
    if (h->state != SHOT_READY || !h->marks_count) return;
    struct cursor c = cursor_of(h->marks.data, h->marks.size);
    size_t last = 0;
    for (int i = 0; i < h->marks_count; i++) {
        last = h->marks.size - (size_t)(c.end - c.p);
        cursor_u32(&c);
        size_t count = cursor_u32(&c);
        BELIEVE(cursor_take(&c, count * 2 * sizeof(float)));
    }
    h->marks.size = last;
    h->marks_count--;
    picture_free(h->shown);
    h->shown = picture_copy(h->clean);
    h->image = shot_image(a, h->shown);
    burn_all(h);
}

/* ---- a frame ---- */

static bool page_on_top(const struct app *a) {
    return a->stack[a->depth - 1].place.screen == SCREEN_camera;
}

/* Leaving without keeping lets it go; what is being kept goes on by itself. */
static void page_left(struct app *a, struct shot *h) {
    if (h->state != SHOT_KEEPING) shot_drop(h);
    preview_left(a, h);
    key_wipe(h->folder, sizeof h->folder);
    h->on_page = false;
}

static void look_where(struct app *a, struct shot *h) {
    struct evidence_to to = {0};
    bool on = page_on_top(a);
    if (on) to = evidence_of_place(&a->stack[a->depth - 1].place);
    bool other = on && h->on_page && !evidence_same(&to, &h->to);
    if (h->on_page && (!on || other)) page_left(a, h);
    h->on_page = on;
    if (on) h->to = to;
}

/* Only the camera page knows what a picture is for, and asks what has to be asked before; where
 * it shows its preview it takes a dropped file by itself. */
static void look_dropped(struct app *a, struct shot *h) {
    bool page = h->on_page && h->camera.wanted && !shot_held(h);
    if (page && !a->covered && !a->problem.status) return;
    const char *path = ui_dropped(a->ui);
    if (!path || a->covered || a->problem.status) return;
    if (!h->on_page) {
        ui_toast(a->ui, 0, word(a->words, "shot.dropped_elsewhere"), NULL);
    } else if (h->state == SHOT_REFUSED) {
        file_asked(a, h, path);
    } else {
        const char *key = shot_held(h) ? "shot.dropped_second" : "shot.dropped_early";
        ui_toast(a->ui, 0, word(a->words, key), NULL);
    }
}

static void tell_lost(struct app *a, struct shot *h) {
    if (!h->lost_by_lock || a->covered) return;
    h->lost_by_lock = false;
    ui_toast(a->ui, 0, word(a->words, "shot.gone_by_lock"), NULL);
}

void shot_step(struct app *a) {
    struct shot *h = shot_of(a);
    look_where(a, h);
    look_dropped(a, h);
    tell_lost(a, h);
    preview_step(a, h, h->on_page && h->camera.wanted && !a->covered && !shot_held(h));
    if (h->state == SHOT_READING && !a->covered) file_step(a, h);
    if (h->state == SHOT_KEEPING) keep_shot_step(a, h, SHOT_STEP_MS);
}

void shot_scene(struct app *a) {
    struct shot *h = shot_of(a);
    bool shown = h->shown && (h->state == SHOT_READY || h->state == SHOT_KEEPING);
    a->scene.shot = (struct shot_scene){.state = h->state,
                                        .image = shown ? &h->image : NULL,
                                        .progress = h->progress,
                                        .marks = h->marks_count,
                                        .problem = h->problem};
    preview_scene(h, &a->scene.camera);
    h->camera.wanted = false;
    a->scene.camera.wanted = &h->camera.wanted;
}

void shot_drawn(struct app *a) {
    struct shot *h = shot_of(a);
    bool first = !h->camera.known || h->camera.state == CAMERA_CLOSED;
    if (h->camera.wanted && first && !a->covered && !shot_held(h)) ui_wake_in(a->ui, 0);
}

const char *shot_folder(const struct app *a) {
    return a->shot ? a->shot->folder : "";
}

void shot_covered(struct app *a) {
    if (a->shot) preview_off(a, a->shot);
}

/* Locks, closes, or goes to the sample: what somebody asked to keep is kept, in one go. */
void shot_leave(struct app *a) {
    if (!a->shot) return;
    struct shot *h = a->shot;
    while (h->state == SHOT_KEEPING && !journal_writing(a->j))
        keep_shot_step(a, h, 1000);
    h->lost_by_lock = shot_held(h);
    shot_drop(h);
    preview_left(a, h);
    key_wipe(h->folder, sizeof h->folder);
    h->on_page = false;
}

static void drop_asked(struct app *a, struct shot *h, const struct intent *in) {
    if (h->state == SHOT_KEEPING) return;
    shot_drop(h);
    if (in->back_after) stack_pop(a);
    if (!in->draft) return;
    ui_field_forget(a->ui, in->draft);
    keep_forget(a, in->draft);
    enum status s = drafts_forget(a, in->draft);
    if (s) app_told(a, s);
}

bool shot_navigate(struct app *a, const struct intent *in) {
    struct shot *h = shot_of(a);
    switch (in->kind) {
    case INTENT_camera_choose:
        preview_pick(a, h, in->number);
        return true;
    case INTENT_camera_again:
        preview_retry(a, h);
        return true;
    case INTENT_photo_take:
        if (may_take(a, h)) preview_take(a, h);
        return true;
    case INTENT_photo_file:
        file_asked(a, h, in->text);
        return true;
    case INTENT_photo_browse:
        text_copy(h->folder, sizeof h->folder, in->text ? in->text : "");
        a->model_stale = true;
        return true;
    case INTENT_photo_mark:
        mark(a, h, in->detail);
        return true;
    case INTENT_photo_unmark:
        unmark(a, h);
        return true;
    case INTENT_photo_drop:
        drop_asked(a, h, in);
        return true;
    case INTENT_photo_keep:
        keep_shot_start(a, h, in);
        return true;
    default:
        return false;
    }
}
