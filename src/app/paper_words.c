/* paper_words.c -- what of somebody's words may stand on a paper.
 *
 * The home's copy, and every paper that may lie about there, names no worker: a label of the
 * list of people becomes the role, and what looks like a name in typed words is left out with a
 * mark. The full copy has the words as they were kept. */
#include "app/paper_inside.h"

#include <ctype.h>
#include <strings.h>

#include "care/rules.h"
#include "store/query.h"

#define NAMES_MOST 500
#define PART_LEAST 3

const char *paper_word(const struct paper *d, const char *key) {
    return word(d->app->words, key);
}

/* First name and surname each name somebody too. A part counts where it is written with its
 * capital: a Mrs Green does not take the colour out of a sentence. */
static int add_parts(struct paper *d, struct paper_name *all, int n,
                     const struct paper_name *whole) {
    size_t at, length;
    if (!likely_name(whole->label, &at, &length)) return n;
    const char *p = whole->label + at, *end = p + length;
    while (p < end && n < NAMES_MOST) {
        size_t k = strcspn(p, " ");
        if (k > (size_t)(end - p)) k = (size_t)(end - p);
        if (k >= PART_LEAST && k < strlen(whole->label))
            all[n++] = (struct paper_name){arena_strndup(d->a, p, k), whole->role, true};
        p += k;
        p += strspn(p, " ");
    }
    return n;
}

/* Labels that are the role itself need no other word. */
enum status paper_names(struct paper *d, row_id service) {
    struct query q;
    struct paper_name *all = ARENA_ARRAY(d->a, struct paper_name, NAMES_MOST);
    int n = 0;
    for (query_open(&q, d->app->j,
                    "SELECT label, coalesce(role, '') FROM person WHERE "
                    "(service = ?1 OR side = 'staff') AND label IS NOT NULL "
                    "ORDER BY length(label) DESC, label",
                    1, service);
         query_next(&q) && n < NAMES_MOST;) {
        struct paper_name m = {query_text(&q, 0, d->a), query_text(&q, 1, d->a), false};
        size_t at, length;
        if (strcasecmp(m.label, m.role) == 0 || strlen(m.label) < 2) continue;
        if (text_blank(m.role) || likely_name(m.role, &at, &length))
            m.role = paper_word(d, "paper.a_worker");
        all[n++] = m;
    }
    for (int i = 0, whole = n; i < whole; i++) /* behind all whole ones, which go first */
        n = add_parts(d, all, n, &all[i]);
    d->names = all;
    d->names_count = n;
    return query_close(&q);
}

static bool in_word(char c) {
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* Quotation marks, dashes and the like: U+2000 to U+203F. */
static bool is_mark(const char *p) {
    return (unsigned char)p[0] == 0xE2 && (unsigned char)p[1] == 0x80;
}

static bool ends_here(const char *p) {
    return !in_word(*p) || is_mark(p);
}

static bool begins_here(const char *text, const char *p) {
    return p == text || !in_word(p[-1]) || (p - text >= 3 && is_mark(p - 3));
}

static const struct paper_name *name_at(const struct paper *d, const char *text,
                                        const char *p) {
    if (!begins_here(text, p)) return NULL;
    for (int i = 0; i < d->names_count; i++) {
        const struct paper_name *m = &d->names[i];
        size_t n = strlen(m->label);
        if (m->part && (!isupper((unsigned char)*p) && (unsigned char)*p < 0x80)) continue;
        if (strncasecmp(p, m->label, n) == 0 && ends_here(p + n)) return m;
    }
    return NULL;
}

static const char *without_labels(struct paper *d, const char *text) {
    struct buf b = {0};
    for (const char *p = text; *p;) {
        const struct paper_name *m = name_at(d, text, p);
        if (m) {
            buf_text(&b, m->role);
            p += strlen(m->label);
        } else {
            buf_byte(&b, (uint8_t)*p++);
        }
    }
    const char *out = arena_strdup(d->a, buf_str(&b));
    buf_release(&b);
    return out;
}

const char *paper_masked(struct paper *d, const char *text) {
    if (text_blank(text)) return "";
    const char *out = without_labels(d, text), *rest = out;
    struct buf b = {0};
    size_t at, n;
    while (likely_name(rest, &at, &n) && n) {
        buf_add(&b, rest, at);
        buf_text(&b, paper_word(d, "paper.a_name"));
        rest += at + n;
    }
    buf_text(&b, rest);
    out = arena_strdup(d->a, buf_str(&b));
    buf_release(&b);
    return out;
}

const char *paper_typed(struct paper *d, const char *text) {
    if (text_blank(text)) return "";
    return d->copy == PAPER_HOME || d->copy == PAPER_ACTION ? paper_masked(d, text) : text;
}

/* Never the label, which may be somebody's initials. */
const char *paper_role(struct paper *d, row_id person, const char *else_key) {
    struct query q;
    const char *role = "";
    size_t at, n;
    query_open(&q, d->app->j, "SELECT coalesce(role, '') FROM person WHERE id = ?1", 1, person);
    if (query_next(&q)) role = query_text(&q, 0, d->a);
    if (query_close(&q) || text_blank(role) || likely_name(role, &at, &n))
        return paper_word(d, else_key);
    return role;
}

const char *paper_when(struct paper *d, int64_t ms) {
    struct civil c = civil_london(ms);
    return arena_printf(d->a, "%s %d, %s", time_day(d->a, ms), c.year, time_hm(d->a, ms));
}

const char *paper_reference(struct paper *d, bool must, const char *reference) {
    return arena_printf(d->a, "%s-%s", must ? "M" : "S", reference);
}

/* Without the full stop at its end: more of the sentence follows. */
static const char *open_end(struct paper *d, const char *s) {
    size_t n = strlen(s);
    while (n && (s[n - 1] == '.' || s[n - 1] == ' '))
        n--;
    return arena_strndup(d->a, s, n);
}

static bool ends_in(const char *s, const char *end) {
    size_t n = strlen(s), k = strlen(end);
    return n >= k && memcmp(s + n - k, end, k) == 0;
}

static bool asks(const char *s) {
    return ends_in(s, "?") || ends_in(s, "?”");
}

/* What it is, and in which room: the same question may stand there for several. */
const char *paper_finding_title(struct paper *d, const struct found_line *l) {
    const char *text = l->observation ? paper_typed(d, l->text) : l->text;
    if (text_blank(l->room_label)) return text;
    return arena_printf(d->a, "%s (%s)", open_end(d, text), paper_typed(d, l->room_label));
}

const char *paper_finding(struct paper *d, const struct found_line *l) {
    const char *text = open_end(d, paper_finding_title(d, l));
    const char *note = open_end(d, paper_typed(d, l->note));
    const char *colon = asks(text) ? "" : ":";
    return text_blank(note) ? text : arena_printf(d->a, "%s%s %s", text, colon, note);
}

const char *paper_safe(struct paper *d, const char *safe, int64_t at, const char *by) {
    const char *when = time_hm(d->a, at);
    if (!text_equal(safe, "made_safe")) return paper_word(d, "morning.not_safe");
    if (text_blank(by) || d->copy == PAPER_HOME)
        return PAPER_SAY(d, "morning.made_safe_at", when);
    return PAPER_SAY(d, "morning.made_safe", when, paper_typed(d, by));
}

const char *paper_told_whom(struct paper *d, const struct found_told *t) {
    const char *sort = paper_word(d, arena_printf(d->a, "finish.told_%s", t->sort));
    return text_blank(t->whom) || d->copy == PAPER_HOME ? sort : t->whom;
}
