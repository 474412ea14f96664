//! The running till without a window: owns the threads, carries out the flow's effects, resolves unknown refunds.
//!
//! **The window never waits on anything in here**: it reads the last [`TillView`] and leaves events in a queue.

mod account;
mod badge_file;
mod bell;
mod camera;
mod care;
#[cfg(test)]
mod care_tests;
mod checkup;
mod clock;
mod desk;
mod duties;
pub mod export;
mod eyes;
mod follow;
mod keeper;
mod lanes;
mod notes;
mod people;
mod printing;
mod records;
pub mod recovery;
mod reports;
pub mod resolve;
mod scanners;
mod steady;
mod stops;
mod view;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, bounded};

pub use account::{AccountDesk, place_word};
pub use badge_file::{BadgeFile, BadgeFileError};
use bell::Bell;
pub use camera::{camera_eyes, camera_light};
pub use care::{Care, CarePlan, CareView, CopyTrouble, RecordStanding};
pub use checkup::CheckDesk;
pub use clock::{Clock, SystemClock, SystemSteadyClock};
use desk::{Desk, Message, Shared};
pub use desk::{Signboard, Waker};
pub use duties::{Counts, Duties, Gateway, house_fault};
pub use eyes::{Eyes, NoEyes, Seen};
pub use follow::FollowUp;
use keeper::Keeper;
pub use lanes::{Lane, carry_out, lane_of};
use lanes::{Lanes, Say};
use printing::Printing;
pub use printing::{
    DrawerSettings, PrintState, PrinterMaker, PrinterView, PrintingParts, Scribe, SetUpPrinter, SlipFacts,
};
pub use records::PAGE_ROWS;
pub use reports::EXPORTS;
pub use scanners::ScannerSettings;
use scanners::{Echo, Origin, TornBadge};
pub use view::{
    CameraHint, CameraTrouble, CameraView, Devices, Equipment, KnownCamera, Light, PracticePins, Preview, ScannerView,
    TillView, Tried,
};

use crate::devices::sound::Sounds;
use crate::domain::{SalesTrouble, ScanSource, ScannerKind, SoundLevel, WindowChoice, text::masked};
use crate::failpoint::failpoint;
use crate::flow::{Flow, What};
use crate::scan::payload::{self, Affixes};
use crate::scan::symbol::Symbology;
pub use crate::scan::test_code::CodePicture;
use crate::scan::wedge::ScanText;

/// What the window holds of the till. Nothing in it waits.
pub trait Till: Send + Sync {
    /// The till as it is now.
    fn view(&self) -> Arc<TillView>;

    /// The latest camera picture, while the camera is on.
    fn preview(&self) -> Option<Arc<Preview>>;

    /// Says what a person did. Dropped (and logged) when the till is so far behind that its queue is full.
    fn tell(&self, what: What);

    /// Hands over a text that a scanner or a person typed; the till reads what it means and tells the flow.
    fn scanned(&self, text: &str, source: ScanSource);

    /// Hands over what a scanner that types sent on the scanner page, to be looked at and not to be read.
    fn tried(&self, scan: &ScanText);
}

/// The two codes of the scanner page: QR and Code 128.
#[must_use]
pub fn test_codes() -> [Option<CodePicture>; 2] {
    [crate::scan::test_code::qr(), crate::scan::test_code::code128()]
}

/// Events that may wait for the desk. A person makes a handful a second, a camera fifteen.
const INBOX: usize = 512;
/// How often the gateway is looked for while it answers, and while it does not.
const PULSE: Duration = Duration::from_secs(60);
const PULSE_WHEN_DOWN: Duration = Duration::from_secs(5);

/// How long the threads are waited for when the till is closed.
const PATIENCE_AT_THE_END: Duration = Duration::from_secs(2);

