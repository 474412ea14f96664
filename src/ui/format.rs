//! How money, numbers and times are written for people.
//!
//! **An amount always has its currency's code**; the sign stands before it where the fonts have one. **Times are the
//! store's own**: the ledger's UTC is turned into the zone of the till, here and nowhere else.

use jiff::tz::TimeZone;

use super::i18n::{Given, Language, Words, text};
use crate::domain::{Money, SaleKey, Timestamp};

/// How a language writes numbers: what most of its countries where the till is used write, as CLDR has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberStyle {
    /// Between thousands.
    pub group: char,
    /// Before the decimals.
    pub point: char,
    /// The sign of a currency stands behind the figure, after a space that does not break.
    pub sign_behind: bool,
}

impl NumberStyle {
    /// The style of that language.
    pub const fn of(language: Language) -> Self {
        match language {
            // CLDR's fr; its narrow no-break space is written as the plain one, which every font has.
            Language::French => Self { group: NO_BREAK, point: ',', sign_behind: true },
            // CLDR's es-419, es-MX and es-US write numbers as English does; es of Spain does not.
            Language::English
            | Language::Spanish
            | Language::ChineseSimplified
            | Language::ChineseTraditional
            | Language::Korean
            | Language::Pseudo => Self { group: ',', point: '.', sign_behind: false },
        }
    }

    /// A number as it is typed on its way, its decimals behind the language's own point.
    pub fn typed(self, text: &str) -> String {
        text.replace('.', self.point.encode_utf8(&mut [0; 4]))
    }
}

const NO_BREAK: char = '\u{a0}';

/// An amount in the parts it is drawn with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmountParts {
    /// `$27.40`, or `27.40` for a currency without a sign of its own.
    pub figure: String,
    /// `USD`.
    pub code: &'static str,
    /// The figure has the currency's sign.
    pub has_sign: bool,
}

/// Signs that the bundled fonts hold; a currency with another one is written with its code alone.
const SIGNS: &str = "$£€¥₩₹₱₫₪₦₴₺₽₡₭₮₲₵₸kRPrsLzłFtKčBMQCGÍeipDhU.";

/// Splits an amount into what is drawn large and its code.
pub fn amount_parts(style: NumberStyle, money: Money) -> AmountParts {
    let code = money.currency().code();
    let sign = money.currency().symbol();
    let has_sign = sign != code && !sign.is_empty() && sign.chars().all(|c| SIGNS.contains(c));
    let digits = grouped_digits(style, &money.decimal());
    let figure = match (has_sign, style.sign_behind) {
        (true, true) => format!("{digits}{NO_BREAK}{sign}"),
        (true, false) => format!("{sign}{digits}"),
        (false, _) => digits,
    };
    AmountParts { figure, code, has_sign }
}

/// `$1,027.40 USD`.
pub fn amount(style: NumberStyle, money: Money) -> String {
    let parts = amount_parts(style, money);
    format!("{} {}", parts.figure, parts.code)
}

/// `$27.40`: for a button and for the lines of a sale, where the code stands close by.
pub fn amount_short(style: NumberStyle, money: Money) -> String {
    let parts = amount_parts(style, money);
    if parts.has_sign { parts.figure } else { amount(style, money) }
}

/// Thousands apart.
fn grouped_digits(style: NumberStyle, decimal: &str) -> String {
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    let length = whole.len();
    let mut out = String::with_capacity(decimal.len() + length / 3);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (length - at) % 3 == 0 {
            out.push(style.group);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(style.point);
        out.push_str(fraction);
    }
    out
}

/// A path for the eye: where it is long, its last two names alone.
pub fn short_path(path: &str) -> String {
    let is_cut = |letter: char| matches!(letter, '/' | '\\');
    let mut cuts = path.char_indices().rev().filter(|(_, letter)| is_cut(*letter));
    match cuts.nth(1) {
        Some((at, _)) if path.chars().count() > SHORT_PATH => {
            format!("\u{2026}{}", path.get(at..).unwrap_or_default())
        }
        _ => path.to_owned(),
    }
}

