/* cmd_merge.c -- bundles into the master, one line for each: NEW new, KNOWN known, or refused:
 * WHY; and a line more for whatever else a person should know of it. */
#include "base/json.h"
#include "base/text.h"
#include "office/merging.h"
#include "office/recovery.h"
#include "sync/bundle.h"

#define STEP_MS      50
#define WAIT_SECONDS "600"
#define WAIT_MOST    86400

static enum status merge_one(struct office *o, struct journal *j, const char *path,
                             const struct merging *how, struct merge_summary *out) {
    struct merge *m = NULL;
    bool done = false;
    double part = 0;
    enum status s =
        merge_start(&m, j,
                    &(struct merge_options){.path = path,
                                            .trust = how->trust,
                                            .recovery = how->recovers ? how->recovery : NULL});
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
        json_put_int(&out, "copies", m->copies);
        json_put_int(&out, "copies_differ", m->copies_differ);
        json_put_int(&out, "blobs", m->blobs);
        json_put_bool(&out, "sealed", m->sealed);
        json_put_bool(&out, "enrolled", m->enrolled);
        json_put_int(&out, "parked", m->parked);
        json_put_int(&out, "erased", m->erased);
        json_put_int(&out, "clock_off_ms", m->clock_ms);
    }
    json_close_map(&out);
    printf("%s\n", buf_str(&b));
    buf_release(&b);
}

static void line(struct office *o, const char *path, const char *key, const char *what) {
    printf("%s: %s\n", path, OFFICE_SAY(o, key, what));
}

static void say_more(struct office *o, const char *path, const struct merge_summary *m) {
    struct arena *a = &o->arena;
    char *carrier = arena_strdup(a, m->carrier);
    text_one_line(carrier); /* anybody may have written it */
    if (m->enrolled) line(o, path, "office.merged_enrolled", carrier);
    if (m->parked) line(o, path, "office.merged_parked", int_text(a, m->parked));
    if (m->erased) line(o, path, "office.merged_erased", int_text(a, m->erased));
    if (m->gaps) line(o, path, "office.merged_gap", int_text(a, m->gaps));
    if (m->forks) line(o, path, "office.merged_fork", int_text(a, m->forks));
    if (m->copies_differ) line(o, path, "office.merged_copies", int_text(a, m->copies_differ));
    if (m->clock_ms)
        printf("%s: %s\n", path,
               OFFICE_SAY(o, m->clock_ms > 0 ? "office.merged_ahead" : "office.merged_behind",
                          carrier, office_days(o, m->clock_ms)));
}

static void say(struct office *o, const char *path, enum status s,
                const struct merge_summary *m) {
    struct arena *a = &o->arena;
    if (o->json) {
        say_json(path, s, m);
    } else if (s) {
        char *why = OFFICE_SAY(o, status_key(s), status_detail());
        text_one_line(why); /* it may name who carried it */
        line(o, path, "office.refused", why);
    } else {
        printf("%s: %s\n", path,
               OFFICE_SAY(o, "office.merged", int_text(a, m->added), int_text(a, m->known)));
        say_more(o, path, m);
    }
    fflush(stdout);
}

static bool disk_failed(enum status s) {
    return s == STATUS_IO || s == STATUS_DISK_FULL || s == STATUS_READ_ONLY || s == STATUS_BUSY;
}

int merge_files(struct office *o, struct journal *j, struct merging *how, char **paths, int n) {
    int result = EXIT_DONE;
    for (int i = 0; i < n; i++) {
        struct merge_summary m = {0};
        enum status s = merge_one(o, j, paths[i], how, &m);
        say(o, paths[i], s, &m);
        if (disk_failed(s)) return EXIT_FAILED;
        if (s)
            result = EXIT_REFUSED;
        else
            how->done++;
    }
    return result;
}

int office_merge(struct office *o, int argc, char **argv) {
    struct merging how = {0};
    const char *recovery = NULL, *wait = WAIT_SECONDS;
    char **rest;
    int n, result;
    int64_t seconds;
    const struct option_spec specs[] = {{"trust", NULL, &how.trust},
                                        {"recovery", &recovery, NULL},
                                        {"wait", &wait, NULL},
                                        {"json", NULL, &o->json}};
    int wrong = office_options(o, argc, argv, specs, 4, 2, -1, &rest, &n);
    if (wrong) return wrong;
    if (!office_number(wait, 0, WAIT_MOST, &seconds))
        return office_wrong(o, "office.wants_number", "--wait");
    o->wait_ms = seconds * 1000;
    struct journal *j = NULL;
    enum status s = recovery ? recovery_load(o, recovery, how.recovery) : STATUS_OK;
    how.recovers = recovery != NULL;
    if (!s) s = office_open(o, rest[0], false, false, &j);
    result = s ? office_failed(o, s) : merge_files(o, j, &how, rest + 1, n - 1);
    key_wipe(how.recovery, sizeof how.recovery);
    journal_close(j);
    return result;
}
