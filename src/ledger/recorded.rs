//! The ledger's word that a refund stands on disk as `Sent`, and so may be sent once.
//!
//! **Promise I1 by type**: `gateway::Client::send_refund` takes a [`Recorded`] by value, only this room can make one,
//! and it does so after the commit that wrote `Sent` with `synchronous=FULL`. It cannot be copied or kept.

use crate::domain::{Currency, Money, RefundReference, SaleKey};

/// A refund that is on disk as `Sent`. Used up by sending it.
#[derive(Debug)]
pub struct Recorded {
    reference: RefundReference,
    sale_key: SaleKey,
    amount: Money,
    settle_currency: Currency,
}

impl Recorded {
    /// For this room alone, after commit.
    pub(super) fn after_commit(
        reference: RefundReference,
        sale_key: SaleKey,
        amount: Money,
        settle_currency: Currency,
    ) -> Self {
        Self { reference, sale_key, amount, settle_currency }
    }

    /// For the gateway's own tests, which have no ledger.
    #[cfg(test)]
    pub(crate) fn for_test(
        reference: RefundReference,
        sale_key: SaleKey,
        amount: Money,
        settle_currency: Currency,
    ) -> Self {
        Self::after_commit(reference, sale_key, amount, settle_currency)
    }

    /// Our reference for the refund.
    pub fn reference(&self) -> &RefundReference {
        &self.reference
    }

    /// Which sale.
    pub fn sale_key(&self) -> &SaleKey {
        &self.sale_key
    }

    /// How much.
    pub fn amount(&self) -> Money {
        self.amount
    }

    /// The currency the store is settled in.
    pub fn settle_currency(&self) -> Currency {
        self.settle_currency
    }
}