/// A path that is longer is shortened for the eye.
const SHORT_PATH: usize = 32;

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
    pub fn day(&self, words: &Words, at: Timestamp) -> String {
        let Some(date) = self.local(at).map(|local| local.date()) else { return String::new() };
        let weekday = words.with("date-weekday", &[("number", number(date.weekday().to_monday_one_offset()))]);
        let month = words.with("date-month", &[("number", number(date.month()))]);
        words.with(
            "date-day",
            &[("weekday", text(weekday)), ("day", text(date.day().to_string())), ("month", text(month))],
        )
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
            self.stamp(words, at)
        }
    }

    /// The same within a sentence: `since today 11:20`.
    pub fn moment_within(&self, words: &Words, at: Timestamp, now: Timestamp) -> String {
        let moment = self.moment(words, at, now);
        let mut letters = moment.chars();
        letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
    }

    /// `22 Nov 2026 14:33`: on paper, which is read on another day.
    pub fn stamp(&self, words: &Words, at: Timestamp) -> String {
        let Some(then) = self.local(at).map(|local| local.date()) else { return String::new() };
        let month = words.with("date-month-short", &[("number", number(then.month()))]);
        let [day, year] = [i16::from(then.day()), then.year()].map(|part| text(part.to_string()));
        let clock = text(self.clock(at));
        words.with("date-moment", &[("day", day), ("month", text(month)), ("year", year), ("clock", clock)])
    }

    /// Milliseconds until the minute changes.
    pub fn ms_to_next_minute(at: Timestamp) -> u64 {
        u64::try_from(60_000 - at.ms().rem_euclid(60_000)).unwrap_or(60_000)
    }
}

/// A number that chooses a month's or a day's name.
fn number(value: i8) -> Given {
    Given::Count(u32::try_from(value).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Currency;

    #[track_caller]
    fn check(language: Language, minor: i64, code: &str, expected: &str) {
        let money = Money::from_minor(minor, Currency::parse(code).unwrap()).unwrap();
        assert_eq!(Words::new(language).amount(money).replace(NO_BREAK, " "), expected);
    }

    #[test]
    fn amounts_have_a_sign_groups_and_a_code() {
        check(Language::English, 2740, "USD", "$27.40 USD");
        check(Language::English, 123_456_789, "USD", "$1,234,567.89 USD");
        check(Language::English, 0, "USD", "$0.00 USD");
        check(Language::English, 1500, "KRW", "₩1,500 KRW");
        check(Language::English, 1234, "KWD", "1.234 KWD");
    }

    #[test]
    fn each_language_writes_amounts_its_own_way() {
        check(Language::French, 123_456_789, "USD", "1 234 567,89 $ USD");
        check(Language::French, 1500, "KRW", "1 500 ₩ KRW");
        check(Language::French, 1234, "KWD", "1,234 KWD");
        check(Language::Spanish, 123_456, "MXN", "$1,234.56 MXN");
        check(Language::ChineseSimplified, 123_456, "CNY", "¥1,234.56 CNY");
        check(Language::Korean, 1_500_000, "KRW", "₩1,500,000 KRW");
        let short = |minor, code| {
            let money = Money::from_minor(minor, Currency::parse(code).unwrap()).unwrap();
            Words::new(Language::French).amount_short(money).replace(NO_BREAK, " ")
        };
        assert_eq!((short(2740, "USD"), short(1234, "KWD")), ("27,40 $".to_owned(), "1,234 KWD".to_owned()));
    }

    #[test]
    fn each_language_has_its_own_dates() {
        let store = StoreTime::new(TimeZone::UTC);
        let (at, now) = (Timestamp::from_ms(1_795_390_320_000), Timestamp::from_ms(1_798_390_320_000));
        let said = |language| {
            let words = Words::new(language);
            (store.day(&words, at), store.moment(&words, at, now))
        };
        let check = |language, day: &str, moment: &str| assert_eq!(said(language), (day.into(), moment.into()));
        check(Language::English, "Sunday 22 November", "22 Nov 2026 23:32");
        check(Language::Spanish, "domingo 22 de noviembre", "22 nov 2026 23:32");
        check(Language::French, "dimanche 22 novembre", "22 nov. 2026 23:32");
        check(Language::ChineseSimplified, "11月22日 星期日", "2026年11月22日 23:32");
        check(Language::ChineseTraditional, "11月22日 星期日", "2026年11月22日 23:32");
        check(Language::Korean, "11월 22일 일요일", "2026년 11월 22일 23:32");
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
