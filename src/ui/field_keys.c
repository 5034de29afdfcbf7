/* field_keys.c -- typed text, the IME's unfinished text, keys and the clipboard. */
#include "ui/field.h"

#include "base/text.h"

/* ---- what goes in ---- */

/* Kinds of field take only what belongs in them; everything else is left out letter by letter.
 * `rest` is what stays of the present text, `kept` what is taken already. */
static bool takes(enum field_kind kind, uint8_t c, const char *rest, struct buf *kept,
                  bool at_start) {
    bool digit = c >= '0' && c <= '9', first = at_start && !kept->size;
    switch (kind) {
    case FIELD_NUMBER:
        return digit || (c == '-' && first && !strchr(rest, '-'));
    case FIELD_DECIMAL:
        if (c == '.') return !strchr(rest, '.') && !strchr(buf_str(kept), '.');
        return digit || (c == '-' && first && !strchr(rest, '-'));
    case FIELD_PHONE:
        return digit || (c && strchr(" +()-", c));
    case FIELD_TEXT:
    case FIELD_SEARCH:
        return true;
    }
    return true;
}

static void filter(struct ui *u, struct entry *e, const char *s, size_t n, struct buf *kept) {
    size_t from, to;
    text_edit_selected(&e->edit, &from, &to);
    const char *text = text_edit_str(&e->edit);
    char *rest = arena_printf(ui_arena(u), "%.*s%s", (int)from, text, text + to);
    for (size_t i = 0; i < n; i++) {
        char c = s[i] == ',' && e->kind == FIELD_DECIMAL ? '.' : s[i];
        if (takes(e->kind, (uint8_t)c, rest, kept, from == 0)) buf_byte(kept, (uint8_t)c);
    }
}

bool field_put(struct ui *u, struct entry *e, const char *s, size_t n) {
    struct buf kept = {0};
    if (e->kind == FIELD_TEXT || e->kind == FIELD_SEARCH) {
        buf_add(&kept, s, n);
    } else {
        filter(u, e, s, n, &kept);
    }
    bool put = text_edit_insert(&e->edit, buf_str(&kept), kept.size);
    buf_release(&kept);
    return put;
}

static void type(struct field_view *v, const char *s, size_t n) {
    v->e->touch_selection = false;
    v->e->wish_x = -1;
    if (field_put(v->u, v->e, s, n)) field_changed(v);
}

void field_copy(struct field_view *v, bool cut) {
    size_t from, to;
    if (!text_edit_selected(&v->e->edit, &from, &to)) return;
    SDL_SetClipboardText(
        arena_strndup(ui_arena(v->u), text_edit_str(&v->e->edit) + from, to - from));
    v->u->fields->copied = true;
    if (cut && text_edit_delete(&v->e->edit, 0, false)) field_changed(v);
}

void field_paste(struct field_view *v) {
    char *s = SDL_GetClipboardText();
    if (s && *s) type(v, s, strlen(s));
    SDL_free(s);
}

/* ---- moving ---- */

static void move_line(struct field_view *v, int by, bool select) {
    struct text_edit *e = &v->e->edit;
    size_t line = field_line_of(v, e->caret);
    float x = v->e->wish_x >= 0 ? v->e->wish_x : field_x_of(v, e->caret);
    if (by < 0 && line == 0) {
        text_edit_move(e, 0, select);
    } else if (by > 0 && line + 1 >= v->line_count) {
        text_edit_move(e, e->text.size, select);
    } else {
        float y = v->y + ((float)line + (float)by + 0.5F) * v->line_h;
        text_edit_move(e, field_at(v, v->x + x, y), select);
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
    size_t line = field_line_of(v, e->caret);
    const struct text_line *l = &v->lines[line];
    size_t at = all ? (end ? e->text.size : 0) : end ? l->end : l->start;
    bool next_line = end && !all && line + 1 < v->line_count && at >= v->lines[line + 1].start;
    if (next_line) at = text_grapheme_prev(v->text, v->n, at); /* a cut word: its last letter */
    text_edit_move(e, at, select);
}

static bool move_key(struct field_view *v, const struct input_event *i) {
    bool shift = i->mod & KMOD_SHIFT, ctrl = i->mod & (KMOD_CTRL | KMOD_GUI);
    bool up_down = i->key == SDLK_UP || i->key == SDLK_DOWN;
    if (!up_down) v->e->wish_x = -1;
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
    default:
        return false;
    }
}

/* ---- commands ---- */

static bool command(struct field_view *v, int key, bool shift) {
    struct text_edit *e = &v->e->edit;
    bool changed = false;
    switch (key) {
    case SDLK_a:
        text_edit_select_all(e);
        return true;
    case SDLK_c:
    case SDLK_x:
        field_copy(v, key == SDLK_x);
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
    if (changed) field_changed(v);
    return true;
}

/* True when the key was the field's; *entered when Enter ends a single line. */
static bool edit_key(struct field_view *v, const struct input_event *i, bool *entered) {
    bool shift = i->mod & KMOD_SHIFT, ctrl = i->mod & (KMOD_CTRL | KMOD_GUI);
    int direction = i->key == SDLK_BACKSPACE ? -1 : 1;
    switch (i->key) {
    case SDLK_BACKSPACE:
    case SDLK_DELETE:
        v->e->touch_selection = false;
        if (text_edit_delete(&v->e->edit, direction, ctrl)) field_changed(v);
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
        return ctrl && !(i->mod & KMOD_ALT) && command(v, i->key, shift);
    }
}

static bool key(struct field_view *v, const struct input_event *i, bool *entered) {
    struct text_edit *e = &v->e->edit;
    if (v->u->fields->unfinished_in) return false; /* the IME's own */
    size_t caret = e->caret, anchor = e->anchor;
    bool used = move_key(v, i) || edit_key(v, i, entered);
    if (e->caret == caret && e->anchor == anchor) return used;
    v->u->fields->caret_from = v->u->now_ms;
    v->e->show = true;
    field_lay_out(v);
    return used;
}

static void unfinished(struct field_view *v, const struct input_event *i) {
    struct fields *f = v->u->fields;
    size_t from, to;
    /* The selection goes as soon as something is typed in its place. */
    if (i->text[0] && text_edit_selected(&v->e->edit, &from, &to) &&
        text_edit_delete(&v->e->edit, 0, false))
        field_changed(v);
    text_copy(f->unfinished, sizeof f->unfinished, i->text);
    f->unfinished_in = i->text[0] ? v->e : NULL;
    int letters = (int)text_count(f->unfinished);
    bool known = i->edit_start >= 0 && i->edit_start <= letters;
    f->unfinished_cursor = known && (i->edit_start || i->edit_length) ? i->edit_start : letters;
    f->caret_from = v->u->now_ms;
    v->e->show = true;
    field_lay_out(v);
}

static void typed(struct field_view *v, const char *text) {
    v->u->fields->unfinished[0] = '\0';
    v->u->fields->unfinished_in = NULL;
    field_lay_out(v);
    type(v, text, strlen(text));
}

bool field_keys(struct field_view *v) {
    bool entered = false;
    size_t at = 0;
    for (struct input_event *i; (i = ui_next_input(v->u, &at));) {
        switch (i->kind) {
        case INPUT_TEXT:
            typed(v, i->text);
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
