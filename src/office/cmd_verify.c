/* cmd_verify.c -- chains, gaps, forks, blobs, rebuild == live; what is found is said with
 * names, dates and the cure, in the words and the order that the report has
 * (model/findings_model.h).
 *
 * Exit status 2 when a chain or a table is damaged, or a finding is to be put right. What is
 * only told (erased, parked, made by a newer Lantern) is not wrong. */
#include "base/json.h"
#include "office/known.h"

static void say_finding(const struct finding *f) {
    printf("%s\n", f->says);
    for (size_t i = 0; i < f->lines_count; i++)
        printf("    %s\n", f->lines[i]);
    if (*f->cure) printf("    %s\n", f->cure);
}

static void say_text(struct office *o, const struct journal_report *r, enum status s,
                     const struct findings_model *m) {
    struct arena *a = &o->arena;
    printf("%s\n", OFFICE_SAY(o, "office.verify_counts", int_text(a, r->records),
                              int_text(a, r->logs)));
    for (size_t i = 0; i < m->count; i++)
        say_finding(&m->all[i]);
    printf("%s\n", s ? OFFICE_SAY(o, "office.verify_bad", status_detail())
                     : OFFICE_WORD(o, "office.verify_good"));
}

/* ---- for programs ---- */

static void json_time(struct office *o, struct json_out *out, const char *key, int64_t ms) {
    if (ms)
        json_put_text(out, key, time_iso(&o->arena, ms));
    else
        json_put_null(out, key);
}

static void json_finding(struct office *o, struct json_out *out, const struct finding *f) {
    json_open_map(out, NULL);
    json_put_text(out, "sort", f->word);
    json_put_bool(out, "wrong", f->wrong);
    json_put_bool(out, "heals", f->heals);
    json_put_text(out, "device", f->device);
    json_put_text(out, "log", f->log);
    json_put_text(out, "branch", f->branch);
    json_put_int(out, "first", f->first);
    json_put_int(out, "last", f->last);
    json_put_int(out, "count", f->count);
    json_time(o, out, "from", f->from);
    json_time(o, out, "until", f->until);
    json_put_text(out, "why", f->why);
    json_put_text(out, "says", f->says);
    json_open_list(out, "lines");
    for (size_t i = 0; i < f->lines_count; i++)
        json_put_text(out, NULL, f->lines[i]);
    json_close_list(out);
    json_put_text(out, "cure", f->cure);
    json_close_map(out);
}

static void say_json(struct office *o, const struct journal_report *r, enum status s,
                     const struct findings_model *m) {
    struct buf b = {0};
    struct json_out out = {.to = &b};
    json_open_map(&out, NULL);
    json_put_text(&out, "status", status_key(s));
    json_put_int(&out, "records", r->records);
    json_put_int(&out, "logs", r->logs);
    json_put_int(&out, "gaps", r->gaps);
    json_put_int(&out, "forks", r->forks);
    json_put_int(&out, "blobs_missing", r->blobs_missing);
    json_put_int(&out, "bodies_damaged", r->bodies_damaged);
    json_put_int(&out, "chain_damaged", r->chain_damaged);
    json_put_int(&out, "tables_differ", r->tables_differ);
    json_put_int(&out, "wrong", m->wrong);
    json_open_list(&out, "findings");
    for (size_t i = 0; i < m->count; i++)
        json_finding(o, &out, &m->all[i]);
    json_close_list(&out);
    json_close_map(&out);
    printf("%s\n", buf_str(&b));
    buf_release(&b);
}

/* journal_verify's first finding stands in the detail; the findings must not wipe it. */
static enum status look(struct office *o, struct journal *j, struct journal_report *r,
                        enum status *damage, const struct findings_model **m) {
    *damage = journal_verify(j, r);
    if (*damage && *damage != STATUS_DAMAGED) return *damage;
    const char *detail = arena_strdup(&o->arena, status_detail());
    enum status s = office_findings(o, j, &o->arena, m);
    if (!s && *damage) *damage = status_fail(*damage, "%s", detail);
    return s;
}

int office_verify(struct office *o, int argc, char **argv) {
    char **rest;
    int n;
    const struct option_spec specs[] = {{"json", NULL, &o->json}};
    int wrong = office_options(o, argc, argv, specs, 1, 1, 1, &rest, &n);
    if (wrong) return wrong;
    struct journal *j = NULL;
    struct journal_report r = {0};
    const struct findings_model *m = NULL;
    enum status damage = STATUS_OK;
    enum status s = office_open(o, rest[0], false, false, &j);
    if (s) return office_failed(o, s);
    s = look(o, j, &r, &damage, &m);
    if (!s && o->json) say_json(o, &r, damage, m);
    if (!s && !o->json) say_text(o, &r, damage, m);
    journal_close(j);
    if (s) return office_failed(o, s);
    return damage || m->wrong ? EXIT_REFUSED : EXIT_DONE;
}
