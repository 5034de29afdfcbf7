/* act_room.c -- rooms looked at on a check, and the records, workers or calls of a section that
 * is asked for each: added by hand, or drawn fairly with the seed kept so that anybody can
 * repeat the draw. At night never more than six rooms (PEOPLE.md, No harm by checking). */
#include "app/act_care.h"
#include "base/hash.h"
#include "base/text.h"
#include "care/rules.h"
#include "store/query.h"

#define POOL_MAX           400
#define ROOMS_AT_NIGHT_MAX 6
#define ROOMS_MAX          12

#define LIST_MOST          2000 /* numbers on somebody's list of records */

struct place_drawn {
    row_id area;
    const char *name;
};

static const struct section *section_of(struct act *t, row_id visit, const char *id) {
    const struct template *form = act_template(t, visit);
    for (int i = 0; form && i < form->sections_count; i++)
        if (text_equal(form->sections[i].id, id)) return &form->sections[i];
    return NULL;
}

static int64_t rooms_so_far(struct act *t, row_id visit, const char *section) {
    struct query q;
    int64_t n = 0;
    query_open(&q, t->j,
               "SELECT count(*) FROM room WHERE visit = ?1 AND section = ?2 AND withdrawn = 0",
               1, visit);
    query_bind_text(&q, 2, section);
    if (query_next(&q)) n = query_int(&q, 0);
    return query_close(&q) ? 0 : n;
}

static const char *area_name(struct act *t, row_id area) {
    struct query q;
    const char *name = "";
    query_open(&q, t->j, "SELECT name FROM area WHERE id = ?1", 1, area);
    if (query_next(&q)) name = query_text(&q, 0, t->arena);
    return query_close(&q) ? "" : name;
}

static enum status put_room(struct act *t, row_id visit, const char *section, row_id area,
                            const char *label, const char *seen, row_id *made) {
    struct row r = row_new(&kind_room);
    row_ref(&r, "visit", visit);
    row_text(&r, "section", section);
    row_ref(&r, "area", area);
    row_text(&r, "label", label);
    row_text(&r, "seen", seen);
    row_int(&r, "position", rooms_so_far(t, visit, section) + 1);
    enum status s = act_put(t, &r);
    if (!s) *made = r.id;
    return s;
}

/* ---- records, workers, calls …: numbered, never named ---- */

/* Also behind those that were taken away, so that no number comes twice. */
static int64_t next_position(struct act *t, row_id visit, const char *section) {
    struct query q;
    int64_t n = 0;
    query_open(&q, t->j,
               "SELECT coalesce(max(position), 0) FROM room WHERE visit = ?1 AND section = ?2",
               1, visit);
    query_bind_text(&q, 2, section);
    if (query_next(&q)) n = query_int(&q, 0);
    return (query_close(&q) ? 0 : n) + 1;
}

static enum status put_one(struct act *t, row_id visit, const struct section *s, int number,
                           row_id *made) {
    struct row r = row_new(&kind_room);
    int64_t position = next_position(t, visit, s->id);
    const char *key = arena_printf(t->arena, "walk.one_%s", s->repeat_of);
    const char *label =
        words_say(t->arena, t->words, key, arena_printf(t->arena, "%d", (int)position));
    if (number)
        label = words_say(t->arena, t->words, "walk.one_drawn", label,
                          arena_printf(t->arena, "%d", number));
    row_ref(&r, "visit", visit);
    row_text(&r, "section", s->id);
    row_text(&r, "label", label);
    row_int(&r, "position", position);
    row_text(&r, "repeat_of", s->repeat_of);
    if (number) row_int(&r, "number", number);
    enum status st = act_put(t, &r);
    if (!st) *made = r.id;
    return st;
}

