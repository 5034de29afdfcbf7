/* paper_inside.h -- what the files of the papers share. */
#ifndef APP_PAPER_INSIDE_H
#define APP_PAPER_INSIDE_H

#include "app/app_state.h"
#include "app/papers.h"
#include "base/text.h"
#include "media/pdf.h"
#include "model/evidence_load.h"
#include "model/found_model.h"
#include "model/paper_load.h"

#define INK      0x1D2733
#define MUTE     0x55606B
#define LINE     0xC9C3B6
#define AMBER    0xE39B2D
#define RED      0xB3261E
#define RED_SOFT 0xFBE4E1
#define BROWN    0x7A5000
#define GREEN    0x1F7A4D
#define SOFT     0xF1EEE7
#define WHITE    0xFFFFFF

enum paper_style {
    STYLE_TITLE,
    STYLE_SUB,
    STYLE_CHAPTER,
    STYLE_HEAD,
    STYLE_BODY,
    STYLE_SMALL,
    STYLE_FIGURE,
    STYLE_TAG,
    STYLE_FOOT,
    STYLES
};

/* A worker's label, and what is written in its place on the home's copy. */
struct paper_name {
    const char *label, *role;
    bool part; /* of a whole name */
};
struct paper_seal {
    int64_t at;   /* 0: not sealed */
    hash256 head; /* sealed: the log's newest record before the seal; else the newest now */
    int64_t seq;
    const char *device; /* "tablet B" */
};
struct paper {
    struct app *app;
    struct load_context c;
    struct arena *a;
    struct pdf *p;
    enum paper_copy copy;
    const struct found *f;
    struct evidence_list evidence;
    struct paper_seal seal;
    const char *service, *title, *sub, *kind; /* kind: which paper this is, in words */
    const struct paper_name *names;
    int names_count;
    int pictures; /* whole ones so far */
    struct pdf_box area;
};

/* paper_words.c: what of somebody's words may stand here */
const char *paper_word(const struct paper *d, const char *key);
#define PAPER_SAY(d, key, ...) words_say((d)->a, (d)->app->words, key, __VA_ARGS__)
MUST_CHECK enum status paper_names(struct paper *d, row_id service);
const char *paper_typed(struct paper *d,
                        const char *text); /* without names where none may stand */
const char *paper_masked(struct paper *d, const char *text); /* always without names */
const char *paper_role(struct paper *d, row_id person, const char *else_key);
const char *paper_when(struct paper *d, int64_t ms); /* "Sun 22 Nov 2026, 02:41" */
const char *paper_reference(struct paper *d, bool must, const char *reference);
const char *paper_finding_title(struct paper *d, const struct found_line *l);
const char *paper_finding(struct paper *d, const struct found_line *l); /* in one sentence */
const char *paper_safe(struct paper *d, const char *safe, int64_t at, const char *by);
const char *paper_told_whom(struct paper *d, const struct found_told *t);

/* paper_answer.c: what an answer says, "" nothing */
const char *paper_answer(struct paper *d, const struct part *p, const struct answer_value *v);

/* paper_parts.c: how it looks */
struct pdf_style paper_style(enum paper_style s);
void paper_dress(void *ctx, struct pdf *p, int page,
                 int pages); /* top and bottom of each page */
void paper_title(struct paper *d);
void paper_chapter(struct paper *d, const char *title, float with);
void paper_head(struct paper *d, const char *title, float with);
void paper_text(struct paper *d, enum paper_style s, const char *text);
void paper_fact(struct paper *d, const char *name,
                const char *text); /* name at the left, text beside it */
void paper_list(struct paper *d, const char *const *lines, int n, int lines_most);
float paper_tag(struct paper *d, float x, float y, const char *text,
                int weight); /* 2 filled, 1 framed, 0 light */
const char *paper_hash(struct paper *d, const hash256 *h);

/* paper_evidence.c: photos, voice notes, signatures */
void paper_photos(struct paper *d, float x, const struct evidence *const *all, int n);
float paper_photos_height(const struct evidence_list *e); /* of the first row of them */
void paper_pair(struct paper *d, const struct evidence *before, const struct evidence *after);
void paper_voices(struct paper *d, float x, const struct evidence *const *all, int n);
void paper_evidence(struct paper *d, float x, const struct evidence_list *e, bool voices);
void paper_signature(struct paper *d, const struct found_signature *g);

/* the papers themselves */
MUST_CHECK enum status paper_check(struct paper *d, row_id visit);
MUST_CHECK enum status paper_home(struct paper *d, row_id visit);
MUST_CHECK enum status paper_action(struct paper *d, row_id action);
MUST_CHECK enum status paper_said(struct paper *d, row_id feedback);
MUST_CHECK enum status paper_self(struct paper *d, row_id person);
/* paper_gather.c */
void paper_gather(struct paper *d); /* what no walk came to */
void paper_table(struct paper *d);  /* all of a check that was filled in at a table */
void paper_front(struct paper *d); /* paper_front.c: page one of the full copy */
void paper_findings(
    struct paper *d); /* paper_found.c: each finding with its photos and action */
void paper_finding_block(struct paper *d, const struct found_line *l, bool last);
void paper_how(struct paper *d); /* paper_how.c: how it was done, what was not looked at */
void paper_counts(struct paper *d);
void paper_told(struct paper *d); /* paper_told.c */
void paper_end_with_seal(struct paper *d);
MUST_CHECK enum status paper_of_check(struct paper *d,
                                      row_id visit); /* reads what both copies need */
MUST_CHECK enum status paper_seal(struct paper *d,
                                  row_id visit); /* visit 0: the newest record alone */

#endif
