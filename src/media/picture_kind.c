/* picture_kind.c -- what bytes from outside say they are, before anything of them is decoded.
 */
#include "media/picture_jpeg.h"
#include "media/picture_png.h"

static bool jpeg_is(const void *bytes, size_t n) {
    return n >= 3 && memcmp(bytes, "\xFF\xD8\xFF", 3) == 0;
}

static enum status look_jpeg(const void *bytes, size_t n, struct picture_kind *out) {
    struct jpeg_in j;
    int turn;
    jpeg_in_start(&j, bytes, n, false);
    enum status s = jpeg_in_head(&j, &turn);
    if (!s) {
        int w = (int)j.c.image_width, h = (int)j.c.image_height;
        *out = (struct picture_kind){.width = turn_swaps(turn) ? h : w,
                                     .height = turn_swaps(turn) ? w : h,
                                     .media_type = "image/jpeg"};
    }
    jpeg_in_end(&j);
    return s;
}

enum status picture_look(const void *bytes, size_t n, struct picture_kind *out) {
    uint32_t w, h;
    if (n > PICTURE_FILE_MOST) return status_fail(STATUS_TOO_LARGE, "picture of %zu bytes", n);
    if (jpeg_is(bytes, n)) return look_jpeg(bytes, n, out);
    if (!png_is(bytes, n)) return status_fail(STATUS_INVALID, "neither JPEG nor PNG");
    enum status s = png_look(bytes, n, &w, &h);
    if (s) return s;
    *out = (struct picture_kind){.width = (int)w, .height = (int)h, .media_type = "image/png"};
    return STATUS_OK;
}
