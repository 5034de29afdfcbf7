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
    if (photo && p->small) small_one(r, h, s, p);
    if (p->e->sort == EVIDENCE_VOICE && p->file) player(h, p->file);
    lines(r, h, s, p);
    if (photo && p->small) large_one(r, h, s, p);
}

/* ---- what a reader is told of at all ---- */

#define HANGS_MOST 8 /* photo → addendum → action → observation */

/* What a row came from or is a part of; 0 nothing. */
static row_id hangs_on(struct report *r, row_id row) {
    return query_one_int(
        r->j, 0,
        "SELECT coalesce((SELECT source FROM action WHERE id = ?1), (SELECT source FROM danger "
        "WHERE id = ?1), (SELECT action FROM step WHERE id = ?1), (SELECT about FROM addendum "
        "WHERE id = ?1), (SELECT danger FROM duty WHERE id = ?1), (SELECT danger FROM call "
        "WHERE id = ?1), (SELECT \"to\" FROM attachment WHERE id = ?1), 0)",
        1, row);
}

static bool in_confidence(struct report *r, row_id row) {
    for (int i = 0; row && i < HANGS_MOST; i++, row = hangs_on(r, row))
        if (query_one_int(r->j, 1, "SELECT " REPORT_RESTRICTED("?1"), 1, row)) return true;
    return row != 0; /* a ring is nobody's */
}

/* 1 taken back, 0 not; -1 when the row is not here: it has not arrived, or was erased. */
static int64_t taken_back(struct report *r, row_id row) {
    return query_one_int(
        r->j, -1,
        "SELECT coalesce((SELECT withdrawn FROM observation WHERE id = ?1), (SELECT withdrawn "
        "FROM feedback WHERE id = ?1), (SELECT withdrawn FROM action WHERE id = ?1), (SELECT "
        "withdrawn FROM step WHERE id = ?1), (SELECT withdrawn FROM answer WHERE id = ?1), "
        "(SELECT withdrawn FROM addendum WHERE id = ?1), (SELECT withdrawn FROM visit WHERE id "
        "= ?1), -1)",
        1, row);
}

static bool erased(struct report *r, row_id row) {
    return query_one_int(r->j, 1, "SELECT EXISTS (SELECT 1 FROM erase WHERE \"row\" = ?1)", 1,
                         row);
}

/* Also whether one was made is not told where the words it belongs to are not. Where nobody can
 * say what it belongs to, the provider alone sees it: to look for the rest, or to erase it. */
static bool tells(struct report *r, const struct evidence *e) {
    if (!r->who.photos) return false;
    if (e->at > r->now && !report_wrong_date(r, e->row, e->at)) return false;
    if (r->who.home && e->visit && !report_check_of(r, e->visit)) return false;
    if (!e->to) return true;
    int64_t back = taken_back(r, e->to);
    if (back == 1 || in_confidence(r, e->to)) return false;
    if (r->who.restricted) return true;
    return back == 0 && !erased(r, e->to) &&
           (r->who.staff_words ||
            !query_one_int(r->j, 1, "SELECT " REPORT_OF_WORKER("?1"), 1, e->to));
}

/* ---- lists of them ---- */

struct figures {
    struct report *r;
    struct html *h;
    const struct report_service *service; /* NULL: the page of restricted records, all of it */
    const char *of;
    const struct evidence *all;
    int count;
};

/* The photo of a place as it was found, of all that were taken of the place since. */
static row_id root_of(const struct evidence *e) {
    return e->before ? e->before : e->row;
}

static bool shown_before(const struct figures *f, int i) {
    for (int k = 0; k < i; k++)
        if (root_of(&f->all[k]) == root_of(&f->all[i])) return true;
    return false;
}

/* Those that are told, in `of`; with the earlier photo of a place looked at again, which may
 * belong to another check. */
static enum status told_of(struct figures *f, const struct evidence_list *list) {
    struct report *r = f->r;
    struct evidence *out = ARENA_ARRAY(&r->page, struct evidence, list->count * 2 + 1);
    for (int i = 0; i < list->count; i++)
        if (!f->service || tells(r, &list->all[i])) out[f->count++] = list->all[i];
    f->all = out;
    for (int i = 0, n = f->count; i < n; i++) {
        struct evidence_list place = {0};
        bool here = !out[i].before;
        for (int k = 0; k < f->count; k++)
            here = here || out[k].row == out[i].before;
        if (here || !out[i].to) continue;
        enum status s = evidence_of_row(r->j, &r->page, out[i].to, &place);
        if (s) return s;
        for (int k = 0; k < place.count; k++)
            if (place.all[k].row == out[i].before && (!f->service || tells(r, &place.all[k])))
                out[f->count++] = place.all[k];
    }
    return STATUS_OK;
}

static enum status side(struct figures *f, const struct evidence *e, const char *tag,
                        const char *css, const char *when) {
    enum status s = STATUS_OK;
    struct picture p = picture_of(f->r, e, f->of, &s);
    html_open_id(f->h, tag, css, arena_printf(&f->r->page, "e-%s", p.key));
    html_say(f->h, "span", "tag", when);
    figure(f->r, f->h, f->service, &p);
    html_close(f->h, tag);
    return s;
}

