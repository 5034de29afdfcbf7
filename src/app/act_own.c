/* act_own.c -- a form of one's own is kept: its text becomes a blob, a record `template` names
 * it, and both go to the office with the next bundle. Each change is a new edition; checks stay
 * with the one they were made with. */
#include "app/act_care.h"

#include "base/hash.h"
#include "base/text.h"
#include "care/own_form.h"
#include "store/query.h"

static const char code_signs[] = "23456789CDFGHJKMNPQRTVWXY";
#define CODE_LENGTH 7 /* of 25 signs: two tablets never meet, and one code would hide a form \
                       */

static int64_t edition_of(struct act *t, const char *code) {
    struct query q;
    int64_t edition = 0;
    query_open(&q, t->j, "SELECT coalesce(max(edition), 0) FROM template WHERE code = ?1", 0);
    query_bind_text(&q, 1, code);
    if (query_next(&q)) edition = query_int(&q, 0);
    return query_close(&q) ? -1 : edition;
}

/* Two tablets that know nothing of each other make different codes; this one knows its own. */
static const char *new_code(struct act *t) {
    for (;;) {
        uint64_t seed;
        char signs[CODE_LENGTH + 1] = "";
        random_bytes(&seed, sizeof seed);
        draw d = {seed};
        for (int i = 0; i < CODE_LENGTH; i++)
            signs[i] = code_signs[draw_below(&d, sizeof code_signs - 1)];
        const char *code = arena_printf(t->arena, OWN_PREFIX "%s", signs);
        if (edition_of(t, code) <= 0) return code;
    }
}

static enum status find_cards(struct act *t, const struct own_intent *d,
                              struct own_pick *picks) {
    if (d->count < 1 || d->count > OWN_ITEMS_MOST)
        return status_fail(STATUS_INVALID, "%d cards", d->count);
    for (int i = 0; i < d->count; i++) {
        const struct template *form = act_template_by_code(t, d->picks[i].form);
        const struct item *item = form ? template_item(form, d->picks[i].item) : NULL;
        if (!item)
            return status_fail(STATUS_NOT_FOUND, "%s/%s", d->picks[i].form, d->picks[i].item);
        picks[i] = (struct own_pick){.form = form, .item = item};
    }
    return STATUS_OK;
}

/* Read back as every form is, before anything is written: what is kept can be opened. */
static enum status write_checked(const struct own_form *o, struct buf *json) {
    struct template *read = NULL;
    enum status s = own_form_write(o, json);
    if (!s) s = template_read(&read, o->code, buf_str(json), json->size);
    template_close(read);
    return s;
}

static enum status put_form(struct act *t, const struct own_form *o, const struct buf *json) {
    hash256 name;
    enum status s = blob_put(t->j, json->data, json->size, &name);
    if (s) return s;
    struct row r = row_new(&kind_template);
    row_text(&r, "code", o->code);
    row_int(&r, "edition", o->version);
    row_text(&r, "title", o->title);
    row_hash(&r, "hash", &name);
    s = act_put(t, &r);
    if (!s) t->made = r.id;
    return s;
}

static void on_to_start(struct act *t, const char *code) {
    t->then = (struct place){.screen = SCREEN_start};
    text_copy(t->then.word, sizeof t->then.word, code);
    t->then_replaces = true;
}

enum status act_own_save(struct act *t, const struct intent *in) {
    const struct own_intent *d = in->detail;
    struct own_pick picks[OWN_ITEMS_MOST];
    struct buf json = {0};
    enum status s = find_cards(t, d, picks);
    if (s) return s;
    const char *code = text_blank(d->code) ? new_code(t) : d->code;
    int64_t before = edition_of(t, code);
    if (before < 0) return STATUS_IO;
    struct own_form o = {.code = code,
                         .title = text_trim(t->arena, d->title),
                         .about = d->about,
                         .version = (int)before + 1,
                         .picks = picks,
                         .count = d->count};
    s = write_checked(&o, &json);
    if (!s) s = put_form(t, &o, &json);
    buf_release(&json);
    if (!s) on_to_start(t, code);
    return s;
}

/* Only the newest edition says whether it is offered. Nothing goes: checks made with it can be
 * read, and it can be offered again. */
enum status act_own_retire(struct act *t, const struct intent *in) {
    struct query q;
    row_id newest = 0;
    query_open(
        &q, t->j,
        "SELECT id FROM template WHERE code = ?1 AND withdrawn = 0 ORDER BY edition DESC, "
        "hlc DESC, lantern_order(id) DESC LIMIT 1",
        0);
    query_bind_text(&q, 1, in->word);
    if (query_next(&q)) newest = query_int(&q, 0);
    enum status s = query_close(&q);
    if (!s && !newest) s = status_fail(STATUS_NOT_FOUND, "form %s", in->word);
    struct row r;
    if (!s) s = act_row(t, &kind_template, newest, &r);
    if (s) return s;
    row_int(&r, "retired", in->number != 0);
    s = act_put(t, &r);
    if (!s) on_to_start(t, in->number ? "" : in->word);
    return s;
}
