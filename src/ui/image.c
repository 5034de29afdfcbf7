/* image.c -- pictures of the caller's pixels: where they lie, how much of them is seen, and
 * whether they are at rest.
 *
 * Journey: app/pictures.c, app/shot.c (pixels) → here → draw list → image_draw.c (textures).
 *
 * A picture at rest is shrunk with care, once, to the pixels it takes on the screen. One that
 * changes (a camera, a pinch under way) is drawn quickly and follows with care when it has come
 * to rest. */
#include "ui/image.h"
#include "base/text.h"

#define REST_MS 90

struct seen { /* a picture at a place: how it looked there, and since when */
    uint64_t place, look;
    int64_t frame, changed_ms;
};
struct images {
    struct seen seen[IMAGES_SEEN];
};

rect ui_image_place(rect r, int w, int h) {
    if (w <= 0 || h <= 0 || r.w <= 0 || r.h <= 0) return (rect){r.x, r.y, 0, 0};
    float by = SDL_min(r.w / (float)w, r.h / (float)h);
    return rect_center(r, (float)w * by, (float)h * by);
}

struct ui_zoom zoom_within(rect r, int w, int h, struct ui_zoom z) {
    rect whole = ui_image_place(r, w, h);
    if (!(z.zoom > 1) || whole.w <= 0 || whole.h <= 0) return (struct ui_zoom){1, 0.5F, 0.5F};
    z.zoom = SDL_min(z.zoom, ZOOM_MOST);
    float half_x = r.w / (2 * whole.w * z.zoom), half_y = r.h / (2 * whole.h * z.zoom);
    z.x = half_x >= 0.5F ? 0.5F : SDL_min(SDL_max(z.x, half_x), 1 - half_x);
    z.y = half_y >= 0.5F ? 0.5F : SDL_min(SDL_max(z.y, half_y), 1 - half_y);
    return z;
}

static rect place_of(rect r, const struct ui_image *img, const struct image_look *o) {
    rect whole = ui_image_place(r, img->w, img->h);
    struct ui_zoom z = zoom_within(r, img->w, img->h, o->zoom);
    float by = z.zoom;
    if (o->cover && whole.w > 0) by *= SDL_max(r.w / whole.w, r.h / whole.h);
    float w = whole.w * by, h = whole.h * by;
    return (rect){r.x + r.w / 2 - w * z.x, r.y + r.h / 2 - h * z.y, w, h};
}

static uint64_t mix(uint64_t h, const void *p, size_t n) {
    const uint8_t *b = p;
    for (; n; n--, b++)
        h = (h ^ *b) * 0x100000001B3u;
    return h;
}

/* True when it looked the same here for a moment, or has only just come up. */
static bool at_rest(struct ui *u, uint64_t place, uint64_t look) {
    if (!u->images) u->images = arena_take(&u->life, sizeof *u->images);
    struct seen *s = NULL, *oldest = &u->images->seen[0];
    for (int i = 0; i < IMAGES_SEEN && !s; i++) {
        struct seen *one = &u->images->seen[i];
        if (one->place == place && one->frame >= u->frame_no - 1) s = one;
        if (one->frame < oldest->frame) oldest = one;
    }
    bool is_new = !s;
    if (is_new) s = oldest;
    if (is_new)
        *s = (struct seen){.place = place, .look = look, .changed_ms = u->now_ms - REST_MS};
    if (s->look != look) s->changed_ms = u->now_ms;
    s->look = look;
    s->frame = u->frame_no;
    int64_t left = s->changed_ms + REST_MS - u->now_ms;
    if (left <= 0 || left > REST_MS) return true;
    ui_wake_in(u, (int)left);
    return false;
}

static uint8_t byte_of(float part) {
    return (uint8_t)((part < 0 ? 0 : part > 1 ? 1 : part) * 255 + 0.5F);
}

static void draw(struct ui *u, rect r, const struct ui_image *img, const struct image_look *o) {
    rect place = place_of(r, img, o), seen = rect_overlap(place, r);
    rect shown = rect_overlap(seen, u->clip);
    if (shown.w <= 0 || shown.h <= 0) return;
    struct image_part p;
    memset(&p, 0, sizeof p); /* hashed as bytes */
    p.argb = img->argb;
    p.version = img->version;
    p.w = img->w;
    p.h = img->h;
    p.from = (rect){(seen.x - place.x) / place.w * (float)img->w,
                    (seen.y - place.y) / place.h * (float)img->h,
                    seen.w / place.w * (float)img->w, seen.h / place.h * (float)img->h};
    uint64_t at = mix(0xCBF29CE484222325u, &p.argb, sizeof p.argb);
    at = mix(at ^ u->layer, &r, sizeof r);
    uint64_t look = mix(at, &p.version, sizeof p.version);
    look = mix(look, &p.from, sizeof p.from);
    p.rest = at_rest(u, at, look);
    struct draw *d = draw_add(u, DRAW_IMAGE, seen);
    d->image = arena_copy(ui_arena(u), &p, sizeof p);
    d->rgb = byte_of(1 - o->dim) * 0x010101u;
    d->alpha = o->alpha > 0 ? byte_of(o->alpha) : 255;
    d->radius = o->radius;
}

void ui_image(struct ui *u, rect r, const struct ui_image *img, const struct image_look *o) {
    bool there = img && img->argb && img->w > 0 && img->h > 0 && r.w > 0 && r.h > 0;
    if (there)
        draw(u, r, img, o);
    else
        draw_fill(u, r, ui_rgb(u, COLOR_LINE), o->radius, 255);
    struct thing *t = thing_add(u, "image", o->name ? o->name : "", r);
    t->image_w = there ? img->w : 0;
    t->image_h = there ? img->h : 0;
    t->zoom = there ? zoom_within(r, img->w, img->h, o->zoom).zoom : 0;
}

void images_forget(struct ui *u) {
    if (u->images) memset(u->images, 0, sizeof *u->images);
}
