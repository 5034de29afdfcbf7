/* cmd_verify.c -- chains, gaps, forks, blobs, rebuild == live; what is found is said with the
 * cure. */
#include "base/json.h"
#include "office/office.h"
#include "store/query.h"
#include "store/union.h"

/* Each gap and fork with the device's name, which records lack, and what to do. */
static void say_logs(struct office *o, struct journal *j) {
    struct log_info *logs;
    size_t n;
    struct arena *a = &o->arena;
    if (union_logs(j, a, &logs, &n)) return;
    for (size_t i = 0; i < n; i++) {
        struct query q;
        const char *name = "";
        query_open(&q, j, "SELECT name FROM device WHERE hex(\"key\") = upper(?1) LIMIT 1", 0);
        query_bind_text(&q, 1, hex_of(a, logs[i].key, sizeof logs[i].key));
        if (query_next(&q)) name = query_text(&q, 0, a);
        if (query_close(&q)) name = "";
        if (!*name) name = hex_of(a, logs[i].id.b, 4);
        if (logs[i].highest_seq > logs[i].last_seq)
            printf("%s\n",
                   OFFICE_SAY(o, "office.verify_gap", name, int_text(a, logs[i].last_seq + 1),
                              int_text(a, logs[i].highest_seq)));
        hash256 trunk = {{0}};
        if (memcmp(logs[i].branch, trunk.b, sizeof logs[i].branch) != 0)
            printf("%s\n",
                   OFFICE_SAY(o, "office.verify_fork", name, hex_of(a, logs[i].branch, 8)));
    }
}

static void say_json(const struct journal_report *r, enum status s) {
    struct buf b = {0};
    struct json_out out = {.to = &b};
    json_open_map(&out, NULL);
    json_put_text(&out, "status", status_key(s));
    json_put_int(&out, "records", r->records);
    json_put_int(&out, "logs", r->logs);
    json_put_int(&out, "gaps", r->gaps);
    json_put_int(&out, "forks", r->forks);
    json_put_int(&out, "blobs_missing", r->blobs_missing);
    json_put_int(&out, "bodies_damaged", r->bodies_damaged);
    json_put_int(&out, "chain_damaged", r->chain_damaged);
    json_put_int(&out, "tables_differ", r->tables_differ);
    json_close_map(&out);
    printf("%s\n", buf_str(&b));
    buf_release(&b);
}

int office_verify(struct office *o, int argc, char **argv) {
    char **rest;
    int n;
    const struct option_spec specs[] = {{"json", NULL, &o->json}};
    int wrong = office_options(o, argc, argv, specs, 1, 1, 1, &rest, &n);
    if (wrong) return wrong;
    struct journal *j = NULL;
    struct journal_report r = {0};
    enum status s = office_open(o, rest[0], false, false, &j);
    if (s) return office_failed(o, s);
    s = journal_verify(j, &r);
    if (o->json) {
        say_json(&r, s);
    } else {
        struct arena *a = &o->arena;
        printf("%s\n", OFFICE_SAY(o, "office.verify_counts", int_text(a, r.records),
                                  int_text(a, r.logs)));
        say_logs(o, j);
        if (r.blobs_missing)
            printf("%s\n", OFFICE_SAY(o, "office.verify_blobs", int_text(a, r.blobs_missing)));
        printf("%s\n", s ? OFFICE_SAY(o, "office.verify_bad", status_detail())
                         : OFFICE_WORD(o, "office.verify_good"));
    }
    journal_close(j);
    return s ? EXIT_REFUSED : EXIT_DONE;
}
