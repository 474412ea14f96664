//! T9, above the ledger: every order of what people can do around an approval at the screen, to a depth, through the real
//! flow, duties and ledger. What is recorded must be what somebody with the right PIN was looking at, once, in time.
//!
//! Orders that lead to the same screen and the same rows go on as one. `TILLBACK_DEPTH` sets the depth.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod ledger_support;

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use ledger_support::*;
use tillback::domain::{
    ApprovalId, Candidate, Operator, OperatorId, Outcome, Proof, RefundReference, RefundState, Role, SaleKey,
    ScanSource, Scanned, Timestamp,
};
use tillback::flow::{Effect, Event, Flow, Setting, State, What};
use tillback::gateway::QueryAnswer;
use tillback::ledger::{Ledger, Recorded, RefundFilter};
use tillback::terminal::{Clock, Duties, Gateway};

/// Steps of an order in CI, from the sale on the screen with a reason chosen.
const DEPTH: usize = 7;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    /// Back to the sale if need be, the other amount, and "Ask the manager".
    OtherAmount,
    OtherReason,
    Ask,
    Cancel,
    WrongPin,
    OnePin,
    OtherPin,
    /// What the till was to do next is done, and its answer heard.
    Work,
    /// The last answer comes once more.
    Again,
    /// Two minutes and a second.
    Expire,
    ClockBack,
    Restart,
}

const ACTS: [Act; 12] = [
    Act::OtherAmount,
    Act::OtherReason,
    Act::Ask,
    Act::Cancel,
    Act::WrongPin,
    Act::OnePin,
    Act::OtherPin,
    Act::Work,
    Act::Again,
    Act::Expire,
    Act::ClockBack,
    Act::Restart,
];

/// Nothing is sent here: the gateway is not reached.
struct Nobody;

impl Gateway for Nobody {
    fn send_refund(&self, _recorded: Recorded) -> Outcome {
        Outcome::NotSent { cause: tillback::domain::NotSentCause::Unreachable }
    }

    fn query(&self, _key: &SaleKey) -> QueryAnswer {
        QueryAnswer::NoSuchSale
    }

    fn reachable(&self) -> bool {
        false
    }
}

struct Hands(AtomicI64);

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        NOW.plus_ms(self.0.load(Ordering::Relaxed))
    }

    fn steady_ms(&self) -> i64 {
        0
    }
}

/// A right PIN on what the screen showed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Seen {
    amount: i64,
    reason: String,
    approver: String,
    used: bool,
}

#[derive(Clone)]
struct Node {
    flow: Flow,
    waiting: VecDeque<Effect>,
    last: Option<What>,
    now: i64,
    seen: Vec<Seen>,
    bytes: Arc<Vec<u8>>,
    /// What stands in the ledger, each row with a moment of its own.
    rows: Arc<Vec<(String, i64)>>,
    /// By id: when each approval was given, and whether it was used.
    approvals: Arc<BTreeMap<String, (i64, bool)>>,
    refunds: Vec<RefundReference>,
    path: Vec<Act>,
    orders: u64,
}

struct Bench {
    path: PathBuf,
    people: Vec<Operator>,
}

impl Bench {
    fn duties(&self, node: &Node) -> Duties {
        for entry in std::fs::read_dir(self.path.parent().unwrap()).unwrap().map(Result::unwrap) {
            std::fs::remove_file(entry.path()).unwrap();
        }
        std::fs::write(&self.path, &*node.bytes).unwrap();
        let ledger = Ledger::open_shared(&self.path, settings(), NOW.plus_ms(node.now)).unwrap();
        Duties::new(ledger, Arc::new(Nobody), Arc::new(Hands(AtomicI64::new(node.now))))
    }

    fn id(&self, name: &str) -> OperatorId {
        self.people.iter().find(|person| person.name.as_str() == name).unwrap().id.clone()
    }

    fn happened(&self, node: &mut Node, what: What) {
        // What the person is looking at as they give a PIN.
        if let (What::PinGiven { approver, pin }, State::Approval(approving)) = (&what, node.flow.state())
            && approving.checking.is_none()
            && [("Bruno", MANAGER_PIN), ("Chiara", OTHER_MANAGER_PIN)]
                .iter()
                .any(|(name, right)| self.id(name) == *approver && *right == pin.expose())
        {
            node.seen.push(Seen {
                amount: approving.intention.amount.minor(),
                reason: approving.intention.reason.as_str().to_owned(),
                approver: approver.as_str().to_owned(),
                used: false,
            });
        }
        let effects = node.flow.step(Event { at: NOW.plus_ms(node.now), what });
        let ours = |effect: &Effect| matches!(effect, Effect::Approve { .. } | Effect::RecordRefund { .. });
        node.waiting.extend(effects.into_iter().filter(ours));
    }

