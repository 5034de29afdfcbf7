/* field.c -- text fields: their pool by key, and what a screen is told of them. Lines are in
 * field_layout.c, keys in field_keys.c, touch in field_touch.c and field_menu.c, looks in
 * field_draw.c.
 *
 * A field's text is a draft until a screen makes it a record: `left` tells when (focus lost, 5
 * s of rest, or ui_leave_fields), ui_field_forget says that it was done. */
#include "ui/field.h"

#include "base/text.h"

#define PAD_X       16.0F
#define PAD_Y       14.0F
#define REST_MS     5000
#define FIELDS_KEPT 96

/* ---- the pool ---- */

enum status fields_open(struct ui *u) {
    u->fields = ARENA_NEW(&u->life, struct fields);
    return STATUS_OK;
}

static void clear_entry(struct ui *u, struct entry *e) {
    struct fields *f = u->fields;
    if (f->unfinished_in == e) f->unfinished_in = NULL, f->unfinished[0] = '\0';
    if (f->focused_entry == e) f->focused_entry = NULL;
    text_edit_release(&e->edit);
    field_layout_release(&e->layout);
    buf_release(&e->key);
    *e = (struct entry){.next = e->next, .wish_x = -1};
}

void fields_close(struct ui *u) {
    for (struct entry *e = u->fields->entries; e; e = e->next)
        clear_entry(u, e);
    if (u->fields->input_on) SDL_StopTextInput();
    signatures_close(u);
}

const char *entry_key(struct entry *e) {
    return buf_str(&e->key);
}

struct entry *field_find(struct ui *u, const char *key) {
    for (struct entry *e = u->fields->entries; e; e = e->next)
        if (e->key.size && text_equal(entry_key(e), key)) return e;
    return NULL;
}

static bool unsaved(const struct ui *u, const struct entry *e) {
    return e->dirty || e->draft || e->preloaded || e->used >= u->frame_no - 1;
}

/* A free place; when many are kept, that of the field not shown for longest; else one more:
 * unsaved text is never let go. */
static struct entry *place(struct ui *u) {
    struct fields *f = u->fields;
    struct entry *oldest = NULL;
    for (struct entry *e = f->entries; e; e = e->next) {
        if (!e->key.size) return e;
        if (!unsaved(u, e) && (!oldest || e->used < oldest->used)) oldest = e;
    }
    if (oldest && f->entry_count >= FIELDS_KEPT) {
        clear_entry(u, oldest);
        return oldest;
    }
    struct entry *e = ARENA_NEW(&u->life, struct entry);
    e->next = f->entries;
    e->wish_x = -1;
    f->entries = e;
    f->entry_count++;
    return e;
}

struct entry *field_entry(struct ui *u, const char *key) {
    BELIEVE(key && *key);
    struct entry *e = field_find(u, key);
    if (e) return e;
    e = place(u);
    buf_text(&e->key, key);
    e->edit.bytes_max = SIZE_MAX; /* what it may hold is known when it is shown */
    return e;
}

/* New text from outside: a first look, a record that changed underneath, or a draft that became
 * one. */
static void follow_initial(struct entry *e, const struct field *f, bool fresh) {
    const char *initial = f->initial ? f->initial : "";
    uint64_t h = text_hash(initial);
    bool same = text_equal(text_edit_str(&e->edit), initial);
    bool follow = fresh || e->settled || (!e->dirty && h != e->initial);
    e->initial = h;
    e->settled = false;
    if (e->preloaded) {
        e->preloaded = false;
        e->dirty = !same;
        return;
    }
    if (follow && !same) text_edit_set(&e->edit, initial);
}

/* ---- the IME and the system's text input ---- */

static void mark_changed(struct ui *u, struct entry *e) {
    e->dirty = e->draft = e->touched = e->show = true;
    e->changed_ms = u->now_ms;
    u->fields->caret_from = u->now_ms;
}

/* Unfinished words of a field that lost the focus are kept as they stand. */
void field_finish(struct ui *u) {
    struct fields *f = u->fields;
    struct entry *e = f->unfinished_in;
    if (e && f->unfinished[0] && field_put(u, e, f->unfinished, strlen(f->unfinished)))
        mark_changed(u, e);
    f->unfinished[0] = '\0';
    f->unfinished_in = NULL;
}

void fields_begin(struct ui *u) {
    struct fields *f = u->fields;
    f->leave = f->leave_next;
    f->leave_next = false;
    if (f->unfinished_in && (f->leave || u->focus != f->focused)) field_finish(u);
    f->focused = 0;
    f->focused_entry = NULL;
}

void fields_end(struct ui *u) {
    struct fields *f = u->fields;
    bool on = f->focused != 0;
    if (!on && f->unfinished_in) field_finish(u);
    if (on == f->input_on) return;
    f->input_on = on;
    if (on) {
        SDL_StartTextInput();
    } else {
        SDL_StopTextInput();
    }
}

