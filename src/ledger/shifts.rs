//! Shifts: one person's time at one till, opened and closed, each on the record.
//!
//! **A shift that is closed carries the record's head at that moment**: printed on its report, it finds a tail that is
//! cut off later. **A person has one open shift at a till.** **Whether they may is asked here, below every screen.**

use rusqlite::{Connection, Params, params};

use super::audit::{AuditHash, AuditHead};
use super::error::{LedgerError, RecordError};
use super::notes::Writing;
use super::refunds::OPEN;
use super::{Ledger, audit, operators, rows};
use crate::domain::{self, Act, Asking, OperatorId, RecordHead, Refusal, ReportOf, Timestamp, may};

/// A shift as the ledger has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// Its id.
    pub id: String,
    /// Its number at its till, from 1.
    pub number: u64,
    /// Whose.
    pub operator: OperatorId,
    /// At which till.
    pub till: String,
    /// When it began.
    pub opened_at: Timestamp,
    /// When it ended; nothing while it is open.
    pub closed_at: Option<Timestamp>,
    /// Who ended it. Shifts of schema 3 do not say.
    pub closed_by: Option<OperatorId>,
    /// Where the record ended when it was closed.
    pub head: Option<AuditHead>,
}

impl From<&Shift> for domain::Shift {
    fn from(shift: &Shift) -> Self {
        Self {
            number: shift.number,
            operator: shift.operator.clone(),
            till: shift.till.clone(),
            opened_at: shift.opened_at,
            closed_at: shift.closed_at,
            closed_by: shift.closed_by.clone(),
        }
    }
}

const COLUMNS: &str = "id, operator, till, opened_at, closed_at, audit_count, audit_hash, number, closed_by";

fn read(row: &rusqlite::Row<'_>) -> Result<Shift, LedgerError> {
    const T: &str = "shifts";
    let operator: String = row.get(1)?;
    let whole = |number: i64| u64::try_from(number).map_err(|_| rows::damaged(T));
    let head = match (row.get::<_, Option<i64>>(5)?, row.get::<_, Option<[u8; 32]>>(6)?) {
        (Some(count), Some(hash)) => Some(AuditHead { count: whole(count)?, hash: AuditHash::of(hash) }),
        _ => None,
    };
    let closed_by: Option<String> = row.get(8)?;
    Ok(Shift {
        id: row.get(0)?,
        number: whole(row.get(7)?)?,
        operator: rows::sound(OperatorId::parse(&operator), T)?,
        till: row.get(2)?,
        opened_at: Timestamp::from_ms(row.get(3)?),
        closed_at: row.get::<_, Option<i64>>(4)?.map(Timestamp::from_ms),
        closed_by: closed_by.map(|id| rows::sound(OperatorId::parse(&id), T)).transpose()?,
        head,
    })
}

fn one(connection: &Connection, condition: &str, given: impl Params) -> Result<Option<Shift>, LedgerError> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM shifts WHERE {condition}"))?;
    let mut found = statement.query_and_then(given, read)?;
    found.next().transpose()
}

fn open_of(connection: &Connection, till: &str, operator: &OperatorId) -> Result<Option<Shift>, LedgerError> {
    one(connection, "till = ?1 AND operator = ?2 AND closed_at IS NULL", [till, operator.as_str()])
}

fn by_id(connection: &Connection, id: &str) -> Result<Shift, LedgerError> {
    one(connection, "id = ?1", [id])?.ok_or(LedgerError::NotFound { what: "shift" })
}

/// A shift for a report, and the record's head when it was closed.
type Reported = (domain::Shift, Option<RecordHead>);

fn reported(shift: &Shift) -> Reported {
    let head = shift.head.map(|head| RecordHead { count: head.count, hash: head.hash.to_string() });
    (shift.into(), head)
}

/// The newest shift at a till but so many, of one person where one is named.
pub(super) fn nth_last(
    connection: &Connection,
    till: &str,
    of: Option<&OperatorId>,
    back: u32,
) -> Result<Option<Reported>, LedgerError> {
    let found = one(
        connection,
        "till = ?1 AND (?2 IS NULL OR operator = ?2) ORDER BY number DESC LIMIT 1 OFFSET ?3",
        params![till, of.map(OperatorId::as_str), back],
    )?;
    Ok(found.as_ref().map(reported))
}

/// The shift of that number at a till.
pub(super) fn numbered(connection: &Connection, till: &str, number: u64) -> Result<Option<Reported>, LedgerError> {
    let number = i64::try_from(number).unwrap_or(i64::MAX);
    Ok(one(connection, "till = ?1 AND number = ?2", params![till, number])?.as_ref().map(reported))
}

/// How many refunds of an open shift want something of somebody.
fn unresolved(connection: &Connection, shift: &Shift) -> Result<i64, rusqlite::Error> {
    let sql =
        format!("SELECT count(*) FROM refunds WHERE {OPEN} AND requester = ?1 AND till = ?2 AND created_at >= ?3");
    let given = params![shift.operator.as_str(), shift.till, shift.opened_at.ms()];
    connection.prepare_cached(&sql)?.query_row(given, |row| row.get(0))
}

