/* season_check.c -- the answers of one check: every kind of part, with rooms, stopwatches,
 * notes and second thoughts. */
#include "model/season_inside.h"

#include "base/text.h"
#include "care/part_nature.h"

#define DEFAULT_OF   4
#define EDIT_PERCENT 4

static int64_t target_of(const struct part *p) {
    return target_in_unit(p, p->target_default ? p->target_default : 1000);
}

static int64_t between(struct season *s, int64_t low, int64_t high) {
    return high <= low ? low : low + (int64_t)season_below(s, (uint32_t)(high - low + 1));
}

/* "a=2,b=0": counts for each choice; bad ones mostly nought. */
static char *counts(struct season *s, const struct part *p, bool good) {
    char *all = arena_strdup(&s->arena, "");
    for (int i = 0; i < p->choices_count; i++) {
        uint32_t most = p->choices[i].bad ? good ? 1 : 3 : 6;
        all = arena_printf(&s->arena, "%s%s%s=%u", all, *all ? "," : "", p->choices[i].id,
                           season_below(s, most));
    }
    return all;
}

static char *ticks(struct season *s, const struct part *p) {
    char *all = arena_strdup(&s->arena, "");
    for (int i = 0; i < p->choices_count; i++)
        if (season_chance(s, 75))
            all = arena_printf(&s->arena, "%s%s%s", all, *all ? "," : "", p->choices[i].id);
    return all;
}

static void say_measured(struct season *s, struct row *r, const struct part *p, bool good) {
    int64_t target = target_of(p), low = p->bounded ? p->least : 0;
    int64_t high = target_in_unit(p, p->target_default_high);
    int64_t value = good ? between(s, target / 2, target) : between(s, target, target * 3);
    if (p->rule == TARGET_AT_LEAST)
        value = good ? between(s, target, target * 2) : between(s, 0, target / 2);
    if (p->rule == TARGET_BETWEEN) value = good ? between(s, target, high) : high + 2000;
    if (p->kind == PART_NUMBER) value -= value % 1000;
    if (p->bounded && value > p->most) value = p->most;
    if (value < low) value = low;
    row_int(r, "number", value);
    row_text(r, "result", target_result(p, value, target, high));
}

static const char *word_for(struct season *s, const struct part *p, bool good) {
    static const char *const asks[] = {"sure", "partly", "could_not_say"}, *const mets[] = {
                                                                               "met", "partly",
                                                                               "not_met"};
    int grade = good ? 0 : 1 + (int)season_below(s, 2);
    if (good && season_chance(s, 5)) return p->kind == PART_ASK ? "not_asked" : "not_seen";
    if (p->kind == PART_ASK) return asks[grade];
    if (p->kind == PART_YES_NO) return good ? "yes" : "no";
    return mets[grade];
}

static const char *choice_for(struct season *s, const struct part *p) {
    if (!p->choices_count) return "";
    return p->choices[season_below(s, (uint32_t)p->choices_count)].id;
}

static void say_x_of_y(struct season *s, struct row *r, const struct part *p, bool good) {
    int64_t of = p->of ? p->of : DEFAULT_OF;
    row_int(r, "of", of);
    row_int(r, "number", good ? of : of - 1 - (int64_t)season_below(s, (uint32_t)of));
}

/* Fills what the part's kind needs. */
static void say(struct season *s, struct row *r, const struct part *p, bool good) {
    switch (p->kind) {
    case PART_MET:
    case PART_ASK:
    case PART_YES_NO:
        row_text(r, "word", word_for(s, p, good));
        return;
    case PART_CHOICE:
        row_text(r, "word", choice_for(s, p));
        return;
    case PART_TICKS:
        row_text(r, "list", ticks(s, p));
        return;
    case PART_TALLY:
    case PART_COUNTS:
        row_text(r, "list", counts(s, p, good));
        return;
    case PART_X_OF_Y:
        say_x_of_y(s, r, p, good);
        return;
    case PART_NUMBER:
    case PART_SECONDS:
    case PART_MINUTES:
        say_measured(s, r, p, good);
        return;
    case PART_TIME:
        row_int(r, "time", season_now(s));
        return;
    case PART_DAY:
        row_int(r, "day", london_day(season_now(s)) - (int64_t)season_below(s, 60));
        return;
    case PART_WORDS:
        row_text(r, "text", json_text(season_pick(s, "praise"), ""));
        return;
    case PART_PERSON:
        if (s->at->people_count)
            row_ref(r, "person", s->at->people[season_below(s, (uint32_t)s->at->people_count)]);
        return;
    case PART_FACE:
        row_int(r, "number", good ? 4 + (int64_t)season_below(s, 2) : 2);
        return;
    case PART_PERCENT:
    case PART_SINCE:
    case PART_UNTIL:
    case PART_SCORE:
    case PART_READY:
    case PART_PROOF:
    case PART_DRAW: /* no form of the sample season asks these */
    case PART_KINDS:
        return;
    }
}

