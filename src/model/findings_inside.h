/* findings_inside.h -- shared by the findings_*.c files only. */
#ifndef MODEL_FINDINGS_INSIDE_H
#define MODEL_FINDINGS_INSIDE_H

#include "model/findings_load.h"
#include "store/query.h"
#include "store/union.h"

#define FINDINGS_MOST             10000 /* beyond it nobody reads on */
#define FINDINGS_SAY(w, key, ...) words_say((w)->a, (w)->c->words, key, __VA_ARGS__)
#define FINDINGS_WORD(w, key)     word((w)->c->words, key)

/* Records of the journal that bear the moment when they were written. One of words in
 * confidence says noon of its day, and so may the salt before it: a date at noon must neither
 * look like a wrong clock nor tell that there is one. */
#define FINDINGS_DATED "kind NOT IN (1, 36)"
_Static_assert(KIND_salt == 1 && KIND_confidence == 36,
               "FINDINGS_DATED names the kinds by their numbers");

struct findings_work {
    const struct load_context *c;
    struct journal *j;
    struct arena *a;
    struct log_info *logs; /* by (log id, branch) */
    size_t logs_count;
    struct buf found; /* of struct finding */
};

/* What the office calls the device of a log, else what it calls itself, else "an unnamed
 * tablet". */
const char *findings_device(struct findings_work *w, const struct log_info *l);
const char *findings_when(struct findings_work *w, int64_t ms); /* "Sun 22 Nov 2026, 02:41" */
const char *findings_int(struct findings_work *w, int64_t n);
bool findings_lacks(const struct log_info *l);  /* has a gap */
bool findings_branch(const struct log_info *l); /* not the trunk */
/* Fills word, device, log and branch of one that is about a log (NULL: none). */
struct finding findings_about(struct findings_work *w, enum finding_sort sort,
                              const struct log_info *l);
void findings_add(struct findings_work *w, const struct finding *f);

/* Each adds what it finds, in the global order. */
MUST_CHECK enum status findings_gaps(struct findings_work *w);
MUST_CHECK enum status findings_forks(struct findings_work *w);
MUST_CHECK enum status findings_clocks(struct findings_work *w);
MUST_CHECK enum status findings_files(struct findings_work *w);
MUST_CHECK enum status findings_numbers(struct findings_work *w);
MUST_CHECK enum status findings_parked(struct findings_work *w);
MUST_CHECK enum status findings_erased(struct findings_work *w);

#endif
