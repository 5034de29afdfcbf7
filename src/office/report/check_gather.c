/* check_gather.c -- who was there, what will be done or why nothing, how far answers lie apart,
 * what each group said: what a check came to that was no walk. Counts and bars of counts, never
 * a percentage. */
#include "base/text.h"
#include "office/report/report.h"

static const char *counts(struct report *r, const struct gather_row *k) {
    const struct words *w = r->o->words;
    if (!k->neither)
        return words_say(&r->page, w, "gather.yes_no", report_int(r, k->yes),
                         report_int(r, k->no));
    return words_say(&r->page, w, "gather.yes_no_neither", report_int(r, k->yes),
                     report_int(r, k->no), report_int(r, k->neither));
}

static void row(struct check_part *p, const struct gather_row *k) {
    struct report *r = p->r;
    const struct report_service *s = p->check->service;
    html_open(p->h, "li", NULL);
    html_say(p->h, k->strong ? "strong" : "span", NULL, audience_text(r, s, k->text));
    html_say(p->h, "span", "mute", audience_text(r, s, k->sub));
    if (k->of > 0) {
        buf_printf(&p->h->out, "<progress max=\"%d\" value=\"%d\"></progress>", k->of, k->yes);
        html_say(p->h, "span", "mute", counts(r, k));
    }
    html_raw(p->h, "</li>\n");
}

/* Groups side by side. */
static void columns(struct check_part *p, const struct gather_block *b) {
    struct report *r = p->r;
    const struct report_service *s = p->check->service;
    html_raw(p->h, "<table class=\"answers\"><thead><tr>");
    for (int k = 0; k < b->rows_count; k++)
        html_say(p->h, "th", NULL, b->rows[k].text);
    html_raw(p->h, "</tr></thead><tbody><tr>");
    for (int k = 0; k < b->rows_count; k++) {
        html_open(p->h, "td", NULL);
        for (const char *at = b->rows[k].sub; *at;) {
            size_t n = strcspn(at, "\n");
            html_say(p->h, "span", "mute", audience_text(r, s, arena_strndup(&r->page, at, n)));
            at += n + (at[n] == '\n');
        }
        if (b->rows[k].of) html_say(p->h, "span", "mute", counts(r, &b->rows[k]));
        html_raw(p->h, "</td>");
    }
    html_raw(p->h, "</tr></tbody></table>\n");
}

void check_gather(struct check_part *p) {
    const struct gather *g = p->found->walk->gather;
    for (int i = 0; i < g->blocks_count; i++) {
        const struct gather_block *b = &g->blocks[i];
        html_say(p->h, "h3", NULL, b->title);
        html_say(p->h, "p", "mute", b->note);
        if (b->columns && b->rows_count) {
            columns(p, b);
            continue;
        }
        html_raw(p->h, "<ul>\n");
        for (int k = 0; k < b->rows_count; k++)
            row(p, &b->rows[k]);
        html_raw(p->h, "</ul>\n");
    }
}
