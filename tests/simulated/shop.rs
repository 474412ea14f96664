//! One simulated day in the shop: somebody presses things, effects are carried out in any order, accidents happen, and
//! after each step the ledger is held against the gateway's book.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use tillback::domain::*;
use tillback::flow::{Effect, Event, Flow, Setting, State, What};
use tillback::ledger::{Ledger, LedgerSettings, PinCost, RefundFilter, SaleFacts, SeededRandomness};
use tillback::terminal::{Clock, Duties};

use super::Chance;
use super::gateway::{Accident, Book, Executed, SimulatedGateway};

const NUMBERS: [&str; 3] = ["297553638301777927", "316129873376769782", "305680500880311923"];
const MANAGER_PIN: &str = "482913";
const CASHIER_PIN: &str = "7391";

/// The shop's time: moved by the simulation alone.
#[derive(Clone)]
pub struct ShopClock(Arc<AtomicI64>);

impl Clock for ShopClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_ms(self.0.load(Ordering::Relaxed))
    }
}

/// Everything that a power cut ends.
struct Process {
    flow: Flow,
    duties: Duties,
    waiting: Vec<Effect>,
}

pub struct Shop {
    folder: PathBuf,
    clock: ShopClock,
    chance: Arc<Mutex<Chance>>,
    book: Arc<Mutex<Book>>,
    process: Option<Process>,
    starts: u64,
    seed: u64,
    pub stats: Stats,
}

/// What a seed has seen, so that a run can say that it tried what it should.
#[derive(Debug, Clone, Copy, Default)]
pub struct Stats {
    pub steps: u64,
    pub accidents: u64,
    pub sent: u64,
    pub refunded: u64,
    pub unknown: u64,
}

/// A promise that was broken, and how.
pub type Broken = String;

impl Shop {
    pub fn open(seed: u64, folder: &Path) -> Self {
        let paid = NUMBERS.iter().map(|number| ((*number).to_owned(), usd(3990))).collect();
        let book = Book { paid, executed: vec![], arrived: vec![] };
        let mut shop = Self {
            folder: folder.to_owned(),
            clock: ShopClock(Arc::new(AtomicI64::new(1_800_000_000_000))),
            chance: Arc::new(Mutex::new(Chance::new(seed))),
            book: Arc::new(Mutex::new(book)),
            process: None,
            starts: 0,
            seed,
            stats: Stats::default(),
        };
        let mut ledger = shop.ledger();
        let hire = |ledger: &mut Ledger, name: &str, role, pin: &str| {
            let now = shop.clock.now();
            ledger
                .add_operator(&OperatorName::parse(name).unwrap(), role, &Pin::parse(pin).unwrap(), None, now)
                .unwrap();
        };
        hire(&mut ledger, "Luis Ortega", Role::Manager, MANAGER_PIN);
        hire(&mut ledger, "Mei Chen", Role::Cashier, CASHIER_PIN);
        for number in &NUMBERS[..2] {
            let facts = SaleFacts {
                transaction_no: Some(TransactionNo::parse(number).unwrap()),
                reference: None,
                paid: usd(3990),
                settle_currency: Currency::USD,
                wallet: None,
                paid_at: Some(shop.clock.now().plus_ms(-3_600_000)),
                status: SaleStatus::Success,
            };
            ledger.insert_or_update_from_gateway(&facts, shop.clock.now()).unwrap();
        }
        drop(ledger);
        shop.start();
        shop
    }

    fn roll(&self, n: u64) -> u64 {
        self.chance.lock().unwrap_or_else(std::sync::PoisonError::into_inner).below(n)
    }

    fn ledger(&mut self) -> Ledger {
        self.starts += 1;
        let policy = Policy { min_seconds_between_refunds: 0, ..Policy::default() };
        let settings = LedgerSettings {
            pin_cost: PinCost::CHEAP,
            randomness: Box::new(SeededRandomness::new(self.seed.wrapping_mul(1000).wrapping_add(self.starts))),
            ..LedgerSettings::new(TillName::parse("T3").unwrap(), policy)
        };
        Ledger::open(&self.folder.join("ledger.db"), settings, self.clock.now()).expect("the ledger opens again")
    }

    /// The process starts: recovery, and somebody is signed in.
    fn start(&mut self) {
        let ledger = self.ledger();
        let operators = ledger.operators().unwrap();
        let cashier = operators.iter().find(|o| o.role == Role::Cashier).unwrap().clone();
        let gateway =
            SimulatedGateway { book: Arc::clone(&self.book), chance: Arc::clone(&self.chance), fault_once_in: 5 };
        let setting = Setting { policy: ledger.policy().clone(), ask_gateway_first: true };
        let duties = Duties::new(ledger, Arc::new(gateway), Arc::new(self.clock.clone()));
        let flow = Flow::signed_in(setting, operators, cashier);
        self.process = Some(Process { flow, duties, waiting: vec![] });
    }

