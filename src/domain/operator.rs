//! The people at the till: who they are and what their role lets them do.
//!
//! **A PIN is never shown**: its `Debug` is a row of dots and its memory is wiped when it is dropped.

use std::fmt;

use zeroize::Zeroizing;

use super::text::{TextError, is_ulid, only, text_id};

text_id!(
    /// One person's id, never given to another: a ULID.
    OperatorId, max 26, is_ulid
);

text_id!(
    /// The name people call them by.
    OperatorName, max 60, |text| only(text, |c| !c.is_control())
);

/// What a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Asks for refunds.
    Cashier,
    /// Asks for refunds and approves other people's.
    Manager,
}

impl Role {
    /// The word in the ledger and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cashier => "cashier",
            Self::Manager => "manager",
        }
    }

    /// The role of that word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Cashier, Self::Manager].into_iter().find(|role| role.as_str().eq_ignore_ascii_case(word.trim()))
    }
}

/// A person at the till.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operator {
    /// Their id.
    pub id: OperatorId,
    /// Their name.
    pub name: OperatorName,
    /// What they may do.
    pub role: Role,
}

/// A PIN on its way to be checked: 4 to 12 digits.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin(Zeroizing<String>);

impl Pin {
    /// The fewest digits any PIN has.
    pub const MIN_DIGITS: usize = 4;
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
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if planted!("pin-shown") {
            return f.write_str(&self.0);
        }
        f.write_str("Pin(\u{2022}\u{2022}\u{2022}\u{2022})")
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
}
