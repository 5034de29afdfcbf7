/* report.h -- the small web site that the office makes from the master: what its pages share.
 *
 * Journey: merge → master → here. report.c goes from service to service: list.c reads what is
 * there, check_*.c writes a page a check and counts it, actions.c and service_page.c write
 * the service, index_page.c the whole; folder.c puts the files in their place.
 *
 * Rules it keeps: figures are counts, never a percentage; what a reader must not
 * see is not in the files at all (roles_office.h, audience.c); the same records give the same
 * bytes, so nothing is ordered or named by a local number, and "now" is --as-of or the newest
 * record received. */
#ifndef OFFICE_REPORT_REPORT_H
#define OFFICE_REPORT_REPORT_H

#include "care/frameworks.h"
#include "model/action_row_model.h"
#include "model/context.h"
#include "model/evidence_model.h"
#include "model/findings_model.h"
#include "model/found_model.h"
#include "office/office.h"
#include "office/report/html.h"
#include "office/roles_office.h"
#include "store/query.h"

#define REPORT_WEEKS     13
#define REPORT_DAY_MS    (24LL * 3600 * 1000)
#define REPORT_FEW       5 /* fewer than this are not counted out, or merged */
#define REPORT_CHECKERS  6 /* tablets on one check */
#define REPORT_QUESTIONS 8

struct report_person {
    const char *label, *role;
};
struct report_room {
    const char *name, *unit;
};
struct report_coverage {
    int minutes[7][24]; /* weekday on which the night began, hour of the clock */
};
struct report_voices {
    int sort[4]; /* praise, idea, worry, complaint; without staff */
    int staff;
};
struct report_check;
struct report_service {
    row_id id;
    const char *code, *name, *setting, *address, *telephone, *file, *actions_file;
    const char *part; /* of its file names */
    int places, people, night_starts, day_starts;
    bool closed, sample;
    bool twin; /* another service has the same code */
    struct report_person *persons;
    int persons_count;
    struct report_room *rooms;
    int rooms_count;
    /* of the last thirteen weeks, filled while its pages are written */
    struct tally questions[REPORT_QUESTIONS];
    struct report_coverage covered;
    struct report_voices voices;
    int64_t left_out; /* actions beyond what is shown of one service */
    int checks, night_checks, open, overdue, overdue_must, verify, verify_must;
    day_no last_night;
};
/* One check: all tablets that worked on it with one join code. */
struct report_check {
    row_id visits[REPORT_CHECKERS];
    int visits_count;
    struct report_service *service;
    int64_t started, ended; /* first start, last leaving */
    int64_t from[REPORT_CHECKERS], until[REPORT_CHECKERS];
    day_no night;
    bool at_night, unannounced, sealed, recent;
    bool clock_wrong; /* its dates come from a clock that was wrong: shown, in no figure */
    const char *form, *code, *reason, *checker, *join_code, *file, *key;
    struct tally questions[REPORT_QUESTIONS];
    int findings, actions;
};
/* One item that was not met on one check of the last thirteen weeks. */
struct report_finding {
    const char *form, *item, *text, *statement;
    const struct report_check *check;
    bool critical;
};
struct report_quote {
    const char *text, *speaker, *sort;
    const struct report_service *service;
    int64_t at;
};
struct report_visit_at {
    row_id visit;
    struct report_check *check;
};
/* One that was erased, and the check it stood in; visit 0: not known any more. */
struct report_erased {
    const struct finding *finding;
    row_id visit;
};
struct folder;
struct forms;
struct report_action;
struct report {
    struct office *o;
    struct journal *j;
    struct audience who;
    const char *only; /* one service's code, NULL all */
    int64_t now, since;
    bool asked;                           /* for that moment, by --as-of */
    const struct findings_model *trouble; /* what is wrong with the records */
    struct report_erased *erased;
    int erased_count;
    struct arena arena, page; /* the whole report; one page, reset for each */
    const struct framework *framework; /* the one in force */
    struct frameworks frameworks;
    struct forms *forms;
    struct folder *folder;
    struct load_context context;
    struct report_service *services;
    int services_count;
    struct report_check *checks; /* by service, newest first */
    int checks_count;
    struct report_visit_at *visits; /* sorted by local number, only to look one up */
    int visits_count;
    struct buf findings;           /* of struct report_finding */
    size_t findings_from;          /* where those of the service under way begin */
    struct buf quotes;             /* of struct report_quote */
    int strangers;                 /* checks whose service has not arrived */
    struct report_action *actions; /* of the service under way */
    int actions_count;
    struct html overdue, verify; /* rows for the page of all actions, grown on the way */
};
#define REPORT_WORD(r, key)     word((r)->o->words, "report." key)
#define REPORT_SAY(r, key, ...) words_say(&(r)->page, (r)->o->words, "report." key, __VA_ARGS__)
/* "report.PREFIX_WORD", or the word itself when a newer Lantern said it; "" for "". */
const char *report_word_of(struct report *r, const char *prefix, const char *said);
const char *report_int(struct report *r, int64_t n);

