/* propose.h -- which forms to propose now, at most three, each with its reason. Pure.
 *
 * Journey: start_load (what was done here and when) → propose → start screen.
 * By what is due here (a rhythm of the form's, looks again at actions), the hour, and the place one stands in. What is
 * due comes from a form's own rhythm: it is the provider's choice, never law. A form that nobody ever did here is
 * proposed after those that were, and slipped. */
#ifndef CARE_PROPOSE_H
#define CARE_PROPOSE_H

#include "base/clock.h"
#include "care/template.h"

#define PROPOSALS_MOST 3

enum propose_why {
    WHY_NOTHING, /* nothing speaks for it but that one must begin somewhere */
    WHY_WISHED,  /* asked for by name */
    WHY_HOUR,    /* made for this hour */
    WHY_AGAIN,   /* `count` actions are to be looked at again, the first since `day` */
    WHY_PROOF,   /* `count` are said to be done and wait for somebody to see it, since `day` */
    WHY_DUE,     /* due since `day` by its rhythm */
    WHY_TODAY,   /* due today */
    WHY_PLACE,   /* made for the place one stands in */
    WHY_NEVER,   /* has a rhythm, and was not done here yet */
    WHY_USUAL,   /* the one done here most lately */
};
struct propose_form {
    const struct template *form; /* its head is enough */
    bool done;                   /* here, at least once */
    day_no last;                 /* day or night of the last one */
};
struct propose_facts {
    day_no today;
    int minute;          /* of the day, London */
    bool night;          /* the service's night hours */
    const char *setting; /* of the service, "" unknown */
    const char *place;   /* sort of the area one stands in, "" not said */
    const char *wished;  /* a form's code, "" none */
    int again, proof;    /* actions to look at again; said to be done and not yet seen */
    day_no again_since, proof_since;
};
struct proposal {
    int form; /* index */
    enum propose_why why;
    day_no day;
    int count;
};
bool form_fits_setting(const struct template *form, const char *setting);
bool form_fits_hour(const struct template *form, int minute); /* says hours, and this is one of them */
day_no form_due(const struct propose_form *f);                /* 0: no rhythm, or never done */
/* Best first; returns how many. None only when no form is for this service at all. */
int propose(const struct propose_form *forms, int n, const struct propose_facts *f, struct proposal out[PROPOSALS_MOST]);

#endif
