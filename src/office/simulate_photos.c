/* simulate_photos.c -- made-up photos for simulate --photos: the places that open actions are
 * about, as they were found and as they were later. See simulate.h.
 *
 * Drawn from a wall, a floor and a door, a little different each time, with a grain like a
 * camera's so that they take as much room as real ones; written by the same code as real ones.
 */
#include "media/picture.h"
#include "office/simulate.h"
#include "store/query.h"

#define WIDE 1280
#define HIGH 960

struct place {
    int door; /* where it begins, pixels */
    int light;
    bool open;
};

static int luma(const struct place *p, int x, int y) {
    bool door = x > p->door && x < p->door + WIDE / 5 && y > HIGH / 6 && y < HIGH * 4 / 5;
    int wall = p->light + x * 40 / WIDE - (y > HIGH * 4 / 5 ? 60 : 0);
    return door ? (p->open ? 30 : 90) + y * 20 / HIGH : wall;
}

static enum status draw_place(const struct place *p, draw *grain, struct picture **out) {
    struct buf yuyv = {0};
    for (int y = 0; y < HIGH; y++)
        for (int x = 0; x < WIDE; x += 4) {
            uint64_t noise = draw_next(grain);
            for (int k = 0; k < 4; k++, noise >>= 8) {
                buf_byte(&yuyv, (uint8_t)(luma(p, x + k, y) + (int)(noise & 7)));
                buf_byte(&yuyv, (uint8_t)(k & 1 ? 134 : 122));
            }
        }
    struct camera_frame f = {.format = FRAME_YUYV,
                             .width = WIDE,
                             .height = HIGH,
                             .stride = (size_t)WIDE * 2,
                             .bytes = yuyv.data,
                             .size = yuyv.size};
    enum status s = yuyv.overflow ? status_fail(STATUS_TOO_LARGE, "a frame")
                                  : picture_of_frame(out, &f, PICTURE_SIDE_MOST);
    buf_release(&yuyv);
    return s;
}

static enum status put_picture(struct journal *j, const struct picture *p, hash256 *hash,
                               int64_t *size) {
    struct buf b = {0};
    enum status s = picture_write(p, &b);
    if (!s) s = blob_put(j, b.data, b.size, hash);
    if (!s) *size = (int64_t)b.size;
    buf_release(&b);
    return s;
}

static enum status keep(struct journal *j, const struct clock_manual *time, row_id action,
                        row_id before, const struct picture *p, row_id *out) {
    struct row r = row_new(&kind_attachment);
    struct picture *small = picture_smaller(p, THUMB_SIDE);
    hash256 hash, thumb;
    int64_t size = 0, small_size = 0;
    enum status s = put_picture(j, p, &hash, &size);
    if (!s) s = put_picture(j, small, &thumb, &small_size);
    picture_free(small);
    if (s) return s;
    row_ref(&r, "to", action);
    row_ref(&r, "service",
            query_one_int(j, 0, "SELECT service FROM action WHERE id = ?1", 1, action));
    row_ref(&r, "before", before);
    row_text(&r, "sort", "photo");
    row_text(&r, "type", "image/jpeg");
    row_text(&r, "source", "camera");
    row_hash(&r, "hash", &hash);
    row_hash(&r, "thumb", &thumb);
    row_int(&r, "size", size);
    row_int(&r, "width", picture_width(p));
    row_int(&r, "height", picture_height(p));
    row_int(&r, "taken", time->wall_ms);
    s = journal_put_alone(j, &r);
    if (!s) *out = r.id;
    return s;
}

static row_id nth_action(struct journal *j, int n) {
    return query_one_int(j, 0,
                         "SELECT id FROM action WHERE withdrawn = 0 ORDER BY hlc DESC, "
                         "lantern_order(id) DESC LIMIT 1 OFFSET ?1",
                         1, (int64_t)n);
}

/* By turns a place as it was found, and the same place put right. */
enum status simulate_photos(struct simulation *s, struct journal *j, int photos, uint64_t seed,
                            struct clock_manual *time) {
    draw d = {.s = seed};
    struct place p = {0};
    row_id before = 0, action = 0;
    enum status st = STATUS_OK;
    for (int i = 0; !st && i < photos; i++) {
        struct picture *drawn = NULL;
        bool later = i % 2 == 1;
        if (!later) {
            action = nth_action(j, i / 2);
            p = (struct place){.door = (int)draw_below(&d, WIDE / 2),
                               .light = 110 + (int)draw_below(&d, 60)};
        }
        if (!action) break;
        p.open = later;
        time->wall_ms += 60000;
        st = draw_place(&p, &d, &drawn);
        if (!st) st = keep(j, time, action, later ? before : 0, drawn, &before);
        picture_free(drawn);
        if (!st) s->photos_made++;
    }
    return st;
}
