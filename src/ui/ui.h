/* ui.h -- the touch toolkit: immediate mode over SDL2 and SDL2_ttf. Knows no word of care.
 *
 * Journey: SDL event → ui_event → widgets during one frame → draw list → screen, dump or PNG.
 *
 * A frame: ui_begin, widgets, ui_end. Each widget has four beats: identity, rectangle, behaviour, drawing.
 * Identity is the hash of the pushed ids (ui_push of record ids) and the widget's own key (its .key, or its
 * label), so two rows called "Clinic" are two buttons.
 * All lengths are dp; texts grow by ui_text_scale (1 to 2): ask ui_text_height and ui_button_height, never
 * assume. Strings are UTF-8, borrowed until ui_end.
 * Touch: a tap is pressed inside and released inside, not stolen; moving past the slop (8 dp) hands the
 * press to the scroll area below it or cancels it; a finger lost (up never seen, window left, second finger
 * on the same widget) cancels. Up to ten fingers; each widget follows one.
 * Redraw: the draw list is hashed; an unchanged frame is not presented. ui_wait_ms says how long the loop
 * may sleep. Nothing polls.
 * Works wholly with keys: Tab / Shift-Tab and arrows move the focus ring, Enter or Space taps, Esc goes back. */
#ifndef UI_UI_H
#define UI_UI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "ui/rect.h"
#include "ui/theme.h"

enum icon {
    ICON_NONE = 0,
#define ICON(name, code) ICON_##name = (code),
#include "ui/icons_list.h"
#undef ICON
};

struct ui;
union SDL_Event;

struct ui_options {
    const char *assets;   /* folder with fonts/, icons/, tokens.json */
    const char *title;
    float width_dp, height_dp;
    float scale;          /* pixels per dp; 0: from the display */
    bool offscreen;       /* SDL's dummy driver and software renderer; never opens a window */
    bool touch_keyboard;  /* Lantern's own on-screen keyboard when a field has focus and no system one exists */
};
MUST_CHECK enum status ui_open(struct ui **out, const struct ui_options *o);
void ui_close(struct ui *u);

/* ---- the loop ------------------------------------------------------------------------------------ */
void ui_event(struct ui *u, const union SDL_Event *e);       /* from the SDL queue */
void ui_begin(struct ui *u, int64_t boot_ms);                /* boot clock, for inertia, caret, toasts */
void ui_end(struct ui *u);                                   /* asserts every scope closed; presents when changed */
/* Milliseconds until the next frame is needed by itself (animation, caret, toast, ui_wake_in); -1: only an event.
 * 0: draw again at once. */
int ui_wait_ms(const struct ui *u);
void ui_wake_in(struct ui *u, int ms);                       /* a screen asks for a frame (stopwatch: 1,000) */
void ui_redraw(struct ui *u);                                /* forgets the last hash */
bool ui_quit_asked(const struct ui *u);
int64_t ui_frames_drawn(const struct ui *u);
rect ui_window(const struct ui *u);                          /* the whole window */
float ui_scale(const struct ui *u);                           /* pixels for each dp */
rect ui_area(const struct ui *u);                            /* the whole window, minus the keyboard when it is up */
struct arena *ui_arena(struct ui *u);                        /* lives until the next ui_begin */
const struct theme *ui_theme(const struct ui *u);
void ui_set_theme(struct ui *u, bool night);
void ui_set_text_scale(struct ui *u, float scale);           /* 1 to 2 */
float ui_text_scale(const struct ui *u);
void ui_set_size(struct ui *u, float width_dp, float height_dp, float scale);
bool ui_back_pressed(struct ui *u);                          /* Esc or the device's back; true once */
bool ui_function_key(struct ui *u, int n);                    /* F1 to F12, also while a field has the focus; true once */
bool ui_key_pressed(struct ui *u, int sdl_keycode);          /* true once, when no field took it */
struct words;
void ui_set_words(struct ui *u, const struct words *w);      /* the toolkit's own words, "ui.*"; w outlives the ui */

/* ---- identity -------------------------------------------------------------------------------------- */
void ui_push(struct ui *u, int64_t id);
void ui_push_text(struct ui *u, const char *id);
void ui_pop(struct ui *u);

