/* bench_photo.c -- a photo of 12 megapixels kept: read, turned upright, made 2048 pixels long,
 * written with its thumbnail; held against libjpeg-turbo alone, which decodes the same bytes at
 * the same scale and encodes two pictures of these sizes. CPU time of one core, the median of
 * several in a process of its own; memory above that process at rest. Then what one camera
 * frame costs, and the longest that a step of 4 ms keeps the screen waiting. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include "base/file.h"
#include "base/hash.h"
#include "measure.h"
#include "media/picture.h"

#define WIDE     4000
#define HIGH     3000
#define ROUNDS   7
#define STEP_MS  4
#define FRAME_W  1280
#define FRAME_H  720
#define QUALITY  82
#define SCALE    5 /* eighths: what reading for 2048 of 4000 takes */
#define SCALED_W (WIDE * SCALE / 8)
#define SCALED_H (HIGH * SCALE / 8)

static struct arena arena;

/* ---- the photo: soft light, hard edges, grain ---- */

static uint8_t shade(int x, int y, int channel, draw *grain) {
    int soft = (x * 90 / WIDE + y * 70 / HIGH) + channel * 11;
    int hard = ((x / 173 + y / 131) % 5) * 22 + ((x / 29) % 7 == 0) * 30;
    return (uint8_t)(soft + hard + (int)draw_below(grain, 15));
}

static void make_photo(const char *path, int w, int h) {
    struct jpeg_compress_struct c;
    struct jpeg_error_mgr err;
    unsigned char *bytes = NULL;
    unsigned long size = 0;
    draw grain = {12};
    uint8_t *row = arena_take(&arena, (size_t)w * 3);
    c.err = jpeg_std_error(&err);
    jpeg_create_compress(&c);
    jpeg_mem_dest(&c, &bytes, &size);
    c.image_width = (JDIMENSION)w;
    c.image_height = (JDIMENSION)h;
    c.input_components = 3;
    c.in_color_space = JCS_RGB;
    jpeg_set_defaults(&c);
    jpeg_set_quality(&c, 92, TRUE);
    jpeg_start_compress(&c, TRUE);
    while (c.next_scanline < c.image_height) {
        JSAMPROW rows[1] = {row};
        for (int i = 0; i < w * 3; i++)
            row[i] = shade(i / 3, (int)c.next_scanline, i % 3, &grain);
        jpeg_write_scanlines(&c, rows, 1);
    }
    jpeg_finish_compress(&c);
    jpeg_destroy_compress(&c);
    must(file_write(path, bytes, size, 0600), path);
    free(bytes);
}

static struct buf photo(const char *path) {
    struct buf b = {0};
    must(file_read(path, PICTURE_FILE_MOST, &b), path);
    return b;
}

/* ---- ours ---- */

static size_t keep(const struct buf *b) {
    struct picture *p = NULL;
    struct buf kept = {0}, thumb = {0};
    must(picture_read(&p, b->data, b->size, PICTURE_SIDE_MOST), "read");
    must(picture_write(p, &kept), "write");
    struct picture *small = picture_smaller(p, THUMB_SIDE);
    must(picture_write(small, &thumb), "write the thumbnail");
    size_t size = kept.size;
    picture_free(small);
    picture_free(p);
    buf_release(&kept);
    buf_release(&thumb);
    return size;
}

static void ours(const char *path, double *out) {
    struct buf b = photo(path);
    double ms[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
        double t = cpu_s();
        out[1] = (double)keep(&b);
        ms[i] = (cpu_s() - t) * 1e3;
    }
    out[0] = percentile(ms, ROUNDS, 0.5);
    out[2] = (double)b.size;
    buf_release(&b);
}

/* ---- libjpeg-turbo alone ---- */

static void decode(const struct buf *b, uint8_t *to) {
    struct jpeg_decompress_struct c;
    struct jpeg_error_mgr err;
    c.err = jpeg_std_error(&err);
    jpeg_create_decompress(&c);
    jpeg_mem_src(&c, b->data, b->size);
    jpeg_read_header(&c, TRUE);
    c.out_color_space = JCS_EXT_BGRA;
    c.scale_num = SCALE;
    c.scale_denom = 8;
    jpeg_start_decompress(&c);
    must_true(c.output_width == SCALED_W && c.output_height == SCALED_H, "scale");
    while (c.output_scanline < c.output_height) {
        JSAMPROW rows[1] = {to + (size_t)c.output_scanline * SCALED_W * 4};
        jpeg_read_scanlines(&c, rows, 1);
    }
    jpeg_finish_decompress(&c);
    jpeg_destroy_decompress(&c);
}

