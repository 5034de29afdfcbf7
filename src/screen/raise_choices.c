/* raise_choices.c -- the left side of Raise an action: what, Must or Should, by when, who. */
#include "screen/raise_pieces.h"

#include "base/text.h"
#include "screen/name_note.h"
#include "screen/tight_row.h"

#define PEOPLE_SHOWN 6

static void field(struct raise *v, rect *area, const char *part, const char *initial,
                  const char *hint, int lines, float least) {
    struct field f = {.key = raise_key(v, part),
                      .initial = initial,
                      .name = hint,
                      .hint = hint,
                      .lines = lines,
                      .ground = COLOR_CARD};
    float h = ui_field_height(v->u, &f, area->w);
    ui_field(v->u, rect_cut_top(area, h < least ? least : h), &f);
    name_note(v->u, v->s, area, f.key, COLOR_BG);
}

void raise_different(struct raise *v, rect *area) {
    part_heading(v->u, area, WORD(v->s, "raise.different"));
    field(v, area, "different", v->m->different, WORD(v->s, "raise.different_hint"), 4, 120);
    rect_cut_top(area, 20);
}

void raise_must(struct raise *v, rect *area) {
    struct option o[2] = {{.label = WORD(v->s, "common.must"), .role = BUTTON_NOT_MET},
                          {.label = WORD(v->s, "common.should"), .role = BUTTON_PARTLY}};
    part_heading(v->u, area, WORD(v->s, "raise.this_is"));
    int tapped = part_options(v->u, area, "must", o, 2, v->state->must - 1,
                              ui_theme(v->u)->touch_answer);
    if (tapped >= 0) v->state->must = tapped + 1;
    rect_cut_top(area, 8);
}

/* The real moment below each lane; never "now" for somebody who is not there. */
static const char *lane_date(struct raise *v, int lane) {
    struct arena *f = ui_arena(v->u);
    int64_t due = v->m->due[lane];
    struct civil c = civil_london(due);
    switch (lane) {
    case LANE_BEFORE_LEAVE:
        return SAY(v->u, v->s, "raise.by", time_hm(f, due));
    case LANE_BEFORE_TONIGHT: {
        char *day = time_day(f, due);
        day[3] = 0; /* "Sun" of "Sun 22 Nov" */
        return arena_printf(f, "%s %s", day, time_hm(f, due));
    }
    case LANE_THIS_WEEK: {
        char *day = time_day(f, due);
        day[3] = 0;
        return SAY(v->u, v->s, "raise.by", arena_printf(f, "%s %d", day, c.day));
    }
    default:
        return SAY(v->u, v->s, "raise.by", time_day(f, due) + 4);
    }
}

void raise_lane(struct raise *v, rect *area) {
    struct option o[LANES];
    for (int i = 0; i < LANE_DATE; i++)
        o[i] = (struct option){
            .label = WORD(v->s, arena_printf(ui_arena(v->u), "raise.lane_%s", lane_words[i])),
            .sub = lane_date(v, i),
            .role = BUTTON_MAIN};
    bool dated = v->state->lane == LANE_DATE && v->state->day;
    part_heading(v->u, area, WORD(v->s, "raise.by_when"));
    int now = v->state->lane < LANE_DATE ? v->state->lane : -1;
    int tapped = tight_row(v->u, area, "lane", o, LANE_DATE, now, 76);
    if (tapped >= 0) v->state->lane = tapped;
    const char *label =
        dated ? SAY(v->u, v->s, "raise.by", day_text(ui_arena(v->u), v->state->day))
              : WORD(v->s, "raise.lane_date");
    if (part_chips(v->u, area, "date", &label, &dated, 1) == 0) v->state->sheet = 1;
    rect_cut_top(area, 8);
}

static int owner_chips(struct raise *v, const char **labels, int64_t *ids, bool *selected) {
    int n = 0, most = v->state->more_people ? v->m->people_count : PEOPLE_SHOWN;
    bool role_is_person = false;
    for (int i = 0; i < v->m->people_count; i++)
        role_is_person |= v->m->people[i].usual;
    if (!text_blank(v->m->owner_role) && !role_is_person) {
        labels[n] = v->m->owner_role;
        ids[n++] = OWNER_ROLE;
    }
    for (int i = 0; i < v->m->people_count; i++) {
        if (!v->m->people[i].usual) continue;
        labels[n] = v->m->people[i].label;
        ids[n++] = v->m->people[i].id;
    }
    for (int i = 0; i < v->m->people_count; i++) {
        bool chosen = v->m->people[i].id == v->state->owner;
        if (v->m->people[i].usual || (i >= most && !chosen)) continue;
        labels[n] = v->m->people[i].label;
        ids[n++] = v->m->people[i].id;
    }
    for (int i = 0; i < n; i++)
        selected[i] = ids[i] == v->state->owner;
    return n;
}

void raise_owner(struct raise *v, rect *area) {
    struct arena *f = ui_arena(v->u);
    int most = v->m->people_count + 3;
    const char **labels = ARENA_ARRAY(f, const char *, most);
    int64_t *ids = ARENA_ARRAY(f, int64_t, most);
    bool *selected = ARENA_ARRAY(f, bool, most);
    int n = owner_chips(v, labels, ids, selected);
    bool more = !v->state->more_people && v->m->people_count > PEOPLE_SHOWN;
    part_heading(v->u, area, WORD(v->s, "raise.who"));
    labels[n] = WORD(v->s, "common.someone_else");
    ids[n] = OWNER_ELSE;
    selected[n++] = v->state->owner == OWNER_ELSE;
    if (more) labels[n] = WORD(v->s, "raise.more_people");
    int tapped = part_chips(v->u, area, "owner", labels, selected, n + more);
    if (more && tapped == n) {
        v->state->more_people = 1;
    } else if (tapped >= 0) {
        v->state->owner = selected[tapped] ? OWNER_UNSAID : ids[tapped];
    }
    if (v->state->owner == OWNER_ELSE)
        field(v, area, "owner", "", WORD(v->s, "raise.owner_hint"), 1, 56);
    rect_cut_top(area, 20);
}
