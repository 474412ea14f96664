//! The power goes: every process ends, and of the ledger's files only what was fsynced is there at the next start.
//!
//! What was fsynced only the system's calls can tell, so the simulation runs itself once more under `durable.c`, which
//! keeps a twin of each file on days on which the power may go. **Whatever was committed is there after it** (promise
//! I1): to the last hash of the record. Where there is no such recorder (not Linux) the power takes nothing but the
//! processes. T6 cuts a recorded day of the real binary as disks do, by torn sectors.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::Ordering;

use rusqlite::Connection;

use super::disk::Disk;
use super::shop::Shop;
use super::{Broken, lock};

/// Stands in the environment of the simulation that runs under the recorder.
const RECORDED: &str = "TILLBACK_DURABLE";
/// Every so many seeds have a day on which the power may go.
const EVERY: u64 = 8;
/// What `durable.c` looks for in a folder's name.
const MARK: &str = "tillback-power-";

/// Whether the power may go on this seed's day.
pub fn may_go(seed: u64) -> bool {
    seed % EVERY == EVERY - 3
}

/// What the name of a day's folder begins with.
pub fn prefix(seed: u64) -> &'static str {
    if may_go(seed) { MARK } else { "tillback-day-" }
}

/// Whether what was fsynced is known in this process.
pub fn is_recorded() -> bool {
    std::env::var_os(RECORDED).is_some()
}

/// Runs this very test under the recorder and gives back whether it passed and what it said; nothing where it already
/// does, and where there can be none.
pub fn under_the_recorder(test: &str) -> Option<(bool, String)> {
    if is_recorded() || !cfg!(target_os = "linux") {
        return None;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let library = folder.path().join("durable.so");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/simulated/durable.c");
    let built = Command::new("cc").args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).arg(source).output();
    let built = built.expect("cc");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let done = Command::new(std::env::current_exe().expect("this test"))
        .args([test, "--exact", "--nocapture"])
        .env("LD_PRELOAD", &library)
        .env(RECORDED, "yes")
        .output()
        .expect("this test");
    let said = [done.stdout, done.stderr].concat();
    Some((done.status.success(), String::from_utf8_lossy(&said).into_owned()))
}

fn twin(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".durable");
    PathBuf::from(name)
}

impl Disk {
    fn log(&self) -> PathBuf {
        self.path.with_extension("db-wal")
    }

    /// A day begins with all of it on the disk.
    pub fn begin_durable(&self) {
        if is_recorded() {
            std::fs::copy(&self.path, twin(&self.path)).expect("a twin");
        }
    }

    /// The power goes, and comes back.
    fn lose_power(&self, processes_end: impl FnOnce()) {
        let files = [self.path.clone(), self.log()];
        // Before anything is closed: SQLite brings a log home when its last reader leaves.
        let kept = files.clone().map(|path| std::fs::read(twin(&path)).ok());
        processes_end();
        if !is_recorded() {
            return;
        }
        let mut raw = lock(&self.raw);
        *raw = Connection::open_in_memory().expect("nothing");
        let _ = std::fs::remove_file(self.path.with_extension("db-shm"));
        for (path, bytes) in files.iter().zip(kept) {
            let _ = std::fs::remove_file(path);
            let _ = std::fs::remove_file(twin(path));
            if let Some(bytes) = bytes {
                std::fs::write(path, &bytes).expect("what is left");
                std::fs::write(twin(path), &bytes).expect("what is left");
            }
        }
        *raw = Disk::beside(&self.path);
    }
}

impl Shop {
    /// The power goes: whatever was committed before is there after it.
    pub fn power_goes(&self) -> Result<(), Broken> {
        self.log.say(|| "the power goes".to_owned());
        self.boots.fetch_add(1, Ordering::Relaxed);
        let before = (self.disk.refunds(), self.disk.head());
        self.disk.lose_power(|| self.everything_ends());
        // A database that is opened anew counts its changes anew.
        lock(&self.notes).version = -1;
        let after = (self.disk.refunds(), self.disk.head());
        if before == after {
            return Ok(());
        }
        let gone = before.0.iter().find(|row| !after.0.contains(row));
        Err(format!("I1: the power went, and what was committed is not on the disk: {gone:?}"))
    }
}