/* report.c */
/* What is there for this reader: services, checks, forms; for the pages, and for other copies.
 * Whatever comes of it, report_close. */
MUST_CHECK enum status report_prepare(struct report *r);
void report_close(struct report *r);
MUST_CHECK enum status report_write(struct report *r, const char *out, int *pages);
/* list.c: services and checks; names that mean the same in every master */
MUST_CHECK enum status report_list(struct report *r);
const char *report_key(struct report *r, struct arena *a, row_id id);
struct report_check *report_check_of(struct report *r, row_id visit);
/* Shown although it is dated after the report's moment: a wrong clock said so. */
bool report_wrong_date(const struct report *r, row_id row, int64_t at);
bool report_night_hour(const struct report_service *s, int minute_of_day);
/* forms.c */
MUST_CHECK enum status forms_open(struct report *r);
void forms_close(struct report *r);
const struct template *forms_of_visit(void *report, row_id visit);
const char *forms_title(struct report *r, row_id visit, const char *code);
/* audience.c */
const char *audience_text(struct report *r, const struct report_service *s, const char *text);
const char *audience_role(struct report *r, const struct report_service *s, const char *said);
const char *audience_place(struct report *r, const struct report_service *s, const char *name,
                           const char *unit, bool room);
/* says.c: times and answers in words, in the page's arena */
const char *says_when(struct report *r, int64_t ms);
const char *says_day(struct report *r, day_no d);
/* A target in the part's own unit, "28 days". */
const char *says_figure(struct report *r, const struct part *p, int64_t number);
const char *says_value(struct report *r, const struct report_service *s, const struct part *p,
                       const struct answer_value *v, row_id person);
const char *says_counts(struct report *r, const struct tally *t);
const char *says_severity(struct report *r, int severity);
/* frame.c: head and foot of every page, the writing of it */
void frame_begin(struct report *r, struct html *h, const char *title, const char *sub,
                 const struct report_service *under);
MUST_CHECK enum status frame_end(struct report *r, struct html *h, const char *file);
/* check_page.c and its parts */
struct check_part {
    struct report *r;
    struct html *h;
    struct report_check *check;
    const struct found *found;
    row_id visit;
    const char *suffix; /* of ids, for the second checker's part of a page */
};
MUST_CHECK enum status check_page(struct report *r, struct report_check *c);
void check_counts(struct report *r, struct html *h, const struct report_check *c);
MUST_CHECK enum status check_findings(struct check_part *p);
void check_answers(struct check_part *p);
void check_changes(struct check_part *p);
void check_skipped(struct check_part *p);
MUST_CHECK enum status check_how(struct check_part *p);
MUST_CHECK enum status check_rooms(struct check_part *p);
void check_timed(struct check_part *p);
MUST_CHECK enum status check_seen(struct check_part *p);
void check_gather(struct check_part *p); /* check_gather.c: what no walk came to */
MUST_CHECK enum status check_said(struct check_part *p);
MUST_CHECK enum status check_told(struct check_part *p);
MUST_CHECK enum status check_dangers(struct check_part *p);
void check_signed(struct check_part *p);
MUST_CHECK enum status check_proof(struct check_part *p);
/* In SQL: is this row a restricted word or observation, also one that was erased since; which
 * service is it about? */
#define REPORT_SHY(x)                                                                      \
    "(" x ".restricted = 1 OR EXISTS (SELECT 1 FROM erase re WHERE re.\"row\" = " x ".id " \
    "AND re.restricted = 1))"
#define REPORT_RESTRICTED(row)                                                              \
    "(EXISTS (SELECT 1 FROM confidence rc WHERE rc.id = " row                               \
    ") OR EXISTS (SELECT 1 FROM feedback rf WHERE rf.id = " row                             \
    " AND " REPORT_SHY("rf") ") OR EXISTS (SELECT 1 FROM observation ro WHERE ro.id = " row \
                             " AND " REPORT_SHY("ro") "))"
/* Does it hang on what a worker said? Then it goes where their words go. */
#define REPORT_OF_WORKER(row) \
    "EXISTS (SELECT 1 FROM feedback wf WHERE wf.id = " row " AND wf.speaker = 'staff')"
#define REPORT_SERVICE_OF(row)                                        \
    "coalesce((SELECT rf.service FROM feedback rf WHERE rf.id = " row \
    "), (SELECT ro.service FROM observation ro WHERE ro.id = " row "))"
