/* walk_timings.c -- the stopwatches of this check. One that runs counts on the boot clock;
 * after a restart of the machine only the wall clock is left, and the time is marked "about".
 */
#include "base/text.h"
#include "model/walk_build.h"

static struct walk_timing read_timing(const struct walk_build *b, const struct query *q) {
    struct walk_timing t = {.row = query_int(q, 0),
                            .item = query_text(q, 1, b->a),
                            .part = query_text(q, 2, b->a),
                            .label = query_text(q, 3, b->a),
                            .started = query_int(q, 4),
                            .boot_started = query_int(q, 5),
                            .same_boot = text_equal(query_text(q, 6, b->a), b->c->boot_id),
                            .running = query_null(q, 7),
                            .ms = query_int(q, 8),
                            .second_ms = query_int(q, 9),
                            .outcome = query_text(q, 10, b->a),
                            .about = query_int(q, 11) != 0,
                            .area = query_int(q, 12),
                            .target_ms = query_int(q, 13),
                            .helped = query_text(q, 14, b->a),
                            .second_started = query_int(q, 15),
                            .room = query_int(q, 16)};
    t.waiting_second = !t.running && t.second_started && query_null(q, 9);
    t.free = !*t.item;
    return t;
}

enum status walk_timings_load(struct walk_build *b) {
    struct query q;
    b->timings = ARENA_ARRAY(b->a, struct walk_timing, WALK_TIMINGS_MAX);
    query_open(
        &q, b->c->j,
        "SELECT id, item, part, label, started, boot_started, boot_id, stopped, ms, "
        "second_ms, outcome, about,"
        " area, target_ms, helped, second_started, room FROM timing WHERE visit = ?1 AND "
        "withdrawn = 0"
        " AND coalesce(outcome, '') <> 'thrown_away' ORDER BY started DESC, hlc DESC, "
        "lantern_order(id)",
        1, b->m->visit);
    int n = 0;
    while (n < WALK_TIMINGS_MAX && query_next(&q))
        b->timings[n++] = read_timing(b, &q);
    b->m->timings = b->timings;
    b->m->timings_count = n;
    return query_close(&q);
}

/* One that was kept before timings knew their room belongs to it by its place. */
static bool here(const struct walk_timing *t, const struct walk_room *room) {
    if (!room) return !t->room;
    return t->room ? t->room == room->row : room->area && t->area == room->area;
}

const struct walk_timing *walk_timing_of(const struct walk_build *b, const char *item,
                                         const char *part, const struct walk_room *room) {
    for (int i = 0; i < b->m->timings_count; i++) {
        const struct walk_timing *t = &b->timings[i];
        if (text_equal(t->item, item) && text_equal(t->part, part) && here(t, room)) return t;
    }
    return NULL;
}
