//! Copies of the ledger, made while it is in use, each read back before it counts.
//!
//! **A copy stands under its name only when it is whole and on the disk**: it is written under another name, compared
//! with the moment it was taken at, and renamed. **Nobody who writes is held up**: the copy is one reader's view.
//! **A copy never takes the room that the ledger itself needs.**

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use super::check::{self, CheckDepth, CheckError, StopSign};
use super::places::{BackupKind, BackupPlace};
use super::{checker, reader, rotate, sync_folder};
use crate::domain::Timestamp;
use crate::failpoint::failpoint;
use crate::ledger::audit::{self, AuditHead};
use crate::ledger::error::{LedgerError, OpenError};

/// Pages copied between two looks at whether to stop: 4 MiB.
const PAGES_AT_A_TIME: i32 = 1024;
/// What stays free beside a copy, for the ledger, its log and everybody else.
const RESERVE_BYTES: u64 = 64 * 1024 * 1024;
/// The tables whose rows are counted on both sides.
const COUNTED: [&str; 8] = ["meta", "tills", "operators", "sales", "sale_items", "approvals", "refunds", "audit"];

/// A copy that was made and read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupDone {
    /// The file.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// Where its record ends.
    pub head: AuditHead,
    /// Older copies that were cleared away.
    pub cleared: usize,
}

/// Why there is no new copy. Nothing of an unfinished one is left.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BackupError {
    /// Somebody wanted it to stop.
    #[error("stopped")]
    Stopped,
    /// Not enough room beside the ledger.
    #[error("not enough room: {needed_bytes} bytes are needed, {free_bytes} are free")]
    NoRoom {
        /// With the reserve.
        needed_bytes: u64,
        /// What there is.
        free_bytes: u64,
    },
    /// The folder for copies is not there, or may not be written.
    #[error("{}: {what}", folder.display())]
    Folder {
        /// Which.
        folder: PathBuf,
        /// What the system said.
        what: String,
    },
    /// The disk for copies became full or failed while it was written.
    #[error("{what}")]
    Write {
        /// What the system said.
        what: String,
    },
    /// The ledger itself could not be read.
    #[error(transparent)]
    Ledger(#[from] OpenError),
    /// What was written is not what was read.
    #[error("the copy is not good: {what}")]
    NotGood {
        /// In what.
        what: String,
    },
}

impl From<CheckError> for BackupError {
    fn from(error: CheckError) -> Self {
        match error {
            CheckError::Stopped => Self::Stopped,
            CheckError::Damaged { what } => Self::NotGood { what },
            CheckError::Open(error) => Self::NotGood { what: error.to_string() },
        }
    }
}

/// What one moment of a ledger holds, to be found again in its copy.
#[derive(Debug, PartialEq, Eq)]
struct Contents {
    head: AuditHead,
    rows: Vec<i64>,
}

impl Contents {
    fn read(connection: &Connection) -> Result<Self, OpenError> {
        let count = |table: &&str| connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0));
        let rows = COUNTED.iter().map(count).collect::<Result<_, _>>()?;
        Ok(Self { head: audit::head(connection)?, rows })
    }
}

/// Makes a copy in the till's place for them, and clears away what need not be kept.
pub fn back_up(
    ledger: &Path,
    place: &BackupPlace,
    kind: BackupKind,
    now: Timestamp,
    stop: &StopSign,
) -> Result<BackupDone, BackupError> {
    let folder = place.folder();
    // The folder itself, not its parents: a stick that is not plugged in must not become a folder on this disk.
    match std::fs::create_dir(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            return Err(BackupError::Folder { folder: folder.to_owned(), what: error.to_string() });
        }
        _ => {}
    }
    let done = back_up_to(ledger, &place.file(kind, now), stop)?;
    Ok(BackupDone { cleared: rotate::clear_away(place), ..done })
}

