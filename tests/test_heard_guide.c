/* test_heard_guide.c -- a talk by its guide: the opening first, one prompt at a time, each
 * thing said kept when one goes on, the probe bank, the end; cards that show nothing else; a
 * worker's three questions. needs: app screen model ui media care sync store base */
#include "confide_hand.h"

static row_id provider;

static int build(void **state) {
    uint8_t secret[KEY_BYTES];
    build_world(state);
    provider = add_reader("NI", "Nominated individual", true, secret);
    return 0;
}

static struct heard_state *state_of(struct bench *b) {
    return (struct heard_state *)(void *)b->state;
}

static const struct heard_prompt *shown(struct bench *b) {
    const struct heard_model *m = b->model;
    return &m->guides[state_of(b)->speaker].prompts[state_of(b)->prompt];
}

static struct bench *talk(const char *speaker) {
    struct bench *b = open_wide(&screen_heard, heard_load_here,
                                (struct place){.screen = SCREEN_heard}, false);
    tap(b, "button", speaker);
    frames(b, 4);
    return b;
}

static void said(struct bench *b, const char *field, const char *text) {
    char key[120];
    snprintf(key, sizeof key, "heard/0/said/%s", field);
    ui_field_set(b->ui, key, text);
    frames(b, 2);
}

static const struct feedback_intent *kept(struct bench *b) {
    assert_int_equal(b->last.kind, INTENT_feedback);
    return b->last.detail;
}

/* "Yes" stands in several places. */
static void may_write(struct bench *b) {
    tap(b, "chip", "Yes, without a name");
}

static void settle(struct bench *b) {
    frames(b, 60);
}

/* ---- the way through ---- */

static void it_opens_with_who_i_am(void **state) {
    static const char *const speakers[] = {"Lives here", "Family or friend", "Professional"};
    static const char *const first[] = {"P01", "FF01", ""};
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct bench *b = talk(speakers[i]);
        assert_int_equal(shown(b)->stage, STAGE_OPEN);
        assert_true(shown(b)->consent);
        assert_string_equal(shown(b)->id, first[i]);
        assert_non_null(find(b, "label", shown(b)->text));
        assert_non_null(find(b, "label", shown(b)->help));
        assert_non_null(find(b, "chip", "Yes, without a name"));
        bench_close(b);
    }
}

static void each_thing_said_is_kept_when_one_goes_on(void **state) {
    (void)state;
    struct bench *b = talk("Lives here");
    tap(b, "chip", "Yes, without a name");
    tap(b, "chip", "Questions");
    settle(b);
    assert_string_equal(shown(b)->id, "P03");
    said(b, "P03/said", "The singing.");
    tap(b, "button", "Praise");
    tap(b, "chip", "Activities");
    tap(b, "chip", "Happy");
    tap(b, "button", "Next prompt");
    const struct feedback_intent *k = kept(b);
    assert_string_equal(k->speaker, "lives_here");
    assert_string_equal(k->consent, "without_name");
    assert_string_equal(k->prompt, "P03");
    assert_string_equal(k->question, "“What is good about living here?”");
    assert_string_equal(k->text, "The singing.");
    assert_string_equal(k->sort, "praise");
    assert_string_equal(k->about, "activities");
    assert_string_equal(k->statement, "CAR-C1");
    assert_int_equal(k->face, 4);
    assert_false(k->wants_answer);
    assert_false(b->last.back_after);
    assert_string_equal(b->last.undo, "heard.kept");
    assert_string_equal(b->last.draft, "heard/0/said/");
    settle(b);
    assert_string_equal(shown(b)->id, "P04");
    assert_int_equal(state_of(b)->consent, CONSENT_NO_NAME); /* carried along */
    assert_int_equal(state_of(b)->sort, 0);                  /* the next thing is another one */
    assert_true(state_of(b)->asked >> 2 & 1u);
    bench_close(b);
}

