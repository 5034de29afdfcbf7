/* pass.c -- what makes a PIN too easy to guess. Nothing is kept or copied from what was typed.
 */
#include "base/pass.h"

#include <string.h>

#include "base/text.h"

bool pass_is_pin(const char *pass) {
    return pass[0] && !pass[strspn(pass, "0123456789")];
}

/* Each digit is the one before it, `step` further; after 9 comes 0. */
static bool runs(const char *s, int step) {
    for (; s[1]; s++)
        if ((s[0] - '0' + step + 10) % 10 != s[1] - '0') return false;
    return true;
}

static bool by_turns(const char *s) {
    for (; s[1] && s[2]; s++)
        if (s[0] != s[2]) return false;
    return true;
}

static int number(const char *s, int digits) {
    int n = 0;
    while (digits--)
        n = n * 10 + (*s++ - '0');
    return n;
}

static bool day_of_month(int day, int month) {
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
}

static bool is_year(int year) {
    return year >= 1900 && year <= 2099;
}

static bool is_date(const char *s) {
    size_t n = strlen(s);
    if (n == 6) return day_of_month(number(s, 2), number(s + 2, 2));
    if (n != 8) return false;
    return (day_of_month(number(s, 2), number(s + 2, 2)) && is_year(number(s + 4, 4))) ||
           (day_of_month(number(s + 6, 2), number(s + 4, 2)) && is_year(number(s, 4)));
}

static bool one_byte(const char *s) {
    return !s[strspn(s, (char[]){s[0], '\0'})];
}

enum pass_fault pass_fault(const char *pass) {
    size_t bytes = strlen(pass);
    if (bytes > PASS_MOST) return PASS_TOO_LONG;
    if (!pass_is_pin(pass)) {
        if (text_count(pass) < PASS_WORDS_LEAST) return PASS_TOO_SHORT;
        return one_byte(pass) ? PASS_TOO_SIMPLE : PASS_FINE;
    }
    if (bytes < PASS_PIN_LEAST) return PASS_TOO_SHORT;
    bool easy = runs(pass, 1) || runs(pass, -1) || by_turns(pass) || is_date(pass);
    return easy ? PASS_TOO_SIMPLE : PASS_FINE;
}
