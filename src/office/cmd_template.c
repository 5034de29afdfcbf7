/* cmd_template.c -- forms for people who write none of the JSON: checked, to a spreadsheet and
 * back, from an XLSForm, and shown as they will look. Needs no database: `add` takes the form.
 */
#include "base/file.h"
#include "base/text.h"
#include "office/template_files.h"

struct form_work {
    const char *out, *code, *statement, *evidence;
    char **files;
    int count;
};

static int options_of(struct office *o, int argc, char **argv, int least, int most,
                      struct form_work *w) {
    const struct option_spec specs[] = {{"out", &w->out, NULL},
                                        {"code", &w->code, NULL},
                                        {"statement", &w->statement, NULL},
                                        {"evidence", &w->evidence, NULL}};
    int wrong = office_options(o, argc, argv, specs, 4, least, most, &w->files, &w->count);
    if (!wrong && w->out && !*w->out) wrong = office_wrong(o, "office.wants_value", "--out");
    if (!wrong && w->out && w->count > 1 && most < 0 && !file_is_dir(w->out))
        wrong = office_wrong(o, "author.out_dir", w->out);
    return wrong;
}

/* What is wrong was told, or the disk failed. */
static int failed_form(struct office *o, FILE *to, enum status s, const struct problems *p,
                       const char *path) {
    problems_print(o, to, p);
    if (s != STATUS_INVALID || !p->wrong) return office_failed(o, s);
    fprintf(to, "%s\n", OFFICE_SAY(o, "author.wrong", int_text(&o->arena, p->wrong), path));
    return EXIT_REFUSED;
}

static int worse(int a, int b) {
    return a > b ? a : b;
}

static void say_form(struct office *o, FILE *to, const char *path, const struct authored *f) {
    struct arena *a = &o->arena;
    fprintf(to, "%s\n",
            OFFICE_SAY(o, "author.sound", int_text(a, f->items), path, f->code,
                       int_text(a, f->version), int_text(a, f->sections)));
}

/* ---- the commands ---- */

static int check(struct office *o, int argc, char **argv) {
    struct form_work w = {0};
    int result = options_of(o, argc, argv, 1, -1, &w);
    if (result) return result;
    for (int i = 0; i < w.count; i++) {
        struct problems p = {.memory = &o->arena};
        struct authored f = {0};
        enum status s = form_file_read(o, &p, w.files[i], &f);
        if (s) {
            result = worse(result, failed_form(o, stdout, s, &p, w.files[i]));
            continue;
        }
        problems_print(o, stdout, &p);
        say_form(o, stdout, w.files[i], &f);
        authored_release(&f);
    }
    return result;
}

static int to_csv(struct office *o, int argc, char **argv) {
    struct form_work w = {0};
    int result = options_of(o, argc, argv, 1, -1, &w);
    if (result) return result;
    for (int i = 0; i < w.count; i++) {
        struct problems p = {.memory = &o->arena};
        struct buf json = {0}, csv = {0};
        const char *path = w.files[i];
        enum status s = form_bytes(path, &json);
        if (!s)
            s = author_to_csv(&p, arena_strdup(&o->arena, path_name(path)), buf_str(&json),
                              json.size, &csv);
        result =
            worse(result, s ? failed_form(o, stderr, s, &p, path)
                            : form_file_write(o, form_target(o, path, w.out, ".csv"), &csv));
        buf_release(&csv);
        buf_release(&json);
    }
    return result;
}

static int from_csv(struct office *o, int argc, char **argv) {
    struct form_work w = {0};
    int result = options_of(o, argc, argv, 1, -1, &w);
    if (result) return result;
    for (int i = 0; i < w.count; i++) {
        struct problems p = {.memory = &o->arena};
        struct authored f = {0};
        const char *path = w.files[i];
        enum status s = form_file_read(o, &p, path, &f);
        if (s) {
            result = worse(result, failed_form(o, stderr, s, &p, path));
            continue;
        }
        problems_print(o, stderr, &p);
        result =
            worse(result, form_file_write(o, form_target(o, path, w.out, ".json"), &f.json));
        authored_release(&f);
    }
    return result;
}

static int to_json(struct office *o, int argc, char **argv) {
    struct form_work w = {0};
    struct problems p = {.memory = &o->arena};
    struct authored f = {0};
    int result = options_of(o, argc, argv, 1, 1, &w);
    if (result) return result;
    enum status s = form_file_read(o, &p, w.files[0], &f);
    if (s) return failed_form(o, stderr, s, &p, w.files[0]);
    problems_print(o, stderr, &p);
    if (w.out)
        result = form_file_write(o, w.out, &f.json);
    else
        fwrite(f.json.data, 1, f.json.size, stdout);
    authored_release(&f);
    return result;
}

