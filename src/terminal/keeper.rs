//! Writes changed settings into the settings file, one after the other, on a thread of its own: a disk may be slow.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

use crossbeam_channel::{Sender, bounded};

use super::duties::Duties;
use super::lanes::Say;
use crate::config;
use crate::domain::{KeepFault, OperatorId, SettingChange, StoreRules};
use crate::flow::{KeptSetting, What};

/// Changes that may wait; a person makes one at a time.
const QUEUE: usize = 16;

/// Where changes are left.
pub(super) struct Keeper {
    changes: Option<Sender<(Option<OperatorId>, SettingChange)>>,
}

impl Keeper {
    /// For that file; without one nothing is kept, and that is said.
    pub(super) fn start(
        file: Option<PathBuf>,
        duties: &Arc<Duties>,
        say: &Say,
    ) -> std::io::Result<(Self, Option<JoinHandle<()>>)> {
        let Some(file) = file else { return Ok((Self { changes: None }, None)) };
        let (changes, waiting) = bounded::<(Option<OperatorId>, SettingChange)>(QUEUE);
        let (tell, duties) = (say.clone(), Arc::clone(duties));
        let thread = std::thread::Builder::new().name("settings".to_owned()).spawn(move || {
            for (by, change) in waiting {
                let kept = catch_unwind(AssertUnwindSafe(|| kept(&file, &duties, by, change)));
                tell(What::SettingKept(kept.unwrap_or(Err(KeepFault::Failed))));
            }
        })?;
        Ok((Self { changes: Some(changes) }, Some(thread)))
    }

    /// Never waits.
    pub(super) fn put(&self, by: Option<OperatorId>, change: SettingChange) -> Option<What> {
        let left = self.changes.as_ref().is_some_and(|changes| changes.try_send((by, change)).is_ok());
        (!left).then_some(What::SettingKept(Err(KeepFault::Failed)))
    }
}

/// Writes one change into the file. What becomes of a choice of equipment is recorded before anybody is told that it
/// stands; anything else holds once the record has it, and so goes there by itself.
fn kept(
    file: &Path,
    duties: &Duties,
    by: Option<OperatorId>,
    change: SettingChange,
) -> Result<Box<KeptSetting>, KeepFault> {
    let config = config::keep(file, &change)?.config;
    let seen = config::seen(file).ok_or(KeepFault::Unreadable)?;
    if change.holds_at_once() {
        duties.settings_read(&seen, by.as_ref());
    }
    let rules = Box::new(StoreRules { policy: config.policy, reasons: config.ui.reasons });
    Ok(Box::new(KeptSetting { by, change, seen, rules }))
}
