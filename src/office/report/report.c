/* report.c -- makes the pages in the order in which they count for each other: a service's
 * actions, its checks, its own page; then what stands above the services. See report.h. */
#include "office/report/report.h"

#include "base/file.h"
#include "base/text.h"
#include "office/known.h"

static const char *const copies[][2] = {
    {"report/report.css", "report.css"},
    {"fonts/AtkinsonHyperlegibleNext-Regular.ttf", "AtkinsonHyperlegibleNext-Regular.ttf"},
    {"fonts/AtkinsonHyperlegibleNext-SemiBold.ttf", "AtkinsonHyperlegibleNext-SemiBold.ttf"},
    {"fonts/AtkinsonHyperlegibleNext-Bold.ttf", "AtkinsonHyperlegibleNext-Bold.ttf"},
    {"fonts/AtkinsonHyperlegibleNext-OFL.txt", "AtkinsonHyperlegibleNext-OFL.txt"},
};

static enum status copy_assets(struct report *r) {
    enum status s = STATUS_OK;
    for (size_t i = 0; !s && i < sizeof copies / sizeof copies[0]; i++)
        s = folder_copy(r, copies[i][0], copies[i][1]);
    return s;
}

/* What a service's figures are made of beside the verdicts: check_page adds those. */
static void count_checks(struct report *r, struct report_service *s) {
    for (int i = 0; i < r->checks_count; i++) {
        const struct report_check *c = &r->checks[i];
        if (c->service != s) continue;
        if (!c->recent) {
            bool counts = c->at_night && !c->clock_wrong;
            if (counts && c->night > s->last_night) s->last_night = c->night;
            continue;
        }
        s->checks++;
        s->night_checks += c->at_night;
        coverage_add(s, c);
    }
}

static enum status write_checks(struct report *r, struct report_service *s, int *done) {
    enum status st = STATUS_OK;
    for (int i = 0; !st && i < r->checks_count; i++) {
        if (r->checks[i].service != s) continue;
        st = check_page(r, &r->checks[i]);
        office_progress(r->o, s->name, (double)++*done / (double)(r->checks_count + 1));
    }
    return st;
}

static enum status write_service(struct report *r, struct report_service *s, int *done) {
    r->findings_from = r->findings.size;
    count_checks(r, s);
    enum status st = actions_read(r, s);
    if (!st) st = said_count(r, s);
    if (!st) st = write_checks(r, s, done);
    if (!st) st = actions_page(r, s);
    if (!st) st = service_page(r, s);
    return st;
}

static enum status write_pages(struct report *r) {
    int done = 0;
    enum status s = copy_assets(r);
    for (int i = 0; !s && i < r->services_count; i++)
        s = write_service(r, &r->services[i], &done);
    if (!s) s = all_actions_page(r);
    if (!s && r->who.restricted) s = restricted_page(r);
    return s ? s : index_page(r);
}

static const struct frameworks *frameworks_of(void *report) {
    return &((struct report *)report)->frameworks;
}

static void prepare_context(struct report *r) {
    r->context = (struct load_context){.j = r->j,
                                       .words = r->o->words,
                                       .framework = r->framework,
                                       .wall_ms = r->now,
                                       .boot_id = "",
                                       .text_percent = 100,
                                       .theme = "day",
                                       .assets = r->o->assets,
                                       .data_dir = "",
                                       .version = "",
                                       .template_of = forms_of_visit,
                                       .frameworks = frameworks_of,
                                       .ctx = r};
}

/* The one in force stands first; a file that is refused takes none of the others with it. */
static enum status read_framework(struct report *r) {
    enum status s =
        frameworks_open(&r->frameworks, path_join(&r->arena, r->o->assets, "frameworks"));
    if (!s) r->framework = r->frameworks.all[0];
    return s;
}

enum status report_prepare(struct report *r) {
    enum status s = office_findings(r->o, r->j, &r->arena, &r->trouble);
    r->asked = r->now != 0;
    if (!s && !r->asked) r->now = r->trouble->newest;
    r->since = r->now - REPORT_WEEKS * 7 * REPORT_DAY_MS;
    if (!s) s = read_framework(r);
    if (!s) s = forms_open(r);
    return s ? s : report_list(r);
}

void report_close(struct report *r) {
    forms_close(r);
    frameworks_close(&r->frameworks);
    buf_release(&r->findings);
    buf_release(&r->quotes);
    buf_release(&r->overdue.out);
    buf_release(&r->verify.out);
    arena_release(&r->page);
    arena_release(&r->arena);
}

enum status report_write(struct report *r, const char *out, int *pages) {
    enum status s = report_prepare(r);
    if (!s) s = report_erased_find(r);
    if (!s) {
        prepare_context(r);
        s = folder_open(r, out);
        if (!s) s = write_pages(r);
        if (!s) s = folder_finish(r, pages);
        folder_close(r);
    }
    office_progress_done(r->o);
    report_close(r);
    return s;
}
