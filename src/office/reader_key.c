/* reader_key.c -- writes a reader's key file and reads it back. See reader_key.h.
 *
 *      Lantern reader key 1
 *      what it is, in a sentence of any language
 *
 *          groups of four (sync/code.h): 80 bytes of key_lock, 5 bytes of check
 *
 * Only lines that begin with a space hold the key. */
#include "office/reader_key.h"

#include "base/file.h"
#include "base/text.h"
#include "base/code.h"

#define DOMAIN_READER  "lantern reader key 1"
#define CHECK_BYTES    5
#define ALL_BYTES      (KEY_LOCKED_BYTES + CHECK_BYTES)
#define ALL_CHARACTERS (ALL_BYTES * 8 / 5)
#define LINE_BYTES     25 /* forty characters a line */
#define FILE_MOST      4096
#define TEXT_MOST      (FILE_MOST + 1)

_Static_assert(ALL_BYTES % 5 == 0 && LINE_BYTES % 5 == 0, "whole groups");

static void check_of(const uint8_t locked[KEY_LOCKED_BYTES], uint8_t check[CHECK_BYTES]) {
    hash256 all = hash_named(DOMAIN_READER, locked, KEY_LOCKED_BYTES);
    memcpy(check, all.b, CHECK_BYTES);
}

/* ---- the passphrase ---- */

enum status reader_passphrase(struct office *o, const char *file, bool new_one,
                              char out[PASSPHRASE_ROOM]) {
    bool given = false;
    enum status s = passphrase_read(file, NULL, out, &given);
    if (!s && given) s = new_one ? passphrase_fits(o, out) : STATUS_OK;
    if (!s && !given)
        s = new_one ? passphrase_ask_new(o, "office_reader.ask_new", out)
                    : passphrase_ask(OFFICE_WORD(o, "office_reader.ask"), out);
    if (s == STATUS_LOCKED)
        s = status_fail(STATUS_USAGE, "%s", OFFICE_WORD(o, "office_reader.no_terminal"));
    if (s) key_wipe(out, PASSPHRASE_ROOM);
    return s;
}

/* ---- writing ---- */

static void put_text(struct office *o, struct buf *b, const char *label,
                     const uint8_t locked[KEY_LOCKED_BYTES]) {
    uint8_t all[ALL_BYTES];
    char line[LINE_BYTES * 2 + 1];
    memcpy(all, locked, KEY_LOCKED_BYTES);
    check_of(locked, all + KEY_LOCKED_BYTES);
    buf_printf(b, "Lantern reader key 1\n%s\n\n", OFFICE_SAY(o, "office_reader.file", label));
    for (size_t at = 0; at < sizeof all; at += LINE_BYTES) {
        size_t n = sizeof all - at < LINE_BYTES ? sizeof all - at : LINE_BYTES;
        code_write(line, all + at, n);
        buf_printf(b, "    %s\n", line);
    }
}

enum status reader_key_write(struct office *o, const char *path, const char *label,
                             const char *passphrase, const uint8_t secret[KEY_BYTES]) {
    uint8_t locked[KEY_LOCKED_BYTES];
    struct buf b = {0};
    char *one_line = arena_strdup(&o->arena, label);
    text_one_line(one_line);
    enum status s = key_lock(passphrase, secret, locked);
    if (s) return s;
    put_text(o, &b, one_line, locked);
    s = office_secret_file(o, path, &b);
    buf_release(&b);
    return s;
}

/* ---- reading ---- */

/* The characters of the key, with whatever stands between them. */
static void key_lines(const char *text, char *out) {
    for (const char *line = text; *line;) {
        size_t n = strcspn(line, "\n");
        if (*line == ' ' || *line == '\t') {
            memcpy(out, line, n);
            out += n;
        }
        line += n + (line[n] == '\n');
    }
    *out = '\0';
}

enum status reader_key_load(struct office *o, const char *path,
                            uint8_t locked[KEY_LOCKED_BYTES]) {
    struct buf b = {0};
    char typed[TEXT_MOST], plain[ALL_CHARACTERS + 1];
    uint8_t all[ALL_BYTES], check[CHECK_BYTES];
    enum status s = file_read(path, FILE_MOST, &b);
    if (s) return s;
    key_lines(buf_str(&b), typed);
    buf_release(&b);
    bool whole = code_plain(typed, plain, ALL_CHARACTERS);
    if (whole) {
        code_bytes(plain, all, sizeof all);
        check_of(all, check);
        whole = memcmp(check, all + KEY_LOCKED_BYTES, sizeof check) == 0;
    }
    if (!whole)
        return status_fail(STATUS_INVALID, "%s", OFFICE_SAY(o, "office_reader.no_key", path));
    memcpy(locked, all, KEY_LOCKED_BYTES);
    return STATUS_OK;
}

enum status reader_key_open(struct office *o, const char *path, const char *passphrase,
                            uint8_t secret[KEY_BYTES]) {
    uint8_t locked[KEY_LOCKED_BYTES];
    enum status s = reader_key_load(o, path, locked);
    return s ? s : key_unlock(passphrase, locked, secret);
}
