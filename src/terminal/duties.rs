//! What the till does when the flow asks for it, one duty after another, each answered by an event.
//!
//! No thread is made here, and no clock, network or disk is touched but through what the till was given: the same
//! duties run under the real window and under a simulation. **The ledger is never held while the network is waited
//! for.** **A refund request is sent only by [`Duties::send`], with the ledger's own `Recorded` in hand, once.**

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::account::{self, AccountDesk};
use super::care::Care;
use super::checkup::{self, CheckDesk};
use super::clock::Clock;
use super::resolve;
use super::steady::Ages;
use crate::domain::{
    ApprovalFault, ApprovalId, Candidate, HouseFault, Intention, LookupFault, OperatorId, Outcome, Pin, Proof,
    RecordFault, Refund, RefundReference, RefundState, SaleId, SaleKey, SaleStatus, SaleView, ScanSource, Timestamp,
    TransactionNo, UnknownCause,
};
use crate::domain::{InvoiceReference, Refusal};
use crate::failpoint::failpoint;
use crate::flow::{Effect, Evidence, Turn, What};
use crate::gateway::{QueriedSale, QueryAnswer, QueryFailure, Reachability, TransactionType};
use crate::ledger::{
    ApproveError, Ledger, LedgerError, Notes, OperatorError, PinRefusal, RecordError, Recorded, ReportedRefund,
    SaleFacts, Yes,
};

/// The gateway as the till uses it; the real client, or a simulated one.
pub trait Gateway: Send + Sync {
    /// Sends one refund, once.
    fn send_refund(&self, recorded: Recorded) -> Outcome;

    /// Asks about one sale.
    fn query(&self, key: &SaleKey) -> QueryAnswer;

    /// Whether anybody answers there at all.
    fn reachable(&self) -> bool;
}

impl Gateway for crate::gateway::Client {
    fn send_refund(&self, recorded: Recorded) -> Outcome {
        Self::send_refund(self, recorded)
    }

    fn query(&self, key: &SaleKey) -> QueryAnswer {
        Self::query(self, key)
    }

    fn reachable(&self) -> bool {
        self.ping() == Reachability::Reachable
    }
}

/// The ledger, the gateway and the clock of one till, and what is done with them.
pub struct Duties {
    ledger: Mutex<Ledger>,
    gateway: Arc<dyn Gateway>,
    clock: Arc<dyn Clock>,
    care: Care,
    under_way: Mutex<Option<RefundReference>>,
    ages: Ages,
    counts: Mutex<Counts>,
    notes: Notes,
    account: Box<dyn AccountDesk>,
    checks: Box<dyn CheckDesk>,
}

/// How many refunds still want something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Sent, pending or unknown: being checked.
    pub unresolved: usize,
    /// Not sent or not executed: a manager sends them again or gives them up.
    pub waiting: usize,
    /// The gateway's word differs from ours, and no manager has looked.
    pub contradicted: usize,
}

impl Duties {
    /// Takes over an open ledger.
    pub fn new(ledger: Ledger, gateway: Arc<dyn Gateway>, clock: Arc<dyn Clock>) -> Self {
        Self {
            notes: ledger.notes(),
            ledger: Mutex::new(ledger),
            gateway,
            clock,
            care: Care::default(),
            under_way: Mutex::new(None),
            ages: Ages::default(),
            counts: Mutex::new(Counts::default()),
            account: account::none(),
            checks: checkup::none(),
        }
    }

    /// The same, with checks for the page "About".
    pub fn with_checks(self, checks: Box<dyn CheckDesk>) -> Self {
        Self { checks, ..self }
    }

    /// The till's facts and checks.
    pub(super) fn check_desk(&self) -> &dyn CheckDesk {
        self.checks.as_ref()
    }

    /// The same, with an account at the gateway that the settings pages can deal with.
    pub fn with_account(self, account: Box<dyn AccountDesk>) -> Self {
        Self { account, ..self }
    }

