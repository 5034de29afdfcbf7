/* sample.c -- makes the sample service's database once: reference data from assets/sample and
 * thirteen weeks of checks up to yesterday. It is made under another name and renamed when
 * whole, so a flat battery leaves no half sample. */
#include "app/sample.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "care/template.h"
#include "model/reference.h"
#include "model/sample_ratings.h"
#include "model/season.h"

#define SEASON_MS     (91LL * 24 * 3600 * 1000)
#define SEASON_CHECKS 48
#define SEASON_SEED   20
#define FORMS_MAX     64

static enum status load_forms(struct arena *a, const char *assets, struct template **forms,
                              size_t *n) {
    char **names, *dir = path_join(a, assets, "templates");
    size_t count;
    enum status s = dir_list(a, dir, ".json", &names, &count);
    for (size_t i = 0; !s && i < count && *n < FORMS_MAX; i++) {
        s = template_load(&forms[*n], path_join(a, dir, names[i]));
        if (!s) (*n)++;
    }
    return s;
}

static enum status fill(struct journal *j, struct arena *a, const char *assets,
                        struct clock_manual *time, int64_t now) {
    struct template *forms[FORMS_MAX];
    size_t n = 0;
    struct reference_summary added;
    struct season_summary made;
    enum status s = reference_add_file(j, path_join(a, assets, "sample/sample.json"), &added);
    const char *ratings = path_join(a, assets, "sample/ratings.json");
    if (!s) s = sample_ratings(j, ratings, "before", now - SEASON_MS);
    if (!s) s = load_forms(a, assets, forms, &n);
    if (!s)
        s = season_make(
            j,
            &(struct season_options){.seed = SEASON_SEED,
                                     .phrases = path_join(a, assets, "sample/season.json"),
                                     .clock = time,
                                     .from_ms = now - SEASON_MS,
                                     .until_ms = now - 3600 * 1000LL,
                                     .checks = SEASON_CHECKS,
                                     .templates = (const struct template *const *)forms,
                                     .templates_count = n,
                                     .leave_one_open = true},
            &made);
    row_id holder = journal_holder(j);
    if (!s) s = sample_ratings(j, ratings, "now", now);
    journal_hold(j, holder); /* as the season left it */
    for (size_t i = 0; i < n; i++)
        template_close(forms[i]);
    return s;
}

enum status sample_prepare(const char *dir, const char *assets, const struct clock *now) {
    struct arena a = {0};
    char *final = path_join(&a, dir, "lantern.db"), *half = path_join(&a, dir, "making.db");
    enum status s = STATUS_OK;
    if (file_exists(final)) goto done;
    static const char *const leftovers[] = {"making.db", "making.db-wal", "making.db-shm",
                                            "making.db.key", "making.db.lock"};
    for (size_t i = 0; i < sizeof leftovers / sizeof leftovers[0]; i++)
        remove(path_join(&a, dir, leftovers[i]));
    struct clock_manual time = {.wall_ms = clock_wall(now) - SEASON_MS, .boot_ms = 1};
    struct journal *j = NULL;
    s = journal_open(&j,
                     &(struct journal_options){.path = half,
                                               .key_path = path_join(&a, dir, "lantern.db.key"),
                                               .clock = clock_manual(&time),
                                               .device_name = "Tablet",
                                               .device_role = "tablet"});
    if (s) goto done;
    s = fill(j, &a, assets, &time, clock_wall(now));
    journal_close(j); /* the write-ahead log is folded in by the last close */
    if (!s && rename(half, final)) s = status_errno(final);
    if (!s) s = file_sync_dir(dir);
done:
    arena_release(&a);
    return s;
}
