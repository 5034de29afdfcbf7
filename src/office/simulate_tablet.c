/* simulate_tablet.c -- the life of one made-up tablet. See simulate.h. */
#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "model/season.h"
#include "office/simulate.h"
#include "store/query.h"
#include "sync/bundle.h"

#define FAST_CLOCK_TABLET 4
#define FAST_CLOCK_MS     (40LL * 60 * 1000)
#define COPIED_BYTES_MAX  (2LL * 1024 * 1024 * 1024)
#define SERVICES_MOST     8

struct life {
    struct simulation *s;
    int number, round;
    bool copy;
    struct arena arena;
    struct clock_manual time;
    struct journal *j;
    draw luck;
};

static char *folder_of(struct simulation *s, struct arena *a, int number, bool copy) {
    return path_join(a, s->dir, arena_printf(a, "tablet-%02d%s", number, copy ? "-copy" : ""));
}

/* Everybody has a number of their own to draw from, so that more tablets change no other. */
static uint64_t luck_of(const struct simulation *s, int number, int round, bool copy) {
    draw d = {.s = s->seed * 1000003 + (uint64_t)(number * 4 + round * 2 + copy)};
    return draw_next(&d);
}

static enum status open_life(struct life *l) {
    char *dir = folder_of(l->s, &l->arena, l->number, l->copy);
    int64_t fast = l->number == FAST_CLOCK_TABLET ? FAST_CLOCK_MS : 0;
    l->time.wall_ms = l->s->office_time.wall_ms + fast + (int64_t)draw_below(&l->luck, 9000);
    l->time.boot_ms = l->s->office_time.boot_ms + 1;
    enum status st = file_make_dirs(dir);
    if (st) return st;
    return journal_open(&l->j, &(struct journal_options){
                                   .path = path_join(&l->arena, dir, "lantern.db"),
                                   .clock = clock_manual(&l->time),
                                   .device_name = simulate_name(&l->arena, l->number),
                                   .device_role = "tablet",
                               });
}

/* ---- what is done in a round
 * ------------------------------------------------------------------ */

/* Most tablets belong to one service, every fourth one goes round all of them. */
static enum status own_services(struct life *l, row_id *out, size_t *n) {
    struct query q;
    row_id all[SERVICES_MOST];
    size_t count = 0;
    *n = 0;
    for (query_open(&q, l->j, "SELECT id FROM service WHERE withdrawn = 0 ORDER BY code", 0);
         query_next(&q) && count < SERVICES_MOST;)
        all[count++] = query_int(&q, 0);
    enum status st = query_close(&q);
    if (st || !count || l->number % 4 == 0) return st;
    out[(*n)++] = all[(size_t)l->number % count];
    return STATUS_OK;
}

static int share(int all, int parts, int i) {
    return all / parts + (i < all % parts);
}

static enum status check_for_weeks(struct life *l) {
    struct simulation *s = l->s;
    row_id services[1];
    size_t n = 0;
    struct season_summary made = {0};
    int mine = share(s->checks, s->tablets, l->number - 1);
    int checks = share(mine, SIMULATE_ROUNDS, l->round);
    if (l->copy && !checks) checks = 1; /* a copy that writes nothing is no fork */
    enum status st = own_services(l, services, &n);
    if (st) return st;
    st =
        season_make(l->j,
                    &(struct season_options){
                        .seed = draw_next(&l->luck),
                        .clock = &l->time,
                        .from_ms = l->time.wall_ms,
                        .until_ms = l->time.wall_ms + ROUND_MS - 3 * DAY_MS,
                        .checks = checks,
                        .phrases = s->phrases,
                        .templates = (const struct template *const *)s->forms,
                        .templates_count = s->forms_count,
                        .services = services,
                        .services_count = n,
                        .leave_one_open = l->round == SIMULATE_ROUNDS - 1 && l->number % 5 == 0,
                    },
                    &made);
    s->checks_made += made.checks;
    s->actions += made.actions;
    return st;
}

