/* xlsform_when.c -- `relevant` as our conditions and `constraint` as bounds, as far as they go.
 *
 * Ours are a list of which all must hold, or a list of which one must. Whatever does not fit is
 * left out in such a way that a question is asked more often than before, never less, and is
 * told. */
#include "author/conditions.h"
#include "author/xlsform_expr.h"
#include "author/xlsform_inside.h"
#include "base/text.h"

#define CONDITIONS_MOST 8

struct clause { /* one of them must hold */
    struct said_condition list[CONDITIONS_MOST];
    int count;
    bool lost; /* some of it cannot be said */
};
struct joining {
    struct xls *s;
    struct said_conditions all; /* single ones */
    struct clause any;          /* the one clause of several; count 0: none yet */
    const char *lost;           /* why something was left out */
};

const struct xls_question *xls_asked(const struct xls *s, const char *name) {
    for (int i = s->asked_count - 1; i >= 0; i--)
        if (text_equal(s->asked[i].name, name)) return &s->asked[i];
    return NULL;
}

static const char *flipped(const char *sign) {
    static const char *const pairs[][2] = {{"<", ">"}, {"<=", ">="}, {">", "<"}, {">=", "<="}};
    for (size_t i = 0; i < 4; i++)
        if (text_equal(sign, pairs[i][0])) return pairs[i][1];
    return sign;
}

static const char *opposite(const char *sign) {
    static const char *const pairs[][2] = {{"<", ">="}, {"<=", ">"}, {">", "<="},
                                           {">=", "<"}, {"=", "!="}, {"!=", "="}};
    for (size_t i = 0; i < 6; i++)
        if (text_equal(sign, pairs[i][0])) return pairs[i][1];
    return sign;
}

static void lose(struct joining *j, struct clause *c, const char *why) {
    if (c) c->lost = true;
    if (!j->lost) j->lost = why;
}

static struct said_condition *add(struct joining *j, struct clause *c, const char *item) {
    if (c->count == CONDITIONS_MOST) {
        lose(j, c, "it has more than 8 conditions");
        return NULL;
    }
    struct said_condition *one = &c->list[c->count++];
    *one = (struct said_condition){.item = item, .part = ""};
    return one;
}

/* The next number a question of that sort can have. */
static int64_t stepped(int64_t v, bool whole, bool up) {
    if (!whole) return v + (up ? 1 : -1);
    int64_t low = v >= 0 ? v / 1000 * 1000 : (v - 999) / 1000 * 1000;
    if (up) return low + 1000;
    return low == v ? v - 1000 : low;
}

static void add_limits(struct joining *j, struct clause *c, const struct xls_question *q,
                       bool has_least, int64_t least, bool has_most, int64_t most) {
    struct said_condition *one = add(j, c, q->id);
    if (!one) return;
    if (has_least) one->at_least = thousandths_said(j->s->p->memory, least);
    if (has_most) one->at_most = thousandths_said(j->s->p->memory, most);
}

static void add_number(struct joining *j, struct clause *c, const struct xls_question *q,
                       const char *sign, const char *number) {
    int64_t v;
    if (!expr_thousandths(number, &v)) {
        lose(j, c, "a number in it has more than three decimals");
        return;
    }
    int64_t below = stepped(v, q->whole, false), above = stepped(v, q->whole, true);
    if (text_equal(sign, "="))
        add_limits(j, c, q, true, v, true, v);
    else if (text_equal(sign, ">="))
        add_limits(j, c, q, true, v, false, 0);
    else if (text_equal(sign, ">"))
        add_limits(j, c, q, true, above, false, 0);
    else if (text_equal(sign, "<="))
        add_limits(j, c, q, false, 0, true, v);
    else if (text_equal(sign, "<"))
        add_limits(j, c, q, false, 0, true, below);
    else {
        add_limits(j, c, q, false, 0, true, below);
        add_limits(j, c, q, true, above, false, 0);
    }
}