/* ---- text ------------------------------------------------------------------------------------------- */
enum align { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };
struct label {
    enum font font;
    enum color color;  /* default COLOR_BG is read as COLOR_INK */
    enum color ground; /* what it stands on, for the contrast test; COLOR_BG default */
    enum align align;
    bool middle;       /* centred vertically in the rectangle */
    int lines_max;     /* 0: as many as needed */
    bool strike;
};
/* Draws wrapped text from the top of r; returns the height used. Never cuts a word: what does not fit in
 * lines_max ends in an ellipsis after a whole word. */
float ui_label(struct ui *u, rect r, const char *text, const struct label *o);
float ui_text_height(struct ui *u, enum font f, const char *text, float width);
float ui_text_width(struct ui *u, enum font f, const char *text); /* of one line */
float ui_line_height(struct ui *u, enum font f);
void ui_icon(struct ui *u, rect r, enum icon icon, enum color c, bool fill, float size);

/* ---- shapes ------------------------------------------------------------------------------------------- */
void ui_fill(struct ui *u, rect r, enum color c, float radius);
void ui_outline(struct ui *u, rect r, enum color c, float radius, float width);
void ui_dashed(struct ui *u, rect r, enum color c, float radius);
void ui_line(struct ui *u, float x1, float y1, float x2, float y2, enum color c, float width);
void ui_card(struct ui *u, rect r, enum color border, float border_width); /* card ground; border COLOR_LINE 1 as default look */
/* A ground whose height is known only after its content: begin draws it behind, end tells the height. */
size_t ui_ground_begin(struct ui *u, rect r, enum color ground, enum color border, float border_width);
void ui_ground_end(struct ui *u, size_t mark, float height);
struct segment { float part; enum color color; };            /* parts of 1 */
void ui_bar(struct ui *u, rect r, const struct segment *s, int n, enum color rest, const char *says); /* progress; says: for the dump */

/* ---- controls: return true in the frame in which they are tapped -------------------------------------------- */
enum button_role { BUTTON_PLAIN, BUTTON_MAIN, BUTTON_AMBER, BUTTON_DANGER, BUTTON_MET, BUTTON_PARTLY, BUTTON_NOT_MET, BUTTON_NA, BUTTON_QUIET, BUTTON_ROW };
struct button {
    const char *label;   /* required, also the accessible name */
    const char *sub;     /* a second line, smaller */
    const char *key;     /* identity when the label may change or repeat */
    enum icon icon;      /* before the label */
    bool icon_fill, icon_top, icon_after;
    enum button_role role;
    bool selected, disabled, outline_only; /* outline_only: chosen is tinted and outlined instead of filled */
    bool round;          /* a circle, or a pill */
    bool icon_only;      /* the label is only its name */
    bool left;           /* content from the left edge (rows always); an icon after it at the right edge */
    enum align align;
    enum font font;      /* default FONT_BUTTON when FONT_DISPLAY (0) */
};
bool ui_button(struct ui *u, rect r, const struct button *b);
float ui_button_width(struct ui *u, const struct button *b);  /* that holds the label on one line */
float ui_button_height(struct ui *u, const struct button *b, float width, float least); /* grown for wrapped text */
bool ui_icon_button(struct ui *u, rect r, enum icon icon, const char *name); /* name: accessible, for dump and keys */
bool ui_chip(struct ui *u, rect r, const char *label, enum icon icon, bool selected);
float ui_chip_width(struct ui *u, const char *label, enum icon icon);
bool ui_toggle(struct ui *u, rect r, const char *label, const char *sub, bool on); /* tapped: the caller turns it */
/* An invisible tappable area over something drawn by the caller (a card). `name` for dump and keys. */
bool ui_tap_area(struct ui *u, rect r, const char *name);
void ui_tag(struct ui *u, rect r, const char *label, enum color ink, enum color ground);
float ui_tag_width(struct ui *u, const char *label);
bool ui_held(struct ui *u);                                   /* a finger is on the last control now */
bool ui_pressed_long(struct ui *u);                           /* the last control was held for 600 ms */