/* ---- one field ---- */

static enum font field_font(const struct field *f) {
    return f->lines <= 1 && f->font != FONT_DISPLAY ? f->font : FONT_BODY;
}

float ui_field_height(struct ui *u, const struct field *f, float width) {
    if (f->secret) return secret_height(u, f, width);
    float line_h = ui_line_height(u, field_font(f)), lines = f->lines > 1 ? (float)f->lines : 1;
    float least = ui_theme(u)->touch_primary;
    if (f->lines > 1) {
        struct entry *e = field_find(u, f->key);
        float inside = width - 2 * PAD_X;
        size_t n;
        if (e && e->used) {
            struct field_view v = {.u = u, .e = e, .f = f, .font = FONT_BODY};
            v.inside.w = inside;
            field_lay_out(&v);
            n = v.line_count;
        } else {
            struct text_line *list;
            const char *s = e ? text_edit_str(&e->edit) : f->initial ? f->initial : "";
            n = text_lines(u, ui_arena(u), FONT_BODY, s, strlen(s), inside, &list);
        }
        if ((float)n > lines) lines = (float)n;
    }
    return SDL_max(lines * line_h + 2 * PAD_Y, least);
}

void field_changed(struct field_view *v) {
    mark_changed(v->u, v->e);
    field_lay_out(v);
}

static bool has_left(struct ui *u, struct entry *e, bool focused, bool entered) {
    if (!e->dirty) return false;
    int64_t rested = u->now_ms - e->changed_ms;
    if (!focused || entered || rested >= REST_MS || u->fields->leave) {
        e->dirty = false;
        return true;
    }
    ui_wake_in(u, (int)(REST_MS - rested));
    return false;
}

static void note_thing(struct field_view *v, const struct beat *b) {
    const char *name = v->f->name ? v->f->name : v->f->hint ? v->f->hint : "";
    struct thing *t = thing_add(v->u, "field", name, v->r);
    bool empty = v->n == 0;
    t->id = v->id;
    t->focused = b->focused;
    t->t.tappable = true;
    t->t.ink = empty ? COLOR_MUTE : COLOR_INK;
    t->t.ground = v->f->ground == COLOR_BG ? COLOR_CARD : v->f->ground;
    t->t.font_dp = font_dp(v->u, v->font);
    t->font = (int)v->font;
    t->caret = b->focused ? (int)v->e->edit.caret : -1;
    t->t.value =
        arena_strndup(ui_arena(v->u), text_edit_str(&v->e->edit), v->e->edit.text.size);
}

static void take_focus(struct field_view *v) {
    struct fields *f = v->u->fields;
    if (!v->e->focused) {
        f->caret_from = v->u->now_ms;
        v->e->show = true;
    }
    f->focused = v->id;
    f->focused_entry = v->e;
    f->kind = v->f->kind;
    f->lines = v->f->lines;
    f->secret = false;
}

/* A single line slides under its box so that the caret can be seen. */
static void slide(struct field_view *v, bool focused) {
    float *at = &v->e->scroll_x, x = field_x_of(v, v->caret), w = v->inside.w;
    float all = focused ? field_x_of(v, v->n) : 0;
    if (!focused) x = 0;
    if (x - *at > w) *at = x - w;
    if (x < *at) *at = x;
    if (*at > SDL_max(0, all - w)) *at = SDL_max(0, all - w);
    v->x = v->inside.x - *at;
}

/* The field, or the caret's line of one that is larger than its page, comes into view when the
 * caret moved or the keyboard came up, not while a person looks elsewhere. The focus has its
 * own wish in its first frames (focus.c), which would win. */
static void show_caret(struct field_view *v, ui_id_t outer, ui_id_t inner) {
    struct ui *u = v->u;
    if (!v->e->show) return;
    if (u->focus_moved || u->keyboard_last != keyboard_dp(u)) {
        ui_wake_in(u, 0);
        return;
    }
    v->e->show = false;
    rect at = field_caret_rect(v, v->caret), box = v->inside;
    if (inner) ui_show_rect(u, inner, at);
    const struct scroll *page = outer ? scroll_find(u, outer) : NULL;
    if (page && v->r.h + 2 * PAD_Y <= page->place.h) {
        ui_show_rect(u, outer, v->r);
        return;
    }
    if (at.y < box.y) at.y = box.y;
    if (at.y + at.h > box.y + box.h) at.y = box.y + box.h - at.h;
    at.h += PAD_Y;
    ui_show_rect(u, outer, at);
}

