/* font.h -- faces, advances and finished lines, for text.c and renderer.c. */
#ifndef UI_FONT_H
#define UI_FONT_H

#include "ui/ui_internal.h"

/* A stretch of text in one face. */
struct run {
    int face;
    size_t start, end;
    bool shaped; /* letters join: measured as a whole */
    bool rtl;
    bool missing; /* one code point that no face has: shown as U+XXXX */
    uint32_t cp;  /* of a missing one */
};
/* The run that starts at `at`; at < n. */
struct run run_next(struct ui *u, enum font f, const char *s, size_t n, size_t at);
float run_advance(struct ui *u, int face, uint32_t before,
                  uint32_t cp);                                    /* in em, kerning included */
float run_width(struct ui *u, const char *s, const struct run *r); /* in em */
size_t word_end(const char *s, size_t at, size_t end);             /* behind its blanks */
size_t missing_name(uint32_t cp, char out[12]);                    /* "U+1F600" */

int font_px(const struct ui *u, enum font f);
/* The finished line or icon in that colour; NULL when nothing can be drawn. The
 * caller frees it. */
SDL_Surface *line_surface(struct ui *u, enum font f, uint32_t rgb, const char *s, size_t n);
SDL_Surface *icon_surface(struct ui *u, uint32_t icon, bool fill, int px, uint32_t rgb);
int line_ascent_px(struct ui *u, enum font f);
int line_height_px(struct ui *u, enum font f); /* of the font itself, not of the line box */

#endif