/// What a terminal is made of.
pub struct Parts {
    /// The conversation, at its first screen.
    pub flow: Flow,
    /// Names and lists.
    pub signboard: Signboard,
    /// Ledger, gateway and clock.
    pub duties: Arc<Duties>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Makes the camera, given where it tells what it sees.
    pub eyes: Box<dyn FnOnce(Sender<Seen>) -> Box<dyn Eyes> + Send>,
    /// How the devices stand at the start.
    pub devices: Devices,
    /// Lock after this long without anybody doing anything; never, where nothing is said.
    pub idle_lock: Option<Duration>,
    /// What the store's scanners put around each code.
    pub affixes: Affixes,
    /// Which scanners there are.
    pub scanners: ScannerSettings,
    /// The camera as Settings shows it.
    pub camera: CameraView,
    /// What prints.
    pub printing: Option<PrintingParts>,
    /// What sounds.
    pub sounds: Option<Sounds>,
    /// How loud, at the start.
    pub sound_level: SoundLevel,
    /// How the window stands on the screen.
    pub window: WindowChoice,
    /// Where changed settings are kept.
    pub settings_file: Option<PathBuf>,
}

impl Parts {
    /// A till without camera, printer, sound or file of settings, which never locks by itself: what it has, its maker adds.
    pub fn new(flow: Flow, signboard: Signboard, duties: Arc<Duties>) -> Self {
        Self {
            flow,
            signboard,
            duties,
            clock: Arc::new(SystemClock),
            eyes: Box::new(|_| Box::new(NoEyes)),
            devices: Devices::default(),
            idle_lock: None,
            affixes: Affixes::default(),
            scanners: ScannerSettings::default(),
            camera: CameraView::default(),
            printing: None,
            sounds: None,
            sound_level: SoundLevel::default(),
            window: WindowChoice::default(),
            settings_file: None,
        }
    }
}

/// The running till.
pub struct Terminal {
    duties: Arc<Duties>,
    inbox: Sender<Message>,
    shared: Arc<Shared>,
    /// Dropping it ends the pulse.
    pulse: Mutex<Option<Sender<()>>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

/// Reads what a code means.
pub fn read_code(text: &str, source: ScanSource, symbology: Option<Symbology>, affixes: &Affixes) -> What {
    let meaning = payload::read_with(text, source, symbology, affixes);
    What::CodeScanned { meaning, source, masked: masked(text) }
}

impl Terminal {
    /// Starts every thread of the till.
    pub fn start(parts: Parts) -> std::io::Result<Self> {
        let (inbox, messages) = bounded(INBOX);
        let to_desk = inbox.clone();
        let say: Say = Arc::new(move |what| {
            // Workers wait for the desk; the desk never waits for them, so this cannot lock up.
            let _ = to_desk.send(Message::Happened(what));
        });
        let duties = parts.duties;
        duties.count();
        duties.remove_badge_file();
        duties.say_people(&mut |what| say(what));
        let seen = parts.settings_file.as_deref().and_then(crate::config::seen);
        let (lanes, mut threads) = Lanes::start(&duties, &say, seen)?;
        let (follow, wanted) = bounded(64);
        let (seen_by_camera, seen) = bounded(16);
        let (pulse, pulse_ends) = bounded::<()>(1);
        let (keeper, keeping) = Keeper::start(parts.settings_file, &duties, &say)?;
        threads.extend(keeping);
        let printer = PrinterView::of(parts.printing.as_ref());
        let to_desk = inbox.clone();
        let (printing, printer_thread) = Printing::start(parts.printing, &duties, move |news| {
            let _ = to_desk.send(Message::Printer(news));
        })?;
        threads.extend(printer_thread);
        let to_desk = inbox.clone();
        let listeners = parts.scanners.listen(move |kind, event| {
            // Never waits: the desk ends by waiting for the scanners' threads.
            if to_desk.try_send(Message::Scanner(kind, event)).is_err() {
                tracing::error!(?kind, "the desk is behind; what a scanner told was dropped");
            }
        });
        let has_sound = parts.sounds.is_some();
        let desk = Desk {
            flow: parts.flow,
            signboard: parts.signboard,
            duties: Arc::clone(&duties),
            clock: parts.clock,
            lanes,
            follow,
            eyes: (parts.eyes)(seen_by_camera),
            devices: parts.devices,
            hint: None,
            bell: Bell::new(parts.sounds),
            idle_lock: parts.idle_lock,
            touched: Instant::now(),
            equipment: Equipment {
                scanners: parts.scanners.views(),
                tried: None,
                camera: parts.camera,
                printer,
                sound: parts.sound_level,
                has_sound,
                window: parts.window,
                prefix: parts.affixes.prefix.clone(),
                suffix: parts.affixes.suffix.clone(),
                sales: SalesTrouble::default(),
                about: Arc::new(duties.check_desk().about()),
            },
            affixes: parts.affixes,
            listeners,
            keeper,
            printing,
            echo: Echo::default(),
            torn_badge: TornBadge::default(),
            leaving: None,
        };
        let shared = Arc::new(Shared::new(desk.picture()));
        let shown = Arc::clone(&shared);
        threads.push(thread("desk", move || desk.run(&messages, &shown))?);
        let (asking, say_found) = (Arc::clone(&duties), Arc::clone(&say));
        threads.push(thread("follow-up", move || follow::run(&asking, &wanted, &say_found))?);
        if duties.care().is_wanted() {
            let (cared_for, to_desk) = (Arc::clone(&duties), inbox.clone());
            let tell = move || drop(to_desk.send(Message::CareMoved));
            threads.push(thread("care", move || care::run(&cared_for, &tell))?);
        }
        let kept = Arc::clone(&duties);
        let to_desk = inbox.clone();
        threads.push(thread("pulse", move || feel_pulse(&duties, &pulse_ends, &to_desk))?);
        let to_desk = inbox.clone();
        threads.push(thread("camera-events", move || {
            for event in seen {
                if to_desk.send(Message::Seen(event)).is_err() {
                    break;
                }
            }
        })?);
        Ok(Self { duties: kept, inbox, shared, pulse: Mutex::new(Some(pulse)), threads: Mutex::new(threads) })
    }

