/* rect.h -- layout by cutting rectangles; pure, in dp (1 dp = 1 pixel at 160 dpi). */
#ifndef UI_RECT_H
#define UI_RECT_H

#include <stdbool.h>

typedef struct {
    float x, y, w, h;
} rect;

rect rect_make(float x, float y, float w, float h);
rect rect_cut_top(rect *r, float h);    /* takes h off the top of r and returns it */
rect rect_cut_bottom(rect *r, float h);
rect rect_cut_left(rect *r, float w);
rect rect_cut_right(rect *r, float w);
rect rect_inset(rect r, float dx, float dy);
rect rect_column(rect r, int i, int n, float gap); /* i-th of n equal columns */
rect rect_center(rect outer, float w, float h);
bool rect_has(rect r, float x, float y);
rect rect_overlap(rect a, rect b);      /* zero size when they do not meet */

#endif
