/* walk_answers.c -- what was said at each part of this check, what it said before that, and
 * what the last look found. Two tablets on one check may each have answered the same part: the
 * newest counts, the other is shown. */
#include <string.h>

#include "base/text.h"
#include "model/answer_read.h"
#include "model/walk_build.h"

#define STEPPING_MS 60000

static uint64_t key_of(const char *item, const char *part, int64_t room) {
    uint64_t h = text_hash(item) * 31 + text_hash(part ? part : "");
    h ^= (uint64_t)room * 0x9E3779B97F4A7C15ULL;
    return h ^ (h >> 29);
}

static void remember(struct walk_build *b, int index) {
    const struct walk_answer *n = &b->answers[index];
    uint64_t mask = (uint64_t)b->slots_count - 1;
    for (uint64_t at = key_of(n->item, n->part, n->room) & mask;; at = (at + 1) & mask) {
        if (!b->slots[at]) {
            b->slots[at] = index + 1;
            return;
        }
    }
}

static bool same_part(const struct walk_answer *x, const char *item, const char *part,
                      int64_t room) {
    return x->room == room && text_equal(x->item, item) && text_equal(x->part, part);
}

const struct walk_answer *walk_answer_of(const struct walk_build *b, const char *item,
                                         const char *part, int64_t room,
                                         const struct walk_answer **other) {
    const struct walk_answer *newest = NULL, *second = NULL;
    if (b->slots_count) {
        uint64_t mask = (uint64_t)b->slots_count - 1;
        for (uint64_t at = key_of(item, part, room) & mask; b->slots[at];
             at = (at + 1) & mask) {
            const struct walk_answer *x = &b->answers[b->slots[at] - 1];
            if (!same_part(x, item, part, room)) continue;
            second = newest;
            newest = x;
        }
    }
    if (other) *other = second;
    return newest;
}

static struct answer_value value_of_row(const struct row *r) {
    struct answer_value v = {.word = row_get_text(r, "word"),
                             .list = row_get_text(r, "list"),
                             .text = row_get_text(r, "text"),
                             .number = row_get_int(r, "number"),
                             .of = row_get_int(r, "of"),
                             .time = row_get_int(r, "time"),
                             .day = (day_no)row_get_int(r, "day"),
                             .severity = (int)row_get_int(r, "severity"),
                             .person = row_get_int(r, "person")};
    v.has_number = r->values[kind_column(r->kind, "number")].said;
    v.has_of = r->values[kind_column(r->kind, "of")].said;
    v.has_time = r->values[kind_column(r->kind, "time")].said;
    v.has_day = r->values[kind_column(r->kind, "day")].said;
    return v;
}

static bool value_same(const struct answer_value *x, const struct answer_value *y) {
    return text_equal(x->word, y->word) && text_equal(x->list, y->list) &&
           text_equal(x->text, y->text) && x->has_number == y->has_number &&
           x->number == y->number && x->has_of == y->has_of && x->of == y->of &&
           x->has_time == y->has_time && x->time == y->time && x->has_day == y->has_day &&
           x->day == y->day;
}

/* How often `id` (n bytes) was counted in "a=2,b=0". */
static int64_t counted(const char *list, const char *id, size_t n) {
    for (const char *p = list ? list : ""; *p;
         p += strcspn(p, ",") + (p[strcspn(p, ",")] == ','))
        if (strncmp(p, id, n) == 0 && p[n] == '=') return strtoll(p + n + 1, NULL, 10);
    return 0;
}

static bool only_more(const char *before, const char *now) {
    for (const char *p = before ? before : ""; *p;) {
        size_t name = strcspn(p, "=,"), whole = strcspn(p, ",");
        if (counted(now, p, name) < counted(p, p, name)) return false;
        p += whole + (p[whole] == ',');
    }
    return true;
}

/* Stepping up to a figure is one answer being given, and counting what one watches is one for
 * as long as it only grows. A word that becomes another is a change at once. */
static bool still_giving(const struct answer_value *before, const struct answer_value *now,
                         int64_t gap_ms) {
    if (!text_equal(before->word, now->word) || !text_equal(before->text, now->text) ||
        before->has_day != now->has_day || before->day != now->day)
        return false;
    bool tally = before->list && strchr(before->list, '=');
    return gap_ms <= STEPPING_MS || (tally && only_more(before->list, now->list));
}

/* Only what was first kept and then became something else: filling a blank, or writing a note,
 * is no change. */
