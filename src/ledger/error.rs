//! What can go wrong in the ledger, in kinds that a caller can act on.
//!
//! **No error carries a PIN, a token or a code that was scanned.** Each is typed; the sentence for a person is the
//! window's or the command line's work, and these texts are for logs and the terminal.

use std::path::Path;

use super::lock::Holder;
use crate::domain::refund::RefundMove;
use crate::domain::{Money, RefundReference, RefundState, Refusal};

/// Why the ledger cannot be opened. A plain recovery screen shows each of these.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Another process of ours holds it.
    #[error("the ledger is in use by {holder}")]
    InUse {
        /// Who, as they wrote it.
        holder: Holder,
    },
    /// Not a database of ours, or not a database at all.
    #[error("the file is not a Tillback ledger: {what}")]
    NotALedger {
        /// What was found instead.
        what: String,
    },
    /// A database that is damaged.
    #[error("the ledger is damaged: {what}")]
    Corrupt {
        /// What the database said.
        what: String,
    },
    /// Written by a later version of this program.
    #[error(
        "the ledger has schema {found}, this version knows up to {known}: a newer Tillback has used it; install that one again"
    )]
    NewerSchema {
        /// Its schema.
        found: i64,
        /// The newest this program knows.
        known: i64,
    },
    /// A training ledger opened for real work, or the other way round.
    #[error("the ledger was made for {}", if *.ledger_is_training { "training" } else { "real refunds" })]
    WrongMode {
        /// What the file is for.
        ledger_is_training: bool,
    },
    /// The file or its folder cannot be written.
    #[error("the ledger cannot be written: it or its folder is read-only")]
    ReadOnly,
    /// This user may not read or write the file or its folder.
    #[error("this user may not use the ledger or its folder")]
    NoPermission,
    /// There was a ledger, and it is gone or empty.
    #[error("the ledger that was at {path} is gone")]
    Gone {
        /// Where it was.
        path: String,
    },
    /// The ledger is sound, but its last rows are not those this till wrote last.
    #[error("the ledger's end is missing: the till had written {had} rows of its record, {has} are there")]
    Behind {
        /// Rows it had at least.
        had: u64,
        /// Rows it has.
        has: u64,
    },
    /// It could not be brought to the schema this version works with; it is as it was.
    #[error("the ledger could not be brought from schema {from} to {to}: {what}")]
    MigrationFailed {
        /// Its schema.
        from: i64,
        /// The schema this version works with.
        to: i64,
        /// What went wrong, or why there is no copy from before.
        what: String,
    },
    /// Another program holds a lock on the database and did not let go in time.
    #[error("the ledger is locked by another program")]
    Locked,
    /// No room left.
    #[error("the disk is full")]
    DiskFull,
    /// There is no such file, and it was to be read only.
    #[error("there is no ledger at {path}")]
    Missing {
        /// Where it was looked for.
        path: String,
    },
    /// The operating system's own words for anything else.
    #[error("the ledger cannot be opened: {what}")]
    Io {
        /// Its words.
        what: String,
    },
}

/// Why the ledger could not do what was asked; nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LedgerError {
    /// No room left.
    #[error("the disk is full")]
    DiskFull,
    /// The file or its folder cannot be written.
    #[error("the ledger is read-only")]
    ReadOnly,
    /// Another connection held the database longer than we wait.
    #[error("the ledger is busy")]
    Busy,
    /// The file is damaged, or a row holds what no row of ours holds.
    #[error("the ledger is damaged: {what}")]
    Corrupt {
        /// Which table or what the database said.
        what: String,
    },
    /// A rule of the database itself refused the change.
    #[error("the ledger refused the change: {what}")]
    Constraint {
        /// Which rule.
        what: String,
    },
    /// Anything else the database or the operating system said.
    #[error("the ledger failed: {what}")]
    Failed {
        /// Its words.
        what: String,
    },
    /// The operating system gave no random bytes.
    #[error("no randomness")]
    NoRandomness,
    /// No such row.
    #[error("there is no such {what}")]
    NotFound {
        /// `sale`, `refund` or `operator`.
        what: &'static str,
    },
    /// The merchant's number stands on more than one sale: ask for the transaction number, never guess.
    #[error("{count} sales carry that reference")]
    Ambiguous {
        /// How many.
        count: u32,
    },
    /// What is reported of a sale contradicts what the ledger has.
    #[error("the sale's {field} is {ours} in the ledger and {theirs} in what was reported")]
    Conflict {
        /// Which field.
        field: &'static str,
        /// The ledger's value.
        ours: String,
        /// The other value.
        theirs: String,
    },
}

