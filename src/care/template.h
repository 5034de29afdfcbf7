/* template.h -- a form as data: sections, items, parts. No SQL, no SDL.
 *
 * Journey: assets/templates/CODE.json (or a pack's blob) → template_read → walk screen, rules, report.
 * The JSON's shape is described in assets/templates/README.md; the validator's messages have line and column.
 * Everything a template points to lives in the template; template_close frees it all. */
#ifndef CARE_TEMPLATE_H
#define CARE_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

#define TEMPLATE_BYTES_MAX (8 * 1024 * 1024)
#define TEMPLATE_ITEMS_MAX 5000
#define TEMPLATE_SECTIONS_MAX 200
#define PARTS_MAX 8
#define CHOICES_MAX 16

enum part_kind {
#define PART(NAME, name, column) PART_##NAME,
#include "care/part_list.h"
#undef PART
    PART_KINDS
};
const char *part_kind_name(enum part_kind k);   /* as in templates: "met" */
const char *part_kind_column(enum part_kind k); /* of the answer record */

struct choice {
    const char *id, *text;
    bool bad;           /* choosing it is a finding (opens "What did you see?") */
    bool good;          /* of a tally: what one hopes to see; neither is neutral */
};
enum target_rule { TARGET_NONE, TARGET_AT_MOST, TARGET_AT_LEAST, TARGET_BETWEEN };
struct part {
    const char *id;      /* "" for an item of one part */
    const char *text;    /* the part's own question, "" when the item's says it */
    enum part_kind kind;
    const char *unit;    /* shown after a number */
    int64_t least, most; /* bounds in the stored unit (thousandths; ms; whole for counts) */
    bool bounded;
    int of;              /* x_of_y: usual number looked at, 0 open; draw: how many to draw */
    const struct choice *choices;
    int choices_count;
    const char *target;  /* name of the service's target, "" none */
    int64_t target_default, target_default_high; /* in thousandths; the provider's own choice, not law */
    enum target_rule rule;
};
struct condition {       /* shown only when another part has that answer */
    const char *item, *part;
    const char *is;      /* word, NULL: see at_least */
    const char *is_not;
    int64_t at_least, at_most; /* inclusive; in the part's stored unit */
    bool by_number;
};
struct item {
    const char *id, *text, *help;
    const char *module;          /* "core" or a module's id */
    bool required, critical, asks_worker, takes_both, night_only;
    const char *statement;       /* main quality statement, "SAF-S6" */
    const char *const *statements; int statements_count;
    const char *const *regulations; int regulations_count; /* "RA2014-18" */
    const char *const *catches; int catches_count;         /* coverage ids */
    const char *const *settings; int settings_count;       /* empty: all */
    const char *evidence;
    const char *good_looks_like, *measure, *owner_role, *lane;
    const char *const *phrases; int phrases_count;         /* one-tap words for "What did you see?" */
    const struct condition *when; int when_count; /* 0: always asked */
    bool when_any;               /* one of them is enough; else all must hold */
    const struct part *parts; int parts_count;
    int since;
    int section;                 /* index */
    const char *follow_up;       /* guides: a probe, shown when the talk turns that way */
    const char *simple, *picture; /* guides: a few large words and a picture's name, for a card */
};
struct section {
    const char *id, *title, *about;
    int minutes;                 /* planned */
    bool repeats;                /* once for each of `repeat_of` */
    int repeat_most;
    const char *repeat_of;       /* rooms | records | staff | people | calls | shifts | talks */
    int first_item, items_count; /* run in template.items */
};
struct module {
    const char *id, *title;
    int minutes;
};
struct form_length {
    const char *id, *title;      /* core, standard, full */
    int minutes, modules;        /* how many rotating modules besides core; -1 all */
};
struct template {
    const char *code, *title, *about, *framework;
    int version;
    bool night, guide;           /* guide: a conversation guide, prompts one at a time */
    const char *speaker;         /* guides: which speaker it is for */
    const char *use;             /* check | meeting | checklist | team | interview | mock | pilot | private | proof | retest */
    const char *who, *often;     /* who does it, how often, in words; may be "" */
    int every_days;              /* due again after so many days, 0 no rhythm */
    int from_min, to_min;        /* hours it is meant for, minutes after midnight; both 0: any */
    const char *const *places; int places_count;     /* sorts of area where it is proposed */
    const char *const *settings; int settings_count; /* services it is for, empty: all */
    struct section *sections; int sections_count;
    struct item *items; int items_count;
    struct module *modules; int modules_count;
    struct form_length *lengths; int lengths_count;
    int *by_id, slots;                  /* open addressing: index of an item + 1; slots is a power of two */
    const char *json; size_t json_size; /* the exact bytes, to be kept as a blob */
    struct arena memory, rest;          /* rest: of what template_fill read */
};

/* Validates whole; on failure nothing is kept and status_detail() reads "NIGHT.json: line 12, column 7: …". */
MUST_CHECK enum status template_read(struct template **out, const char *name, const char *json, size_t n);
MUST_CHECK enum status template_load(struct template **out, const char *path);
/* Every complaint about it, each told as it comes; the status of the last, STATUS_OK: there is none. */
MUST_CHECK enum status template_problems(const char *name, const char *json, size_t n,
                                         void (*told)(void *ctx, const char *complaint), void *ctx);
/* Only the head: what a list of forms shows. sections, items and json are NULL, sections_count and items_count are there.
 * Some hundred times faster than reading it whole, for a form that was read whole once and is known to hold; what does
 * not look right at a glance is read whole, and complained of as above. */
MUST_CHECK enum status template_head(struct template **out, const char *name, const char *json, size_t n);
/* Reads the rest of a head from the same bytes. What was pointed to stays where it is; on failure it stays a head. */
MUST_CHECK enum status template_fill(struct template *head, const char *name, const char *json, size_t n);
void template_close(struct template *t);
const struct item *template_item(const struct template *t, const char *id); /* NULL when absent */
const struct part *item_part(const struct item *i, const char *id);         /* NULL when absent */
/* Asked once for every room, and not for every record, worker, call … */
bool section_of_rooms(const struct section *s);

#endif
