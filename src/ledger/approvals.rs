//! Approvals: a person's yes to one intention, and the one refund that uses it up.
//!
//! **No refund row without an unexpired, unused approval equal to the intention in every field** (promise I6).
//! **Refunded, reserved and new never exceed what was paid**, checked in the transaction that adds the new one, which
//! no other writer can share (promise I4).

use rusqlite::{Connection, OptionalExtension, params};

use super::error::{ApproveError, LedgerError, RecordError};
use super::ids::Ids;
use super::notes::Writing;
use super::operators::Known;
use super::{Ledger, Terms, audit, operators, rows, weigh};
use crate::domain::{
    Act, Approval, ApprovalId, Asking, Currency, Intention, OperatorId, Policy, Proof, Reason, Refund, RefundReference,
    Refusal, Role, SaleId, SaleView, ScanSource, Timestamp, Weighed, may,
};
use crate::failpoint::failpoint;

/// What a person's yes came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Yes {
    /// The refund stands as `Prepared`, and the approval is used up by it.
    Recorded(Box<Refund>),
    /// A rule wants a second manager: the approval waits for them, and nothing else is recorded.
    WaitsForSecond(ApprovalId),
}

/// What a yes is to lead to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Approval,
    Refund,
    WhatItIsEnoughFor,
}

/// An approval as the ledger has it.
struct KeptApproval {
    approval: Approval,
    lifted: String,
    used: bool,
}

pub(super) const BY_ID: &str = "SELECT sale_id, key_kind, key_text, amount_minor, currency, settle_currency, reason,
         requester, approver, left_minor, approved_at, expires_at, used_by, lifted, note FROM approvals WHERE id = ?1";

fn kept(connection: &Connection, id: &ApprovalId) -> Result<Option<KeptApproval>, LedgerError> {
    const T: &str = "approvals";
    let read = |row: &rusqlite::Row<'_>| -> Result<KeptApproval, LedgerError> {
        let text = |at: usize| row.get_ref(at).and_then(|value| Ok(value.as_str()?));
        let intention = Intention {
            sale_id: rows::sound(SaleId::parse(text(0)?), T)?,
            sale_key: rows::sale_key(text(1)?, text(2)?, T)?,
            amount: rows::money(row.get(3)?, text(4)?, T)?,
            settle_currency: rows::sound(Currency::parse(text(5)?), T)?,
            reason: rows::sound(Reason::parse(text(6)?), T)?,
            requester: rows::sound(OperatorId::parse(text(7)?), T)?,
            left_seen: rows::money(row.get(9)?, text(4)?, T)?,
            note: row.get::<_, Option<String>>(14)?.map(|note| rows::sound(Reason::parse(&note), T)).transpose()?,
        };
        let approval = Approval {
            id: id.clone(),
            intention,
            approver: rows::sound(OperatorId::parse(text(8)?), T)?,
            approved_at: Timestamp::from_ms(row.get(10)?),
            expires_at: Timestamp::from_ms(row.get(11)?),
        };
        let lifted = text(13)?.to_owned();
        Ok(KeptApproval { approval, lifted, used: row.get::<_, Option<String>>(12)?.is_some() })
    };
    let mut statement = connection.prepare_cached(BY_ID)?;
    let mut found = statement.query_and_then([id.as_str()], read)?;
    found.next().transpose()
}

/// The approval of that id, and whether it has been used.
pub(super) fn kept_by(connection: &Connection, id: &ApprovalId) -> Result<Option<(Approval, bool)>, LedgerError> {
    Ok(kept(connection, id)?.map(|kept| (kept.approval, kept.used)))
}

/// What an approval is used up by: the refund and which of its requests.
pub(super) type Use<'a> = (&'a RefundReference, u32);