    /// The account, as the settings pages deal with it.
    pub fn account_desk(&self) -> &dyn AccountDesk {
        self.account.as_ref()
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Whether the gateway answers at all.
    pub fn gateway_reachable(&self) -> bool {
        self.gateway.reachable()
    }

    /// The gateway.
    pub(super) fn gateway(&self) -> &dyn Gateway {
        self.gateway.as_ref()
    }

    /// Where notes for the record are put down, never waiting for the ledger.
    pub fn notes(&self) -> &Notes {
        &self.notes
    }

    /// The ledger's caretaker.
    pub fn care(&self) -> &Care {
        &self.care
    }

    /// The ledger. A duty that panicked while it held the lock has had its transaction rolled back, so the ledger
    /// itself is whole and goes on being used.
    pub fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Checks a PIN.
    pub fn sign_in(&self, turn: Turn, operator: &OperatorId, pin: &Pin) -> What {
        let now = self.now();
        match self.ledger().sign_in(operator, pin, now) {
            Ok(operator) => What::SignedIn { turn, operator },
            Err(why) => What::SignInRefused { turn, why: operator_fault(&why) },
        }
    }

    /// Looks a sale up: here, and unless it is doubted, at the gateway.
    pub fn find_sale(&self, turn: Turn, candidate: &Candidate) -> What {
        match self.find(candidate) {
            Ok((view, confirmed)) => What::SaleFound { turn, view: Box::new(view), confirmed },
            Err(why) => What::SaleMissing { turn, why },
        }
    }

    fn find(&self, candidate: &Candidate) -> Result<(SaleView, bool), LookupFault> {
        for key in same_text(&candidate.key) {
            if let Some(view) = self.ledger().find_sale(&key).map_err(|error| lookup_fault(&error))? {
                return Ok((view, false));
            }
        }
        if let Some(doubt) = candidate.doubt {
            return Err(LookupFault::Doubted(doubt));
        }
        let mut why = LookupFault::NotFound;
        for key in same_text(&candidate.key) {
            match self.ask_gateway(&key) {
                Ok(sale) => return self.take_in(&sale).map(|view| (view, true)),
                Err(LookupFault::NotFound) => {}
                Err(other) => {
                    why = other;
                    break;
                }
            }
        }
        Err(why)
    }

    fn ask_gateway(&self, key: &SaleKey) -> Result<QueriedSale, LookupFault> {
        match self.gateway.query(key) {
            // The number of a refund, not of a payment: nothing to refund there.
            QueryAnswer::Found(sale) if sale.transaction_type != TransactionType::Payment => Err(LookupFault::NotFound),
            QueryAnswer::Found(sale) => Ok(sale),
            QueryAnswer::NoSuchSale => Err(LookupFault::NotFound),
            QueryAnswer::Failed(failure) => Err(lookup_failure(&failure)),
        }
    }

    /// Writes down what the gateway reports of a sale and its refunds.
    fn take_in(&self, sale: &QueriedSale) -> Result<SaleView, LookupFault> {
        let now = self.now();
        let facts = SaleFacts {
            transaction_no: sale.transaction_no.clone(),
            reference: sale.reference.clone(),
            paid: sale.amount,
            settle_currency: sale.settle_currency,
            wallet: None,
            paid_at: sale.paid_at,
            status: sale.status,
        };
        let refunds: Vec<_> = sale
            .refunds
            .iter()
            // One that failed took no money.
            .filter(|refund| !matches!(refund.status, Some(SaleStatus::Failed | SaleStatus::Closed)))
            .map(|refund| ReportedRefund {
                id: refund.id.clone().unwrap_or_default(),
                reference: refund.reference.clone(),
                amount: refund.amount,
            })
            .collect();
        let mut ledger = self.ledger();
        let view = ledger.insert_or_update_from_gateway(&facts, now).map_err(|error| lookup_fault(&error))?;
        for ours in &view.refunds {
            // What the gateway shows of our own counts wherever it is heard; its silence is counted by the follow-up.
            let (evidence, taken) = resolve::read_sale(ours, sale);
            if evidence == Evidence::Found && ours.state != RefundState::Prepared {
                ledger
                    .record_query_after(&ours.reference, &taken, now, self.since_last_query(&ours.reference))
                    .map_err(|error| unrecorded(&error))?;
            }
        }
        let report =
            ledger.replace_foreign_refunds(&view.sale.id, &refunds, now).map_err(|error| lookup_fault(&error))?;
        drop(ledger);
        for reference in &report.contradictions {
            tracing::warn!(%reference, "the gateway reports a refund of ours that we count as not executed");
        }
        self.count();
        Ok(report.view)
    }

    /// Asks the gateway how a sale stands and brings the ledger up to it.
    pub fn check_sale(&self, turn: Turn, sale_id: &SaleId, key: &SaleKey) -> What {
        let checked = self.ask_gateway(key).and_then(|sale| self.take_in(&sale)).and_then(|view| {
            // The gateway's answer must be about the sale on the screen, not about another that shares a number.
            if view.sale.id == *sale_id { Ok(view) } else { Err(LookupFault::GatewayUnclear) }
        });
        match checked {
            Ok(view) => What::SaleConfirmed { turn, view: Box::new(view) },
            Err(why) => What::SaleUnconfirmed { turn, why },
        }
    }

    /// Checks a PIN or a badge and writes the approval down, with the refund where it is enough for that.
    pub fn approve(&self, turn: Turn, intention: &Intention, approver: &OperatorId, proof: &Proof) -> What {
        if let Err(fault) = self.care.allow() {
            return What::RecordFailed { turn, why: RecordFault::House(fault) };
        }
        let now = self.now();
        if let (true, Proof::Pin(pin)) = (planted!("pin-logged"), proof) {
            tracing::info!(pin = pin.expose(), "a PIN was given")
        }
        let taken = self.ledger().take_yes(intention, approver, proof, now);
        match taken {
            Ok(Yes::Recorded(refund)) => What::RefundRecorded { turn, refund },
            Ok(Yes::WaitsForSecond(approval)) => What::Approved { turn, approval },
            Err(why) => What::ApprovalRefused { turn, why: approval_fault(why) },
        }
    }

    /// Holds the store's rules against what is to be approved.
    pub fn weigh(&self, turn: Turn, intention: &Intention, source: ScanSource) -> What {
        let now = self.now();
        let weighed = self.ledger().weigh(intention, source, now);
        What::Weighed { turn, weighed: weighed.map_err(|why| approval_fault(why.into())) }
    }

    /// Checks a second manager's PIN and writes their yes down.
    pub fn countersign(&self, turn: Turn, approval: &ApprovalId, manager: &OperatorId, proof: &Proof) -> What {
        let now = self.now();
        match self.ledger().countersign(approval, manager, proof, now) {
            Ok(()) => What::Countersigned { turn },
            Err(why) => What::ApprovalRefused { turn, why: approval_fault(why) },
        }
    }

    /// Records a refund under its approval.
    pub fn record(&self, turn: Turn, approval: &ApprovalId, intention: &Intention) -> What {
        if let Err(fault) = self.care.allow() {
            return What::RecordFailed { turn, why: RecordFault::House(fault) };
        }
        let now = self.now();
        match self.ledger().prepare(approval, intention, now) {
            Ok(refund) => What::RefundRecorded { turn, refund: Box::new(refund) },
            Err(why) => What::RecordFailed { turn, why: record_refused(&why) },
        }
    }

    /// Marks a refund sent, sends it, records the answer; says each move as it happens.
    pub fn send(&self, reference: &RefundReference, say: &mut dyn FnMut(What)) {
        self.set_under_way(Some(reference.clone()));
        let now = self.now();
        let allowed = self.care.allow().map_err(|_| RecordError::Ledger(LedgerError::Busy));
        let marked = allowed.and_then(|()| self.ledger().mark_sent(reference, now));
        let recorded = match marked {
            Ok(recorded) => recorded,
            Err(error) => {
                tracing::error!(%reference, %error, "not marked as sent, so not sent");
                self.set_under_way(None);
                return self.settle(reference, &unsendable(&error), say);
            }
        };
        self.say_state(reference, say);
        let outcome = self.gateway.send_refund(recorded);
        self.settle(reference, &outcome, say);
        self.set_under_way(None);
    }

    /// Does for the ledger's log what a commit that somebody waits for would have to do one day.
    pub(super) fn carry_log_over(&self) {
        if let Err(error) = self.ledger().carry_log_over() {
            tracing::warn!(%error, "the log could not be carried over; a later refund tries again");
        }
    }

    /// True while this very refund's request is under way here, so that nobody asks about it before its answer.
    pub fn is_under_way(&self, reference: &RefundReference) -> bool {
        self.under_way().as_ref() == Some(reference)
    }

    pub(super) fn under_way(&self) -> Option<RefundReference> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn set_under_way(&self, reference: Option<RefundReference>) {
        *self.under_way.lock().unwrap_or_else(PoisonError::into_inner) = reference;
    }

    /// Records an outcome. Where the ledger cannot, the refund stays `Sent` on disk and is shown as unknown: the next
    /// start finds it.
    pub(super) fn settle(&self, reference: &RefundReference, outcome: &Outcome, say: &mut dyn FnMut(What)) {
        let now = self.now();
        let settled = self.ledger().settle(reference, outcome, now);
        match settled {
            Ok(refund) => {
                self.count();
                say(What::RefundMoved(Box::new(refund)));
                failpoint!(OutcomeTold);
            }
            Err(error) => {
                tracing::error!(%reference, %error, "the answer could not be recorded");
                self.count();
                self.say_interrupted(reference, say);
            }
        }
    }

    /// Says how a refund stands in the ledger.
    pub(super) fn say_state(&self, reference: &RefundReference, say: &mut dyn FnMut(What)) {
        let found = self.ledger().refund(reference);
        if let Ok(refund) = found {
            self.count();
            say(What::RefundMoved(Box::new(refund)));
        }
    }

    /// Refunds that a query can tell more about.
    pub fn unresolved(&self) -> Vec<Refund> {
        self.ledger().unresolved().unwrap_or_else(|error| {
            tracing::error!(%error, "the unresolved refunds cannot be read");
            vec![]
        })
    }

    /// How many refunds want something, as of the last [`Duties::count`]. Never touches the ledger.
    pub fn counts(&self) -> Counts {
        *self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts anew, after something moved.
    pub fn count(&self) {
        let open = self.ledger().wanting_attention();
        match open {
            Ok(refunds) => {
                self.ages.look_at(&refunds, self.clock.steady_ms());
                let number = |which: fn(&Refund) -> bool| refunds.iter().filter(|refund| which(refund)).count();
                let counts = Counts {
                    unresolved: number(|refund| refund.state.is_unresolved()),
                    waiting: number(|refund| refund.waits_for_a_manager() && refund.contradiction.is_none()),
                    contradicted: number(|refund| refund.contradiction.is_some()),
                };
                *self.counts.lock().unwrap_or_else(PoisonError::into_inner) = counts;
            }
            Err(error) => tracing::error!(%error, "the open refunds cannot be counted"),
        }
    }

    /// How long ago this process asked about a refund before, by the clock that nobody sets; 0 when it did not. It is
    /// asked about now.
    pub(super) fn since_last_query(&self, reference: &RefundReference) -> i64 {
        self.ages.since_last_query(reference, self.clock.steady_ms())
    }

    /// For how long a refund has stood as it does, at least, by what this process saw and by what the machine's clock says
    /// of the time before it. The wall clock's word is none: it may have been set while the till was off.
    pub(super) fn age_ms(&self, ledger: &Ledger, refund: &Refund) -> Result<i64, LedgerError> {
        let now = self.now();
        if planted!("clock-believed-while-off") {
            return Ok(now.ms_since(refund.updated_at));
        }
        let machine_ms = ledger.standing_ms(refund, now)?.unwrap_or(0);
        Ok(machine_ms.max(self.ages.of(refund, self.clock.steady_ms())))
    }

    /// Asks once about one unresolved refund and records what was shown. Never sends anything but the query.
    pub fn resolve(&self, refund: &Refund, asked: u32, say: &mut dyn FnMut(What)) {
        let answer = self.gateway.query(&refund.sale_key);
        failpoint!(QueryAnswered);
        let now = self.now();
        let reference = &refund.reference;
        let (evidence, shown) = resolve::read(refund, &answer);
        let gone_ms = self.since_last_query(reference);
        let moved = self.ledger().record_query_after(reference, &shown, now, gone_ms);
        let next = match moved {
            Ok(moved) if moved == *refund => refund.state.is_unresolved(),
            Ok(moved) => {
                let unresolved = moved.state.is_unresolved();
                self.count();
                say(What::RefundMoved(Box::new(moved)));
                unresolved
            }
            Err(error) => {
                tracing::error!(%reference, %error, "a query's answer could not be recorded");
                true
            }
        };
        let next_at = next.then(|| now.plus_ms(resolve::wait_ms(asked)));
        say(What::RefundChecked { reference: reference.clone(), evidence, asked, next_at });
    }

    /// Carries out one effect that belongs to the ledger or the gateway. The camera, sounds and the follow-up of
    /// unresolved refunds are the desk's.
    pub fn carry_out(&self, effect: &Effect, say: &mut dyn FnMut(What)) {
        match effect {
            Effect::SignIn { turn, operator, pin } => say(self.sign_in(*turn, operator, pin)),
            Effect::FindSale { turn, candidate, .. } => say(self.find_sale(*turn, candidate)),
            Effect::CheckSale { turn, sale_id, key } => say(self.check_sale(*turn, sale_id, key)),
            Effect::Weigh { turn, intention, source } => say(self.weigh(*turn, intention, *source)),
            Effect::Countersign { turn, approval, manager, proof } => {
                say(self.countersign(*turn, approval, manager, proof));
            }
            Effect::Approve { turn, intention, approver, proof } => {
                say(self.approve(*turn, intention, approver, proof));
            }
            Effect::People { turn, task } => self.people(*turn, task, say),
            Effect::RecordRefund { turn, approval, intention } => say(self.record(*turn, approval, intention)),
            Effect::SendRefund { reference } => self.send(reference, say),
            Effect::ListRefunds { turn, query } => say(self.list_refunds(*turn, query)),
            Effect::ReadRefund { turn, reference } => say(self.read_refund(*turn, reference)),
            Effect::MakeReport { turn, ask, by } => say(self.make_report(*turn, ask, by)),
            Effect::ExportReport { turn, report, form, by } => say(self.export_report(*turn, report, *form, by)),
            Effect::OpenShift { turn, operator } => say(self.open_shift(*turn, operator)),
            Effect::CloseShift { turn, operator, by } => say(self.close_shift(*turn, operator, by)),
            Effect::CheckRefund { turn, reference } => self.check_refund(*turn, reference, say),
            Effect::OrderRefund { turn, reference, order, approver, proof } => {
                self.order(*turn, reference, order, (approver, proof), say);
            }
            Effect::Note { who, note } => self.note(who.as_ref(), note),
            Effect::FindInterrupted => self.find_interrupted(say),
            Effect::AdoptSettings { kept } => say(self.adopt(kept)),
            Effect::TestGateway { turn, account, token } => say(self.test_gateway(*turn, account, token.as_ref())),
            Effect::CheckUp { turn, by, pack } => say(self.check_up(*turn, by, *pack)),
            Effect::FindToken { turn } => say(self.find_token(*turn)),
            Effect::KeepToken { turn, by, token } => say(self.keep_token(*turn, by, token)),
            Effect::StartCamera
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
}

/// The keys a text may be looked up by, the likelier first: eighteen digits may also be a merchant's own number.
fn same_text(key: &SaleKey) -> Vec<SaleKey> {
    let other = match key {
        SaleKey::Transaction(number) => InvoiceReference::parse(number.as_str()).ok().map(SaleKey::Reference),
        SaleKey::Reference(reference) => TransactionNo::parse(reference.as_str()).ok().map(SaleKey::Transaction),
    };
    std::iter::once(key.clone()).chain(other).collect()
}

fn unsendable(error: &RecordError) -> Outcome {
    match error {
        // Somebody else moved it: whatever that was, we have not sent it, and only a query can tell.
        RecordError::IllegalMove { .. } | RecordError::AlreadyReported(_) => {
            Outcome::Unknown { cause: UnknownCause::Interrupted, code: None }
        }
        _ => Outcome::NotSent { cause: crate::domain::NotSentCause::Configuration },
    }
}

/// Why a question was not answered, in terms a screen can explain.
pub(super) const fn lookup_failure(failure: &QueryFailure) -> LookupFault {
    match failure {
        QueryFailure::AccessDenied => LookupFault::AccessDenied,
        QueryFailure::NotReached(_) | QueryFailure::NoAnswer => LookupFault::GatewayDown,
        QueryFailure::Unreadable | QueryFailure::Mismatch | QueryFailure::Gateway(_) => LookupFault::GatewayUnclear,
    }
}

/// A ledger error in terms a screen can explain.
pub fn house_fault(error: &LedgerError) -> HouseFault {
    match error {
        LedgerError::DiskFull => HouseFault::LedgerFull,
        LedgerError::ReadOnly => HouseFault::LedgerReadOnly,
        LedgerError::Busy => HouseFault::LedgerBusy,
        _ => HouseFault::LedgerBroken,
    }
}

fn unrecorded(error: &RecordError) -> LookupFault {
    match error {
        RecordError::Ledger(error) => lookup_fault(error),
        other => {
            tracing::error!(error = %other, "what the gateway shows could not be recorded");
            LookupFault::House(HouseFault::LedgerBroken)
        }
    }
}

fn lookup_fault(error: &LedgerError) -> LookupFault {
    tracing::warn!(%error, "a sale could not be looked up");
    match error {
        LedgerError::Ambiguous { .. } => LookupFault::Ambiguous,
        LedgerError::Conflict { .. } => LookupFault::AmountsDiffer,
        other => LookupFault::House(house_fault(other)),
    }
}

pub(super) fn record_refused(error: &RecordError) -> RecordFault {
    tracing::warn!(%error, "a refund was not recorded");
    match error {
        RecordError::Refused(refusal) => RecordFault::Refused(refusal.clone()),
        RecordError::Ledger(error) => RecordFault::House(house_fault(error)),
        RecordError::BalanceChanged { .. }
        | RecordError::IllegalMove { .. }
        | RecordError::NotEnoughEvidence
        | RecordError::TooEarly { .. }
        | RecordError::AlreadyReported(_) => RecordFault::Refused(Refusal::ApprovalVoid),
    }
}

pub(super) fn pin_refused(refusal: PinRefusal) -> ApprovalFault {
    match refusal {
        PinRefusal::Wrong { wait_seconds } => ApprovalFault::WrongPin { wait_seconds },
        PinRefusal::LockedOut { wait_seconds } => ApprovalFault::LockedOut { wait_seconds },
        PinRefusal::NoSuchOperator => ApprovalFault::Refused(Refusal::NotYourApproval),
        PinRefusal::UnknownBadge => ApprovalFault::UnknownBadge,
    }
}

fn approval_fault(error: ApproveError) -> ApprovalFault {
    match error {
        ApproveError::Pin(refusal) => pin_refused(refusal),
        ApproveError::Record(error) => match record_refused(&error) {
            RecordFault::Refused(refusal) => ApprovalFault::Refused(refusal),
            RecordFault::House(fault) => ApprovalFault::House(fault),
        },
    }
}

pub(super) fn operator_fault(error: &OperatorError) -> ApprovalFault {
    match error {
        OperatorError::Pin(refusal) => pin_refused(*refusal),
        OperatorError::Ledger(error) => ApprovalFault::House(house_fault(error)),
        _ => ApprovalFault::Refused(Refusal::NotYourApproval),
    }
}
