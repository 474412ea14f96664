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
    // Before anybody works here the first start may say who speaks; afterwards somebody has to.
    let nobodys = by.is_none() && !change.is_anybodys();
    if nobodys && !(change.is_first_starts() && duties.has_nobody()) {
        return Err(KeepFault::Failed);
    }
    let config = config::keep(file, &change)?.config;
    let seen = config::seen(file).ok_or(KeepFault::Unreadable)?;
    if change.holds_at_once() {
        duties.settings_read(&seen, by.as_ref());
    }
    let rules = Box::new(StoreRules { policy: config.policy, reasons: config.ui.reasons });
    Ok(Box::new(KeptSetting { by, change, seen, rules }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, EXAMPLE};
    use crate::domain::{OperatorName, Pin, Policy, SetupPage, TillName};
    use crate::ledger::{Ledger, LedgerSettings, PinCost};
    use crate::terminal::care_tests::Silence;
    use crate::terminal::{Clock, SystemClock};

    #[test]
    fn nobody_names_the_till_once_somebody_works_at_it() {
        let folder = tempfile::tempdir().unwrap();
        let settings = LedgerSettings::new(TillName::parse("FRONT-1").unwrap(), Policy::default());
        let settings = LedgerSettings { pin_cost: PinCost::CHEAP, ..settings };
        let ledger = Ledger::open(&folder.path().join("ledger.db"), settings, SystemClock.now()).unwrap();
        let duties = Duties::new(ledger, Arc::new(Silence), Arc::new(SystemClock));
        let file = folder.path().join("tillback.toml");
        std::fs::write(&file, EXAMPLE).unwrap();
        duties.settings_read(&config::seen(&file).unwrap(), None);
        let names = |till: &str| SettingChange::Names { store: "Tea".to_owned(), till: TillName::parse(till).unwrap() };
        let say = |change: SettingChange| kept(&file, &duties, None, change).map(drop);
        assert_eq!(say(names("BACK-2")), Ok(()));
        assert_eq!(say(SettingChange::Setup(Some(SetupPage::Manager))), Ok(()));
        assert_eq!(Config::load(&file).unwrap().terminal.setup, Some(SetupPage::Manager));
        duties.write_notes();
        let told = format!("{:?}", duties.ledger().audit_rows(0, 100).unwrap());
        assert!(told.contains("terminal.setup") && told.contains("BACK-2"), "{told}");
        assert_eq!(say(SettingChange::Reasons(vec!["Mine".to_owned()])), Err(KeepFault::Failed));
        let (name, pin) = (OperatorName::parse("Ana").unwrap(), Pin::parse("482913").unwrap());
        duties.ledger().add_first_manager(&name, &pin, SystemClock.now()).unwrap();
        let before = std::fs::read(&file).unwrap();
        assert_eq!(say(names("MINE-3")), Err(KeepFault::Failed));
        assert_eq!(say(SettingChange::Setup(None)), Err(KeepFault::Failed));
        assert_eq!(std::fs::read(&file).unwrap(), before);
    }
}