    /// One step of the day.
    pub fn step(&mut self) -> Result<(), Broken> {
        self.stats.steps += 1;
        let process = self.process.take().expect("a process");
        let mut process = process;
        let done = catch_unwind(AssertUnwindSafe(|| self.act(&mut process)));
        match done {
            Ok(()) if self.roll(60) != 0 => self.process = Some(process),
            Ok(()) => self.fall(process),
            Err(panic) if panic.is::<Accident>() => self.fall(process),
            Err(panic) => resume_unwind(panic),
        }
        self.check()
    }

    fn fall(&mut self, process: Process) {
        self.stats.accidents += 1;
        drop(process);
        self.start();
    }

    fn act(&self, process: &mut Process) {
        match self.roll(10) {
            0..=3 => self.somebody_does_something(process),
            4..=7 => self.carry_one_out(process),
            8 => {
                let ms = [20, 1_000, 5_000, 30_000][usize::try_from(self.roll(4)).unwrap()];
                self.clock.0.fetch_add(ms, Ordering::Relaxed);
                self.happened(process, What::TimePassed);
            }
            _ => self.follow_up(process),
        }
    }

    fn happened(&self, process: &mut Process, what: What) {
        let effects = process.flow.step(Event { at: self.clock.now(), what });
        process.waiting.extend(effects);
    }

    /// Effects of different lanes may overtake each other; those of one lane wait in order, as the lanes do it.
    fn carry_one_out(&self, process: &mut Process) {
        if process.waiting.is_empty() {
            return;
        }
        let place = usize::try_from(self.roll(process.waiting.len() as u64)).unwrap();
        let effect = process.waiting.remove(place);
        let mut said = vec![];
        process.duties.carry_out(&effect, &mut |what| said.push(what));
        for what in said {
            self.happened(process, what);
            if self.roll(10) == 0 {
                self.somebody_does_something(process);
            }
        }
    }

    fn follow_up(&self, process: &mut Process) {
        for refund in process.duties.unresolved() {
            let sending = process
                .waiting
                .iter()
                .any(|effect| matches!(effect, Effect::SendRefund { reference } if *reference == refund.reference));
            if sending {
                continue;
            }
            let mut said = vec![];
            process.duties.resolve(&refund, 1, &mut |what| said.push(what));
            for what in said {
                self.happened(process, what);
            }
        }
    }

    /// A person, a scanner or a child with sticky fingers: mostly what the screen wants, sometimes anything.
    fn somebody_does_something(&self, process: &mut Process) {
        let wanted = match process.flow.state() {
            State::Ready => What::RefundPressed,
            State::Scan(_) => self.scan(),
            State::Sale(review) if review.draft.reason.is_none() => {
                What::ReasonChosen(Reason::parse("Damaged").unwrap())
            }
            State::Sale(_) if self.roll(3) == 0 => {
                What::AmountTyped(format!("{}.{:02}", self.roll(42), self.roll(100)))
            }
            State::Sale(_) => What::ApprovalAsked,
            State::Approval(_) => self.pin(process),
            State::Result(_) | State::Problem(_) => What::FinishPressed,
            State::Sending(_) => What::CancelPressed,
            State::Locked(_) => self.sign_in(process),
        };
        let what = if self.roll(6) == 0 { self.anything(process) } else { wanted };
        // Everything twice, now and then: a double press, a key held down.
        if self.roll(5) == 0 {
            self.happened(process, what.clone());
        }
        self.happened(process, what);
    }

    fn scan(&self) -> What {
        let number = NUMBERS[usize::try_from(self.roll(3)).unwrap()];
        let key = SaleKey::Transaction(TransactionNo::parse(number).unwrap());
        let meaning = Scanned::Candidate(Candidate { key, doubt: None });
        What::CodeScanned { meaning, source: ScanSource::Scanner, masked: String::new() }
    }

    fn somebody(&self, process: &Process, role: Role) -> OperatorId {
        process.flow.operators().iter().find(|o| o.role == role).unwrap().id.clone()
    }

    fn pin(&self, process: &Process) -> What {
        let (role, pin) = match self.roll(8) {
            0 => (Role::Cashier, CASHIER_PIN),
            1 => (Role::Manager, "000111"),
            _ => (Role::Manager, MANAGER_PIN),
        };
        What::PinGiven { approver: self.somebody(process, role), pin: Pin::parse(pin).unwrap() }
    }

