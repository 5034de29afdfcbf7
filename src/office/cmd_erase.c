/* cmd_erase.c -- takes somebody's words away for good, here and, by the next packs, on every
 * tablet: a person's right, or a retention period. The chain of records keeps the hash, so it
 * still proves that nothing else was touched. */
#include <unistd.h>

#include "base/text.h"
#include "office/office.h"
#include "office/row_said.h"

struct erasing {
    const char *record, *why;
    bool yes;
};

/* Only the whole word counts: it cannot be taken back. */
static bool agreed(struct office *o) {
    char answer[64] = "";
    fprintf(stderr, "%s ", OFFICE_WORD(o, "office_erase.sure"));
    fflush(stderr);
    if (!fgets(answer, sizeof answer, stdin)) return false;
    return text_equal(text_trim(&o->arena, answer), OFFICE_WORD(o, "office_erase.yes"));
}

static enum status say_rows_about(struct office *o, struct journal *j,
                                  const struct pointed *p) {
    struct pointed *about;
    size_t n = 0;
    enum status s = rows_about(o, j, p, &about, &n);
    if (!s && n) printf("%s\n", OFFICE_WORD(o, "office_erase.about"));
    for (size_t i = 0; !s && i < n; i++) {
        char *said;
        s = row_said(o, j, &about[i], &said);
        if (!s) printf("    %s\n", said);
        if (s == STATUS_NOT_FOUND) s = STATUS_OK;
    }
    return s;
}

static int erase(struct office *o, struct journal *j, const struct erasing *want,
                 const struct pointed *p) {
    struct arena *a = &o->arena;
    struct erase_summary sum = {0};
    day_no today = london_day(clock_wall(&o->clock));
    enum status s = journal_erase(j, p->row, want->why, today, &sum);
    if (s) return office_failed(o, s);
    printf("%s\n", OFFICE_SAY(o, "office_erase.done", int_text(a, sum.versions),
                              int_text(a, sum.blobs)));
    s = say_rows_about(o, j, p);
    return s ? office_failed(o, s) : EXIT_DONE;
}

static int erased_before(struct office *o, const char *why, int32_t day) {
    fprintf(stderr, "lantern-office: %s\n",
            OFFICE_SAY(o, "office_erase.already", day_text(&o->arena, day), why));
    return EXIT_REFUSED;
}

static int run(struct office *o, struct journal *j, const struct erasing *want) {
    struct pointed p;
    char *said, *why;
    int32_t day;
    enum status s = row_pointed(o, j, want->record, &p);
    if (s == STATUS_USAGE) return office_wrong(o, "office_erase.no_record", want->record);
    if (!s && journal_erased(j, p.row, &o->arena, &why, &day))
        return erased_before(o, why, day);
    if (!s) s = row_said(o, j, &p, &said);
    if (s) return office_failed(o, s);
    printf("%s\n    %s\n", OFFICE_WORD(o, "office_erase.goes"), said);
    fflush(stdout);
    if (!want->yes && !isatty(STDIN_FILENO)) return office_wrong(o, "office.needs", "--yes");
    if (!want->yes && !agreed(o))
        return office_failed(o, status_fail(STATUS_CANCELLED, "%s", ""));
    return erase(o, j, want, &p);
}

int office_erase(struct office *o, int argc, char **argv) {
    struct erasing want = {0};
    char **rest;
    int n;
    const struct option_spec specs[] = {{"why", &want.why, NULL}, {"yes", NULL, &want.yes}};
    int wrong = office_options(o, argc, argv, specs, 2, 2, 2, &rest, &n);
    if (wrong) return wrong;
    if (text_blank(want.why)) return office_wrong(o, "office.needs", "--why");
    want.record = rest[1];
    struct journal *j = NULL;
    enum status s = office_open(o, rest[0], false, false, &j);
    if (s) return office_failed(o, s);
    int result = run(o, j, &want);
    journal_close(j);
    return result;
}
