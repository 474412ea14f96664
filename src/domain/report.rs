//! Reports of a day or a shift: what was given back, by state, wallet, reason and person, and what is still open.
//!
//! **Pure and in whole minor units, one sum for each currency**: no rate, no rounding, nothing added across currencies.
//! **Unresolved refunds come first**, and are never counted as given back. **Every report carries the head and the count of the
//! record**: kept on paper, they find rows that were cut off later.

use std::collections::BTreeMap;

use super::money::{Money, MoneyError};
use super::operator::{Operator, OperatorId};
use super::refund::{Refund, RefundState};
use super::shift::Shift;
use super::time::Timestamp;

/// The form of a file for machines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileForm {
    /// Comma-separated, with a header.
    Csv,
    /// One JSON object a line.
    JsonLines,
}

impl FileForm {
    /// The ending of a file's name.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
        }
    }

    /// The word in the record.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::JsonLines => "json",
        }
    }
}

/// What a report is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReportAsk {
    /// A day of the store's: today, or so many days before.
    Day {
        /// How many days back.
        back: u32,
    },
    /// A day by its date, `2026-11-22`.
    Date(String),
    /// A shift at this till: the newest, or so many before it.
    Shift {
        /// How many shifts back.
        back: u32,
        /// Of this person alone.
        of: Option<OperatorId>,
    },
    /// A shift at this till by its number.
    Numbered(u64),
}

/// What a report is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReportOf {
    /// A day of the store's, by its date.
    Day(String),
    /// A shift.
    Shift(Shift),
}

/// How many, and how much in each currency.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// How many refunds.
    pub count: u64,
    /// One sum a currency, by its code.
    pub sums: Vec<Money>,
    /// How many refunds are in each of the sums.
    pub counts: Vec<u64>,
}

impl Tally {
    /// Each sum with its count, the currency with the most refunds first.
    pub fn by_currency(&self) -> Vec<(Money, u64)> {
        let mut sums: Vec<(Money, u64)> = self.sums.iter().copied().zip(self.counts.iter().copied()).collect();
        sums.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        sums
    }

    /// Adds one. An error where the sum leaves the range of whole numbers: never a wrong one.
    pub fn add(&mut self, amount: Money) -> Result<(), MoneyError> {
        match self.sums.binary_search_by(|sum| sum.currency().code().cmp(amount.currency().code())) {
            Ok(at) => {
                if let (Some(sum), Some(count)) = (self.sums.get_mut(at), self.counts.get_mut(at)) {
                    *sum = sum.plus(amount)?;
                    *count = count.saturating_add(1);
                }
            }
            Err(at) => {
                self.sums.insert(at, amount);
                self.counts.insert(at, 1);
            }
        }
        self.count = self.count.saturating_add(1);
        Ok(())
    }
}

/// One refund, as a report looks at it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Counted<'a> {
    /// How it stands.
    pub state: RefundState,
    /// How much.
    pub amount: Money,
    /// The customer's wallet, where it is known.
    pub wallet: Option<&'a str>,
    /// Why.
    pub reason: &'a str,
    /// Who asked.
    pub operator: &'a OperatorId,
    /// The hour of the store's day, from 0.
    pub hour: u8,
    /// Its state rests on a person's word.
    pub by_hand: bool,
}

/// Hours of a day.
pub const HOURS: usize = 24;

/// The sums of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    /// Every refund that was asked for.
    pub asked: Tally,
    /// By how they stand now, in the order of a refund's life.
    pub by_state: Vec<(RefundState, Tally)>,
    /// Given back, by wallet.
    pub by_wallet: BTreeMap<Option<String>, Tally>,
    /// Given back, by reason.
    pub by_reason: BTreeMap<String, Tally>,
    /// Given back, by who asked.
    pub by_operator: BTreeMap<OperatorId, Tally>,
    /// Asked for, by hour of the store's day.
    pub by_hour: Vec<Tally>,
    /// How many rest on a person's word.
    pub by_hand: u64,
}

