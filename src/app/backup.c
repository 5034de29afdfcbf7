/* backup.c -- see backup.h.
 *
 * Backup: open (which takes the lock and finds out whether the app runs), close (which folds
 * the write-ahead log in), copy, prove the copy, rename. Restore: copy the file in under
 * another name, prove it, copy what is there aside, let the key go, rename. Cut off anywhere,
 * the folder holds either the old database or the new one. */
#include "app/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "base/keys.h"
#include "base/log.h"
#include "store/journal.h"

#define BLOCK (256 * 1024)

static enum status open_here(struct journal **out, const char *db, const uint8_t *key,
                             bool read_only) {
    return journal_open(out, &(struct journal_options){.path = db,
                                                       .clock = clock_system(),
                                                       .device_name = "Tablet",
                                                       .device_role = "tablet",
                                                       .rest_key = key,
                                                       .read_only = read_only});
}

static enum status copy_between(int in, const char *from, int out, const char *to) {
    struct arena t = {0};
    uint8_t *block = arena_take(&t, BLOCK);
    enum status s = STATUS_OK;
    ssize_t n = 1;
    while (!s && n > 0) {
        n = read(in, block, BLOCK);
        if (n >= 0) {
            s = file_put_all(out, to, block, (size_t)n);
        } else if (errno == EINTR) {
            n = 1;
        } else {
            s = status_errno(from);
        }
    }
    if (!s && fsync(out)) s = status_errno(to);
    arena_release(&t);
    return s;
}

static enum status copy_file(const char *from, const char *to) {
    int in = open(from, O_RDONLY | O_CLOEXEC);
    if (in < 0) return status_errno(from);
    unlink(to);
    int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    enum status s = out < 0 ? status_errno(to) : copy_between(in, from, out, to);
    if (out >= 0 && close(out) && !s) s = status_errno(to);
    close(in);
    if (s) unlink(to);
    return s;
}

/* What even reading leaves beside a database. */
static void let_go_beside(const char *db) {
    static const char *const endings[] = {"-wal", "-shm"};
    struct arena t = {0};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        char *path = arena_printf(&t, "%s%s", db, endings[i]);
        if (file_size(path) == 0 || i == 1) unlink(path);
    }
    arena_release(&t);
}

/* Every record, as it is on the disk. */
static enum status prove(const char *db, const uint8_t *key, int64_t *records) {
    struct journal *j = NULL;
    struct journal_report report;
    enum status s = open_here(&j, db, key, true);
    if (!s) s = journal_verify(j, &report);
    if (!s) *records = report.records;
    journal_close(j);
    let_go_beside(db);
    return s;
}

static enum status put_name(const char *half, const char *final, struct arena *t) {
    if (rename(half, final)) return status_errno(final);
    return file_sync_dir(path_dir(t, final));
}

/* Nobody has it open, and all of it is in the one file. */
static enum status settle(const char *db, const uint8_t *key) {
    struct journal *j = NULL;
    enum status s = open_here(&j, db, key, false);
    journal_close(j);
    return s;
}

enum status backup_make(const char *data_dir, const char *out, const struct support_who *who,
                        struct backup_result *r) {
    struct arena t = {0};
    struct backup_result made = {0};
    uint8_t *key = NULL;
    char *db = path_join(&t, data_dir, "lantern.db"), *half = arena_printf(&t, "%s.part", out);
    enum status s = file_exists(db) ? STATUS_OK : status_fail(STATUS_NOT_FOUND, "%s", db);
    if (!s && file_exists(out)) s = status_fail(STATUS_EXISTS, "%s", out);
    if (!s) s = support_unlock(db, who, &key);
    if (!s) s = settle(db, key);
    if (!s) s = copy_file(db, half);
    if (!s) s = prove(half, key, &made.records);
    if (!s) made.bytes = file_size(half);
    if (!s) s = put_name(half, out, &t);
    if (s) {
        unlink(half);
    } else {
        *r = made;
    }
    key_room_free(key);
    arena_release(&t);
    return s;
}

/* What is there is kept, key and all, in a folder of its own: a restore too can be a mistake.
 */
static enum status copy_aside(struct arena *t, const char *data_dir, char **aside) {
    static const char *const names[] = {"lantern.db", "lantern.db-wal", "lantern.db.key"};
    struct clock now = clock_system();
    char *stamp = time_iso(t, clock_wall(&now));
    for (char *p = stamp; *p; p++)
        if (*p == ':') *p = '.';
    *aside = path_join(t, data_dir, arena_printf(t, "before-%s", stamp));
    enum status s = file_make_dirs(*aside);
    for (size_t i = 0; !s && i < sizeof names / sizeof names[0]; i++) {
        char *from = path_join(t, data_dir, names[i]);
        if (file_exists(from)) s = copy_file(from, path_join(t, *aside, names[i]));
    }
    return s ? s : file_sync_dir(*aside);
}

/* The old key would let the restored database go on in a log that may live on elsewhere. */
static void let_go(struct arena *t, const char *data_dir) {
    unlink(path_join(t, data_dir, "lantern.db.key"));
    unlink(path_join(t, data_dir, "lantern.db-wal"));
    unlink(path_join(t, data_dir, "lantern.db-shm"));
}

/* A locked one is opened on a copy, since a try is written down where it is tried: the backup
 * itself stays what it is, and may lie where nothing can be written. */
static enum status unlock_copy(struct arena *t, const char *from, const char *half,
                               const struct support_who *who, uint8_t **key) {
    enum status s = copy_file(from, half);
    if (!s) s = support_unlock(half, who, key);
    unlink(half);
    unlink(arena_printf(t, "%s-wal", half));
    let_go_beside(half);
    return s;
}

static enum status bring_in(struct arena *t, const char *from, const char *half,
                            const struct support_who *who, int64_t *records) {
    uint8_t *key = NULL;
    enum status s = prove(from, NULL, records);
    if (s == STATUS_LOCKED) s = unlock_copy(t, from, half, who, &key);
    if (!s) s = copy_file(from, half);
    if (!s) s = prove(half, key, records);
    key_room_free(key);
    return s;
}

/* Free to be replaced: nobody has it open. What cannot be opened, for want of a PIN or because
 * it is no good, may be replaced too; it is kept aside. */
static enum status may_go(const char *db) {
    enum status s = settle(db, NULL);
    bool closed =
        s == STATUS_LOCKED || s == STATUS_DAMAGED || s == STATUS_NOT_OURS || s == STATUS_NEWER;
    return closed ? STATUS_OK : s;
}

enum status backup_restore(const char *data_dir, const char *from,
                           const struct support_who *who, struct arena *a,
                           struct backup_result *r) {
    struct arena t = {0};
    struct backup_result made = {0};
    char *db = path_join(&t, data_dir, "lantern.db"), *aside = NULL;
    char *half = path_join(&t, data_dir, "restoring.db");
    enum status s = file_exists(from) ? STATUS_OK : status_fail(STATUS_NOT_FOUND, "%s", from);
    if (!s) s = file_make_dirs(data_dir);
    if (!s && file_exists(db)) s = may_go(db);
    if (!s) s = bring_in(&t, from, half, who, &made.records);
    if (!s && file_exists(db)) s = copy_aside(&t, data_dir, &aside);
    if (!s) {
        let_go(&t, data_dir);
        s = put_name(half, db, &t);
    }
    if (s) {
        unlink(half);
    } else {
        made.bytes = file_size(db);
        made.aside = aside ? arena_strdup(a, aside) : NULL;
        *r = made;
    }
    arena_release(&t);
    return s;
}
