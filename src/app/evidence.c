/* evidence.c -- a photo or a voice note becomes a record, or waits for the form it belongs to.
 *
 * Journey: shot.c, recorder.c → here → attachment, or a draft "evidence/FORM/VISIT/ITEM/NUMBER"
 * → Saw something or Heard something is kept → attachment, in the same transaction.
 * Invariants
 *  1. The bytes are in the database before anything names them, in the same transaction.
 *  2. Nothing that is restricted or was said in confidence has a photo or a voice, nor has what
 *     somebody said without agreeing to be recorded.
 *  3. A draft that goes takes its bytes with it, unless something else names them. */
#include "app/evidence.h"

#include <stdlib.h>

#include "app/app_state.h"
#include "app/pictures.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "model/evidence_load.h"
#include "store/query.h"

static const char *sort_word(enum evidence_sort sort) {
    return sort == EVIDENCE_PHOTO ? "photo" : sort == EVIDENCE_VOICE ? "voice" : "file";
}

/* ---- what it belongs to ---- */

struct belonging {
    row_id visit, to, service, room, before;
    const char *item;
};

static enum status visit_open(struct app *a, row_id visit) {
    int64_t sealed = query_one_int(
        a->j, 0, "SELECT count(*) FROM seal WHERE visit = ?1 AND withdrawn = 0", 1, visit);
    return sealed ? status_fail(STATUS_SEALED, "the check is sealed") : STATUS_OK;
}

/* Any kind of row: which check and which service it is part of. */
static enum status look_up(struct app *a, row_id row, struct belonging *out) {
    struct row r;
    int64_t number = query_one_int(a->j, -1, "SELECT kind FROM journal WHERE id = ?1", 1, row);
    const struct kind *k = number < 0 ? NULL : kind_by_number((uint32_t)number);
    if (!k) return status_fail(STATUS_NOT_FOUND, "row %lld", (long long)row);
    if (k->confidential) return status_fail(STATUS_INVALID, "said in confidence");
    enum status s = journal_row(a->j, k, row, &a->act_arena, &r);
    if (s) return s;
    if (kind_column(k, "restricted") >= 0 && row_get_int(&r, "restricted"))
        return status_fail(STATUS_INVALID, "a restricted %s", k->name);
    bool agreed = k != &kind_feedback || (row_get_int(&r, "recorded") &&
                                          !text_equal(row_get_text(&r, "speaker"), "staff"));
    if (!agreed) return status_fail(STATUS_INVALID, "nobody agreed to be recorded");
    if (kind_column(k, "visit") >= 0) out->visit = row_get_int(&r, "visit");
    if (kind_column(k, "service") >= 0) out->service = row_get_int(&r, "service");
    return STATUS_OK;
}

/* The newest photo of the place as it was found. */
static row_id marker_of(struct app *a, row_id action) {
    return query_one_int(a->j, 0,
                         "SELECT id FROM attachment WHERE \"to\" = ?1 AND sort = 'photo' AND "
                         "withdrawn = 0 AND hash IS NOT NULL ORDER BY before IS NOT NULL, "
                         "coalesce(taken, made_at) DESC, lantern_order(id) DESC LIMIT 1",
                         1, action);
}

/* A photo of an action's place is part of the check one is on now, not of the one that found
 * it: that is sealed long ago. */
static enum status of_action(struct app *a, const struct evidence_to *to,
                             struct belonging *out) {
    struct belonging action = {0};
    enum status s = look_up(a, to->row, &action);
    if (s) return s;
    out->to = to->row;
    out->visit = to->visit;
    out->service = action.service;
    if (to->what == EVIDENCE_AFTER) out->before = marker_of(a, to->row);
    return STATUS_OK;
}

