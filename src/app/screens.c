/* screens.c -- one table from the list of screens to their loaders. A listed screen without its
 * loader fails to link by name. */
#include "app/screens.h"

#include "base/log.h"

#define SCREEN(name)                                                              \
    extern enum status name##_load(const struct load_context *c, struct arena *a, \
                                   const void **out);
#include "screen/screen_list.h"
#undef SCREEN

screen_loader screen_load(enum screen_id id) {
    static const screen_loader loaders[SCREEN_COUNT] = {
#define SCREEN(name) [SCREEN_##name] = name##_load,
#include "screen/screen_list.h"
#undef SCREEN
    };
    BELIEVE(id > SCREEN_none && id < SCREEN_COUNT);
    return loaders[id];
}
