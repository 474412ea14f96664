//! A refund's life on disk: sent, settled, found again after a crash, listed.
//!
//! **Only the moves of `domain::refund` are made**; each is a compare-and-set on the state it begins from, so that of
//! two processes one wins. **`Recorded` is made after the commit that wrote `Sent`, and nowhere else** (promise I1).
//! **Nothing here sends anything**, and nothing here turns `Unknown` into anything without evidence. What people decide
//! is in `decisions`, what queries show in `resolve`.

use rusqlite::{Connection, params};

use super::error::{LedgerError, RecordError};
use super::notes::Writing;
use super::recorded::Recorded;
use super::{Ledger, SYSTEM, audit, rows, standing};
use crate::domain::{Outcome, Refund, RefundMove, RefundReference, RefundState, Timestamp, UnknownCause};
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
    if refund.decision.is_some() {
        // A person's word is confirmed or contradicted, never overwritten.
        return Err(RecordError::IllegalMove { state: refund.state, by });
    }
    let (kind, cause, code, number) = rows::outcome_columns(outcome);
    let moved = transaction
        .prepare_cached(
            "UPDATE refunds SET state = ?3, outcome = ?4, outcome_cause = ?5, outcome_code = ?6,
                 gateway_refund_no = ?7, updated_at = ?8,
                 contradicted = CASE ?2 WHEN 'not_executed' THEN NULL ELSE contradicted END,
                 contradicted_at = CASE ?2 WHEN 'not_executed' THEN NULL ELSE contradicted_at END,
                 contradicted_after = CASE ?2 WHEN 'not_executed' THEN NULL ELSE contradicted_after END
             WHERE reference = ?1 AND state = ?2",
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

/// The one permission to send, for after the commit.
pub(super) fn recorded(refund: &Refund) -> Recorded {
    Recorded::after_commit(refund.reference.clone(), refund.sale_key.clone(), refund.amount, refund.settle_currency)
}

impl Ledger {
    /// Writes `Sent` and gives the one permission to send. From `Prepared` alone.
    pub fn mark_sent(&mut self, reference: &RefundReference, now: Timestamp) -> Result<Recorded, RecordError> {
        let transaction = Writing::begin(&mut self.connection, &self.notes)?;
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
        if planted!("sent-without-commit") {
            return Ok(recorded(&refund));
        }
        transaction.commit()?;
        failpoint!(SentCommitted);
        self.put_mark();
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
        let steady = self.moment(now).steady;
        let transaction = Writing::begin(&mut self.connection, &self.notes)?;
        let refund = rows::refund_by(&transaction, reference)?;
        let already = refund.outcome.as_ref() == Some(&outcome) && refund.state != RefundState::Abandoned;
        if already {
            return Ok(refund);
        }
        make_move(&transaction, &refund, &outcome, SYSTEM, now)?;
        let refund = rows::refund_by(&transaction, reference)?;
        standing::note(&transaction, &refund, steady.as_ref())?;
        failpoint!(SettleCommitting);
        transaction.commit()?;
        failpoint!(SettleCommitted);
        self.put_mark();
        self.settled_since = self.settled_since.saturating_add(1);
        Ok(refund)
    }

    /// Every refund that this file's till left as `Prepared` or `Sent` becomes `Unknown`. Only under the lock that no
    /// other terminal shares: nobody else can be sending.
    pub(super) fn recover(&mut self, now: Timestamp) -> Result<Vec<RefundReference>, LedgerError> {
        if planted!("forgotten-at-start") {
            return Ok(vec![]);
        }
        Ok(self.interrupted(None, now)?.into_iter().map(|refund| refund.reference).collect())
    }

    /// The same while the terminal runs, after a part of it stopped half-way: only the refund that is under way in it
    /// has somebody who goes on with it.
    pub fn interrupted(
        &mut self,
        under_way: Option<&RefundReference>,
        now: Timestamp,
    ) -> Result<Vec<Refund>, LedgerError> {
        let steady = self.moment(now).steady;
        let transaction = Writing::begin(&mut self.connection, &self.notes)?;
        let sql = format!(
            "SELECT {} FROM refunds WHERE {OPEN} AND {RECOVERABLE}
                 AND till IN (SELECT name FROM tills) ORDER BY created_at",
            rows::REFUND_COLUMNS
        );
        let mut left: Vec<Refund> =
            transaction.prepare(&sql)?.query_and_then([], rows::refund)?.collect::<Result<_, LedgerError>>()?;
        left.retain(|refund| Some(&refund.reference) != under_way);
        let lost = Outcome::Unknown { cause: UnknownCause::Interrupted, code: None };
        for refund in &left {
            make_move(&transaction, refund, &lost, SYSTEM, now).map_err(|error| match error {
                RecordError::Ledger(error) => error,
                other => LedgerError::Failed { what: other.to_string() },
            })?;
            standing::note(&transaction, &rows::refund_by(&transaction, &refund.reference)?, steady.as_ref())?;
        }
        failpoint!(RecoverCommitting, !left.is_empty());
        transaction.commit()?;
        failpoint!(RecoverCommitted, !left.is_empty());
        left.iter().map(|refund| rows::refund_by(&self.connection, &refund.reference)).collect()
    }

    /// One refund.
    pub fn refund(&self, reference: &RefundReference) -> Result<Refund, LedgerError> {
        rows::refund_by(&self.connection, reference)
    }

    /// Refunds whose outcome a query can still tell, the oldest first: what is shown as being checked.
    pub fn unresolved(&self) -> Result<Vec<Refund>, LedgerError> {
        if planted!("unresolved-not-shown") {
            return Ok(vec![]);
        }
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
