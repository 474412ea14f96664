//! What a refund costs the disk: each commit of the ledger waits for it once (`synchronous=FULL`, a write-ahead log), so
//! commits are counted, in the log itself, over whole refunds through the real flow, duties and ledger. No thread is
//! here, so that nothing is written but what the refund writes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod ledger_support;

use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;

use ledger_support::*;
use tillback::domain::{Candidate, HouseRules, OperatorId, Outcome, Role, SaleKey, ScanSource, Scanned, Timestamp};
use tillback::flow::{Event, Flow, Setting, State, What};
use tillback::gateway::QueryAnswer;
use tillback::ledger::{LedgerSettings, Recorded};
use tillback::terminal::{Clock, Duties, Gateway, Lane, lane_of};

struct Executes;

impl Gateway for Executes {
    fn send_refund(&self, _recorded: Recorded) -> Outcome {
        Outcome::Refunded { gateway_refund_no: Some("330000000000000001".to_owned()) }
    }

    fn query(&self, _key: &SaleKey) -> QueryAnswer {
        QueryAnswer::NoSuchSale
    }

    fn reachable(&self) -> bool {
        true
    }
}

struct Still;

impl Clock for Still {
    fn now(&self) -> Timestamp {
        NOW
    }

    fn steady_ms(&self) -> i64 {
        0
    }
}

/// Commits in a ledger's log: frames that end a transaction (sqlite.org/fileformat2.html, "WAL Frame Format"), of the
/// round that the log's head begins.
fn commits(ledger: &Path) -> usize {
    let log = std::fs::read(ledger.with_extension("db-wal")).unwrap();
    let number = |at: usize| u32::from_be_bytes(log[at..at + 4].try_into().unwrap());
    let (page_bytes, salt) = (usize::try_from(number(8)).unwrap(), (number(16), number(20)));
    let frames = (32..log.len()).step_by(24 + page_bytes);
    frames.filter(|at| (number(at + 8), number(at + 12)) == salt && number(at + 4) != 0).count()
}

struct Till {
    duties: Duties,
    flow: Flow,
    people: (OperatorId, OperatorId),
    store: tempfile::TempDir,
}

impl Till {
    fn new(rules: HouseRules) -> Self {
        let policy = tillback::domain::Policy { rules, ..policy() };
        let settings = LedgerSettings { policy: policy.clone(), ..settings() };
        let Store { folder, ledger, manager, other_manager, .. } = Store::with(settings);
        let operators = ledger.operators().unwrap();
        let cashier = operators.iter().find(|person| person.role == Role::Cashier).unwrap().clone();
        let setting = Setting { policy, ask_gateway_first: false, ..Setting::default() };
        let flow = Flow::signed_in(setting, operators, cashier);
        let duties = Duties::new(ledger, Arc::new(Executes), Arc::new(Still));
        Self { duties, flow, people: (manager, other_manager), store: folder }
    }

    fn commits(&self) -> usize {
        commits(&self.store.path().join("ledger.db"))
    }

    /// What happens, and all that follows from it.
    fn say(&mut self, what: What) {
        let mut happened = VecDeque::from([what]);
        while let Some(what) = happened.pop_front() {
            for effect in self.flow.step(Event { at: NOW, what }) {
                if lane_of(&effect) != Lane::Desk {
                    self.duties.carry_out(&effect, &mut |what| happened.push_back(what));
                }
            }
        }
    }

    fn reach_the_managers_pin(&mut self, amount: &str) {
        let meaning = Scanned::Candidate(Candidate { key: SaleKey::Transaction(number(SALE_NO)), doubt: None });
        self.say(What::CodeScanned { meaning, source: ScanSource::Scanner, masked: "2975..27".to_owned() });
        self.say(What::AmountTyped(amount.to_owned()));
        self.say(What::ReasonChosen(reason("Damaged")));
        self.say(What::ApprovalAsked);
        assert_eq!(self.flow.state().name(), "approval");
    }

    #[track_caller]
    fn is_refunded(&mut self) {
        let State::Result(result) = self.flow.state() else { panic!("on {}", self.flow.state().name()) };
        assert_eq!(result.refund.state.as_str(), "refunded");
        self.say(What::FinishPressed);
    }
}

#[test]
fn a_refund_waits_for_the_disk_three_times() {
    let mut till = Till::new(HouseRules::default());
    for _ in 0..3 {
        let idle = till.commits();
        till.reach_the_managers_pin("5.00");
        assert_eq!(till.commits(), idle, "before anybody has said yes there is nothing to wait for");
        till.say(What::PinGiven { approver: till.people.0.clone(), pin: pin(MANAGER_PIN) });
        till.is_refunded();
        // The yes with the refund as prepared, sent, the outcome; whatever was noted on the way rides along.
        assert_eq!(till.commits() - idle, 3);
    }
    assert!(!till.duties.notes().any());
}

#[test]
fn a_second_manager_costs_two_waits_more() {
    let mut till = Till::new(HouseRules { same_amount_minutes: 10, ..HouseRules::default() });
    till.reach_the_managers_pin("5.00");
    till.say(What::PinGiven { approver: till.people.0.clone(), pin: pin(MANAGER_PIN) });
    till.is_refunded();
    let idle = till.commits();
    till.reach_the_managers_pin("5.00");
    till.say(What::PinGiven { approver: till.people.0.clone(), pin: pin(MANAGER_PIN) });
    assert_eq!(till.flow.state().name(), "approval", "the second manager's yes is wanted");
    assert_eq!(till.commits() - idle, 1);
    till.say(What::PinGiven { approver: till.people.1.clone(), pin: pin(OTHER_MANAGER_PIN) });
    till.is_refunded();
    assert_eq!(till.commits() - idle, 5);
}
