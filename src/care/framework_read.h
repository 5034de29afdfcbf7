/* framework_read.h -- what the files of the framework reader share (inside care only).
 *
 * framework.c walks questions, statements and regulations; framework_rules.c reads the rules
 * that lead from scores to ratings and says what must hold of them together. */
#ifndef CARE_FRAMEWORK_READ_H
#define CARE_FRAMEWORK_READ_H

#include "care/fields.h"
#include "care/framework.h"

/* The fields of a struct rule that lies `base` bytes into what is read. */
#define RULE_AT(base, member) ((base) + offsetof(struct rule, member))
#define RULE_FIELDS(base)                                                                      \
    {.name = "id", .kind = FIELD_ID, .offset = RULE_AT(base, id), .required = true},           \
        {.name = "text", .kind = FIELD_TEXT, .offset = RULE_AT(base, text), .required = true}, \
        {.name = "status", .kind = FIELD_TEXT, .offset = RULE_AT(base, status)},               \
        {.name = "caveat",                                                                     \
         .kind = FIELD_TEXT,                                                                   \
         .offset = RULE_AT(base, caveat),                                                      \
         .most = HELP_MOST},                                                                   \
        {.name = "sources",                                                                    \
         .kind = FIELD_TEXTS,                                                                  \
         .offset = RULE_AT(base, sources),                                                     \
         .count = RULE_AT(base, sources_count),                                                \
         .most = SOURCES_OF_ONE},                                                              \
    {                                                                                          \
        .name = "own", .kind = FIELD_BOOL, .offset = RULE_AT(base, own)                        \
    }
#define SOURCES_OF_ONE 12

/* "sources", "ratings", "scale" and "categories": what the rest refers to. */
void framework_read_names(struct reading *r, struct framework *f, const json *root);
/* "bands", "rules", "limiters", "aggregation", "circumstances", "rounding", and what must hold
 * of them together. The questions are there already. */
void framework_read_rules(struct reading *r, struct framework *f, const json *root);
/* Status and sources of something that says where it comes from. */
void framework_check_source(struct reading *r, const struct framework *f, const json *map,
                            const struct rule *rule);

#endif
