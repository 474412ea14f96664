//! The steps of the Refunds screen.
//!
//! **An order leaves here only with a manager's PIN, for the very refund and reason on the screen, and once**: until its
//! answer is there no other is given.

use super::effect::{Effect, Signal};
use super::note::{Note, RefusedAt};
use super::refunds::{
    CheckShown, OnRefunds, OpenRefund, OrderKind, Ordering, RefundDetail, RefundOrder, RefundPage, RefundQuery, Refunds,
};
use super::state::State;
use super::step::{Flow, Turn};
use crate::domain::{
    ApprovalFault, Doubt, HouseFault, OperatorId, OrderFault, Proof, Refund, RefundAction, RefundReference,
    RefundState, Scanned, Timestamp, Verdict, text::masked,
};

impl Flow {
    /// Takes what happened on the Refunds screen.
    pub(super) fn on_refunds(&mut self, at: Timestamp, what: OnRefunds) -> Vec<Effect> {
        match what {
            OnRefunds::Pressed if matches!(self.state, State::Ready) => self.show_refunds(Refunds::default()),
            OnRefunds::Pressed => vec![],
            OnRefunds::SendAgainPressed => self.send_again_from_result(),
            OnRefunds::Searched(text) => self.search_for(text),
            OnRefunds::Shown(show) => self.search(|query| query.show = show),
            OnRefunds::Turned { forward } => self.turn_page(forward),
            OnRefunds::Listed { turn, page } => self.listed(turn, Ok(*page)),
            OnRefunds::Unlisted { turn, why } => self.listed(turn, Err(why)),
            OnRefunds::Picked(reference) => self.pick(reference),
            OnRefunds::Read { turn, detail } => self.read(turn, *detail),
            OnRefunds::Unread { turn, why } => self.unread(turn, why),
            OnRefunds::CheckPressed => self.check_refund(),
            OnRefunds::Checked { turn, shown } => self.checked(at, turn, shown),
            OnRefunds::OrderBegun(kind) => self.begin_order(kind),
            OnRefunds::OrderWritten(order) => self.write_order(order),
            OnRefunds::Ordered { turn, refund } => self.ordered(turn, *refund),
            OnRefunds::OrderRefused { turn, why } => self.order_refused(at, turn, why),
        }
    }

    fn open_refund(&mut self) -> Option<&mut OpenRefund> {
        match &mut self.state {
            State::Refunds(refunds) => refunds.open.as_deref_mut(),
            _ => None,
        }
    }

    fn show_refunds(&mut self, refunds: Refunds) -> Vec<Effect> {
        self.state = State::Refunds(Box::new(refunds));
        self.list()
    }

    /// Asks for the page, or notes that it has to be asked for again.
    fn list(&mut self) -> Vec<Effect> {
        let turn = self.next_turn();
        let State::Refunds(refunds) = &mut self.state else { return vec![] };
        if refunds.asking.is_some() {
            refunds.stale = true;
            return vec![];
        }
        refunds.asking = Some(turn);
        refunds.stale = false;
        vec![Effect::ListRefunds { turn, query: refunds.query.clone() }]
    }

    fn search(&mut self, change: impl FnOnce(&mut RefundQuery)) -> Vec<Effect> {
        let State::Refunds(refunds) = &mut self.state else { return vec![] };
        if refunds.open.is_some() {
            return vec![];
        }
        let before = refunds.query.clone();
        change(&mut refunds.query);
        if refunds.query == before {
            return vec![];
        }
        refunds.query.page = 0;
        self.list()
    }

    /// Looks for words. One that is still being typed, or taken back letter by letter, is one search in the record.
    fn search_for(&mut self, text: String) -> Vec<Effect> {
        let State::Refunds(refunds) = &self.state else { return vec![] };
        let (before, is_open) = (&refunds.unsaid, refunds.open.is_some());
        if is_open {
            return vec![];
        }
        let mut effects = vec![];
        if !text.starts_with(before.as_str()) && !before.starts_with(&text) {
            effects.extend(self.say_search());
        }
        if let State::Refunds(refunds) = &mut self.state
            && text.len() > refunds.unsaid.len()
        {
            refunds.unsaid.clone_from(&text);
        }
        effects.extend(self.search(|query| query.text = text));
        effects
    }

