//! The desk: the one thread on which the flow runs.
//!
//! It takes what happened, steps the flow, hands the effects to the lanes and puts a new picture of the till where the
//! window finds it. **It never waits for anything but the next event.** **A panic ends the conversation, not the till**: it
//! starts over, says so, and has what was in hand found in the ledger.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender};

use super::bell::Bell;
use super::clock::Clock;
use super::duties::Duties;
use super::eyes::{Eyes, Seen};
use super::keeper::Keeper;
use super::lanes::{Lane, Lanes, lane_of};
use super::printing::{Job, PrintState, PrinterNews, Printing};
use super::scanners::{self, Echo, Origin, TornBadge};
use super::view::{CameraHint, Devices, Equipment, Light, PracticePins, Preview, TillView, Tried};
use crate::domain::{
    Badge, Currency, OperatorId, PrintSubject, Reason, RefundReference, Report, SalesTrouble, ScanRefusal, Scanned,
    ScannerKind, SettingChange, Timestamp, text::masked,
};
use crate::failpoint::failpoint;
use crate::flow::{Effect, Event, Flow, Leaving, OnDevices, OnPeople, OnSettings, SettingsPage, State, What};
use crate::scan::payload::Affixes;
use crate::scan::scanner::{Listener, ScannerEvent};
use crate::scan::symbol::Symbology;
use crate::scan::wedge::ScanText;

/// What is shown and written down of a badge or a part of one.
const HIDDEN: &str = "\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}";

/// So that what panics without end does not take a processor with it.
const PAUSE_AFTER_PANIC: Duration = Duration::from_millis(250);

/// What comes to the desk.
pub(super) enum Message {
    /// An event for the flow.
    Happened(What),
    /// An event for the flow that a person caused.
    Person(What),
    /// The camera saw something.
    Seen(Seen),
    /// A code's text: from a scanner that types, or from a hand.
    Code(String, Origin),
    /// A scanner that types was tried on the scanner page.
    Tried(ScanText),
    /// A scanner with a port of its own has something to tell.
    Scanner(ScannerKind, ScannerEvent),
    /// The gateway answered, or did not.
    Gateway(bool),
    /// The printer has something to tell.
    Printer(PrinterNews),
    /// The ledger's caretaker has something new to show.
    CareMoved,
    /// Sales of the till program come in again, or do not.
    Sales(SalesTrouble),
    /// The till is being closed.
    Stop,
}

/// The names and lists that stand on every screen.
#[derive(Debug, Clone)]
pub struct Signboard {
    /// The store's name.
    pub store: String,
    /// The till's name.
    pub till: String,
    /// Demo or training.
    pub training: bool,
    /// The store's reasons for a refund.
    pub reasons: Vec<Reason>,
    /// The PINs of practice, to be shown on the screen; nothing anywhere else.
    pub practice_pins: Option<PracticePins>,
    /// What the store sells in.
    pub currency: Currency,
}

/// Called when something on the screen changed.
pub type Waker = Arc<dyn Fn() + Send + Sync>;

/// Where the window finds the till.
pub(super) struct Shared {
    view: Mutex<Arc<TillView>>,
    preview: Mutex<Option<Arc<Preview>>>,
    waker: Mutex<Option<Waker>>,
}

impl Shared {
    pub(super) fn new(view: TillView) -> Self {
        Self { view: Mutex::new(Arc::new(view)), preview: Mutex::new(None), waker: Mutex::new(None) }
    }