static void small_answers_are_one_tap(void **state) {
    (void)state;
    struct bench *b = talk("Family or friend");
    tap(b, "chip", "Yes");
    tap(b, "chip", "Questions");
    settle(b);
    tap(b, "button", "Next prompt"); /* FF04: two yes or no, a face */
    settle(b);
    assert_string_equal(shown(b)->id, "FF04");
    tap(b, "chip", "Not sure");
    tap(b, "chip", "Very upset");
    frames(b, 2);
    tap(b, "chip", "Happy");
    tap(b, "button", "Keep");
    const struct feedback_intent *k = kept(b);
    assert_string_equal(k->list, "told=not_sure");
    assert_int_equal(k->face, 4);
    assert_string_equal(k->marks, "Do they tell you? Not sure · Or point to a face: Happy");
    assert_string_equal(k->text, "");
    tap(b, "chip", "Not sure"); /* and taken back */
    tap(b, "chip", "Happy");
    frames(b, 2);
    assert_non_null(strstr(find(b, "button", "Keep")->state, "disabled"));
    bench_close(b);
}

static void without_their_yes_nothing_is_kept(void **state) {
    (void)state;
    struct bench *b = talk("Lives here");
    tap(b, "chip", "Questions");
    settle(b);
    said(b, "P03/said", "The singing.");
    tap(b, "button", "Next prompt");
    assert_int_equal(b->last.kind, INTENT_none);
    settle(b);
    said(b, "P04/said", "Too light.");
    assert_non_null(strstr(find(b, "button", "Keep")->state, "disabled"));
    assert_non_null(find(b, "label", "Ask first: may I write down your own words?"));
    may_write(b);
    frames(b, 2);
    tap(b, "button", "Keep"); /* all of it at once, each a thing of its own */
    const struct feedback_intent *k = kept(b);
    assert_string_equal(k->prompt, "P04");
    assert_int_equal(k->more_count, 1);
    assert_string_equal(k->more[0].prompt, "P03");
    assert_string_equal(k->more[0].text, "The singing.");
    assert_string_equal(k->more[0].consent, "without_name");
    bench_close(b);
}

static void a_no_takes_everything_away(void **state) {
    (void)state;
    struct bench *b = talk("Lives here");
    may_write(b);
    tap(b, "chip", "Questions");
    settle(b);
    said(b, "P03/said", "The singing.");
    tap(b, "button", "I may write it down, without a name");
    assert_int_equal(b->last.kind, INTENT_feedback); /* kept while it was allowed */
    settle(b);
    said(b, "P03/said", "Half a word");
    tap(b, "chip", "No");
    frames(b, 2);
    const char *left = ui_field_text(b->ui, "heard/0/said/P03/said");
    assert_true(!left || !*left);
    tap(b, "chip", "Questions");
    settle(b);
    assert_int_equal(b->last.kind, INTENT_none);
    assert_false(has_field(b));
    bench_close(b);
}

static void words_may_stand_alone(void **state) {
    (void)state;
    struct bench *b = talk("Lives here");
    may_write(b);
    tap(b, "chip", "Questions");
    settle(b);
    said(b, "P03/said", "My glasses are gone.");
    tap(b, "chip", "They said something else");
    frames(b, 2);
    tap(b, "button", "Keep");
    assert_string_equal(kept(b)->prompt, "");
    assert_string_equal(kept(b)->question, "");
    assert_string_equal(kept(b)->text, "My glasses are gone.");
    bench_close(b);
}

static void two_kinds_of_words_are_one_text(void **state) {
    (void)state;
    struct bench *b = talk("Professional");
    tap(b, "chip", "Yes");
    const struct heard_guide *g = &((const struct heard_model *)b->model)->guides[4];
    for (int i = 0; i < g->count; i++)
        if (text_equal(g->prompts[i].id, "PX08")) state_of(b)->prompt = i, state_of(b)->aim = 1;
    settle(b);
    said(b, "PX08/praise", "Warm hands.");
    said(b, "PX08/worry", "Nobody at the door.");
    tap(b, "button", "Keep");
    assert_string_equal(
        kept(b)->text, "What they praise: Warm hands.\nWhat worries them: Nobody at the door.");
    bench_close(b);
}

