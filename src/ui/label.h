/* label.h -- wrapped words for the toolkit's own widgets, without a line in the dump. */
#ifndef UI_LABEL_H
#define UI_LABEL_H

#include "ui/ui_internal.h"

struct words_drawn {
    float height;
    bool shortened; /* an ellipsis stands at the end */
    bool cut;       /* a word wider than the line was cut */
};
struct words_drawn words_draw(struct ui *u, rect r, const char *s, const struct label *o,
                              uint32_t rgb);

#endif
