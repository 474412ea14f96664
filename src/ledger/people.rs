//! Changes to people: added, renamed, given another PIN or role, removed.
//!
//! **Who changes somebody else is an active manager**, checked in the transaction of the change; the command line and the
//! very first start have nobody to name. **No two active people have the same PIN or name**, and **there is always a
//! manager**: the last one is neither removed nor made a cashier.

use rusqlite::{Connection, OptionalExtension, params};

use super::error::{OperatorError, PinRefusal};
use super::notes::Writing;
use super::operators::{Kept, active, all_active};
use super::pins::{self, Subject};
use super::{Ledger, SYSTEM, audit, badges, rows};
use crate::domain::{Act, Asking, Operator, OperatorId, OperatorName, Pin, Role, Timestamp, may};

/// The name under which a change is written down, if it may be made.
pub(super) fn may_manage<'a>(transaction: &Connection, by: Option<&'a OperatorId>) -> Result<&'a str, OperatorError> {
    let Some(by) = by else { return Ok(SYSTEM) };
    match active(transaction, by)? {
        Some(kept) if may(Act::ChangePeople, Asking::of(kept.operator.role)).is_allowed() => Ok(by.as_str()),
        Some(_) | None => Err(OperatorError::NotAManager),
    }
}

fn check_pin_is_free(others: &[Kept], pin: &Pin, whose: Option<&OperatorId>) -> Result<(), OperatorError> {
    for other in others.iter().filter(|other| Some(&other.operator.id) != whose) {
        if pins::matches(pin, &other.pin_hash)? {
            return Err(OperatorError::Taken);
        }
    }
    Ok(())
}

fn check_name_is_free(
    transaction: &Connection,
    name: &OperatorName,
    whose: Option<&OperatorId>,
) -> Result<(), OperatorError> {
    let taken: Option<i64> = transaction
        .query_row(
            "SELECT 1 FROM operators WHERE active = 1 AND name = ?1 COLLATE NOCASE AND id <> ?2",
            [name.as_str(), whose.map_or("", OperatorId::as_str)],
            |row| row.get(0),
        )
        .optional()?;
    if taken.is_some() { Err(OperatorError::NameTaken) } else { Ok(()) }
}

fn check_not_the_last_manager(all: &[Kept], person: &Operator) -> Result<(), OperatorError> {
    // Whoever could take in the next manager: what the table says of a role, not the role.
    let can_manage = |person: &Operator| may(Act::ChangePeople, Asking::of(person.role)).is_allowed();
    let others = all.iter().any(|kept| kept.operator.id != person.id && can_manage(&kept.operator));
    if can_manage(person) && !others { Err(OperatorError::LastManager) } else { Ok(()) }
}

fn person<'a>(all: &'a [Kept], id: &OperatorId) -> Result<&'a Operator, OperatorError> {
    let found = all.iter().find(|kept| kept.operator.id == *id);
    Ok(found.map(|kept| &kept.operator).ok_or(PinRefusal::NoSuchOperator)?)
}

/// Who is to be added.
struct Newcomer<'a> {
    name: &'a OperatorName,
    role: Role,
    pin: &'a Pin,
}

impl Ledger {
    /// Adds a person. `by` is the manager who does it, nobody for the command line.
    pub fn add_operator(
        &mut self,
        name: &OperatorName,
        role: Role,
        pin: &Pin,
        by: Option<&OperatorId>,
        now: Timestamp,
    ) -> Result<OperatorId, OperatorError> {
        let check = |transaction: &Connection| may_manage(transaction, by).map(|_| ());
        self.add(&Newcomer { name, role, pin }, by, check, now)
    }

