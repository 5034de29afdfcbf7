/* script_draw.c -- fingers that do more than tap: drawing, pinching, and a file dropped on the
 * window. See script.h. */
#include <SDL.h>
#include <stdlib.h>

#include "platform/linux/script_inside.h"

#define STEPS     6 /* frames between two points, or of a pinch */
#define APART_DP  60.0F
#define MARGIN_DP 8.0F

static const struct ui_thing *thing(struct script *s, const char *name) {
    return script_reachable(s, script_find_control(s, name, (struct within){0}, 0));
}

/* draw "name" X1 Y1 X2 Y2 …: parts of that thing, one finger from the first to the last. */
bool script_draw(struct script *s, const struct args *a) {
    const struct ui_thing *t = thing(s, a->v[1]);
    if (!t) return false;
    rect r = t->r;
    float x = 0, y = 0;
    for (int i = 2; i + 1 < a->n; i += 2) {
        float to_x = r.x + r.w * strtof(a->v[i], NULL),
              to_y = r.y + r.h * strtof(a->v[i + 1], NULL);
        if (i == 2) script_touch(s, SDL_FINGERDOWN, FINGER_ID, to_x, to_y);
        for (int k = 1; i > 2 && k <= STEPS; k++) {
            float part = (float)k / STEPS;
            script_touch(s, SDL_FINGERMOTION, FINGER_ID, x + (to_x - x) * part,
                         y + (to_y - y) * part);
            script_frame(s);
        }
        script_frame(s);
        x = to_x;
        y = to_y;
    }
    script_touch(s, SDL_FINGERUP, FINGER_ID, x, y);
    script_settle(s);
    return true;
}

/* pinch "name" FACTOR: two fingers about its middle, as far apart at the end as FACTOR says. */
bool script_pinch(struct script *s, const struct args *a) {
    const struct ui_thing *t = thing(s, a->v[1]);
    float factor = strtof(a->v[2], NULL);
    if (!t) return false;
    if (!(factor > 0.05F && factor < 20))
        return script_fail(s, "pinch wants a factor such as 2 or 0.5");
    rect r = t->visible;
    float x = r.x + r.w / 2, y = r.y + r.h / 2, most = r.w / 2 - MARGIN_DP;
    float from =
        factor > 1 ? SDL_min(APART_DP, most / factor) : SDL_min(APART_DP / factor, most);
    for (int i = 0; i <= STEPS; i++) {
        float d = from * (1 + (factor - 1) * (float)i / STEPS);
        uint32_t type = i ? SDL_FINGERMOTION : SDL_FINGERDOWN;
        script_touch(s, type, FINGER_ID, x - d, y);
        script_touch(s, type, FINGER_ID + 1, x + d, y);
        script_frame(s);
    }
    script_touch(s, SDL_FINGERUP, FINGER_ID, x - from * factor, y);
    script_touch(s, SDL_FINGERUP, FINGER_ID + 1, x + from * factor, y);
    script_settle(s);
    return true;
}

bool script_drop(struct script *s, const char *path) {
    SDL_Event e = {0};
    e.drop.type = SDL_DROPFILE;
    e.drop.file = SDL_strdup(path); /* whoever takes the event frees it */
    if (SDL_PushEvent(&e) != 1) {
        SDL_free(e.drop.file);
        return script_fail(s, "the file was not dropped: %s", SDL_GetError());
    }
    script_settle(s);
    return true;
}
