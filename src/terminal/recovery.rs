//! What can be done while the ledger cannot be opened: try again, put a copy back, save a copy for support.
//!
//! **Nothing here can send anything**: there is no gateway behind it. **The window never waits on it**: it reads the
//! last [`RecoveryView`] and leaves wishes; one wish at a time is carried out on a thread of its own. **A copy is put
//! back only on a manager's PIN and written reason**, which `ledger::restore` asks for.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::Waker;
use crate::domain::{Operator, OperatorId, Pin, Reason, Timestamp};
use crate::ledger::{
    BackupPlace, CheckError, Holder, LedgerSettings, Missing, OpenError, PinRefusal, RestoreError, RestoreOrder,
    Restored, StopSign, examine, restore,
};

/// Why there is no ledger to work with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LedgerFault {
    /// Another terminal holds it.
    InUse(HeldBy),
    /// Another program locks the database.
    Locked,
    /// The disk is full.
    DiskFull,
    /// It or its folder may not be written by anybody.
    ReadOnly,
    /// This user may not use it.
    NoPermission,
    /// The data folder is not there.
    FolderMissing,
    /// There was a ledger, and it is gone.
    Gone,
    /// Something else stands in its place.
    NotALedger,
    /// It is damaged.
    Damaged,
    /// Its end is missing.
    Behind {
        /// Rows of the record that are missing, at least.
        missing: u64,
    },
    /// A later version of this program wrote it.
    NewerSchema,
    /// It could not be brought to this version's schema.
    MigrationFailed,
    /// It is for training and the till is not, or the other way round.
    WrongMode {
        /// What the file is for.
        ledger_is_training: bool,
    },
    /// Anything else.
    Other,
}

/// Who holds the ledger, as far as they said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HeldBy {
    /// Process number.
    pub pid: Option<u32>,
    /// Till.
    pub till: Option<String>,
    /// Computer.
    pub host: Option<String>,
    /// Since when.
    pub since: Option<Timestamp>,
}

impl LedgerFault {
    /// What a window says of an error.
    pub fn of(error: &OpenError) -> Self {
        match error {
            OpenError::InUse { holder } => {
                let Holder { pid, till, host, since } = holder.clone();
                Self::InUse(HeldBy { pid, till, host, since })
            }
            OpenError::Locked => Self::Locked,
            OpenError::DiskFull => Self::DiskFull,
            OpenError::ReadOnly => Self::ReadOnly,
            OpenError::NoPermission => Self::NoPermission,
            OpenError::Gone { .. } | OpenError::Missing { .. } => Self::Gone,
            OpenError::NotALedger { .. } => Self::NotALedger,
            OpenError::Corrupt { .. } => Self::Damaged,
            OpenError::Behind { had, has } => Self::Behind { missing: had.saturating_sub(*has) },
            OpenError::NewerSchema { .. } => Self::NewerSchema,
            OpenError::MigrationFailed { .. } => Self::MigrationFailed,
            OpenError::WrongMode { ledger_is_training } => Self::WrongMode { ledger_is_training: *ledger_is_training },
            OpenError::Io { .. } => Self::Other,
        }
    }

    /// Whether putting a copy back is a way out. Where the disk is the trouble, or another version or till, it is not.
    pub const fn takes_a_copy(&self) -> bool {
        matches!(self, Self::Gone | Self::NotALedger | Self::Damaged | Self::Behind { .. } | Self::Other)
    }
}

/// How many refunds a copy does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknowns {
    /// So many; they come over as unknown.
    Counted(u64),
    /// The present record cannot be read to its end: so many at least.
    AtLeast(u64),
}

/// A copy that is good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoodCopy {
    /// The file.
    pub path: PathBuf,
    /// When its last row was written.
    pub as_of: Timestamp,
    /// Its refunds.
    pub refunds: u64,
    /// What it does not know.
    pub unknowns: Unknowns,
    /// Who may say yes.
    pub managers: Vec<Operator>,
}

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// Copies are read through.
    Looking,
    /// The ledger is opened again.
    Trying,
    /// A copy is put back.
    Restoring,
    /// Files are copied for support.
    Saving,
}

