/* camera_files.c -- a picture from a file: the ways to it, the folder that is open, and in it
 * folders and pictures by name and size. */
#include "screen/camera_pieces.h"

#include "base/text.h"

#define KB 1000
#define MB 1000000

static struct intent browse(const char *folder) {
    return (struct intent){.kind = INTENT_photo_browse, .text = folder};
}

static const char *size_text(struct camera *v, int64_t bytes) {
    struct arena *f = ui_arena(v->u);
    if (bytes < 0) return "";
    if (bytes >= MB)
        return SAY(v->u, v->s, "camera.mb",
                   arena_printf(f, "%lld.%lld", (long long)(bytes / MB),
                                (long long)(bytes % MB / (MB / 10))));
    return SAY(v->u, v->s, "camera.kb", int_text(f, (bytes + KB - 1) / KB));
}

static bool row(struct camera *v, rect *in, const struct button *b) {
    struct ui *u = v->u;
    rect r = rect_cut_top(in, ui_button_height(u, b, in->w, ui_theme(u)->touch_primary));
    return ui_visible(u, r) && ui_button(u, r, b);
}

static void ways(struct camera *v, rect *in) {
    const struct camera_model *m = v->m;
    const char *labels[16];
    bool chosen[16];
    int n = m->shortcuts_count < 16 ? m->shortcuts_count : 16;
    for (int i = 0; i < n; i++) {
        labels[i] = m->shortcuts[i].name;
        chosen[i] = text_equal(m->shortcuts[i].path, m->folder);
    }
    int tapped = part_chips(v->u, in, "ways", labels, chosen, n);
    if (tapped >= 0) camera_take(v, browse(m->shortcuts[tapped].path));
}

static void where(struct camera *v, rect *in) {
    const struct camera_model *m = v->m;
    if (text_blank(m->folder)) return;
    if (!text_blank(m->up)) {
        struct button up = {
            .label = WORD(v->s, "camera.up"), .icon = ICON_ARROW_LEFT, .role = BUTTON_ROW};
        if (row(v, in, &up)) camera_take(v, browse(m->up));
    }
    if (!m->files_count)
        part_text(v->u, in, FONT_BODY, COLOR_MUTE, COLOR_BG,
                  WORD(v->s, m->unreadable ? "camera.unreadable" : "camera.no_files"));
}

static void files(struct camera *v, rect *in) {
    const struct camera_model *m = v->m;
    for (int i = 0; i < m->files_count; i++) {
        const struct camera_file *f = &m->files[i];
        struct button b = {.label = f->name,
                           .key = f->path,
                           .sub = f->folder ? NULL : size_text(v, f->size),
                           .icon = f->folder ? ICON_FOLDER : ICON_IMAGE,
                           .icon_fill = f->folder,
                           .role = BUTTON_ROW};
        if (!row(v, in, &b)) continue;
        if (f->folder) {
            camera_take(v, browse(f->path));
        } else {
            v->state->picking = 0;
            camera_take(v, (struct intent){.kind = INTENT_photo_file, .text = f->path});
        }
    }
    if (m->more)
        part_text(v->u, in, FONT_SMALL, COLOR_MUTE, COLOR_BG, WORD(v->s, "camera.more_files"));
}

void camera_files(struct camera *v) {
    struct ui *u = v->u;
    bool closed = false;
    if (!v->state->picking) return;
    float least = ui_theme(u)->touch_primary;
    float high = 220 * ui_text_scale(u) + least * (float)(v->m->files_count + 1);
    const char *title = text_blank(v->m->folder_name)
                            ? WORD(v->s, "camera.from_file")
                            : SAY(u, v->s, "camera.folder", v->m->folder_name);
    rect in = ui_sheet_begin(u, "files", title, high > 640 ? 640 : high, &closed);
    if (!v->m->shortcuts_count && text_blank(v->m->folder))
        part_text(u, &in, FONT_BODY, COLOR_INK, COLOR_BG, WORD(v->s, "camera.no_folders"));
    ways(v, &in);
    /* A folder begins at its top, and keeps its place when one comes back from a deeper one. */
    rect column = ui_scroll_begin(u, in, v->m->folder);
    float top = column.y;
    where(v, &column);
    files(v, &column);
    ui_scroll_end(u, column.y - top);
    ui_sheet_end(u);
    if (closed) v->state->picking = 0;
}
