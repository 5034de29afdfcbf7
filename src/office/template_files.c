/* template_files.c -- reading and writing forms as files; see template_files.h. */
#include "office/template_files.h"

#include "author/grid.h"
#include "base/file.h"
#include "base/text.h"

static bool ends_in(const char *path, const char *ending) {
    size_t n = strlen(path), m = strlen(ending);
    return n > m && strcasecmp(path + n - m, ending) == 0;
}

enum status form_bytes(const char *path, struct buf *out) {
    return file_read(path, GRID_BYTES_MAX, out);
}

enum status form_file_read(struct office *o, struct problems *p, const char *path,
                           struct authored *f) {
    struct buf b = {0};
    const char *name = arena_strdup(&o->arena, path_name(path));
    enum status s = form_bytes(path, &b);
    if (!s)
        s = ends_in(path, ".csv") ? author_csv(p, name, buf_str(&b), b.size, f)
                                  : author_json(p, name, buf_str(&b), b.size, f);
    buf_release(&b);
    return s;
}

void problems_print(struct office *o, FILE *to, const struct problems *p) {
    for (int i = 0; i < p->count; i++) {
        const struct problem *one = &p->list[i];
        char *line = arena_printf(&o->arena, "%s: %s%s", one->where,
                                  one->note ? OFFICE_WORD(o, "author.note") : "", one->what);
        text_one_line(line);
        fprintf(to, "%s\n", line);
    }
    int more = p->wrong + p->notes - p->count;
    if (more > 0) fprintf(to, "%s\n", OFFICE_SAY(o, "author.more", int_text(&o->arena, more)));
}

const char *form_target(struct office *o, const char *path, const char *out,
                        const char *ending) {
    const char *name = path_name(path), *dot = strrchr(name, '.');
    bool folder = out && (file_is_dir(out) || out[strlen(out) - 1] == '/');
    if (out && !folder) return out;
    int stem = (int)(dot ? (size_t)(dot - name) : strlen(name));
    const char *made = arena_printf(&o->arena, "%.*s%s", stem, name, ending);
    return path_join(&o->arena, folder ? out : path_dir(&o->arena, path), made);
}

/* What is there already, and differs, stays beside it. */
static enum status keep_old(struct office *o, const char *path, const struct buf *bytes,
                            bool *same) {
    struct buf old = {0};
    *same = false;
    if (!file_exists(path)) return STATUS_OK;
    enum status s = file_read(path, GRID_BYTES_MAX, &old);
    if (!s) *same = old.size == bytes->size && memcmp(old.data, bytes->data, old.size) == 0;
    if (!s && !*same)
        s = file_write(arena_printf(&o->arena, "%s.old", path), old.data, old.size, 0644);
    if (!s && !*same) printf("%s\n", OFFICE_SAY(o, "author.kept", path));
    buf_release(&old);
    return s;
}

int form_file_write(struct office *o, const char *path, const struct buf *bytes) {
    bool same;
    enum status s = keep_old(o, path, bytes, &same);
    if (!s && !same) s = file_write(path, bytes->data, bytes->size, 0644);
    if (s) return office_failed(o, s);
    printf("%s\n", OFFICE_SAY(o, same ? "author.same" : "author.written", path));
    return EXIT_DONE;
}