    /// What was looked for, for the record, where it does not have it yet.
    pub(super) fn say_search(&mut self) -> Option<Effect> {
        let State::Refunds(refunds) = &mut self.state else { return None };
        let words = std::mem::take(&mut refunds.unsaid);
        let masked = masked(words.trim());
        (!masked.is_empty()).then(|| self.note(Note::RefundsSearched { masked }))
    }

    fn turn_page(&mut self, forward: bool) -> Vec<Effect> {
        let State::Refunds(refunds) = &mut self.state else { return vec![] };
        // One page at a time: a key held down does not run ahead of what is shown.
        if refunds.open.is_some() || refunds.asking.is_some() {
            return vec![];
        }
        let more = refunds.page.as_ref().is_some_and(|page| page.more);
        refunds.query.page = match (forward, refunds.query.page) {
            (true, page) if more => page.saturating_add(1),
            (false, page) if page > 0 => page - 1,
            _ => return vec![],
        };
        self.list()
    }

    fn listed(&mut self, turn: Turn, page: Result<RefundPage, HouseFault>) -> Vec<Effect> {
        let State::Refunds(refunds) = &mut self.state else { return vec![] };
        if refunds.asking != Some(turn) {
            return vec![];
        }
        refunds.asking = None;
        match page {
            Ok(page) => (refunds.page, refunds.fault) = (Some(page), None),
            Err(why) => refunds.fault = Some(why),
        }
        if refunds.stale { self.list() } else { vec![] }
    }

    fn pick(&mut self, reference: RefundReference) -> Vec<Effect> {
        let turn = self.next_turn();
        let State::Refunds(refunds) = &mut self.state else { return vec![] };
        if refunds.open.is_some() || refunds.opening.is_some() {
            return vec![];
        }
        refunds.opening = Some((turn, reference.clone()));
        vec![Effect::ReadRefund { turn, reference }]
    }

    fn read(&mut self, turn: Turn, detail: RefundDetail) -> Vec<Effect> {
        let State::Refunds(refunds) = &mut self.state else { return vec![] };
        if refunds.opening.as_ref().is_some_and(|(awaited, _)| *awaited == turn) {
            refunds.opening = None;
            let note = Note::RefundOpened { reference: detail.refund.reference.clone() };
            refunds.open = Some(Box::new(opened(detail, None)));
            let mut effects: Vec<Effect> = self.say_search().into_iter().collect();
            effects.push(self.note(note));
            return effects;
        } else if let Some(open) = refunds.open.as_deref_mut()
            && open.reading == Some(turn)
        {
            open.reading = None;
            open.detail = detail;
            withdraw_what_no_longer_fits(open);
        }
        vec![]
    }

    fn unread(&mut self, turn: Turn, why: HouseFault) -> Vec<Effect> {
        let State::Refunds(refunds) = &mut self.state else { return vec![] };
        if refunds.opening.as_ref().is_some_and(|(awaited, _)| *awaited == turn) {
            refunds.opening = None;
            refunds.fault = Some(why);
            return vec![Effect::Signal(Signal::Refused)];
        }
        if let Some(open) = refunds.open.as_deref_mut()
            && open.reading == Some(turn)
        {
            open.reading = None;
        }
        vec![]
    }

    /// Reads the open refund anew, with its history.
    fn read_again(&mut self) -> Vec<Effect> {
        let turn = self.next_turn();
        let Some(open) = self.open_refund() else { return vec![] };
        open.reading = Some(turn);
        vec![Effect::ReadRefund { turn, reference: open.detail.refund.reference.clone() }]
    }

    fn check_refund(&mut self) -> Vec<Effect> {
        let turn = self.next_turn();
        let Some(open) = self.open_refund() else { return vec![] };
        if open.checking.is_some() || open.ordering.is_some() || !open.detail.refund.allows(RefundAction::Check) {
            return vec![];
        }
        open.checking = Some(turn);
        open.shown = None;
        open.done = None;
        vec![Effect::CheckRefund { turn, reference: open.detail.refund.reference.clone() }]
    }

    fn checked(&mut self, at: Timestamp, turn: Turn, shown: CheckShown) -> Vec<Effect> {
        let Some(open) = self.open_refund() else { return vec![] };
        if open.checking != Some(turn) {
            return vec![];
        }
        open.checking = None;
        open.shown = Some((at, shown));
        self.read_again()
    }

