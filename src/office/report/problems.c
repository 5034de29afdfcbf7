/* problems.c -- what is wrong with the records and what puts it right, in the same words and
 * order as `verify` says it (model/findings_model.h); and what only a report can notice: checks
 * of a service that is not here, two services with one code. */
#include "base/text.h"
#include "office/report/report.h"

/* "9 tablets, none with records missing". */
const char *problems_line(struct report *r) {
    const struct findings_model *m = r->trouble;
    if (!m->tablets) return "";
    return m->lacking ? REPORT_SAY(r, "some_missing", report_int(r, m->tablets),
                                   report_int(r, m->lacking))
                      : REPORT_SAY(r, "none_missing", report_int(r, m->tablets));
}

/* How and when a clock was noticed depends on who merged when; a report does not. */
static void one_finding(struct html *h, const struct finding *f) {
    bool clock = f->sort == FINDING_CLOCK;
    size_t lines = clock ? 0 : f->lines_count;
    html_open(h, "li", f->wrong || clock ? "wrong" : "told");
    html_say(h, "span", NULL, f->says);
    if (lines) html_raw(h, "<ul>\n");
    for (size_t i = 0; i < lines; i++)
        html_say(h, "li", NULL, f->lines[i]);
    if (lines) html_raw(h, "</ul>\n");
    html_say(h, "span", "mute", f->cure);
    html_raw(h, "</li>\n");
}

/* Erased words and why: only for those who may know why. */
static void erased(struct report *r, struct html *h) {
    if (!r->erased_count) return;
    html_say(h, "h3", NULL, REPORT_WORD(r, "erased"));
    html_raw(h, "<ul class=\"problems\">\n");
    for (int i = 0; i < r->erased_count; i++)
        one_finding(h, r->erased[i].finding);
    html_raw(h, "</ul>\n");
}

static int of_services(struct report *r, struct html *h) {
    int n = 0;
    for (int i = 0; i < r->services_count; i++) {
        if (!r->services[i].twin) continue;
        html_say(h, "li", "wrong",
                 REPORT_SAY(r, "twin", r->services[i].name, r->services[i].code));
        n++;
    }
    if (!r->strangers) return n;
    html_say(h, "li", "wrong", REPORT_SAY(r, "strangers", report_int(r, r->strangers)));
    return n + 1;
}

enum status problems_part(struct report *r, struct html *h) {
    const struct findings_model *m = r->trouble;
    int found = 0;
    html_raw(h, "<section class=\"card\">");
    html_open_id(h, "h2", NULL, "records");
    html_text(h, REPORT_WORD(r, "records"));
    html_close(h, "h2");
    html_raw(h, "<ul class=\"problems\">\n");
    for (size_t i = 0; i < m->count; i++) {
        if (m->all[i].sort == FINDING_ERASED) continue;
        one_finding(h, &m->all[i]);
        found += m->all[i].wrong || m->all[i].sort == FINDING_CLOCK;
    }
    found += of_services(r, h);
    if (!found) html_say(h, "li", NULL, REPORT_WORD(r, "all_here"));
    html_raw(h, "</ul>\n");
    if (r->who.restricted) erased(r, h);
    html_raw(h, "</section>\n");
    return STATUS_OK;
}
