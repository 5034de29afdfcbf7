/* keyfile.c -- the key file: what it says, and how it lies under a passphrase.
 *
 * Journey: read once at start, written whenever a bundle leaves (the marker) and when the
 * device gets a new log or a new key. It stands beside the database (mode 0600) and is replaced
 * whole or not at all:
 *
 *      lantern key 2
 *      incarnation 16 digits, NUMBER     how many this device has had
 *      marker SEQ 64 digits              last exported record and its hash
 *      secret 128 digits                 Ed25519
 *      former 128 digits                 keys before it, newest first; none or several lines
 *      check 64 digits                   BLAKE2b-256 of all lines before it
 *
 * Under a passphrase the lines between the first and the last are sealed as one (a nonce and a
 * secretbox) under a random key, and that key is locked (key_lock) under the passphrase:
 *
 *      lantern key 2
 *      locked 160 digits
 *      sealed digits
 *      check 64 digits
 *
 * Beside a database that is sealed at rest (rest.c) they are sealed under a key that comes from
 * the database's; there is nothing to be stretched:
 *
 *      lantern key 3
 *      resting digits
 *      check 64 digits
 *
 * So the marker is written again without asking for the passphrase. The check tells a damaged
 * file from a wrong passphrase. Version 1 (no number, no former keys, no check) is still read:
 * its secret tells by itself whether it is whole. */
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "store/inside.h"

_Static_assert(SECRET_BYTES == crypto_sign_SECRETKEYBYTES, "an Ed25519 secret key");

#define FIRST_LINE      "lantern key 2\n"
#define RESTING_LINE    "lantern key 3\n"
#define DOMAIN_RESTING  "lantern key file at rest 1"
#define FAMILY          "lantern key "
#define CHECK_LINE      "check "
#define CHECK_BYTES     (sizeof CHECK_LINE - 1 + 64 + 1)
#define LINES_BYTES_MAX (FORMER_KEYS_MAX * 160 + 512)
#define SEALED_MAX \
    (crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + (size_t)LINES_BYTES_MAX)
#define FILE_BYTES_MAX (2 * SEALED_MAX + 512)
#define ASIDE_MAX      99

/* ---- reading ---- */

static enum status damaged(const char *path, const char *why) {
    return status_fail(STATUS_DAMAGED, "the key file %s is damaged: %s", path_name(path), why);
}

/* The second half is the public key that belongs to the first. */
static bool secret_whole(const uint8_t secret[SECRET_BYTES]) {
    uint8_t key[32], again[SECRET_BYTES];
    crypto_sign_seed_keypair(key, again, secret);
    bool same = sodium_memcmp(again, secret, SECRET_BYTES) == 0;
    sodium_memzero(again, sizeof again);
    return same;
}

/* "WORD REST\n" at *at; the line's end becomes the end of *rest. */
static bool line(char **at, const char *word, char **rest) {
    size_t n = strlen(word);
    if (strncmp(*at, word, n) != 0 || (*at)[n] != ' ') return false;
    char *end = strchr(*at, '\n');
    if (!end) return false;
    *end = '\0';
    *rest = *at + n + 1;
    *at = end + 1;
    return true;
}

static bool number(const char *text, int64_t *out) {
    char *end = NULL;
    if (*text < '0' || *text > '9') return false;
    long long v = strtoll(text, &end, 10);
    *out = v;
    return *end == '\0' && v >= 0 && v < 1LL << 62;
}

static bool halves(char *text, char **second) {
    char *space = strchr(text, ' ');
    if (!space) return false;
    *space = '\0';
    *second = space + 1;
    return true;
}