    /// Adds the first manager, where nobody ever worked at this till: whoever starts it. Later, and of two who try at
    /// once for the second, it is refused.
    pub fn add_first_manager(
        &mut self,
        name: &OperatorName,
        pin: &Pin,
        now: Timestamp,
    ) -> Result<Operator, OperatorError> {
        let check = |transaction: &Connection| {
            let anybody: bool =
                transaction.query_row("SELECT EXISTS (SELECT 1 FROM operators)", [], |row| row.get(0))?;
            if anybody { Err(OperatorError::NotTheFirst) } else { Ok(()) }
        };
        let role = Role::Manager;
        let id = self.add(&Newcomer { name, role, pin }, None, check, now)?;
        Ok(Operator { id, name: name.clone(), role })
    }

    fn add(
        &mut self,
        newcomer: &Newcomer<'_>,
        by: Option<&OperatorId>,
        check: impl FnOnce(&Connection) -> Result<(), OperatorError>,
        now: Timestamp,
    ) -> Result<OperatorId, OperatorError> {
        let Newcomer { name, role, pin } = newcomer;
        pins::check_strength(pin, *role)?;
        let pin_hash = pins::hash(pin, &self.ids.salt()?, self.terms.pin_cost)?;
        let id = rows::sound(OperatorId::parse(&self.ids.next(now)?), "operators")?;
        let transaction = Writing::begin(&mut self.connection, &self.notes)?;
        check(&transaction)?;
        check_pin_is_free(&all_active(&transaction)?, pin, None)?;
        check_name_is_free(&transaction, name, None)?;
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

    /// Calls a person by another name. Their refunds show the new one.
    pub fn rename_operator(
        &mut self,
        id: &OperatorId,
        name: &OperatorName,
        by: Option<&OperatorId>,
        now: Timestamp,
    ) -> Result<(), OperatorError> {
        let transaction = Writing::begin(&mut self.connection, &self.notes)?;
        let who = may_manage(&transaction, by)?;
        let before = active(&transaction, id)?.ok_or(PinRefusal::NoSuchOperator)?.operator.name;
        check_name_is_free(&transaction, name, Some(id))?;
        transaction.execute(
            "UPDATE operators SET name = ?2, updated_at = ?3 WHERE id = ?1",
            params![id.as_str(), name.as_str(), now.ms()],
        )?;
        let detail = [("from", before.as_str()), ("to", name.as_str())];
        audit::append(&transaction, now, who, "operator_renamed", id.as_str(), &detail)?;
        Ok(transaction.commit()?)
    }

    /// Gives a person another PIN; what is known of wrong ones is forgotten.
    pub fn set_pin(
        &mut self,
        id: &OperatorId,
        pin: &Pin,
        by: Option<&OperatorId>,
        now: Timestamp,
    ) -> Result<(), OperatorError> {
        let pin_hash = pins::hash(pin, &self.ids.salt()?, self.terms.pin_cost)?;
        let transaction = Writing::begin(&mut self.connection, &self.notes)?;
        let who = may_manage(&transaction, by)?;
        let all = all_active(&transaction)?;
        pins::check_strength(pin, person(&all, id)?.role)?;
        check_pin_is_free(&all, pin, Some(id))?;
        put_pin(&transaction, id, &pin_hash, who, now)?;
        Ok(transaction.commit()?)
    }

    /// A person changes their own PIN, given the one they have. One that somebody else has counts as a wrong PIN: who
    /// tries out which are taken is slowed down as one who guesses.
    pub fn change_own_pin(
        &mut self,
        id: &OperatorId,
        old: &Pin,
        new: &Pin,
        now: Timestamp,
    ) -> Result<(), OperatorError> {
        let operator = self.right_pin(id, old, now)?;
        pins::check_strength(new, operator.role)?;
        let pin_hash = pins::hash(new, &self.ids.salt()?, self.terms.pin_cost)?;
        let moment = self.moment(now);
        let subject = Subject::Operator(id.as_str());
        let transaction = Writing::begin(&mut self.connection, &self.notes)?;
        match check_pin_is_free(&all_active(&transaction)?, new, Some(id)) {
            Err(OperatorError::Taken) => {
                drop(transaction);
                self.count_wrong_pin(subject, now)?;
                return Err(OperatorError::Taken);
            }
            other => other?,
        }
        pins::accept(&transaction, subject, &moment)?;
        put_pin(&transaction, id, &pin_hash, id.as_str(), now)?;
        Ok(transaction.commit()?)
    }

    /// Makes a cashier a manager, with a PIN that is long enough, or a manager a cashier, whose badge is revoked.
    pub fn set_role(
        &mut self,
        id: &OperatorId,
        role: Role,
        pin: Option<&Pin>,
        by: Option<&OperatorId>,
        now: Timestamp,
    ) -> Result<(), OperatorError> {
        let pin_hash = match pin {
            Some(pin) => Some(pins::hash(pin, &self.ids.salt()?, self.terms.pin_cost)?),
            None => None,
        };
        let transaction = Writing::begin(&mut self.connection, &self.notes)?;
        let who = may_manage(&transaction, by)?;
        let all = all_active(&transaction)?;
        let before = person(&all, id)?;
        if before.role == role {
            return Ok(());
        }
        match (role, pin, &pin_hash) {
            // How long their PIN is nobody knows.
            (Role::Manager, None, _) => return Err(OperatorError::NeedsPin),
            (_, Some(pin), Some(pin_hash)) => {
                pins::check_strength(pin, role)?;
                check_pin_is_free(&all, pin, Some(id))?;
                put_pin(&transaction, id, pin_hash, who, now)?;
            }
            (Role::Cashier | Role::Manager, ..) => {}
        }
        if !may(Act::ChangePeople, Asking::of(role)).is_allowed() {
            check_not_the_last_manager(&all, before)?;
        }
        if !may(Act::CarryBadge, Asking::of(role)).is_allowed() {
            badges::revoke(&transaction, id, who, "no manager any more", now)?;
        }
        transaction.execute(
            "UPDATE operators SET role = ?2, updated_at = ?3 WHERE id = ?1",
            params![id.as_str(), role.as_str(), now.ms()],
        )?;
        let detail = [("name", before.name.as_str()), ("from", before.role.as_str()), ("to", role.as_str())];
        audit::append(&transaction, now, who, "operator_role", id.as_str(), &detail)?;
        Ok(transaction.commit()?)
    }

    /// Takes a person's access away, and their badge.
    pub fn remove_operator(
        &mut self,
        id: &OperatorId,
        by: Option<&OperatorId>,
        now: Timestamp,
    ) -> Result<(), OperatorError> {
        let transaction = Writing::begin(&mut self.connection, &self.notes)?;
        let who = may_manage(&transaction, by)?;
        let all = all_active(&transaction)?;
        let gone = person(&all, id)?;
        check_not_the_last_manager(&all, gone)?;
        badges::revoke(&transaction, id, who, "removed", now)?;
        transaction.execute(
            "UPDATE operators SET active = 0, updated_at = ?2 WHERE id = ?1",
            params![id.as_str(), now.ms()],
        )?;
        transaction.execute("DELETE FROM pin_failures WHERE subject = ?1", [id.as_str()])?;
        let detail = [("name", gone.name.as_str())];
        audit::append(&transaction, now, who, "operator_removed", id.as_str(), &detail)?;
        Ok(transaction.commit()?)
    }
}

fn put_pin(
    transaction: &Connection,
    id: &OperatorId,
    pin_hash: &str,
    who: &str,
    now: Timestamp,
) -> Result<(), rusqlite::Error> {
    transaction.execute(
        "UPDATE operators SET pin_hash = ?2, updated_at = ?3 WHERE id = ?1",
        params![id.as_str(), pin_hash, now.ms()],
    )?;
    transaction.execute("DELETE FROM pin_failures WHERE subject = ?1", [id.as_str()])?;
    audit::append(transaction, now, who, "operator_pin", id.as_str(), &[])
}
