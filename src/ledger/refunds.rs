//! A refund's life on disk: sent, settled, sent again, given up, found again after a crash.
//!
//! **Only the moves of `domain::refund` are made**; each is a compare-and-set on the state it begins from, so that of
//! two processes one wins. **`Recorded` is made after the commit that wrote `Sent`, and nowhere else** (promise I1).
//! **Nothing here sends anything**, and nothing here turns `Unknown` into anything without evidence.

use rusqlite::{Connection, TransactionBehavior, params};

use super::error::{ApproveError, LedgerError, RecordError};
use super::pins::{self, Subject};
use super::recorded::Recorded;
use super::{Ledger, SYSTEM, approvals, audit, operators, rows};
use crate::domain::{
    OperatorId, Outcome, Pin, Reason, Refund, RefundMove, RefundReference, RefundState, Refusal, Role, Timestamp,
    UnknownCause,
};
use crate::failpoint::failpoint;

/// The partial index `refunds_open` serves queries that repeat its condition to the letter.
pub(super) const OPEN: &str = "state IN ('prepared', 'sent', 'pending', 'unknown', 'not_sent', 'not_executed')";

/// What an earlier process can have left in the middle of something.
pub(super) const RECOVERABLE: &str = "state IN ('prepared', 'sent')";
/// What a query can still tell more about: `RefundState::is_unresolved`.
pub(super) const UNRESOLVED: &str = "state IN ('sent', 'pending', 'unknown')";
pub(super) const REPORTED: &str = "SELECT EXISTS (SELECT 1 FROM foreign_refunds WHERE reference = ?1)";

/// Which refunds to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundFilter {
    /// Made at or after this moment.
    pub since: Option<Timestamp>,
    /// Made before this moment.
    pub until: Option<Timestamp>,
    /// In one of these states; any, when empty.
    pub states: Vec<RefundState>,
    /// At most this many, the newest first.
    pub limit: u32,
}

impl Default for RefundFilter {
    fn default() -> Self {
        Self { since: None, until: None, states: Vec::new(), limit: 1000 }
    }
}

/// The state after the move, or the error that names both.
pub(super) fn after(refund: &Refund, by: RefundMove) -> Result<RefundState, RecordError> {
    refund.state.after(by).ok_or(RecordError::IllegalMove { state: refund.state, by })
}

/// Makes one move with an outcome: compare-and-set, and its row in the record.
pub(super) fn make_move(
    transaction: &Connection,
    refund: &Refund,
    outcome: &Outcome,
    who: &str,
    now: Timestamp,
) -> Result<(), RecordError> {
    let by = outcome.as_move();
    let next = after(refund, by)?;
    let (kind, cause, code, number) = rows::outcome_columns(outcome);
    let moved = transaction
        .prepare_cached(
            "UPDATE refunds SET state = ?3, outcome = ?4, outcome_cause = ?5, outcome_code = ?6,
                 gateway_refund_no = ?7, updated_at = ?8 WHERE reference = ?1 AND state = ?2",
        )?
        .execute(params![
            refund.reference.as_str(),
            refund.state.as_str(),
            next.as_str(),
            kind,
            cause,
            code,
            number,
            now.ms()
        ])?;
    if moved != 1 {
        return Err(RecordError::IllegalMove { state: refund.state, by });
    }
    let mut detail = vec![("from", refund.state.as_str()), ("to", next.as_str())];
    detail.extend(cause.map(|cause| ("cause", cause)));
    detail.extend(code.map(|code| ("code", code)));
    detail.extend(number.map(|number| ("gateway_refund_no", number)));
    Ok(audit::append(transaction, now, who, "refund_moved", refund.reference.as_str(), &detail)?)
}

fn recorded(refund: &Refund) -> Recorded {
    Recorded::after_commit(refund.reference.clone(), refund.sale_key.clone(), refund.amount, refund.settle_currency)
}

