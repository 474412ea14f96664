//! The watched folder: each file is taken in and moved to `processed`, or to `failed` with its errors beside it.
//!
//! **A file is taken when it has rested**: the same size and time at two looks, so that one still being written is left
//! alone; writers who rename a finished file into the folder are on the safe side. **A file leaves the folder only after
//! the ledger has it**: a stop in between takes it in again, which changes nothing.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crossbeam_channel::{Receiver, RecvTimeoutError};

use super::{MAX_BYTES, NotTaken, Takes};
use crate::ledger::{ImportError, ImportFormat, ImportSummary};

/// Where files go that were taken in.
pub const PROCESSED: &str = "processed";
/// Where files go that were not, each with `NAME.errors.txt`.
pub const FAILED: &str = "failed";
/// Files looked at in one round; the rest wait for the next.
const AT_ONCE: usize = 256;
/// How long processed files are kept.
const KEPT_FOR: std::time::Duration = std::time::Duration::from_secs(30 * 24 * 3600);

/// How a file looked when it was last seen.
type Look = (u64, Option<SystemTime>);

/// How many files wait for somebody in `failed`.
pub fn failed_files(folder: &Path) -> usize {
    let Ok(entries) = fs::read_dir(folder.join(FAILED)) else { return 0 };
    entries.flatten().filter(|entry| ImportFormat::of(&entry.path()).is_some()).count()
}

/// Looks again and again until the channel closes.
pub(super) fn watch(folder: &Path, takes: &Takes, ended: &Receiver<()>) {
    let mut seen = HashMap::new();
    let mut told = None;
    loop {
        let round = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| look(folder, takes, &mut seen)));
        let fault = match round {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(error.to_string()),
            Err(_) => Some("looking at it failed inside the program".to_owned()),
        };
        // Once, not every five seconds.
        if fault != told {
            match &fault {
                Some(why) => tracing::error!(%why, "the sales folder can't be read"),
                None => tracing::info!("the sales folder is read again"),
            }
            told = fault;
        }
        if ended.recv_timeout(takes.settings().every) != Err(RecvTimeoutError::Timeout) {
            return;
        }
    }
}

/// One round: takes what has rested since the last.
fn look(folder: &Path, takes: &Takes, seen: &mut HashMap<PathBuf, Look>) -> io::Result<()> {
    let mut files: Vec<(PathBuf, Look)> = vec![];
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        // Links are not followed: what lies elsewhere was not handed over.
        let data = entry.metadata()?;
        let path = entry.path();
        if data.is_file() && ImportFormat::of(&path).is_some() && files.len() < AT_ONCE {
            files.push((path, look_of(&data)));
        }
    }
    // By name, which for most programs is by time.
    files.sort();
    let rested: Vec<PathBuf> =
        files.iter().filter(|(path, look)| seen.get(path) == Some(look)).map(|(path, _)| path.clone()).collect();
    *seen = files.into_iter().collect();
    for path in rested {
        if take(folder, &path, takes)? {
            seen.remove(&path);
        }
    }
    forget_old(&folder.join(PROCESSED));
    Ok(())
}

fn look_of(data: &Metadata) -> Look {
    (data.len(), data.modified().ok())
}

/// Takes one file in; false where it stays for another round.
fn take(folder: &Path, path: &Path, takes: &Takes) -> io::Result<bool> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let Some(format) = ImportFormat::of(path) else { return Ok(false) };
    let file = fs::File::open(path)?;
    let bytes = file.metadata()?.len();
    let taken = if bytes > MAX_BYTES { Err(too_long(bytes)) } else { taken(file, format, &name, takes) };
    match taken {
        Ok(ImportSummary { rows, added, completed, skipped }) => {
            tracing::info!(name, rows, added, completed, skipped, "a file of sales was taken in");
            put(folder, PROCESSED, path, takes)?;
            Ok(true)
        }
        Err(Kept::Wrong(report)) => {
            tracing::warn!(name, "a file of sales was not taken in; its errors stand beside it in failed");
            let there = put(folder, FAILED, path, takes)?;
            let mut beside = there.into_os_string();
            beside.push(".errors.txt");
            fs::write(beside, report)?;
            Ok(true)
        }
        Err(Kept::Waits(why)) => {
            tracing::warn!(name, why, "a file of sales waits");
            Ok(false)
        }
    }
}

/// Why a file was not taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// Because of what it holds: the report for whoever wrote it.
    Wrong(String),
    /// Because the ledger cannot be written now.
    Waits(String),
}

fn taken(file: fs::File, format: ImportFormat, name: &str, takes: &Takes) -> Result<ImportSummary, Kept> {
    takes.take(file, format, name).map_err(|error| match error {
        NotTaken::Later(why) => Kept::Waits(why),
        NotTaken::Import(ImportError::Lines { faults, more }) => {
            let mut report = String::from("Nothing of this file was taken in.\n");
            for fault in faults {
                // Writing to a String cannot fail.
                let _ = writeln!(report, "{fault}");
            }
            if more > 0 {
                let _ = writeln!(report, "and {more} more lines");
            }
            report.push_str(
                "Put it right and drop it into the folder again: rows that are known already are passed over.\n",
            );
            Kept::Wrong(report)
        }
        NotTaken::Import(error) => Kept::Waits(error.to_string()),
    })
}

fn too_long(bytes: u64) -> Kept {
    Kept::Wrong(format!(
        "Nothing of this file was taken in: it has {bytes} bytes, and a working till takes {MAX_BYTES} at once.\n\
         Cut it into smaller files, or load it when nobody waits: tillback sales import FILE\n"
    ))
}

/// Moves a file below the folder, under a name of its own.
fn put(folder: &Path, below: &str, path: &Path, takes: &Takes) -> io::Result<PathBuf> {
    let there = folder.join(below);
    fs::create_dir_all(&there)?;
    let (stem, extension) = (path.file_stem().unwrap_or_default(), path.extension().unwrap_or_default());
    let mut target = there.join(path.file_name().unwrap_or_default());
    let mut number = 0_u32;
    while fs::symlink_metadata(&target).is_ok() {
        number += 1;
        let mut name = stem.to_owned();
        name.push(format!(".{}-{number}.", takes.now().ms()));
        name.push(extension);
        target = there.join(name);
    }
    fs::rename(path, &target)?;
    Ok(target)
}

/// Takes away processed files older than a month.
fn forget_old(processed: &Path) {
    let Ok(entries) = fs::read_dir(processed) else { return };
    for entry in entries.flatten() {
        let old = entry
            .metadata()
            .and_then(|data| data.modified())
            .is_ok_and(|at| at.elapsed().is_ok_and(|age| age > KEPT_FOR));
        if old && ImportFormat::of(&entry.path()).is_some() {
            // Best effort: the next round tries again.
            let _ = fs::remove_file(entry.path());
        }
    }
}
