/* confidence.h -- what stands in the box of a record of kind confidence: JSON, written on the tablet, read by the office
 * with the reader's key. Rules: PEOPLE.md, Someone who is afraid. No SQL, no keys here. */
#ifndef CARE_CONFIDENCE_H
#define CARE_CONFIDENCE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/status.h"

#define CONFIDENCE_BYTES_MAX 48000 /* of the JSON; a longer text is refused whole */
#define CONFIDENCE_SAID_MOST 64    /* prompts of one talk */

/* What was said to one prompt of the guide. None NULL when read. */
struct confidence_said {
    const char *prompt;   /* its id */
    const char *question; /* as it was asked */
    const char *text;     /* in their own words, "" none */
    const char *list;     /* small answers as care/said.h says */
    const char *marks;    /* the same in plain words */
};
struct confidence {
    const char *about;        /* staff_said | worker_conduct */
    const char *service;      /* code */
    const char *service_name;
    const char *checker;      /* role of who wrote it down */
    const char *role;         /* of who spoke, if they want it said; "" not */
    const char *text;
    const char *answer_how;   /* a safe way to answer; "" none asked for */
    const char *statement;
    const char *from, *until, *break_asked, *they_said, *witness; /* conduct; "" not said */
    int severity;             /* 0 not said; 4 danger now */
    day_no day;
    const struct confidence_said *said; /* prompt by prompt */
    int said_count;
};
MUST_CHECK enum status confidence_write(const struct confidence *c, struct buf *out);
/* Unknown members are ignored; STATUS_INVALID for what is no such JSON. Texts in `a`, never NULL. */
MUST_CHECK enum status confidence_read(struct arena *a, const void *p, size_t n, struct confidence *out);

#endif
