/* secret.c -- see secret.h. */
#include "base/secret.h"

#include <fcntl.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/file.h"
#include "base/keys.h"
#include "base/text.h"

enum {
    KEY_INTERRUPT = 3,
    KEY_END = 4,
    KEY_BACKSPACE = 8,
    KEY_WIPE_LINE = 21,
    KEY_DELETE = 127
};

enum status secret_of_text(const void *p, size_t n, const char *where, char *out, size_t room) {
    const char *s = p;
    while (n && (s[n - 1] == '\n' || s[n - 1] == '\r'))
        n--;
    if (!n) return status_fail(STATUS_USAGE, "There is nothing in %s.", where);
    if (n >= room) return status_fail(STATUS_USAGE, "What is in %s is too long.", where);
    if (!text_valid(s, n)) return status_fail(STATUS_USAGE, "What is in %s is no text.", where);
    memcpy(out, s, n);
    out[n] = '\0';
    return STATUS_OK;
}

enum status secret_of_file(const char *file, char *out, size_t room) {
    struct buf b = {0};
    enum status s = file_read(file, room + 1, &b);
    if (!s) s = secret_of_text(b.data, b.size, file, out, room);
    if (b.data) key_wipe(b.data, b.size);
    buf_release(&b);
    return s;
}

/* ---- the terminal ---- */

/* Takes back the last character, which may be several bytes. */
static size_t without_last(const char *s, size_t n) {
    while (n && ((uint8_t)s[n - 1] & 0xC0) == 0x80)
        n--;
    return n ? n - 1 : 0;
}

/* Byte by byte, since an interrupt has to give the terminal back first. */
static enum status read_line(int terminal, char *out, size_t room) {
    size_t n = 0;
    for (;;) {
        char c;
        if (read(terminal, &c, 1) != 1 || c == KEY_INTERRUPT) {
            key_wipe(out, room);
            return status_fail(STATUS_CANCELLED, "%s", "");
        }
        if (c == '\n' || c == '\r' || c == KEY_END) break;
        if (c == KEY_BACKSPACE || c == KEY_DELETE) {
            n = without_last(out, n);
        } else if (c == KEY_WIPE_LINE) {
            n = 0;
        } else if (n + 1 < room) {
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

enum status secret_ask(const char *question, char *out, size_t room) {
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
    enum status s = read_line(terminal, out, room);
    tcsetattr(terminal, TCSAFLUSH, &before);
    say(terminal, "\n");
    close(terminal);
    return s;
}
