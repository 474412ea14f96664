//! The watched folder: each file is taken in and moved to `processed`, or to `failed` with its errors beside it.
//!
//! **A file is taken when it has rested**: the same size and time at two looks, so that one still being written is left
//! alone; writers who rename a finished file into the folder are on the safe side. **A file leaves the folder only after
//! the ledger has it**: a stop in between takes it in again, which changes nothing.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs::{self, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use crossbeam_channel::{Receiver, RecvTimeoutError, TryRecvError};

use super::{MAX_BYTES, NotTaken, Takes};
use crate::domain::SalesFolderFault;
use crate::ledger::{ImportError, ImportFormat, ImportSummary};

/// Where files go that were taken in.
pub const PROCESSED: &str = "processed";
/// Where files go that were not, each with `NAME.errors.txt`.
pub const FAILED: &str = "failed";
/// What the file with a file's errors adds to its name.
const ERRORS: &str = ".errors.txt";
/// Files that are put in order; the last by name of a folder with more wait.
const LISTED: usize = 10_000;
/// How long processed files are kept.
const KEPT_FOR: Duration = Duration::from_secs(30 * 24 * 3600);
/// Between two looks at how old they are: a busy till has ten thousand.
const FORGET_EVERY: Duration = Duration::from_secs(3600);

/// How a file looked when it was last seen.
type Look = (u64, Option<SystemTime>);

/// How many files wait for somebody in `failed`.
pub fn failed_files(folder: &Path) -> usize {
    let Ok(entries) = fs::read_dir(folder.join(FAILED)) else { return 0 };
    entries.flatten().filter(|entry| ImportFormat::of(&entry.path()).is_some()).count()
}

/// How many files lie in the folder for longer than that and were not taken in.
pub fn waiting_files(folder: &Path, longer_than: Duration) -> io::Result<usize> {
    let old = |data: &Metadata| data.modified().is_ok_and(|at| at.elapsed().is_ok_and(|age| age > longer_than));
    let waits = |entry: &fs::DirEntry| {
        ImportFormat::of(&entry.path()).is_some() && entry.metadata().is_ok_and(|data| data.is_file() && old(&data))
    };
    Ok(fs::read_dir(folder)?.flatten().filter(waits).count())
}

