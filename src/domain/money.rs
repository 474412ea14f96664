//! Money: whole minor units of one ISO 4217 currency, exact.
//!
//! **No float, no rounding, no negative amount, no sum across currencies.** Every operation is checked; what cannot be
//! done is an error, never a wrapped or clipped number.

use std::cmp::Ordering;
use std::fmt;

/// An ISO 4217 currency.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// US dollar: the gateway's default for sale and settlement.
    pub const USD: Self = Self(iso_currency::Currency::USD);

    /// Takes an alphabetic code such as `USD`, in either case.
    pub fn parse(code: &str) -> Result<Self, MoneyError> {
        let code = code.trim();
        iso_currency::Currency::from_code(code)
            .or_else(|| iso_currency::Currency::from_code(&code.to_ascii_uppercase()))
            .filter(|currency| currency.exponent().is_some())
            .map(Self)
            .ok_or_else(|| MoneyError::UnknownCurrency(code.chars().take(8).collect()))
    }

    /// The alphabetic code.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// Digits after the decimal point (ISO 4217 exponent): 0 for KRW, 2 for USD, 3 for KWD.
    pub fn decimals(self) -> u32 {
        u32::from(self.0.exponent().unwrap_or(2))
    }

    /// The sign people write, such as `$`; the code itself where the currency has none.
    pub fn symbol(self) -> String {
        self.0.symbol().to_string()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Why something is not an amount of money, or two amounts do not go together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// No such code in ISO 4217.
    #[error("{0:?} is not a currency code")]
    UnknownCurrency(String),
    /// Not digits with at most one point.
    #[error("{0:?} is not an amount")]
    NotAnAmount(String),
    /// More decimals than the currency has.
    #[error("{currency} has {allowed} decimals")]
    TooManyDecimals {
        /// The currency asked for.
        currency: Currency,
        /// Its decimals.
        allowed: u32,
    },
    /// Beyond what a 64-bit count of minor units holds.
    #[error("the amount is too large")]
    TooLarge,
    /// A negative result.
    #[error("the amount would be below zero")]
    BelowZero,
    /// Two currencies in one operation.
    #[error("{0} and {1} can't be added or compared")]
    Mixed(Currency, Currency),
}

/// An amount of money, never negative.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

/// How exact a text must be about decimals.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Decimals {
    /// At most the currency's: what people and files write.
    Strict,
    /// Further zeros are allowed (`"10.000"` is 10 dollars): what a gateway may write.
    TrailingZeros,
}

impl Money {
    /// `minor` minor units (cents) of `currency`.
    pub fn from_minor(minor: i64, currency: Currency) -> Result<Self, MoneyError> {
        if minor < 0 { Err(MoneyError::BelowZero) } else { Ok(Self { minor, currency }) }
    }