/* ---- fields ---------------------------------------------------------------------------------------------------- */
enum field_kind { FIELD_TEXT, FIELD_NUMBER, FIELD_DECIMAL, FIELD_PHONE, FIELD_SEARCH };
struct field {
    const char *key;        /* identity and draft key, stable over restarts: "answer/12/N07//note" */
    const char *initial;    /* content when the field first appears and no draft exists */
    const char *hint;       /* shown while empty */
    const char *name;       /* accessible name */
    enum field_kind kind;
    int lines;              /* 1: single line, Enter leaves; more: several lines, at least that high */
    size_t bytes_max;       /* 0: 4,000 */
    bool focus;             /* takes the focus when it first appears */
    enum font font;         /* of one line; FONT_DISPLAY (0): body */
    enum color ground;
    /* A secret: what is typed stands here, in the caller's memory, and nowhere else. It is masked, is no draft, cannot
     * be selected or copied, and neither the dump nor the keyboard tells a letter of it. */
    char *secret;
    size_t secret_room;     /* with the NUL; bytes_max may ask for less */
    int groups;             /* a code that is read out to somebody: its characters are shown, in groups of so many */
};
struct field_result {
    const char *text;       /* present content, until ui_end */
    bool changed;           /* in this frame */
    bool left;              /* focus left, 5 s of rest, or ui_leave_fields, with changes since the last `left` */
    bool entered;           /* Enter in a single line */
};
struct field_result ui_field(struct ui *u, rect r, const struct field *f);
float ui_field_height(struct ui *u, const struct field *f, float width); /* grows with its text */
void ui_leave_fields(struct ui *u);                          /* before Cover, sealing, closing: the next frame reports left */
void ui_field_set(struct ui *u, const char *key, const char *text); /* replaces the content (a phrase was tapped) */
void ui_field_append(struct ui *u, const char *key, const char *text);
const char *ui_field_text(struct ui *u, const char *key);    /* NULL when unknown */
void ui_field_preload(struct ui *u, const char *key, const char *text); /* a draft found at start */
void ui_field_forget(struct ui *u, const char *key_prefix);  /* the draft became a record */
/* Fields changed since the last call, for the draft table. */
void ui_drafts_changed(struct ui *u, void (*each)(void *ctx, const char *key, const char *text), void *ctx);
bool ui_keyboard_up(const struct ui *u);
/* Digits, Backspace and Enter of a real keyboard, into the secret that a pad on the screen fills. Before its keys. */
enum secret_key { SECRET_NOTHING, SECRET_TYPED, SECRET_ENTER };
enum secret_key ui_secret_digits(struct ui *u, char *typed, size_t room);
/* Nothing of what was shown, typed, drawn or copied stays in memory: the tablet locks. Between two frames. */
void ui_forget(struct ui *u);
/* What was touched and typed and has not been looked at yet, here and in SDL's queue, is over. Between frames. */
void ui_drop_input(struct ui *u);

/* ---- signature pad ------------------------------------------------------------------------------------------------ */
/* Strokes as little-endian records: u16 x, u16 y (1/65535 of the pad), u8 pressure, u32 ms since the first touch;
 * x = y = 65535 lifts the pen. Returns true while the strokes changed in this frame. */
bool ui_signature(struct ui *u, rect r, const char *key, const char *name, struct buf *strokes);
void ui_signature_clear(struct ui *u, const char *key);

/* ---- pictures ---------------------------------------------------------------------------------------------------------- */
/* Pixels of the caller's, 0xAARRGGBB in rows of w, opaque; they must stay until ui_end. `version` changes when they do and
 * differs from that of any other picture that ever stood at the same address: a counter over all pictures. */
struct ui_image {
    const uint32_t *argb;
    int w, h;
    uint64_t version;
};
/* Where in a picture one looks: zoom 1 shows it whole; x, y the part of it that lies in the middle (0 to 1). Zeroed = whole. */
struct ui_zoom {
    float zoom, x, y;
};
struct image_look {
    const char *name;        /* accessible, for the dump: image "NAME" x,y wxh 640x480 zoom 2.0 */
    struct ui_zoom zoom;
    float alpha;             /* 0 is read as 1 */
    float dim;               /* 0 as it is, 1 black: a preview in a dark room */
    bool cover;              /* fills r, what does not fit is cut; else whole within r */
    float radius;
};
/* No picture (NULL) is an empty place. */
void ui_image(struct ui *u, rect r, const struct ui_image *img, const struct image_look *o);
/* Where the whole picture (w × h) lies when shown whole within r. */
rect ui_image_place(rect r, int w, int h);
/* Two fingers pinch and move, one finger moves, two taps zoom in and out; ctrl and wheel, + and - with keys. The picture
 * never leaves r. True while it changed. */
