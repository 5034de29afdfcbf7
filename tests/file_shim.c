/* file_shim.c -- the files beside the database, recorded in one order with SQLite's own writes.
 *
 * The key file and the bundles are written with open, write, fsync, rename and unlink. These
 * names are defined here, so that the linker gives the product ours instead of the C library's:
 * they do the same, and what happens below one folder is recorded in vfs_shim.c's list, each at
 * its moment. From that list the folder is built again as a power cut would leave it: what was
 * synced is there; of the rest whichever 512-byte sectors the seed says; of the names those
 * whose folder was synced, and of the rest whichever the seed says. So a name can be there
 * without its bytes, bytes without their name, and one folder ahead of the other, as two disks
 * are. Included after vfs_shim.c by the test that uses it. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES_NAMES 64
#define FILES_FDS   256

enum file_op_type { FILE_CREATE, FILE_BYTES, FILE_SYNCED, FILE_FOLDER, FILE_RENAME, FILE_GONE };
struct file_op {
    enum file_op_type type;
    int inode;
    char name[200], to[200]; /* below the folder; FILE_FOLDER: the folder that was synced */
    int64_t offset, size;
    uint8_t *bytes;
};
struct file_name {
    char name[200];
    int inode; /* -1: free */
};

/* One folder at a time; tests reset it. */
static struct {
    char folder[400]; /* ends with a slash; "" records nothing */
    struct file_op *ops;
    size_t n, room;
    int inodes;
    struct file_name names[FILES_NAMES];
    struct {
        bool recorded, is_folder;
        int inode;
        char name[200];
    } fds[FILES_FDS];
} files;

/* The stick that is full, or is pulled out: from the n-th call below that folder on, every call
 * that would change something there fails. 0: never. */
static struct {
    const char *folder; /* below files.folder */
    int64_t calls, fail_at;
    int code;
    bool once;
} stick;

static inline void stick_arm(const char *folder, int64_t at, int code, bool once) {
    stick.folder = folder;
    stick.calls = 0;
    stick.fail_at = at;
    stick.code = code;
    stick.once = once;
}

static bool stick_fails(const char *name) {
    if (!stick.fail_at || !name || strncmp(name, stick.folder, strlen(stick.folder)) != 0)
        return false;
    stick.calls++;
    bool fails = stick.once ? stick.calls == stick.fail_at : stick.calls >= stick.fail_at;
    if (fails) errno = stick.code;
    return fails;
}

static void *next_of(const char *name) {
    void *p = dlsym(RTLD_NEXT, name);
    if (!p) abort();
    return p;
}

/* The name below the folder, or NULL. */
static const char *below_folder(const char *path) {
    size_t n = strlen(files.folder);
    if (!n || !shim.recording || strncmp(path, files.folder, n) != 0) return NULL;
    return strlen(path + n) < sizeof files.names[0].name ? path + n : NULL;
}

static struct file_op *file_record(enum file_op_type type, int inode, const char *name) {
    if (files.n == files.room) {
        files.room = files.room ? 2 * files.room : 256;
        files.ops = realloc(files.ops, files.room * sizeof *files.ops);
    }
    struct file_op *op = &files.ops[files.n];
    *op = (struct file_op){.type = type, .inode = inode};
    if (name) snprintf(op->name, sizeof op->name, "%s", name);
    record(SHIM_OTHER, (int)files.n++, 0, 0, NULL);
    return op;
}

static int name_at(const struct file_name *names, const char *name) {
    for (int i = 0; i < FILES_NAMES; i++)
        if (names[i].inode > 0 && strcmp(names[i].name, name) == 0) return i;
    return -1;
}

static void name_set(struct file_name *names, const char *name, int inode) {
    int at = name_at(names, name);
    for (int i = 0; at < 0 && i < FILES_NAMES; i++)
        if (names[i].inode <= 0) at = i;
    if (at < 0) abort(); /* more files than a test has */
    snprintf(names[at].name, sizeof names[at].name, "%s", name);
    names[at].inode = inode;
}

