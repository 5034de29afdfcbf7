/* belongs.c -- see belongs.h. Apart from the conductor, because sync and care each have a
 * struct of the name section. */
#include "app/belongs.h"

#include "sync/enrol.h"

enum status belongs_read(struct journal *j, struct arena *to, struct belongs *out) {
    struct enrol_state e;
    *out = (struct belongs){.office = "", .name = "", .letters = ""};
    enum status s = enrol_state(j, &e);
    if (s) return s;
    out->enrolled = e.enrolled;
    out->confirmed = e.confirmed;
    out->office_known = e.office_known;
    out->office = arena_strdup(to, e.provider);
    out->name = arena_strdup(to, e.name);
    out->letters = arena_strdup(to, e.letters);
    return STATUS_OK;
}
