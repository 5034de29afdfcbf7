/* reference.h -- reference data from a file into the journal: provider, services, areas,
 * people, targets, contacts.
 *
 * Used by `lantern-office add` and by the tablet's sample. Shape: assets/sample/README.md. A
 * row whose code (or, where a kind has none, whose service and name) is known is changed, and
 * nothing is written when nothing differs: adding the same file twice writes nothing. A
 * provider that is real stays so, even when a file calls it a sample. Refused whole: a message
 * with file, line and column, nothing written. */
#ifndef MODEL_REFERENCE_H
#define MODEL_REFERENCE_H

#include "store/journal.h"

#define REFERENCE_BYTES_MAX (8 * 1024 * 1024)
/* provider.lockMinutes: a tablet that nobody touches locks after so many minutes. */
#define REFERENCE_LOCK_LEAST 1
#define REFERENCE_LOCK_MOST  60

struct reference_summary {
    int services, areas, people, targets, contacts, templates, written, same;
};
MUST_CHECK enum status reference_add_json(struct journal *j, const char *name, const char *text,
                                          size_t n, struct reference_summary *out);
/* RFC 4180, UTF-8, first line names the columns; the kind is named by a column "kind" or by the
 * file name (areas.csv, people.csv, targets.csv, contacts.csv, services.csv); rows name their
 * service by code. */
MUST_CHECK enum status reference_add_csv(struct journal *j, const char *name, const char *text,
                                         size_t n, struct reference_summary *out);
/* By the file's ending; also a template JSON (its schema says so), kept as a blob with a
 * template record. */
MUST_CHECK enum status reference_add_file(struct journal *j, const char *path,
                                          struct reference_summary *out);

#endif
