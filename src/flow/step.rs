//! The steps themselves: state and event in, next state and effects out.
//!
//! **A refund leaves this room only through `SendRefund`, after `RefundRecorded` for the very intention on the screen**:
//! recorded by the yes that was enough for it, or under the approval of two (`approval`). Everything else is navigation.

use super::effect::{Effect, Signal};
use super::event::{Event, What};
use super::note::{Note, RefusedAt};
use super::parked::Parked;
use super::people::{InHand, PeopleWork};
use super::state::{
    AmountChoice, AmountProblem, Door, Draft, Finding, Locked, Resulting, SaleCheck, SaleReview, ScanProblem, Scanning,
    State, Step, StepKind,
};
use crate::domain::{
    AfterRefund, ApprovalFault, Doubt, HouseFault, Intention, Language, LookupFault, Money, MoneyError, Operator,
    OperatorId, Pin, Policy, Proof, Reason, Refund, RefundState, SaleView, ScanSource, Scanned, SetupPage, Timestamp,
    text::masked,
};

/// Numbers the questions the flow asks, so that a late answer to an earlier one is known as such.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Turn(u64);

impl Turn {
    /// The turn after this one.
    pub(super) const fn following(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// What the store has set.
#[derive(Debug, Clone, Default)]
pub struct Setting {
    /// What may be refunded.
    pub policy: Policy,
    /// Whether the gateway must confirm a sale before anyone is asked to approve.
    pub ask_gateway_first: bool,
    /// What is printed and opened by itself.
    pub after_refund: AfterRefund,
    /// Whether a sign-in begins a shift, where that person has none open.
    pub shift_at_sign_in: bool,
    /// The page on which the first start goes on; nothing once it is over.
    pub setup: Option<SetupPage>,
}

/// The conversation.
#[derive(Debug, Clone)]
pub struct Flow {
    pub(super) setting: Setting,
    pub(super) state: State,
    pub(super) operator: Option<Operator>,
    pub(super) operators: Vec<Operator>,
    pub(super) turn: Turn,
    /// Who has a badge.
    pub(super) holders: Vec<OperatorId>,
    /// Who has a language of their own.
    pub(super) languages: Vec<(OperatorId, Language)>,
    /// A badge that was scanned and waits for a press.
    pub(super) in_hand: Option<InHand>,
    /// A sale that the till locked itself over.
    pub(super) parked: Option<Parked>,
}

impl Flow {
    /// A till on which nobody is signed in yet.
    pub fn new(setting: Setting, operators: Vec<Operator>) -> Self {
        let first = operators.is_empty().then(PeopleWork::default);
        let naming = first.as_ref().and_then(|_| Self::naming(setting.setup));
        Self {
            setting,
            state: State::Locked(Locked { first, naming, ..Locked::default() }),
            operator: None,
            operators,
            turn: Turn::default(),
            holders: vec![],
            languages: vec![],
            in_hand: None,
            parked: None,
        }
    }

    /// A till that starts with somebody signed in: the demo.
    pub fn signed_in(setting: Setting, operators: Vec<Operator>, operator: Operator) -> Self {
        Self { state: State::Ready, operator: Some(operator), ..Self::new(setting, operators) }
    }

    /// The conversation after it failed: nobody is signed in, and the screen says why. Answers that are still on their
    /// way belong to no question of this one.
    pub fn started_over(&self) -> Self {
        let refused = Some(ApprovalFault::House(HouseFault::StartedOver));
        let mut flow = Self::new(self.setting.clone(), self.operators.clone());
        flow.turn = self.turn;
        flow.next_turn();
        flow.holders.clone_from(&self.holders);
        flow.languages.clone_from(&self.languages);
        if let State::Locked(locked) = &mut flow.state {
            locked.refused = refused;
        }
        flow
    }

    /// Where the conversation stands.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Who is signed in.
    pub fn operator(&self) -> Option<&Operator> {
        self.operator.as_ref()
    }

    /// Everyone who may sign in or approve.
    pub fn operators(&self) -> &[Operator] {
        &self.operators
    }

    /// The store's policy.
    pub fn policy(&self) -> &Policy {
        &self.setting.policy
    }

    /// True while something on the screen counts seconds, so that [`What::TimePassed`] is wanted.
    pub fn counts_seconds(&self) -> bool {
        match &self.state {
            State::Locked(locked) => locked.refused.is_some(),
            State::Sale(review) => review.refusal.is_some(),
            State::Approval(approving) => approving.refused.is_some() || self.in_hand.is_some(),
            State::Sending(_) | State::Result(_) => true,
            State::Refunds(refunds) => {
                let ordering = refunds.open.as_ref().and_then(|open| open.ordering.as_ref());
                ordering.is_some_and(|ordering| ordering.refused.is_some()) || self.in_hand.is_some()
            }
            State::Settings(settings) => {
                let refused = matches!(settings.door, Door::Closed { refused: Some(_), .. });
                refused || settings.people.refused_at.is_some()
            }
            State::Ready | State::Scan(_) | State::Problem(_) | State::Report(_) => false,
        }
    }

    pub(super) fn next_turn(&mut self) -> Turn {
        self.turn = self.turn.following();
        self.turn
    }

    /// Takes one event and says what is to be done about it.
    pub fn step(&mut self, event: Event) -> Vec<Effect> {
        let at = event.at;
        self.let_go_of_badge(at);
        let effects = self.take(event);
        self.let_go_of_badge(at);
        effects
    }

    fn take(&mut self, event: Event) -> Vec<Effect> {
        let at = event.at;
        match event.what {
            What::OperatorsKnown(operators) => self.people_known(at, operators),
            What::SignInAsked { operator, pin } => self.sign_in(operator, pin),
            What::SignedIn { turn, operator } => self.signed_in_now(at, turn, operator),
            What::SignInRefused { turn, why } => self.sign_in_refused(at, turn, why),
            What::LockPressed => self.lock(at, false),
            What::LeftAlone => self.lock(at, true),
            What::RefundPressed => self.start(),
            What::CodeScanned { meaning, source, masked } => self.scanned(at, meaning, source, masked),
            What::CodeTorn => self.torn(),
            What::Typing(typing) => {
                if let State::Scan(scanning) = &mut self.state {
                    scanning.typing = typing;
                }
                vec![]
            }
            What::SaleFound { turn, view, confirmed } => self.sale_found(at, turn, *view, confirmed),
            What::SaleMissing { turn, why } => self.sale_missing(turn, why),
            What::SaleConfirmed { turn, view } => self.sale_checked(at, turn, Ok(*view)),
            What::SaleUnconfirmed { turn, why } => self.sale_checked(at, turn, Err(why)),
            What::CheckAgainPressed => self.check_again(),
            What::AllChosen => self.choose(at, |draft, _| draft.choice = AmountChoice::All),
            What::AmountTyped(text) => self.choose(at, |draft, _| draft.choice = AmountChoice::Typed(text)),
            What::ItemToggled(place) => self.choose(at, |draft, view| toggle(draft, view, place)),
            What::ReasonChosen(reason) => self.choose(at, |draft, _| draft.reason = Some(reason)),
            What::ApprovalAsked => self.ask_approval(at),
            What::PinGiven { approver, pin } if matches!(self.state, State::Refunds(_)) => {
                self.give_order(approver, Proof::Pin(pin))
            }
            What::PinGiven { approver, pin } => self.give_proof(approver, Proof::Pin(pin)),
            What::OnPeople(what) => self.on_people(at, what),
            What::OnRefunds(what) => self.on_refunds(at, what),
            What::OnReport(what) => self.on_report(what),
            What::NoteTyped(text) => self.note_typed(text),
            What::Weighed { turn, weighed } => self.weighed(turn, weighed),
            What::Approved { turn, approval } => self.approved(at, turn, approval),
            What::Countersigned { turn } => self.countersigned(at, turn),
            What::ApprovalRefused { turn, why } => self.approval_refused(at, turn, why),
            What::RefundRecorded { turn, refund } => self.recorded(at, turn, *refund),
            What::RecordFailed { turn, why } => self.record_failed(at, turn, why),
            What::RefundMoved(refund) => self.moved(at, *refund),
            What::RefundChecked { reference, evidence, asked, next_at } => {
                if let State::Result(result) = &mut self.state
                    && result.refund.reference == reference
                {
                    result.steps.push(Step { at, kind: StepKind::Asked { times: asked, evidence } });
                    result.next_check_at = next_at;
                }
                vec![]
            }
            What::OnDevices(what) => self.on_devices(what),
            What::CancelPressed => self.cancel(),
            What::NextPressed => self.leave_result(true),
            What::FinishPressed => self.leave_result(false),
            What::TimePassed => self.time_passed(at),
            What::SettingsPressed => self.open_settings(),
            What::ManagerPinGiven { operator, pin } => self.manager_pin(operator, pin),
            What::SettingsPageChosen(page) => self.open_page(page),
            What::SettingChosen(change) => self.change_setting(change),
            What::SettingKept(kept) => self.setting_kept(kept),
            What::OnSettings(what) => self.on_settings(what),
            What::OnSetup(what) => self.on_setup(what),
            What::CamerasAsked => self.look_for_cameras(),
        }
    }

    fn sign_in(&mut self, operator: OperatorId, pin: Pin) -> Vec<Effect> {
        let turn = self.next_turn();
        let State::Locked(locked) = &mut self.state else { return vec![] };
        if locked.checking.is_some() || locked.first.is_some() {
            return vec![];
        }
        (locked.checking, locked.refused) = (Some(turn), None);
        vec![Effect::SignIn { turn, operator, pin }]
    }

    fn signed_in_now(&mut self, at: Timestamp, turn: Turn, operator: Operator) -> Vec<Effect> {
        if self.waits_at_locked(turn) {
            let mut effects = self.come_in(at, operator);
            effects.extend(self.go_on_with_setup());
            return effects;
        }
        self.manager_came(turn, &operator, at)
    }

    fn sign_in_refused(&mut self, at: Timestamp, turn: Turn, why: ApprovalFault) -> Vec<Effect> {
        if self.waits_at_locked(turn) {
            let mut effects = vec![Effect::Signal(Signal::Refused)];
            effects.extend(self.refused(RefusedAt::SignIn, String::new(), &why));
            if let State::Locked(locked) = &mut self.state {
                (locked.checking, locked.refused) = (None, Some(why));
            }
            return effects;
        }
        self.manager_refused(turn, why, at)
    }

    fn waits_at_locked(&self, turn: Turn) -> bool {
        match &self.state {
            State::Locked(locked) => {
                locked.checking == Some(turn) || locked.first.as_ref().is_some_and(|first| first.waiting == Some(turn))
            }
            _ => false,
        }
    }

    /// A refusal for the record; a wrong PIN is counted there where it is looked at.
    pub(super) fn refused(&self, at: RefusedAt, subject: String, why: &ApprovalFault) -> Option<Effect> {
        let counted = matches!(why, ApprovalFault::WrongPin { .. });
        (!counted).then(|| self.note(Note::Refused { at, subject, rule: why.as_str() }))
    }

    pub(super) fn lock(&mut self, at: Timestamp, idle: bool) -> Vec<Effect> {
        // While a yes is looked at the refund may be recorded already: who asked for it sees it through.
        let at_the_ledger = matches!(&self.state, State::Approval(approving) if approving.checking.is_some());
        if at_the_ledger || matches!(self.state, State::Locked(_) | State::Sending(_)) {
            return vec![];
        }
        let mut effects = self.leave_settings();
        effects.extend(self.say_search());
        if matches!(self.state, State::Scan(_)) {
            effects.push(Effect::StopCamera);
        }
        self.park(at);
        if self.parked.is_none() {
            effects.extend(self.put_away());
        }
        effects.push(self.note(Note::Locked { idle }));
        self.operator = None;
        self.next_turn();
        let waits_for = self.parked.as_ref().map(|parked| parked.whose.clone());
        self.state = State::Locked(Locked { waits_for, ..Locked::default() });
        effects
    }

    /// A sale that is left without a refund, for the record.
    pub(super) fn put_away(&self) -> Option<Effect> {
        let sale = match &self.state {
            State::Sale(review) => &review.view.sale.id,
            State::Approval(approving) => &approving.intention.sale_id,
            _ => return None,
        };
        Some(self.note(Note::SaleLeft { sale: sale.clone() }))
    }

    fn start(&mut self) -> Vec<Effect> {
        if !matches!(self.state, State::Ready) {
            return vec![];
        }
        self.state = State::Scan(Scanning::default());
        vec![Effect::StartCamera]
    }

    /// A scan on Ready starts a refund at once; on Scan it is looked up; over the list of refunds it
    /// looks for those of that receipt; anywhere else it is swallowed.
    fn scanned(&mut self, at: Timestamp, meaning: Scanned, source: ScanSource, masked: String) -> Vec<Effect> {
        let mut effects = vec![];
        match &self.state {
            State::Ready => effects.push(Effect::StartCamera),
            State::Scan(scanning) if scanning.finding.is_some() => return effects,
            State::Scan(scanning) if scanning.typing && source == ScanSource::Camera => return effects,
            State::Scan(_) => {}
            State::Refunds(_) => return self.scanned_on_refunds(meaning),
            _ => return effects,
        }
        match meaning {
            Scanned::Refused(refusal) => {
                effects.push(self.note(Note::ScanRefused { masked, source, why: refusal.clone() }));
                self.state =
                    State::Scan(Scanning { problem: Some(ScanProblem::Refused(refusal)), ..Scanning::default() });
                effects.push(Effect::Signal(Signal::Refused));
            }
            Scanned::Candidate(candidate) => {
                let turn = self.next_turn();
                // What may be a part of a badge is looked for and shown to nobody.
                let text = match candidate.doubt {
                    Some(Doubt::BadgePart) => masked.clone(),
                    _ => candidate.key.as_str().to_owned(),
                };
                let finding = Finding { turn, text, source, since: at };
                self.state = State::Scan(Scanning { finding: Some(finding), ..Scanning::default() });
                effects.push(Effect::Signal(Signal::Read));
                effects.push(self.note(Note::CodeRead { masked, candidate: candidate.clone(), source }));
                effects.push(Effect::FindSale { turn, candidate, source });
            }
        }
        effects
    }

    /// Where a scan would have meant something, whoever scanned has to know that it did not.
    fn torn(&self) -> Vec<Effect> {
        if self.state.hears_scans() { vec![Effect::Signal(Signal::Torn)] } else { vec![] }
    }

    fn sale_found(&mut self, at: Timestamp, turn: Turn, view: SaleView, confirmed: bool) -> Vec<Effect> {
        let State::Scan(Scanning { finding: Some(finding), .. }) = &self.state else { return vec![] };
        if finding.turn != turn {
            return vec![];
        }
        let (source, number) = (finding.source, finding.text.clone());
        let note = Note::SaleFound { sale: view.sale.id.clone(), number, at_gateway: confirmed };
        let mut effects = vec![Effect::StopCamera, self.note(note)];
        let check = match (confirmed || !self.setting.ask_gateway_first, view.sale.key()) {
            (true, _) if confirmed => SaleCheck::Confirmed,
            (true, _) => SaleCheck::NotAsked,
            (false, None) => SaleCheck::Failed(LookupFault::NotFound),
            (false, Some(key)) => {
                let turn = self.next_turn();
                effects.push(Effect::CheckSale { turn, sale_id: view.sale.id.clone(), key });
                SaleCheck::Asking(turn)
            }
        };
        let mut review = SaleReview {
            amount: Err(AmountProblem::Empty),
            view,
            source,
            draft: Draft::default(),
            check,
            refusal: None,
            came_back: None,
        };
        judge(&self.setting.policy, &mut review, at);
        if let Some(refusal) = &review.refusal {
            effects.push(Effect::Signal(Signal::Refused));
            effects.push(self.note(Note::sale_refused(&review.view.sale.id, refusal)));
        }
        self.state = State::Sale(Box::new(review));
        effects
    }

    fn sale_missing(&mut self, turn: Turn, why: LookupFault) -> Vec<Effect> {
        let State::Scan(Scanning { finding: Some(finding), .. }) = &self.state else { return vec![] };
        if finding.turn != turn {
            return vec![];
        }
        let masked = masked(&finding.text);
        let note = self.note(Note::SaleNotFound { masked: masked.clone(), why });
        let problem = match why {
            LookupFault::Doubted(doubt) => ScanProblem::Doubted(doubt),
            why => ScanProblem::Lookup { why, masked },
        };
        self.state = State::Scan(Scanning { problem: Some(problem), ..Scanning::default() });
        vec![Effect::Signal(Signal::Refused), note]
    }

    fn sale_checked(&mut self, at: Timestamp, turn: Turn, answer: Result<SaleView, LookupFault>) -> Vec<Effect> {
        let State::Sale(review) = &mut self.state else { return vec![] };
        if review.check != SaleCheck::Asking(turn) {
            return vec![];
        }
        let was_allowed = review.refusal.is_none();
        match answer {
            Ok(view) => {
                review.view = view;
                review.check = SaleCheck::Confirmed;
            }
            Err(why) => review.check = SaleCheck::Failed(why),
        }
        judge(&self.setting.policy, review, at);
        let fault = if let SaleCheck::Failed(why) = review.check { Some(why) } else { None };
        let refusal = review.refusal.clone().filter(|_| was_allowed);
        let sale = review.view.sale.id.clone();
        let stopped = was_allowed && (refusal.is_some() || fault.is_some());
        let refused = refusal.map(|refusal| self.note(Note::sale_refused(&sale, &refusal)));
        let checked = self.note(Note::SaleChecked { sale, fault });
        let signal = stopped.then_some(Effect::Signal(Signal::Refused));
        std::iter::once(checked).chain(refused).chain(signal).collect()
    }

    fn check_again(&mut self) -> Vec<Effect> {
        let turn = self.next_turn();
        let State::Sale(review) = &mut self.state else { return vec![] };
        match (review.check, review.view.sale.key()) {
            (SaleCheck::Failed(_), Some(key)) => {
                review.check = SaleCheck::Asking(turn);
                review.came_back = None;
                vec![Effect::CheckSale { turn, sale_id: review.view.sale.id.clone(), key }]
            }
            _ => vec![],
        }
    }

    fn choose(&mut self, at: Timestamp, change: impl FnOnce(&mut Draft, &SaleView)) -> Vec<Effect> {
        if let State::Sale(review) = &mut self.state {
            change(&mut review.draft, &review.view);
            review.came_back = None;
            judge(&self.setting.policy, review, at);
        }
        vec![]
    }

    /// A refund moved. Only the one on the screen changes the screen.
    fn moved(&mut self, at: Timestamp, refund: Refund) -> Vec<Effect> {
        match &mut self.state {
            State::Sending(sending) if sending.refund.as_ref().is_some_and(|r| r.reference == refund.reference) => {
                let kind =
                    if refund.state == RefundState::Sent { StepKind::Sent } else { StepKind::Moved(refund.state) };
                sending.steps.push(Step { at, kind });
                if matches!(refund.state, RefundState::Prepared | RefundState::Sent) {
                    sending.refund = Some(refund);
                    return vec![];
                }
                let steps = std::mem::take(&mut sending.steps);
                let view = sending.review.view.clone();
                let mut effects = announce(&refund);
                effects.extend(self.after_refund(&refund));
                self.state = State::Result(Box::new(Resulting { view, refund, steps, next_check_at: None, since: at }));
                effects
            }
            State::Result(result) if result.refund.reference == refund.reference => {
                if result.refund.state == refund.state {
                    result.refund = refund;
                    return vec![];
                }
                result.steps.push(Step { at, kind: StepKind::Moved(refund.state) });
                result.next_check_at = None;
                result.since = at;
                result.refund = refund;
                let refund = result.refund.clone();
                let signs = announce(&refund).into_iter().filter(|effect| matches!(effect, Effect::Signal(_)));
                signs.chain(self.after_refund(&refund)).collect()
            }
            State::Refunds(_) => self.moved_on_refunds(refund),
            _ => vec![],
        }
    }

    fn cancel(&mut self) -> Vec<Effect> {
        match &self.state {
            State::Scan(_) => {
                self.next_turn();
                self.state = State::Ready;
                vec![Effect::StopCamera]
            }
            State::Sale(_) => {
                self.next_turn();
                let note = self.put_away();
                self.state = State::Ready;
                note.into_iter().collect()
            }
            State::Approval(approving) if approving.checking.is_none() => {
                self.state = State::Sale(Box::new(approving.review.clone()));
                vec![]
            }
            State::Problem(_) | State::Result(_) => self.leave_result(false),
            State::Refunds(_) => self.leave_refunds(),
            State::Report(_) => self.leave_report(),
            State::Settings(settings) if settings.guide.is_some() => self.setup_back(),
            State::Settings(_) => {
                self.next_turn();
                let effects = self.leave_settings();
                self.state = State::Ready;
                effects
            }
            State::Approval(_) | State::Locked(_) | State::Ready | State::Sending(_) => vec![],
        }
    }

    fn leave_result(&mut self, next: bool) -> Vec<Effect> {
        if !matches!(self.state, State::Result(_) | State::Problem(_)) {
            return vec![];
        }
        self.state = State::Ready;
        if next { self.start() } else { vec![] }
    }

    fn time_passed(&mut self, at: Timestamp) -> Vec<Effect> {
        match &mut self.state {
            State::Sale(review) => judge(&self.setting.policy, review, at),
            State::Result(result) if result.finishes_at().is_some_and(|end| at >= end) => {
                return self.leave_result(false);
            }
            _ => {}
        }
        vec![]
    }
}

/// What the gateway's answer sounds like, and whether it has to be followed up.
fn announce(refund: &Refund) -> Vec<Effect> {
    let follow = || Effect::ResolveRefund { reference: refund.reference.clone() };
    match refund.state {
        RefundState::Refunded => vec![Effect::Signal(Signal::Done)],
        RefundState::Declined | RefundState::NotSent | RefundState::NotExecuted => {
            vec![Effect::Signal(Signal::Refused)]
        }
        RefundState::Unknown | RefundState::Pending => vec![Effect::Signal(Signal::Attention), follow()],
        RefundState::Prepared | RefundState::Sent | RefundState::Abandoned => vec![],
    }
}

fn toggle(draft: &mut Draft, view: &SaleView, place: usize) {
    if place >= view.sale.items.len() {
        return;
    }
    let mut ticked = match &draft.choice {
        AmountChoice::Items(ticked) => ticked.clone(),
        AmountChoice::All | AmountChoice::Typed(_) => Default::default(),
    };
    if !ticked.remove(&place) {
        ticked.insert(place);
    }
    draft.choice = AmountChoice::Items(ticked);
}

/// Works out the chosen amount and every refusal anew from what is on the screen.
pub(super) fn judge(policy: &Policy, review: &mut SaleReview, at: Timestamp) {
    review.refusal = policy.check_sale(&review.view, at).err();
    review.amount = chosen_amount(&review.view, &review.draft.choice).and_then(|amount| {
        policy.check_amount(&review.view, amount, at).map(|()| amount).map_err(AmountProblem::Refused)
    });
}

fn chosen_amount(view: &SaleView, choice: &AmountChoice) -> Result<Money, AmountProblem> {
    let unreadable = |fault: MoneyError| AmountProblem::Unreadable(fault);
    match choice {
        AmountChoice::All => view.balance.left().map_err(unreadable),
        AmountChoice::Typed(text) if text.trim().is_empty() => Err(AmountProblem::Empty),
        AmountChoice::Typed(text) => Money::parse(text, view.sale.paid.currency()).map_err(unreadable),
        AmountChoice::Items(ticked) if ticked.is_empty() => Err(AmountProblem::Empty),
        AmountChoice::Items(ticked) => ticked
            .iter()
            .filter_map(|place| view.sale.items.get(*place))
            .try_fold(Money::zero(view.sale.paid.currency()), |sum, item| sum.plus(item.amount))
            .map_err(unreadable),
    }
}

/// The intention on the screen, if it may be asked for.
pub(super) fn intention(review: &SaleReview, operator: Option<&Operator>) -> Option<Intention> {
    let (true, Ok(amount), Some(reason), Some(operator)) =
        (review.can_ask(), &review.amount, &review.draft.reason, operator)
    else {
        return None;
    };
    Some(Intention {
        sale_id: review.view.sale.id.clone(),
        sale_key: review.view.sale.key()?,
        amount: *amount,
        settle_currency: review.view.sale.settle_currency,
        reason: Reason::clone(reason),
        requester: operator.id.clone(),
        left_seen: review.view.balance.left().ok()?,
        note: None,
    })
}
