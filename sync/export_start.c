/* export_start.c -- what goes into a bundle, who can read it, and how its file begins.
 *
 * Everything is fixed here, before the first record is read; see exporting.h. */
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "sync/enrol.h"
#include "sync/exporting.h"
#include "sync/had.h"

#define PROGRAM_NAME "Lantern 1"
#define ROOM_BYTES   (256 * 1024) /* free space that a bundle never asks for less than */

static enum status fill_manifest(struct export *e, const struct export_options *o, int64_t now,
                                 const hash256 *provider) {
    struct journal_self self;
    journal_self(e->j, &self);
    struct manifest *m = &e->manifest;
    *m = (struct manifest){.purpose = o->purpose,
                           .made_at = now,
                           .made_offset_min = (int16_t)london_offset_min(now),
                           .provider = *provider,
                           .sections = (uint32_t)e->sections_count,
                           .copies = (uint32_t)e->copies_count,
                           .receipt = e->receipt.size > 0};
    memcpy(m->carrier, self.key, sizeof m->carrier);
    for (size_t i = 0; i < e->sections_count; i++)
        m->records +=
            (uint64_t)(e->sections[i].section.last_seq - e->sections[i].section.first_seq + 1);
    text_copy(m->program, sizeof m->program, PROGRAM_NAME);
    if (o->purpose == BUNDLE_PACK && o->for_tablet)
        text_copy(m->tablet, sizeof m->tablet, o->for_tablet);
    return plan_carrier_name(e->j, &e->arena, m->carrier_name);
}

/* Blobs that the office has records of, but not the bytes. */
static void add_lacking(struct export *e, const struct receipt *r) {
    for (uint32_t i = 0; i < r->lacking_count; i++)
        if (blob_have(e->j, &r->lacking[i])) hash_set_add(&e->names, &r->lacking[i]);
}

static enum status choose_readers(struct export *e, const struct export_options *o) {
    if (o->purpose == BUNDLE_TO_OFFICE)
        return o->open ? STATUS_OK : enrol_readers(e->j, e->readers, &e->readers_count);
    if (o->seal_to) memcpy(e->readers[e->readers_count++], o->seal_to, 32);
    if (o->code && !enrol_code_read(o->code, e->code))
        return status_fail(STATUS_INVALID,
                           "That is not a code: a code has twelve letters and digits.");
    return STATUS_OK;
}

bool export_is_sealed(const struct export *e) {
    return e->readers_count > 0 || e->code[0];
}

static enum status say_credentials(struct export *e, const struct export_options *o) {
    enum status s = enrol_credentials(e->j, &e->arena, o->purpose, &e->credentials);
    if (s || !o->token) return s;
    BELIEVE(o->purpose == BUNDLE_PACK && o->code); /* a token never lies open */
    e->credentials.token_any = true;
    memcpy(e->credentials.token, o->token, TOKEN_BYTES);
    return STATUS_OK;
}

static enum status plan(struct export *e, const struct export_options *o) {
    int64_t now = clock_wall(journal_clock(e->j));
    bool pack_wanted = o->purpose == BUNDLE_PACK, any = false;
    struct receipt receipt;
    hash256 provider;
    e->withheld = o->withheld;
    e->withheld_count = o->withheld_count;
    enum status s = choose_readers(e, o);
    if (!s) s = say_credentials(e, o); /* first: it may finish a change of keys */
    if (!s) s = provider_id(e->j, &provider);
    if (!s) s = union_logs(e->j, &e->arena, &e->logs, &e->logs_count);
    if (!s && !pack_wanted) s = receipt_load(e->j, &e->arena, &any, &receipt);
    if (s) return s;
    if (any && !o->everything) s = had_load(e->j, &e->had);
    if (s) return s;
    if (any) add_lacking(e, &receipt);
    s = plan_sections(e->j, &e->arena, o->purpose, any && !o->everything ? &receipt : NULL,
                      &provider, now, &e->sections, &e->sections_count);
    if (!s && pack_wanted)
        s = plan_copies(e->j, &e->arena, o->copies, o->copies_count, &e->copies,
                        &e->copies_count);
    if (!s && pack_wanted) s = receipt_make(e->j, &provider, now, &e->arena, &e->receipt);
    if (!s) s = fill_manifest(e, o, now, &provider);
    return s;
}

/* Nothing to say, nothing said: so were all bundles before there was enrolment. */
static void write_credentials(struct export *e) {
    static const uint8_t none[32];
    const struct credentials *c = &e->credentials;
    bool any = c->office_at || c->token_any || c->successions_count || c->proofs_count ||
               memcmp(c->recovery, none, sizeof none) != 0;
    if (!any) return;
    buf_clear(&e->payload);
    credentials_put(&e->payload, c);
    writer_block(&e->writer, BLOCK_CREDENTIALS, &e->payload);
    if (e->payload.size) key_wipe(e->payload.data, e->payload.size);
}

static enum status begin_file(struct export *e, const char *path) {
    int64_t room = file_free_bytes(path_dir(&e->arena, path));
    if (room >= 0 && room < ROOM_BYTES)
        return status_fail(STATUS_DISK_FULL, "There is no room left there.");
    struct writer_readers readers = {
        .keys = e->readers[0], .count = e->readers_count, .code = e->code[0] ? e->code : NULL};
    enum status s = writer_open_for(&e->writer, path, &readers);
    if (s) return s;
    manifest_put(&e->payload, &e->manifest);
    writer_block(&e->writer, BLOCK_MANIFEST, &e->payload);
    buf_clear(&e->payload);
    for (size_t i = 0; i < e->sections_count; i++)
        section_put(&e->payload, &e->sections[i].section);
    writer_block(&e->writer, BLOCK_TABLE, &e->payload);
    write_credentials(e);
    return e->writer.status;
}

enum status export_begin(struct export *e, const struct export_options *o) {
    enum status s = plan(e, o);
    if (!s) s = begin_file(e, o->path);
    if (!s && e->sections_count) e->next_seq = e->sections[0].section.first_seq;
    return s;
}
