//! T9: every order of the things that can happen to an approval, to a depth, against the real ledger.
//!
//! An order is walked step by step; after each step what the ledger did is held against a model that says for every
//! approval whether it may be used now, and for every PIN whether it is looked at. Orders that lead to the same state
//! (the same rows, at the same distance from now) go on as one, so the walk is exhaustive without being endless; how
//! many orders it stands for is counted. `TILLBACK_DEPTH` sets the depth.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod ledger_support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use ledger_support::*;
use tillback::domain::{
    ApprovalId, Badge, Intention, OperatorId, Proof, Refusal, SaleId, SaleKey, Timestamp, TransactionNo,
};
use tillback::ledger::{ApproveError, Ledger, LedgerSettings, PinRefusal, RecordError, SteadyClock, SteadyMoment};

/// Steps of an order in CI.
const DEPTH: usize = 6;
const OTHER_SALE_NO: &str = "316129873376769782";
/// One more than an approval holds, and about half of it.
const EXPIRE_SECONDS: i64 = 121;
const CLOCK_SECONDS: i64 = 70;
/// Seconds to wait after the first, second, ... wrong PIN.
const DELAYS: [i64; 6] = [0, 0, 5, 15, 60, 300];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    ChangeAmount,
    ChangeApprover,
    ChangeSale,
    ChangeReason,
    ChangeRequester,
    WrongPin,
    RightPin,
    /// The badge of who approves, instead of a PIN.
    Badge,
    /// The newest approval, for what is wanted now.
    Record,
    /// The oldest approval, for what it was given for.
    Reuse,
    Expire,
    ClockBack,
    ClockForward,
    /// Of the machine: the till starts again, and so does the clock that nobody sets.
    Restart,
}

const ACTS: [Act; 14] = [
    Act::ChangeAmount,
    Act::ChangeApprover,
    Act::ChangeSale,
    Act::ChangeReason,
    Act::ChangeRequester,
    Act::WrongPin,
    Act::RightPin,
    Act::Badge,
    Act::Record,
    Act::Reuse,
    Act::Expire,
    Act::ClockBack,
    Act::ClockForward,
    Act::Restart,
];

/// What is wanted now, each by one of two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Wanted {
    amount: bool,
    approver: bool,
    sale: bool,
    reason: bool,
    requester: bool,
}

/// An approval as the model has it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Given {
    for_what: Wanted,
    left: i64,
    at: i64,
    used: bool,
}

/// Wrong PINs of one person; the moment by the clock that nobody sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Wrong {
    times: usize,
    until: i64,
}

/// What the model knows; all moments in milliseconds.
#[derive(Debug, Clone, Default)]
struct Model {
    wanted: Wanted,
    now: i64,
    /// By the clock that nobody sets, and how often the machine was started.
    steady: i64,
    boots: i64,
    given: Vec<Given>,
    wrong: [Option<Wrong>; 2],
    /// What is taken of each sale.
    taken: [i64; 2],
}

impl Model {
    /// The same wherever on the line of time it happens.
    fn key(&self) -> Vec<i64> {
        let mut key: Vec<i64> = self.taken.to_vec();
        let flags = |wanted: Wanted| {
            let all = [wanted.amount, wanted.approver, wanted.sale, wanted.reason, wanted.requester];
            all.iter().fold(0, |bits, bit| bits * 2 + i64::from(*bit))
        };
        key.push(flags(self.wanted));
        for given in &self.given {
            key.extend([flags(given.for_what), given.left, given.at - self.now, i64::from(given.used)]);
        }
        for wrong in self.wrong {
            key.extend(wrong.map_or([-1, 0], |w| [i64::try_from(w.times).unwrap(), w.until - self.steady]));
        }
        key
    }

    /// Milliseconds until this person's PIN is looked at, whatever the wall clock says.
    fn locked_ms(&self, who: usize) -> i64 {
        self.wrong[who].map_or(0, |wrong| (wrong.until - self.steady).max(0))
    }

