/* cmd_reader.c -- those to whom things can be said in confidence: lists them, makes one (a pair
 * of keys; the secret one goes into a file of the reader's own and is kept nowhere else), ends
 * one. What was sealed to a reader who has ended stays readable with that reader's key. */
#include <ctype.h>

#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "care/rules.h"
#include "office/reader_key.h"
#include "office/readers.h"

struct reader_want {
    const char *name, *code, *service, *out, *end, *passphrase_file;
    bool provider;
};

/* ---- list ---- */

static void say_json(struct office *o, const struct reader_known *r) {
    struct buf b = {0};
    struct json_out out = {.to = &b};
    json_open_map(&out, NULL);
    json_put_text(&out, "code", r->code);
    json_put_text(&out, "label", r->label);
    json_put_bool(&out, "provider", r->provider);
    json_put_text(&out, "service", r->service);
    json_put_bool(&out, "ended", r->ended);
    json_put_text(&out, "key", hex_of(&o->arena, r->key, sizeof r->key));
    json_close_map(&out);
    printf("%s\n", buf_str(&b));
    buf_release(&b);
}

static void say(struct office *o, const struct reader_known *r) {
    printf(
        "%s  %s\n    %s\n", r->code, r->label,
        OFFICE_WORD(o, r->provider ? "office_reader.for_provider" : "office_reader.outside"));
    if (*r->service) printf("    %s\n", OFFICE_SAY(o, "office_reader.of_service", r->service));
    if (r->ended) printf("    %s\n", OFFICE_WORD(o, "office_reader.is_ended"));
}

static int list(struct office *o, const char *db) {
    struct journal *j = NULL;
    struct readers all = {0};
    enum status s = office_open(o, db, false, true, &j);
    if (!s) s = readers_read(o, j, &all);
    for (size_t i = 0; i < all.count; i++)
        if (o->json)
            say_json(o, &all.all[i]);
        else
            say(o, &all.all[i]);
    if (!s && !all.count && !o->json) printf("%s\n", OFFICE_WORD(o, "office_reader.none"));
    journal_close(j);
    return s ? office_failed(o, s) : EXIT_DONE;
}

/* ---- one more ---- */

/* Its first letters, with a number when another reader has them: "Speak-up guardian" is SG. */
static const char *code_for(struct office *o, const struct readers *all, const char *label) {
    enum { LETTERS_MOST = 4, NUMBER_MOST = 1000 };
    char letters[LETTERS_MOST + 1] = "";
    size_t n = 0;
    for (const char *p = label; *p && n < LETTERS_MOST; p++)
        if ((p == label || p[-1] == ' ') && isalpha((unsigned char)*p))
            letters[n++] = (char)toupper((unsigned char)*p);
    letters[n] = '\0';
    const char *code = n ? arena_strdup(&o->arena, letters) : "R";
    for (int i = 2; reader_of_code(all, code) && i < NUMBER_MOST; i++)
        code = arena_printf(&o->arena, "%s%d", n ? letters : "R", i);
    return code;
}

static enum status put_reader(struct journal *j, const struct reader_want *want, row_id service,
                              const uint8_t public_key[KEY_BYTES]) {
    struct row r = row_new(&kind_reader);
    row_text(&r, "code", want->code);
    row_text(&r, "label", want->name);
    row_bytes(&r, "key", public_key, KEY_BYTES);
    row_int(&r, "provider", want->provider);
    row_ref(&r, "service", service);
    return journal_put_alone(j, &r);
}

/* The file first: a reader whose key nobody has must never be offered to anybody. */
static enum status make(struct office *o, struct journal *j, const struct reader_want *want,
                        row_id service) {
    uint8_t public_key[KEY_BYTES], secret[KEY_BYTES];
    char passphrase[PASSPHRASE_ROOM];
    if (file_exists(want->out)) return status_fail(STATUS_EXISTS, "%s", want->out);
    enum status s = reader_passphrase(o, want->passphrase_file, true, passphrase);
    if (s) return s;
    key_pair(public_key, secret);
    s = reader_key_write(o, want->out, want->name, passphrase, secret);
    key_wipe(secret, sizeof secret);
    key_wipe(passphrase, sizeof passphrase);
    if (s) return s;
    s = put_reader(j, want, service, public_key);
    if (s) remove(want->out);
    return s;
}

