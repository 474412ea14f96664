//! How the ledger counts the gateway's answers about a refund whose outcome is unknown.
//!
//! **Not executed is found only by enough readable answers over enough time** (promise I5), and the count is on disk: a
//! restart neither loses nor adds an answer. **A failed query is not a failed refund** and counts for nothing.

use rusqlite::{Connection, TransactionBehavior, params};

use super::error::{LedgerError, RecordError};
use super::{Ledger, SYSTEM, audit, refunds, rows};
use crate::domain::{Outcome, Refund, RefundReference, RefundState, Timestamp};
use crate::failpoint::failpoint;

/// What one query showed of one refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueryEvidence {
    /// The gateway lists it as executed.
    Found {
        /// Its number there, when it gave one.
        gateway_refund_no: Option<String>,
    },
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
    /// When the first of them came.
    pub first_at: Option<Timestamp>,
    /// When the gateway was last asked.
    pub last_query_at: Option<Timestamp>,
}

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

impl Ledger {
    /// Records what a query showed of a refund. An answer that finds it settles it as refunded; the last of enough
    /// answers that do not makes an `Unknown` one `NotExecuted`. In any other state nothing is counted.
    pub fn record_query(
        &mut self,
        reference: &RefundReference,
        evidence: &QueryEvidence,
        now: Timestamp,
    ) -> Result<Refund, RecordError> {
        if let QueryEvidence::Found { gateway_refund_no } = evidence {
            let outcome = Outcome::Refunded { gateway_refund_no: gateway_refund_no.clone() };
            return self.settle(reference, &outcome, now);
        }
        let rule = self.terms.resolve;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let refund = rows::refund_by(&transaction, reference)?;
        if !refund.state.is_unresolved() {
            return Ok(refund);
        }
        let mut progress = progress(&transaction, reference)?;
        if *evidence == QueryEvidence::NotFound && refund.state == RefundState::Unknown {
            // A clock that went back makes the span meaningless: begin again.
            let clock_went_back = progress.last_query_at.is_some_and(|last| now < last);
            if clock_went_back || progress.not_found_answers == 0 {
                progress.not_found_answers = 0;
                progress.first_at = Some(now);
            }
            progress.not_found_answers = progress.not_found_answers.saturating_add(1);
            let count = progress.not_found_answers.to_string();
            let detail = [("answers", count.as_str())];
            audit::append(&transaction, now, SYSTEM, "refund_not_found", reference.as_str(), &detail)?;
        }
        progress.last_query_at = Some(now);
        put(&transaction, reference, progress)?;
        let span_ms = progress.first_at.map_or(0, |first| now.ms_since(first));
        let enough = progress.not_found_answers >= rule.not_found_answers
            && span_ms >= i64::from(rule.not_found_span_seconds) * 1000;
        if *evidence == QueryEvidence::NotFound && refund.state == RefundState::Unknown && enough {
            refunds::make_move(&transaction, &refund, &Outcome::NotExecuted, SYSTEM, now)?;
        }
        let refund = rows::refund_by(&transaction, reference)?;
        failpoint!(QueryCommitting);
        transaction.commit()?;
        failpoint!(QueryCommitted);
        Ok(refund)
    }

    /// What the queries about a refund have shown so far.
    pub fn query_progress(&self, reference: &RefundReference) -> Result<QueryProgress, LedgerError> {
        progress(&self.connection, reference)
    }
}
