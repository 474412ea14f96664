//! Shifts: one person's time at one till, as reports and screens know it.

use super::operator::OperatorId;
use super::time::Timestamp;

/// A shift.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// Counted from 1 at each till: what people call it by.
    pub number: u64,
    /// Whose.
    pub operator: OperatorId,
    /// At which till.
    pub till: String,
    /// When it began.
    pub opened_at: Timestamp,
    /// When it ended; nothing while it is open.
    pub closed_at: Option<Timestamp>,
    /// Who ended it: a manager, where its own cashier forgot.
    pub closed_by: Option<OperatorId>,
}

impl Shift {
    /// Whether it goes on.
    pub const fn is_open(&self) -> bool {
        self.closed_at.is_none()
    }
}