pub(super) fn insert(
    transaction: &Connection,
    approval: &Approval,
    lifted: &str,
    known: &Known,
    used: Option<Use<'_>>,
) -> Result<(), rusqlite::Error> {
    let Approval { id, intention, approver, approved_at, expires_at } = approval;
    let (kind, text) = rows::key_columns(&intention.sale_key);
    transaction
        .prepare_cached(
            "INSERT INTO approvals (id, sale_id, key_kind, key_text, amount_minor, currency, settle_currency, reason,
                 requester, approver, left_minor, approved_at, expires_at, used_by, attempt, lifted, note)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
        )?
        .execute(params![
            id.as_str(),
            intention.sale_id.as_str(),
            kind,
            text,
            intention.amount.minor(),
            intention.amount.currency().code(),
            intention.settle_currency.code(),
            intention.reason.as_str(),
            intention.requester.as_str(),
            approver.as_str(),
            intention.left_seen.minor(),
            approved_at.ms(),
            expires_at.ms(),
            used.map(|(reference, _)| reference.as_str()),
            used.map(|(_, attempt)| attempt),
            lifted,
            intention.note.as_ref().map(Reason::as_str),
        ])?;
    let amount = intention.amount.to_string();
    let left = intention.left_seen.to_string();
    let mut detail = vec![
        ("approval", id.as_str()),
        ("amount", amount.as_str()),
        ("left", left.as_str()),
        ("requester", intention.requester.as_str()),
        ("reason", intention.reason.as_str()),
    ];
    if intention.requester == *approver {
        detail.push(("alone", "yes"));
    }
    if !lifted.is_empty() {
        detail.push(("lifted", lifted));
    }
    detail.extend(intention.note.as_ref().map(|note| ("note", note.as_str())));
    detail.extend(known.shown());
    audit::append(transaction, *approved_at, approver.as_str(), "approved", intention.sale_id.as_str(), &detail)
}

/// The sale as this transaction sees it, if the intention is still allowed on it.
fn check(
    transaction: &Connection,
    policy: &Policy,
    intention: &Intention,
    now: Timestamp,
) -> Result<SaleView, RecordError> {
    let view = rows::sale_view(transaction, &intention.sale_id)?.ok_or(LedgerError::NotFound { what: "sale" })?;
    policy.check_amount(&view, intention.amount, now).map_err(RecordError::Refused)?;
    let left = view.balance.left().map_err(|error| RecordError::Refused(error.into()))?;
    if left != intention.left_seen && !planted!("balance-not-compared") {
        return Err(RecordError::BalanceChanged { left });
    }
    let named_alike = view.sale.key().as_ref() == Some(&intention.sale_key);
    if !named_alike || view.sale.settle_currency != intention.settle_currency {
        return Err(RecordError::Refused(Refusal::ApprovalVoid));
    }
    Ok(view)
}

fn check_people(
    transaction: &Connection,
    policy: &Policy,
    intention: &Intention,
    approver: &OperatorId,
) -> Result<Role, RecordError> {
    let refused = || RecordError::Refused(Refusal::NotYourApproval);
    let asks = operators::active(transaction, &intention.requester)?.ok_or_else(refused)?.operator.role;
    if !may(Act::AskForRefund, Asking::of(asks)).is_allowed() {
        return Err(refused());
    }
    let role = operators::active(transaction, approver)?.ok_or_else(refused)?.operator.role;
    let person = (approver, role);
    policy.check(Act::Approve, &intention.requester, person, intention.amount).map_err(RecordError::Refused)?;
    Ok(role)
}

/// Everything a yes is held against: the people, the wallets' limits, the store's own rules. Gives the rules it breaks
/// and, by their words, those that this approver lifts.
fn judge(
    transaction: &Connection,
    terms: &Terms,
    intention: &Intention,
    approver: &OperatorId,
    now: Timestamp,
) -> Result<(Weighed, String), RecordError> {
    let role = check_people(transaction, &terms.policy, intention, approver)?;
    let view = check(transaction, &terms.policy, intention, now)?;
    // Where the number came from makes a warning at most.
    let weighed = weigh::weigh(transaction, terms, &view, intention, ScanSource::Scanner, now)?;
    let lifted = weigh::lift(&weighed, intention, approver, role)?;
    Ok((weighed, lifted))
}

/// A new approval's terms: until when it holds is the policy's.
pub(super) fn new_approval(
    ids: &mut Ids,
    policy: &Policy,
    intention: &Intention,
    approver: &OperatorId,
    now: Timestamp,
) -> Result<Approval, LedgerError> {
    Ok(Approval {
        id: rows::sound(ApprovalId::parse(&ids.next(now)?), "approvals")?,
        intention: intention.clone(),
        approver: approver.clone(),
        approved_at: now,
        expires_at: now.plus_ms(i64::from(policy.approval_seconds) * 1000),
    })
}

fn new_reference(ids: &mut Ids, terms: &Terms, now: Timestamp) -> Result<RefundReference, LedgerError> {
    rows::sound(RefundReference::parse(&format!("{}-{}", terms.till, ids.next(now)?)), "refunds")
}

