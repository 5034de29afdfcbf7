/* framework_set.h -- the frameworks that this tablet has, read when somebody first asks: the start of the program needs
 * only the one in force. */
#ifndef APP_FRAMEWORK_SET_H
#define APP_FRAMEWORK_SET_H

#include "care/frameworks.h"

struct app;
const struct frameworks *app_frameworks(void *app); /* as load_context.frameworks; NULL when none can be read */
int app_framework_version(struct app *a, const char *id); /* the newest edition at hand, 0 unknown */

#endif
