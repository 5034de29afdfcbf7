/* reading.c -- see reading.h. */
#include "office/reading.h"

#include <stdlib.h>

#include "base/json.h"
#include "base/text.h"
#include "office/readers.h"
#include "office/report/report.h"
#include "store/query.h"

#define DAY_MS (24LL * 3600 * 1000)

/* ---- opening ---- */

/* By the key that the office gave to tablets; a key whose reader is not known any more still
 * opens what is sealed to it. */
static enum status whose_key(struct office *o, struct journal *j, const uint8_t key[KEY_BYTES],
                             struct reading *r) {
    struct readers all;
    uint8_t id[KEY_ID_BYTES];
    enum status s = readers_read(o, j, &all);
    if (s) return s;
    const struct reader_known *known = reader_of_key(&all, key, KEY_BYTES);
    key_id(key, id);
    r->known = known != NULL;
    r->label = known ? known->label : hex_of(&o->arena, id, sizeof id);
    return STATUS_OK;
}

static void open_box(struct office *o, const uint8_t secret[KEY_BYTES], const void *box,
                     size_t n, struct confided *out) {
    if (n < KEY_SEAL_OVER) return;
    size_t plain_n = n - KEY_SEAL_OVER;
    uint8_t *plain = arena_take(&o->arena, plain_n + 1);
    out->opens = key_seal_open(secret, box, n, plain) &&
                 confidence_read(&o->arena, plain, plain_n, &out->said) == STATUS_OK;
    key_wipe(plain, plain_n);
}

/* As its own tablet wrote it: another one may have written a change of it, or taken it back, to
 * keep it from its reader. r->kind NULL: its tablet took it back, or it was erased. */
static enum status as_written(struct office *o, struct journal *j, row_id row, struct row *r) {
    struct version *v;
    size_t n;
    bool taken = false;
    *r = (struct row){0};
    enum status s = journal_history(j, row, &o->arena, &v, &n);
    for (size_t i = 0; !s && i < n; i++)
        taken = taken || (v[i].op == OP_WITHDRAW && ROW_LOG(v[i].record) == ROW_LOG(row));
    if (!s && !taken) s = journal_version(j, row, &o->arena, r);
    return s == STATUS_NOT_FOUND ? STATUS_OK : s;
}

static const struct value *value_of(const struct row *r, const char *column) {
    return &r->values[kind_column(r->kind, column)];
}

static enum status open_row(struct office *o, struct journal *j, row_id row,
                            const uint8_t secret[KEY_BYTES], const uint8_t key[KEY_BYTES],
                            struct reading *out, struct buf *found) {
    struct row r;
    enum status s = as_written(o, j, row, &r);
    if (s || r.kind != &kind_confidence) return s;
    const struct value *to = value_of(&r, "key"), *box = value_of(&r, "box");
    if (to->n != KEY_BYTES || memcmp(to->p, key, KEY_BYTES) != 0) {
        out->others++;
        return STATUS_OK;
    }
    struct confided one = {.row = row, .day = (day_no)row_get_int(&r, "day")};
    open_box(o, secret, box->p, box->n, &one);
    out->opened += one.opens;
    buf_add(found, &one, sizeof one);
    return STATUS_OK;
}

