/* paper_self.c -- what somebody wrote for nobody else, on a paper for that person alone. Only
 * whoever holds the tablet gets their own. */
#include "app/paper_inside.h"

#include "care/use.h"
#include "model/reflect_load.h"
#include "model/roles.h"

static void one_item(struct paper *d, const struct reflect_item *k) {
    if (!k->score && text_blank(k->text)) return;
    paper_head(d, k->item->text, 30);
    if (k->score)
        paper_text(d, STYLE_BODY,
                   paper_word(d, arena_printf(d->a, "reflect.score%d", k->score)));
    paper_text(d, STYLE_BODY, k->text);
}

static enum status one_form(struct paper *d, const struct template *form, row_id person,
                            int *said) {
    struct reflect_model m = {.holder = person};
    enum status s = reflect_read(&d->c, d->a, form, &m);
    if (s || !m.said) return s;
    *said += m.said;
    paper_chapter(d, form->title, 60);
    if (m.begun)
        paper_text(d, STYLE_SMALL, PAPER_SAY(d, "reflect.begun", day_text(d->a, m.begun)));
    for (int i = 0; i < m.items_count; i++)
        one_item(d, &m.items[i]);
    return STATUS_OK;
}

enum status paper_self(struct paper *d, row_id person) {
    int said = 0;
    if (!person || person != journal_holder(d->app->j))
        return status_fail(STATUS_INVALID, "for somebody else");
    enum status s = paper_seal(d, 0);
    if (s) return s;
    d->kind = paper_word(d, "paper.kind_self");
    d->title = paper_word(d, "reflect.title");
    d->sub = arena_printf(d->a, "%s · %s", role_of(d->app->j, person, d->a),
                          paper_when(d, d->c.wall_ms));
    paper_title(d);
    for (size_t i = 0; !s && i < d->c.templates_count; i++) {
        const struct template *t = d->c.templates[i];
        if (form_use(t) != USE_PRIVATE) continue;
        t = form_whole(&d->c, t);
        if (t) s = one_form(d, t, person, &said);
    }
    if (!s && !said) paper_text(d, STYLE_BODY, paper_word(d, "paper.self_nothing"));
    return s;
}
