/* pdf_draw.c -- rules, boxes, signatures and photos on a page. */
#include "media/pdf_inside.h"

#define ROUND     0.5523F /* a quarter of a circle as a curve */
#define JPEG_MOST (64u << 20)
#define SIDE_MOST 30000

struct rgb {
    float r, g, b;
};
static struct rgb rgb_of(uint32_t c) {
    return (struct rgb){(float)(c >> 16 & 255) / 255, (float)(c >> 8 & 255) / 255,
                        (float)(c & 255) / 255};
}

static void path(HPDF_Page g, struct pdf_box r, float round) {
    float x1 = r.x, x2 = r.x + r.w, y1 = PDF_PAGE_H - r.y, y2 = PDF_PAGE_H - r.y - r.h;
    float most = (r.w < r.h ? r.w : r.h) / 2, q = round < most ? round : most;
    float k = q * (1 - ROUND);
    if (q <= 0) {
        HPDF_Page_Rectangle(g, x1, y2, r.w, r.h);
        return;
    }
    HPDF_Page_MoveTo(g, x1 + q, y1);
    HPDF_Page_LineTo(g, x2 - q, y1);
    HPDF_Page_CurveTo(g, x2 - k, y1, x2, y1 - k, x2, y1 - q);
    HPDF_Page_LineTo(g, x2, y2 + q);
    HPDF_Page_CurveTo(g, x2, y2 + k, x2 - k, y2, x2 - q, y2);
    HPDF_Page_LineTo(g, x1 + q, y2);
    HPDF_Page_CurveTo(g, x1 + k, y2, x1, y2 + k, x1, y2 + q);
    HPDF_Page_LineTo(g, x1, y1 - q);
    HPDF_Page_CurveTo(g, x1, y1 - k, x1 + k, y1, x1 + q, y1);
    HPDF_Page_ClosePath(g);
}

void pdf_fill(struct pdf *p, struct pdf_box r, uint32_t color, float radius) {
    HPDF_Page g = pdf_page(p);
    struct rgb c = rgb_of(color);
    if (!g || !tag_begin(p, PDF_NOTHING, NULL)) return;
    HPDF_Page_SetRGBFill(g, c.r, c.g, c.b);
    path(g, r, radius);
    HPDF_Page_Fill(g);
    tag_end(p);
}

void pdf_outline(struct pdf *p, struct pdf_box r, uint32_t color, float radius, float width) {
    HPDF_Page g = pdf_page(p);
    struct rgb c = rgb_of(color);
    if (!g || !tag_begin(p, PDF_NOTHING, NULL)) return;
    HPDF_Page_SetRGBStroke(g, c.r, c.g, c.b);
    HPDF_Page_SetLineWidth(g, width);
    path(g, r, radius);
    HPDF_Page_Stroke(g);
    tag_end(p);
}

void pdf_rule(struct pdf *p, float x1, float y1, float x2, float y2, uint32_t color,
              float width) {
    HPDF_Page g = pdf_page(p);
    struct rgb c = rgb_of(color);
    if (!g || !tag_begin(p, PDF_NOTHING, NULL)) return;
    HPDF_Page_SetRGBStroke(g, c.r, c.g, c.b);
    HPDF_Page_SetLineWidth(g, width);
    HPDF_Page_MoveTo(g, x1, PDF_PAGE_H - y1);
    HPDF_Page_LineTo(g, x2, PDF_PAGE_H - y2);
    HPDF_Page_Stroke(g);
    tag_end(p);
}

/* Each piece has the width of the pressure there; round ends make them one line. */
void pdf_stroke(struct pdf *p, struct pdf_box r, const float *points, const float *widths,
                int count, uint32_t color) {
    HPDF_Page g = pdf_page(p);
    struct rgb c = rgb_of(color);
    if (!g || count < 1 || !tag_begin(p, PDF_NOTHING, NULL)) return;
    HPDF_Page_SetRGBStroke(g, c.r, c.g, c.b);
    HPDF_Page_SetLineCap(g, HPDF_ROUND_END);
    for (int i = count > 1; i < count; i++) {
        int from = i ? i - 1 : 0;
        HPDF_Page_SetLineWidth(g, widths[i]);
        HPDF_Page_MoveTo(g, r.x + r.w * points[2 * from],
                         PDF_PAGE_H - r.y - r.h * points[2 * from + 1]);
        HPDF_Page_LineTo(g, r.x + r.w * points[2 * i],
                         PDF_PAGE_H - r.y - r.h * points[2 * i + 1]);
        HPDF_Page_Stroke(g);
    }
    HPDF_Page_SetLineCap(g, HPDF_BUTT_END);
    tag_end(p);
}

enum status pdf_picture_load(struct pdf *p, const void *jpeg, size_t n,
                             const struct pdf_picture **out) {
    if (p->status) return p->status;
    if (n < 4 || n > JPEG_MOST) return status_fail(STATUS_DAMAGED, "picture of %zu bytes", n);
    HPDF_Image image = HPDF_LoadJpegImageFromMem(p->doc, jpeg, (HPDF_UINT)n);
    HPDF_Point size = {0, 0};
    if (image) size = HPDF_Image_GetSize(image);
    if (!image || size.x < 1 || size.y < 1 || size.x > SIDE_MOST || size.y > SIDE_MOST) {
        unsigned long e = HPDF_GetError(p->doc);
        HPDF_ResetError(p->doc);
        return status_fail(STATUS_DAMAGED, "picture 0x%lx", e);
    }
    struct pdf_picture *i = ARENA_NEW(&p->own, struct pdf_picture);
    *i = (struct pdf_picture){.image = image, .w = size.x, .h = size.y};
    *out = i;
    return STATUS_OK;
}

struct pdf_box pdf_picture_fit(const struct pdf_picture *i, struct pdf_box r) {
    float k = r.w / i->w;
    if (i->h * k > r.h) k = r.h / i->h;
    return (struct pdf_box){r.x, r.y, i->w * k, i->h * k};
}

void pdf_picture_at(struct pdf *p, const struct pdf_picture *i, struct pdf_box r,
                    const char *says) {
    HPDF_Page g = pdf_page(p);
    if (!g || !tag_begin(p, PDF_NOTHING, says ? says : "")) return;
    HPDF_Page_DrawImage(g, i->image, r.x, PDF_PAGE_H - r.y - r.h, r.w, r.h);
    tag_end(p);
}