static bool read_lines(char *at, struct own_keys *k) {
    char *a = NULL, *b = NULL;
    if (!line(&at, "incarnation", &a) || !halves(a, &b) || !hex_read(a, k->incarnation, 8) ||
        !number(b, &k->ordinal))
        return false;
    if (!line(&at, "marker", &a) || !halves(a, &b) || !number(a, &k->seq) ||
        !hex_read(b, k->hash.b, 32))
        return false;
    if (!line(&at, "secret", &a) || !hex_read(a, k->secret, SECRET_BYTES) ||
        !secret_whole(k->secret))
        return false;
    while (line(&at, "former", &a)) {
        if (k->former_count == FORMER_KEYS_MAX) return false;
        uint8_t *to = k->former[k->former_count++];
        if (!hex_read(a, to, SECRET_BYTES) || !secret_whole(to)) return false;
    }
    return *at == '\0';
}

static bool read_version_1(const char *text, struct own_keys *k) {
    char secret[2 * SECRET_BYTES + 1], incarnation[17], hash[65];
    long long seq = 0;
    int end = 0;
    bool whole = sscanf(text,
                        "lantern key 1\nsecret %128[0-9a-f]\nincarnation %16[0-9a-f]\n"
                        "marker %lld %64[0-9a-f]%n",
                        secret, incarnation, &seq, hash, &end) == 4;
    whole = whole && seq >= 0 && strcmp(text + end, "\n") == 0 &&
            hex_read(secret, k->secret, SECRET_BYTES) &&
            hex_read(incarnation, k->incarnation, 8) && hex_read(hash, k->hash.b, 32) &&
            secret_whole(k->secret);
    k->seq = seq;
    sodium_memzero(secret, sizeof secret);
    return whole;
}

static enum status open_lines(const char *path, const char *sealed,
                              const uint8_t key[KEY_BYTES], struct own_keys *k) {
    char lines[LINES_BYTES_MAX + 1];
    uint8_t bytes[SEALED_MAX];
    enum status s = STATUS_OK;
    size_t n = strlen(sealed) / 2, before = crypto_secretbox_NONCEBYTES;
    if (n < before + crypto_secretbox_MACBYTES || n > sizeof bytes ||
        !hex_read(sealed, bytes, n))
        return damaged(path, "what is sealed in it has not its length");
    if (crypto_secretbox_open_easy((uint8_t *)lines, bytes + before, n - before, bytes, key) !=
        0)
        return damaged(path, "what is sealed in it does not open");
    lines[n - before - crypto_secretbox_MACBYTES] = '\0';
    if (!read_lines(lines, k)) s = damaged(path, "its lines are not those of a key file");
    sodium_memzero(lines, sizeof lines);
    return s;
}

static hash256 key_at_rest(const uint8_t rest_key[KEY_BYTES]) {
    return hash_keyed(rest_key, DOMAIN_RESTING, sizeof DOMAIN_RESTING - 1);
}

/* Without the database's key it belongs to another one, as one that is damaged would. */
static enum status unseal_resting(const char *path, char *at, const uint8_t *rest_key,
                                  struct own_keys *k) {
    char *sealed = NULL;
    if (!line(&at, "resting", &sealed) || *at)
        return damaged(path, "its lines are not those of a key file");
    if (!rest_key) return damaged(path, "it belongs to a database that is sealed");
    hash256 key = key_at_rest(rest_key);
    enum status s = open_lines(path, sealed, key.b, k);
    key_wipe(&key, sizeof key);
    k->at_rest = !s;
    return s;
}

static enum status unseal(const char *path, char *at, const char *passphrase,
                          struct own_keys *k) {
    char *locked = NULL, *sealed = NULL;
    if (!line(&at, "locked", &locked) || !hex_read(locked, k->locked, KEY_LOCKED_BYTES) ||
        !line(&at, "sealed", &sealed) || *at)
        return damaged(path, "its lines are not those of a key file");
    size_t n = strlen(sealed) / 2;
    if (n < crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES || n > SEALED_MAX ||
        sealed[strspn(sealed, "0123456789abcdef")] != '\0')
        return damaged(path, "what is sealed in it has not its length");
    k->under_passphrase = true;
    if (!passphrase || !passphrase[0])
        return status_fail(STATUS_LOCKED, "the keys in %s lie under a passphrase",
                           path_name(path));
    enum status s = key_unlock(passphrase, k->locked, k->key);
    if (s == STATUS_WRONG_CODE)
        return status_fail(s, "another passphrase opens the keys in %s", path_name(path));
    return s ? s : open_lines(path, sealed, k->key, k);
}

