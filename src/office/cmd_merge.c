/* cmd_merge.c -- bundles into the master, one line for each: NEW new, KNOWN known, or refused:
 * WHY. */
#include "base/json.h"
#include "office/office.h"
#include "sync/bundle.h"

#define STEP_MS 50

static enum status merge_one(struct office *o, struct journal *j, const char *path, bool trust,
                             struct merge_summary *out) {
    struct merge *m = NULL;
    bool done = false;
    double part = 0;
    enum status s = merge_start(&m, j, &(struct merge_options){.path = path, .trust = trust});
    while (!s && !done) {
        s = merge_step(m, STEP_MS, &done, &part);
        office_progress(o, path, part);
    }
    office_progress_done(o);
    if (s) {
        if (m) merge_cancel(m);
        return s;
    }
    return merge_finish(m, out);
}

static void say_json(const char *path, enum status s, const struct merge_summary *m) {
    struct buf b = {0};
    struct json_out out = {.to = &b};
    json_open_map(&out, NULL);
    json_put_text(&out, "file", path);
    json_put_text(&out, "status", status_key(s));
    if (s) {
        json_put_text(&out, "refused", status_detail());
    } else {
        json_put_int(&out, "new", m->added);
        json_put_int(&out, "known", m->known);
        json_put_int(&out, "gaps", m->gaps);
        json_put_int(&out, "forks", m->forks);
        json_put_text(&out, "carrier", m->carrier);
    }
    json_close_map(&out);
    printf("%s\n", buf_str(&b));
    buf_release(&b);
}

static void say(struct office *o, const char *path, enum status s,
                const struct merge_summary *m) {
    struct arena *a = &o->arena;
    if (o->json) {
        say_json(path, s, m);
    } else if (s) {
        printf("%s: %s\n", path,
               OFFICE_SAY(o, "office.refused", OFFICE_SAY(o, status_key(s), status_detail())));
    } else {
        printf("%s: %s\n", path,
               OFFICE_SAY(o, "office.merged", int_text(a, m->added), int_text(a, m->known)));
        if (m->gaps)
            printf("%s: %s\n", path, OFFICE_SAY(o, "office.merged_gap", int_text(a, m->gaps)));
        if (m->forks)
            printf("%s: %s\n", path,
                   OFFICE_SAY(o, "office.merged_fork", int_text(a, m->forks)));
    }
}

int office_merge(struct office *o, int argc, char **argv) {
    bool trust = false;
    char **rest;
    int n, result = EXIT_DONE;
    const struct option_spec specs[] = {{"trust", NULL, &trust}, {"json", NULL, &o->json}};
    int wrong = office_options(o, argc, argv, specs, 2, 2, -1, &rest, &n);
    if (wrong) return wrong;
    struct journal *j = NULL;
    enum status s = office_open(o, rest[0], false, false, &j);
    if (s) return office_failed(o, s);
    for (int i = 1; i < n; i++) {
        struct merge_summary m = {0};
        s = merge_one(o, j, rest[i], trust, &m);
        say(o, rest[i], s, &m);
        fflush(stdout);
        if (s == STATUS_IO || s == STATUS_DISK_FULL || s == STATUS_READ_ONLY ||
            s == STATUS_BUSY) {
            result = EXIT_FAILED;
            break;
        }
        if (s) result = EXIT_REFUSED;
    }
    journal_close(j);
    return result;
}