    /// Nothing, in `currency`.
    pub const fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    /// Reads major units with a decimal point (`"27.40"`, `"10"`), no sign, no grouping, at most the currency's decimals.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        Self::read(text, currency, Decimals::Strict)
    }

    /// Reads what the gateway wrote: as [`Money::parse`], and zeros beyond the currency's decimals are no error.
    pub fn parse_wire(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        Self::read(text, currency, Decimals::TrailingZeros)
    }

    fn read(text: &str, currency: Currency, exactness: Decimals) -> Result<Self, MoneyError> {
        let text = text.trim();
        let not_an_amount = || MoneyError::NotAnAmount(text.chars().take(32).collect());
        let (whole, fraction) = match text.split_once('.') {
            Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
            Some(_) => return Err(not_an_amount()),
            None => (text, ""),
        };
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || text.len() > 40 || !digits(whole) || !digits(fraction) {
            return Err(not_an_amount());
        }
        let allowed = currency.decimals();
        let places = usize::try_from(allowed).unwrap_or(0);
        let (kept, beyond) = fraction.split_at_checked(places).unwrap_or((fraction, ""));
        let zeros_only = beyond.bytes().all(|byte| byte == b'0');
        if !beyond.is_empty() && (exactness == Decimals::Strict || !zeros_only) {
            return Err(MoneyError::TooManyDecimals { currency, allowed });
        }
        let mut minor: i64 = 0;
        let padding = std::iter::repeat_n(b'0', places.saturating_sub(kept.len()));
        for byte in whole.bytes().chain(kept.bytes()).chain(padding) {
            minor = minor
                .checked_mul(10)
                .and_then(|tens| tens.checked_add(i64::from(byte - b'0')))
                .ok_or(MoneyError::TooLarge)?;
        }
        Ok(Self { minor, currency })
    }

    /// Minor units (cents).
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// True for no money at all.
    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// The sum of two amounts of one currency.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        let minor = self.minor.checked_add(other.minor).ok_or(MoneyError::TooLarge)?;
        Ok(Self { minor, ..self })
    }

    /// What is left of this amount after `other`; an error below zero.
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        Self::from_minor(self.minor.checked_sub(other.minor).ok_or(MoneyError::BelowZero)?, self.currency)
    }

    /// Compares two amounts of one currency.
    pub fn compare(self, other: Self) -> Result<Ordering, MoneyError> {
        self.same_currency(other)?;
        Ok(self.minor.cmp(&other.minor))
    }

    fn same_currency(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency { Ok(()) } else { Err(MoneyError::Mixed(self.currency, other.currency)) }
    }

    /// Major units with all the currency's decimals and a point, no grouping: `27.40`. [`Money::parse`] reads it back.
    pub fn decimal(self) -> String {
        let places = usize::try_from(self.currency.decimals()).unwrap_or(0);
        let digits = format!("{:0width$}", self.minor, width = places + 1);
        let (whole, fraction) = digits.split_at_checked(digits.len() - places).unwrap_or((&digits, ""));
        if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.decimal(), self.currency)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn currency(code: &str) -> Currency {
        Currency::parse(code).unwrap()
    }

    #[track_caller]
    fn check(text: &str, code: &str, expected: Result<i64, &str>) {
        let got = Money::parse(text, currency(code));
        match expected {
            Ok(minor) => assert_eq!(got.map(Money::minor), Ok(minor), "{text} {code}"),
            Err(part) => assert!(got.clone().is_err_and(|e| e.to_string().contains(part)), "{text} {code}: {got:?}"),
        }
    }

    #[test]
    fn reads_major_units_exactly() {
        check("0.01", "USD", Ok(1));
        check("10", "USD", Ok(1000));
        check("10.00", "USD", Ok(1000));
        check("10.5", "USD", Ok(1050));
        check("1500", "KRW", Ok(1500));
        check("1.234", "KWD", Ok(1234));
        check("92233720368547758.07", "USD", Ok(i64::MAX));
    }

    #[test]
    fn refuses_what_is_not_an_amount() {
        check("1500.0", "KRW", Err("0 decimals"));
        check("0.001", "USD", Err("2 decimals"));
        check("92233720368547758.08", "USD", Err("too large"));
        for text in ["", ".", "1.", ".5", "-1", "+1", "1,000.00", "1e3", "NaN", "1.2.3", "\u{0661}"] {
            check(text, "USD", Err("not an amount"));
        }
        assert!(Currency::parse("XX").is_err());
        assert!(Currency::parse("XXX").is_err());
    }

    #[test]
    fn the_gateway_may_write_more_zeros_but_not_more_digits() {
        assert_eq!(Money::parse_wire("10.000", Currency::USD).map(Money::minor), Ok(1000));
        assert_eq!(Money::parse_wire("1500.00", currency("KRW")).map(Money::minor), Ok(1500));
        assert!(Money::parse_wire("10.001", Currency::USD).is_err());
    }

    #[test]
    fn the_gateways_currencies_have_the_decimals_it_means() {
        for (code, decimals) in [("USD", 2), ("CNY", 2), ("GBP", 2), ("HKD", 2), ("KRW", 0), ("JPY", 0), ("KWD", 3)] {
            assert_eq!(currency(code).decimals(), decimals, "{code}");
        }
        for code in ["PHP", "IDR", "THB", "MYR", "BDT", "PKR"] {
            assert_eq!(currency(code).decimals(), 2, "{code}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn writing_and_reading_are_inverses(minor in 0i64..=i64::MAX, code in prop::sample::select(vec!["USD", "KRW", "KWD"])) {
            let money = Money::from_minor(minor, currency(code)).unwrap();
            prop_assert_eq!(Money::parse(&money.decimal(), money.currency()), Ok(money));
            prop_assert_eq!(Money::parse_wire(&format!("0{}", money.decimal()), money.currency()), Ok(money));
        }

        #[test]
        fn sums_are_exact_or_refused(a in 0i64..=i64::MAX, b in 0i64..=i64::MAX) {
            let (left, right) = (Money::from_minor(a, Currency::USD).unwrap(), Money::from_minor(b, Currency::USD).unwrap());
            prop_assert_eq!(left.plus(right).map(Money::minor).ok(), a.checked_add(b));
            prop_assert_eq!(left.minus(right).map(Money::minor).ok(), (a >= b).then(|| a - b));
        }
    }
}