/* The check covers everything but itself, and is cut off. */
static bool check_right(char *text, size_t n) {
    hash256 want;
    if (n < CHECK_BYTES || text[n - 1] != '\n') return false;
    char *check = text + n - CHECK_BYTES;
    text[n - 1] = '\0';
    if (strncmp(check, CHECK_LINE, sizeof CHECK_LINE - 1) != 0 ||
        strspn(check + sizeof CHECK_LINE - 1, "0123456789abcdef") != 64 ||
        !hex_read(check + sizeof CHECK_LINE - 1, want.b, 32))
        return false;
    hash256 is = hash_of(text, n - CHECK_BYTES);
    *check = '\0';
    return hash_equal(&is, &want);
}

static enum status read_text(const char *path, char *text, size_t n, const char *passphrase,
                             const uint8_t *rest_key, struct own_keys *k) {
    static const char old[] = FAMILY "1\n", resting[] = RESTING_LINE;
    size_t family = sizeof FAMILY - 1, first = sizeof FIRST_LINE - 1;
    if (memchr(text, '\0', n)) return damaged(path, "it is no text");
    if (strncmp(text, old, sizeof old - 1) == 0)
        return read_version_1(text, k) ? STATUS_OK : damaged(path, "its secret is not whole");
    if (strncmp(text, resting, sizeof resting - 1) == 0) {
        if (!check_right(text, n)) return damaged(path, "its check does not fit");
        return unseal_resting(path, text + sizeof resting - 1, rest_key, k);
    }
    if (strncmp(text, FIRST_LINE, first) != 0) {
        bool newer = strncmp(text, FAMILY, family) == 0 && text[family] >= '1' &&
                     text[family] <= '9' && check_right(text, n);
        if (newer)
            return status_fail(STATUS_NEWER, "the key file %s is from a newer Lantern",
                               path_name(path));
        return damaged(path, "it does not begin like one");
    }
    if (!check_right(text, n)) return damaged(path, "its check does not fit");
    char *lines = text + first;
    if (strncmp(lines, "locked ", 7) == 0) return unseal(path, lines, passphrase, k);
    if (read_lines(lines, k)) return STATUS_OK;
    return damaged(path, "its lines are not those of a key file");
}

enum status keyfile_read(const char *path, const char *passphrase, const uint8_t *rest_key,
                         struct own_keys *out, bool *there) {
    struct buf text = {0};
    *there = false;
    memset(out, 0, sizeof *out);
    enum status s = file_read(path, FILE_BYTES_MAX, &text);
    if (s == STATUS_NOT_FOUND) return STATUS_OK;
    if (s == STATUS_TOO_LARGE) return damaged(path, "it is too long for one");
    if (s) return s;
    buf_byte(&text, 0);
    s = read_text(path, (char *)text.data, text.size - 1, passphrase, rest_key, out);
    if (s)
        sodium_memzero(out, sizeof *out);
    else
        out->known = *there = true;
    sodium_memzero(text.data, text.room);
    buf_release(&text);
    return s;
}

/* Copying it back from somewhere may have opened it to others on this machine. */
void keyfile_keep_private(const char *path) {
    struct stat st;
    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode) || !(st.st_mode & 077)) return;
    bool done = chmod(path, 0600) == 0;
    log_line("store: others could read the key file; %s", done ? "now they cannot" : "still");
}

/* ---- writing ---- */

/* Text in memory that is wiped: a growing one would leave copies behind. */
struct page {
    char text[FILE_BYTES_MAX];
    size_t n;
};

static void page_text(struct page *p, const char *s) {
    size_t n = strlen(s);
    BELIEVE(n < sizeof p->text - p->n);
    memcpy(p->text + p->n, s, n + 1);
    p->n += n;
}

static void page_hex(struct page *p, const void *bytes, size_t n) {
    BELIEVE(2 * n < sizeof p->text - p->n);
    sodium_bin2hex(p->text + p->n, 2 * n + 1, bytes, n);
    p->n += 2 * n;
}

