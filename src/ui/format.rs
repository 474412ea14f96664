//! How money, numbers and times are written for people.
//!
//! **An amount always has its currency's code**; the sign stands before it where the fonts have one. **Times are the
//! store's own**: the ledger's UTC is turned into the zone of the till, here and nowhere else.

use jiff::tz::TimeZone;

use super::i18n::{Words, text};
use crate::domain::{Money, SaleKey, Timestamp};

/// An amount in the parts it is drawn with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmountParts {
    /// `$27.40`, or `27.40` for a currency without a sign of its own.
    pub figure: String,
    /// `USD`.
    pub code: &'static str,
}

/// Signs that the bundled fonts hold; a currency with another one is written with its code alone.
const SIGNS: &str = "$£€¥₩₹₱₫₪₦₴₺₽₡₭₮₲₵₸kRPrsLzłFtKčBMQCGÍeipDhU.";

/// Splits an amount into what is drawn large and its code.
pub fn amount_parts(money: Money) -> AmountParts {
    let code = money.currency().code();
    let sign = money.currency().symbol();
    let known = sign != code && !sign.is_empty() && sign.chars().all(|c| SIGNS.contains(c));
    let digits = grouped_digits(&money.decimal());
    let figure = if known { format!("{sign}{digits}") } else { digits };
    AmountParts { figure, code }
}

/// `$1,027.40 USD`.
pub fn amount(money: Money) -> String {
    let parts = amount_parts(money);
    format!("{} {}", parts.figure, parts.code)
}

/// `$27.40`: for a button and for the lines of a sale, where the code stands close by.
pub fn amount_short(money: Money) -> String {
    let parts = amount_parts(money);
    if parts.figure.starts_with(|c: char| c.is_ascii_digit()) { amount(money) } else { parts.figure }
}

/// Thousands apart by commas.
fn grouped_digits(decimal: &str) -> String {
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    let length = whole.len();
    let mut out = String::with_capacity(decimal.len() + length / 3);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (length - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// Digits in groups of four; anything else as it is.
pub fn grouped(number: &str) -> String {
    if number.len() < 8 || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return number.to_owned();
    }
    let mut out = String::with_capacity(number.len() + number.len() / 4);
    for (at, digit) in number.chars().enumerate() {
        if at > 0 && at % 4 == 0 {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

/// A sale's number as it is read aloud.
pub fn sale_key(key: &SaleKey) -> String {
    match key {
        SaleKey::Transaction(number) => number.grouped(),
        SaleKey::Reference(reference) => reference.as_str().to_owned(),
    }
}

/// The wallet's name as people know it; a name we do not know is shown as the point of sale wrote it.
pub fn wallet(name: &str) -> String {
    let known = match name.trim().to_ascii_lowercase().as_str() {
        "alipay" => "Alipay",
        "alipay+" | "alipayplus" => "Alipay+",
        "wechat" | "wechatpay" | "wechat_pay" | "wechat pay" => "WeChat Pay",
        "paypal" => "PayPal",
        "venmo" => "Venmo",
        "unionpay" | "cup" => "UnionPay",
        "cashapp" | "cash_app" | "cashapppay" => "Cash App Pay",
        "gcash" => "GCash",
        "kakaopay" => "KakaoPay",
        _ => return name.trim().to_owned(),
    };
    known.to_owned()
}

/// The store's clock.
#[derive(Debug, Clone)]
pub struct StoreTime {
    zone: TimeZone,
}

impl StoreTime {
    /// The clock of that zone.
    pub fn new(zone: TimeZone) -> Self {
        Self { zone }
    }

    fn local(&self, at: Timestamp) -> Option<jiff::Zoned> {
        jiff::Timestamp::from_millisecond(at.ms()).ok().map(|at| at.to_zoned(self.zone.clone()))
    }

    fn shown(&self, at: Timestamp, form: &str) -> String {
        self.local(at).map(|local| local.strftime(form).to_string()).unwrap_or_default()
    }

    /// `14:32`.
    pub fn clock(&self, at: Timestamp) -> String {
        self.shown(at, "%H:%M")
    }

    /// `14:33:02`.
    pub fn clock_seconds(&self, at: Timestamp) -> String {
        self.shown(at, "%H:%M:%S")
    }

    /// `Sunday 22 November`.
    pub fn day(&self, at: Timestamp) -> String {
        self.shown(at, "%A %-d %B")
    }

    /// `Today 11:20`, `Yesterday 18:07`, or `12 Nov 2026 18:07`.
    pub fn moment(&self, words: &Words, at: Timestamp, now: Timestamp) -> String {
        let clock = self.clock(at);
        let day = |at| self.local(at).map(|local| local.date());
        let (Some(then), Some(today)) = (day(at), day(now)) else { return clock };
        if then == today {
            words.with("time-today", &[("clock", text(clock))])
        } else if then.tomorrow().is_ok_and(|next| next == today) {
            words.with("time-yesterday", &[("clock", text(clock))])
        } else {
            self.shown(at, "%-d %b %Y %H:%M")
        }
    }

    /// Milliseconds until the minute changes.
    pub fn ms_to_next_minute(at: Timestamp) -> u64 {
        u64::try_from(60_000 - at.ms().rem_euclid(60_000)).unwrap_or(60_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Currency;
    use crate::ui::i18n::Language;

    #[track_caller]
    fn check(minor: i64, code: &str, expected: &str) {
        let money = Money::from_minor(minor, Currency::parse(code).unwrap()).unwrap();
        assert_eq!(amount(money), expected);
    }

    #[test]
    fn amounts_have_a_sign_groups_and_a_code() {
        check(2740, "USD", "$27.40 USD");
        check(123_456_789, "USD", "$1,234,567.89 USD");
        check(0, "USD", "$0.00 USD");
        check(1500, "KRW", "₩1,500 KRW");
        check(1234, "KWD", "1.234 KWD");
    }

    #[test]
    fn long_numbers_stand_in_fours() {
        assert_eq!(grouped("297553638302358781"), "2975 5363 8302 3587 81");
        assert_eq!(grouped("POS03-20261121-004417"), "POS03-20261121-004417");
        assert_eq!(grouped("1234"), "1234");
    }

    #[test]
    fn times_are_the_stores_own() {
        let store = StoreTime::new(TimeZone::get("America/Los_Angeles").unwrap());
        let words = Words::new(Language::English);
        let now = Timestamp::from_ms(1_795_390_320_000);
        let ago = |hours: i64| store.moment(&words, now.plus_ms(-hours * 3_600_000), now);
        let clock = store.clock(now);
        assert_eq!(ago(0), format!("Today {clock}"));
        assert_eq!(ago(24), format!("Yesterday {clock}"));
        assert!(ago(240).contains("202"), "{}", ago(240));
        assert_eq!(StoreTime::ms_to_next_minute(Timestamp::from_ms(61_000)), 59_000);
    }
}
