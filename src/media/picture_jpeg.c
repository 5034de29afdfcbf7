/* picture_jpeg.c -- JPEG in, piece by piece.
 *
 * Every call into libjpeg stands in guarded(), so there is one setjmp. What must survive a jump
 * lies in the struct, not in variables. The bytes are all in memory, but libjpeg is let at them
 * a window at a time: where it would read on, it comes back to us, keeping its place. (A
 * progressive picture would otherwise be read whole in one call.)
 *
 * A warning of libjpeg's means grey or shifted blocks, so a file that gives one is refused. The
 * exceptions are harmless and common in pictures straight from cameras. */
#include "media/picture_jpeg.h"

#include <jerror.h>

#define WINDOW 32768
/* A progressive picture is kept whole as numbers before its first row: 64 megapixels take 192
 * MB. */
#define MEMORY_MOST (224L << 20)
/* A usual progressive picture has ten; each goes over the whole picture, however few bytes it
 * has. */
#define SCANS_MOST     64
#define PADDING_MOST   16 /* bytes before the end that some cameras put there */
#define EXIF_HEAD      "Exif\0"
#define EXIF_HEAD_SIZE 6

static struct jpeg_guard *guard_of(j_common_ptr c) {
    return (struct jpeg_guard *)(void *)c->err;
}

static enum status status_of_code(int code) {
    switch (code) {
    case JERR_NO_SOI:
        return STATUS_INVALID;
    case JERR_INPUT_EMPTY:
    case JERR_INPUT_EOF:
    case JWRN_JPEG_EOF:
        return STATUS_TRUNCATED;
    case JERR_OUT_OF_MEMORY:
    case JERR_NO_BACKING_STORE:
    case JERR_IMAGE_TOO_BIG:
    case JERR_WIDTH_OVERFLOW:
        return STATUS_TOO_LARGE;
    default:
        return STATUS_DAMAGED;
    }
}

static _Noreturn void refuse(j_common_ptr c) {
    struct jpeg_guard *g = guard_of(c);
    char why[JMSG_LENGTH_MAX];
    g->mgr.format_message(c, why);
    g->failed = status_fail(status_of_code(g->mgr.msg_code), "jpeg: %s", why);
    longjmp(g->jump, 1);
}

static bool harmless(const struct jpeg_error_mgr *m) {
    switch (m->msg_code) {
    case JWRN_JFIF_MAJOR:
    case JWRN_ADOBE_XFORM:
        return true;
    case JWRN_EXTRANEOUS_DATA:
        return m->msg_parm.i[0] <= PADDING_MOST && m->msg_parm.i[1] == JPEG_EOI;
    default:
        return false;
    }
}

static void warned(j_common_ptr c, int level) {
    struct jpeg_guard *g = guard_of(c);
    if (level < 0 && !harmless(&g->mgr)) refuse(c);
}

static void say_nothing(j_common_ptr c) {
    (void)c;
}

void jpeg_guard_start(struct jpeg_guard *g) {
    *g = (struct jpeg_guard){0};
    jpeg_std_error(&g->mgr);
    g->mgr.error_exit = refuse;
    g->mgr.emit_message = warned;
    g->mgr.output_message = say_nothing;
}

/* ---- where the bytes come from ---- */

static struct jpeg_in *in_of(j_decompress_ptr c) {
    return c->client_data;
}

static void source_begin(j_decompress_ptr c) {
    (void)c;
}

static void source_end(j_decompress_ptr c) {
    (void)c;
}

/* At the fence: FALSE makes libjpeg come back. At the end of a file: it is cut off. */
static boolean source_fill(j_decompress_ptr c) {
    static const JOCTET end[2] = {0xFF, JPEG_EOI};
    struct jpeg_in *j = in_of(c);
    if (j->fence < j->end) return FALSE;
    if (!j->frame || j->past_end) {
        c->err->msg_code = JERR_INPUT_EOF;
        refuse((j_common_ptr)c);
    }
    j->past_end = true;
    j->source.next_input_byte = end;
    j->source.bytes_in_buffer = sizeof end;
    return TRUE;
}

static void source_skip(j_decompress_ptr c, long n) {
    struct jpeg_in *j = in_of(c);
    if (n <= 0) return;
    if (j->past_end || n > j->end - j->source.next_input_byte) {
        c->err->msg_code = JERR_INPUT_EOF;
        refuse((j_common_ptr)c);
    }
    j->source.next_input_byte += n;
    if (j->fence < j->source.next_input_byte) j->fence = j->source.next_input_byte;
    j->source.bytes_in_buffer = (size_t)(j->fence - j->source.next_input_byte);
}

/* The fence is moved on; libjpeg goes on from the place that it kept. */
static void let_read(struct jpeg_in *j, size_t more) {
    size_t left = (size_t)(j->end - j->fence);
    if (!left || j->past_end) return;
    j->fence += more < left ? more : left;
    j->source.bytes_in_buffer = (size_t)(j->fence - j->source.next_input_byte);
}

static void watch_scans(j_common_ptr c) {
    if (((j_decompress_ptr)c)->input_scan_number <= SCANS_MOST) return;
    guard_of(c)->failed = status_fail(STATUS_TOO_LARGE, "jpeg: more than %d scans", SCANS_MOST);
    longjmp(guard_of(c)->jump, 1);
}

/* ---- the calls, each guarded ---- */

typedef void work(struct jpeg_in *j, void *ctx);

static enum status guarded(struct jpeg_in *j, work *what, void *ctx) {
    if (j->guard.failed) return j->guard.failed;
    if (setjmp(j->guard.jump)) return j->guard.failed;
    what(j, ctx);
    return STATUS_OK;
}

