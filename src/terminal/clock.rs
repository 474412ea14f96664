//! The one place that reads the wall clock, behind a trait so that a simulation can bring its own time.

use std::sync::LazyLock;
use std::time::Instant;

use crate::domain::Timestamp;
use crate::ledger::{SteadyClock, SteadyMoment};

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

/// The machine's own clock since it was started, which goes on from one process to the next. Linux says both in files;
/// elsewhere there is none that is read without `unsafe`, and the wall clock has to do.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemSteadyClock;

impl SteadyClock for SystemSteadyClock {
    fn read(&self) -> Option<SteadyMoment> {
        let boot = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
        // proc_uptime(5): seconds since the start, sleep included, in hundredths.
        let uptime = std::fs::read_to_string("/proc/uptime").ok()?;
        let (seconds, hundredths) = uptime.split_whitespace().next()?.split_once('.')?;
        let part: i64 = hundredths.get(..2)?.parse().ok()?;
        let ms = seconds.parse::<i64>().ok()?.checked_mul(1000)?.checked_add(part * 10)?;
        Some(SteadyMoment { boot: boot.trim().to_owned(), ms })
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_machines_clock_goes_on_and_names_its_start() {
        let (first, then) = (SystemSteadyClock.read().unwrap(), SystemSteadyClock.read().unwrap());
        assert_eq!(first.boot, then.boot);
        assert!(first.ms > 0 && then.ms >= first.ms && first.boot.len() >= 32);
    }
}
