/* recorder_disk.c -- a note that is not kept yet, as drafts: a head and pieces.
 *
 *   voice/head      JSON: what it is for, since when, and how it ended; without an end it was
 * cut off by a crash voice/000000 …  16 bits count of levels, levels, then bytes of the Ogg
 * stream, from the last piece on
 *
 * Each is one small transaction, as durable as a record, sealed at rest as every draft is. They
 * never leave this tablet. */
#include "app/recorder_inside.h"

#include "app/app_state.h"
#include "base/json.h"
#include "base/keys.h"
#include "base/log.h"
#include "base/text.h"

#define PREFIX       "voice/"
#define HEAD         PREFIX "head"
#define PIECE_MOST   60000 /* a draft holds 64 KiB */
#define LEVELS_PIECE 2000

static char *piece_key(struct app *a, int number) {
    return arena_printf(&a->act_arena, PREFIX "%06d", number);
}

/* ---- writing ---- */

static void put_place(struct json_out *o, const struct place *p) {
    json_open_map(o, "place");
    json_put_text(o, "screen", screen_of((enum screen_id)p->screen)->name);
    json_put_int(o, "row", p->row);
    json_put_int(o, "other", p->other);
    json_put_text(o, "word", p->word);
    json_put_text(o, "word2", p->word2);
    json_close_map(o);
}

enum status disk_head(struct app *a) {
    struct recording *rec = &recorder_of(a)->rec;
    struct buf b = {0};
    struct json_out o = {.to = &b};
    json_open_map(&o, NULL);
    json_put_int(&o, "what", rec->to.what);
    json_put_int(&o, "visit", rec->to.visit);
    json_put_int(&o, "row", rec->to.row);
    json_put_text(&o, "item", rec->to.item);
    json_put_int(&o, "taken", rec->taken);
    json_put_int(&o, "by", rec->by);
    put_place(&o, &rec->place);
    if (rec->state == VOICE_STOPPED) {
        json_put_text(&o, "cut_off", rec->cut_off);
        json_put_int(&o, "ms", rec->ms);
    }
    json_close_map(&o);
    enum status s = draft_put(a->j, HEAD, b.data, b.size);
    buf_release(&b);
    if (!s) rec->head_owed = false;
    return s;
}

static enum status one_piece(struct app *a, struct recording *rec, size_t from, size_t *to) {
    struct buf b = {0};
    int levels = rec->levels_count - rec->levels_kept;
    if (levels > LEVELS_PIECE) levels = LEVELS_PIECE;
    size_t n = rec->fresh.size - from;
    if (n > PIECE_MOST) n = PIECE_MOST;
    buf_u16(&b, (uint16_t)levels);
    buf_add(&b, rec->levels + rec->levels_kept, (size_t)levels);
    buf_add(&b, rec->fresh.data + from, n);
    enum status s = draft_put(a->j, piece_key(a, rec->pieces), b.data, b.size);
    buf_wipe(&b);
    if (s) return s;
    rec->pieces++;
    rec->levels_kept += levels;
    rec->kept_bytes += (int64_t)n;
    *to = from + n;
    return STATUS_OK;
}

enum status disk_piece(struct app *a) {
    struct recording *rec = &recorder_of(a)->rec;
    enum status s = STATUS_OK;
    size_t done = 0;
    if (a->gone) return status_fail(STATUS_IO, "%s", a->db_path);
    while (!s && done < rec->fresh.size)
        s = one_piece(a, rec, done, &done);
    if (done) {
        memmove(rec->fresh.data, rec->fresh.data + done, rec->fresh.size - done);
        rec->fresh.size -= done;
    }
    if (!s) rec->kept_ms = rec->ms;
    if (!s && rec->head_owed) s = disk_head(a);
    return s;
}

static enum status drop_all(struct app *a, const struct recording *rec) {
    enum status s = draft_put(a->j, HEAD, NULL, 0);
    for (int i = 0; !s && i < rec->pieces; i++)
        s = draft_put(a->j, piece_key(a, i), NULL, 0);
    return s;
}

enum status disk_drop(struct app *a) {
    struct recording *rec = &recorder_of(a)->rec;
    if (journal_writing(a->j)) return drop_all(a, rec);
    enum status s = journal_begin(a->j);
    if (s) return s;
    s = drop_all(a, rec);
    if (!s) s = journal_commit(a->j);
    if (s) journal_rollback(a->j);
    return s;
}

/* ---- reading ---- */

static bool open_piece(const void *p, size_t n, struct cursor *levels, struct cursor *bytes) {
    struct cursor c = cursor_of(p, n);
    size_t count = cursor_u16(&c);
    const uint8_t *at = cursor_take(&c, count);
    if (!at) return false;
    *levels = cursor_of(at, count);
    *bytes = cursor_of(c.p, (size_t)(c.end - c.p));
    return true;
}

