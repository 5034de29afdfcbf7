/* frame.c -- head and foot of every page. */
#include "office/report/report.h"

#include "base/text.h"

/* The lamp of the app's own picture, drawn in two shapes. */
static const char lamp[] =
    "<svg class=\"lamp\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"M12 2v4M4 16c0-5 "
    "3.5-9 8-9s8 4 8 9z\" fill=\"#E39B2D\" stroke=\"#E39B2D\" stroke-width=\"2\" "
    "stroke-linejoin=\"round\"/><path d=\"M9 19a3 3 0 0 0 6 0\" fill=\"none\" "
    "stroke=\"#E39B2D\" stroke-width=\"2\"/></svg>";

static void trail(struct report *r, struct html *h, const struct report_service *under) {
    html_raw(h, "<nav aria-label=\"");
    html_text(h, REPORT_WORD(r, "trail"));
    html_raw(h, "\"><a class=\"brand\" href=\"index.html\">");
    html_raw(h, lamp);
    html_text(h, REPORT_WORD(r, "brand"));
    html_raw(h, "</a>");
    html_link(h, NULL, "index.html", REPORT_WORD(r, "all_services"));
    if (under) html_link(h, NULL, under->file, under->name);
    html_raw(h, "</nav>\n");
}

void frame_begin(struct report *r, struct html *h, const char *title, const char *sub,
                 const struct report_service *under) {
    html_raw(h, "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                "<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
    html_text(h, title);
    html_raw(h, "</title>\n<link rel=\"stylesheet\" href=\"report.css\">\n</head>\n<body>\n"
                "<a class=\"skip\" href=\"#main\">");
    html_text(h, REPORT_WORD(r, "skip"));
    html_raw(h, "</a>\n<header>\n");
    trail(r, h, under);
    html_say(h, "h1", NULL, title);
    html_say(h, "p", "sub", sub);
    html_raw(h, "</header>\n<main id=\"main\">\n");
    if (under && under->sample) html_say(h, "p", "note", REPORT_WORD(r, "sample"));
}

enum status frame_end(struct report *r, struct html *h, const char *file) {
    const char *reader = arena_printf(&r->page, "report.for_%s", r->who.name);
    html_raw(h, "</main>\n<footer>\n");
    html_say(h, "p", NULL, word(r->o->words, reader));
    html_say(h, "p", NULL, REPORT_SAY(r, "up_to", says_when(r, r->now)));
    if (r->trouble->beyond && !r->asked)
        html_say(h, "p", NULL, REPORT_SAY(r, "beyond", report_int(r, r->trouble->beyond)));
    html_say(h, "p", NULL, REPORT_WORD(r, "counts_only"));
    html_raw(h, "</footer>\n</body>\n</html>\n");
    enum status s = h->out.overflow ? status_fail(STATUS_TOO_LARGE, "%s", file)
                                    : folder_write(r, file, h->out.data, h->out.size);
    buf_release(&h->out);
    arena_reset(&r->page);
    return s;
}
