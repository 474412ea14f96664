//! Writes changed settings into the settings file, one after the other, on a thread of its own: a disk may be slow.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;

use crossbeam_channel::{Sender, bounded};

use super::duties::Duties;
use super::lanes::Say;
use crate::config;
use crate::domain::{KeepFault, OperatorId, SettingChange};
use crate::flow::What;

/// Changes that may wait; a person makes one at a time.
const QUEUE: usize = 16;

/// Where changes are left.
pub(super) struct Keeper {
    changes: Option<Sender<(SettingChange, OperatorId)>>,
}

impl Keeper {
    /// For that file; without one nothing is kept, and that is said.
    pub(super) fn start(
        file: Option<PathBuf>,
        duties: &Arc<Duties>,
        say: &Say,
    ) -> std::io::Result<(Self, Option<JoinHandle<()>>)> {
        let Some(file) = file else { return Ok((Self { changes: None }, None)) };
        let (changes, waiting) = bounded::<(SettingChange, OperatorId)>(QUEUE);
        let (tell, duties) = (say.clone(), Arc::clone(duties));
        let thread = std::thread::Builder::new().name("settings".to_owned()).spawn(move || {
            for (change, by) in waiting {
                let kept = catch_unwind(AssertUnwindSafe(|| {
                    config::keep(&file, &change)?;
                    // Recorded before anybody is told that it stands.
                    if let Some(seen) = config::seen(&file) {
                        duties.settings_read(&seen, Some(&by));
                    }
                    Ok(())
                }));
                tell(What::SettingKept(kept.unwrap_or(Err(KeepFault::Failed))));
            }
        })?;
        Ok((Self { changes: Some(changes) }, Some(thread)))
    }

    /// Never waits.
    pub(super) fn put(&self, change: SettingChange, by: OperatorId) -> Option<What> {
        let left = self.changes.as_ref().is_some_and(|changes| changes.try_send((change, by)).is_ok());
        (!left).then_some(What::SettingKept(Err(KeepFault::Failed)))
    }
}
