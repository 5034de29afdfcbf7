/* ui_internal.h -- what the toolkit's own files share; nobody outside src/ui includes it.
 *
 * Journey: SDL event → input queue (ui_event) → fingers and keys (ui_begin) → controls of the
 * frame → draw list → renderer (ui_end).
 *
 * Who gets a finger is decided when it comes down, against the controls of the last frame: that
 * is what the person saw. A finger has one owner (a control's id) until it is lifted, stolen by
 * a scroll area, or cancelled. Everything is in dp; only renderer.c, font.c and sdl.c know
 * pixels. */
#ifndef UI_UI_INTERNAL_H
#define UI_UI_INTERNAL_H

#include <SDL.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"
#include "base/words.h"
#include "ui/ui.h"

typedef uint64_t ui_id_t; /* 0: nothing */

/* Layers lie over each other whatever the order of drawing; sheets may stand on sheets. */
enum layer {
    LAYER_PAGE,
    LAYER_SHEET,
    LAYER_KEYBOARD = 5,
    LAYER_TOAST,
    LAYER_ABOVE,
    LAYER_COUNT
};
#define SHEET_DEPTH_MAX 4

#define UNBOUNDED       100000.0f
#define SLOP_DP         8.0f
#define LONG_PRESS_MS   600
#define FINGERS_MAX     10
#define SCOPE_MAX       32
#define MOUSE_FINGER    INT64_C(-1)

/* ---- draw list
 * ---------------------------------------------------------------------------------------- */
enum draw_kind {
    DRAW_FILL,
    DRAW_OUTLINE,
    DRAW_DASHED,
    DRAW_LINE,
    DRAW_TEXT,
    DRAW_ICON,
    DRAW_STROKE,
    DRAW_IMAGE, /* rgb: grey, how bright */
    DRAW_DIM    /* everything in lower layers is darker */
};
struct draw {
    uint8_t kind, layer, font, alpha; /* alpha 255: opaque */
    bool fill, strike;                /* icon weight; struck text */
    uint32_t rgb;
    rect r, clip; /* line: from (x, y) to (x + w, y + h); text: x, top of the line box, width,
                     its height */
    float radius, width; /* width: of outline, line, stroke; size of an icon */
    uint32_t icon;
    const char *text; /* in the frame arena, n bytes */
    size_t n;
    const float *points;            /* stroke: n pairs x, y in the frame arena */
    const struct image_part *image; /* in the frame arena */
};

/* ---- input
 * ---------------------------------------------------------------------------------------------
 */
struct finger {
    int64_t id, device; /* SDL's finger and touch ids; MOUSE_FINGER for the mouse */
    bool down;
    float x, y, x0, y0; /* now, and where it came down */
    float pressure;
    int64_t down_ms, seen_ms;   /* boot clock of the frames that saw it come and move */
    ui_id_t owner;              /* control that it presses, 0 none or lost */
    ui_id_t scroll_y, scroll_x; /* scroll areas that may take it */
    ui_id_t scrolling;          /* the one that has it */
    bool moved;                 /* past the slop */
    bool kept;      /* the owner wants all its moves: never stolen (signature, caret handle) */
    bool long_seen; /* its long press came up already */
    bool long_told; /* its long press was reported: lifting is no tap */
};
enum touch_phase { TOUCH_DOWN, TOUCH_MOVE, TOUCH_UP, TOUCH_CANCEL };
struct touch_point { /* every movement of this frame, in order, for strokes and handles */
    ui_id_t owner;
    int64_t finger;
    enum touch_phase phase;
    float x, y, pressure;
    uint32_t ms; /* of the event */
};
enum input_kind { INPUT_KEY, INPUT_TEXT, INPUT_EDIT };
struct input_event { /* keyboard events of this frame, in order */
    enum input_kind kind;
    int key;            /* SDL_Keycode */
    uint16_t mod;       /* KMOD_x */
    bool repeat, taken; /* who uses it sets taken */
    char text[64];      /* typed text, or the IME's unfinished text */
    int edit_start, edit_length;
};

/* ---- controls
 * -------------------------------------------------------------------------------------------
 */
