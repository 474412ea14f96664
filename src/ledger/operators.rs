//! Operators: who may sign in at this till, and how they are known: by a PIN or a badge.
//!
//! **A removed operator stays as a row**: refunds point at them. **A proof is looked at before the transaction that acts
//! on it**, for a PIN's hash takes its time, **and accepted inside it**, where nobody can take it back meanwhile.

use rusqlite::Connection;

use super::error::{LedgerError, OperatorError, PinFault, PinRefusal};
use super::notes::{Notes, Writing};
use super::pins::{self, Moment, Subject};
use super::{Ledger, audit, badges, rows};
use crate::domain::{Operator, OperatorId, OperatorName, Pin, Proof, Role, Timestamp};

/// An operator with their PIN's hash: stays in this room.
pub(super) struct Kept {
    pub(super) operator: Operator,
    pub(super) pin_hash: String,
}

const COLUMNS: &str = "id, name, role, pin_hash";

fn kept(row: &rusqlite::Row<'_>) -> Result<Kept, LedgerError> {
    const T: &str = "operators";
    let text = |at: usize| row.get_ref(at).and_then(|value| Ok(value.as_str()?));
    let operator = Operator {
        id: rows::sound(OperatorId::parse(text(0)?), T)?,
        name: rows::sound(OperatorName::parse(text(1)?), T)?,
        role: Role::parse(text(2)?).ok_or_else(|| rows::damaged(T))?,
    };
    Ok(Kept { operator, pin_hash: row.get(3)? })
}

/// The active operators, by name.
pub(super) fn all_active(connection: &Connection) -> Result<Vec<Kept>, LedgerError> {
    let sql = format!("SELECT {COLUMNS} FROM operators WHERE active = 1 ORDER BY name COLLATE NOCASE, id");
    let mut statement = connection.prepare_cached(&sql)?;
    let found = statement.query_and_then([], kept)?;
    found.collect()
}

/// The active operator of that id.
pub(super) fn active(connection: &Connection, id: &OperatorId) -> Result<Option<Kept>, LedgerError> {
    let sql = format!("SELECT {COLUMNS} FROM operators WHERE id = ?1 AND active = 1");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut found = statement.query_and_then([id.as_str()], kept)?;
    found.next().transpose()
}

impl Ledger {
    /// The active operators, by name.
    pub fn operators(&self) -> Result<Vec<Operator>, LedgerError> {
        Ok(all_active(&self.connection)?.into_iter().map(|kept| kept.operator).collect())
    }

    /// Everybody who ever worked here, by name.
    pub fn everyone(&self) -> Result<Vec<Operator>, LedgerError> {
        let sql = format!("SELECT {COLUMNS} FROM operators ORDER BY name COLLATE NOCASE, id");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let found = statement.query_and_then([], kept)?;
        found.map(|kept| kept.map(|kept| kept.operator)).collect()
    }

    /// One operator, active or not: whom an old refund names.
    pub fn operator(&self, id: &OperatorId) -> Result<Operator, LedgerError> {
        let sql = format!("SELECT {COLUMNS} FROM operators WHERE id = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut found = statement.query_and_then([id.as_str()], kept)?;
        found.next().transpose()?.map(|kept| kept.operator).ok_or(LedgerError::NotFound { what: "operator" })
    }

    /// Signs a person in by name and PIN.
    pub fn sign_in(&mut self, id: &OperatorId, pin: &Pin, now: Timestamp) -> Result<Operator, OperatorError> {
        let operator = self.right_pin(id, pin, now)?;
        self.record_sign_in(Subject::Operator(id.as_str()), &operator, now)?;
        Ok(operator)
    }

    /// Signs in whoever has this PIN. Each operator costs one hash, so it is for the few people of one till.
    pub fn sign_in_by_pin(&mut self, pin: &Pin, now: Timestamp) -> Result<Operator, OperatorError> {
        self.refuse_while_locked(Subject::SignIn, now)?;
        let mut found = None;
        // Every hash is looked at, so that the time taken does not tell whose PIN was near.
        for kept in all_active(&self.connection)? {
            if pins::matches(pin, &kept.pin_hash)? {
                found = Some(kept.operator);
            }
        }
        let Some(operator) = found else { return Err(self.count_wrong_pin(Subject::SignIn, now)?.into()) };
        self.record_sign_in(Subject::SignIn, &operator, now)?;
        Ok(operator)
    }

    fn record_sign_in(
        &mut self,
        subject: Subject<'_>,
        operator: &Operator,
        now: Timestamp,
    ) -> Result<(), OperatorError> {
        let moment = self.moment(now);
        let transaction = Writing::begin(&mut self.connection, &self.notes)?;
        pins::accept(&transaction, subject, &moment)?;
        let id = operator.id.as_str();
        audit::append(&transaction, now, id, "signed_in", id, &[])?;
        Ok(transaction.commit()?)
    }

    /// The person, if the PIN is theirs; a wrong one is counted. The caller's transaction still has to `accept` it.
    pub(super) fn right_pin(&mut self, id: &OperatorId, pin: &Pin, now: Timestamp) -> Result<Operator, PinFault> {
        let kept = active(&self.connection, id)?.ok_or(PinRefusal::NoSuchOperator)?;
        let subject = Subject::Operator(id.as_str());
        self.refuse_while_locked(subject, now)?;
        if pins::matches(pin, &kept.pin_hash)? || planted!("any-pin") {
            return Ok(kept.operator);
        }
        Err(self.count_wrong_pin(subject, now)?.into())
    }

    /// The person, if what they show is theirs; it has to hold again where it is acted on ([`Known::begin`]).
    pub(super) fn known(&mut self, id: &OperatorId, proof: Proof, now: Timestamp) -> Result<Known, PinFault> {
        match &proof {
            Proof::Pin(pin) => drop(self.right_pin(id, pin, now)?),
            Proof::Badge(badge) => {
                // One that is nobody's is written down.
                self.badge_holder(badge, now)?;
                badges::accept(&self.connection, id, badge)?;
            }
        }
        Ok(Known { id: id.clone(), proof, moment: self.moment(now) })
    }
}

/// Somebody whose PIN or badge was looked at and is theirs, as of then.
pub(super) struct Known {
    pub(super) id: OperatorId,
    proof: Proof,
    moment: Moment,
}

impl Known {
    /// Begins the transaction that acts on it; the proof still holds there.
    pub(super) fn begin<'a>(&self, connection: &'a mut Connection, notes: &'a Notes) -> Result<Writing<'a>, PinFault> {
        let transaction = Writing::begin(connection, notes)?;
        match &self.proof {
            Proof::Pin(_) => pins::accept(&transaction, Subject::Operator(self.id.as_str()), &self.moment)?,
            Proof::Badge(badge) => badges::accept(&transaction, &self.id, badge)?,
        }
        Ok(transaction)
    }

    /// What the record says of how they were known; nothing where it was by their PIN, as always.
    pub(super) fn shown(&self) -> Option<(&'static str, &'static str)> {
        matches!(self.proof, Proof::Badge(_)).then(|| ("by", self.proof.as_str()))
    }
}
