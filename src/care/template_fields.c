/* template_fields.c -- which fields a form's JSON has: one table for each struct of template.h.
 * What each of them means to an author stands in assets/templates/README.md. */
#include "care/template_read.h"

#define AT(type, member) offsetof(struct type, member)
#define TEXTS_OF(type, json, member, limit)                            \
    {                                                                  \
        .name = json, .kind = FIELD_TEXTS, .offset = AT(type, member), \
        .count = AT(type, member##_count), .most = limit               \
    }

const struct field template_root_fields[] = {
    {.name = "schema", .kind = FIELD_OTHER, .required = true},
    {.name = "code", .kind = FIELD_ID, .offset = AT(template, code), .required = true},
    {.name = "version",
     .kind = FIELD_INT,
     .offset = AT(template, version),
     .least = 1,
     .most = 1000000,
     .required = true},
    {.name = "title", .kind = FIELD_TEXT, .offset = AT(template, title), .required = true},
    {.name = "about", .kind = FIELD_TEXT, .offset = AT(template, about)},
    {.name = "framework",
     .kind = FIELD_ID,
     .offset = AT(template, framework),
     .required = true},
    {.name = "night", .kind = FIELD_BOOL, .offset = AT(template, night)},
    {.name = "guide", .kind = FIELD_BOOL, .offset = AT(template, guide)},
    {.name = "speaker", .kind = FIELD_TEXT, .offset = AT(template, speaker)},
    {.name = "use", .kind = FIELD_TEXT, .offset = AT(template, use), .most = 24},
    {.name = "who", .kind = FIELD_TEXT, .offset = AT(template, who), .most = 120},
    {.name = "often", .kind = FIELD_TEXT, .offset = AT(template, often), .most = 120},
    {.name = "everyDays", .kind = FIELD_INT, .offset = AT(template, every_days), .most = 730},
    {.name = "hours", .kind = FIELD_OTHER},
    TEXTS_OF(template, "places", places, 12),
    TEXTS_OF(template, "settings", settings, 8),
    {.name = "lengths", .kind = FIELD_OTHER, .required = true},
    {.name = "modules", .kind = FIELD_OTHER},
    {.name = "sections", .kind = FIELD_OTHER, .required = true},
    {.name = NULL},
};

const struct field template_length_fields[] = {
    {.name = "id", .kind = FIELD_ID, .offset = AT(form_length, id), .required = true},
    {.name = "title", .kind = FIELD_TEXT, .offset = AT(form_length, title), .required = true},
    {.name = "minutes",
     .kind = FIELD_INT,
     .offset = AT(form_length, minutes),
     .least = 1,
     .most = 600,
     .required = true},
    {.name = "modules",
     .kind = FIELD_INT,
     .offset = AT(form_length, modules),
     .least = -1,
     .most = MODULES_MOST},
    {.name = NULL},
};

const struct field template_module_fields[] = {
    {.name = "id", .kind = FIELD_ID, .offset = AT(module, id), .required = true},
    {.name = "title", .kind = FIELD_TEXT, .offset = AT(module, title), .required = true},
    {.name = "minutes",
     .kind = FIELD_INT,
     .offset = AT(module, minutes),
     .least = 1,
     .most = 600,
     .required = true},
    {.name = NULL},
};

const struct field template_section_fields[] = {
    {.name = "id", .kind = FIELD_ID, .offset = AT(section, id), .required = true},
    {.name = "title", .kind = FIELD_TEXT, .offset = AT(section, title), .required = true},
    {.name = "about", .kind = FIELD_TEXT, .offset = AT(section, about)},
    {.name = "minutes", .kind = FIELD_INT, .offset = AT(section, minutes), .most = 600},
    {.name = "repeats", .kind = FIELD_BOOL, .offset = AT(section, repeats)},
    {.name = "repeatMost", .kind = FIELD_INT, .offset = AT(section, repeat_most), .most = 60},
    {.name = "repeatOf", .kind = FIELD_TEXT, .offset = AT(section, repeat_of), .most = 24},
    {.name = "items", .kind = FIELD_OTHER, .required = true},
    {.name = NULL},
};

#define TEXTS(json, member, limit) TEXTS_OF(item, json, member, limit)

const struct field template_item_fields[] = {
    {.name = "id", .kind = FIELD_ID, .offset = AT(item, id), .required = true},
    {.name = "text", .kind = FIELD_TEXT, .offset = AT(item, text), .required = true},
    {.name = "help", .kind = FIELD_TEXT, .offset = AT(item, help), .most = HELP_MOST},
    {.name = "module", .kind = FIELD_ID, .offset = AT(item, module), .required = true},
    {.name = "required", .kind = FIELD_BOOL, .offset = AT(item, required)},
    {.name = "critical", .kind = FIELD_BOOL, .offset = AT(item, critical)},
    {.name = "asksWorker", .kind = FIELD_BOOL, .offset = AT(item, asks_worker)},
    {.name = "takesBoth", .kind = FIELD_BOOL, .offset = AT(item, takes_both)},
    {.name = "nightOnly", .kind = FIELD_BOOL, .offset = AT(item, night_only)},
    {.name = "statement", .kind = FIELD_TEXT, .offset = AT(item, statement), .required = true},
    TEXTS("statements", statements, 12),
    TEXTS("regulations", regulations, 12),
    TEXTS("catches", catches, 24),
    TEXTS("settings", settings, 8),
    {.name = "evidence", .kind = FIELD_TEXT, .offset = AT(item, evidence), .required = true},
    {.name = "goodLooksLike", .kind = FIELD_TEXT, .offset = AT(item, good_looks_like)},
    {.name = "measure", .kind = FIELD_TEXT, .offset = AT(item, measure)},
    {.name = "ownerRole", .kind = FIELD_TEXT, .offset = AT(item, owner_role)},
    {.name = "lane", .kind = FIELD_TEXT, .offset = AT(item, lane)},
    TEXTS("phrases", phrases, 8),
    {.name = "since",
     .kind = FIELD_INT,
     .offset = AT(item, since),
     .least = 1,
     .most = 1000000},
    {.name = "followUp", .kind = FIELD_TEXT, .offset = AT(item, follow_up)},
    {.name = "simple", .kind = FIELD_TEXT, .offset = AT(item, simple), .most = 60},
    {.name = "picture", .kind = FIELD_TEXT, .offset = AT(item, picture), .most = 24},
    {.name = "when", .kind = FIELD_OTHER},
    {.name = "whenAny", .kind = FIELD_OTHER},
    {.name = "parts", .kind = FIELD_OTHER},
    {.name = "answer", .kind = FIELD_OTHER},
    {.name = NULL},
};

const struct field template_part_fields[] = {
    {.name = "id", .kind = FIELD_OTHER},
    {.name = "text", .kind = FIELD_TEXT, .offset = AT(part, text)},
    {.name = "kind", .kind = FIELD_OTHER, .required = true},
    {.name = "unit", .kind = FIELD_TEXT, .offset = AT(part, unit), .most = 24},
    {.name = "least", .kind = FIELD_OTHER},
    {.name = "most", .kind = FIELD_OTHER},
    {.name = "of", .kind = FIELD_INT, .offset = AT(part, of), .most = 100},
    {.name = "choices", .kind = FIELD_OTHER},
    {.name = "target", .kind = FIELD_TEXT, .offset = AT(part, target), .most = 24},
    {.name = "default", .kind = FIELD_OTHER},
    {.name = "defaultHigh", .kind = FIELD_OTHER},
    {.name = "rule", .kind = FIELD_OTHER},
    {.name = NULL},
};

const struct field template_choice_fields[] = {
    {.name = "id", .kind = FIELD_ID, .offset = AT(choice, id), .required = true},
    {.name = "text", .kind = FIELD_TEXT, .offset = AT(choice, text), .required = true},
    {.name = "bad", .kind = FIELD_BOOL, .offset = AT(choice, bad)},
    {.name = "good", .kind = FIELD_BOOL, .offset = AT(choice, good)},
    {.name = NULL},
};

const struct field template_when_fields[] = {
    {.name = "item", .kind = FIELD_ID, .offset = AT(condition, item), .required = true},
    {.name = "part", .kind = FIELD_TEXT, .offset = AT(condition, part), .most = 24},
    {.name = "is", .kind = FIELD_OTHER},
    {.name = "isNot", .kind = FIELD_OTHER},
    {.name = "atLeast", .kind = FIELD_OTHER},
    {.name = "atMost", .kind = FIELD_OTHER},
    {.name = NULL},
};
