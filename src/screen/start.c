/* start.c -- begins a check: which form, how long, whether the home knows, why, who is in
 * charge. The defaults fit the hour, so that a night check starts in two taps from Home, in the
 * car park; the rest can wait.
 *
 * Journey: start_load → here → intent visit_start or visit_join → app/act_visit.c → the walk.
 */
#include "screen/start_screen.h"

#include "base/text.h"

#define READING_DP  960.0F
#define PEOPLE_MOST 24

static const char *const reasons[] = {"routine", "worry", "follow_up", "incident"};

const struct start_form *start_chosen(const struct start_draw *w) {
    for (int i = 0; i < w->m->forms_count; i++) {
        if (text_equal(w->m->forms[i].form->code, w->st->code)) return &w->m->forms[i];
    }
    int first = w->proposed_count ? w->proposed[0].form : w->m->suggested;
    return first >= 0 ? &w->m->forms[first] : NULL;
}

const struct form_length *start_length(const struct start_draw *w) {
    const struct start_form *f = start_chosen(w);
    if (!f || !f->form->lengths_count) return NULL;
    const char *wanted = *w->st->length ? w->st->length : f->last_length;
    for (int i = 0; i < f->form->lengths_count; i++) {
        if (text_equal(f->form->lengths[i].id, wanted)) return &f->form->lengths[i];
    }
    return &f->form->lengths[0];
}

/* By hand, else by rule: as many of those looked at least recently as this length takes. */
uint32_t start_modules(const struct start_draw *w) {
    const struct start_form *f = start_chosen(w);
    const struct form_length *l = start_length(w);
    if (!f || !l || !l->modules) return 0;
    if (l->modules < 0) return UINT32_MAX;
    if (w->st->modules_chosen) return w->st->modules;
    uint32_t bits = 0;
    for (int i = 0; i < f->proposed_count && i < l->modules; i++)
        bits |= 1U << (f->proposed[i] & 31);
    return bits;
}

bool start_unannounced(const struct start_draw *w) {
    const struct start_form *f = start_chosen(w);
    if (w->st->told) return w->st->told == 1;
    return f && f->form->night;
}

void start_section(struct start_draw *w, rect *area, const char *key) {
    rect_cut_top(area, ui_theme(w->u)->gap);
    part_text(w->u, area, FONT_H3, COLOR_INK, COLOR_BG, WORD(w->s, key));
    rect_cut_top(area, ui_theme(w->u)->unit * 2);
}

static const char *in_charge_key(const struct start_draw *w) {
    return arena_printf(ui_arena(w->u), "start/%lld/in_charge", (long long)w->m->service);
}

struct start_intent *start_what(struct start_draw *w) {
    struct arena *a = ui_arena(w->u);
    const struct start_form *f = start_chosen(w);
    const struct form_length *l = start_length(w);
    struct start_intent *d = ARENA_NEW(a, struct start_intent);
    const char *modules = "";
    uint32_t bits = start_modules(w);
    for (int i = 0; f && i < f->form->modules_count && i < 32; i++) {
        if (bits >> i & 1U)
            modules =
                arena_printf(a, "%s%s%s", modules, *modules ? "," : "", f->form->modules[i].id);
    }
    const char *typed = ui_field_text(w->u, in_charge_key(w));
    *d = (struct start_intent){.service = w->m->service,
                               .checker = w->m->holder,
                               .in_charge = w->st->in_charge,
                               .in_charge_text = w->st->in_charge ? "" : typed,
                               .template_code = f ? f->form->code : "",
                               .length = l ? l->id : "full",
                               .modules = modules,
                               .reason = reasons[w->st->reason],
                               .unannounced = start_unannounced(w)};
    return d;
}

/* ---- the choices ---- */

static void unfinished(struct start_draw *w, rect *area) {
    if (!w->m->unfinished) return;
    const char *when = time_day_hm(ui_arena(w->u), w->m->unfinished_at);
    struct button b = {.label = SAY(w->u, w->s, "start.go_on", w->m->unfinished_form, when),
                       .icon = ICON_ARROW_RIGHT};
    rect r =
        rect_cut_top(area, ui_button_height(w->u, &b, area->w, ui_theme(w->u)->touch_primary));
    rect_cut_top(area, ui_theme(w->u)->gap);
    if (!ui_button(w->u, r, &b)) return;
    struct intent in = part_go(SCREEN_walk, w->m->unfinished, 0, NULL);
    in.kind = INTENT_replace;
    w->out = in;
}

static void services(struct start_draw *w, rect *area) {
    if (w->m->services_count < 2) return;
    start_section(w, area, "start.service");
    const char **labels = ARENA_ARRAY(ui_arena(w->u), const char *, w->m->services_count);
    bool *on = ARENA_ARRAY(ui_arena(w->u), bool, w->m->services_count);
    for (int i = 0; i < w->m->services_count; i++) {
        labels[i] = w->m->services[i].name;
        on[i] = w->m->services[i].row == w->m->service;
    }
    int tapped = part_chips(w->u, area, "services", labels, on, w->m->services_count);
    if (tapped < 0 || on[tapped]) return;
    w->st->in_charge = 0;
    w->out = (struct intent){.kind = INTENT_choose_service, .row = w->m->services[tapped].row};
}

