/* laws.c -- regulation ids as people read them. */
#include "model/laws.h"

#include <string.h>

int laws_of(const struct framework *f, const char *by_comma, struct arena *a,
            struct action_law out[ACTION_LAWS_MOST]) {
    int n = 0;
    for (const char *p = by_comma ? by_comma : ""; *p && n < ACTION_LAWS_MOST;) {
        size_t k = strcspn(p, ",");
        const char *id = arena_strndup(a, p, k);
        const struct regulation *r = k && f ? framework_regulation(f, id) : NULL;
        if (k)
            out[n++] = (struct action_law){.number = r ? arena_strdup(a, r->number) : id,
                                           .title = r ? arena_strdup(a, r->title) : ""};
        p += k + (p[k] == ',');
    }
    return n;
}