static enum status load_changes(struct walk_build *b, struct arena *a, struct walk_answer *n) {
    struct version *versions = NULL;
    size_t count = 0;
    enum status s = journal_history(b->c->j, n->row, a, &versions, &count);
    if (s) return s;
    if (count < 2) return STATUS_OK;
    struct walk_change *changes = ARENA_ARRAY(a, struct walk_change, count);
    struct answer_value before = {0};
    bool have = false;
    int64_t at = 0;
    for (size_t i = 0; i < count; i++) {
        if (versions[i].after_seal || versions[i].op == OP_WITHDRAW) continue;
        struct row r;
        s = journal_version(b->c->j, versions[i].record, a, &r);
        if (s == STATUS_NOT_FOUND) continue; /* erased or not arrived */
        if (s) return s;
        struct answer_value now = value_of_row(&r);
        if (have && answer_said(&before) && !value_same(&before, &now)) {
            struct walk_change *last = n->changes_count ? &changes[n->changes_count - 1] : NULL;
            bool stepping = still_giving(&before, &now, versions[i].at - at);
            if (stepping && last && value_same(&last->is, &before))
                *last = (struct walk_change){versions[i].at, last->was, now};
            else if (!stepping)
                changes[n->changes_count++] =
                    (struct walk_change){.at = versions[i].at, .was = before, .is = now};
        }
        before = now;
        at = versions[i].at;
        have = true;
    }
    n->changes = changes;
    return STATUS_OK;
}

/* ---- reading them ---- */

#define COLUMNS                                                                              \
    "SELECT a.id, a.version, a.item, a.part, a.repeat, " ANSWER_COLUMNS                      \
    ", a.note, a.safe, a.safe_at, a.safe_by, a.result, a.after_leaving, a.skip, a.at, "      \
    "a.made_at, a.rival, a.hlc, a.withdrawn FROM answer a WHERE a.visit = ?1 AND a.hlc > ?2" \
    " ORDER BY a.hlc, lantern_order(a.id)"

static void read_answer(const struct query *q, struct arena *a, struct walk_answer *n) {
    *n = (struct walk_answer){.row = query_int(q, 0),
                              .item = query_text(q, 2, a),
                              .part = query_text(q, 3, a),
                              .room = query_int(q, 4),
                              .note = query_text(q, 14, a),
                              .safe = query_text(q, 15, a),
                              .safe_at = query_int(q, 16),
                              .safe_by = query_text(q, 17, a),
                              .result = query_text(q, 18, a),
                              .after_leaving = query_int(q, 19) != 0,
                              .skip = query_text(q, 20, a),
                              .at = query_int(q, 21),
                              .two_changed = !query_null(q, 23)};
    answer_read(q, 5, a, &n->value);
    n->person = n->value.person;
    n->made = query_null(q, 22) ? n->at : query_int(q, 22);
}

static void make_room(struct walk_cache *c) {
    if (c->count < c->room) return;
    int room = c->room ? c->room * 2 : 64;
    struct walk_answer *more = ARENA_ARRAY(c->to, struct walk_answer, room);
    if (c->count) memcpy(more, c->answers, (size_t)c->count * sizeof *more);
    c->answers = more;
    c->room = room;
}

/* What stands for that row until now no longer counts. */
static void drop_row(struct walk_cache *c, int64_t row) {
    for (int i = c->count - 1; i >= 0; i--) {
        if (c->answers[i].row != row) continue;
        c->answers[i].row = 0;
        c->answers[i].item = c->answers[i].part = "";
        c->alive--;
        return;
    }
}

/* Everything that is newer than what is kept already. */
static enum status read_newer(struct walk_build *b, struct walk_cache *c) {
    struct query q;
    int first = c->count;
    bool known = first > 0;
    query_open(&q, b->c->j, COLUMNS, 2, b->m->visit, c->hlc);
    while (c->alive < WALK_ANSWERS_MAX && query_next(&q)) {
        if (known) drop_row(c, query_int(&q, 0));
        c->hlc = query_int(&q, 24);
        if (query_int(&q, 25)) continue; /* taken back */
        make_room(c);
        struct walk_answer *n = &c->answers[c->count++];
        read_answer(&q, c->to, n);
        n->first_version = query_int(&q, 1) == n->row;
        c->alive++;
    }
    enum status s = query_close(&q);
    for (int i = first; !s && i < c->count; i++)
        if (c->answers[i].row && !c->answers[i].first_version)
            s = load_changes(b, c->to, &c->answers[i]);
    return s;
}

void walk_cache_stale(struct walk_cache *c) {
    c->stale = true;
}

void walk_cache_forget(struct walk_cache *c) {
    arena_wipe(&c->memory);
    *c = (struct walk_cache){0};
}

static void begin_anew(struct walk_build *b, struct walk_cache *c) {
    if (c->to == &c->memory) arena_reset(&c->memory);
    *c = (struct walk_cache){.memory = c->memory, .to = c->to, .visit = b->m->visit};
}

/* Only what is newer is read, unless the count shows that something else happened: an old row
 * that came late, one that was erased. */
