/* simulate_enrol.c -- the same made-up life with tablets that are enrolled: each has its own
 * first pack and code, its bundles are sealed, and its second pack opens on it alone. See
 * simulate.h. */
#include "base/file.h"
#include "base/keys.h"
#include "base/text.h"
#include "office/recovery.h"
#include "office/simulate.h"
#include "office/tablet_pack.h"
#include "store/query.h"
#include "sync/enrol.h"

char *simulate_name(struct arena *a, int number) {
    return arena_printf(a, "Tablet %02d", number);
}

char *simulate_pack_path(struct simulation *s, struct arena *a, int number, int round) {
    return path_join(a, path_join(a, s->dir, "packs"),
                     arena_printf(a, "tablet-%02d-%d.lantern", number, round + 1));
}

/* One service each; every fourth tablet goes round all of them. */
static enum status service_of(struct simulation *s, struct journal *j, int number,
                              const char **code) {
    struct query q;
    int count = (int)query_one_int(j, 0, "SELECT count(*) FROM service WHERE withdrawn = 0", 0);
    *code = "";
    if (!count || number % 4 == 0) return STATUS_OK;
    for (query_open(
             &q, j,
             "SELECT code FROM service WHERE withdrawn = 0 ORDER BY code LIMIT 1 OFFSET ?1", 1,
             (int64_t)(number % count));
         query_next(&q);)
        *code = query_text(&q, 0, &s->o->arena);
    return query_close(&q);
}

static enum status enrol_one(struct simulation *s, struct journal *j, const struct belonging *b,
                             int number) {
    struct arena *a = &s->o->arena;
    struct enrol_made made;
    struct export_summary sum;
    const char *service;
    char *name = simulate_name(a, number);
    enum status st = service_of(s, j, number, &service);
    if (!st) st = enrol_new(j, name, NULL, service, &made);
    if (st) return st;
    s->codes[number] = arena_strdup(a, made.code);
    st = tablet_pack_write(s->o, j, b,
                           &(struct tablet_pack){.path = simulate_pack_path(s, a, number, 0),
                                                 .tablet = name,
                                                 .services = service,
                                                 .code = made.code,
                                                 .token = made.token},
                           &sum);
    key_wipe(&made, sizeof made);
    return st;
}

enum status simulate_enrol(struct simulation *s, struct journal *j) {
    struct belonging *b = NULL;
    s->codes = ARENA_ARRAY(&s->o->arena, char *, s->tablets + 1);
    enum status st = file_make_dirs(path_join(&s->o->arena, s->dir, "packs"));
    if (!st) st = recovery_write(s->o, j, path_join(&s->o->arena, s->dir, "recovery.txt"));
    if (!st) st = belonging_find(s->o, j, &b);
    for (int i = 1; !st && i <= s->tablets; i++)
        st = enrol_one(s, j, b, i);
    return st;
}

enum status simulate_packs(struct simulation *s, struct journal *j) {
    struct arena *a = &s->o->arena;
    struct belonging *b = NULL;
    enum status st = belonging_find(s->o, j, &b);
    for (int i = 1; !st && i <= s->tablets; i++) {
        struct enrolment e;
        struct export_summary sum;
        uint8_t key[KEY_BYTES];
        st = enrol_find(j, a, simulate_name(a, i), &e);
        if (st) return st;
        if (!e.claimed || !key_of_signer(e.key, key))
            return status_fail(STATUS_INVALID, "%s has not proved itself", e.name);
        st = tablet_pack_write(s->o, j, b,
                               &(struct tablet_pack){.path = simulate_pack_path(s, a, i, 1),
                                                     .tablet = e.name,
                                                     .services = e.services,
                                                     .seal_to = key},
                               &sum);
    }
    return st;
}
