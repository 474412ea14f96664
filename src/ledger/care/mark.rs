//! A mark of where the record ended, in a file of its own beside the ledger.
//!
//! SQLite cannot tell that its log was deleted, cut or overwritten, nor that an older copy was put in the ledger's
//! place: each looks like a sound ledger in which the last refunds never happened. **The mark is written after the
//! commit and before anything is sent**, so a ledger that is behind it has lost rows. **It is never ahead of what is on
//! the disk**, and one that is missing or torn claims nothing.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::ledger::audit::{self, AuditHash, AuditHead};
use crate::ledger::error::{LedgerError, OpenError};

/// A count, a hash and a line's end.
const MAX_BYTES: u64 = 120;

pub(in crate::ledger) fn path_of(ledger: &Path) -> PathBuf {
    ledger.with_extension("mark")
}

/// What the mark says, if it says anything.
pub(in crate::ledger) fn read(ledger: &Path) -> Option<AuditHead> {
    let mut text = String::new();
    std::fs::File::open(path_of(ledger)).ok()?.take(MAX_BYTES).read_to_string(&mut text).ok()?;
    let (count, hash) = text.strip_suffix('\n')?.split_once(' ')?;
    Some(AuditHead { count: count.parse().ok()?, hash: AuditHash::parse(hash)? })
}

/// Puts the mark where the record ends now. Not being able to is no fault of the refund's: an old mark claims less.
pub(in crate::ledger) fn put(ledger: &Path, connection: &Connection) {
    let Ok(head) = audit::head(connection) else { return };
    let line = format!("{:020} {}\n", head.count, head.hash);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    // One line of fixed length, written over the last: no moment in between without one.
    let _ = options.open(path_of(ledger)).and_then(|mut file| file.write_all(line.as_bytes()));
}

/// Refuses a ledger that does not hold the row the mark names.
pub(in crate::ledger) fn compare(ledger: &Path, connection: &Connection) -> Result<(), OpenError> {
    let Some(mark) = read(ledger).filter(|mark| mark.count > 0) else { return Ok(()) };
    let now = audit::head(connection)?;
    let kept = audit::hash_at(connection, mark.count).map_err(LedgerError::from)?;
    if kept == Some(mark.hash) { Ok(()) } else { Err(OpenError::Behind { had: mark.count, has: now.count }) }
}
