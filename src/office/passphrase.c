/* passphrase.c -- where the office's passphrase comes from: a file, the environment, or a
 * person at the terminal, who types it unseen. Nothing here keeps it; office.h holds the one in
 * use. */
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include "base/file.h"
#include "base/keys.h"
#include "base/text.h"
#include "office/office.h"

enum {
    KEY_INTERRUPT = 3,
    KEY_END = 4,
    KEY_BACKSPACE = 8,
    KEY_WIPE_LINE = 21,
    KEY_DELETE = 127
};

static enum status take(const void *p, size_t n, const char *where, char out[PASSPHRASE_ROOM]) {
    const char *s = p;
    while (n && (s[n - 1] == '\n' || s[n - 1] == '\r'))
        n--;
    if (!n) return status_fail(STATUS_USAGE, "There is no passphrase in %s.", where);
    if (n >= PASSPHRASE_ROOM)
        return status_fail(STATUS_USAGE, "The passphrase in %s is too long.", where);
    if (!text_valid(s, n))
        return status_fail(STATUS_USAGE, "The passphrase in %s is no text.", where);
    memcpy(out, s, n);
    out[n] = '\0';
    return STATUS_OK;
}

enum status passphrase_read(const char *file, const char *variable, char out[PASSPHRASE_ROOM],
                            bool *any) {
    const char *said = variable ? getenv(variable) : NULL;
    enum status s = STATUS_OK;
    *any = false;
    if (file) {
        struct buf b = {0};
        s = file_read(file, PASSPHRASE_ROOM + 1, &b);
        if (!s) s = take(b.data, b.size, file, out);
        if (b.data) key_wipe(b.data, b.size);
        buf_release(&b);
    } else if (said) {
        s = take(said, strlen(said), variable, out);
    } else {
        return STATUS_OK;
    }
    if (!s) *any = true;
    return s;
}

enum status passphrase_given(struct office *o, bool *any) {
    return passphrase_read(o->passphrase_file, "LANTERN_PASSPHRASE", o->passphrase, any);
}

/* ---- the terminal ---- */

/* Takes back the last character, which may be several bytes. */
static size_t without_last(const char *s, size_t n) {
    while (n && ((uint8_t)s[n - 1] & 0xC0) == 0x80)
        n--;
    return n ? n - 1 : 0;
}

/* Byte by byte, since an interrupt has to give the terminal back first. */
static enum status read_line(int terminal, char out[PASSPHRASE_ROOM]) {
    size_t n = 0;
    for (;;) {
        char c;
        if (read(terminal, &c, 1) != 1 || c == KEY_INTERRUPT) {
            key_wipe(out, PASSPHRASE_ROOM);
            return status_fail(STATUS_CANCELLED, "%s", "");
        }
        if (c == '\n' || c == '\r' || c == KEY_END) break;
        if (c == KEY_BACKSPACE || c == KEY_DELETE) {
            n = without_last(out, n);
        } else if (c == KEY_WIPE_LINE) {
            n = 0;
        } else if (n + 1 < PASSPHRASE_ROOM) {
            out[n++] = c;
        }
    }
    out[n] = '\0';
    return STATUS_OK;
}

static void say(int terminal, const char *text) {
    ssize_t written = write(terminal, text, strlen(text));
    (void)written; /* a terminal that shows nothing may still be typed on */
}

enum status passphrase_ask(const char *question, char out[PASSPHRASE_ROOM]) {
    struct termios before, unseen;
    int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (terminal < 0 || tcgetattr(terminal, &before) != 0) {
        if (terminal >= 0) close(terminal);
        return status_fail(STATUS_LOCKED, "%s", "");
    }
    unseen = before;
    unseen.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | ISIG);
    say(terminal, question);
    tcsetattr(terminal, TCSAFLUSH, &unseen);
    enum status s = read_line(terminal, out);
    tcsetattr(terminal, TCSAFLUSH, &before);
    say(terminal, "\n");
    close(terminal);
    return s;
}

enum status passphrase_fits(struct office *o, const char *passphrase) {
    if (text_count(passphrase) >= PASSPHRASE_LEAST) return STATUS_OK;
    return status_fail(
        STATUS_USAGE, "%s",
        OFFICE_SAY(o, "office_keys.short", int_text(&o->arena, PASSPHRASE_LEAST)));
}

enum status passphrase_ask_new(struct office *o, const char *question,
                               char out[PASSPHRASE_ROOM]) {
    char again[PASSPHRASE_ROOM];
    enum status s = passphrase_ask(OFFICE_WORD(o, question), out);
    if (!s) s = passphrase_fits(o, out);
    if (!s) s = passphrase_ask(OFFICE_WORD(o, "office_keys.ask_again"), again);
    if (!s && strcmp(out, again) != 0)
        s = status_fail(STATUS_USAGE, "%s", OFFICE_WORD(o, "office_keys.differ"));
    key_wipe(again, sizeof again);
    if (s) key_wipe(out, PASSPHRASE_ROOM);
    return s;
}
