/* script_pages.c -- a page that is longer than the window, picture by picture, from where it
 * stands to its end. See script.h. */
#include <SDL.h>

#include "base/text.h"
#include "platform/linux/script_inside.h"

#define PAGES_MOST 60
#define DRAG_STEPS 6
#define DRAG_REST  5

/* Where everything stands: the same before and after a drag means that there is no more. */
static uint64_t look(struct script *s) {
    const struct ui_thing *t;
    size_t n = ui_things(s->ui, &t);
    uint64_t h = n;
    for (size_t i = 0; i < n; i++) {
        h = h * 31 + text_hash(t[i].name);
        h = h * 31 + (uint64_t)(int64_t)t[i].r.y;
    }
    return h;
}

/* At the left edge, where nothing is touched by it; less than the window, so that no line is
 * lost between two pictures. */
static void turn(struct script *s) {
    rect view = ui_area(s->ui);
    ui_scroll_view(s->ui, &view);
    float x = view.x + 6, y = view.y + view.h * 0.9F, by = view.h * 0.72F;
    script_touch(s, SDL_FINGERDOWN, FINGER_ID, x, y);
    script_frame(s);
    for (int i = 1; i <= DRAG_STEPS; i++) {
        script_touch(s, SDL_FINGERMOTION, FINGER_ID, x, y - by * (float)i / DRAG_STEPS);
        script_frame(s);
    }
    for (int i = 0; i < DRAG_REST; i++)
        script_frame(s);
    script_touch(s, SDL_FINGERUP, FINGER_ID, x, y - by);
    script_settle(s);
}

bool script_pages(struct script *s, const char *name,
                  bool (*shot)(struct script *, const char *)) {
    for (int i = 1; i <= PAGES_MOST && !s->left; i++) {
        uint64_t before = look(s);
        if (!shot(s, arena_printf(&s->line_arena, "%s-%02d", name, i))) return false;
        turn(s);
        if (look(s) == before) return true;
    }
    return true;
}
