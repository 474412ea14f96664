//! What the till must never forget: sales, refunds, approvals, operators and the record of who did what, in SQLite.
//!
//! **All SQL stays in this room.** **Whatever a caller is told has happened is on disk**: every writing call is one
//! transaction, committed with `synchronous=FULL` before it returns, and changes nothing when it fails. **The rules of
//! money and authority are checked again here**, inside the transaction that acts on them, whatever the screens did.
//! **Nothing here reads a clock**: the moment comes in with each call. Rows are added or moved forward, never deleted
//! (but for wrong-PIN counters and what the gateway reports, which are replaced).

mod adopt;
mod approvals;
mod audit;
mod badges;
mod care;
mod decisions;
mod error;
mod history;
mod ids;
mod import;
mod kinds;
mod languages;
mod lock;
mod log;
#[cfg(test)]
mod migration_tests;
#[cfg(test)]
mod moment_tests;
mod notes;
#[cfg(test)]
mod notes_tests;
mod operators;
mod people;
mod pins;
#[cfg(test)]
mod plans;
mod recorded;
mod refunds;
mod reports;
mod resolve;
mod rows;
mod sales;
mod schema;
mod settings;
mod shifts;
mod slips;
mod standing;
mod weigh;

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::tz::TimeZone;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};

pub use approvals::Yes;
pub use audit::{AuditFact, AuditFault, AuditFaultKind, AuditHash, AuditHead, AuditRow, SYSTEM};
pub use care::backup::{BackupDone, BackupError, back_up, back_up_to};
pub use care::check::{CheckDepth, CheckError, StopSign, check_ledger};
pub use care::examine::{Examined, Missing, examine};
pub use care::places::{BackupFile, BackupKind, BackupPlace};
pub use care::restore::{RestoreError, RestoreOrder, Restored, restore};
use error::io_error;
pub use error::{ApproveError, LedgerError, OpenError, OperatorError, PinRefusal, RecordError};
pub use ids::{Randomness, SeededRandomness, SystemRandomness};
pub use import::{
    Fault, ImportError, ImportFormat, ImportOptions, ImportProgress, ImportSummary, LineFault, MAX_FAULTS,
    MAX_RECORD_BYTES, Other,
};
pub use kinds::{Kind, Shown, Written};
pub use lock::Holder;
pub use notes::Notes;
use notes::Writing;
pub use pins::{PinCost, SteadyClock, SteadyMoment};
pub use recorded::Recorded;
pub use refunds::RefundFilter;
pub use resolve::{QueryEvidence, QueryProgress};
pub use sales::{Reported, ReportedRefund, SaleFacts};
pub use schema::{KNOWN_SCHEMA, schema_of};
pub use shifts::Shift;

use crate::domain::{Policy, RefundReference, ResolvePolicy, TillName, Timestamp};
use crate::failpoint::failpoint;

/// How a ledger is to be used.
pub struct LedgerSettings {
    /// This till's name: it stands in every row and at the head of every refund reference.
    pub till: TillName,
    /// The store's limits, checked again in each transaction.
    pub policy: Policy,
    /// When a refund counts as not executed.
    pub resolve: ResolvePolicy,
    /// What checking a PIN costs. Release builds take no less than the default.
    pub pin_cost: PinCost,
    /// A ledger for training holds no real refund, ever; a real one no training refund.
    pub training: bool,
    /// Where copies are kept; `backups` beside the ledger, where nothing is said.
    pub backups: Option<PathBuf>,
    /// The store's time zone: where its day begins.
    pub zone: TimeZone,
    /// Where ids, salts and badges come from.
    pub randomness: Box<dyn Randomness>,
    /// By what waits after wrong PINs are counted, and how long a refund has stood; by the moments that come with each
    /// call, and not at all, where nothing is said.
    pub steady: Option<Box<dyn SteadyClock>>,
}

impl LedgerSettings {
    /// The usual settings.
    pub fn new(till: TillName, policy: Policy) -> Self {
        Self {
            till,
            policy,
            resolve: ResolvePolicy::default(),
            pin_cost: PinCost::default(),
            training: false,
            backups: None,
            zone: TimeZone::UTC,
            randomness: Box::new(SystemRandomness),
            steady: None,
        }
    }
}

