/* cmd_simulate.c -- realistic tablets and their bundles, for tests, training and benchmarks.
 * What happens and what goes wrong stands in simulate.h. */
#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "care/template.h"
#include "model/reference.h"
#include "office/simulate.h"
#include "store/query.h"
#include "sync/bundle.h"

#define STARTS        "2026-01-05T06:00"
#define COPIED_TABLET 3
#define CHECKS_MOST   1000000
#define PHOTOS_MOST   10000
#define COPIES_MOST   300

/* ---- the office
 * ------------------------------------------------------------------------------- */

/* The journal goes by the made-up time, the progress bar by the real one. */
static enum status open_master(struct simulation *s, const char *path, bool create,
                               struct journal **out) {
    struct clock real = s->o->clock;
    s->o->clock = clock_manual(&s->office_time);
    enum status st = office_open(s->o, path, create, false, out);
    s->o->clock = real;
    return st;
}

static enum status add_reference(struct simulation *s, struct journal *j) {
    struct arena *a = &s->o->arena;
    struct reference_summary added;
    char **names, *dir = path_join(a, s->o->assets, "templates");
    size_t n = 0;
    enum status st =
        reference_add_file(j, path_join(a, s->o->assets, "sample/sample.json"), &added);
    if (!st) st = dir_list(a, dir, ".json", &names, &n);
    for (size_t i = 0; !st && i < n && s->forms_count < SIMULATE_FORMS_MOST; i++) {
        char *path = path_join(a, dir, names[i]);
        st = reference_add_file(j, path, &added);
        if (!st) st = template_load(&s->forms[s->forms_count], path);
        if (!st) s->forms_count++;
    }
    return st;
}

/* The sample's provider says that it is a sample, and a sample's tablets belong to nobody. Here
 * they belong to this office, and another's bundles are strangers. */
static enum status make_provider_real(struct simulation *s, struct journal *j) {
    struct row r;
    row_id id = query_one_int(j, 0, "SELECT id FROM provider WHERE withdrawn = 0", 0);
    enum status st = journal_row(j, &kind_provider, id, &s->o->arena, &r);
    if (st) return st;
    row_unsay(&r, "sample");
    return journal_put_alone(j, &r);
}

/* Open actions travel to the tablets; the oldest are enough here. */
static enum status open_actions(struct journal *j, row_id *out, size_t *n) {
    struct query q;
    *n = 0;
    for (query_open(&q, j,
                    "SELECT id FROM action WHERE withdrawn = 0 ORDER BY hlc, lantern_order(id)",
                    0);
         query_next(&q) && *n < COPIES_MOST;)
        out[(*n)++] = query_int(&q, 0);
    return query_close(&q);
}

static enum status write_pack(struct simulation *s, struct journal *j, const char *name) {
    row_id copies[COPIES_MOST];
    size_t n;
    struct export_summary sum;
    enum status st = open_actions(j, copies, &n);
    s->pack = path_join(&s->o->arena, s->dir, name);
    if (!st)
        st = export_all(j,
                        &(struct export_options){.path = s->pack,
                                                 .purpose = BUNDLE_PACK,
                                                 .everything = true,
                                                 .copies = copies,
                                                 .copies_count = n},
                        &sum);
    return st;
}

static enum status make_office(struct simulation *s, const char *path) {
    struct journal *j = NULL;
    enum status st = open_master(s, path, true, &j);
    if (!st) st = add_reference(s, j);
    if (!st) st = make_provider_real(s, j);
    if (!st) st = s->sealed ? simulate_enrol(s, j) : write_pack(s, j, "pack.lantern");
    journal_close(j);
    return st;
}

static enum status merge_folder(struct simulation *s, struct journal *j, const char *folder) {
    char **names, *dir = path_join(&s->o->arena, s->dir, folder);
    size_t n = 0;
    struct merge_summary got;
    enum status st = dir_list(&s->o->arena, dir, ".lantern", &names, &n);
    for (size_t i = 0; !st && i < n; i++)
        st = merge_file(j,
                        &(struct merge_options){.path = path_join(&s->o->arena, dir, names[i]),
                                                .trust = !s->sealed},
                        &got);
    return st;
}

