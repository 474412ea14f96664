//! Shifts: one person's time at one till, opened and closed, each on the record.
//!
//! **A shift that is closed carries the record's head at that moment**: printed on its report, it finds a tail that is
//! cut off later. **A person has one open shift at a till.**

use rusqlite::{Connection, params};

use super::audit::{AuditHash, AuditHead};
use super::error::LedgerError;
use super::notes::Writing;
use super::{Ledger, audit, rows};
use crate::domain::{OperatorId, Timestamp};

/// A shift as the ledger has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// Its id.
    pub id: String,
    /// Whose.
    pub operator: OperatorId,
    /// At which till.
    pub till: String,
    /// When it began.
    pub opened_at: Timestamp,
    /// When it ended; nothing while it is open.
    pub closed_at: Option<Timestamp>,
    /// Where the record ended when it was closed.
    pub head: Option<AuditHead>,
}

const COLUMNS: &str = "id, operator, till, opened_at, closed_at, audit_count, audit_hash";

fn read(row: &rusqlite::Row<'_>) -> Result<Shift, LedgerError> {
    const T: &str = "shifts";
    let operator: String = row.get(1)?;
    let head = match (row.get::<_, Option<i64>>(5)?, row.get::<_, Option<[u8; 32]>>(6)?) {
        (Some(count), Some(hash)) => {
            let count = u64::try_from(count).map_err(|_| rows::damaged(T))?;
            Some(AuditHead { count, hash: AuditHash::of(hash) })
        }
        _ => None,
    };
    Ok(Shift {
        id: row.get(0)?,
        operator: rows::sound(OperatorId::parse(&operator), T)?,
        till: row.get(2)?,
        opened_at: Timestamp::from_ms(row.get(3)?),
        closed_at: row.get::<_, Option<i64>>(4)?.map(Timestamp::from_ms),
        head,
    })
}

fn open_of(connection: &Connection, till: &str, operator: &OperatorId) -> Result<Option<Shift>, LedgerError> {
    let sql = format!("SELECT {COLUMNS} FROM shifts WHERE till = ?1 AND operator = ?2 AND closed_at IS NULL");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut found = statement.query_and_then([till, operator.as_str()], read)?;
    found.next().transpose()
}

fn by_id(connection: &Connection, id: &str) -> Result<Shift, LedgerError> {
    let sql = format!("SELECT {COLUMNS} FROM shifts WHERE id = ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut found = statement.query_and_then([id], read)?;
    found.next().transpose()?.ok_or(LedgerError::NotFound { what: "shift" })
}

impl Ledger {
    /// Begins a person's shift at this till; the one that is open, if one is.
    pub fn open_shift(&mut self, operator: &OperatorId, now: Timestamp) -> Result<Shift, LedgerError> {
        let id = self.ids.next(now)?;
        let till = self.terms.till.as_str();
        let transaction = Writing::begin(&mut self.connection, &self.notes)?;
        if let Some(open) = open_of(&transaction, till, operator)? {
            return Ok(open);
        }
        transaction
            .prepare_cached(
                "INSERT INTO shifts (id, operator, till, opened_at, number)
                 VALUES (?1, ?2, ?3, ?4, (SELECT count(*) + 1 FROM shifts WHERE till = ?3))",
            )?
            .execute(params![id, operator.as_str(), till, now.ms()])?;
        audit::append(&transaction, now, operator.as_str(), "shift_opened", &id, &[("till", till)])?;
        let shift = by_id(&transaction, &id)?;
        transaction.commit()?;
        Ok(shift)
    }

    /// Ends a person's shift at this till; nothing when none is open. A clock that went back ends it where it began.
    pub fn close_shift(&mut self, operator: &OperatorId, now: Timestamp) -> Result<Option<Shift>, LedgerError> {
        let till = self.terms.till.as_str();
        let transaction = Writing::begin(&mut self.connection, &self.notes)?;
        let Some(open) = open_of(&transaction, till, operator)? else { return Ok(None) };
        // The row that says so belongs to the shift: the head comes after it.
        audit::append(&transaction, now, operator.as_str(), "shift_closed", &open.id, &[("till", till)])?;
        let head = audit::head(&transaction)?;
        let count = i64::try_from(head.count).unwrap_or(i64::MAX);
        transaction
            .prepare_cached(
                "UPDATE shifts SET closed_at = ?2, audit_count = ?3, audit_hash = ?4, closed_by = ?5 WHERE id = ?1",
            )?
            .execute(params![open.id, now.max(open.opened_at).ms(), count, head.hash.bytes(), operator.as_str()])?;
        let shift = by_id(&transaction, &open.id)?;
        transaction.commit()?;
        Ok(Some(shift))
    }

    /// The open shifts at this till, oldest first.
    pub fn open_shifts(&self) -> Result<Vec<Shift>, LedgerError> {
        let sql = format!("SELECT {COLUMNS} FROM shifts WHERE till = ?1 AND closed_at IS NULL ORDER BY opened_at, id");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let found = statement.query_and_then([self.terms.till.as_str()], read)?;
        found.collect()
    }

    /// One shift.
    pub fn shift(&self, id: &str) -> Result<Option<Shift>, LedgerError> {
        by_id(&self.connection, id).map(Some).or_else(|error| match error {
            LedgerError::NotFound { .. } => Ok(None),
            error => Err(error),
        })
    }
}
