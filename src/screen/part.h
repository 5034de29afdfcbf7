/* part.h -- pieces that screens share. They know care's words, not the app.
 *
 * A screen starts with part_header, which draws the top bar and cuts it off the area: back or close, title and
 * second line, running stopwatches, Saved, Cover (always the same corner), and the one main button. On a narrow
 * window the chips move to a second row and the main button to the bottom. */
#ifndef SCREEN_PART_H
#define SCREEN_PART_H

#include "screen/screen.h"

struct header {
    const char *title, *sub;
    bool close;              /* a cross instead of an arrow */
    bool no_back;            /* Home */
    const char *main;        /* label of the main button, NULL none */
    enum icon main_icon;
    bool main_disabled;
    bool main_plain;         /* not filled: the main thing to do stands on the page itself */
    bool no_saved;           /* does not show the Saved chip */
    bool timer_button;       /* offers "Time a bell" when no stopwatch runs */
};
enum header_tap { HEADER_NOTHING, HEADER_BACK, HEADER_MAIN, HEADER_COVER, HEADER_TIMER };
struct header_result {
    enum header_tap tap;
    int64_t timing;          /* HEADER_TIMER: the stopwatch's row, 0: start a new one */
};
struct header_result part_header(struct ui *u, const struct scene *s, rect *area, const struct header *h);
/* The usual answer to a header tap: back, cover; everything else is the screen's. */
struct intent part_header_intent(struct header_result r);

/* Words with parameters into the frame arena: say(u, s, "home.last", "3"). */
#define SAY(u, s, key, ...) words_say(ui_arena(u), (s)->words, key, __VA_ARGS__)
#define WORD(s, key) word((s)->words, key)

/* Width classes, by dp at 100 % text: text scale counts like a narrower window. */
enum width_class { WIDTH_PHONE, WIDTH_PORTRAIT, WIDTH_WIDE };
enum width_class part_width(struct ui *u, rect area);

float part_heading(struct ui *u, rect *area, const char *text); /* h3 in ink, cut from the area with its gap */
float part_text(struct ui *u, rect *area, enum font f, enum color c, enum color ground, const char *text); /* wrapped, cut */
/* A row of equal buttons; wraps into columns that fit their words. Returns the index tapped, -1. `selected` -1 none. */
struct option {
    const char *label, *sub;
    enum icon icon;
    enum button_role role;   /* when selected */
    bool disabled, small;
    bool outline_only;       /* when selected: tinted, so that the screen keeps one main thing */
};
int part_options(struct ui *u, rect *area, const char *key, const struct option *o, int n, int selected, float height);
/* Chips that wrap over lines; returns the index tapped, -1. selected[i] may be NULL. */
int part_chips(struct ui *u, rect *area, const char *key, const char *const *labels, const bool *selected, int n);
/* A card as high as its content: begin gives the inside to lay out in, end takes what is left of it. Border
 * COLOR_LINE is the usual thin one, any other colour a thick one. */
struct card {
    size_t mark;
    float top, pad_x;
};
rect part_card_begin(struct ui *u, rect *area, struct card *card, enum color border);
void part_card_end(struct ui *u, rect *area, const struct card *card, rect left);
/* Tag in the colours of must / should, or of a verdict word. */
void part_reference_tag(struct ui *u, rect r, const char *reference, bool must);
/* "M-B12" from must and "B12", in the frame arena. */
const char *part_reference(struct ui *u, bool must, const char *reference);
struct intent part_go(enum screen_id screen, int64_t row, int64_t other, const char *word);

#endif
