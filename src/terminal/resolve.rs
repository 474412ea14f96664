//! What a query's answer says about one unresolved refund, and when to ask next.
//!
//! **Pure. No timer decides**: only a readable answer moves a refund, and "not found" is counted by the ledger, not
//! here. **A failed query says nothing about the refund.**

use crate::domain::{DeclineCause, Outcome, Refund, RefundState};
use crate::gateway::{Evidence, QueryAnswer};

/// What one answer shows about one refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// The gateway has it, with this outcome.
    Outcome(Outcome),
    /// The gateway has it and has not finished.
    StillPending,
    /// A readable answer by which it was not executed.
    NotFound,
    /// Nothing can be concluded.
    Nothing,
}

/// Reads one answer for one refund, found by our own reference.
pub fn read(refund: &Refund, answer: &QueryAnswer) -> Shown {
    let QueryAnswer::Found(sale) = answer else { return Shown::Nothing };
    match sale.evidence_of(&refund.reference, refund.amount) {
        Evidence::Executed { gateway_refund_no } => Shown::Outcome(Outcome::Refunded { gateway_refund_no }),
        Evidence::InProgress => Shown::StillPending,
        // Listed as failed: what was pending is declined; what was unknown is one more answer that it was not executed.
        Evidence::Failed if refund.state == RefundState::Unknown => Shown::NotFound,
        Evidence::Failed => {
            Shown::Outcome(Outcome::Declined { cause: DeclineCause::Wallet, code: "failed".to_owned() })
        }
        Evidence::Mismatch => Shown::Nothing,
        Evidence::NotThere => Shown::NotFound,
    }
}

/// How long to wait before asking for the `asked + 1`-th time, in milliseconds: 2 s, doubling, five minutes at most.
pub fn wait_ms(asked: u32) -> i64 {
    const FIRST_MS: i64 = 2_000;
    const LONGEST_MS: i64 = 300_000;
    FIRST_MS.checked_shl(asked.min(16)).unwrap_or(LONGEST_MS).min(LONGEST_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_doubles_and_ends_at_five_minutes() {
        let waits: Vec<_> = (0..10).map(wait_ms).collect();
        assert_eq!(waits, [2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000, 300_000, 300_000]);
        assert_eq!(wait_ms(u32::MAX), 300_000);
    }
}