/// Looks again and again until the channel closes.
pub(super) fn watch(folder: &Path, takes: &Takes, ended: &Receiver<()>) {
    let mut watch = Watch { folder, takes, ended, seen: HashMap::new(), finished: HashMap::new(), forgot: None };
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
    ended: &'a Receiver<()>,
    /// Files that have to rest until the next look.
    seen: HashMap<PathBuf, Look>,
    /// Files that the ledger has or has refused, and that could not be moved away: only the move is tried again.
    finished: HashMap<PathBuf, (Look, Finished)>,
    /// When old files were last taken away.
    forgot: Option<Instant>,
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
        let files = self.files().map_err(|error| (SalesFolderFault::NotThere, error.to_string()))?;
        let rested: Vec<(PathBuf, Look)> =
            files.iter().filter(|(path, look)| self.seen.get(path) == Some(look)).cloned().collect();
        self.seen = files.into_iter().collect();
        self.finished.retain(|path, (look, _)| self.seen.get(path) == Some(look));
        let mut held = None;
        for (path, look) in rested {
            if self.ended.try_recv() == Err(TryRecvError::Disconnected) {
                break;
            }
            match self.take(&path, look) {
                Ok(true) => drop(self.seen.remove(&path)),
                // The ledger can't be written now: the others would wait for it as long, one after the other.
                Ok(false) => break,
                Err(error) => {
                    held = Some((SalesFolderFault::FileHeld, format!("{}: {error}", path.display())));
                }
            }
        }
        if self.forgot.is_none_or(|at| at.elapsed() >= FORGET_EVERY) {
            self.forgot = Some(Instant::now());
            forget_old(&self.folder.join(PROCESSED), KEPT_FOR);
        }
        held.map_or(Ok(()), Err)
    }

    /// The files there are by name, which for most programs is by time: a sale that was not finished in one file and is in
    /// the next comes in that order.
    fn files(&self) -> io::Result<Vec<(PathBuf, Look)>> {
        let mut files: Vec<(PathBuf, Look)> = vec![];
        for entry in fs::read_dir(self.folder)? {
            let entry = entry?;
            let path = entry.path();
            // Gone since, by whoever put it there. Links are not followed: what lies elsewhere was not handed over.
            let Ok(data) = entry.metadata() else { continue };
            if data.is_file() && ImportFormat::of(&path).is_some() {
                files.push((path, look_of(&data)));
            }
            if files.len() >= 2 * LISTED {
                files.sort();
                files.truncate(LISTED);
            }
        }
        files.sort();
        files.truncate(LISTED);
        Ok(files)
    }

    /// Takes one file in; false where the ledger can't be written now.
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
            Finished::Taken => self.put(PROCESSED, path, None)?,
            Finished::Refused(report) => self.put(FAILED, path, Some(&report))?,
        }
        self.finished.remove(path);
        Ok(true)
    }

    /// What the ledger says to a file; the inner error is why it waits. **It is read before the ledger is asked**: a
    /// folder on the network may hang, and no refund is recorded while the ledger takes a file in.
    fn taken(&self, path: &Path, name: &str) -> io::Result<Result<Finished, String>> {
        let Some(format) = ImportFormat::of(path) else { return Ok(Err("its name says no format".to_owned())) };
        let mut bytes = vec![];
        let read = fs::File::open(path)?.take(MAX_BYTES.saturating_add(1)).read_to_end(&mut bytes)?;
        let is_too_long = u64::try_from(read).unwrap_or(u64::MAX) > MAX_BYTES;
        let taken = if is_too_long { Err(too_long()) } else { taken(&bytes, format, name, self.takes) };
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

    /// Moves a file below the folder, under a name of its own, with its report beside it: the report first, so that no
    /// file lies there without one.
    fn put(&self, below: &str, path: &Path, report: Option<&str>) -> io::Result<()> {
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
        if let Some(report) = report {
            let mut beside = target.clone().into_os_string();
            beside.push(ERRORS);
            fs::write(beside, report)?;
        }
        fs::rename(path, &target)?;
        if !cfg!(unix) {
            // From when on it lies there (`came_at`). Where that can't be written it goes the sooner.
            let file = fs::File::options().write(true).open(&target);
            let _ = file.and_then(|file| file.set_modified(SystemTime::now()));
        }
        Ok(())
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

fn taken(bytes: &[u8], format: ImportFormat, name: &str, takes: &Takes) -> Result<ImportSummary, Kept> {
    takes.take(bytes, format, name).map_err(|error| match error {
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

fn too_long() -> Kept {
    Kept::Wrong(format!(
        "Nothing of this file was taken in: it has more than {MAX_BYTES} bytes, the most a working till takes at once.\n\
         Cut it into smaller files, or load it when nobody waits: tillback sales import FILE\n"
    ))
}

/// Takes away processed files that have lain there longer than that.
fn forget_old(processed: &Path, longer_than: Duration) {
    let Ok(entries) = fs::read_dir(processed) else { return };
    for entry in entries.flatten() {
        let came = entry.metadata().ok().and_then(|data| came_at(&data));
        let old = came.and_then(|at| at.elapsed().ok()).is_some_and(|age| age > longer_than);
        if old && ImportFormat::of(&entry.path()).is_some() {
            // Best effort: the next round tries again.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// When a file came to lie where it does. When it was written says nothing: a file of last month, handed over today, would
/// be taken away at once.
#[cfg(unix)]
fn came_at(data: &Metadata) -> Option<SystemTime> {
    // Moving a file changes its status, and its time of that.
    let seconds = u64::try_from(std::os::unix::fs::MetadataExt::ctime(data)).ok()?;
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}

/// When a file came to lie where it does: written when it was moved.
#[cfg(not(unix))]
fn came_at(data: &Metadata) -> Option<SystemTime> {
    data.modified().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_lain_long_enough_is_taken_away_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.csv", "b.jsonl", "note.txt"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        let left = || fs::read_dir(folder.path()).unwrap().count();
        forget_old(folder.path(), Duration::from_secs(3600));
        assert_eq!(left(), 3);
        // The clock of a file has whole seconds.
        while left() == 3 {
            std::thread::sleep(Duration::from_millis(50));
            forget_old(folder.path(), Duration::ZERO);
        }
        forget_old(folder.path(), Duration::ZERO);
        assert_eq!(left(), 1);
    }
}