    fn begin_order(&mut self, kind: OrderKind) -> Vec<Effect> {
        let Some(open) = self.open_refund() else { return vec![] };
        if open.ordering.is_none() && open.checking.is_none() && kind.fits(&open.detail.refund) {
            open.ordering = Some(Ordering::new(kind));
            open.shown = None;
            open.done = None;
        }
        vec![]
    }

    /// From the result of a refund that did not happen straight to its order.
    fn send_again_from_result(&mut self) -> Vec<Effect> {
        let State::Result(result) = &self.state else { return vec![] };
        if !OrderKind::SendAgain.fits(&result.refund) {
            return vec![];
        }
        let detail = RefundDetail {
            refund: result.refund.clone(),
            wallet: result.view.sale.wallet.clone(),
            history: vec![],
            people: vec![],
        };
        let open = opened(detail, Some(Ordering::new(OrderKind::SendAgain)));
        let mut effects = self.show_refunds(Refunds { open: Some(Box::new(open)), ..Refunds::default() });
        effects.extend(self.read_again());
        effects
    }

    fn write_order(&mut self, order: RefundOrder) -> Vec<Effect> {
        let Some(open) = self.open_refund() else { return vec![] };
        let allowed = open.detail.refund.allows(action_of(&order));
        if let Some(ordering) = &mut open.ordering
            && ordering.order.is_none()
            && kind_of(&order) == ordering.kind
            && allowed
        {
            ordering.order = Some(order);
        }
        vec![]
    }

    /// A manager's PIN or badge under a written order.
    pub(super) fn give_order(&mut self, approver: OperatorId, proof: Proof) -> Vec<Effect> {
        let turn = self.next_turn();
        let Some(open) = self.open_refund() else { return vec![] };
        let reference = open.detail.refund.reference.clone();
        let Some(Ordering { order: Some(order), waiting, refused, .. }) = &mut open.ordering else { return vec![] };
        if waiting.is_some() {
            return vec![];
        }
        (*waiting, *refused) = (Some(turn), None);
        vec![Effect::OrderRefund { turn, reference, order: order.clone(), approver, proof }]
    }

    fn ordered(&mut self, turn: Turn, refund: Refund) -> Vec<Effect> {
        let Some(open) = self.open_refund() else { return vec![] };
        let Some(kind) = open.ordering.as_ref().filter(|o| o.waiting == Some(turn)).map(|o| o.kind) else {
            return vec![];
        };
        open.ordering = None;
        open.done = Some(kind);
        open.detail.refund = refund;
        let mut effects = vec![Effect::Signal(Signal::Read)];
        effects.extend(self.read_again());
        effects.extend(self.list());
        effects
    }

    fn order_refused(&mut self, at: Timestamp, turn: Turn, why: OrderFault) -> Vec<Effect> {
        let Some(open) = self.open_refund() else { return vec![] };
        let Some(ordering) = open.ordering.as_mut().filter(|ordering| ordering.waiting == Some(turn)) else {
            return vec![];
        };
        ordering.waiting = None;
        let counted = matches!(why, OrderFault::Person(ApprovalFault::WrongPin { .. }));
        let rule = why.as_str();
        (ordering.refused, ordering.refused_at) = (Some(why), Some(at));
        let subject = open.detail.refund.reference.to_string();
        let mut effects = vec![Effect::Signal(Signal::Refused)];
        effects.extend((!counted).then(|| self.note(Note::Refused { at: RefusedAt::Order, subject, rule })));
        effects.extend(self.read_again());
        effects
    }

    /// A refund moved while the Refunds screen is shown.
    pub(super) fn moved_on_refunds(&mut self, refund: Refund) -> Vec<Effect> {
        let State::Refunds(refunds) = &mut self.state else { return vec![] };
        let shown = refunds.page.iter_mut().flat_map(|page| &mut page.refunds);
        for row in shown.filter(|row| row.reference == refund.reference) {
            *row = refund.clone();
        }
        let mut effects = vec![];
        let is_open = refunds.open.as_ref().is_some_and(|open| open.detail.refund.reference == refund.reference);
        if is_open {
            let state = refund.state;
            if let Some(open) = self.open_refund() {
                let changed = open.detail.refund.state != state;
                open.detail.refund = refund;
                withdraw_what_no_longer_fits(open);
                if changed {
                    effects.extend(sign(&open.detail.refund));
                }
            }
            effects.extend(self.read_again());
        }
        effects.extend(self.list());
        effects
    }

