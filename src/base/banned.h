/* banned.h -- functions whose use is a defect here; each becomes a compile error with a readable name.
 * Force-included for our own sources by the Makefile. */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

/* The system headers that declare them come first, so that only our uses are caught. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BANNED(f) lantern_banned_##f##_see_base_banned_h
#undef strcpy
#undef strcat
#undef sprintf
#undef vsprintf
#undef strtok
#undef localtime
#undef gmtime
#undef ctime
#undef atoi
#define strcpy(d, s) BANNED(strcpy)
#define strcat(d, s) BANNED(strcat)
#define sprintf(...) BANNED(sprintf)
#define vsprintf(b, f, a) BANNED(vsprintf)
#define strtok(s, d) BANNED(strtok)
#define localtime(t) BANNED(localtime)
#define gmtime(t) BANNED(gmtime)
#define ctime(t) BANNED(ctime)
#define atoi(s) BANNED(atoi)

#endif
