/* memory.c -- SQLite's memory is wiped when it is given back.
 *
 * Journey: a tablet that locks closes its journal. The tables that people's words were
 * projected to lay in memory only, page by page, and would lie there, free, until something
 * else wants the room. Nothing else in the store keeps so much for so long. */
#include <string.h>

#include "store/inside.h"

/* SQLite's own; set once, before anything of SQLite runs. */
static sqlite3_mem_methods own;

static void wipe_free(void *p) {
    if (!p) return;
    explicit_bzero(p, (size_t)own.xSize(p));
    own.xFree(p);
}

/* What the system would leave behind when it moves something is wiped too. */
static void *wipe_realloc(void *p, int n) {
    int had = own.xSize(p);
    if (n <= had && n > had / 2) return p;
    void *to = own.xMalloc(n);
    if (!to) return NULL;
    memcpy(to, p, (size_t)(had < n ? had : n));
    wipe_free(p);
    return to;
}

void journal_wipes_memory(void) {
    sqlite3_mem_methods ours;
    if (own.xFree || sqlite3_config(SQLITE_CONFIG_GETMALLOC, &own) != SQLITE_OK) return;
    ours = own;
    ours.xFree = wipe_free;
    ours.xRealloc = wipe_realloc;
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &ours) == SQLITE_OK) return;
    log_line("store: SQLite has started already, its memory is not wiped");
    own = (sqlite3_mem_methods){0};
}
