//! One simulated day: chance says who goes on next, what breaks and what time it is; after each step everything is held
//! against the gateway's book.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, Weak};

use tillback::domain::*;
use tillback::failpoint::Point;
use tillback::flow::What;
use tillback::ledger::{AuditHead, Ledger, OpenError, SteadyClock, SteadyMoment};

use super::book::{Book, Entry, Standing};
use super::disk::{Disk, Fault, Row, settings};
use super::promises::{self, Notes};
use super::till::Till;
use super::{Accident, Broken, Chance, Life, Log, Time, lock, power};

/// What a seed has seen, so that a run can say that it tried what it should.
#[derive(Debug, Clone, Copy, Default)]
pub struct Stats {
    pub steps: u64,
    pub accidents: u64,
    pub sent: u64,
    pub refunded: u64,
    pub unknown: u64,
    pub not_executed: u64,
    pub declined: u64,
    pub sent_again: u64,
    pub by_hand: u64,
    pub mixed_up: u64,
    /// Refunds that left under an approval by badge.
    pub by_badge: u64,
    pub power_cuts: u64,
}

/// The machine's own clock: nobody sets it, and it begins anew with each start of the machine.
struct MachineClock(Weak<Shop>);

impl SteadyClock for MachineClock {
    fn read(&self) -> Option<SteadyMoment> {
        let shop = self.0.upgrade()?;
        Some(SteadyMoment { boot: shop.boots.load(Ordering::Relaxed).to_string(), ms: shop.time.truth() })
    }
}

/// No till's place.
const NOBODY: usize = usize::MAX;

impl Stats {
    pub fn add(&mut self, other: Self) {
        self.steps += other.steps;
        self.accidents += other.accidents;
        self.sent += other.sent;
        self.refunded += other.refunded;
        self.unknown += other.unknown;
        self.not_executed += other.not_executed;
        self.declined += other.declined;
        self.sent_again += other.sent_again;
        self.by_hand += other.by_hand;
        self.mixed_up += other.mixed_up;
        self.by_badge += other.by_badge;
        self.power_cuts += other.power_cuts;
    }
}

pub struct Shop {
    pub seed: u64,
    pub log: Arc<Log>,
    pub chance: Chance,
    pub time: Time,
    pub book: Mutex<Book>,
    pub notes: Mutex<Notes>,
    pub disk: Disk,
    pub policy: Policy,
    pub staff: Vec<Operator>,
    two: bool,
    /// How much rarer mishaps are on this day than on the worst.
    calm: u64,
    /// A day on which more questions than otherwise stay without an answer.
    asks_in_vain: bool,
    tills: [Mutex<Option<Arc<Till>>>; 2],
    /// The till that took the ledger's lock last.
    holder: AtomicUsize,
    starts: AtomicU64,
    /// How often the machine was started.
    pub boots: AtomicU64,
    /// Whether it has a clock that goes on from one process to the next.
    has_machine_clock: bool,
    accidents: AtomicU64,
    /// What a desk asked for that nobody wanted.
    pub mixed_up: AtomicU64,
    stormy: AtomicBool,
    waiting: AtomicU64,
    first_broken: Mutex<Option<Broken>>,
    /// Whose code runs now.
    running_now: Mutex<Option<Life>>,
    me: Weak<Shop>,
}

impl Shop {
    pub fn open(seed: u64, folder: &Path, log: Arc<Log>) -> Result<Arc<Self>, Broken> {
        let chance = Chance::new(seed, Arc::clone(&log));
        let policy = Policy {
            min_seconds_between_refunds: if chance.once_in(8) { 60 } else { 0 },
            cashier_alone_up_to: chance.once_in(4).then(|| Money::from_minor(500, Currency::USD).unwrap()),
            own_approval: chance.once_in(8),
            ..Policy::default()
        };
        let two = chance.once_in(6);
        let calm = *chance.one_of(&[1, 2, 4]);
        let asks_in_vain = chance.once_in(4);
        let has_machine_clock = !chance.once_in(3);
        // On some days the database's own rules are gone, and the program has to keep every promise alone.
        let disk = Disk::new(folder, !chance.once_in(5));
        let shop = Arc::new_cyclic(|me| Self {
            seed,
            log,
            chance,
            time: Time::new(),
            book: Mutex::new(Book::new()),
            notes: Mutex::default(),
            disk,
            policy,
            staff: super::disk::staff(),
            two,
            calm,
            asks_in_vain,
            tills: Default::default(),
            holder: AtomicUsize::new(NOBODY),
            starts: AtomicU64::new(0),
            boots: AtomicU64::new(0),
            has_machine_clock,
            accidents: AtomicU64::new(0),
            mixed_up: AtomicU64::new(0),
            stormy: AtomicBool::new(true),
            waiting: AtomicU64::new(0),
            first_broken: Mutex::new(None),
            running_now: Mutex::new(None),
            me: me.clone(),
        });
        shop.disk.begin_durable();
        promises::of_the_house(&shop)?;
        Ok(shop)
    }

