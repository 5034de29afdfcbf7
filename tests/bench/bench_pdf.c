/* bench_pdf.c -- the full copy of a night check with ten photos of 2048 × 1536, made on the
 * tablet: its time beside writing the same bytes to the same folder, synced, which no way of
 * making it could save. Wall-clock, the best of several, since both wait for the disk. The aim
 * for the paper is a second. */
#include "measure.h"

#include "../paper_night.h"

#define ROUNDS 7
#define AIM_MS 1000

static double best(const double *v) {
    double least = v[0];
    for (int i = 1; i < ROUNDS; i++)
        if (v[i] < least) least = v[i];
    return least;
}

int main(void) {
    static struct night t;
    struct arena a = {0};
    char *dir = bench_dir(&a, "pdf");
    double paper[ROUNDS], bytes[ROUNDS], home[ROUNDS], worst = 0;
    size_t size = 0;
    int pages = 0;
    night_whole(&t, path_join(&a, dir, "data"), 2048, 1536);
    night_seal(&t);
    char *file = path_join(&a, dir, "paper.pdf");
    for (int i = 0; i < ROUNDS; i++) {
        struct buf b = {0};
        double at = wall_s();
        must(paper_write(t.app, PAPER_CHECK, t.visit, &b, &pages), "paper");
        must(file_write(file, b.data, b.size, 0600), "file");
        paper[i] = (wall_s() - at) * 1000;
        if (paper[i] > worst) worst = paper[i];
        at = wall_s();
        must(file_write(file, b.data, b.size, 0600), "file");
        bytes[i] = (wall_s() - at) * 1000;
        size = b.size;
        buf_release(&b);
        struct buf h = {0};
        int n;
        at = wall_s();
        must(paper_write(t.app, PAPER_HOME, t.visit, &h, &n), "home");
        home[i] = (wall_s() - at) * 1000;
        buf_release(&h);
    }
    note("paper of a night check: %d pages, %zu kB, nine photos on it and one on the action's",
         pages, size / 1000);
    result("full copy beside writing its bytes", best(paper), best(bytes), "ms", 0);
    result_most("full copy, slowest of 7", worst, "ms", AIM_MS);
    result_most("copy for the person in charge", best(home), "ms", AIM_MS);
    night_close(&t);
    arena_release(&a);
    return 0;
}
