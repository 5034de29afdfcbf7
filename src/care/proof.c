/* proof.c -- see proof.h. A proof that the rules of actions do not accept is told, and changes
 * nothing; doubt never makes anything green. */
#include "care/proof.h"

#include "base/text.h"
#include "care/json_copy.h"

#define LASTED_WEEKS 12

static const char *of_proof(const struct proof_verdict *v) {
    bool again = text_equal(v->next, "again") || text_equal(v->next, "danger");
    if (text_equal(v->word, "not_proved")) return "not_working";
    if (text_equal(v->word, "partly"))
        return text_equal(v->next, "back") ? "not_working" : "update";
    if (!text_equal(v->word, "proved")) return "";
    return v->may && !again ? "seen_working" : "update";
}

static const char *of_retest(const struct proof_verdict *v) {
    if (text_equal(v->word, "back")) return "not_working";
    if (text_equal(v->word, "little")) return "update";
    if (!text_equal(v->word, "yes")) return "";
    if (!v->may) return "update";
    return v->weeks >= LASTED_WEEKS ? "lasted" : "seen_working";
}

const char *proof_step(const struct proof_verdict *v) {
    return v->use == USE_PROOF ? of_proof(v) : v->use == USE_RETEST ? of_retest(v) : "";
}

static bool is_verdict(enum form_use use, const struct part *p) {
    if (use == USE_PROOF) return p->kind == PART_PROOF;
    return p->kind == PART_CHOICE && text_equal(p->id, "lasted");
}

static const struct part *words_of(const struct item *i) {
    for (int k = 0; k < i->parts_count; k++)
        if (i->parts[k].kind == PART_WORDS) return &i->parts[k];
    return NULL;
}

bool proof_parts_of(const struct template *form, struct proof_parts *out) {
    enum form_use use = form_use(form);
    *out = (struct proof_parts){0};
    for (int i = 0; use_of_action(use) && i < form->items_count; i++)
        for (int k = 0; k < form->items[i].parts_count; k++) {
            const struct part *p = &form->items[i].parts[k];
            if (is_verdict(use, p)) {
                out->item = &form->items[i];
                out->verdict = p;
                out->reason = words_of(out->item);
            } else if (p->kind == PART_CHOICE && text_equal(p->id, "next")) {
                out->next = p;
            }
        }
    return out->verdict != NULL;
}

/* ---- the form of another look ---- */

struct writing {
    struct json_doc *form, *from;
    struct json_out out;
};

static const json *card_in(const struct json_doc *doc, const struct template *t,
                           const struct item *card) {
    const struct section *at = &t->sections[card->section];
    const json *section = json_at(json_get(json_root(doc), "sections"), (size_t)card->section);
    return json_at(json_get(section, "items"), (size_t)(card - t->items - at->first_item));
}

static void put_card(struct json_out *out, const json *card) {
    json_open_map(out, NULL);
    json_copy_members(out, card, CARD_LEFT_OFF "|required");
    json_put_bool(out, "required", true);
    json_put_text(out, "module", "core");
    json_close_map(out);
}

/* The first card of the form stands for the one that is put in its place. */
static void put_section(struct writing *w, const json *section, const json *card) {
    const json *items = json_get(section, "items");
    json_open_map(&w->out, NULL);
    json_copy_members(&w->out, section, card ? "items|repeats|repeatOf|repeatMost" : "items");
    json_open_list(&w->out, "items");
    if (card) put_card(&w->out, card);
    for (size_t i = card ? 1 : 0; i < json_count(items); i++)
        json_copy(&w->out, NULL, json_at(items, i));
    json_close_list(&w->out);
    json_close_map(&w->out);
}

static void put_form(struct writing *w, const json *card) {
    const json *root = json_root(w->form), *sections = json_get(root, "sections");
    json_open_map(&w->out, NULL);
    json_copy_members(&w->out, root, "sections");
    json_open_list(&w->out, "sections");
    for (size_t i = 0; i < json_count(sections); i++)
        put_section(w, json_at(sections, i), i ? NULL : card);
    json_close_list(&w->out);
    json_close_map(&w->out);
}

enum status retest_form_write(const struct template *form, const struct template *from,
                              const struct item *card, struct buf *out) {
    struct writing w = {.out = {.to = out}};
    enum status s = json_parse(&w.form, form->code, form->json, form->json_size);
    if (!s) s = json_parse(&w.from, from->code, from->json, from->json_size);
    if (!s && template_item(form, card->id))
        s = status_fail(STATUS_INVALID, "%s has %s already", form->code, card->id);
    const json *it = s ? NULL : card_in(w.from, from, card);
    if (!s && !text_equal(json_text(json_get(it, "id"), ""), card->id))
        s = status_fail(STATUS_INVALID, "%s has no %s", from->code, card->id);
    if (!s) put_form(&w, it);
    json_close(w.form);
    json_close(w.from);
    return s;
}
