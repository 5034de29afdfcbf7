/* later.c -- what vault.h and journal.h promise and does not stand in a file of its own yet. */
#include "store/inside.h"
#include "store/vault.h"