    fn step(&self, from: &Node, act: Act) -> Result<Node, String> {
        let mut to = from.clone();
        to.path.push(act);
        let tell = |node: &mut Node, what| self.happened(node, what);
        let give = |name: &str, digits: &str| What::PinGiven { approver: self.id(name), pin: pin(digits) };
        match act {
            Act::OtherAmount => {
                let typed = |review: &tillback::flow::SaleReview| match &review.amount {
                    Ok(amount) if amount.minor() == 1250 => "9.00",
                    _ => "12.50",
                };
                match to.flow.state().clone() {
                    State::Sale(review) => tell(&mut to, What::AmountTyped(typed(&review).to_owned())),
                    State::Approval(approving) => {
                        tell(&mut to, What::CancelPressed);
                        tell(&mut to, What::AmountTyped(typed(&approving.review).to_owned()));
                        tell(&mut to, What::ApprovalAsked);
                    }
                    _ => {}
                }
            }
            Act::OtherReason => tell(&mut to, What::ReasonChosen(reason("Wrong size"))),
            Act::Ask => tell(&mut to, What::ApprovalAsked),
            Act::Cancel => tell(&mut to, What::CancelPressed),
            Act::WrongPin => tell(&mut to, give("Bruno", "604817")),
            Act::OnePin => tell(&mut to, give("Bruno", MANAGER_PIN)),
            Act::OtherPin => tell(&mut to, give("Chiara", OTHER_MANAGER_PIN)),
            Act::Work => self.work(&mut to)?,
            Act::Again => {
                if let Some(what) = to.last.clone() {
                    tell(&mut to, what);
                }
            }
            Act::Expire => to.now += 121_000,
            Act::ClockBack => to.now -= 70_000,
            Act::Restart => {
                to.flow = self.flow();
                to.waiting.clear();
                to.last = None;
                self.reach_sale(&mut to);
            }
        }
        Ok(to)
    }

    /// The oldest effect is carried out; a refund that is recorded must be somebody's word.
    fn work(&self, node: &mut Node) -> Result<(), String> {
        let Some(effect) = node.waiting.pop_front() else { return Ok(()) };
        let duties = self.duties(node);
        let mut said = vec![];
        duties.carry_out(&effect, &mut |what| said.push(what));
        let refunds = duties.ledger().refunds(&RefundFilter::default()).unwrap();
        // One that was recorded before a restart may still be Prepared: the new one is the one not seen before.
        if let Some(new) = refunds.iter().find(|refund| !node.refunds.contains(&refund.reference)) {
            assert_eq!(new.state, RefundState::Prepared);
            node.refunds.push(new.reference.clone());
            let (approval, _) = duties.ledger().approval(&new.approval_id).unwrap().unwrap();
            let in_time = new.created_at >= approval.approved_at && new.created_at < approval.expires_at;
            let given = node.seen.iter_mut().find(|seen| {
                !seen.used
                    && seen.amount == new.amount.minor()
                    && seen.reason == new.reason.as_str()
                    && seen.approver == new.approver.as_str()
            });
            match given {
                Some(given) if in_time => given.used = true,
                _ => return Err(format!("I6: after {:?} {new:?} was recorded on nobody's word", node.path)),
            }
        }
        drop(duties);
        let bytes = std::fs::read(&self.path).unwrap();
        if bytes != *node.bytes {
            node.bytes = Arc::new(bytes);
            self.read_rows(node);
        }
        for what in said {
            node.last = Some(what.clone());
            self.happened(node, what);
        }
        Ok(())
    }

    fn flow(&self) -> Flow {
        let cashier = self.people.iter().find(|person| person.role == Role::Cashier).unwrap().clone();
        let setting = Setting { policy: policy(), ask_gateway_first: false, ..Setting::default() };
        Flow::signed_in(setting, self.people.clone(), cashier)
    }

    /// As far as the sale with a reason; what is left is what the ledger says.
    fn reach_sale(&self, node: &mut Node) {
        let key = SaleKey::Transaction(number(SALE_NO));
        let meaning = Scanned::Candidate(Candidate { key, doubt: None });
        let at = NOW.plus_ms(node.now);
        let scanned = What::CodeScanned { meaning, source: ScanSource::Scanner, masked: "2975..27".to_owned() };
        let asked = node.flow.step(Event { at, what: scanned });
        let find = asked.iter().find(|effect| matches!(effect, Effect::FindSale { .. })).unwrap();
        let mut said = vec![];
        self.duties(node).carry_out(find, &mut |what| said.push(what));
        for what in said {
            node.flow.step(Event { at, what });
        }
        node.flow.step(Event { at, what: What::AmountTyped("12.50".to_owned()) });
        node.flow.step(Event { at, what: What::ReasonChosen(reason("Damaged")) });
    }

