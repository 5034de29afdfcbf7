/* keyboard.c -- Lantern's own keyboard: up while a field has the focus and no other keyboard is
 * there. It types into the toolkit's events, so a field never knows which keyboard it was.
 *
 * A letter is typed when its finger is lifted, or when the next finger comes down before that:
 * two thumbs never swap their letters. What a finger touches is what stood on the screen in the
 * last frame. Holding: delete repeats, first letters, then words; a letter shows its accents,
 * to slide to, or to tap after lifting. */
#include "ui/keyboard.h"

#include "base/text.h"

#define HOLD_MS       450
#define REPEAT_MS     60
#define WORDS_MS      2500
#define WORD_EVERY_MS 220
#define DOUBLE_MS     400
#define SLACK_DP      24.0F
#define SLIDE_DP      10.0F

float keyboard_dp(const struct ui *u) {
    return u->keyboard ? u->keyboard->height : 0;
}

bool ui_keyboard_up(const struct ui *u) {
    return keyboard_dp(u) > 0;
}

void key_says(const struct keyboard *k, const struct key *key, char out[KEY_TEXT]) {
    if (k->shift == SHIFT_OFF || key->act != KEY_CHAR) {
        text_copy(out, KEY_TEXT, key->text);
    } else {
        layout_upper(key->text, out);
    }
}

bool keyboard_holds(const struct keyboard *k, ui_id_t id) {
    for (int i = 0; i < HELD_MAX; i++)
        if (k->held[i].down && k->held[i].cell.id == id) return true;
    return false;
}

/* ---- typing ---- */

static void typed(struct keyboard *k) {
    k->symbol = k->page == PAGE_SYMBOLS || k->page == PAGE_MORE;
    if (k->shift == SHIFT_ONCE) k->shift = SHIFT_OFF;
    k->shift_ms = 0; /* a shift after a letter is no second tap */
}

static void turn_shift(struct ui *u, struct keyboard *k) {
    bool twice = u->now_ms - k->shift_ms < DOUBLE_MS && k->shift != SHIFT_LOCK;
    k->shift = twice ? SHIFT_LOCK : k->shift == SHIFT_OFF ? SHIFT_ONCE : SHIFT_OFF;
    k->shift_ms = k->shift == SHIFT_LOCK ? 0 : u->now_ms;
    k->shift_auto = false;
}

static void turn_page(struct keyboard *k, enum key_page page) {
    k->page = page;
    k->symbol = false;
    k->others.up = false;
}

static void press(struct ui *u, struct keyboard *k, const struct key *key) {
    char says[KEY_TEXT];
    switch (key->act) {
    case KEY_CHAR:
        key_says(k, key, says);
        ui_type_text(u, says);
        typed(k);
        break;
    case KEY_SHIFT:
        turn_shift(u, k);
        break;
    case KEY_DELETE:
        ui_type_key(u, SDLK_BACKSPACE, KMOD_NONE);
        break;
    case KEY_SPACE:
        ui_type_text(u, " ");
        if (k->symbol) turn_page(k, PAGE_LETTERS); /* after a number words go on */
        break;
    case KEY_ENTER:
        ui_type_key(u, SDLK_RETURN, KMOD_NONE);
        break;
    case KEY_HIDE:
        ui_focus(u, 0);
        ui_wake_in(u, 0);
        break;
    case KEY_PAGE:
        turn_page(k, key->page);
        break;
    }
}

/* ---- the accents of a held key ---- */

static void show_others(struct keyboard *k, const struct held *h) {
    struct others *o = &k->others;
    int n = layout_others(h->cell.key.text, o->text);
    if (h->cell.key.act != KEY_CHAR || !n || k->secret) return;
    for (int i = 0; i < n && k->shift != SHIFT_OFF; i++) {
        char small[KEY_TEXT];
        text_copy(small, sizeof small, o->text[i]);
        layout_upper(small, o->text[i]);
    }
    o->count = n;
    o->up = o->follow = true;
    o->over = h->cell.r;
    o->of = h->cell.id;
    o->chosen = NOBODY;
}