    fn sign_in(&self, process: &Process) -> What {
        What::SignInAsked { operator: self.somebody(process, Role::Cashier), pin: Pin::parse(CASHIER_PIN).unwrap() }
    }

    fn anything(&self, process: &Process) -> What {
        match self.roll(11) {
            0 => What::RefundPressed,
            1 => self.scan(),
            2 => What::AllChosen,
            3 => What::AmountTyped("39.90".to_owned()),
            4 => What::ApprovalAsked,
            5 => self.pin(process),
            6 => What::CancelPressed,
            7 => What::NextPressed,
            8 => What::LockPressed,
            9 => What::CheckAgainPressed,
            _ => self.sign_in(process),
        }
    }

    /// Somebody refunds at the gateway's dashboard.
    pub fn refund_elsewhere(&self) {
        let mut book = self.book.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let number = NUMBERS[usize::try_from(self.roll(3)).unwrap()].to_owned();
        let taken: i64 = book.executed.iter().filter(|e| e.number == number).map(|e| e.amount.minor()).sum();
        if taken + 500 <= 3990 {
            let reference = format!("DASHBOARD-{}", book.executed.len());
            book.executed.push(Executed { number, reference, amount: usd(500), status: "success" });
        }
    }

    /// Holds the ledger against the gateway's book.
    fn check(&mut self) -> Result<(), Broken> {
        let process = self.process.as_ref().expect("a process");
        let ledger = process.duties.ledger();
        let refunds = ledger.refunds(&RefundFilter { limit: 100_000, ..RefundFilter::default() }).unwrap();
        let book = self.book.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let ours: Vec<_> = book.executed.iter().filter(|e| !e.reference.starts_with("DASHBOARD")).collect();
        for executed in &ours {
            let same = ours.iter().filter(|other| other.reference == executed.reference).count();
            if same > 1 {
                return Err(format!("I2: {} was executed {same} times", executed.reference));
            }
            let Some(refund) = refunds.iter().find(|refund| refund.reference.as_str() == executed.reference) else {
                return Err(format!("I1, I3: {} was executed and is not in the ledger", executed.reference));
            };
            if !refund.state.counts() || refund.state == RefundState::Prepared {
                return Err(format!("I5: {} was executed and the ledger says {}", executed.reference, refund.state));
            }
            if refund.amount != executed.amount {
                return Err(format!("{} was executed with {}", executed.reference, executed.amount));
            }
        }
        for refund in &refunds {
            let executed = ours.iter().any(|executed| executed.reference == refund.reference.as_str());
            if refund.state == RefundState::Refunded && !executed {
                return Err(format!("I10: the ledger says {} is refunded, and it is not", refund.reference));
            }
        }
        for arrived in &book.arrived {
            let times = book.arrived.iter().filter(|other| *other == arrived).count();
            if times > 1 {
                return Err(format!("I2: {arrived} was sent {times} times"));
            }
        }
        for number in NUMBERS {
            let sum: i64 = refunds
                .iter()
                .filter(|refund| refund.sale_key.as_str() == number && refund.state.counts())
                .map(|refund| refund.amount.minor())
                .sum();
            if sum > 3990 {
                return Err(format!("I4: {sum} of 3990 refunded or reserved on {number}"));
            }
        }
        self.stats.sent = book.arrived.len() as u64;
        self.stats.refunded = refunds.iter().filter(|r| r.state == RefundState::Refunded).count() as u64;
        self.stats.unknown =
            self.stats.unknown.max(refunds.iter().filter(|r| r.state == RefundState::Unknown).count() as u64);
        Ok(())
    }

    /// At the end of the day the network is well: everything that was executed is found, and the record is whole.
    pub fn close(mut self) -> Result<Stats, Broken> {
        for _ in 0..200 {
            let mut process = self.process.take().expect("a process");
            let done = catch_unwind(AssertUnwindSafe(|| self.follow_up(&mut process)));
            match done {
                Ok(()) => self.process = Some(process),
                Err(panic) if panic.is::<Accident>() => self.fall(process),
                Err(panic) => resume_unwind(panic),
            }
            self.clock.0.fetch_add(240_000, Ordering::Relaxed);
            self.check()?;
        }
        let process = self.process.as_ref().expect("a process");
        let left = process.duties.unresolved();
        if let Some(refund) = left.first() {
            return Err(format!("I3: {} is still {} after a day of questions", refund.reference, refund.state));
        }
        if let Err(fault) = process.duties.ledger().audit_verify(None) {
            return Err(format!("I7: {fault}"));
        }
        Ok(self.stats)
    }
}

fn usd(minor: i64) -> Money {
    Money::from_minor(minor, Currency::USD).unwrap()
}