/* Text taller than its box scrolls in it as any page does. */
static void field_body(struct field_view *v, const struct beat *b) {
    struct ui *u = v->u;
    ui_id_t outer = ui_scroll_inside(u), inner = 0;
    float content = (float)v->line_count * v->line_h;
    rect view = rect_inset(v->inside, -2, 0), before = u->clip;
    bool tall = v->f->lines > 1 && content > v->inside.h + 0.5F;
    v->clip = rect_overlap(before, v->r);
    v->x = v->inside.x;
    v->y = v->inside.y;
    if (v->f->lines <= 1) slide(v, b->focused);
    if (tall) {
        ui_push_text(u, v->f->key);
        v->y = ui_scroll_begin(u, view, "field").y;
        inner = ui_scroll_inside(u);
    } else {
        clip_push(u, view);
    }
    field_touch(v, b);
    field_draw_text(v, b);
    if (b->focused) show_caret(v, outer, inner);
    if (tall) {
        ui_scroll_end(u, content);
        ui_pop(u);
    } else {
        clip_pop(u, before);
    }
}

static struct field_view view_of(struct ui *u, rect r, const struct field *f, struct entry *e) {
    float pad_y =
        f->lines > 1 ? PAD_Y : SDL_max(0, (r.h - ui_line_height(u, field_font(f))) / 2);
    struct field_view v = {.u = u, .e = e, .f = f, .r = r, .font = field_font(f)};
    v.id = ui_id(u, f->key);
    v.inside = rect_inset(r, PAD_X, pad_y);
    e->kind = f->kind;
    e->edit.bytes_max = f->bytes_max;
    e->edit.one_line = f->lines <= 1;
    return v;
}

struct field_result ui_field(struct ui *u, rect r, const struct field *f) {
    if (f->secret) return secret_field(u, r, f);
    bool fresh = !field_find(u, f->key);
    struct entry *e = field_entry(u, f->key);
    struct field_view v = view_of(u, r, f, e);
    struct field_result out = {0};
    follow_initial(e, f, fresh);
    if (f->focus && e->used < u->frame_no - 1) ui_focus(u, v.id);
    e->used = u->frame_no;
    struct beat b = ui_control(u, v.id, r, CONTROL_TEXT);
    if (b.focused) take_focus(&v);
    e->focused = b.focused;
    field_lay_out(&v);
    if (b.focused) out.entered = field_keys(&v);
    field_draw_box(&v, &b);
    field_body(&v, &b);
    note_thing(&v, &b);
    if (!b.focused) e->touch_selection = false;
    if (e->touch_selection) field_handles(&v);
    out.changed = e->touched;
    e->touched = false;
    out.left = has_left(u, e, b.focused, out.entered);
    out.text = arena_strndup(ui_arena(u), text_edit_str(&e->edit), e->edit.text.size);
    return out;
}

/* ---- from outside ---- */

void ui_leave_fields(struct ui *u) {
    u->fields->leave_next = true;
    ui_wake_in(u, 0);
}

void ui_field_set(struct ui *u, const char *key, const char *text) {
    struct entry *e = field_find(u, key);
    if (e && text_equal(text_edit_str(&e->edit), text)) return;
    if (!e) e = field_entry(u, key);
    text_edit_select_all(&e->edit);
    if (!text || !*text) {
        text_edit_delete(&e->edit, -1, false);
    } else {
        text_edit_insert(&e->edit, text, strlen(text));
    }
    if (!e->used) e->preloaded = true; /* not shown yet: this text wins over its initial one */
    mark_changed(u, e);
    ui_wake_in(u, 0);
}

void ui_field_append(struct ui *u, const char *key, const char *text) {
    struct entry *e = field_entry(u, key);
    text_edit_move(&e->edit, e->edit.text.size, false);
    if (!text || !text_edit_insert(&e->edit, text, strlen(text))) return;
    if (!e->used) e->preloaded = true;
    mark_changed(u, e);
    ui_wake_in(u, 0);
}

const char *ui_field_text(struct ui *u, const char *key) {
    struct entry *e = field_find(u, key);
    return e ? text_edit_str(&e->edit) : NULL;
}

void ui_field_preload(struct ui *u, const char *key, const char *text) {
    struct entry *e = field_entry(u, key);
    text_edit_set(&e->edit, text);
    e->preloaded = true;
    e->changed_ms = u->now_ms;
}

/* The field under the finger stays where it is, caret and all, and follows its initial text
 * again; others are let go. An empty prefix lets all go: the tablet changes hands. */
void ui_field_forget(struct ui *u, const char *key_prefix) {
    for (struct entry *e = u->fields->entries; e; e = e->next) {
        if (!e->key.size || !text_starts(entry_key(e), key_prefix)) continue;
        if (e->focused && e->used >= u->frame_no - 1 && key_prefix[0]) {
            e->dirty = e->draft = false;
            e->settled = true;
        } else {
            clear_entry(u, e);
        }
    }
}

void ui_drafts_changed(struct ui *u, void (*each)(void *ctx, const char *key, const char *text),
                       void *ctx) {
    for (struct entry *e = u->fields->entries; e; e = e->next) {
        if (!e->key.size || !e->draft) continue;
        e->draft = false;
        each(ctx, entry_key(e), text_edit_str(&e->edit));
    }
}
