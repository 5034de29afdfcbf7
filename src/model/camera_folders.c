/* camera_folders.c -- a picture from a file: folders and sticks, and in a folder only what can
 * be a photo. What a file really is, is looked at when it is read (media/picture.h). */
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "model/camera_load.h"

#define FILES_MOST     600
#define SHORTCUTS_MOST 16

static bool is_picture(const char *name) {
    static const char *const ends[] = {".jpg", ".jpeg", ".png"};
    size_t n = strlen(name);
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        size_t k = strlen(ends[i]);
        if (n > k && strcasecmp(name + n - k, ends[i]) == 0) return true;
    }
    return false;
}

static void add_shortcut(struct arena *a, struct camera_shortcut *all, int *n, const char *path,
                         bool stick) {
    if (*n == SHORTCUTS_MOST || text_blank(path) || !file_is_dir(path)) return;
    for (int i = 0; i < *n; i++)
        if (text_equal(all[i].path, path)) return;
    all[(*n)++] = (struct camera_shortcut){.path = arena_strdup(a, path),
                                           .name = arena_strdup(a, path_name(path)),
                                           .stick = stick};
}

/* The device names its sticks first and Documents last; Pictures lie beside those. */
static void shortcuts(const struct load_context *c, struct arena *a, struct camera_model *m) {
    struct camera_shortcut *all = ARENA_ARRAY(a, struct camera_shortcut, SHORTCUTS_MOST);
    int n = 0;
    const char *last = c->sticks_count ? c->sticks[c->sticks_count - 1] : "";
    if (!text_blank(last)) {
        add_shortcut(a, all, &n, path_join(a, path_dir(a, last), "Pictures"), false);
        add_shortcut(a, all, &n, path_join(a, last, "Pictures"), false);
    }
    for (size_t i = 0; i < c->sticks_count; i++)
        add_shortcut(a, all, &n, c->sticks[i], i + 1 < c->sticks_count);
    m->shortcuts = all;
    m->shortcuts_count = n;
}

static bool wanted(const char *name, bool folder) {
    return name[0] != '.' && (folder || is_picture(name));
}

static void add_files(struct arena *a, struct camera_model *m, struct camera_file *all,
                      const struct dir_entry *found, size_t count, bool folders) {
    for (size_t i = 0; i < count; i++) {
        if (found[i].folder != folders) continue;
        if (m->files_count == FILES_MOST) {
            m->more = true;
            return;
        }
        char *path = path_join(a, m->folder, found[i].name);
        all[m->files_count++] = (struct camera_file){.name = found[i].name,
                                                     .path = path,
                                                     .folder = folders,
                                                     .size = folders ? 0 : file_size(path)};
    }
}

void camera_folders_read(const struct load_context *c, struct arena *a,
                         struct camera_model *m) {
    shortcuts(c, a, m);
    const char *folder = text_blank(c->folder) ? NULL : c->folder;
    if (!folder && m->shortcuts_count) folder = m->shortcuts[0].path;
    m->folder = arena_strdup(a, folder);
    m->folder_name = arena_strdup(a, path_name(m->folder));
    m->up = "";
    if (text_blank(m->folder)) return;
    struct dir_entry *found = NULL;
    size_t count = 0;
    if (!text_equal(m->folder, "/")) m->up = path_dir(a, m->folder);
    if (dir_entries(a, m->folder, wanted, &found, &count)) {
        m->unreadable = true;
        return;
    }
    struct camera_file *all = ARENA_ARRAY(a, struct camera_file, FILES_MOST);
    m->files = all;
    add_files(a, m, all, found, count, true);
    add_files(a, m, all, found, count, false);
}
