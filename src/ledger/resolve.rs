//! What the gateway's answers to queries do to a refund: they settle it, are counted, confirm a person, or contradict.
//!
//! **Not executed is found only by enough readable answers over enough time** (promise I5), and the count is on disk: a
//! restart neither loses nor adds an answer. **A failed query is not a failed refund** and counts for nothing. **A person's word is
//! never overwritten**, nor is what we hold against the gateway settled by the program, but that evidence beats absence.

use rusqlite::{Connection, params};

use super::error::{LedgerError, RecordError};
use super::notes::Writing;
use super::refunds::{self, OPEN};
use super::{Ledger, SYSTEM, audit, rows, standing};
use crate::domain::{
    DeclineCause, Difference, Outcome, Refund, RefundMove, RefundReference, RefundState, ResolvePolicy, Timestamp,
};
use crate::failpoint::failpoint;

/// What one query showed of one refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueryEvidence {
    /// The gateway lists it as executed.
    Found {
        /// Its number there, when it gave one.
        gateway_refund_no: Option<String>,
    },
    /// The gateway lists it as not finished.
    InProgress,
    /// The gateway lists it as failed.
    Refused,
    /// The gateway lists it with another amount than was asked: a person has to look.
    Otherwise,
    /// The gateway's readable answer about the sale does not list it.
    NotFound,
    /// There was no readable answer.
    Failed,
}

/// What the queries so far have shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueryProgress {
    /// Readable answers without it, in a row.
    pub not_found_answers: u32,
    /// When the first of them came; later by what did not count since.
    pub first_at: Option<Timestamp>,
    /// When the gateway was last asked.
    pub last_query_at: Option<Timestamp>,
}

/// The most that the time between two questions counts for: the longest wait between two of the terminal's own
/// (`terminal::resolve`). A clock set forward, or a night with the till off, is not ten minutes of looking.
const COUNTED_GAP_MS: i64 = 300_000;

fn progress(connection: &Connection, reference: &RefundReference) -> Result<QueryProgress, LedgerError> {
    let mut statement = connection.prepare_cached(
        "SELECT not_found_answers, not_found_first_at, last_query_at FROM refunds WHERE reference = ?1",
    )?;
    Ok(statement.query_row([reference.as_str()], |row| {
        Ok(QueryProgress {
            not_found_answers: row.get(0)?,
            first_at: row.get::<_, Option<i64>>(1)?.map(Timestamp::from_ms),
            last_query_at: row.get::<_, Option<i64>>(2)?.map(Timestamp::from_ms),
        })
    })?)
}

fn put(transaction: &Connection, reference: &RefundReference, progress: QueryProgress) -> Result<(), rusqlite::Error> {
    transaction
        .prepare_cached(
            "UPDATE refunds SET not_found_answers = ?2, not_found_first_at = ?3, last_query_at = ?4
             WHERE reference = ?1",
        )?
        .execute(params![
            reference.as_str(),
            progress.not_found_answers,
            progress.first_at.map(Timestamp::ms),
            progress.last_query_at.map(Timestamp::ms)
        ])?;
    Ok(())
}

/// Notes that the gateway's word differs from ours, once, unless a manager has looked at it and let it stand.
pub(super) fn contradict(
    transaction: &Connection,
    reference: &RefundReference,
    difference: Difference,
    now: Timestamp,
) -> Result<(), LedgerError> {
    let noted = transaction
        .prepare_cached(
            "UPDATE refunds SET contradicted = ?2, contradicted_at = ?3,
                 contradicted_after = (SELECT count(*) FROM refund_decisions d WHERE d.reference = refunds.reference)
             WHERE reference = ?1 AND contradicted IS NULL
                 AND NOT EXISTS (SELECT 1 FROM refund_decisions d
                     WHERE d.reference = refunds.reference AND d.kind = 'stands' AND d.number =
                         (SELECT count(*) FROM refund_decisions e WHERE e.reference = refunds.reference))",
        )?
        .execute(params![reference.as_str(), difference.as_str(), now.ms()])?;
    if noted == 1 {
        let detail = [("difference", difference.as_str())];
        audit::append(transaction, now, SYSTEM, "refund_contradicted", reference.as_str(), &detail)?;
    }
    Ok(())
}

