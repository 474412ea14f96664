//! PINs, and what makes one easy to guess.
//!
//! **A PIN is never shown**: its `Debug` is a row of dots and its memory is wiped when it is dropped.

use std::fmt;

use zeroize::Zeroizing;

use super::operator::Role;
use super::text::{TextError, only};

/// A PIN on its way to be checked: 4 to 12 digits.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin(Zeroizing<String>);

/// Why a PIN cannot be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PinWeakness {
    /// Fewer digits than the role asks for.
    TooShort {
        /// Digits asked for.
        min_digits: usize,
    },
    /// Among the first anyone tries: a repeat, a run, a date, a year, or one that many people choose.
    TooEasy,
}

/// What many people choose beyond repeats, runs and dates: the heads of published counts of four and six digits
/// (DataGenetics 2012; Markert et al., "This PIN Can Be Easily Guessed", 2020), and the lines and corners of a keypad.
const COMMON: [&str; 40] = [
    "0070",
    "0852",
    "1004",
    "1122",
    "1236",
    "1254",
    "1342",
    "1397",
    "1470",
    "1478",
    "2580",
    "3690",
    "4711",
    "5683",
    "7410",
    "7896",
    "8520",
    "9630",
    "112233",
    "123321",
    "123654",
    "131452",
    "142536",
    "147258",
    "147852",
    "159357",
    "159753",
    "258456",
    "292513",
    "321654",
    "456123",
    "520131",
    "741852",
    "753951",
    "789456",
    "852456",
    "963852",
    "1314520",
    "5201314",
    "147258369",
];

impl Pin {
    /// The fewest digits any PIN has.
    pub const MIN_DIGITS: usize = 4;
    /// The fewest digits of a manager's PIN.
    pub const MANAGER_MIN_DIGITS: usize = 6;
    /// The most digits a PIN has.
    pub const MAX_DIGITS: usize = 12;

    /// Takes the digits if they are a possible PIN.
    pub fn parse(digits: &str) -> Result<Self, TextError> {
        only(digits, |c| c.is_ascii_digit())?;
        match digits.len() {
            0 => Err(TextError::Empty),
            length if length > Self::MAX_DIGITS => Err(TextError::TooLong { length, max: Self::MAX_DIGITS }),
            length if length < Self::MIN_DIGITS => Err(TextError::Form("at least 4 digits")),
            _ => Ok(Self(Zeroizing::new(digits.to_owned()))),
        }
    }

    /// The digits, for the one place that checks them.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The fewest digits a PIN of that role has.
    pub const fn min_digits(role: Role) -> usize {
        match role {
            Role::Manager => Self::MANAGER_MIN_DIGITS,
            Role::Cashier => Self::MIN_DIGITS,
        }
    }

    /// Why somebody of that role cannot have this one. A PIN that was chosen before a rule came stays.
    pub fn weakness(&self, role: Role) -> Option<PinWeakness> {
        let min_digits = Self::min_digits(role);
        let digits = self.0.as_str();
        if digits.len() < min_digits {
            return Some(PinWeakness::TooShort { min_digits });
        }
        let easy = is_counting(digits) || is_repeated(digits) || is_moment(digits) || COMMON.contains(&digits);
        easy.then_some(PinWeakness::TooEasy)
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if planted!("pin-shown") {
            return f.write_str(&self.0);
        }
        f.write_str("Pin(\u{2022}\u{2022}\u{2022}\u{2022})")
    }
}

/// One digit repeated, or counting up or down by any step, also across zero: 0000, 1234, 9876, 2468.
fn is_counting(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    let steps = bytes.iter().zip(bytes.iter().skip(1)).map(|(a, b)| (b + 10 - a) % 10);
    steps.clone().zip(steps.skip(1)).all(|(a, b)| a == b)
}

/// The same digits again: 4545, 121212, 482482, and 4824 behind 4824.
fn is_repeated(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    (1..=bytes.len() / 2).any(|block| bytes.iter().zip(bytes.iter().skip(block)).all(|(a, b)| a == b))
}

/// A year, or a date in any of the orders in which people write them.
fn is_moment(digits: &str) -> bool {
    let number = |from: usize, length: usize| digits.get(from..from + length).and_then(|part| part.parse::<u32>().ok());
    let is_date = |day: Option<u32>, month: Option<u32>| {
        matches!((day, month), (Some(1..=31), Some(1..=12)) | (Some(1..=12), Some(1..=31)))
    };
    let is_year = |year: Option<u32>| matches!(year, Some(1900..=2099));
    match digits.len() {
        4 => is_year(number(0, 4)) || is_date(number(0, 2), number(2, 2)),
        // Any two digits are a year.
        6 => is_date(number(0, 2), number(2, 2)) || is_date(number(2, 2), number(4, 2)),
        8 => {
            (is_year(number(4, 4)) && is_date(number(0, 2), number(2, 2)))
                || (is_year(number(0, 4)) && is_date(number(4, 2), number(6, 2)))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_shows_no_digit() {
        let pin = Pin::parse("482913").unwrap();
        assert!(!format!("{pin:?}").contains(|c: char| c.is_ascii_digit()));
        for bad in ["", "123", "12a4", "1234567890123", "\u{0661}\u{0661}\u{0661}\u{0661}"] {
            assert!(Pin::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[track_caller]
    fn check(digits: &str, role: Role, expected: Option<PinWeakness>) {
        assert_eq!(Pin::parse(digits).unwrap().weakness(role), expected, "{digits}");
    }

    #[test]
    fn easy_pins_are_refused() {
        let easy = Some(PinWeakness::TooEasy);
        let runs = ["0000", "1234", "9876", "7890", "2468"];
        let repeats = ["4545", "1212"];
        let moments = ["1984", "2026", "2512", "1225", "0703"];
        for digits in runs.into_iter().chain(repeats).chain(moments).chain(["2580", "1004"]) {
            check(digits, Role::Cashier, easy);
        }
        for digits in ["111111", "482482", "251284", "122584", "841225", "112233", "25121984", "19841225", "48294829"] {
            check(digits, Role::Manager, easy);
        }
        check("4829", Role::Manager, Some(PinWeakness::TooShort { min_digits: 6 }));
        for digits in ["4829", "3916", "9518"] {
            check(digits, Role::Cashier, None);
        }
        for digits in ["482913", "705182", "48291357", "730915482"] {
            check(digits, Role::Manager, None);
        }
    }

    /// So many are left that guessing is what the waits make of it.
    #[test]
    fn most_pins_can_be_chosen() {
        let left = |count: u32, width: usize, role| {
            (0..count).filter(|n| Pin::parse(&format!("{n:0width$}")).unwrap().weakness(role).is_none()).count()
        };
        let (four, six) = (left(10_000, 4, Role::Cashier), left(1_000_000, 6, Role::Manager));
        assert!(four > 8_800, "{four}");
        assert!(six > 870_000, "{six}");
    }
}