/* What is on the list and was not taken yet, in runs: "1-2,4-40". */
static enum status free_numbers(struct act *t, row_id visit, const struct section *s, int most,
                                int *numbers, int *count, struct buf *runs) {
    bool *taken = ARENA_ARRAY(t->arena, bool, most + 1);
    struct query q;
    query_open(&q, t->j,
               "SELECT number FROM room WHERE visit = ?1 AND number BETWEEN 1 AND ?2 AND "
               "section = ?3 AND withdrawn = 0",
               2, visit, (int64_t)most);
    query_bind_text(&q, 3, s->id);
    while (query_next(&q))
        taken[query_int(&q, 0)] = true;
    for (int i = 1; i <= most; i++) {
        if (taken[i]) continue;
        int first = i;
        for (; i <= most && !taken[i]; i++)
            numbers[(*count)++] = i;
        buf_printf(runs, "%s%d", runs->size ? "," : "", first);
        if (i - 1 > first) buf_printf(runs, "-%d", i - 1);
    }
    return query_close(&q);
}

/* Nobody can choose the tidy ones: which numbers of the list to take comes from a seed that
 * stays on the record. */
static enum status draw_numbers(struct act *t, row_id visit, const struct section *s,
                                int64_t list) {
    int most = s->repeat_most - (int)rooms_so_far(t, visit, s->id);
    if (list < 1 || list > LIST_MOST || most < 1) {
        t->nothing = true;
        return STATUS_OK;
    }
    struct buf runs = {.limit = 3900}, out = {.limit = 3900};
    int *numbers = ARENA_ARRAY(t->arena, int, list + 1),
        *drawn = ARENA_ARRAY(t->arena, int, most);
    int count = 0;
    enum status st = free_numbers(t, visit, s, (int)list, numbers, &count, &runs);
    uint64_t seed = 0;
    random_bytes(&seed, sizeof seed);
    seed >>= 12; /* fits a number that other programs read exactly */
    int n = draw_fairly(seed, count, most, drawn);
    for (int i = 0; i < n; i++)
        buf_printf(&out, "%s%d", i ? "," : "", numbers[drawn[i]]);
    struct row r = row_new(&kind_sample);
    row_ref(&r, "visit", visit);
    row_text(&r, "section", s->id);
    row_int(&r, "seed", (int64_t)seed);
    row_text(&r, "pool", buf_str(&runs));
    row_text(&r, "drawn", buf_str(&out));
    row_text(&r, "who", "lantern");
    if (!st) st = act_put(t, &r);
    row_id made;
    for (int i = 0; !st && i < n; i++)
        st = put_one(t, visit, s, numbers[drawn[i]], &made);
    buf_release(&runs);
    buf_release(&out);
    return st;
}

enum status act_room_remove(struct act *t, const struct intent *in) {
    int64_t said = query_one_int(
        t->j, 1,
        "SELECT (SELECT count(*) FROM answer WHERE repeat = ?1 AND withdrawn = 0) + (SELECT "
        "count(*) FROM timing WHERE room = ?1 AND withdrawn = 0 AND coalesce(outcome, '') <> "
        "'thrown_away')",
        1, in->row);
    t->nothing = said != 0;
    return said ? STATUS_OK : act_take_back(t, &kind_room, in->row);
}

enum status act_room_add(struct act *t, const struct intent *in) {
    const struct section *s = section_of(t, in->row, in->text2);
    if (s && s->repeats && !section_of_rooms(s)) {
        t->nothing = rooms_so_far(t, in->row, s->id) >= s->repeat_most;
        return t->nothing ? STATUS_OK : put_one(t, in->row, s, 0, &t->made);
    }
    const char *label = text_blank(in->text) ? area_name(t, in->other) : in->text;
    return put_room(t, in->row, in->text2, in->other, label, in->word, &t->made);
}

enum status act_room_change(struct act *t, const struct intent *in) {
    struct row r;
    enum status s = act_row(t, &kind_room, in->row, &r);
    if (s) return s;
    if (in->word) row_text(&r, "seen", in->word);
    if (in->text) row_text(&r, "why", in->text);
    if (in->number) row_int(&r, "empty", in->number > 0);
    return act_put(t, &r);
}

