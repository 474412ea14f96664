//! Where copies are kept, and what their names say.
//!
//! **A name says whose copy it is, of what and when**: several tills may keep theirs in one folder, and a till looks at
//! and clears away its own alone.

use std::path::{Path, PathBuf};

use crate::domain::{TillName, Timestamp};

/// Why a copy was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BackupKind {
    /// By itself, once a day.
    Daily,
    /// Because somebody wanted one.
    ByHand,
    /// Before the ledger was brought to this schema.
    Before(i64),
}

impl BackupKind {
    fn word(self) -> String {
        match self {
            Self::Daily => "daily".to_owned(),
            Self::ByHand => "byhand".to_owned(),
            Self::Before(schema) => format!("before{schema}"),
        }
    }

    fn parse(word: &str) -> Option<Self> {
        match word {
            "daily" => Some(Self::Daily),
            "byhand" => Some(Self::ByHand),
            other => other.strip_prefix("before")?.parse().ok().map(Self::Before),
        }
    }
}

/// One copy, as its name and size tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupFile {
    /// The file.
    pub path: PathBuf,
    /// When it was made, to the second.
    pub made_at: Timestamp,
    /// Why.
    pub kind: BackupKind,
    /// Its size.
    pub bytes: u64,
}

/// Where one till keeps the copies of one ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupPlace {
    folder: PathBuf,
    prefix: String,
}

const STAMP: &str = "%Y%m%dT%H%M%SZ";

fn stamp(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.ms()).map_or_else(|_| at.ms().to_string(), |at| at.strftime(STAMP).to_string())
}

fn read_stamp(text: &str) -> Option<Timestamp> {
    let civil = jiff::civil::DateTime::strptime(STAMP, text).ok()?;
    let at = civil.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp();
    Some(Timestamp::from_ms(at.as_millisecond()))
}

impl BackupPlace {
    /// The place for a ledger: `folder`, or `backups` beside it.
    pub fn of(ledger: &Path, till: &TillName, folder: Option<&Path>) -> Self {
        let beside = || ledger.parent().unwrap_or(Path::new("")).join("backups");
        let stem = ledger.file_stem().map_or_else(|| "ledger".to_owned(), |stem| stem.to_string_lossy().into_owned());
        Self { folder: folder.map_or_else(beside, Path::to_owned), prefix: format!("{stem}-{till}-") }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The name of a copy made now.
    pub(super) fn file(&self, kind: BackupKind, now: Timestamp) -> PathBuf {
        self.folder.join(format!("{}{}-{}.db", self.prefix, stamp(now), kind.word()))
    }

    fn read(&self, path: &Path) -> Option<(Timestamp, BackupKind)> {
        let name = path.file_name()?.to_str()?;
        let (at, kind) = name.strip_prefix(&self.prefix)?.strip_suffix(".db")?.split_once('-')?;
        Some((read_stamp(at)?, BackupKind::parse(kind)?))
    }

    /// This till's copies, the newest first; none where the folder cannot be read.
    pub fn list(&self) -> Vec<BackupFile> {
        let Ok(entries) = std::fs::read_dir(&self.folder) else { return vec![] };
        let mut found: Vec<BackupFile> = entries
            .filter_map(|entry| {
                let path = entry.ok()?.path();
                let (made_at, kind) = self.read(&path)?;
                let data = std::fs::metadata(&path).ok().filter(std::fs::Metadata::is_file)?;
                Some(BackupFile { path, made_at, kind, bytes: data.len() })
            })
            .collect();
        found.sort_by_key(|copy| std::cmp::Reverse((copy.made_at, copy.kind)));
        found
    }
}

/// A folder of its own for what is set aside now.
pub(super) fn aside_folder(ledger: &Path, now: Timestamp) -> PathBuf {
    let parent = ledger.parent().unwrap_or(Path::new(""));
    let base = parent.join("set-aside");
    let named = |turn: u32| match turn {
        0 => base.join(stamp(now)),
        turn => base.join(format!("{}-{turn}", stamp(now))),
    };
    (0..1000).map(named).find(|path| !path.exists()).unwrap_or_else(|| named(1000))
}

/// Where the ledger went that was set aside last, if what is left of it beside `names` is not there yet; else a folder
/// of its own.
pub(super) fn begun_aside_folder(ledger: &Path, names: &[String], now: Timestamp) -> PathBuf {
    let database = ledger.file_name().unwrap_or_default();
    let folders = std::fs::read_dir(ledger.parent().unwrap_or(Path::new("")).join("set-aside"));
    let with_it = folders.into_iter().flatten().filter_map(|entry| {
        let folder = entry.ok()?.path();
        let at = std::fs::metadata(&folder).and_then(|data| data.modified()).ok()?;
        folder.join(database).exists().then_some((at, folder))
    });
    // Its name says when as well, but a clock may have been set meanwhile.
    let last = with_it.max().map(|(_, folder)| folder);
    let last = last.filter(|folder| !names.iter().any(|name| folder.join(name).exists()));
    last.unwrap_or_else(|| aside_folder(ledger, now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_back_and_other_tills_copies_are_left_alone() {
        let till = TillName::parse("FRONT-1").unwrap();
        let place = BackupPlace::of(Path::new("/data/ledger.db"), &till, None);
        let at = Timestamp::from_ms(1_795_357_930_000);
        for kind in [BackupKind::Daily, BackupKind::ByHand, BackupKind::Before(2)] {
            assert_eq!(place.read(&place.file(kind, at)), Some((at, kind)));
        }
        for name in [
            "ledger-FRONT-12-20261122T143210Z-daily.db",
            "ledger-FRONT-1-X-20261122T143210Z-daily.db",
            "training-FRONT-1-20261122T143210Z-daily.db",
            "ledger-FRONT-1-20261122T143210Z-daily.db.part",
            "ledger-FRONT-1-yesterday-daily.db",
            "ledger-FRONT-1-20261122T143210Z-often.db",
        ] {
            assert_eq!(place.read(Path::new(name)), None, "{name}");
        }
    }
}
