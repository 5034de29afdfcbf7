/* gather_talks.c -- what each group said, question by question, side by side.
 *
 * A worker's words are not for whoever leads them: what was said in a worker's talk is never
 * shown talk by talk, and together only when at least five workers were asked, in no order that
 * tells who it was. Fewer: that there were talks, and why nothing of them is shown. */
#include <stdlib.h>

#include "model/gather_build.h"

#include "base/text.h"

#define STAFF "staff"

struct talks {
    struct gather_build *b;
    const struct walk_section *section;
    const struct item *item; /* where the group is said */
    const struct part *part;
    const char **groups; /* of each talk of the section, "" not said */
    int staff;
};

static const struct part *group_part(const struct item *i) {
    const struct part *p = item_part(i, "group");
    return p && p->kind == PART_CHOICE ? p : NULL;
}

static bool find_section(struct talks *t) {
    const struct walk_model *m = t->b->m;
    for (int s = 0; s < m->sections_count; s++) {
        const struct section *k = m->sections[s].section;
        for (int i = 0; k->repeats && i < k->items_count; i++) {
            const struct item *item = &m->form->items[k->first_item + i];
            t->part = group_part(item);
            if (!t->part) continue;
            t->section = &m->sections[s];
            t->item = item;
            return true;
        }
    }
    return false;
}

static const struct walk_part *part_in(const struct walk_section *s, const struct item *item,
                                       const struct walk_room *room, const struct part *part) {
    for (int i = 0; i < s->items_count; i++) {
        const struct walk_item *w = &s->items[i];
        if (w->item != item || w->room != room) continue;
        for (int k = 0; k < w->parts_count; k++)
            if (w->parts[k].part == part) return &w->parts[k];
    }
    return NULL;
}

static const char *group_of(const struct walk_answer *n) {
    return n && n->value.word ? n->value.word : "";
}

/* Two tablets may each have said whose talk it was: one that says staff is enough. */
static void read_groups(struct talks *t) {
    int n = t->section->rooms_count;
    t->groups = ARENA_ARRAY(t->b->a, const char *, n + 1);
    for (int i = 0; i < n; i++) {
        const struct walk_part *p =
            part_in(t->section, t->item, &t->section->rooms[i], t->part);
        bool staff = p && text_equal(group_of(p->other), STAFF);
        t->groups[i] = staff ? STAFF : group_of(p ? p->answer : NULL);
        t->staff += text_equal(t->groups[i], STAFF);
    }
}

static int talks_of(const struct talks *t, const char *group) {
    int n = 0;
    for (int i = 0; i < t->section->rooms_count; i++)
        n += text_equal(t->groups[i], group);
    return n;
}

static bool kept_back(const struct talks *t, const char *group) {
    return text_equal(group, STAFF) && t->staff < GATHER_FEW;
}

static void whom(struct talks *t) {
    struct gather_build *b = t->b;
    struct gather_block *k =
        gather_block_add(b, GATHER_WORD(b, "gather.talked_with"), t->part->choices_count);
    for (int i = 0; i < t->part->choices_count; i++) {
        const struct choice *c = &t->part->choices[i];
        int n = talks_of(t, c->id);
        if (n)
            gather_row_add(k, GATHER_SAY(b, "gather.group_count", c->text, int_text(b->a, n)));
    }
    if (t->staff && t->staff < GATHER_FEW) k->note = GATHER_WORD(b, "gather.staff_few");
}

static int by_words(const void *x, const void *y) {
    return strcmp(*(const char *const *)x, *(const char *const *)y);
}

/* What one group said at one question: its words, in the order of the alphabet, and how many
 * said yes. */
static bool group_row(struct talks *t, struct gather_block *k, const struct item *item,
                      const struct choice *group) {
    int most = t->section->rooms_count * item->parts_count, n = 0, yes = 0, no = 0;
    const char **words = ARENA_ARRAY(t->b->a, const char *, most + 1);
    for (int r = 0; r < t->section->rooms_count; r++) {
        if (!text_equal(t->groups[r], group->id)) continue;
        for (int p = 0; p < item->parts_count; p++) {
            const struct walk_part *w =
                part_in(t->section, item, &t->section->rooms[r], &item->parts[p]);
            if (!w || !w->answer) continue;
            const struct answer_value *v = &w->answer->value;
            if (w->part->kind == PART_WORDS && !text_blank(v->text))
                words[n++] = GATHER_SAY(t->b, "finish.quote", v->text);
            if (w->part->kind != PART_YES_NO) continue;
            yes += text_equal(v->word, "yes");
            no += text_equal(v->word, "no");
        }
    }
    if (kept_back(t, group->id) || (!n && !yes && !no)) return false;
    if (n) qsort(words, (size_t)n, sizeof *words, by_words);
    struct gather_row *row = gather_row_add(k, group->text);
    row->strong = true;
    for (int i = 0; i < n; i++)
        row->sub = i ? arena_printf(t->b->a, "%s\n%s", row->sub, words[i]) : words[i];
    if (text_equal(group->id, STAFF) && yes + no < GATHER_FEW) return true;
    row->yes = yes;
    row->no = no;
    row->of = yes + no;
    return true;
}

static void question(struct talks *t, const struct item *item) {
    struct gather_build *b = t->b;
    if (b->g->blocks_count >= GATHER_BLOCKS_MOST - 2) return;
    struct gather_block *k = gather_block_add(b, item->text, t->part->choices_count);
    bool any = false;
    k->columns = true;
    for (int g = 0; g < t->part->choices_count; g++)
        any |= group_row(t, k, item, &t->part->choices[g]);
    if (!any) b->g->blocks_count--;
}

/* A worker's, or nobody said whose: then it may be. */
static bool talk_kept(const struct talks *t, const struct walk_room *room) {
    for (int r = 0; room && r < t->section->rooms_count; r++)
        if (room == &t->section->rooms[r])
            return !*t->groups[r] || text_equal(t->groups[r], STAFF);
    return false;
}

/* Nothing of a worker's talk stands under that talk. */
static void hide_staff(struct talks *t) {
    for (int i = 0; i < t->section->items_count; i++) {
        struct walk_item *w = &t->section->items[i];
        if (!talk_kept(t, w->room)) continue;
        for (int p = 0; p < w->parts_count; p++) {
            w->parts[p].answer = w->parts[p].other = NULL;
            w->parts[p].answered = false;
            w->parts[p].verdict = VERDICT_NONE;
        }
        w->answered = false;
        w->finding = NULL;
        w->verdict = VERDICT_NONE;
        w->severity = 0;
        w->evidence = (struct evidence_list){0};
    }
}

/* The one who leads the talks sees their own notes until the check is closed. */
static bool writer_now(const struct gather_build *b) {
    const struct walk_model *m = b->m;
    return !b->c->reading && !m->sealed && m->checker == m->holder;
}

void gather_talks(struct gather_build *b) {
    struct talks t = {.b = b};
    if (!find_section(&t)) return;
    read_groups(&t);
    if (b->c->reading) {
        whom(&t);
        for (int i = 0; i < t.section->section->items_count; i++)
            question(&t, &b->m->form->items[t.section->section->first_item + i]);
    }
    if (!writer_now(b)) hide_staff(&t);
}
