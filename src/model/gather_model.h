/* gather_model.h -- what a form that is no walk through the building comes to: who was there
 * and what will be done, how far a team's answers lie apart, what each group said, what became
 * of a trial, what a proof means for its action.
 *
 * Journey: gather_load → walk_model.gather → walk, finish, morning page, check page; paper;
 * office report. Those that only read show `blocks`, one after the other, and know nothing of
 * the use. */
#ifndef MODEL_GATHER_MODEL_H
#define MODEL_GATHER_MODEL_H

#include "base/clock.h"
#include "care/use.h"

#define GATHER_FEW 5 /* fewer answers than this could point at somebody */

/* One line of a block; with `of` above 0 a bar of yes, no and neither stands under it. */
struct gather_row {
    const char *text, *sub;
    int64_t action; /* opens it, 0 none */
    int yes, no, neither, of;
    bool strong; /* a heading inside the block */
};
struct gather_block {
    const char *title, *note;
    struct gather_row *rows;
    int rows_count;
    bool columns; /* the rows lie side by side where there is room */
};
/* An action raised on this check. */
struct gather_action {
    int64_t row, due;
    const char *reference, *different, *owner;
    bool must;
};
/* The action that a proof or another look is about. */
struct gather_about {
    int64_t row, said_at;
    const char *reference, *different, *measure, *who, *claim, *item_text;
    bool must, found_at_night, looked_at_night;
    const char *cannot; /* words key: why the one who looks may not sign it off; NULL: may */
    const char *step; /* what closing will write: seen_working | lasted | not_working | update;
                         "" nothing yet */
    const char *says; /* the same as a sentence */
    const char *reason; /* given with the verdict */
    int weeks;          /* since it was first seen working */
};
/* What was found here about one statement in the last twelve months: beside its score in a
 * rehearsal. */
#define GATHER_NEWEST 4
struct gather_evidence {
    const char *statement;
    int good, partly, bad; /* answers of checks */
    int seen, heard, actions;
    int by_kind[6]; /* people, staff, partners, observation, processes, outcomes */
    struct gather_found {
        int64_t open_check, open_action;
        const char *text, *sub;
        int level; /* 1 good, 2 partly, 3 bad, 0 neither */
    } newest[GATHER_NEWEST];
    int newest_count;
    int last_score; /* given before, 0 none */
    day_no last_day;
};
extern const char *const gather_kinds[6];
struct gather {
    enum form_use use;
    const char *present; /* people=6,families=2 */
    const char *no_action, *no_action_text;
    const struct gather_action *actions;
    int actions_count;
    const struct gather_about *about;    /* NULL none */
    const struct gather_action *choices; /* begun without one: what it could be about */
    int choices_count;
    const struct gather_evidence *evidence; /* of a rehearsal: a statement each */
    int evidence_count;
    int team_answered; /* of a team: whose counts were kept; 0 not closed */
    const struct gather_block *blocks;
    int blocks_count;
};

/* Groups of people at a table, as words keys behind "gather.group_". */
#define GATHER_GROUPS 5
extern const char *const gather_groups[GATHER_GROUPS];
/* Who was there belongs to this use. */
bool gather_counts_people(enum form_use u);
/* A use that is not closed without an action or the reason for none. */
bool gather_wants_action(enum form_use u);

#endif