static enum status bring_up(struct walk_build *b, struct walk_cache *c) {
    int64_t alive = query_one_int(
        b->c->j, 0, "SELECT count(*) FROM answer WHERE visit = ?1 AND withdrawn = 0", 1,
        b->m->visit);
    if (alive > WALK_ANSWERS_MAX) alive = WALK_ANSWERS_MAX;
    bool fresh = c->visit != b->m->visit || c->stale || c->count > 2 * c->alive + 64;
    if (fresh) begin_anew(b, c);
    enum status s = read_newer(b, c);
    if (s || fresh || c->alive == alive) return s;
    begin_anew(b, c);
    return read_newer(b, c);
}

enum status walk_answers_load(struct walk_build *b) {
    struct walk_cache own = {0}, *c = b->c->walked ? b->c->walked : &own;
    c->to = c == &own ? b->a : &c->memory;
    enum status s = bring_up(b, c);
    if (s) {
        walk_cache_stale(c);
        return s;
    }
    b->answers = c->answers;
    b->answers_count = c->count;
    for (b->slots_count = 64; b->slots_count < c->count * 2;)
        b->slots_count *= 2;
    b->slots = ARENA_ARRAY(b->a, int, b->slots_count);
    for (int i = 0; i < c->count; i++)
        if (c->answers[i].row) remember(b, i);
    return STATUS_OK;
}

/* Where the newest of that part stands in last_slots, or would stand. */
static int *last_slot(const struct walk_build *b, const char *item, const char *part,
                      int64_t area) {
    uint64_t mask = (uint64_t)b->last_slots_count - 1;
    for (uint64_t at = key_of(item, part, area) & mask;; at = (at + 1) & mask) {
        int *slot = &b->last_slots[at];
        if (!*slot) return slot;
        const struct walk_last *l = &b->last[*slot - 1];
        if (l->area == area && text_equal(l->item, item) && text_equal(l->part, part))
            return slot;
    }
}

static void remember_last(struct walk_build *b) {
    for (b->last_slots_count = 64; b->last_slots_count < b->last_count * 2;)
        b->last_slots_count *= 2;
    b->last_slots = ARENA_ARRAY(b->a, int, b->last_slots_count);
    for (int i = 0; i < b->last_count; i++) {
        const struct walk_last *l = &b->last[i];
        int *slot = last_slot(b, l->item, l->part, l->area);
        if (!*slot) *slot = i + 1;
    }
}

/* The last six checks with this form: enough for modules that take turns, and bounded. */
enum status walk_last_load(struct walk_build *b) {
    struct query q;
    const int most = WALK_ANSWERS_MAX;
    query_open(&q, b->c->j,
               "SELECT count(*) FROM answer a JOIN (SELECT id FROM visit WHERE service = ?1 "
               "AND id <> ?2 AND"
               " started < ?3 AND withdrawn = 0 AND template = ?4 ORDER BY started DESC LIMIT "
               "6) v ON v.id = a.visit"
               " WHERE a.withdrawn = 0",
               3, b->m->service, b->m->visit, b->m->started);
    query_bind_text(&q, 4, b->m->form->code);
    int64_t count = query_next(&q) ? query_int(&q, 0) : 0;
    enum status s = query_close(&q);
    if (s || !count) return s;
    if (count > most) count = most;
    b->last = ARENA_ARRAY(b->a, struct walk_last, count);
    query_open(
        &q, b->c->j,
        "SELECT a.item, a.part, r.area, v.night, " ANSWER_COLUMNS
        " FROM answer a JOIN (SELECT id, night, started FROM visit WHERE service = "
        "?1 AND id <> ?2"
        " AND started < ?3 AND withdrawn = 0 AND template = ?4 ORDER BY started DESC LIMIT 6) v"
        " ON v.id = a.visit LEFT JOIN room r ON r.id = a.repeat"
        " WHERE a.withdrawn = 0 ORDER BY v.started DESC, a.hlc DESC, lantern_order(a.id)",
        3, b->m->service, b->m->visit, b->m->started);
    query_bind_text(&q, 4, b->m->form->code);
    while (b->last_count < count && query_next(&q)) {
        struct walk_last *l = &b->last[b->last_count];
        l->item = query_text(&q, 0, b->a);
        l->part = query_text(&q, 1, b->a);
        l->area = query_int(&q, 2);
        l->night = (day_no)query_int(&q, 3);
        answer_read(&q, 4, b->a, &l->value);
        if (answer_said(&l->value)) b->last_count++;
    }
    s = query_close(&q);
    if (!s) remember_last(b);
    return s;
}

const struct walk_last *walk_last_of(const struct walk_build *b, const char *item,
                                     const char *part, int64_t area) {
    int at = b->last_slots_count ? *last_slot(b, item, part, area) : 0;
    return at ? &b->last[at - 1] : NULL;
}
