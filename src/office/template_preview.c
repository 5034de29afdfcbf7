/* template_preview.c -- a form as it will look: a paper to print, and pictures that the
 * tablet's own program takes of it.
 *
 * The tablet's program is asked, not imitated: `lantern`, which stands beside this one, opens
 * the form in a folder that is thrown away afterwards and is led through it by a script. The
 * services there are the sample's. Conditions and repeats are taken off for the pictures, so
 * that every question is seen. */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "office/template_files.h"
#include "office/template_paper.h"

#define PATH_ROOM    1024
#define SECONDS_MOST 300 /* for one form's pictures */

struct preview {
    struct office *o;
    const char *out, *size;
    const char *dir; /* thrown away afterwards */
    const struct template *t;
    bool guide;
    char program[PATH_ROOM]; /* this one */
};

/* ---- files that are thrown away ---- */

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *at) {
    (void)st;
    (void)flag;
    (void)at;
    return remove(path);
}

static const char *inside(struct preview *v, const char *name) {
    return path_join(&v->o->arena, v->dir, name);
}

static enum status write_text(struct preview *v, const char *name, struct buf *b) {
    enum status s = file_write(inside(v, name), b->data, b->size, 0600);
    buf_release(b);
    return s;
}

/* The assets as they are, but for the forms: this one alone. */
static enum status link_assets(struct preview *v) {
    char **names, *whole = realpath(v->o->assets, NULL);
    size_t n;
    struct arena *a = &v->o->arena;
    const char *assets = arena_strdup(a, whole ? whole : v->o->assets);
    free(whole);
    enum status s = dir_list(a, assets, NULL, &names, &n);
    if (!s) s = file_make_dirs(inside(v, "assets/templates"));
    for (size_t i = 0; !s && i < n; i++) {
        const char *to = inside(v, arena_printf(a, "assets/%s", names[i]));
        if (text_equal(names[i], "templates")) continue;
        if (symlink(path_join(a, assets, names[i]), to) != 0) s = status_errno(to);
    }
    return s;
}

/* ---- other programs ---- */

