//! A sale in hand when the till locks: it waits for whoever had it, and for nobody else.
//!
//! **What waits is what was chosen, never what was agreed**: no approval and no PIN outlives the lock. The sale is asked
//! for at the gateway again before it can go on. **Whoever else signs in begins with nothing**, and then it is put away.

use super::effect::Effect;
use super::note::Note;
use super::state::{SaleCheck, SaleReview, State};
use super::step::{Flow, judge};
use crate::domain::{LookupFault, Operator, OperatorId, Timestamp};

/// For so long a sale waits, in milliseconds: a customer who left for longer has taken the receipt along.
const PARKED_MS: i64 = 15 * 60 * 1000;

/// A sale that waits.
#[derive(Debug, Clone)]
pub(super) struct Parked {
    /// Who had it.
    pub(super) whose: OperatorId,
    review: SaleReview,
    since: Timestamp,
}

impl Flow {
    /// Sets the sale on the screen aside, if there is one and somebody has it.
    pub(super) fn park(&mut self, at: Timestamp) {
        let review = match &self.state {
            State::Sale(review) => (**review).clone(),
            State::Approval(approving) => approving.review.clone(),
            _ => {
                self.parked = None;
                return;
            }
        };
        let whose = self.operator.as_ref().map(|operator| operator.id.clone());
        self.parked = whose.map(|whose| Parked { whose, review, since: at });
    }

    /// Somebody signed in: to their own sale, or to Ready.
    pub(super) fn come_in(&mut self, at: Timestamp, operator: Operator) -> Vec<Effect> {
        let parked = self.parked.take();
        let id = operator.id.clone();
        self.operator = Some(operator);
        self.state = State::Ready;
        let mut effects = self.shift_at_sign_in(id.clone());
        let Some(Parked { whose, mut review, since }) = parked else { return effects };
        let gone_ms = at.ms_since(since);
        if whose != id || gone_ms > PARKED_MS {
            let sale = review.view.sale.id.clone();
            effects.push(Effect::Note { who: Some(whose), note: Note::SaleLeft { sale } });
            return effects;
        }
        review.check = match (self.setting.ask_gateway_first, review.view.sale.key()) {
            (false, _) => SaleCheck::NotAsked,
            (true, None) => SaleCheck::Failed(LookupFault::NotFound),
            (true, Some(key)) => {
                let turn = self.next_turn();
                effects.push(Effect::CheckSale { turn, sale_id: review.view.sale.id.clone(), key });
                SaleCheck::Asking(turn)
            }
        };
        review.came_back = None;
        judge(&self.setting.policy, &mut review, at);
        self.state = State::Sale(Box::new(review));
        effects
    }
}
