/* field.c -- text fields: their pool by key, layout, and what a screen is told of them. Keys
 * are in field_keys.c, touch in field_touch.c, looks in field_draw.c.
 *
 * A field's text is a draft until a screen makes it a record: `left` tells when (focus lost, 5
 * s of rest, or ui_leave_fields), ui_field_forget says that it was done. */
#include "ui/field.h"

#include "base/text.h"

#define PAD_X   16.0F
#define PAD_Y   14.0F
#define REST_MS 5000

static uint64_t hash_text(const char *s) {
    return text_hash(s ? s : "");
}

/* ---- the pool
 * ----------------------------------------------------------------------------------------- */

enum status fields_open(struct ui *u) {
    u->fields = arena_take(&u->life, sizeof *u->fields);
    return STATUS_OK;
}

void fields_close(struct ui *u) {
    for (int i = 0; i < FIELDS_MAX; i++)
        text_edit_release(&u->fields->entries[i].edit);
    if (u->fields->input_on) SDL_StopTextInput();
    signatures_close(u);
}

void fields_begin(struct ui *u) {
    struct fields *f = u->fields;
    f->leave = f->leave_next;
    f->leave_next = false;
    f->focused = 0;
}

/* The system's text input follows the focus; a field that has gone off the screen has left. */
void fields_end(struct ui *u) {
    struct fields *f = u->fields;
    bool on = f->focused != 0;
    if (on != f->input_on) {
        if (on) {
            SDL_StartTextInput();
        } else {
            SDL_StopTextInput();
            f->edit[0] = '\0';
        }
        f->input_on = on;
    }
}

struct entry *field_find(struct ui *u, const char *key) {
    for (int i = 0; i < FIELDS_MAX; i++) {
        struct entry *e = &u->fields->entries[i];
        if (e->key[0] && text_equal(e->key, key)) return e;
    }
    return NULL;
}

static void clear_entry(struct entry *e) {
    text_edit_release(&e->edit);
    *e = (struct entry){0};
}

/* A free place, else that of the field not shown for longest; unsaved text is never let go. */
static struct entry *place(struct ui *u) {
    struct entry *oldest = NULL;
    for (int i = 0; i < FIELDS_MAX; i++) {
        struct entry *e = &u->fields->entries[i];
        if (!e->key[0]) return e;
        if (e->dirty || e->draft || e->preloaded || e->used >= u->frame_no - 1) continue;
        if (!oldest || e->used < oldest->used) oldest = e;
    }
    BELIEVE(oldest); /* FIELDS_MAX is far beyond what one page shows and a person types */
    clear_entry(oldest);
    return oldest;
}

struct entry *field_entry(struct ui *u, const char *key) {
    struct entry *e = field_find(u, key);
    if (e) return e;
    e = place(u);
    text_copy(e->key, sizeof e->key, key);
    e->wish_x = -1;
    return e;
}

/* New text from outside: a first look, a record that changed underneath, or a draft that became
 * one. */
static void follow_initial(struct entry *e, const struct field *f, bool fresh) {
    uint64_t h = hash_text(f->initial);
    const char *initial = f->initial ? f->initial : "";
    bool same = text_equal(text_edit_str(&e->edit), initial);
    if (e->preloaded) {
        e->preloaded = false;
        e->dirty = !same;
        e->initial = h;
        return;
    }
    bool follow = fresh || e->settled || (!e->dirty && h != e->initial);
    if (follow && !same) text_edit_set(&e->edit, initial);
    e->settled = false;
    e->initial = h;
}

/* ---- layout
 * ------------------------------------------------------------------------------------------------
 */

