/* people_load.c -- reads who can unlock this tablet and who could. */
#include "model/people_load.h"

#include "model/holders.h"
#include "model/send_model.h"

enum status people_load(const struct load_context *c, struct arena *a, const void **out) {
    struct people_model *m = ARENA_NEW(a, struct people_model);
    struct pin_person *people;
    size_t n = 0;
    enum status s = holders_load(c, a, &people, &n);
    if (!s) s = holders_lock_minutes(c, &m->lock_minutes);
    if (s) return s;
    struct pin_person *with = ARENA_ARRAY(a, struct pin_person, n + 1),
                      *without = ARENA_ARRAY(a, struct pin_person, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (people[i].has) {
            with[m->with_count++] = people[i];
        } else {
            without[m->without_count++] = people[i];
        }
    }
    m->with = with;
    m->without = without;
    m->holder = journal_holder(c->j);
    m->sealed = journal_at_rest_sealed(c->j);
    m->office = c->outbox && c->outbox->belongs.enrolled;
    *out = m;
    return STATUS_OK;
}
