//! What managers do about refunds that the gateway left open: send again, give up, decide by hand.
//!
//! **Each is a manager's, by PIN, with a written reason, and a row that is never changed.** **A decision moves a refund
//! only where the gateway's word allows it**: nothing that the gateway reports is sent again or said not to have
//! happened, and "it did not happen" is not taken while a request may still be on its way. **What a person says did not
//! happen keeps its amount** until a second step sends it again or gives it up.

use rusqlite::{Connection, params};

use super::error::{ApproveError, LedgerError, RecordError};
use super::operators::Known;
use super::recorded::Recorded;
use super::refunds::{REPORTED, after, recorded};
use super::{Ledger, approvals, audit, operators, rows};
use crate::domain::{
    Act, DecisionKind, EvidenceNumber, HandDecision, OperatorId, Policy, Proof, Reason, Refund, RefundAction,
    RefundMove, RefundReference, RefundState, Refusal, Timestamp, Verdict,
};
use crate::failpoint::failpoint;

/// A decision on its way into the record.
struct Deciding<'a> {
    kind: DecisionKind,
    by: &'a OperatorId,
    reason: &'a Reason,
    evidence: Option<&'a EvidenceNumber>,
    at: Timestamp,
    /// How they were known, where the record says it.
    shown: Option<(&'static str, &'static str)>,
}

impl<'a> Deciding<'a> {
    /// One that rests on no evidence.
    fn of(kind: DecisionKind, known: &'a Known, reason: &'a Reason, at: Timestamp) -> Self {
        Self { kind, by: &known.id, reason, evidence: None, at, shown: known.shown() }
    }
}

fn put_down(transaction: &Connection, refund: &Refund, deciding: &Deciding<'_>) -> Result<(), rusqlite::Error> {
    transaction
        .prepare_cached(
            "INSERT INTO refund_decisions
                 (reference, number, attempt, kind, before, decided_by, reason, evidence, decided_at)
             VALUES (?1, (SELECT count(*) + 1 FROM refund_decisions WHERE reference = ?1), ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            refund.reference.as_str(),
            refund.attempt,
            deciding.kind.as_str(),
            refund.state.as_str(),
            deciding.by.as_str(),
            deciding.reason.as_str(),
            deciding.evidence.map(EvidenceNumber::as_str),
            deciding.at.ms(),
        ])?;
    Ok(())
}

/// Makes a move that rests on a decision. The row in `refund_decisions` has to be there.
fn move_by_hand(
    transaction: &Connection,
    refund: &Refund,
    by: RefundMove,
    deciding: &Deciding<'_>,
) -> Result<(), RecordError> {
    let next = after(refund, by)?;
    let moved = transaction
        .prepare_cached(
            "UPDATE refunds SET state = ?3,
                 outcome = CASE ?3 WHEN 'abandoned' THEN outcome ELSE ?3 END,
                 outcome_cause = CASE ?3 WHEN 'abandoned' THEN outcome_cause END,
                 outcome_code = CASE ?3 WHEN 'abandoned' THEN outcome_code END,
                 decision = ?3, decided_by = ?4, decided_reason = ?5, decided_evidence = ?6, decided_at = ?7,
                 confirmed_at = NULL, contradicted = NULL, contradicted_at = NULL, contradicted_after = NULL,
                 not_found_answers = 0, not_found_first_at = NULL, updated_at = ?7
             WHERE reference = ?1 AND state = ?2",
        )?
        .execute(params![
            refund.reference.as_str(),
            refund.state.as_str(),
            next.as_str(),
            deciding.by.as_str(),
            deciding.reason.as_str(),
            deciding.evidence.map(EvidenceNumber::as_str),
            deciding.at.ms(),
        ])?;
    if moved != 1 {
        return Err(RecordError::IllegalMove { state: refund.state, by });
    }
    let mut detail = vec![("from", refund.state.as_str()), ("to", next.as_str()), ("by_hand", "yes")];
    detail.push(("reason", deciding.reason.as_str()));
    detail.extend(deciding.evidence.map(|evidence| ("evidence", evidence.as_str())));
    detail.extend(deciding.shown);
    let (who, subject) = (deciding.by.as_str(), refund.reference.as_str());
    Ok(audit::append(transaction, deciding.at, who, "refund_moved", subject, &detail)?)
}

