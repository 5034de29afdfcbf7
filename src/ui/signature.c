/* signature.c -- a pad that follows one finger: strokes as bytes (ui.h), drawn as smooth lines,
 * kept by key until the screen clears them. */
#include "ui/field.h"

#include "base/text.h"
#include "ui/look.h"

#define PADS_MAX          4
#define KEY_BYTES         96
#define STROKE_BYTES      9
#define STROKES_BYTES_MAX (256 * 1024)
#define PEN_UP            65535
#define PEN_MOST          65534.0F
#define PEN_DP            2.5F
#define CURVE             4 /* pieces between two points */

struct pad {
    char key[KEY_BYTES];
    struct buf strokes;
    uint32_t first_ms, last_ms; /* of the first touch; since then */
    bool pen_down;
    int64_t used;
};
struct signatures {
    struct pad pads[PADS_MAX];
};

static struct pad *pad_of(struct ui *u, const char *key) {
    if (!u->signatures) u->signatures = arena_take(&u->life, sizeof *u->signatures);
    struct pad *oldest = &u->signatures->pads[0];
    for (int i = 0; i < PADS_MAX; i++) {
        struct pad *p = &u->signatures->pads[i];
        if (text_equal(p->key, key)) return p;
        if (p->used < oldest->used) oldest = p;
    }
    buf_release(&oldest->strokes);
    *oldest = (struct pad){0};
    oldest->strokes.limit = STROKES_BYTES_MAX;
    text_copy(oldest->key, sizeof oldest->key, key);
    return oldest;
}

static uint16_t part(float v, float from, float size) {
    float p = (v - from) / size;
    return (uint16_t)((p < 0 ? 0 : p > 1 ? 1 : p) * PEN_MOST);
}

static void add(struct pad *p, uint16_t x, uint16_t y, float pressure, uint32_t ms) {
    if (p->strokes.size + STROKE_BYTES > STROKES_BYTES_MAX) return;
    buf_u16(&p->strokes, x);
    buf_u16(&p->strokes, y);
    buf_byte(&p->strokes, (uint8_t)(pressure < 0 ? 0 : pressure > 1 ? 255 : pressure * 255.0F));
    buf_u32(&p->strokes, ms);
}

/* A finger gives some ninety points a second; quadratic curves from middle to middle, with the
 * points as controls, make them the line that was meant. */
static size_t smooth(const float *xy, size_t n, float *out) {
    size_t count = 0;
    out[count++] = xy[0];
    out[count++] = xy[1];
    for (size_t i = 1; i + 1 < n; i++) {
        const float *p = xy + 2 * i, *from = out + count - 2;
        float ax = from[0], ay = from[1], bx = (p[0] + p[2]) / 2, by = (p[1] + p[3]) / 2;
        for (int step = 1; step <= CURVE; step++) {
            float t = (float)step / CURVE, a = (1 - t) * (1 - t), b = 2 * t * (1 - t),
                  c = t * t;
            out[count++] = a * ax + b * p[0] + c * bx;
            out[count++] = a * ay + b * p[1] + c * by;
        }
    }
    out[count++] = xy[2 * n - 2];
    out[count++] = xy[2 * n - 1];
    return count / 2;
}

static void draw_one(struct ui *u, const float *xy, size_t n) {
    if (!n) return;
    float *curve = ARENA_ARRAY(ui_arena(u), float, 2 * (CURVE * n + 2));
    draw_stroke(u, curve, smooth(xy, n, curve), ui_rgb(u, COLOR_INK), PEN_DP);
}

static void draw(struct ui *u, rect r, const struct pad *p) {
    struct cursor c = cursor_of(p->strokes.data, p->strokes.size);
    size_t most = p->strokes.size / STROKE_BYTES, n = 0;
    float *xy = ARENA_ARRAY(ui_arena(u), float, 2 * most + 2);
    for (size_t i = 0; i < most; i++) {
        uint16_t x = cursor_u16(&c), y = cursor_u16(&c);
        cursor_byte(&c);
        cursor_u32(&c);
        if (x == PEN_UP && y == PEN_UP) {
            draw_one(u, xy, n);
            n = 0;
            continue;
        }
        xy[2 * n] = r.x + r.w * (float)x / PEN_MOST;
        xy[2 * n + 1] = r.y + r.h * (float)y / PEN_MOST;
        n++;
    }
    draw_one(u, xy, n);
}

static void follow(struct pad *p, rect r, const struct touch_point *t) {
    if (t->phase == TOUCH_UP || t->phase == TOUCH_CANCEL) {
        if (p->pen_down) add(p, PEN_UP, PEN_UP, 0, p->last_ms);
        p->pen_down = false;
        return;
    }
    if (t->phase == TOUCH_MOVE && !p->pen_down) return; /* cleared under the finger */
    if (!p->strokes.size) {
        p->first_ms = t->ms;
        p->last_ms = 0;
    }
    if (t->ms - p->first_ms > p->last_ms && t->ms > p->first_ms)
        p->last_ms = t->ms - p->first_ms;
    add(p, part(t->x, r.x, r.w), part(t->y, r.y, r.h), t->pressure, p->last_ms);
    p->pen_down = true;
}

bool ui_signature(struct ui *u, rect r, const char *key, const char *name,
                  struct buf *strokes) {
    struct pad *p = pad_of(u, key);
    ui_id_t id = ui_id(u, key);
    size_t i = 0, before = p->strokes.size;
    struct beat b = ui_control(u, id, r, CONTROL_KEEPS | CONTROL_EXACT);
    p->used = u->frame_no;
    for (const struct touch_point *t; (t = ui_point_of(u, id, &i));)
        follow(p, r, t);
    if (b.ring) look_ring(u, r, ui_theme(u)->radius_button);
    draw(u, r, p);
    struct thing *t = thing_add(u, "signature", name, r);
    t->id = id;
    t->focused = b.focused;
    t->t.tappable = true;
    buf_clear(strokes);
    buf_add(strokes, p->strokes.data, p->strokes.size);
    return p->strokes.size != before;
}

void ui_signature_clear(struct ui *u, const char *key) {
    struct pad *p = pad_of(u, key);
    buf_clear(&p->strokes);
    p->pen_down = false;
    ui_wake_in(u, 0);
}

void signatures_forget(struct ui *u) {
    for (int i = 0; u->signatures && i < PADS_MAX; i++) {
        struct pad *p = &u->signatures->pads[i];
        if (p->strokes.data) memset(p->strokes.data, 0, p->strokes.room);
        buf_release(&p->strokes);
        *p = (struct pad){0};
    }
}

void signatures_close(struct ui *u) {
    for (int i = 0; u->signatures && i < PADS_MAX; i++)
        buf_release(&u->signatures->pads[i].strokes);
}
