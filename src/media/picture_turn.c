/* picture_turn.c -- how a picture lies, and turning it upright.
 *
 * Cameras write the picture as the sensor gave it and say in EXIF how it was held. Turned are
 * the few pixels that are left after making it smaller. */
#include <libexif/exif-data.h>

#include "media/picture_inside.h"

int turn_of_exif(const void *exif, size_t n) {
    int turn = 1;
    ExifData *data = n <= 0xFFFF ? exif_data_new_from_data(exif, (unsigned)n) : NULL;
    if (!data) return turn;
    ExifEntry *e = exif_content_get_entry(data->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
    if (e && e->format == EXIF_FORMAT_SHORT && e->components == 1 && e->size >= 2) {
        int said = exif_get_short(e->data, exif_data_get_byte_order(data));
        if (said >= 1 && said <= 8) turn = said;
    }
    exif_data_unref(data);
    return turn;
}

bool turn_swaps(int turn) {
    return turn >= 5;
}

/* Where column x of row y of a w × h picture goes to, in four cases of two: whether x runs
 * along or down the result, and either of them backwards. */
void turn_rows(const struct picture *from, struct picture *to, int turn, int first, int count) {
    const int w = picture_width(from), h = picture_height(from);
    const bool swap = turn_swaps(turn);
    const bool x_back = turn == 2 || turn == 3 || turn == 7 || turn == 8;
    const bool y_back = turn == 3 || turn == 4 || turn == 6 || turn == 7;
    BELIEVE(picture_width(to) == (swap ? h : w) && picture_height(to) == (swap ? w : h));
    uint32_t *pixels = picture_argb(to);
    const size_t wide = (size_t)picture_width(to);
    for (int x = 0; x < w; x++) {
        size_t tx = (size_t)(x_back ? w - 1 - x : x);
        for (int y = first; y < first + count && y < h; y++) {
            size_t ty = (size_t)(y_back ? h - 1 - y : y);
            pixels[swap ? tx * wide + ty : ty * wide + tx] = picture_row(from, y)[x];
        }
    }
}
