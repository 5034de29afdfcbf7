/* tablet_pack.h -- one pack for one tablet: what it may read, and what it needs of others.
 *
 * A pack carries the office's own logs whole, since a chain with holes proves nothing; but the
 * words of rows that belong to other services stay here. */
#ifndef OFFICE_TABLET_PACK_H
#define OFFICE_TABLET_PACK_H

#include "office/office.h"
#include "sync/bundle.h"

struct tablet_pack {
    const char *path;     /* of the file */
    const char *tablet;   /* its name, may be NULL */
    const char *services; /* codes with a space between; "" all */
    const uint8_t *seal_to;
    const char *code;
    const uint8_t *token;
};
struct belonging;
MUST_CHECK enum status tablet_pack_write(struct office *o, struct journal *j,
                                         const struct belonging *b,
                                         const struct tablet_pack *want,
                                         struct export_summary *out);

/* Which service each row of the office's own logs belongs to, by the kinds' descriptors: a
 * column that names a service says it; else the first column that names a row which belongs to
 * one. A row that moved has belonged to several. Found once, asked for every tablet. */
MUST_CHECK enum status belonging_find(struct office *o, struct journal *j,
                                      struct belonging **out);
/* Rows none of whose versions ever belonged to one of the services ("" all), ascending; and
 * those of kinds that no tablet gets: what was said in confidence, and access. In `a`. */
void belonging_withheld(const struct belonging *b, struct arena *a, const char *services,
                        row_id **out, size_t *n);

#endif