/// What the last wish led to, where it did not lead out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// It is still the same.
    StillSo,
    /// The files for support are in that folder.
    Saved(PathBuf),
    /// They could not be copied.
    NotSaved(String),
    /// The folder is shown by another program.
    FolderShown,
    /// No program shows folders here.
    FolderNotShown,
    /// The PIN is wrong; the next is looked at after so many seconds.
    WrongPin {
        /// Seconds.
        wait_seconds: u32,
    },
    /// The copy was not put back; everything is as it was.
    NotRestored(String),
}

/// What a restore did, for the page that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Where what was in place is now.
    pub set_aside: Option<PathBuf>,
    /// Refunds that came over as unknown.
    pub brought_over: usize,
    /// Refunds that could not be brought over.
    pub left_behind: Vec<String>,
    /// Refunds that were given up.
    pub given_up: usize,
    /// Whether the old record was read to its end.
    pub old_was_whole: bool,
}

/// What the window draws.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecoveryView {
    /// Why.
    pub fault: LedgerFault,
    /// The same in the words of the rooms below, for support.
    pub detail: String,
    /// Where the ledger is, or should be.
    pub ledger: PathBuf,
    /// The good copies, the newest first; nothing while they are looked for.
    pub copies: Option<Vec<GoodCopy>>,
    /// Copies that were found and are not good.
    pub bad_copies: usize,
    /// What is being done.
    pub doing: Option<Doing>,
    /// What came of the last wish.
    pub said: Option<Said>,
    /// What a restore did.
    pub restored: Option<Account>,
    /// The ledger is open: the till can start.
    pub open: bool,
}

/// What a person wants.
#[derive(Debug)]
pub enum Wish {
    /// Open the ledger again.
    TryAgain,
    /// Put that copy back.
    Restore {
        /// Its file.
        from: PathBuf,
        /// The manager.
        manager: OperatorId,
        /// Their PIN.
        pin: Pin,
        /// Why.
        reason: Reason,
    },
    /// Copy what support needs into a folder.
    SaveForSupport,
    /// Show the data folder.
    ShowFolder,
}

/// What the window holds of it. Nothing in it waits.
pub trait Recovery: Send + Sync {
    /// How it stands.
    fn view(&self) -> Arc<RecoveryView>;
    /// Leaves a wish; dropped while another is carried out.
    fn wish(&self, wish: Wish);
    /// Calls `waker` whenever something changed.
    fn on_change(&self, waker: Waker);
}

/// Opens everything again; an error says why not.
pub type Reopen = Box<dyn Fn() -> Result<(), (LedgerFault, String)> + Send + Sync>;

/// What a keeper works on.
pub struct KeeperParts {
    /// The ledger's file.
    pub ledger: PathBuf,
    /// How it is used.
    pub settings: Box<dyn Fn() -> LedgerSettings + Send + Sync>,
    /// Opens the till again.
    pub reopen: Reopen,
    /// The clock.
    pub now: Box<dyn Fn() -> Timestamp + Send + Sync>,
    /// Files for support beside the ledger's own: settings, logs. Never the token.
    pub for_support: Vec<PathBuf>,
}

/// The newest copies that are read through for the window; each costs the reading of its whole file.
const COPIES_SHOWN: usize = 5;
/// How long our own threads may still hold the ledger: the longest wait for an answer, and a little.
const OWN_THREADS: Duration = Duration::from_secs(40);
/// Seconds after the first, second, ... wrong PIN. Counted in this process alone: the ledger that would keep the count
/// cannot be written, and who can end the process can replace the file itself.
const WAITS_SECONDS: [u32; 6] = [0, 0, 5, 15, 60, 300];

