/* check_proof.c -- who was told and signed, and what shows that nothing was changed: the seal,
 * what came after it, and words added later. */
#include "base/text.h"
#include "office/report/report.h"

#define STROKE_BYTES 9 /* u16 x, u16 y, u8 pressure, u32 ms (ui.h, signature pad) */
#define PEN_UP       65535
#define PAD_WIDTH    600
#define PAD_HEIGHT   200

enum status check_told(struct check_part *p) {
    struct report *r = p->r;
    struct query q;
    bool any = false;
    const struct html_column columns[] = {{REPORT_WORD(r, "told"), NULL},
                                          {REPORT_WORD(r, "when_column"), "n"},
                                          {REPORT_WORD(r, "how_told"), NULL},
                                          {REPORT_WORD(r, "they_said"), NULL}};
    const struct report_service *s = p->check->service;
    query_open(&q, r->j,
               "SELECT coalesce(t.when_told, t.at), coalesce(nullif(t.whom, ''), x.label, ''), "
               "t.sort, t.how, t.said, t.why FROM told t LEFT JOIN person x ON x.id = t.person "
               "WHERE t.visit = ?1 AND t.withdrawn = 0 ORDER BY coalesce(t.when_told, t.at), "
               "t.hlc, lantern_order(t.id)",
               1, p->visit);
    while (query_next(&q)) {
        if (!any) html_table(p->h, NULL, REPORT_WORD(r, "told_caption"), columns, 4);
        any = true;
        const char *whom = audience_role(r, s, query_text(&q, 1, &r->page));
        const char *sort = report_word_of(r, "told", query_text(&q, 2, &r->page));
        html_raw(p->h, "<tr>");
        html_row_head(p->h, NULL, *whom ? arena_printf(&r->page, "%s · %s", sort, whom) : sort);
        html_cell(p->h, "n", says_when(r, query_int(&q, 0)));
        html_cell(p->h, NULL, report_word_of(r, "way", query_text(&q, 3, &r->page)));
        html_raw(p->h, "<td>");
        if (r->who.home_words) {
            html_say(p->h, "q", NULL, audience_text(r, s, query_text(&q, 4, &r->page)));
            html_say(p->h, "span", "mute", audience_text(r, s, query_text(&q, 5, &r->page)));
        }
        html_raw(p->h, "</td></tr>\n");
    }
    if (any) html_table_end(p->h);
    return query_close(&q);
}

/* ---- signatures ---- */

/* From a blob that another device wrote: read with bounds, drawn as one path. */
static void strokes(struct report *r, struct html *h, const void *bytes, size_t n) {
    struct cursor c = cursor_of(bytes, n);
    bool pen = false;
    html_raw(h, "<svg class=\"signature\" viewBox=\"0 0 600 200\" role=\"img\" aria-label=\"");
    html_text(h, REPORT_WORD(r, "signature"));
    html_raw(h, "\"><path d=\"");
    for (size_t i = 0; i + STROKE_BYTES <= n; i += STROKE_BYTES) {
        unsigned x = cursor_u16(&c), y = cursor_u16(&c);
        cursor_byte(&c);
        cursor_u32(&c);
        bool up = x == PEN_UP && y == PEN_UP;
        if (!up)
            buf_printf(&h->out, "%c%u %u", pen ? 'L' : 'M', x * PAD_WIDTH / PEN_UP,
                       y * PAD_HEIGHT / PEN_UP);
        pen = !up;
    }
    html_raw(h, "\"/></svg>\n");
}

void check_signed(struct check_part *p) {
    struct report *r = p->r;
    const struct found *f = p->found;
    const struct report_service *s = p->check->service;
    if (!f->signatures_count) return;
    html_say(p->h, "h3", NULL, REPORT_WORD(r, "signatures"));
    html_raw(p->h, "<ul class=\"signatures\">\n");
    for (int i = 0; i < f->signatures_count; i++) {
        const struct found_signature *g = &f->signatures[i];
        bool home = text_equal(g->side, "in_charge");
        html_raw(p->h, "<li>");
        html_say(p->h, "strong", NULL, report_word_of(r, "side", g->side));
        html_say(p->h, "span", NULL, audience_role(r, s, g->who));
        html_say(p->h, "span", NULL, report_word_of(r, "signed", g->choice));
        html_say(p->h, "span", "mute", says_when(r, g->at));
        if (!home || r->who.home_words) html_say(p->h, "q", NULL, audience_text(r, s, g->text));
        if (g->strokes_size && r->who.signatures) strokes(r, p->h, g->strokes, g->strokes_size);
        html_raw(p->h, "</li>\n");
    }
    html_raw(p->h, "</ul>\n");
}

/* ---- the seal and what came after it ---- */

static bool digest_agrees(struct check_part *p, const void *digest, size_t n) {
    hash256 now;
    int64_t rows;
    if (!digest || n != sizeof now) return false;
    if (journal_visit_digest(p->r->j, p->visit, &now, &rows)) {
        status_clear();
        return false;
    }
    return memcmp(now.b, digest, n) == 0;
}

