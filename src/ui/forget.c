/* forget.c -- what the toolkit holds of a person's words, and letting go of it: texts of
 * fields, strokes, keys not read yet, the frame as it was laid out, lines of text as pictures,
 * the line at the bottom, and what was copied out of a field.
 *
 * What stays says nothing: places and sizes by hashes, measures of letters, where pages are
 * scrolled to. What was shown stays on the glass until the next frame is drawn over it. */
#include <string.h>

#include "base/keys.h"
#include "ui/cache.h"
#include "ui/field.h"

static void wipe(struct buf *b) {
    if (b->data) key_wipe(b->data, b->room);
    buf_clear(b);
}

static void forget_fields(struct ui *u) {
    struct fields *f = u->fields;
    for (struct entry *e = f->entries; e; e = e->next) {
        wipe(&e->edit.text);
        wipe(&e->layout.text);
    }
    ui_field_forget(u, "");
    key_wipe(f->unfinished, sizeof f->unfinished);
    f->unfinished_in = NULL;
    f->focused_entry = NULL;
    f->focused = 0;
    f->leave = f->leave_next = false;
    if (f->copied) SDL_SetClipboardText("");
    f->copied = false;
}

void ui_forget(struct ui *u) {
    BELIEVE(!u->in_frame);
    struct buf *const bufs[] = {&u->draws, &u->things, &u->controls, &u->controls_last,
                                &u->queue, &u->points, &u->events,   &u->events_next};
    forget_fields(u);
    signatures_forget(u);
    images_forget(u);
    pinches_forget(u);
    pens_forget(u);
    wipe(&u->dropped);
    input_cancel_all(u);
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
        wipe(bufs[i]);
    arena_wipe(&u->frame);
    text_widths_forget(u);
    u->told = NULL;
    textures_wipe(u);
    textures_clear(u);
    key_wipe(&u->toast, sizeof u->toast);
    u->tap_count = u->tap_late_count = 0;
    u->focus = 0;
    u->focus_asked = u->text_focus = u->text_focus_last = false;
    u->sheets = u->sheets_last = 0;
    u->dirty = true;
}

/* Meant for the page that was there before something long began. */
void ui_drop_input(struct ui *u) {
    BELIEVE(!u->in_frame);
    SDL_PumpEvents();
    SDL_FlushEvents(SDL_KEYDOWN, SDL_TEXTINPUT);
    SDL_FlushEvents(SDL_MOUSEMOTION, SDL_MOUSEWHEEL);
    SDL_FlushEvents(SDL_FINGERDOWN, SDL_FINGERMOTION);
    wipe(&u->queue);
    wipe(&u->events_next);
    input_cancel_all(u);
    u->tap_count = u->tap_late_count = 0;
}
