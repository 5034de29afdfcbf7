/* fields.c -- the reader of tables of fields; see fields.h. */
#include "care/fields.h"

#include <stdarg.h>

#include "base/text.h"

void reading_complain(struct reading *r, const json *node, const char *fmt, ...) {
    if (r->bad) return;
    struct arena a = {0};
    va_list args;
    va_start(args, fmt);
    const char *text = arena_vprintf(&a, fmt, args);
    va_end(args);
    r->bad = json_complain(r->doc, node, "%s%s%s", r->subject, r->subject[0] ? ": " : "", text);
    r->complaints++;
    if (r->told) r->told(r->ctx, status_detail());
    arena_release(&a);
}

bool reading_goes_on(struct reading *r, bool *flawed) {
    if (!r->bad) return true;
    *flawed = true;
    if (!r->told || r->complaints >= COMPLAINTS_MOST) return false;
    r->flawed = r->bad;
    r->bad = STATUS_OK;
    return true;
}

void reading_subject(struct reading *r, const char *sort, const char *id) {
    if (r->bad) return;
    char name[25];
    text_copy(name, sizeof name, id);
    snprintf(r->subject, sizeof r->subject, "%.20s%s%s", sort, *name ? " " : "", name);
}

static bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_id(const char *s) {
    size_t n = 0;
    for (; s && s[n]; n++) {
        char c = s[n];
        if (!is_digit(c) && !is_upper((char)(c & ~32)) && c != '_' && c != '-') return false;
    }
    return n >= 1 && n <= 24;
}

/* Past "SAF-S6", NULL when it does not stand there. */
static const char *past_statement(const char *s) {
    for (int i = 0; i < 3; i++)
        if (!is_upper(s[i])) return NULL;
    if (s[3] != '-' || !is_upper(s[4]) || !is_digit(s[5])) return NULL;
    return s + (is_digit(s[6]) ? 7 : 6);
}

bool is_statement_code(const char *s) {
    const char *end = s ? past_statement(s) : NULL;
    return end && !*end;
}

bool is_coverage_id(const char *s) {
    const char *end = s ? past_statement(s) : NULL;
    return end && end[0] == '/' && is_digit(end[1]) && is_digit(end[2]) && !end[3];
}

bool is_regulation_id(const char *s) {
    if (!s || !is_upper(s[0]) || !is_upper(s[1])) return false;
    for (int i = 2; i < 6; i++)
        if (!is_digit(s[i])) return false;
    if (s[6] != '-' || !is_digit(s[7])) return false;
    s += is_digit(s[8]) ? 9 : 8;
    if (is_upper(*s)) s++;
    return !*s;
}

bool is_one_of(const char *word, const char *list) {
    return text_listed(list, '|', word);
}

/* One text: not only blanks, no control characters, not too long. "" is as good as left out. */
static const char *read_text(struct reading *r, const json *v, const char *name, int64_t most,
                             bool required) {
    const char *s = json_text(v, NULL);
    size_t limit = most ? (size_t)most : TEXT_MOST;
    if (!s) {
        reading_complain(r, v, "\"%s\" must be text", name);
        return "";
    }
    if (text_blank(s) && (required || *s)) reading_complain(r, v, "\"%s\" is blank", name);
    if (strlen(s) > limit)
        reading_complain(r, v, "\"%s\" has %zu bytes, more than %zu", name, strlen(s), limit);
    for (const char *p = s; *p; p++)
        if ((unsigned char)*p < 0x20) {
            reading_complain(r, v, "\"%s\" has a line break or a control character", name);
            break;
        }
    return r->bad ? "" : arena_strdup(r->memory, s);
}

static void read_id(struct reading *r, const json *v, const char *name, const char **out) {
    const char *s = json_text(v, NULL);
    if (is_id(s))
        *out = arena_strdup(r->memory, s);
    else
        reading_complain(r, v, "\"%s\" must be 1 to 24 letters, digits, _ or -", name);
}

static void read_int(struct reading *r, const json *v, const struct field *f, int *out) {
    int64_t n = json_int(v, INT64_MIN);
    if (n >= f->least && n <= f->most)
        *out = (int)n;
    else
        reading_complain(r, v, "\"%s\" must be a whole number from %lld to %lld", f->name,
                         (long long)f->least, (long long)f->most);
}

