/* use.c -- the words by which a form says what it is for. */
#include "care/use.h"

#include "base/text.h"

static const char *const names[USES] = {"check", "meeting", "checklist", "team",  "interview",
                                        "mock",  "pilot",   "private",   "proof", "retest"};

enum form_use form_use(const struct template *t) {
    for (int i = 0; t && i < USES; i++)
        if (text_equal(t->use, names[i])) return (enum form_use)i;
    return USE_CHECK;
}

bool use_at_a_table(enum form_use u) {
    return u != USE_CHECK && !use_of_action(u);
}

bool use_of_action(enum form_use u) {
    return u == USE_PROOF || u == USE_RETEST;
}

bool use_judges(enum form_use u) {
    return u != USE_MEETING && u != USE_TEAM && u != USE_INTERVIEW && u != USE_PILOT &&
           u != USE_PRIVATE;
}

const char *use_name(enum form_use u) {
    return names[u < USES ? u : USE_CHECK];
}
