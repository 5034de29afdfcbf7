/* screen.c -- the screens by number and by name, from the list. */
#include "screen/screen.h"

#include "base/log.h"
#include "base/text.h"

static const struct screen *const screens[SCREEN_COUNT] = {
#define SCREEN(name) [SCREEN_##name] = &screen_##name,
#include "screen/screen_list.h"
#undef SCREEN
};

const struct screen *screen_of(enum screen_id id) {
    BELIEVE(id > SCREEN_none && id < SCREEN_COUNT);
    return screens[id];
}

enum screen_id screen_by_name(const char *name) {
    for (int i = 1; i < SCREEN_COUNT; i++)
        if (text_equal(screens[i]->name, name)) return (enum screen_id)i;
    return SCREEN_none;
}
