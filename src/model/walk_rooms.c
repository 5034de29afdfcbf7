/* walk_rooms.c -- the rooms looked at so far, and the lists one picks from: places, people on
 * shift, targets. */
#include "model/walk_build.h"

#include "base/text.h"

enum status walk_rooms_load(struct walk_build *b) {
    struct query q;
    b->rooms = ARENA_ARRAY(b->a, struct walk_room, WALK_ROOMS_MAX);
    query_open(
        &q, b->c->j,
        "SELECT r.id, r.area, r.section, coalesce(nullif(r.label, ''), a.name), r.seen,"
        " r.why, r.empty, r.position, r.number FROM room r LEFT JOIN area a ON a.id = r.area"
        " WHERE r.visit = ?1 AND r.withdrawn = 0"
        " ORDER BY r.position, r.hlc, lantern_order(r.id)",
        1, b->m->visit);
    while (b->rooms_count < WALK_ROOMS_MAX && query_next(&q)) {
        b->rooms[b->rooms_count++] = (struct walk_room){.row = query_int(&q, 0),
                                                        .area = query_int(&q, 1),
                                                        .section = query_text(&q, 2, b->a),
                                                        .label = query_text(&q, 3, b->a),
                                                        .seen = query_text(&q, 4, b->a),
                                                        .why = query_text(&q, 5, b->a),
                                                        .empty = query_int(&q, 6) != 0,
                                                        .position = (int)query_int(&q, 7),
                                                        .number = (int)query_int(&q, 8)};
    }
    return query_close(&q);
}

static enum status load_areas(struct walk_build *b) {
    struct query q;
    struct walk_area *areas = ARENA_ARRAY(b->a, struct walk_area, WALK_LISTS_MAX);
    int n = 0;
    query_open(&q, b->c->j,
               "SELECT id, name, unit, sort FROM area WHERE service = ?1 AND withdrawn = 0"
               " AND coalesce(closed, 0) = 0 ORDER BY position, name, lantern_order(id)",
               1, b->m->service);
    while (n < WALK_LISTS_MAX && query_next(&q)) {
        areas[n++] = (struct walk_area){.row = query_int(&q, 0),
                                        .name = query_text(&q, 1, b->a),
                                        .unit = query_text(&q, 2, b->a),
                                        .room = text_equal(query_text(&q, 3, b->a), "room")};
    }
    b->m->areas = areas;
    b->m->areas_count = n;
    return query_close(&q);
}

static enum status load_people(struct walk_build *b) {
    struct query q;
    struct walk_person *people = ARENA_ARRAY(b->a, struct walk_person, WALK_LISTS_MAX);
    int n = 0;
    query_open(
        &q, b->c->j,
        "SELECT id, label, role, agency, awake FROM person WHERE service = ?1 AND withdrawn = 0"
        " AND coalesce(\"left\", 0) = 0 AND coalesce(side, 'staff') <> 'provider'"
        " AND (shift IS NULL OR shift = 'both' OR shift = CASE ?2 WHEN 1 THEN 'night' ELSE "
        "'day' END)"
        " ORDER BY label, lantern_order(id)",
        2, b->m->service, (int64_t)b->m->at_night);
    while (n < WALK_LISTS_MAX && query_next(&q)) {
        people[n++] = (struct walk_person){.row = query_int(&q, 0),
                                           .label = query_text(&q, 1, b->a),
                                           .role = query_text(&q, 2, b->a),
                                           .agency = query_int(&q, 3) != 0,
                                           .awake = query_int(&q, 4) != 0};
    }
    b->m->people = people;
    b->m->people_count = n;
    return query_close(&q);
}

static enum status load_targets(struct walk_build *b) {
    struct query q;
    b->targets = ARENA_ARRAY(b->a, struct walk_target, WALK_LISTS_MAX);
    query_open(&q, b->c->j,
               "SELECT name, value, high, source, own_choice FROM target"
               " WHERE service = ?1 AND withdrawn = 0 ORDER BY hlc, lantern_order(id)",
               1, b->m->service);
    while (b->targets_count < WALK_LISTS_MAX && query_next(&q)) {
        b->targets[b->targets_count++] =
            (struct walk_target){.name = query_text(&q, 0, b->a),
                                 .has_value = !query_null(&q, 1),
                                 .value = query_int(&q, 1),
                                 .has_high = !query_null(&q, 2),
                                 .high = query_int(&q, 2),
                                 .source = query_text(&q, 3, b->a),
                                 .own_choice = query_int(&q, 4) != 0};
    }
    return query_close(&q);
}

enum status walk_lists_load(struct walk_build *b) {
    enum status s = load_areas(b);
    if (!s) s = load_people(b);
    if (!s) s = load_targets(b);
    return s;
}
