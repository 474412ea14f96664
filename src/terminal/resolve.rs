//! What a query's answer says about one refund, and when to ask next.
//!
//! **Pure. No timer decides**: only a readable answer moves a refund, and "not found" is counted by the ledger, not
//! here. **A failed query says nothing about the refund.**

use crate::domain::{Refund, RefundState};
use crate::flow::Evidence;
use crate::gateway::{self, QueriedSale, QueryAnswer};
use crate::ledger::QueryEvidence;

/// Reads one answer for one refund, found by our own reference: what a screen tells of it, and what the ledger takes.
pub fn read(refund: &Refund, answer: &QueryAnswer) -> (Evidence, QueryEvidence) {
    match answer {
        QueryAnswer::Found(sale) => read_sale(refund, sale),
        QueryAnswer::Failed(_) if planted!("failed-query-is-absence") => (Evidence::NotFound, QueryEvidence::NotFound),
        QueryAnswer::NoSuchSale | QueryAnswer::Failed(_) => (Evidence::Failed, QueryEvidence::Failed),
    }
}

/// What the gateway's account of the sale says about one refund of it.
pub fn read_sale(refund: &Refund, sale: &QueriedSale) -> (Evidence, QueryEvidence) {
    match sale.evidence_of(&refund.reference, refund.amount) {
        gateway::Evidence::Executed { gateway_refund_no } => {
            (Evidence::Found, QueryEvidence::Found { gateway_refund_no })
        }
        gateway::Evidence::InProgress => (Evidence::Found, QueryEvidence::InProgress),
        // Listed as failed: what was pending is declined; what was unknown is one more answer that it was not executed.
        gateway::Evidence::Failed if refund.state == RefundState::Pending => (Evidence::Found, QueryEvidence::Refused),
        gateway::Evidence::Failed => (Evidence::NotFound, QueryEvidence::Refused),
        gateway::Evidence::Mismatch => (Evidence::Failed, QueryEvidence::Otherwise),
        gateway::Evidence::NotThere => (Evidence::NotFound, QueryEvidence::NotFound),
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
