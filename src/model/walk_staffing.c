/* walk_staffing.c -- people and workers as counted on this check, set against the fire plan's own minimum and the
 * planned number. What nobody counted stays unknown. The words counted are named in the form: people, planned,
 * awake, sleep_in, agency, medicines, evacuation. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/walk_build.h"

bool walk_list_number(const char *list, const char *name, int64_t *out) {
    size_t n = strlen(name);
    for (const char *p = list; p && *p;) {
        if (strncmp(p, name, n) == 0 && p[n] == '=') {
            *out = strtoll(p + n + 1, NULL, 10);
            return true;
        }
        p = strchr(p, ',');
        if (p) p++;
    }
    return false;
}

/* A count of that name: in a part of several counts, or a part of its own with that id. */
static int counted(const struct walk_model *m, const char *name, const struct walk_item **item,
                   const struct walk_part **part) {
    for (int s = 0; s < m->sections_count; s++) {
        for (int i = 0; i < m->sections[s].items_count; i++) {
            const struct walk_item *w = &m->sections[s].items[i];
            for (int k = 0; k < w->parts_count; k++) {
                const struct walk_part *p = &w->parts[k];
                int64_t v = 0;
                if (!p->answer) continue;
                bool found = p->part->kind == PART_COUNTS && walk_list_number(p->answer->value.list, name, &v);
                if (!found && p->part->kind == PART_NUMBER && text_equal(p->part->id, name) &&
                    p->answer->value.has_number) {
                    v = p->answer->value.number / 1000;
                    found = true;
                }
                if (!found) continue;
                if (item) *item = w;
                if (part) *part = p;
                return v < 0 || v > 100000 ? -1 : (int)v;
            }
        }
    }
    return -1;
}

static int target_whole(const struct walk_build *b, const char *name) {
    int64_t v = 0;
    for (int i = 0; i < b->targets_count; i++) {
        if (text_equal(b->targets[i].name, name) && b->targets[i].has_value) v = b->targets[i].value / 1000;
    }
    return v > 0 && v < 10000 ? (int)v : 0;
}

void walk_staffing_read(struct walk_build *b) {
    struct walk_staffing *f = &b->m->staffing;
    const struct walk_item *item = NULL;
    const struct walk_part *part = NULL;
    f->people = counted(b->m, "people", NULL, NULL);
    f->planned = counted(b->m, "planned", NULL, NULL);
    f->awake = counted(b->m, "awake", &item, &part);
    f->sleep_in = counted(b->m, "sleep_in", NULL, NULL);
    f->agency = counted(b->m, "agency", NULL, NULL);
    f->medicines = counted(b->m, "medicines", NULL, NULL);
    f->evacuation = counted(b->m, "evacuation", NULL, NULL);
    f->least = target_whole(b, "fire_minimum_awake");
    f->calculated = target_whole(b, "staff_calculated_awake");
    if (item) {
        f->item = item->item->id;
        f->part = part->part->id;
        f->answer = part->answer->row;
        f->item_severity = part->answer->value.severity;
    }
    if (f->awake < 0) return;
    f->per_worker = f->people > 0 ? people_per_worker(f->people, f->awake) : 0;
    f->below_least = f->least > 0 && f->awake < f->least;
    f->below_planned = f->planned > 0 && f->awake < f->planned;
}
