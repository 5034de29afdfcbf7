/* pad_part.c -- the pad of digits and what stands around it. See pad_part.h. */
#include "screen/pad_part.h"

#include "base/keys.h"
#include "base/text.h"

#define KEY_DP      64.0F /* the least */
#define KEY_TALL_DP 76.0F
#define KEY_WIDE_DP 104.0F
#define DOT_DP      14.0F
#define DOT_GAP_DP  12.0F
#define CIRCLE_DP   96.0F
#define COLUMNS     3
#define ROWS        4

/* ---- the pad ---- */

static float key_least(struct ui *u) {
    float words = ui_line_height(u, FONT_H1) + 8;
    return words > KEY_DP ? words : KEY_DP;
}

float part_pad_width(struct ui *u) {
    float key = KEY_WIDE_DP * (ui_text_scale(u) > 1.4F ? 1.25F : 1);
    return COLUMNS * key + (COLUMNS - 1) * ui_theme(u)->touch_between;
}

float part_pad_height(struct ui *u, float room) {
    float gaps = (ROWS - 1) * ui_theme(u)->touch_between, key = (room - gaps) / ROWS;
    if (key > KEY_TALL_DP) key = KEY_TALL_DP;
    if (key < key_least(u)) key = key_least(u);
    return ROWS * key + gaps;
}

static void add_digit(const struct pad *p, char digit) {
    size_t n = strlen(p->typed);
    if (n + 2 > p->room) return;
    p->typed[n] = digit;
    p->typed[n + 1] = '\0';
}

static bool digit_key(struct ui *u, rect r, const struct pad *p, int digit) {
    struct button b = {
        .label = arena_printf(ui_arena(u), "%d", digit), .font = FONT_H1, .disabled = p->off};
    if (!ui_button(u, r, &b)) return false;
    add_digit(p, (char)('0' + digit));
    return true;
}

static bool delete_key(struct ui *u, const struct scene *s, rect r, const struct pad *p) {
    size_t n = strlen(p->typed);
    struct button b = {.label = WORD(s, "lock.delete"),
                       .icon = ICON_BACKSPACE,
                       .icon_only = true,
                       .disabled = p->off || !n};
    if (!ui_button(u, r, &b)) return false;
    key_wipe(p->typed + n - 1, 1);
    return true;
}

static bool enter_key(struct ui *u, rect r, const struct pad *p) {
    struct button b = {.label = p->enter,
                       .key = "pad-enter",
                       .icon = ICON_CHECK,
                       .icon_only = true,
                       .role = BUTTON_MAIN,
                       .disabled = p->off || !p->ready};
    return ui_button(u, r, &b);
}

enum pad_tap part_pad(struct ui *u, const struct scene *s, rect r, const struct pad *p) {
    enum pad_tap tap = PAD_NOTHING;
    float gap = ui_theme(u)->touch_between, wide = part_pad_width(u);
    int enter = s->left_hand ? 0 : 2, delete = 2 - enter;
    if (r.w > wide) r = rect_center(r, wide, r.h);
    ui_push_text(u, "pad");
    enum secret_key key = p->off ? SECRET_NOTHING : ui_secret_digits(u, p->typed, p->room);
    if (key == SECRET_TYPED) tap = PAD_TYPED;
    if (key == SECRET_ENTER && p->ready) tap = PAD_ENTER;
    for (int i = 0; i < ROWS * COLUMNS; i++) {
        int row = i / COLUMNS, column = i % COLUMNS;
        float h = (r.h - gap * (ROWS - 1)) / ROWS;
        rect line = rect_make(r.x, r.y + (h + gap) * (float)row, r.w, h);
        rect at = rect_column(line, column, COLUMNS, gap);
        bool last = row == ROWS - 1;
        if (last && column == enter) {
            if (enter_key(u, at, p)) tap = PAD_ENTER;
        } else if (last && column == delete) {
            if (delete_key(u, s, at, p)) tap = PAD_TYPED;
        } else if (digit_key(u, at, p, last ? 0 : i + 1)) {
            tap = PAD_TYPED;
        }
    }
    ui_pop(u);
    return tap;
}

/* ---- dots ---- */

float part_dots_height(struct ui *u) {
    return DOT_DP * ui_text_scale(u) + 12;
}

/* More than fit in the row stand closer, and then no more of them are drawn. */
void part_dots(struct ui *u, rect r, const char *typed, size_t least) {
    float dot = DOT_DP * ui_text_scale(u), gap = DOT_GAP_DP * ui_text_scale(u);
    size_t n = text_count(typed), places = n > least ? n : least;
    if (dot * (float)places + gap * (float)(places - 1) > r.w) gap = 4;
    size_t most = (size_t)((r.w + gap) / (dot + gap));
    if (places > most) places = most;
    float x = r.x + (r.w - dot * (float)places - gap * (float)(places - 1)) / 2;
    for (size_t i = 0; i < places; i++, x += dot + gap) {
        rect at = rect_make(x, r.y + (r.h - dot) / 2, dot, dot);
        if (i < n) {
            ui_fill(u, at, COLOR_INK, dot / 2);
        } else {
            ui_outline(u, at, COLOR_OUTLINE, dot / 2, 2);
        }
    }
}

/* ---- initials ---- */

float part_initials_size(struct ui *u) {
    float words = ui_line_height(u, FONT_H1) + 44;
    return words > CIRCLE_DP ? words : CIRCLE_DP;
}

void part_initials(struct ui *u, rect r, const char *label) {
    enum font f = ui_text_width(u, FONT_H2, label) + 12 <= r.w ? FONT_H2 : FONT_TAG;
    ui_fill(u, r, COLOR_SOFT, r.h / 2);
    ui_outline(u, r, COLOR_PRIMARY, r.h / 2, 2);
    ui_label(u, rect_inset(r, 4, 0), label,
             &(struct label){
                 .font = f, .ground = COLOR_SOFT, .align = ALIGN_CENTER, .middle = true});
}

bool part_initials_button(struct ui *u, rect r, const char *label, const char *key,
                          enum font f) {
    return ui_button(u, r,
                     &(struct button){.label = label, .key = key, .font = f, .round = true});
}

/* ---- a wait ---- */

const char *part_wait(struct ui *u, const struct scene *s, int64_t ms) {
    bool seconds = ms < 60000;
    int64_t unit = seconds ? 1000 : 60000, left = ms % unit;
    ui_wake_in(u, (int)(left ? left : unit));
    return SAY(u, s, seconds ? "lock.seconds" : "lock.minutes",
               int_text(ui_arena(u), (ms + unit - 1) / unit));
}