bool report_wants(const struct report *r, row_id service); /* with --service: is it that one */
/* danger_part.c: cards and duties of one check, or (visit 0) those that came from restricted
 * records */
MUST_CHECK enum status danger_duties(struct report *r, struct html *h, row_id visit);
MUST_CHECK enum status danger_cards(struct report *r, struct html *h, row_id visit);
/* pictures.c */
MUST_CHECK enum status pictures_of_check(struct check_part *p);
MUST_CHECK enum status pictures_of_row(struct report *r, struct html *h,
                                       const struct report_service *s, row_id row);
MUST_CHECK enum status pictures_beside(struct check_part *p, const struct evidence_list *list);
/* The recordings of something said that this reader is told of; and where they are played. */
MUST_CHECK enum status pictures_heard(struct report *r, row_id row, struct evidence_list *out);
MUST_CHECK enum status pictures_play(struct report *r, struct html *h,
                                     const struct evidence_list *heard);
MUST_CHECK enum status pictures_restricted(struct report *r, struct html *h);
/* ratings_part.c: what people scored here, under each framework they used; *any: there is some */
MUST_CHECK enum status ratings_part(struct report *r, struct html *h,
                                    const struct report_service *s, bool *any);
/* coverage.c */
void coverage_add(struct report_service *s, const struct report_check *c);
int coverage_hours_of_week(const struct report_service *s);
int coverage_visited(const struct report_coverage *c);
int coverage_minutes(const struct report_coverage *c);
void coverage_table(struct report *r, struct html *h, const struct report_service *s);
const char *coverage_since(struct report *r, day_no last_night);
/* actions.c: a service's actions; their pages */
struct report_action {
    struct action_row row;
    const char *key, *reference, *measure, *baseline, *why, *statement, *area, *item;
    const char *regulations, *raised_by;
    row_id visit, source;
    int severity, times_found;
    bool found_at_night, two_changed, clock_wrong;
    bool source_erased; /* nobody can tell any more whether it was said in confidence */
};
/* Into r->actions; counts them for the service. */
MUST_CHECK enum status actions_read(struct report *r, struct report_service *s);
MUST_CHECK enum status action_steps(struct report *r, struct html *h,
                                    const struct report_service *s, row_id action);
MUST_CHECK enum status action_card(struct report *r, struct html *h,
                                   const struct report_service *s,
                                   const struct report_action *a, const char *heading);
void action_table(struct report *r, struct html *h, const struct report_service *s);
void action_table_open(struct report *r, struct html *h, const char *id, const char *caption,
                       bool with_service);
MUST_CHECK enum status actions_page(struct report *r, struct report_service *s);
MUST_CHECK enum status check_actions(struct check_part *p);
/* said.c */
MUST_CHECK enum status said_count(struct report *r, struct report_service *s);
MUST_CHECK enum status said_list(struct report *r, struct html *h,
                                 const struct report_service *s);
void said_counts(struct report *r, struct html *h, const struct report_voices *v,
                 const char *href);
/* returning.c: what keeps coming back */
void returning_add(struct report *r, struct report_check *c, const struct found *f);
void returning_in(struct report *r, struct html *h, const struct report_service *s);
void returning_across(struct report *r, struct html *h);
/* pages */
MUST_CHECK enum status service_page(struct report *r, struct report_service *s);
MUST_CHECK enum status index_page(struct report *r);
MUST_CHECK enum status all_actions_page(struct report *r);
MUST_CHECK enum status restricted_page(struct report *r);
MUST_CHECK enum status problems_part(struct report *r, struct html *h);
/* erased.c: words that were erased, shown where they stood */
MUST_CHECK enum status report_erased_find(struct report *r);
void check_erased(struct check_part *p);
bool check_has_erased(const struct report *r, row_id visit);
/* check_tally.c: every item once, also when two tablets looked at it */
void tally_check(struct report *r, struct report_check *c, struct found *const found[]);
const char *problems_line(struct report *r);
/* folder.c: written beside, then put in place; what a former report left over goes */
MUST_CHECK enum status folder_open(struct report *r, const char *out);
MUST_CHECK enum status folder_write(struct report *r, const char *name, const void *p,
                                    size_t n);
/* The same, unless it is there: a file named by what is in it. */
MUST_CHECK enum status folder_write_once(struct report *r, const char *name, const void *p,
                                         size_t n);
MUST_CHECK enum status folder_copy(struct report *r, const char *asset, const char *name);
MUST_CHECK enum status folder_finish(struct report *r, int *files);
void folder_close(struct report *r);

#endif
