/* keyboard_look.c -- where the keys stand and how they look, by day and night. Touch areas fill
 * the whole keyboard: between two keys there is no place that types nothing. */
#include "ui/keyboard.h"

#include "base/text.h"
#include "ui/look.h"

#define PITCH_DP       54.0F
#define PITCH_WIDE_DP  62.0F
#define PITCH_SHORT_DP 50.0F
#define WIDE_FROM      600.0F
#define SHORT_BELOW    480.0F
#define WIDE_W_MAX     1000.0F
#define PAD_W_MAX      440.0F
#define EDGE_DP        4.0F
#define GAP_DP         5.0F
#define GAP_WIDE_DP    8.0F
#define RADIUS         8.0F
#define OTHER_W_DP     46.0F
#define OTHER_W_MAX    60.0F
#define KEY_FLAGS      (CONTROL_KEEPS | CONTROL_NO_FOCUS | CONTROL_EXACT)

static bool wide(const struct ui *u) {
    return u->width >= WIDE_FROM;
}

static float pitch(const struct ui *u) {
    if (u->height < SHORT_BELOW) return PITCH_SHORT_DP;
    return wide(u) && u->height >= WIDE_FROM ? PITCH_WIDE_DP : PITCH_DP;
}

float keyboard_height(const struct ui *u) {
    return (float)KEY_ROWS * pitch(u) + 2 * EDGE_DP;
}

/* ---- places ---- */

static void place_row(struct ui *u, struct keyboard *k, rect row, int n) {
    struct key keys[KEYS_MAX];
    int count = layout_row(k->page, n, keys);
    float parts = 0, x = row.x;
    for (int i = 0; i < count; i++)
        parts += keys[i].width;
    for (int i = 0; i < count; i++) {
        float w = row.w * keys[i].width / parts;
        ui_id_t id =
            ui_id_number(ui_id(u, "keyboard"), (int64_t)k->page * KEYS_MAX + k->cell_count);
        BELIEVE(k->cell_count < KEYS_MAX);
        k->cells[k->cell_count++] = (struct cell){keys[i], {x, row.y, w, row.h}, id};
        x += w;
    }
}

static void place(struct ui *u, struct keyboard *k) {
    bool pad = k->page >= PAGE_NUMBER;
    float most = pad ? PAD_W_MAX : WIDE_W_MAX, w = SDL_min(most, u->width) - 2 * EDGE_DP;
    rect all = {(u->width - w) / 2, u->height - k->height + EDGE_DP, w,
                k->height - 2 * EDGE_DP};
    k->cell_count = 0;
    for (int i = 0; i < KEY_ROWS; i++)
        place_row(u, k, rect_cut_top(&all, pitch(u)), i);
}

/* Over the key, as many rows as the window's width asks for. */
static void place_others(struct ui *u, struct keyboard *k) {
    const struct others *o = &k->others;
    k->other_count = 0;
    if (!o->up) return;
    float w = SDL_max(OTHER_W_DP, SDL_min(o->over.w, OTHER_W_MAX)), h = pitch(u);
    int most = (int)((u->width - 2 * EDGE_DP) / w), across = SDL_min(o->count, most);
    int down = (o->count + across - 1) / across;
    float x = o->over.x + o->over.w / 2 - w * (float)across / 2,
          y = o->over.y - h * (float)down;
    if (x + w * (float)across > u->width - EDGE_DP) x = u->width - EDGE_DP - w * (float)across;
    x = SDL_max(x, EDGE_DP);
    for (int i = 0; i < o->count; i++) {
        struct cell c = {.key = {.act = KEY_CHAR, .width = 1}};
        text_copy(c.key.text, sizeof c.key.text, o->text[i]);
        c.r = rect_make(x + w * (float)(i % across), y + h * (float)(i / across), w, h);
        c.id = ui_id_number(ui_id(u, "keyboard.others"), i);
        k->other_cells[k->other_count++] = c;
    }
}

/* ---- what stands on a key ---- */

struct face { /* of a key */
    enum color fill, ink, border;
    enum icon icon;
    bool icon_fill, on;
    const char *name;  /* for scripts and screen readers */
    const char *label; /* NULL: the icon */
    const char *brief; /* when the label has no room */
};

static const char *page_word(const struct ui *u, enum key_page page) {
    static const char *const keys[] = {[PAGE_LETTERS] = "keyboard.letters",
                                       [PAGE_SYMBOLS] = "keyboard.symbols",
                                       [PAGE_MORE] = "keyboard.more"};
    BELIEVE(page <= PAGE_MORE);
    return ui_word(u, keys[page]);
}

