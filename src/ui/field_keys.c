/* field_keys.c -- typed text, the IME's unfinished text, keys and the clipboard. */
#include "ui/field.h"

#include "base/text.h"

/* Kinds of field take only what belongs in them; everything else is left out letter by letter.
 */
static bool takes(enum field_kind kind, char c) {
    switch (kind) {
    case FIELD_NUMBER:
        return (c >= '0' && c <= '9') || c == '-';
    case FIELD_DECIMAL:
        return (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ',';
    case FIELD_PHONE:
        return (c >= '0' && c <= '9') || strchr(" +()", c) != NULL;
    case FIELD_TEXT:
    case FIELD_SEARCH:
        return true;
    }
    return true;
}

static void type(struct field_view *v, const char *s, size_t n) {
    struct buf kept = {0};
    for (size_t i = 0; i < n; i++)
        if (takes(v->f->kind, s[i]))
            buf_byte(&kept, (uint8_t)(s[i] == ',' && v->f->kind == FIELD_DECIMAL ? '.' : s[i]));
    if (kept.size && text_edit_insert(&v->e->edit, buf_str(&kept), kept.size))
        field_changed(v->u, v->e);
    buf_release(&kept);
    v->e->touch_selection = false;
}

void field_copy(struct field_view *v, bool cut) {
    size_t from, to;
    if (!text_edit_selected(&v->e->edit, &from, &to)) return;
    SDL_SetClipboardText(
        arena_strndup(ui_arena(v->u), text_edit_str(&v->e->edit) + from, to - from));
    if (cut && text_edit_delete(&v->e->edit, 0, false)) field_changed(v->u, v->e);
}

void field_paste(struct field_view *v) {
    char *s = SDL_GetClipboardText();
    if (s) type(v, s, strlen(s));
    SDL_free(s);
}

static void move_line(struct field_view *v, int by, bool select) {
    struct text_edit *e = &v->e->edit;
    size_t line = field_line_of(v, e->caret);
    float x = v->e->wish_x >= 0 ? v->e->wish_x : field_x_of(v, e->caret);
    if (by < 0 && line == 0) {
        text_edit_move(e, 0, select);
    } else if (by > 0 && line + 1 >= v->line_count) {
        text_edit_move(e, e->text.size, select);
    } else {
        float y = v->inside.y - v->e->scroll + ((float)line + (float)by + 0.5F) * v->line_h;
        text_edit_move(e, field_at(v, v->inside.x + x, y), select);
    }
    v->e->wish_x = x;
}

static void move_sideways(struct field_view *v, int by, bool word, bool select) {
    struct text_edit *e = &v->e->edit;
    const char *s = text_edit_str(e);
    size_t from, to, n = e->text.size, at = e->caret;
    bool selected = text_edit_selected(e, &from, &to);
    if (selected && !select && !word) {
        at = by < 0 ? from : to;
    } else if (by < 0) {
        at = word ? text_word_prev(s, n, at) : text_grapheme_prev(s, n, at);
    } else {
        at = word ? text_word_next(s, n, at) : text_grapheme_next(s, n, at);
    }
    text_edit_move(e, at, select);
}

static void move_to_edge(struct field_view *v, bool end, bool all, bool select) {
    struct text_edit *e = &v->e->edit;
    const struct text_line *l = &v->lines[field_line_of(v, e->caret)];
    size_t at = all ? (end ? e->text.size : 0) : end ? l->end : l->start;
    text_edit_move(e, at, select);
}

static bool command(struct field_view *v, int key, bool shift) {
    struct text_edit *e = &v->e->edit;
    bool changed = false;
    switch (key) {
    case SDLK_a:
        text_edit_select_all(e);
        return true;
    case SDLK_c:
        field_copy(v, false);
        return true;
    case SDLK_x:
        field_copy(v, true);
        return true;
    case SDLK_v:
        field_paste(v);
        return true;
    case SDLK_z:
        changed = shift ? text_edit_redo(e) : text_edit_undo(e);
        break;
    case SDLK_y:
        changed = text_edit_redo(e);
        break;
    default:
        return false;
    }
    if (changed) field_changed(v->u, v->e);
    return true;
}

/* True when the key was the field's; *entered when Enter ends a single line. */
static bool key(struct field_view *v, const struct input_event *i, bool *entered) {
    bool shift = i->mod & KMOD_SHIFT, ctrl = i->mod & (KMOD_CTRL | KMOD_GUI);
    struct text_edit *e = &v->e->edit;
    bool up_down = i->key == SDLK_UP || i->key == SDLK_DOWN;
    if (!up_down) v->e->wish_x = -1;
    v->u->fields->caret_from = v->u->now_ms;
    switch (i->key) {
    case SDLK_LEFT:
        move_sideways(v, -1, ctrl, shift);
        return true;
    case SDLK_RIGHT:
        move_sideways(v, 1, ctrl, shift);
        return true;
    case SDLK_UP:
    case SDLK_DOWN:
        if (v->f->lines <= 1) return false;
        move_line(v, i->key == SDLK_UP ? -1 : 1, shift);
        return true;
    case SDLK_HOME:
        move_to_edge(v, false, ctrl, shift);
        return true;
    case SDLK_END:
        move_to_edge(v, true, ctrl, shift);
        return true;
    case SDLK_BACKSPACE:
        if (text_edit_delete(e, -1, ctrl)) field_changed(v->u, v->e);
        return true;
    case SDLK_DELETE:
        if (text_edit_delete(e, 1, ctrl)) field_changed(v->u, v->e);
        return true;
    case SDLK_RETURN:
    case SDLK_KP_ENTER:
        if (v->f->lines > 1 && !ctrl) {
            type(v, "\n", 1);
        } else {
            *entered = true;
            ui_focus(v->u, 0);
        }
        return true;
    default:
        return ctrl && command(v, i->key, shift);
    }
}

static void unfinished(struct field_view *v, const struct input_event *i) {
    struct fields *f = v->u->fields;
    text_copy(f->edit, sizeof f->edit, i->text);
    f->edit_cursor = i->edit_start;
}

bool field_keys(struct field_view *v) {
    bool entered = false;
    size_t at = 0;
    for (struct input_event *i; (i = ui_next_input(v->u, &at));) {
        switch (i->kind) {
        case INPUT_TEXT:
            v->u->fields->edit[0] = '\0';
            type(v, i->text, strlen(i->text));
            i->taken = true;
            break;
        case INPUT_EDIT:
            unfinished(v, i);
            i->taken = true;
            break;
        case INPUT_KEY:
            i->taken = key(v, i, &entered);
            break;
        }
    }
    return entered;
}