    pub(super) fn view(&self) -> Arc<TillView> {
        Arc::clone(&self.view.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn preview(&self) -> Option<Arc<Preview>> {
        self.preview.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn set_waker(&self, waker: Waker) {
        *self.waker.lock().unwrap_or_else(PoisonError::into_inner) = Some(waker);
    }

    fn show(&self, view: TillView) {
        *self.view.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(view);
        self.wake();
    }

    fn show_preview(&self, preview: Option<Preview>) {
        *self.preview.lock().unwrap_or_else(PoisonError::into_inner) = preview.map(Arc::new);
        self.wake();
    }

    fn wake(&self) {
        if let Some(waker) = self.waker.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            waker();
        }
    }
}

/// Everything the desk works with.
pub(super) struct Desk {
    pub(super) flow: Flow,
    pub(super) signboard: Signboard,
    pub(super) duties: Arc<Duties>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) lanes: Lanes,
    pub(super) follow: Sender<RefundReference>,
    pub(super) eyes: Box<dyn Eyes>,
    pub(super) devices: Devices,
    pub(super) hint: Option<CameraHint>,
    pub(super) bell: Bell,
    pub(super) idle_lock: Option<Duration>,
    pub(super) touched: Instant,
    /// What the store's scanners put around each code.
    pub(super) affixes: Affixes,
    pub(super) equipment: Equipment,
    /// Listening for as long as they are kept.
    pub(super) listeners: Vec<Listener>,
    pub(super) keeper: Keeper,
    pub(super) echo: Echo,
    pub(super) torn_badge: TornBadge,
    /// This window is left.
    pub(super) leaving: Option<Leaving>,
    pub(super) printing: Printing,
}

impl Desk {
    /// Runs until it is told to stop.
    pub(super) fn run(mut self, inbox: &Receiver<Message>, shared: &Shared) {
        self.show(shared);
        loop {
            match catch_unwind(AssertUnwindSafe(|| self.turn(inbox, shared))) {
                Ok(true) => {}
                Ok(false) => break,
                Err(_) => {
                    tracing::error!("the desk panicked and starts over");
                    // It could panic each time it looks at what made it panic.
                    if catch_unwind(AssertUnwindSafe(|| self.start_over(shared))).is_err() {
                        tracing::error!("and panicked again");
                        std::thread::sleep(PAUSE_AFTER_PANIC);
                    }
                }
            }
        }
        self.eyes.close();
        self.listeners.clear();
    }

