/* problems.c -- the list of what is wrong; see problems.h. */
#include "author/problems.h"

#include <stdarg.h>

#include "base/text.h"

void column_letters(int column, char out[8]) {
    char back[8];
    int n = 0, k = 0;
    for (; column > 0 && n < 7; column = (column - 1) / 26)
        back[n++] = (char)('A' + (column - 1) % 26);
    while (n > 0)
        out[k++] = back[--n];
    out[k] = '\0';
}

static const char *where_of(struct problems *p, const struct place *at) {
    char letters[8];
    if (!at->row) return arena_strdup(p->memory, at->file);
    if (!at->column) return arena_printf(p->memory, "%s: row %d", at->file, at->row);
    column_letters(at->column, letters);
    if (!at->heading)
        return arena_printf(p->memory, "%s: row %d, column %s", at->file, at->row, letters);
    return arena_printf(p->memory, "%s: row %d, column %s (%s)", at->file, at->row, letters,
                        at->heading);
}

/* Room for one more, or NULL when enough is kept. */
static struct problem *next_problem(struct problems *p, bool note) {
    if (note)
        p->notes++;
    else
        p->wrong++;
    if (p->count == PROBLEMS_MOST) return NULL;
    if (p->count == p->room) {
        int room = p->room ? p->room * 2 : 16;
        struct problem *list = ARENA_ARRAY(p->memory, struct problem, room);
        for (int i = 0; i < p->count; i++)
            list[i] = p->list[i];
        p->list = list;
        p->room = room;
    }
    struct problem *one = &p->list[p->count++];
    one->note = note;
    return one;
}

/* A name that was cut may end in half a character: whole ones only, on one line. */
static const char *mended(struct arena *a, const char *s) {
    const char *end = s + strlen(s);
    char *out = arena_take(a, strlen(s) * 3 + 1), *to = out;
    while (s < end) {
        uint32_t c = text_next(&s, end);
        if (c != 0xFFFD) to += text_put(to, c);
    }
    text_one_line(out);
    return out;
}

static void put(struct problems *p, bool note, const struct place *at, const char *fmt,
                va_list args) PRINTF_LIKE(4, 0);
static void put(struct problems *p, bool note, const struct place *at, const char *fmt,
                va_list args) {
    struct problem *one = next_problem(p, note);
    if (!one) return;
    one->place = *at;
    one->where = mended(p->memory, where_of(p, at));
    one->what = mended(p->memory, arena_vprintf(p->memory, fmt, args));
}

void problem_at(struct problems *p, const struct place *at, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    put(p, false, at, fmt, args);
    va_end(args);
}

void note_at(struct problems *p, const struct place *at, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    put(p, true, at, fmt, args);
    va_end(args);
}

void problem_said(struct problems *p, const char *where, const char *what) {
    struct problem *one = next_problem(p, false);
    if (!one) return;
    one->where = mended(p->memory, where);
    one->what = mended(p->memory, what);
}

bool problems_in_row(const struct problems *p, const char *file, int row) {
    for (int i = 0; i < p->count; i++)
        if (!p->list[i].note && p->list[i].place.row == row &&
            text_equal(p->list[i].place.file, file))
            return true;
    return false;
}