/* As it was found on the left, then each later look at the same place. */
static enum status pair(struct figures *f, row_id root) {
    enum status s = STATUS_OK;
    html_raw(f->h, "<li class=\"pair\">\n");
    for (int i = 0; !s && i < f->count; i++)
        if (f->all[i].row == root)
            s = side(f, &f->all[i], "div", "side", REPORT_WORD(f->r, "before"));
    for (int i = 0; !s && i < f->count; i++)
        if (f->all[i].before == root)
            s = side(f, &f->all[i], "div", "side", REPORT_WORD(f->r, "after"));
    html_raw(f->h, "</li>\n");
    return s;
}

static enum status one_or_pair(struct figures *f, int i) {
    row_id root = root_of(&f->all[i]);
    bool first = false;
    int n = 0;
    if (shown_before(f, i)) return STATUS_OK;
    for (int k = 0; k < f->count; k++) {
        first = first || f->all[k].row == root;
        n += root_of(&f->all[k]) == root;
    }
    if (first && n > 1) return pair(f, root);
    enum status s = STATUS_OK; /* alone, or what it is compared with is gone */
    for (int k = i; !s && k < f->count; k++)
        if (root_of(&f->all[k]) == root) s = side(f, &f->all[k], "li", NULL, "");
    return s;
}

static enum status figures(struct report *r, struct html *h, const struct report_service *s,
                           const struct evidence_list *list, const char *of,
                           const char *heading) {
    struct figures f = {.r = r, .h = h, .service = s, .of = of};
    enum status st = told_of(&f, list);
    if (st || !f.count) return st;
    html_say(h, "h3", NULL, heading);
    html_raw(h, "<ul class=\"pictures\">\n");
    for (int i = 0; i < f.count && !st; i++)
        st = one_or_pair(&f, i);
    html_raw(h, "</ul>\n");
    return st;
}

enum status pictures_of_check(struct check_part *p) {
    struct evidence_list list = {0};
    enum status st = evidence_told_of_visit(p->r->j, &p->r->page, p->visit, &list);
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
    bool any = false;
    for (int i = 0; i < list->count && !st; i++) {
        const struct evidence *e = &list->all[i];
        if (e->sort != EVIDENCE_PHOTO || e->visit != p->visit || !tells(p->r, e)) continue;
        struct picture one = picture_of(p->r, e, "c", &st);
        if (!one.small) continue;
        if (!any) html_open(p->h, "div", "beside");
        any = true;
        small_one(p->r, p->h, p->check->service, &one);
    }
    if (any) html_close(p->h, "div");
    return st;
}

/* Recordings of what somebody said, for their words' own place. */
enum status pictures_heard(struct report *r, row_id row, struct evidence_list *out) {
    struct evidence_list list = {0};
    enum status st = evidence_of_row(r->j, &r->page, row, &list);
    struct evidence *all = ARENA_ARRAY(&r->page, struct evidence, list.count + 1);
    int n = 0;
    for (int i = 0; !st && i < list.count; i++)
        if (list.all[i].sort == EVIDENCE_VOICE && tells(r, &list.all[i]))
            all[n++] = list.all[i];
    if (!st) *out = (struct evidence_list){.all = all, .count = n};
    return st;
}

enum status pictures_play(struct report *r, struct html *h, const struct evidence_list *heard) {
    enum status st = STATUS_OK;
    for (int i = 0; i < heard->count && !st; i++) {
        struct picture p = picture_of(r, &heard->all[i], "q", &st);
        html_raw(h, "<span class=\"heard\">");
        if (p.file) player(h, p.file);
        if (p.e->ms) html_say(h, "span", "mute", duration_text(&r->page, p.e->ms));
        if (!p.may)
            html_say(h, "span", "mute", REPORT_WORD(r, "with_provider"));
        else if (!p.file)
            html_say(h, "span", "tag partly", REPORT_WORD(r, "not_arrived"));
        html_raw(h, "</span>");
    }
    return st;
}

#define SOURCE_OF "(SELECT ra.source FROM action ra WHERE ra.id = t.\"to\")"

/* What hangs on restricted words and observations, and on what was raised because of them, for
 * their page alone. */
enum status pictures_restricted(struct report *r, struct html *h) {
    struct query q;
    struct buf rows = {0};
    for (query_open(
             &q, r->j,
             "SELECT t.\"to\", coalesce(" REPORT_SERVICE_OF(
                 "t.\"to\"") ", (SELECT rs.service FROM action rs WHERE rs.id = "
                             "t.\"to\")) FROM attachment t WHERE t.withdrawn = 0 AND "
                             "t.\"to\" IS NOT NULL AND (" REPORT_RESTRICTED(
                                 "t.\"to\"") " OR " REPORT_RESTRICTED(SOURCE_OF) ") "
                                                                                 "GROUP BY "
                                                                                 "t.\"to\" "
                                                                                 "ORDER BY "
                                                                                 "min(t.hlc), "
                                                                                 "min(lantern_"
                                                                                 "order(t.id))",
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
