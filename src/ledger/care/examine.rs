//! What a copy holds, before anybody restores it: whether it is good, until when it goes, and what it does not know.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::check::{CheckDepth, CheckError, StopSign, check_connection, watch};
use super::{checker, reader};
use crate::domain::{Act, Asking, Operator, Timestamp, may};
use crate::ledger::audit::AuditHead;
use crate::ledger::error::{LedgerError, OpenError};
use crate::ledger::{operators, rows, schema};

/// A good copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// The file.
    pub path: PathBuf,
    /// Its schema.
    pub schema: i64,
    /// Where its record ends.
    pub head: AuditHead,
    /// When its last row was written.
    pub last_at: Option<Timestamp>,
    /// Its refunds.
    pub refunds: u64,
    /// Who may say yes to restoring it: the managers it knows.
    pub managers: Vec<Operator>,
    /// What the present ledger has and it has not.
    pub missing: Missing,
}

/// What a restored copy would not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// The present ledger was read to its end: so many refunds are new or have moved on since.
    Counted(u64),
    /// The present ledger cannot be read; so many were found before that.
    Unreadable(u64),
}

/// Where a refund stands, as one ledger has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) state: String,
    pub(super) attempt: i64,
}

/// Every refund's standing, and whether all of them could be read.
pub(super) struct Standings {
    pub(super) of: HashMap<String, Standing>,
    pub(super) whole: bool,
}

/// Reads them; stops where the file is damaged.
pub(super) fn standings(connection: &Connection) -> Standings {
    let mut of = HashMap::new();
    let read = |of: &mut HashMap<String, Standing>| -> rusqlite::Result<()> {
        let mut statement = connection.prepare("SELECT reference, state, attempt FROM refunds ORDER BY reference")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            of.insert(row.get(0)?, Standing { state: row.get(1)?, attempt: row.get(2)? });
        }
        Ok(())
    };
    let whole = read(&mut of).is_ok() && check_connection(connection, CheckDepth::Quick).is_ok();
    Standings { of, whole }
}

/// The present ledger to read, if it can be.
pub(super) fn present(ledger: &Path) -> Option<Connection> {
    let connection = reader(ledger).ok()?;
    matches!(schema::look(&connection), Ok(schema::Found::Version(_))).then_some(connection)
}

/// Reads a copy through and says what it holds. `ledger` is the present one, `training` what it is for.
pub fn examine(copy: &Path, ledger: &Path, training: bool, stop: &StopSign) -> Result<Examined, CheckError> {
    let mut connection = checker(copy)?;
    let schema::Found::Version(schema) = schema::look(&connection)? else {
        return Err(OpenError::NotALedger { what: "an empty file".to_owned() }.into());
    };
    if let Some(mode) = rows::meta(&connection, "mode").map_err(OpenError::from)? {
        let ledger_is_training = mode == "training";
        if ledger_is_training != training {
            return Err(OpenError::WrongMode { ledger_is_training }.into());
        }
    }
    watch(&mut connection, stop)?;
    let head = check_connection(&connection, CheckDepth::Full)?;
    let kept = standings(&connection);
    let last_at: Option<i64> =
        connection
            .query_row("SELECT max(at) FROM audit WHERE seq = (SELECT max(seq) FROM audit)", [], |row| row.get(0))?;
    let people = operators::all_active(&connection).map_err(OpenError::from)?;
    let may_restore = |person: &Operator| may(Act::Restore, Asking::of(person.role)).is_allowed();
    let managers = people.into_iter().map(|kept| kept.operator).filter(may_restore);
    Ok(Examined {
        path: copy.to_owned(),
        schema,
        head,
        last_at: last_at.map(Timestamp::from_ms),
        refunds: u64::try_from(kept.of.len()).unwrap_or(u64::MAX),
        managers: managers.collect(),
        missing: missing(ledger, &kept),
    })
}

fn missing(ledger: &Path, kept: &Standings) -> Missing {
    let Some(connection) = present(ledger) else { return Missing::Unreadable(0) };
    let there = standings(&connection);
    let differs = |(reference, standing): &(&String, &Standing)| kept.of.get(*reference) != Some(*standing);
    let count = u64::try_from(there.of.iter().filter(differs).count()).unwrap_or(u64::MAX);
    if there.whole { Missing::Counted(count) } else { Missing::Unreadable(count) }
}

/// Whether two ledgers are the same one at different times.
pub(super) fn same_ledger(one: &Connection, other: &Connection) -> Result<bool, LedgerError> {
    Ok(rows::meta(one, "ledger_id")? == rows::meta(other, "ledger_id")?)
}