/// Adds the refund as `Prepared`, under an approval that the caller has checked and that is marked used by it.
fn insert_refund(
    transaction: &Connection,
    reference: &RefundReference,
    approval: &Approval,
    terms: &Terms,
    now: Timestamp,
) -> Result<Refund, LedgerError> {
    let Approval { id, intention, approver, .. } = approval;
    let (kind, text) = rows::key_columns(&intention.sale_key);
    transaction
        .prepare_cached(
            "INSERT INTO refunds (reference, sale_id, key_kind, key_text, amount_minor, currency, settle_currency,
                 reason, requester, approver, approval_id, attempt, state, training, till, created_at, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 1, 'prepared', ?12, ?13, ?14, ?14)",
        )?
        .execute(params![
            reference.as_str(),
            intention.sale_id.as_str(),
            kind,
            text,
            intention.amount.minor(),
            intention.amount.currency().code(),
            intention.settle_currency.code(),
            intention.reason.as_str(),
            intention.requester.as_str(),
            approver.as_str(),
            id.as_str(),
            terms.training,
            terms.till.as_str(),
            now.ms(),
        ])?;
    let amount = intention.amount.to_string();
    let detail = [
        ("sale", intention.sale_id.as_str()),
        ("amount", amount.as_str()),
        ("approval", id.as_str()),
        ("till", terms.till.as_str()),
    ];
    audit::append(transaction, now, intention.requester.as_str(), "refund_prepared", reference.as_str(), &detail)?;
    rows::refund_by(transaction, reference)
}

impl Ledger {
    /// A person's yes, as the terminal takes it: where nobody else has to agree, the refund is recorded under it in the
    /// same transaction, and the disk is waited for once.
    pub fn take_yes(
        &mut self,
        intention: &Intention,
        approver: &OperatorId,
        proof: impl Into<Proof>,
        now: Timestamp,
    ) -> Result<Yes, ApproveError> {
        self.yes(intention, approver, proof.into(), Wanted::WhatItIsEnoughFor, now)
    }

    /// Records a person's yes to this intention, for the policy's time: their PIN or badge is right, the policy lets them
    /// approve it, and the sale allows it now. The refund is for [`Ledger::prepare`].
    pub fn approve(
        &mut self,
        intention: &Intention,
        approver: &OperatorId,
        proof: impl Into<Proof>,
        now: Timestamp,
    ) -> Result<ApprovalId, ApproveError> {
        match self.yes(intention, approver, proof.into(), Wanted::Approval, now)? {
            Yes::WaitsForSecond(approval) => Ok(approval),
            Yes::Recorded(refund) => Ok(refund.approval_id),
        }
    }

    /// [`Ledger::approve`] and [`Ledger::prepare`] in one transaction; refused where a second manager has to agree.
    pub fn approve_and_prepare(
        &mut self,
        intention: &Intention,
        approver: &OperatorId,
        proof: impl Into<Proof>,
        now: Timestamp,
    ) -> Result<Refund, ApproveError> {
        match self.yes(intention, approver, proof.into(), Wanted::Refund, now)? {
            Yes::Recorded(refund) => Ok(*refund),
            Yes::WaitsForSecond(_) => Err(ApproveError::Record(RecordError::Refused(Refusal::ApprovalVoid))),
        }
    }

    fn yes(
        &mut self,
        intention: &Intention,
        approver: &OperatorId,
        proof: Proof,
        wanted: Wanted,
        now: Timestamp,
    ) -> Result<Yes, ApproveError> {
        let known = self.known(approver, proof, now)?;
        let approval = new_approval(&mut self.ids, &self.terms.policy, intention, approver, now)?;
        let reference = new_reference(&mut self.ids, &self.terms, now)?;
        let transaction = known.begin(&mut self.connection, &self.notes)?;
        let (weighed, lifted) = judge(&transaction, &self.terms, intention, approver, now)?;
        if wanted == Wanted::Approval || (wanted == Wanted::WhatItIsEnoughFor && weighed.needs_two()) {
            insert(&transaction, &approval, &lifted, &known, None)?;
            failpoint!(ApproveCommitting);
            transaction.commit()?;
            failpoint!(ApproveCommitted);
            return Ok(Yes::WaitsForSecond(approval.id));
        }
        // The approval is born used: no moment in which it could serve another refund.
        weigh::check_lifted(&transaction, &weighed, &approval.id, &lifted)?;
        insert(&transaction, &approval, &lifted, &known, Some((&reference, 1)))?;
        let refund = insert_refund(&transaction, &reference, &approval, &self.terms, now)?;
        failpoint!(PrepareCommitting);
        transaction.commit()?;
        failpoint!(PrepareCommitted);
        Ok(Yes::Recorded(Box::new(refund)))
    }

