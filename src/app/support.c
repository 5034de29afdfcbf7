/* support.c -- see support.h. */
#include "app/support.h"

#include "base/file.h"
#include "store/journal.h"
#include "sync/bundle.h"

static enum status open_there(const char *data_dir, struct journal **out) {
    struct arena t = {0};
    char *db = path_join(&t, data_dir, "lantern.db");
    enum status s = file_exists(db) ? STATUS_OK : status_fail(STATUS_NOT_FOUND, "%s", db);
    if (!s)
        s = journal_open(out, &(struct journal_options){.path = db,
                                                        .clock = clock_system(),
                                                        .device_name = "Tablet",
                                                        .device_role = "tablet"});
    arena_release(&t);
    return s;
}

enum status support_export(const char *data_dir, const char *out, struct support_result *r) {
    struct journal *j = NULL;
    struct export_summary sum;
    enum status s = open_there(data_dir, &j);
    if (!s)
        s = export_all(j,
                       &(struct export_options){
                           .path = out, .purpose = BUNDLE_TO_OFFICE, .everything = true},
                       &sum);
    journal_close(j);
    if (!s) *r = (struct support_result){.records = sum.records, .bytes = sum.bytes};
    return s;
}

enum status support_verify(const char *data_dir, struct support_result *r) {
    struct journal *j = NULL;
    struct journal_report report;
    enum status s = open_there(data_dir, &j);
    if (!s) s = journal_verify(j, &report);
    journal_close(j);
    if (!s) *r = (struct support_result){.records = report.records, .logs = report.logs};
    return s;
}
