//! The settings as this till last read them, so that the record says what changed in the file and when it was noticed.
//!
//! **A change that nobody made on the screen is found at the next start.** What is kept is what the record may say: no
//! secret is a setting.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::error::LedgerError;
use super::notes::Writing;
use super::{Ledger, SYSTEM, audit};
use crate::domain::setting::SettingMoved;
use crate::domain::{OperatorId, SettingsSeen, Timestamp};

/// More changes than a settings file has settings are not told one by one.
const MAX_TOLD: usize = 200;
/// Stands in the record for a setting that is left out.
const LEFT_OUT: &str = "(not set)";

impl Ledger {
    /// Writes down what is different in the settings file since this till read it last, and by whom where somebody
    /// changed it on the screen; the first time, that it was read. Gives the number of changes.
    pub fn settings_read(
        &mut self,
        seen: &SettingsSeen,
        by: Option<&OperatorId>,
        now: Timestamp,
    ) -> Result<usize, LedgerError> {
        let till = self.terms.till.as_str();
        let writing = Writing::begin(&mut self.connection, &self.notes)?;
        let before = {
            let mut statement = writing.prepare_cached("SELECT name, value FROM settings_seen WHERE till = ?1")?;
            let found = statement.query_map([till], |row| Ok((row.get(0)?, row.get(1)?)))?;
            found.collect::<Result<BTreeMap<String, String>, _>>()?
        };
        let moved = seen.since(&before);
        let who = by.map_or(SYSTEM, OperatorId::as_str);
        if before.is_empty() {
            let count = seen.values.len().to_string();
            let detail = [("hash", seen.hash.as_str()), ("settings", count.as_str())];
            audit::append(&writing, now, who, "settings_read", till, &detail)?;
        } else {
            tell(&writing, &moved, seen, (who, if who == SYSTEM { "file" } else { "screen" }), now)?;
        }
        keep(&writing, till, &moved)?;
        writing.commit()?;
        Ok(if before.is_empty() { 0 } else { moved.len() })
    }
}

/// What moved is from now on as it is.
pub(in crate::ledger) fn keep(writing: &Connection, till: &str, moved: &[SettingMoved]) -> Result<(), rusqlite::Error> {
    for SettingMoved { name, after, .. } in moved {
        match after {
            Some(value) => writing
                .prepare_cached(
                    "INSERT INTO settings_seen (till, name, value) VALUES (?1, ?2, ?3)
                     ON CONFLICT (till, name) DO UPDATE SET value = ?3",
                )?
                .execute(params![till, name, value])?,
            None => writing
                .prepare_cached("DELETE FROM settings_seen WHERE till = ?1 AND name = ?2")?
                .execute([till, name])?,
        };
    }
    Ok(())
}

/// A row for each setting that moved: whose doing it was, and by what way it came here.
pub(in crate::ledger) fn tell(
    writing: &Connection,
    moved: &[SettingMoved],
    seen: &SettingsSeen,
    (who, via): (&str, &str),
    now: Timestamp,
) -> Result<(), rusqlite::Error> {
    for SettingMoved { name, before, after } in moved.iter().take(MAX_TOLD) {
        let mut detail = vec![
            ("from", before.as_deref().unwrap_or(LEFT_OUT)),
            ("to", after.as_deref().unwrap_or(LEFT_OUT)),
            ("via", via),
        ];
        // Nothing where it is not a file that was read.
        detail.extend((!seen.hash.is_empty()).then_some(("hash", seen.hash.as_str())));
        audit::append(writing, now, who, "setting_changed", name, &detail)?;
    }
    Ok(())
}
