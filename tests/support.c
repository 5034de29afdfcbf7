/* support.c -- scratch folders for tests. */
#include "support.h"

#include <dirent.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[256];

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw) {
    (void)st, (void)flag, (void)ftw;
    return remove(path);
}

static void clean(void) {
    nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

const char *scratch_dir(void) {
    if (dir[0]) return dir;
    mkdir("build", 0777);
    mkdir("build/scratch", 0777);
    snprintf(dir, sizeof dir, "build/scratch/%ld", (long)getpid());
    mkdir(dir, 0700);
    atexit(clean);
    return dir;
}

const char *scratch(const char *name) {
    static char names[64][512];
    static int next;
    char *out = names[next++ % 64];
    snprintf(out, sizeof names[0], "%s/%s", scratch_dir(), name);
    return out;
}
