//! The store's own rules, beside the wallets' limits: what a person may give back in one refund, one shift, one day, and
//! what a manager should look at twice.
//!
//! **Pure**: what the person has given back so far comes in as a value. **A rule says who can lift it** ([`HouseRule::lift`]);
//! lifting is a manager's, with a written note, on the record. **A signal refuses nothing**: it is for the manager's
//! eyes. Amounts in another currency than a limit's cannot be held against it, and so break it.

use super::authority::Act;
use super::hours::{WeekHours, Weekday};
use super::money::Money;
use super::operator::Role;
use super::refund::{Reason, RefundState};
use super::sale::SaleView;
use super::scanned::ScanSource;
use super::time::{DAY_MS, Timestamp};

const MINUTE_MS: i64 = 60_000;
/// A limit is near when this part of it would be used: nine tenths.
const NEAR: (i64, i64) = (9, 10);
/// A sale is fresh for this long.
const FRESH_MINUTES: u32 = 15;
/// A cashier's refunds stand out at this many times their colleagues' average, and no fewer than [`OFTEN_LEAST`].
const OFTEN_TIMES: u32 = 3;
const OFTEN_LEAST: u32 = 5;

/// What people of one role may give back without anybody else's word. Nothing where a limit is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Limits {
    /// In one refund.
    pub per_refund: Option<Money>,
    /// In one shift.
    pub per_shift: Option<Money>,
    /// In one day of the store's.
    pub per_day: Option<Money>,
}

/// The store's rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HouseRules {
    /// For refunds that cashiers ask for.
    pub cashier: Limits,
    /// For refunds that managers ask for.
    pub manager: Limits,
    /// A sale older than this many days needs a manager's note; the wallets' limit stands besides.
    pub sale_age_days: Option<u32>,
    /// More refunds of one sale than this need a manager's note; the wallets' limit stands besides.
    pub refunds_per_sale: Option<u32>,
    /// The same amount on the same sale again within so many minutes needs two managers; 0 for never.
    pub same_amount_minutes: u32,
    /// A refund outside them is pointed out.
    pub hours: WeekHours,
}

impl Default for HouseRules {
    /// No limits but the wallets'.
    fn default() -> Self {
        Self {
            cashier: Limits::default(),
            manager: Limits::default(),
            sale_age_days: None,
            refunds_per_sale: None,
            same_amount_minutes: 0,
            hours: WeekHours::default(),
        }
    }
}

/// What somebody has given back so far, and when and where they ask: everything a rule needs beside the sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The role of the one who asks.
    pub role: Role,
    /// Given back in this shift, one sum for each currency.
    pub this_shift: Vec<Money>,
    /// Given back today, one sum for each currency.
    pub today: Vec<Money>,
    /// How many refunds they asked for today.
    pub refunds_today: u32,
    /// How many the others asked for today, and how many others there are who did.
    pub others_today: (u32, u32),
    /// The store's weekday.
    pub weekday: Weekday,
    /// The minute of the store's day.
    pub minute_of_day: u16,
}

impl Standing {
    /// Of somebody who has given nothing back, on a Monday at noon.
    pub const fn fresh(role: Role) -> Self {
        Self {
            role,
            this_shift: Vec::new(),
            today: Vec::new(),
            refunds_today: 0,
            others_today: (0, 0),
            weekday: Weekday::Monday,
            minute_of_day: 720,
        }
    }
}

/// A rule of the store that a refund breaks.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum HouseRule {
    /// More than people of this role give back at once.
    RefundLimit {
        /// Their role.
        role: Role,
        /// The limit.
        limit: Money,
    },
    /// More than they give back in a shift.
    ShiftLimit {
        /// Their role.
        role: Role,
        /// The limit.
        limit: Money,
        /// What it would come to; absent in another currency.
        after: Option<Money>,
    },
    /// More than they give back in a day.
    DayLimit {
        /// Their role.
        role: Role,
        /// The limit.
        limit: Money,
        /// What it would come to; absent in another currency.
        after: Option<Money>,
    },
    /// The sale is older than the store takes back by itself.
    SaleAge {
        /// Its age in whole days.
        days: u32,
        /// The limit.
        max_days: u32,
    },
    /// The sale has been refunded as often as the store does by itself.
    RefundsOfSale {
        /// Refunds so far.
        count: u32,
        /// The limit.
        max: u32,
    },
    /// The same amount went back on this sale a moment ago.
    SameAmount {
        /// Minutes since.
        minutes_ago: u32,
        /// Within how many two managers are needed.
        within_minutes: u32,
    },
}

