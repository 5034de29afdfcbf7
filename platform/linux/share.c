/* share.c -- hands a file to another program: what the desktop opens such files with. Offered
 * only where there is a desktop; nothing is waited for, and what that program does with the
 * file is its own. */
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "platform/linux/linux.h"

extern char **environ;

static bool on_path(const char *name) {
    struct arena t = {0};
    bool found = false;
    const char *path = getenv("PATH");
    for (const char *p = path ? path : ""; *p && !found;) {
        size_t n = strcspn(p, ":");
        if (n) found = access(arena_printf(&t, "%.*s/%s", (int)n, p, name), X_OK) == 0;
        p += n + (p[n] == ':');
    }
    arena_release(&t);
    return found;
}

static bool desktop(void) {
    const char *x = getenv("DISPLAY"), *w = getenv("WAYLAND_DISPLAY");
    return (!text_blank(x) || !text_blank(w)) && on_path("xdg-open");
}

/* The shell in between ends at once and leaves the opener to the system: no child of ours is
 * left behind. The path is an argument of its own, never part of a command. */
static bool linux_share(void *ctx, const char *path, const char *media_type) {
    struct arena t = {0};
    char *const argv[] = {
        (char[]){"sh"}, (char[]){"-c"},         (char[]){"xdg-open \"$1\" >/dev/null 2>&1 &"},
        (char[]){"sh"}, arena_strdup(&t, path), NULL};
    pid_t pid;
    (void)ctx;
    (void)media_type;
    bool begun = posix_spawn(&pid, "/bin/sh", NULL, NULL, argv, environ) == 0;
    if (begun) begun = waitpid(pid, NULL, 0) == pid;
    arena_release(&t);
    return begun;
}

void linux_sharing(struct platform *p, bool offscreen) {
    p->share_file = !offscreen && desktop() ? linux_share : NULL;
}