    /// The machine is started: every wait begins anew.
    fn restart(&mut self) {
        (self.steady, self.boots) = (0, self.boots + 1);
        for wrong in self.wrong.iter_mut().flatten() {
            wrong.until = DELAYS[wrong.times.min(DELAYS.len()) - 1] * 1000;
        }
    }
}

/// The clock that nobody sets, as the model has it.
struct Steady(i64, i64);

impl SteadyClock for Steady {
    fn read(&self) -> Option<SteadyMoment> {
        Some(SteadyMoment { boot: self.1.to_string(), ms: self.0 })
    }
}

/// The people and sales of the walk.
struct Cast {
    approvers: [OperatorId; 2],
    badges: [Badge; 2],
    requesters: [OperatorId; 2],
    sales: [SaleId; 2],
}

const AMOUNTS: [i64; 2] = [1250, 900];
const PAID: i64 = 3990;

fn amount(wanted: Wanted) -> i64 {
    AMOUNTS[usize::from(wanted.amount)]
}

impl Cast {
    fn intention(&self, wanted: Wanted, left: i64) -> Intention {
        let number = if wanted.sale { OTHER_SALE_NO } else { SALE_NO };
        Intention {
            sale_id: self.sales[usize::from(wanted.sale)].clone(),
            sale_key: SaleKey::Transaction(TransactionNo::parse(number).unwrap()),
            amount: usd(amount(wanted)),
            settle_currency: tillback::domain::Currency::USD,
            reason: reason(if wanted.reason { "Wrong size" } else { "Damaged" }),
            requester: self.requesters[usize::from(wanted.requester)].clone(),
            left_seen: usd(left),
            note: None,
        }
    }
}

/// A state of the walk: the model, the ledger's bytes, its approvals by age, and an order that led here.
#[derive(Clone)]
struct Node {
    model: Model,
    bytes: Arc<Vec<u8>>,
    approvals: Vec<ApprovalId>,
    path: Vec<Act>,
    /// How many orders lead here.
    orders: u64,
}

/// One thread's file.
struct Bench {
    path: PathBuf,
    cast: Arc<Cast>,
}

fn at_ms(ms: i64) -> Timestamp {
    NOW.plus_ms(ms)
}

/// The last connection's end puts everything into the one file.
fn whole_file(path: &Path) -> Vec<u8> {
    assert!(!path.with_extension("db-wal").exists(), "something of the ledger is not in its file");
    std::fs::read(path).unwrap()
}

impl Bench {
    /// The order's ledger, as a terminal that starts opens it, or as one that has been running.
    fn open(&self, node: &Node, starts: bool) -> Ledger {
        // All that lies beside it belongs to another order.
        for entry in std::fs::read_dir(self.path.parent().unwrap()).unwrap().map(Result::unwrap) {
            if entry.path().is_file() {
                std::fs::remove_file(entry.path()).unwrap();
            }
        }
        std::fs::write(&self.path, &*node.bytes).unwrap();
        let open = if starts { Ledger::open } else { Ledger::open_shared };
        let steady = Steady(node.model.steady, node.model.boots);
        let settings = LedgerSettings { steady: Some(Box::new(steady)), ..settings() };
        open(&self.path, settings, at_ms(node.model.now)).unwrap()
    }