static void a_finger_brings_the_next(void **state) {
    (void)state;
    struct bench *b = talk("Lives here");
    may_write(b);
    tap(b, "chip", "Questions");
    settle(b);
    said(b, "P03/said", "The singing.");
    const struct ui_thing *t = find(b, "label", shown(b)->text);
    float x = t->r.x + 400, y = t->r.y + 10;
    memset(&b->last, 0, sizeof b->last);
    finger(b, SDL_FINGERDOWN, x, y);
    for (int i = 1; i <= 12; i++) {
        frames(b, 1);
        finger(b, SDL_FINGERMOTION, x - 34 * (float)i, y);
    }
    frames(b, 1);
    finger(b, SDL_FINGERUP, x - 408, y);
    struct intent at_once = b->last;
    settle(b);
    if (!at_once.kind) at_once = b->last;
    assert_int_equal(at_once.kind, INTENT_feedback);
    assert_string_equal(shown(b)->id, "P04");
    assert_non_null(find(b, "label", "“How are the nights?”"));
    bench_close(b);
}

/* ---- the probe bank ---- */

static void a_probe_opens_by_how_the_talk_turned(void **state) {
    (void)state;
    struct bench *b = talk("Lives here");
    may_write(b);
    tap(b, "chip", "Questions");
    settle(b);
    tap(b, "chip", "All questions");
    settle(b);
    assert_non_null(find(b, "button", "“How are the nights?”"));
    ui_field_set(b->ui, "heard/0/find", "FALL money");
    frames(b, 3);
    assert_null(find(b, "button", "“How are the nights?”"));
    const struct ui_thing *row = find(b, "button", "They talk of a fall, of money or of fear.");
    assert_non_null(row);
    assert_string_equal(row->value, "“Has anyone talked with you about keeping safe?”");
    tap(b, "button", "They talk of a fall, of money or of fear.");
    settle(b);
    assert_string_equal(shown(b)->id, "P26");
    said(b, "P26/said", "I fell in May.");
    tap(b, "button", "Back to the questions");
    assert_string_equal(kept(b)->prompt, "P26");
    settle(b);
    assert_string_equal(shown(b)->id, "P03");
    tap(b, "chip", "All questions");
    settle(b);
    row = find(b, "button", "They talk of a fall, of money or of fear.");
    assert_non_null(strstr(row->value, "asked")); /* marked */
    bench_close(b);
}

/* ---- the end ---- */

static row_id put_said(const char *prompt, const char *text) {
    struct row r = row_new(&kind_feedback);
    row_ref(&r, "service", world.service);
    row_text(&r, "speaker", "lives_here");
    row_text(&r, "consent", "yes");
    row_text(&r, "prompt", prompt);
    row_text(&r, "question", "“How are the nights?”");
    row_text(&r, "text", text);
    assert_int_equal(journal_put_alone(world.j, &r), STATUS_OK);
    return r.id;
}

static void reload(struct bench *b) {
    struct load_context c = context(b->now, &b->place);
    assert_int_equal(b->load(&c, &world.screen, &b->model), STATUS_OK);
    frames(b, 2);
}

