//! The Approval screen: the store's rules are held against the refund while a manager looks at it; one of them says yes,
//! and a second one where a rule wants two.
//!
//! **The yes that is enough records the refund in the same breath** (one wait for the disk): while it is looked at nobody
//! leaves this screen, so whatever is recorded has somebody who goes on with it. **What is weighed here is for the screen**; the ledger weighs again when the approval is given and when it is used.

use super::effect::{Effect, Signal};
use super::note::{Note, RefusedAt};
use super::state::{Approving, FirstYes, Problem, SaleCheck, Sending, SendingStage, State, Step, StepKind};
use super::step::{Flow, Turn, intention, judge};
use crate::domain::{
    ApprovalFault, ApprovalId, Intention, OperatorId, Proof, Reason, RecordFault, Refund, Refusal, Timestamp, Weighed,
};

/// The most that is taken of a note while it is typed; [`Reason`] has the last word.
const MAX_NOTE_CHARS: usize = 120;

impl Flow {
    pub(super) fn ask_approval(&mut self, at: Timestamp) -> Vec<Effect> {
        let turn = self.next_turn();
        let State::Sale(review) = &mut self.state else { return vec![] };
        judge(&self.setting.policy, review, at);
        let Some(intention) = intention(review, self.operator.as_ref()) else {
            return vec![Effect::Signal(Signal::Refused)];
        };
        let approving = Approving {
            cashier_alone: self.setting.policy.cashier_alone(intention.amount),
            review: (**review).clone(),
            intention,
            weighing: Some(turn),
            weighed: None,
            note: String::new(),
            first: None,
            approver: None,
            checking: None,
            refused: None,
            refused_at: None,
        };
        let Intention { sale_id, amount, reason, .. } = approving.intention.clone();
        self.state = State::Approval(Box::new(approving));
        let asked = self.note(Note::ApprovalAsked { sale: sale_id, amount, reason });
        std::iter::once(asked).chain(self.weigh(turn)).collect()
    }

    fn weigh(&self, turn: Turn) -> Vec<Effect> {
        let State::Approval(approving) = &self.state else { return vec![] };
        let intention = Box::new(approving.intention.clone());
        vec![Effect::Weigh { turn, intention, source: approving.review.source }]
    }

    pub(super) fn weighed(&mut self, turn: Turn, answer: Result<Weighed, ApprovalFault>) -> Vec<Effect> {
        let State::Approval(approving) = &mut self.state else { return vec![] };
        if approving.weighing != Some(turn) {
            return vec![];
        }
        approving.weighing = None;
        match answer {
            Ok(weighed) => {
                approving.cashier_alone &= !weighed.needs_manager();
                let stopped = weighed.needs_manager();
                approving.weighed = Some(weighed.clone());
                let sale = approving.intention.sale_id.clone();
                let silent = weighed.broken.is_empty() && weighed.warnings.is_empty();
                let note = (!silent).then(|| self.note(Note::RulesWeighed { sale, weighed }));
                let signal = stopped.then_some(Effect::Signal(Signal::Attention));
                note.into_iter().chain(signal).collect()
            }
            Err(why) => {
                approving.refused = Some(why);
                vec![Effect::Signal(Signal::Refused)]
            }
        }
    }

    pub(super) fn note_typed(&mut self, text: String) -> Vec<Effect> {
        if let State::Approval(approving) = &mut self.state
            && approving.checking.is_none()
            && approving.first.is_none()
        {
            approving.note = text.chars().take(MAX_NOTE_CHARS).collect();
        }
        vec![]
    }

    pub(super) fn give_proof(&mut self, approver: OperatorId, proof: Proof) -> Vec<Effect> {
        let turn = self.next_turn();
        let State::Approval(approving) = &mut self.state else { return vec![] };
        if approving.checking.is_some() {
            return vec![];
        }
        approving.checking = Some(turn);
        approving.refused = None;
        if let Some(first) = &approving.first {
            return vec![Effect::Countersign { turn, approval: first.approval.clone(), manager: approver, proof }];
        }
        let wanted = approving.weighed.as_ref().is_some_and(Weighed::needs_note);
        approving.intention.note = if wanted { Reason::parse(approving.note.trim()).ok() } else { None };
        approving.approver = Some(approver.clone());
        vec![Effect::Approve { turn, intention: Box::new(approving.intention.clone()), approver, proof }]
    }

    /// A yes that is not enough by itself. One that a rule of this minute wants a second for, unknown to this screen, goes
    /// to the ledger as it is: it is refused there, and the sale is looked at again.
    pub(super) fn approved(&mut self, at: Timestamp, turn: Turn, approval: ApprovalId) -> Vec<Effect> {
        let State::Approval(approving) = &mut self.state else { return vec![] };
        if approving.checking != Some(turn) || approving.first.is_some() {
            return vec![];
        }
        if let (true, Some(approver)) = (approving.needs_two(), approving.approver.take()) {
            approving.checking = None;
            approving.first = Some(FirstYes { approval, approver });
            return vec![];
        }
        self.record(at, approval)
    }