    fn read_rows(&self, node: &mut Node) {
        let raw = raw(&self.path);
        let rows = "SELECT amount_minor || reason || approver || (used_by IS NULL), approved_at FROM approvals
             UNION ALL SELECT amount_minor || reason || state, 0 FROM refunds
             UNION ALL SELECT subject || failures, locked_until FROM pin_failures ORDER BY 1, 2";
        let mut statement = raw.prepare(rows).unwrap();
        let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        node.rows = Arc::new(found.map(Result::unwrap).collect());
        let mut statement = raw.prepare("SELECT id, approved_at, used_by IS NOT NULL FROM approvals").unwrap();
        let found = statement.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?)))).unwrap();
        node.approvals = Arc::new(found.map(Result::unwrap).collect());
    }
}

/// What a further order depends on; ids, turns and moments only as they stand to each other.
fn key(node: &Node) -> String {
    let now = NOW.plus_ms(node.now).ms();
    let since = |moment: i64| if moment == 0 { 0 } else { moment - now };
    let rows: Vec<_> = node.rows.iter().map(|(text, moment)| (text, since(*moment))).collect();
    let awaited = match node.flow.state() {
        State::Approval(approving) => approving.checking,
        State::Sending(sending) => match sending.stage {
            tillback::flow::SendingStage::Recording(turn) => Some(turn),
            tillback::flow::SendingStage::Sent => None,
        },
        _ => None,
    };
    let state = match node.flow.state() {
        State::Sale(review) => format!("{:?} {:?} {:?}", review.draft, review.came_back, review.view.balance),
        State::Approval(approving) => format!("{:?} {:?}", approving.intention, approving.refused),
        State::Sending(sending) => format!("{:?}", sending.intention),
        _ => String::new(),
    };
    let approval = |id: &ApprovalId| node.approvals.get(id.as_str()).map(|(given, used)| (since(*given), *used));
    let waiting: Vec<String> = node
        .waiting
        .iter()
        .map(|effect| match effect {
            Effect::Approve { turn, intention, approver, proof } => {
                let shown = match proof {
                    Proof::Pin(pin) => pin.expose().to_owned(),
                    Proof::Badge(badge) => badge.digits().to_string(),
                };
                format!("{:?}{intention:?}{approver:?}{shown}", Some(*turn) == awaited)
            }
            Effect::RecordRefund { turn, approval: id, intention } => {
                format!("{:?}{intention:?}{:?}", Some(*turn) == awaited, approval(id))
            }
            _ => String::new(),
        })
        .collect();
    let last = match &node.last {
        Some(What::Approved { turn, approval: id }) => format!("{:?}{:?}", Some(*turn) == awaited, approval(id)),
        Some(What::ApprovalRefused { turn, why }) => format!("{:?}{why:?}", Some(*turn) == awaited),
        Some(What::RecordFailed { turn, why }) => format!("{:?}{why:?}", Some(*turn) == awaited),
        Some(What::RefundRecorded { turn, .. }) => format!("{:?}", Some(*turn) == awaited),
        _ => String::new(),
    };
    let mut seen = node.seen.clone();
    seen.sort();
    format!("{rows:?}|{}|{state}|{}|{waiting:?}|{last}|{seen:?}", node.flow.state().name(), awaited.is_some())
}

#[test]
fn every_order_at_the_screen_records_what_somebody_saw_and_approved() {
    let depth = std::env::var("TILLBACK_DEPTH").ok().and_then(|text| text.parse().ok()).unwrap_or(DEPTH);
    let store = Store::new();
    let people = store.ledger.operators().unwrap();
    let ledger = store.path();
    drop(store.ledger);
    let bytes = Arc::new(std::fs::read(&ledger).unwrap());
    let memory = PathBuf::from("/dev/shm");
    let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap();
    let bench = Bench { path: folder.path().join("ledger.db"), people };
    let flow = bench.flow();
    let mut start = Node {
        flow,
        waiting: VecDeque::new(),
        last: None,
        now: 0,
        seen: vec![],
        bytes,
        rows: Arc::default(),
        approvals: Arc::default(),
        refunds: vec![],
        path: vec![],
        orders: 1,
    };
    bench.reach_sale(&mut start);
    let mut states = vec![start];
    let mut steps = 0;
    for _ in 0..depth {
        let mut found: BTreeMap<String, Node> = BTreeMap::new();
        for node in &states {
            for act in ACTS {
                let next = bench.step(node, act).unwrap_or_else(|broken| panic!("promise {broken}"));
                steps += 1;
                let orders = next.orders;
                found.entry(key(&next)).and_modify(|known| known.orders += orders).or_insert(next);
            }
        }
        states = found.into_values().collect();
    }
    let orders: u64 = states.iter().map(|node| node.orders).sum();
    let recorded = states.iter().filter(|node| !node.refunds.is_empty()).count();
    println!(
        "T9: {orders} orders of {depth} steps at the screen, {orders} passed: {} states, {steps} walked",
        states.len()
    );
    assert_eq!(orders, (ACTS.len() as u64).pow(u32::try_from(depth).unwrap()));
    assert!(recorded > 0, "no order ends in a refund");
}
