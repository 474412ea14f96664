//! A simulated shop: the real flow, duties and ledger under a clock, a gateway, an operator and accidents of one seed.
//!
//! The gateway answers with HTTP statuses and bodies, which the real classification reads. An accident stops the
//! process wherever it strikes; the next start opens the same ledger. **Everything comes from the seed**, so a failing
//! seed replays exactly.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

pub mod gateway;
pub mod shop;

use std::cell::Cell;

use tillback::ledger::{Randomness, SeededRandomness};

/// What chance decides, from the seed.
pub struct Chance {
    random: Cell<SeededRandomness>,
}

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self { random: Cell::new(SeededRandomness::new(seed)) }
    }

    /// A number below `n`.
    pub fn below(&self, n: u64) -> u64 {
        let mut random = self.random.get();
        let mut bytes = [0; 8];
        random.fill(&mut bytes).expect("seeded");
        self.random.set(random);
        u64::from_le_bytes(bytes) % n
    }

    /// True once in `n` times.
    pub fn once_in(&self, n: u64) -> bool {
        self.below(n) == 0
    }

    pub fn one_of<'a, T>(&self, things: &'a [T]) -> &'a T {
        &things[usize::try_from(self.below(things.len() as u64)).expect("small")]
    }
}
