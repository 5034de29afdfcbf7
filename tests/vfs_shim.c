/* vfs_shim.c -- a disk below SQLite that remembers everything and can fail on demand.
 *
 * Files live in memory. Every write, truncation, sync and removal is recorded in order, so that
 * the disk can be built again as a power cut would have left it at any moment: all that was
 * synced, and of the rest whichever 512-byte sectors the seed says. A fault can be armed: from
 * the n-th write or sync on the disk is full, or fails once. Included by the test that uses it.
 */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

#define SHIM_FILES  16
#define SHIM_SECTOR 512

/* SHIM_OTHER: what another recorder did at this moment; `file` is its own number. */
enum shim_op_type { SHIM_WRITE, SHIM_TRUNCATE, SHIM_SYNC, SHIM_REMOVE, SHIM_OTHER };
struct shim_op {
    enum shim_op_type type;
    int file;
    int64_t offset, size; /* truncate: the new size */
    uint8_t *bytes;
};
struct shim_file {
    char name[256];
    bool there;
    uint8_t *bytes;
    int64_t size, room;
};

/* One disk at a time; tests reset it. */
static struct {
    struct shim_file files[SHIM_FILES];
    struct shim_op *ops;
    size_t n_ops, room_ops;
    bool recording;
    int64_t calls;   /* writes and syncs since armed */
    int64_t fail_at; /* 0: never */
    int fail_code;   /* SQLITE_FULL, SQLITE_IOERR_FSYNC … */
    bool fail_once;
    bool read_only;
    /* What went into files without a name, which SQLite makes when memory does not do, and
     * removes at once: on a real disk their bytes stay. */
    bool keep_nameless;
    uint8_t *nameless;
    size_t nameless_n;
} shim;

static inline void shim_forget_ops(void) {
    for (size_t i = 0; i < shim.n_ops; i++)
        free(shim.ops[i].bytes);
    free(shim.ops);
    free(shim.nameless);
    shim.nameless = NULL;
    shim.nameless_n = 0;
    shim.ops = NULL;
    shim.n_ops = shim.room_ops = 0;
}

static inline void shim_forget_files(void) {
    for (int i = 0; i < SHIM_FILES; i++) {
        free(shim.files[i].bytes);
        shim.files[i] = (struct shim_file){0};
    }
}

static inline void shim_arm(int64_t at, int code, bool once) {
    shim.calls = 0;
    shim.fail_at = at;
    shim.fail_code = code;
    shim.fail_once = once;
}

static int shim_fault(void) {
    shim.calls++;
    if (!shim.fail_at || shim.calls < shim.fail_at) return SQLITE_OK;
    if (shim.fail_once && shim.calls > shim.fail_at) return SQLITE_OK;
    return shim.fail_code;
}

static int shim_find(const char *name, bool make) {
    int free_at = -1;
    for (int i = 0; i < SHIM_FILES; i++) {
        if (strcmp(shim.files[i].name, name) == 0) return i;
        if (!shim.files[i].name[0] && free_at < 0) free_at = i;
    }
    if (!make || free_at < 0) return -1;
    snprintf(shim.files[free_at].name, sizeof shim.files[0].name, "%s", name);
    return free_at;
}

static void file_room(struct shim_file *f, int64_t size) {
    if (size <= f->room) return;
    int64_t room = f->room ? f->room : 65536;
    while (room < size)
        room *= 2;
    f->bytes = realloc(f->bytes, (size_t)room);
    memset(f->bytes + f->room, 0, (size_t)(room - f->room));
    f->room = room;
}

static void file_put(struct shim_file *f, int64_t offset, const void *p, int64_t n) {
    file_room(f, offset + n);
    memcpy(f->bytes + offset, p, (size_t)n);
    if (offset + n > f->size) f->size = offset + n;
}

static void file_cut(struct shim_file *f, int64_t size) {
    file_room(f, size);
    if (size < f->size) memset(f->bytes + size, 0, (size_t)(f->size - size));
    f->size = size;
}

static void record(enum shim_op_type type, int file, int64_t offset, int64_t size,
                   const void *p) {
    if (!shim.recording || file < 0) return;
    if (shim.n_ops == shim.room_ops) {
        shim.room_ops = shim.room_ops ? 2 * shim.room_ops : 1024;
        shim.ops = realloc(shim.ops, shim.room_ops * sizeof *shim.ops);
    }
    struct shim_op op = {.type = type, .file = file, .offset = offset, .size = size};
    if (p) {
        op.bytes = malloc((size_t)size + 1);
        memcpy(op.bytes, p, (size_t)size);
    }
    shim.ops[shim.n_ops++] = op;
}

/* ---- SQLite's interface ---- */