static void take_other(struct ui *u, struct keyboard *k, int i) {
    k->others.up = false;
    if (i < 0 || i >= k->others.count) return;
    ui_type_text(u, k->others.text[i]);
    typed(k);
}

/* The finger chooses from the row of keys below the accents: it must not hide them. */
static void choose_other(struct keyboard *k, const struct held *h) {
    struct others *o = &k->others;
    float least = 0, y = h->y - h->cell.r.h;
    bool slid = SDL_fabsf(h->x - h->x0) > SLIDE_DP || h->y < h->cell.r.y;
    o->chosen = NOBODY;
    for (int i = 0; slid && i < k->other_count; i++) {
        rect r = k->other_cells[i].r;
        float dx = r.x + r.w / 2 - h->x, dy = r.y + r.h / 2 - y, far = dx * dx + dy * dy;
        if (o->chosen >= 0 && far >= least) continue;
        o->chosen = i;
        least = far;
    }
}

/* ---- fingers ---- */

static struct held *held_by(struct keyboard *k, int64_t finger) {
    for (int i = 0; i < HELD_MAX; i++)
        if (k->held[i].down && k->held[i].finger == finger) return &k->held[i];
    return NULL;
}

static const struct cell *cell_of(const struct keyboard *k, ui_id_t id) {
    for (int i = 0; i < k->cell_count; i++)
        if (k->cells[i].id == id) return &k->cells[i];
    return NULL;
}

static int other_of(const struct keyboard *k, ui_id_t id) {
    for (int i = 0; i < k->other_count; i++)
        if (k->other_cells[i].id == id) return i;
    return NOBODY;
}

static void press_pending(struct ui *u, struct keyboard *k) {
    for (int i = 0; i < HELD_MAX; i++) {
        struct held *h = &k->held[i];
        if (!h->down || h->done) continue;
        h->done = true;
        press(u, k, &h->cell.key);
    }
}

static void finger_down(struct ui *u, struct keyboard *k, const struct touch_point *p) {
    const struct cell *c = cell_of(k, p->owner);
    k->others.up = false;
    if (!c) return;
    press_pending(u, k);
    struct held *h = held_by(k, p->finger);
    for (int i = 0; i < HELD_MAX && !h; i++)
        if (!k->held[i].down) h = &k->held[i];
    if (!h) return;
    *h = (struct held){.finger = p->finger, .cell = *c, .down = true, .x = p->x, .y = p->y};
    h->x0 = p->x;
    h->since = u->now_ms;
    h->repeat = u->now_ms + HOLD_MS;
    if (c->key.act != KEY_DELETE) return;
    h->done = true; /* goes at once; holding repeats */
    press(u, k, &c->key);
}

static void finger_up(struct ui *u, struct keyboard *k, struct held *h) {
    h->down = false;
    if (k->others.up && k->others.follow && k->others.of == h->cell.id) {
        k->others.follow = false; /* stays up to be tapped when nothing was slid to */
        if (k->others.chosen >= 0) take_other(u, k, k->others.chosen);
        return;
    }
    rect around = rect_inset(h->cell.r, -SLACK_DP, -SLACK_DP);
    if (h->done || !rect_has(around, h->x, h->y)) return;
    press(u, k, &h->cell.key);
}

static void follow(struct ui *u, struct keyboard *k, const struct touch_point *p) {
    int other = other_of(k, p->owner);
    if (other >= 0) {
        if (p->phase == TOUCH_UP && k->others.up) take_other(u, k, other);
        return;
    }
    if (p->phase == TOUCH_DOWN) {
        finger_down(u, k, p);
        return;
    }
    struct held *h = held_by(k, p->finger);
    if (!h || h->cell.id != p->owner) return;
    h->x = p->x;
    h->y = p->y;
    if (p->phase == TOUCH_UP) finger_up(u, k, h);
    if (p->phase == TOUCH_CANCEL) {
        h->down = false;
        if (k->others.follow) k->others.up = false;
    }
    if (p->phase == TOUCH_MOVE && k->others.up && k->others.follow) choose_other(k, h);
}

