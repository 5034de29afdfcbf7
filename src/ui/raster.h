/* raster.h -- small antialiased pictures made by hand: corners, rings, strokes. For renderer.c.
 */
#ifndef UI_RASTER_H
#define UI_RASTER_H

#include "ui/ui_internal.h"

/* A disc of radius r px, or a ring when 0 < width < r; 2r × 2r px. */
SDL_Surface *raster_ring(int r, int width, uint32_t rgb);
/* A path of n points (px, from the surface's corner) drawn with a round pen. */
SDL_Surface *raster_stroke(const float *xy, size_t n, float scale, float dx, float dy,
                           float width, int w, int h, uint32_t rgb);

#endif