static void enter_face(const struct ui *u, struct face *f) {
    bool line = u->fields->lines > 1;
    f->name = ui_word(u, line ? "keyboard.enter" : "keyboard.done");
    f->icon = line ? ICON_ARROW_ELBOW_DOWN_LEFT : ICON_CHECK;
    if (!line) f->label = f->name;
    f->fill = f->border = COLOR_PRIMARY;
    f->ink = COLOR_ON_PRIMARY;
}

static struct face face_of(struct ui *u, const struct keyboard *k, const struct key *key) {
    struct face f = {.fill = COLOR_NA_SOFT, .ink = COLOR_INK, .border = COLOR_OUTLINE};
    char says[KEY_TEXT];
    switch (key->act) {
    case KEY_CHAR:
        key_says(k, key, says);
        f.name = key->text;
        f.label = arena_strdup(ui_arena(u), says);
        f.fill = COLOR_CARD;
        break;
    case KEY_SHIFT:
        f.name = ui_word(u, "keyboard.shift");
        f.icon = k->shift == SHIFT_LOCK ? ICON_ARROW_FAT_LINE_UP : ICON_ARROW_FAT_UP;
        f.on = f.icon_fill = k->shift != SHIFT_OFF;
        if (f.on) f.border = COLOR_PRIMARY;
        break;
    case KEY_DELETE:
        f.name = ui_word(u, "keyboard.delete");
        f.icon = ICON_BACKSPACE;
        break;
    case KEY_SPACE:
        f.name = f.label = ui_word(u, "keyboard.space");
        f.fill = COLOR_CARD;
        break;
    case KEY_ENTER:
        enter_face(u, &f);
        break;
    case KEY_HIDE:
        f.name = ui_word(u, "keyboard.hide");
        f.icon = ICON_CARET_DOWN;
        break;
    case KEY_PAGE:
        f.name = f.label = page_word(u, key->page);
        if (key->page == PAGE_SYMBOLS) f.brief = ui_word(u, "keyboard.symbols_brief");
        f.icon = key->page == PAGE_LETTERS ? ICON_TEXT_AA : ICON_DOTS_THREE;
        break;
    }
    return f;
}

/* ---- drawing ---- */

/* The largest type that the key has room for; FONT_COUNT when not even the smallest fits. */
static enum font fitting(struct ui *u, const char *text, float width) {
    static const enum font fonts[] = {FONT_H2, FONT_BODY, FONT_SMALL, FONT_TAG};
    for (size_t i = 0; i < sizeof fonts / sizeof *fonts; i++)
        if (ui_text_width(u, fonts[i], text) <= width) return fonts[i];
    return FONT_COUNT;
}

static void draw_label(struct ui *u, rect r, const char *text, enum font f, enum color ink) {
    float x = r.x + (r.w - ui_text_width(u, f, text)) / 2;
    float y = r.y + (r.h - ui_line_height(u, f)) / 2;
    draw_text(u, f, ui_rgb(u, ink), x, y, text, strlen(text));
}

/* All letters of a page in one size: as the widest allows. */
static enum font letter_font(struct ui *u, const struct keyboard *k) {
    float least = u->width;
    for (int i = 0; i < k->cell_count; i++)
        if (k->cells[i].key.act == KEY_CHAR) least = SDL_min(least, k->cells[i].r.w);
    enum font f = fitting(u, k->shift == SHIFT_OFF ? "m" : "W", least - GAP_DP - 2);
    return f == FONT_COUNT ? FONT_TAG : f;
}

static rect visible_key(const struct ui *u, rect cell) {
    float gap = (wide(u) ? GAP_WIDE_DP : GAP_DP) / 2;
    return rect_inset(cell, gap, 3);
}

static enum font word_font(struct ui *u, struct face *f, float width) {
    enum font font = f->label ? fitting(u, f->label, width) : FONT_COUNT;
    if (font == FONT_COUNT && f->brief) {
        f->label = f->brief;
        font = fitting(u, f->label, width);
    }
    return font == FONT_H2 ? FONT_BODY : font;
}

/* Whoever looks over a shoulder learns no letter of a secret. */
static bool hidden(const struct keyboard *k, const struct key *key) {
    return k->secret && key->act == KEY_CHAR;
}

