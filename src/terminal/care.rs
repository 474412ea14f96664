//! The ledger's caretaker: checks it at the start and once a day, and has it copied once a day.
//!
//! **Nothing is recorded and nothing sent before the check at the start has passed**, and nothing after a check that
//! failed. **What is done once a day waits until nobody is at the till, and stops when somebody comes**; what has waited
//! too long is done all the same, beside the cashier: it holds nobody up. **A copy that fails never stops a refund**; it
//! is said on every screen.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::duties::Duties;
use crate::domain::time::DAY_MS;
use crate::domain::{HouseFault, Timestamp};
use crate::failpoint::failpoint;
use crate::ledger::{
    AuditFact, BackupError, BackupKind, CheckDepth, CheckError, OpenError, StopSign, back_up, check_ledger,
};

/// When the caretaker does what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarePlan {
    /// Nobody is at the till once nobody has done anything for so long.
    pub idle_after: Duration,
    /// How often the caretaker looks around.
    pub look_every: Duration,
    /// A check and a copy are due after so long.
    pub due_after_ms: i64,
    /// And are made beside a cashier after so long.
    pub overdue_after_ms: i64,
    /// A copy that failed is tried again after so long.
    pub retry_after: Duration,
    /// From the window being there to its first picture; the check at the start waits for it.
    pub first_picture: Duration,
}

impl Default for CarePlan {
    fn default() -> Self {
        Self {
            idle_after: Duration::from_secs(5 * 60),
            look_every: Duration::from_secs(30),
            due_after_ms: DAY_MS,
            overdue_after_ms: DAY_MS + DAY_MS / 2,
            retry_after: Duration::from_secs(60 * 60),
            first_picture: Duration::from_millis(300),
        }
    }
}

/// The longest a refund waits for the check at the start. A million sales take seconds; beyond this the disk is ill.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long the check waits for the window, whose own start needs the disk too.
const WINDOW_FIRST: Duration = Duration::from_secs(3);
/// Before a check that could not be made is tried again.
const CHECK_AGAIN: Duration = Duration::from_secs(10);
/// So that one that panics each time does not take a processor with it.
const PAUSE_AFTER_PANIC: Duration = Duration::from_secs(2);

/// How the record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RecordStanding {
    /// Nobody asked for a check: the demo, a simulation.
    #[default]
    NotAsked,
    /// It is being checked; nothing is sent meanwhile.
    Checking,
    /// The last check passed.
    Sound,
    /// It is damaged; nothing is sent any more.
    Damaged,
}

/// Why the last copy failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CopyTrouble {
    /// No room.
    NoRoom,
    /// The folder is not there, or may not be written.
    Folder,
    /// Anything else: the log says what.
    Other,
}

/// What the window shows of the caretaker's work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CareView {
    /// The record.
    pub record: RecordStanding,
    /// Its copies, where the last one failed.
    pub copies: Option<CopyTrouble>,
}

#[derive(Debug)]
struct Inside {
    plan: Option<CarePlan>,
    view: CareView,
    damage: Option<String>,
    touched: Instant,
    window: bool,
    ended: bool,
}

/// What the caretaker and everybody else share.
#[derive(Debug)]
pub struct Care {
    inside: Mutex<Inside>,
    changed: Condvar,
    /// Stops whatever is going on, for good.
    end: StopSign,
    /// Stops what is done while nobody is there.
    somebody: StopSign,
}

impl Default for Care {
    fn default() -> Self {
        let inside = Inside {
            plan: None,
            view: CareView::default(),
            damage: None,
            touched: Instant::now(),
            window: false,
            ended: false,
        };
        Self { inside: Mutex::new(inside), changed: Condvar::new(), end: StopSign::new(), somebody: StopSign::new() }
    }
}

impl Care {
    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wants the ledger cared for, from the terminal's start on.
    pub fn wanted(&self, plan: CarePlan) {
        let mut inside = self.inside();
        inside.plan = Some(plan);
        inside.view.record = RecordStanding::Checking;
    }

    /// Whether it is.
    pub(super) fn is_wanted(&self) -> bool {
        self.inside().plan.is_some()
    }

    /// What the window shows.
    pub fn view(&self) -> CareView {
        self.inside().view
    }

    /// What is wrong with the record, once that is known.
    pub fn damage(&self) -> Option<String> {
        self.inside().damage.clone()
    }

