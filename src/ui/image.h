/* image.h -- what image.c, image_draw.c and pinch.c share. */
#ifndef UI_IMAGE_H
#define UI_IMAGE_H

#include "ui/ui_internal.h"

#define ZOOM_MOST   8.0F
#define ZOOM_TWICE  2.5F /* two taps */
#define IMAGES_SEEN 64

struct image_part { /* of a DRAW_IMAGE: hashed as bytes */
    const uint32_t *argb;
    uint64_t version;
    int w, h;
    rect from; /* in pixels of the picture; the draw's rectangle is where it goes */
    bool rest;
};
/* Not smaller than whole, not beyond the edges. */
struct ui_zoom zoom_within(rect r, int w, int h, struct ui_zoom z);
/* `level` 255 as it is, 0 black. Pixels are read only while the frame lasts. */
struct image_paint {
    SDL_Rect to;
    int radius;
    uint8_t level, alpha;
};
void image_draw(struct ui *u, const struct image_part *p, const struct image_paint *o);

#endif
