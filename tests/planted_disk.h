/* planted_disk.h -- the search of planted.h on the disk of vfs_shim.c and file_shim.c: as it
 * lies there, and in every write that it was ever given.
 *
 * Whatever a power cut leaves is made of those writes, so words that are in none of them can be
 * on no disk, save one that two writes put together; for that the disks are built and searched
 * too. Included after the two shims. */
#ifndef TESTS_PLANTED_DISK_H
#define TESTS_PLANTED_DISK_H

#include "planted.h"

static inline void seek_shim(struct sought *s) {
    for (int i = 0; i < SHIM_FILES; i++) {
        const struct shim_file *f = &shim.files[i];
        if (!f->name[0] || !f->there) continue;
        s->files++;
        seek_bytes(s, f->bytes, (size_t)f->size, f->name);
    }
    seek_bytes(s, shim.nameless, shim.nameless_n, "a file without a name");
}

/* From that operation on. Returns how many wrote something. */
static inline size_t seek_writes(struct sought *s, size_t from) {
    size_t writes = 0;
    for (size_t i = from; i < shim.n_ops; i++) {
        const struct shim_op *op = &shim.ops[i];
        const struct file_op *beside =
            op->type == SHIM_OTHER ? &files.ops[(size_t)op->file] : NULL;
        if (beside)
            seek_bytes(s, (const uint8_t *)beside->name, strlen(beside->name), "a name");
        if (beside) seek_bytes(s, (const uint8_t *)beside->to, strlen(beside->to), "a name");
        if (beside && beside->bytes)
            seek_bytes(s, beside->bytes, (size_t)beside->size, "a write beside the database");
        if (!beside && op->bytes)
            seek_bytes(s, op->bytes, (size_t)op->size, shim.files[op->file].name);
        writes += beside ? beside->bytes != NULL : op->bytes != NULL;
    }
    seek_bytes(s, shim.nameless, shim.nameless_n, "a file without a name");
    return writes;
}

/* The folder beside, and the disk. */
static inline void none_on_disk(const char *dir, const char *when, struct sought *all) {
    struct sought s = {0};
    if (dir) seek_folder(&s, dir);
    seek_shim(&s);
    if (s.found) fail_msg("%s: %d words and %d secrets lie open", when, s.words, s.secrets);
    assert_true(s.files > 0 && s.bytes > 0);
    if (all) sought_add(all, &s);
}

static inline void disk_forget(void) {
    shim.recording = shim.keep_nameless = false;
    shim_forget_ops();
    shim_forget_files();
    files_forget();
}

#endif