    /// Somebody is at the till.
    pub(super) fn touch(&self) {
        self.inside().touched = Instant::now();
        self.somebody.raise();
    }

    /// The window is there.
    pub(super) fn window_is_there(&self) {
        self.inside().window = true;
        self.changed.notify_all();
    }

    /// The till is being closed.
    pub(super) fn end(&self) {
        self.end.raise();
        self.somebody.raise();
        self.inside().ended = true;
        self.changed.notify_all();
    }

    /// Waits until the check at the start is done. An error where it failed, or takes too long: nothing may be recorded
    /// or sent then.
    pub(super) fn allow(&self) -> Result<(), HouseFault> {
        let checking = |inside: &mut Inside| inside.view.record == RecordStanding::Checking && !inside.ended;
        let waited = self.changed.wait_timeout_while(self.inside(), PATIENCE, checking);
        let (inside, _) = waited.unwrap_or_else(PoisonError::into_inner);
        match inside.view.record {
            RecordStanding::NotAsked | RecordStanding::Sound => Ok(()),
            RecordStanding::Checking => Err(HouseFault::LedgerUnchecked),
            RecordStanding::Damaged => Err(HouseFault::LedgerBroken),
        }
    }

    /// Waits so long, or until the till is closed. True when it is.
    fn rest(&self, time: Duration) -> bool {
        let waited = self.changed.wait_timeout_while(self.inside(), time, |inside| !inside.ended);
        let (inside, _) = waited.unwrap_or_else(PoisonError::into_inner);
        inside.ended
    }

    fn wait_for_window(&self, first_picture: Duration) {
        let waited = self.changed.wait_timeout_while(self.inside(), WINDOW_FIRST, |i| !i.window && !i.ended);
        drop(waited);
        self.rest(first_picture);
    }

    fn is_idle(&self, plan: &CarePlan) -> bool {
        self.inside().touched.elapsed() >= plan.idle_after
    }

    fn found(&self, record: RecordStanding, damage: Option<String>) {
        let mut inside = self.inside();
        inside.view.record = record;
        inside.damage = damage;
        drop(inside);
        self.changed.notify_all();
    }
}

/// The caretaker at work on one ledger.
struct Round<'a> {
    duties: &'a Duties,
    plan: CarePlan,
    /// Tells the desk that something it shows has changed.
    tell: &'a dyn Fn(),
    copied_ms: Option<i64>,
    checked_ms: Option<i64>,
    copy_failed: Option<Instant>,
}

/// Runs until the till is closed. A round that panics is begun again from the check at the start: without it nothing is
/// recorded.
pub(super) fn run(duties: &Duties, tell: &dyn Fn()) {
    while catch_unwind(AssertUnwindSafe(|| look_after(duties, tell))).is_err() {
        tracing::error!("the caretaker panicked and starts again");
        if duties.care().rest(PAUSE_AFTER_PANIC) {
            return;
        }
    }
}

fn look_after(duties: &Duties, tell: &dyn Fn()) {
    let Some(plan) = duties.care().inside().plan.clone() else { return };
    duties.care().wait_for_window(plan.first_picture);
    if !at_start(duties, tell) {
        return;
    }
    let since = duties.now().plus_ms(-plan.overdue_after_ms);
    let (copied, checked) = {
        let ledger = duties.ledger();
        let copied = ledger.backup_place().list().first().map(|copy| copy.made_at.ms());
        (copied, ledger.last_fact(&["ledger_checked"], since).ok().flatten().map(|row| row.at.ms()))
    };
    let mut round = Round { duties, plan, tell, copied_ms: copied, checked_ms: checked, copy_failed: None };
    while !duties.care().rest(round.plan.look_every) {
        round.look_around();
    }
}

/// The check before anything is sent. False when the till was closed meanwhile, or the record is damaged.
fn at_start(duties: &Duties, tell: &dyn Fn()) -> bool {
    let care = duties.care();
    let path = duties.ledger().path().to_owned();
    loop {
        failpoint!(CareTurn);
        let began = Instant::now();
        let checked = check_ledger(&path, CheckDepth::Quick, &care.end);
        match checked {
            Ok(_) => {
                care.found(RecordStanding::Sound, None);
                tracing::info!(ms = began.elapsed().as_millis(), "the ledger passed its check at the start");
                note(duties, "ledger_quick_checked", vec![]);
                tell();
                failpoint!(CareTurn);
                return true;
            }
            Err(CheckError::Stopped) => return false,
            Err(CheckError::Damaged { what }) => {
                is_damaged(duties, &what);
                tell();
                return false;
            }
            Err(CheckError::Open(OpenError::NotALedger { what })) => {
                is_damaged(duties, &what);
                tell();
                return false;
            }
            Err(CheckError::Open(error)) => {
                tracing::error!(%error, "the ledger could not be checked");
                if care.rest(CHECK_AGAIN) {
                    return false;
                }
            }
        }
    }
}

