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
use crate::domain::SalesFolderFault;
use crate::ledger::{ImportError, ImportFormat, ImportSummary};

/// Where files go that were taken in.
pub const PROCESSED: &str = "processed";
/// Where files go that were not, each with `NAME.errors.txt`.
pub const FAILED: &str = "failed";
/// What the file with a file's errors adds to its name.
const ERRORS: &str = ".errors.txt";
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

/// How many files lie in the folder for longer than that and were not taken in.
pub fn waiting_files(folder: &Path, longer_than: std::time::Duration) -> io::Result<usize> {
    let old = |data: &Metadata| data.modified().is_ok_and(|at| at.elapsed().is_ok_and(|age| age > longer_than));
    let waits = |entry: &fs::DirEntry| {
        ImportFormat::of(&entry.path()).is_some() && entry.metadata().is_ok_and(|data| data.is_file() && old(&data))
    };
    Ok(fs::read_dir(folder)?.flatten().filter(waits).count())
}

/// Looks again and again until the channel closes.
pub(super) fn watch(folder: &Path, takes: &Takes, ended: &Receiver<()>) {
    let mut watch = Watch { folder, takes, seen: HashMap::new(), finished: HashMap::new() };
    let mut told = None;
    loop {
        let round = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| watch.look()));
        let fault = match round {
            Ok(Ok(())) => None,
            Ok(Err(why)) => Some(why),
            Err(_) => Some((SalesFolderFault::NotThere, "looking at it failed inside the program".to_owned())),
        };
        takes.board().folder(fault.as_ref().map(|(fault, _)| *fault), failed_files(folder));
        // Once, not every five seconds.
        if fault != told {
            match &fault {
                Some((_, why)) => tracing::error!(%why, "the sales folder can't be worked through"),
                None => tracing::info!("the sales folder is worked through again"),
            }
            told = fault;
        }
        if ended.recv_timeout(takes.settings().every) != Err(RecvTimeoutError::Timeout) {
            return;
        }
    }
}

/// What is wrong with the folder, and the system's words for it.
type Wrong = (SalesFolderFault, String);

/// The folder, and what was seen in it.
struct Watch<'a> {
    folder: &'a Path,
    takes: &'a Takes,
    /// Files that have to rest until the next look.
    seen: HashMap<PathBuf, Look>,
    /// Files that the ledger has or has refused, and that could not be moved away: only the move is tried again.
    finished: HashMap<PathBuf, (Look, Finished)>,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Finished {
    Taken,
    /// With the report for whoever wrote it.
    Refused(String),
}

impl Watch<'_> {
    /// One round: takes what has rested since the last. **A file that cannot be opened or moved keeps no other out.**
    fn look(&mut self) -> Result<(), Wrong> {
        let not_there = |error: io::Error| (SalesFolderFault::NotThere, error.to_string());
        let mut files: Vec<(PathBuf, Look)> = vec![];
        for entry in fs::read_dir(self.folder).map_err(not_there)? {
            let entry = entry.map_err(not_there)?;
            let path = entry.path();
            // Gone since, by whoever put it there. Links are not followed: what lies elsewhere was not handed over.
            let Ok(data) = entry.metadata() else { continue };
            if data.is_file() && ImportFormat::of(&path).is_some() && files.len() < AT_ONCE {
                files.push((path, look_of(&data)));
            }
        }
        // By name, which for most programs is by time.
        files.sort();
        let rested: Vec<(PathBuf, Look)> =
            files.iter().filter(|(path, look)| self.seen.get(path) == Some(look)).cloned().collect();
        self.seen = files.into_iter().collect();
        self.finished.retain(|path, (look, _)| self.seen.get(path) == Some(look));
        let mut held = None;
        for (path, look) in rested {
            match self.take(&path, look) {
                Ok(true) => drop(self.seen.remove(&path)),
                Ok(false) => {}
                Err(error) => {
                    held = Some((SalesFolderFault::FileHeld, format!("{}: {error}", path.display())));
                }
            }
        }
        forget_old(&self.folder.join(PROCESSED));
        held.map_or(Ok(()), Err)
    }

    /// Takes one file in; false where it stays for another round.
    fn take(&mut self, path: &Path, look: Look) -> io::Result<bool> {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let finished = match self.finished.get(path) {
            Some((_, finished)) => finished.clone(),
            None => match self.taken(path, &name)? {
                Ok(finished) => finished,
                Err(why) => {
                    tracing::warn!(name, why, "a file of sales waits");
                    return Ok(false);
                }
            },
        };
        self.finished.insert(path.to_owned(), (look, finished.clone()));
        match finished {
            Finished::Taken => drop(self.put(PROCESSED, path)?),
            Finished::Refused(report) => {
                let mut beside = self.put(FAILED, path)?.into_os_string();
                beside.push(ERRORS);
                fs::write(beside, report)?;
            }
        }
        self.finished.remove(path);
        Ok(true)
    }

    /// What the ledger says to a file; the inner error is why it waits.
    fn taken(&self, path: &Path, name: &str) -> io::Result<Result<Finished, String>> {
        let Some(format) = ImportFormat::of(path) else { return Ok(Err("its name says no format".to_owned())) };
        let file = fs::File::open(path)?;
        let bytes = file.metadata()?.len();
        let taken = if bytes > MAX_BYTES { Err(too_long(bytes)) } else { taken(file, format, name, self.takes) };
        Ok(match taken {
            Ok(ImportSummary { rows, added, completed, skipped }) => {
                tracing::info!(name, rows, added, completed, skipped, "a file of sales was taken in");
                Ok(Finished::Taken)
            }
            Err(Kept::Wrong(report)) => {
                tracing::warn!(name, "a file of sales was not taken in; its errors stand beside it in failed");
                Ok(Finished::Refused(report))
            }
            Err(Kept::Waits(why)) => Err(why),
        })
    }

    /// Moves a file below the folder, under a name of its own.
    fn put(&self, below: &str, path: &Path) -> io::Result<PathBuf> {
        let there = self.folder.join(below);
        fs::create_dir_all(&there)?;
        let (stem, extension) = (path.file_stem().unwrap_or_default(), path.extension().unwrap_or_default());
        let mut target = there.join(path.file_name().unwrap_or_default());
        let mut number = 0_u32;
        while fs::symlink_metadata(&target).is_ok() {
            number += 1;
            let mut name = stem.to_owned();
            name.push(format!(".{}-{number}.", self.takes.now().ms()));
            name.push(extension);
            target = there.join(name);
        }
        fs::rename(path, &target)?;
        Ok(target)
    }
}

fn look_of(data: &Metadata) -> Look {
    (data.len(), data.modified().ok())
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