bool ui_pinch(struct ui *u, rect r, const char *name, int w, int h, struct ui_zoom *z);
/* The picture just above was pushed aside at zoom 1: 1 to the left (the next one), -1 to the right, once; 0 not. */
int ui_pinch_swipe(struct ui *u);
/* A finger draws over r. `points` are `count` pairs x, y as parts of r (0 to 1), of the stroke under way, until ui_end; `done`
 * once when it is lifted. The caller shows it (ui_polyline). A finger that is lost leaves no stroke. */
struct ui_stroke {
    const float *points;
    int count;
    bool done;
};
struct ui_stroke ui_stroke(struct ui *u, rect r, const char *key, const char *name);
void ui_polyline(struct ui *u, rect r, const float *points, int count, enum color c, float width); /* points as parts of r */
/* Path of a file that was dropped on the window; once, NULL none. Of several the next follows in the next frame; what is
 * dropped while no screen asks is forgotten. */
const char *ui_dropped(struct ui *u);

/* ---- scopes ----------------------------------------------------------------------------------------------------------- */
/* Scrolls its content vertically; returns the rectangle to lay out in (height: unbounded, 100,000). Tell the
 * height really used at the end. Content outside the view is culled but keeps its behaviour off. */
rect ui_scroll_begin(struct ui *u, rect view, const char *key);
void ui_scroll_end(struct ui *u, float content_height);
rect ui_scroll_row_begin(struct ui *u, rect view, const char *key); /* horizontally, for chips */
void ui_scroll_row_end(struct ui *u, float content_width);
void ui_scroll_to(struct ui *u, const char *key, float y);   /* brings content y to the top, softly */
float ui_scroll_at(struct ui *u, const char *key);
void ui_show(struct ui *u, rect r); /* brings r of the area being laid out in into its view, softly */
/* Where everything is scrolled to, as bytes that mean the same after a restart. */
void ui_scrolls_keep(const struct ui *u, struct buf *out);
void ui_scrolls_bring(struct ui *u, const void *p, size_t n);
/* The largest vertical scroll area of the topmost layer that has one, as last drawn; false when there is none. */
bool ui_scroll_view(const struct ui *u, rect *view);
bool ui_visible(struct ui *u, rect r);                       /* for culling long lists */

/* A sheet over everything: the rest is dimmed and out of reach. On wide windows centred (at most 720 dp wide),
 * on phones from the bottom. Returns the content rectangle; *closed when tapped outside, Esc or its cross. */
rect ui_sheet_begin(struct ui *u, const char *key, const char *title, float content_height, bool *closed);
/* The content goes on down to y, where nothing but a ground is drawn (the lower edge of a card). */
void ui_sheet_reach(struct ui *u, float y);
void ui_sheet_end(struct ui *u);
bool ui_sheet_open(const struct ui *u);

/* A line at the bottom for 6 s; with undo text it has a button. Returns nothing: ask ui_toast_undone(id). */
void ui_toast(struct ui *u, int64_t id, const char *text, const char *undo);
bool ui_toast_undone(struct ui *u, int64_t *id);             /* true once, after the undo was tapped */
/* The Cover button's corner lies above sheets: draw with ui_above_begin / end. */
void ui_above_begin(struct ui *u);
void ui_above_end(struct ui *u);

/* ---- what stands on the screen -------------------------------------------------------------------------------------------- */
/* Readable dump of the last frame, a line a thing, in drawing order:
 *   button "Met" 350,391 210x64 selected [focus] [disabled] [covered] [off]
 *   label "Call bells" 324,95 133x36 h1
 *   field "What did you see?" 350,471 876x58 "Room 9: cord…" [caret 12]
 *   icon …, bar "9 of 14" …, sheet "Title" …, toast "…" */
void ui_dump(struct ui *u, struct buf *out);
MUST_CHECK enum status ui_save_png(struct ui *u, const char *path);
/* One thing of the dump, for scripts and tests. */
struct ui_thing {
    const char *type, *name, *state;
    rect r, visible; /* visible: the part not clipped */
    bool covered;    /* a later thing lies over its centre */
    enum color ink, ground; /* for contrast tests */
    float font_dp;
    bool tappable;
    const char *value; /* second line of a button, content of a field; may be NULL */
};
size_t ui_things(struct ui *u, const struct ui_thing **out);
void ui_pixels(struct ui *u, const uint32_t **argb, int *w, int *h, int *pitch_px);
/* From now on a frame is drawn when its pixels are asked for, and not before: for tests that read what stands there.
 * Three quarters of their time went into pictures that nobody saw. Offscreen only. */
void ui_draw_when_asked(struct ui *u);

#endif