static enum status belonging_of(struct app *a, const struct evidence_to *to,
                                struct belonging *out) {
    *out = (struct belonging){0};
    enum status s = STATUS_OK;
    switch ((enum evidence_for)to->what) {
    case EVIDENCE_ITEM:
        out->visit = to->visit;
        out->item = to->item;
        out->room = to->row;
        break;
    case EVIDENCE_ROW:
        s = look_up(a, to->row, out);
        out->to = to->row;
        break;
    case EVIDENCE_ACTION:
    case EVIDENCE_AFTER:
        s = of_action(a, to, out);
        break;
    case EVIDENCE_NOTHING:
    case EVIDENCE_SAW:
    case EVIDENCE_HEARD:
        s = status_fail(STATUS_INVALID, "nothing that it belongs to");
        break;
    }
    if (!s && out->visit) s = visit_open(a, out->visit);
    if (!s && !out->service && !out->visit) out->service = a->service;
    return s;
}

static struct row row_of(const struct evidence_new *e, const struct belonging *b) {
    struct row r = row_new(&kind_attachment);
    row_ref(&r, "visit", b->visit);
    row_ref(&r, "to", b->to);
    row_hash(&r, "hash", &e->hash);
    row_text(&r, "sort", sort_word(e->sort));
    row_text(&r, "caption", text_blank(e->caption) ? NULL : e->caption);
    row_text(&r, "type", e->type);
    row_int(&r, "size", e->size);
    if (e->nobody) row_int(&r, "nobody", 1);
    if (!b->visit) row_ref(&r, "service", b->service);
    row_text(&r, "item", b->item);
    row_ref(&r, "room", b->room);
    if (!hash_is_zero(&e->thumb)) row_hash(&r, "thumb", &e->thumb);
    if (e->width) row_int(&r, "width", e->width);
    if (e->height) row_int(&r, "height", e->height);
    if (e->ms) row_int(&r, "ms", e->ms);
    if (e->taken) row_int(&r, "taken", e->taken);
    row_text(&r, "source", e->source);
    row_text(&r, "cut_off", e->cut_off);
    row_ref(&r, "before", b->before);
    return r;
}

/* ---- what waits ---- */

static bool waits(const struct evidence_to *to) {
    return to->what == EVIDENCE_SAW || to->what == EVIDENCE_HEARD;
}

static enum status waiting_of(struct app *a, enum evidence_for form, row_id visit,
                              const char *item, struct evidence_list *out) {
    return evidence_waiting(a->j, &a->act_arena, evidence_what(form), visit, item, out);
}

int64_t evidence_newest(struct app *a, const struct evidence_to *to) {
    struct evidence_list l = {0};
    enum evidence_for form = (enum evidence_for)to->what;
    if (!waits(to) || waiting_of(a, form, to->visit, to->item, &l)) return 0;
    return l.count ? l.all[l.count - 1].number : 0;
}

static void put_hash(struct app *a, struct json_out *o, const char *key, const hash256 *h) {
    if (!hash_is_zero(h)) json_put_text(o, key, hex_of(&a->act_arena, h->b, sizeof h->b));
}

static void put_said(struct json_out *o, const char *key, const char *text) {
    if (!text_blank(text)) json_put_text(o, key, text);
}

static void put_json(struct app *a, struct buf *to, const struct evidence_new *e) {
    struct json_out o = {.to = to};
    json_open_map(&o, NULL);
    json_put_text(&o, "sort", sort_word(e->sort));
    put_hash(a, &o, "hash", &e->hash);
    put_hash(a, &o, "thumb", &e->thumb);
    put_said(&o, "caption", e->caption);
    put_said(&o, "source", e->source);
    put_said(&o, "cut_off", e->cut_off);
    put_said(&o, "type", e->type);
    json_put_int(&o, "taken", e->taken);
    json_put_int(&o, "size", e->size);
    json_put_int(&o, "ms", e->ms);
    json_put_int(&o, "width", e->width);
    json_put_int(&o, "height", e->height);
    json_put_bool(&o, "nobody", e->nobody);
    json_put_int(&o, "by", e->by ? e->by : journal_holder(a->j));
    json_close_map(&o);
}

static char *draft_key(struct app *a, enum evidence_for form, row_id visit, const char *item,
                       int64_t number) {
    struct arena *t = &a->act_arena;
    char *prefix = evidence_draft_prefix(t, evidence_what(form), visit, item);
    return arena_printf(t, "%s%lld", prefix, (long long)number);
}