static void at_the_end_it_is_read_back(void **state) {
    (void)state;
    struct bench *b = talk("Lives here");
    may_write(b);
    row_id first = put_said("P04", "Too light in the corridor."),
           second = put_said("P08", "Cold tea.");
    reload(b);
    tap(b, "chip", "To end");
    settle(b);
    assert_string_equal(shown(b)->id, "P29");
    assert_true(heard_was_asked(
        &(struct heard){.u = b->ui,
                        .m = b->model,
                        .state = state_of(b),
                        .prefix = "heard/0/",
                        .guide = &((const struct heard_model *)b->model)->guides[1]},
        3));
    assert_non_null(find(b, "label", "“Too light in the corridor.”"));
    assert_non_null(find(b, "label", "“Cold tea.”"));
    tap(b, "chip", "By phone");
    frames(b, 2);
    assert_non_null(strstr(find(b, "toggle", "They would like an answer")->state, "on"));
    tap(b, "button", "Next prompt");
    settle(b);
    tap(b, "chip", "A worry");
    tap(b, "button", "Keep");
    const struct feedback_intent *k = kept(b);
    assert_true(k->closes);
    assert_int_equal(k->earlier_count, 2);
    assert_int_equal(k->earlier[0], first);
    assert_int_equal(k->earlier[1], second);
    assert_string_equal(k->sort, "worry");
    assert_true(k->wants_answer);
    assert_string_equal(k->answer_how, "By phone");
    assert_string_equal(k->list, ""); /* told in columns of their own */
    /* put right */
    tap(b, "button", "Prompt before");
    settle(b);
    tap(b, "button", "Put right");
    settle(b);
    ui_field_set(b->ui, "heard/0/fix", "Too light by the lift.");
    frames(b, 2);
    const struct ui_thing *t;
    size_t n = ui_things(b->ui, &t);
    for (size_t i = n; i-- > 0;) /* the sheet's, not the bar's */
        if (text_equal(t[i].name, "Keep") && !t[i].covered) {
            float x = t[i].r.x + 20, y = t[i].r.y + 20;
            finger(b, SDL_FINGERDOWN, x, y);
            frames(b, 2);
            finger(b, SDL_FINGERUP, x, y);
            break;
        }
    memset(&b->last, 0, sizeof b->last);
    for (int i = 0; i < 3 && !frame(b).kind; i++)
        ;
    assert_int_equal(kept(b)->row, first);
    assert_string_equal(kept(b)->text, "Too light by the lift.");
    bench_close(b);
    for (int i = 0; i < 2; i++) { /* the other tests have none */
        assert_int_equal(journal_begin(world.j), STATUS_OK);
        assert_int_equal(journal_withdraw(world.j, &kind_feedback, i ? second : first),
                         STATUS_OK);
        assert_int_equal(journal_commit(world.j), STATUS_OK);
    }
}

static void how_they_talk_goes_along_with_what_they_said(void **state) {
    (void)state;
    struct bench *b = talk("Lives here");
    may_write(b);
    tap(b, "button", "Next prompt");
    settle(b);
    assert_string_equal(shown(b)->id, "P02");
    tap(b, "chip", "Pictures or cards");
    tap(b, "chip", "Yes and no");
    frames(b, 2);
    assert_non_null(
        strstr(find(b, "button", "Keep")->state, "disabled")); /* nothing said yet */
    tap(b, "button", "Next prompt");
    assert_int_equal(b->last.kind, INTENT_none);
    settle(b);
    said(b, "P03/said", "The cat.");
    tap(b, "button", "Keep");
    assert_string_equal(kept(b)->list, "P02.how=pictures+yes_no");
    assert_string_equal(kept(b)->marks, "They use: Yes and no, Pictures or cards");
    bench_close(b);
}

/* ---- cards ---- */

static void only_the_card_can_be_read(struct bench *b, const char *simple) {
    static const char *const may[] = {"Stop",       "Next card", "Yes",   "No",  "Not sure",
                                      "Very happy", "Happy",     "So-so", "Sad", "Very upset"};
    const struct ui_thing *t;
    size_t n = ui_things(b->ui, &t);
    for (size_t i = 0; i < n; i++) {
        bool known = text_equal(t[i].name, simple) || text_equal(t[i].type, "icon");
        for (size_t k = 0; k < sizeof may / sizeof may[0]; k++)
            known = known || text_equal(t[i].name, may[k]);
        if (!known && t[i].name && *t[i].name)
            fail_msg("a card shows %s \"%s\"", t[i].type, t[i].name);
        if (t[i].value && *t[i].value) fail_msg("a card shows \"%s\"", t[i].value);
    }
    assert_non_null(find(b, "label", simple));
}