    /// Waits for the next event and takes it. False when the till is being closed.
    fn turn(&mut self, inbox: &Receiver<Message>, shared: &Shared) -> bool {
        let message = match self.patience() {
            Some(patience) => inbox.recv_timeout(patience),
            None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        if self.is_left_alone() {
            self.happened(What::LeftAlone, shared);
        }
        match message {
            Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
            Ok(message) => {
                failpoint!(PersonHeard, matches!(message, Message::Person(_) | Message::Code(..)));
                failpoint!(RecordHeard, matches!(message, Message::Happened(What::RefundRecorded { .. })));
                failpoint!(MoveHeard, matches!(message, Message::Happened(What::RefundMoved(_))));
                self.take(message, shared);
            }
            Err(RecvTimeoutError::Timeout) => self.happened(What::TimePassed, shared),
        }
        true
    }

    /// After a panic: the conversation begins anew and says so, the camera rests, and a refund that was in hand is
    /// found in the ledger, behind whatever was being recorded.
    fn start_over(&mut self, shared: &Shared) {
        self.flow = self.flow.started_over();
        self.lanes.put(Effect::FindInterrupted);
        self.eyes.close();
        self.hint = None;
        shared.show_preview(None);
        self.show(shared);
    }

    /// How long to wait for the next event at most: a second while something counts seconds, else until the till
    /// would lock itself, else for ever.
    fn patience(&self) -> Option<Duration> {
        let second = self.flow.counts_seconds().then_some(Duration::from_secs(1));
        let lock = self.idle_lock.filter(|_| self.flow.operator().is_some());
        let until_lock = lock.map(|idle| idle.saturating_sub(self.touched.elapsed()).max(Duration::from_millis(50)));
        [second, until_lock].into_iter().flatten().min()
    }

    fn is_left_alone(&self) -> bool {
        let idle = self.idle_lock.is_some_and(|idle| self.touched.elapsed() >= idle);
        idle && self.flow.operator().is_some() && !matches!(self.flow.state(), State::Sending(_))
    }

    fn take(&mut self, message: Message, shared: &Shared) {
        match message {
            Message::Happened(what) => self.happened(what, shared),
            Message::Person(what) => {
                self.touched = Instant::now();
                self.duties.care().touch();
                self.happened(what, shared);
            }
            Message::Code(text, origin) => {
                self.touched = Instant::now();
                if origin == Origin::Scanner(ScannerKind::Keyboard) {
                    self.light(|devices| &mut devices.scanner, Light::Good, shared);
                }
                self.code(&text, origin, None, shared);
            }
            Message::Tried(scan) => {
                self.touched = Instant::now();
                self.devices.scanner = Light::Good;
                self.tried(ScannerKind::Keyboard, scan, shared);
            }
            Message::Scanner(kind, event) => self.scanner(kind, event, shared),
            Message::Seen(seen) => self.seen(seen, shared),
            Message::Gateway(answers) => {
                let light = if answers { Light::Good } else { Light::Bad };
                self.light(|devices| &mut devices.gateway, light, shared);
            }
            Message::Printer(news) => self.printer(&news, shared),
            Message::CareMoved => self.show(shared),
            Message::Sales(trouble) => {
                self.equipment.sales = trouble;
                self.show(shared);
            }
            Message::Stop => {}
        }
    }

    fn seen(&mut self, seen: Seen, shared: &Shared) {
        match seen {
            Seen::Preview(preview) if self.wants_pictures() => shared.show_preview(Some(preview)),
            Seen::Preview(_) => {}
            Seen::Code { text, .. } if self.shows(SettingsPage::Camera) => {
                self.equipment.camera.read = Some(masked(&text));
                self.show(shared);
            }
            Seen::Code { text, symbology } => self.code(&text, Origin::Camera, symbology, shared),
            Seen::Hint(hint) if self.hint != hint => {
                self.hint = hint;
                self.show(shared);
            }
            Seen::Hint(_) => {}
            Seen::Light(light) => self.light(|devices| &mut devices.camera, light, shared),
            Seen::Open { name, format } => {
                let camera = &mut self.equipment.camera;
                (camera.open, camera.trouble) = (Some((name, format)), None);
                self.show(shared);
            }
            Seen::Trouble(trouble) => {
                let camera = &mut self.equipment.camera;
                (camera.open, camera.trouble) = (None, Some(trouble));
                shared.show_preview(None);
                self.show(shared);
            }
            Seen::Known(known) => {
                self.equipment.camera.known = Some(known);
                self.show(shared);
            }
        }
    }

    fn shows(&self, page: SettingsPage) -> bool {
        matches!(self.flow.state(), State::Settings(settings) if settings.shows(page))
    }

    fn wants_pictures(&self) -> bool {
        matches!(self.flow.state(), State::Scan(_)) || self.shows(SettingsPage::Camera)
    }

    /// A text and where it came from, for the flow; unless it is one that another source has just given.
    fn code(&mut self, text: &str, origin: Origin, symbology: Option<Symbology>, shared: &Shared) {
        if let (Some(badge), Origin::Scanner(_), true) = (Badge::find(text), origin, self.flow.state().hears_badges()) {
            return self.happened(What::OnPeople(OnPeople::BadgeScanned(badge)), shared);
        }
        if self.torn_badge.goes_on_in(text, origin, Instant::now()) {
            let (meaning, source) = (Scanned::Refused(ScanRefusal::Badge), origin.source());
            return self.happened(What::CodeScanned { meaning, source, masked: HIDDEN.to_owned() }, shared);
        }
        let what = super::read_code(text, origin.source(), symbology, &self.affixes);
        if let What::CodeScanned { meaning, .. } = &what
            && self.echo.is_one(meaning, origin, Instant::now())
        {
            tracing::info!(?origin, "the same code from another source");
            return;
        }
        self.happened(what, shared);
    }

    fn scanner(&mut self, kind: ScannerKind, event: ScannerEvent, shared: &Shared) {
        match scanners::hear(&mut self.equipment.scanners, kind, event) {
            None => self.show(shared),
            Some(scan) if self.shows(SettingsPage::Scanner) => self.tried(kind, scan, shared),
            // A part of a code is not read; the cashier hears and sees that, and scans again.
            Some(scan) if scan.torn => {
                tracing::warn!(?kind, "a part of a code");
                self.happened(What::CodeTorn, shared);
            }
            Some(scan) => {
                self.touched = Instant::now();
                self.code(scan.best(), Origin::Scanner(kind), None, shared);
            }
        }
    }

    fn tried(&mut self, scanner: ScannerKind, scan: ScanText, shared: &Shared) {
        let number = self.equipment.tried.as_ref().map_or(0, |tried| tried.number).saturating_add(1);
        // Of a badge nothing is shown, not even where scanners are tried.
        let hides = |text: &str| Badge::is_in(text) || Badge::may_be_part(text);
        let goes_on = self.torn_badge.goes_on_in(&scan.text, Origin::Scanner(scanner), Instant::now());
        let scan = if goes_on || hides(&scan.text) || hides(&scan.shown) {
            ScanText { text: HIDDEN.to_owned(), shown: HIDDEN.to_owned(), ..scan }
        } else {
            scan
        };
        self.equipment.tried = Some(Tried { number, scanner, scan });
        self.show(shared);
    }

    fn light(&mut self, which: impl FnOnce(&mut Devices) -> &mut Light, light: Light, shared: &Shared) {
        let lamp = which(&mut self.devices);
        if *lamp != light {
            *lamp = light;
            self.show(shared);
        }
    }

    fn happened(&mut self, what: What, shared: &Shared) {
        let at = self.clock.now();
        if let What::OnSettings(OnSettings::Adopted { rules }) = &what {
            self.signboard.reasons.clone_from(&rules.reasons);
        }
        for effect in self.flow.step(Event { at, what }) {
            self.carry_out(at, effect, shared);
        }
        self.show(shared);
    }

    fn carry_out(&mut self, at: Timestamp, effect: Effect, shared: &Shared) {
        if lane_of(&effect) != Lane::Desk {
            return self.lanes.put(effect);
        }
        match effect {
            Effect::StartCamera => {
                self.hint = None;
                shared.show_preview(None);
                self.eyes.open();
            }
            Effect::StopCamera => {
                self.eyes.close();
                (self.hint, self.equipment.camera.open, self.equipment.camera.read) = (None, None, None);
                shared.show_preview(None);
            }
            Effect::ListCameras => {
                self.equipment.camera.known = None;
                self.eyes.list();
            }
            Effect::KeepSetting { by, change } => self.keep(by, change, shared),
            Effect::Leave(leaving) => self.leaving = Some(leaving),
            Effect::Print { subject, who } => self.print(subject, None, who),
            Effect::PrintReport { report, by } => {
                self.print(PrintSubject::Report(report.file_stem()), Some(report), Some(by));
            }
            Effect::LookAtPrinter => {
                self.equipment.printer.found = None;
                self.printing.look();
            }
            Effect::Signal(signal) => self.bell.ring(at, signal),
            Effect::ResolveRefund { reference } => {
                // A full queue is no loss: the follow-up looks into the ledger by itself.
                let _ = self.follow.try_send(reference);
            }
            _ => {}
        }
    }

    /// A choice of equipment holds at once; whether it stands in the file as well is told when it is known.
    fn keep(&mut self, by: Option<OperatorId>, change: SettingChange, shared: &Shared) {
        match &change {
            SettingChange::Camera(choice) => {
                self.eyes.choose(choice);
                let camera = &mut self.equipment.camera;
                (camera.choice, camera.open, camera.trouble, camera.read) = (choice.clone(), None, None, None);
                shared.show_preview(None);
            }
            SettingChange::ScannerPrefix(prefix) => {
                self.equipment.prefix.clone_from(prefix);
                self.affixes.prefix.clone_from(prefix);
            }
            SettingChange::ScannerSuffix(suffix) => {
                self.equipment.suffix.clone_from(suffix);
                self.affixes.suffix.clone_from(suffix);
            }
            SettingChange::Printer(choice) => {
                self.equipment.printer.choose(choice.clone());
                self.printing.choose(choice.clone());
            }
            // The window has changed itself already.
            SettingChange::Language(language) => self.printing.speak(*language),
            SettingChange::Theme(_) => {}
            SettingChange::Sounds(level) => {
                self.equipment.sound = *level;
                self.bell.set(*level);
            }
            SettingChange::Window(choice) => self.equipment.window = *choice,
            SettingChange::Rule { .. }
            | SettingChange::Reasons(_)
            | SettingChange::Account(_)
            | SettingChange::Names { .. }
            | SettingChange::Setup(_) => {}
        }
        if let Some(failed) = self.keeper.put(by, change) {
            let at = self.clock.now();
            for effect in self.flow.step(Event { at, what: failed }) {
                if let Effect::Signal(signal) = effect {
                    self.bell.ring(at, signal);
                }
            }
        }
    }

    /// Leaves something for the printer. What cannot be taken has ended at once.
    fn print(&mut self, subject: PrintSubject, report: Option<Box<Report>>, who: Option<OperatorId>) {
        if self.equipment.printer.waits_for(&subject) {
            return;
        }
        let who = who.or_else(|| self.flow.operator().map(|operator| operator.id.clone()));
        let state = match self.printing.put(Job { subject: subject.clone(), report, who }) {
            Ok(()) => PrintState::Waiting,
            Err(fault) => {
                tracing::warn!(fault = fault.as_str(), ?subject, "not taken to be printed");
                PrintState::Failed(fault)
            }
        };
        self.equipment.printer.set(subject, state);
    }

    fn printer(&mut self, news: &PrinterNews, shared: &Shared) {
        let before = (self.equipment.printer.light, self.equipment.printer.fault);
        self.equipment.printer.hear(news);
        match news {
            PrinterNews::Looked(_) if before == (self.equipment.printer.light, self.equipment.printer.fault) => {}
            PrinterNews::Looked(_) | PrinterNews::Named(_) | PrinterNews::Found(_) => self.show(shared),
            PrinterNews::Ended(subject, state) => {
                let fault = if let PrintState::Failed(fault) = state { Some(*fault) } else { None };
                let ended = OnDevices::PrintEnded { subject: subject.clone(), fault };
                self.happened(What::OnDevices(ended), shared);
            }
        }
    }

    fn show(&self, shared: &Shared) {
        shared.show(self.picture());
    }

    /// The last trial scan is shown on its page alone: it may be somebody's receipt.
    fn equipment(&self) -> Equipment {
        let tried = self.equipment.tried.clone().filter(|_| self.shows(SettingsPage::Scanner));
        Equipment { tried, ..self.equipment.clone() }
    }

    /// The till as it is now.
    pub(super) fn picture(&self) -> TillView {
        TillView {
            state: self.flow.state().clone(),
            operator: self.flow.operator().cloned(),
            operators: self.flow.operators().to_vec(),
            store: self.signboard.store.clone(),
            till: self.signboard.till.clone(),
            training: self.signboard.training,
            leaving: self.leaving,
            sets_up: self.flow.sets_up(),
            account: self.duties.account_desk().account(),
            account_may_change: self.duties.account_desk().may_change(),
            practice_pins: self.signboard.practice_pins.clone(),
            devices: self.devices,
            equipment: self.equipment(),
            care: self.duties.care().view(),
            unresolved: self.duties.counts().unresolved,
            waiting: self.duties.counts().waiting,
            contradicted: self.duties.counts().contradicted,
            reasons: self.signboard.reasons.clone(),
            policy: self.flow.policy().clone(),
            currency: self.signboard.currency,
            badge_in_hand: self.flow.badge_in_hand().cloned(),
            badge_holders: self.flow.badge_holders().to_vec(),
            languages: self.flow.languages().to_vec(),
            hint: self.hint,
            signal: self.bell.shown(),
            at: self.clock.now(),
        }
    }
}