/// Why a refund could not be recorded or moved; nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// A rule of money or authority.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// What is left of the sale is not what the approver saw.
    #[error("what is left of the sale is now {left}")]
    BalanceChanged {
        /// What is left now.
        left: Money,
    },
    /// The refund does not stand where this move begins.
    #[error("a refund that is {state} cannot move by {by:?}")]
    IllegalMove {
        /// Where it stands.
        state: RefundState,
        /// What was asked.
        by: RefundMove,
    },
    /// Not executed is a matter of counted answers (`record_query`), never of one outcome.
    #[error("not enough evidence that the refund was not executed")]
    NotEnoughEvidence,
    /// The gateway already reports a refund under this reference: it must not be sent again.
    #[error("the gateway reports {0} already")]
    AlreadyReported(RefundReference),
    /// A request may still be on its way: nobody can say yet that it did not happen.
    #[error("too early to say that it did not happen, {wait_seconds} s more")]
    TooEarly {
        /// Seconds to wait.
        wait_seconds: u32,
    },
    /// The ledger itself.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

/// Why a person was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PinRefusal {
    /// The PIN is wrong.
    #[error("wrong PIN, next try in {wait_seconds} s")]
    Wrong {
        /// Seconds until the next try is looked at; zero for at once.
        wait_seconds: u32,
    },
    /// Too many wrong PINs; this one was not looked at.
    #[error("locked for {wait_seconds} s")]
    LockedOut {
        /// Seconds to wait.
        wait_seconds: u32,
    },
    /// No such person at this till, or no longer.
    #[error("no such operator")]
    NoSuchOperator,
    /// A badge that is nobody's, or no longer, or another's than was named.
    #[error("no such badge")]
    UnknownBadge,
}

/// Why a PIN led nowhere; becomes the caller's own error.
pub(super) enum PinFault {
    Refused(PinRefusal),
    Ledger(LedgerError),
}

impl From<PinRefusal> for PinFault {
    fn from(refusal: PinRefusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<LedgerError> for PinFault {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl From<PinFault> for ApproveError {
    fn from(fault: PinFault) -> Self {
        match fault {
            PinFault::Refused(refusal) => Self::Pin(refusal),
            PinFault::Ledger(error) => error.into(),
        }
    }
}

impl From<PinFault> for OperatorError {
    fn from(fault: PinFault) -> Self {
        match fault {
            PinFault::Refused(refusal) => Self::Pin(refusal),
            PinFault::Ledger(error) => Self::Ledger(error),
        }
    }
}

/// Why an approval was not given, or a person's order not carried out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApproveError {
    /// The person was not accepted.
    #[error(transparent)]
    Pin(#[from] PinRefusal),
    /// The rules, the state of the refund, or the ledger.
    #[error(transparent)]
    Record(#[from] RecordError),
}

impl From<LedgerError> for ApproveError {
    fn from(error: LedgerError) -> Self {
        Self::Record(RecordError::Ledger(error))
    }
}

/// Why an operator could not be added, removed or signed in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OperatorError {
    /// Fewer digits than the role asks for.
    #[error("the PIN needs at least {min_digits} digits")]
    TooShort {
        /// Digits asked for.
        min_digits: usize,
    },
    /// A repeat, a run, a date, a year, or one that many people choose.
    #[error("the PIN is too easy to guess: no repeats, runs, dates or years")]
    TooEasy,
    /// Somebody has this PIN already; PINs tell people apart at sign-in.
    #[error("the PIN is taken")]
    Taken,
    /// Somebody active has this name already.
    #[error("the name is taken")]
    NameTaken,
    /// The last manager cannot be removed, nor made a cashier.
    #[error("this is the last manager")]
    LastManager,
    /// Who asks for the change, or whom the badge is for, is no manager.
    #[error("that takes a manager")]
    NotAManager,
    /// A manager's PIN is longer than a cashier's may be: a new one has to be given.
    #[error("a manager needs a new PIN of at least 6 digits")]
    NeedsPin,
    /// Somebody works or worked at this till: the first manager is there already.
    #[error("there are people at this till already")]
    NotTheFirst,
    /// The person was not accepted.
    #[error(transparent)]
    Pin(#[from] PinRefusal),
    /// The ledger itself.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

impl From<rusqlite::Error> for LedgerError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let what = error.to_string();
        match error.sqlite_error_code() {
            Some(Code::DiskFull) => Self::DiskFull,
            Some(Code::ReadOnly) => Self::ReadOnly,
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Busy,
            Some(Code::DatabaseCorrupt | Code::NotADatabase) => Self::Corrupt { what },
            Some(Code::ConstraintViolation) => Self::Constraint { what },
            _ => Self::Failed { what },
        }
    }
}

impl From<rusqlite::types::FromSqlError> for LedgerError {
    fn from(error: rusqlite::types::FromSqlError) -> Self {
        Self::Corrupt { what: error.to_string() }
    }
}

impl From<rusqlite::Error> for PinFault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Ledger(error.into())
    }
}

impl From<rusqlite::Error> for RecordError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Ledger(error.into())
    }
}

