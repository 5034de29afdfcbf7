/* cmd_code.c -- code DB --tablet NAME: the code that opens a tablet whose PIN was forgotten.
 * The tablet made it and sealed it to the office's key (store/vault.h); a bundle brought it
 * here. That it was told is on the record before anybody sees it. */
#include "base/code.h"
#include "base/json.h"
#include "base/keys.h"
#include "base/text.h"
#include "office/tablet_access.h"
#include "office/tablets.h"
#include "store/vault.h"
#include "base/code.h"

#define BOX_MOST 200 /* as kind access says */

static enum status put_told(struct journal *j, const struct enrolment *e, row_id code) {
    struct row r = row_new(&kind_access);
    row_text(&r, "what", "code_told");
    row_ref(&r, "row", code);
    row_text(&r, "who", e->name);
    return journal_put_alone(j, &r);
}

/* The characters of the code, in groups of four; false: sealed to other keys than ours. */
static bool open_code(const struct journal *j, const struct tablet_access *t,
                      char out[VAULT_CODE_CHARACTERS * 2]) {
    uint8_t box[BOX_MOST];
    char text[BOX_MOST + 1], plain[VAULT_CODE_CHARACTERS + 1];
    size_t n = t->box_size;
    if (n < KEY_SEAL_OVER || n > sizeof box || !journal_open_box(j, t->box, n, box))
        return false;
    memcpy(text, box, n - KEY_SEAL_OVER);
    text[n - KEY_SEAL_OVER] = '\0';
    bool good = code_plain(text, plain, VAULT_CODE_CHARACTERS);
    for (size_t i = 0; good && i < VAULT_CODE_CHARACTERS; i++) {
        if (i && i % 4 == 0) *out++ = '-';
        *out++ = plain[i];
    }
    *out = '\0';
    key_wipe(box, sizeof box);
    key_wipe(text, sizeof text);
    key_wipe(plain, sizeof plain);
    return good;
}

static void say(struct office *o, const struct enrolment *e, const struct tablet_access *t,
                const char *code) {
    struct arena *a = &o->arena;
    if (o->json) {
        struct buf b = {0};
        struct json_out out = {.to = &b};
        json_open_map(&out, NULL);
        json_put_text(&out, "tablet", e->name);
        json_put_text(&out, "code", code);
        json_put_text(&out, "made", time_iso(a, t->code_at));
        json_close_map(&out);
        printf("%s\n", buf_str(&b));
        if (b.data) key_wipe(b.data, b.size);
        buf_release(&b);
        return;
    }
    printf("%s\n\n    %s\n\n%s\n",
           OFFICE_SAY(o, "office_reader.code_of", e->name, time_day_hm(a, t->code_at)), code,
           OFFICE_WORD(o, "office_reader.code_how"));
    if (t->code_told_at)
        printf("%s\n",
               OFFICE_SAY(o, "office_reader.code_told", time_day_hm(a, t->code_told_at)));
}

static int run(struct office *o, struct journal *j, const char *name) {
    struct enrolment e;
    struct tablet_access t = {0};
    bool any = false;
    char code[VAULT_CODE_CHARACTERS * 2];
    enum status s = tablet_named(o, j, name, &e, &any);
    if (!s && !any) return tablet_unknown(o, j, name);
    if (!s) s = tablet_access_read(o, j, &e, &t);
    if (s) return office_failed(o, s);
    if (!t.box) return office_refused(o, "office_reader.code_none", name);
    if (!open_code(j, &t, code)) return office_refused(o, "office_reader.code_other", name);
    s = put_told(j, &e, t.code_row);
    if (!s) say(o, &e, &t, code);
    key_wipe(code, sizeof code);
    return s ? office_failed(o, s) : EXIT_DONE;
}

int office_code(struct office *o, int argc, char **argv) {
    const char *name = NULL;
    char **rest;
    int n;
    const struct option_spec specs[] = {{"tablet", &name, NULL}, {"json", NULL, &o->json}};
    int wrong = office_options(o, argc, argv, specs, 2, 1, 1, &rest, &n);
    if (wrong) return wrong;
    if (text_blank(name)) return office_wrong(o, "office.needs", "--tablet");
    struct journal *j = NULL;
    enum status s = office_open(o, rest[0], false, false, &j);
    if (s) return office_failed(o, s);
    int result = run(o, j, name);
    journal_close(j);
    return result;
}