static void remove_master(struct simulation *s, const char *path) {
    static const char *const endings[] = {"", ".keys", "-wal", "-shm"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        remove(arena_printf(&s->o->arena, "%s%s", path, endings[i]));
}

/* The copy receives the first round, the one in DIR does not: it is the office as restored from
 * its first backup. */
static enum status answer_first_round(struct simulation *s, const char *master) {
    struct arena *a = &s->o->arena;
    char *copy = path_join(a, s->dir, "answering.db");
    struct journal *j = NULL;
    enum status st = simulate_copy_file(master, copy, 0600);
    if (!st)
        st = simulate_copy_file(arena_printf(a, "%s.keys", master),
                                arena_printf(a, "%s.keys", copy), 0600);
    if (!st) st = open_master(s, copy, false, &j);
    if (!st) st = merge_folder(s, j, "bundles");
    if (!st && s->tablets > 1) st = merge_folder(s, j, "later");
    if (!st) st = s->sealed ? simulate_packs(s, j) : write_pack(s, j, "pack-2.lantern");
    journal_close(j);
    remove_master(s, copy);
    return st;
}

/* ---- all of it
 * -------------------------------------------------------------------------------- */

static enum status make_folders(struct simulation *s) {
    static const char *const folders[] = {"bundles", "later"};
    enum status st = STATUS_OK;
    for (size_t i = 0; !st && i < sizeof folders / sizeof folders[0]; i++)
        st = file_make_dirs(path_join(&s->o->arena, s->dir, folders[i]));
    return st;
}

static enum status all_tablets(struct simulation *s, int round) {
    enum status st = STATUS_OK;
    for (int i = 1; !st && i <= s->tablets; i++)
        st = simulate_round(s, i, round, false);
    return st;
}

static enum status simulate(struct simulation *s) {
    char *master = path_join(&s->o->arena, s->dir, "office.db");
    bool copied = s->tablets >= COPIED_TABLET;
    s->lives_all = s->tablets * SIMULATE_ROUNDS + copied;
    enum status st = make_folders(s);
    if (!st) st = make_office(s, master);
    s->office_time.wall_ms += DAY_MS;
    if (!st) st = all_tablets(s, 0);
    if (!st && copied) st = simulate_copy(s, COPIED_TABLET);
    s->office_time.wall_ms += ROUND_MS;
    s->office_time.boot_ms += ROUND_MS;
    if (!st) st = answer_first_round(s, master);
    s->office_time.wall_ms += DAY_MS;
    if (!st) st = all_tablets(s, 1);
    if (!st && copied) st = simulate_round(s, COPIED_TABLET, 1, true);
    return st;
}

static void say(struct office *o, const struct simulation *s) {
    struct arena *a = &o->arena;
    if (!o->json) {
        printf("%s\n", OFFICE_SAY(o, "office.simulate_done", s->dir, int_text(a, s->tablets),
                                  int_text(a, s->checks_made), int_text(a, s->records),
                                  int_text(a, s->actions), int_text(a, s->bundles),
                                  int_text(a, s->bytes)));
        return;
    }
    struct buf b = {0};
    struct json_out out = {.to = &b};
    json_open_map(&out, NULL);
    json_put_int(&out, "tablets", s->tablets);
    json_put_int(&out, "checks", s->checks_made);
    json_put_int(&out, "photos", s->photos_made);
    json_put_int(&out, "records", s->records);
    json_put_int(&out, "actions", s->actions);
    json_put_int(&out, "bundles", s->bundles);
    json_put_int(&out, "bytes", s->bytes);
    json_close_map(&out);
    printf("%s\n", buf_str(&b));
    buf_release(&b);
}

int office_simulate(struct office *o, int argc, char **argv) {
    const char *tablets = NULL, *checks = NULL, *photos = "0", *seed = "1", *out = NULL;
    char **rest;
    int n;
    bool sealed = false;
    int64_t tablets_n, checks_n, photos_n, seed_n;
    const struct option_spec specs[] = {{"tablets", &tablets, NULL}, {"checks", &checks, NULL},
                                        {"photos", &photos, NULL},   {"seed", &seed, NULL},
                                        {"out", &out, NULL},         {"sealed", NULL, &sealed},
                                        {"json", NULL, &o->json}};
    int wrong = office_options(o, argc, argv, specs, 7, 0, 0, &rest, &n);
    if (wrong) return wrong;
    if (text_blank(out)) return office_wrong(o, "office.needs", "--out");
    if (!office_number(tablets, 1, SIMULATE_TABLETS_MOST, &tablets_n))
        return office_wrong(o, "office.wants_number", "--tablets");
    if (!office_number(checks, 1, CHECKS_MOST, &checks_n))
        return office_wrong(o, "office.wants_number", "--checks");
    if (!office_number(photos, 0, PHOTOS_MOST, &photos_n))
        return office_wrong(o, "office.wants_number", "--photos");
    if (!office_number(seed, 0, INT64_MAX, &seed_n))
        return office_wrong(o, "office.wants_number", "--seed");
    struct simulation s = {.o = o,
                           .dir = out,
                           .phrases = path_join(&o->arena, o->assets, "sample/season.json"),
                           .tablets = (int)tablets_n,
                           .checks = (int)checks_n,
                           .photos = (int)photos_n,
                           .seed = (uint64_t)seed_n,
                           .sealed = sealed,
                           .office_time = {.boot_ms = 1}};
    bool starts = time_read_iso(STARTS, &s.office_time.wall_ms);
    BELIEVE(starts);
    random_seed(s.seed);
    enum status st = simulate(&s);
    office_progress_done(o);
    for (size_t i = 0; i < s.forms_count; i++)
        template_close(s.forms[i]);
    if (st) return office_failed(o, st);
    say(o, &s);
    return EXIT_DONE;
}
