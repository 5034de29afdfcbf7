/* part_nature.c -- one row a kind of answer. */
#include "care/part_nature.h"

#include "base/log.h"
#include "base/text.h"

static const struct said_word words_met[] = {{"met", VERDICT_GOOD},
                                             {"partly", VERDICT_PARTLY},
                                             {"not_met", VERDICT_BAD},
                                             {"not_seen", VERDICT_NOT_SEEN},
                                             {"does_not_apply", VERDICT_NOT_APPLICABLE},
                                             {NULL, VERDICT_NONE}};
static const struct said_word words_ask[] = {
    {"sure", VERDICT_GOOD},         {"partly", VERDICT_PARTLY},
    {"could_not_say", VERDICT_BAD}, {"not_asked", VERDICT_NOT_SEEN},
    {"spared", VERDICT_NOT_SEEN},   {NULL, VERDICT_NONE}};
static const struct said_word words_yes_no[] = {{"yes", VERDICT_GOOD},
                                                {"no", VERDICT_BAD},
                                                {"does_not_apply", VERDICT_NOT_APPLICABLE},
                                                {NULL, VERDICT_NONE}};
static const struct said_word words_ready[] = {{"yes", VERDICT_GOOD},
                                               {"action", VERDICT_PARTLY},
                                               {"no", VERDICT_BAD},
                                               {"does_not_apply", VERDICT_NOT_APPLICABLE},
                                               {NULL, VERDICT_NONE}};
static const struct said_word words_proof[] = {{"proved", VERDICT_GOOD},
                                               {"partly", VERDICT_PARTLY},
                                               {"not_proved", VERDICT_BAD},
                                               {NULL, VERDICT_NONE}};

static const struct part_nature natures[PART_KINDS] = {
    [PART_MET] = {.words = words_met, .scale = 1, .judges = true},
    [PART_ASK] = {.words = words_ask, .scale = 1, .judges = true},
    [PART_YES_NO] = {.words = words_yes_no, .scale = 1, .judges = true},
    [PART_CHOICE] = {.scale = 1, .choices = true},
    [PART_TICKS] = {.scale = 1, .choices = true},
    [PART_X_OF_Y] = {.scale = 1, .judges = true, .number = true, .bounds = true},
    [PART_TALLY] = {.scale = 1, .bounds = true, .choices = true},
    [PART_COUNTS] = {.scale = 1, .bounds = true, .choices = true},
    [PART_NUMBER] = {.scale = 1000, .number = true, .bounds = true, .target = true},
    [PART_SECONDS] = {.scale = 1000, .number = true, .bounds = true, .target = true},
    [PART_MINUTES] = {.scale = 60000, .number = true, .bounds = true, .target = true},
    [PART_TIME] = {.scale = 1},
    [PART_DAY] = {.scale = 1},
    [PART_WORDS] = {.scale = 1},
    [PART_PERSON] = {.scale = 1},
    [PART_FACE] = {.scale = 1, .number = true},
    [PART_PERCENT] = {.scale = 1000, .number = true, .target = true},
    [PART_SINCE] = {.scale = 1000, .number = true, .target = true},
    [PART_UNTIL] = {.scale = 1000, .number = true, .target = true},
    [PART_SCORE] = {.scale = 1, .number = true},
    [PART_READY] = {.words = words_ready, .scale = 1, .judges = true},
    [PART_PROOF] = {.words = words_proof, .scale = 1, .judges = true},
    [PART_DRAW] = {.scale = 1},
};

const struct part_nature *part_nature(enum part_kind k) {
    BELIEVE((unsigned)k < PART_KINDS && natures[k].scale);
    return &natures[k];
}

const struct said_word *said_word(const struct said_word *list, const char *word) {
    for (; list && list->word; list++)
        if (text_equal(list->word, word)) return list;
    return NULL;
}