/// Makes a copy under that name.
pub fn back_up_to(ledger: &Path, file: &Path, stop: &StopSign) -> Result<BackupDone, BackupError> {
    let folder = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let unwritable =
        |error: &dyn std::fmt::Display| BackupError::Folder { folder: folder.to_owned(), what: error.to_string() };
    room_for(ledger, folder)?;
    let mut part = file.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    make_private(&part).map_err(|error| unwritable(&error))?;
    let written = write(ledger, &part, stop).and_then(|head| {
        failpoint!(BackupWritten);
        std::fs::rename(&part, file).and_then(|()| sync_folder(folder)).map_err(|error| unwritable(&error))?;
        failpoint!(BackupNamed);
        let bytes = std::fs::metadata(file).map_err(|error| unwritable(&error))?.len();
        Ok(BackupDone { path: file.to_owned(), bytes, head, cleared: 0 })
    });
    if written.is_err() {
        for name in ["", "-journal", "-wal", "-shm"] {
            let mut path = part.as_os_str().to_owned();
            path.push(name);
            let _ = std::fs::remove_file(path);
        }
    }
    written
}

fn room_for(ledger: &Path, folder: &Path) -> Result<(), BackupError> {
    let size = |path: &Path| std::fs::metadata(path).map_or(0, |data| data.len());
    let log = ledger.with_extension("db-wal");
    let needed_bytes = size(ledger).saturating_add(size(&log)).saturating_add(RESERVE_BYTES);
    match fs4::available_space(folder) {
        Ok(free_bytes) if free_bytes < needed_bytes => Err(BackupError::NoRoom { needed_bytes, free_bytes }),
        Ok(_) => Ok(()),
        Err(error) => Err(BackupError::Folder { folder: folder.to_owned(), what: error.to_string() }),
    }
}

/// An empty file that its owner alone may read, in place of what an earlier try may have left.
fn make_private(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

/// Copies, makes the copy one file that needs no other, reads it back and puts it on the disk.
fn write(ledger: &Path, part: &Path, stop: &StopSign) -> Result<AuditHead, BackupError> {
    let source = reader(ledger)?;
    let failed = |error: rusqlite::Error| BackupError::Write { what: error.to_string() };
    // One read transaction around it all: the copy is of one moment, and a refund written meanwhile starts nothing anew.
    let moment = source.unchecked_transaction().map_err(|error| OpenError::at(ledger, error))?;
    let contents = Contents::read(&moment)?;
    {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut copy = Connection::open_with_flags(part, flags).map_err(failed)?;
        // The whole file is put on the disk once, below.
        copy.pragma_update(None, "synchronous", "OFF").map_err(failed)?;
        pump(&moment, &mut copy, stop)?;
        let mode: String = copy.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get(0)).map_err(failed)?;
        if !mode.eq_ignore_ascii_case("delete") {
            return Err(BackupError::NotGood { what: format!("it keeps journal mode {mode}") });
        }
    }
    drop(moment);
    OpenOptions::new()
        .write(true)
        .open(part)
        .and_then(|file: File| file.sync_all())
        .map_err(|error| BackupError::Write { what: error.to_string() })?;
    let mut written = checker(part).map_err(|error| BackupError::NotGood { what: error.to_string() })?;
    check::watch(&mut written, stop).map_err(failed)?;
    check::check_connection(&written, CheckDepth::Quick)?;
    let found = Contents::read(&written).map_err(|error| BackupError::NotGood { what: error.to_string() })?;
    if found != contents {
        return Err(BackupError::NotGood { what: "it does not hold what the ledger held".to_owned() });
    }
    Ok(contents.head)
}

/// Copies page by page, looking between whiles whether to stop.
pub(super) fn pump(from: &Connection, to: &mut Connection, stop: &StopSign) -> Result<(), BackupError> {
    let failed = |error: rusqlite::Error| match LedgerError::from(error) {
        LedgerError::Corrupt { what } => BackupError::Ledger(OpenError::Corrupt { what }),
        other => BackupError::Write { what: other.to_string() },
    };
    let backup = Backup::new(from, to).map_err(failed)?;
    loop {
        if stop.is_up() {
            return Err(BackupError::Stopped);
        }
        match backup.step(PAGES_AT_A_TIME).map_err(failed)? {
            StepResult::Done => return Ok(()),
            StepResult::More => {}
            // The copy is ours alone and the source is only read: whoever locks either is somebody else's program.
            _ => return Err(BackupError::Write { what: "the file is locked by another program".to_owned() }),
        }
    }
}