static void create(struct jpeg_in *j, void *ctx) {
    (void)ctx;
    jpeg_create_decompress(&j->c);
}

void jpeg_in_start(struct jpeg_in *j, const void *bytes, size_t n, bool frame) {
    *j = (struct jpeg_in){.frame = frame};
    jpeg_guard_start(&j->guard);
    j->c.err = &j->guard.mgr;
    if (guarded(j, create, NULL)) return; /* the next call says why */
    j->c.client_data = j;
    j->end = j->fence = (const uint8_t *)bytes + n;
    j->source = (struct jpeg_source_mgr){.next_input_byte = bytes,
                                         .bytes_in_buffer = n,
                                         .init_source = source_begin,
                                         .fill_input_buffer = source_fill,
                                         .skip_input_data = source_skip,
                                         .resync_to_restart = jpeg_resync_to_restart,
                                         .term_source = source_end};
    j->progress.progress_monitor = watch_scans;
    j->c.src = &j->source;
    j->c.progress = &j->progress;
    j->c.mem->max_memory_to_use = MEMORY_MOST;
    if (!frame) jpeg_save_markers(&j->c, JPEG_APP0 + 1, 0xFFFF);
}

void jpeg_in_end(struct jpeg_in *j) {
    jpeg_destroy_decompress(&j->c);
}

static void read_head(struct jpeg_in *j, void *ctx) {
    int *turn = ctx;
    jpeg_read_header(&j->c, TRUE);
    for (jpeg_saved_marker_ptr m = j->c.marker_list; m; m = m->next) {
        if (m->data_length < EXIF_HEAD_SIZE || memcmp(m->data, EXIF_HEAD, EXIF_HEAD_SIZE) != 0)
            continue;
        *turn = turn_of_exif(m->data, m->data_length);
        break;
    }
}

enum status jpeg_in_head(struct jpeg_in *j, int *turn) {
    *turn = 1;
    enum status s = guarded(j, read_head, turn);
    return s ? s : picture_limits(j->c.image_width, j->c.image_height);
}

#if SDL_BYTEORDER == SDL_LIL_ENDIAN
#define AS_ARGB JCS_EXT_BGRA
#else
#define AS_ARGB JCS_EXT_ARGB
#endif

/* The transform itself can give n eighths of the size: nothing finer is worked out. */
static void choose_scale(struct jpeg_in *j, void *ctx) {
    const int *least = ctx;
    struct jpeg_decompress_struct *c = &j->c;
    bool inks = c->jpeg_color_space == JCS_CMYK || c->jpeg_color_space == JCS_YCCK;
    c->out_color_space = inks ? JCS_CMYK : AS_ARGB;
    c->scale_denom = 8;
    c->do_block_smoothing = FALSE;
    for (c->scale_num = 1; c->scale_num < 8; c->scale_num++) {
        jpeg_calc_output_dimensions(c);
        if ((int)c->output_width >= *least || (int)c->output_height >= *least) break;
    }
    jpeg_calc_output_dimensions(c);
}

struct picture_size jpeg_in_scale(struct jpeg_in *j, int side_least) {
    if (guarded(j, choose_scale, &side_least)) return (struct picture_size){1, 1};
    if (j->past_end)
        return (struct picture_size){(int)j->c.output_width, (int)j->c.output_height};
    /* The head counts as read; from here on a window at a time. */
    j->fence = j->source.next_input_byte;
    j->source.bytes_in_buffer = 0;
    return (struct picture_size){(int)j->c.output_width, (int)j->c.output_height};
}

static void begin(struct jpeg_in *j, void *ctx) {
    bool *done = ctx;
    let_read(j, WINDOW);
    *done = jpeg_start_decompress(&j->c);
}

enum status jpeg_in_begin(struct jpeg_in *j, bool *done) {
    return guarded(j, begin, done);
}

struct row_ctx {
    uint32_t *row;
    bool done;
};

static void read_row(struct jpeg_in *j, void *ctx) {
    struct row_ctx *r = ctx;
    JSAMPROW rows[1] = {(JSAMPROW)(void *)r->row};
    r->done = jpeg_read_scanlines(&j->c, rows, 1) == 1;
    if (!r->done) let_read(j, WINDOW);
}

/* Four inks to three lights. Adobe's programs, that is nearly all that write such files, store
 * how much paper shows. */
static void row_of_inks(uint32_t *row, int w, bool adobe) {
    for (int x = 0; x < w; x++) {
        uint8_t in[4];
        memcpy(in, &row[x], sizeof in);
        uint32_t out = 0xFF;
        for (int i = 0; i < 4; i++)
            in[i] = adobe ? in[i] : (uint8_t)(255 - in[i]);
        for (int i = 0; i < 3; i++)
            out = out << 8 | ((uint32_t)in[i] * in[3] + 127) / 255;
        row[x] = out;
    }
}

enum status jpeg_in_row(struct jpeg_in *j, uint32_t *row, bool *done) {
    struct row_ctx r = {.row = row};
    enum status s = guarded(j, read_row, &r);
    if (s) return s;
    if (r.done && j->c.out_color_space == JCS_CMYK)
        row_of_inks(row, (int)j->c.output_width, j->c.saw_Adobe_marker);
    *done = r.done;
    return STATUS_OK;
}

static void finish(struct jpeg_in *j, void *ctx) {
    bool *done = ctx;
    *done = jpeg_finish_decompress(&j->c);
    if (!*done) let_read(j, WINDOW);
}

enum status jpeg_in_finish(struct jpeg_in *j, bool *done) {
    return guarded(j, finish, done);
}

double jpeg_in_part(const struct jpeg_in *j, const void *bytes) {
    const uint8_t *from = bytes;
    return j->end > from ? (double)(j->fence - from) / (double)(j->end - from) : 1;
}