/// Who can lift a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lift {
    /// A manager who did not ask, with a written note.
    ManagerWithNote,
    /// Two managers, neither of whom asked.
    TwoManagers,
}

impl Lift {
    /// What whoever lifts it does.
    pub const fn act(self) -> Act {
        match self {
            Self::ManagerWithNote => Act::LiftRule,
            Self::TwoManagers => Act::ApproveAgain,
        }
    }
}

impl HouseRule {
    /// Who can lift it.
    pub const fn lift(&self) -> Lift {
        match self {
            Self::SameAmount { .. } => Lift::TwoManagers,
            Self::RefundLimit { .. }
            | Self::ShiftLimit { .. }
            | Self::DayLimit { .. }
            | Self::SaleAge { .. }
            | Self::RefundsOfSale { .. } => Lift::ManagerWithNote,
        }
    }

    /// The word in the record.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::RefundLimit { .. } => "refund_limit",
            Self::ShiftLimit { .. } => "shift_limit",
            Self::DayLimit { .. } => "day_limit",
            Self::SaleAge { .. } => "sale_age",
            Self::RefundsOfSale { .. } => "refunds_of_sale",
            Self::SameAmount { .. } => "same_amount",
        }
    }
}

/// Something a manager should know before saying yes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Warning {
    /// This sale was refunded before.
    RefundedBefore {
        /// How often.
        count: u32,
    },
    /// The number was typed, not scanned: the receipt may not be there.
    TypedNumber,
    /// The refund comes near one of the asker's limits.
    NearLimit {
        /// Which.
        limit: Money,
    },
    /// They ask for many more refunds today than the others.
    AsksOften {
        /// Theirs today, with this one.
        theirs: u32,
        /// The others' average, rounded up.
        average: u32,
    },
    /// The store is closed.
    OutsideHours,
    /// The sale is only minutes old.
    FreshSale {
        /// How many.
        minutes: u32,
    },
}

/// What the store's rules make of one refund.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Weighed {
    /// The rules it breaks; empty when it is allowed as it is.
    pub broken: Vec<HouseRule>,
    /// What the manager should know.
    pub warnings: Vec<Warning>,
}

impl Weighed {
    /// A manager has to write down why.
    pub fn needs_note(&self) -> bool {
        self.broken.iter().any(|rule| rule.lift() == Lift::ManagerWithNote)
    }

    /// A second manager has to agree.
    pub fn needs_two(&self) -> bool {
        self.broken.iter().any(|rule| rule.lift() == Lift::TwoManagers)
    }

    /// Nobody but a manager may approve it: the cashier's own threshold does not hold for it.
    pub fn needs_manager(&self) -> bool {
        !self.broken.is_empty()
    }
}

/// What the manager who lifts a rule writes down; the rules of [`Reason`] hold for it.
pub type LiftNote = Reason;

impl HouseRules {
    /// The limits of a role.
    pub const fn limits(&self, role: Role) -> &Limits {
        match role {
            Role::Cashier => &self.cashier,
            Role::Manager => &self.manager,
        }
    }

    /// Holds a refund of `amount` against the rules.
    pub fn weigh(
        &self,
        view: &SaleView,
        amount: Money,
        source: ScanSource,
        standing: &Standing,
        now: Timestamp,
    ) -> Weighed {
        Weighed {
            broken: self.broken(view, amount, standing, now),
            warnings: self.warnings(view, amount, source, standing, now),
        }
    }

    fn broken(&self, view: &SaleView, amount: Money, standing: &Standing, now: Timestamp) -> Vec<HouseRule> {
        let role = standing.role;
        let limits = self.limits(role);
        let mut broken = vec![];
        if let Some(limit) = limits.per_refund.filter(|limit| !within(Some(amount), *limit)) {
            broken.push(HouseRule::RefundLimit { role, limit });
        }
        let after = after(&standing.this_shift, amount);
        if let Some(limit) = limits.per_shift.filter(|limit| !within(after, *limit)) {
            broken.push(HouseRule::ShiftLimit { role, limit, after: same_currency(after, limit) });
        }
        let after = self::after(&standing.today, amount);
        if let Some(limit) = limits.per_day.filter(|limit| !within(after, *limit)) {
            broken.push(HouseRule::DayLimit { role, limit, after: same_currency(after, limit) });
        }
        if let (Some(max_days), Some(paid_at)) = (self.sale_age_days, view.sale.paid_at) {
            let days = u32::try_from(now.ms_since(paid_at) / DAY_MS).unwrap_or(u32::MAX);
            if days > max_days {
                broken.push(HouseRule::SaleAge { days, max_days });
            }
        }
        let count = u32::try_from(view.refund_count()).unwrap_or(u32::MAX);
        if let Some(max) = self.refunds_per_sale.filter(|max| count >= *max) {
            broken.push(HouseRule::RefundsOfSale { count, max });
        }
        broken.extend(self.same_amount(view, amount, now));
        broken
    }

