/* assets.h -- where the data that ships with Lantern lies: forms, words, fonts, frameworks.
 *
 * In order: the given folder, $LANTERN_ASSETS, beside the program (../assets of a build, ../share/lantern when
 * installed), ./assets. A folder counts when it holds tokens.json. */
#ifndef BASE_ASSETS_H
#define BASE_ASSETS_H

#include "base/arena.h"

char *assets_find(struct arena *a, const char *given); /* never NULL: "assets" when nothing was found */

#endif
