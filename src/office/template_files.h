/* template_files.h -- forms as files: read by their ending, judged by src/author, written whole
 * or not at all. For the commands of `lantern-office template`. */
#ifndef OFFICE_TEMPLATE_FILES_H
#define OFFICE_TEMPLATE_FILES_H

#include "author/author.h"
#include "office/office.h"

/* A form from a file: a sheet when it ends in .csv, else JSON. What is wrong stands in `p`;
 * STATUS_INVALID then. Anything else is the disk's. */
MUST_CHECK enum status form_file_read(struct office *o, struct problems *p, const char *path,
                                      struct authored *f);
MUST_CHECK enum status form_bytes(const char *path, struct buf *out);
/* The list, a line each: where, what. */
void problems_print(struct office *o, FILE *to, const struct problems *p);
/* Where what is made of `path` goes: beside it with another ending, or to what --out names, a
 * file or a folder. */
const char *form_target(struct office *o, const char *path, const char *out,
                        const char *ending);
/* Whole or not at all; what was there and differs is kept beside it as NAME.old. Says what it
 * did. */
int form_file_write(struct office *o, const char *path, const struct buf *bytes);

/* `template preview`: a paper and pictures. */
int template_preview(struct office *o, int argc, char **argv);

#endif