struct shim_handle {
    sqlite3_file base;
    int file; /* -1: a temporary file of its own */
    struct shim_file *own;
};

static struct shim_file *of(sqlite3_file *h) {
    struct shim_handle *s = (struct shim_handle *)(void *)h;
    return s->file >= 0 ? &shim.files[s->file] : s->own;
}

static int number(sqlite3_file *h) {
    return ((struct shim_handle *)(void *)h)->file;
}

static int x_close(sqlite3_file *h) {
    struct shim_handle *s = (struct shim_handle *)(void *)h;
    if (s->own) {
        free(s->own->bytes);
        free(s->own);
    }
    return SQLITE_OK;
}

static int x_read(sqlite3_file *h, void *to, int n, sqlite3_int64 offset) {
    struct shim_file *f = of(h);
    int64_t have = f->size - offset;
    if (have > n) have = n;
    if (have > 0) memcpy(to, f->bytes + offset, (size_t)have);
    if (have >= n) return SQLITE_OK;
    memset((char *)to + (have > 0 ? have : 0), 0, (size_t)(n - (have > 0 ? have : 0)));
    return SQLITE_IOERR_SHORT_READ;
}

static void keep_nameless(const void *p, size_t n) {
    shim.nameless = realloc(shim.nameless, shim.nameless_n + n);
    memcpy(shim.nameless + shim.nameless_n, p, n);
    shim.nameless_n += n;
}

static int x_write(sqlite3_file *h, const void *p, int n, sqlite3_int64 offset) {
    int rc = number(h) >= 0 ? shim_fault() : SQLITE_OK;
    if (rc) return rc;
    if (number(h) < 0 && shim.keep_nameless) keep_nameless(p, (size_t)n);
    file_put(of(h), offset, p, n);
    record(SHIM_WRITE, number(h), offset, n, p);
    return SQLITE_OK;
}

static int x_truncate(sqlite3_file *h, sqlite3_int64 size) {
    file_cut(of(h), size);
    record(SHIM_TRUNCATE, number(h), 0, size, NULL);
    return SQLITE_OK;
}

static int x_sync(sqlite3_file *h, int flags) {
    (void)flags;
    int rc = number(h) >= 0 ? shim_fault() : SQLITE_OK;
    if (rc) return rc == SQLITE_FULL ? SQLITE_IOERR_FSYNC : rc;
    record(SHIM_SYNC, number(h), 0, 0, NULL);
    return SQLITE_OK;
}

static int x_size(sqlite3_file *h, sqlite3_int64 *out) {
    *out = of(h)->size;
    return SQLITE_OK;
}

static int x_lock(sqlite3_file *h, int level) {
    (void)h, (void)level;
    return SQLITE_OK;
}

static int x_reserved(sqlite3_file *h, int *out) {
    (void)h;
    *out = 0;
    return SQLITE_OK;
}

static int x_control(sqlite3_file *h, int op, void *arg) {
    (void)h, (void)op, (void)arg;
    return SQLITE_NOTFOUND;
}

static int x_sector(sqlite3_file *h) {
    (void)h;
    return SHIM_SECTOR;
}

static int x_traits(sqlite3_file *h) {
    (void)h;
    return 0; /* promises nothing: sectors may be torn apart from each other */
}

static const sqlite3_io_methods methods = {1,         x_close,  x_read,   x_write, x_truncate,
                                           x_sync,    x_size,   x_lock,   x_lock,  x_reserved,
                                           x_control, x_sector, x_traits, 0,       0,
                                           0,         0,        0,        0};

static int x_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *h, int flags, int *out) {
    (void)vfs;
    struct shim_handle *s = (struct shim_handle *)(void *)h;
    s->base.pMethods = NULL;
    s->own = NULL;
    if (name && shim.read_only && (flags & SQLITE_OPEN_READWRITE)) {
        /* As the system does: a file that is there opens for reading, a new one cannot be made.
         */
        int at = shim_find(name, false);
        if (at < 0 || !shim.files[at].there) return SQLITE_CANTOPEN;
        flags = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY;
    }
    if (!name) {
        s->file = -1;
        s->own = calloc(1, sizeof *s->own);
    } else {
        s->file = shim_find(name, (flags & SQLITE_OPEN_CREATE) != 0);
        if (s->file < 0) return SQLITE_CANTOPEN;
        if (!shim.files[s->file].there && !(flags & SQLITE_OPEN_CREATE)) return SQLITE_CANTOPEN;
        shim.files[s->file].there = true;
    }
    s->base.pMethods = &methods;
    if (out) *out = flags;
    return SQLITE_OK;
}

