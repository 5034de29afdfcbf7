/* html.c -- the escaping writer. See html.h. */
#include "office/report/html.h"

#include "base/text.h"

void html_raw(struct html *h, const char *markup) {
    buf_text(&h->out, markup);
}

static const char *escape_of(unsigned char c) {
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7F ? "\xEF\xBF\xBD" : NULL;
    }
}

void html_text(struct html *h, const char *s) {
    const char *plain = s;
    for (; s && *s; s++) {
        const char *instead = escape_of((unsigned char)*s);
        if (!instead) continue;
        buf_add(&h->out, plain, (size_t)(s - plain));
        buf_text(&h->out, instead);
        plain = s + 1;
    }
    if (s) buf_add(&h->out, plain, (size_t)(s - plain));
}

static void attribute(struct html *h, const char *name, const char *value) {
    if (!value || !*value) return;
    buf_printf(&h->out, " %s=\"", name);
    html_text(h, value);
    buf_byte(&h->out, '"');
}

void html_open_id(struct html *h, const char *tag, const char *css, const char *id) {
    buf_printf(&h->out, "<%s", tag);
    attribute(h, "class", css);
    attribute(h, "id", id);
    buf_text(&h->out, ">");
}

void html_open(struct html *h, const char *tag, const char *css) {
    html_open_id(h, tag, css, NULL);
}

void html_close(struct html *h, const char *tag) {
    buf_printf(&h->out, "</%s>\n", tag);
}

void html_say(struct html *h, const char *tag, const char *css, const char *text) {
    if (text_blank(text)) return;
    html_open(h, tag, css);
    html_text(h, text);
    html_close(h, tag);
}

void html_link(struct html *h, const char *css, const char *href, const char *text) {
    buf_text(&h->out, "<a");
    attribute(h, "class", css);
    attribute(h, "href", href);
    buf_byte(&h->out, '>');
    html_text(h, text);
    buf_text(&h->out, "</a>");
}

void html_table(struct html *h, const char *id, const char *caption,
                const struct html_column *columns, int n) {
    html_table_of(h, NULL, id, caption, columns, n);
}

void html_table_of(struct html *h, const char *css, const char *id, const char *caption,
                   const struct html_column *columns, int n) {
    html_raw(h, "<div class=\"wide\">");
    html_open_id(h, "table", css, id);
    html_say(h, "caption", NULL, caption);
    html_raw(h, "<thead><tr>");
    for (int i = 0; i < n; i++) {
        html_raw(h, "<th scope=\"col\"");
        attribute(h, "class", columns[i].css);
        html_raw(h, ">");
        html_text(h, columns[i].label);
        html_raw(h, "</th>");
    }
    html_raw(h, "</tr></thead>\n<tbody>\n");
}

void html_table_end(struct html *h) {
    html_raw(h, "</tbody></table></div>\n");
}

void html_cell(struct html *h, const char *css, const char *text) {
    html_open(h, "td", css);
    html_text(h, text);
    html_raw(h, "</td>");
}

void html_cell_link(struct html *h, const char *css, const char *href, const char *text) {
    html_open(h, "td", css);
    html_link(h, NULL, href, text);
    html_raw(h, "</td>");
}

void html_row_head(struct html *h, const char *href, const char *text) {
    html_raw(h, "<th scope=\"row\">");
    if (href)
        html_link(h, NULL, href, text);
    else
        html_text(h, text);
    html_raw(h, "</th>");
}

void html_fact(struct html *h, const char *term, const char *text) {
    if (text_blank(text)) return;
    html_say(h, "dt", NULL, term);
    html_say(h, "dd", NULL, text);
}
