//! A sale that may be refunded, how it is named, and what is left of it.
//!
//! **A sale has a transaction number or an invoice reference, or both.** **`left` never counts money twice and never
//! goes below zero**: refunded, reserved and refunded elsewhere are kept apart and taken off together.

use super::money::{Currency, Money, MoneyError};
use super::text::{is_ulid, only, text_id};
use super::time::Timestamp;

text_id!(
    /// The gateway's number for a payment: 18 decimal digits in every published example (docs.pockyt.io, "Refund API").
    TransactionNo, max 18, |text| {
        only(text, |c| c.is_ascii_digit())?;
        if text.len() == 18 { Ok(()) } else { Err(TextError::Form("18 digits")) }
    }
);

text_id!(
    /// The merchant's own number for a sale (`reference` on the wire): printable ASCII without spaces, up to 64.
    InvoiceReference, max 64, |text| only(text, |c| c.is_ascii_graphic() && !matches!(c, '&' | '"' | '\\' | '<' | '>'))
);

text_id!(
    /// Our id for a sale, unique across tills: a ULID.
    SaleId, max 26, is_ulid
);

impl TransactionNo {
    /// The number in groups of four, as people read it aloud: `2975 5363 8301 7779 27`.
    pub fn grouped(&self) -> String {
        let mut text = String::with_capacity(23);
        for (at, digit) in self.as_str().chars().enumerate() {
            if at > 0 && at % 4 == 0 {
                text.push(' ');
            }
            text.push(digit);
        }
        text
    }
}

/// What a sale is looked up by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum SaleKey {
    /// By the gateway's number.
    Transaction(TransactionNo),
    /// By the merchant's number.
    Reference(InvoiceReference),
}

impl SaleKey {
    /// The text that was scanned or typed.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Transaction(number) => number.as_str(),
            Self::Reference(reference) => reference.as_str(),
        }
    }
}

/// Where a payment stands at the gateway (docs.pockyt.io, "Query API").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SaleStatus {
    /// Made, not paid.
    Init,
    /// Being paid.
    Dealing,
    /// Paid: the only status that can be refunded.
    Success,
    /// Not paid, for good.
    Failed,
    /// Waiting.
    Pending,
    /// Closed or reversed.
    Closed,
}

impl SaleStatus {
    /// Every status.
    pub const ALL: [Self; 6] = [Self::Init, Self::Dealing, Self::Success, Self::Failed, Self::Pending, Self::Closed];

    /// The word used on the wire, in files and in the ledger.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Init => "init",
            Self::Dealing => "dealing",
            Self::Success => "success",
            Self::Failed => "failed",
            Self::Pending => "pending",
            Self::Closed => "closed",
        }
    }

    /// The status of that word, in any case.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str().eq_ignore_ascii_case(word.trim()))
    }
}

/// How a sale came into the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SaleOrigin {
    /// From a file of the store's point of sale.
    Import,
    /// Fetched from the gateway because the ledger did not have it.
    Gateway,
}

impl SaleOrigin {
    /// The word in the ledger.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::Gateway => "gateway",
        }
    }

    /// The origin of that word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Import, Self::Gateway].into_iter().find(|origin| origin.as_str() == word)
    }
}

/// One line of a sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaleItem {
    /// What was sold.
    pub description: String,
    /// How many.
    pub quantity: u32,
    /// What the line cost in all.
    pub amount: Money,
}

/// A payment the store took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sale {
    /// Our id.
    pub id: SaleId,
    /// The gateway's number, when known.
    pub transaction_no: Option<TransactionNo>,
    /// The merchant's number, when known.
    pub reference: Option<InvoiceReference>,
    /// What the customer paid.
    pub paid: Money,
    /// The currency the store is settled in.
    pub settle_currency: Currency,
    /// The wallet's name as the point of sale wrote it (`alipay`, `wechatpay`, `paypal`, ...).
    pub wallet: Option<String>,
    /// When it was paid; unknown for a sale that the gateway reported without a time.
    pub paid_at: Option<Timestamp>,
    /// Where the payment stands.
    pub status: SaleStatus,
    /// How we know of it.
    pub origin: SaleOrigin,
    /// The lines, when the point of sale gave them.
    pub items: Vec<SaleItem>,
}

