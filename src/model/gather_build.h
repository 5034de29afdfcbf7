/* gather_build.h -- what the files of gather share while its blocks are put together. */
#ifndef MODEL_GATHER_BUILD_H
#define MODEL_GATHER_BUILD_H

#include "model/gather_load.h"
#include "store/query.h"

#define GATHER_BLOCKS_MOST 60

struct gather_build {
    const struct load_context *c;
    struct arena *a;
    const struct walk_model *m;
    struct gather *g;
    struct gather_block *blocks;
};
struct gather_block *gather_block_add(struct gather_build *b, const char *title, int rows_most);
struct gather_row *gather_row_add(struct gather_block *k, const char *text);
/* "people=6,families=2": the number behind a name, 0 none. */
int64_t gather_list_count(const char *list, const char *id);
/* One file each: adds the blocks of that use. */
MUST_CHECK enum status gather_team(struct gather_build *b);
MUST_CHECK enum status gather_pilot(struct gather_build *b);
void gather_talks(struct gather_build *b);
MUST_CHECK enum status gather_mock(struct gather_build *b);
MUST_CHECK enum status gather_about(struct gather_build *b);
#define GATHER_SAY(b, key, ...) words_say((b)->a, (b)->c->words, key, __VA_ARGS__)
#define GATHER_WORD(b, key)     word((b)->c->words, key)

#endif