static void join_edit(struct field_view *v) {
    const struct fields *f = v->u->fields;
    struct text_edit *e = &v->e->edit;
    const char *s = text_edit_str(e);
    v->text = s;
    v->n = e->text.size;
    v->caret = e->caret;
    v->edit_from = v->edit_to = 0;
    if (f->focused != v->id || !f->edit[0]) return;
    size_t n = strlen(f->edit);
    char *joined = arena_take(ui_arena(v->u), v->n + n + 1);
    memcpy(joined, s, e->caret);
    memcpy(joined + e->caret, f->edit, n);
    memcpy(joined + e->caret + n, s + e->caret, v->n - e->caret);
    v->text = joined;
    v->n += n;
    v->edit_from = e->caret;
    v->edit_to = v->caret = e->caret + n;
}

static void lay_out(struct field_view *v) {
    v->line_h = ui_line_height(v->u, v->font);
    join_edit(v);
    v->line_count =
        text_lines(v->u, ui_arena(v->u), v->font, v->text, v->n, v->inside.w, &v->lines);
}

size_t field_line_of(const struct field_view *v, size_t at) {
    size_t i = 0;
    while (i + 1 < v->line_count && at >= v->lines[i + 1].start)
        i++;
    return i;
}

float field_x_of(const struct field_view *v, size_t at) {
    const struct text_line *l = &v->lines[field_line_of(v, at)];
    size_t end = at < l->start ? l->start : at;
    return text_width(v->u, v->font, v->text + l->start, end - l->start);
}

size_t field_at(const struct field_view *v, float x, float y) {
    float row = (y - v->inside.y + v->e->scroll) / v->line_h;
    size_t i = row <= 0 ? 0 : (size_t)row;
    if (i >= v->line_count) i = v->line_count - 1;
    const struct text_line *l = &v->lines[i];
    size_t at = l->start, end = l->end;
    float want = x - v->inside.x, before = 0;
    while (at < end) {
        size_t next = text_grapheme_next(v->text, v->n, at);
        float after = text_width(v->u, v->font, v->text + l->start, next - l->start);
        if (want < (before + after) / 2) break;
        before = after;
        at = next;
    }
    return at;
}

/* The caret stays in view: inside the field, and the field inside its page. */
static void show_caret(struct field_view *v) {
    float y = (float)field_line_of(v, v->caret) * v->line_h,
          all = (float)v->line_count * v->line_h;
    float *scroll = &v->e->scroll;
    if (y < *scroll) *scroll = y;
    if (y + v->line_h > *scroll + v->inside.h) *scroll = y + v->line_h - v->inside.h;
    if (*scroll > all - v->inside.h) *scroll = all - v->inside.h;
    if (*scroll < 0) *scroll = 0;
}

float ui_field_height(struct ui *u, const struct field *f, float width) {
    struct entry *e = field_find(u, f->key);
    int least = f->lines > 1 ? f->lines : 1;
    float line_h = ui_line_height(u, FONT_BODY), lines = (float)least;
    if (f->lines > 1) {
        struct text_line *list;
        const char *s = e ? text_edit_str(&e->edit) : f->initial ? f->initial : "";
        size_t n =
            text_lines(u, ui_arena(u), FONT_BODY, s, strlen(s), width - 2 * PAD_X, &list);
        if ((float)n > lines) lines = (float)n;
    }
    float h = lines * line_h + 2 * PAD_Y;
    return SDL_max(h, ui_theme(u)->touch_primary);
}

/* ---- one field
 * ----------------------------------------------------------------------------------------------
 */

void field_changed(struct ui *u, struct entry *e) {
    e->dirty = e->draft = true;
    e->changed_ms = u->now_ms;
    u->fields->caret_from = u->now_ms;
}

static bool has_left(struct ui *u, struct entry *e, bool focused, bool entered) {
    if (!e->dirty) return false;
    bool rested = u->now_ms - e->changed_ms >= REST_MS;
    if (!focused || entered || rested || u->fields->leave) {
        e->dirty = false;
        return true;
    }
    ui_wake_in(u, (int)(REST_MS - (u->now_ms - e->changed_ms)));
    return false;
}

