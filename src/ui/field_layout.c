/* field_layout.c -- a field's text as lines, and where each byte stands on the screen.
 *
 * The lines of the last frame are kept with their text. A new text is compared with it: what is
 * the same before and behind keeps its lines, only the paragraphs between are measured again.
 * So a key in a note of ten thousand letters costs its paragraph, and a frame without a change
 * costs one comparison. */
#include "ui/field.h"

#include "base/text.h"
#include "ui/font.h"

void field_layout_release(struct field_layout *l) {
    buf_release(&l->text);
    buf_release(&l->lines);
    *l = (struct field_layout){0};
}

/* ---- keeping lines ---- */

struct change { /* bytes [from, old_to) of the old text are [from, new_to) of the new one */
    size_t from, old_to, new_to;
};

static struct change compare(const char *a, size_t an, const char *b, size_t bn) {
    size_t most = an < bn ? an : bn, front = 0, back = 0;
    while (front < most && a[front] == b[front])
        front++;
    while (back < most - front && a[an - 1 - back] == b[bn - 1 - back])
        back++;
    return (struct change){front, an - back, bn - back};
}

/* Whole paragraphs: from behind the line feed before to the line feed behind (or the end). */
static void widen(struct change *c, const char *a, size_t an, size_t bn) {
    while (c->from > 0 && a[c->from - 1] != '\n')
        c->from--;
    while (c->old_to < an && a[c->old_to] != '\n')
        c->old_to++;
    c->new_to = bn - (an - c->old_to);
}

static void add_lines(struct buf *to, const struct text_line *l, size_t n, size_t shift) {
    for (size_t i = 0; i < n; i++) {
        struct text_line line = l[i];
        line.start += shift; /* unsigned: shifting back wraps round, which is meant */
        line.end += shift;
        line.next += shift;
        buf_add(to, &line, sizeof line);
    }
}

static void measure(struct ui *u, struct field_layout *l, enum font f, const char *s,
                    size_t n) {
    struct text_line *lines;
    size_t count = text_lines(u, ui_arena(u), f, s, n, l->width, &lines);
    buf_clear(&l->lines);
    add_lines(&l->lines, lines, count, 0);
}

static void measure_change(struct ui *u, struct field_layout *l, enum font f, const char *s,
                           size_t n) {
    const char *old = buf_str(&l->text);
    size_t old_n = l->text.size;
    struct change c = compare(old, old_n, s, n);
    widen(&c, old, old_n, n);
    const struct text_line *kept = (const struct text_line *)(const void *)l->lines.data;
    size_t count = l->lines.size / sizeof *kept, before = 0, after;
    while (before < count && kept[before].start < c.from)
        before++;
    for (after = before; after < count && kept[after].start <= c.old_to;)
        after++;
    struct text_line *lines;
    size_t new_count =
        text_lines(u, ui_arena(u), f, s + c.from, c.new_to - c.from, l->width, &lines);
    if (c.new_to < n)
        lines[new_count - 1].next = c.new_to + 1 - c.from; /* behind the line feed */
    struct buf all = {0};
    add_lines(&all, kept, before, 0);
    add_lines(&all, lines, new_count, c.from);
    add_lines(&all, kept + after, count - after, n - old_n);
    buf_release(&l->lines);
    l->lines = all;
}

size_t field_layout_lines(struct ui *u, struct field_layout *l, enum font f, const char *s,
                          size_t n, float width, const struct text_line **out) {
    float em = font_dp(u, f) * u->scale;
    bool known = l->lines.size && l->width == width && l->em == em;
    bool same = known && l->text.size == n && !memcmp(buf_str(&l->text), s, n);
    if (!same) {
        l->width = width;
        l->em = em;
        if (known) {
            measure_change(u, l, f, s, n);
        } else {
            measure(u, l, f, s, n);
        }
        buf_clear(&l->text);
        buf_add(&l->text, s, n);
    }
    *out = (const struct text_line *)(const void *)l->lines.data;
    return l->lines.size / sizeof **out;
}

/* ---- the view ---- */

static size_t characters(const char *s, int n) {
    const char *p = s, *end = s + strlen(s);
    while (n-- > 0 && p < end)
        text_next(&p, end);
    return (size_t)(p - s);
}

static void join_unfinished(struct field_view *v) {
    const struct fields *f = v->u->fields;
    struct text_edit *e = &v->e->edit;
    v->text = text_edit_str(e);
    v->n = e->text.size;
    v->caret = e->caret;
    v->unfinished_from = v->unfinished_to = 0;
    if (f->unfinished_in != v->e || !f->unfinished[0]) return;
    size_t n = strlen(f->unfinished);
    char *joined = arena_take(ui_arena(v->u), v->n + n + 1);
    memcpy(joined, v->text, e->caret);
    memcpy(joined + e->caret, f->unfinished, n);
    memcpy(joined + e->caret + n, v->text + e->caret, v->n - e->caret);
    v->text = joined;
    v->n += n;
    v->unfinished_from = e->caret;
    v->unfinished_to = e->caret + n;
    v->caret = e->caret + characters(f->unfinished, f->unfinished_cursor);
}

