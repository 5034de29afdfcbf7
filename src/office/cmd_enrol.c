/* cmd_enrol.c -- lets a tablet in: its first pack, sealed under a code that a person types on
 * it once. */
#include "base/keys.h"
#include "base/text.h"
#include "office/tablet_pack.h"
#include "office/tablets.h"
#include "store/query.h"

struct enrolling {
    const char *name, *letters, *out;
    char *services; /* with a space between; "" all */
};

/* Codes may be given with commas as well. */
static char *codes(struct office *o, const char *given) {
    char *all = text_trim(&o->arena, given ? given : "");
    for (char *p = all; *p; p++)
        if (*p == ',' || *p == '\n') *p = ' ';
    return all;
}

/* The first code that no service has; NULL: all are known. */
static enum status unknown_service(struct office *o, struct journal *j, const char *services,
                                   const char **out) {
    *out = NULL;
    for (const char *p = services; *p && !*out;) {
        size_t n = strcspn(p, " ");
        char *code = arena_strndup(&o->arena, p, n);
        struct query q;
        bool any = false;
        query_open(&q, j, "SELECT 1 FROM service WHERE code = ?1 AND withdrawn = 0", 0);
        query_bind_text(&q, 1, code);
        while (query_next(&q))
            any = true;
        enum status s = query_close(&q);
        if (s) return s;
        if (n && !any) *out = code;
        p += n + (p[n] != '\0');
    }
    return STATUS_OK;
}

static void say(struct office *o, const struct enrolling *want, const struct enrol_made *made,
                const struct export_summary *sum) {
    struct arena *a = &o->arena;
    printf("%s\n", OFFICE_SAY(o, "office.pack_done", want->out, int_text(a, sum->records),
                              int_text(a, sum->bytes)));
    printf("%s\n\n    %s\n\n%s\n",
           OFFICE_SAY(o, "office_tablets.enrolled", want->name, made->letters), made->code,
           OFFICE_SAY(o, "office_tablets.what_to_do", int_text(a, ENROL_PACK_DAYS)));
}

static enum status enrol(struct office *o, struct journal *j, const struct enrolling *want) {
    struct enrol_made made = {0};
    struct export_summary sum = {0};
    struct belonging *b = NULL;
    enum status s = belonging_find(o, j, &b);
    if (!s) s = enrol_new(j, want->name, want->letters, want->services, &made);
    if (!s)
        s = tablet_pack_write(o, j, b,
                              &(struct tablet_pack){.path = want->out,
                                                    .tablet = want->name,
                                                    .services = want->services,
                                                    .code = made.code,
                                                    .token = made.token},
                              &sum);
    if (!s) say(o, want, &made, &sum);
    key_wipe(&made, sizeof made);
    return s;
}

static int run(struct office *o, struct journal *j, struct enrolling *want) {
    struct enrolment before = {0};
    bool any = false;
    const char *unknown = NULL;
    enum status s = unknown_service(o, j, want->services, &unknown);
    if (!s && unknown) return office_refused(o, "office_tablets.no_service", unknown);
    if (!s) s = tablet_named(o, j, want->name, &before, &any);
    if (!s && any && !before.revoked) {
        if (before.claimed)
            return office_refused(o, "office_tablets.there_already", want->name);
        /* Its first pack was never opened, or its stick is lost: the token in that pack is
         * worth nothing from here on, and the letters are free. */
        s = journal_withdraw_alone(j, &kind_enrolment, before.row);
        if (!s) fprintf(stderr, "%s\n", OFFICE_SAY(o, "office_tablets.replaced", want->name));
    }
    if (!s) s = enrol(o, j, want);
    return s ? office_failed(o, s) : EXIT_DONE;
}

int office_enrol(struct office *o, int argc, char **argv) {
    struct enrolling want = {0};
    const char *services = NULL;
    char **rest;
    int n;
    const struct option_spec specs[] = {{"tablet", &want.name, NULL},
                                        {"service+", &services, NULL},
                                        {"letters", &want.letters, NULL},
                                        {"out", &want.out, NULL}};
    int wrong = office_options(o, argc, argv, specs, 4, 1, 1, &rest, &n);
    if (wrong) return wrong;
    if (text_blank(want.name)) return office_wrong(o, "office.needs", "--tablet");
    if (text_blank(want.out)) return office_wrong(o, "office.needs", "--out");
    want.services = codes(o, services);
    struct journal *j = NULL;
    enum status s = office_open(o, rest[0], false, false, &j);
    if (s) return office_failed(o, s);
    int result = run(o, j, &want);
    journal_close(j);
    return result;
}