    /// Bad weather: everything that can go wrong may.
    pub fn is_stormy(&self) -> bool {
        self.stormy.load(Ordering::Relaxed)
    }

    pub fn calm(&self) -> u64 {
        self.calm
    }

    pub fn asks_in_vain(&self) -> bool {
        self.asks_in_vain
    }

    /// Something goes wrong once in so many times on the worst of days.
    pub fn mishap(&self, once_in: u64) -> bool {
        self.is_stormy() && self.chance.once_in(once_in * self.calm)
    }

    pub fn two_tills(&self) -> bool {
        self.two
    }

    /// Keeps the first promise that was found broken in the middle of something.
    pub fn broken(&self, broken: Broken) {
        lock(&self.first_broken).get_or_insert(broken);
    }

    pub fn take_broken(&self) -> Result<(), Broken> {
        lock(&self.first_broken).take().map_or(Ok(()), Err)
    }

    pub fn running(&self) -> Vec<Arc<Till>> {
        self.tills.iter().filter_map(|till| lock(till).clone()).collect()
    }

    pub fn before_step(&self, till: &Till, what: &What) {
        promises::before_step(self, till, what);
    }

    pub fn money(&self, row: &Row) -> Money {
        Money::from_minor(row.minor, Currency::parse(&row.currency).expect("a currency")).expect("an amount")
    }

    pub fn paid(&self, row: &Row) -> Money {
        let book = lock(&self.book);
        let sale = book.sale(Some(&row.key), None).or_else(|| book.sale(None, Some(&row.key)));
        sale.map_or(Money::zero(Currency::USD), |place| book.sales[place].paid)
    }

    fn open_ledger(&self) -> Result<Ledger, OpenError> {
        let start = self.starts.fetch_add(1, Ordering::Relaxed);
        let random = self.seed.wrapping_mul(1_000_003).wrapping_add(start);
        let clock: Box<dyn SteadyClock> = Box::new(MachineClock(self.me.clone()));
        let steady = self.has_machine_clock.then_some(clock);
        Ledger::open(&self.disk.path, settings(self.policy.clone(), random, steady), self.time.shown())
    }

    /// A process starts, and finds what the last one left; unless it dies at that.
    fn start(&self, place: usize) -> Result<(), Broken> {
        let life = Life::begin();
        self.run(&life, || self.try_to_start(place, life.clone())).unwrap_or_else(|| {
            self.accidents.fetch_add(1, Ordering::Relaxed);
            self.log.say(|| format!("till {place} ends as it starts"));
            Ok(())
        })
    }

    fn try_to_start(&self, place: usize, life: Life) -> Result<(), Broken> {
        if self.mishap(5) {
            // A start that fails on its first write; somebody clears the disk and starts again.
            self.disk.set_fault(Fault::Full);
            drop(self.open_ledger());
        }
        self.disk.set_fault(Fault::None);
        let held = self.till(self.holder.load(Ordering::Relaxed)).is_some();
        let mut ledger = self.open_ledger();
        if held && ledger.is_ok() {
            return Err("I4: a second terminal was let into a ledger that one holds".to_owned());
        }
        if let (Err(OpenError::InUse { .. }), true) = (&ledger, self.two) {
            // Somebody "helps" by removing the lock's file: now both run.
            self.log.say(|| "somebody removes the lock's file".to_owned());
            self.holder.store(NOBODY, Ordering::Relaxed);
            std::fs::remove_file(self.disk.path.with_extension("lock")).expect("the lock's file");
            ledger = self.open_ledger();
        }
        let ledger = ledger.map_err(|error| format!("the ledger does not open again: {error}"))?;
        let shop = self.me.upgrade().expect("open");
        let till = Till::start(&shop, place, ledger, life);
        self.log.say(|| format!("till {place} starts"));
        promises::at_start(self, &till)?;
        *lock(&self.tills[place]) = Some(Arc::new(till));
        self.holder.store(place, Ordering::Relaxed);
        Ok(())
    }

