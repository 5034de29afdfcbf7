/* said.c -- what people said in the last thirteen weeks. Workers are not among the counts and
 * never quoted here; how many of them spoke is told only from five on. */
#include "office/report/report.h"

#include "base/text.h"

static const char *const sorts[4] = {"praise", "idea", "worry", "complaint"};

static int sort_index(const char *sort) {
    for (int i = 0; i < 4; i++)
        if (text_equal(sorts[i], sort)) return i;
    return -1;
}

#define SAID_SQL                                                                              \
    "SELECT f.speaker, f.sort, f.text, coalesce(f.made_at, f.at), f.visit, f.about, "         \
    "f.wants_answer, f.consent, f.id, f.question, f.marks FROM feedback f WHERE f.service = " \
    "?1 AND f.withdrawn = "                                                                   \
    "0 AND "                                                                                  \
    "f.restricted IS NOT 1 AND coalesce(f.made_at, f.at) > ?2 AND coalesce(f.made_at, f.at) " \
    "<= ?3 ORDER BY coalesce(f.made_at, f.at) DESC, f.hlc DESC, lantern_order(f.id)"

/* Of a check that this reader does not get, or the service's own otherwise. */
static bool hidden(struct report *r, const struct query *q) {
    return r->who.home && query_int(q, 4) && !report_check_of(r, query_int(q, 4));
}

static bool may_quote(const struct query *q, const char *text) {
    struct arena a = {0};
    bool no = text_equal(query_text(q, 7, &a), "no");
    arena_release(&a);
    return !no && !text_blank(text);
}

static void add_quote(struct report *r, const struct report_service *s, const struct query *q) {
    const char *text = audience_text(r, s, query_text(q, 2, &r->page));
    if (!may_quote(q, text)) return;
    struct report_quote quote = {.text = arena_strdup(&r->arena, text),
                                 .speaker = query_text(q, 0, &r->arena),
                                 .sort = query_text(q, 1, &r->arena),
                                 .service = s,
                                 .at = query_int(q, 3)};
    buf_add(&r->quotes, &quote, sizeof quote);
}

enum status said_count(struct report *r, struct report_service *s) {
    struct query q;
    bool taken[4] = {false}; /* one quote of each sort, the newest: the index is short */
    for (query_open(&q, r->j, SAID_SQL, 3, s->id, r->since, r->now); query_next(&q);) {
        int sort = sort_index(query_text(&q, 1, &r->page));
        if (hidden(r, &q)) continue;
        if (text_equal(query_text(&q, 0, &r->page), "staff")) {
            s->voices.staff++;
            continue;
        }
        if (sort < 0) continue;
        s->voices.sort[sort]++;
        if (!taken[sort]) add_quote(r, s, &q);
        taken[sort] = true;
    }
    enum status st = query_close(&q);
    arena_reset(&r->page);
    return st;
}

void said_counts(struct report *r, struct html *h, const struct report_voices *v,
                 const char *href) {
    html_raw(h, "<ul class=\"voices\">\n");
    for (int i = 0; i < 4; i++) {
        html_open(h, "li", sorts[i]);
        html_link(h, "figure", href, report_int(r, v->sort[i]));
        html_say(h, "span", NULL, report_word_of(r, "voices", sorts[i]));
        html_raw(h, "</li>\n");
    }
    html_raw(h, "</ul>\n");
    if (v->staff >= REPORT_FEW)
        html_say(h, "p", "mute", REPORT_SAY(r, "staff_spoke", report_int(r, v->staff)));
}

/* What was asked, before the words; the small answers after them. They tell who somebody is to
 * whom ("son or daughter"): not for everybody. */
static const char *beside(struct report *r, const struct query *q, int col) {
    bool hidden_here =
        r->who.copy > COPY_MANAGER || text_equal(query_text(q, 7, &r->page), "no");
    return hidden_here ? "" : query_text(q, col, &r->page);
}

static enum status one_voice(struct report *r, struct html *h, const struct report_service *s,
                             const struct query *q) {
    struct evidence_list heard = {0};
    const char *text = audience_text(r, s, query_text(q, 2, &r->page));
    enum status st = pictures_heard(r, query_int(q, 8), &heard);
    if (st) return st;
    html_raw(h, "<li class=\"quote\">");
    html_say(h, "span", "tag", report_word_of(r, "sort", query_text(q, 1, &r->page)));
    const char *question = beside(r, q, 9), *marks = beside(r, q, 10);
    if (!text_blank(question)) html_say(h, "span", "mute", question);
    if (may_quote(q, text)) html_say(h, "q", NULL, text);
    if (!text_blank(marks)) html_say(h, "span", NULL, marks);
    if (text_blank(marks) && !may_quote(q, text))
        html_say(h, "span", "mute",
                 heard.count ? REPORT_WORD(r, "own_voice") : REPORT_WORD(r, "no_words"));
    st = pictures_play(r, h, &heard);
    html_say(h, "span", "mute", report_word_of(r, "speaker", query_text(q, 0, &r->page)));
    html_say(h, "span", "mute", says_when(r, query_int(q, 3)));
    if (query_int(q, 6) == 1) html_say(h, "span", "tag", REPORT_WORD(r, "wants_answer"));
    struct report_check *c = report_check_of(r, query_int(q, 4));
    if (c) html_link(h, NULL, c->file, REPORT_WORD(r, "the_check"));
    html_raw(h, "</li>\n");
    return st;
}

enum status said_list(struct report *r, struct html *h, const struct report_service *s) {
    struct query q;
    int n = 0;
    enum status st = STATUS_OK;
    html_raw(h, "<ul class=\"quotes\">\n");
    for (query_open(&q, r->j, SAID_SQL, 3, s->id, r->since, r->now); !st && query_next(&q);) {
        if (hidden(r, &q) || text_equal(query_text(&q, 0, &r->page), "staff")) continue;
        if (sort_index(query_text(&q, 1, &r->page)) < 0) continue;
        st = one_voice(r, h, s, &q);
        n++;
    }
    html_raw(h, "</ul>\n");
    if (!n) html_say(h, "p", NULL, REPORT_WORD(r, "nobody_spoke"));
    enum status end = query_close(&q);
    return st ? st : end;
}