/// How long to wait for another program while opening: a window that says so is better than none.
const PATIENCE_TO_OPEN: Duration = Duration::from_secs(5);
/// A clock may be this much behind the last row before it is written down: time servers move it by less.
const CLOCK_SLACK_MS: i64 = 300_000;

/// What the ledger goes by; nothing changes while it is open but the policy ([`Ledger::adopt`]).
struct Terms {
    till: TillName,
    policy: Policy,
    resolve: ResolvePolicy,
    pin_cost: PinCost,
    training: bool,
    zone: TimeZone,
}

/// An open ledger. It can move between threads and is used by one at a time.
pub struct Ledger {
    connection: Connection,
    terms: Terms,
    ids: ids::Ids,
    steady: Option<Box<dyn SteadyClock>>,
    path: PathBuf,
    place: BackupPlace,
    /// False for one that was opened to read.
    writes: bool,
    recovered: Vec<RefundReference>,
    notes: Notes,
    /// Refunds settled since the log was carried over.
    settled_since: u32,
    /// Held by a terminal, not by the command line.
    _lock: Option<lock::HolderLock>,
}

impl std::fmt::Debug for Ledger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ledger").field("path", &self.path).field("till", &self.terms.till).finish_non_exhaustive()
    }
}

impl Ledger {
    /// Opens the ledger for a terminal, making it where there is none: one terminal at a time holds it. Every refund
    /// that an earlier process of this till left as `Prepared` or `Sent` becomes `Unknown` ([`Ledger::recovered`]).
    pub fn open(path: &Path, settings: LedgerSettings, now: Timestamp) -> Result<Self, OpenError> {
        make_folder(path)?;
        let lock = lock::HolderLock::take(path, &settings.till, now)?;
        care::restore::end_what_was_begun(path, now)?;
        let mut ledger = Self::open_writing(path, settings, now)?;
        ledger._lock = Some(lock);
        ledger.note_clock(now)?;
        ledger.recovered = ledger.recover(now)?;
        ledger.put_mark();
        Ok(ledger)
    }

    /// An error that names the holder, where a terminal holds the ledger.
    pub fn is_free(path: &Path, till: &TillName, now: Timestamp) -> Result<(), OpenError> {
        lock::HolderLock::take(path, till, now).map(drop)
    }

    /// Opens the ledger beside a terminal that may be running, to write: the command line. Recovers nothing.
    pub fn open_shared(path: &Path, settings: LedgerSettings, now: Timestamp) -> Result<Self, OpenError> {
        make_folder(path)?;
        Self::open_writing(path, settings, now)
    }