void field_lay_out(struct field_view *v) {
    float width = v->f->lines > 1 ? v->inside.w : UNBOUNDED;
    v->line_h = ui_line_height(v->u, v->font);
    join_unfinished(v);
    v->line_count =
        field_layout_lines(v->u, &v->e->layout, v->font, v->text, v->n, width, &v->lines);
}

size_t field_line_of(const struct field_view *v, size_t at) {
    size_t low = 0, high = v->line_count;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (v->lines[middle].start <= at) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

/* ---- places ---- */

struct spot { /* a cluster and where it stands in its line */
    size_t at, next;
    float left, right;
    bool rtl;
};

/* To the end of what belongs to the line: the blanks it broke at too, where the caret can be.
 */
static size_t line_stop(const struct field_view *v, size_t line) {
    const struct text_line *l = &v->lines[line];
    bool feed = l->next > l->start && l->next <= v->n && v->text[l->next - 1] == '\n';
    return feed ? l->next - 1 : l->next;
}

/* One run of one direction: x of each of its bytes from the run's left, and one more. */
static size_t measure_run(const struct field_view *v, const char *s, size_t n, size_t at,
                          bool *rtl, float *x) {
    struct run r = run_next(v->u, v->font, s, n, at);
    text_offsets(v->u, v->font, s + at, r.end - at, x);
    *rtl = r.rtl;
    return r.end;
}

static size_t spots_of(const struct field_view *v, size_t line, struct spot **out) {
    size_t start = v->lines[line].start, stop = line_stop(v, line), n = stop - start, count = 0;
    float *x = ARENA_ARRAY(ui_arena(v->u), float, 2 * n + 2), from = 0;
    struct spot *s = ARENA_ARRAY(ui_arena(v->u), struct spot, n + 1);
    bool *rtl = ARENA_ARRAY(ui_arena(v->u), bool, n + 1);
    float *far = x + n + 1; /* the other side of each byte's letter */
    for (size_t at = 0; at < n;) {
        size_t end = measure_run(v, v->text + start, n, at, &rtl[at], x + at);
        for (size_t i = at; i < end; i++)
            rtl[i] = rtl[at];
        float width = rtl[at] ? x[at] : x[end];
        for (size_t i = at; i < end; i++) {
            far[i] = from + (i + 1 < end ? x[i + 1] : rtl[at] ? 0 : width);
            x[i] += from;
        }
        from += width;
        at = end;
    }
    for (size_t at = 0; at < n;) {
        size_t next = text_grapheme_next(v->text + start, n, at);
        float a = x[at], b = far[next - 1];
        s[count++] =
            (struct spot){start + at, start + next, SDL_min(a, b), SDL_max(a, b), rtl[at]};
        at = next;
    }
    *out = s;
    return count;
}

static float within(const struct field_view *v, float x) {
    return v->f->lines > 1 && x > v->inside.w ? v->inside.w : x; /* blanks hang over the edge */
}

float field_x_of(const struct field_view *v, size_t at) {
    struct spot *s;
    size_t n = spots_of(v, field_line_of(v, at), &s);
    for (size_t i = 0; i < n; i++)
        if (at < s[i].next) return within(v, s[i].rtl ? s[i].right : s[i].left);
    if (!n) return 0;
    return within(v, s[n - 1].rtl ? s[n - 1].left : s[n - 1].right);
}

size_t field_at(const struct field_view *v, float x, float y) {
    float row = (y - v->y) / v->line_h, want = x - v->x;
    size_t line = row <= 0 ? 0 : (size_t)row;
    if (line >= v->line_count) line = v->line_count - 1;
    struct spot *s, *best = NULL;
    size_t n = spots_of(v, line, &s);
    float least = 0;
    for (size_t i = 0; i < n; i++) {
        float off = want < s[i].left    ? s[i].left - want
                    : want > s[i].right ? want - s[i].right
                                        : 0;
        if (best && off >= least) continue;
        best = &s[i];
        least = off;
    }
    if (!best) return v->lines[line].start;
    bool right_half = want > (best->left + best->right) / 2;
    size_t at = right_half != best->rtl ? best->next : best->at;
    bool soft = line + 1 < v->line_count && at >= v->lines[line + 1].start;
    return soft ? s[n - 1].at : at; /* the next line's start is not this line's end */
}

rect field_caret_rect(const struct field_view *v, size_t at) {
    float y = v->y + (float)field_line_of(v, at) * v->line_h;
    return rect_make(v->x + field_x_of(v, at), y, 0, v->line_h);
}

size_t field_stretches(const struct field_view *v, size_t line, size_t from, size_t to,
                       struct field_stretch **out) {
    struct spot *s;
    size_t n = spots_of(v, line, &s), count = 0;
    struct field_stretch *list = ARENA_ARRAY(ui_arena(v->u), struct field_stretch, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (s[i].next <= from || s[i].at >= to) continue;
        struct field_stretch one = {within(v, s[i].left), within(v, s[i].right)};
        struct field_stretch *last = count ? &list[count - 1] : NULL;
        if (last && SDL_fabsf(last->right - one.left) < 0.5F) {
            last->right = one.right;
        } else if (last && SDL_fabsf(last->left - one.right) < 0.5F) {
            last->left = one.left;
        } else {
            list[count++] = one;
        }
    }
    *out = list;
    return count;
}