/* ---- an XLSForm ---- */

static enum status read_sheet(struct office *o, const char *path, struct xlsform_sheet *out) {
    struct buf b = {0};
    enum status s = form_bytes(path, &b);
    if (!s) {
        out->name = arena_strdup(&o->arena, path_name(path));
        out->bytes = arena_strndup(&o->arena, buf_str(&b), b.size);
        out->size = b.size;
    }
    buf_release(&b);
    return s;
}

/* Which of the three a file is, by its name: "myform-choices.csv"; else by its place. */
static struct xlsform_sheet *sheet_of(struct xlsform *x, const char *path, int place) {
    const char *name = path_name(path);
    if (strcasestr(name, "choices")) return &x->choices;
    if (strcasestr(name, "settings")) return &x->settings;
    if (strcasestr(name, "survey")) return &x->survey;
    return place == 0 ? &x->survey : place == 1 ? &x->choices : &x->settings;
}

static enum status read_folder(struct office *o, const char *dir, struct xlsform *x) {
    char **names;
    size_t n;
    enum status s = dir_list(&o->arena, dir, NULL, &names, &n);
    for (size_t i = 0; i < n && !s; i++) {
        const char *dot = strrchr(names[i], '.');
        bool ours = dot && strcasecmp(dot, ".csv") == 0 &&
                    (strcasestr(names[i], "survey") || strcasestr(names[i], "choices") ||
                     strcasestr(names[i], "settings"));
        if (!ours) continue;
        s = read_sheet(o, path_join(&o->arena, dir, names[i]), sheet_of(x, names[i], 0));
    }
    if (!s && !x->survey.bytes)
        s = status_fail(STATUS_NOT_FOUND, "%s: no survey.csv is in it", dir);
    return s;
}

static enum status read_xlsform(struct office *o, const struct form_work *w,
                                struct xlsform *x) {
    enum status s = STATUS_OK;
    if (w->count == 1 && file_is_dir(w->files[0])) return read_folder(o, w->files[0], x);
    for (int i = 0; i < w->count && !s; i++)
        s = read_sheet(o, w->files[i], sheet_of(x, w->files[i], i));
    if (!s && !x->survey.bytes)
        s = status_fail(STATUS_NOT_FOUND, "the survey sheet, such as survey.csv");
    return s;
}

static int from_xlsform(struct office *o, int argc, char **argv) {
    struct form_work w = {0};
    struct problems p = {.memory = &o->arena};
    struct authored f = {0};
    int result = options_of(o, argc, argv, 1, 3, &w);
    if (result) return result;
    struct xlsform x = {.code = w.code, .statement = w.statement, .evidence = w.evidence};
    enum status s = read_xlsform(o, &w, &x);
    if (!s) s = author_xlsform(&p, &x, &f);
    if (s) return failed_form(o, stderr, s, &p, w.files[0]);
    problems_print(o, stderr, &p);
    const char *beside = file_is_dir(w.files[0])
                             ? path_join(&o->arena, w.files[0], f.code)
                             : path_join(&o->arena, path_dir(&o->arena, w.files[0]), f.code);
    const char *target =
        form_target(o, arena_printf(&o->arena, "%s.json", beside), w.out, ".json");
    result = form_file_write(o, target, &f.json);
    if (!result) say_form(o, stdout, target, &f);
    authored_release(&f);
    return result;
}

static const struct {
    const char *name;
    int (*run)(struct office *o, int argc, char **argv);
} works[] = {{"check", check},
             {"to-csv", to_csv},
             {"from-csv", from_csv},
             {"to-json", to_json},
             {"from-xlsform", from_xlsform},
             {"preview", template_preview}};

int office_template(struct office *o, int argc, char **argv) {
    char **rest;
    int n;
    for (size_t i = 0; argc > 0 && i < sizeof works / sizeof *works; i++)
        if (text_equal(argv[0], works[i].name)) return works[i].run(o, argc - 1, argv + 1);
    int wrong = office_options(o, argc, argv, NULL, 0, 1, -1, &rest, &n); /* --help */
    return wrong ? wrong : office_wrong(o, "author.unknown", rest[0]);
}
