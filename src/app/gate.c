/* gate.c -- whoever picks up an unlocked tablet gets no PIN of their own out of it: before a
 * PIN is given, changed or removed, the person who holds the tablet types theirs.
 *
 * Journey: People and PINs, or somebody without a PIN takes over → the pin screen asks for the
 * holder's ("let_in") → the gate is open while one is there, and two minutes at most. The very
 * first PIN, and the new one after the office's code, need none. */
#include "app/app_state.h"

#include "base/log.h"
#include "base/text.h"

#define GATE_MS  120000
#define ALONE_MS 1200000 /* a quarter of an hour on a page for oneself */

static const struct place *top(const struct app *a) {
    return &a->stack[a->depth - 1].place;
}

static bool has_pin(struct app *a, row_id person) {
    struct vault_person *list = NULL;
    size_t n = 0;
    if (vault_list(a->j, &a->act_arena, &list, &n)) return false;
    for (size_t i = 0; i < n; i++)
        if (list[i].person == person) return true;
    return false;
}

/* Handing over to somebody with a PIN gives nobody anything: it asks for that one. */
static bool behind_gate(struct app *a, const struct place *p) {
    if (p->screen == SCREEN_people) return true;
    if (p->screen == SCREEN_reflect) return has_pin(a, journal_holder(a->j));
    if (p->screen != SCREEN_pin || text_equal(p->word, "let_in")) return false;
    if (!text_equal(p->word, "hold")) return true;
    return !has_pin(a, p->row ? p->row : journal_holder(a->j));
}

static bool anything_behind(struct app *a) {
    for (int i = a->depth - 1; i > 0; i--)
        if (behind_gate(a, &a->stack[i].place)) return true;
    return false;
}

static int64_t left_ms(const struct app *a) {
    int64_t gone = clock_boot(&a->clock) - a->lock.gate_boot;
    int64_t most = top(a)->screen == SCREEN_reflect ? ALONE_MS : GATE_MS;
    return a->lock.gate_open && gone >= 0 && gone < most ? most - gone : 0;
}

bool gate_open(const struct app *a) {
    if (!a->sealed || a->lock.resetting) return true;
    return !a->covered && left_ms(a) > 0;
}

void gate_close(struct app *a) {
    a->lock.gate_open = false;
}

bool gate_asks(const struct app *a) {
    return a->sealed && top(a)->screen == SCREEN_pin && text_equal(top(a)->word, "let_in");
}

/* The holder; should the holder have no PIN, anybody who has one. */
bool gate_hears(struct app *a, row_id person) {
    row_id holder = journal_holder(a->j);
    return person == holder || !has_pin(a, holder);
}

void gate_heard(struct app *a) {
    BELIEVE(gate_asks(a));
    a->lock.gate_open = true;
    a->lock.gate_boot = clock_boot(&a->clock);
    stack_pop(a);
}

bool gate_back(struct app *a) {
    if (!gate_asks(a)) return false;
    stack_pop(a);
    while (a->depth > 1 && behind_gate(a, top(a)))
        stack_pop(a);
    return true;
}

/* Before each frame, so that nothing behind the gate is drawn while it is closed. */
void gate_guard(struct app *a) {
    if (!a->sealed || a->lock.resetting) return;
    if (a->covered || (a->lock.gate_open && !anything_behind(a))) gate_close(a);
    if (a->covered || !behind_gate(a, top(a))) return;
    if (gate_open(a)) {
        ui_wake_in(a->ui, (int)left_ms(a));
        return;
    }
    gate_close(a);
    secret_wipe(a);
    stack_push(a, &(struct place){.screen = SCREEN_pin, .word = "let_in"});
}