/* The first pixels of each row: as many as the picture that we write has. */
static void encode(uint8_t *from, int w, int h) {
    struct jpeg_compress_struct c;
    struct jpeg_error_mgr err;
    unsigned char *bytes = NULL;
    unsigned long size = 0;
    c.err = jpeg_std_error(&err);
    jpeg_create_compress(&c);
    jpeg_mem_dest(&c, &bytes, &size);
    c.image_width = (JDIMENSION)w;
    c.image_height = (JDIMENSION)h;
    c.input_components = 4;
    c.in_color_space = JCS_EXT_BGRX;
    jpeg_set_defaults(&c);
    jpeg_set_quality(&c, QUALITY, TRUE);
    jpeg_start_compress(&c, TRUE);
    while (c.next_scanline < c.image_height) {
        JSAMPROW rows[1] = {from + (size_t)c.next_scanline * SCALED_W * 4};
        jpeg_write_scanlines(&c, rows, 1);
    }
    jpeg_finish_compress(&c);
    jpeg_destroy_compress(&c);
    free(bytes);
}

static void alone(const char *path, double *out) {
    struct buf b = photo(path);
    double ms[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
        double t = cpu_s();
        uint8_t *pixels = malloc((size_t)SCALED_W * SCALED_H * 4);
        must_true(pixels, "memory");
        decode(&b, pixels);
        encode(pixels, 2048, 1536);
        encode(pixels, THUMB_SIDE, THUMB_SIDE * 3 / 4);
        free(pixels);
        ms[i] = (cpu_s() - t) * 1e3;
    }
    out[0] = percentile(ms, ROUNDS, 0.5);
    buf_release(&b);
}

/* ---- beside it ---- */

static void at_rest(const char *path, double *out) {
    struct buf b = photo(path);
    out[0] = (double)b.size;
    buf_release(&b);
}

static void longest_step(const char *path, double *out) {
    struct buf b = photo(path), kept = {0};
    struct picture_reader *r = NULL;
    struct picture_writer *w = NULL;
    bool done = false;
    double t = thread_s();
    must(picture_read_start(&r, b.data, b.size, PICTURE_SIDE_MOST), "read");
    out[0] = thread_s() - t;
    for (; !done; out[0] = t > out[0] ? t : out[0]) {
        t = thread_s();
        must(picture_read_step(r, STEP_MS, &done, NULL), "read");
        t = thread_s() - t;
    }
    struct picture *p = picture_read_take(r);
    picture_read_free(r);
    must(picture_write_start(&w, p, &kept), "write");
    for (done = false; !done; out[0] = t > out[0] ? t : out[0]) {
        t = thread_s();
        must(picture_write_step(w, STEP_MS, &done, NULL), "write");
        t = thread_s() - t;
    }
    out[0] *= 1e3;
    picture_write_free(w);
    picture_free(p);
    buf_release(&kept);
    buf_release(&b);
}

static void frames(const char *path, double *out) {
    struct buf b = photo(path), pairs = {0};
    double mjpeg[2 * ROUNDS], yuyv[2 * ROUNDS];
    for (int i = 0; i < FRAME_W * FRAME_H * 2; i++)
        buf_byte(&pairs, (uint8_t)(i * 7));
    const struct camera_frame f[2] = {{.format = FRAME_MJPEG, .bytes = b.data, .size = b.size},
                                      {.format = FRAME_YUYV,
                                       .width = FRAME_W,
                                       .height = FRAME_H,
                                       .stride = FRAME_W * 2,
                                       .bytes = pairs.data,
                                       .size = pairs.size}};
    for (int i = 0; i < 4 * ROUNDS; i++) {
        struct picture *p = NULL;
        double t = cpu_s();
        must(picture_of_frame(&p, &f[i % 2], FRAME_W), "frame");
        (i % 2 ? yuyv : mjpeg)[i / 2] = (cpu_s() - t) * 1e3;
        picture_free(p);
    }
    out[0] = percentile(mjpeg, 2 * ROUNDS, 0.5);
    out[1] = percentile(yuyv, 2 * ROUNDS, 0.5);
    buf_release(&b);
    buf_release(&pairs);
}

int main(void) {
    char *dir = bench_dir(&arena, "photo");
    char *large = path_join(&arena, dir, "large.jpg"),
         *frame = path_join(&arena, dir, "frame.jpg");
    make_photo(large, WIDE, HIGH);
    make_photo(frame, FRAME_W, FRAME_H);
    struct measured rest = in_child(at_rest, large), we = in_child(ours, large),
                    they = in_child(alone, large), step = in_child(longest_step, large),
                    live = in_child(frames, frame);
    result("photo of 12 megapixels kept, libjpeg-turbo alone (CPU)", we.v[0], they.v[0], "ms",
           1.4);
    result("photo of 12 megapixels kept, memory", (we.peak_kib - rest.peak_kib) / 1024,
           (they.peak_kib - rest.peak_kib) / 1024, "MiB", 0);
    note("photo: %.0f KiB become %.0f KiB", we.v[2] / 1024, we.v[1] / 1024);
    result_most("photo: longest step, of 4 ms (CPU)", step.v[0], "ms", 16);
    result_most("camera frame 1280 x 720, Motion JPEG (CPU)", live.v[0], "ms", 16);
    result_most("camera frame 1280 x 720, YUYV (CPU)", live.v[1], "ms", 16);
    arena_release(&arena);
    return 0;
}
