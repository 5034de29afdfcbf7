/* start_choose.c -- the longer choices of the start screen: a form's length and modules, and
 * joining a check that another tablet has begun. Which form it is: start_forms.c. */
#include "screen/start_screen.h"

#include "base/text.h"

static void modules(struct start_draw *w, rect *area, const struct start_form *f,
                    const struct form_length *l) {
    struct arena *a = ui_arena(w->u);
    const struct template *t = f->form;
    if (l->modules <= 0 || !t->modules_count) return;
    uint32_t bits = start_modules(w);
    const char **labels = ARENA_ARRAY(a, const char *, t->modules_count);
    bool *on = ARENA_ARRAY(a, bool, t->modules_count);
    for (int i = 0; i < t->modules_count; i++) {
        day_no last = f->module_last[i];
        labels[i] =
            last ? SAY(w->u, w->s, "start.module_last", t->modules[i].title, day_text(a, last))
                 : SAY(w->u, w->s, "start.module_never", t->modules[i].title);
        on[i] = i < 32 && (bits >> i & 1U);
    }
    part_text(w->u, area, FONT_SMALL, COLOR_MUTE, COLOR_BG,
              w->st->modules_chosen
                  ? SAY(w->u, w->s, "start.modules_choose", arena_printf(a, "%d", l->modules))
                  : WORD(w->s, "start.modules"));
    rect_cut_top(area, ui_theme(w->u)->unit * 2);
    int tapped = part_chips(w->u, area, "modules", labels, on, t->modules_count);
    if (tapped < 0 || tapped >= 32) return;
    w->st->modules = bits ^ 1U << tapped;
    w->st->modules_chosen = 1;
}

void start_lengths(struct start_draw *w, rect *area) {
    const struct start_form *f = start_chosen(w);
    const struct form_length *now = start_length(w);
    struct option o[8];
    if (!now || f->form->lengths_count < 2) return;
    int n = f->form->lengths_count < 8 ? f->form->lengths_count : 8, selected = 0;
    start_section(w, area, "start.length");
    for (int i = 0; i < n; i++) {
        const struct form_length *l = &f->form->lengths[i];
        const char *minutes = arena_printf(ui_arena(w->u), "%d", l->minutes);
        o[i] = (struct option){.label = l->title,
                               .sub = SAY(w->u, w->s, "start.minutes", minutes),
                               .role = BUTTON_MAIN,
                               .outline_only = true};
        if (l == now) selected = i;
    }
    int tapped =
        part_options(w->u, area, "length", o, n, selected, ui_theme(w->u)->touch_answer);
    if (tapped >= 0) {
        text_copy(w->st->length, sizeof w->st->length, f->form->lengths[tapped].id);
        w->st->modules_chosen = 0;
    }
    modules(w, area, f, now);
}

/* ---- joining ---- */

static bool six_signs(const char *typed) {
    int n = 0;
    for (const char *p = typed ? typed : ""; *p; p++)
        n += *p != ' ' && *p != '-';
    return n == 6;
}

void start_join(struct start_draw *w, rect *area) {
    struct button open = {.label = WORD(w->s, "start.join"), .icon = ICON_USERS};
    rect_cut_top(area, ui_theme(w->u)->gap);
    float wide = ui_button_width(w->u, &open);
    if (wide > area->w) wide = area->w;
    rect r =
        rect_cut_top(area, ui_button_height(w->u, &open, wide, ui_theme(w->u)->touch_primary));
    r.w = wide;
    if (ui_button(w->u, r, &open)) w->st->join = !w->st->join;
    rect_cut_top(area, ui_theme(w->u)->gap);
    if (!w->st->join) return;
    part_text(w->u, area, FONT_SMALL, COLOR_MUTE, COLOR_BG, WORD(w->s, "start.join_why"));
    rect_cut_top(area, ui_theme(w->u)->unit * 2);
    struct field f = {.key = "start/join",
                      .hint = WORD(w->s, "start.join_hint"),
                      .name = WORD(w->s, "start.join_hint"),
                      .lines = 1,
                      .bytes_max = 16,
                      .focus = true};
    struct field_result typed =
        ui_field(w->u, rect_cut_top(area, ui_field_height(w->u, &f, area->w)), &f);
    rect_cut_top(area, ui_theme(w->u)->gap);
    struct button go = {.label = WORD(w->s, "start.join_go"),
                        .role = BUTTON_MAIN,
                        .disabled = !six_signs(typed.text)};
    r = rect_cut_top(area, ui_theme(w->u)->touch_primary);
    r.w = ui_button_width(w->u, &go);
    bool tapped = ui_button(w->u, r, &go) || (typed.entered && six_signs(typed.text));
    rect_cut_top(area, ui_theme(w->u)->gap);
    if (!tapped) return;
    w->out = (struct intent){.kind = INTENT_visit_join,
                             .text = typed.text,
                             .row = w->m->service,
                             .detail = start_what(w),
                             .draft = f.key};
}
