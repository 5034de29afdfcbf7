/* roles_office.c -- who a copy is for. See roles_office.h; the tables stand in roles_tables.c,
 * the rows are found in roles_rows.c. */
#include "office/roles_office.h"

#include "base/text.h"

static const struct audience audiences[] = {
    {.name = "provider",
     .copy = COPY_PROVIDER,
     .restricted = true,
     .coverage = true,
     .ratings = true,
     .reasons = true,
     .staff_words = true,
     .home_words = true,
     .telephones = true,
     .dangers = true,
     .signatures = true,
     .records = true,
     .photos = true,
     .voices = true},
    {.name = "manager",
     .copy = COPY_MANAGER,
     .ratings = true,
     .reasons = true,
     .home_words = true,
     .telephones = true,
     .dangers = true,
     .signatures = true,
     .photos = true,
     .home = true},
    {.name = "board",
     .copy = COPY_BOARD,
     .coverage = true,
     .ratings = true,
     .dangers = true,
     .signatures = true,
     .records = true},
    {.name = "public", .copy = COPY_PUBLIC, .home = true, .merged = true},
};

bool audience_named(const char *name, struct audience *out) {
    for (size_t i = 0; i < sizeof audiences / sizeof audiences[0]; i++) {
        if (!text_equal(audiences[i].name, name)) continue;
        *out = audiences[i];
        return true;
    }
    return false;
}

int audience_given(struct office *o, const char *name, const char *service,
                   struct audience *out) {
    if (!audience_named(name ? name : "provider", out))
        return office_wrong(o, "report.no_reader", name);
    if (service && text_blank(service)) return office_wrong(o, "office.needs", "--service");
    if (out->copy == COPY_MANAGER && !service)
        return office_wrong(o, "office.needs", "--service");
    return EXIT_DONE;
}
