//! The promises, checked from outside: the ledger as it lies on disk against what passed on the line and what stands in
//! the gateway's own book.

use std::collections::HashMap;

use anyhow::{Context, ensure};
use tillback::domain::{Outcome, Refund, RefundState};
use tillback::ledger::{Ledger, RefundFilter};
use tillback::sandbox::SandboxHandle;

use super::relay::Relay;
use super::{House, PAID_MINOR};

/// Every refund in the ledger.
pub fn refunds(ledger: &Ledger) -> anyhow::Result<Vec<Refund>> {
    Ok(ledger.refunds(&RefundFilter { limit: 1_000_000, ..RefundFilter::default() })?)
}

/// Refunds that may have been sent and are not settled: what the next start has to show.
pub fn open(refunds: &[Refund]) -> usize {
    let open = [RefundState::Prepared, RefundState::Sent, RefundState::Pending, RefundState::Unknown];
    refunds.iter().filter(|refund| open.contains(&refund.state)).count()
}

/// I1 to I5 as far as one look at a till that lies still can show them.
pub fn promises(house: &House, relay: &Relay, gateway: &SandboxHandle) -> anyhow::Result<Vec<Refund>> {
    let ledger = house.at_rest().context("the ledger does not open")?;
    ledger.audit_verify(None).map_err(|fault| anyhow::anyhow!("the record: {fault:?}"))?;
    let refunds = refunds(&ledger)?;
    let by_reference: HashMap<&str, &Refund> =
        refunds.iter().map(|refund| (refund.reference.as_str(), refund)).collect();
    let passed = relay.refunds();

    // I1: whatever left stands there as sent, or as what became of it.
    // Given up after the gateway's word that it was not executed, it had been sent.
    let unsent = |refund: &Refund| match refund.state {
        RefundState::Prepared | RefundState::NotSent => true,
        RefundState::Abandoned => refund.outcome != Some(Outcome::NotExecuted),
        _ => false,
    };
    for reference in passed.iter().filter_map(|passed| passed.reference.as_deref()) {
        let refund = by_reference.get(reference).with_context(|| format!("I1: {reference} was sent, not recorded"))?;
        ensure!(!unsent(refund), "I1: {reference} was sent and stands as {}", refund.state);
    }
    let attempts = |refund: &Refund| usize::try_from(refund.attempt).unwrap_or(usize::MAX);
    let may_have_left: usize = refunds.iter().filter(|refund| !unsent(refund)).map(attempts).sum();
    ensure!(passed.len() <= may_have_left, "I1: {} requests, {may_have_left} recorded as sent", passed.len());

    // I2: one request for each time that somebody allowed one, and one execution for each intention.
    let mut sent: HashMap<&str, usize> = HashMap::new();
    for reference in passed.iter().filter_map(|passed| passed.reference.as_deref()) {
        *sent.entry(reference).or_default() += 1;
    }
    let allowed = |reference: &str| by_reference.get(reference).map_or(0, |refund| attempts(refund));
    ensure!(sent.iter().all(|(reference, count)| *count <= allowed(reference)), "I2: sent more than once: {sent:?}");
    let book = gateway.book();
    let mut executed: HashMap<&str, &_> = HashMap::new();
    for entry in book.iter().filter(|entry| entry.takes_money()) {
        let reference = entry.refund_reference.as_str();
        ensure!(executed.insert(reference, entry).is_none(), "I2: {reference} was executed twice");
    }

    // I3 and I5: what the ledger says was decided is what the gateway's book says.
    for (reference, entry) in &executed {
        let refund =
            by_reference.get(reference).with_context(|| format!("I3: {reference} was executed and is lost"))?;
        ensure!(refund.amount == entry.amount, "I10: {reference}: {} and {}", refund.amount, entry.amount);
        let may_be = [RefundState::Sent, RefundState::Pending, RefundState::Unknown, RefundState::Refunded];
        ensure!(may_be.contains(&refund.state), "I5: {reference} was executed and stands as {}", refund.state);
    }
    for refund in refunds.iter().filter(|refund| refund.state == RefundState::Refunded) {
        ensure!(executed.contains_key(refund.reference.as_str()), "I5: {} was not executed", refund.reference);
        let shown = matches!(&refund.outcome, Some(Outcome::Refunded { .. }));
        ensure!(shown, "I5: {} is refunded without the gateway's word", refund.reference);
    }

    // I4: never more than was paid, in the book and in the ledger, for each sale.
    let mut taken: HashMap<String, i64> = HashMap::new();
    for entry in executed.values() {
        *taken.entry(entry.transaction_no.to_string()).or_default() += entry.amount.minor();
    }
    ensure!(taken.values().all(|minor| *minor <= PAID_MINOR), "I4: over in the book: {taken:?}");
    let mut counted: HashMap<String, i64> = HashMap::new();
    for refund in refunds.iter().filter(|refund| refund.state.reserves() || refund.state == RefundState::Refunded) {
        *counted.entry(refund.sale_id.to_string()).or_default() += refund.amount.minor();
    }
    ensure!(counted.values().all(|minor| *minor <= PAID_MINOR), "I4: over in the ledger: {counted:?}");
    Ok(refunds)
}
