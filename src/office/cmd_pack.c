/* cmd_pack.c -- a pack for one tablet or for all: reference data of its services, forms, the
 * receipt, and open actions as copies. Sealed to the tablet, or open for all to read. */
#include "base/file.h"
#include "base/keys.h"
#include "base/text.h"
#include "office/tablet_pack.h"
#include "office/tablets.h"

#define FILE_NAME_MOST 60

struct packing {
    const char *tablet, *out;
    bool open, all;
    struct belonging *b;
};

static void say(struct office *o, const char *path, const struct export_summary *sum) {
    printf("%s\n", OFFICE_SAY(o, "office.pack_done", path, int_text(&o->arena, sum->records),
                              int_text(&o->arena, sum->bytes)));
}

static enum status pack_open(struct office *o, struct journal *j, const struct packing *p) {
    struct export_summary sum = {0};
    enum status s = tablet_pack_write(
        o, j, p->b, &(struct tablet_pack){.path = p->out, .tablet = p->tablet, .services = ""},
        &sum);
    if (!s) say(o, p->out, &sum);
    return s;
}

static enum status pack_sealed(struct office *o, struct journal *j, const struct packing *p,
                               const struct enrolment *e, const char *path) {
    struct export_summary sum = {0};
    uint8_t key[KEY_BYTES];
    if (!key_of_signer(e->key, key))
        return status_fail(STATUS_INVALID, "%s",
                           OFFICE_SAY(o, "office_tablets.bad_key", e->name));
    enum status s = tablet_pack_write(
        o, j, p->b,
        &(struct tablet_pack){
            .path = path, .tablet = e->name, .services = e->services, .seal_to = key},
        &sum);
    if (!s) say(o, path, &sum);
    return s;
}

static int pack_one(struct office *o, struct journal *j, const struct packing *p) {
    struct enrolment e;
    bool any = false;
    enum status s = tablet_named(o, j, p->tablet, &e, &any);
    if (s) return office_failed(o, s);
    if (!any) return tablet_unknown(o, j, p->tablet);
    if (e.revoked) return office_refused(o, "office_tablets.pack_revoked", e.name);
    if (!e.claimed) return office_refused(o, "office_tablets.pack_unproved", e.name);
    s = pack_sealed(o, j, p, &e, p->out);
    return s ? office_failed(o, s) : EXIT_DONE;
}

/* A tablet's name as a file's: letters and digits of any script, a hyphen for what may not be.
 */
static char *file_name(struct office *o, const struct enrolment *e) {
    char *name = arena_strndup(&o->arena, e->name, FILE_NAME_MOST);
    for (char *p = name; *p; p++)
        if (!((uint8_t)*p >= 0x80 || (*p >= '0' && *p <= '9') || (*p >= 'a' && *p <= 'z') ||
              (*p >= 'A' && *p <= 'Z')))
            *p = '-';
    return arena_printf(&o->arena, "%s-%s.lantern", e->letters, name);
}

static int pack_all(struct office *o, struct journal *j, const struct packing *p) {
    struct enrolment *all;
    size_t n = 0, written = 0;
    enum status s = enrol_list(j, &o->arena, &all, &n);
    if (!s) s = file_make_dirs(p->out);
    for (size_t i = 0; !s && i < n; i++) {
        if (all[i].revoked) continue;
        if (!all[i].claimed) {
            fprintf(stderr, "%s\n", OFFICE_SAY(o, "office_tablets.pack_skipped", all[i].name));
            continue;
        }
        s = pack_sealed(o, j, p, &all[i], path_join(&o->arena, p->out, file_name(o, &all[i])));
        if (!s) written++;
    }
    if (s) return office_failed(o, s);
    return written ? EXIT_DONE : office_refused(o, "office_tablets.nobody", p->out);
}

static int run(struct office *o, struct journal *j, struct packing *p) {
    enum status s = belonging_find(o, j, &p->b);
    if (s) return office_failed(o, s);
    if (p->all) return pack_all(o, j, p);
    if (!p->open) return pack_one(o, j, p);
    s = pack_open(o, j, p);
    return s ? office_failed(o, s) : EXIT_DONE;
}

int office_pack(struct office *o, int argc, char **argv) {
    struct packing p = {0};
    char **rest;
    int n;
    const struct option_spec specs[] = {{"out", &p.out, NULL},
                                        {"tablet", &p.tablet, NULL},
                                        {"open", NULL, &p.open},
                                        {"all", NULL, &p.all}};
    int wrong = office_options(o, argc, argv, specs, 4, 1, 1, &rest, &n);
    if (wrong) return wrong;
    if (text_blank(p.out)) return office_wrong(o, "office.needs", "--out");
    if (p.all && (p.open || p.tablet)) return office_wrong(o, "office.not_both", "--all");
    if (!p.all && !p.open && text_blank(p.tablet))
        return office_wrong(o, "office.needs", "--tablet");
    struct journal *j = NULL;
    enum status s = office_open(o, rest[0], false, false, &j);
    if (s) return office_failed(o, s);
    int result = run(o, j, &p);
    journal_close(j);
    return result;
}