    fn same_amount(&self, view: &SaleView, amount: Money, now: Timestamp) -> Option<HouseRule> {
        let span_ms = i64::from(self.same_amount_minutes) * MINUTE_MS;
        let alike = |refund: &&super::refund::Refund| refund.state.counts() && refund.amount == amount;
        let last = view.refunds.iter().filter(alike).map(|refund| refund.created_at).max()?;
        let gone_ms = now.ms_since(last);
        let minutes_ago = u32::try_from(gone_ms / MINUTE_MS).unwrap_or(u32::MAX);
        (gone_ms < span_ms).then_some(HouseRule::SameAmount { minutes_ago, within_minutes: self.same_amount_minutes })
    }

    fn warnings(
        &self,
        view: &SaleView,
        amount: Money,
        source: ScanSource,
        standing: &Standing,
        now: Timestamp,
    ) -> Vec<Warning> {
        let mut warnings = vec![];
        let made = view.refunds.iter().filter(|refund| refund.state == RefundState::Refunded).count();
        let count = u32::try_from(made + view.foreign.len()).unwrap_or(u32::MAX);
        if count > 0 {
            warnings.push(Warning::RefundedBefore { count });
        }
        if source == ScanSource::Typed {
            warnings.push(Warning::TypedNumber);
        }
        let limits = self.limits(standing.role);
        let near = [
            (Some(amount), limits.per_refund),
            (after(&standing.this_shift, amount), limits.per_shift),
            (after(&standing.today, amount), limits.per_day),
        ];
        let first_near = near.into_iter().find_map(|(sum, limit)| limit.filter(|limit| is_near(sum, *limit)));
        warnings.extend(first_near.map(|limit| Warning::NearLimit { limit }));
        let theirs = standing.refunds_today.saturating_add(1);
        let (refunds, people) = standing.others_today;
        let average = refunds.div_ceil(people.max(1));
        if people > 0 && theirs >= OFTEN_LEAST && theirs >= average.saturating_mul(OFTEN_TIMES) {
            warnings.push(Warning::AsksOften { theirs, average });
        }
        if self.hours.is_closed(standing.weekday, standing.minute_of_day) {
            warnings.push(Warning::OutsideHours);
        }
        if let Some(paid_at) = view.sale.paid_at {
            let minutes = u32::try_from(now.ms_since(paid_at) / MINUTE_MS).unwrap_or(u32::MAX);
            if minutes < FRESH_MINUTES {
                warnings.push(Warning::FreshSale { minutes });
            }
        }
        warnings
    }
}

/// The sum in the amount's currency with the amount; nothing where it is beyond all counting.
fn after(sums: &[Money], amount: Money) -> Option<Money> {
    let so_far = sums.iter().copied().find(|sum| sum.currency() == amount.currency());
    so_far.map_or(Some(amount), |sum| sum.plus(amount).ok())
}

fn within(sum: Option<Money>, limit: Money) -> bool {
    sum.is_some_and(|sum| sum.compare(limit).is_ok_and(|order| order.is_le()))
}

fn same_currency(sum: Option<Money>, limit: Money) -> Option<Money> {
    sum.filter(|sum| sum.currency() == limit.currency())
}

/// Within the limit, but using up nine tenths of it.
fn is_near(sum: Option<Money>, limit: Money) -> bool {
    let (part, whole) = NEAR;
    let used = |sum: Money| i128::from(sum.minor()) * i128::from(whole) >= i128::from(limit.minor()) * i128::from(part);
    within(sum, limit) && sum.is_some_and(used)
}

#[cfg(test)]
mod tests {
    use super::super::hours::OpeningHours;
    use super::super::money::Currency;
    use super::super::sale::{Balance, Sale, SaleId, SaleOrigin, SaleStatus};
    use super::*;

    const NOW: Timestamp = Timestamp::from_ms(1_800_000_000_000);

    fn usd(minor: i64) -> Money {
        Money::from_minor(minor, Currency::USD).unwrap()
    }