impl Default for Totals {
    fn default() -> Self {
        Self {
            asked: Tally::default(),
            by_state: RefundState::ALL.iter().map(|state| (*state, Tally::default())).collect(),
            by_wallet: BTreeMap::new(),
            by_reason: BTreeMap::new(),
            by_operator: BTreeMap::new(),
            by_hour: vec![Tally::default(); HOURS],
            by_hand: 0,
        }
    }
}

impl Totals {
    /// Takes one refund into account.
    pub fn add(&mut self, refund: &Counted<'_>) -> Result<(), MoneyError> {
        self.asked.add(refund.amount)?;
        if let Some((_, tally)) = self.by_state.iter_mut().find(|(state, _)| *state == refund.state) {
            tally.add(refund.amount)?;
        }
        if let Some(tally) = self.by_hour.get_mut(usize::from(refund.hour)) {
            tally.add(refund.amount)?;
        }
        self.by_hand = self.by_hand.saturating_add(u64::from(refund.by_hand));
        if refund.state != RefundState::Refunded {
            return Ok(());
        }
        // Looked up before it is made: a name is copied once a report, not once a refund.
        let wallet = refund.wallet.map(str::to_owned);
        self.by_wallet.entry(wallet).or_default().add(refund.amount)?;
        match self.by_reason.get_mut(refund.reason) {
            Some(tally) => tally.add(refund.amount)?,
            None => self.by_reason.entry(refund.reason.to_owned()).or_default().add(refund.amount)?,
        }
        match self.by_operator.get_mut(refund.operator) {
            Some(tally) => tally.add(refund.amount),
            None => self.by_operator.entry(refund.operator.clone()).or_default().add(refund.amount),
        }
    }

    /// What was given back.
    pub fn given_back(&self) -> &Tally {
        static NOTHING: Tally = Tally { count: 0, sums: Vec::new(), counts: Vec::new() };
        self.of(RefundState::Refunded).unwrap_or(&NOTHING)
    }

    /// The refunds that stand so.
    pub fn of(&self, state: RefundState) -> Option<&Tally> {
        self.by_state.iter().find(|(which, _)| *which == state).map(|(_, tally)| tally)
    }
}

/// Where the record ended when the report was made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecordHead {
    /// How many rows.
    pub count: u64,
    /// The last row's hash, 64 hexadecimal digits.
    pub hash: String,
}

/// A report.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// What it is about.
    pub of: ReportOf,
    /// From this moment on.
    pub from: Timestamp,
    /// Up to this one, which is not in it.
    pub until: Timestamp,
    /// When it was made.
    pub made_at: Timestamp,
    /// The till that made it.
    pub till: String,
    /// The ledger holds training refunds alone: none of this is money.
    pub training: bool,
    /// Where the record ended: now, or when the shift was closed.
    pub head: RecordHead,
    /// Refunds of it that want something of somebody, the newest first, at most [`MAX_UNRESOLVED`].
    pub unresolved: Vec<Refund>,
    /// How many there are.
    pub unresolved_count: u64,
    /// How many others at this till want something.
    pub open_besides: u64,
    /// The sums.
    pub totals: Totals,
    /// Everybody it names.
    pub people: Vec<Operator>,
    /// There is an earlier one.
    pub has_earlier: bool,
    /// There is a later one.
    pub has_later: bool,
}

/// More unresolved refunds than one screen or paper names one by one; the rest are counted.
pub const MAX_UNRESOLVED: usize = 50;

impl Report {
    /// The name of a file for it, without its ending. **Training says so in its name.**
    pub fn file_stem(&self) -> String {
        let about = match &self.of {
            ReportOf::Day(date) => format!("day-{date}"),
            ReportOf::Shift(shift) => format!("shift-{}", shift.number),
        };
        if self.training { format!("TRAINING-report-{about}") } else { format!("report-{about}") }
    }
}

#[cfg(test)]
mod tests {
    use super::super::money::Currency;
    use super::*;

