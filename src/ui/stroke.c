/* stroke.c -- a finger's way over a picture, while it is drawn; and ways as lines.
 *
 * Journey: finger → here → a screen shows it (ui_polyline) and, when it is lifted, asks for the
 * mark. A finger that is lost (the window was left, Cover, another finger on the same picture)
 * leaves nothing: a mark that cannot be taken out of a stored picture is only made on purpose.
 */
#include <math.h>

#include "base/keys.h"
#include "ui/look.h"

#define PENS_MAX   4
#define POINTS_MAX 4096
#define APART_DP   1.0F
#define PIECE_PAIRS \
    32 /* of a line, drawn as one texture; only the last piece of a growing line is new */

struct pen {
    ui_id_t id;
    int64_t frame;
    struct buf points; /* pairs of floats, parts of the rectangle */
    bool down, done;
};
struct pens {
    struct pen all[PENS_MAX];
};

static void start_again(struct pen *p) {
    buf_clear(&p->points);
    p->down = p->done = false;
}

static struct pen *pen_of(struct ui *u, ui_id_t id) {
    if (!u->pens) u->pens = arena_take(&u->life, sizeof *u->pens);
    struct pen *p = NULL, *oldest = &u->pens->all[0];
    for (int i = 0; i < PENS_MAX && !p; i++) {
        struct pen *one = &u->pens->all[i];
        if (one->id == id) p = one;
        if (one->frame < oldest->frame) oldest = one;
    }
    if (!p) {
        p = oldest;
        start_again(p);
        p->id = id;
    }
    if (p->done || p->frame < u->frame_no - 1) start_again(p);
    p->frame = u->frame_no;
    return p;
}

static float part(float v, float from, float size) {
    float p = size > 0 ? (v - from) / size : 0;
    return p < 0 ? 0 : p > 1 ? 1 : p;
}

/* A finger at rest trembles: what moved less than a dp is the same point. */
static void add(struct pen *p, rect r, const struct touch_point *t) {
    float xy[2] = {part(t->x, r.x, r.w), part(t->y, r.y, r.h)}, last[2];
    size_t n = p->points.size / sizeof xy;
    if (n) {
        memcpy(last, p->points.data + p->points.size - sizeof last, sizeof last);
        if (hypotf((xy[0] - last[0]) * r.w, (xy[1] - last[1]) * r.h) < APART_DP) return;
    }
    if (n < POINTS_MAX) buf_add(&p->points, xy, sizeof xy);
}

static void follow(struct pen *p, rect r, const struct touch_point *t) {
    if (t->phase == TOUCH_DOWN) {
        start_again(p);
        p->down = true;
    }
    if (!p->down || p->done) return; /* it came down before this was here */
    if (t->phase == TOUCH_CANCEL) {
        start_again(p);
        return;
    }
    add(p, r, t);
    if (t->phase == TOUCH_UP) p->done = true, p->down = false;
}

struct ui_stroke ui_stroke(struct ui *u, rect r, const char *key, const char *name) {
    ui_id_t id = ui_id(u, key);
    struct beat b = ui_control(u, id, r, CONTROL_KEEPS | CONTROL_EXACT);
    struct pen *p = pen_of(u, id);
    size_t i = 0;
    for (const struct touch_point *t; !p->done && (t = ui_point_of(u, id, &i));)
        follow(p, r, t);
    if (b.ring) draw_outline(u, rect_inset(r, 2, 2), ui_rgb(u, COLOR_PRIMARY), 0, 3);
    struct thing *t = look_thing(u, "stroke", name, id, r, &b);
    t->pressed = false;
    int count = (int)(p->points.size / (2 * sizeof(float)));
    const float *points =
        count ? arena_copy(ui_arena(u), p->points.data, p->points.size) : NULL;
    return (struct ui_stroke){points, count, p->done};
}

void ui_polyline(struct ui *u, rect r, const float *points, int count, enum color c,
                 float width) {
    if (count < 1 || c == COLOR_NONE) return;
    float *xy = ARENA_ARRAY(ui_arena(u), float, 2 * (size_t)count);
    for (int i = 0; i < count; i++) {
        xy[2 * i] = r.x + r.w * points[2 * i];
        xy[2 * i + 1] = r.y + r.h * points[2 * i + 1];
    }
    uint32_t rgb = ui_rgb(u, c);
    for (int from = 0; from == 0 || from < count - 1; from += PIECE_PAIRS) {
        int n = SDL_min(PIECE_PAIRS + 1, count - from);
        draw_stroke(u, xy + 2 * from, (size_t)n, rgb, width);
    }
}

void pens_forget(struct ui *u) {
    for (int i = 0; u->pens && i < PENS_MAX; i++) {
        struct pen *p = &u->pens->all[i];
        if (p->points.data) key_wipe(p->points.data, p->points.room);
        start_again(p);
    }
}

void pens_close(struct ui *u) {
    for (int i = 0; u->pens && i < PENS_MAX; i++)
        buf_release(&u->pens->all[i].points);
}
