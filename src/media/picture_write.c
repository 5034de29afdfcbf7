/* picture_write.c -- pixels to JPEG, some rows a step.
 *
 * Quality 82 with colours at half the resolution: of 2048 pixels some 300 to 700 KB, in which
 * small print can still be read. Nothing but what JPEG needs is written, so nothing of the
 * camera, the place or the time is in it. (Code tables made for each picture would save 2 % of
 * a photo, measured, for twice the time and a last step of 7 ms.) */
#include "media/picture_jpeg.h"

#define QUALITY 82
#define PIECE   16384

struct picture_writer {
    struct jpeg_guard guard;
    struct jpeg_destination_mgr to_mgr;
    struct jpeg_compress_struct c;
    struct arena arena;
    const struct picture *from;
    struct buf *to;
    size_t began; /* what `to` held before */
    bool done;
    uint8_t piece[PIECE];
};

static struct picture_writer *writer_of(j_compress_ptr c) {
    return c->client_data;
}

static void to_begin(j_compress_ptr c) {
    struct picture_writer *w = writer_of(c);
    w->to_mgr.next_output_byte = w->piece;
    w->to_mgr.free_in_buffer = sizeof w->piece;
}

static boolean to_empty(j_compress_ptr c) {
    struct picture_writer *w = writer_of(c);
    buf_add(w->to, w->piece, sizeof w->piece);
    to_begin(c);
    return TRUE;
}

static void to_end(j_compress_ptr c) {
    struct picture_writer *w = writer_of(c);
    buf_add(w->to, w->piece, sizeof w->piece - w->to_mgr.free_in_buffer);
}

#if SDL_BYTEORDER == SDL_LIL_ENDIAN
#define AS_ARGB JCS_EXT_BGRX
#else
#define AS_ARGB JCS_EXT_XRGB
#endif

typedef void work(struct picture_writer *w);

static enum status guarded(struct picture_writer *w, work *what) {
    if (w->guard.failed) return w->guard.failed;
    if (setjmp(w->guard.jump)) return w->guard.failed;
    what(w);
    if (w->to->overflow)
        w->guard.failed = status_fail(STATUS_TOO_LARGE, "jpeg: no room for it");
    return w->guard.failed;
}

static void begin(struct picture_writer *w) {
    struct jpeg_compress_struct *c = &w->c;
    jpeg_create_compress(c);
    c->client_data = w;
    c->dest = &w->to_mgr;
    c->image_width = (JDIMENSION)picture_width(w->from);
    c->image_height = (JDIMENSION)picture_height(w->from);
    c->input_components = 4;
    c->in_color_space = AS_ARGB;
    jpeg_set_defaults(c);
    jpeg_set_quality(c, QUALITY, TRUE);
    jpeg_start_compress(c, TRUE);
}

static void rows(struct picture_writer *w) {
    struct jpeg_compress_struct *c = &w->c;
    for (int i = 0; i < 16 && c->next_scanline < c->image_height; i++) {
        JSAMPROW row[1] = {(JSAMPROW)(void *)picture_row(w->from, (int)c->next_scanline)};
        jpeg_write_scanlines(c, row, 1);
    }
    if (c->next_scanline < c->image_height) return;
    jpeg_finish_compress(c);
    w->done = true;
}

enum status picture_write_start(struct picture_writer **out, const struct picture *p,
                                struct buf *to) {
    struct arena own = {0};
    struct picture_writer *w = ARENA_NEW(&own, struct picture_writer);
    w->arena = own;
    w->from = p;
    w->to = to;
    w->began = to->size;
    jpeg_guard_start(&w->guard);
    w->c.err = &w->guard.mgr;
    w->to_mgr = (struct jpeg_destination_mgr){.init_destination = to_begin,
                                              .empty_output_buffer = to_empty,
                                              .term_destination = to_end};
    enum status s = guarded(w, begin);
    if (s) {
        picture_write_free(w);
        return s;
    }
    *out = w;
    return STATUS_OK;
}

enum status picture_write_step(struct picture_writer *w, int ms, bool *done, double *part) {
    struct step_end end = step_until(ms);
    while (!w->done) {
        enum status s = guarded(w, rows);
        if (s) return s;
        if (step_over(&end)) break;
    }
    *done = w->done;
    if (part) *part = w->done ? 1 : (double)w->c.next_scanline / (double)w->c.image_height;
    return STATUS_OK;
}

/* What was not finished is taken back. */
void picture_write_free(struct picture_writer *w) {
    if (!w) return;
    jpeg_destroy_compress(&w->c);
    if (!w->done && w->to->size > w->began) w->to->size = w->began;
    struct arena own = w->arena;
    arena_wipe(&own);
}

enum status picture_write(const struct picture *p, struct buf *to) {
    struct picture_writer *w = NULL;
    enum status s = picture_write_start(&w, p, to);
    while (!s && !w->done)
        s = guarded(w, rows);
    picture_write_free(w);
    return s;
}