/* What it says goes into the folder's log. */
static void become(struct preview *v, const char *const *argv) {
    int log = open(inside(v, "log"), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    int none = open("/dev/null", O_RDONLY);
    if (log < 0 || none < 0) _exit(127);
    dup2(none, STDIN_FILENO);
    dup2(log, STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    setenv("SDL_RENDER_DRIVER", "software", 1);
    setenv("LANTERN_ASSETS", inside(v, "assets"), 1);
    setenv("LANTERN_STICKS", inside(v, "stick"), 1);
    unsetenv("LANTERN_PASSPHRASE");
    alarm(SECONDS_MOST);
    execv(argv[0], (char *const *)(uintptr_t)argv);
    _exit(127);
}

static enum status run(struct preview *v, const char *const *argv) {
    int result = 0;
    fflush(NULL);
    pid_t child = fork();
    if (child < 0) return status_errno(argv[0]);
    if (child == 0) become(v, argv);
    while (waitpid(child, &result, 0) < 0)
        if (errno != EINTR) return status_errno(argv[0]);
    if (WIFEXITED(result) && WEXITSTATUS(result) == 0) return STATUS_OK;
    struct buf log = {0};
    enum status s = file_read(inside(v, "log"), 64 * 1024, &log);
    char *said = arena_strdup(&v->o->arena, s ? "" : buf_str(&log));
    buf_release(&log);
    text_one_line(said);
    return status_fail(STATUS_INVALID, "%.300s", said);
}

/* An office with the sample's services, and its pack for the tablet. */
static enum status make_pack(struct preview *v) {
    const char *db = inside(v, "office.db"), *me = v->program;
    const char *const make[] = {
        me, "init", db, "--provider", "Preview", "--recovery", inside(v, "recovery"), NULL};
    const char *const fill[] = {me, "add", db, inside(v, "assets/sample/sample.json"), NULL};
    const char *const pack[] = {
        me, "pack", db, "--open", "--out", inside(v, "stick/pack.lantern"), NULL};
    enum status s = file_make_dirs(inside(v, "stick"));
    if (!s) s = run(v, make);
    if (!s) s = run(v, fill);
    return s ? s : run(v, pack);
}

/* ---- the script ---- */

static void put_quoted(struct buf *b, const char *s) {
    buf_byte(b, '"');
    for (; *s; s++) {
        if (*s == '"' || *s == '\\') buf_byte(b, '\\');
        buf_byte(b, (uint8_t)*s);
    }
    buf_text(b, "\"\n");
}

static const char script_begin[] =
    "tap \"Open a pack\"\ntap \"Read a file\"\ntap \"pack.lantern\"\nsend\n"
    "tap \"Yes, let it in\"\nsend\ntap \"Back\"\n"
    "tap \"Who holds this?\"\ntap \"Quality lead\"\n";
/* Whoever begins the first check of a tablet chooses a PIN. */
static const char script_pin[] =
    "screen pin\npin 274936\ntap \"Next\"\npin 274936\ntap \"Keep it\"\nsend\n";

static enum status write_script(struct preview *v) {
    const struct template *t = v->t;
    struct buf b = {0};
    buf_text(&b, script_begin);
    buf_printf(&b, "tap \"Start %s\"\n%sscreen start\n",
               t->night ? "a night spot check" : "an audit", script_pin);
    buf_printf(&b, "shot %s-00\ntap \"Start\" #1\n", t->code);
    if (text_equal(t->use, "team")) buf_text(&b, "tap \"Begin my answers\"\n");
    for (int i = 0; i < t->sections_count; i++) {
        if (i) buf_text(&b, "tap ");
        if (i) put_quoted(&b, t->sections[i].title);
        buf_printf(&b, "pages %s-%02d\n", t->code, i + 1);
    }
    return write_text(v, "script", &b);
}

/* ---- the pictures ---- */

static const char *tablet_program(struct preview *v) {
    struct arena *a = &v->o->arena;
    ssize_t n = readlink("/proc/self/exe", v->program, sizeof v->program - 1);
    if (n <= 0) return NULL;
    v->program[n] = '\0';
    const char *path = path_join(a, path_dir(a, v->program), "lantern");
    return access(path, X_OK) == 0 ? path : NULL;
}

static enum status play(struct preview *v, const char *tablet) {
    const char *const argv[] = {tablet,
                                "--data",
                                inside(v, "tablet"),
                                "--assets",
                                inside(v, "assets"),
                                "--script",
                                inside(v, "script"),
                                "--shots",
                                v->out,
                                "--size",
                                v->size ? v->size : "1280x800",
                                "--clock",
                                v->t->night ? "2026-11-22T02:41" : "2026-11-22T10:05",
                                NULL};
    return run(v, argv);
}

static int count_pictures(struct preview *v) {
    char **names;
    size_t n;
    int found = 0;
    const char *begins = arena_printf(&v->o->arena, "%s-", v->t->code);
    if (dir_list(&v->o->arena, v->out, ".png", &names, &n)) return 0;
    for (size_t i = 0; i < n; i++)
        found += text_starts(names[i], begins);
    return found;
}

static enum status take_pictures(struct preview *v, const struct buf *bare) {
    const char *tablet = tablet_program(v);
    if (!tablet) return STATUS_NOT_FOUND;
    enum status s = link_assets(v);
    const char *form =
        inside(v, arena_printf(&v->o->arena, "assets/templates/%s.json", v->t->code));
    if (!s) s = file_write(form, bare->data, bare->size, 0600);
    if (!s) s = make_pack(v);
    if (!s) s = write_script(v);
    return s ? s : play(v, tablet);
}

static int pictures(struct preview *v, const struct buf *bare) {
    struct office *o = v->o;
    char dir[] = "/tmp/lantern-preview-XXXXXX";
    v->dir = mkdtemp(dir);
    if (!v->dir) return office_failed(o, status_errno(dir));
    enum status s = take_pictures(v, bare);
    nftw(v->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    printf("%s\n", OFFICE_SAY(o, v->guide ? "author.pictures_guide" : "author.pictures",
                              int_text(&o->arena, count_pictures(v)), v->out));
    if (s == STATUS_NOT_FOUND) fprintf(stderr, "%s\n", OFFICE_WORD(o, "author.no_tablet"));
    if (s && s != STATUS_NOT_FOUND)
        fprintf(stderr, "%s\n",
                OFFICE_SAY(o, "author.no_pictures", v->t->code, status_detail()));
    return s ? EXIT_REFUSED : EXIT_DONE;
}

/* ---- one form ---- */

static int paper(struct preview *v, const struct buf *form) {
    struct template *t = NULL;
    struct buf pdf = {0};
    enum status s = template_read(&t, "form", (const char *)form->data, form->size);
    if (!s) s = template_paper(v->o, t, &pdf);
    v->guide = !s && t->guide;
    const char *path =
        s ? "" : path_join(&v->o->arena, v->out, arena_printf(&v->o->arena, "%s.pdf", t->code));
    if (!s) s = file_write(path, pdf.data, pdf.size, 0644);
    int result = s ? office_failed(v->o, s) : EXIT_DONE;
    if (!s) printf("%s\n", OFFICE_SAY(v->o, "author.written", path));
    buf_release(&pdf);
    template_close(t);
    return result;
}

static int preview_form(struct preview *v, const struct authored *f) {
    struct problems p = {.memory = &v->o->arena};
    struct authored bare;
    struct template *t = NULL;
    int result = paper(v, &f->json);
    if (result) return result;
    enum status s = author_bare(&p, f->code, (const char *)f->json.data, f->json.size, &bare);
    if (!s) s = template_read(&t, f->code, (const char *)bare.json.data, bare.json.size);
    v->t = t;
    result = s ? office_failed(v->o, s) : pictures(v, &bare.json);
    template_close(t);
    authored_release(&bare);
    return result;
}

int template_preview(struct office *o, int argc, char **argv) {
    struct preview v = {.o = o};
    char **files;
    int n;
    const struct option_spec specs[] = {{"out", &v.out, NULL}, {"size", &v.size, NULL}};
    int result = office_options(o, argc, argv, specs, 2, 1, -1, &files, &n);
    if (!result && text_blank(v.out)) result = office_wrong(o, "office.needs", "--out");
    if (result) return result;
    enum status s = file_make_dirs(v.out);
    if (s) return office_failed(o, s);
    for (int i = 0; i < n; i++) {
        struct problems p = {.memory = &o->arena};
        struct authored f = {0};
        int one;
        s = form_file_read(o, &p, files[i], &f);
        problems_print(o, stderr, &p);
        one = s ? (p.wrong ? EXIT_REFUSED : office_failed(o, s)) : preview_form(&v, &f);
        result = one > result ? one : result;
        authored_release(&f);
    }
    return result;
}
