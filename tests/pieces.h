/* pieces.h -- what the tests share that bring logs in any order: logs cut into pieces,
 * shuffled, carried into other databases. */
#ifndef TESTS_PIECES_H
#define TESTS_PIECES_H

#include "device_hand.h"

static draw dice;

static inline int below(int n) {
    return (int)draw_below(&dice, (uint32_t)n);
}

struct piece {
    struct journal *from;
    struct log_info log;
    int64_t first, last;
};
#define PIECES_MAX 4000
static struct piece pieces[PIECES_MAX];

/* One log in runs of up to so many records, now and then overlapping, after the n that are
 * there. */
static inline size_t cut_log(struct journal *j, const struct log_info *log, int longest,
                             size_t n) {
    for (int64_t at = log->first_seq; at <= log->highest_seq;) {
        int64_t last = at + below(longest);
        if (last > log->highest_seq) last = log->highest_seq;
        assert_true(n < PIECES_MAX);
        pieces[n++] = (struct piece){j, *log, at, last};
        at = last + 1;
        if (below(6) == 0 && at > 3) at -= below(3);
    }
    return n;
}

/* Everything a device wrote itself. */
static inline size_t cut_own(struct journal *j, int longest, size_t n) {
    struct log_info log;
    own_log(j, &log);
    return cut_log(j, &log, longest, n);
}

static inline void shuffle(size_t n) {
    for (size_t i = n; i > 1; i--) {
        size_t k = (size_t)below((int)i);
        struct piece t = pieces[i - 1];
        pieces[i - 1] = pieces[k];
        pieces[k] = t;
    }
}

/* What merging was told on the way. */
struct told {
    int gaps, forks;
};

/* Into a transaction that is open in `to`. */
static inline void carry_piece(struct journal *to, const struct piece *p, struct told *told) {
    struct union_outcome out;
    OK(carry_run(p->from, to, &p->log, p->first, p->last, &out));
    told->gaps += out.gap;
    told->forks += out.fork;
}

/* The first n pieces, a few in each merge. */
static inline void deliver(struct journal *to, size_t n, struct told *told) {
    for (size_t i = 0; i < n;) {
        OK(union_begin(to));
        for (int together = 1 + below(4); together > 0 && i < n; together--)
            carry_piece(to, &pieces[i++], told);
        OK(union_commit(to));
    }
}
#endif