enum {
    CONTROL_DISABLED = 1, /* takes the press, answers nothing */
    CONTROL_UNDER =
        2, /* other controls of its layer win over it wherever they are drawn (tap areas) */
    CONTROL_KEEPS =
        4, /* its finger is never stolen by scrolling, leaving it does not cancel (signature) */
    CONTROL_TEXT = 8, /* takes keys itself: Enter, Space, arrows are not the toolkit's while it
                         has the focus */
    CONTROL_NO_FOCUS = 16, /* not in the focus order, tapping it leaves the focus where it is
                              (keyboard keys) */
    CONTROL_SHIELD = 32,   /* only stops presses from going through */
    CONTROL_EXACT = 64,    /* its area is not grown to the least touch size */
    CONTROL_PINCH = 128    /* two fingers may press it at once, and the wheel turns over it */
};
struct control {
    ui_id_t id, scroll; /* the innermost vertical scroll area it lies in */
    rect r, visible;    /* touch area, and what of it is not clipped */
    unsigned flags;
    uint8_t layer;
};
struct beat {     /* behaviour of one control in one frame */
    bool pressed; /* a finger is on it now: draw it so */
    bool tapped;  /* true once per tap (finger, Enter or Space) */
    bool focused; /* keys go to it */
    bool ring;    /* focused and the ring is to be shown (keys were used last) */
};

struct scroll { /* retained by id */
    ui_id_t id;
    int64_t used; /* frame */
    rect view;
    bool horizontal;
    float offset, max;  /* dp; max from the last frame's content */
    float speed;        /* dp per second */
    bool aiming, sized; /* moves softly to `aim`; content size known */
    float aim;
    bool moving; /* in this frame, by finger or by itself */
    uint8_t layer;
    float
        seen_at[6]; /* the finger's last positions and their times, for the speed at release */
    int64_t seen_ms[6];
    int seen;
    int64_t touched_ms; /* of the finger's last event, for the samples */
    rect place;         /* as given; view is what of it is not clipped */
};
enum scope_kind { SCOPE_ID, SCOPE_SCROLL, SCOPE_ROW, SCOPE_SHEET, SCOPE_ABOVE };
struct scope { /* what a begin changed and its end puts back */
    enum scope_kind kind;
    ui_id_t id, id_before, scroll_before;
    rect clip_before;
    uint8_t layer_before;
};

struct fonts;      /* font.c */
struct textures;   /* cache.c */
struct window;     /* sdl.c */
struct fields;     /* field.c: allocated there from u->life */
struct keyboard;   /* keyboard.c */
struct signatures; /* signature.c */
struct images;     /* image.c */
struct pinches;    /* pinch.c */
struct pens;       /* stroke.c */
struct image_part; /* image.h */

struct wheel_zoom { /* the wheel turned over a picture, in this frame */
    ui_id_t id;
    float x, y, by;
};

#define SHEET_HEIGHTS 16
struct sheet_height { /* what the content of a sheet really took, from its last frame */
    ui_id_t id;
    float width, text_scale, height;
};

struct toast {
    int64_t id, until_ms, undone_id;
    char text[200], undo[60];
    bool on, undone;
};

#define SCROLLS_MAX 96
struct ui {
    struct arena life; /* until ui_close */
    struct arena
        frame; /* until the next ui_begin: things and draws stay readable after ui_end */
    struct theme themes[2]; /* day, night */
    bool night;
    float text_scale;
    float width, height, scale; /* window in dp; pixels per dp */
    const char *assets;
    const struct words *words;
    bool touch_keyboard;

    int64_t now_ms, before_ms, frame_no, frames_drawn;
    uint64_t began_ticks; /* real time, only to pace animations */
    bool in_frame, quit, dirty;
    bool when_asked, undrawn; /* ui_draw_when_asked; the last frame still is to be drawn */
    bool wipe; /* a secret was asked for: what was typed and touched is wiped with its queue */
    bool after_tap; /* a pressed state was shown for a tap that is over */
    int wake_ms;    /* asked for in this frame, -1 none */
    uint64_t drawn_hash;

    ui_id_t id_top; /* hash of the pushed ids */
    struct scope scopes[SCOPE_MAX];
    int scope_count;
    rect clip;
    uint8_t layer;
    ui_id_t scroll_in; /* innermost vertical scroll area */
    float sheet_content[SHEET_DEPTH_MAX], sheet_top[SHEET_DEPTH_MAX],
        sheet_reach[SHEET_DEPTH_MAX];
    size_t sheet_things[SHEET_DEPTH_MAX]; /* how many stood before its content */
    struct sheet_height sheet_heights[SHEET_HEIGHTS];
    rect sheet_panel;        /* of the uppermost */
    int sheets, sheets_last; /* open now; at the end of the last frame */

    struct buf draws;                   /* struct draw, this frame */
    struct buf things;                  /* struct thing, this frame */
    struct ui_thing *told;              /* of this frame, once somebody asked; in its arena */
    struct buf controls, controls_last; /* struct control */