impl From<rusqlite::Error> for ApproveError {
    fn from(error: rusqlite::Error) -> Self {
        LedgerError::from(error).into()
    }
}

impl From<rusqlite::Error> for OperatorError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Ledger(error.into())
    }
}

impl From<LedgerError> for OpenError {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::DiskFull => Self::DiskFull,
            LedgerError::ReadOnly => Self::ReadOnly,
            LedgerError::Busy => Self::Locked,
            LedgerError::Corrupt { what } => Self::Corrupt { what },
            other => Self::Io { what: other.to_string() },
        }
    }
}

impl OpenError {
    /// What SQLite said of a file. Its "unable to open" says nothing more: the file system is asked why.
    pub(super) fn at(path: &Path, error: rusqlite::Error) -> Self {
        let why = || match std::fs::metadata(path) {
            Ok(data) if data.is_dir() => Some(Self::NotALedger { what: "a folder".to_owned() }),
            // In a folder that may not be written, the log beside the file cannot be made.
            Ok(_) if path.parent().is_some_and(is_read_only) => Some(Self::ReadOnly),
            Ok(_) => std::fs::OpenOptions::new().read(true).open(path).err().map(io_error(path)),
            Err(error) => Some(io_error(path)(error)),
        };
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::CannotOpen | rusqlite::ErrorCode::PermissionDenied) => {
                why().unwrap_or_else(|| error.into())
            }
            _ => error.into(),
        }
    }
}

/// Nobody may write the path, or (where it is not there yet) its folder.
fn is_read_only(path: &Path) -> bool {
    let data = std::fs::metadata(path).or_else(|_| std::fs::metadata(path.parent().unwrap_or(path)));
    data.is_ok_and(|data| data.permissions().readonly())
}

/// What the file system said of a path.
pub(super) fn io_error(path: &Path) -> impl Fn(std::io::Error) -> OpenError {
    move |error| match error.kind() {
        std::io::ErrorKind::PermissionDenied if is_read_only(path) => OpenError::ReadOnly,
        std::io::ErrorKind::PermissionDenied => OpenError::NoPermission,
        std::io::ErrorKind::ReadOnlyFilesystem => OpenError::ReadOnly,
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => OpenError::DiskFull,
        _ => OpenError::Io { what: format!("{}: {error}", path.display()) },
    }
}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match error.sqlite_error_code() {
            Some(Code::NotADatabase) => Self::NotALedger { what: error.to_string() },
            _ => LedgerError::from(error).into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SQLite's own result codes (sqlite.org/rescode.html), and what opening and using the ledger make of them.
    #[track_caller]
    fn check(code: i32, using: fn(&LedgerError) -> bool, opening: fn(&OpenError) -> bool) {
        let error = || rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
        assert!(using(&error().into()), "{code}: {:?}", LedgerError::from(error()));
        assert!(opening(&error().into()), "{code}: {:?}", OpenError::from(error()));
    }

    #[test]
    fn what_the_database_says_becomes_what_a_person_can_act_on() {
        check(13, |e| *e == LedgerError::DiskFull, |e| *e == OpenError::DiskFull);
        check(8, |e| *e == LedgerError::ReadOnly, |e| *e == OpenError::ReadOnly);
        check(5, |e| *e == LedgerError::Busy, |e| *e == OpenError::Locked);
        check(6, |e| *e == LedgerError::Busy, |e| *e == OpenError::Locked);
        check(11, |e| matches!(e, LedgerError::Corrupt { .. }), |e| matches!(e, OpenError::Corrupt { .. }));
        check(26, |e| matches!(e, LedgerError::Corrupt { .. }), |e| matches!(e, OpenError::NotALedger { .. }));
        check(10, |e| matches!(e, LedgerError::Failed { .. }), |e| matches!(e, OpenError::Io { .. }));
        check(19, |e| matches!(e, LedgerError::Constraint { .. }), |e| matches!(e, OpenError::Io { .. }));
    }
}
