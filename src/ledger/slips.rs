//! How often a slip was printed: counted in the record of who did what, where nobody can take it back.
//!
//! **Counted before it is printed**: a slip that came out half counts as one, so that no two originals exist. A refund
//! has an original for each state it was printed in: a slip that says "being checked" is no copy of the one that says
//! how it ended.

use rusqlite::{TransactionBehavior, params};

use super::audit::{SYSTEM, append};
use super::error::LedgerError;
use super::history::OF_SUBJECT;
use super::{Ledger, rows};
use crate::domain::{OperatorId, PrinterFault, RefundReference, RefundState, Timestamp};

/// As the record names it; checks and exports look for these.
const PRINTED: &str = "slip_printed";
const NOT_PRINTED: &str = "slip_not_printed";
/// A refund of which more rows are read has been looked at for months.
const MAX_ROWS: u32 = 100_000;

impl Ledger {
    /// Notes that this refund's slip is about to be printed. Gives its number: 1 for the original, 2 for the first copy.
    pub fn count_slip(
        &mut self,
        reference: &RefundReference,
        state: RefundState,
        who: Option<&OperatorId>,
        now: Timestamp,
    ) -> Result<u32, LedgerError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut statement = transaction.prepare_cached(OF_SUBJECT)?;
        let mut before = 0_u32;
        let mut found = statement.query(params![reference.as_str(), MAX_ROWS])?;
        while let Some(row) = found.next()? {
            if row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)? != PRINTED {
                continue;
            }
            let detail: String = row.get(3)?;
            let detail: serde_json::Value = rows::sound(serde_json::from_str(&detail), "audit")?;
            let same = detail.get("state").and_then(serde_json::Value::as_str) == Some(state.as_str());
            before = before.saturating_add(u32::from(same));
        }
        drop(found);
        drop(statement);
        let number = before.saturating_add(1);
        let detail = [("state", state.as_str()), ("number", &number.to_string())];
        append(&transaction, now, who.map_or(SYSTEM, OperatorId::as_str), PRINTED, reference.as_str(), &detail)?;
        transaction.commit()?;
        Ok(number)
    }

    /// Notes that a slip that was counted did not come out, or not whole.
    pub fn note_slip_fault(
        &mut self,
        reference: &RefundReference,
        why: PrinterFault,
        now: Timestamp,
    ) -> Result<(), LedgerError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        append(&transaction, now, SYSTEM, NOT_PRINTED, reference.as_str(), &[("why", why.as_str())])?;
        Ok(transaction.commit()?)
    }
}