static void read_texts(struct reading *r, const json *map, const struct field *f, char *out) {
    const json *list = reading_list(r, map, f->name, f->required ? 1 : 0, (size_t)f->most);
    int n = (int)json_count(list);
    if (r->bad || n == 0) return;
    const char **texts = ARENA_ARRAY(r->memory, const char *, n);
    for (int i = 0; i < n; i++) {
        const json *v = json_at(list, (size_t)i);
        texts[i] = read_text(r, v, f->name, 0, true);
        for (int k = 0; k < i && !r->bad; k++)
            if (text_equal(texts[k], texts[i]))
                reading_complain(r, v, "\"%s\" says \"%s\" twice", f->name, texts[i]);
    }
    const char *const *shown = texts;
    memcpy(out + f->offset, &shown, sizeof shown);
    memcpy(out + f->count, &n, sizeof n);
}

static void read_field(struct reading *r, const json *map, const struct field *f, char *out) {
    const json *v = json_get(map, f->name);
    if (!v && f->required) reading_complain(r, map, "\"%s\" is missing", f->name);
    if (r->bad || f->kind == FIELD_OTHER) return;
    if (f->kind == FIELD_TEXTS) {
        read_texts(r, map, f, out);
        return;
    }
    void *at = out + f->offset;
    if (!v) {
        if (f->kind == FIELD_TEXT || f->kind == FIELD_ID) *(const char **)at = "";
        return;
    }
    switch (f->kind) {
    case FIELD_ID:
        read_id(r, v, f->name, at);
        break;
    case FIELD_TEXT:
        *(const char **)at = read_text(r, v, f->name, f->most, f->required);
        break;
    case FIELD_BOOL:
        if (json_type_of(v) == JSON_T_BOOL)
            *(bool *)at = json_bool(v, false);
        else
            reading_complain(r, v, "\"%s\" must be true or false", f->name);
        break;
    case FIELD_INT:
        read_int(r, v, f, at);
        break;
    case FIELD_TEXTS:
    case FIELD_OTHER:
        break;
    }
}

static bool is_known(const struct field *fields, const char *name) {
    for (; fields->name; fields++)
        if (*fields->name == *name && strcmp(fields->name, name) == 0) return true;
    return false;
}

/* Each field may be wrong for itself; the map as a whole then is. */
void reading_fields(struct reading *r, const json *map, const struct field *fields, void *out) {
    bool flawed = false, on = true;
    if (r->bad) return;
    if (json_type_of(map) != JSON_T_MAP) {
        reading_complain(r, map, "a map { } is wanted here");
        return;
    }
    for (size_t i = 0; i < json_count(map) && on; i++) {
        const json *v = NULL;
        const char *name = json_key_at(map, i, &v);
        if (!is_known(fields, name)) reading_complain(r, v, "no field is called \"%s\"", name);
        on = reading_goes_on(r, &flawed);
    }
    for (const struct field *f = fields; f->name && on; f++) {
        read_field(r, map, f, out);
        on = reading_goes_on(r, &flawed);
    }
    if (flawed && !r->bad) r->bad = r->flawed;
}

const json *reading_list(struct reading *r, const json *map, const char *name, size_t least,
                         size_t most) {
    const json *v = json_get(map, name);
    if (r->bad) return NULL;
    if (!v) {
        if (least) reading_complain(r, map, "\"%s\" is missing", name);
        return NULL;
    }
    size_t n = json_count(v);
    if (json_type_of(v) != JSON_T_LIST)
        reading_complain(r, v, "\"%s\" must be a list [ ]", name);
    else if (n < least || n > most)
        reading_complain(r, v, "\"%s\" has %zu entries; it must have %zu to %zu", name, n,
                         least, most);
    return r->bad ? NULL : v;
}

void reading_schema(struct reading *r, const json *root, const char *name, int version) {
    if (r->bad) return;
    const json *v = json_get(root, "schema");
    const char *says = json_text(v, "");
    char wanted[64];
    snprintf(wanted, sizeof wanted, "%s/%d", name, version);
    if (strcmp(says, wanted) == 0) return;
    size_t n = strlen(name);
    bool sibling = strncmp(says, name, n) == 0 && says[n] == '/' && is_digit(says[n + 1]);
    reading_complain(r, v ? v : root, "\"schema\" must be \"%s\"", wanted);
    if (sibling) r->bad = status_fail(STATUS_NEWER, "%s", status_detail());
}
