/* act_timing.c -- stopwatches. A timing row is written when it starts, so that a dead battery
 * loses no start; the boot clock measures, and only after a restart the wall clock does, marked
 * "about".
 *
 * For two workers: the first one's coming stops the watch and starts the wait for the second.
 */
#include "app/act_care.h"
#include "base/text.h"
#include "care/rules.h"
#include "store/query.h"

struct limits {
    const struct item *item;
    const struct part *part;
};

static struct limits limits_of(struct act *t, row_id visit, const char *item,
                               const char *part) {
    const struct template *form = act_template(t, visit);
    struct limits l = {0};
    l.item = form && item && *item ? template_item(form, item) : NULL;
    l.part = l.item ? item_part(l.item, part ? part : "") : NULL;
    return l;
}

static int64_t target_ms(struct act *t, row_id visit, const struct part *p) {
    if (!p || p->rule == TARGET_NONE) return 0;
    int64_t value = p->target_default;
    struct query q;
    query_open(&q, t->j,
               "SELECT value FROM target WHERE service = ?1 AND name = ?2 AND withdrawn = 0 "
               "AND value IS NOT NULL"
               " ORDER BY hlc DESC, lantern_order(id) DESC LIMIT 1",
               1, act_visit_service(t, visit));
    query_bind_text(&q, 2, p->target);
    if (query_next(&q)) value = query_int(&q, 0);
    return query_close(&q) ? 0 : target_in_unit(p, value);
}

/* A free watch is a bell's: it shows the limit that this form has for bells, if there is one.
 */
static const struct part *bell_part(const struct template *form) {
    for (int i = 0; form && i < form->items_count; i++) {
        for (int k = 0; k < form->items[i].parts_count; k++) {
            const struct part *p = &form->items[i].parts[k];
            if (p->kind == PART_SECONDS && text_starts(p->target, "bell")) return p;
        }
    }
    return NULL;
}

enum status act_timing_start(struct act *t, const struct intent *in) {
    struct limits l = limits_of(t, in->row, in->word, in->word2);
    const struct part *part = l.part ? l.part : bell_part(act_template(t, in->row));
    struct row r = row_new(&kind_timing);
    row_ref(&r, "visit", in->row);
    row_text(&r, "item", in->word);
    row_text(&r, "part", in->word2);
    row_text(&r, "label", in->text);
    row_int(&r, "started", t->wall_ms);
    row_int(&r, "boot_started", t->boot_ms);
    row_text(&r, "boot_id", t->boot_id);
    row_ref(&r, "area", in->other);
    row_ref(&r, "room", in->number);
    int64_t target = target_ms(t, in->row, part);
    if (target) row_int(&r, "target_ms", target);
    enum status s = act_put(t, &r);
    if (!s) t->made = r.id;
    return s;
}

static int64_t elapsed(struct act *t, struct row *r, bool *about) {
    *about = !text_equal(row_get_text(r, "boot_id"), t->boot_id);
    int64_t ms = *about ? t->wall_ms - row_get_int(r, "started")
                        : t->boot_ms - row_get_int(r, "boot_started");
    return ms > 0 ? ms : 0;
}

/* The room of a question that is asked in each; one that was kept before timings knew it is
 * told by its place. */
static row_id room_of(struct act *t, const struct row *r, const struct limits *l) {
    row_id area = row_get_int(r, "area");
    if (row_get_int(r, "room")) return row_get_int(r, "room");
    const struct template *form = act_template(t, row_get_int(r, "visit"));
    if (!area || !l->item || !form || !form->sections[l->item->section].repeats) return 0;
    struct query q;
    row_id room = 0;
    query_open(
        &q, t->j,
        "SELECT id FROM room WHERE visit = ?1 AND area = ?2 AND section = ?3 AND withdrawn = 0"
        " ORDER BY position DESC LIMIT 1",
        2, row_get_int(r, "visit"), area);
    query_bind_text(&q, 3, form->sections[l->item->section].id);
    if (query_next(&q)) room = query_int(&q, 0);
    return query_close(&q) ? 0 : room;
}

/* Where the second worker's time belongs: the next stopwatch of the same question, else the
 * same one. */
static const struct part *second_part(const struct limits *l) {
    bool passed = false;
    for (int i = 0; i < l->item->parts_count; i++) {
        const struct part *p = &l->item->parts[i];
        if (passed && p->kind == PART_SECONDS) return p;
        passed |= p == l->part;
    }
    return l->part;
}

/* Stopped already: what help was given is added, or nobody waits for the second worker any
 * more. */
static enum status after_stop(struct act *t, const struct intent *in, struct row *r) {
    if (in->text) {
        row_text(r, "helped", in->text);
    } else {
        row_unsay(r, "second_started");
    }
    return act_put(t, r);
}

enum status act_timing_stop(struct act *t, const struct intent *in) {
    struct row r;
    enum status s = act_row(t, &kind_timing, in->row, &r);
    if (s) return s;
    if (row_get_int(&r, "stopped")) return after_stop(t, in, &r);
    bool about;
    int64_t ms = elapsed(t, &r, &about);
    const char *outcome = in->word ? in->word : "stopped";
    row_id visit = row_get_int(&r, "visit");
    struct limits l = limits_of(t, visit, row_get_text(&r, "item"), row_get_text(&r, "part"));
    bool thrown = text_equal(outcome, "thrown_away");
    bool second = l.part && l.item->takes_both && text_equal(outcome, "staff_came");
    row_int(&r, "stopped", t->wall_ms);
    row_int(&r, "ms", ms);
    row_text(&r, "outcome", outcome);
    if (about) row_int(&r, "about", 1);
    if (in->text) row_text(&r, "helped", in->text);
    if (second) row_int(&r, "second_started", t->wall_ms);
    s = act_put(t, &r);
    t->made = r.id;
    if (s || thrown || !l.part || (second && second_part(&l) == l.part)) return s;
    return act_answer_time(t, visit, l.item->id, l.part->id, room_of(t, &r, &l), ms);
}

enum status act_timing_second(struct act *t, const struct intent *in) {
    struct row r;
    enum status s = act_row(t, &kind_timing, in->row, &r);
    if (s) return s;
    bool about;
    int64_t ms = elapsed(t, &r, &about);
    row_id visit = row_get_int(&r, "visit");
    struct limits l = limits_of(t, visit, row_get_text(&r, "item"), row_get_text(&r, "part"));
    row_int(&r, "second_ms", ms);
    if (about) row_int(&r, "about", 1);
    s = act_put(t, &r);
    if (s || !l.part) return s;
    return act_answer_time(t, visit, l.item->id, second_part(&l)->id, room_of(t, &r, &l), ms);
}

/* A bell that was timed before anybody thought of a question. number: the room, where the
 * question repeats. */
enum status act_timing_give(struct act *t, const struct intent *in) {
    struct row r;
    enum status s = act_row(t, &kind_timing, in->row, &r);
    if (s) return s;
    row_text(&r, "item", in->word);
    row_text(&r, "part", in->word2);
    if (in->number) {
        row_ref(&r, "room", in->number);
        row_ref(&r, "area",
                query_one_int(t->j, 0, "SELECT area FROM room WHERE id = ?1", 1, in->number));
    }
    s = act_put(t, &r);
    if (s || !row_get_int(&r, "stopped")) return s;
    return act_answer_time(t, row_get_int(&r, "visit"), in->word, in->word2, in->number,
                           row_get_int(&r, "ms"));
}