static void page_number(struct page *p, int64_t v) {
    char digits[24];
    snprintf(digits, sizeof digits, "%lld", (long long)v);
    page_text(p, digits);
}

static void write_lines(struct page *p, const struct own_keys *k) {
    page_text(p, "incarnation ");
    page_hex(p, k->incarnation, 8);
    page_text(p, " ");
    page_number(p, k->ordinal);
    page_text(p, "\nmarker ");
    page_number(p, k->seq);
    page_text(p, " ");
    page_hex(p, k->hash.b, 32);
    page_text(p, "\nsecret ");
    page_hex(p, k->secret, SECRET_BYTES);
    for (int i = 0; i < k->former_count; i++) {
        page_text(p, "\nformer ");
        page_hex(p, k->former[i], SECRET_BYTES);
    }
    page_text(p, "\n");
}

static void seal_lines(struct page *p, const struct own_keys *k, const uint8_t key[KEY_BYTES]) {
    struct page lines = {.n = 0};
    uint8_t bytes[SEALED_MAX];
    size_t before = crypto_secretbox_NONCEBYTES;
    write_lines(&lines, k);
    BELIEVE(lines.n <= LINES_BYTES_MAX);
    random_bytes(bytes, before);
    BELIEVE(crypto_secretbox_easy(bytes + before, (const uint8_t *)lines.text, lines.n, bytes,
                                  key) == 0);
    page_hex(p, bytes, before + crypto_secretbox_MACBYTES + lines.n);
    page_text(p, "\n");
    sodium_memzero(&lines, sizeof lines);
}

static void write_locked(struct page *p, const struct own_keys *k) {
    page_text(p, FIRST_LINE "locked ");
    page_hex(p, k->locked, KEY_LOCKED_BYTES);
    page_text(p, "\nsealed ");
    seal_lines(p, k, k->key);
}

static void write_resting(struct page *p, const struct own_keys *k,
                          const uint8_t rest_key[KEY_BYTES]) {
    hash256 key = key_at_rest(rest_key);
    page_text(p, RESTING_LINE "resting ");
    seal_lines(p, k, key.b);
    key_wipe(&key, sizeof key);
}

static void write_plain(struct page *p, const struct own_keys *k) {
    page_text(p, FIRST_LINE);
    write_lines(p, k);
}

enum status keyfile_write(const char *path, const uint8_t *rest_key, const struct own_keys *k) {
    struct page p = {.n = 0};
    if (k->under_passphrase)
        write_locked(&p, k);
    else if (rest_key)
        write_resting(&p, k, rest_key);
    else
        write_plain(&p, k);
    hash256 check = hash_of(p.text, p.n);
    page_text(&p, CHECK_LINE);
    page_hex(&p, check.b, 32);
    page_text(&p, "\n");
    enum status s = file_write(path, p.text, p.n, 0600);
    sodium_memzero(&p, sizeof p);
    return s;
}

enum status keyfile_lock(struct own_keys *k, const char *passphrase) {
    random_bytes(k->key, KEY_BYTES);
    enum status s = key_lock(passphrase, k->key, k->locked);
    k->under_passphrase = !s;
    return s;
}

/* ---- one that does not read ---- */

enum status keyfile_set_aside(const char *path) {
    struct arena a = {0};
    enum status s = STATUS_EXISTS;
    for (int i = 1; i <= ASIDE_MAX && s == STATUS_EXISTS; i++) {
        char *aside = i == 1 ? arena_printf(&a, "%s.damaged", path)
                             : arena_printf(&a, "%s.damaged-%d", path, i);
        if (file_exists(aside)) continue;
        s = rename(path, aside) == 0 ? file_sync_dir(path_dir(&a, path)) : status_errno(path);
        if (!s)
            log_line("store: the key file does not read; it now lies as %s", path_name(aside));
    }
    if (s == STATUS_EXISTS) s = status_fail(s, "%s: too many damaged ones beside it", path);
    arena_release(&a);
    return s;
}