/// The gateway says what a person said before it.
fn confirm(
    transaction: &Connection,
    reference: &RefundReference,
    gateway_refund_no: Option<&str>,
    now: Timestamp,
) -> Result<(), LedgerError> {
    transaction
        .prepare_cached(
            "UPDATE refunds SET confirmed_at = ?3, gateway_refund_no = COALESCE(?2, gateway_refund_no),
                 contradicted = CASE contradicted WHEN 'not_reported' THEN NULL ELSE contradicted END,
                 contradicted_at = CASE contradicted WHEN 'not_reported' THEN NULL ELSE contradicted_at END,
                 contradicted_after = CASE contradicted WHEN 'not_reported' THEN NULL ELSE contradicted_after END
             WHERE reference = ?1",
        )?
        .execute(params![reference.as_str(), gateway_refund_no, now.ms()])?;
    let detail: Vec<_> = gateway_refund_no.map(|number| ("gateway_refund_no", number)).into_iter().collect();
    Ok(audit::append(transaction, now, SYSTEM, "decision_confirmed", reference.as_str(), &detail)?)
}

/// The progress by what of the time since the last question counts: what the till's clock says, as long as it is no more
/// than really went by.
fn counted(mut progress: QueryProgress, now: Timestamp, gone_ms: i64) -> QueryProgress {
    if let (Some(first), Some(last), false) = (progress.first_at, progress.last_query_at, planted!("clock-believed")) {
        let uncounted_ms = now.ms_since(last).saturating_sub(gone_ms.clamp(0, COUNTED_GAP_MS)).max(0);
        progress.first_at = Some(first.plus_ms(uncounted_ms));
    }
    progress
}

/// Counts one readable answer without the refund. True when there are enough of them over enough time.
fn count(
    transaction: &Connection,
    refund: &Refund,
    rule: ResolvePolicy,
    (now, gone_ms): (Timestamp, i64),
) -> Result<bool, LedgerError> {
    let mut progress = counted(progress(transaction, &refund.reference)?, now, gone_ms);
    // A clock that went back makes the span meaningless: begin again. A failed query in between may have moved the last
    // one already.
    let clock_went_back = [progress.first_at, progress.last_query_at].into_iter().flatten().any(|at| now < at);
    if clock_went_back || progress.not_found_answers == 0 {
        progress.not_found_answers = 0;
        progress.first_at = Some(now);
    }
    progress.not_found_answers = progress.not_found_answers.saturating_add(1);
    progress.last_query_at = Some(now);
    put(transaction, &refund.reference, progress)?;
    let answers = progress.not_found_answers.to_string();
    let detail = [("answers", answers.as_str())];
    audit::append(transaction, now, SYSTEM, "refund_not_found", refund.reference.as_str(), &detail)?;
    if planted!("one-answer-is-enough") {
        return Ok(true);
    }
    let span_ms = progress.first_at.map_or(0, |first| now.ms_since(first));
    let enough = progress.not_found_answers >= rule.not_found_answers;
    Ok(enough && span_ms >= i64::from(rule.not_found_span_seconds) * 1000)
}

/// What the answer does to the refund, by the state it stands in.
fn take(
    transaction: &Connection,
    refund: &Refund,
    evidence: &QueryEvidence,
    rule: ResolvePolicy,
    (now, gone_ms): (Timestamp, i64),
) -> Result<(), RecordError> {
    use QueryEvidence as E;
    use RefundState as S;
    let reference = &refund.reference;
    let settle = |outcome: &Outcome| refunds::make_move(transaction, refund, &rows::bounded(outcome), SYSTEM, now);
    let contradict = |difference| Ok(contradict(transaction, reference, difference, now)?);
    let by_word = refund.decision.is_some();
    match (refund.state, evidence) {
        (_, E::Failed) => Ok(()),
        (S::Prepared, E::Found { .. } | E::InProgress) => {
            Err(RecordError::IllegalMove { state: refund.state, by: RefundMove::Succeed })
        }
        (S::Sent | S::Pending | S::Unknown, E::Found { gateway_refund_no }) => {
            settle(&Outcome::Refunded { gateway_refund_no: gateway_refund_no.clone() })
        }
        (S::NotExecuted, E::Found { gateway_refund_no }) if !by_word => {
            settle(&Outcome::Refunded { gateway_refund_no: gateway_refund_no.clone() })
        }
        (S::Refunded, E::Found { gateway_refund_no }) if refund.rests_on_a_person() => {
            let number = gateway_refund_no.as_deref().map(rows::bounded_number);
            Ok(confirm(transaction, reference, number.as_deref(), now)?)
        }
        (S::Sent | S::Unknown, E::InProgress) => settle(&Outcome::Pending),
        // After a second request, what is listed as refused may be the first one.
        (S::Sent | S::Pending, E::Refused) if refund.attempt == 1 => {
            settle(&Outcome::Declined { cause: DeclineCause::Wallet, code: "failed".to_owned() })
        }
        (S::Unknown, E::NotFound | E::Refused) => {
            if count(transaction, refund, rule, (now, gone_ms))? {
                settle(&Outcome::NotExecuted)
            } else {
                Ok(())
            }
        }
        (S::Refunded, E::NotFound) if refund.rests_on_a_person() => {
            if count(transaction, refund, rule, (now, gone_ms))? { contradict(Difference::NotReported) } else { Ok(()) }
        }
        (S::Refunded, E::Refused) if refund.rests_on_a_person() => contradict(Difference::NotReported),
        (S::NotSent | S::NotExecuted | S::Declined | S::Abandoned, E::Found { .. } | E::InProgress) => {
            contradict(Difference::Reported)
        }
        (S::Prepared | S::Sent, E::Otherwise) => Ok(()),
        (_, E::Otherwise) => contradict(Difference::Reported),
        (_, E::Found { .. } | E::InProgress | E::Refused | E::NotFound) => Ok(()),
    }
}