impl Sale {
    /// How the gateway is asked about this sale: by its own number when we know it, else by the merchant's
    /// (`gateway.md`: exactly one of the two is sent).
    pub fn key(&self) -> Option<SaleKey> {
        match (&self.transaction_no, &self.reference) {
            (Some(number), _) => Some(SaleKey::Transaction(number.clone())),
            (None, Some(reference)) => Some(SaleKey::Reference(reference.clone())),
            (None, None) => None,
        }
    }
}

/// A refund of this sale that the gateway reports and our ledger did not make: by another till or the dashboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignRefund {
    /// The gateway's id for it, or its refundReference, or both joined: what tells it from another.
    pub id: String,
    /// How much.
    pub amount: Money,
}

/// What has become of a sale's money. All four amounts are of the sale's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Balance {
    /// What the customer paid.
    pub paid: Money,
    /// Refunded by this ledger.
    pub refunded: Money,
    /// Held for refunds whose outcome is not final.
    pub reserved: Money,
    /// Refunded elsewhere, as the gateway reports.
    pub elsewhere: Money,
}

impl Balance {
    /// A sale nobody has refunded.
    pub const fn untouched(paid: Money) -> Self {
        let none = Money::zero(paid.currency());
        Self { paid, refunded: none, reserved: none, elsewhere: none }
    }

    /// Everything that is gone or held.
    pub fn taken(&self) -> Result<Money, MoneyError> {
        self.refunded.plus(self.reserved)?.plus(self.elsewhere)
    }

    /// What may still be refunded; zero when more was taken than paid.
    pub fn left(&self) -> Result<Money, MoneyError> {
        match self.paid.minus(self.taken()?) {
            Err(MoneyError::BelowZero) => Ok(Money::zero(self.paid.currency())),
            left => left,
        }
    }
}

/// A sale with what has become of it, as one moment of the ledger shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaleView {
    /// The sale.
    pub sale: Sale,
    /// Its money.
    pub balance: Balance,
    /// Our refunds on it, oldest first, whatever their state.
    pub refunds: Vec<super::refund::Refund>,
    /// Refunds the gateway reports that are not ours.
    pub foreign: Vec<ForeignRefund>,
}

impl SaleView {
    /// Refunds that count against the wallet's limit: all but those known not to have been executed.
    pub fn refund_count(&self) -> usize {
        self.refunds.iter().filter(|refund| refund.counts()).count() + self.foreign.len()
    }

    /// The last moment a refund of this sale was made or tried, not counting those known not to have been executed.
    pub fn last_refund_at(&self) -> Option<Timestamp> {
        self.refunds.iter().filter(|refund| refund.counts()).map(|refund| refund.created_at).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transaction_number_is_eighteen_digits() {
        assert_eq!(TransactionNo::parse(" 297553638301777927 ").unwrap().grouped(), "2975 5363 8301 7779 27");
        for text in ["", "29755363830177792", "2975536383017779271", "29755363830177792x", "2975 5363 8301 7779 27"] {
            assert!(TransactionNo::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_reference_cannot_break_a_line_or_a_signature() {
        assert!(InvoiceReference::parse("POS03-20261121-004417").is_ok());
        for text in ["a b", "a&b", "a\nb", "caf\u{e9}", "", &"x".repeat(65)] {
            assert!(InvoiceReference::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn what_is_left_never_goes_below_zero() {
        let usd = |minor| Money::from_minor(minor, Currency::USD).unwrap();
        let mut balance = Balance::untouched(usd(3990));
        balance.refunded = usd(1250);
        assert_eq!(balance.left(), Ok(usd(2740)));
        balance.elsewhere = usd(4000);
        assert_eq!(balance.left(), Ok(usd(0)));
    }
}
