//! How long ago things were, by a clock that nobody sets: since a refund was last asked about, and since it moved.
//!
//! **Time counts once it has really gone by**: within one run of the program a wall clock that is set forward makes no
//! answer older and no request safer. What went by before this run does not count here: the ledger has noted it by the
//! machine's clock, where there is one (`Ledger::standing_ms`).

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::domain::{Refund, RefundReference, Timestamp};

/// More refunds than are ever open at once. Forgetting them costs time of looking, nothing else.
const MAX_REFUNDS: usize = 4096;

/// A refund that stands as it did when this process saw it first.
#[derive(Debug, Clone, Copy)]
struct Seen {
    updated_at: Timestamp,
    steady_ms: i64,
}

/// What one process knows of the age of things.
#[derive(Debug, Default)]
pub(super) struct Ages {
    asked_at: Mutex<HashMap<RefundReference, i64>>,
    seen: Mutex<HashMap<RefundReference, Seen>>,
}

impl Ages {
    /// How long ago this process asked about a refund before; 0 when it did not. It is asked about now.
    pub(super) fn since_last_query(&self, reference: &RefundReference, steady_ms: i64) -> i64 {
        let mut asked_at = self.asked_at.lock().unwrap_or_else(PoisonError::into_inner);
        if asked_at.len() >= MAX_REFUNDS {
            asked_at.clear();
        }
        let before = asked_at.insert(reference.clone(), steady_ms);
        before.map_or(0, |before| steady_ms.saturating_sub(before))
    }

    /// These are all that is open now.
    pub(super) fn look_at(&self, open: &[Refund], steady_ms: i64) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.retain(|reference, _| open.iter().any(|refund| refund.reference == *reference));
        for refund in open.iter().take(MAX_REFUNDS) {
            note(&mut seen, refund, steady_ms);
        }
    }

    /// For how long this process has seen a refund stand as it does.
    pub(super) fn of(&self, refund: &Refund, steady_ms: i64) -> i64 {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        steady_ms.saturating_sub(note(&mut seen, refund, steady_ms).steady_ms)
    }
}

fn note(seen: &mut HashMap<RefundReference, Seen>, refund: &Refund, steady_ms: i64) -> Seen {
    let new = Seen { updated_at: refund.updated_at, steady_ms };
    match seen.get(&refund.reference) {
        Some(kept) if kept.updated_at == refund.updated_at => *kept,
        _ => {
            seen.insert(refund.reference.clone(), new);
            new
        }
    }
}