    /// A point of the product's own code at which a process may die: before and after each commit, around the network.
    pub fn passes(&self, point: Point) {
        self.log.say(|| format!("  . {point:?}"));
        let life = lock(&self.running_now).clone();
        if let Some(life) = life
            && self.mishap(120)
        {
            life.end();
        }
    }

    /// Runs a process's code; an accident in it is no failure.
    fn run<T>(&self, life: &Life, code: impl FnOnce() -> T) -> Option<T> {
        *lock(&self.running_now) = Some(life.clone());
        let done = catch_unwind(AssertUnwindSafe(code));
        *lock(&self.running_now) = None;
        match done {
            Ok(value) => Some(value),
            Err(panic) if panic.is::<Accident>() => None,
            Err(panic) => resume_unwind(panic),
        }
    }

    /// One of the tills, by place.
    fn till(&self, place: usize) -> Option<Arc<Till>> {
        lock(self.tills.get(place)?).clone()
    }

    /// One step of the day.
    pub fn step(&self) -> Result<(), Broken> {
        let place = if self.two && self.chance.once_in(3) { 1 } else { 0 };
        match self.till(place) {
            None => {
                if self.mishap(8) {
                    self.set_the_clock(3_600_000);
                }
                self.start(place)?;
            }
            Some(till) => {
                self.run(&till.life, || self.act(&till));
                if till.life.is_over() || self.mishap(60) {
                    self.accidents.fetch_add(1, Ordering::Relaxed);
                    self.log.say(|| format!("till {place} ends"));
                    till.life.over();
                    lock(&self.tills[place]).take();
                    drop(till);
                    if power::may_go(self.seed) && self.chance.once_in(3) {
                        self.power_goes()?;
                    }
                }
            }
        }
        promises::after_step(self)
    }

    /// Every process ends.
    pub fn everything_ends(&self) {
        for till in &self.tills {
            if let Some(till) = lock(till).take() {
                till.life.over();
            }
        }
        self.holder.store(NOBODY, Ordering::Relaxed);
    }

    /// While one lane waits for the network, whatever else happens.
    pub fn meanwhile(&self, place: usize) {
        let Some(till) = self.till(place) else { return };
        if till.life.is_over() || self.mishap(20) {
            till.life.end();
        }
        if !self.is_stormy() {
            return;
        }
        self.waiting.fetch_add(1, Ordering::Relaxed);
        for _ in 0..self.chance.below(4) {
            self.act(&till);
        }
        self.waiting.fetch_sub(1, Ordering::Relaxed);
    }

    /// Somebody or something at this till goes on.
    fn act(&self, till: &Arc<Till>) {
        if self.disk.is_faulty() && self.chance.once_in(8) {
            self.disk.set_fault(Fault::None);
        }
        let weights = [
            if till.has_mail() { 24 } else { 0 },
            if till.can_work(0) { 16 } else { 0 },
            if till.can_work(1) { 16 } else { 0 },
            if till.can_work(2) { 16 } else { 0 },
            if till.can_follow_up() { 2 } else { 0 },
            if till.is_idle() { 24 } else { 2 },
            3,
        ];
        let mut roll = self.chance.below(weights.iter().sum());
        let who = weights.iter().position(|weight| {
            let here = roll < *weight;
            roll = roll.saturating_sub(*weight);
            here
        });
        match who {
            Some(0) => till.desk(self),
            Some(lane @ 1..=3) => till.work(self, lane - 1),
            Some(4) => till.follow_up(),
            Some(5) => self.press(till),
            _ => self.something_happens(till),
        }
    }

    fn something_happens(&self, till: &Till) {
        let waits = self.waiting.load(Ordering::Relaxed) > 0;
        match self.chance.below(26) {
            0..=15 => {
                // No exchange takes longer than its time-out, however long the day.
                let long = [20, 1_000, 5_000, 30_000, 130_000, 400_000, 3_600_000];
                let kinds = if waits { 2 } else { long.len() };
                self.time.pass(*self.chance.one_of(&long[..kinds]));
                if lock(&till.flow).counts_seconds() {
                    till.tell(What::TimePassed);
                }
            }
            16..=18 => self.refund_elsewhere(),
            19..=21 => {
                let fault = *self.chance.one_of(&[Fault::None, Fault::None, Fault::Full, Fault::Commit]);
                self.log.say(|| format!("the disk: {fault:?}"));
                self.disk.set_fault(fault);
            }
            22..=24 => {
                let by = *self.chance.one_of(&[-86_400_000, -7_200_000, -5_000, 5_000, 3_600_000, 3_600_000]);
                self.set_the_clock(by);
            }
            25 if self.chance.below(4) != 0 => till.do_unasked(self),
            25 if self.chance.once_in(3) => self.revoke_a_badge(till),
            _ => self.lie_on_the_scanner(till),
        }
    }