static enum status put_timing(struct season *s, const struct item *item, const struct part *p,
                              int64_t ms) {
    struct row r = row_new(&kind_timing);
    row_ref(&r, "visit", s->visit);
    row_text(&r, "item", item->id);
    row_text(&r, "part", p->id);
    row_text(&r, "label", item->text);
    row_int(&r, "started", season_now(s) - ms);
    row_int(&r, "boot_started", s->o->clock->boot_ms - ms);
    row_int(&r, "stopped", season_now(s));
    row_int(&r, "ms", ms);
    row_text(&r, "outcome", "staff_came");
    row_int(&r, "target_ms", target_of(p));
    return season_put(s, &r);
}

static void explain(struct season *s, struct row *r, const struct item *item) {
    if (item->phrases_count)
        row_text(r, "note", item->phrases[season_below(s, (uint32_t)item->phrases_count)]);
    row_int(r, "severity", 1 + (int64_t)season_below(s, item->critical ? 3 : 2));
    if (item->critical) {
        row_text(r, "safe", "made_safe");
        row_int(r, "safe_at", season_now(s));
        row_text(r, "safe_by", "night lead");
    }
}

static enum status put_part(struct season *s, const struct item *item, const struct part *p,
                            row_id room, bool good, row_id *source, int *severity) {
    struct row r = row_new(&kind_answer);
    bool judges = part_nature(p->kind)->judges;
    season_pass(s, 5000, 50000);
    row_ref(&r, "visit", s->visit);
    row_text(&r, "item", item->id);
    row_ref(&r, "repeat", room);
    row_text(&r, "part", p->id);
    row_text(&r, "framework", s->form->framework);
    say(s, &r, p, good);
    if (!good && judges) explain(s, &r, item);
    if (p->kind == PART_SECONDS) {
        enum status st = put_timing(s, item, p, row_get_int(&r, "number"));
        if (st) return st;
    }
    enum status st = season_put(s, &r);
    if (st) return st;
    if (!good && judges) {
        *source = r.id;
        *severity = (int)row_get_int(&r, "severity");
    }
    if (!judges || !season_chance(s, EDIT_PERCENT)) return STATUS_OK;
    season_pass(s, 3000, 20000);
    row_text(&r, "note", json_text(season_pick(s, "updates"), "")); /* a second thought */
    return season_put(s, &r);
}

static enum status put_item(struct season *s, const struct item *item, row_id room) {
    bool good = season_chance(s, (uint32_t)s->at->care);
    row_id source = 0;
    int severity = 0;
    enum status st = STATUS_OK;
    for (int i = 0; !st && i < item->parts_count; i++)
        st = put_part(s, item, &item->parts[i], room, good, &source, &severity);
    if (st || !source) return st;
    return item->critical || season_chance(s, 45) ? season_raise(s, item, source, severity)
                                                  : STATUS_OK;
}

static enum status put_rooms(struct season *s, const struct section *section) {
    static const char *const ways[] = {"invited", "with_worker", "from_door"};
    int drawn[SEASON_ROOMS_MOST];
    uint64_t seed = draw_next(&s->luck) >> 16;
    int n = draw_fairly(seed, s->at->areas_count, SEASON_ROOMS_MOST, drawn);
    struct row sample = row_new(&kind_sample);
    row_ref(&sample, "visit", s->visit);
    row_text(&sample, "section", section->id);
    row_int(&sample, "seed", (int64_t)seed);
    row_text(&sample, "who", "lantern");
    enum status st = season_put(s, &sample);
    for (int i = 0; !st && i < n; i++) {
        struct row r = row_new(&kind_room);
        row_ref(&r, "visit", s->visit);
        row_text(&r, "section", section->id);
        row_ref(&r, "area", s->at->areas[drawn[i]]);
        row_text(&r, "seen", ways[season_below(s, 3)]);
        row_int(&r, "position", i + 1);
        st = season_put(s, &r);
        s->rooms[i] = r.id;
        s->rooms_count = i + 1;
    }
    return st;
}

static bool wanted(struct season *s, const struct item *item, const char *length,
                   const char *modules) {
    return !item->when_count && item_applies(item, s->at->setting) &&
           item_chosen(item, length, modules);
}

static enum status put_section(struct season *s, const struct section *section,
                               const char *length, const char *modules) {
    enum status st = section->repeats ? put_rooms(s, section) : STATUS_OK;
    for (int i = 0; !st && i < section->items_count; i++) {
        const struct item *item = &s->form->items[section->first_item + i];
        if (!wanted(s, item, length, modules)) continue;
        if (!section->repeats) st = put_item(s, item, 0);
        for (int k = 0; section->repeats && !st && k < s->rooms_count; k++)
            st = put_item(s, item, s->rooms[k]);
    }
    return st;
}

enum status season_answers(struct season *s) {
    struct row visit;
    enum status st = journal_row(s->j, &kind_visit, s->visit, &s->arena, &visit);
    if (st) return st;
    const char *length = row_get_text(&visit, "length"),
               *modules = row_get_text(&visit, "modules");
    int sections = s->unfinished ? (s->form->sections_count + 1) / 2 : s->form->sections_count;
    for (int i = 0; !st && i < sections; i++)
        st = put_section(s, &s->form->sections[i], length, modules);
    return st;
}