static void add_word(struct joining *j, struct clause *c, const struct xls_question *q, bool is,
                     const char *value) {
    const struct xls_choice *choice = xls_choice_of(j->s, q->list, value);
    if (!choice) {
        lose(j, c,
             arena_printf(j->s->p->memory, "\"%.40s\" is no choice of ${%.40s}", value,
                          q->name));
        return;
    }
    struct said_condition *one = add(j, c, q->id);
    if (!one) return;
    *(is ? &one->is : &one->is_not) = choice->id;
    if (is || j->s->said_differs) return;
    j->s->said_differs = true;
    struct place at = {.file = j->s->survey.grid.name};
    note_at(j->s->p, &at,
            "\"is not\" holds here only once the other question is answered; an empty answer "
            "does not count as another one");
}

static const struct xls_question *question_of(struct joining *j, struct clause *c,
                                              const struct expr *e) {
    const struct xls_question *q = e && e->kind == EXPR_ASKED ? xls_asked(j->s, e->text) : NULL;
    if (!e || e->kind != EXPR_ASKED)
        lose(j, c,
             "Lantern knows comparisons with one earlier answer only, no functions or sums");
    else if (!q)
        lose(j, c,
             arena_printf(j->s->p->memory,
                          "${%.40s} stands further down, or was not carried over", e->text));
    return q;
}

static void add_compare(struct joining *j, struct clause *c, const struct expr *e,
                        bool negate) {
    bool turned = e->right && e->right->kind == EXPR_ASKED;
    const struct expr *asked = turned ? e->right : e->left,
                      *value = turned ? e->left : e->right;
    const char *sign = turned ? flipped(e->sign) : e->sign;
    if (negate) sign = opposite(sign);
    const struct xls_question *q = question_of(j, c, asked);
    bool equal = text_equal(sign, "="), differs = text_equal(sign, "!=");
    if (!q) return;
    bool number = value->kind == EXPR_NUMBER, text = value->kind == EXPR_TEXT;
    int64_t ignored;
    if (q->sort == XLS_NUMBER && (number || (text && expr_thousandths(value->text, &ignored))))
        add_number(j, c, q, sign, value->text);
    else if (q->sort == XLS_ONE && (equal || differs) && (text || number) && *value->text)
        add_word(j, c, q, equal, value->text);
    else
        lose(j, c,
             arena_printf(j->s->p->memory, "Lantern cannot compare ${%.40s} in that way",
                          q->name));
}

static void add_selected(struct joining *j, struct clause *c, const struct expr *e,
                         bool negate) {
    const struct xls_question *q = question_of(j, c, e->left);
    if (!q) return;
    if ((q->sort != XLS_SEVERAL && q->sort != XLS_ONE) || !e->right ||
        e->right->kind != EXPR_TEXT)
        lose(j, c, arena_printf(j->s->p->memory, "${%.40s} has no choices here", q->name));
    else
        add_word(j, c, q, !negate, e->right->text);
}

/* All of them into one clause; false: one of them is itself a list of which all must hold. */
static void add_any(struct joining *j, struct clause *c, const struct expr *e, bool negate) {
    switch (e->kind) {
    case EXPR_NOT:
        add_any(j, c, e->left, !negate);
        return;
    case EXPR_AND:
    case EXPR_OR:
        if ((e->kind == EXPR_OR) == negate) {
            lose(j, c, "\"and\" and \"or\" are mixed in it");
            return;
        }
        add_any(j, c, e->left, negate);
        add_any(j, c, e->right, negate);
        return;
    case EXPR_COMPARE:
        add_compare(j, c, e, negate);
        return;
    case EXPR_SELECTED:
        add_selected(j, c, e, negate);
        return;
    case EXPR_OTHER:
    case EXPR_ASKED:
    case EXPR_SELF:
    case EXPR_TEXT:
    case EXPR_NUMBER:
        lose(j, c,
             "Lantern knows comparisons with one earlier answer only, no functions or sums");
    }
}

static void add_clause(struct joining *j, const struct expr *e, bool negate) {
    struct clause c = {.count = 0};
    add_any(j, &c, e, negate);
    if (c.lost || !c.count) return;
    if (c.count > 1) {
        if (j->any.count)
            lose(j, NULL, "\"and\" and \"or\" are mixed in it");
        else
            j->any = c;
        return;
    }
    if (j->all.count == CONDITIONS_MOST)
        lose(j, NULL, "it has more than 8 conditions");
    else
        j->all.list[j->all.count++] = c.list[0];
}

