//! What the command line says: for machines and readers on standard output, for people beside it on standard error.
//!
//! **A reader that has gone, as in `tillback refunds list | head`, is no fault and no panic**: the command ends quietly
//! ([`is_gone`]). **What could not be written otherwise is an error**: a full disk must not make half a file look whole.
//! What is said beside it is lost without a word where nobody can hear it.

use std::fmt::Arguments;
use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// A line on standard output, as with `println!`; an error ends the function.
macro_rules! say {
    ($($text:tt)*) => { $crate::cli::out::line(::std::format_args!($($text)*))? };
}

/// A line on standard error, as with `eprintln!`.
macro_rules! tell {
    ($($text:tt)*) => { $crate::cli::out::beside(::std::format_args!($($text)*)) };
}

/// A line on standard output.
pub(super) fn line(text: Arguments<'_>) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_fmt(text)?;
    out.write_all(b"\n")
}

/// Lines on standard output, with the last one's end in the text.
pub(super) fn lines(text: &str) -> io::Result<()> {
    io::stdout().lock().write_all(text.as_bytes())
}

/// A line on standard error.
pub(super) fn beside(text: Arguments<'_>) {
    let mut out = io::stderr().lock();
    let _ = out.write_fmt(text).and_then(|()| out.write_all(b"\n"));
}

/// The start of a line that somebody ends by typing.
pub(super) fn ask(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// A new file for its owner alone. **One that is there is never written over**, whatever somebody named.
pub(super) fn new_file(path: &Path) -> anyhow::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => anyhow::anyhow!("{} is there already; name another file", path.display()),
        _ => anyhow::Error::new(error).context(format!("{} can't be written", path.display())),
    })
}

/// Whether a command failed because nobody reads its output any more.
pub(super) fn is_gone(error: &anyhow::Error) -> bool {
    let is_pipe = |error: &io::Error| error.kind() == ErrorKind::BrokenPipe;
    error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(is_pipe))
}

/// `1 copy`, `2 copies`.
pub(super) fn count(number: usize, one: &str, more: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { more })
}