static int by_day(const void *x, const void *y) {
    const struct confided *a = x, *b = y;
    if (a->day != b->day) return a->day < b->day ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

static enum status open_rows(struct office *o, struct journal *j,
                             const uint8_t secret[KEY_BYTES], const uint8_t key[KEY_BYTES],
                             row_id only, struct reading *r) {
    struct query q;
    struct buf ids = {0}, found = {0};
    for (query_open(&q, j, "SELECT id FROM confidence WHERE ?1 = 0 OR id = ?1", 1, only);
         query_next(&q);) {
        row_id id = query_int(&q, 0);
        buf_add(&ids, &id, sizeof id);
    }
    enum status s = query_close(&q);
    for (size_t i = 0; !s && i < ids.size / sizeof(row_id); i++)
        s = open_row(o, j, ((const row_id *)(const void *)ids.data)[i], secret, key, r, &found);
    r->count = found.size / sizeof *r->all;
    r->all = ARENA_ARRAY(&o->arena, struct confided, r->count + 1);
    if (r->count) memcpy(r->all, found.data, found.size);
    if (r->count) qsort(r->all, r->count, sizeof *r->all, by_day);
    buf_release(&ids);
    buf_release(&found);
    return s;
}

enum status reading_open(struct office *o, struct journal *j, const uint8_t secret[KEY_BYTES],
                         row_id only, struct reading *out) {
    struct reading r = {0};
    uint8_t key[KEY_BYTES];
    if (!key_public_of(secret, key)) return status_fail(STATUS_DAMAGED, "%s", "");
    enum status s = whose_key(o, j, key, &r);
    if (!s) s = open_rows(o, j, secret, key, only, &r);
    if (!s && !r.known && !r.count)
        s = status_fail(STATUS_NOT_FOUND, "%s", OFFICE_WORD(o, "office_reader.no_reader"));
    if (!s) *out = r;
    return s;
}

/* ---- on the record ---- */

static enum status put_read(struct journal *j, const struct reading *r, row_id row) {
    struct row a = row_new(&kind_access);
    row_text(&a, "what", "read");
    row_ref(&a, "row", row);
    row_text(&a, "who", r->label);
    return journal_put(j, &a);
}

enum status reading_record(struct journal *j, const struct reading *r) {
    if (!r->opened) return STATUS_OK;
    enum status s = journal_begin(j);
    if (s) return s;
    for (size_t i = 0; !s && i < r->count; i++)
        if (r->all[i].opens) s = put_read(j, r, r->all[i].row);
    if (!s) s = journal_commit(j);
    if (s) journal_rollback(j);
    return s;
}

/* ---- in plain words ---- */

/* Each line of a text under its heading, so that none passes for a line of ours. */
static void text_lines(const char *text) {
    for (const char *line = text; *line;) {
        size_t n = strcspn(line, "\n");
        printf("        %.*s\n", (int)n, line);
        line += n + (line[n] == '\n');
    }
}

static void fact(struct office *o, const char *key, const char *text) {
    if (text_blank(text)) return;
    printf("    %s\n", OFFICE_WORD(o, key));
    text_lines(text);
}

/* In our words, or as a newer Lantern said it. */
static const char *about_says(struct office *o, const char *said) {
    const char *key = arena_printf(&o->arena, "office_reader.about_%s", said);
    return words_have(o->words, key) ? OFFICE_WORD(o, key) : said;
}

static const char *break_says(struct office *o, const char *said) {
    const char *key = arena_printf(&o->arena, "office_reader.break_%s", said);
    return text_blank(said) || !words_have(o->words, key) ? said : OFFICE_WORD(o, key);
}

static const char *from_until(struct office *o, const struct confidence *c) {
    if (text_blank(c->until)) return c->from;
    return OFFICE_SAY(o, "office_reader.from_until", c->from, c->until);
}

/* What was asked, the small answers, the words: all of it is the box's, none a line of ours. */
static void say_answers(struct office *o, const struct confidence *s) {
    for (int i = 0; i < s->said_count; i++) {
        printf("    %s\n", OFFICE_WORD(o, "office_reader.asked"));
        text_lines(s->said[i].question);
        if (text_blank(s->said[i].text) && text_blank(s->said[i].marks)) continue;
        printf("    %s\n", OFFICE_WORD(o, "office_reader.answered"));
        text_lines(s->said[i].text);
        text_lines(s->said[i].marks);
    }
}

static char *date_of(struct arena *a, day_no day) {
    return time_date(a, day * DAY_MS);
}

static void say_one(struct office *o, const struct confided *c) {
    const struct confidence *s = &c->said;
    struct arena *a = &o->arena;
    printf("confidence:%lld  %s\n", (long long)c->row, date_of(a, c->day));
    if (!c->opens) {
        printf("    %s\n\n", OFFICE_WORD(o, "office_reader.does_not_open"));
        return;
    }
    if (s->severity == 4) printf("    %s\n", OFFICE_WORD(o, "office_reader.danger"));
    fact(o, "office_reader.about", about_says(o, s->about));
    fact(o, "office_reader.service",
         text_blank(s->service_name) ? s->service
                                     : arena_printf(a, "%s (%s)", s->service_name, s->service));
    fact(o, "office_reader.said_on", s->day == c->day ? "" : date_of(a, s->day));
    fact(o, "office_reader.role", s->role);
    fact(o, "office_reader.text", s->text);
    say_answers(o, s);
    fact(o, "office_reader.from", from_until(o, s));
    fact(o, "office_reader.break_asked", break_says(o, s->break_asked));
    fact(o, "office_reader.they_said", s->they_said);
    fact(o, "office_reader.witness", s->witness);
    fact(o, "office_reader.statement", s->statement);
    if (s->severity > 0 && s->severity < 4)
        fact(o, "office_reader.severity",
             OFFICE_WORD(o, arena_printf(a, "office_reader.severity_%d", s->severity)));
    fact(o, "office_reader.answer_how", s->answer_how);
    fact(o, "office_reader.checker", s->checker);
    printf("\n");
}

static void answers_json(struct json_out *out, const struct confidence *s) {
    if (!s->said_count) return;
    json_open_list(out, "said");
    for (int i = 0; i < s->said_count; i++) {
        const struct confidence_said *one = &s->said[i];
        json_open_map(out, NULL);
        json_put_text(out, "prompt", one->prompt);
        json_put_text(out, "question", one->question);
        if (!text_blank(one->text)) json_put_text(out, "text", one->text);
        if (!text_blank(one->list)) json_put_text(out, "list", one->list);
        if (!text_blank(one->marks)) json_put_text(out, "marks", one->marks);
        json_close_map(out);
    }
    json_close_list(out);
}

static void say_json(struct office *o, const struct confided *c) {
    const struct confidence *s = &c->said;
    struct buf b = {0};
    struct json_out out = {.to = &b};
    const char *const texts[][2] = {
        {"about", s->about},
        {"service", s->service},
        {"service_name", s->service_name},
        {"checker", s->checker},
        {"role", s->role},
        {"text", s->text},
        {"answer_how", s->answer_how},
        {"statement", s->statement},
        {"from", s->from},
        {"until", s->until},
        {"break_asked", s->break_asked},
        {"they_said", s->they_said},
        {"witness", s->witness},
    };
    json_open_map(&out, NULL);
    json_put_text(&out, "row", arena_printf(&o->arena, "confidence:%lld", (long long)c->row));
    json_put_text(&out, "day", day_iso(&o->arena, c->day));
    json_put_bool(&out, "opens", c->opens);
    for (size_t i = 0; c->opens && i < sizeof texts / sizeof texts[0]; i++)
        if (!text_blank(texts[i][1])) json_put_text(&out, texts[i][0], texts[i][1]);
    if (c->opens) answers_json(&out, s);
    if (c->opens && s->severity) json_put_int(&out, "severity", s->severity);
    json_close_map(&out);
    printf("%s\n", buf_str(&b));
    if (b.data) key_wipe(b.data, b.size);
    buf_release(&b);
}

void reading_say(struct office *o, const struct reading *r) {
    struct arena *a = &o->arena;
    for (size_t i = 0; i < r->count; i++)
        if (o->json)
            say_json(o, &r->all[i]);
        else
            say_one(o, &r->all[i]);
    if (!r->count) fprintf(stderr, "%s\n", OFFICE_SAY(o, "office_reader.nothing", r->label));
    if (r->opened)
        fprintf(stderr, "%s\n",
                OFFICE_SAY(o, "office_reader.on_record", int_text(a, (int64_t)r->opened)));
    if (r->others >= REPORT_FEW) /* fewer would tell one reader of another's few */
        fprintf(stderr, "%s\n", OFFICE_SAY(o, "office_reader.others", int_text(a, r->others)));
}