static void told(struct start_draw *w, rect *area) {
    start_section(w, area, "start.how");
    struct option o[] = {
        {.label = WORD(w->s, "start.unannounced"),
         .icon = ICON_EYE,
         .role = BUTTON_MAIN,
         .outline_only = true},
        {.label = WORD(w->s, "start.announced"),
         .icon = ICON_HANDSHAKE,
         .role = BUTTON_MAIN,
         .outline_only = true},
    };
    int tapped = part_options(w->u, area, "told", o, 2, start_unannounced(w) ? 0 : 1,
                              ui_theme(w->u)->touch_primary);
    if (tapped >= 0) w->st->told = tapped + 1;
    start_section(w, area, "start.reason");
    struct option why[] = {
        {.label = WORD(w->s, "start.routine"), .role = BUTTON_MAIN, .outline_only = true},
        {.label = WORD(w->s, "start.worry"), .role = BUTTON_MAIN, .outline_only = true},
        {.label = WORD(w->s, "start.follow_up"), .role = BUTTON_MAIN, .outline_only = true},
        {.label = WORD(w->s, "start.incident"), .role = BUTTON_MAIN, .outline_only = true}};
    tapped = part_options(w->u, area, "reason", why, 4, w->st->reason,
                          ui_theme(w->u)->touch_primary);
    if (tapped >= 0) w->st->reason = tapped;
}

static void in_charge(struct start_draw *w, rect *area) {
    const char *labels[PEOPLE_MOST];
    bool on[PEOPLE_MOST];
    int n = w->m->people_count < PEOPLE_MOST ? w->m->people_count : PEOPLE_MOST;
    start_section(w, area, "start.in_charge");
    for (int i = 0; i < n; i++) {
        labels[i] = w->m->people[i].label;
        on[i] = w->m->people[i].row == w->st->in_charge;
    }
    int tapped = part_chips(w->u, area, "charge", labels, on, n);
    if (tapped >= 0) w->st->in_charge = on[tapped] ? 0 : w->m->people[tapped].row;
    if (w->st->in_charge) return;
    struct field f = {.key = in_charge_key(w),
                      .hint = WORD(w->s, "start.in_charge_words"),
                      .name = WORD(w->s, "start.in_charge_words"),
                      .lines = 1,
                      .bytes_max = 120};
    ui_field(w->u, rect_cut_top(area, ui_field_height(w->u, &f, area->w)), &f);
    rect_cut_top(area, ui_theme(w->u)->gap);
}

static void holder(struct start_draw *w, rect *area) {
    const char *who = text_blank(w->m->holder_label)
                          ? WORD(w->s, "start.no_holder")
                          : SAY(w->u, w->s, "start.holder", w->m->holder_label);
    rect_cut_top(area, ui_theme(w->u)->gap);
    part_text(w->u, area, FONT_SMALL, COLOR_MUTE, COLOR_BG, who);
}

static void content(struct start_draw *w, rect *area) {
    if (!w->m->service || !w->m->forms_count) {
        part_text(w->u, area, FONT_BODY, COLOR_MUTE, COLOR_BG,
                  WORD(w->s, w->m->service ? "start.no_forms" : "start.no_service"));
        services(w, area);
        return;
    }
    unfinished(w, area);
    services(w, area);
    start_forms(w, area);
    start_lengths(w, area);
    start_more(w, area);
    told(w, area);
    in_charge(w, area);
    start_join(w, area);
    holder(w, area);
}

static struct intent draw(struct ui *u, const struct scene *s, void *state, const void *model,
                          rect area) {
    struct start_draw w = {.u = u, .s = s, .m = model, .st = state};
    const struct theme *t = ui_theme(u);
    bool ready = w.m->service && w.m->forms_count;
    start_propose(&w);
    if (!w.st->entered) ui_scroll_to(u, "start", 0);
    w.st->entered = 1;
    const struct start_form *form = ready ? start_chosen(&w) : NULL;
    struct header_result r = part_header(
        u, s, &area,
        &(struct header){.title = WORD(s, "start.title"),
                         .sub = w.m->service_name,
                         .close = true,
                         .main = ready ? WORD(s, "start.start") : NULL,
                         .main_icon =
                             form && form->form->night ? ICON_MOON_STARS : ICON_CLIPBOARD_TEXT,
                         .no_saved = true});
    rect inner = ui_scroll_begin(u, area, "start");
    float pad = part_width(u, area) == WIDTH_PHONE ? t->screen_pad * 0.66F : t->screen_pad;
    rect in = rect_inset(inner, pad, 0);
    float widest = READING_DP * ui_text_scale(u);
    if (in.w > widest) in = rect_make(in.x + (in.w - widest) / 2, in.y, widest, in.h);
    float top = in.y;
    rect_cut_top(&in, t->screen_pad * 0.5F);
    content(&w, &in);
    ui_scroll_end(u, in.y - top + t->screen_pad);
    if (r.tap == HEADER_MAIN) {
        w.out = (struct intent){
            .kind = INTENT_visit_start, .detail = start_what(&w), .draft = in_charge_key(&w)};
    } else if (r.tap) {
        w.out = part_header_intent(r);
    }
    return w.out;
}

const struct screen screen_start = {
    .name = "start", .state_size = sizeof(struct start_state), .draw = draw};
