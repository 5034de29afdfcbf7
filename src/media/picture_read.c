/* picture_read.c -- a picture from outside, read in steps of a few milliseconds.
 *
 *   room → begin → rows → finish → fit → smaller → drop → turn → ready      JPEG
 *   stream                       → fit → smaller → drop        → ready      PNG
 *
 * Each round of a step does one piece: a row, a window of bytes, one call of the scaler. What
 * takes some ten milliseconds at once, the scaler and getting or wiping many pages of memory,
 * has a step for itself. */
#include "media/picture_jpeg.h"
#include "media/picture_png.h"

#define TURN_ROWS 16

enum stage { ROOM, BEGIN, ROWS, FINISH, STREAM, FIT, SMALLER, DROP, TURN, READY };

struct picture_reader {
    struct arena arena;
    enum stage stage;
    enum status failed;
    const void *bytes;
    bool is_jpeg;
    struct jpeg_in jpeg;
    struct png_in *png;
    int side_most, turn, row;
    struct picture_size size; /* as it is decoded */
    struct picture *decoded, *small, *upright;
};

static enum status open_jpeg(struct picture_reader *r, size_t n, bool frame) {
    r->is_jpeg = true;
    jpeg_in_start(&r->jpeg, r->bytes, n, frame);
    enum status s = jpeg_in_head(&r->jpeg, &r->turn);
    if (s) return s;
    r->size = jpeg_in_scale(&r->jpeg, r->side_most);
    return STATUS_OK;
}

enum status picture_read_start(struct picture_reader **out, const void *bytes, size_t n,
                               int side_most) {
    struct picture_kind kind;
    BELIEVE(side_most > 0);
    enum status s = picture_look(bytes, n, &kind);
    if (s) return s;
    struct arena own = {0};
    struct picture_reader *r = ARENA_NEW(&own, struct picture_reader);
    r->arena = own;
    r->bytes = bytes;
    r->side_most = side_most;
    r->turn = 1;
    r->stage = png_is(bytes, n) ? STREAM : ROOM;
    s = r->stage == STREAM ? png_in_start(&r->png, bytes, n, side_most)
                           : open_jpeg(r, n, false);
    if (s) {
        picture_read_free(r);
        return s;
    }
    *out = r;
    return STATUS_OK;
}

void picture_read_free(struct picture_reader *r) {
    if (!r) return;
    if (r->is_jpeg) jpeg_in_end(&r->jpeg);
    png_in_end(r->png);
    picture_free(r->decoded);
    picture_free(r->upright);
    picture_free(r->small);
    struct arena own = r->arena;
    arena_wipe(&own);
}

/* The stage's next piece of work, and the stage after it. */

static enum status one_row(struct picture_reader *r) {
    bool done = false;
    enum status s = jpeg_in_row(&r->jpeg, picture_row(r->decoded, r->row), &done);
    if (!s && done && ++r->row == picture_height(r->decoded)) r->stage = FINISH;
    return s;
}

static enum status stream(struct picture_reader *r) {
    bool done = false;
    enum status s = png_in_more(r->png, &done);
    if (s || !done) return s;
    r->decoded = png_in_take(r->png);
    r->stage = FIT;
    return STATUS_OK;
}

static enum status get_room(struct picture **to, int w, int h) {
    *to = picture_new(w, h);
    return *to ? STATUS_OK : status_fail(STATUS_TOO_LARGE, "no memory for the picture");
}

static void turn_next(struct picture_reader *r) {
    r->stage = r->turn == 1 ? READY : TURN;
    r->row = 0;
}

static enum status fit(struct picture_reader *r) {
    int w = picture_width(r->decoded), h = picture_height(r->decoded);
    struct picture_size size = picture_fit(w, h, r->side_most);
    if (w <= r->side_most && h <= r->side_most) {
        turn_next(r);
        return STATUS_OK;
    }
    r->stage = SMALLER;
    return get_room(&r->small, size.w, size.h);
}