/* ---- instead of the C library's ---- */

int open(const char *path, int flags, ...) {
    int (*real)(const char *, int, ...);
    void *p = next_of("open");
    memcpy(&real, &p, sizeof real);
    mode_t mode = 0;
    if (flags & O_CREAT) {
        va_list list;
        va_start(list, flags);
        mode = (mode_t)va_arg(list, int);
        va_end(list);
    }
    const char *name = below_folder(path);
    bool is_folder = (flags & O_DIRECTORY) != 0;
    bool is_new = name && (flags & O_CREAT) && access(path, F_OK) != 0;
    if ((flags & O_CREAT) && stick_fails(name)) return -1;
    int fd = real(path, flags, mode);
    if (fd < 0 || fd >= FILES_FDS) return fd;
    files.fds[fd].recorded = false;
    if (!name || (!is_folder && (flags & O_ACCMODE) == O_RDONLY)) return fd;
    if (is_new) {
        name_set(files.names, name, ++files.inodes);
        file_record(FILE_CREATE, files.inodes, name);
    }
    int at = name_at(files.names, name);
    if (!is_folder && at < 0) abort(); /* a file from before the recording is written to */
    files.fds[fd].recorded = true;
    files.fds[fd].is_folder = is_folder;
    files.fds[fd].inode = is_folder ? 0 : files.names[at].inode;
    snprintf(files.fds[fd].name, sizeof files.fds[fd].name, "%s", name);
    return fd;
}

static bool is_recorded(int fd) {
    return fd >= 0 && fd < FILES_FDS && files.fds[fd].recorded && shim.recording;
}

int close(int fd) {
    int (*real)(int);
    void *p = next_of("close");
    memcpy(&real, &p, sizeof real);
    if (fd >= 0 && fd < FILES_FDS) files.fds[fd].recorded = false;
    return real(fd);
}

ssize_t write(int fd, const void *bytes, size_t n) {
    ssize_t (*real)(int, const void *, size_t);
    void *p = next_of("write");
    memcpy(&real, &p, sizeof real);
    if (is_recorded(fd) && stick_fails(files.fds[fd].name)) return -1;
    int64_t offset = is_recorded(fd) ? (int64_t)lseek(fd, 0, SEEK_CUR) : 0;
    ssize_t did = real(fd, bytes, n);
    if (did > 0 && is_recorded(fd)) {
        struct file_op *op = file_record(FILE_BYTES, files.fds[fd].inode, NULL);
        op->offset = offset;
        op->size = did;
        op->bytes = malloc((size_t)did);
        memcpy(op->bytes, bytes, (size_t)did);
    }
    return did;
}

int fsync(int fd) {
    int (*real)(int);
    void *p = next_of("fsync");
    memcpy(&real, &p, sizeof real);
    if (is_recorded(fd) && stick_fails(files.fds[fd].name)) return -1;
    if (is_recorded(fd))
        file_record(files.fds[fd].is_folder ? FILE_FOLDER : FILE_SYNCED, files.fds[fd].inode,
                    files.fds[fd].name);
    return is_recorded(fd) ? 0 : real(fd);
}

int rename(const char *from, const char *to) {
    int (*real)(const char *, const char *);
    void *p = next_of("rename");
    memcpy(&real, &p, sizeof real);
    const char *a = below_folder(from), *b = below_folder(to);
    if (stick_fails(b)) return -1;
    int code = real(from, to);
    if (code || !a || !b) return code;
    int at = name_at(files.names, a);
    if (at < 0) abort();
    int inode = files.names[at].inode;
    struct file_op *op = file_record(FILE_RENAME, inode, a);
    snprintf(op->to, sizeof op->to, "%s", b);
    files.names[at].inode = -1;
    name_set(files.names, b, inode);
    return 0;
}

