/* later.c -- promised in journal.h and union.h, not there yet. Each goes as its file comes. */
#include "store/inside.h"

#pragma GCC diagnostic ignored "-Wunused-parameter"
#define NOT_YET(...) __VA_ARGS__ { (void)0; return status_fail(STATUS_INVALID, "not there yet"); }
NOT_YET(enum status journal_erase(struct journal *j, row_id row, const char *why, int32_t day, struct erase_summary *out))
bool journal_erased(struct journal *j, row_id row, struct arena *a, char **why, int32_t *day) { (void)0; return false; }
