/* consent.c -- whose voice may be recorded and kept. */
#include "care/consent.h"

#include <stddef.h>

#include "base/text.h"

static bool may_have_a_voice(const char *speaker) {
    static const char *const speakers[] = {"lives_here", "family", "professional", "visitor",
                                           "not_said"};
    for (size_t i = 0; i < sizeof speakers / sizeof *speakers; i++)
        if (text_equal(speaker, speakers[i])) return true;
    return false;
}

bool consent_to_voice(const char *speaker, const char *can_decide, const char *consent,
                      bool agreed) {
    return agreed && may_have_a_voice(speaker) && text_equal(can_decide, "yes") &&
           !text_equal(consent, "no");
}