/// A manager has looked at what the gateway says, and the refund stays as it is.
fn let_stand(transaction: &Connection, refund: &Refund, deciding: &Deciding<'_>) -> Result<(), RecordError> {
    transaction
        .prepare_cached(
            "UPDATE refunds SET contradicted = NULL, contradicted_at = NULL, contradicted_after = NULL
             WHERE reference = ?1",
        )?
        .execute([refund.reference.as_str()])?;
    let mut detail = vec![("state", refund.state.as_str()), ("reason", deciding.reason.as_str())];
    detail.extend(deciding.evidence.map(|evidence| ("evidence", evidence.as_str())));
    detail.extend(deciding.shown);
    let (who, subject) = (deciding.by.as_str(), refund.reference.as_str());
    Ok(audit::append(transaction, deciding.at, who, "refund_stands", subject, &detail)?)
}

fn is_reported(transaction: &Connection, refund: &Refund) -> Result<bool, LedgerError> {
    let mut statement = transaction.prepare_cached(REPORTED)?;
    let reported: bool = statement.query_row([refund.reference.as_str()], |row| row.get(0))?;
    Ok(reported || refund.contradiction.is_some())
}

/// The refund waits for a manager to send it again or to give it up, and the gateway does not report it.
fn check_waits(transaction: &Connection, refund: &Refund, by: RefundMove) -> Result<(), RecordError> {
    let again_anyway = planted!("sent-again-while-unknown") && refund.state == RefundState::Unknown;
    if !matches!(refund.state, RefundState::NotSent | RefundState::NotExecuted) && !again_anyway {
        return Err(RecordError::IllegalMove { state: refund.state, by });
    }
    if is_reported(transaction, refund)? {
        return Err(RecordError::AlreadyReported(refund.reference.clone()));
    }
    Ok(())
}

/// A person whose word counts for this act.
fn check_person(
    transaction: &Connection,
    policy: &Policy,
    refund: &Refund,
    (act, who): (Act, &OperatorId),
) -> Result<(), RecordError> {
    let gone = || RecordError::Refused(Refusal::NotYourApproval);
    let role = operators::active(transaction, who)?.ok_or_else(gone)?.operator.role;
    policy.check(act, &refund.requester, (who, role), refund.amount).map_err(RecordError::Refused)
}

/// Gives a refund up in the middle of something larger, by a manager whose PIN was looked at there. False where the
/// gateway reports it: then it cannot be sent again anyway, and what became of it is for a manager to decide.
pub(super) fn give_up(
    transaction: &Connection,
    reference: &RefundReference,
    by: &OperatorId,
    reason: &Reason,
    at: Timestamp,
) -> Result<bool, RecordError> {
    let refund = rows::refund_by(transaction, reference)?;
    if is_reported(transaction, &refund)? {
        return Ok(false);
    }
    let deciding = Deciding { kind: DecisionKind::Abandoned, by, reason, evidence: None, at, shown: None };
    put_down(transaction, &refund, &deciding)?;
    move_by_hand(transaction, &refund, RefundMove::Abandon, &deciding)?;
    Ok(true)
}