/* Two people find the same number wrong, and neither knows of the other. */
static enum status change_telephone(struct life *l) {
    row_id id = query_one_int(l->j, 0,
                              "SELECT id FROM contact WHERE withdrawn = 0 "
                              "ORDER BY hlc, lantern_order(id) LIMIT 1",
                              0);
    struct row r;
    if (!id) return status_fail(STATUS_NOT_FOUND, "no contact came with the pack");
    enum status st = journal_row(l->j, &kind_contact, id, &l->arena, &r);
    if (st) return st;
    row_text(&r, "telephone", arena_printf(&l->arena, "01632 9607%02d", l->number));
    return journal_put_alone(l->j, &r);
}

static enum status send(struct life *l, const char *folder, const char *name, bool all) {
    struct simulation *s = l->s;
    struct export_summary sum;
    enum status st =
        export_all(l->j,
                   &(struct export_options){
                       .path = path_join(&l->arena, path_join(&l->arena, s->dir, folder), name),
                       .purpose = BUNDLE_TO_OFFICE,
                       .everything = all},
                   &sum);
    if (st) return st;
    s->bundles++;
    s->bytes += sum.bytes;
    return STATUS_OK;
}

static enum status send_round(struct life *l) {
    bool late = l->round == 0 && l->number == l->s->tablets && l->number > 1;
    char *name = arena_printf(&l->arena, "tablet-%02d%s-%d.lantern", l->number,
                              l->copy ? "-copy" : "", l->round + 1);
    enum status st = send(l, late ? "later" : "bundles", name, false);
    if (st || l->number != 2 || l->round != SIMULATE_ROUNDS - 1) return st;
    return send(l, "bundles", "tablet-02-all.lantern", true);
}

static int64_t records_written(struct journal *j) {
    struct journal_self self;
    journal_self(j, &self);
    return self.head_seq;
}

static enum status read_pack(struct life *l) {
    struct simulation *s = l->s;
    struct merge_summary read;
    struct merge_options pack = {.path = s->pack, .tablet = true, .trust = !s->sealed};
    if (s->sealed) {
        pack.path = simulate_pack_path(s, &l->arena, l->number, l->round);
        pack.code = l->round == 0 ? s->codes[l->number] : NULL;
    }
    return merge_file(l->j, &pack, &read);
}

static enum status live(struct life *l) {
    enum status st = open_life(l);
    int64_t before = st ? 0 : records_written(l->j);
    if (!st && !l->copy) st = read_pack(l);
    if (!st && l->round == 0 && l->number <= 2) st = change_telephone(l);
    if (!st) st = check_for_weeks(l);
    if (!st)
        st = simulate_photos(l->s, l->j, share(l->s->photos, SIMULATE_ROUNDS, l->round),
                             draw_next(&l->luck), &l->time);
    if (!st) st = send_round(l);
    if (!st) l->s->records += records_written(l->j) - before;
    journal_close(l->j);
    return st;
}

enum status simulate_round(struct simulation *s, int number, int round, bool copy) {
    struct life l = {.s = s, .number = number, .round = round, .copy = copy};
    l.luck.s = luck_of(s, number, round, copy);
    enum status st = live(&l);
    arena_release(&l.arena);
    s->lives_done++;
    office_progress(s->o, s->dir, (double)s->lives_done / s->lives_all);
    return st;
}

/* ---- copying
 * ---------------------------------------------------------------------------------- */

enum status simulate_copy_file(const char *from, const char *to, int mode) {
    struct buf b = {0};
    enum status st = file_read(from, (size_t)COPIED_BYTES_MAX, &b);
    if (!st) st = file_write(to, b.data, b.size, mode);
    buf_release(&b);
    return st;
}

enum status simulate_copy(struct simulation *s, int number) {
    static const char *const names[] = {"lantern.db", "lantern.db.key"};
    struct arena a = {0};
    char *from = folder_of(s, &a, number, false), *to = folder_of(s, &a, number, true);
    enum status st = file_make_dirs(to);
    for (size_t i = 0; !st && i < sizeof names / sizeof names[0]; i++)
        st = simulate_copy_file(path_join(&a, from, names[i]), path_join(&a, to, names[i]),
                                0600);
    arena_release(&a);
    return st;
}