    fn money(minor: i64, code: &str) -> Money {
        Money::from_minor(minor, Currency::parse(code).unwrap()).unwrap()
    }

    fn who(letter: &str) -> OperatorId {
        OperatorId::parse(&letter.repeat(26)).unwrap()
    }

    /// A generator that repeats; the numbers are Knuth's (MMIX).
    fn next(seed: &mut u64) -> usize {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(*seed >> 40).unwrap()
    }

    /// Thousands of refunds by chance, against sums made in the plainest way there is.
    #[test]
    fn the_totals_are_the_plain_sums() {
        let (people, wallets) = ([who("0"), who("1"), who("2")], [None, Some("Alipay"), Some("WeChat Pay")]);
        let (reasons, codes) = (["Damaged", "Changed mind", "=cmd"], ["USD", "KRW", "KWD"]);
        let mut seed = 7;
        let mut made = vec![];
        for _ in 0..5000 {
            let mut pick = |many: usize| next(&mut seed) % many;
            let state = RefundState::ALL[pick(RefundState::ALL.len())];
            let amount = money(i64::try_from(pick(90_000)).unwrap() + 1, codes[pick(3)]);
            made.push((state, amount, pick(3), pick(3), pick(3), pick(24)));
        }
        let mut totals = Totals::default();
        for (state, amount, wallet, reason, person, hour) in &made {
            let counted = Counted {
                state: *state,
                amount: *amount,
                wallet: wallets[*wallet],
                reason: reasons[*reason],
                operator: &people[*person],
                hour: u8::try_from(*hour).unwrap(),
                by_hand: hour % 5 == 0,
            };
            totals.add(&counted).unwrap();
        }
        type Row = (RefundState, Money, usize, usize, usize, usize);
        let plain = |which: &dyn Fn(&Row) -> bool| {
            let rows: Vec<&Row> = made.iter().filter(|row| which(row)).collect();
            let mut codes: Vec<&str> = rows.iter().map(|row| row.1.currency().code()).collect();
            codes.sort_unstable();
            codes.dedup();
            let sum = |code: &str| {
                rows.iter().filter(|row| row.1.currency().code() == code).map(|row| row.1.minor()).sum::<i64>()
            };
            let sums = codes.iter().map(|code| money(sum(code), code)).collect();
            let number = |code: &str| rows.iter().filter(|row| row.1.currency().code() == code).count();
            let counts = codes.iter().map(|code| u64::try_from(number(code)).unwrap()).collect();
            Tally { count: u64::try_from(rows.len()).unwrap(), sums, counts }
        };
        let back = |row: &Row| row.0 == RefundState::Refunded;
        assert_eq!(totals.asked, plain(&|_| true));
        assert_eq!(totals.given_back(), &plain(&back));
        for (state, tally) in &totals.by_state {
            assert_eq!(*tally, plain(&|row| row.0 == *state), "{state}");
        }
        for (at, wallet) in wallets.iter().enumerate() {
            assert_eq!(totals.by_wallet[&wallet.map(str::to_owned)], plain(&|row| back(row) && row.2 == at));
            assert_eq!(totals.by_reason[reasons[at]], plain(&|row| back(row) && row.3 == at));
            assert_eq!(totals.by_operator[&people[at]], plain(&|row| back(row) && row.4 == at));
        }
        for (hour, tally) in totals.by_hour.iter().enumerate() {
            assert_eq!(*tally, plain(&|row| row.5 == hour), "{hour}");
        }
        assert_eq!(usize::try_from(totals.by_hand).unwrap(), made.iter().filter(|row| row.5 % 5 == 0).count());
    }

    #[test]
    fn a_sum_beyond_whole_numbers_is_an_error_and_never_a_wrong_sum() {
        let mut tally = Tally::default();
        let most = money(i64::MAX, "USD");
        assert_eq!(tally.add(most), Ok(()));
        assert!(tally.add(money(1, "USD")).is_err());
        assert_eq!((tally.count, tally.sums), (1, vec![most]));
    }
}