/* Rooms of the service that are not on this section's list yet, in the order of the service's
 * own list. */
static enum status pool_of(struct act *t, row_id visit, const char *section,
                           struct place_drawn *pool, int *count) {
    struct query q;
    query_open(&q, t->j,
               "SELECT a.id, a.name FROM area a WHERE a.service = ?1 AND a.sort = 'room' AND "
               "a.withdrawn = 0 AND"
               " coalesce(a.closed, 0) = 0 AND NOT EXISTS (SELECT 1 FROM room r WHERE r.visit "
               "= ?2 AND r.area = a.id"
               " AND r.section = ?3 AND r.withdrawn = 0) ORDER BY a.position, a.name, "
               "lantern_order(a.id)",
               2, act_visit_service(t, visit), visit);
    query_bind_text(&q, 3, section);
    while (*count < POOL_MAX && query_next(&q)) {
        pool[(*count)++] = (struct place_drawn){query_int(&q, 0), query_text(&q, 1, t->arena)};
    }
    return query_close(&q);
}

/* A comma parts the names, so a comma inside one becomes a space. */
static void add_name(struct buf *b, const char *name) {
    if (b->size) buf_byte(b, ',');
    for (const char *p = name; *p; p++)
        buf_byte(b, (uint8_t)(*p == ',' ? ' ' : *p));
}

static enum status put_sample(struct act *t, row_id visit, const char *section, uint64_t seed,
                              const struct place_drawn *pool, int count, const int *drawn,
                              int n) {
    struct buf all = {.limit = 3900}, out = {.limit = 3900};
    for (int i = 0; i < count; i++)
        add_name(&all, pool[i].name);
    for (int i = 0; i < n; i++)
        add_name(&out, pool[drawn[i]].name);
    struct row r = row_new(&kind_sample);
    row_ref(&r, "visit", visit);
    row_text(&r, "section", section);
    row_int(&r, "seed", (int64_t)seed);
    row_text(&r, "pool", buf_str(&all));
    row_text(&r, "drawn", buf_str(&out));
    row_text(&r, "who", "lantern");
    enum status s = act_put(t, &r);
    buf_release(&all);
    buf_release(&out);
    return s;
}

static int most_rooms(struct act *t, row_id visit, const char *section) {
    const struct template *form = act_template(t, visit);
    int most = t->night || (form && form->night) ? ROOMS_AT_NIGHT_MAX : ROOMS_MAX;
    const struct section *s = section_of(t, visit, section);
    return s && s->repeat_most > 0 && s->repeat_most < most ? s->repeat_most : most;
}

enum status act_room_draw(struct act *t, const struct intent *in) {
    const struct section *of = section_of(t, in->row, in->text);
    if (of && of->repeats && !section_of_rooms(of))
        return draw_numbers(t, in->row, of, in->number);
    struct place_drawn *pool = ARENA_ARRAY(t->arena, struct place_drawn, POOL_MAX);
    int count = 0, drawn[ROOMS_MAX];
    enum status s = pool_of(t, in->row, in->text, pool, &count);
    if (s) return s;
    int most = most_rooms(t, in->row, in->text) - (int)rooms_so_far(t, in->row, in->text);
    if (most <= 0 || count == 0) {
        t->nothing = true;
        return STATUS_OK;
    }
    uint64_t seed = 0;
    random_bytes(&seed, sizeof seed);
    seed >>= 12; /* fits a number that other programs read exactly */
    int n = draw_fairly(seed, count, most, drawn);
    s = put_sample(t, in->row, in->text, seed, pool, count, drawn, n);
    for (int i = 0; !s && i < n; i++) {
        row_id made;
        s = put_room(t, in->row, in->text, pool[drawn[i]].area, pool[drawn[i]].name, NULL,
                     &made);
    }
    return s;
}
