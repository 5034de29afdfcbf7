/* fuzz_author.c -- a form as people bring it: a sheet, a form's JSON, the three sheets of an
 * XLSForm.
 *
 * covers: src/author/decode.c src/author/grid.c src/author/rows_read.c src/author/rows_order.c
 * covers: src/author/rows_json.c src/author/rows_of_json.c src/author/rows_csv.c
 * covers: src/author/conditions.c src/author/check.c src/author/nearest.c src/author/problems.c
 * covers: src/author/xlsform.c src/author/xlsform_sheet.c src/author/xlsform_question.c
 * covers: src/author/xlsform_when.c src/author/xlsform_expr.c
 *
 * The first byte says which; an XLSForm's sheets are parted by the byte 1E. Believed: what is
 * refused says why and leaves nothing; what is accepted is a form, and the same bytes again
 * after a sheet and back. */
#include "fuzz.h"

#include "author/author.h"
#include "base/text.h"
#include "care/template.h"

#define BETWEEN_SHEETS 0x1E

static void each_is_text(const struct problems *p) {
    BELIEVE(p->count <= PROBLEMS_MOST && p->count <= p->wrong + p->notes);
    for (int i = 0; i < p->count; i++) {
        BELIEVE(p->list[i].where && *p->list[i].where && p->list[i].what && *p->list[i].what);
        BELIEVE(text_valid(p->list[i].what, strlen(p->list[i].what)) &&
                text_valid(p->list[i].where, strlen(p->list[i].where)));
    }
}

/* A form, and the same after a sheet and back. */
static void is_a_form(struct arena *a, struct authored *f) {
    struct problems p = {.memory = a};
    struct template *t = NULL;
    struct buf csv = {0};
    struct authored back;
    BELIEVE(template_read(&t, "made", buf_str(&f->json), f->json.size) == STATUS_OK);
    BELIEVE(t->items_count == f->items && t->sections_count == f->sections);
    template_close(t);
    BELIEVE(author_to_csv(&p, "made", buf_str(&f->json), f->json.size, &csv) == STATUS_OK);
    BELIEVE(author_csv(&p, "made.csv", buf_str(&csv), csv.size, &back) == STATUS_OK);
    BELIEVE(p.count == 0);
    BELIEVE(back.json.size == f->json.size);
    BELIEVE(memcmp(back.json.data, f->json.data, f->json.size) == 0);
    authored_release(&back);
    buf_release(&csv);
}

static enum status read_xlsform(struct problems *p, const char *text, size_t n,
                                struct authored *f) {
    struct xlsform x = {.survey = {"survey.csv", NULL, 0}};
    struct xlsform_sheet *sheets[] = {&x.survey, &x.choices, &x.settings};
    static const char *const names[] = {"survey.csv", "choices.csv", "settings.csv"};
    for (int i = 0; i < 3; i++) {
        const char *end = i < 2 && n ? memchr(text, BETWEEN_SHEETS, n) : NULL;
        size_t size = end ? (size_t)(end - text) : n;
        *sheets[i] = (struct xlsform_sheet){names[i], text, size};
        if (!end) break;
        text = end + 1;
        n -= size + 1;
    }
    return author_xlsform(p, &x, f);
}

static void fuzz_one(const uint8_t *bytes, size_t n) {
    struct arena a = {0};
    struct problems p = {.memory = &a};
    struct authored f = {0};
    if (n < 1) return;
    const char *text = (const char *)bytes + 1;
    enum status s = bytes[0] % 3 == 0   ? author_csv(&p, "form.csv", text, n - 1, &f)
                    : bytes[0] % 3 == 1 ? author_json(&p, "form.json", text, n - 1, &f)
                                        : read_xlsform(&p, text, n - 1, &f);
    each_is_text(&p);
    BELIEVE((s == STATUS_OK) == (p.wrong == 0));
    if (s)
        BELIEVE(f.json.data == NULL);
    else
        is_a_form(&a, &f);
    authored_release(&f);
    arena_release(&a);
}

/* ---- inputs to start from ---- */

static void put_files(fuzz_put *put, void *ctx, char which, const char *const *paths, int n) {
    struct buf all = {0}, one = {0};
    buf_byte(&all, (uint8_t)which);
    for (int i = 0; i < n; i++) {
        buf_clear(&one);
        if (i) buf_byte(&all, BETWEEN_SHEETS);
        BELIEVE(file_read(paths[i], 1 << 20, &one) == STATUS_OK);
        buf_add(&all, one.data, one.size);
    }
    put(ctx, all.data, all.size);
    buf_release(&one);
    buf_release(&all);
}

static void fuzz_seeds(fuzz_put *put, void *ctx) {
    static const char *const forms[] = {"fridge",   "falls",   "visits",
                                        "mealtime", "welcome", "broken"};
    static const char sheet[] =
        "\0row,id,text,help,kind,unit,least,most,target,rule,default,bad,when,module,statement,"
        "evidence,phrases,minutes,repeats,repeat most\n"
        "form,code,F\nform,version,3\nform,title,\"A, \"\"form\"\"\"\nform,hours,22:00 to "
        "6:30\n"
        "form,places,\"room, "
        "lounge\"\nlength,core,Core,,,,,,,,,,,,,,,5\nmodule,m,Module,,,,,,,,,"
        ",,,,,,5\nsection,s,Section,About,,,,,,,,,,,,,,5,yes,3\n"
        "item,A1,One?,Help,number,degrees,-5,40.5,t,at_most,8,,,m,SAF-S6,staff,'=a | b\n"
        "item,A2,Two?,,,,,,,,,,A1 from 2 to 3,core,SAF-S6,staff\npart,x,Part,,ticks\n"
        "choice,c,Choice,,,,,,,,,yes\npart,y,Other,,met\n"
        "item,A3,Three?,,words,,,,,,,,A2.x = c or A2.y != met,,SAF-S6,staff\n";
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        char survey[64], choices[64], settings[64], made[64];
        const char *const three[] = {survey, choices, settings}, *const one[] = {made};
        snprintf(survey, sizeof survey, "tests/xlsform/%s/survey.csv", forms[i]);
        snprintf(choices, sizeof choices, "tests/xlsform/%s/choices.csv", forms[i]);
        snprintf(settings, sizeof settings, "tests/xlsform/%s/settings.csv", forms[i]);
        snprintf(made, sizeof made, "tests/xlsform/%s/form.json", forms[i]);
        bool broken = i == 5; /* without settings, and nothing becomes of it */
        put_files(put, ctx, 2, three, broken ? 2 : 3);
        if (!broken) put_files(put, ctx, 1, one, 1);
    }
    put(ctx, sheet, sizeof sheet - 1);
}