    fn view(age_minutes: i64) -> SaleView {
        let sale = Sale {
            id: SaleId::parse("01ARZ3NDEKTSV4RRFFQ69G5FAV").unwrap(),
            transaction_no: None,
            reference: None,
            paid: usd(10_000),
            settle_currency: Currency::USD,
            wallet: None,
            paid_at: Some(NOW.plus_ms(-age_minutes * MINUTE_MS)),
            status: SaleStatus::Success,
            origin: SaleOrigin::Import,
            items: vec![],
        };
        SaleView { sale, balance: Balance::untouched(usd(10_000)), refunds: vec![], foreign: vec![] }
    }

    fn limited() -> HouseRules {
        let cashier = Limits { per_refund: Some(usd(5000)), per_shift: Some(usd(20_000)), per_day: Some(usd(30_000)) };
        HouseRules { cashier, sale_age_days: Some(30), refunds_per_sale: Some(2), ..HouseRules::default() }
    }

    fn cashier(shift: i64, day: i64) -> Standing {
        Standing { this_shift: vec![usd(shift)], today: vec![usd(day)], ..Standing::fresh(Role::Cashier) }
    }

    #[track_caller]
    fn check(amount: Money, standing: &Standing, age_minutes: i64, expected: &[&str]) {
        let weighed = limited().weigh(&view(age_minutes), amount, ScanSource::Camera, standing, NOW);
        let names: Vec<&str> = weighed.broken.iter().map(HouseRule::as_str).collect();
        assert_eq!(names, expected);
        assert_eq!(weighed.needs_note(), !expected.is_empty());
    }

    #[test]
    fn each_limit_is_its_own_and_the_last_cent_counts() {
        check(usd(5000), &cashier(0, 0), 60, &[]);
        check(usd(5001), &cashier(0, 0), 60, &["refund_limit"]);
        check(usd(5000), &cashier(15_000, 25_000), 60, &[]);
        check(usd(5000), &cashier(15_001, 25_000), 60, &["shift_limit"]);
        check(usd(5000), &cashier(0, 25_001), 60, &["day_limit"]);
        check(usd(5001), &cashier(20_000, 30_000), 60, &["refund_limit", "shift_limit", "day_limit"]);
        check(usd(1), &cashier(0, 0), 31 * 24 * 60 - 1, &[]);
        check(usd(1), &cashier(0, 0), 31 * 24 * 60, &["sale_age"]);
        check(usd(9_000_000), &Standing::fresh(Role::Manager), 60, &[]);
    }

    #[test]
    fn another_currency_cannot_be_held_against_a_limit() {
        let euros = Money::from_minor(1, Currency::parse("EUR").unwrap()).unwrap();
        check(euros, &cashier(0, 0), 60, &["refund_limit", "shift_limit", "day_limit"]);
    }

    #[track_caller]
    fn warned(source: ScanSource, amount: Money, standing: &Standing, age_minutes: i64) -> Vec<Warning> {
        let rules =
            HouseRules { hours: WeekHours::every_day(OpeningHours::parse("09:00-21:00").unwrap()), ..limited() };
        rules.weigh(&view(age_minutes), amount, source, standing, NOW).warnings
    }

    #[test]
    fn a_manager_is_told_what_stands_out_and_nothing_else() {
        let (camera, plain) = (ScanSource::Camera, cashier(0, 0));
        assert_eq!(warned(camera, usd(100), &plain, 60), []);
        assert_eq!(warned(ScanSource::Typed, usd(100), &plain, 60), [Warning::TypedNumber]);
        assert_eq!(warned(camera, usd(4499), &plain, 60), []);
        assert_eq!(warned(camera, usd(4500), &plain, 60), [Warning::NearLimit { limit: usd(5000) }]);
        assert_eq!(warned(camera, usd(100), &plain, 14), [Warning::FreshSale { minutes: 14 }]);
        assert_eq!(warned(camera, usd(100), &plain, 15), []);
        let night = Standing { minute_of_day: 1260, ..plain.clone() };
        assert_eq!(warned(camera, usd(100), &night, 60), [Warning::OutsideHours]);
        let often = |refunds_today, others_today| Standing { refunds_today, others_today, ..plain.clone() };
        assert_eq!(warned(camera, usd(100), &often(5, (4, 2)), 60), [Warning::AsksOften { theirs: 6, average: 2 }]);
        assert_eq!(warned(camera, usd(100), &often(5, (5, 2)), 60), []);
        assert_eq!(warned(camera, usd(100), &often(3, (0, 1)), 60), []);
        assert_eq!(warned(camera, usd(100), &often(9, (0, 0)), 60), []);
    }
}
