/* walk_staffing.c -- people and workers as counted on this check, set against the fire plan's
 * own minimum, the planned number and the service's own calculation. What nobody counted stays
 * unknown.
 *
 * Where to look is told by the form itself: the part held against the target "fire_minimum"
 * counts the workers awake, its neighbours are called people, planned and sleep_in; the item
 * held against "agency_share" counts agency workers in its part "count"; parts called
 * medicines, evacuation and agency_only say what this shift can do. */
#include "base/text.h"
#include "model/walk_build.h"

#define COUNT_MAX 100000

static const struct walk_part *part_of(const struct walk_item *i, const char *id) {
    for (int k = 0; i && k < i->parts_count; k++) {
        if (text_equal(i->parts[k].part->id, id)) return &i->parts[k];
    }
    return NULL;
}

/* The item of the form that has a part held against that target. */
static const struct walk_item *item_with_target(const struct walk_model *m, const char *target,
                                                const struct walk_part **part) {
    for (int s = 0; s < m->sections_count; s++) {
        for (int i = 0; i < m->sections[s].items_count; i++) {
            const struct walk_item *w = &m->sections[s].items[i];
            for (int k = 0; k < w->parts_count; k++) {
                const char *held = w->parts[k].part->target;
                if (!*held || !text_equal(held, target)) continue;
                if (part) *part = &w->parts[k];
                return w;
            }
        }
    }
    return NULL;
}

/* The first part of that name anywhere in the form. */
static const struct walk_part *part_named(const struct walk_model *m, const char *id,
                                          enum part_kind kind) {
    for (int s = 0; s < m->sections_count; s++) {
        for (int i = 0; i < m->sections[s].items_count; i++) {
            const struct walk_item *w = &m->sections[s].items[i];
            for (int k = 0; k < w->parts_count; k++) {
                const struct part *p = w->parts[k].part;
                if (p->kind == kind && text_equal(p->id, id)) return &w->parts[k];
            }
        }
    }
    return NULL;
}

static int counted(const struct walk_part *p) {
    if (!p || !p->answer || !p->answer->value.has_number) return -1;
    int64_t v = p->answer->value.number / 1000;
    return v < 0 || v > COUNT_MAX ? -1 : (int)v;
}

static const char *word_of(const struct walk_part *p) {
    return p && p->answer ? p->answer->value.word : "";
}

void walk_staffing_read(struct walk_build *b) {
    struct walk_staffing *f = &b->m->staffing;
    const struct walk_part *awake = NULL;
    const struct walk_item *here = item_with_target(b->m, "fire_minimum", &awake);
    const struct walk_part *only = part_named(b->m, "agency_only", PART_TICKS);
    f->people = counted(part_of(here, "people"));
    f->planned = counted(part_of(here, "planned"));
    f->awake = counted(awake);
    f->sleep_in = counted(part_of(here, "sleep_in"));
    f->agency = counted(part_of(item_with_target(b->m, "agency_share", NULL), "count"));
    f->calculated = counted(part_named(b->m, "needed", PART_NUMBER));
    f->medicines = word_of(part_named(b->m, "medicines", PART_YES_NO));
    f->evacuation = word_of(part_named(b->m, "evacuation", PART_YES_NO));
    f->only_agency = only && only->answer ? only->answer->value.list : "";
    if (f->awake < 0) return;
    f->item = here->item->id;
    f->part = awake->part->id;
    f->severity = awake->answer->value.severity;
    f->least = (int)(awake->target / 1000);
    f->least_own_choice = awake->own_choice;
    f->per_worker = f->people > 0 ? people_per_worker(f->people, f->awake) : 0;
    f->below_least = f->least > 0 && f->awake < f->least;
    f->below_planned = f->planned > 0 && f->awake < f->planned;
    f->below_calculated = f->calculated > 0 && f->awake < f->calculated;
}
