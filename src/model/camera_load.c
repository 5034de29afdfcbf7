/* camera_load.c -- what a photo is for, where, and whether the reminder is due. */
#include "model/camera_load.h"

#include "base/text.h"
#include "model/evidence_load.h"
#include "store/query.h"

static enum camera_where where_of(const char *sort) {
    if (text_blank(sort)) return CAMERA_SOMEWHERE;
    return text_equal(sort, "room") ? CAMERA_BEDROOM : CAMERA_SHARED;
}

/* One row: what it is about, the name of its area, and what sort of place that is. */
static enum status read_about(const struct load_context *c, struct arena *a,
                              struct camera_model *m, const char *sql, int64_t row) {
    struct query q;
    query_open(&q, c->j, sql, 1, row);
    if (query_next(&q)) {
        const char *about = query_text(&q, 0, a);
        if (!text_blank(about)) m->about = about;
        m->place = query_text(&q, 1, a);
        m->where = where_of(query_text(&q, 2, a));
    }
    return query_close(&q);
}

/* A room that was named in words is somebody's as long as nobody says otherwise. */
static enum status read_item(const struct load_context *c, struct arena *a,
                             struct camera_model *m) {
    const struct template *form =
        m->visit && c->template_of ? c->template_of(c->ctx, m->visit) : NULL;
    const struct item *item = form ? template_item(form, m->item) : NULL;
    if (item) m->about = arena_strdup(a, item->text);
    if (!m->row) return STATUS_OK;
    enum status s = read_about(c, a, m,
                               "SELECT '', coalesce(nullif(r.label, ''), a.name), "
                               "coalesce(a.sort, 'room') FROM room r LEFT JOIN area a ON a.id "
                               "= r.area WHERE r.id = ?1",
                               m->row);
    bool no_room = query_one_int(
        c->j, 0, "SELECT coalesce(repeat_of, '') <> '' FROM room WHERE id = ?1", 1, m->row);
    if (!s && no_room) m->where = CAMERA_SOMEWHERE; /* a record, a worker's file … */
    if (!s && !no_room && m->where == CAMERA_SOMEWHERE) m->where = CAMERA_BEDROOM;
    return s;
}

static enum status read_before(const struct load_context *c, struct arena *a,
                               struct camera_model *m) {
    struct evidence_list all = {0};
    enum status s = evidence_of_row(c->j, a, m->row, &all);
    for (int i = 0; !s && i < all.count; i++)
        if (all.all[i].sort == EVIDENCE_PHOTO && !all.all[i].before) m->before = &all.all[i];
    return s;
}

static enum status read_what(const struct load_context *c, struct arena *a,
                             struct camera_model *m) {
    if (text_equal(m->what, "item")) return read_item(c, a, m);
    if (text_equal(m->what, "saw") || text_equal(m->what, "heard"))
        return read_about(c, a, m, "SELECT '', name, sort FROM area WHERE id = ?1", m->row);
    if (text_equal(m->what, "row"))
        return read_about(c, a, m,
                          "SELECT o.text, a.name, a.sort FROM observation o LEFT JOIN area a "
                          "ON a.id = o.area WHERE o.id = ?1",
                          m->row);
    enum status s = read_about(c, a, m,
                               "SELECT x.different, a.name, a.sort FROM action x LEFT JOIN "
                               "area a ON a.id = x.area WHERE x.id = ?1",
                               m->row);
    if (!s && text_equal(m->what, "after")) s = read_before(c, a, m);
    return s;
}

/* Also what was taken back, and what waits for its form, came after the reminder. */
static bool first_one(const struct load_context *c, struct arena *a,
                      const struct camera_model *m) {
    struct evidence_list waiting = {0};
    int64_t taken = query_one_int(
        c->j, 0, "SELECT count(*) FROM attachment WHERE visit = ?1 AND sort = 'photo'", 1,
        m->visit);
    if (!m->visit)
        taken = query_one_int(
            c->j, 0, "SELECT count(*) FROM attachment WHERE \"to\" = ?1 AND sort = 'photo'", 1,
            m->row);
    if (taken) return false;
    if (evidence_waiting(c->j, a, "saw", m->visit, m->item, &waiting)) return true;
    for (int i = 0; i < waiting.count; i++)
        if (waiting.all[i].sort == EVIDENCE_PHOTO) return false;
    return true;
}

enum status camera_load(const struct load_context *c, struct arena *a, const void **out) {
    struct camera_model *m = ARENA_NEW(a, struct camera_model);
    m->visit = c->row;
    m->row = c->other;
    m->item = arena_strdup(a, c->word);
    m->what = arena_strdup(a, c->word2);
    m->about = m->place = "";
    enum status s = m->visit ? journal_load_visit(c->j, m->visit) : STATUS_OK;
    if (!s) s = read_what(c, a, m);
    if (s) return s;
    m->first = first_one(c, a, m);
    m->sealed =
        query_one_int(c->j, 0, "SELECT count(*) FROM seal WHERE visit = ?1 AND withdrawn = 0",
                      1, m->visit) != 0;
    camera_folders_read(c, a, m);
    *out = m;
    return STATUS_OK;
}
