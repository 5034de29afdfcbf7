/* fuzz_csv.c -- reference data as CSV, as an office would add it from a file of its own.
 *
 * covers: src/model/reference_csv.c
 *
 * The first byte says what the file is called, the rest is the file. Believed: what is refused
 * is refused with a place in the file and leaves the journal as it was; what is accepted,
 * accepted once more in the same order, finds the same number of rows. */
#include "fuzz.h"

#include "model/reference_csv.c" /* its inside, so that a transaction can be taken back */
#include "store/query.h"

/* One journal for all runs: each is one transaction that is taken back, save for a share that
 * is kept and then thrown away with its journal. */
static struct journal *csv_journal;

static void csv_open(void) {
    static struct clock_manual now = {.wall_ms = 1795305600000LL};
    static const char services[] = "code,name\nOAK,Oak House\nELM,Elm Court\n";
    struct reference_summary sum;
    struct journal_options o = {.path = ":memory:",
                                .clock = clock_manual(&now),
                                .device_name = "office",
                                .device_role = "office"};
    BELIEVE(journal_open(&csv_journal, &o) == STATUS_OK);
    BELIEVE(reference_add_csv(csv_journal, "services.csv", services, sizeof services - 1,
                              &sum) == STATUS_OK);
    BELIEVE(sum.written == 2);
}

static void refused_with_a_place(const char *name) {
    BELIEVE(strncmp(status_detail(), name, strlen(name)) == 0);
    BELIEVE(strstr(status_detail(), ": line ") != NULL);
}

static enum status read_once(const char *name, const char *text, size_t n, int64_t *rows) {
    struct reference ref = {.j = csv_journal};
    struct csv c = {
        .name = name, .p = text, .end = text + n, .next_line = 1, .arena = &ref.arena};
    if (n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) c.p += 3;
    enum status s = read_all(&ref, &c);
    *rows = ref.sum.written + ref.sum.same;
    arena_release(&ref.arena);
    return s;
}

static void taken_back(const char *name, const char *text, size_t n) {
    int64_t first = 0, second = 0;
    struct journal_self before, after;
    journal_self(csv_journal, &before);
    BELIEVE(journal_begin(csv_journal) == STATUS_OK);
    enum status s = read_once(name, text, n, &first);
    if (s) {
        refused_with_a_place(name);
    } else {
        BELIEVE(read_once(name, text, n, &second) == STATUS_OK);
        BELIEVE(first == second);
    }
    journal_rollback(csv_journal);
    journal_self(csv_journal, &after);
    BELIEVE(before.head_seq == after.head_seq &&
            hash_equal(&before.head_hash, &after.head_hash));
}

static void kept(const char *name, const char *text, size_t n) {
    struct reference_summary sum;
    struct journal_report report;
    hash256 before, after;
    BELIEVE(journal_content_hash(csv_journal, true, &before) == STATUS_OK);
    enum status s = reference_add_csv(csv_journal, name, text, n, &sum);
    BELIEVE(journal_content_hash(csv_journal, true, &after) == STATUS_OK);
    if (s) {
        refused_with_a_place(name);
        BELIEVE(hash_equal(&before, &after));
        return;
    }
    BELIEVE(journal_verify(csv_journal, &report) == STATUS_OK);
    journal_close(csv_journal);
    csv_journal = NULL;
}

static void fuzz_one(const uint8_t *p, size_t n) {
    static const char *const names[] = {"areas.csv",    "people.csv",   "targets.csv",
                                        "contacts.csv", "services.csv", "list.csv"};
    if (!csv_journal) csv_open();
    if (n < 1) return;
    const char *name = names[p[0] % (sizeof names / sizeof names[0])];
    const char *text = (const char *)p + 1;
    taken_back(name, text, n - 1);
    if (hash_of(p, n).b[0] == 0) kept(name, text, n - 1);
}

/* ---- inputs to start from ---- */

static void fuzz_seeds(fuzz_put *put, void *ctx) {
    static const char *const seeds[] = {
        "\0service,name,sort,unit,position\nOAK,Willow,unit,Willow,10\nELM,Ash 1,room,Ash,20\n",
        "\1service,code,label,role,side,shift,awake,agency\r\nOAK,OAK-SC,\"Senior carer, "
        "nights\",senior carer,staff,night,yes,no\r\n",
        "\2service,name,value,high,unit\nOAK,bell,3.5,4,min\n,bell,4,,min\n",
        "\3service,label,purpose,telephone\nOAK,On call,night,\"01632 \"\"96\"\"\"\n",
        "\4\xEF\xBB\xBF"
        "code,name,people,setting,opened\nOAK,Oak House,41,care_home,2019-04-01\n",
        "\5kind,service,name,code\narea,OAK,Willow,\ntarget,OAK,bell,\nperson,ELM,,E1\n"
        "service,,Fir,FIR\ncontact,FIR,,\n",
        "\5name\nno kind\n",
        "\0service,name\nOAK,\"not closed\n",
        "\0service,name\nNOBODY,Willow\n",
        "\0service,name\nOAK,\"Willow\"x\n",
        "\0service,name\nOAK,Willow,more\n\n",
        "\1code,label,awake\nE1,x,perhaps\n",
        "\2name,value,since\nx,1e400,2020-13-40\n",
    };
    for (size_t i = 0; i < sizeof seeds / sizeof seeds[0]; i++)
        put(ctx, seeds[i], 1 + strlen(seeds[i] + 1));
    struct buf b = {0};
    buf_byte(&b, 0);
    for (int i = 0; i < COLUMNS_MOST + 2; i++)
        buf_text(&b, "name,");
    put(ctx, b.data, b.size); /* too many columns */
    buf_clear(&b);
    buf_text(&b, "\1label\n");
    for (int i = 0; i <= CELL_BYTES_MAX; i++)
        buf_byte(&b, 'a');
    put(ctx, b.data, b.size); /* too long a cell */
    buf_release(&b);
}
