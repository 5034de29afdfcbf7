/* found_model.h -- what one check found, put in the order people need it: for finishing, showing, the
 * morning page and reading it again. Built on walk_model; counts only, never a percentage.
 * Restricted records are never in it. */
#ifndef MODEL_FOUND_MODEL_H
#define MODEL_FOUND_MODEL_H

#include "model/erased_model.h"
#include "model/walk_model.h"

struct found_line {        /* something not as it should be */
    int64_t row, room, at; /* the answer or observation */
    const char *item, *text, *note, *room_label, *statement;
    enum verdict verdict; /* VERDICT_NONE: an observation */
    int severity;
    bool critical, observation;
    bool about_staff; /* stays with the checker: never in the view for the person in charge */
    const char *safe, *safe_by;
    int64_t safe_at;
    const char *reference, *owner; /* newest action from it, "" none */
    bool must;
    int64_t action, due;
    struct evidence_list evidence;
};
struct found_good {
    int64_t row;             /* the observation; 0: praise */
    const char *text;
    int64_t at;
    bool said; /* praise in somebody's words, not seen by the checker */
    struct evidence_list evidence;
};
struct found_voice {
    int64_t row, at;
    const char *speaker, *sort, *text, *about;
    const char *question, *marks; /* what was asked, and the small answers in plain words; "" */
    bool wants_answer;
    bool staff;
    struct evidence_list evidence;
};
struct found_question {
    const char *code, *name;
    struct tally tally;
};
struct found_section { /* with asked items that have no answer */
    const char *id, *title, *reason;
    int open;
};
struct found_told {
    int64_t at;
    const char *whom, *sort, *said, *why, *how;
};
struct found_duty {
    int64_t row, decide_by, decided;
    const char *name, *decision, *who, *why, *reference;
};
struct found_danger {
    int64_t row, source, opened, safe_at, closed; /* source: the answer or observation, 0 none */
    const char *text, *safe, *safe_by;
    int calls, answered;
};
struct found_signature {
    const char *who, *side, *choice, *text;
    int64_t at;
    const void *strokes;
    size_t strokes_size;
};
struct found_addendum {
    int64_t at;
    const char *text, *by;
};
struct found {
    const struct walk_model *walk;
    struct found_question *questions;
    int questions_count;
    struct found_line *lines; /* criticals and the most serious first */
    int lines_count, without_action, criticals, dangers_now;
    struct found_good *goods;
    int goods_count;
    struct found_voice *voices;
    int voices_count;
    struct found_section *sections;
    int sections_count, open_items, not_seen, not_applicable;
    struct found_told *told;
    int told_count;
    struct found_duty *duties;
    int duties_count, duties_open;
    struct found_danger *dangers;
    int dangers_count;
    struct found_signature *signatures;
    int signatures_count;
    struct found_addendum *addenda;
    int addenda_count;
    int minutes; /* on site, covered time left out */
    int covered_minutes, changed;
    int rooms, rooms_entered, rooms_door, rooms_not;
    struct erased_list erased; /* words of this check that are gone */
    const char *held_back, *held_why, *praise;
    int64_t sealed_at;
};

#endif