static int run_make(struct office *o, struct journal *j, struct reader_want *want) {
    struct readers all = {0};
    row_id service = 0;
    size_t at, n;
    enum status s = want->service ? office_service(j, want->service, &service) : STATUS_OK;
    if (s == STATUS_NOT_FOUND)
        return office_refused(o, "office_tablets.no_service", want->service);
    if (!s) s = readers_read(o, j, &all);
    if (!want->code) want->code = code_for(o, &all, want->name);
    if (!s && reader_of_code(&all, want->code))
        return office_refused(o, "office_reader.there_already", want->code);
    if (!s && likely_name(want->name, &at, &n))
        fprintf(stderr, "%s\n", OFFICE_SAY(o, "office_reader.likely_name", want->name));
    if (!s) s = make(o, j, want, service);
    if (s) return office_failed(o, s);
    printf("%s\n%s\n", OFFICE_SAY(o, "office_reader.made", want->name, want->code, want->out),
           OFFICE_WORD(o, "office_reader.packs"));
    return EXIT_DONE;
}

/* ---- no longer one ---- */

/* As the office wrote it, and ended: whatever a tablet may have written of it meanwhile. */
static enum status put_ended(struct office *o, struct journal *j,
                             const struct reader_known *r) {
    struct row now;
    row_id service = 0;
    enum status s = *r->service ? office_service(j, r->service, &service) : STATUS_OK;
    if (!s) s = journal_row(j, &kind_reader, r->row, &o->arena, &now);
    if (s) return s;
    row_text(&now, "code", r->code);
    row_text(&now, "label", r->label);
    row_bytes(&now, "key", r->key, KEY_BYTES);
    row_int(&now, "provider", r->provider);
    row_ref(&now, "service", service);
    row_int(&now, "ended", 1);
    return journal_put_alone(j, &now);
}

static int run_end(struct office *o, struct journal *j, const char *code) {
    struct readers all = {0};
    enum status s = readers_read(o, j, &all);
    const struct reader_known *r = reader_of_code(&all, code);
    if (!s && !r) return office_refused(o, "office_reader.unknown", code);
    if (!s && r->ended) return office_refused(o, "office_reader.ended_already", code);
    if (!s) s = put_ended(o, j, r);
    if (s) return office_failed(o, s);
    printf("%s\n%s\n", OFFICE_SAY(o, "office_reader.ended", r->label),
           OFFICE_WORD(o, "office_reader.packs"));
    return EXIT_DONE;
}

int office_reader(struct office *o, int argc, char **argv) {
    struct reader_want want = {0};
    char **rest;
    int n;
    const struct option_spec specs[] = {{"name", &want.name, NULL},
                                        {"code", &want.code, NULL},
                                        {"provider", NULL, &want.provider},
                                        {"service", &want.service, NULL},
                                        {"out", &want.out, NULL},
                                        {"reader-passphrase-file", &want.passphrase_file, NULL},
                                        {"end", &want.end, NULL},
                                        {"json", NULL, &o->json}};
    int wrong = office_options(o, argc, argv, specs, 8, 1, 1, &rest, &n);
    if (wrong) return wrong;
    bool makes = want.name || want.code || want.out || want.service || want.provider;
    if (want.end && makes) return office_wrong(o, "office_reader.not_both", "--end");
    if (!want.end && !makes) return list(o, rest[0]);
    if (makes && text_blank(want.name)) return office_wrong(o, "office.needs", "--name");
    if (makes && text_blank(want.out)) return office_wrong(o, "office.needs", "--out");
    if (makes && want.code && text_blank(want.code))
        return office_wrong(o, "office.needs", "--code");
    struct journal *j = NULL;
    enum status s = office_open(o, rest[0], false, false, &j);
    if (s) return office_failed(o, s);
    int result = want.end ? run_end(o, j, want.end) : run_make(o, j, &want);
    journal_close(j);
    return result;
}