static void fingers(struct ui *u, struct keyboard *k) {
    const struct touch_point *p = (const struct touch_point *)(const void *)u->points.data;
    for (size_t i = 0, n = u->points.size / sizeof *p; i < n; i++)
        follow(u, k, &p[i]);
}

/* ---- holding ---- */

static void repeat_delete(struct ui *u, struct held *h) {
    bool words = u->now_ms - h->since >= WORDS_MS;
    if (u->now_ms >= h->repeat) {
        ui_type_key(u, SDLK_BACKSPACE, words ? KMOD_CTRL : KMOD_NONE);
        h->repeat = u->now_ms + (words ? WORD_EVERY_MS : REPEAT_MS);
    }
    ui_wake_in(u, (int)(h->repeat - u->now_ms));
}

static void hold(struct ui *u, struct keyboard *k) {
    for (int i = 0; i < HELD_MAX; i++) {
        struct held *h = &k->held[i];
        if (!h->down) continue;
        if (h->cell.key.act == KEY_DELETE) {
            repeat_delete(u, h);
        } else if (!h->done && !h->asked && u->now_ms - h->since >= HOLD_MS) {
            show_others(k, h);
            h->done = k->others.up; /* a letter without accents is typed when lifted */
            h->asked = true;
        } else if (!h->done && !h->asked) {
            ui_wake_in(u, (int)SDL_max(0, h->since + HOLD_MS - u->now_ms));
        }
    }
}

/* ---- capitals at the start of a sentence ---- */

static bool starts_sentence(const struct entry *e) {
    const char *s = (const char *)e->edit.text.data;
    size_t at = e->edit.caret, before = at;
    while (before > 0 && s[before - 1] == ' ')
        before--;
    if (before == 0 || s[before - 1] == '\n') return true;
    return before < at && strchr(".!?", s[before - 1]);
}

static void watch_sentence(struct keyboard *k) {
    const struct text_edit *t = &k->entry->edit;
    if (t->caret == k->seen_caret && t->text.size == k->seen_size) return;
    k->seen_caret = t->caret;
    k->seen_size = t->text.size;
    if (k->kind != FIELD_TEXT || k->secret || k->shift == SHIFT_LOCK) return;
    bool starts = starts_sentence(k->entry);
    if (starts && k->shift == SHIFT_OFF) k->shift = SHIFT_ONCE, k->shift_auto = true;
    if (!starts && k->shift_auto) k->shift = SHIFT_OFF, k->shift_auto = false;
}

/* ---- the frame ---- */

static void put_down(struct ui *u, struct keyboard *k) {
    if (k->height > 0) ui_wake_in(u, 0);
    *k = (struct keyboard){0};
}

static void serve(struct keyboard *k, struct entry *e, enum field_kind kind) {
    if (k->entry == e && k->kind == kind) return;
    turn_page(k, layout_page_of(kind));
    k->entry = e;
    k->kind = kind;
    k->shift = SHIFT_OFF;
    k->shift_auto = false;
    k->seen_caret = k->seen_size = SIZE_MAX;
}

void keyboard_draw(struct ui *u) {
    struct fields *f = u->fields;
    if (!u->touch_keyboard) return;
    if (!u->keyboard) u->keyboard = ARENA_NEW(&u->life, struct keyboard);
    struct keyboard *k = u->keyboard;
    if (!f->focused) {
        put_down(u, k);
        return;
    }
    if (k->height <= 0) ui_wake_in(u, 0); /* the page makes room in the next frame */
    k->height = keyboard_height(u);
    k->secret = f->secret;
    serve(k, f->focused_entry, f->kind);
    watch_sentence(k);
    fingers(u, k);
    hold(u, k);
    keyboard_look(u, k);
}
