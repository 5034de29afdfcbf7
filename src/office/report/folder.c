/* folder.c -- the folder that the report is written to.
 *
 * Files go to a folder of another name beside it and are put in place at the end, so a report
 * that fails half-way leaves the former one whole. The list of files tells what a former report
 * wrote: what is not made again goes, since a page for fewer readers must not lie beside one
 * for more. Files that a report did not write are never touched. */
#include "office/report/report.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"

#define LIST_NAME      "files.txt"
#define LIST_HEAD      "Lantern report: files\n"
#define LIST_BYTES_MAX (64 * 1024 * 1024)
#define COPY_BYTES_MAX (4 * 1024 * 1024)

struct folder {
    const char *out, *half;
    struct buf names; /* one a line */
    int count;
};

static bool name_ours(const char *name, size_t n) {
    if (!n || name[0] == '.') return false;
    for (size_t i = 0; i < n; i++)
        if (name[i] == '/' || (unsigned char)name[i] < 0x20) return false;
    return true;
}

/* Each name of a list, as a C string in `a`. */
static void each_name(struct arena *a, const char *list, void (*each)(void *, const char *),
                      void *ctx) {
    for (const char *p = list; *p;) {
        const char *end = strchr(p, '\n');
        size_t n = end ? (size_t)(end - p) : strlen(p);
        if (name_ours(p, n)) each(ctx, arena_strndup(a, p, n));
        p = end ? end + 1 : p + n;
    }
}

static bool read_list(struct report *r, const char *dir, struct buf *list) {
    enum status s = file_read(path_join(&r->arena, dir, LIST_NAME), LIST_BYTES_MAX, list);
    if (s || !text_starts(buf_str(list), LIST_HEAD)) {
        status_clear();
        return false;
    }
    return true;
}

static void remove_in_half(void *ctx, const char *name) {
    struct report *r = ctx;
    remove(path_join(&r->page, r->folder->half, name));
}

/* A run that was stopped left its half; every file in it was ours. */
static enum status clear_half(struct report *r) {
    char **names;
    size_t n;
    if (!file_is_dir(r->folder->half)) return STATUS_OK;
    enum status s = dir_list(&r->page, r->folder->half, NULL, &names, &n);
    for (size_t i = 0; !s && i < n; i++)
        remove_in_half(r, names[i]);
    if (!s && rmdir(r->folder->half)) s = status_errno(r->folder->half);
    arena_reset(&r->page);
    return s;
}

enum status folder_open(struct report *r, const char *out) {
    struct folder *f = ARENA_NEW(&r->arena, struct folder);
    size_t n = strlen(out);
    while (n > 1 && out[n - 1] == '/')
        n--;
    f->out = arena_strndup(&r->arena, out, n);
    f->half = arena_printf(&r->arena, "%s.being-written", f->out);
    buf_text(&f->names, LIST_HEAD);
    r->folder = f;
    struct buf list = {0};
    bool former = read_list(r, f->out, &list);
    buf_release(&list);
    if (!former && file_exists(path_join(&r->arena, f->out, "index.html")))
        return status_fail(STATUS_EXISTS, "%s: %s", f->out, REPORT_WORD(r, "not_ours"));
    enum status s = clear_half(r);
    if (!s) s = file_make_dirs(path_dir(&r->arena, f->half));
    if (!s && mkdir(f->half, 0700)) s = status_errno(f->half);
    return s;
}

/* No fsync for each page: a report can be made again at any time. */
enum status folder_write(struct report *r, const char *name, const void *p, size_t n) {
    const char *path = path_join(&r->page, r->folder->half, name);
    FILE *f = fopen(path, "wbx");
    if (!f) return status_errno(path);
    enum status s = n && fwrite(p, 1, n, f) != n ? status_errno(path) : STATUS_OK;
    if (fclose(f) && !s) s = status_errno(path);
    if (s) return s;
    chmod(path, 0600);
    buf_printf(&r->folder->names, "%s\n", name);
    r->folder->count++;
    return STATUS_OK;
}

enum status folder_write_once(struct report *r, const char *name, const void *p, size_t n) {
    if (file_exists(path_join(&r->page, r->folder->half, name))) return STATUS_OK;
    return folder_write(r, name, p, n);
}

enum status folder_copy(struct report *r, const char *asset, const char *name) {
    struct buf b = {0};
    enum status s = file_read(path_join(&r->page, r->o->assets, asset), COPY_BYTES_MAX, &b);
    if (!s) s = folder_write(r, name, b.data, b.size);
    buf_release(&b);
    return s;
}

struct placing {
    struct report *r;
    enum status status;
    const char *list; /* names of the new report, for what is left over */
};

static void place_one(void *ctx, const char *name) {
    struct placing *p = ctx;
    if (p->status) return;
    const char *to = path_join(&p->r->page, p->r->folder->out, name);
    if (rename(path_join(&p->r->page, p->r->folder->half, name), to))
        p->status = status_errno(to);
}

static void drop_left_over(void *ctx, const char *name) {
    struct placing *p = ctx;
    const char *line = arena_printf(&p->r->page, "\n%s\n", name);
    if (!strstr(p->list, line)) remove(path_join(&p->r->page, p->r->folder->out, name));
}

/* There is a folder already: what the former report has too much goes first. */
static enum status replace(struct report *r) {
    struct folder *f = r->folder;
    struct buf former = {0};
    struct placing p = {.r = r, .list = buf_str(&f->names)};
    if (read_list(r, f->out, &former))
        each_name(&r->page, strchr(buf_str(&former), '\n') + 1, drop_left_over, &p);
    buf_release(&former);
    each_name(&r->page, strchr(p.list, '\n') + 1, place_one, &p);
    if (!p.status && rmdir(f->half)) p.status = status_errno(f->half);
    return p.status;
}

enum status folder_finish(struct report *r, int *files) {
    struct folder *f = r->folder;
    buf_printf(&f->names, "%s\n", LIST_NAME);
    const char *path = path_join(&r->page, f->half, LIST_NAME);
    enum status s = file_write(path, f->names.data, f->names.size, 0600);
    if (s) return s;
    *files = f->count;
    if (!file_exists(f->out)) {
        if (rename(f->half, f->out)) return status_errno(f->out);
        return file_sync_dir(path_dir(&r->page, f->out));
    }
    s = replace(r);
    return s ? s : file_sync_dir(f->out);
}

void folder_close(struct report *r) {
    if (!r->folder) return;
    enum status s = clear_half(r);
    if (s) status_clear(); /* what failed before is the message */
    buf_release(&r->folder->names);
}
