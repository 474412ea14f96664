//! What may be refunded: the store's and the wallets' limits, and the refusal each of them gives.
//!
//! **Pure**: a view of the sale and a moment go in, a refusal comes out. **A refusal carries what its sentence needs**;
//! the words live in the window. The same checks run before the manager is called and again, inside one transaction,
//! when the refund is recorded.

use super::authority::{Act, Asking, Permit, may};
use super::money::{Money, MoneyError};
use super::operator::{OperatorId, Role};
use super::rules::{HouseRule, HouseRules};
use super::sale::{SaleStatus, SaleView};
use super::time::{DAY_MS, Timestamp};

/// The limits of one store. The defaults are the wallets' own, as published for the gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// A sale older than this many days cannot be refunded.
    pub max_sale_age_days: u32,
    /// This many refunds of one sale at most.
    pub max_refunds_per_sale: u32,
    /// Refunds of one sale are at least this far apart, in seconds.
    pub min_seconds_between_refunds: u32,
    /// Up to this amount a cashier may confirm alone; never, when absent. Amounts of other currencies never qualify.
    pub cashier_alone_up_to: Option<Money>,
    /// Whether the person who asks may approve their own refund.
    pub own_approval: bool,
    /// An approval is void after this many seconds.
    pub approval_seconds: u32,
    /// The store's own rules, which a manager can lift.
    pub rules: HouseRules,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            max_sale_age_days: 365,
            max_refunds_per_sale: 50,
            min_seconds_between_refunds: 60,
            cashier_alone_up_to: None,
            own_approval: false,
            approval_seconds: 120,
            rules: HouseRules::default(),
        }
    }
}

/// When a refund counts as not executed: enough readable answers that do not show it, over enough time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResolvePolicy {
    /// Readable answers without it.
    pub not_found_answers: u32,
    /// At least this many seconds between the first and the last of them.
    pub not_found_span_seconds: u32,
}

impl Default for ResolvePolicy {
    /// Promise I5: three answers over ten minutes.
    fn default() -> Self {
        Self { not_found_answers: 3, not_found_span_seconds: 600 }
    }
}

/// Why a refund is not allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The sale is not paid (or no longer).
    NotPaid {
        /// Where the payment stands.
        status: SaleStatus,
    },
    /// Nothing is left.
    NothingLeft {
        /// What was paid.
        paid: Money,
        /// Part of it that is held for refunds being checked.
        reserved: Money,
    },
    /// More than is left.
    OverLeft {
        /// What was asked.
        asked: Money,
        /// What is left.
        left: Money,
    },
    /// No money at all.
    ZeroAmount,
    /// Another currency than the sale's.
    WrongCurrency {
        /// What was asked.
        asked: Money,
        /// What was paid.
        paid: Money,
    },
    /// The sale is too old for the wallet.
    TooOld {
        /// Its age in whole days.
        days: u32,
        /// The limit.
        max_days: u32,
    },
    /// Too many refunds of this sale.
    TooMany {
        /// Refunds so far.
        count: u32,
        /// The limit.
        max: u32,
    },
    /// The last refund of this sale was a moment ago.
    TooSoon {
        /// Seconds to wait.
        wait_seconds: u32,
    },
    /// The person may not approve this: wrong role, or it is their own.
    NotYourApproval,
    /// The approval has run out.
    ApprovalExpired,
    /// The approval was given for something else, or was used already.
    ApprovalVoid,
    /// A rule of the store's own is not lifted: it says who can.
    House(HouseRule),
    /// The sale's amounts do not add up in the ledger (mixed currencies, overflow); nothing can be decided on them.
    Books,
}

impl From<MoneyError> for Refusal {
    fn from(_: MoneyError) -> Self {
        Self::Books
    }
}

impl Policy {
    /// May this sale be refunded at all, now?
    pub fn check_sale(&self, view: &SaleView, now: Timestamp) -> Result<(), Refusal> {
        if view.sale.status != SaleStatus::Success {
            return Err(Refusal::NotPaid { status: view.sale.status });
        }
        if let Some(paid_at) = view.sale.paid_at {
            let days = u32::try_from(now.ms_since(paid_at) / DAY_MS).unwrap_or(u32::MAX);
            if days > self.max_sale_age_days {
                return Err(Refusal::TooOld { days, max_days: self.max_sale_age_days });
            }
        }
        if view.balance.left()?.is_zero() {
            return Err(Refusal::NothingLeft { paid: view.balance.paid, reserved: view.balance.reserved });
        }
        let count = u32::try_from(view.refund_count()).unwrap_or(u32::MAX);
        if count >= self.max_refunds_per_sale {
            return Err(Refusal::TooMany { count, max: self.max_refunds_per_sale });
        }
        self.check_interval(view, now)
    }

    fn check_interval(&self, view: &SaleView, now: Timestamp) -> Result<(), Refusal> {
        let Some(last) = view.last_refund_at() else { return Ok(()) };
        let wait_ms = i64::from(self.min_seconds_between_refunds) * 1000 - now.ms_since(last);
        if wait_ms <= 0 {
            return Ok(());
        }
        let wait_seconds = u32::try_from(wait_ms.saturating_add(999) / 1000).unwrap_or(u32::MAX);
        Err(Refusal::TooSoon { wait_seconds })
    }

