/* marks.h -- what marks.c and marks_cover.c share. */
#ifndef MEDIA_MARKS_H
#define MEDIA_MARKS_H

#include "media/picture_inside.h"

struct spot {
    float x, y; /* pixels */
};
float picture_side(const struct picture *p); /* the longer one */
void cover(struct picture *p, const struct spot *way, size_t n);

#endif