impl Ledger {
    /// Writes `Sent` for another request under the same reference, by a manager, after the first was shown not to have
    /// been executed or never left. The balance is checked anew in the same transaction.
    pub fn send_again(
        &mut self,
        reference: &RefundReference,
        approver: &OperatorId,
        proof: impl Into<Proof>,
        reason: &Reason,
        now: Timestamp,
    ) -> Result<Recorded, ApproveError> {
        let known = self.known(approver, proof.into(), now)?;
        let transaction = known.begin(&mut self.connection, &self.notes)?;
        let refund = rows::refund_by(&transaction, reference)?;
        check_waits(&transaction, &refund, RefundMove::Send)?;
        let approval = approvals::approve_again(&transaction, &mut self.ids, &self.terms.policy, &refund, &known, now)?;
        put_down(&transaction, &refund, &Deciding::of(DecisionKind::SentAgain, &known, reason, now))?;
        let moved = transaction
            .prepare_cached(
                "UPDATE refunds SET state = 'sent', approver = ?3, approval_id = ?4, attempt = attempt + 1,
                     outcome = NULL, outcome_cause = NULL, outcome_code = NULL, gateway_refund_no = NULL,
                     decision = NULL, decided_by = NULL, decided_reason = NULL, decided_evidence = NULL,
                     decided_at = NULL, confirmed_at = NULL,
                     not_found_answers = 0, not_found_first_at = NULL, last_query_at = NULL, updated_at = ?5
                 WHERE reference = ?1 AND state = ?2",
            )?
            .execute(params![
                reference.as_str(),
                refund.state.as_str(),
                approver.as_str(),
                approval.as_str(),
                now.ms()
            ])?;
        if moved != 1 {
            return Err(RecordError::IllegalMove { state: refund.state, by: RefundMove::Send }.into());
        }
        let mut detail =
            vec![("from", refund.state.as_str()), ("to", "sent"), ("again", "yes"), ("reason", reason.as_str())];
        detail.extend(known.shown());
        audit::append(&transaction, now, approver.as_str(), "refund_moved", reference.as_str(), &detail)?;
        failpoint!(SentCommitting);
        transaction.commit()?;
        failpoint!(SentCommitted);
        self.put_mark();
        Ok(recorded(&refund))
    }

    /// A manager gives up a refund that is known not to have been executed, with a reason.
    pub fn abandon(
        &mut self,
        reference: &RefundReference,
        approver: &OperatorId,
        proof: impl Into<Proof>,
        reason: &Reason,
        now: Timestamp,
    ) -> Result<Refund, ApproveError> {
        let known = self.known(approver, proof.into(), now)?;
        let transaction = known.begin(&mut self.connection, &self.notes)?;
        let refund = rows::refund_by(&transaction, reference)?;
        check_person(&transaction, &self.terms.policy, &refund, (Act::Release, approver))?;
        check_waits(&transaction, &refund, RefundMove::Abandon)?;
        let deciding = Deciding::of(DecisionKind::Abandoned, &known, reason, now);
        put_down(&transaction, &refund, &deciding)?;
        move_by_hand(&transaction, &refund, RefundMove::Abandon, &deciding)?;
        let refund = rows::refund_by(&transaction, reference)?;
        failpoint!(ReleaseCommitting);
        transaction.commit()?;
        failpoint!(ReleaseCommitted);
        Ok(refund)
    }

    /// A manager says what became of a refund, with a reason and what it rests on. Where the gateway contradicts the
    /// ledger, the same ends the contradiction: the refund moves to what the gateway says, or stays as it is.
    pub fn decide(
        &mut self,
        reference: &RefundReference,
        decided: &HandDecision,
        approver: &OperatorId,
        proof: impl Into<Proof>,
        now: Timestamp,
    ) -> Result<Refund, ApproveError> {
        self.decide_after(reference, decided, (approver, proof), now, i64::MAX)
    }