    /// May this much of this sale be refunded, now?
    pub fn check_amount(&self, view: &SaleView, amount: Money, now: Timestamp) -> Result<(), Refusal> {
        self.check_sale(view, now)?;
        if amount.currency() != view.sale.paid.currency() {
            return Err(Refusal::WrongCurrency { asked: amount, paid: view.sale.paid });
        }
        if amount.is_zero() {
            return Err(Refusal::ZeroAmount);
        }
        let left = view.balance.left()?;
        if amount.compare(left)?.is_gt() && !planted!("more-than-is-left") {
            Err(Refusal::OverLeft { asked: amount, left })
        } else {
            Ok(())
        }
    }

    /// May a cashier confirm this amount without a manager?
    pub fn cashier_alone(&self, amount: Money) -> bool {
        self.cashier_alone_up_to.is_some_and(|limit| amount.compare(limit).is_ok_and(|order| order.is_le()))
    }

    /// How things are between this person and a refund of that amount which somebody asked for.
    pub fn asking(&self, requester: &OperatorId, who: (&OperatorId, Role), amount: Money) -> Asking {
        let (id, role) = who;
        let (own, small) = (requester == id, self.cashier_alone(amount));
        Asking { role, own, small, own_approval: self.own_approval, gave_first: false }
    }

    /// May this person do that about a refund which somebody asked for?
    pub fn check(
        &self,
        act: Act,
        requester: &OperatorId,
        who: (&OperatorId, Role),
        amount: Money,
    ) -> Result<(), Refusal> {
        match may(act, self.asking(requester, who, amount)) {
            Permit::Allowed(_) => Ok(()),
            Permit::Refused(_) => Err(Refusal::NotYourApproval),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::money::Currency;
    use super::super::sale::{Balance, ForeignRefund, Sale, SaleId, SaleOrigin};
    use super::*;

    const NOW: Timestamp = Timestamp::from_ms(1_800_000_000_000);

    fn usd(minor: i64) -> Money {
        Money::from_minor(minor, Currency::USD).unwrap()
    }

    fn view() -> SaleView {
        let sale = Sale {
            id: SaleId::parse("01JD9K7R2W8M4Q6X0000000000").unwrap(),
            transaction_no: None,
            reference: None,
            paid: usd(3990),
            settle_currency: Currency::USD,
            wallet: None,
            paid_at: Some(NOW.plus_ms(-DAY_MS)),
            status: SaleStatus::Success,
            origin: SaleOrigin::Import,
            items: vec![],
        };
        SaleView { balance: Balance::untouched(sale.paid), sale, refunds: vec![], foreign: vec![] }
    }

    #[track_caller]
    fn check(change: impl FnOnce(&mut SaleView), amount: Money, expected: Result<(), Refusal>) {
        let mut view = view();
        change(&mut view);
        assert_eq!(Policy::default().check_amount(&view, amount, NOW), expected);
    }

    #[test]
    fn each_limit_has_its_refusal() {
        check(|_| (), usd(3990), Ok(()));
        check(|_| (), usd(3991), Err(Refusal::OverLeft { asked: usd(3991), left: usd(3990) }));
        check(|_| (), usd(0), Err(Refusal::ZeroAmount));
        let krw = Money::from_minor(5, Currency::parse("KRW").unwrap()).unwrap();
        check(|_| (), krw, Err(Refusal::WrongCurrency { asked: krw, paid: usd(3990) }));
        let pending = Err(Refusal::NotPaid { status: SaleStatus::Pending });
        check(|v| v.sale.status = SaleStatus::Pending, usd(1), pending);
        let gone = Err(Refusal::NothingLeft { paid: usd(3990), reserved: usd(3990) });
        check(|v| v.balance.reserved = usd(3990), usd(1), gone);
        let old = Err(Refusal::TooOld { days: 366, max_days: 365 });
        check(|v| v.sale.paid_at = Some(NOW.plus_ms(-366 * DAY_MS)), usd(1), old);
        check(|v| v.sale.paid_at = Some(NOW.plus_ms(-366 * DAY_MS + 1)), usd(1), Ok(()));
        let foreign = |n: u32| (0..n).map(|i| ForeignRefund { id: i.to_string(), amount: usd(1) }).collect();
        check(|v| v.foreign = foreign(50), usd(1), Err(Refusal::TooMany { count: 50, max: 50 }));
        check(|v| v.foreign = foreign(49), usd(1), Ok(()));
    }

    #[test]
    fn approver_and_requester_differ_unless_the_policy_says_otherwise() {
        let id = |end: char| OperatorId::parse(&format!("01JD9K7R2W8M4Q6X000000000{end}")).unwrap();
        let mut policy = Policy::default();
        let ask = |policy: &Policy, by, role| policy.check(Act::Approve, &id('A'), (&id(by), role), usd(500)).is_ok();
        assert!(ask(&policy, 'B', Role::Manager));
        assert!(!ask(&policy, 'A', Role::Manager));
        assert!(!ask(&policy, 'A', Role::Cashier));
        policy.cashier_alone_up_to = Some(usd(500));
        assert!(ask(&policy, 'A', Role::Cashier));
        assert!(!ask(&policy, 'B', Role::Cashier));
        policy.cashier_alone_up_to = Some(usd(499));
        policy.own_approval = true;
        assert!(ask(&policy, 'A', Role::Manager));
        assert!(!ask(&policy, 'A', Role::Cashier));
    }
}