static enum status make_smaller(struct picture_reader *r) {
    r->stage = DROP;
    if (picture_scale(r->decoded, r->small)) return STATUS_OK;
    return status_fail(STATUS_TOO_LARGE, "no memory for the picture");
}

static void drop_larger(struct picture_reader *r) {
    picture_free(r->decoded);
    r->decoded = r->small;
    r->small = NULL;
    turn_next(r);
}

static enum status turn_some(struct picture_reader *r) {
    int w = picture_width(r->decoded), h = picture_height(r->decoded);
    bool swap = turn_swaps(r->turn);
    if (!r->upright) return get_room(&r->upright, swap ? h : w, swap ? w : h);
    turn_rows(r->decoded, r->upright, r->turn, r->row, TURN_ROWS);
    r->row += TURN_ROWS;
    if (r->row < h) return STATUS_OK;
    picture_free(r->decoded);
    r->decoded = r->upright;
    r->upright = NULL;
    r->stage = READY;
    return STATUS_OK;
}

static enum status one_piece(struct picture_reader *r) {
    bool done = false;
    enum status s = STATUS_OK;
    switch (r->stage) {
    case ROOM:
        r->stage = BEGIN;
        return get_room(&r->decoded, r->size.w, r->size.h);
    case BEGIN:
        s = jpeg_in_begin(&r->jpeg, &done);
        if (done) r->stage = ROWS;
        return s;
    case ROWS:
        return one_row(r);
    case FINISH:
        s = jpeg_in_finish(&r->jpeg, &done);
        if (done) r->stage = FIT;
        return s;
    case STREAM:
        return stream(r);
    case FIT:
        return fit(r);
    case SMALLER:
        return make_smaller(r);
    case DROP:
        drop_larger(r);
        return s;
    case TURN:
        return turn_some(r);
    case READY:
        break;
    }
    return s;
}

static double part_done(const struct picture_reader *r) {
    if (r->stage == READY) return 1;
    if (r->stage > STREAM) return 0.95;
    return 0.95 * (r->is_jpeg ? jpeg_in_part(&r->jpeg, r->bytes) : png_in_part(r->png));
}

static bool takes_long(const struct picture_reader *r) {
    return r->stage == ROOM || r->stage == FIT || r->stage == SMALLER || r->stage == DROP;
}

enum status picture_read_step(struct picture_reader *r, int ms, bool *done, double *part) {
    struct step_end end = step_until(ms);
    bool over = false;
    while (!over && !r->failed && r->stage != READY) {
        bool took_long = takes_long(r);
        r->failed = one_piece(r);
        over = took_long || takes_long(r) || step_over(&end);
    }
    if (r->failed) return r->failed;
    *done = r->stage == READY;
    if (part) *part = part_done(r);
    return STATUS_OK;
}

struct picture *picture_read_take(struct picture_reader *r) {
    BELIEVE(r->stage == READY);
    struct picture *p = r->decoded;
    r->decoded = NULL;
    return p;
}

static enum status read_whole(struct picture_reader *r, struct picture **out) {
    while (!r->failed && r->stage != READY)
        r->failed = one_piece(r);
    enum status s = r->failed;
    if (!s) *out = picture_read_take(r);
    picture_read_free(r);
    return s;
}

enum status picture_read(struct picture **out, const void *bytes, size_t n, int side_most) {
    struct picture_reader *r = NULL;
    enum status s = picture_read_start(&r, bytes, n, side_most);
    return s ? s : read_whole(r, out);
}

enum status picture_of_mjpeg(struct picture **out, const void *bytes, size_t n, int side_most) {
    struct arena own = {0};
    struct picture_reader *r = ARENA_NEW(&own, struct picture_reader);
    r->arena = own;
    r->bytes = bytes;
    r->side_most = side_most;
    r->failed = open_jpeg(r, n, true);
    return read_whole(r, out);
}
