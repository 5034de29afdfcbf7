/* framework_set.c -- see framework_set.h. */
#include "app/framework_set.h"

#include "app/app_state.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"

const struct frameworks *app_frameworks(void *app) {
    struct app *a = app;
    if (!a->frameworks.count) {
        struct arena path = {0};
        enum status s =
            frameworks_open(&a->frameworks, path_join(&path, a->assets, "frameworks"));
        if (s || a->frameworks.problem)
            log_line("frameworks: %s", s ? status_detail() : a->frameworks.problem);
        arena_release(&path);
        if (s) return NULL;
    }
    return &a->frameworks;
}

int app_framework_version(struct app *a, const char *id) {
    if (text_equal(a->framework->id, id)) return a->framework->version;
    const struct frameworks *all = app_frameworks(a);
    const struct framework *f = all ? frameworks_newest(all, id) : NULL;
    return f ? f->version : 0;
}
