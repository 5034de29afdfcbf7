/* fields.h -- filling plain structs from JSON maps by a table of their fields (inside care
 * only).
 *
 * The first complaint sticks: after it every further call does nothing, so a reader reads from
 * top to bottom and asks once, at the end. Complaints begin with file, line, column and
 * `subject`
 * ("item N07"). Fields that the table does not know are refused. */
#ifndef CARE_FIELDS_H
#define CARE_FIELDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/json.h"

#define TEXT_MOST 300 /* bytes of one text */
#define HELP_MOST 600

struct reading {
    struct json_doc *doc;
    struct arena *memory; /* of what is read */
    enum status bad;
    char subject[64]; /* "item N07", "" for the file itself */
    /* Whoever wants every complaint and not only the first is told each as it comes; then
     * reading goes on where it can, until there are COMPLAINTS_MOST. NULL: nobody. */
    void (*told)(void *ctx, const char *complaint);
    void *ctx;
    int complaints;
    enum status flawed; /* something was wrong, and reading went on */
};
#define COMPLAINTS_MOST 200
/* After one thing was read: may the next one be? Notes in *flawed that this one was wrong. */
bool reading_goes_on(struct reading *r, bool *flawed);

enum field_kind {
    FIELD_ID,    /* const char *: [A-Za-z0-9_-]{1,24} */
    FIELD_TEXT,  /* const char *: at most `most` bytes (0: TEXT_MOST), "" when left out */
    FIELD_BOOL,  /* bool */
    FIELD_INT,   /* int between least and most */
    FIELD_TEXTS, /* const char *const *, and behind `count` an int */
    FIELD_OTHER, /* known by name, read by the caller */
};
struct field {
    const char *name;
    enum field_kind kind;
    size_t offset, count;
    int64_t least, most;
    bool required;
};

/* Notes the first complaint, at `node`. */
void reading_complain(struct reading *r, const json *node, const char *fmt, ...)
    PRINTF_LIKE(3, 4);
/* Makes "SORT ID" the subject of the complaints that follow. */
void reading_subject(struct reading *r, const char *sort, const char *id);
/* Reads a map by its table (ended by a NULL name) into the struct at `out`. */
void reading_fields(struct reading *r, const json *map, const struct field *fields, void *out);
/* The list called `name` in `map`, NULL when it is absent; complains when it is something else,
 * shorter than `least` or longer than `most`. */
const json *reading_list(struct reading *r, const json *map, const char *name, size_t least,
                         size_t most);
/* The schema field says `name`/`version`; another version is STATUS_NEWER. */
void reading_schema(struct reading *r, const json *root, const char *name, int version);

bool is_id(const char *s);
bool is_statement_code(const char *s); /* SAF-S6 */
bool is_regulation_id(const char *s);  /* RA2014-12, RA2014-9A */
bool is_coverage_id(const char *s);    /* SAF-S3/17 */
/* Is `word` one of those in `list`, "a|b|c"? */
bool is_one_of(const char *word, const char *list);

#endif
