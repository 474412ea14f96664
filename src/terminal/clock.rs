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

/// The machine's own clock since it was started, which goes on from one process to the next. Linux names the start as well.
/// Windows does not: a start whose clock is behind what was noted is known as another, and one that has overtaken it counts
/// less than really went by, so that a wait is never shorter for it. Elsewhere the wall clock has to do.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemSteadyClock;

#[cfg(windows)]
impl SteadyClock for SystemSteadyClock {
    fn read(&self) -> Option<SteadyMoment> {
        // GetTickCount64: milliseconds since the start, sleep included.
        let ms = i64::try_from(uptime_lib::get().ok()?.as_millis()).ok()?;
        Some(SteadyMoment { boot: "not named".to_owned(), ms })
    }
}

#[cfg(not(windows))]
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

#[cfg(all(test, any(target_os = "linux", windows)))]
mod tests {
    use super::*;

    #[test]
    fn the_machines_clock_goes_on_and_names_its_start() {
        let (first, then) = (SystemSteadyClock.read().unwrap(), SystemSteadyClock.read().unwrap());
        assert_eq!(first.boot, then.boot);
        assert!(first.ms > 0 && then.ms >= first.ms && (cfg!(windows) || first.boot.len() >= 32));
    }
}
