/* Stands before the C library in a till under test and writes down, in the order in which it happens, every change to
 * the ledger's files, every fsync that returned, every line on standard output and every request with a
 * refundReference that goes to a socket. Loaded by LD_PRELOAD; tests/power_cuts.rs builds it and reads what it writes.
 *
 * One mutex is held over each call and its line, so the order of the lines is the order of the calls. What is shown or
 * sent is written down before it happens, an fsync after: never the other way round, or a cut in between would lie.
 *
 *   W name offset length\n<bytes>   T name size   C name   U name   R old new   S name   O length\n<bytes>  N length\n<bytes>
 *
 * The folder itself is the name "."; the file of locks and shared memory is left out: it does not survive a power cut.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define FILES 4096
#define NAME 64

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static int trace = -1;
static char folder[1024];
static char names[FILES][NAME];

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("TILLBACK_RECORD"), *watched = getenv("TILLBACK_RECORD_FOLDER");
    if (!path || !watched || strlen(watched) >= sizeof folder) return;
    strcpy(folder, watched);
    trace = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

/* A line, and bytes behind it. A trace that cannot be written must not look like one that is whole. */
static void say(const char *line, const void *bytes, size_t length) {
    struct iovec parts[2] = {{(void *)line, strlen(line)}, {(void *)bytes, length}};
    if (syscall(SYS_writev, trace, parts, 2) != (long)(parts[0].iov_len + length)) abort();
}

static void say_name(char kind, const char *name, long number) {
    char line[NAME + 64];
    snprintf(line, sizeof line, "%c %s %ld\n", kind, name, number);
    say(line, "", 0);
}

/* The name inside the folder, "." for the folder, nothing for all else. */
static const char *ours(const char *path) {
    size_t length = strlen(folder);
    if (trace < 0 || !path || strncmp(path, folder, length) != 0) return NULL;
    if (path[length] == 0 || (path[length] == '/' && path[length + 1] == 0)) return ".";
    if (path[length] != '/') return NULL;
    const char *name = path + length + 1;
    size_t size = strlen(name);
    if (strncmp(name, "ledger.", 7) != 0 || strchr(name, '/') || strchr(name, ' ') || size >= NAME) return NULL;
    if (size > 4 && strcmp(name + size - 4, "-shm") == 0) return NULL;
    return strcmp(name, "ledger.lock") == 0 ? NULL : name;
}

static const char *name_of(int file) { return file >= 0 && file < FILES && names[file][0] ? names[file] : NULL; }

static int opened(int (*really)(int, const char *, int, mode_t), int at, const char *path, int flags, mode_t mode) {
    pthread_mutex_lock(&one_at_a_time);
    const char *name = ours(path);
    int was_there = name && syscall(SYS_faccessat, AT_FDCWD, path, F_OK) == 0;
    int file = really(at, path, flags, mode);
    if (file >= 0 && file < FILES) {
        names[file][0] = 0;
        if (name) {
            strcpy(names[file], name);
            if (!was_there) say_name('C', name, 0);
            else if (flags & O_TRUNC) say_name('T', name, 0);
        }
    }
    pthread_mutex_unlock(&one_at_a_time);
    return file;
}

static int really_open(int at, const char *path, int flags, mode_t mode) {
    return (int)syscall(SYS_openat, at, path, flags, mode);
}

#define MODE(flags)                                                                                                    \
    mode_t mode = 0;                                                                                                   \
    if ((flags) & (O_CREAT | __O_TMPFILE)) {                                                                           \
        va_list rest;                                                                                                  \
        va_start(rest, flags);                                                                                         \
        mode = va_arg(rest, mode_t);                                                                                   \
        va_end(rest);                                                                                                  \
    }

int open(const char *path, int flags, ...) {
    MODE(flags)
    return opened(really_open, AT_FDCWD, path, flags, mode);
}
int open64(const char *path, int flags, ...) {
    MODE(flags)
    return opened(really_open, AT_FDCWD, path, flags | O_LARGEFILE, mode);
}
int openat(int at, const char *path, int flags, ...) {
    MODE(flags)
    return opened(really_open, at, path, flags, mode);
}
int openat64(int at, const char *path, int flags, ...) {
    MODE(flags)
    return opened(really_open, at, path, flags | O_LARGEFILE, mode);
}

int close(int file) {
    pthread_mutex_lock(&one_at_a_time);
    if (file >= 0 && file < FILES) names[file][0] = 0;
    int done = REAL(close)(file);
    pthread_mutex_unlock(&one_at_a_time);
    return done;
}

