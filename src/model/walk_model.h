/* walk_model.h -- one check while it is being walked: its form with what was found so far.
 *
 * Journey: walk_load reads the journal's tables into this; screen/walk.c and the answer kinds
 * draw it. Items of a section that repeats stand here once for every room. Everything lives in
 * the loader's arena. */
#ifndef MODEL_WALK_MODEL_H
#define MODEL_WALK_MODEL_H

#include "care/rules.h"
#include "care/template.h"
#include "model/evidence_model.h"
#include "model/gather_model.h"

/* An answer that was something else when it was first kept. */
struct walk_change {
    int64_t at;
    struct answer_value was, is;
};
struct walk_answer {
    int64_t row, room, at, made, person; /* made: when it was first kept */
    const char *item, *part;
    struct answer_value value;
    const char *note, *safe, *safe_by, *skip, *result;
    int64_t safe_at;
    bool first_version; /* it never was anything else */
    bool after_leaving;
    bool two_changed; /* a concurrent version lost */
    const struct walk_change *changes;
    int changes_count;
};
/* What the same part said the last time somebody looked here. Shown only after the answer. */
struct walk_last {
    const char *item, *part;
    int64_t area;
    day_no night;
    struct answer_value value;
};
struct walk_timing {
    int64_t row, started, boot_started, ms, second_ms, second_started, target_ms, area, room;
    const char *item, *part, *label, *outcome, *helped;
    bool running;        /* not stopped yet */
    bool waiting_second; /* the first worker came, the second has not */
    bool same_boot;      /* the boot clock may be used */
    bool about;
    bool free; /* not given to a question */
};
struct walk_part {
    const struct part *part;
    const struct walk_answer *answer; /* NULL: nothing said */
    const struct walk_answer *other;  /* what another tablet said about the same, NULL none */
    const struct walk_last *last;
    const struct walk_timing *timing; /* the newest stopwatch given to it, NULL none */
    int64_t target, target_high;      /* in the part's stored unit */
    bool has_target, own_choice;
    const char *target_source;
    enum verdict verdict;
    bool answered;
};
struct walk_room {
    int64_t row, area;
    const char *section, *label, *seen, *why;
    bool empty, drawn;
    int position, wanted, answered;
    int number; /* on the list it was drawn from, 0 none */
};
/* An action that somebody says is done, to be seen working here. */
struct walk_done {
    int64_t action;
    const char *reference, *different, *measure, *item, *who;
    bool must, at_night;
    int64_t said_at, raised_at;
    const char *cannot; /* words key: why this person may not sign it off now; NULL: may */
    struct evidence_list evidence; /* of the place */
};
struct walk_raised {
    int64_t action, source, due;
    const char *reference, *item, *owner, *lane;
    bool must;
};
struct walk_item {
    const struct item *item;
    const struct walk_room *room; /* NULL: the section does not repeat */
    struct walk_part *parts;
    int parts_count;
    bool shown;  /* its condition holds */
    bool wanted; /* core or a chosen module; the rest is a bonus */
    bool answered, skipped;
    enum verdict verdict;
    int severity;
    const struct walk_answer *finding; /* the part whose answer is worst, NULL none */
    const struct walk_raised *raised;  /* newest, NULL none */
    struct evidence_list evidence;     /* photos and voice notes of this item, in this room */
};
struct walk_section {
    const struct section *section;
    struct walk_item *items;
    int items_count;
    struct walk_room *rooms;
    int rooms_count;
    const struct walk_done *const *done;
    int done_count;
    int wanted, answered, bonus, findings;
    int64_t used_ms;
    const char *left_reason; /* unanswered for this reason; NULL none */
    int left_items;
    int64_t sample_seed; /* of the fair draw here, 0 none */
    int sample_pool;
};
struct walk_area {
    int64_t row;
    const char *name, *unit;
    bool room;
};
struct walk_person {
    int64_t row;
    const char *label, *role;
    bool agency, awake;
};
/* People and workers as counted tonight; -1: not counted. */
struct walk_staffing {
    int people, planned, awake, sleep_in, agency;
    int calculated;        /* what the service's own calculation asks for */
    int least;             /* the fire plan's minimum, 0 not known */
    bool least_own_choice; /* nobody has set it: the form's own default */
    int per_worker;        /* people per awake worker, rounded up; 0 nobody or unknown */
    const char *medicines, *evacuation; /* yes | no | "" not asked: someone on this shift can */
    const char *only_agency;            /* what only an agency worker can do, ids by comma */
    bool below_least, below_planned, below_calculated;
    const char *item, *part; /* where the workers awake were counted */
    int severity;            /* said there */
};
struct walk_model {
    int64_t visit, service, checker, holder;
    const struct template *form;
    const char *service_name, *setting, *checker_label, *in_charge, *length, *modules, *reason;
    const char *join_code;
    bool unannounced, sealed, left, watch_asked, at_night, holder_outside;
    int64_t started, left_at, back_by;
    const char *back_tell;
    int night_starts;
    struct walk_section *sections;
    int sections_count;
    const struct walk_area *areas;
    int areas_count;
    const struct walk_person *people;
    int people_count;
    const struct walk_timing *timings; /* newest first */
    int timings_count;
    const struct walk_timing *ringing; /* a bell that rings now, NULL none */
    const struct walk_raised *raised;
    int raised_count;
    struct walk_staffing staffing;
    struct tally core; /* of the core's items alone: never so many of all */
    int core_wanted, core_answered, concerns, more_answered;
    struct evidence_list evidence; /* of the whole check */
    const char *at;      /* where to begin: id of a section or of an item, "" the first */
    const struct gather *gather; /* what the form comes to, when it is no walk; never NULL */
    int64_t danger_open; /* a danger card of this check not closed yet, 0 none */
};

#endif
