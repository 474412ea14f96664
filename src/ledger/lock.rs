//! One terminal per ledger: an operating-system lock on a file beside the database.
//!
//! **The lock ends with the process that holds it**, however it ends; nothing is ever left to clean up. What the file
//! says about its holder is for the message only and is never trusted.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::error::OpenError;
use crate::domain::TillName;

/// Most of the holder's own words that are read back.
const MAX_HOLDER_BYTES: u64 = 200;

/// Held while a terminal runs on the ledger.
#[derive(Debug)]
pub(super) struct HolderLock {
    _file: File,
}

impl HolderLock {
    pub(super) fn take(database: &Path, till: &TillName) -> Result<Self, OpenError> {
        let path = database.with_extension("lock");
        let io = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => OpenError::ReadOnly,
            std::io::ErrorKind::StorageFull => OpenError::DiskFull,
            _ => OpenError::Io { what: format!("{}: {error}", path.display()) },
        };
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(io)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(OpenError::InUse { holder: holder(&mut file) }),
            Err(TryLockError::Error(error)) => return Err(io(error)),
        }
        let words = format!("process {} (till {till})", std::process::id());
        file.set_len(0).and_then(|()| file.seek(SeekFrom::Start(0))).map_err(io)?;
        // A disk too full for this note must not keep the ledger from opening: the lock itself holds already.
        let _ = file.write_all(words.as_bytes());
        Ok(Self { _file: file })
    }
}

/// What the holder wrote. Where the operating system locks the bytes too (Windows) it cannot be read.
fn holder(file: &mut File) -> String {
    let mut words = String::new();
    let read = file.take(MAX_HOLDER_BYTES).read_to_string(&mut words);
    let words: String = words.chars().filter(|c| !c.is_control()).collect();
    if read.is_err() || words.is_empty() { "another process".to_owned() } else { words }
}
