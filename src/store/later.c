/* later.c -- promised in journal.h and union.h, not there yet. Each goes as its file comes. */
#include "store/inside.h"

#pragma GCC diagnostic ignored "-Wunused-parameter"
#define NOT_YET(...) __VA_ARGS__ { (void)0; return status_fail(STATUS_INVALID, "not there yet"); }
