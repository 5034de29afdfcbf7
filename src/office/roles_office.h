/* roles_office.h -- who a copy is for, and what is therefore not in it at all: the one
 * definition behind report, csv and show (PEOPLE.md, Honest figures; Someone who is afraid).
 *
 *      provider  everything but what is sealed to a reader; of a worker's talk that there was
 * one
 *      manager   of one service: what belongs to it. No words in confidence and nothing that
 * hangs on them, no workers' words, no coverage, no checks under way or held back board figures
 * of all services: nobody's words, no persons public    as the manager's, of what anybody may
 * know; names and telephone numbers held back
 *
 * A kind or column that no role names is in no copy but the provider's: a new one has to be let
 * in (roles_tables.c), it never slips in. */
#ifndef OFFICE_ROLES_OFFICE_H
#define OFFICE_ROLES_OFFICE_H

#include "office/office.h"

enum copy { COPY_PROVIDER, COPY_MANAGER, COPY_BOARD, COPY_PUBLIC };

/* What a reader may have. One row a reader in roles_office.c. */
struct audience {
    const char *name;
    enum copy copy;
    bool restricted;  /* the page of restricted records */
    bool coverage;    /* when we looked, when last, how often at night */
    bool ratings;     /* what we scored ourselves */
    bool reasons;     /* … and why, in own words */
    bool staff_words; /* what workers said, in their words */
    bool home_words;  /* what the person in charge said and added */
    bool telephones;
    bool dangers; /* danger cards, calls, duties */
    bool signatures;
    bool records;  /* devices, what is missing, proof */
    bool photos;   /* the pictures themselves */
    bool voices;   /* recordings: a voice can be recognised */
    bool home;     /* for the home or the public: nothing held back, nothing under way */
    bool merged;   /* roles with few holders, rooms and likely names are made general */
};
bool audience_named(const char *name, struct audience *out);
/* From --for (NULL: the provider) and --service: EXIT_DONE, or EXIT_USAGE after saying what is
 * wrong. A manager's copy needs to be told of which service. */
int audience_given(struct office *o, const char *name, const char *service,
                   struct audience *out);

/* ---- tables ---- */
/* Whether a copy has this table; whether it has this column of it. */
bool copy_has_table(enum copy copy, const struct kind *k);
bool copy_has_column(enum copy copy, const struct kind *k, const struct column *c);
/* Whether the name of what a reference names stands beside it. */
bool copy_has_name(enum copy copy, const struct column *c);
/* A column that says who somebody is: its text is made a role. */
bool copy_says_who(const struct column *c);

/* ---- rows ---- */
struct role;
/* Looks at every row once. `service` a code, NULL all. STATUS_NOT_FOUND: no such service. The
 * provider with no service needs no look: every row is in the copy. */
MUST_CHECK enum status role_open(struct office *o, struct journal *j,
                                 const struct audience *who, const char *service,
                                 struct role **out);
void role_close(struct role *r);          /* NULL is allowed */
bool role_all(const struct role *r);      /* the provider's, of all services */
bool role_provider(const struct role *r); /* the provider's: whole rows, with their numbers */
bool role_has_table(const struct role *r, const struct kind *k);
bool role_has_column(const struct role *r, const struct kind *k, const struct column *c);
bool role_has_name(const struct role *r, const struct column *c);
bool role_has_row(const struct role *r, row_id row);
/* Whether this record is the present version of a row that is in the copy. */
bool role_has_record(const struct role *r, row_id record);

/* Rows of a copy for others are numbered from 1 without a gap, in the order in which they were
 * written: the numbers of records would tell how much was written in between, and so that
 * somebody spoke in confidence that night. 0: not in the copy. */
int64_t role_number(const struct role *r, row_id row);
struct role_entry {
    row_id row;
    const struct kind *kind;
    int64_t at;
};
/* The row of that number; false beyond the last. */
bool role_entry(const struct role *r, int64_t number, struct role_entry *out);

/* Whether this row says this column to this reader. */
bool role_says(const struct role *r, row_id row, const struct column *c);
/* What the row that is referred to goes by in this copy, 0 nothing: not in it, or nobody's to
 * know where roles are merged. */
int64_t role_ref(const struct role *r, const struct column *c, row_id to);
/* A text of a row as this reader may have it. Valid until role_next. */
const char *role_text(struct role *r, row_id row, const struct column *c, const char *text);
void role_next(struct role *r);

#endif
