/* pass.h -- whether a PIN or passphrase is good enough to be chosen.
 *
 * Journey: the pin screen says while somebody types what is missing; the vault asks again
 * before it locks anything. Two kinds, told apart by what is typed: a PIN has digits only,
 * everything else is words. */
#ifndef BASE_PASS_H
#define BASE_PASS_H

#include <stdbool.h>

#define PASS_PIN_LEAST   6   /* digits of a PIN */
#define PASS_WORDS_LEAST 10  /* characters of a passphrase */
#define PASS_MOST        128 /* bytes of either */

enum pass_fault { PASS_FINE, PASS_TOO_SHORT, PASS_TOO_LONG, PASS_TOO_SIMPLE };
/* Too simple: one digit or letter again and again, a run up or down (123456, 890123), two
 * digits by turns, or a date of this or last century: day, month and year, the year with two or
 * four digits at the end, or with four in front. */
enum pass_fault pass_fault(const char *pass);
bool pass_is_pin(const char *pass); /* digits only, and at least one */

#endif
