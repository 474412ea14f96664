//! What a crash may leave behind of the memory, where the token and PINs are: nothing.
//!
//! **No core dump is written, by the kernel or by a handler of the system, and no other program of the same user reads
//! this process's memory or environment** (Linux: `proc(5)`, "dumpable"). Where a system knows no such thing, the till
//! runs all the same.

/// Before anything else in the process.
pub(super) fn keep_private() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        // A lower limit is never refused; a system without the notion is no reason not to run.
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        // The limit does not hold for handlers that the kernel pipes a dump to; this does.
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}
