/* consent.h -- whose voice may be recorded and kept (PEOPLE.md, "No harm by checking" and
 * "Someone who is afraid"). Asked by the form before the microphone opens, and again before
 * anything of it becomes a record. */
#ifndef CARE_CONSENT_H
#define CARE_CONSENT_H

#include <stdbool.h>

/* Words as in the record kind `feedback`; NULL and "": nobody asked. Never a worker's voice,
 * since a voice can be recognised; never of somebody who could not say. */
bool consent_to_voice(const char *speaker, const char *can_decide, const char *consent,
                      bool agreed);

#endif
