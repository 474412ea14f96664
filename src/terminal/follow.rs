//! The follow-up of unresolved refunds: asks about each, waits longer each time, and never sends anything.
//!
//! At the start every refund that may have been sent is asked about; later ones are added when they become unknown or
//! pending. It ends for a refund when the ledger has it as resolved.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError};

use super::duties::Duties;
use super::lanes::Say;
use super::resolve;
use crate::domain::{Refund, RefundReference, Timestamp};

/// The longest this thread sleeps without looking at the ledger again: another process may have added a refund.
const LOOK_AGAIN: Duration = Duration::from_secs(60);

/// When to ask about one refund, and how often that was done.
#[derive(Debug, Clone, Copy)]
struct Plan {
    asked: u32,
    due: Timestamp,
}

/// Runs until `wanted` is closed. A reference that comes in is asked about at once.
pub(super) fn run(duties: &Arc<Duties>, wanted: &Receiver<RefundReference>, say: &Say) {
    let mut plans: HashMap<RefundReference, Plan> = HashMap::new();
    loop {
        let unresolved = duties.unresolved();
        let now = duties.now();
        plans.retain(|reference, _| unresolved.iter().any(|refund| refund.reference == *reference));
        for refund in &unresolved {
            let plan = plans.entry(refund.reference.clone()).or_insert(Plan { asked: 0, due: now });
            if plan.due <= now {
                ask(duties, refund, plan, say);
            }
        }
        let next = plans.values().map(|plan| plan.due.ms_since(duties.now())).min();
        let wait = next.map_or(LOOK_AGAIN, |ms| Duration::from_millis(u64::try_from(ms).unwrap_or(0))).min(LOOK_AGAIN);
        match wanted.recv_timeout(wait.max(Duration::from_millis(20))) {
            Ok(reference) => {
                let due = duties.now();
                plans.entry(reference).or_insert(Plan { asked: 0, due }).due = due;
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

fn ask(duties: &Duties, refund: &Refund, plan: &mut Plan, say: &Say) {
    // A refund that is being sent right now by this process is not asked about until its answer was due.
    if duties.is_under_way(&refund.reference) {
        plan.due = duties.now().plus_ms(resolve::wait_ms(0));
        return;
    }
    plan.asked = plan.asked.saturating_add(1);
    let asked = plan.asked;
    let done = catch_unwind(AssertUnwindSafe(|| duties.resolve(refund, asked, &mut |what| say(what))));
    if done.is_err() {
        tracing::error!(reference = %refund.reference, "asking about a refund panicked");
    }
    plan.due = duties.now().plus_ms(resolve::wait_ms(asked));
}