static int x_delete(sqlite3_vfs *vfs, const char *name, int sync_dir) {
    (void)vfs, (void)sync_dir;
    int at = shim_find(name, false);
    if (at < 0 || !shim.files[at].there) return SQLITE_IOERR_DELETE_NOENT;
    file_cut(&shim.files[at], 0);
    shim.files[at].there = false;
    record(SHIM_REMOVE, at, 0, 0, NULL);
    return SQLITE_OK;
}

static int x_access(sqlite3_vfs *vfs, const char *name, int flags, int *out) {
    (void)vfs;
    int at = shim_find(name, false);
    *out = at >= 0 && shim.files[at].there;
    if (flags == SQLITE_ACCESS_READWRITE && shim.read_only) *out = 0;
    return SQLITE_OK;
}

static int x_path(sqlite3_vfs *vfs, const char *name, int n, char *out) {
    (void)vfs;
    snprintf(out, (size_t)n, "%s", name);
    return SQLITE_OK;
}

static int x_random(sqlite3_vfs *vfs, int n, char *out) {
    (void)vfs;
    memset(out, 7, (size_t)n);
    return n;
}

static int x_sleep(sqlite3_vfs *vfs, int us) {
    (void)vfs;
    return us;
}

static int x_time(sqlite3_vfs *vfs, double *out) {
    (void)vfs;
    *out = 2461000.5;
    return SQLITE_OK;
}

static int x_error(sqlite3_vfs *vfs, int n, char *out) {
    (void)vfs, (void)n, (void)out;
    return 0;
}

static void shim_register(void) {
    static sqlite3_vfs vfs = {.iVersion = 1,
                              .szOsFile = sizeof(struct shim_handle),
                              .mxPathname = 250,
                              .zName = "shim",
                              .xOpen = x_open,
                              .xDelete = x_delete,
                              .xAccess = x_access,
                              .xFullPathname = x_path,
                              .xRandomness = x_random,
                              .xSleep = x_sleep,
                              .xCurrentTime = x_time,
                              .xGetLastError = x_error};
    sqlite3_vfs_register(&vfs, 0);
}

/* ---- the power cut ---- */

static inline bool touched_later(size_t from, size_t upto, int file) {
    for (size_t i = from; i < upto; i++)
        if (shim.ops[i].type == SHIM_SYNC && shim.ops[i].file == file) return true;
    return false;
}

/* The sectors of a write that the disk had got round to. */
static inline void put_some(struct shim_file *f, const struct shim_op *op, draw *d) {
    for (int64_t at = 0; at < op->size;) {
        int64_t n = SHIM_SECTOR - (op->offset + at) % SHIM_SECTOR;
        if (n > op->size - at) n = op->size - at;
        if (draw_below(d, 2)) file_put(f, op->offset + at, op->bytes + at, n);
        at += n;
    }
}

enum shim_cut { CUT_ALL, CUT_NONE, CUT_SOME };

/* Builds the files as they are when the power goes after `n` operations. What was synced is
 * there; of the rest all, none, or some sectors. A removal or truncation counts as done: both
 * follow a sync of what replaces them. */
static inline void shim_build(size_t n, enum shim_cut cut, draw *d) {
    char names[SHIM_FILES][256];
    for (int i = 0; i < SHIM_FILES; i++)
        memcpy(names[i], shim.files[i].name, sizeof names[i]);
    shim_forget_files();
    for (int i = 0; i < SHIM_FILES; i++)
        memcpy(shim.files[i].name, names[i], sizeof names[i]);
    for (size_t i = 0; i < n; i++) {
        const struct shim_op *op = &shim.ops[i];
        if (op->type == SHIM_OTHER) continue;
        struct shim_file *f = &shim.files[op->file];
        switch (op->type) {
        case SHIM_WRITE:
            f->there = true;
            if (cut == CUT_ALL || touched_later(i, n, op->file))
                file_put(f, op->offset, op->bytes, op->size);
            else if (cut == CUT_SOME)
                put_some(f, op, d);
            break;
        case SHIM_TRUNCATE:
            file_cut(f, op->size);
            break;
        case SHIM_REMOVE:
            file_cut(f, 0);
            f->there = false;
            break;
        case SHIM_SYNC:
        case SHIM_OTHER:
            break;
        }
    }
}

/* For programs that choose no disk of their own, such as the whole app: from here on, or no
 * more. */
static inline void shim_for_all(bool on) {
    sqlite3_vfs *unix_vfs = sqlite3_vfs_find("unix"), *shim_vfs = sqlite3_vfs_find("shim");
    if (!shim_vfs) {
        shim_register();
        shim_vfs = sqlite3_vfs_find("shim");
    }
    shim_forget_files();
    shim_arm(0, SQLITE_OK, false);
    sqlite3_vfs_register(on ? shim_vfs : unix_vfs, 1);
}
