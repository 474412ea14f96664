//! What the till notes for the record beside what the ledger records itself.
//!
//! **Putting a note down waits for nothing**; it is written with the next transaction of the ledger, or by the ledger's
//! lane a moment later, and at an orderly end. **A note that cannot be written is logged and goes on waiting; it never
//! stops the till.** What has to be on the disk first is recorded by [`Duties::record_fact`].

use std::time::Duration;

use super::duties::Duties;
use crate::domain::{OperatorId, SettingsSeen, Timestamp};
use crate::flow::{Note, NoteFacts};
use crate::ledger::{AuditFact, LedgerError};

/// How long a note waits for a transaction that takes it along.
pub(super) const NOTES_WAIT: Duration = Duration::from_secs(1);

impl Duties {
    /// Puts a note down.
    pub fn note(&self, who: Option<&OperatorId>, note: &Note) {
        self.note_at(who, note, self.now());
    }

    /// Puts a note down, of a moment that is known.
    pub fn note_at(&self, who: Option<&OperatorId>, note: &Note, at: Timestamp) {
        let NoteFacts { what, subject, detail } = note.facts();
        self.notes().put(AuditFact { who: who.cloned(), what, subject, detail }, at);
    }

    /// Puts down something that the conversation knows nothing of.
    pub fn note_fact(&self, fact: AuditFact) {
        let now = self.now();
        self.notes().put(fact, now);
    }

    /// Records something at once: on the disk before this returns.
    pub fn record_fact(&self, fact: &AuditFact) -> Result<(), LedgerError> {
        let now = self.now();
        self.ledger().audit_append(fact, now)
    }

    /// Whether anything waits to be written.
    pub fn has_notes(&self) -> bool {
        self.notes().any()
    }

    /// Writes what waits.
    pub fn write_notes(&self) {
        if let Err(error) = self.ledger().write_notes() {
            tracing::error!(%error, "what was noted could not be written into the record; it goes on waiting");
        }
    }

    /// The till begins its work, with these settings.
    pub fn note_start(&self, settings: Option<&SettingsSeen>) {
        let mut detail = vec![("version", env!("CARGO_PKG_VERSION").to_owned())];
        detail.extend(settings.map(|seen| ("settings", seen.hash.clone())));
        let subject = self.ledger().till().to_string();
        self.note_fact(AuditFact { who: None, what: "till_started", subject, detail });
        match settings {
            Some(seen) => self.settings_read(seen, None),
            None => self.write_notes(),
        }
    }

    /// The settings file was read: what is different in it is recorded, as somebody's doing where they did it here.
    pub fn settings_read(&self, seen: &SettingsSeen, by: Option<&OperatorId>) {
        let now = self.now();
        if let Err(error) = self.ledger().settings_read(seen, by, now) {
            tracing::error!(%error, "what changed in the settings could not be written into the record");
        }
    }

    /// The till ends its work in order.
    pub fn note_stop(&self) {
        let subject = self.ledger().till().to_string();
        self.note_fact(AuditFact { who: None, what: "till_stopped", subject, detail: vec![] });
        self.write_notes();
    }
}