static enum status put_waiting(struct app *a, const struct evidence_to *to,
                               const struct evidence_new *e) {
    struct buf b = {0};
    enum status s = to->visit ? visit_open(a, to->visit) : STATUS_OK;
    if (s) return s;
    put_json(a, &b, e);
    char *key = draft_key(a, (enum evidence_for)to->what, to->visit, to->item,
                          evidence_newest(a, to) + 1);
    s = b.overflow ? status_fail(STATUS_TOO_LARGE, "a caption")
                   : draft_put(a->j, key, b.data, b.size);
    buf_release(&b);
    return s;
}

/* It stays the work of whoever made it, also when another holds the tablet by now. */
static row_id stand_in(struct app *a, const struct evidence_new *e) {
    row_id now = journal_holder(a->j);
    if (e->by) journal_hold(a->j, e->by);
    return now;
}

enum status evidence_put(struct app *a, const struct evidence_to *to,
                         const struct evidence_new *e, row_id *row) {
    struct belonging b;
    if (waits(to)) {
        enum status s = put_waiting(a, to, e);
        if (!s) *row = 0;
        return s;
    }
    enum status s = belonging_of(a, to, &b);
    if (s) return s;
    struct row r = row_of(e, &b);
    row_id now = stand_in(a, e);
    s = journal_put(a->j, &r);
    journal_hold(a->j, now);
    if (!s) *row = r.id;
    return s;
}

enum status evidence_may(struct app *a, const struct evidence_to *to) {
    struct belonging b;
    if (waits(to)) return to->visit ? visit_open(a, to->visit) : STATUS_OK;
    return belonging_of(a, to, &b);
}

void evidence_kept(struct app *a, const struct evidence_to *to, row_id row, const char *key) {
    struct undo_batch *b = &a->undo[a->undo_next++ % UNDO_BATCHES];
    *b = (struct undo_batch){.id = ++a->undo_id};
    if (row) {
        undo_remember(b,
                      &(struct undo_step){.kind = &kind_attachment,
                                          .row = row,
                                          .wrote = undo_version_of(a->j, row, &a->act_arena)});
    } else {
        b->waits = *to;
        b->waits_number = evidence_newest(a, to);
    }
    ui_toast(a->ui, b->id, word(a->words, key), word(a->words, "common.undo"));
}

/* ---- the form is kept ---- */

static struct evidence_new again(const struct evidence *e) {
    return (struct evidence_new){
        .sort = e->sort,
        .hash = e->hash,
        .thumb = e->thumb,
        .caption = e->caption,
        .source = e->source,
        .cut_off = e->cut_off,
        .type = e->type,
        .size = e->size,
        .ms = e->ms,
        .taken = e->at,
        .width = e->width,
        .height = e->height,
        .nobody = e->nobody,
        .by = e->person,
    };
}

enum status evidence_claim(struct act *t, enum evidence_for form, row_id visit,
                           const char *item, row_id row) {
    struct evidence_list l = {0};
    struct belonging b = {0};
    enum status s = waiting_of(t->app, form, visit, item, &l);
    if (s || !l.count) return s;
    s = look_up(t->app, row, &b);
    b.to = row;
    for (int i = 0; !s && i < l.count; i++) {
        struct evidence_new e = again(&l.all[i]);
        struct row r = row_of(&e, &b);
        row_id now = stand_in(t->app, &e);
        s = act_put(t, &r);
        journal_hold(t->j, now);
        if (!s)
            s = draft_put(t->j, draft_key(t->app, form, visit, item, l.all[i].number), NULL, 0);
    }
    return s;
}

/* ---- it goes ---- */

struct draft_search {
    const char *hex;
    bool found;
};

static void look_in_draft(void *ctx, const char *key, const void *p, size_t n) {
    struct draft_search *d = ctx;
    (void)key;
    if (memmem(p, n, d->hex, strlen(d->hex))) d->found = true;
}

enum status evidence_drop_bytes(struct app *a, const hash256 *h) {
    struct draft_search d = {.hex = hex_of(&a->act_arena, h->b, sizeof h->b)};
    enum status s = draft_each(a->j, EVIDENCE_DRAFT, look_in_draft, &d);
    if (s || d.found || !blob_have(a->j, h)) return s;
    pictures_forget(a, h);
    return blob_drop(a->j, h);
}