    /// Somebody sets the machine's clock, whether a till runs or not.
    pub fn set_the_clock(&self, by_ms: i64) {
        self.time.set(by_ms);
        self.log.say(|| format!("the clock is set by {by_ms} ms"));
        lock(&self.notes).clock_forward = self.time.set_forward();
    }

    /// A burst of codes: on most screens it must change nothing.
    fn lie_on_the_scanner(&self, till: &Till) {
        till.tell(What::CodeScanned {
            meaning: Scanned::Refused(ScanRefusal::NotANumber),
            source: ScanSource::Scanner,
            masked: "WIFI..;;".to_owned(),
        });
    }

    /// Somebody refunds at the gateway's dashboard.
    fn refund_elsewhere(&self) {
        let mut book = lock(&self.book);
        let sale = usize::try_from(self.chance.below(book.sales.len() as u64)).expect("few");
        let paid = book.sales[sale].paid;
        let amount = Money::from_minor(paid.minor() / 8, paid.currency()).expect("an amount");
        let reference = format!("ELSEWHERE-{}", book.entries.len());
        let entry = Entry { sale, reference, amount, standing: Standing::Done, visible_from: self.time.truth() };
        if book.fits(&entry) {
            book.entries.push(entry);
        }
    }

    /// The day: so many steps, then fair weather until nothing is unresolved; the record is verified and tampered with.
    pub fn day(&self, steps: u64, heard: &dyn Fn() -> Vec<u8>) -> Result<Stats, (u64, Broken)> {
        let mut heads: Vec<AuditHead> = vec![];
        for step in 0..steps {
            self.step().map_err(|broken| (step, broken))?;
            if step % 50 == 49
                && let Some(till) = self.till(0)
            {
                heads.extend(till.duties.ledger().audit_head());
            }
        }
        self.close(steps, &heads, heard).map_err(|broken| (steps, broken))
    }

    fn close(&self, steps: u64, heads: &[AuditHead], heard: &dyn Fn() -> Vec<u8>) -> Result<Stats, Broken> {
        self.log.say(|| "the weather clears".to_owned());
        let unknown = lock(&self.notes).rows.values().filter(|row| row.is_unresolved()).count() as u64;
        self.stormy.store(false, Ordering::Relaxed);
        self.disk.set_fault(Fault::None);
        self.everything_ends();
        self.start(0)?;
        let till = self.till(0).expect("started");
        // Two hours of questions, the longest wait five minutes: what can be known is known by then.
        for round in 0..30 {
            // A wrong date is put right while questions wait: they must not wait for it to come again.
            if round == 2 && self.seed.is_multiple_of(2) {
                self.time.set(-86_400_000);
            }
            till.follow_up();
            while !till.is_idle() {
                till.desk(self);
                (0..3).for_each(|lane| till.work(self, lane));
            }
            promises::after_step(self)?;
            if till.duties.unresolved().is_empty() {
                break;
            }
            self.time.pass(240_000);
        }
        if let Some(refund) = till.duties.unresolved().first() {
            let name = refund.reference.as_str();
            // What the gateway accepted and then knows nothing of stays for a person.
            let told = lock(&self.notes).told_pending.contains(name);
            let open = refund.state == RefundState::Pending && told;
            if !open {
                return Err(format!("I3: {name} is still {} after two hours of questions", refund.state));
            }
        }
        let notes = lock(&self.notes);
        let count = |state: &str| notes.rows.values().filter(|row| row.state == state).count() as u64;
        let stats = Stats {
            steps,
            accidents: self.accidents.load(Ordering::Relaxed),
            sent: notes.left.len() as u64,
            refunded: count("refunded"),
            unknown,
            not_executed: count("not_executed"),
            declined: count("declined"),
            sent_again: notes.rows.values().filter(|row| row.attempt > 1).count() as u64,
            by_hand: notes.rows.values().filter(|row| row.decision.is_some()).count() as u64,
            mixed_up: self.mixed_up.load(Ordering::Relaxed),
            by_badge: notes.authorities.iter().filter(|given| given.used && given.by_badge).count() as u64,
            power_cuts: self.boots.load(Ordering::Relaxed),
        };
        drop(notes);
        promises::secrets(self, &heard())?;
        promises::record(self, &till, heads)?;
        Ok(stats)
    }
}
