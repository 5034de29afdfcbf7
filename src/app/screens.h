/* screens.h -- which loader feeds which screen; made from screen/screen_list.h. */
#ifndef APP_SCREENS_H
#define APP_SCREENS_H

#include "model/context.h"
#include "screen/screen.h"

#define LANTERN_VERSION "0.1.0"

typedef enum status (*screen_loader)(const struct load_context *c, struct arena *a,
                                     const void **out);
screen_loader screen_load(enum screen_id id);

#endif
