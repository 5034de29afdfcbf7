/* later.c -- promised in bundle.h, credentials.h and enrol.h, not there yet. Each goes as its file comes. */
#include "sync/enrol.h"
#include "sync/sealed.h"
#pragma GCC diagnostic ignored "-Wunused-parameter"

#define NOT_YET(...) __VA_ARGS__ { return status_fail(STATUS_INVALID, "not there yet"); }
NOT_YET(enum status blobs_freeable(struct journal *j, int64_t *count, int64_t *bytes))
NOT_YET(enum status blobs_free(struct journal *j, int64_t *count, int64_t *bytes))
NOT_YET(enum status enrol_list(struct journal *j, struct arena *a, struct enrolment **out, size_t *n))
NOT_YET(enum status enrol_find(struct journal *j, struct arena *a, const char *name, struct enrolment *out))
NOT_YET(enum status enrol_by_key(struct journal *j, struct arena *a, const uint8_t key[32], struct enrolment *out))
NOT_YET(enum status enrol_new(struct journal *j, const char *name, const char *letters, const char *services, struct enrol_made *out))
NOT_YET(enum status enrol_clocks(struct journal *j, struct arena *a, struct wrong_clock **out, size_t *n))
NOT_YET(enum status office_recovery_make(struct journal *j, char text[RECOVERY_TEXT_BYTES]))
NOT_YET(enum status office_recovery_read(const char *text, uint8_t secret[32]))
NOT_YET(enum status office_rotate(struct journal *j))
void enrol_code_make(char out[15]) { out[0] = '\0'; }
bool enrol_code_read(const char *typed, char out[13]) { return false; }
NOT_YET(enum status enrol_state(struct journal *j, struct enrol_state *out))
NOT_YET(enum status enrol_readers(struct journal *j, uint8_t out[2][32], size_t *n))
NOT_YET(enum status enrol_credentials(struct journal *j, struct arena *a, enum bundle_purpose purpose, struct credentials *out))
