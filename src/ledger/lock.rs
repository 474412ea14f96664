//! One terminal per ledger: an operating-system lock on a file beside the database.
//!
//! **The lock ends with the process that holds it**, however it ends; nothing is ever left to clean up. **It ends at once
//! where it is given up**: a child that another thread is just starting has a copy of every open file until it runs its
//! own program, and a lock that is merely closed would live on in there. What stands in
//! the file beside it about the holder is for the message only and is never trusted: it is read only once the lock
//! itself was refused.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::Read;
use std::path::Path;

use super::error::{OpenError, io_error};
use crate::domain::{TillName, Timestamp};

/// Most of the holder's own words that are read back.
const MAX_HOLDER_BYTES: u64 = 400;

/// Who holds a ledger, in their own words; any of it can be missing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Holder {
    /// The process number.
    pub pid: Option<u32>,
    /// The till's name.
    pub till: Option<String>,
    /// The computer's name.
    pub host: Option<String>,
    /// Since when.
    pub since: Option<Timestamp>,
}

impl Holder {
    /// This process.
    fn me(till: &TillName, now: Timestamp) -> Self {
        let host = gethostname::gethostname().to_string_lossy().into_owned();
        Self { pid: Some(std::process::id()), till: Some(till.to_string()), host: Some(host), since: Some(now) }
    }

    fn lines(&self) -> String {
        let mut lines = String::new();
        let mut put = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                lines.push_str(&format!("{name}={value}\n"));
            }
        };
        put("pid", self.pid.map(|pid| pid.to_string()));
        put("till", self.till.clone());
        put("host", self.host.clone());
        put("since_ms", self.since.map(|since| since.ms().to_string()));
        lines
    }

    fn read(lines: &str) -> Self {
        let value = |name: &str| {
            let found = lines.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='))?;
            let harmless: String = found.chars().filter(|c| !c.is_control()).take(80).collect();
            (!harmless.is_empty()).then_some(harmless)
        };
        Self {
            pid: value("pid").and_then(|text| text.parse().ok()),
            till: value("till"),
            host: value("host"),
            since: value("since_ms").and_then(|text| text.parse().ok()).map(Timestamp::from_ms),
        }
    }
}

impl std::fmt::Display for Holder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.pid {
            Some(pid) => write!(f, "process {pid}")?,
            None => f.write_str("another process")?,
        }
        if let Some(till) = &self.till {
            write!(f, " (till {till})")?;
        }
        if let Some(host) = &self.host {
            write!(f, " on {host}")?;
        }
        let since = self.since.and_then(|since| jiff::Timestamp::from_millisecond(since.ms()).ok());
        since.map_or(Ok(()), |since| write!(f, " since {since:.0}"))
    }
}

/// Held while a terminal runs on the ledger.
#[derive(Debug)]
pub(super) struct HolderLock {
    file: File,
}

impl Drop for HolderLock {
    fn drop(&mut self) {
        let _ = self.file.unlock();
    }
}

impl HolderLock {
    pub(super) fn take(database: &Path, till: &TillName, now: Timestamp) -> Result<Self, OpenError> {
        let path = database.with_extension("lock");
        let words = database.with_extension("holder");
        let io = io_error(&path);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let file = options.open(&path).map_err(&io)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) if planted!("second-terminal-let-in") => {}
            Err(TryLockError::WouldBlock) => return Err(OpenError::InUse { holder: holder(&words) }),
            Err(TryLockError::Error(error)) => return Err(io(error)),
        }
        // A disk too full for this note must not keep the ledger from opening: the lock itself holds already.
        let _ = std::fs::write(words, Holder::me(till, now).lines());
        Ok(Self { file })
    }
}

/// What the holder wrote in a file of its own: some systems lock the lock file's bytes too.
fn holder(path: &Path) -> Holder {
    let mut words = String::new();
    let read = File::open(path).and_then(|file| file.take(MAX_HOLDER_BYTES).read_to_string(&mut words));
    if read.is_err() { Holder::default() } else { Holder::read(&words) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As between a child's fork and its exec: a second descriptor of the same open file.
    #[test]
    fn a_lock_that_is_given_up_does_not_live_on_in_a_child_that_is_being_started() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.db");
        let take = || HolderLock::take(&path, &TillName::parse("FRONT-1").unwrap(), Timestamp::from_ms(0));
        let lock = take().unwrap();
        let copied = lock.file.try_clone().unwrap();
        assert!(matches!(take(), Err(OpenError::InUse { .. })));
        drop(lock);
        assert!(take().is_ok(), "a copy of the descriptor keeps it");
        drop(copied);
    }

    #[test]
    fn the_holder_is_named_as_far_as_it_said() {
        let till = TillName::parse("FRONT-1").unwrap();
        let me = Holder::me(&till, Timestamp::from_ms(1_795_357_930_000));
        assert_eq!(Holder::read(&me.lines()), me);
        let said = me.to_string();
        assert!(said.contains("(till FRONT-1) on ") && said.ends_with("since 2026-11-22T14:32:10Z"), "{said}");
        assert_eq!(Holder::read("nonsense").to_string(), "another process");
        let tricky = Holder::read("till=A\u{7}B\npid=twelve\n");
        assert_eq!(tricky.to_string(), "another process (till AB)");
    }
}
