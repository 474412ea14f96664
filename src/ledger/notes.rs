//! Notes that wait for the record: what moved no money and gave nobody leave, written with the next thing that does.
//!
//! **A note costs no wait for the disk of its own**: every transaction of the ledger takes those that wait with it, in
//! the order in which they were put down and before its own rows; [`Ledger::write_notes`] writes what nothing else took
//! along. **A transaction that fails loses none**: they leave the queue after the commit. What a killed process had not
//! written is lost, which is why nothing waits here that has to be on the disk first (`kinds.rs` says what may).

use std::collections::VecDeque;
use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::audit::{self, AuditFact, SYSTEM};
use super::error::LedgerError;
use super::{Ledger, kinds};
use crate::domain::{OperatorId, Timestamp};

/// A till makes a handful a minute: so many wait only where the disk has been refusing for hours.
const MAX_WAITING: usize = 10_000;

#[derive(Debug, Default)]
struct Inside {
    waiting: VecDeque<(Timestamp, AuditFact)>,
    /// How many did not fit, and since when.
    dropped: Option<(Timestamp, u64)>,
}

/// Where notes are put down: shared by whoever has some, never waiting for the disk.
#[derive(Debug, Clone, Default)]
pub struct Notes(Arc<Mutex<Inside>>);

impl Notes {
    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts one down.
    pub fn put(&self, fact: AuditFact, at: Timestamp) {
        let mut inside = self.inside();
        if inside.waiting.len() < MAX_WAITING {
            inside.waiting.push_back((at, fact));
        } else {
            tracing::error!(what = fact.what, "too many notes wait; this one is only counted");
            let (since, count) = inside.dropped.unwrap_or((at, 0));
            inside.dropped = Some((since, count.saturating_add(1)));
        }
    }

    /// Whether any wait.
    pub fn any(&self) -> bool {
        !self.inside().waiting.is_empty()
    }
}

/// Adds one fact to the chain.
pub(super) fn append(transaction: &Connection, fact: &AuditFact, at: Timestamp) -> Result<(), rusqlite::Error> {
    let detail: Vec<(&str, &str)> = fact.detail.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let who = fact.who.as_ref().map_or(SYSTEM, OperatorId::as_str);
    audit::append(transaction, at, who, fact.what, &fact.subject, &detail)
}

/// A transaction that has taken along every note that waited.
pub(super) struct Writing<'a> {
    transaction: Transaction<'a>,
    notes: &'a Notes,
    taken: usize,
    counted: bool,
}

impl<'a> Writing<'a> {
    /// Begins to write; other writers wait from here on.
    pub(super) fn begin(connection: &'a mut Connection, notes: &'a Notes) -> Result<Self, rusqlite::Error> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (waiting, dropped) = {
            let inside = notes.inside();
            (inside.waiting.iter().cloned().collect::<Vec<_>>(), inside.dropped)
        };
        for (at, fact) in &waiting {
            append(&transaction, fact, *at)?;
        }
        if let Some((since, count)) = dropped {
            let count = count.to_string();
            audit::append(&transaction, since, SYSTEM, kinds::NOTES_LOST, "", &[("count", count.as_str())])?;
        }
        Ok(Self { transaction, notes, taken: waiting.len(), counted: dropped.is_some() })
    }

    /// Brings everything to the disk; the notes it took wait no longer.
    pub(super) fn commit(self) -> Result<(), rusqlite::Error> {
        let Self { transaction, notes, taken, counted } = self;
        transaction.commit()?;
        // Only who holds the ledger takes any out, and others add behind: these are the first ones still.
        let mut inside = notes.inside();
        inside.waiting.drain(..taken);
        if counted {
            inside.dropped = None;
        }
        Ok(())
    }
}

impl Deref for Writing<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.transaction
    }
}

impl Ledger {
    /// Where notes for this ledger's record are put down.
    pub fn notes(&self) -> Notes {
        self.notes.clone()
    }

    /// Writes what waits: one transaction, none where nothing does.
    pub fn write_notes(&mut self) -> Result<(), LedgerError> {
        if !self.notes.any() {
            return Ok(());
        }
        Writing::begin(&mut self.connection, &self.notes)?.commit()?;
        self.put_mark();
        Ok(())
    }
}