    /// [`Ledger::decide`] where the refund has really stood as it does for `age_ms` milliseconds at most, by a clock that
    /// nobody sets. A request may still arrive until that long ago, whatever the wall clock says.
    pub fn decide_after(
        &mut self,
        reference: &RefundReference,
        decided: &HandDecision,
        (approver, proof): (&OperatorId, impl Into<Proof>),
        now: Timestamp,
        age_ms: i64,
    ) -> Result<Refund, ApproveError> {
        let known = self.known(approver, proof.into(), now)?;
        let span_ms = i64::from(self.terms.resolve.not_found_span_seconds) * 1000;
        let transaction = known.begin(&mut self.connection, &self.notes)?;
        let refund = rows::refund_by(&transaction, reference)?;
        check_person(&transaction, &self.terms.policy, &refund, (Act::DecideByHand, approver))?;
        let (action, by) = match decided.verdict {
            Verdict::Refunded => (RefundAction::SayRefunded, RefundMove::Attest),
            Verdict::NotExecuted => (RefundAction::SayNotExecuted, RefundMove::Deny),
        };
        if !refund.allows(action) {
            return Err(RecordError::IllegalMove { state: refund.state, by }.into());
        }
        let (reason, evidence) = (&decided.reason, Some(&decided.evidence));
        let deciding = |kind| Deciding { evidence, ..Deciding::of(kind, &known, reason, now) };
        if refund.state.after(by).is_none() {
            let deciding = deciding(DecisionKind::Stands);
            put_down(&transaction, &refund, &deciding)?;
            let_stand(&transaction, &refund, &deciding)?;
        } else {
            let kind = match decided.verdict {
                Verdict::Refunded => DecisionKind::Refunded,
                Verdict::NotExecuted => DecisionKind::NotExecuted,
            };
            check_word(&transaction, &refund, decided.verdict, span_ms, now.ms_since(refund.updated_at).min(age_ms))?;
            put_down(&transaction, &refund, &deciding(kind))?;
            move_by_hand(&transaction, &refund, by, &deciding(kind))?;
            explain(&transaction, &refund, decided.verdict)?;
        }
        let refund = rows::refund_by(&transaction, reference)?;
        failpoint!(DecideCommitting);
        transaction.commit()?;
        failpoint!(DecideCommitted);
        Ok(refund)
    }
}

/// What a person's word may not do: free money that the gateway reports as gone, or that may still be going; or count
/// more as refunded than was paid, unless the gateway says so itself.
fn check_word(
    transaction: &Connection,
    refund: &Refund,
    verdict: Verdict,
    span_ms: i64,
    age_ms: i64,
) -> Result<(), RecordError> {
    match verdict {
        Verdict::NotExecuted => {
            if is_reported(transaction, refund)? {
                return Err(RecordError::AlreadyReported(refund.reference.clone()));
            }
            let wait_ms = span_ms.saturating_sub(age_ms);
            if wait_ms > 0 {
                let wait_seconds = u32::try_from(wait_ms.saturating_add(999) / 1000).unwrap_or(u32::MAX);
                return Err(RecordError::TooEarly { wait_seconds });
            }
        }
        Verdict::Refunded if refund.state == RefundState::NotExecuted && refund.contradiction.is_none() => {
            let left = approvals::view_without(transaction, refund)?.balance.left();
            let left = left.map_err(|error| RecordError::Refused(error.into()))?;
            if refund.amount.compare(left).map_or(true, std::cmp::Ordering::is_gt) {
                return Err(RecordError::Refused(Refusal::OverLeft { asked: refund.amount, left }));
            }
        }
        Verdict::Refunded => {}
    }
    Ok(())
}

/// What the gateway reported under this reference is now a refund of ours and no longer one made elsewhere.
fn explain(transaction: &Connection, refund: &Refund, verdict: Verdict) -> Result<(), rusqlite::Error> {
    if verdict == Verdict::Refunded {
        transaction
            .prepare_cached(
                "DELETE FROM foreign_refunds WHERE sale_id = ?1 AND id =
                     (SELECT min(id) FROM foreign_refunds WHERE sale_id = ?1 AND reference = ?2 AND amount_minor = ?3)",
            )?
            .execute(params![refund.sale_id.as_str(), refund.reference.as_str(), refund.amount.minor()])?;
    }
    Ok(())
}