    /// Opens an existing ledger to read. One of an older version is brought up to this one first.
    pub fn open_read_only(path: &Path, settings: LedgerSettings) -> Result<Self, OpenError> {
        if !path.exists() {
            return Err(OpenError::Missing { path: path.display().to_string() });
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(|error| OpenError::at(path, error))?;
        schema::before_reading(&connection, PATIENCE_TO_OPEN).map_err(|error| OpenError::at(path, error))?;
        connection.pragma_update(None, "query_only", true)?;
        match schema::look(&connection)? {
            schema::Found::Version(version) if version < KNOWN_SCHEMA => {
                // This version's questions need its tables.
                drop(connection);
                drop(Self::writing(path, &BackupPlace::of(path, &settings.till, settings.backups.as_deref()))?);
                Self::open_read_only(path, settings)
            }
            schema::Found::Version(_) => Self::with(connection, path, settings),
            schema::Found::Fresh => Err(OpenError::NotALedger { what: "an empty file".to_owned() }),
        }
    }

    fn open_writing(path: &Path, settings: LedgerSettings, now: Timestamp) -> Result<Self, OpenError> {
        let place = BackupPlace::of(path, &settings.till, settings.backups.as_deref());
        let connection = Self::writing(path, &place).map_err(|error| full_or(path, error))?;
        care::mark::compare(path, &connection)?;
        connection.busy_timeout(schema::BUSY_TIMEOUT)?;
        let training = settings.training;
        let mut ledger = Self::with(connection, path, settings)?;
        ledger.writes = true;
        ledger.introduce(training, now)?;
        ledger.wait_anew_after_a_restart(now)?;
        // What is not noted counts for nothing; a full disk must not keep what is open from being seen.
        if let Err(error) = ledger.stand_anew_after_a_restart(now) {
            tracing::warn!(%error, "since when refunds stand open could not be noted");
        }
        Ok(ledger)
    }

    /// A connection that may write, to a file of the newest schema; an older one is copied before it is changed.
    fn writing(path: &Path, place: &BackupPlace) -> Result<Connection, OpenError> {
        let gone = || OpenError::Gone { path: path.display().to_string() };
        let was_there = has_traces(path, place);
        if was_there && !path.exists() {
            return Err(gone());
        }
        make_file(path)?;
        // Before SQLite looks: it would leave a log beside a file it may not write, with that file's rights for good.
        std::fs::OpenOptions::new().read(true).write(true).open(path).map_err(|error| not_opened(path, error))?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let at = |error| OpenError::at(path, error);
        let mut connection = Connection::open_with_flags(path, flags).map_err(at)?;
        schema::before_reading(&connection, PATIENCE_TO_OPEN).map_err(at)?;
        // An empty file is how a ledger begins, and what is left of one that was emptied.
        if schema::look(&connection)? == schema::Found::Fresh && was_there {
            return Err(gone());
        }
        // SQLite opens a file it may not write for reading only, without a word.
        if connection.is_readonly("main")? {
            return Err(OpenError::ReadOnly);
        }
        schema::before_writing(&connection)?;
        schema::migrate(&mut connection, &mut |connection, to| {
            let as_of = last_row_at(connection)?.unwrap_or_default();
            let copied = back_up(path, place, BackupKind::Before(to), as_of, &StopSign::new());
            copied.map(drop).map_err(|error| OpenError::Io { what: format!("no copy from before: {error}") })
        })?;
        Ok(connection)
    }

    fn with(connection: Connection, path: &Path, settings: LedgerSettings) -> Result<Self, OpenError> {
        let LedgerSettings { till, policy, resolve, pin_cost, training, backups, zone, randomness, steady } = settings;
        if let Some(mode) = rows::meta(&connection, "mode")? {
            let ledger_is_training = mode == "training";
            if ledger_is_training != training {
                return Err(OpenError::WrongMode { ledger_is_training });
            }
        }
        let place = BackupPlace::of(path, &till, backups.as_deref());
        let terms = Terms { till, policy, resolve, pin_cost: pin_cost.allowed(), training, zone };
        let (ids, path) = (ids::Ids::new(randomness), path.to_owned());
        let (recovered, notes) = (Vec::new(), Notes::default());
        Ok(Self {
            connection,
            terms,
            ids,
            steady,
            path,
            place,
            writes: false,
            recovered,
            notes,
            settled_since: 0,
            _lock: None,
        })
    }

    /// Writes down that the clock is behind the last row, so that nobody wonders later. Nothing hangs on it: approvals
    /// and waits for PINs hold whichever way the clock goes.
    fn note_clock(&mut self, now: Timestamp) -> Result<(), OpenError> {
        let Some(last) = self.last_row_at()? else { return Ok(()) };
        if last.ms_since(now) > CLOCK_SLACK_MS {
            let detail = vec![("last_ms", last.ms().to_string())];
            let fact = AuditFact { who: None, what: "clock_behind", subject: String::new(), detail };
            self.audit_append(&fact, now)?;
        }
        Ok(())
    }

    /// When the last row of the record was written.
    pub fn last_row_at(&self) -> Result<Option<Timestamp>, LedgerError> {
        last_row_at(&self.connection)
    }

    /// The folder it is in.
    pub fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new("."))
    }

    /// Where this till's copies are.
    pub fn backup_place(&self) -> &BackupPlace {
        &self.place
    }

    /// Whether the record still holds the last row this till is known to have written.
    pub fn check_mark(&self) -> Result<(), OpenError> {
        care::mark::compare(&self.path, &self.connection)
    }

    /// Moves the mark behind what was just committed; before anything is sent.
    fn put_mark(&self) {
        if self.writes {
            care::mark::put(&self.path, &self.connection);
        }
    }

    /// Writes down what the file is for and this till's name, where they are not there yet.
    fn introduce(&mut self, training: bool, now: Timestamp) -> Result<(), OpenError> {
        let till = self.terms.till.as_str();
        let known: bool =
            self.connection
                .query_row("SELECT EXISTS (SELECT 1 FROM tills WHERE name = ?1)", [till], |row| row.get(0))?;
        if known && rows::meta(&self.connection, "mode")?.is_some() {
            return Ok(());
        }
        let ledger_id = self.ids.next(now)?;
        let transaction = Writing::begin(&mut self.connection, &self.notes)?;
        let mode = if training { "training" } else { "real" };
        let put = |name: &str, value: &str| {
            transaction.execute("INSERT OR IGNORE INTO meta (name, value) VALUES (?1, ?2)", [name, value])
        };
        if put("ledger_id", &ledger_id)? == 1 {
            put("mode", mode)?;
            audit::append(&transaction, now, SYSTEM, "ledger_made", &ledger_id, &[("mode", mode), ("till", till)])?;
        }
        let named = transaction
            .execute("INSERT OR IGNORE INTO tills (name, first_seen_at) VALUES (?1, ?2)", params![till, now.ms()])?;
        if named == 1 {
            audit::append(&transaction, now, SYSTEM, "till_named", till, &[])?;
        }
        failpoint!(IntroduceCommitting);
        transaction.commit()?;
        failpoint!(IntroduceCommitted);
        Ok(())
    }

    /// The refunds that an earlier process left unfinished and that became `Unknown` when this one opened the ledger.
    pub fn recovered(&self) -> &[RefundReference] {
        &self.recovered
    }

    /// Where the database is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// This till's name.
    pub fn till(&self) -> &TillName {
        &self.terms.till
    }

    /// The limits that are checked in each transaction.
    pub fn policy(&self) -> &Policy {
        &self.terms.policy
    }

    /// True for a ledger that holds training refunds alone.
    pub fn is_training(&self) -> bool {
        self.terms.training
    }
}