    struct buf queue; /* raw events since the last frame */
    struct finger fingers[FINGERS_MAX];
    struct buf points; /* struct touch_point of this frame */
    struct buf events; /* struct input_event of this frame */
    struct buf
        events_next;  /* pushed during a frame by the on-screen keyboard, for the next one */
    ui_id_t taps[16]; /* not delivered yet */
    int tap_count;
    ui_id_t taps_late[4]; /* taps that take the focus from a text field: a frame later, so that
                             what was typed is told first and neither is lost */
    int tap_late_count;
    ui_id_t long_id; /* control whose long press is reported in this frame */
    ui_id_t last_control;
    ui_id_t focus, focus_next;            /* focus_next: asked for by ui_focus */
    ui_id_t focus_below[SHEET_DEPTH_MAX]; /* where the focus was when a sheet opened */
    bool focus_asked, ring, focus_moved;
    bool text_focus, text_focus_last; /* the focused control is a CONTROL_TEXT */
    float keyboard_last;

    struct scroll scrolls[SCROLLS_MAX];
    struct toast toast;

    struct fonts *fonts;
    struct width_known *widths;
    struct textures *textures;
    struct window *window;
    struct fields *fields;
    struct keyboard *keyboard;
    struct signatures *signatures;
    struct images *images;
    struct pinches *pinches;
    struct pens *pens;
    struct buf dropped; /* paths, each ended by a NUL */
    bool dropped_asked;
    struct wheel_zoom wheel_zoom;
};

/* ---- identity and behaviour (control.c)
 * ------------------------------------------------------------------ */
ui_id_t ui_id(const struct ui *u, const char *key);
ui_id_t ui_id_number(ui_id_t in, int64_t n);
/* Registers the control for touch, focus and dump, and says what happened to it. Call once per
 * frame. */
struct beat ui_control(struct ui *u, ui_id_t id, rect r, unsigned flags);
/* The finger that presses it, NULL none. While CONTROL_KEEPS or kept, also when outside. */
const struct finger *ui_finger_of(const struct ui *u, ui_id_t id);
void ui_finger_keep(
    struct ui *u,
    ui_id_t id); /* from now on the finger on it is not stolen (selection handles) */
bool ui_long_pressed(
    struct ui *u, ui_id_t id); /* true once, after LONG_PRESS_MS; the release is then no tap */
/* Movements of this frame that belong to a control. Returns the next one after *i (start with
 * 0), NULL at the end. */
const struct touch_point *ui_point_of(const struct ui *u, ui_id_t id, size_t *i);
const struct control *control_at(const struct buf *controls, float x, float y);
const struct control *control_find(const struct buf *controls, ui_id_t id);

/* ---- focus and keys (focus.c)
 * ------------------------------------------------------------------------------ */
void ui_focus(struct ui *u, ui_id_t id); /* 0: nobody; takes effect in the next frame */
bool ui_has_focus(const struct ui *u, ui_id_t id);
/* Untaken keyboard events of this frame: start with *i = 0; NULL at the end. Set ->taken when
 * used. */
struct input_event *ui_next_input(struct ui *u, size_t *i);
/* The on-screen keyboard types: arrives as an ordinary event in the next frame. */
void ui_type_text(struct ui *u, const char *utf8);
void ui_type_key(struct ui *u, int sdl_keycode, uint16_t mod);
/* Scrolls so that the control is fully visible (or its part: a caret's line); in dp of the
 * screen now. */
void ui_show_rect(struct ui *u, ui_id_t scroll, rect r);
ui_id_t ui_scroll_inside(
    const struct ui *u); /* the scroll area being laid out in, for ui_show_rect */

/* ---- text (text.c, font.c); widths in dp, at the present text scale
 * ----------------------------------------- */
void text_widths_forget(struct ui *u);
struct text_line {
    size_t start, end, next; /* bytes; end: without the space or line end it broke at; next:
                                where the next one starts */
    float width;
    bool hard;   /* ended by a line feed or by the end of the text */
    bool broken; /* a word wider than the line was cut here */
};
float text_width(struct ui *u, enum font f, const char *s, size_t n);
/* x[i] for every byte position 0…n (continuation bytes: as their first), n + 1 floats. */
void text_offsets(struct ui *u, enum font f, const char *s, size_t n, float *x);
/* Line breaking on measured widths. Always at least one line; a text that ends in a line feed
 * has an empty last line. Lines are in `a`. */
size_t text_lines(struct ui *u, struct arena *a, enum font f, const char *s, size_t n,
                  float width, struct text_line **out);
float font_dp(const struct ui *u, enum font f); /* em, at the present text scale */
float text_ascent(struct ui *u,
                  enum font f); /* from the top of the line box to the base line */

