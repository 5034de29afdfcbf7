/* html.h -- writes one page of the report: every text escaped, tags only from our own code.
 *
 * Journey: a page file asks the models, says what it found through these functions, folder.c
 * writes the bytes. Nothing that a person typed reaches the page but through html_text. */
#ifndef OFFICE_REPORT_HTML_H
#define OFFICE_REPORT_HTML_H

#include "base/buf.h"

struct html {
    struct buf out;
};
struct html_column {
    const char *label;
    const char *css; /* "n" for numbers; NULL none */
};

void html_raw(struct html *h, const char *markup); /* literals of ours only */
void html_text(struct html *h, const char *s); /* escaped; control characters are replaced */
void html_open(struct html *h, const char *tag, const char *css);
void html_open_id(struct html *h, const char *tag, const char *css, const char *id);
void html_close(struct html *h, const char *tag);
/* A whole element; nothing at all when the text is blank. */
void html_say(struct html *h, const char *tag, const char *css, const char *text);
void html_link(struct html *h, const char *css, const char *href, const char *text);
/* An opened table with its caption and head, in the body. */
void html_table(struct html *h, const char *id, const char *caption,
                const struct html_column *columns, int n);
void html_table_of(struct html *h, const char *css, const char *id, const char *caption,
                   const struct html_column *columns, int n);
void html_table_end(struct html *h);
void html_cell(struct html *h, const char *css, const char *text);
void html_cell_link(struct html *h, const char *css, const char *href, const char *text);
void html_row_head(struct html *h, const char *href, const char *text);
/* One line of a list of facts (dt, dd); nothing when the text is blank. */
void html_fact(struct html *h, const char *term, const char *text);

#endif
