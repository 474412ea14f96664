//! Sales from a till program while the terminal runs: a folder that is watched and, where asked for, an address on this
//! machine that takes them. Files from a person's hand are `tillback sales import`'s.
//!
//! **All of a file or none of it**, and a file that comes twice changes nothing the second time: both are the ledger's
//! own rules ([`crate::ledger::Ledger::import`]). **Nothing is listened to but loopback, and nothing without the token.**
//! **What is handed over is bounded** ([`MAX_BYTES`]): more would hold the ledger against a refund for seconds.

mod board;
mod endpoint;
mod folder;
mod http;
mod key;

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crossbeam_channel::{Sender, bounded};
use jiff::tz::TimeZone;

use crate::domain::{Currency, SalesTrouble, Timestamp};
use crate::ledger::{ImportError, ImportFormat, ImportOptions, ImportSummary, Ledger, OpenError};

use board::Board;
pub use endpoint::{PortStanding, port_standing};
pub use folder::{FAILED, Kept, PROCESSED, failed_files, waiting_files};
pub use key::{KeyError, SalesKey};

/// The most that is taken in at once, about 130,000 sales: a second of the ledger's time on a fast till, five on a slow
/// one. Longer files are for `tillback sales import`, when nobody waits for a refund.
pub const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// Opens the ledger, beside the terminal that holds it.
pub type OpenLedger = Arc<dyn Fn() -> Result<Ledger, OpenError> + Send + Sync>;
/// The present moment.
pub type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What is watched and listened to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntakeSettings {
    /// The folder into which a till program drops files.
    pub folder: Option<PathBuf>,
    /// The port on loopback that takes sales; 0 for any that is free.
    pub port: Option<u16>,
    /// The file with the key's fingerprint.
    pub key: PathBuf,
    /// The currency of sales that name none.
    pub currency: Currency,
    /// The settlement currency of sales that name none.
    pub settle_currency: Currency,
    /// The zone of times without one.
    pub zone: TimeZone,
    /// How long between two looks at the folder.
    pub every: Duration,
}

/// How long between two looks at the folder: often enough for a customer who comes straight back, cheap enough for an
/// idle till. Network folders tell no program of a new file, so looking is what works everywhere.
pub const EVERY: Duration = Duration::from_secs(5);

/// How long the threads are waited for at the end.
const PATIENCE_AT_THE_END: Duration = Duration::from_secs(2);

/// Takes in what a till program hands over.
pub(crate) struct Takes {
    open: OpenLedger,
    now: Now,
    settings: IntakeSettings,
    board: Board,
}

/// Why something was not taken in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotTaken {
    /// What it says, by line.
    #[error(transparent)]
    Import(ImportError),
    /// The ledger cannot be written now; the same again later may go.
    #[error("the ledger cannot be written now: {0}")]
    Later(String),
}

impl Takes {
    pub(crate) fn settings(&self) -> &IntakeSettings {
        &self.settings
    }

    pub(crate) const fn board(&self) -> &Board {
        &self.board
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.now)()
    }

    /// Takes in what has been read: whoever hands it over may stop in the middle, and the ledger would wait with them.
    pub(crate) fn take(&self, rows: &[u8], format: ImportFormat, name: &str) -> Result<ImportSummary, NotTaken> {
        let mut ledger = (self.open)().map_err(|error| NotTaken::Later(error.to_string()))?;
        let options = ImportOptions {
            currency: self.settings.currency,
            settle_currency: self.settings.settle_currency,
            zone: self.settings.zone.clone(),
            ..ImportOptions::new(format, name)
        };
        ledger.import(rows, &options, self.now(), &mut |_| ()).map_err(|error| match error {
            ImportError::Ledger(error) => NotTaken::Later(error.to_string()),
            error => NotTaken::Import(error),
        })
    }
}

/// The running intake; dropping it ends it.
pub struct Intake {
    takes: Arc<Takes>,
    ends: Option<Sender<()>>,
    listening: Arc<Mutex<Option<endpoint::Listening>>>,
    threads: Vec<JoinHandle<()>>,
}

impl Intake {
    /// Starts watching and listening, as far as the settings ask for it. What cannot be watched or listened to yet is
    /// tried again until it can, and told meanwhile.
    pub fn start(settings: IntakeSettings, open: OpenLedger, now: Now) -> io::Result<Self> {
        let takes = Arc::new(Takes { open, now, settings, board: Board::default() });
        let (ends, ended) = bounded(1);
        let mut threads = vec![];
        if let Some(folder) = takes.settings.folder.clone() {
            let (takes, ended) = (Arc::clone(&takes), ended.clone());
            let work = move || folder::watch(&folder, &takes, &ended);
            threads.push(std::thread::Builder::new().name("sales-folder".to_owned()).spawn(work)?);
        }
        let listening = Arc::new(Mutex::new(None));
        if let Some(port) = takes.settings.port {
            match endpoint::listen(port, &takes) {
                Ok((started, thread)) => {
                    threads.push(thread);
                    *lock(&listening) = Some(started);
                }
                Err(error) => {
                    tracing::error!(%error, port, "sales can't be listened for; tried again until they can");
                    takes.board.port(Some(port));
                    let (takes, kept) = (Arc::clone(&takes), Arc::clone(&listening));
                    let work = move || endpoint::listen_later(port, &takes, &kept, &ended);
                    threads.push(std::thread::Builder::new().name("sales-endpoint".to_owned()).spawn(work)?);
                }
            }
        }
        Ok(Self { takes, ends: Some(ends), listening, threads })
    }

    /// Where sales are taken, when they are.
    pub fn address(&self) -> Option<SocketAddr> {
        lock(&self.listening).as_ref().map(endpoint::Listening::address)
    }

    /// What keeps sales from coming in.
    pub fn trouble(&self) -> SalesTrouble {
        self.takes.board.trouble()
    }

    /// Tells what keeps sales from coming in, now and whenever that changes. It must not wait.
    pub fn on_change(&self, tell: impl Fn(SalesTrouble) + Send + Sync + 'static) {
        self.takes.board.on_change(Box::new(tell));
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Drop for Intake {
    fn drop(&mut self) {
        self.ends.take();
        if let Some(listening) = lock(&self.listening).as_ref() {
            listening.stop();
        }
        // Not longer than a till may take to close: whoever stalls in the middle of a body is left behind.
        let deadline = Instant::now() + PATIENCE_AT_THE_END;
        for thread in self.threads.drain(..) {
            while !thread.is_finished() && Instant::now() < deadline {
                std::thread::sleep(Duration::from_millis(5));
            }
        }
    }
}