static enum status seal_facts(struct check_part *p) {
    struct report *r = p->r;
    struct query q;
    query_open(
        &q, r->j,
        "SELECT digest, \"rows\", head_seq, head_hash, at FROM seal WHERE visit = ?1 AND "
        "withdrawn = 0 ORDER BY id = (SELECT seal FROM sealed WHERE visit = ?1) DESC, hlc, "
        "lantern_order(id) LIMIT 1",
        1, p->visit);
    if (query_next(&q)) {
        size_t n, head_n;
        const void *digest = query_bytes(&q, 0, &n);
        bool agrees = digest_agrees(p, digest, n);
        const void *head = query_bytes(&q, 3, &head_n);
        html_raw(p->h, "<dl>");
        html_fact(p->h, REPORT_WORD(r, "sealed"), says_when(r, query_int(&q, 4)));
        html_fact(p->h, REPORT_WORD(r, "seal_covers"),
                  REPORT_SAY(r, "seal_rows", report_int(r, query_int(&q, 1))));
        html_fact(p->h, REPORT_WORD(r, "seal_checked"),
                  agrees                          ? REPORT_WORD(r, "seal_agrees")
                  : check_has_erased(r, p->visit) ? REPORT_WORD(r, "seal_erased")
                                                  : REPORT_WORD(r, "seal_differs"));
        if (r->who.records) {
            html_fact(p->h, REPORT_WORD(r, "digest"),
                      digest ? hex_of(&r->page, digest, n) : "");
            html_fact(p->h, REPORT_WORD(r, "head"),
                      head ? REPORT_SAY(r, "head_at", report_int(r, query_int(&q, 2)),
                                        hex_of(&r->page, head, head_n))
                           : "");
        }
        html_raw(p->h, "</dl>\n");
    } else {
        html_say(p->h, "p", NULL, REPORT_WORD(r, "not_sealed_long"));
    }
    return query_close(&q);
}

static bool version_restricted(struct report *r, row_id record) {
    struct row row;
    if (journal_version(r->j, record, &r->page, &row)) {
        status_clear();
        return true; /* unreadable: say nothing about it */
    }
    bool can = row.kind && kind_column(row.kind, "restricted") >= 0;
    return can && row_get_int(&row, "restricted") == 1;
}

/* Versions that came after the winning seal are kept and shown, and change nothing. */
static enum status late_changes(struct check_part *p) {
    struct report *r = p->r;
    struct query q;
    bool any = false;
    query_open(
        &q, r->j,
        "SELECT l.record, l.kind, x.at, coalesce(n.label, '') FROM late l JOIN journal x "
        "ON x.id = l.record LEFT JOIN person n ON n.id = x.\"by\" WHERE l.visit = ?1 "
        "ORDER BY x.at, x.hlc, lantern_order(l.record)",
        1, p->visit);
    while (query_next(&q)) {
        const struct kind *k = kind_by_number((uint32_t)query_int(&q, 1));
        if (!k || version_restricted(r, query_int(&q, 0))) continue;
        if (!any) {
            html_say(p->h, "h3", NULL, REPORT_WORD(r, "after_seal"));
            html_say(p->h, "p", NULL, REPORT_WORD(r, "after_seal_means"));
            html_raw(p->h, "<ul>\n");
        }
        any = true;
        html_say(p->h, "li", NULL,
                 REPORT_SAY(r, "after_seal_line", report_word_of(r, "kind", k->name),
                            says_when(r, query_int(&q, 2)),
                            audience_role(r, p->check->service, query_text(&q, 3, &r->page))));
    }
    if (any) html_raw(p->h, "</ul>\n");
    return query_close(&q);
}

/* Words added to a restricted row are as restricted as the row. */
static enum status addenda(struct check_part *p) {
    struct report *r = p->r;
    struct query q;
    bool any = false;
    query_open(
        &q, r->j,
        "SELECT coalesce(n.made_at, n.at), n.text, n.why, coalesce(x.label, '') FROM "
        "addendum n LEFT JOIN person x ON x.id = coalesce(n.made_by, n.\"by\") WHERE "
        "n.visit = ?1 AND n.withdrawn = 0 AND (?2 OR NOT (" REPORT_OF_WORKER(
            "n.about") " OR EXISTS (SELECT 1 FROM erase ne WHERE ne.\"row\" = n.about))) AND "
                       "NOT " REPORT_RESTRICTED("n.about") " ORDER BY n.hlc, "
                                                           "lantern_order(n.id)",
        2, p->visit, (int64_t)r->who.staff_words);
    while (query_next(&q)) {
        const struct report_service *s = p->check->service;
        if (!any) {
            html_say(p->h, "h3", NULL, REPORT_WORD(r, "added_later"));
            html_raw(p->h, "<ul>\n");
        }
        any = true;
        html_raw(p->h, "<li>");
        html_say(p->h, "time", NULL, says_when(r, query_int(&q, 0)));
        html_say(p->h, "span", NULL, audience_text(r, s, query_text(&q, 1, &r->page)));
        html_say(p->h, "span", "mute", audience_text(r, s, query_text(&q, 2, &r->page)));
        html_say(p->h, "span", "mute", audience_role(r, s, query_text(&q, 3, &r->page)));
        html_raw(p->h, "</li>\n");
    }
    if (any) html_raw(p->h, "</ul>\n");
    return query_close(&q);
}

enum status check_proof(struct check_part *p) {
    enum status s = addenda(p);
    html_say(p->h, "h3", NULL, REPORT_WORD(p->r, "the_seal"));
    if (!s) s = seal_facts(p);
    if (!s) s = late_changes(p);
    return s;
}
