//! What the till says and records when a part of it stopped half-way: a duty, a recording, the desk.
//!
//! **A refund that may have been sent becomes unknown, and no refund is left that nobody goes on with.** **No screen
//! waits for ever**: each question is answered, if only with a fault. **Nothing here sends anything.**

use super::duties::Duties;
use crate::domain::{
    ApprovalFault, GatewayTest, HouseFault, KeepFault, LookupFault, NoCheckup, Outcome, RecordFault, RefundReference,
    RefundState, UnknownCause,
};
use crate::flow::{CheckShown, Effect, Made, NoReport, OnAbout, OnRefunds, OnReport, OnSettings, What};

impl Duties {
    /// The answer to an effect whose duty stopped half-way (a panic), so that no screen waits for ever.
    pub fn answer_for_a_stop(&self, effect: &Effect, say: &mut dyn FnMut(What)) {
        let stopped = HouseFault::WorkerStopped;
        match effect {
            Effect::SignIn { turn, .. } => {
                say(What::SignInRefused { turn: *turn, why: ApprovalFault::House(stopped) });
            }
            Effect::People { turn, task } => say(Self::people_stopped(*turn, task)),
            Effect::FindSale { turn, .. } => {
                say(What::SaleMissing { turn: *turn, why: LookupFault::House(stopped) });
            }
            Effect::CheckSale { turn, .. } => {
                say(What::SaleUnconfirmed { turn: *turn, why: LookupFault::House(stopped) });
            }
            Effect::Weigh { turn, .. } => {
                say(What::Weighed { turn: *turn, weighed: Err(ApprovalFault::House(stopped)) });
            }
            Effect::Countersign { turn, .. } => {
                say(What::ApprovalRefused { turn: *turn, why: ApprovalFault::House(stopped) });
            }
            Effect::Approve { turn, .. } | Effect::RecordRefund { turn, .. } => {
                // It may stand there all the same, with nobody left to send it.
                self.find_interrupted(say);
                say(What::RecordFailed { turn: *turn, why: RecordFault::House(stopped) });
            }
            Effect::SendRefund { reference } => self.after_a_stop(reference, say),
            Effect::ListRefunds { turn, .. } => {
                say(What::OnRefunds(OnRefunds::Unlisted { turn: *turn, why: stopped }));
            }
            Effect::ReadRefund { turn, .. } => {
                say(What::OnRefunds(OnRefunds::Unread { turn: *turn, why: stopped }));
            }
            Effect::MakeReport { turn, .. } => {
                let made = Box::new(Made { report: Err(NoReport::House(stopped)), own: None });
                say(What::OnReport(OnReport::Made { turn: *turn, made }));
            }
            Effect::ExportReport { turn, .. } => {
                let written = Err(KeepFault::Failed);
                say(What::OnReport(OnReport::Exported { turn: *turn, written }));
            }
            Effect::OpenShift { turn, .. } | Effect::CloseShift { turn, .. } => {
                say(What::OnReport(OnReport::ShiftMoved { turn: *turn, moved: Err(stopped) }));
            }
            Effect::CheckRefund { turn, .. } => {
                let shown = CheckShown::Nothing(LookupFault::House(stopped));
                say(What::OnRefunds(OnRefunds::Checked { turn: *turn, shown }));
            }
            Effect::OrderRefund { turn, reference, .. } => self.after_a_stopped_order(*turn, reference, say),
            Effect::Note { who, note } => self.note(who.as_ref(), note),
            Effect::AdoptSettings { .. } => say(What::OnSettings(OnSettings::NotAdopted)),
            Effect::TestGateway { turn, .. } => {
                let test = GatewayTest::Unclear(String::new());
                say(What::OnSettings(OnSettings::Tested { turn: *turn, test }));
            }
            Effect::CheckUp { turn, .. } => {
                let checkup = Err(NoCheckup::Failed);
                say(What::OnSettings(OnSettings::About(OnAbout::Checked { turn: *turn, checkup })));
            }
            Effect::FindToken { turn } | Effect::KeepToken { turn, .. } => say(Self::account_stopped(*turn)),
            Effect::FindInterrupted
            | Effect::StartCamera
            | Effect::StopCamera
            | Effect::ListCameras
            | Effect::KeepSetting { .. }
            | Effect::Leave(_)
            | Effect::ResolveRefund { .. }
            | Effect::Print { .. }
            | Effect::PrintReport { .. }
            | Effect::LookAtPrinter
            | Effect::Signal(_) => {}
        }
    }

    /// Says how a refund stands, after a duty that dealt with it stopped half-way.
    pub fn after_a_stop(&self, reference: &RefundReference, say: &mut dyn FnMut(What)) {
        self.set_under_way(None);
        let interrupted = Outcome::Unknown { cause: UnknownCause::Interrupted, code: None };
        self.settle(reference, &interrupted, say);
    }

    /// After the desk or a recording stopped half-way: a refund that is prepared or sent, and is not under way here, has
    /// nobody who goes on with it. It becomes unknown, so that it is shown and asked about.
    pub fn find_interrupted(&self, say: &mut dyn FnMut(What)) {
        let now = self.now();
        // What is under way is looked at under the ledger's lock: nobody marks a refund sent meanwhile.
        let mut ledger = self.ledger();
        let under_way = self.under_way();
        let found = ledger.interrupted(under_way.as_ref(), now);
        drop(ledger);
        self.count();
        match found {
            Ok(refunds) => refunds.into_iter().for_each(|refund| say(What::RefundMoved(Box::new(refund)))),
            Err(error) => tracing::error!(%error, "what was interrupted cannot be found"),
        }
    }

    /// Says how a refund stands that nobody could settle: as unknown where it may have been sent.
    pub(super) fn say_interrupted(&self, reference: &RefundReference, say: &mut dyn FnMut(What)) {
        let found = self.ledger().refund(reference);
        match found {
            Ok(mut refund) => {
                if matches!(refund.state, RefundState::Prepared | RefundState::Sent) {
                    refund.state = RefundState::Unknown;
                    refund.outcome = Some(Outcome::Unknown { cause: UnknownCause::Interrupted, code: None });
                }
                say(What::RefundMoved(Box::new(refund)));
            }
            Err(error) => tracing::error!(%reference, %error, "the ledger cannot be read"),
        }
    }
}