static void draw_key(struct ui *u, struct keyboard *k, const struct cell *c,
                     enum font letters) {
    struct face f = face_of(u, k, &c->key);
    struct beat b = ui_control(u, c->id, c->r, KEY_FLAGS);
    rect r = visible_key(u, c->r);
    bool pressed = (b.pressed || keyboard_holds(k, c->id)) && !hidden(k, &c->key);
    struct look l = {.fill = f.fill, .border = f.border, .ink = f.ink, .radius = RADIUS};
    l.width = f.on ? 2 : 1;
    look_box(u, r, &l, pressed);
    enum font font = c->key.act == KEY_CHAR ? letters : word_font(u, &f, r.w - 6);
    bool words = f.label && font != FONT_COUNT;
    if (words) draw_label(u, r, f.label, font, f.ink);
    if (!words && f.icon)
        draw_icon(u, rect_center(r, 24, 24), f.icon, ui_rgb(u, f.ink), f.icon_fill);
    struct thing *t = thing_add(u, "key", f.name, c->r);
    t->id = c->id;
    t->pressed = pressed;
    t->on = f.on;
    t->t.tappable = true;
    t->t.ink = f.ink;
    t->t.ground = f.fill;
    t->t.font_dp = words ? font_dp(u, font) : 24;
    if (c->key.act == KEY_CHAR) t->t.value = f.label;
}

/* The finger hides a small key: what it is on shows above. */
static void draw_bubble(struct ui *u, struct keyboard *k, const struct cell *c) {
    char says[KEY_TEXT];
    if (wide(u) || k->secret || c->key.act != KEY_CHAR || k->others.up ||
        !keyboard_holds(k, c->id))
        return;
    rect r = visible_key(u, c->r);
    r.x -= 8;
    r.w += 16;
    r.x = SDL_max(2, SDL_min(r.x, u->width - 2 - r.w));
    r.y -= r.h + 8;
    struct look l = {.fill = COLOR_CARD, .border = COLOR_PRIMARY, .ink = COLOR_INK, .width = 2};
    l.radius = RADIUS;
    look_box(u, r, &l, false);
    key_says(k, &c->key, says);
    enum font f = fitting(u, says, r.w);
    draw_label(u, r, says, f == FONT_COUNT ? FONT_TAG : f, COLOR_INK);
}

static void draw_others(struct ui *u, struct keyboard *k) {
    if (!k->other_count) return;
    rect first = k->other_cells[0].r, all = first;
    for (int i = 1; i < k->other_count; i++) {
        rect r = k->other_cells[i].r;
        all.w = SDL_max(all.w, r.x + r.w - all.x);
        all.h = SDL_max(all.h, r.y + r.h - all.y);
    }
    ui_control(u, ui_id(u, "keyboard.accents"), all,
               CONTROL_SHIELD | CONTROL_NO_FOCUS | CONTROL_EXACT);
    struct look l = {.fill = COLOR_CARD, .border = COLOR_PRIMARY, .ink = COLOR_INK, .width = 2};
    l.radius = RADIUS + 2;
    look_box(u, all, &l, false);
    for (int i = 0; i < k->other_count; i++) {
        const struct cell *c = &k->other_cells[i];
        struct beat b = ui_control(u, c->id, c->r, KEY_FLAGS);
        bool chosen = b.pressed || k->others.chosen == i;
        enum color fill = chosen ? COLOR_PRIMARY : COLOR_CARD;
        enum color ink = chosen ? COLOR_ON_PRIMARY : COLOR_INK;
        enum font f = fitting(u, c->key.text, c->r.w - 8);
        if (chosen) draw_fill(u, rect_inset(c->r, 3, 3), ui_rgb(u, fill), RADIUS, 255);
        draw_label(u, c->r, c->key.text, f == FONT_COUNT ? FONT_TAG : f, ink);
        struct thing *t = thing_add(u, "key", c->key.text, c->r);
        t->id = c->id;
        t->pressed = chosen;
        t->t.tappable = true;
        t->t.ink = ink;
        t->t.ground = fill;
        t->t.font_dp = font_dp(u, f == FONT_COUNT ? FONT_TAG : f);
    }
}

static void draw_panel(struct ui *u, struct keyboard *k) {
    rect panel = {0, u->height - k->height, u->width, k->height};
    ui_control(u, ui_id(u, "keyboard.panel"), panel,
               CONTROL_SHIELD | CONTROL_NO_FOCUS | CONTROL_EXACT);
    draw_fill(u, panel, ui_rgb(u, COLOR_RAIL), 0, 255);
    draw_fill(u, rect_make(0, panel.y, u->width, 1), ui_rgb(u, COLOR_LINE), 0, 255);
}

void keyboard_look(struct ui *u, struct keyboard *k) {
    place(u, k);
    place_others(u, k);
    draw_panel(u, k);
    enum font letters = letter_font(u, k);
    for (int i = 0; i < k->cell_count; i++)
        draw_key(u, k, &k->cells[i], letters);
    for (int i = 0; i < k->cell_count; i++)
        draw_bubble(u, k, &k->cells[i]);
    draw_others(u, k);
}
