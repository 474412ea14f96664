//! Ids and salts: ULIDs that never repeat across tills and never run backwards within one process.
//!
//! **No clock here**: the moment comes in. **The randomness can be replaced**, so that a simulated world replays from
//! its seed; the real one is the operating system's.

use ulid::Ulid;

use super::error::LedgerError;
use crate::domain::Timestamp;

/// Where random bytes come from.
pub trait Randomness: Send {
    /// Fills the whole buffer.
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), LedgerError>;
}

/// The operating system's randomness.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemRandomness;

impl Randomness for SystemRandomness {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), LedgerError> {
        getrandom::fill(bytes).map_err(|_| LedgerError::NoRandomness)
    }
}

/// Randomness that repeats from its seed (SplitMix64, Steele et al. 2014). **For simulations and tests only.**
#[derive(Debug, Clone, Copy)]
pub struct SeededRandomness(u64);

impl SeededRandomness {
    /// The same seed gives the same ids.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }
}

impl Randomness for SeededRandomness {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), LedgerError> {
        for chunk in bytes.chunks_mut(8) {
            self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut mixed = self.0;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            let word = (mixed ^ (mixed >> 31)).to_le_bytes();
            for (to, from) in chunk.iter_mut().zip(word) {
                *to = from;
            }
        }
        Ok(())
    }
}

/// Makes ULIDs in rising order, also within one millisecond and when the clock goes back (the "monotonic" way of the
/// ULID specification).
pub(super) struct Ids {
    randomness: Box<dyn Randomness>,
    last: Ulid,
}

impl Ids {
    pub(super) fn new(randomness: Box<dyn Randomness>) -> Self {
        Self { randomness, last: Ulid::nil() }
    }

    pub(super) fn next(&mut self, now: Timestamp) -> Result<String, LedgerError> {
        let ms = u64::try_from(now.ms()).unwrap_or(0);
        let next = if ms > self.last.timestamp_ms() { None } else { self.last.increment() };
        self.last = match next {
            Some(next) => next,
            None => {
                let mut random = [0_u8; 16];
                self.randomness.fill(&mut random)?;
                Ulid::from_parts(ms, u128::from_le_bytes(random))
            }
        };
        Ok(self.last.to_string())
    }

    pub(super) fn salt(&mut self) -> Result<[u8; 16], LedgerError> {
        let mut salt = [0_u8; 16];
        self.randomness.fill(&mut salt)?;
        Ok(salt)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_rise_within_a_millisecond_and_when_the_clock_goes_back() {
        let mut ids = Ids::new(Box::new(SystemRandomness));
        let mut last = String::new();
        for ms in [1_800_000_000_000, 1_800_000_000_000, 1_700_000_000_000, 1_800_000_000_001, 5] {
            let next = ids.next(Timestamp::from_ms(ms)).unwrap();
            assert!(next > last, "{next} {last}");
            assert_eq!(next.len(), 26);
            last = next;
        }
    }

    #[test]
    fn a_seed_repeats_and_another_differs() {
        let first = |seed| Ids::new(Box::new(SeededRandomness::new(seed))).next(Timestamp::from_ms(1)).unwrap();
        assert_eq!(first(7), first(7));
        assert_ne!(first(7), first(8));
    }
}