static void a_card_shows_nothing_else(void **state) {
    (void)state;
    struct bench *b = talk("Lives here");
    said(b, "P03/said", "Nothing of this may be read.");
    tap(b, "chip", "Picture cards");
    settle(b);
    only_the_card_can_be_read(b, "May I write this down?");
    tap(b, NULL, "Yes");
    tap(b, "button", "Next card");
    settle(b);
    only_the_card_can_be_read(b, "Good here?");
    tap(b, NULL, "No");
    tap(b, NULL, "Sad");
    frames(b, 2);
    tap(b, "button", "Next card");
    const struct feedback_intent *k = kept(b);
    assert_string_equal(k->prompt, "P03");
    assert_string_equal(k->list, "easy=no");
    assert_int_equal(k->face, 2);
    assert_string_equal(k->consent, "yes");
    assert_string_equal(k->marks, "Do you like it here? No · Or point to a face: Sad");
    assert_null(b->last.undo); /* no line at the bottom for them to read */
    settle(b);
    only_the_card_can_be_read(b, "Good nights?");
    tap(b, "button", "Stop");
    settle(b);
    assert_non_null(find(b, "button", "Lives here"));
    bench_close(b);
}

static void a_no_on_the_card_ends_it(void **state) {
    (void)state;
    struct bench *b = talk("Lives here");
    tap(b, "chip", "Picture cards");
    settle(b);
    tap(b, NULL, "No");
    tap(b, "button", "Next card");
    settle(b);
    assert_int_equal(state_of(b)->consent, CONSENT_NO);
    assert_int_equal(state_of(b)->card, 0);
    tap(b, "chip", "Picture cards");
    frames(b, 3);
    assert_int_equal(state_of(b)->card, 0);
    bench_close(b);
}

static void who_could_not_say_points(void **state) {
    (void)state;
    struct bench *b = talk("Could not say: what they showed us");
    tap(b, "chip", "Picture cards");
    settle(b);
    only_the_card_can_be_read(b, "Good here?"); /* nobody is asked what they cannot say */
    tap(b, NULL, "Very upset");
    tap(b, "button", "Stop");
    const struct feedback_intent *k = kept(b);
    assert_string_equal(k->speaker, "showed_us");
    assert_string_equal(k->prompt, "P03");
    assert_int_equal(k->face, 1);
    bench_close(b);
}

static void every_picture_has_its_icon(void **state) {
    (void)state;
    struct bench *b = talk("Lives here");
    const struct heard_model *m = b->model;
    int cards = 0;
    for (int who = 0; who < SPEAKERS; who++)
        for (int i = 0; i < m->guides[who].count; i++) {
            const struct heard_prompt *p = &m->guides[who].prompts[i];
            if (!*p->picture) continue;
            cards++;
            if (heard_picture(p->picture) == ICON_QUESTION &&
                !text_equal(p->picture, "question"))
                fail_msg("%s: no picture for \"%s\"", p->id, p->picture);
        }
    printf("figure: %d prompts with a picture\n", cards);
    assert_true(cards > 60);
    bench_close(b);
}

static double luminance(struct bench *b) {
    const uint32_t *argb;
    int w, h, pitch;
    double sum = 0, max = 0;
    ui_pixels(b->ui, &argb, &w, &h, &pitch);
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            double one = color_luminance(argb[y * pitch + x] & 0xFFFFFF);
            sum += one;
            if (one > max) max = one;
        }
    assert_true(max <= 0.55);
    return sum / ((double)w * h);
}

static void a_card_by_night_is_dim(void **state) {
    (void)state;
    struct bench *b = bench_open(&screen_heard, heard_load_here,
                                 (struct place){.screen = SCREEN_heard}, 1280, 800, true, 1);
    frames(b, 2);
    tap(b, "button", "Could not say: what they showed us");
    state_of(b)->card = 3;
    frames(b, 3);
    tap(b, NULL, "Yes");
    tap(b, NULL, "Happy");
    frames(b, 3);
    double mean = luminance(b);
    printf("figure: a card by night has a mean luminance of %.3f\n", mean);
    assert_true(mean < 0.06);
    bench_close(b);
}

/* ---- a worker ---- */

