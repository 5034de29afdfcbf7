/* own_form.c -- writes a form of one's own. The cards are copied from the very text of the
 * forms they come from, field by field, so that nothing of them is lost on the way. */
#include "care/own_form.h"

#include "base/json.h"
#include "base/text.h"
#include "care/json_copy.h"
#include "care/use.h"

struct source {
    const struct template *form;
    struct json_doc *doc;
};
struct writing {
    const struct own_form *o;
    struct json_out out;
    struct source sources[OWN_ITEMS_MOST];
    int sources_count;
};

bool own_form_code(const char *code) {
    return text_starts(code, OWN_PREFIX);
}

bool own_form_lends(const struct template *t) {
    enum form_use use = form_use(t);
    return !t->guide && use != USE_TEAM && use != USE_INTERVIEW && use != USE_PRIVATE;
}

/* In seconds, so that two short cards do not become two minutes. */
static int64_t card_seconds(const struct own_pick *p) {
    const struct section *s = &p->form->sections[p->item->section];
    if (s->minutes <= 0 || s->items_count <= 0) return 90;
    return (int64_t)s->minutes * 60 / s->items_count;
}

int own_form_minutes(const struct own_pick *picks, int count) {
    int64_t seconds = 0;
    for (int i = 0; i < count; i++)
        seconds += card_seconds(&picks[i]);
    int64_t minutes = (seconds + 59) / 60;
    if (minutes < count) minutes = count;
    return minutes > 600 ? 600 : (int)minutes;
}

/* ---- a card ---- */

static enum status source_of(struct writing *w, const struct template *form,
                             const struct json_doc **out) {
    for (int i = 0; i < w->sources_count; i++) {
        if (w->sources[i].form != form) continue;
        *out = w->sources[i].doc;
        return STATUS_OK;
    }
    struct source *s = &w->sources[w->sources_count];
    enum status st = json_parse(&s->doc, form->code, form->json, form->json_size);
    if (st) return st;
    s->form = form;
    w->sources_count++;
    *out = s->doc;
    return STATUS_OK;
}

static enum status card_of(struct writing *w, const struct own_pick *p, const json **out) {
    const struct json_doc *doc = NULL;
    enum status s = source_of(w, p->form, &doc);
    if (s) return s;
    const struct section *at = &p->form->sections[p->item->section];
    const json *section =
        json_at(json_get(json_root(doc), "sections"), (size_t)p->item->section);
    const json *card = json_at(json_get(section, "items"),
                               (size_t)(p->item - p->form->items - at->first_item));
    if (!text_equal(json_text(json_get(card, "id"), ""), p->item->id))
        return status_fail(STATUS_INVALID, "%s has no %s", p->form->code, p->item->id);
    *out = card;
    return STATUS_OK;
}

static bool stands_before(const struct own_form *o, int n, const char *item) {
    for (int i = 0; i < n; i++)
        if (text_equal(o->picks[i].item->id, item)) return true;
    return false;
}

static bool keeps_conditions(const struct own_form *o, int n) {
    const struct item *i = o->picks[n].item;
    for (int k = 0; k < i->when_count; k++)
        if (!stands_before(o, n, i->when[k].item)) return false;
    return i->when_count > 0;
}

static enum status write_card(struct writing *w, int n) {
    const json *card = NULL;
    enum status s = card_of(w, &w->o->picks[n], &card);
    if (s) return s;
    json_open_map(&w->out, NULL);
    json_copy_members(&w->out, card, CARD_LEFT_OFF);
    json_put_text(&w->out, "module", "core");
    if (keeps_conditions(w->o, n)) {
        const char *which = w->o->picks[n].item->when_any ? "whenAny" : "when";
        json_copy(&w->out, which, json_get(card, which));
    }
    json_close_map(&w->out);
    return STATUS_OK;
}

/* ---- the form ---- */

static enum status check(const struct own_form *o) {
    if (o->count < 1 || o->count > OWN_ITEMS_MOST)
        return status_fail(STATUS_INVALID, "%d cards, 1 to %d", o->count, OWN_ITEMS_MOST);
    if (text_blank(o->title) || strlen(o->title) > OWN_TITLE_BYTES)
        return status_fail(STATUS_INVALID, "a title of 1 to %d bytes", OWN_TITLE_BYTES);
    for (int i = 0; i < o->count; i++) {
        if (!own_form_lends(o->picks[i].form))
            return status_fail(STATUS_INVALID, "the cards of %s stay in it",
                               o->picks[i].form->code);
        if (!text_equal(o->picks[i].form->framework, o->picks[0].form->framework))
            return status_fail(STATUS_INVALID, "%s is of another framework",
                               o->picks[i].form->code);
        if (stands_before(o, i, o->picks[i].item->id))
            return status_fail(STATUS_INVALID, "%s stands here twice", o->picks[i].item->id);
    }
    return STATUS_OK;
}

/* The night's colours, dates and lanes only when every card is of the night. */
static bool of_the_night(const struct own_form *o) {
    for (int i = 0; i < o->count; i++)
        if (!o->picks[i].form->night) return false;
    return true;
}

static void write_head(struct writing *w, int minutes) {
    struct json_out *out = &w->out;
    json_put_text(out, "schema", "lantern.template/1");
    json_put_text(out, "code", w->o->code);
    json_put_int(out, "version", w->o->version);
    json_put_text(out, "title", w->o->title);
    json_put_text(out, "about", w->o->about ? w->o->about : "");
    json_put_text(out, "framework", w->o->picks[0].form->framework);
    json_put_bool(out, "night", of_the_night(w->o));
    json_open_list(out, "lengths");
    json_open_map(out, NULL);
    json_put_text(out, "id", "full");
    json_put_text(out, "title", w->o->title);
    json_put_int(out, "minutes", minutes);
    json_close_map(out);
    json_close_list(out);
}

static enum status write_form(struct writing *w) {
    struct json_out *out = &w->out;
    int minutes = own_form_minutes(w->o->picks, w->o->count);
    enum status s = STATUS_OK;
    json_open_map(out, NULL);
    write_head(w, minutes);
    json_open_list(out, "sections");
    json_open_map(out, NULL);
    json_put_text(out, "id", "own");
    json_put_text(out, "title", w->o->title);
    json_put_int(out, "minutes", minutes);
    json_open_list(out, "items");
    for (int i = 0; !s && i < w->o->count; i++)
        s = write_card(w, i);
    if (s) return s;
    json_close_list(out);
    json_close_map(out);
    json_close_list(out);
    json_close_map(out);
    return out->to->overflow ? status_fail(STATUS_TOO_LARGE, "a form of one's own") : STATUS_OK;
}

enum status own_form_write(const struct own_form *o, struct buf *out) {
    struct writing w = {.o = o, .out = {.to = out}};
    enum status s = check(o);
    if (!s) s = write_form(&w);
    for (int i = 0; i < w.sources_count; i++)
        json_close(w.sources[i].doc);
    return s;
}