impl Drop for Ledger {
    fn drop(&mut self) {
        self.put_mark();
    }
}

fn last_row_at(connection: &Connection) -> Result<Option<Timestamp>, LedgerError> {
    let sql = "SELECT at FROM audit ORDER BY seq DESC LIMIT 1";
    Ok(connection.query_row(sql, [], |row| row.get(0)).optional()?.map(Timestamp::from_ms))
}

/// Whether there was a ledger here: then none is quietly begun anew.
fn has_traces(path: &Path, place: &BackupPlace) -> bool {
    let beside = |ending: &str| std::fs::metadata(path.with_extension(ending)).is_ok_and(|data| data.len() > 0);
    let marked = care::mark::read(path).is_some_and(|mark| mark.count > 0);
    // A log beside an empty file may be another process's, which is making the ledger right now.
    let lone_log = !path.exists() && beside("db-wal");
    marked || lone_log || beside("restoring") || beside("restoring-part") || !place.list().is_empty()
}

fn make_folder(path: &Path) -> Result<(), OpenError> {
    match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => std::fs::create_dir_all(folder).map_err(io_error(folder)),
        None => Ok(()),
    }
}

/// Less than this is no room: the index of the log alone takes half of it.
const NO_ROOM_BYTES: u64 = 64 * 1024;

/// Without room for the index of the log SQLite says "disk I/O error": the file system is asked what that means.
fn full_or(path: &Path, error: OpenError) -> OpenError {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match error {
        OpenError::Io { .. } if fs4::available_space(folder).is_ok_and(|free| free < NO_ROOM_BYTES) => {
            OpenError::DiskFull
        }
        other => other,
    }
}

fn not_opened(path: &Path, error: std::io::Error) -> OpenError {
    if path.is_dir() { OpenError::NotALedger { what: "a folder".to_owned() } } else { io_error(path)(error) }
}

/// Makes the file for its owner alone before SQLite opens it; SQLite gives its log and index files the same mode.
fn make_file(path: &Path) -> Result<(), OpenError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(io_error(path)(error)),
    }
}
