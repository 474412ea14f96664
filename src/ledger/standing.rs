//! For how long a refund has stood as it does, by the machine's own clock, which goes on from one run of the program to
//! the next and which nobody sets.
//!
//! **What is noted says less than the truth or nothing**: in the transaction that leaves a refund open, else at the first
//! start that finds it so, and again at the first start after the machine was started. **The wall clock is not asked**: set
//! forward while the till is off, it makes no request safer.

use rusqlite::{Connection, OptionalExtension, params};

use super::Ledger;
use super::error::LedgerError;
use super::pins::SteadyMoment;
use super::refunds::{OPEN, UNRESOLVED};
use crate::domain::{Refund, Timestamp};

/// Notes where the clock stands as a refund comes to stand open.
pub(super) fn note(
    transaction: &Connection,
    refund: &Refund,
    steady: Option<&SteadyMoment>,
) -> Result<(), rusqlite::Error> {
    let (Some(SteadyMoment { boot, ms }), true) = (steady, refund.state.is_unresolved()) else { return Ok(()) };
    transaction
        .prepare_cached(
            "INSERT INTO refund_standings (reference, updated_at, boot, steady_ms) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (reference) DO UPDATE SET updated_at = ?2, boot = ?3, steady_ms = ?4",
        )?
        .execute(params![refund.reference.as_str(), refund.updated_at.ms(), boot, ms])?;
    Ok(())
}

impl Ledger {
    /// At a start: what nobody noted, or noted before the machine was started, stands as it does from now on; what is
    /// settled is forgotten.
    pub(super) fn stand_anew_after_a_restart(&mut self, now: Timestamp) -> Result<(), LedgerError> {
        let Some(SteadyMoment { boot, ms }) = self.moment(now).steady else { return Ok(()) };
        // One transaction, or none where nothing is open: most starts write nothing here.
        let noted = "SELECT EXISTS (SELECT 1 FROM refund_standings)
                     OR EXISTS (SELECT 1 FROM refunds WHERE ";
        let any = format!("{noted} {OPEN} AND {UNRESOLVED})");
        if !self.connection.query_row(&any, [], |row| row.get::<_, bool>(0))? {
            return Ok(());
        }
        let transaction = self.connection.unchecked_transaction()?;
        let forget = format!(
            "DELETE FROM refund_standings WHERE boot <> ?1 OR steady_ms > ?2 OR NOT EXISTS
                 (SELECT 1 FROM refunds WHERE refunds.reference = refund_standings.reference
                      AND refunds.updated_at = refund_standings.updated_at AND {UNRESOLVED})"
        );
        transaction.execute(&forget, params![boot, ms])?;
        let begin = format!(
            "INSERT OR IGNORE INTO refund_standings (reference, updated_at, boot, steady_ms)
                 SELECT reference, updated_at, ?1, ?2 FROM refunds WHERE {OPEN} AND {UNRESOLVED}"
        );
        transaction.execute(&begin, params![boot, ms])?;
        Ok(transaction.commit()?)
    }

    /// For how long a refund has stood as it does, at least; nothing where no such clock has run since.
    pub fn standing_ms(&self, refund: &Refund, now: Timestamp) -> Result<Option<i64>, LedgerError> {
        let Some(SteadyMoment { boot, ms }) = self.moment(now).steady else { return Ok(None) };
        let since: Option<i64> = self
            .connection
            .prepare_cached(
                "SELECT steady_ms FROM refund_standings WHERE reference = ?1 AND updated_at = ?2 AND boot = ?3",
            )?
            .query_row(params![refund.reference.as_str(), refund.updated_at.ms(), boot], |row| row.get(0))
            .optional()?;
        Ok(since.map(|since| ms.saturating_sub(since)).filter(|gone| *gone >= 0))
    }
}
