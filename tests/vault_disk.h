/* vault_disk.h -- a disk below the vault that is watched: what was written and not synced, how
 * often it was synced, full or not. It is not waited for, since ten thousand syncs would be
 * most of a test. */
#ifndef TESTS_VAULT_DISK_H
#define TESTS_VAULT_DISK_H

#include "support.h"

#include <stdbool.h>

#include <sqlite3.h>

#define WATCHED "watched"

static bool full;           /* nothing more can be written */
static int unsynced, syncs; /* writes since the last sync; how many there were */

/* The database is locked, what lies beside it is not: SQLite has methods for each. */
static sqlite3_io_methods real_methods, watched_main, watched_beside;

static int watched_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at) {
    if (full) return SQLITE_FULL;
    unsynced++;
    return real_methods.xWrite(f, p, n, at);
}

static int watched_sync(sqlite3_file *f, int flags) {
    (void)f, (void)flags;
    unsynced = 0;
    syncs++;
    return SQLITE_OK;
}

static int watched_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags,
                        int *out) {
    sqlite3_vfs *real = vfs->pAppData;
    int rc = real->xOpen(real, name, f, flags, out);
    if (rc != SQLITE_OK || !f->pMethods) return rc;
    sqlite3_io_methods *watched = flags & SQLITE_OPEN_MAIN_DB ? &watched_main : &watched_beside;
    real_methods = *watched = *f->pMethods;
    watched->xWrite = watched_write;
    watched->xSync = watched_sync;
    f->pMethods = watched;
    return rc;
}

static void watch(void) {
    static sqlite3_vfs vfs;
    sqlite3_initialize();
    sqlite3_vfs *real = sqlite3_vfs_find(NULL);
    vfs = *real;
    vfs.pNext = NULL;
    vfs.pAppData = real;
    vfs.zName = WATCHED;
    vfs.xOpen = watched_open;
    assert_int_equal(sqlite3_vfs_register(&vfs, 0), SQLITE_OK);
}

#endif
