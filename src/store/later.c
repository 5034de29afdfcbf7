/* later.c -- what vault.h and journal.h promise and does not stand in a file of its own yet. */
#include "store/inside.h"
#include "store/vault.h"

bool journal_at_rest_sealed(const struct journal *j) {
    (void)j;
    return false;
}
bool journal_loading(const struct journal *j) {
    (void)j;
    return false;
}
enum status journal_load_step(struct journal *j, int ms, bool *done, double *part) {
    (void)j, (void)ms;
    *done = true;
    *part = 1;
    return STATUS_OK;
}
static enum status not_yet(void) {
    return status_fail(STATUS_INVALID, "not yet");
}
enum status vault_set(struct journal *j, row_id person, const char *label, const char *pass,
                      bool reset) {
    (void)j, (void)person, (void)label, (void)pass, (void)reset;
    return not_yet();
}
enum status vault_remove(struct journal *j, row_id person) {
    (void)j, (void)person;
    return not_yet();
}
enum status vault_check(struct journal *j, row_id person, const char *pass) {
    (void)j, (void)person, (void)pass;
    return not_yet();
}
int64_t vault_check_wait_ms(struct journal *j) {
    (void)j;
    return 0;
}
enum status vault_list(struct journal *j, struct arena *a, struct vault_person **out,
                       size_t *n) {
    (void)j, (void)a;
    *out = NULL;
    *n = 0;
    return STATUS_OK;
}
enum status vault_code_renew(struct journal *j, const uint8_t office[32]) {
    (void)j, (void)office;
    return not_yet();
}
bool vault_code_is_for(struct journal *j, const uint8_t office[32]) {
    (void)j, (void)office;
    return false;
}
enum status vault_tell(struct journal *j) {
    (void)j;
    return STATUS_OK;
}
enum status sealing_start(struct sealing **out, struct journal *j, row_id person,
                          const char *label, const char *pass) {
    (void)out, (void)j, (void)person, (void)label, (void)pass;
    return not_yet();
}
enum status sealing_step(struct sealing *s, int ms, bool *done, double *part) {
    (void)s, (void)ms, (void)done, (void)part;
    return not_yet();
}
enum status sealing_finish(struct sealing *s, uint8_t key[32]) {
    (void)s, (void)key;
    return not_yet();
}
void sealing_cancel(struct sealing *s) {
    (void)s;
}
