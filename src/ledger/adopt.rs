//! Settings that a manager changed on the screen: in the record, and the store's rules as they hold from then on.
//!
//! **A rule holds from the commit of the rows that say who changed it, not before.** **Only a manager's change is taken**,
//! whoever calls.

use super::error::{LedgerError, RecordError};
use super::{Ledger, operators};
use crate::domain::{Act, Asking, OperatorId, Policy, Refusal, SettingsSeen, Timestamp, may};

impl Ledger {
    /// Whether somebody active may do that; for what is about no refund.
    pub fn permits(&self, who: &OperatorId, act: Act) -> Result<bool, LedgerError> {
        let role = operators::active(&self.connection, who)?.map(|kept| kept.operator.role);
        Ok(role.is_some_and(|role| may(act, Asking::of(role)).is_allowed()))
    }

    /// Records what somebody changed in the settings file, which now is as `seen`, and goes by that policy from now on.
    pub fn adopt(
        &mut self,
        by: (&OperatorId, Act),
        seen: &SettingsSeen,
        policy: &Policy,
        now: Timestamp,
    ) -> Result<(), RecordError> {
        let (who, act) = by;
        if !self.permits(who, act)? {
            return Err(RecordError::Refused(Refusal::NotYourApproval));
        }
        self.settings_read(seen, Some(who), now)?;
        self.terms.policy = policy.clone();
        Ok(())
    }
}