impl Ledger {
    /// Records what a query showed of a refund, whatever its state. An answer that finds it settles it as refunded, or
    /// confirms a person's word; the last of enough answers that do not makes an `Unknown` one `NotExecuted`. What
    /// contradicts the ledger is noted and moves nothing, but that evidence beats mere absence.
    pub fn record_query(
        &mut self,
        reference: &RefundReference,
        evidence: &QueryEvidence,
        now: Timestamp,
    ) -> Result<Refund, RecordError> {
        self.record_query_after(reference, evidence, now, COUNTED_GAP_MS)
    }

    /// [`Ledger::record_query`] where `gone_ms` milliseconds have really gone by since the question before, by a clock
    /// that nobody sets; 0 where nobody knows. No more than that counts as time of looking.
    pub fn record_query_after(
        &mut self,
        reference: &RefundReference,
        evidence: &QueryEvidence,
        now: Timestamp,
        gone_ms: i64,
    ) -> Result<Refund, RecordError> {
        let rule = self.terms.resolve;
        let steady = self.moment(now).steady;
        let transaction = Writing::begin(&mut self.connection, &self.notes)?;
        let refund = rows::refund_by(&transaction, reference)?;
        take(&transaction, &refund, evidence, rule, (now, gone_ms))?;
        if !refund.state.is_final() || refund.decision.is_some() {
            let counted = counted(progress(&transaction, reference)?, now, gone_ms);
            put(&transaction, reference, QueryProgress { last_query_at: Some(now), ..counted })?;
        }
        let after = rows::refund_by(&transaction, reference)?;
        if after.updated_at != refund.updated_at {
            standing::note(&transaction, &after, steady.as_ref())?;
        }
        failpoint!(QueryCommitting);
        transaction.commit()?;
        failpoint!(QueryCommitted);
        Ok(after)
    }

    /// What the queries about a refund have shown so far.
    pub fn query_progress(&self, reference: &RefundReference) -> Result<QueryProgress, LedgerError> {
        progress(&self.connection, reference)
    }

    /// Refunds on which the gateway may still have another word than ours: not executed, or a person's word that it has
    /// not confirmed; moved at or after `since`, and not contradicted yet. The newest first.
    pub fn doubtful(&self, since: Timestamp) -> Result<Vec<Refund>, LedgerError> {
        let mut statement = self.connection.prepare_cached(&doubtful_sql())?;
        let found = statement.query_and_then([since.ms()], rows::refund)?;
        let mut found: Vec<Refund> = found.collect::<Result<_, LedgerError>>()?;
        found.sort_by_key(|refund| std::cmp::Reverse(refund.updated_at));
        Ok(found)
    }
}

pub(super) fn doubtful_sql() -> String {
    let columns = rows::REFUND_COLUMNS;
    format!(
        "SELECT {columns} FROM refunds INDEXED BY refunds_open
             WHERE {OPEN} AND state = 'not_executed' AND updated_at >= ?1 AND contradicted IS NULL
         UNION ALL
         SELECT {columns} FROM refunds INDEXED BY refunds_unconfirmed
             WHERE decision IN ('refunded', 'not_executed') AND confirmed_at IS NULL AND decided_at >= ?1
                 AND state = 'refunded' AND contradicted IS NULL"
    )
}