/// Whether somebody who works here now may do that.
fn may_now(connection: &Connection, who: &OperatorId, act: Act) -> Result<bool, LedgerError> {
    let role = operators::active(connection, who)?.map(|kept| kept.operator.role);
    Ok(role.is_some_and(|role| may(act, Asking::of(role)).is_allowed()))
}

impl Ledger {
    /// Whether this person may look at that report, print it and save it: their own shift's, or any.
    pub fn may_read(&self, who: &OperatorId, of: &ReportOf) -> Result<bool, LedgerError> {
        let act = match of {
            ReportOf::Shift(shift) if shift.operator == *who => Act::ReadOwnShift,
            ReportOf::Shift(_) | ReportOf::Day(_) => Act::OverseeShifts,
        };
        may_now(&self.connection, who, act)
    }

    /// Begins a person's shift at this till; the one that is open, if one is.
    pub fn open_shift(&mut self, operator: &OperatorId, now: Timestamp) -> Result<Shift, LedgerError> {
        let id = self.ids.next(now)?;
        let till = self.terms.till.as_str();
        let transaction = Writing::begin(&mut self.connection, &self.notes)?;
        if !may_now(&transaction, operator, Act::MoveOwnShift)? {
            return Err(LedgerError::NotFound { what: "operator" });
        }
        if let Some(open) = open_of(&transaction, till, operator)? {
            return Ok(open);
        }
        transaction
            .prepare_cached(
                "INSERT INTO shifts (id, operator, till, opened_at, number)
                 VALUES (?1, ?2, ?3, ?4, (SELECT count(*) + 1 FROM shifts WHERE till = ?3))",
            )?
            .execute(params![id, operator.as_str(), till, now.ms()])?;
        let shift = by_id(&transaction, &id)?;
        let number = shift.number.to_string();
        let detail = [("till", till), ("number", number.as_str())];
        audit::append(&transaction, now, operator.as_str(), "shift_opened", &id, &detail)?;
        transaction.commit()?;
        Ok(shift)
    }

    /// Ends a person's own shift at this till; nothing when none is open.
    pub fn close_shift(&mut self, operator: &OperatorId, now: Timestamp) -> Result<Option<Shift>, RecordError> {
        self.close_shift_by(operator, operator, now)
    }

    /// Ends a person's shift at this till: their own, or one that was forgotten, by a manager. Nothing when none is
    /// open. A clock that went back ends it where it began.
    pub fn close_shift_by(
        &mut self,
        operator: &OperatorId,
        by: &OperatorId,
        now: Timestamp,
    ) -> Result<Option<Shift>, RecordError> {
        let till = self.terms.till.as_str();
        let transaction = Writing::begin(&mut self.connection, &self.notes)?;
        if !may_now(&transaction, by, if by == operator { Act::MoveOwnShift } else { Act::OverseeShifts })? {
            return Err(RecordError::Refused(Refusal::NotYourApproval));
        }
        let Some(open) = open_of(&transaction, till, operator)? else { return Ok(None) };
        let unresolved = unresolved(&transaction, &open)?.to_string();
        let number = open.number.to_string();
        let mut detail = vec![("till", till), ("number", number.as_str()), ("unresolved", unresolved.as_str())];
        if by != operator {
            detail.push(("of", operator.as_str()));
        }
        // The row that says so belongs to the shift: the head comes after it.
        audit::append(&transaction, now, by.as_str(), "shift_closed", &open.id, &detail)?;
        let head = audit::head(&transaction)?;
        let count = i64::try_from(head.count).unwrap_or(i64::MAX);
        transaction
            .prepare_cached(
                "UPDATE shifts SET closed_at = ?2, audit_count = ?3, audit_hash = ?4, closed_by = ?5 WHERE id = ?1",
            )?
            .execute(params![open.id, now.max(open.opened_at).ms(), count, head.hash.bytes(), by.as_str()])?;
        let shift = by_id(&transaction, &open.id)?;
        transaction.commit()?;
        Ok(Some(shift))
    }

    /// The open shifts at this till, oldest first.
    pub fn open_shifts(&self) -> Result<Vec<Shift>, LedgerError> {
        self.shifts("till = ?1 AND closed_at IS NULL ORDER BY opened_at, id", [self.terms.till.as_str()])
    }

    /// The newest shifts at this till, at most so many.
    pub fn last_shifts(&self, limit: u32) -> Result<Vec<Shift>, LedgerError> {
        self.shifts("till = ?1 ORDER BY number DESC LIMIT ?2", params![self.terms.till.as_str(), limit])
    }

    fn shifts(&self, condition: &str, given: impl Params) -> Result<Vec<Shift>, LedgerError> {
        let sql = format!("SELECT {COLUMNS} FROM shifts WHERE {condition}");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let found = statement.query_and_then(given, read)?;
        found.collect()
    }

    /// A person's open shift at this till.
    pub fn open_shift_of(&self, operator: &OperatorId) -> Result<Option<Shift>, LedgerError> {
        open_of(&self.connection, self.terms.till.as_str(), operator)
    }

    /// One shift.
    pub fn shift(&self, id: &str) -> Result<Option<Shift>, LedgerError> {
        one(&self.connection, "id = ?1", [id])
    }
}
