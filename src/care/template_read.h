/* template_read.h -- what the files of the form reader share (inside care only).
 *
 * template_read.c walks the JSON, template_head.c reads no further than a list of forms needs,
 * template_part.c reads one part of an item, template_check.c
 * says what must hold of an item once it is read, template_fields.c has the tables. */
#ifndef CARE_TEMPLATE_READ_H
#define CARE_TEMPLATE_READ_H

#include "care/fields.h"
#include "care/template.h"

#define MODULES_MOST   30
#define LENGTHS_MOST   3
#define CONDITIONS_MAX 8
#define REPEAT_OF      "rooms|records|staff|people|calls|shifts|talks"

extern const struct field template_root_fields[], template_length_fields[],
    template_module_fields[], template_section_fields[], template_item_fields[],
    template_part_fields[], template_choice_fields[], template_when_fields[];

/* Everything of a form but its sections. */
void template_read_head(struct reading *r, struct template *t);
/* Reads one entry of "parts". */
void template_read_part(struct reading *r, const json *map, struct part *p);
/* Reads "when" or "whenAny"; the items before this one are there already. */
void template_read_when(struct reading *r, const json *map, const struct template *t,
                        struct item *i);
/* "hours": {"from": "22:00", "to": "06:30"}, the uses and the places of a form. */
void template_check_root(struct reading *r, const json *root, struct template *t);
/* What must hold of an item, beyond the shape of its fields. */
void template_check_item(struct reading *r, const json *map, const struct template *t,
                         const struct item *i);
/* A number in its natural unit (degrees, minutes) as the answer's unit: thousandths, ms or
 * whole. */
bool template_number(struct reading *r, const json *v, const char *name, enum part_kind kind,
                     int64_t *out);

#endif
