//! Whether the file is sound, as far as SQLite and the audit chain can tell.
//!
//! **Nothing here writes**; who asked records the result. **A check that was stopped says so** and counts for nothing.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;

use super::super::audit::{self, AuditHead};
use super::super::error::{LedgerError, OpenError};
use super::super::schema;
use super::checker;

/// Steps of SQLite's machine between two looks at whether to stop: a few milliseconds of work.
const STEPS_BETWEEN_LOOKS: i32 = 20_000;

/// Asks a check or a copy to stop. Shared between the thread that works and the one that wants it to end.
#[derive(Debug, Clone, Default)]
pub struct StopSign(Arc<AtomicBool>);

impl StopSign {
    /// Nobody wants to stop yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Stop as soon as possible.
    pub fn raise(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Go on; for the next piece of work.
    pub fn lower(&self) {
        self.0.store(false, Ordering::Relaxed);
    }

    /// Whether to stop.
    pub fn is_up(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// How much is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckDepth {
    /// Every page and row, but not whether each index agrees with its table.
    Quick,
    /// All of it, and foreign keys, and the audit chain.
    Full,
}

impl CheckDepth {
    /// The word in the record.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Full => "full",
        }
    }
}

/// Why a check did not end well.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckError {
    /// Somebody wanted it to stop.
    #[error("stopped")]
    Stopped,
    /// The file is damaged.
    #[error("the ledger is damaged: {what}")]
    Damaged {
        /// The first things found.
        what: String,
    },
    /// It could not be read at all.
    #[error(transparent)]
    Open(OpenError),
}

impl From<OpenError> for CheckError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Corrupt { what } => Self::Damaged { what },
            other => Self::Open(other),
        }
    }
}

impl From<rusqlite::Error> for CheckError {
    fn from(error: rusqlite::Error) -> Self {
        if error.sqlite_error_code() == Some(rusqlite::ErrorCode::OperationInterrupted) {
            return Self::Stopped;
        }
        OpenError::from(error).into()
    }
}

/// Checks the file through a connection of its own.
pub fn check_ledger(path: &Path, depth: CheckDepth, stop: &StopSign) -> Result<AuditHead, CheckError> {
    let mut connection = checker(path)?;
    schema::look(&connection)?;
    watch(&mut connection, stop)?;
    check_connection(&connection, depth)
}

/// Lets the sign stop whatever this connection does.
pub(super) fn watch(connection: &mut Connection, stop: &StopSign) -> rusqlite::Result<()> {
    let stop = stop.clone();
    connection.progress_handler(STEPS_BETWEEN_LOOKS, Some(move || stop.is_up()))
}

/// The same on a connection that is there already.
pub(in crate::ledger) fn check_connection(connection: &Connection, depth: CheckDepth) -> Result<AuditHead, CheckError> {
    let pragma = match depth {
        CheckDepth::Quick => "PRAGMA quick_check(3)",
        CheckDepth::Full => "PRAGMA integrity_check(3)",
    };
    let mut statement = connection.prepare(pragma)?;
    let said: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    if said != ["ok"] {
        return Err(CheckError::Damaged { what: said.join("; ") });
    }
    if depth == CheckDepth::Full {
        let strays = connection.prepare("PRAGMA foreign_key_check")?.query_map([], |_| Ok(()))?.count();
        if strays > 0 {
            return Err(CheckError::Damaged { what: format!("{strays} rows belong to nothing") });
        }
        return audit::verify_chain(connection).map_err(|fault| match fault.what {
            audit::AuditFaultKind::Unreadable(LedgerError::Failed { what }) if what.contains("interrupt") => {
                CheckError::Stopped
            }
            _ => CheckError::Damaged { what: fault.to_string() },
        });
    }
    Ok(audit::head(connection).map_err(OpenError::from)?)
}
