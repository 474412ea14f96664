//! A place for the latest of something: what is put replaces what nobody took.
//!
//! **Never holds more than one, never blocks the giver**: old frames are worth nothing.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// The place.
#[derive(Debug)]
pub(super) struct Slot<T> {
    held: Mutex<Option<T>>,
    changed: Condvar,
}

impl<T> Slot<T> {
    pub(super) fn new() -> Self {
        Self { held: Mutex::new(None), changed: Condvar::new() }
    }

    pub(super) fn put(&self, value: T) {
        // A thread that panicked while holding this lock left a whole value or none behind.
        *self.held.lock().unwrap_or_else(PoisonError::into_inner) = Some(value);
        self.changed.notify_one();
    }

    /// Takes what is there, waiting for it at most so long.
    pub(super) fn take(&self, timeout: Duration) -> Option<T> {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut held, _) = self
            .changed
            .wait_timeout_while(held, timeout, |held| held.is_none())
            .unwrap_or_else(PoisonError::into_inner);
        held.take()
    }
}