    pub(super) fn countersigned(&mut self, at: Timestamp, turn: Turn) -> Vec<Effect> {
        let State::Approval(approving) = &self.state else { return vec![] };
        if approving.checking != Some(turn) {
            return vec![];
        }
        let Some(first) = approving.first.clone() else { return vec![] };
        self.record(at, first.approval)
    }

    fn record(&mut self, at: Timestamp, approval: ApprovalId) -> Vec<Effect> {
        let turn = self.next_turn();
        let State::Approval(approving) = &self.state else { return vec![] };
        let intention = Box::new(approving.intention.clone());
        let sending = Sending {
            review: approving.review.clone(),
            intention: approving.intention.clone(),
            stage: SendingStage::Recording(turn),
            since: at,
            refund: None,
            steps: vec![],
        };
        self.state = State::Sending(Box::new(sending));
        vec![Effect::RecordRefund { turn, approval, intention }]
    }

    /// A refund is recorded: by the yes that was enough for it, or under an approval that waited for a second one.
    pub(super) fn recorded(&mut self, at: Timestamp, turn: Turn, refund: Refund) -> Vec<Effect> {
        let reference = refund.reference.clone();
        let recorded = Step { at, kind: StepKind::Recorded };
        match &mut self.state {
            State::Sending(sending) if sending.stage == SendingStage::Recording(turn) => {
                sending.stage = SendingStage::Sent;
                sending.steps.push(recorded);
                sending.refund = Some(refund);
            }
            State::Approval(approving) if approving.checking == Some(turn) => {
                self.state = State::Sending(Box::new(Sending {
                    review: approving.review.clone(),
                    intention: approving.intention.clone(),
                    stage: SendingStage::Sent,
                    since: at,
                    refund: Some(refund),
                    steps: vec![recorded],
                }));
            }
            _ => return vec![],
        }
        vec![Effect::SendRefund { reference }]
    }

    pub(super) fn record_failed(&mut self, at: Timestamp, turn: Turn, why: RecordFault) -> Vec<Effect> {
        let (mut review, intention) = match &self.state {
            State::Sending(sending) if sending.stage == SendingStage::Recording(turn) => {
                (sending.review.clone(), sending.intention.clone())
            }
            State::Approval(approving) if approving.checking == Some(turn) => {
                (approving.review.clone(), approving.intention.clone())
            }
            _ => return vec![],
        };
        let subject = review.view.sale.id.to_string();
        let note = self.note(Note::Refused { at: RefusedAt::Record, subject, rule: why.as_str() });
        let mut effects = vec![Effect::Signal(Signal::Refused), note];
        match why {
            RecordFault::House(fault) => {
                self.state = State::Problem(Box::new(Problem { fault, intention, review }));
            }
            RecordFault::Refused(_) => {
                review.came_back = Some(why);
                if let (true, Some(key)) = (self.setting.ask_gateway_first, review.view.sale.key()) {
                    let turn = self.next_turn();
                    review.check = SaleCheck::Asking(turn);
                    effects.push(Effect::CheckSale { turn, sale_id: review.view.sale.id.clone(), key });
                }
                judge(&self.setting.policy, &mut review, at);
                self.state = State::Sale(Box::new(review));
            }
        }
        effects
    }

    pub(super) fn approval_refused(&mut self, at: Timestamp, turn: Turn, why: ApprovalFault) -> Vec<Effect> {
        let again = self.turn.following();
        let State::Approval(approving) = &mut self.state else { return vec![] };
        if approving.checking != Some(turn) {
            return vec![];
        }
        approving.checking = None;
        let mut effects = vec![Effect::Signal(Signal::Refused)];
        let sale = approving.intention.sale_id.to_string();
        match &why {
            // An approval that waits for its second manager cannot be used any more: the first is asked again.
            ApprovalFault::Refused(Refusal::ApprovalExpired | Refusal::ApprovalVoid) => approving.first = None,
            // The store's rules look different by now: the screen shows them as they are.
            ApprovalFault::Refused(Refusal::House(_)) => {
                approving.weighing = Some(again);
                self.turn = again;
                effects.extend(self.weigh(again));
            }
            _ => {}
        }
        effects.extend(self.refused(RefusedAt::Approval, sale, &why));
        if let State::Approval(approving) = &mut self.state {
            approving.refused = Some(why);
            approving.refused_at = Some(at);
        }
        effects
    }
}