    /// Takes one step; what the ledger says must be what the model says.
    fn step(&self, from: &Node, act: Act) -> Result<Node, String> {
        let mut to = from.clone();
        to.path.push(act);
        let wanted = &mut to.model.wanted;
        match act {
            Act::ChangeAmount => wanted.amount ^= true,
            Act::ChangeApprover => wanted.approver ^= true,
            Act::ChangeSale => wanted.sale ^= true,
            Act::ChangeReason => wanted.reason ^= true,
            Act::ChangeRequester => wanted.requester ^= true,
            Act::Expire => {
                to.model.now += EXPIRE_SECONDS * 1000;
                to.model.steady += EXPIRE_SECONDS * 1000;
            }
            Act::ClockBack => to.model.now -= CLOCK_SECONDS * 1000,
            Act::ClockForward => to.model.now += CLOCK_SECONDS * 1000,
            Act::RightPin | Act::WrongPin | Act::Badge => self.approve(&mut to, act)?,
            Act::Record => {
                if let Some(last) = to.model.given.len().checked_sub(1) {
                    let wanted = to.model.wanted;
                    self.record(&mut to, last, wanted)?;
                }
            }
            Act::Reuse => {
                if let Some(first) = to.model.given.first().cloned() {
                    self.record(&mut to, 0, first.for_what)?;
                }
            }
            Act::Restart => {
                to.model.restart();
                drop(self.open(&to, true));
                to.bytes = Arc::new(whole_file(&self.path));
            }
        }
        Ok(to)
    }

    fn approve(&self, node: &mut Node, act: Act) -> Result<(), String> {
        let wanted = node.model.wanted;
        let who = usize::from(wanted.approver);
        let left = PAID - node.model.taken[usize::from(wanted.sale)];
        let intention = self.cast.intention(wanted, left);
        let digits = [MANAGER_PIN, OTHER_MANAGER_PIN][who];
        let given = match act {
            Act::Badge => Proof::Badge(self.cast.badges[who].clone()),
            Act::RightPin => Proof::Pin(pin(digits)),
            _ => Proof::Pin(pin("604817")),
        };
        let mut ledger = self.open(node, false);
        let now = at_ms(node.model.now);
        let said = ledger.approve(&intention, &self.cast.approvers[who], &given, now);
        // The model's own word.
        let by_badge = act == Act::Badge;
        // Wrong PINs keep nobody from using their badge.
        let locked_ms = if by_badge { 0 } else { node.model.locked_ms(who) };
        let own = wanted.requester && wanted.approver;
        let seconds = u32::try_from((locked_ms + 999) / 1000).unwrap();
        let expected = if locked_ms > 0 {
            Err(ApproveError::Pin(PinRefusal::LockedOut { wait_seconds: seconds }))
        } else if act == Act::WrongPin {
            let times = node.model.wrong[who].map_or(0, |wrong| wrong.times) + 1;
            let wait = DELAYS[times.min(DELAYS.len()) - 1];
            node.model.wrong[who] = Some(Wrong { times, until: node.model.steady + wait * 1000 });
            Err(ApproveError::Pin(PinRefusal::Wrong { wait_seconds: u32::try_from(wait).unwrap() }))
        } else if own {
            Err(ApproveError::Record(RecordError::Refused(Refusal::NotYourApproval)))
        } else if amount(wanted) > left {
            let over = Refusal::OverLeft { asked: usd(amount(wanted)), left: usd(left) };
            Err(ApproveError::Record(RecordError::Refused(over)))
        } else {
            if !by_badge {
                node.model.wrong[who] = None;
            }
            node.model.given.push(Given { for_what: wanted, left, at: node.model.now, used: false });
            Ok(())
        };
        let result = said.map(|id| node.approvals.push(id));
        drop(ledger);
        node.bytes = Arc::new(whole_file(&self.path));
        agree(&node.path, &result, &expected)
    }

    /// Uses an approval for something: what it was given for, or something else.
    fn record(&self, node: &mut Node, which: usize, for_what: Wanted) -> Result<(), String> {
        let given = node.model.given[which].clone();
        // The approver is not part of what is asked for: it stands in the approval.
        let same = Wanted { approver: given.for_what.approver, ..for_what } == given.for_what;
        let left = PAID - node.model.taken[usize::from(for_what.sale)];
        let intention = self.cast.intention(for_what, given.left);
        let mut ledger = self.open(node, false);
        let said = ledger.prepare(&node.approvals[which], &intention, at_ms(node.model.now)).map(|_| ());
        let refused = |refusal| Err(RecordError::Refused(refusal));
        let age = node.model.now - given.at;
        let expected = if given.used || !same {
            refused(Refusal::ApprovalVoid)
        } else if !(0..120_000).contains(&age) {
            refused(Refusal::ApprovalExpired)
        } else if amount(for_what) > left {
            refused(Refusal::OverLeft { asked: usd(amount(for_what)), left: usd(left) })
        } else if given.left != left {
            Err(RecordError::BalanceChanged { left: usd(left) })
        } else {
            node.model.given[which].used = true;
            node.model.taken[usize::from(for_what.sale)] += amount(for_what);
            Ok(())
        };
        drop(ledger);
        node.bytes = Arc::new(whole_file(&self.path));
        agree(&node.path, &said, &expected)
    }
}

