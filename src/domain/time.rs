//! A moment, as the ledger stores it: milliseconds since 1970-01-01T00:00:00Z.
//!
//! **Nothing in this room reads a clock**; a moment is a value that somebody above brought in. Calendars and zones
//! belong to the rooms that speak to people and to the gateway.

use std::fmt;

/// A moment in UTC, in whole milliseconds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(i64);

/// Milliseconds in a day; civil leap seconds do not exist in this count.
pub const DAY_MS: i64 = 86_400_000;

impl Timestamp {
    /// The moment `ms` milliseconds after the epoch.
    pub const fn from_ms(ms: i64) -> Self {
        Self(ms)
    }

    /// Milliseconds since the epoch.
    pub const fn ms(self) -> i64 {
        self.0
    }

    /// Milliseconds from `earlier` to `self`; zero where the clock went backwards.
    pub const fn ms_since(self, earlier: Self) -> i64 {
        let gone = self.0.saturating_sub(earlier.0);
        if gone < 0 { 0 } else { gone }
    }

    /// The moment `ms` milliseconds later, held at the ends of the range.
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}ms", self.0)
    }
}
