//! When a manager may say that a refund did not happen: after ten minutes that have really gone by, in this run of the
//! till or by the machine's own clock. The wall clock may say what it likes, also while the till is off.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod ledger_support;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use ledger_support::{MANAGER_PIN, NOW, Store, pin, reason, settings};
use tillback::domain::{
    EvidenceNumber, HandDecision, OperatorId, OrderFault, Outcome, Proof, Refund, RefundReference, RefundState,
    SaleKey, Timestamp, UnknownCause, Verdict,
};
use tillback::flow::{OnRefunds, RefundOrder, Turn, What};
use tillback::gateway::{QueryAnswer, QueryFailure};
use tillback::ledger::{Ledger, LedgerSettings, Recorded, SteadyClock, SteadyMoment};
use tillback::terminal::{Clock, Duties, Gateway};

/// Time that goes by, a wall clock that somebody sets, and how often the machine was started.
#[derive(Clone, Default)]
struct Day(Arc<[AtomicI64; 3]>);

impl Day {
    fn get(&self, which: usize) -> i64 {
        self.0[which].load(Ordering::SeqCst)
    }

    fn passes(&self, seconds: i64) {
        self.0[0].fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    fn is_set_forward(&self, seconds: i64) {
        self.0[1].fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    fn machine_starts_again(&self) {
        self.0[2].fetch_add(1, Ordering::SeqCst);
    }
}

impl Clock for Day {
    fn now(&self) -> Timestamp {
        NOW.plus_ms(self.get(0) + self.get(1))
    }

    fn steady_ms(&self) -> i64 {
        self.get(0)
    }
}

impl SteadyClock for Day {
    fn read(&self) -> Option<SteadyMoment> {
        Some(SteadyMoment { boot: self.get(2).to_string(), ms: self.get(0) })
    }
}

/// A gateway that nobody reaches.
struct Silent;

impl Gateway for Silent {
    fn send_refund(&self, _: Recorded) -> Outcome {
        Outcome::Unknown { cause: UnknownCause::TimedOut, code: None }
    }

    fn query(&self, _: &SaleKey) -> QueryAnswer {
        QueryAnswer::Failed(QueryFailure::NoAnswer)
    }

    fn reachable(&self) -> bool {
        false
    }
}

/// A till that is stopped and started on one ledger, with a refund whose answer never came.
struct Till {
    path: PathBuf,
    day: Day,
    manager: OperatorId,
    refund: RefundReference,
    has_machine_clock: bool,
    duties: Option<Duties>,
    _folder: tempfile::TempDir,
}

impl Till {
    fn with_an_unknown_refund(has_machine_clock: bool) -> Self {
        let day = Day::default();
        let mut store = Store::with(settings_with(&day, has_machine_clock));
        let refund = store.sent(500, day.now()).reference;
        let lost = Outcome::Unknown { cause: UnknownCause::TimedOut, code: None };
        store.ledger.settle(&refund, &lost, day.now()).unwrap();
        let (path, manager, folder) = (store.path(), store.manager.clone(), store.folder);
        drop(store.ledger);
        let mut till = Self { path, day, manager, refund, has_machine_clock, duties: None, _folder: folder };
        till.starts();
        till
    }

    fn starts(&mut self) {
        self.duties = None;
        let ledger =
            Ledger::open(&self.path, settings_with(&self.day, self.has_machine_clock), self.day.now()).unwrap();
        let duties = Duties::new(ledger, Arc::new(Silent), Arc::new(self.day.clone()));
        duties.count();
        self.duties = Some(duties);
    }

    /// What becomes of a manager's word: the refund as it stands, or the seconds to wait.
    fn it_did_not_happen(&self) -> Result<RefundState, u32> {
        let evidence = EvidenceNumber::parse("R-0815").unwrap();
        let order =
            RefundOrder::Decide(HandDecision { verdict: Verdict::NotExecuted, reason: reason("no line"), evidence });
        let mut said: Option<Result<Refund, OrderFault>> = None;
        let by = (&self.manager, &Proof::Pin(pin(MANAGER_PIN)));
        self.duties.as_ref().unwrap().order(Turn::default(), &self.refund, &order, by, &mut |what| match what {
            What::OnRefunds(OnRefunds::Ordered { refund, .. }) => said = Some(Ok(*refund)),
            What::OnRefunds(OnRefunds::OrderRefused { why, .. }) => said = Some(Err(why)),
            _ => {}
        });
        match said.unwrap() {
            Ok(refund) => Ok(refund.state),
            Err(OrderFault::TooEarly { wait_seconds }) => Err(wait_seconds),
            Err(other) => panic!("{other:?}"),
        }
    }
}

fn settings_with(day: &Day, has_machine_clock: bool) -> LedgerSettings {
    let clock: Box<dyn SteadyClock> = Box::new(day.clone());
    LedgerSettings { steady: has_machine_clock.then_some(clock), ..settings() }
}

#[test]
fn a_clock_set_forward_while_the_till_is_off_makes_nobodys_word_safe() {
    for has_machine_clock in [true, false] {
        let mut till = Till::with_an_unknown_refund(has_machine_clock);
        till.day.is_set_forward(86_400);
        till.starts();
        assert_eq!(till.it_did_not_happen(), Err(600), "machine's clock: {has_machine_clock}");
        till.day.passes(599);
        assert_eq!(till.it_did_not_happen(), Err(1), "machine's clock: {has_machine_clock}");
        till.day.passes(1);
        assert_eq!(till.it_did_not_happen(), Ok(RefundState::NotExecuted), "machine's clock: {has_machine_clock}");
    }
}

#[test]
fn a_till_that_is_started_again_goes_on_counting_by_the_machines_clock() {
    let mut till = Till::with_an_unknown_refund(true);
    till.day.passes(400);
    till.starts();
    assert_eq!(till.it_did_not_happen(), Err(200));
    // Off while the time goes by, which it really does.
    till.duties = None;
    till.day.passes(200);
    till.starts();
    assert_eq!(till.it_did_not_happen(), Ok(RefundState::NotExecuted));
}

#[test]
fn without_such_a_clock_or_after_the_machine_was_started_the_ten_minutes_begin_with_the_till() {
    for has_machine_clock in [true, false] {
        let mut till = Till::with_an_unknown_refund(has_machine_clock);
        till.day.passes(3600);
        till.day.machine_starts_again();
        till.starts();
        assert_eq!(till.it_did_not_happen(), Err(600), "machine's clock: {has_machine_clock}");
        till.day.passes(300);
        till.starts();
        let left = if has_machine_clock { 300 } else { 600 };
        assert_eq!(till.it_did_not_happen(), Err(left), "machine's clock: {has_machine_clock}");
        till.day.passes(600);
        assert_eq!(till.it_did_not_happen(), Ok(RefundState::NotExecuted), "machine's clock: {has_machine_clock}");
    }
}