fn agree<E: std::fmt::Debug + PartialEq>(
    path: &[Act],
    said: &Result<(), E>,
    expected: &Result<(), E>,
) -> Result<(), String> {
    if said == expected {
        Ok(())
    } else {
        Err(format!("I6: after {path:?} the ledger says {said:?}, not {expected:?}"))
    }
}

fn begin() -> (Arc<Cast>, Node) {
    let mut store = Store::new();
    let other = store.ledger.insert_or_update_from_gateway(&facts(OTHER_SALE_NO, PAID), NOW).unwrap();
    // The second approver may also be who asks: then their own PIN must not do.
    let approvers = [store.manager.clone(), store.other_manager.clone()];
    let badges = approvers.each_ref().map(|whose| store.ledger.make_badge(whose, None, NOW).unwrap());
    let cast = Cast {
        approvers,
        badges,
        requesters: [store.cashier.clone(), store.other_manager.clone()],
        sales: [store.sale.sale.id.clone(), other.sale.id],
    };
    let path = store.path();
    drop(store.ledger);
    let bytes = Arc::new(whole_file(&path));
    (Arc::new(cast), Node { model: Model::default(), bytes, approvals: vec![], path: vec![], orders: 1 })
}

fn folder() -> tempfile::TempDir {
    let memory = PathBuf::from("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap()
}

/// Every state one step further, by two threads; orders that lead to the same state are added up.
fn wider(cast: &Arc<Cast>, states: Vec<Node>) -> Result<Vec<Node>, String> {
    let todo = Mutex::new(states.into_iter());
    let found: Mutex<BTreeMap<Vec<i64>, Node>> = Mutex::default();
    let work = || -> Result<(), String> {
        let folder = folder();
        let bench = Bench { path: folder.path().join("ledger.db"), cast: Arc::clone(cast) };
        loop {
            let Some(node) = todo.lock().unwrap().next() else { return Ok(()) };
            for act in ACTS {
                let next = bench.step(&node, act)?;
                let mut found = found.lock().unwrap();
                let orders = next.orders;
                found.entry(next.model.key()).and_modify(|known| known.orders += orders).or_insert(next);
            }
        }
    };
    std::thread::scope(|scope| {
        let threads = [scope.spawn(work), scope.spawn(work)];
        threads.into_iter().try_for_each(|thread| thread.join().expect("a thread"))
    })?;
    Ok(found.into_inner().unwrap().into_values().collect())
}

#[test]
fn every_order_of_what_can_happen_to_an_approval() {
    let depth = std::env::var("TILLBACK_DEPTH").ok().and_then(|text| text.parse().ok()).unwrap_or(DEPTH);
    let (cast, start) = begin();
    let mut states = vec![start];
    let mut steps = 0;
    for _ in 0..depth {
        steps += states.len() * ACTS.len();
        states = wider(&cast, states).unwrap_or_else(|broken| panic!("promise {broken}"));
    }
    let orders: u64 = states.iter().map(|node| node.orders).sum();
    let used = states.iter().filter(|node| node.model.given.iter().any(|given| given.used)).count();
    println!("T9: {orders} orders of {depth} steps, {orders} passed: {} states, {steps} steps walked", states.len());
    assert_eq!(orders, (ACTS.len() as u64).pow(u32::try_from(depth).unwrap()));
    assert!(used * 20 > states.len(), "hardly any order ends in a refund: {used} of {}", states.len());
}
