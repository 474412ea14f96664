//! The log: what happened, for support, on standard error or in a file of bounded size.
//!
//! **No scanned text in full, no PIN, no token**: the rooms' own types see to that.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::{self, MakeWriter};
use tracing_subscriber::layer::SubscriberExt;

/// The size at which a log file is put aside; one old file is kept.
const MAX_LOG_BYTES: u64 = 4 * 1024 * 1024;

/// What `TILLBACK_LOG` asks for (`debug`, `warn,tillback=trace`); where it says nothing or nonsense, what support needs.
fn filter() -> Targets {
    let asked = std::env::var("TILLBACK_LOG").ok().filter(|text| !text.trim().is_empty());
    let usual = || Targets::new().with_default(LevelFilter::WARN).with_target("tillback", LevelFilter::INFO);
    asked.and_then(|text| text.parse().ok()).unwrap_or_else(usual)
}

fn log_to(writer: impl for<'a> MakeWriter<'a> + Send + Sync + 'static) {
    let lines = fmt::layer().with_writer(writer).with_ansi(false);
    let _ = tracing::subscriber::set_global_default(tracing_subscriber::registry().with(filter()).with(lines));
}

/// Logs to standard error.
pub(super) fn to_stderr() {
    log_to(io::stderr);
    log_panics();
}

/// Panics go to the log, by their place only: a panic's message could hold a text that was being worked on.
pub(super) fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a thread panicked");
    }));
}

/// Logs to `tillback.log` in `folder`; to standard error where that cannot be written.
pub(super) fn to_folder(folder: &Path) {
    match BoundedLog::open(folder.join("tillback.log")) {
        Ok(log) => log_to(Mutex::new(log)),
        Err(error) => {
            to_stderr();
            tracing::warn!(%error, "no log file");
        }
    }
    log_panics();
}

/// A file that is put aside when it has grown, so that a log never fills the disk the ledger needs.
struct BoundedLog {
    path: PathBuf,
    file: File,
    bytes: u64,
}

impl BoundedLog {
    fn open(path: PathBuf) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.create(true).append(true);
        // For the till's user alone, as the ledger is: what went wrong and when is nobody else's business.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path)?;
        let bytes = file.metadata()?.len();
        Ok(Self { path, file, bytes })
    }

    fn put_aside(&mut self) -> io::Result<()> {
        std::fs::rename(&self.path, self.path.with_extension("log.1"))?;
        *self = Self::open(self.path.clone())?;
        Ok(())
    }
}

impl Write for BoundedLog {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes >= MAX_LOG_BYTES {
            // A log that cannot be put aside goes on growing slowly rather than stopping the till.
            let _ = self.put_aside();
        }
        let written = self.file.write(bytes)?;
        self.bytes = self.bytes.saturating_add(u64::try_from(written).unwrap_or(0));
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_fills_two_files_and_no_more() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tillback.log");
        let mut log = BoundedLog::open(path.clone()).unwrap();
        let line = [b'x'; 1000];
        for _ in 0..(5 * MAX_LOG_BYTES / 1000) {
            log.write_all(&line).unwrap();
        }
        let sizes: Vec<u64> =
            std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().metadata().unwrap().len()).collect();
        assert_eq!(sizes.len(), 2, "{sizes:?}");
        assert!(sizes.iter().all(|size| *size <= MAX_LOG_BYTES + 1000), "{sizes:?}");
    }

    #[test]
    fn a_grown_log_is_put_aside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tillback.log");
        let mut log = BoundedLog::open(path.clone()).unwrap();
        log.bytes = MAX_LOG_BYTES;
        log.write_all(b"new\n").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"new\n");
        assert!(path.with_extension("log.1").exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_log_is_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let log = BoundedLog::open(folder.path().join("tillback.log")).unwrap();
        assert_eq!(log.file.metadata().unwrap().permissions().mode() & 0o077, 0);
    }
}
