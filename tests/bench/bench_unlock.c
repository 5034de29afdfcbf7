/* bench_unlock.c -- from a PIN to a check that can be answered, and to all old checks in
 * memory, on a tablet that is sealed at rest; its memory beside that of the same tablet open.
 *
 * What a PIN costs on purpose (Argon2id) is told apart. "Can be answered" means: the journal is
 * open and the walk of the check under way is read from it, as the screen does before it draws.
 * Each run is a process of its own. */
#include <stdio.h>
#include <string.h>

#include "base/assets.h"
#include "base/file.h"
#include "care/template.h"
#include "measure.h"
#include "model/walk_load.h"
#include "store/query.h"
#include "store/vault.h"

#define RUNS    5
#define STEP_MS 4
#define MOST_MS 1000
#define PIN     "385206"

static struct arena arena;
static struct clock_manual now = {.wall_ms = 1780000000000LL, .boot_ms = 1};
static uint8_t key[32];
static struct template *form;

static const struct template *form_of(void *ctx, row_id visit) {
    (void)ctx, (void)visit;
    return form;
}

/* ---- a tablet with a check under way ---- */

static void under_way(struct journal *j) {
    char item[16];
    struct row v = row_new(&kind_visit);
    row_ref(&v, "service",
            query_one_int(j, 0, "SELECT id FROM service ORDER BY code LIMIT 1", 0));
    row_text(&v, "template", "NIGHT");
    row_int(&v, "started", now.wall_ms);
    must(journal_put_alone(j, &v), "a check");
    for (int i = 0; i < 40; i++) {
        struct row r = row_new(&kind_answer);
        snprintf(item, sizeof item, "N%02d", i);
        row_ref(&r, "visit", v.id);
        row_text(&r, "item", item);
        row_text(&r, "word", "met");
        now.wall_ms += 20000;
        must(journal_put_alone(j, &r), "an answer");
    }
}

/* ---- the runs ---- */

static struct journal *opened(const char *path, bool sealed) {
    struct journal *j = NULL;
    must(journal_open(&j, &(struct journal_options){.path = path,
                                                    .device_name = "bench tablet",
                                                    .device_role = "tablet",
                                                    .rest_key = sealed ? key : NULL,
                                                    .load_later = sealed}),
         path);
    must_true(journal_at_rest_sealed(j) == sealed, "sealed, or not");
    return j;
}

static void read_walk(struct journal *j) {
    const void *model = NULL;
    struct load_context c = {.j = j,
                             .wall_ms = now.wall_ms,
                             .boot_ms = 1,
                             .word = "",
                             .word2 = "",
                             .boot_id = "b",
                             .template_of = form_of};
    c.row = query_one_int(j, 0, "SELECT id FROM visit ORDER BY hlc DESC LIMIT 1", 0);
    must(walk_load(&c, &arena, &model), "walk");
    must_true(((const struct walk_model *)model)->visit == c.row, "the check under way");
    must_true(query_one_int(j, 0, "SELECT count(*) FROM answer WHERE visit = ?1", 1, c.row) ==
                  40,
              "all that was answered in it");
}

static double load_all(struct journal *j) {
    bool done = false;
    double part, longest = 0;
    while (!done) {
        double t = wall_s();
        must(journal_load_step(j, STEP_MS, &done, &part), "loading");
        t = wall_s() - t;
        if (t > longest) longest = t;
    }
    return longest;
}

enum { PIN_MS, OPEN_MS, WALK_MS, OPEN_CPU, ALL_MS, ALL_CPU, LONGEST_MS, FIGURES };

static void run_unlock(const char *path, double *out) {
    struct vault *v = NULL;
    const struct vault_person *people;
    int last;
    struct clock clock = clock_system();
    double t = wall_s();
    must(vault_open(&v, path, NULL, &clock), "vault");
    must_true(vault_people(v, &people, &last) == 1, "one person");
    must(vault_try(v, people[0].slot, PIN, key), "PIN");
    vault_close(v);
    out[PIN_MS] = (wall_s() - t) * 1e3;
    double cpu = cpu_s(), from = wall_s();
    struct journal *j = opened(path, true);
    out[OPEN_MS] = (wall_s() - from) * 1e3;
    t = wall_s();
    read_walk(j);
    out[WALK_MS] = (wall_s() - t) * 1e3;
    out[OPEN_CPU] = (cpu_s() - cpu) * 1e3;
    out[LONGEST_MS] = load_all(j) * 1e3;
    out[ALL_MS] = (wall_s() - from) * 1e3;
    out[ALL_CPU] = (cpu_s() - cpu) * 1e3;
    journal_close(j);
}