impl Ledger {
    /// Writes `Sent` and gives the one permission to send. From `Prepared` alone.
    pub fn mark_sent(&mut self, reference: &RefundReference, now: Timestamp) -> Result<Recorded, RecordError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let refund = rows::refund_by(&transaction, reference)?;
        let illegal = RecordError::IllegalMove { state: refund.state, by: RefundMove::Send };
        if refund.state != RefundState::Prepared {
            return Err(illegal);
        }
        let moved = transaction
            .prepare_cached(
                "UPDATE refunds SET state = 'sent', updated_at = ?2 WHERE reference = ?1 AND state = 'prepared'",
            )?
            .execute(params![reference.as_str(), now.ms()])?;
        if moved != 1 {
            return Err(illegal);
        }
        let detail = [("from", "prepared"), ("to", "sent")];
        audit::append(&transaction, now, SYSTEM, "refund_moved", reference.as_str(), &detail)?;
        failpoint!(SentCommitting);
        transaction.commit()?;
        failpoint!(SentCommitted);
        Ok(recorded(&refund))
    }

    /// Writes `Sent` for another request under the same reference, by a manager, after the first was shown not to have
    /// been executed or never left. The balance is checked anew in the same transaction.
    pub fn send_again(
        &mut self,
        reference: &RefundReference,
        approver: &OperatorId,
        pin: &Pin,
        now: Timestamp,
    ) -> Result<Recorded, ApproveError> {
        self.right_pin(approver, pin, now)?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        pins::accept(&transaction, Subject::Operator(approver.as_str()), now)?;
        let refund = rows::refund_by(&transaction, reference)?;
        if !matches!(refund.state, RefundState::NotSent | RefundState::NotExecuted) {
            return Err(RecordError::IllegalMove { state: refund.state, by: RefundMove::Send }.into());
        }
        let reported: bool = transaction.prepare_cached(REPORTED)?.query_row([reference.as_str()], |row| row.get(0))?;
        if reported {
            return Err(RecordError::AlreadyReported(reference.clone()).into());
        }
        let approval =
            approvals::approve_again(&transaction, &mut self.ids, &self.terms.policy, &refund, approver, now)?;
        let moved = transaction
            .prepare_cached(
                "UPDATE refunds SET state = 'sent', approver = ?3, approval_id = ?4, attempt = attempt + 1,
                     outcome = NULL, outcome_cause = NULL, outcome_code = NULL, gateway_refund_no = NULL,
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
        let detail = [("from", refund.state.as_str()), ("to", "sent"), ("again", "yes")];
        audit::append(&transaction, now, approver.as_str(), "refund_moved", reference.as_str(), &detail)?;
        failpoint!(SentCommitting);
        transaction.commit()?;
        failpoint!(SentCommitted);
        Ok(recorded(&refund))
    }

    /// Records what became of a request, or what a query showed. The same outcome a second time changes nothing; any
    /// move that is not legal is an error and changes nothing. Not executed is [`Ledger::record_query`]'s to find.
    pub fn settle(
        &mut self,
        reference: &RefundReference,
        outcome: &Outcome,
        now: Timestamp,
    ) -> Result<Refund, RecordError> {
        if *outcome == Outcome::NotExecuted {
            return Err(RecordError::NotEnoughEvidence);
        }
        let outcome = rows::bounded(outcome);
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let refund = rows::refund_by(&transaction, reference)?;
        let already = refund.outcome.as_ref() == Some(&outcome) && refund.state != RefundState::Abandoned;
        if already {
            return Ok(refund);
        }
        make_move(&transaction, &refund, &outcome, SYSTEM, now)?;
        let refund = rows::refund_by(&transaction, reference)?;
        failpoint!(SettleCommitting);
        transaction.commit()?;
        failpoint!(SettleCommitted);
        Ok(refund)
    }

    /// A manager gives up a refund that is known not to have been executed, with a reason.
    pub fn abandon(
        &mut self,
        reference: &RefundReference,
        approver: &OperatorId,
        pin: &Pin,
        reason: &Reason,
        now: Timestamp,
    ) -> Result<Refund, ApproveError> {
        self.right_pin(approver, pin, now)?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        pins::accept(&transaction, Subject::Operator(approver.as_str()), now)?;
        let role = operators::active(&transaction, approver)?.map(|kept| kept.operator.role);
        if role != Some(Role::Manager) {
            return Err(RecordError::Refused(Refusal::NotYourApproval).into());
        }
        let refund = rows::refund_by(&transaction, reference)?;
        let next = after(&refund, RefundMove::Abandon)?;
        let moved = transaction
            .prepare_cached(
                "UPDATE refunds SET state = ?3, decided_by = ?4, decided_reason = ?5, updated_at = ?6
                 WHERE reference = ?1 AND state = ?2",
            )?
            .execute(params![
                reference.as_str(),
                refund.state.as_str(),
                next.as_str(),
                approver.as_str(),
                reason.as_str(),
                now.ms()
            ])?;
        if moved != 1 {
            return Err(RecordError::IllegalMove { state: refund.state, by: RefundMove::Abandon }.into());
        }
        let detail = [("from", refund.state.as_str()), ("to", next.as_str()), ("reason", reason.as_str())];
        audit::append(&transaction, now, approver.as_str(), "refund_moved", reference.as_str(), &detail)?;
        let refund = rows::refund_by(&transaction, reference)?;
        transaction.commit()?;
        Ok(refund)
    }

    /// Every refund that this file's till left as `Prepared` or `Sent` becomes `Unknown`. Only under the lock that no
    /// other terminal shares: nobody else can be sending.
    pub(super) fn recover(&mut self, now: Timestamp) -> Result<Vec<RefundReference>, LedgerError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let sql = format!(
            "SELECT {} FROM refunds WHERE {OPEN} AND {RECOVERABLE}
                 AND till IN (SELECT name FROM tills) ORDER BY created_at",
            rows::REFUND_COLUMNS
        );
        let left: Vec<Refund> =
            transaction.prepare(&sql)?.query_and_then([], rows::refund)?.collect::<Result<_, LedgerError>>()?;
        let lost = Outcome::Unknown { cause: UnknownCause::Interrupted, code: None };
        for refund in &left {
            make_move(&transaction, refund, &lost, SYSTEM, now).map_err(|error| match error {
                RecordError::Ledger(error) => error,
                other => LedgerError::Failed { what: other.to_string() },
            })?;
        }
        failpoint!(RecoverCommitting, !left.is_empty());
        transaction.commit()?;
        failpoint!(RecoverCommitted, !left.is_empty());
        Ok(left.into_iter().map(|refund| refund.reference).collect())
    }

    /// One refund.
    pub fn refund(&self, reference: &RefundReference) -> Result<Refund, LedgerError> {
        rows::refund_by(&self.connection, reference)
    }

    /// Refunds whose outcome a query can still tell, the oldest first: what is shown as being checked.
    pub fn unresolved(&self) -> Result<Vec<Refund>, LedgerError> {
        let sql = format!(
            "SELECT {} FROM refunds WHERE {OPEN} AND {UNRESOLVED}
                 ORDER BY created_at, reference",
            rows::REFUND_COLUMNS
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let found = statement.query_and_then([], rows::refund)?;
        found.collect()
    }

    /// Refunds by time and state, the newest first.
    pub fn refunds(&self, filter: &RefundFilter) -> Result<Vec<Refund>, LedgerError> {
        let since = filter.since.map_or(i64::MIN, Timestamp::ms);
        let until = filter.until.map_or(i64::MAX, Timestamp::ms);
        let mut statement = self.connection.prepare(&list_sql(&filter.states))?;
        let found = statement.query_and_then(params![since, until, filter.limit], rows::refund)?;
        found.collect()
    }
}

/// The list of refunds in these states. Open ones are few and have an index of their own; without it, asking for them
/// would read every refund there ever was.
pub(super) fn list_sql(states: &[RefundState]) -> String {
    let words: Vec<String> = states.iter().map(|state| format!("'{state}'")).collect();
    let open = !states.is_empty() && states.iter().all(|state| !state.is_final());
    let (index, condition) = match words.is_empty() {
        true => ("refunds_by_time", String::new()),
        false if open => ("refunds_open", format!("AND {OPEN} AND state IN ({})", words.join(", "))),
        false => ("refunds_by_time", format!("AND state IN ({})", words.join(", "))),
    };
    format!(
        "SELECT {} FROM refunds INDEXED BY {index} WHERE created_at >= ?1 AND created_at < ?2 {condition}
             ORDER BY created_at DESC, reference DESC LIMIT ?3",
        rows::REFUND_COLUMNS
    )
}
