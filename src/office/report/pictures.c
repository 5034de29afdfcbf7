/* pictures.c -- photos and recordings. Their bytes become files of the report only for a reader
 * who may have them; what hangs on a restricted record stands on its page alone.
 *
 * A photo stands small, and large over the page when it is touched: a link to a place on the
 * same page that shows itself when it is the target, so that no script is needed. What has not
 * arrived yet is said where it will stand. */
#include "base/text.h"
#include "model/evidence_load.h"
#include "office/report/report.h"

struct picture {
    const struct evidence *e;
    const char *key;          /* the same in every master, and once on a page */
    const char *file, *small; /* NULL: not arrived, or not for this reader */
    bool may;                 /* the reader may have its bytes */
};

static const char *extension_of(const char *type) {
    static const char *const known[][2] = {
        {"image/jpeg", "jpg"}, {"image/png", "png"}, {"audio/ogg", "ogg"}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (text_equal(known[i][0], type)) return known[i][1];
    return NULL;
}

/* The bytes as a file of the report, once; its name, or NULL when it has not arrived. */
static const char *file_of(struct report *r, const hash256 *hash, const char *type,
                           enum status *s) {
    struct buf b = {0};
    const char *extension = extension_of(type);
    if (*s || !extension || hash_is_zero(hash)) return NULL;
    const char *name =
        arena_printf(&r->page, "evidence-%s.%s", hex_of(&r->page, hash->b, 12), extension);
    if (blob_get(r->j, hash, &b)) {
        status_clear();
        name = NULL;
    } else {
        *s = folder_write_once(r, name, b.data, b.size);
    }
    buf_release(&b);
    return name;
}

/* `of`: "c" beside the check, "a" beside an action, where it may stand a second time. */
static struct picture picture_of(struct report *r, const struct evidence *e, const char *of,
                                 enum status *s) {
    bool photo = e->sort == EVIDENCE_PHOTO;
    struct picture p = {
        .e = e,
        .key = arena_printf(&r->page, "%s-%s", of, report_key(r, &r->page, e->row)),
        .may = photo ? r->who.photos : r->who.voices};
    if (!p.may) return p;
    p.file = file_of(r, &e->hash, e->type, s);
    p.small = photo ? file_of(r, &e->thumb, "image/jpeg", s) : NULL;
    if (!p.small) p.small = p.file;
    return p;
}

/* ---- one of them ---- */

static void image(struct html *h, const char *file, const char *says) {
    html_raw(h, "<img loading=\"lazy\" src=\"");
    html_text(h, file);
    html_raw(h, "\" alt=\"");
    html_text(h, says);
    html_raw(h, "\">");
}

static void link_open(struct html *h, const char *css, const char *to) {
    html_raw(h, "<a class=\"");
    html_text(h, css);
    html_raw(h, "\" href=\"#");
    html_text(h, to);
    html_raw(h, "\">");
}

static const char *says(struct report *r, const struct report_service *s,
                        const struct evidence *e) {
    const char *caption = audience_text(r, s, e->caption);
    const char *sort = e->sort == EVIDENCE_PHOTO   ? "photo"
                       : e->sort == EVIDENCE_VOICE ? "voice"
                                                   : "file";
    return *caption ? caption : report_word_of(r, "file", sort);
}

static void small_one(struct report *r, struct html *h, const struct report_service *s,
                      const struct picture *p) {
    link_open(h, "small", arena_printf(&r->page, "p-%s", p->key));
    image(h, p->small, says(r, s, p->e));
    html_raw(h, "</a>");
}

/* Shown over the page while its name stands in the address. */
static void large_one(struct report *r, struct html *h, const struct report_service *s,
                      const struct picture *p) {
    html_open_id(h, "div", "large", arena_printf(&r->page, "p-%s", p->key));
    link_open(h, "shut", arena_printf(&r->page, "e-%s", p->key));
    html_text(h, REPORT_WORD(r, "shut"));
    html_raw(h, "</a>");
    image(h, p->file ? p->file : p->small, says(r, s, p->e));
    html_close(h, "div");
}

static void player(struct html *h, const char *file) {
    html_raw(h, "<audio controls preload=\"none\" src=\"");
    html_text(h, file);
    html_raw(h, "\"></audio>");
}

/* Which question it was taken at; what it belongs to otherwise stands beside it. */
static const char *where(struct report *r, const struct evidence *e) {
    const struct template *form =
        e->visit && !text_blank(e->item) ? forms_of_visit(r, e->visit) : NULL;
    const struct item *item = form ? template_item(form, e->item) : NULL;
    return item ? item->text : "";
}

static void lines(struct report *r, struct html *h, const struct report_service *s,
                  const struct picture *p) {
    const struct evidence *e = p->e;
    html_say(h, "strong", NULL, says(r, s, e));
    html_say(h, "span", NULL, where(r, e));
    html_say(h, "span", "mute", s ? says_when(r, e->at) : says_day(r, london_day(e->at)));
    if (e->ms) html_say(h, "span", "mute", duration_text(&r->page, e->ms));
    if (!text_blank(e->cut_off))
        html_say(h, "span", "mute", report_word_of(r, "cut_off", e->cut_off));
    if (p->may && !p->file)
        html_say(h, "span", "tag partly",
                 p->small ? REPORT_WORD(r, "only_small") : REPORT_WORD(r, "not_arrived"));
    if (!p->may && e->sort == EVIDENCE_VOICE)
        html_say(h, "span", "mute", REPORT_WORD(r, "with_provider"));
}

static void figure(struct report *r, struct html *h, const struct report_service *s,
                   const struct picture *p) {
    bool photo = p->e->sort == EVIDENCE_PHOTO;
    html_open_id(h, "li", NULL, arena_printf(&r->page, "e-%s", p->key));
    if (photo && p->small) small_one(r, h, s, p);
    if (p->e->sort == EVIDENCE_VOICE && p->file) player(h, p->file);
    lines(r, h, s, p);
    if (photo && p->small) large_one(r, h, s, p);
    html_raw(h, "</li>\n");
}

/* ---- lists of them ---- */

/* Also whether one was made is not told where the words it belongs to are not. */
static bool tells(struct report *r, const struct evidence *e) {
    if (!r->who.photos) return false;
    if (!e->to) return true;
    if (query_one_int(r->j, 1, "SELECT " REPORT_RESTRICTED("?1"), 1, e->to)) return false;
    return r->who.staff_words ||
           !query_one_int(r->j, 1, "SELECT " REPORT_OF_WORKER("?1"), 1, e->to);
}

static enum status figures(struct report *r, struct html *h, const struct report_service *s,
                           const struct evidence_list *list, const char *of,
                           const char *heading) {
    enum status st = STATUS_OK;
    bool any = false;
    for (int i = 0; i < list->count && !st; i++) {
        if (s && !tells(r, &list->all[i])) continue;
        struct picture p = picture_of(r, &list->all[i], of, &st);
        if (!any) {
            html_say(h, "h3", NULL, heading);
            html_raw(h, "<ul class=\"pictures\">\n");
        }
        any = true;
        figure(r, h, s, &p);
    }
    if (any) html_raw(h, "</ul>\n");
    return st;
}

enum status pictures_of_check(struct check_part *p) {
    struct evidence_list list = {0};
    enum status st = evidence_of_visit(p->r->j, &p->r->page, p->visit, &list);
    if (st) return st;
    return figures(p->r, p->h, p->check->service, &list, "c", REPORT_WORD(p->r, "pictures"));
}

enum status pictures_of_row(struct report *r, struct html *h, const struct report_service *s,
                            row_id row) {
    struct evidence_list list = {0};
    enum status st = evidence_of_row(r->j, &r->page, row, &list);
    return st ? st : figures(r, h, s, &list, "a", "");
}

/* Small ones beside what they show; the list of the check below holds them all. */
enum status pictures_beside(struct check_part *p, const struct evidence_list *list) {
    enum status st = STATUS_OK;
    for (int i = 0; i < list->count && !st; i++) {
        const struct evidence *e = &list->all[i];
        if (e->sort != EVIDENCE_PHOTO || e->visit != p->visit || !tells(p->r, e)) continue;
        struct picture one = picture_of(p->r, e, "c", &st);
        if (one.small) small_one(p->r, p->h, p->check->service, &one);
    }
    return st;
}

/* What hangs on restricted words and observations, for their page alone. */
enum status pictures_restricted(struct report *r, struct html *h) {
    struct query q;
    struct buf rows = {0};
    for (query_open(&q, r->j,
                    "SELECT t.\"to\", " REPORT_SERVICE_OF(
                        "t.\"to\"") " FROM attachment t WHERE t.withdrawn = 0 AND "
                                    "" REPORT_RESTRICTED("t.\"to\"") " GROUP BY t.\"to\" "
                                                                     "ORDER BY min(t.hlc)",
                    0);
         query_next(&q);) {
        row_id row = query_int(&q, 0);
        if (report_wants(r, query_int(&q, 1))) buf_add(&rows, &row, sizeof row);
    }
    enum status st = query_close(&q);
    for (size_t at = 0; !st && at < rows.size; at += sizeof(row_id)) {
        row_id row;
        memcpy(&row, rows.data + at, sizeof row);
        st = pictures_of_row(r, h, NULL, row);
    }
    buf_release(&rows);
    return st;
}
