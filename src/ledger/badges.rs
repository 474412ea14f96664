//! Badges: made, shown, revoked.
//!
//! **Only the SHA-256 of a badge's secret is kept**: 128 random bits need no slow hash and no waits, nobody can try them
//! all. **One badge a manager**: a new one revokes the one before. **A badge that is revoked, or whose owner left or is no
//! manager any more, is none.**

use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::error::{LedgerError, OperatorError, PinFault, PinRefusal};
use super::notes::Writing;
use super::people::may_manage;
use super::{Ledger, SYSTEM, audit, operators};
use crate::domain::{Act, Asking, Badge, Operator, OperatorId, Timestamp, may};

/// What is kept of a badge.
fn hash_of(badge: &Badge) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(b"tillback badge 1\n");
    hasher.update(badge.expose());
    hasher.finalize().into()
}

/// Whether a badge is for them.
fn may_carry(person: &Operator) -> bool {
    may(Act::CarryBadge, Asking::of(person.role)).is_allowed()
}

/// Whose badge this is, if it is anybody's now.
pub(super) fn holder(connection: &Connection, badge: &Badge) -> Result<Option<Operator>, PinFault> {
    let id: Option<String> = connection
        .prepare_cached("SELECT operator FROM badges WHERE hash = ?1 AND revoked_at IS NULL")?
        .query_row([hash_of(badge)], |row| row.get(0))
        .optional()?;
    let Some(id) = id.and_then(|id| OperatorId::parse(&id).ok()) else { return Ok(None) };
    let kept = operators::active(connection, &id)?.map(|kept| kept.operator);
    Ok(kept.filter(may_carry))
}

/// Revokes the badge that somebody has. False where there is none.
pub(super) fn revoke(
    transaction: &Connection,
    of: &OperatorId,
    by: &str,
    why: &str,
    now: Timestamp,
) -> Result<bool, rusqlite::Error> {
    let revoked = transaction
        .prepare_cached("UPDATE badges SET revoked_at = ?2 WHERE operator = ?1 AND revoked_at IS NULL")?
        .execute(params![of.as_str(), now.ms()])?;
    if revoked > 0 {
        audit::append(transaction, now, by, "badge_revoked", of.as_str(), &[("why", why)])?;
    }
    Ok(revoked > 0)
}

/// Who has a badge now.
fn holders(connection: &Connection) -> Result<Vec<OperatorId>, rusqlite::Error> {
    let mut statement =
        connection.prepare_cached("SELECT operator FROM badges WHERE revoked_at IS NULL ORDER BY operator")?;
    let ids: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(ids.iter().filter_map(|id| OperatorId::parse(id).ok()).collect())
}

/// Revokes every badge.
pub(super) fn revoke_all(transaction: &Connection, by: &str, why: &str, now: Timestamp) -> Result<(), rusqlite::Error> {
    for holder in holders(transaction)? {
        revoke(transaction, &holder, by, why, now)?;
    }
    Ok(())
}

impl Ledger {
    /// Makes a badge for a manager. What is given back is the only copy of its secret that there ever is.
    pub fn make_badge(
        &mut self,
        of: &OperatorId,
        by: Option<&OperatorId>,
        now: Timestamp,
    ) -> Result<Badge, OperatorError> {
        let badge = Badge::of(self.ids.salt()?);
        let transaction = Writing::begin(&mut self.connection, &self.notes)?;
        let who = may_manage(&transaction, by)?;
        let owner = operators::active(&transaction, of)?.ok_or(PinRefusal::NoSuchOperator)?.operator;
        if !may_carry(&owner) {
            return Err(OperatorError::NotAManager);
        }
        revoke(&transaction, of, who, "replaced", now)?;
        transaction
            .prepare_cached("INSERT INTO badges (hash, operator, made_by, made_at) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![hash_of(&badge), of.as_str(), who, now.ms()])?;
        audit::append(&transaction, now, who, "badge_made", of.as_str(), &[("name", owner.name.as_str())])?;
        transaction.commit()?;
        Ok(badge)
    }

    /// Revokes a badge. False where there is none.
    pub fn revoke_badge(
        &mut self,
        of: &OperatorId,
        by: Option<&OperatorId>,
        now: Timestamp,
    ) -> Result<bool, OperatorError> {
        let transaction = Writing::begin(&mut self.connection, &self.notes)?;
        let who = may_manage(&transaction, by)?;
        operators::active(&transaction, of)?.ok_or(PinRefusal::NoSuchOperator)?;
        let revoked = revoke(&transaction, of, who, "asked", now)?;
        transaction.commit()?;
        Ok(revoked)
    }

    /// Who has a badge now.
    pub fn badge_holders(&self) -> Result<Vec<OperatorId>, LedgerError> {
        Ok(holders(&self.connection)?)
    }

    /// Whose badge was scanned. One that is nobody's is written down.
    pub fn whose_badge(&mut self, badge: &Badge, now: Timestamp) -> Result<Operator, OperatorError> {
        Ok(self.badge_holder(badge, now)?)
    }

    pub(super) fn badge_holder(&mut self, badge: &Badge, now: Timestamp) -> Result<Operator, PinFault> {
        match holder(&self.connection, badge)? {
            Some(operator) => Ok(operator),
            None => {
                let transaction = Writing::begin(&mut self.connection, &self.notes)?;
                audit::append(&transaction, now, SYSTEM, "badge_unknown", "", &[])?;
                transaction.commit()?;
                Err(PinRefusal::UnknownBadge.into())
            }
        }
    }

    /// Signs in whoever has this badge.
    pub fn sign_in_by_badge(&mut self, badge: &Badge, now: Timestamp) -> Result<Operator, OperatorError> {
        let operator = self.badge_holder(badge, now)?;
        let transaction = Writing::begin(&mut self.connection, &self.notes)?;
        accept(&transaction, &operator.id, badge)?;
        let id = operator.id.as_str();
        audit::append(&transaction, now, id, "signed_in", id, &[("by", "badge")])?;
        transaction.commit()?;
        Ok(operator)
    }
}

/// Inside the transaction that acts on a badge: it is still this person's.
pub(super) fn accept(transaction: &Connection, of: &OperatorId, badge: &Badge) -> Result<(), PinFault> {
    match holder(transaction, badge)? {
        Some(operator) if operator.id == *of || planted!("any-badge") => Ok(()),
        Some(_) | None => Err(PinRefusal::UnknownBadge.into()),
    }
}