/// Carries wishes out.
pub struct Keeper {
    parts: KeeperParts,
    view: Mutex<Arc<RecoveryView>>,
    waker: Mutex<Option<Waker>>,
    wrong_pins: Mutex<(usize, Option<Instant>)>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Keeper {
    /// A keeper for a ledger that could not be opened; looks for copies at once where one could help.
    pub fn start(parts: KeeperParts, fault: LedgerFault, detail: String) -> Arc<Self> {
        let looks = fault.takes_a_copy();
        let view = RecoveryView {
            fault,
            detail,
            ledger: parts.ledger.clone(),
            copies: (!looks).then(Vec::new),
            bad_copies: 0,
            doing: looks.then_some(Doing::Looking),
            said: None,
            restored: None,
            open: false,
        };
        let keeper = Arc::new(Self {
            parts,
            view: Mutex::new(Arc::new(view)),
            waker: Mutex::new(None),
            wrong_pins: Mutex::new((0, None)),
        });
        if looks {
            keeper.work(Self::look);
        }
        keeper
    }

    fn change(&self, change: impl FnOnce(&mut RecoveryView)) {
        let mut view = lock(&self.view);
        change(Arc::make_mut(&mut view));
        drop(view);
        if let Some(waker) = lock(&self.waker).as_ref() {
            waker();
        }
    }

    fn work(self: &Arc<Self>, work: impl FnOnce(&Self) + Send + 'static) {
        let keeper = Arc::clone(self);
        let started = std::thread::Builder::new().name("recovery".to_owned()).spawn(move || {
            let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(&keeper)));
            if done.is_err() {
                tracing::error!("a wish stopped half-way");
                keeper.change(|view| view.doing = None);
            }
        });
        if let Err(error) = started {
            tracing::error!(%error, "no thread");
            self.change(|view| view.doing = None);
        }
    }

    fn end(&self, said: Option<Said>) {
        self.change(|view| {
            view.doing = None;
            view.said = said;
        });
    }

    /// Reads the newest copies through and keeps the good ones.
    fn look(&self) {
        let settings = (self.parts.settings)();
        let place = BackupPlace::of(&self.parts.ledger, &settings.till, settings.backups.as_deref());
        let (mut good, mut bad) = (vec![], 0);
        for copy in place.list().into_iter().take(COPIES_SHOWN) {
            match examine(&copy.path, &self.parts.ledger, settings.training, &StopSign::new()) {
                Ok(found) => good.push(GoodCopy {
                    as_of: found.last_at.unwrap_or(copy.made_at),
                    refunds: found.refunds,
                    unknowns: match found.missing {
                        Missing::Counted(count) => Unknowns::Counted(count),
                        Missing::Unreadable(count) => Unknowns::AtLeast(count),
                    },
                    managers: found.managers,
                    path: copy.path,
                }),
                Err(error) => {
                    tracing::warn!(path = %copy.path.display(), %error, "a copy is not good");
                    bad += 1;
                }
            }
        }
        self.change(|view| {
            view.copies = Some(good);
            view.bad_copies = bad;
        });
        self.end(None);
    }

    fn try_again(&self) {
        match (self.parts.reopen)() {
            Ok(()) => self.change(|view| {
                view.doing = None;
                view.open = true;
            }),
            Err((fault, detail)) => {
                let other = {
                    let view = lock(&self.view);
                    view.fault != fault
                };
                let looks = fault.takes_a_copy();
                self.change(|view| {
                    view.fault = fault;
                    view.detail = detail;
                    if looks {
                        view.copies = None;
                        view.doing = Some(Doing::Looking);
                    }
                });
                if looks {
                    self.look();
                }
                self.end((!other).then_some(Said::StillSo));
            }
        }
    }

    fn restore(&self, from: &Path, manager: &OperatorId, pin: &Pin, reason: &Reason) {
        let wait_seconds = self.wait_for_next_pin();
        if wait_seconds > 0 {
            return self.end(Some(Said::WrongPin { wait_seconds }));
        }
        let settings = (self.parts.settings)();
        let order = RestoreOrder { from, manager, pin, reason };
        let deadline = Instant::now() + OWN_THREADS;
        let done = loop {
            let done = restore(&self.parts.ledger, &settings, &order, (self.parts.now)());
            match &done {
                // A question to the gateway may still hold what this very process had open.
                Err(RestoreError::Open(OpenError::InUse { holder }))
                    if holder.pid == Some(std::process::id()) && Instant::now() < deadline =>
                {
                    std::thread::sleep(Duration::from_millis(500));
                }
                _ => break done,
            }
        };
        match done {
            Ok(done) => {
                let account = account(&done);
                self.change(|view| view.restored = Some(account));
                self.end(None);
            }
            Err(RestoreError::Pin(PinRefusal::Wrong { .. } | PinRefusal::LockedOut { .. })) => {
                let wait_seconds = self.count_wrong_pin();
                self.end(Some(Said::WrongPin { wait_seconds }));
            }
            Err(RestoreError::Copy(CheckError::Damaged { what })) => self.end(Some(Said::NotRestored(what))),
            Err(error) => self.end(Some(Said::NotRestored(error.to_string()))),
        }
    }

    fn count_wrong_pin(&self) -> u32 {
        let mut wrong = lock(&self.wrong_pins);
        let wait = WAITS_SECONDS.get(wrong.0).or(WAITS_SECONDS.last()).copied().unwrap_or(0);
        *wrong = (wrong.0.saturating_add(1), Some(Instant::now() + Duration::from_secs(u64::from(wait))));
        wait
    }

    fn wait_for_next_pin(&self) -> u32 {
        let until = lock(&self.wrong_pins).1;
        let left = until.map_or(Duration::ZERO, |until| until.saturating_duration_since(Instant::now()));
        u32::try_from(left.as_millis().div_ceil(1000)).unwrap_or(u32::MAX)
    }

    fn save_for_support(&self) {
        let said = match save(&self.parts, (self.parts.now)()) {
            Ok(folder) => Said::Saved(folder),
            Err(error) => Said::NotSaved(error.to_string()),
        };
        self.end(Some(said));
    }
}