static void note_thing(struct field_view *v, const struct beat *b) {
    struct thing *t = thing_add(v->u, "field", v->f->name ? v->f->name : "", v->r);
    t->id = v->id;
    t->focused = b->focused;
    t->t.tappable = true;
    t->t.ink = COLOR_INK;
    t->t.ground = v->f->ground;
    t->caret = b->focused ? (int)v->e->edit.caret : -1;
    t->t.value = arena_strndup(ui_arena(v->u), text_edit_str(&v->e->edit), v->e->edit.text.size);
}

struct field_result ui_field(struct ui *u, rect r, const struct field *f) {
    bool fresh = !field_find(u, f->key);
    struct entry *e = field_entry(u, f->key);
    struct field_result out = {0};
    struct field_view v = {.u = u, .e = e, .f = f, .r = r, .font = FONT_BODY};
    v.id = ui_id(u, f->key);
    v.inside =
        rect_inset(r, PAD_X, f->lines > 1 ? PAD_Y : (r.h - ui_line_height(u, FONT_BODY)) / 2);
    e->edit.bytes_max = f->bytes_max;
    e->edit.one_line = f->lines <= 1;
    follow_initial(e, f, fresh);
    if (f->focus && e->used < u->frame_no - 1) ui_focus(u, v.id);
    e->used = u->frame_no;
    struct beat b = ui_control(u, v.id, r, CONTROL_TEXT);
    if (b.focused) {
        if (!e->focused) u->fields->caret_from = u->now_ms;
        u->fields->focused = v.id;
        u->fields->kind = f->kind;
    }
    e->focused = b.focused;
    bool was_draft = e->draft;
    int64_t before = e->changed_ms;
    lay_out(&v);
    if (b.focused) out.entered = field_keys(&v);
    lay_out(&v);
    field_touch(&v, &b);
    if (b.focused) show_caret(&v);
    field_draw(&v, &b);
    note_thing(&v, &b);
    if (e->touch_selection && b.focused) field_handles(&v);
    out.changed = e->draft && (!was_draft || e->changed_ms != before);
    out.left = has_left(u, e, b.focused, out.entered);
    out.text = arena_strndup(ui_arena(u), text_edit_str(&e->edit), e->edit.text.size);
    return out;
}

/* ---- from outside
 * -------------------------------------------------------------------------------------------------
 */

void ui_leave_fields(struct ui *u) {
    u->fields->leave_next = true;
    ui_wake_in(u, 0);
}

void ui_field_set(struct ui *u, const char *key, const char *text) {
    struct entry *e = field_entry(u, key);
    text_edit_select_all(&e->edit);
    if (text_blank(text)) {
        text_edit_delete(&e->edit, -1, false);
    } else {
        text_edit_insert(&e->edit, text, strlen(text));
    }
    if (e->used == 0)
        e->preloaded = true; /* not shown yet: keeps this text over its initial one */
    field_changed(u, e);
    ui_wake_in(u, 0);
}

void ui_field_append(struct ui *u, const char *key, const char *text) {
    struct entry *e = field_entry(u, key);
    text_edit_move(&e->edit, e->edit.text.size, false);
    text_edit_insert(&e->edit, text, strlen(text));
    if (e->used == 0) e->preloaded = true;
    field_changed(u, e);
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

/* Fields on the screen stay where they are, caret and all, and follow their initial text again;
 * others are let go. */
void ui_field_forget(struct ui *u, const char *key_prefix) {
    for (int i = 0; i < FIELDS_MAX; i++) {
        struct entry *e = &u->fields->entries[i];
        if (!e->key[0] || !text_starts(e->key, key_prefix)) continue;
        if (e->focused && e->used >= u->frame_no - 1 && key_prefix[0]) {
            e->dirty = e->draft = false;
            e->settled = true;
        } else {
            clear_entry(e);
        }
    }
}

void ui_drafts_changed(struct ui *u, void (*each)(void *ctx, const char *key, const char *text),
                       void *ctx) {
    for (int i = 0; i < FIELDS_MAX; i++) {
        struct entry *e = &u->fields->entries[i];
        if (!e->key[0] || !e->draft) continue;
        e->draft = false;
        each(ctx, e->key, text_edit_str(&e->edit));
    }
}
