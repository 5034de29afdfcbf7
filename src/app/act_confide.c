/* act_confide.c -- words in confidence become a box that only one reader opens.
 *
 * Journey: Heard something (a worker speaks), Saw something (about a worker) → intent confide →
 * here → care/confidence.h → key_seal → one record outside every check, with a day and no time.
 * Nothing else is written: no event, no action, no danger card. The writer can read his own
 * until it leaves the tablet or a check is sealed: a draft of his, sealed at rest.
 * Only on a tablet that keeps everything sealed (PEOPLE.md, Someone who is afraid). */
#include "app/act_care.h"
#include "app/app_state.h"
#include "base/json.h"
#include "base/keys.h"
#include "base/text.h"
#include "care/confidence.h"
#include "model/confide_load.h"
#include "store/query.h"

static enum status name_service(struct act *t, row_id service, struct confidence *c) {
    struct query q;
    query_open(&q, t->j, "SELECT code, name FROM service WHERE id = ?1", 1, service);
    if (query_next(&q)) {
        c->service = query_text(&q, 0, t->arena);
        c->service_name = query_text(&q, 1, t->arena);
    }
    return query_close(&q);
}

static enum status name_checker(struct act *t, struct confidence *c) {
    struct query q;
    query_open(&q, t->j, "SELECT label FROM person WHERE id = ?1", 1, t->holder);
    if (query_next(&q)) c->checker = query_text(&q, 0, t->arena);
    return query_close(&q);
}

static const char *said(struct act *t, const char *s) {
    return text_blank(s) ? "" : text_trim(t->arena, s);
}

/* The day is the calendar's, not the night's: the date on which the night began would tell that
 * it was after midnight. */
static struct confidence content_of(struct act *t, const struct confide_intent *k) {
    return (struct confidence){.about = k->about,
                               .service = "",
                               .service_name = "",
                               .checker = "",
                               .role = said(t, k->role),
                               .text = said(t, k->text),
                               .answer_how = said(t, k->answer_how),
                               .statement = said(t, k->statement),
                               .from = said(t, k->from),
                               .until = said(t, k->until),
                               .break_asked = said(t, k->break_asked),
                               .they_said = said(t, k->they_said),
                               .witness = said(t, k->witness),
                               .severity = k->severity,
                               .said = k->said,
                               .said_count = k->said_count,
                               .day = london_day(t->wall_ms)};
}

static enum status key_of_reader(struct act *t, row_id reader, uint8_t key[KEY_BYTES]) {
    struct query q;
    bool found = false;
    query_open(&q, t->j,
               "SELECT \"key\" FROM reader WHERE id = ?1 AND withdrawn = 0 AND ended IS NOT 1",
               1, reader);
    if (query_next(&q)) {
        size_t n = 0;
        const void *p = query_bytes(&q, 0, &n);
        found = n == KEY_BYTES;
        if (found) memcpy(key, p, KEY_BYTES);
    }
    enum status s = query_close(&q);
    return s || found ? s : status_fail(STATUS_NOT_FOUND, "nobody may read this any more");
}

static enum status put_box(struct act *t, row_id reader, const struct buf *note, day_no day,
                           row_id *out) {
    uint8_t key[KEY_BYTES], *box = arena_take(t->arena, note->size + KEY_SEAL_OVER);
    enum status s = key_of_reader(t, reader, key);
    if (s) return s;
    struct row r = row_new(&kind_confidence);
    key_seal(key, note->data, note->size, box);
    row_int(&r, "day", day);
    row_ref(&r, "reader", reader);
    row_bytes(&r, "key", key, sizeof key);
    row_bytes(&r, "box", box, note->size + KEY_SEAL_OVER);
    s = act_put(t, &r);
    if (!s) *out = r.id;
    return s;
}

static char *draft_of(struct arena *a, row_id row) {
    return arena_printf(a, CONFIDED "%lld", (long long)row);
}

/* Nobody holds the tablet: then nobody can be told to be the writer. */
static enum status put_own_copy(struct act *t, row_id row, struct buf *note) {
    struct buf b = {0};
    struct json_out o = {.to = &b};
    if (!t->holder) return STATUS_OK;
    json_open_map(&o, NULL);
    json_put_int(&o, "holder", t->holder);
    json_put_text(&o, "note", buf_str(note));
    json_close_map(&o);
    enum status s = draft_put(t->j, draft_of(t->arena, row), b.data, b.size);
    buf_wipe(&b);
    return s;
}

enum status act_confide(struct act *t, const struct intent *in) {
    const struct confide_intent *k = in->detail;
    if (!journal_at_rest_sealed(t->j))
        return status_fail(STATUS_INVALID, "this tablet does not keep what it has sealed");
    struct confidence c = content_of(t, k);
    struct buf note = {0};
    row_id made = 0;
    enum status s = name_service(t, k->service ? k->service : t->service, &c);
    if (!s) s = name_checker(t, &c);
    if (!s) s = confidence_write(&c, &note);
    if (!s) s = put_box(t, k->reader, &note, c.day, &made);
    if (!s) s = put_own_copy(t, made, &note);
    buf_wipe(&note);
    return s;
}

struct keys {
    struct arena *a;
    row_id of;       /* this writer's only; 0: all */
    struct buf list; /* of char * */
};

static row_id writer_of(const void *p, size_t n) {
    struct json_doc *doc = NULL;
    if (json_parse(&doc, "draft", p, n)) {
        status_clear();
        return 0;
    }
    row_id writer = json_int(json_get(json_root(doc), "holder"), 0);
    json_close(doc);
    return writer;
}

static void note_key(void *ctx, const char *key, const void *p, size_t n) {
    struct keys *k = ctx;
    if (k->of && writer_of(p, n) != k->of) return;
    char *copy = arena_strdup(k->a, key);
    buf_add(&k->list, &copy, sizeof copy);
}

static enum status forget(struct app *a, row_id of) {
    struct keys k = {.a = &a->act_arena, .of = of};
    enum status s = draft_each(a->j, CONFIDED, note_key, &k);
    char *const *all = (char *const *)(void *)k.list.data;
    for (size_t i = 0; !s && i < k.list.size / sizeof *all; i++)
        s = draft_put(a->j, all[i], NULL, 0);
    buf_release(&k.list);
    a->model_stale = true;
    return s;
}

enum status confided_forget(struct app *a) {
    return forget(a, 0);
}

enum status confided_forget_of(struct app *a, row_id person) {
    char *typed = arena_printf(&a->act_arena, "confide/%lld/", (long long)person);
    enum status s = forget(a, person);
    if (!s) s = private_forget_of(a, person);
    if (!s) s = drafts_forget(a, typed);
    if (!s) ui_field_forget(a->ui, typed);
    return s;
}

enum status confided_forget_one(struct app *a, row_id row) {
    return draft_put(a->j, draft_of(&a->act_arena, row), NULL, 0);
}
