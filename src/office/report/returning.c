/* returning.c -- what keeps coming back: the same item of the same form not met on two checks
 * or more of a service, or in two services or more, within thirteen weeks. */
#include <stdlib.h>

#include "base/text.h"
#include "office/report/report.h"

#define ACROSS_MOST 12

void returning_add(struct report *r, struct report_check *c, const struct found *f) {
    if (!c->recent) return;
    for (int i = 0; i < f->lines_count; i++) {
        const struct found_line *l = &f->lines[i];
        if (l->observation || l->verdict != VERDICT_BAD) continue;
        struct report_finding one = {.form = c->code,
                                     .item = arena_strdup(&r->arena, l->item),
                                     .text = arena_strdup(&r->arena, l->text),
                                     .statement = arena_strdup(&r->arena, l->statement),
                                     .check = c,
                                     .critical = l->critical};
        buf_add(&r->findings, &one, sizeof one);
    }
}

/* Checks lie in one array by service, newest first: their addresses have that order. */
static int by_item(const void *x, const void *y) {
    const struct report_finding *a = x, *b = y;
    int by = strcmp(a->form, b->form);
    if (!by) by = strcmp(a->item, b->item);
    if (!by && a->check != b->check) by = a->check < b->check ? -1 : 1;
    return by;
}

struct group {
    const struct report_finding *first;
    int n, checks, services;
};
struct groups {
    struct group *all;
    int n;
};

/* Those of the service under way lie at the end. */
static struct groups collect(struct report *r, const struct report_service *only) {
    size_t from = only ? r->findings_from : 0;
    struct report_finding *f = (struct report_finding *)(void *)r->findings.data;
    int n = (int)((r->findings.size - from) / sizeof *f);
    if (n) f += from / sizeof *f;
    struct groups g = {.all = ARENA_ARRAY(&r->page, struct group, n + 1)};
    if (n) qsort(f, (size_t)n, sizeof *f, by_item);
    const struct report_check *last = NULL;
    for (int i = 0; i < n; i++) {
        if (only && f[i].check->service != only) continue;
        struct group *now = g.n ? &g.all[g.n - 1] : NULL;
        bool same = now && text_equal(now->first->form, f[i].form) &&
                    text_equal(now->first->item, f[i].item);
        if (!same) {
            now = &g.all[g.n++];
            *now = (struct group){.first = &f[i]};
            last = NULL;
        }
        now->n++;
        now->checks += f[i].check != last;
        now->services += !last || last->service != f[i].check->service;
        last = f[i].check;
    }
    return g;
}

static int by_often(const void *x, const void *y) {
    const struct group *a = x, *b = y;
    if (a->services != b->services) return b->services - a->services;
    if (a->checks != b->checks) return b->checks - a->checks;
    int by = strcmp(a->first->text, b->first->text);
    return by ? by : by_item(a->first, b->first);
}

static const char *question_name(struct report *r, const char *statement) {
    int q = framework_question_of(r->framework, statement);
    return q < 0 ? "" : r->framework->questions[q].name;
}

/* Links to each check where it was found, once. */
static void links(struct report *r, struct html *h, const struct group *g,
                  const struct report_service *only) {
    const struct report_check *last = NULL;
    const struct report_finding *f = g->first,
                                *end =
                                    (const struct report_finding *)(void *)(r->findings.data +
                                                                            r->findings.size);
    for (;
         f < end && text_equal(f->item, g->first->item) && text_equal(f->form, g->first->form);
         f++) {
        if (f->check == last || (only && f->check->service != only)) continue;
        bool again = !only && last && last->service == f->check->service;
        last = f->check;
        if (again) continue;
        html_raw(h, " ");
        if (only)
            html_link(h, NULL, f->check->file, says_day(r, f->check->night));
        else
            html_link(h, NULL, arena_printf(&r->page, "%s#returning", f->check->service->file),
                      f->check->service->name);
    }
}

static void one(struct report *r, struct html *h, const struct group *g,
                const struct report_service *only) {
    html_raw(h, "<li>");
    html_say(h, "strong", NULL, g->first->text);
    html_say(h, "span", "tag", question_name(r, g->first->statement));
    if (g->first->critical) html_say(h, "span", "tag bad", REPORT_WORD(r, "critical"));
    html_say(h, "span", "often",
             only ? REPORT_SAY(r, "in_checks", report_int(r, g->checks))
                  : REPORT_SAY(r, "in_services", report_int(r, g->services)));
    html_raw(h, "<span class=\"links\">");
    links(r, h, g, only);
    html_raw(h, "</span></li>\n");
}

static void list(struct report *r, struct html *h, const struct report_service *only,
                 int most) {
    struct groups g = collect(r, only);
    int shown = 0;
    if (g.n) qsort(g.all, (size_t)g.n, sizeof *g.all, by_often);
    html_raw(h, "<ul class=\"returning\">\n");
    for (int i = 0; i < g.n && shown < most; i++) {
        if ((only ? g.all[i].checks : g.all[i].services) < 2) continue;
        one(r, h, &g.all[i], only);
        shown++;
    }
    html_raw(h, "</ul>\n");
    if (!shown) html_say(h, "p", NULL, REPORT_WORD(r, "nothing_returns"));
}

void returning_in(struct report *r, struct html *h, const struct report_service *s) {
    list(r, h, s, ACROSS_MOST * 2);
}

void returning_across(struct report *r, struct html *h) {
    list(r, h, NULL, ACROSS_MOST);
}
