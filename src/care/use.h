/* use.h -- what a form is used for: most are walked through the building, others are filled in
 * at a table, alone, or about one action.
 *
 * Journey: template → here → walk, finish, morning page, check page, paper, report: each asks
 * what fits that use and leaves out what does not. */
#ifndef CARE_USE_H
#define CARE_USE_H

#include "care/template.h"

enum form_use {
    USE_CHECK,
    USE_MEETING,   /* people sit together: notes, votes, actions at the end */
    USE_CHECKLIST, /* gone through aloud; a No asks for an action */
    USE_TEAM,      /* several fill it in alone, the spread is shown */
    USE_INTERVIEW, /* talks with groups, compared */
    USE_MOCK,      /* a rehearsal: each statement is given a score */
    USE_PILOT,     /* a trial with an end date and a decision */
    USE_PRIVATE,   /* for oneself alone; never a record */
    USE_PROOF,     /* does an action really work? */
    USE_RETEST,    /* has it lasted? */
    USES
};

enum form_use form_use(const struct template *t); /* NULL: a check */
/* Nobody walks through the building: no arrival, no watch, no bells, nobody in charge to tell.
 */
bool use_at_a_table(enum form_use u);
/* Begun from an action and about that one alone. */
bool use_of_action(enum form_use u);
/* Its answers are judged good or bad: a No at a meeting, in a talk or of a trial is no finding.
 */
bool use_judges(enum form_use u);
const char *use_name(enum form_use u); /* as in templates: "meeting" */

#endif