    /// Esc: out of the order, out of the refund, out of the list.
    pub(super) fn leave_refunds(&mut self) -> Vec<Effect> {
        if matches!(&self.state, State::Refunds(refunds) if refunds.open.is_none()) {
            let said = self.say_search();
            self.next_turn();
            self.state = State::Ready;
            return said.into_iter().collect();
        }
        let State::Refunds(refunds) = &mut self.state else { return vec![] };
        let Some(open) = refunds.open.as_deref_mut() else { return vec![] };
        match &mut open.ordering {
            Some(ordering) if ordering.waiting.is_some() => {}
            Some(ordering) if ordering.order.is_some() => {
                (ordering.order, ordering.refused) = (None, None);
            }
            Some(_) => open.ordering = None,
            None => {
                refunds.open = None;
                return self.list();
            }
        }
        vec![]
    }

    /// A receipt scanned over the list looks for its refunds.
    pub(super) fn scanned_on_refunds(&mut self, meaning: Scanned) -> Vec<Effect> {
        let State::Refunds(refunds) = &self.state else { return vec![] };
        if refunds.open.is_some() || refunds.opening.is_some() {
            return vec![];
        }
        match meaning {
            Scanned::Refused(_) => vec![Effect::Signal(Signal::Refused)],
            // What may be a part of a badge is not put into a field that everybody reads.
            Scanned::Candidate(candidate) if candidate.doubt == Some(Doubt::BadgePart) => {
                vec![Effect::Signal(Signal::Refused)]
            }
            Scanned::Candidate(candidate) => {
                let mut effects = vec![Effect::Signal(Signal::Read)];
                let text = candidate.key.as_str().to_owned();
                effects.extend(self.say_search());
                if let State::Refunds(refunds) = &mut self.state {
                    refunds.unsaid.clone_from(&text);
                }
                effects.extend(self.search(|query| (query.text, query.show) = (text, Default::default())));
                effects
            }
        }
    }
}

fn opened(detail: RefundDetail, ordering: Option<Ordering>) -> OpenRefund {
    OpenRefund { detail, reading: None, checking: None, shown: None, ordering, done: None }
}

const fn kind_of(order: &RefundOrder) -> OrderKind {
    match order {
        RefundOrder::SendAgain { .. } => OrderKind::SendAgain,
        RefundOrder::Release { .. } => OrderKind::Release,
        RefundOrder::Decide(_) => OrderKind::Decide,
    }
}

const fn action_of(order: &RefundOrder) -> RefundAction {
    match order {
        RefundOrder::SendAgain { .. } => RefundAction::SendAgain,
        RefundOrder::Release { .. } => RefundAction::Release,
        RefundOrder::Decide(decided) => match decided.verdict {
            Verdict::Refunded => RefundAction::SayRefunded,
            Verdict::NotExecuted => RefundAction::SayNotExecuted,
        },
    }
}

/// What the gateway brought may have made an order moot. One that was given keeps waiting for its answer.
fn withdraw_what_no_longer_fits(open: &mut OpenRefund) {
    let refund = &open.detail.refund;
    let fits = |ordering: &Ordering| {
        ordering.waiting.is_some()
            || (ordering.kind.fits(refund)
                && ordering.order.as_ref().is_none_or(|order| refund.allows(action_of(order))))
    };
    if open.ordering.as_ref().is_some_and(|ordering| !fits(ordering)) {
        open.ordering = None;
    }
}

/// What the open refund's new state sounds like, and whether it has to be followed up.
fn sign(refund: &Refund) -> Vec<Effect> {
    let signal = match refund.state {
        RefundState::Refunded => Signal::Done,
        RefundState::Declined | RefundState::NotSent | RefundState::NotExecuted => Signal::Refused,
        RefundState::Unknown | RefundState::Pending => Signal::Attention,
        RefundState::Prepared | RefundState::Sent | RefundState::Abandoned => return vec![],
    };
    let mut effects = vec![Effect::Signal(signal)];
    if signal == Signal::Attention {
        effects.push(Effect::ResolveRefund { reference: refund.reference.clone() });
    }
    effects
}
