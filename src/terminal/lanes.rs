//! The worker threads: one lane each for the ledger, for questions to the gateway, and for refunds on their way.
//!
//! **A lane takes one effect at a time, in order**, so there is never more than one refund request under way, and a
//! question that waits for the network keeps no PIN waiting. **A duty that panics is answered all the same**: the
//! window stays up and a refund that may have been sent becomes unknown.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Instant;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, TrySendError, bounded};

use super::duties::Duties;
use super::notes::NOTES_WAIT;
use crate::domain::SettingsSeen;
use crate::failpoint::failpoint;
use crate::flow::{Effect, RefundOrder, What};

/// More than a person can have waiting; beyond it something hangs, and the effect is answered as stopped.
const QUEUE: usize = 64;

/// Which thread an effect belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Quick work on the ledger.
    Ledger,
    /// Questions to the gateway.
    Ask,
    /// A refund on its way.
    Send,
    /// Reading that may take long, beside everything else.
    Read,
    /// The desk itself: camera, sounds, follow-up.
    Desk,
}

/// The lane of an effect.
pub fn lane_of(effect: &Effect) -> Lane {
    match effect {
        Effect::SignIn { .. }
        | Effect::People { .. }
        | Effect::Weigh { .. }
        | Effect::Approve { .. }
        | Effect::Countersign { .. }
        | Effect::RecordRefund { .. }
        | Effect::Note { .. } => Lane::Ledger,
        Effect::ListRefunds { .. }
        | Effect::ReadRefund { .. }
        | Effect::FindInterrupted
        | Effect::AdoptSettings { .. } => Lane::Ledger,
        Effect::FindSale { .. } | Effect::CheckSale { .. } | Effect::CheckRefund { .. } => Lane::Ask,
        // A keyring may take as long as a network.
        Effect::TestGateway { .. } | Effect::FindToken { .. } | Effect::KeepToken { .. } => Lane::Ask,
        Effect::MakeReport { .. } | Effect::ExportReport { .. } | Effect::CheckUp { .. } => Lane::Read,
        Effect::OpenShift { .. } | Effect::CloseShift { .. } => Lane::Ledger,
        // Sending again is sending.
        Effect::OrderRefund { order: RefundOrder::SendAgain { .. }, .. } | Effect::SendRefund { .. } => Lane::Send,
        Effect::OrderRefund { .. } => Lane::Ledger,
        Effect::StartCamera
        | Effect::StopCamera
        | Effect::ListCameras
        | Effect::KeepSetting { .. }
        | Effect::Leave(_)
        | Effect::ResolveRefund { .. }
        | Effect::Print { .. }
        | Effect::PrintReport { .. }
        | Effect::LookAtPrinter
        | Effect::Signal(_) => Lane::Desk,
    }
}

/// Something that takes an event to the desk.
pub(super) type Say = Arc<dyn Fn(What) + Send + Sync>;

/// The four threads.
pub(super) struct Lanes {
    ledger: Sender<Effect>,
    ask: Sender<Effect>,
    send: Sender<Effect>,
    read: Sender<Effect>,
    duties: Arc<Duties>,
    say: Say,
}

impl Lanes {
    /// Starts the threads; they end when the lanes are dropped.
    pub(super) fn start(
        duties: &Arc<Duties>,
        say: &Say,
        settings: Option<SettingsSeen>,
    ) -> std::io::Result<(Self, Vec<JoinHandle<()>>)> {
        let mut threads = vec![];
        let mut settings = Some(settings);
        let mut lane = |name: &str| -> std::io::Result<Sender<Effect>> {
            let (sender, receiver) = bounded(QUEUE);
            let (duties, say) = (Arc::clone(duties), Arc::clone(say));
            let starts = if name == "ledger" { settings.take() } else { None };
            let work = move || match starts {
                Some(settings) => keep_ledger(&duties, &receiver, &say, settings.as_ref()),
                None => run(&duties, &receiver, &say),
            };
            threads.push(std::thread::Builder::new().name(name.to_owned()).spawn(work)?);
            Ok(sender)
        };
        let (ledger, ask) = (lane("ledger")?, lane("ask")?);
        let (send, read) = (lane("send")?, lane("read")?);
        Ok((Self { ledger, ask, send, read, duties: Arc::clone(duties), say: Arc::clone(say) }, threads))
    }

    /// Puts an effect in its lane. A full or dead lane is answered at once.
    pub(super) fn put(&self, effect: Effect) {
        let lane = match lane_of(&effect) {
            Lane::Ledger => &self.ledger,
            Lane::Ask => &self.ask,
            Lane::Send => &self.send,
            Lane::Read => &self.read,
            Lane::Desk => return,
        };
        if let Err(TrySendError::Full(effect) | TrySendError::Disconnected(effect)) = lane.try_send(effect) {
            tracing::error!("a lane is full or has stopped");
            self.duties.answer_for_a_stop(&effect, &mut |what| (self.say)(what));
        }
    }
}

fn run(duties: &Duties, effects: &Receiver<Effect>, say: &Say) {
    for effect in effects {
        carry_out(duties, &effect, &mut |what| say(what));
        // A refund has just been told: whoever reads it leaves the disk alone.
        if lane_of(&effect) == Lane::Send && effects.is_empty() {
            duties.carry_log_over();
        }
    }
}

/// The ledger's lane also keeps the record of what is noted: from the till's start to its orderly end.
fn keep_ledger(duties: &Duties, effects: &Receiver<Effect>, say: &Say, settings: Option<&SettingsSeen>) {
    duties.note_start(settings);
    // What is put down waits until then for something that is written anyway.
    let mut waits_until = None;
    loop {
        let next = match waits_until {
            Some(deadline) => effects.recv_deadline(deadline),
            None => effects.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match next {
            Ok(effect) => carry_out(duties, &effect, &mut |what| say(what)),
            Err(RecvTimeoutError::Timeout) => {
                duties.write_notes();
                // A disk that refuses is asked again, at the same pace.
                waits_until = None;
            }
            Err(RecvTimeoutError::Disconnected) => break,
        }
        waits_until = duties.has_notes().then(|| waits_until.unwrap_or_else(|| Instant::now() + NOTES_WAIT));
    }
    duties.note_stop();
}

/// Carries out one effect of a lane; a duty that panics is answered all the same.
pub fn carry_out(duties: &Duties, effect: &Effect, say: &mut dyn FnMut(What)) {
    let done = catch_unwind(AssertUnwindSafe(|| {
        failpoint!(LedgerDuty, lane_of(effect) == Lane::Ledger);
        failpoint!(AskDuty, lane_of(effect) == Lane::Ask);
        failpoint!(SendDuty, lane_of(effect) == Lane::Send);
        duties.carry_out(effect, say);
    }));
    if done.is_err() {
        tracing::error!("a duty panicked");
        let answered = catch_unwind(AssertUnwindSafe(|| duties.answer_for_a_stop(effect, say)));
        if answered.is_err() {
            tracing::error!("and could not be answered");
        }
    }
}
