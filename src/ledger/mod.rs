//! What the till must never forget: sales, refunds, approvals, operators and the record of who did what, in SQLite.
//!
//! **All SQL stays in this room.** **Whatever a caller is told has happened is on disk**: every writing call is one
//! transaction, committed with `synchronous=FULL` before it returns, and changes nothing when it fails. **The rules of
//! money and authority are checked again here**, inside the transaction that acts on them, whatever the screens did.
//! **Nothing here reads a clock**: the moment comes in with each call. Rows are added or moved forward, never deleted
//! (but for wrong-PIN counters and what the gateway reports, which are replaced).

mod approvals;
mod audit;
mod decisions;
mod error;
mod history;
mod ids;
mod import;
mod lock;
mod operators;
mod pins;
#[cfg(test)]
mod plans;
mod recorded;
mod refunds;
mod resolve;
mod rows;
mod sales;
mod schema;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, TransactionBehavior, params};

pub use audit::{AuditFact, AuditFault, AuditFaultKind, AuditHash, AuditHead, AuditRow, SYSTEM};
pub use error::{ApproveError, LedgerError, OpenError, OperatorError, PinRefusal, RecordError};
pub use ids::{Randomness, SeededRandomness, SystemRandomness};
pub use import::{
    Fault, ImportError, ImportFormat, ImportOptions, ImportProgress, ImportSummary, LineFault, MAX_FAULTS,
    MAX_RECORD_BYTES, Other,
};
pub use pins::PinCost;
pub use recorded::Recorded;
pub use refunds::RefundFilter;
pub use resolve::{QueryEvidence, QueryProgress};
pub use sales::{Reported, ReportedRefund, SaleFacts};
pub use schema::KNOWN_SCHEMA;

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
    /// Where ids and salts come from.
    pub randomness: Box<dyn Randomness>,
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
            randomness: Box::new(SystemRandomness),
        }
    }
}

/// What does not change while the ledger is open.
struct Terms {
    till: TillName,
    policy: Policy,
    resolve: ResolvePolicy,
    pin_cost: PinCost,
    training: bool,
}

/// An open ledger. It can move between threads and is used by one at a time.
pub struct Ledger {
    connection: Connection,
    terms: Terms,
    ids: ids::Ids,
    path: PathBuf,
    recovered: Vec<RefundReference>,
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
        let lock = lock::HolderLock::take(path, &settings.till)?;
        let mut ledger = Self::open_writing(path, settings, now)?;
        ledger._lock = Some(lock);
        ledger.recovered = ledger.recover(now)?;
        Ok(ledger)
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
        let connection = Connection::open_with_flags(path, flags)?;
        schema::before_reading(&connection)?;
        connection.pragma_update(None, "query_only", true)?;
        match schema::look(&connection)? {
            schema::Found::Version(version) if version < KNOWN_SCHEMA => {
                // This version's questions need its tables.
                drop(connection);
                drop(Self::writing(path)?);
                Self::open_read_only(path, settings)
            }
            schema::Found::Version(_) => Self::with(connection, path, settings),
            schema::Found::Fresh => Err(OpenError::NotALedger { what: "an empty file".to_owned() }),
        }
    }

    fn open_writing(path: &Path, settings: LedgerSettings, now: Timestamp) -> Result<Self, OpenError> {
        let connection = Self::writing(path)?;
        let training = settings.training;
        let mut ledger = Self::with(connection, path, settings)?;
        ledger.introduce(training, now)?;
        Ok(ledger)
    }

    /// A connection that may write, to a file of the newest schema.
    fn writing(path: &Path) -> Result<Connection, OpenError> {
        make_file(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags)?;
        schema::before_reading(&connection)?;
        schema::look(&connection)?;
        // SQLite opens a file it may not write for reading only, without a word.
        if connection.is_readonly("main")? {
            return Err(OpenError::ReadOnly);
        }
        schema::before_writing(&connection)?;
        schema::migrate(&mut connection)?;
        Ok(connection)
    }

    fn with(connection: Connection, path: &Path, settings: LedgerSettings) -> Result<Self, OpenError> {
        let LedgerSettings { till, policy, resolve, pin_cost, training, randomness } = settings;
        if let Some(mode) = rows::meta(&connection, "mode")? {
            let ledger_is_training = mode == "training";
            if ledger_is_training != training {
                return Err(OpenError::WrongMode { ledger_is_training });
            }
        }
        let terms = Terms { till, policy, resolve, pin_cost: pin_cost.allowed(), training };
        let ids = ids::Ids::new(randomness);
        Ok(Self { connection, terms, ids, path: path.to_owned(), recovered: Vec::new(), _lock: None })
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
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
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

fn io_error(path: &Path) -> impl Fn(std::io::Error) -> OpenError {
    move |error| match error.kind() {
        std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => OpenError::ReadOnly,
        std::io::ErrorKind::StorageFull => OpenError::DiskFull,
        _ => OpenError::Io { what: format!("{}: {error}", path.display()) },
    }
}

fn make_folder(path: &Path) -> Result<(), OpenError> {
    match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => std::fs::create_dir_all(folder).map_err(io_error(folder)),
        None => Ok(()),
    }
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
