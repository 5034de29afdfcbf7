/* query.h -- reading the projected tables, for models and the office. No database header leaks out.
 *
 *   struct query q;
 *   for (query_open(&q, j, "SELECT id, name FROM area WHERE service = ?1 AND withdrawn = 0 ORDER BY position", 1, service);
 *        query_next(&q);)
 *       use(query_int(&q, 0), query_text(&q, 1, arena));
 *   return query_close(&q);
 *
 * Statements are cached by their text, so the text must be a literal or live as long as the journal.
 * Words of SQL that are column names are quoted: "by", "to", "of", "list", "left". Ordering must not
 * depend on local numbers: order by what people see, then hlc, then lantern_order(id), a function that
 * gives the global (log id, branch, seq) of a row as bytes. */
#ifndef STORE_QUERY_H
#define STORE_QUERY_H

#include "store/journal.h"

struct query {
    struct journal *j;
    void *stmt;
    enum status status;
};

void query_open(struct query *q, struct journal *j, const char *sql, int n_ints, ...); /* int64_t parameters ?1… */
void query_bind_text(struct query *q, int parameter, const char *s); /* after open, before next */
void query_bind_bytes(struct query *q, int parameter, const void *p, size_t n); /* such as a hash */
bool query_next(struct query *q);             /* false at the end or on failure; then see query_close */
enum status query_close(struct query *q);
bool query_null(const struct query *q, int col);
int64_t query_int(const struct query *q, int col);       /* 0 for NULL */
char *query_text(const struct query *q, int col, struct arena *a); /* "" for NULL; NUL-terminated copy */
const void *query_bytes(const struct query *q, int col, size_t *n); /* valid until next */
/* First column of the first row, or the fallback. */
int64_t query_one_int(struct journal *j, int64_t fallback, const char *sql, int n_ints, ...);

#endif