int unlink(const char *path) {
    int (*real)(const char *);
    void *p = next_of("unlink");
    memcpy(&real, &p, sizeof real);
    const char *name = below_folder(path);
    if (name && !stick.once && stick_fails(name)) return -1;
    int code = real(path);
    int at = !code && name ? name_at(files.names, name) : -1;
    if (at >= 0) {
        file_record(FILE_GONE, files.names[at].inode, name);
        files.names[at].inode = -1;
    }
    return code;
}

/* ---- the power cut ---- */

static void files_forget(void) {
    for (size_t i = 0; i < files.n; i++)
        free(files.ops[i].bytes);
    free(files.ops);
    memset(&files, 0, sizeof files);
}

static inline bool in_folder(const char *name, const char *folder) {
    size_t n = strlen(folder);
    while (n && folder[n - 1] == '/')
        n--;
    return strncmp(name, folder, n) == 0 && name[n] == '/' && !strchr(name + n + 1, '/');
}

static inline bool synced_later(size_t from, size_t upto, const struct file_op *op) {
    for (size_t i = from; i < upto; i++) {
        const struct file_op *x = &files.ops[i];
        if (op->type == FILE_BYTES && x->type == FILE_SYNCED && x->inode == op->inode)
            return true;
        if (op->type != FILE_BYTES && x->type == FILE_FOLDER && in_folder(op->name, x->name))
            return true;
    }
    return false;
}

static inline void file_name_op(struct file_name *names, const struct file_op *op) {
    int at = name_at(names, op->name);
    switch (op->type) {
    case FILE_CREATE:
        name_set(names, op->name, op->inode);
        break;
    case FILE_RENAME:
        if (at >= 0 && names[at].inode == op->inode) names[at].inode = -1;
        name_set(names, op->to, op->inode);
        break;
    case FILE_GONE:
        if (at >= 0 && names[at].inode == op->inode) names[at].inode = -1;
        break;
    case FILE_BYTES:
    case FILE_SYNCED:
    case FILE_FOLDER:
        break;
    }
}

static inline void file_bytes_op(struct shim_file *f, const struct file_op *op,
                                 enum shim_cut cut, bool synced, draw *d) {
    struct shim_op as = {.offset = op->offset, .size = op->size, .bytes = op->bytes};
    if (synced || cut == CUT_ALL)
        file_put(f, op->offset, op->bytes, op->size);
    else if (cut == CUT_SOME)
        put_some(f, &as, d);
}

/* The folder as it is when the power goes after `n` operations of the common list, put under
 * `to`, whose folders are there. */
static inline void files_build(size_t n, enum shim_cut cut, draw *d, const char *to) {
    struct file_name names[FILES_NAMES] = {{{0}, 0}};
    struct shim_file *content =
        calloc((size_t)files.inodes + 1, sizeof *content); /* by inode; 0 none */
    size_t upto = 0;
    for (size_t i = 0; i < n; i++)
        if (shim.ops[i].type == SHIM_OTHER) upto = (size_t)shim.ops[i].file + 1;
    for (size_t i = 0; i < upto; i++) {
        const struct file_op *op = &files.ops[i];
        bool synced = synced_later(i, upto, op);
        if (op->type == FILE_BYTES)
            file_bytes_op(&content[op->inode], op, cut, synced, d);
        else if (synced || cut == CUT_ALL || (cut == CUT_SOME && draw_below(d, 2)))
            file_name_op(names, op);
    }
    for (int i = 0; i < FILES_NAMES; i++) {
        if (names[i].inode <= 0) continue;
        char path[1024];
        const struct shim_file *f = &content[names[i].inode];
        snprintf(path, sizeof path, "%.400s/%.400s", to, names[i].name);
        if (file_write(path, f->bytes, (size_t)f->size, 0600)) abort();
    }
    for (int i = 0; i <= files.inodes; i++)
        free(content[i].bytes);
    free(content);
}