fn account(done: &Restored) -> Account {
    Account {
        set_aside: done.set_aside.clone(),
        brought_over: done.brought_over.len(),
        left_behind: done.left_behind.clone(),
        given_up: done.given_up.len(),
        old_was_whole: done.old_was_whole,
    }
}

/// Copies the ledger's files as they are, settings and logs into a new folder beside the ledger. The token is in none.
fn save(parts: &KeeperParts, now: Timestamp) -> std::io::Result<PathBuf> {
    let beside = parts.ledger.parent().unwrap_or(Path::new("."));
    let folder = beside.join(format!("for-support-{}", now.ms()));
    std::fs::create_dir(&folder)?;
    let name = parts.ledger.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let own = ["", "-wal", "-shm"].map(|end| beside.join(format!("{name}{end}")));
    for file in own.iter().chain(&parts.for_support).filter(|file| file.is_file()) {
        if let Some(name) = file.file_name() {
            std::fs::copy(file, folder.join(name))?;
        }
    }
    Ok(folder)
}

/// Shows a folder with the system's own program.
fn show_folder(folder: &Path) -> bool {
    let program = if cfg!(windows) {
        "explorer"
    } else if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    let quiet = std::process::Stdio::null;
    let started =
        std::process::Command::new(program).arg(folder).stdin(quiet()).stdout(quiet()).stderr(quiet()).spawn();
    started.is_ok()
}

impl Recovery for Arc<Keeper> {
    fn view(&self) -> Arc<RecoveryView> {
        Arc::clone(&lock(&self.view))
    }

    fn wish(&self, wish: Wish) {
        let doing = match &wish {
            Wish::TryAgain => Some(Doing::Trying),
            Wish::Restore { .. } => Some(Doing::Restoring),
            Wish::SaveForSupport => Some(Doing::Saving),
            Wish::ShowFolder => None,
        };
        let mut busy = false;
        self.change(|view| {
            busy = view.doing.is_some();
            if !busy {
                view.doing = doing;
                view.said = None;
            }
        });
        if busy {
            return;
        }
        match wish {
            Wish::TryAgain => self.work(Keeper::try_again),
            Wish::Restore { from, manager, pin, reason } => {
                self.work(move |keeper| keeper.restore(&from, &manager, &pin, &reason));
            }
            Wish::SaveForSupport => self.work(Keeper::save_for_support),
            Wish::ShowFolder => {
                let shown = self.parts.ledger.parent().is_some_and(show_folder);
                self.end(Some(if shown { Said::FolderShown } else { Said::FolderNotShown }));
            }
        }
    }

    fn on_change(&self, waker: Waker) {
        *lock(&self.waker) = Some(waker);
    }
}