/* ---- drawing (draw.c): appends to the draw list with the present clip and layer
 * --------------------------- */
void draw_fill(struct ui *u, rect r, uint32_t rgb, float radius, uint8_t alpha);
void draw_outline(struct ui *u, rect r, uint32_t rgb, float radius, float width);
/* One line; (x, y) is the left top of the line box (ui_line_height high). Bytes are copied. */
void draw_text(struct ui *u, enum font f, uint32_t rgb, float x, float y, const char *s,
               size_t n);
void draw_stroke(struct ui *u, const float *xy, size_t points, uint32_t rgb,
                 float width); /* copied; round ends */
void draw_icon(struct ui *u, rect box, enum icon icon, uint32_t rgb,
               bool fill); /* square box */
uint32_t ui_rgb(const struct ui *u, enum color c);
rect clip_push(struct ui *u, rect r); /* returns the clip before, for clip_pop */
void clip_pop(struct ui *u, rect before);
struct draw *draw_add(struct ui *u, enum draw_kind kind, rect r);
uint64_t draw_hash(struct ui *u);
void draw_sort(struct ui *u);
bool draw_has_pictures(const struct ui *u);

/* ---- what stands on the screen (dump.c)
 * ---------------------------------------------------------------------- */
struct thing {
    struct ui_thing t;
    ui_id_t id;
    uint8_t layer;
    int caret;            /* -1 none */
    int font;             /* enum font, -1 none */
    int image_w, image_h; /* of a picture */
    float zoom;
    bool selected, pressed, focused, disabled, on;
    bool cut;       /* a word was cut or stands out of its place */
    bool shortened; /* ends in an ellipsis */
};
/* Adds a line to the dump; fill in what is known. type and name are kept as given (name is
 * copied). Valid until the next thing_add. */
struct thing *thing_add(struct ui *u, const char *type, const char *name, rect r);

/* ---- toolkit words
 * --------------------------------------------------------------------------------------------
 */
const char *ui_word(const struct ui *u,
                    const char *key); /* "ui.close"; the key itself when no words are set */

/* ---- hooks: called by ui.c, written in field.c and keyboard.c
 * ------------------------------------------------- */
enum status fields_open(struct ui *u);
void fields_close(struct ui *u);
void fields_begin(struct ui *u);  /* after the input of the frame is sorted out */
void fields_end(struct ui *u);    /* before the focus moves by keys; still inside the frame */
void keyboard_draw(struct ui *u); /* in LAYER_KEYBOARD, clip = window, after all widgets */
float keyboard_dp(const struct ui *u); /* height it takes now, 0 when down */

/* ---- between my files
 * --------------------------------------------------------------------------------------------
 */
enum status window_open(struct ui *u, const struct ui_options *o);
void window_close(struct ui *u);
void window_resize(struct ui *u); /* u->width, height, scale changed by ui_set_size */
SDL_Renderer *window_renderer(const struct ui *u);
SDL_Surface *window_surface(struct ui *u); /* what is shown, read back when needed */
void window_present(struct ui *u);
void window_event(struct ui *u, const SDL_Event *e);
enum status fonts_open(struct ui *u);
void fonts_close(struct ui *u);
void renderer_draw(struct ui *u);
void input_begin(struct ui *u);
void input_cancel_all(struct ui *u);
void focus_begin(struct ui *u);
void focus_end(struct ui *u);
void scrolls_begin(struct ui *u);
struct scroll *scroll_of(struct ui *u, ui_id_t id);
struct scroll *scroll_find(struct ui *u, ui_id_t id);
const struct scroll *scroll_at(const struct ui *u, float x, float y, bool horizontal,
                               uint8_t layer);
void scroll_drag(struct ui *u, struct scroll *s, float by, float at);
void scroll_let_go(struct ui *u, struct scroll *s);
void scroll_by(struct ui *u, struct scroll *s, float by);
int scrolls_wait_ms(const struct ui *u);
void toast_draw(struct ui *u);
struct scope *scope_push(struct ui *u, enum scope_kind kind, ui_id_t id);
void scope_pop(struct ui *u, enum scope_kind kind);
void things_finish(struct ui *u);
void images_forget(struct ui *u);
void pinches_forget(struct ui *u);
void pens_forget(struct ui *u);
void pens_close(struct ui *u);
void drop_add(struct ui *u, const char *path);
void drop_end(struct ui *u); /* what nobody asked for in this frame is not wanted */
void thing_icon(struct ui *u, enum icon icon, rect r, enum color ink);

#endif