static void wrote(const char *name, long offset, const void *bytes, ssize_t count) {
    char line[NAME + 64];
    if (count <= 0) return;
    snprintf(line, sizeof line, "W %s %ld %zd\n", name, offset, count);
    say(line, bytes, (size_t)count);
}

/* Standard output, and sockets where the bytes name a refund. */
static void shown(int file, const void *bytes, size_t count) {
    struct stat kind;
    char line[64];
    char what = 0;
    if (trace < 0) return;
    if (file == 1) what = 'O';
    else if (memmem(bytes, count, "refundReference", 15) && fstat(file, &kind) == 0 && S_ISSOCK(kind.st_mode)) what = 'N';
    if (!what) return;
    snprintf(line, sizeof line, "%c %zu\n", what, count);
    say(line, bytes, count);
}

ssize_t write(int file, const void *bytes, size_t count) {
    pthread_mutex_lock(&one_at_a_time);
    const char *name = name_of(file);
    long offset = name ? lseek(file, 0, SEEK_CUR) : 0;
    if (!name) shown(file, bytes, count);
    ssize_t done = REAL(write)(file, bytes, count);
    if (name) wrote(name, offset, bytes, done);
    pthread_mutex_unlock(&one_at_a_time);
    return done;
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
    pthread_mutex_lock(&one_at_a_time);
    ssize_t done = REAL(pwrite64)(file, bytes, count, offset);
    if (name_of(file)) wrote(name_of(file), offset, bytes, done);
    pthread_mutex_unlock(&one_at_a_time);
    return done;
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) { return pwrite64(file, bytes, count, offset); }

static void shown_parts(int file, const struct iovec *parts, size_t count) {
    static char all[1 << 16];
    size_t length = 0;
    for (size_t i = 0; i < count; i++) {
        size_t part = parts[i].iov_len < sizeof all - length ? parts[i].iov_len : sizeof all - length;
        memcpy(all + length, parts[i].iov_base, part);
        length += part;
    }
    shown(file, all, length);
}

ssize_t writev(int file, const struct iovec *parts, int count) {
    pthread_mutex_lock(&one_at_a_time);
    if (name_of(file)) abort(); /* nobody writes a ledger so; if one day somebody does, this must learn it */
    shown_parts(file, parts, (size_t)count);
    ssize_t done = REAL(writev)(file, parts, count);
    pthread_mutex_unlock(&one_at_a_time);
    return done;
}

ssize_t send(int file, const void *bytes, size_t count, int flags) {
    pthread_mutex_lock(&one_at_a_time);
    shown(file, bytes, count);
    ssize_t done = REAL(send)(file, bytes, count, flags);
    pthread_mutex_unlock(&one_at_a_time);
    return done;
}

ssize_t sendmsg(int file, const struct msghdr *message, int flags) {
    pthread_mutex_lock(&one_at_a_time);
    shown_parts(file, message->msg_iov, message->msg_iovlen);
    ssize_t done = REAL(sendmsg)(file, message, flags);
    pthread_mutex_unlock(&one_at_a_time);
    return done;
}

int fsync(int file) {
    pthread_mutex_lock(&one_at_a_time);
    int done = REAL(fsync)(file);
    if (done == 0 && name_of(file)) say_name('S', name_of(file), 0);
    pthread_mutex_unlock(&one_at_a_time);
    return done;
}

int fdatasync(int file) { return fsync(file); }

int ftruncate64(int file, off64_t size) {
    pthread_mutex_lock(&one_at_a_time);
    int done = REAL(ftruncate64)(file, size);
    if (done == 0 && name_of(file)) say_name('T', name_of(file), size);
    pthread_mutex_unlock(&one_at_a_time);
    return done;
}

int ftruncate(int file, off_t size) { return ftruncate64(file, size); }

int unlink(const char *path) {
    pthread_mutex_lock(&one_at_a_time);
    int done = REAL(unlink)(path);
    if (done == 0 && ours(path)) say_name('U', ours(path), 0);
    pthread_mutex_unlock(&one_at_a_time);
    return done;
}

int rename(const char *from, const char *to) {
    pthread_mutex_lock(&one_at_a_time);
    int done = REAL(rename)(from, to);
    if (done == 0 && (ours(from) || ours(to))) abort(); /* as with writev */
    pthread_mutex_unlock(&one_at_a_time);
    return done;
}
