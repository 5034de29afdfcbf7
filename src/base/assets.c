/* assets.c -- finds the data that ships with Lantern; both programs ask at start. */
#include "base/assets.h"

#include <unistd.h>

#include "base/file.h"
#include "base/text.h"

#define PATH_ROOM 1024

static bool is_assets(struct arena *a, const char *dir) {
    return !text_blank(dir) && file_exists(path_join(a, dir, "tokens.json"));
}

static char *program_dir(struct arena *a) {
    char exe[PATH_ROOM];
    ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
    if (n <= 0) return NULL;
    exe[n] = '\0';
    return path_dir(a, exe);
}

char *assets_find(struct arena *a, const char *given) {
    static const char *const beside[] = {"../assets", "../../assets", "../share/lantern"};
    const char *env = getenv("LANTERN_ASSETS");
    char *program = program_dir(a);
    if (is_assets(a, given)) return arena_strdup(a, given);
    if (is_assets(a, env)) return arena_strdup(a, env);
    for (size_t i = 0; program && i < sizeof beside / sizeof beside[0]; i++) {
        char *dir = path_join(a, program, beside[i]);
        if (is_assets(a, dir)) return dir;
    }
    return arena_strdup(a, "assets");
}
