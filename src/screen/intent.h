/* intent.h -- what the person asked for in this frame; at most one. Texts are borrowed until the frame ends
 * (frame arena or field), the app copies what it keeps. */
#ifndef SCREEN_INTENT_H
#define SCREEN_INTENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum intent_kind {
#define INTENT(name) INTENT_##name,
#include "screen/intent_list.h"
#undef INTENT
    INTENT_COUNT
};

/* Where one is in the app: a screen and what it shows. Plain values: kept as a draft. */
struct place {
    int32_t screen;      /* enum screen_id */
    int64_t row, other;  /* e.g. the visit and the room, the action */
    char word[48];       /* e.g. an item id, a filter, a section */
    char word2[48];
};

struct intent {
    enum intent_kind kind;
    int64_t row, other, number;
    const char *word, *word2, *text, *text2;
    const void *detail;      /* struct X_intent in the frame arena */
    const char *draft;       /* key prefix of drafts that became a record with this intent: deleted in its transaction */
    const char *undo;        /* words key of a toast that offers undo for 6 s; NULL none */
    struct place to;         /* go, replace; for others: where to go after success, when to.screen is set */
    bool back_after;         /* close this screen after success */
};

struct start_intent {
    int64_t service, checker, in_charge;
    const char *in_charge_text, *template_code, *length, *modules, *reason;
    bool unannounced;
    int64_t action;          /* that is proved or looked at again; 0 none */
};
/* One part of one item; only what is said is changed, the rest of the answer stays. */
struct answer_intent {
    int64_t visit, room;
    const char *item, *part;
    bool set_word, set_number, set_of, set_list, set_text, set_time, set_day, set_note, set_severity, set_safe, set_person, set_skip;
    const char *word, *list, *text, *note, *safe, *safe_by, *skip;
    int64_t number, of, time, day, safe_at, person;
    int severity;
};
struct observe_intent {
    int64_t visit, service, area;
    bool good;
    const char *text, *statement, *item;
    int severity;            /* 0 none said; 4 opens the danger card */
    bool raise_after;        /* goes on to Raise an action */
    int64_t row;             /* change of an existing one, 0 new */
};
struct feedback_intent {
    int64_t visit, service, area;
    const char *speaker, *sort, *about, *text, *prompt, *consent, *can_decide, *answer_how, *statement;
    bool recorded;           /* they agreed to be recorded */
    bool wants_answer;
    int64_t answer_by;       /* day_no, 0 none */
    int severity, face;
    const char *list, *question, *marks; /* small answers: as care/said.h, the prompt as asked, in plain words */
    int64_t row;             /* put right: that row gets these words and nothing else; 0 new */
    /* Of a talk with several prompts: other things said that are not kept yet, and rows that are; whoever of them has no
     * sort gets this one. closes: nothing new is said, the answer that is wanted belongs to the newest of `earlier`. */
    const struct feedback_intent *more;
    int more_count;
    const int64_t *earlier;
    int earlier_count;
    bool closes;
};
struct confidence_said;
/* Said or seen in confidence: goes into a box that only the reader opens (care/confidence.h). */
struct confide_intent {
    int64_t service, reader;
    const char *about;       /* staff_said | worker_conduct */
    const char *text, *answer_how, *role, *statement;
    const char *from, *until, *break_asked, *they_said, *witness; /* conduct: what was seen and heard */
    int severity;
    const struct confidence_said *said; /* prompt by prompt (care/confidence.h) */
    int said_count;
};
struct call_intent {
    int64_t visit, danger, contact, service;
    const char *whom, *telephone, *answered, *said, *reference;
    int64_t row;             /* change of an existing call (what they said), 0 new */
};
struct duty_intent {
    int64_t visit, service, danger, row;
    const char *name, *decision, *who, *why, *reference;
    int64_t decide_by;
};
struct told_intent {
    int64_t visit, service, person;
    const char *whom, *how, *said, *text, *sort, *why;
};
struct raise_intent {
    int64_t service, visit, owner, source, area;
    bool must, found_at_night;
    const char *different, *measure, *baseline, *lane, *owner_text, *why, *statement, *regulations, *item, *template_code;
    int64_t due;             /* ms; 0: from the lane */
    int severity;
};
/* What a photo or a voice note belongs to. Plain values: kept in places and drafts.
 * EVIDENCE_ITEM: an item of a check's form (`room` when the section repeats); EVIDENCE_ROW: a row that is there, such as an
 * observation or a step; EVIDENCE_SAW, EVIDENCE_HEARD: what is being written now, kept together with it; EVIDENCE_ACTION:
 * the place that an action is about; EVIDENCE_AFTER: the same place later, beside the newest photo of it. */
enum evidence_for { EVIDENCE_NOTHING, EVIDENCE_ITEM, EVIDENCE_ROW, EVIDENCE_SAW, EVIDENCE_HEARD, EVIDENCE_ACTION, EVIDENCE_AFTER };
struct evidence_to {
    int32_t what;            /* enum evidence_for */
    int64_t visit;           /* 0: outside a check */
    int64_t row;             /* row, action: that row; item: the room, 0 none */
    char item[48];           /* item, saw: the item's id, "" none */
};
struct evidence_remove_intent {
    struct evidence_to to;
    int64_t number;          /* of the one that waits for its form (struct evidence) */
};
/* Points as parts of the picture's width and height, x and y by turns. A circle: two opposite corners of its box; an arrow:
 * tail, then head; pen and cover: the finger's way. Cover makes what is under it unreadable for good. */
enum mark_sort { MARK_ARROW, MARK_CIRCLE, MARK_PEN, MARK_COVER };
struct mark_intent {
    int32_t sort;
    const float *points;
    int count;               /* pairs */
};
struct photo_intent {
    struct evidence_to to;
    const char *caption;
    bool nobody;             /* "Nobody is in this room" was said */
};
/* A form of one's own, in one's own order: a new one, or the next edition of `code`. */
struct own_choice {
    char form[28], item[28]; /* codes: which card of which form */
};
struct own_intent {
    const char *code;        /* "" a new one */
    const char *title, *about;
    const struct own_choice *picks;
    int count;
};
struct sign_intent {
    int64_t visit, person;
    const char *who, *side, *choice, *text, *meaning;
    const void *strokes; size_t strokes_size;
};
/* A statement's 1 to 4, with a reason; `evidence`: rows it rests on. */
struct score_intent {
    int64_t service, visit;  /* 0: the chosen service; outside a check */
    const char *framework, *statement, *category;
    int score;
    const char *reason;
    const int64_t *evidence; int evidence_count;
};
/* A key question's rating in the round, where nothing below it has a score. */
struct rate_intent {
    int64_t service, visit;
    const char *framework, *question, *rating, *reason;
    const int64_t *evidence; int evidence_count;
};
struct circumstance_intent {
    int64_t service;
    const char *framework, *code, *reason;
    bool yes;
};

#endif
