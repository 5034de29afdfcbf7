/* json_write.c -- writing JSON as a stream: commas, indents and escapes are handled here.
 *
 * first[depth] says that something already stands at that depth, so the next needs a comma. */
#include "base/json.h"

#include "base/log.h"
#include "base/text.h"

static void put_escaped(struct buf *to, const char *s) {
    const char *end = s + strlen(s);
    buf_byte(to, '"');
    while (s < end) {
        uint32_t cp = text_next(&s, end);
        char utf8[4];
        switch (cp) {
        case '"':
            buf_text(to, "\\\"");
            break;
        case '\\':
            buf_text(to, "\\\\");
            break;
        case '\n':
            buf_text(to, "\\n");
            break;
        case '\r':
            buf_text(to, "\\r");
            break;
        case '\t':
            buf_text(to, "\\t");
            break;
        default:
            if (cp < 0x20)
                buf_printf(to, "\\u%04x", (unsigned)cp);
            else
                buf_add(to, utf8, text_put(utf8, cp));
        }
    }
    buf_byte(to, '"');
}

static void new_line(struct json_out *o, int depth) {
    if (!o->pretty) return;
    buf_byte(o->to, '\n');
    for (int i = 0; i < depth; i++)
        buf_text(o->to, "  ");
}

static void before(struct json_out *o, const char *key) {
    BELIEVE(o->depth >= 0 && o->depth < 66);
    if (o->depth > 0) {
        if (o->first[o->depth]) buf_byte(o->to, ',');
        o->first[o->depth] = true;
        new_line(o, o->depth);
    }
    if (!key) return;
    put_escaped(o->to, key);
    buf_text(o->to, o->pretty ? ": " : ":");
}

static void open_with(struct json_out *o, const char *key, uint8_t bracket) {
    before(o, key);
    buf_byte(o->to, bracket);
    o->depth++;
    BELIEVE(o->depth < 66);
    o->first[o->depth] = false;
}

static void close_with(struct json_out *o, uint8_t bracket) {
    BELIEVE(o->depth > 0);
    bool any = o->first[o->depth];
    o->depth--;
    if (any) new_line(o, o->depth);
    buf_byte(o->to, bracket);
}

void json_open_map(struct json_out *o, const char *key) {
    open_with(o, key, '{');
}

void json_close_map(struct json_out *o) {
    close_with(o, '}');
}

void json_open_list(struct json_out *o, const char *key) {
    open_with(o, key, '[');
}

void json_close_list(struct json_out *o) {
    close_with(o, ']');
}

void json_put_text(struct json_out *o, const char *key, const char *s) {
    if (!s) {
        json_put_null(o, key);
        return;
    }
    before(o, key);
    put_escaped(o->to, s);
}

void json_put_int(struct json_out *o, const char *key, int64_t v) {
    before(o, key);
    buf_printf(o->to, "%lld", (long long)v);
}

void json_put_real(struct json_out *o, const char *key, double v) {
    BELIEVE(v - v == 0); /* neither infinite nor no number: JSON has no word for them */
    before(o, key);
    buf_printf(o->to, "%.15g", v);
}

void json_put_bool(struct json_out *o, const char *key, bool v) {
    before(o, key);
    buf_text(o->to, v ? "true" : "false");
}

void json_put_null(struct json_out *o, const char *key) {
    before(o, key);
    buf_text(o->to, "null");
}
