/* rect.c -- cutting rectangles. A cut takes no more than there is, so a layout never goes
 * negative. */
#include "ui/rect.h"

static float least(float a, float b) {
    return a < b ? a : b;
}

static float most(float a, float b) {
    return a > b ? a : b;
}

rect rect_make(float x, float y, float w, float h) {
    return (rect){x, y, w, h};
}

rect rect_cut_top(rect *r, float h) {
    h = most(0, least(h, r->h));
    rect cut = {r->x, r->y, r->w, h};
    r->y += h;
    r->h -= h;
    return cut;
}

rect rect_cut_bottom(rect *r, float h) {
    h = most(0, least(h, r->h));
    r->h -= h;
    return (rect){r->x, r->y + r->h, r->w, h};
}

rect rect_cut_left(rect *r, float w) {
    w = most(0, least(w, r->w));
    rect cut = {r->x, r->y, w, r->h};
    r->x += w;
    r->w -= w;
    return cut;
}

rect rect_cut_right(rect *r, float w) {
    w = most(0, least(w, r->w));
    r->w -= w;
    return (rect){r->x + r->w, r->y, w, r->h};
}

rect rect_inset(rect r, float dx, float dy) {
    return (rect){r.x + dx, r.y + dy, most(0, r.w - 2 * dx), most(0, r.h - 2 * dy)};
}

rect rect_column(rect r, int i, int n, float gap) {
    if (n < 1) return r;
    float w = most(0, (r.w - gap * (float)(n - 1)) / (float)n);
    return (rect){r.x + (w + gap) * (float)i, r.y, w, r.h};
}

rect rect_center(rect outer, float w, float h) {
    return (rect){outer.x + (outer.w - w) / 2, outer.y + (outer.h - h) / 2, w, h};
}

bool rect_has(rect r, float x, float y) {
    return x >= r.x && y >= r.y && x < r.x + r.w && y < r.y + r.h;
}

rect rect_overlap(rect a, rect b) {
    float x = most(a.x, b.x), y = most(a.y, b.y);
    float right = least(a.x + a.w, b.x + b.w), bottom = least(a.y + a.h, b.y + b.h);
    if (right <= x || bottom <= y) return (rect){x, y, 0, 0};
    return (rect){x, y, right - x, bottom - y};
}
