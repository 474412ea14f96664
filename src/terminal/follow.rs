//! The follow-up of unresolved refunds: asks about each, waits longer each time, and never sends anything.
//!
//! At the start every refund that may have been sent is asked about; later ones are added when they become unknown or
//! pending. It ends for a refund when the ledger has it as resolved. What rests on the gateway's silence or on a person's
//! word is asked about once an hour for a week: the gateway may find it after all.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError};

use super::duties::Duties;
use super::lanes::Say;
use super::resolve;
use crate::domain::{Refund, RefundReference, Timestamp};
use crate::failpoint::failpoint;
use crate::flow::What;

/// The longest this thread sleeps without looking at the ledger again: another process may have added a refund.
const LOOK_AGAIN: Duration = Duration::from_secs(60);

/// How often it is asked about what is not executed by the gateway's silence or by a person's word alone.
const DOUBTFUL_MS: i64 = 3_600_000;

/// So that a round that panics each time does not take a processor with it.
const PAUSE_AFTER_PANIC: Duration = Duration::from_secs(2);

/// When to ask about one refund, and how often that was done.
#[derive(Debug, Clone, Copy)]
struct Plan {
    asked: u32,
    due: Timestamp,
}

/// Which unresolved refunds are asked about when. It has no thread and no clock but the duties' own.
#[derive(Debug, Default)]
pub struct FollowUp {
    plans: HashMap<RefundReference, Plan>,
}

impl FollowUp {
    /// Asks about every refund that is due, and says how long nothing will be.
    pub fn round(&mut self, duties: &Duties, say: &mut dyn FnMut(What)) -> Duration {
        let unresolved = duties.unresolved();
        let now = duties.now();
        let doubtful = duties.doubtful();
        let is_of = |refunds: &[Refund], reference: &RefundReference| {
            refunds.iter().any(|refund| refund.reference == *reference)
        };
        self.plans.retain(|reference, _| is_of(&unresolved, reference) || is_of(&doubtful, reference));
        for refund in &unresolved {
            let plan = self.plans.entry(refund.reference.clone()).or_insert(Plan { asked: 0, due: now });
            // A clock set back must not put a question off by as much.
            plan.due = plan.due.min(now.plus_ms(resolve::wait_ms(plan.asked)));
            if plan.due <= now {
                ask(duties, refund, plan, say);
            }
        }
        for refund in &doubtful {
            let soon = refund.updated_at.plus_ms(DOUBTFUL_MS).max(now);
            let plan = self.plans.entry(refund.reference.clone()).or_insert(Plan { asked: 0, due: soon });
            plan.due = plan.due.min(now.plus_ms(DOUBTFUL_MS));
            if plan.due <= now {
                ask(duties, refund, plan, say);
                plan.due = duties.now().plus_ms(DOUBTFUL_MS);
            }
        }
        let next = self.plans.values().map(|plan| plan.due.ms_since(duties.now())).min();
        next.map_or(LOOK_AGAIN, |ms| Duration::from_millis(u64::try_from(ms).unwrap_or(0))).min(LOOK_AGAIN)
    }

    /// Has this refund asked about in the next round.
    pub fn want(&mut self, reference: RefundReference, now: Timestamp) {
        self.plans.entry(reference).or_insert(Plan { asked: 0, due: now }).due = now;
    }
}

/// Runs until `wanted` is closed. A reference that comes in is asked about at once.
pub(super) fn run(duties: &Arc<Duties>, wanted: &Receiver<RefundReference>, say: &Say) {
    let mut follow_up = FollowUp::default();
    loop {
        let round = catch_unwind(AssertUnwindSafe(|| {
            failpoint!(FollowTurn);
            follow_up.round(duties, &mut |what| say(what))
        }));
        let wait = round.unwrap_or_else(|_| {
            tracing::error!("the follow-up panicked and goes on");
            PAUSE_AFTER_PANIC
        });
        match wanted.recv_timeout(wait.max(Duration::from_millis(20))) {
            Ok(reference) => follow_up.want(reference, duties.now()),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

fn ask(duties: &Duties, refund: &Refund, plan: &mut Plan, say: &mut dyn FnMut(What)) {
    // A refund that is being sent right now by this process is not asked about until its answer was due.
    if duties.is_under_way(&refund.reference) {
        plan.due = duties.now().plus_ms(resolve::wait_ms(0));
        return;
    }
    plan.asked = plan.asked.saturating_add(1);
    let asked = plan.asked;
    let done = catch_unwind(AssertUnwindSafe(|| duties.resolve(refund, asked, say)));
    if done.is_err() {
        tracing::error!(reference = %refund.reference, "asking about a refund panicked");
        // The answer may stand in the ledger already, and then nobody would ask, or tell, again.
        if catch_unwind(AssertUnwindSafe(|| duties.say_state(&refund.reference, say))).is_err() {
            tracing::error!("and could not be told");
        }
    }
    plan.due = duties.now().plus_ms(resolve::wait_ms(asked));
}