fn is_damaged(duties: &Duties, what: &str) {
    tracing::error!(what, "the ledger is damaged: nothing is sent any more");
    duties.care().found(RecordStanding::Damaged, Some(what.to_owned()));
    note(duties, "ledger_check_failed", vec![("what", what.to_owned())]);
}

/// Writes it into the record, as far as that can be written.
fn note(duties: &Duties, what: &'static str, detail: Vec<(&'static str, String)>) {
    let now = duties.now();
    let fact = AuditFact { who: None, what, subject: String::new(), detail };
    if let Err(error) = duties.ledger().audit_append(&fact, now) {
        tracing::error!(%error, what, "the audit line could not be written");
    }
}

impl Round<'_> {
    fn look_around(&mut self) {
        let care = self.duties.care();
        if care.view().record == RecordStanding::Damaged {
            return;
        }
        care.somebody.lower();
        let idle = care.is_idle(&self.plan);
        let now = self.duties.now();
        let copy_rests = self.copy_failed.is_some_and(|at| at.elapsed() < self.plan.retry_after);
        if !copy_rests && self.is_due(self.copied_ms, now, idle) {
            self.copy(now, idle);
        }
        if self.is_due(self.checked_ms, now, idle) {
            self.check(idle);
        }
    }

    /// Due when nobody is there, and a while later anyhow. A clock that was set back makes both due.
    fn is_due(&self, last_ms: Option<i64>, now: Timestamp, idle: bool) -> bool {
        let Some(last_ms) = last_ms else { return idle };
        let age_ms = now.ms().saturating_sub(last_ms);
        let after_ms = if idle { self.plan.due_after_ms } else { self.plan.overdue_after_ms };
        age_ms >= after_ms || age_ms < -self.plan.due_after_ms
    }

    fn sign(&self, idle: bool) -> &StopSign {
        let care = self.duties.care();
        if idle { &care.somebody } else { &care.end }
    }

    fn copy(&mut self, now: Timestamp, idle: bool) {
        let (path, place) = {
            let ledger = self.duties.ledger();
            (ledger.path().to_owned(), ledger.backup_place().clone())
        };
        let trouble = match back_up(&path, &place, BackupKind::Daily, now, self.sign(idle)) {
            Ok(done) => {
                self.copied_ms = Some(now.ms());
                self.copy_failed = None;
                let name = done.path.file_name().map(|name| name.to_string_lossy().into_owned());
                let detail = vec![
                    ("file", name.unwrap_or_default()),
                    ("bytes", done.bytes.to_string()),
                    ("rows", done.head.count.to_string()),
                ];
                note(self.duties, "ledger_copied", detail);
                None
            }
            Err(BackupError::Stopped) => return,
            Err(error) => {
                tracing::error!(%error, "the ledger could not be copied");
                // Once for each stretch of failures: the record is not filled with one line an hour.
                if self.copy_failed.is_none() {
                    note(self.duties, "ledger_not_copied", vec![("why", error.to_string())]);
                }
                self.copy_failed = Some(Instant::now());
                Some(match error {
                    BackupError::NoRoom { .. } => CopyTrouble::NoRoom,
                    BackupError::Folder { .. } => CopyTrouble::Folder,
                    _ => CopyTrouble::Other,
                })
            }
        };
        self.duties.care().inside().view.copies = trouble;
        (self.tell)();
    }

    fn check(&mut self, idle: bool) {
        let path = self.duties.ledger().path().to_owned();
        match check_ledger(&path, CheckDepth::Full, self.sign(idle)) {
            Ok(head) => {
                self.checked_ms = Some(self.duties.now().ms());
                note(self.duties, "ledger_checked", vec![("rows", head.count.to_string())]);
            }
            Err(CheckError::Stopped) => {}
            Err(CheckError::Damaged { what }) => {
                is_damaged(self.duties, &what);
                (self.tell)();
            }
            Err(CheckError::Open(error)) => tracing::error!(%error, "the ledger could not be checked"),
        }
    }
}