static void answer_three(struct bench *b) {
    static const char *const ids[] = {"SF03", "SF04", "SF05"};
    char field[40];
    for (int i = 0; i < 3; i++) {
        snprintf(field, sizeof field, "said/%s/said", ids[i]);
        say(b, "heard", field, "We are told to sign for turns.");
    }
}

static struct bench *worker(void) {
    bench_sealed = true;
    struct bench *b = talk("Staff");
    assert_null(find(b, "chip", "Questions")); /* not before it is settled who may read it */
    tap(b, "button", "Provider only");
    frames(b, 3);
    return b;
}

static void a_worker_is_asked_three_at_most(void **state) {
    (void)state;
    struct bench *b = worker();
    tap(b, "chip", "Questions");
    settle(b);
    assert_string_equal(shown(b)->id, "SF03");
    answer_three(b);
    assert_non_null(find(b, "label",
                         "That was three questions. Stop here, even if it is going well, and "
                         "thank them."));
    state_of(b)->prompt += 3;
    state_of(b)->aim = 1;
    settle(b);
    assert_string_equal(shown(b)->id, "SF06");
    char key[120];
    snprintf(key, sizeof key, "confide/%lld/heard/0/said/SF06/said",
             (long long)journal_holder(world.j));
    assert_null(find(b, "chip", "All questions"));
    tap(b, "chip", "To the end");
    settle(b);
    assert_string_equal(shown(b)->id, "SF37");
    tap(b, "chip", "Trouble at work");
    tap(b, "button", "Keep");
    const struct confide_intent *k = b->last.detail;
    assert_int_equal(b->last.kind, INTENT_confide);
    assert_int_equal(k->reader, provider);
    assert_int_equal(k->said_count, 4);
    assert_string_equal(k->said[1].prompt, "SF04");
    assert_string_equal(k->said[1].question,
                        "“Enough hands on your last shift? Time to sit down?”");
    assert_string_equal(k->said[1].text, "We are told to sign for turns.");
    assert_string_equal(k->said[3].list, "risk=some");
    assert_string_equal(k->said[3].marks, "They fear: Trouble at work");
    assert_string_equal(k->text, "");
    bench_close(b);
}

static void ten_minutes_are_enough(void **state) {
    (void)state;
    struct bench *b = worker();
    assert_null(find(b, "label", "Ten minutes are over. Thank them and let them go."));
    b->now += 600000;
    frames(b, 3);
    assert_non_null(find(b, "label", "Ten minutes are over. Thank them and let them go."));
    bench_close(b);
}

static void only_listening_writes_nothing(void **state) {
    (void)state;
    struct bench *b = worker();
    answer_three(b);
    tap(b, "chip", "Only listen");
    frames(b, 3);
    assert_false(has_field(b));
    assert_non_null(strstr(find(b, "button", "Keep")->state, "disabled"));
    tap(b, "button", "Close");
    assert_int_equal(b->last.kind, INTENT_back);
    bench_close(b);
}

static void their_role_stays_out(void **state) {
    (void)state;
    struct bench *b = worker();
    answer_three(b);
    say(b, "heard", "role", "night carer");
    tap(b, "chip", "Write it, but not my job or my shift");
    frames(b, 3);
    tap(b, "button", "Keep");
    assert_string_equal(((const struct confide_intent *)b->last.detail)->role, "");
    bench_close(b);
}

static void not_asked_is_one_tap_and_keeps_nothing(void **state) {
    (void)state;
    struct bench *b = worker();
    answer_three(b);
    tap(b, "button", "Not asked: would have taken them from someone");
    assert_int_equal(b->last.kind, INTENT_back);
    assert_string_equal(typed(b, "heard", "said/SF03/said"), "");
    bench_close(b);
}

static void another_speaker_finds_no_answer_of_a_worker(void **state) {
    (void)state;
    struct bench *b = worker();
    answer_three(b);
    tap(b, "button", "Visitor");
    frames(b, 2);
    assert_string_equal(typed(b, "heard", "said/SF03/said"), "");
    bench_close(b);
}

