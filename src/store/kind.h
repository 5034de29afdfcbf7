/* kind.h -- what can be said: one descriptor a record kind.
 *
 * Journey: act → record → journal → projected table → model → screen, report.
 * A kind is one line in kind_list.h and one file kinds/kind_NAME.c. Its projected table, upsert, body
 * encoding, JSON, CSV, round-trip test and the documentation of the data all come from the columns.
 * Numbers are for ever; columns are only added at the end.
 *
 * Projected table of kind K is called K (see README "the data"):
 *   id INTEGER PRIMARY KEY   the row: packed reference of the record that created it (row_id)
 *   version INTEGER          the record that holds the present version (row_id of that record)
 *   hlc INTEGER              its hybrid clock stamp
 *   at INTEGER, "by" INTEGER wall ms UTC of the present version, and the person who held the tablet
 *   made_at, made_by         the same of the creating record (NULL until it has arrived)
 *   withdrawn INTEGER        1: hidden by its author, history kept
 *   rival INTEGER            a concurrent version that lost, for "two people changed this"; else NULL
 *   …                        the kind's own columns, in order; a NULL is "not said"
 * A kind's own column never has one of those names. */
#ifndef STORE_KIND_H
#define STORE_KIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A row or record: (local number of the log << 40) | seq. 0 = none. Local to one database; on the wire
 * and in hashes it is (log id, seq). */
typedef int64_t row_id;
#define ROW_LOG(id) ((int32_t)((id) >> 40))
#define ROW_SEQ(id) ((int64_t)((id) & 0xFFFFFFFFFFLL))
#define ROW_ID(log, seq) (((row_id)(log) << 40) | (row_id)(seq))

enum column_type {
    COL_TEXT,  /* UTF-8, at most `most` bytes (0: 4,000) */
    COL_WORD,  /* one of the words in `words`, "a|b|c" (an unknown word of a newer Lantern is kept) */
    COL_INT,
    COL_BOOL,
    COL_TIME,  /* ms since 1970 UTC */
    COL_DAY,   /* days since 1970-01-01 */
    COL_REF,   /* a row of kind `to` (NULL: of any kind) */
    COL_HASH,  /* 32 bytes, names a blob */
    COL_BYTES  /* at most `most` bytes (0: 4,000) */
};

struct column {
    const char *name;
    enum column_type type;
    const char *about;  /* one line, for the data's documentation */
    const char *to;     /* COL_REF: kind's name */
    const char *words;  /* COL_WORD */
    uint32_t most;
    bool index;         /* an index on this column in the projected table */
    bool required;      /* a body without it is refused */
    bool bulky;         /* COL_HASH: a photo or recording; its bytes may be freed once the office has them */
};

struct kind {
    const char *name;
    uint16_t number;      /* filled from the list */
    const char *about;
    const struct column *columns; /* ends with a NULL name */
    const char *sealed_by;  /* the COL_REF column to the visit whose seal freezes this row; NULL: never */
    const char *code;       /* reference data: the column that is the row's code (adding it twice writes nothing) */
    bool program;           /* the program's own (salt, checkpoint …): not listed to people */
    bool bulk;              /* many, each of use inside its own check: older ones may come last (load.c) */
    bool confidential;      /* said in confidence: its records bear the day at noon and nobody's name, no pack holds them,
                             * and only provider roles are told that there are any */
};

#define KIND(name, number) KIND_##name = (number),
enum kind_number {
#include "store/kind_list.h"
};
#undef KIND

#define KIND(name, number) extern const struct kind kind_##name;
#include "store/kind_list.h"
#undef KIND

/* All kinds in the list's order; kinds_count of them. `number` is right in these. */
extern const size_t kinds_count;
const struct kind *kind_at(size_t i);
const struct kind *kind_by_number(uint32_t number); /* NULL: unknown, "made by a newer Lantern" */
const struct kind *kind_by_name(const char *name);  /* NULL when there is none */
int kind_column(const struct kind *k, const char *name); /* index, -1 when there is none */
int kind_column_count(const struct kind *k);

enum record_op { OP_CREATE = 0, OP_CHANGE = 1, OP_WITHDRAW = 2 };

#endif
