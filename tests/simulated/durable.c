/* Stands before the C library in the simulation and keeps, beside each file of a ledger in a folder whose power may go,
 * a twin of what an fsync has returned for: NAME.durable. Loaded by LD_PRELOAD; tests/simulated/power.rs builds it.
 *
 * A file counts where its path holds MARK and it is the database or its log; what is written to it since the last
 * fsync, through one descriptor, is one range. Whoever else syncs the file brings only what went through their own
 * descriptor: a promise that leans on that is none. Each descriptor belongs to one thread at a time, so nothing is locked.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MARK "/tillback-power-"
#define FILES 4096
#define PATH 512

static struct {
    enum { UNKNOWN, NOT_OURS, OURS } is;
    long from, to;
    char twin[PATH];
} files[FILES];

static int ours(int file) {
    if (file < 0 || file >= FILES) return 0;
    if (files[file].is == UNKNOWN) {
        char link[64], path[PATH];
        snprintf(link, sizeof link, "/proc/self/fd/%d", file);
        ssize_t length = readlink(link, path, sizeof path - 16);
        files[file].is = NOT_OURS;
        if (length <= 0) return 0;
        path[length] = 0;
        const char *name = strrchr(path, '/');
        if (!strstr(path, MARK) || (strcmp(name, "/ledger.db") && strcmp(name, "/ledger.db-wal"))) return 0;
        snprintf(files[file].twin, PATH, "%s.durable", path);
        files[file].from = files[file].to = 0;
        files[file].is = OURS;
    }
    return files[file].is == OURS;
}

static void wrote(int file, long offset, ssize_t count) {
    if (count <= 0) return;
    long end = offset + count;
    if (files[file].from == files[file].to) files[file].from = offset, files[file].to = end;
    if (offset < files[file].from) files[file].from = offset;
    if (end > files[file].to) files[file].to = end;
}

/* A twin that cannot be written must not look like one that is whole. */
static void synced(int file) {
    static __thread char part[1 << 16];
    struct stat now;
    long at = files[file].from, twin = syscall(SYS_openat, AT_FDCWD, files[file].twin, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (twin < 0 || fstat(file, &now) != 0) abort();
    while (at < files[file].to) {
        size_t want = (size_t)(files[file].to - at) < sizeof part ? (size_t)(files[file].to - at) : sizeof part;
        long got = syscall(SYS_pread64, file, part, want, at);
        if (got < 0 || (got > 0 && syscall(SYS_pwrite64, twin, part, got, at) != got)) abort();
        if (got == 0) break; /* cut off since it was written */
        at += got;
    }
    if (syscall(SYS_ftruncate, twin, now.st_size) != 0) abort();
    syscall(SYS_close, twin);
    files[file].from = files[file].to = 0;
}

ssize_t write(int file, const void *bytes, size_t count) {
    long offset = ours(file) ? lseek(file, 0, SEEK_CUR) : 0;
    ssize_t done = syscall(SYS_write, file, bytes, count);
    if (ours(file)) wrote(file, offset, done);
    return done;
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
    ssize_t done = syscall(SYS_pwrite64, file, bytes, count, offset);
    if (ours(file)) wrote(file, offset, done);
    return done;
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) { return pwrite64(file, bytes, count, offset); }

int fsync(int file) {
    int done = (int)syscall(SYS_fsync, file);
    if (done == 0 && ours(file)) synced(file);
    return done;
}

int fdatasync(int file) { return fsync(file); }

int close(int file) {
    if (file >= 0 && file < FILES) files[file].is = UNKNOWN;
    return (int)syscall(SYS_close, file);
}
