/* office.h -- what the office's commands share: the master and its keys, words, one way to read options, to fail
 * and to show progress.
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

#define PASSPHRASE_ROOM  1024 /* with its NUL */
#define PASSPHRASE_LEAST 8    /* characters of a new one */

struct office {
    struct arena arena; /* for the whole run */
    struct words *words;
    struct clock clock;
    const char *assets;
    const char *command;  /* name of the command that runs */
    bool json;
    const char *passphrase_file; /* --passphrase-file, which every command knows */
    char passphrase[PASSPHRASE_ROOM]; /* in use; "" none yet. Wiped at the end of the run */
    bool keys_locked;         /* the keys opened last lie under a passphrase */
    const char *keys_refused; /* the key file that did not open, for office_failed */
    int64_t wait_ms;          /* how long office_open waits for another Lantern at work; 0: two seconds */
};

struct option_spec {
    const char *name;   /* "out" for --out; "service+": takes several values, see option_values */
    const char **value; /* takes a value … */
    bool *flag;         /* … or is a flag */
};
/* Sorts argv into options and the rest (*rest, n). EXIT_DONE, or EXIT_USAGE after saying what is wrong. `--`
 * ends options. least and most: how many others there may be (most -1: any). */
int office_options(struct office *o, int argc, char **argv, const struct option_spec *specs, int specs_n, int least,
                   int most, char ***rest, int *n);
/* The values of an option that takes several. */
char **option_values(struct office *o, const char *joined, int *n);
int office_wrong(struct office *o, const char *words_key, const char *what);
/* Says the sentence of a status with its detail, returns the exit status that fits it. */
int office_failed(struct office *o, enum status s);
/* A whole number within limits, and nothing after it. */
bool office_number(const char *text, int64_t least, int64_t most, int64_t *out);
/* How far a clock is off, in words: "3 days", "40 hours". */
char *office_days(struct office *o, int64_t ms);
/* Says a sentence of our own that names `what`; EXIT_REFUSED. */
int office_refused(struct office *o, const char *words_key, const char *what);
/* Opens the master; it has to exist unless `create`. For writing it needs DB.keys: when these lie under a passphrase,
 * it is asked for (passphrase.c). Waits for another Lantern as long as wait_ms says, and says so. */
MUST_CHECK enum status office_open(struct office *o, const char *path, bool create, bool read_only, struct journal **out);
/* The passphrase from --passphrase-file or LANTERN_PASSPHRASE; *any false when there is neither. */
MUST_CHECK enum status passphrase_given(struct office *o, bool *any);
/* The same from one file, or from one variable of the environment; NULL: not that way. */
MUST_CHECK enum status passphrase_read(const char *file, const char *variable, char out[PASSPHRASE_ROOM], bool *any);
/* Asks on the terminal without showing it; STATUS_LOCKED when there is no terminal. */
MUST_CHECK enum status passphrase_ask(const char *question, char out[PASSPHRASE_ROOM]);
/* A new one: asked for twice, with this question of the words. STATUS_USAGE when it is too short, or the two differ. */
MUST_CHECK enum status passphrase_ask_new(struct office *o, const char *question, char out[PASSPHRASE_ROOM]);
MUST_CHECK enum status passphrase_fits(struct office *o, const char *passphrase);
/* A file of a secret's own: new, for one person alone (0600), never over an old one, on the disk or not at all. */
MUST_CHECK enum status office_secret_file(struct office *o, const char *path, const struct buf *text);
/* The service of a code. STATUS_NOT_FOUND: there is none. */
MUST_CHECK enum status office_service(struct journal *j, const char *code, row_id *out);

/* A progress bar on standard error when it is a terminal and the work is longer than a second; done clears it. */
void office_progress(struct office *o, const char *what, double part);
void office_progress_done(struct office *o);
#define OFFICE_WORD(o, key) word((o)->words, key)
#define OFFICE_SAY(o, key, ...) words_say(&(o)->arena, (o)->words, key, __VA_ARGS__)

#define COMMAND(name) int office_##name(struct office *o, int argc, char **argv);
#include "office/command_list.h"
#undef COMMAND

#endif
