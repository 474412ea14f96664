// How glibc keeps memory that was given back. Left alone, the first check of a PIN (Argon2id, 19 MiB) teaches it to keep
// blocks of that size, in a heap of each thread that ever checked one: a week's till stood at 145 MB where 35 do
// (docs/week.md, week-camera.md). With a fixed limit such blocks go back to the system when they are freed, the picture of
// the window's letters too, which is made anew, twice as large, when it is full, here and in OpenGL; smaller ones are kept
// and used again as ever. In C because Rust's way to say this is unsafe, which the program forbids itself; build.rs links
// it into the program alone, on Linux with glibc.
#include <malloc.h>

__attribute__((constructor)) static void give_large_blocks_back(void) {
    mallopt(M_MMAP_THRESHOLD, 1024 * 1024);
    // Setting one switches off how glibc adapts the other: 128 KiB would be trimmed and fetched again with each frame.
    mallopt(M_TRIM_THRESHOLD, 8 * 1024 * 1024);
}
