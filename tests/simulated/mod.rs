//! A simulated shop: the real flow, duties, lanes, follow-up, ledger and gateway client under a clock, a disk, a network,
//! a gateway and people of one seed.
//!
//! The network carries bytes: what the real client wrote goes in, what the real client has to make sense of comes out.
//! An accident ends the process wherever it strikes; the next start opens the same ledger. **Everything comes from the
//! seed**, so a failing seed replays exactly. **The gateway's own book is the truth**, read by nothing but the checks.
//!
//! `shop` is the day, `till` one process, `people` what they press, `badges` what they show, `power` what a power cut
//! leaves, `network` and `book` the gateway, `disk` the file and
//! its faults, `mischief` what goes wrong below the screens, `promises` what is held against what after each step.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

pub mod badges;
pub mod book;
pub mod disk;
pub mod mischief;
pub mod network;
pub mod people;
pub mod power;
pub mod promises;
pub mod shop;
pub mod till;

use std::hash::{DefaultHasher, Hasher};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tillback::domain::Timestamp;
use tillback::ledger::{Randomness, SeededRandomness};

/// A promise that was broken, and how.
pub type Broken = String;

/// The process ends here, as by a power cut.
pub struct Accident;

/// A lock that an accident may have poisoned.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What happened, as a running hash; in words as well where somebody wants to read it.
pub struct Log(Mutex<(DefaultHasher, Option<String>)>);

impl Log {
    pub fn new(in_words: bool) -> Self {
        Self(Mutex::new((DefaultHasher::new(), in_words.then(String::new))))
    }

    pub fn fold(&self, number: u64) {
        lock(&self.0).0.write_u64(number);
    }

    pub fn say(&self, words: impl FnOnce() -> String) {
        if let Some(text) = &mut lock(&self.0).1 {
            text.push_str(&words());
            text.push('\n');
        }
    }

    pub fn is_in_words(&self) -> bool {
        lock(&self.0).1.is_some()
    }

    pub fn hash(&self) -> u64 {
        lock(&self.0).0.finish()
    }

    pub fn words(&self) -> Option<String> {
        lock(&self.0).1.clone()
    }
}

/// What chance decides, from the seed.
pub struct Chance {
    random: Mutex<SeededRandomness>,
    log: Arc<Log>,
}

impl Chance {
    pub fn new(seed: u64, log: Arc<Log>) -> Self {
        Self { random: Mutex::new(SeededRandomness::new(seed)), log }
    }

    /// A number below `n`.
    pub fn below(&self, n: u64) -> u64 {
        let mut bytes = [0; 8];
        lock(&self.random).fill(&mut bytes).expect("seeded");
        let number = u64::from_le_bytes(bytes) % n;
        self.log.fold(number);
        number
    }

    /// True once in `n` times.
    pub fn once_in(&self, n: u64) -> bool {
        self.below(n) == 0
    }

    pub fn one_of<'a, T>(&self, things: &'a [T]) -> &'a T {
        &things[usize::try_from(self.below(things.len() as u64)).expect("small")]
    }
}

/// The world's time, and the till's clock, which people and time servers set.
#[derive(Default)]
pub struct Time {
    truth: AtomicI64,
    off_by: AtomicI64,
    forward: AtomicI64,
}

impl Time {
    pub const START_MS: i64 = 1_800_000_000_000;

    pub fn new() -> Self {
        Self { truth: AtomicI64::new(Self::START_MS), ..Self::default() }
    }

    /// Milliseconds that nobody can set.
    pub fn truth(&self) -> i64 {
        self.truth.load(Ordering::Relaxed)
    }

    /// What the till's clock shows.
    pub fn shown(&self) -> Timestamp {
        Timestamp::from_ms(self.truth() + self.off_by.load(Ordering::Relaxed))
    }

    pub fn pass(&self, ms: i64) {
        self.truth.fetch_add(ms, Ordering::Relaxed);
    }

    /// Somebody sets the clock.
    pub fn set(&self, by_ms: i64) {
        self.off_by.fetch_add(by_ms, Ordering::Relaxed);
        self.forward.fetch_add(i64::from(by_ms > 0), Ordering::Relaxed);
    }

    /// How often the clock was set forward.
    pub fn set_forward(&self) -> i64 {
        self.forward.load(Ordering::Relaxed)
    }
}

/// One process's life: ended once, and then nothing of it runs on.
#[derive(Debug, Clone)]
pub struct Life(Arc<AtomicBool>);

impl Life {
    pub fn begin() -> Self {
        Self(Arc::new(AtomicBool::new(true)))
    }

    pub fn is_over(&self) -> bool {
        !self.0.load(Ordering::Relaxed)
    }

    /// The process is gone.
    pub fn over(&self) {
        self.0.store(false, Ordering::Relaxed);
    }

    /// Ends the process where it stands. No panic hook hears of it.
    pub fn end(&self) -> ! {
        self.over();
        std::panic::resume_unwind(Box::new(Accident))
    }
}
