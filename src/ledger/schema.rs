//! The database's shape: how a connection is set up, what version a file has, and the steps from one to the next.
//!
//! **A file is changed only after it is known to be ours and not newer than we are.** **Every step runs in one
//! transaction with the version number it leads to**: an interrupted migration leaves the old version, whole.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::error::OpenError;
use crate::failpoint::failpoint;

/// Marks the file as a Tillback ledger: the ASCII bytes `Tlbk`.
const APPLICATION_ID: i64 = 0x546C_626B;
/// The steps, in order; the schema's version is how many have been taken.
pub(super) const STEPS: [&str; 4] = [
    include_str!("schema_v1.sql"),
    include_str!("schema_v2.sql"),
    include_str!("schema_v3.sql"),
    include_str!("schema_v4.sql"),
];
/// How long to wait for another connection's commit. A commit takes milliseconds; an import of a million sales holds the
/// writer for the seconds it takes.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(30);

/// The newest schema this program knows.
pub const KNOWN_SCHEMA: i64 = 4;

/// What a look at the file said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// No tables at all.
    Fresh,
    /// Ours, of this version.
    Version(i64),
}

/// Sets up a connection before anything of the file is read: it waits so long for who has it locked.
pub(super) fn before_reading(connection: &Connection, patience: Duration) -> rusqlite::Result<()> {
    connection.busy_timeout(patience)?;
    connection.set_prepared_statement_cache_capacity(64);
    // A plan that may depend on the values asked for is made anew for each question, at five times what the answer
    // takes; here every plan is the same whatever the values are (`plans.rs`).
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // Without it, `INSERT OR REPLACE` would slip past the triggers that refuse deletion.
    connection.pragma_update(None, "recursive_triggers", true)?;
    connection.pragma_update(None, "cache_size", -8_000)
}

/// Reads what the file is, changing nothing.
pub(super) fn look(connection: &Connection) -> Result<Found, OpenError> {
    let number = |name: &str| connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i64>(0));
    let application_id = number("application_id")?;
    let version = number("user_version")?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application_id == 0 && version == 0 && tables == 0 {
        return Ok(Found::Fresh);
    }
    if application_id != APPLICATION_ID {
        return Err(OpenError::NotALedger { what: "a database of another program".to_owned() });
    }
    if version > KNOWN_SCHEMA {
        return Err(OpenError::NewerSchema { found: version, known: KNOWN_SCHEMA });
    }
    if version < 1 {
        return Err(OpenError::Corrupt { what: format!("schema version {version}") });
    }
    Ok(Found::Version(version))
}

/// The schema of a ledger's file, which is not changed by the look: 0 where nothing is in it yet, and any number for one
/// that a newer version has used.
pub fn schema_of(path: &Path) -> Result<i64, OpenError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|error| OpenError::at(path, error))?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    match look(&connection) {
        Ok(Found::Fresh) => Ok(0),
        Ok(Found::Version(version)) | Err(OpenError::NewerSchema { found: version, .. }) => Ok(version),
        Err(error) => Err(error),
    }
}

/// Switches to a write-ahead log whose every commit is on disk before it returns.
pub(super) fn before_writing(connection: &Connection) -> Result<(), OpenError> {
    let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    if !mode.eq_ignore_ascii_case("wal") {
        return Err(OpenError::Io { what: format!("the database keeps journal mode {mode}") });
    }
    connection.pragma_update(None, "synchronous", if planted!("commit-in-memory") { "OFF" } else { "FULL" })?;
    // An import's log is cut back afterwards; 64 MiB is far above what a day of refunds writes.
    connection.query_row("PRAGMA journal_size_limit = 67108864", [], |row| row.get::<_, i64>(0))?;
    Ok(())
}

/// Called with the version to come before a file is changed: time for a copy.
pub(super) type BeforeMigration<'a> = &'a mut dyn FnMut(&Connection, i64) -> Result<(), OpenError>;

/// Brings the file to [`KNOWN_SCHEMA`]. True when it was fresh. A step that fails leaves it as it was.
pub(super) fn migrate(connection: &mut Connection, before: BeforeMigration<'_>) -> Result<bool, OpenError> {
    let from = match look(connection)? {
        Found::Version(KNOWN_SCHEMA) => return Ok(false),
        Found::Version(version) => version,
        Found::Fresh => return take_steps(connection),
    };
    let failed = |error: OpenError| match error {
        // These have words of their own, and the same way out whatever was being done.
        OpenError::DiskFull | OpenError::ReadOnly | OpenError::NoPermission | OpenError::Locked => error,
        other => OpenError::MigrationFailed { from, to: KNOWN_SCHEMA, what: other.to_string() },
    };
    before(connection, KNOWN_SCHEMA).and_then(|()| take_steps(connection)).map_err(failed)
}

fn take_steps(connection: &mut Connection) -> Result<bool, OpenError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Looked at again under the write lock: another process may have been quicker.
    let found = look(&transaction)?;
    let taken = match found {
        Found::Fresh => 0,
        Found::Version(version) => usize::try_from(version).unwrap_or(usize::MAX),
    };
    for step in STEPS.iter().skip(taken) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", KNOWN_SCHEMA)?;
    failpoint!(MigrateCommitting);
    transaction.commit()?;
    failpoint!(MigrateCommitted);
    Ok(found == Found::Fresh)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Promise I1 rests on it: SQLite waits for the disk at each commit (sqlite.org/pragma.html, 2 is FULL).
    #[test]
    fn a_commit_is_on_disk_before_it_returns() {
        let folder = tempfile::tempdir().unwrap();
        let connection = Connection::open(folder.path().join("ledger.db")).unwrap();
        before_reading(&connection, BUSY_TIMEOUT).unwrap();
        before_writing(&connection).unwrap();
        let read = |name: &str| connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i64>(0));
        assert_eq!(read("synchronous"), Ok(2));
        assert_eq!(read("foreign_keys"), Ok(1));
    }
}