enum status disk_bytes(struct app *a, struct buf *out) {
    struct recording *rec = &recorder_of(a)->rec;
    struct arena t = {0};
    enum status s = STATUS_OK;
    for (int i = 0; !s && i < rec->pieces; i++) {
        void *p = NULL;
        size_t n = 0;
        struct cursor levels, bytes;
        s = draft_get(a->j, piece_key(a, i), &t, &p, &n);
        if (!s && !open_piece(p, n, &levels, &bytes))
            s = status_fail(STATUS_DAMAGED, "piece %d of a voice note", i);
        if (!s) buf_add(out, bytes.p, (size_t)(bytes.end - bytes.p));
        if (p) key_wipe(p, n);
        arena_reset(&t);
    }
    arena_wipe(&t);
    buf_add(out, rec->fresh.data, rec->fresh.size);
    if (!s && out->overflow) s = status_fail(STATUS_TOO_LARGE, "a voice note");
    return s;
}

static void read_place(const json *from, struct place *to) {
    *to = (struct place){.screen =
                             (int32_t)screen_by_name(json_text(json_get(from, "screen"), "")),
                         .row = json_int(json_get(from, "row"), 0),
                         .other = json_int(json_get(from, "other"), 0)};
    text_copy(to->word, sizeof to->word, json_text(json_get(from, "word"), ""));
    text_copy(to->word2, sizeof to->word2, json_text(json_get(from, "word2"), ""));
}

/* Without an end in it, the last life ended before the note did. */
static bool read_head(struct recording *rec, const void *p, size_t n, bool *ended) {
    struct json_doc *d = NULL;
    if (json_parse(&d, "voice note", p, n)) return false;
    const json *head = json_root(d), *cut_off = json_get(head, "cut_off");
    rec->to = (struct evidence_to){.what = (int32_t)json_int(json_get(head, "what"), 0),
                                   .visit = json_int(json_get(head, "visit"), 0),
                                   .row = json_int(json_get(head, "row"), 0)};
    text_copy(rec->to.item, sizeof rec->to.item, json_text(json_get(head, "item"), ""));
    rec->taken = json_int(json_get(head, "taken"), 0);
    rec->by = json_int(json_get(head, "by"), 0);
    rec->ms = json_int(json_get(head, "ms"), 0);
    text_copy(rec->cut_off, sizeof rec->cut_off, json_text(cut_off, "crash"));
    *ended = cut_off != NULL;
    read_place(json_get(head, "place"), &rec->place);
    json_close(d);
    return true;
}

struct finding {
    struct recording *rec;
    bool head, ended;
};

static void find_one(void *ctx, const char *key, const void *p, size_t n) {
    struct finding *f = ctx;
    struct recording *rec = f->rec;
    struct cursor levels, bytes;
    if (text_equal(key, HEAD)) {
        f->head = read_head(rec, p, n, &f->ended);
        return;
    }
    rec->pieces++;
    if (!open_piece(p, n, &levels, &bytes)) return;
    for (; levels.p < levels.end && rec->levels_count < LEVELS_MOST; levels.p++)
        rec->levels[rec->levels_count++] = *levels.p;
    rec->kept_bytes += bytes.end - bytes.p;
}

/* Its length is what plays of it. */
static enum status measure(struct app *a, struct recording *rec) {
    struct voice_reader *reader = NULL;
    struct buf b = {0};
    enum status s = disk_bytes(a, &b);
    if (!s) s = voice_read_start(&reader, b.data, b.size);
    if (!s) rec->ms = voice_read_ms(reader);
    voice_read_free(reader);
    buf_wipe(&b);
    return s;
}

void disk_find(struct app *a) {
    struct recording *rec = &recorder_of(a)->rec;
    struct finding f = {.rec = rec};
    enum status s = draft_each(a->j, PREFIX, find_one, &f);
    if (!s && !f.head && !rec->pieces) return;
    if (!s && !f.head) s = status_fail(STATUS_DAMAGED, "a voice note without its head");
    if (!s && !f.ended) s = measure(a, rec);
    rec->state = VOICE_STOPPED;
    rec->levels_kept = rec->levels_count;
    rec->kept_ms = rec->ms;
    log_line("voice note found: %lld ms, %s", (long long)rec->ms,
             s ? status_key(s) : rec->cut_off);
    rec->unread = s && status_of_disk(s);
    if (!s || rec->unread) return;
    /* Not even its first second got to the disk whole: there is nothing to play or to keep. */
    if (disk_drop(a)) log_line("an empty voice note could not be dropped");
    key_wipe(rec, sizeof *rec);
}
