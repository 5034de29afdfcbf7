/* findings_model.h -- what is wrong with the records, or was done to them, in words: which
 * tablet, since when, and what puts it right. The same list for verify and for the report.
 *
 * The list is in one order everywhere (sort, then the global order of logs and records, never a
 * local number), and says the same whatever was merged first. What only sync can know (what the
 * office calls a tablet, whose clock was noticed to be wrong) comes in through
 * `struct findings_known`, which the office fills. */
#ifndef MODEL_FINDINGS_MODEL_H
#define MODEL_FINDINGS_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct findings_device {
    uint8_t key[32];
    const char *name; /* what the office calls it */
};
/* Noticed when a bundle was merged; of each device the newest. When that was, and what the
 * clock said then, depends on when somebody merged: only verify tells it, see `lines`. */
struct findings_clock {
    uint8_t key[32];
    const char *name;
    int64_t off_ms;           /* + ahead, − behind */
    int64_t seen_at, made_at; /* the office's time; what the tablet's clock said */
    int64_t right_at;         /* a later bundle showed it right again, 0 not yet */
};
/* Enrolled, and nothing of it has come. */
struct findings_silent {
    const char *name;
    int32_t day; /* of the enrolment */
};
struct findings_known {
    const struct findings_device *devices;
    size_t devices_count;
    const struct findings_clock *clocks;
    size_t clocks_count;
    const struct findings_silent *silent;
    size_t silent_count;
};

enum finding_sort {
    FINDING_GAP,    /* records between others, or before them, have not arrived */
    FINDING_FORK,   /* two histories under one name */
    FINDING_CLOCK,  /* more than a day wrong */
    FINDING_FILES,  /* named by a record, bytes not here */
    FINDING_NUMBER, /* actions that bear the same number, as after a fork */
    FINDING_SILENT, /* an enrolled tablet that has sent nothing yet */
    FINDING_NEWER,  /* kinds of record that only a newer Lantern knows */
    FINDING_PARKED, /* records of a tablet beyond what is trusted */
    FINDING_ERASED,
    FINDING_SORTS
};

struct finding {
    enum finding_sort sort;
    const char *word;         /* "gap", "fork" …, for programs */
    const char *device;       /* whose records; of erasures, who wrote what is gone */
    const char *log, *branch; /* hex; "" when it is about no single log */
    int64_t first, last;      /* gap: seqs that lack; first 0: not known where it begins */
    int64_t from, until;      /* gap: at of the records on both sides, 0 none; clock: of its
                                     oldest and newest record; else since, until */
    int64_t count;            /* records, files, versions, histories */
    const char *why;          /* parked, erased: in somebody's words, else "" */
    int64_t row;              /* erased: which; local, never to order by; else 0 */
    const char *kind;         /* erased: of what kind the row was, "" a newer Lantern's */
    bool shy;                 /* erased: may have been in confidence: told with a date only */
    bool wrong;               /* to be put right; else only told */
    bool heals;               /* by itself, when what lacks arrives */
    const char *says;         /* one or two sentences */
    const char *const *lines; /* fork: each history in a line; clock: how it was noticed */
    size_t lines_count;
    const char *cure; /* "" when there is nothing to do */
};

/* A log whose device was once noticed with a wrong clock. */
struct findings_wrong {
    int32_t no; /* local number: to look a row up, never to order by */
    bool ahead; /* else behind */
};
struct findings_model {
    const struct finding *all;
    size_t count;
    int wrong;            /* how many of them */
    int tablets, lacking; /* that wrote something; of these, with a gap */
    int64_t newest;       /* newest `at` received that can be believed; 0: nothing is here */
    int64_t beyond;       /* records dated later by a clock that was ahead */
    const struct findings_wrong *wrongs;
    size_t wrongs_count;
};

#endif
