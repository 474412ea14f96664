//! The one place that reads the wall clock, behind a trait so that a simulation can bring its own time.

use std::sync::LazyLock;
use std::time::Instant;

use crate::domain::Timestamp;

static BEGAN: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Something that knows what time it is.
pub trait Clock: Send + Sync {
    /// The present moment, UTC.
    fn now(&self) -> Timestamp;

    /// Milliseconds since some moment of this process's own, by a clock that nobody sets: for how long something took.
    fn steady_ms(&self) -> i64;
}

/// The computer's own clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_ms(jiff::Timestamp::now().as_millisecond())
    }

    fn steady_ms(&self) -> i64 {
        i64::try_from(BEGAN.elapsed().as_millis()).unwrap_or(i64::MAX)
    }
}
