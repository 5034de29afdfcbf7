/* office.h -- what the office's commands share: the master, words, one way to read options, to fail and to show
 * progress.
 *
 * Exit status: 0 done; 1 wrong use; 2 something was refused or found wrong (the rest was done);
 * 3 the database or the disk failed. Results on standard output, everything else on standard error. */
#ifndef OFFICE_OFFICE_H
#define OFFICE_OFFICE_H

#include "base/clock.h"
#include "base/words.h"
#include "care/framework.h"
#include "store/journal.h"

enum { EXIT_DONE = 0, EXIT_USAGE = 1, EXIT_REFUSED = 2, EXIT_FAILED = 3 };

struct office {
    struct arena arena; /* for the whole run */
    struct words *words;
    struct clock clock;
    const char *assets;
    const char *command;  /* name of the command that runs */
    bool json;
};

struct option_spec {
    const char *name;   /* "out" for --out */
    const char **value; /* takes a value … */
    bool *flag;         /* … or is a flag */
};
/* Sorts argv into options and the rest (*rest, n). EXIT_DONE, or EXIT_USAGE after saying what is wrong. `--`
 * ends options. least and most: how many others there may be (most -1: any). */
int office_options(struct office *o, int argc, char **argv, const struct option_spec *specs, int specs_n, int least,
                   int most, char ***rest, int *n);
int office_wrong(struct office *o, const char *words_key, const char *what);
/* Says the sentence of a status with its detail, returns the exit status that fits it. */
int office_failed(struct office *o, enum status s);
/* Opens the master; it has to exist unless `create`. */
MUST_CHECK enum status office_open(struct office *o, const char *path, bool create, bool read_only, struct journal **out);
/* A progress bar on standard error when it is a terminal and the work is longer than a second; done clears it. */
void office_progress(struct office *o, const char *what, double part);
void office_progress_done(struct office *o);
#define OFFICE_WORD(o, key) word((o)->words, key)
#define OFFICE_SAY(o, key, ...) words_say(&(o)->arena, (o)->words, key, __VA_ARGS__)

#define COMMAND(name) int office_##name(struct office *o, int argc, char **argv);
#include "office/command_list.h"
#undef COMMAND

#endif
