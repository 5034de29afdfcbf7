/* belongs.c -- see belongs.h. Apart from the conductor, because sync and care each have a
 * struct of the name section. */
#include "app/belongs.h"

#include <string.h>

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

enum status belongs_office_key(struct journal *j, uint8_t key[32], bool *known) {
    uint8_t readers[2][32];
    size_t n = 0;
    enum status s = enrol_readers(j, readers, &n);
    if (s) return s;
    *known = n > 0;
    if (n) memcpy(key, readers[0], sizeof readers[0]);
    return STATUS_OK;
}
