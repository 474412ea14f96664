//! The people at the till: who they are and what their role lets them do.
//!
//! **Names and roles alone**: what they prove who they are with is in `pin` and `badge`.

use super::text::{is_ulid, only, text_id};

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