static void run_held(const char *path, double *out) {
    struct journal *j = opened(path, true);
    (void)out;
    load_all(j);
    read_walk(j);
    journal_close(j);
}

static void run_open(const char *path, double *out) {
    double t = wall_s(), cpu = cpu_s();
    struct journal *j = opened(path, false);
    out[OPEN_MS] = (wall_s() - t) * 1e3;
    read_walk(j);
    out[OPEN_CPU] = (cpu_s() - cpu) * 1e3;
    journal_close(j);
}

static void medians(void (*run)(const char *, double *), const char *path, double *out,
                    double *peak) {
    double all[FIGURES][RUNS], memory[RUNS];
    for (int i = 0; i < RUNS; i++) {
        struct measured m = in_child(run, path);
        for (int f = 0; f < FIGURES; f++)
            all[f][i] = m.v[f];
        memory[i] = m.peak_kib;
    }
    for (int f = 0; f < FIGURES; f++)
        out[f] = percentile(all[f], RUNS, 0.5);
    *peak = percentile(memory, RUNS, 0.5) / 1024;
}

static int64_t records_wanted;

/* In a process of its own too, so that what it takes is not counted for those that follow. */
static void make_tablet(const char *dir, double *out) {
    char *open = path_join(&arena, dir, "open.db"), *path = path_join(&arena, dir, "sealed.db");
    struct journal *j = open_as(open, &now, "tablet", 0);
    fill_tablet(j, &now, 0, 1);
    fill_to(j, &now, records_wanted);
    under_way(j);
    journal_close(j);
    copy_to(open, path);
    copy_to(arena_printf(&arena, "%s.key", open), arena_printf(&arena, "%s.key", path));
    out[0] = seal_at_rest(path, &now, PIN, key);
    memcpy(&out[1], key, sizeof key);
}

static void measure(int64_t records) {
    char *dir = bench_dir(&arena, arena_printf(&arena, "unlock-%lld", (long long)records));
    char *open = path_join(&arena, dir, "open.db"), *path = path_join(&arena, dir, "sealed.db");
    char what[80];
    double sealed[FIGURES], plain[FIGURES], held[FIGURES], peak, open_peak, held_peak;
    records_wanted = records;
    struct measured made = in_child(make_tablet, dir);
    memcpy(key, &made.v[1], sizeof key);
    medians(run_unlock, path, sealed, &peak);
    medians(run_held, path, held, &held_peak);
    medians(run_open, open, plain, &open_peak);
    snprintf(what, sizeof what, "PIN to answering, %lld records (wall)", (long long)records);
    result_most(what, sealed[PIN_MS] + sealed[OPEN_MS] + sealed[WALK_MS], "ms", MOST_MS);
    snprintf(what, sizeof what, "the same without the PIN, and open (CPU)");
    result(what, sealed[OPEN_CPU], plain[OPEN_CPU], "ms", 0);
    note("PIN %.0f ms, opening %.0f ms, reading the walk %.0f ms", sealed[PIN_MS],
         sealed[OPEN_MS], sealed[WALK_MS]);
    note("all loaded after %.0f ms of steps (%.0f ms CPU); the longest step %.1f ms of %d",
         sealed[ALL_MS], sealed[ALL_CPU], sealed[LONGEST_MS], STEP_MS);
    note("sealed once, when the first PIN was chosen, in %.1f s", made.v[0]);
    result("memory with all loaded, and open (peak)", held_peak, open_peak, "MB", 0);
}

int main(void) {
    must(template_load(&form,
                       path_join(&arena, assets_find(&arena, NULL), "templates/NIGHT.json")),
         "form");
    measure(1000);
    measure(10000);
    measure(100000);
    template_close(form);
    arena_release(&arena);
    return 0;
}