static void add_all(struct joining *j, const struct expr *e, bool negate) {
    if (e->kind == EXPR_NOT) {
        add_all(j, e->left, !negate);
    } else if ((e->kind == EXPR_AND && !negate) || (e->kind == EXPR_OR && negate)) {
        add_all(j, e->left, negate);
        add_all(j, e->right, negate);
    } else {
        add_clause(j, e, negate);
    }
}

static void add_relevant(struct joining *j, const struct grid_row *r) {
    const char *text = xls_cell(&j->s->survey, r, XLS_RELEVANT);
    if (*text) add_all(j, expr_parse(j->s->p->memory, text), false);
}

const char *xls_when(struct xls *s, const struct grid_row *r) {
    struct joining j = {.s = s};
    struct arena *a = s->p->memory;
    struct buf b = {0};
    for (int i = 1; i <= s->depth; i++)
        add_relevant(&j, s->frames[i].row);
    add_relevant(&j, r);
    if (j.any.count && j.all.count) lose(&j, NULL, "\"and\" and \"or\" are mixed in it");
    if (j.any.count && !j.all.count) {
        j.all.any = true;
        j.all.count = j.any.count;
        memcpy(j.all.list, j.any.list, sizeof j.any.list);
    }
    if (j.lost) {
        struct place at = xls_place(&s->survey, r, XLS_RELEVANT);
        note_at(s->p, &at,
                "when it is asked is %s carried over: %s. It is asked more often now",
                j.all.count ? "only partly" : "not", j.lost);
    }
    conditions_say(&j.all, &b);
    const char *said = arena_strndup(a, buf_str(&b), b.size);
    buf_release(&b);
    return said;
}

/* ---- bounds ---- */

struct bounds {
    bool has_least, has_most, other, whole;
    int64_t least, most;
};

static void add_bound(struct bounds *b, const struct expr *e) {
    bool turned = e->right && e->right->kind == EXPR_SELF;
    const struct expr *value = turned ? e->left : e->right;
    const char *sign = turned ? flipped(e->sign) : e->sign;
    int64_t v;
    if ((turned ? e->right : e->left)->kind != EXPR_SELF ||
        (value->kind != EXPR_NUMBER && value->kind != EXPR_TEXT) ||
        !expr_thousandths(value->text, &v) || text_equal(sign, "!=")) {
        b->other = true;
        return;
    }
    bool least = sign[0] == '>', most = sign[0] == '<', equal = sign[0] == '=';
    int64_t low = least && !sign[1] ? stepped(v, b->whole, true) : v;
    int64_t high = most && !sign[1] ? stepped(v, b->whole, false) : v;
    if ((least || equal) && (!b->has_least || low > b->least)) b->least = low;
    if ((most || equal) && (!b->has_most || high < b->most)) b->most = high;
    b->has_least = b->has_least || least || equal;
    b->has_most = b->has_most || most || equal;
}

static void add_bounds(struct bounds *b, const struct expr *e) {
    if (e->kind == EXPR_AND) {
        add_bounds(b, e->left);
        add_bounds(b, e->right);
    } else if (e->kind == EXPR_COMPARE) {
        add_bound(b, e);
    } else {
        b->other = true;
    }
}

#define BOUND_FAR 1000000000 /* a million, in thousandths */

bool xls_bounds(struct xls *s, const struct grid_row *r, bool whole, int64_t *least,
                int64_t *most) {
    const char *text = xls_cell(&s->survey, r, XLS_CONSTRAINT);
    struct place at = xls_place(&s->survey, r, XLS_CONSTRAINT);
    struct bounds b = {.whole = whole};
    if (!*text) return false;
    add_bounds(&b, expr_parse(s->p->memory, text));
    bool any = b.has_least || b.has_most;
    if (b.other)
        note_at(s->p, &at,
                "the constraint is %s carried over: Lantern knows a least and a most",
                any ? "only partly" : "not");
    if (!any) return false;
    *least = b.has_least ? b.least : b.most < 0 ? -BOUND_FAR : 0;
    *most = b.has_most ? b.most : BOUND_FAR;
    if (!b.has_least || !b.has_most)
        note_at(s->p, &at, "bounds come in pairs here: %s is now %s",
                b.has_least ? "the most" : "the least",
                thousandths_said(s->p->memory, b.has_least ? *most : *least));
    return true;
}