/* ---- how it looks ---- */

static void at_questions(struct bench *b) {
    tap(b, "button", "Lives here");
    struct heard_state *st = state_of(b);
    st->consent = CONSENT_YES;
    st->can_decide = 1;
    st->prompt = 4;
    st->aim = 1;
    ui_field_set(b->ui, "heard/0/said/P05/said", "It can be such a long time.");
    ui_field_set(b->ui, "heard/0/said/P05/parts", "easy=no,face=2");
}

static void at_the_end(struct bench *b) {
    tap(b, "button", "Family or friend");
    struct heard_state *st = state_of(b);
    st->consent = CONSENT_NO_NAME;
    st->prompt = ((const struct heard_model *)b->model)->guides[2].first[STAGE_CLOSE];
    st->aim = 1;
    st->wants_answer = 1;
}

static void in_the_bank(struct bench *b) {
    at_questions(b);
    state_of(b)->bank = 1;
}

static void on_a_card(struct bench *b) {
    at_questions(b);
    state_of(b)->card = 5;
}

static void first_card(struct bench *b) {
    tap(b, "button", "Lives here");
    state_of(b)->card = 1;
}

static void at_a_workers_question(struct bench *b) {
    tap(b, "button", "Staff");
    struct heard_state *st = state_of(b);
    bench_sealed = true;
    st->confide.route = ROUTE_PROVIDER;
    st->prompt = 9;
    st->aim = 1;
    answer_three(b);
    st->prompt = 3;
}

static void it_looks_right(void **state) {
    (void)state;
    const struct place heard = {.screen = SCREEN_heard};
    look_at(&screen_heard, heard_load_here, heard, "guide", at_questions);
    look_at(&screen_heard, heard_load_here, heard, "guide-end", at_the_end);
    look_at(&screen_heard, heard_load_here, heard, "guide-bank", in_the_bank);
    look_at(&screen_heard, heard_load_here, heard, "card", on_a_card);
    look_at(&screen_heard, heard_load_here, heard, "card-first", first_card);
    look_at(&screen_heard, heard_load_here, heard, "guide-staff", at_a_workers_question);
    tall_shots(&screen_heard, heard_load_here, "guide", at_questions);
    tall_shots(&screen_heard, heard_load_here, "guide-end", at_the_end);
    tall_shots(&screen_heard, heard_load_here, "guide-staff", at_a_workers_question);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_opens_with_who_i_am),
        cmocka_unit_test(each_thing_said_is_kept_when_one_goes_on),
        cmocka_unit_test(small_answers_are_one_tap),
        cmocka_unit_test(without_their_yes_nothing_is_kept),
        cmocka_unit_test(a_no_takes_everything_away),
        cmocka_unit_test(words_may_stand_alone),
        cmocka_unit_test(two_kinds_of_words_are_one_text),
        cmocka_unit_test(a_finger_brings_the_next),
        cmocka_unit_test(a_probe_opens_by_how_the_talk_turned),
        cmocka_unit_test(at_the_end_it_is_read_back),
        cmocka_unit_test(how_they_talk_goes_along_with_what_they_said),
        cmocka_unit_test(a_card_shows_nothing_else),
        cmocka_unit_test(a_no_on_the_card_ends_it),
        cmocka_unit_test(who_could_not_say_points),
        cmocka_unit_test(every_picture_has_its_icon),
        cmocka_unit_test(a_card_by_night_is_dim),
        cmocka_unit_test(a_worker_is_asked_three_at_most),
        cmocka_unit_test(ten_minutes_are_enough),
        cmocka_unit_test(only_listening_writes_nothing),
        cmocka_unit_test(their_role_stays_out),
        cmocka_unit_test(not_asked_is_one_tap_and_keeps_nothing),
        cmocka_unit_test(another_speaker_finds_no_answer_of_a_worker),
        cmocka_unit_test(it_looks_right),
        cmocka_unit_test(figures),
    };
    return cmocka_run_group_tests_name("heard guide", tests, build, end_world);
}
