/* pictures.c -- photos and recordings. Their bytes become files of the report only for a reader
 * who may have them; what hangs on a restricted record stands on its page alone. */
#include "base/text.h"
#include "office/report/report.h"

static const char *extension_of(const char *type) {
    static const char *const known[][2] = {{"image/jpeg", "jpg"},
                                           {"image/png", "png"},
                                           {"image/webp", "webp"},
                                           {"audio/ogg", "ogg"}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (text_equal(known[i][0], type)) return known[i][1];
    return NULL;
}

/* The bytes as a file of the report, once; its name, or NULL when it has not arrived. */
static const char *picture_file(struct report *r, const struct query *q, enum status *s) {
    size_t n;
    hash256 h;
    struct buf b = {0};
    const void *p = query_bytes(q, 0, &n);
    const char *extension = extension_of(query_text(q, 3, &r->page));
    if (!p || n != sizeof h || !extension) return NULL;
    memcpy(&h, p, n);
    const char *name =
        arena_printf(&r->page, "evidence-%s.%s", hex_of(&r->page, h.b, 12), extension);
    if (blob_get(r->j, &h, &b)) {
        status_clear();
        name = NULL;
    } else {
        *s = folder_write_once(r, name, b.data, b.size);
    }
    buf_release(&b);
    return name;
}

static void picture(struct report *r, struct html *h, const struct query *q, const char *file,
                    const char *caption) {
    const char *sort = query_text(q, 1, &r->page);
    html_raw(h, "<li>");
    if (file && text_equal(sort, "photo")) {
        html_raw(h, "<img loading=\"lazy\" src=\"");
        html_text(h, file);
        html_raw(h, "\" alt=\"");
        html_text(h, *caption ? caption : report_word_of(r, "file", sort));
        html_raw(h, "\">");
    }
    html_say(h, "span", NULL, report_word_of(r, "file", sort));
    html_say(h, "span", NULL, caption);
    if (file) html_link(h, NULL, file, REPORT_WORD(r, "open_file"));
    html_raw(h, "</li>\n");
}

/* With a visit: its own, but for what hangs on restricted records; without: only that. */
static void open_list(struct report *r, struct query *q, row_id visit) {
    if (visit)
        query_open(
            q, r->j,
            "SELECT t.hash, t.sort, t.caption, t.type, 1 FROM attachment t WHERE t.visit "
            "= ?1 AND t.withdrawn = 0 AND (?2 OR NOT " REPORT_OF_WORKER(
                "t.\"to\"") ") AND NOT " REPORT_RESTRICTED("t.\"to\"") " ORDER BY t.hlc, "
                                                                       "lantern_order(t.id)",
            2, visit, (int64_t)r->who.staff_words);
    else
        query_open(q, r->j,
                   "SELECT t.hash, t.sort, t.caption, t.type, " REPORT_SERVICE_OF(
                       "t.\"to\"") " FROM attachment t WHERE t.withdrawn = 0 "
                                   "AND " REPORT_RESTRICTED("t.\"to\"") " ORDER BY t.hlc, "
                                                                        "lantern_order(t.id)",
                   0);
}

enum status pictures_list(struct report *r, struct html *h, const struct report_service *s,
                          row_id visit) {
    struct query q;
    bool any = false;
    enum status st = STATUS_OK;
    open_list(r, &q, visit);
    while (!st && query_next(&q)) {
        bool photo = text_equal(query_text(&q, 1, &r->page), "photo");
        if (!photo && !r->who.pictures) continue; /* a voice can be recognised */
        if (!visit && !report_wants(r, query_int(&q, 4))) continue;
        const char *file = r->who.pictures ? picture_file(r, &q, &st) : NULL;
        if (!any) {
            html_say(h, "h3", NULL, REPORT_WORD(r, "pictures"));
            html_raw(h, "<ul class=\"pictures\">\n");
        }
        any = true;
        picture(r, h, &q, file, audience_text(r, s, query_text(&q, 2, &r->page)));
    }
    if (any) html_raw(h, "</ul>\n");
    enum status end = query_close(&q);
    return st ? st : end;
}
