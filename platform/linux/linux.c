/* linux.c -- what a Linux tablet or desktop offers the app. See platform.h. */
#include "platform/linux/linux.h"

#include <SDL.h>
#include <time.h>
#include <unistd.h>

#include "base/assets.h"
#include "base/file.h"
#include "base/text.h"

#define PATH_ROOM 1024

/* One process has one device under it: this is the platform's only state. */
static struct {
    char data[PATH_ROOM], assets[PATH_ROOM], boot[64];
    bool offscreen;
    struct platform platform;
} self;

static const char *linux_data_dir(void *ctx) {
    (void)ctx;
    return self.data;
}

static const char *linux_assets_dir(void *ctx) {
    (void)ctx;
    return self.assets;
}

static void choose_data(const char *given) {
    const char *xdg = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    if (given) {
        text_copy(self.data, sizeof self.data, given);
    } else if (!text_blank(xdg)) {
        snprintf(self.data, sizeof self.data, "%s/lantern", xdg);
    } else {
        snprintf(self.data, sizeof self.data, "%s/.local/share/lantern",
                 text_blank(home) ? "." : home);
    }
}

static void add_mounts(struct arena *a, const char *parent, const char **out, size_t *n,
                       size_t most) {
    char **names;
    size_t count;
    if (dir_list(a, parent, NULL, &names, &count)) return;
    for (size_t i = 0; i < count && *n < most; i++) {
        char *path = path_join(a, parent, names[i]);
        if (file_is_dir(path) && access(path, W_OK) == 0) out[(*n)++] = path;
    }
}

static size_t linux_sticks(void *ctx, struct arena *a, const char ***out) {
    (void)ctx;
    enum { MOST = 12 };
    const char **list = ARENA_ARRAY(a, const char *, MOST);
    size_t n = 0;
    const char *user = getenv("USER"), *home = getenv("HOME"),
               *given = getenv("LANTERN_STICKS");
    if (!text_blank(given)) {
        list[n++] = arena_strdup(a, given);
    } else if (!text_blank(user)) {
        add_mounts(a, path_join(a, "/media", user), list, &n, MOST);
        add_mounts(a, path_join(a, "/run/media", user), list, &n, MOST);
    }
    if (!text_blank(home) && n < MOST) {
        char *documents = path_join(a, home, "Documents");
        list[n++] = file_is_dir(documents) ? documents : arena_strdup(a, home);
    }
    *out = list;
    return n;
}

static const char *linux_boot_id(void *ctx) {
    (void)ctx;
    if (!self.boot[0]) {
        FILE *f = fopen("/proc/sys/kernel/random/boot_id", "r");
        if (!f || !fgets(self.boot, sizeof self.boot, f))
            snprintf(self.boot, sizeof self.boot, "?");
        if (f) fclose(f);
        self.boot[strcspn(self.boot, "\n")] = '\0';
    }
    return self.boot;
}

static bool linux_has_keyboard(void *ctx) {
    (void)ctx;
    const char *forced = getenv("LANTERN_TOUCH_KEYBOARD");
    if (forced) return forced[0] == '0';
    return !self.offscreen && SDL_GetNumTouchDevices() == 0;
}

static void linux_keep_awake(void *ctx, bool on) {
    (void)ctx;
    if (on) {
        SDL_DisableScreenSaver();
    } else {
        SDL_EnableScreenSaver();
    }
}

static int linux_battery(void *ctx) {
    (void)ctx;
    int percent = -1;
    SDL_PowerState state = SDL_GetPowerInfo(NULL, &percent);
    return state == SDL_POWERSTATE_ON_BATTERY ? percent : -1;
}

/* One clock counts while the machine sleeps, the other does not. */
static int64_t linux_slept(void *ctx) {
    (void)ctx;
    struct timespec with, without;
    if (clock_gettime(CLOCK_MONOTONIC, &without) || clock_gettime(CLOCK_BOOTTIME, &with))
        return 0;
    return (int64_t)(with.tv_sec - without.tv_sec) * 1000 +
           (with.tv_nsec - without.tv_nsec) / 1000000;
}

bool linux_is_touch(uint32_t type) {
    switch (type) {
    case SDL_FINGERDOWN:
    case SDL_FINGERMOTION:
    case SDL_FINGERUP:
    case SDL_KEYDOWN:
    case SDL_TEXTINPUT:
    case SDL_MOUSEMOTION:
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEWHEEL:
        return true;
    default:
        return false;
    }
}

const struct platform *platform_linux(const char *data, const char *assets, bool offscreen) {
    self.offscreen = offscreen;
    choose_data(data);
    struct arena t = {0};
    text_copy(self.assets, sizeof self.assets, assets_find(&t, assets));
    arena_release(&t);
    self.platform = (struct platform){
        .data_dir = linux_data_dir,
        .assets_dir = linux_assets_dir,
        .sticks = linux_sticks,
        .boot_id = linux_boot_id,
        .has_keyboard = linux_has_keyboard,
        .keep_awake = linux_keep_awake,
        .battery_percent = linux_battery,
        .slept_ms = linux_slept,
    };
    linux_camera(&self.platform, offscreen);
    linux_sound(&self.platform);
    linux_sharing(&self.platform, offscreen);
    return &self.platform;
}