    /// Uses up an approval: the refund stands as `Prepared`, its amount reserved. One transaction checks that the
    /// approval is unexpired, unused and given for exactly this, that what is left is what the approver saw, and that
    /// the policy still allows it.
    pub fn prepare(
        &mut self,
        approval: &ApprovalId,
        intention: &Intention,
        now: Timestamp,
    ) -> Result<Refund, RecordError> {
        let void = || RecordError::Refused(Refusal::ApprovalVoid);
        let reference = new_reference(&mut self.ids, &self.terms, now)?;
        let transaction = Writing::begin(&mut self.connection, &self.notes)?;
        let KeptApproval { approval, lifted, used } = kept(&transaction, approval)?.ok_or_else(void)?;
        if used || (approval.intention != *intention && !planted!("approval-for-anything")) {
            return Err(void());
        }
        // A clock that went back behind the approval would stretch it.
        if (now >= approval.expires_at || now < approval.approved_at) && !planted!("approval-never-expires") {
            return Err(RecordError::Refused(Refusal::ApprovalExpired));
        }
        let (weighed, _) = judge(&transaction, &self.terms, intention, &approval.approver, now)?;
        weigh::check_lifted(&transaction, &weighed, &approval.id, &lifted)?;
        let refund = insert_refund(&transaction, &reference, &approval, &self.terms, now)?;
        let marked = transaction
            .prepare_cached("UPDATE approvals SET used_by = ?2, attempt = 1 WHERE id = ?1 AND used_by IS NULL")?
            .execute([approval.id.as_str(), reference.as_str()])?;
        if marked != 1 {
            return Err(void());
        }
        failpoint!(PrepareCommitting);
        transaction.commit()?;
        failpoint!(PrepareCommitted);
        Ok(refund)
    }

    /// The approval of that id, and whether it has been used.
    pub fn approval(&self, id: &ApprovalId) -> Result<Option<(Approval, bool)>, LedgerError> {
        kept_by(&self.connection, id)
    }
}

/// The sale as it would stand without this refund of it, which may keep its own amount back.
pub(super) fn view_without(transaction: &Connection, refund: &Refund) -> Result<SaleView, RecordError> {
    let mut view = rows::sale_view(transaction, &refund.sale_id)?.ok_or(LedgerError::NotFound { what: "sale" })?;
    view.refunds.retain(|other| other.reference != refund.reference);
    if refund.reserves() {
        let reserved = view.balance.reserved.minus(refund.amount);
        view.balance.reserved = reserved.map_err(|error| RecordError::Refused(error.into()))?;
    }
    Ok(view)
}

/// A new request for a refund that was not executed hangs on an approval of its own, bound to what is left now. It must
/// come from a manager, whatever a cashier may confirm alone.
pub(super) fn approve_again(
    transaction: &Connection,
    ids: &mut Ids,
    policy: &Policy,
    refund: &Refund,
    known: &Known,
    now: Timestamp,
) -> Result<ApprovalId, RecordError> {
    let view = view_without(transaction, refund)?;
    let intention = Intention {
        sale_id: refund.sale_id.clone(),
        sale_key: refund.sale_key.clone(),
        amount: refund.amount,
        settle_currency: refund.settle_currency,
        reason: refund.reason.clone(),
        requester: refund.requester.clone(),
        left_seen: view.balance.left().map_err(|error| RecordError::Refused(error.into()))?,
        note: None,
    };
    let refused = || RecordError::Refused(Refusal::NotYourApproval);
    let person = (&known.id, operators::active(transaction, &known.id)?.ok_or_else(refused)?.operator.role);
    policy.check(Act::SendAgain, &intention.requester, person, intention.amount).map_err(RecordError::Refused)?;
    policy.check_amount(&view, intention.amount, now).map_err(RecordError::Refused)?;
    let attempt: u32 = transaction
        .prepare_cached("SELECT attempt FROM refunds WHERE reference = ?1")?
        .query_row([refund.reference.as_str()], |row| row.get(0))
        .optional()?
        .ok_or(LedgerError::NotFound { what: "refund" })?;
    let approval = new_approval(ids, policy, &intention, &known.id, now)?;
    insert(transaction, &approval, "", known, Some((&refund.reference, attempt.saturating_add(1))))?;
    Ok(approval.id)
}