    /// Calls `waker` whenever something on the screen changed.
    pub fn on_change(&self, waker: Waker) {
        self.shared.set_waker(waker);
        self.duties.care().window_is_there();
    }

    /// What tells the window what keeps sales from coming in; it never waits.
    pub fn sales_light(&self) -> impl Fn(SalesTrouble) + Send + Sync + 'static {
        let to_desk = self.inbox.clone();
        move |trouble| {
            if to_desk.try_send(Message::Sales(trouble)).is_err() {
                tracing::error!("the desk is behind; what keeps sales from coming in is not shown");
            }
        }
    }

    fn leave(&self, message: Message) {
        if self.inbox.try_send(message).is_err() {
            tracing::error!("the desk is behind; what a person did was dropped");
        }
    }

    /// Ends the threads that can end at once. A refund on its way is not waited for: it stands in the ledger as sent,
    /// and the next start asks about it.
    pub fn stop(&self) {
        let _ = self.inbox.try_send(Message::Stop);
        self.duties.care().end();
        self.pulse.lock().unwrap_or_else(PoisonError::into_inner).take();
        let threads = std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        let deadline = Instant::now() + PATIENCE_AT_THE_END;
        for thread in threads {
            while !thread.is_finished() && Instant::now() < deadline {
                std::thread::sleep(Duration::from_millis(5));
            }
        }
    }
}

impl Till for Terminal {
    fn view(&self) -> Arc<TillView> {
        self.shared.view()
    }

    fn preview(&self) -> Option<Arc<Preview>> {
        self.shared.preview()
    }

    fn tell(&self, what: What) {
        self.leave(Message::Person(what));
    }

    fn scanned(&self, text: &str, source: ScanSource) {
        let origin = match source {
            ScanSource::Scanner => Origin::Scanner(ScannerKind::Keyboard),
            ScanSource::Camera => Origin::Camera,
            ScanSource::Typed => Origin::Typed,
        };
        self.leave(Message::Code(text.to_owned(), origin));
    }

    fn tried(&self, scan: &ScanText) {
        self.leave(Message::Tried(scan.clone()));
    }
}

fn thread(name: &str, work: impl FnOnce() + Send + 'static) -> std::io::Result<JoinHandle<()>> {
    std::thread::Builder::new().name(name.to_owned()).spawn(work)
}

fn feel_pulse(duties: &Duties, ends: &Receiver<()>, desk: &Sender<Message>) {
    loop {
        let answers = catch_unwind(AssertUnwindSafe(|| {
            failpoint!(PulseTurn);
            duties.gateway_reachable()
        }));
        // Whoever cannot look knows nothing of an answer.
        let answers = answers.unwrap_or(false);
        if desk.send(Message::Gateway(answers)).is_err() {
            return;
        }
        let wait = if answers { PULSE } else { PULSE_WHEN_DOWN };
        if ends.recv_timeout(wait) != Err(crossbeam_channel::RecvTimeoutError::Timeout) {
            return;
        }
    }
}