/* Also what was taken back names its bytes: an undo may bring it again. */
static enum status drop_unnamed(struct app *a, const hash256 *h) {
    struct query q;
    if (hash_is_zero(h)) return STATUS_OK;
    enum status s = journal_load_all(a->j); /* an older check may have the same picture */
    if (s) return s;
    query_open(&q, a->j, "SELECT 1 FROM attachment WHERE hash = ?1 OR thumb = ?1 LIMIT 1", 0);
    query_bind_bytes(&q, 1, h->b, sizeof h->b);
    bool named = query_next(&q);
    s = query_close(&q);
    return s || named ? s : evidence_drop_bytes(a, h);
}

static enum status drop_one(struct app *a, enum evidence_for form, const char *item,
                            const struct evidence *e) {
    enum status s = draft_put(a->j, draft_key(a, form, e->visit, item, e->number), NULL, 0);
    if (!s) s = drop_unnamed(a, &e->hash);
    if (!s) s = drop_unnamed(a, &e->thumb);
    return s;
}

static enum status drop(struct app *a, const struct evidence_to *to, int64_t number) {
    struct evidence_list l = {0};
    enum evidence_for form = (enum evidence_for)to->what;
    enum status s = waiting_of(a, form, to->visit, to->item, &l);
    if (s) return s;
    for (int i = 0; i < l.count; i++)
        if (l.all[i].number == number) return drop_one(a, form, to->item, &l.all[i]);
    return status_fail(STATUS_NOT_FOUND, "it does not wait any more");
}

enum status evidence_drop(struct app *a, const struct evidence_to *to, int64_t number) {
    if (!waits(to)) return status_fail(STATUS_NOT_FOUND, "nothing waits there");
    if (journal_writing(a->j)) return drop(a, to, number);
    enum status s = journal_begin(a->j);
    if (s) return s;
    s = drop(a, to, number);
    if (!s) s = journal_commit(a->j);
    if (s) journal_rollback(a->j);
    return s;
}

/* ---- what a person asked for ---- */

enum status act_evidence_remove(struct act *t, const struct intent *in) {
    const struct evidence_remove_intent *k = in->detail;
    if (in->row) return act_take_back(t, &kind_attachment, in->row);
    BELIEVE(k);
    return evidence_drop(t->app, &k->to, k->number);
}

enum status act_evidence_caption(struct act *t, const struct intent *in) {
    struct row r;
    enum status s = journal_row(t->j, &kind_attachment, in->row, t->arena, &r);
    if (s) return s;
    row_text(&r, "caption", text_blank(in->text) ? NULL : text_trim(t->arena, in->text));
    return act_put(t, &r);
}

/* ---- before sealing ---- */

struct first_waiting {
    row_id visit;
    struct place form;
};

/* "evidence/FORM/VISIT/ITEM/NUMBER" */
static void look_whose(void *ctx, const char *key, const void *p, size_t n) {
    struct first_waiting *w = ctx;
    char *end = NULL;
    const char *form = key + strlen(EVIDENCE_DRAFT), *slash = strchr(form, '/');
    (void)p, (void)n;
    if (w->form.screen || !slash) return;
    if (strtoll(slash + 1, &end, 10) != w->visit || *end != '/') return;
    bool heard = strncmp(form, evidence_what(EVIDENCE_HEARD), (size_t)(slash - form)) == 0;
    w->form = (struct place){.screen = heard ? SCREEN_heard : SCREEN_saw, .row = w->visit};
    const char *item = end + 1, *last = strrchr(item, '/');
    size_t size = last ? (size_t)(last - item) : 0;
    if (size < sizeof w->form.word) memcpy(w->form.word, item, size);
}

bool evidence_navigate(struct app *a, const struct intent *in) {
    struct first_waiting w = {.visit = in->row};
    if (in->kind != INTENT_visit_seal) return false;
    if (draft_each(a->j, EVIDENCE_DRAFT, look_whose, &w) || !w.form.screen) return false;
    ui_toast(a->ui, 0, word(a->words, "evidence.before_seal"), NULL);
    stack_push(a, &w.form);
    return true;
}
