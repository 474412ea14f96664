//! What the till does for the page "About": has its checks run and a file for support packed.
//!
//! **The checks are given by whoever opened the till**, as are its gateway and its account: what they look at is above
//! this room. **A file that leaves the till stands in the record before it is there.**

use super::duties::Duties;
use crate::domain::{AboutTill, Checkup, NoCheckup, OperatorId};
use crate::flow::{OnAbout, OnSettings, Turn, What};
use crate::ledger::AuditFact;

/// The till's own facts and its checks.
pub trait CheckDesk: Send + Sync {
    /// What this till is.
    fn about(&self) -> AboutTill;

    /// Runs the checks, and packs a file for support where that is asked for. May take as long as the disk and the
    /// network take.
    fn check(&self, pack: bool) -> Result<Checkup, NoCheckup>;
}

/// A till that nobody asks: a test's.
struct NoChecks;

impl CheckDesk for NoChecks {
    fn about(&self) -> AboutTill {
        AboutTill::default()
    }

    fn check(&self, _: bool) -> Result<Checkup, NoCheckup> {
        Err(NoCheckup::MadeUp)
    }
}

/// Nothing to check.
pub(super) fn none() -> Box<dyn CheckDesk> {
    Box::new(NoChecks)
}

impl Duties {
    /// Has the checks run.
    pub(super) fn check_up(&self, turn: Turn, by: &OperatorId, pack: bool) -> What {
        let recorded = if pack { self.record_packing(by) } else { Ok(()) };
        let checkup = recorded.and_then(|()| self.check_desk().check(pack)).map(Box::new);
        if let Err(why) = &checkup {
            tracing::warn!(?why, pack, "the checks say nothing");
        }
        What::OnSettings(OnSettings::About(OnAbout::Checked { turn, checkup }))
    }

    fn record_packing(&self, by: &OperatorId) -> Result<(), NoCheckup> {
        let detail = vec![("format", "zip".to_owned())];
        let fact = AuditFact { who: Some(by.clone()), what: "exported", subject: "support".to_owned(), detail };
        self.record_fact(&fact).map_err(|error| {
            tracing::error!(%error, "the record does not take that a file for support is packed");
            NoCheckup::NotWritten
        })
    }
}
