//! How long one frame may take, counted in the decoder's own work.
//!
//! A till that is busy with something else gives the decoder fewer turns, and a deadline by the clock would then read
//! less of the same frame. So **what counts is the processor time of the decoder's own thread**; the clock only says
//! when nobody waits any longer. A budget belongs to the thread that made it.

use std::time::{Duration, Instant};

use cpu_time::ThreadTime;

/// However busy the machine, a frame is given up after so many times what it may take ...
const CLOCK_TIMES: u32 = 4;
/// ... and after so much more than that, which is what whoever watches over the camera's process waits at most.
const CLOCK_MORE: Duration = Duration::from_secs(1);

/// What is left for one frame.
#[derive(Debug)]
pub struct Budget {
    /// The thread's own time; `None` where the system does not tell it, and the clock alone counts.
    work: Option<ThreadTime>,
    clock: Instant,
    time: Duration,
}

impl Budget {
    /// `time` from now on.
    pub fn new(time: Duration) -> Self {
        Self { work: ThreadTime::try_now().ok(), clock: Instant::now(), time }
    }

    /// True when nothing new may be started.
    pub fn is_spent(&self) -> bool {
        let work = self.work.and_then(|work| work.try_elapsed().ok());
        is_over(work, self.clock.elapsed(), self.time)
    }
}

fn is_over(work: Option<Duration>, clock: Duration, time: Duration) -> bool {
    match work {
        Some(work) => work >= time || clock >= time.saturating_mul(CLOCK_TIMES).min(time.saturating_add(CLOCK_MORE)),
        None => clock >= time,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    #[test]
    fn a_thread_that_waits_spends_nothing_until_the_clock_says_so() {
        assert!(!is_over(Some(59 * MS), 200 * MS, 60 * MS));
        assert!(is_over(Some(60 * MS), 60 * MS, 60 * MS));
        assert!(is_over(Some(MS), 240 * MS, 60 * MS));
        assert!(!is_over(Some(MS), 5_900 * MS, 5_000 * MS));
        assert!(is_over(Some(MS), 6_000 * MS, 5_000 * MS));
    }

    #[test]
    fn without_the_threads_time_the_clock_counts() {
        assert!(!is_over(None, 59 * MS, 60 * MS));
        assert!(is_over(None, 60 * MS, 60 * MS));
    }

    #[test]
    fn no_time_is_spent_at_once_and_much_is_not() {
        assert!(Budget::new(Duration::ZERO).is_spent());
        assert!(!Budget::new(Duration::MAX).is_spent());
    }
}
