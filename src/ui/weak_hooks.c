/* weak_hooks.c -- a toolkit without fields and keyboard still links. Its name sorts last, so
 * that the linker meets the real ones first. */
#include "ui/ui_internal.h"

__attribute__((weak)) enum status fields_open(struct ui *u) {
    (void)u;
    return STATUS_OK;
}
__attribute__((weak)) void fields_close(struct ui *u) {
    (void)u;
}
__attribute__((weak)) void fields_begin(struct ui *u) {
    (void)u;
}
__attribute__((weak)) void fields_end(struct ui *u) {
    (void)u;
}
__attribute__((weak)) void keyboard_draw(struct ui *u) {
    (void)u;
}
__attribute__((weak)) float keyboard_dp(const struct ui *u) {
    (void)u;
    return 0;
}
