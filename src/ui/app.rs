//! The window as a whole: takes the latest view of the till, lets a screen draw it, passes on what a person wants.
//!
//! **Nothing here waits** for disk, network or camera. **Nothing is painted again when nothing has changed**: only
//! screens that count seconds ask for a frame a second, and the camera's picture for about twelve while it is shown.
//! **A press in the first moment of a new screen is dropped**, so that a double click cannot walk through two.

use std::sync::Arc;
use std::time::Duration;

use egui::{ColorImage, Key, TextureHandle, TextureOptions, ViewportCommand, WindowLevel};
use jiff::tz::TimeZone;

use super::appearance::{Appearance, grow_with_window};
use super::customer::CustomerDisplay;
use super::desk::{CodeTexture, Desk, Local, Picture, Want};
use super::format::StoreTime;
use super::i18n::{Language, Words};
use super::keys::{HeldKeys, Keys, Offered};
#[cfg(target_os = "linux")]
use super::kiosk_guard::KioskGuard;
use super::monitors::Monitors;
use super::screen_keys::{self, ScreenKeys};
use super::theme::{self, Look, Palette, Theme};
use super::wedge_adapter::WedgeAdapter;
use super::{fonts, frame, screens};
use crate::domain::{SettingChange, Timestamp};
use crate::flow::{Door, SettingsPage, State, What};
use crate::terminal::{CodePicture, Light, RecordStanding, Till, TillView};

/// Presses are dropped for so long after a screen has changed, in seconds: shorter than a person needs to read a
/// button, longer than the second half of a double click (at most 0.3 s in egui, mostly under 0.2).
const SETTLE_SECONDS: f64 = 0.25;
/// Between two camera pictures: about 12 a second.
const PREVIEW_EVERY: Duration = Duration::from_millis(80);
const SECOND: Duration = Duration::from_secs(1);

/// Reads the time. The window's own; tests bring another.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// How the window looks and speaks.
#[derive(Clone)]
pub struct AppOptions {
    /// The language and the colours.
    pub appearance: Appearance,
    /// The store's time zone.
    pub zone: TimeZone,
    /// The clock.
    pub clock: Clock,
    /// What the store's scanners send before every code.
    pub scanner_prefix: String,
    /// What scanners type is read. Taken out of the keyboard's events it is either way.
    pub reads_what_scanners_type: bool,
}

impl Default for AppOptions {
    fn default() -> Self {
        let clock = || Timestamp::from_ms(jiff::Timestamp::now().as_millisecond());
        Self {
            appearance: Appearance::default(),
            zone: TimeZone::system(),
            clock: Arc::new(clock),
            scanner_prefix: String::new(),
            reads_what_scanners_type: true,
        }
    }
}

/// The window without its frame: usable in a test as it is.
pub struct App {
    pub(super) till: Arc<dyn Till>,
    words: Words,
    time: StoreTime,
    pub(super) clock: Clock,
    appearance: Appearance,
    /// What the window was dressed in last.
    worn: Option<(Look, Language)>,
    pub(super) local: Local,
    pub(super) held: HeldKeys,
    pub(super) wedge: WedgeAdapter,
    pub(super) reads_what_scanners_type: bool,
    pub(super) screen_keys: ScreenKeys,
    pub(super) badge_part_at: Option<Timestamp>,
    /// How many of the events that eframe has were looked at and drawn with by nobody yet.
    pub(super) looked_at: usize,
    /// Such events that would have gone to another window.
    pub(super) kept: Vec<egui::Event>,
    screen: Option<(&'static str, f64)>,
    /// The keys that the screen took in its last frame.
    offered: Vec<(Offered, String)>,
    /// The sheet of keys lies over the screen of that name.
    pub(super) sheet: Option<&'static str>,
    /// Full screen, and closed by managers alone; nothing before the first frame.
    kiosk: Option<bool>,
    customer: CustomerDisplay,
    /// Asked as long as the customer's display is wanted.
    monitors: Monitors,
    /// When a kiosk that is not in front last asked to be.
    asked_front: Option<f64>,
    /// Nothing before it was asked for; then nothing inside where there is none.
    #[cfg(target_os = "linux")]
    guard: Option<Option<KioskGuard>>,
    /// When somebody tried to close it who may not.
    stays: Option<Timestamp>,
    texture: Option<(u64, TextureHandle)>,
    codes: Option<[CodeTexture; 2]>,
}

impl App {
    /// A window onto that till. The context must have been dressed first (`dress`).
    pub fn new(till: Arc<dyn Till>, options: AppOptions) -> Self {
        Self {
            till,
            words: Words::new(options.appearance.speaks()),
            time: StoreTime::new(options.zone),
            clock: options.clock,
            appearance: options.appearance,
            worn: None,
            local: Local::default(),
            held: HeldKeys::default(),
            wedge: WedgeAdapter::new(&options.scanner_prefix),
            screen_keys: ScreenKeys::default(),
            badge_part_at: None,
            looked_at: 0,
            kept: vec![],
            reads_what_scanners_type: options.reads_what_scanners_type,
            screen: None,
            offered: vec![],
            sheet: None,
            kiosk: None,
            customer: CustomerDisplay::default(),
            monitors: Monitors::default(),
            asked_front: None,
            #[cfg(target_os = "linux")]
            guard: None,
            stays: None,
            texture: None,
            codes: None,
        }
    }

    /// Puts on another language and other colours from the next frame on, as a choice on the screen does.
    pub fn appear(&mut self, appearance: Appearance) {
        self.appearance = appearance;
        if self.words.language() != appearance.speaks() {
            self.words = Words::new(appearance.speaks());
        }
    }

    /// Whoever is signed in reads their own language, where they have one; a locked till speaks the store's.
    fn speak_to(&mut self, view: &TillView) {
        let signed_in = view.operator.as_ref();
        let own = signed_in.and_then(|who| view.languages.iter().find(|(id, _)| *id == who.id));
        let language = own.map_or_else(|| self.appearance.speaks(), |(_, language)| *language);
        if self.words.language() != language {
            self.words = Words::new(language);
        }
    }

    /// Draws the window.
    pub fn draw(&mut self, ui: &mut egui::Ui) {
        self.looked_at = 0;
        let view = self.till.view();
        self.speak_to(&view);
        let look = self.dress(ui.ctx());
        let now = (self.clock)();
        let settled = self.notice_screen(ui, &view);
        self.notice_refusal(&view, now);
        let outline = self.take_picture(ui.ctx(), &view.state);
        self.make_codes(ui.ctx(), &view.state);
        let window = ui.ctx().content_rect();
        let theme = Theme::new(look, window.size());
        let theme = if view.training { theme.below_band() } else { theme };
        let mut keys = Keys::read(ui.ctx());
        let picture = self.texture.as_ref().map(|(_, texture)| Picture { texture, outline });
        let mut desk = Desk {
            view: &view,
            words: &self.words,
            theme: &theme,
            time: &self.time,
            now,
            keys: &mut keys,
            local: &mut self.local,
            picture,
            codes: self.codes.as_ref(),
            appearance: self.appearance,
            stays: self.stays.is_some_and(|at| now.ms_since(at) < frame::STAYS_MS),
            wants: vec![],
        };
        let room = frame::surround(ui, &mut desk, window);
        // What happens behind the sheet is never hidden by it: another screen takes it away.
        let is_open = self.sheet == Some(view.state.name());
        let (opens, offered) = if is_open {
            (!screens::sheet::show(ui, &mut desk, room, &self.offered), None)
        } else {
            screens::show(ui, &mut desk, room);
            if !settled && matches!(view.state, State::Ready) {
                // The last keys of a PIN may come when it was already right: they begin no number.
                desk.local.number.clear();
            }
            let look = screen_keys::Look { theme: &theme, words: &self.words, now };
            self.screen_keys.show(ui, look, window);
            let offered = desk.keys.offered();
            let does = desk.say("sheet-f1");
            (desk.keys.take(Key::F1, &does), Some(offered))
        };
        let wants = std::mem::take(&mut desk.wants);
        drop(desk);
        self.turn_sheet(ui.ctx(), opens.then_some(view.state.name()), offered);
        if settled {
            self.pass_on(ui.ctx(), wants);
        }
        self.plan_repaint(ui.ctx(), &view, now);
        self.stay_open(ui.ctx(), &view, now);
        self.show_customer(ui.ctx(), &view, look);
        if must_close(&view) {
            ui.ctx().send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }

    fn turn_sheet(
        &mut self,
        context: &egui::Context,
        open: Option<&'static str>,
        offered: Option<Vec<(Offered, String)>>,
    ) {
        if let Some(offered) = offered {
            self.offered = offered;
        }
        if self.sheet != open {
            // Whatever had the focus is not there while the sheet is, and the other way round.
            context.memory_mut(|memory| memory.stop_text_input());
            context.request_repaint();
        }
        self.sheet = open;
    }

    /// Forgets what was typed when the screen changes. False while the new screen is so new that presses are dropped.
    fn notice_screen(&mut self, ui: &egui::Ui, view: &TillView) -> bool {
        let name = view.state.name();
        let time = ui.input(|input| input.time);
        match self.screen {
            Some((shown, since)) if shown == name => time - since >= SETTLE_SECONDS,
            None => {
                self.screen = Some((name, time - SETTLE_SECONDS));
                true
            }
            Some(_) => {
                // A number that was begun on Ready is gone on with.
                let begun = matches!((self.screen, name), (Some(("ready", _)), "scan"));
                self.screen = Some((name, time));
                let number = if begun { std::mem::take(&mut self.local.number) } else { String::new() };
                self.local = Local { number, ..Local::default() };
                ui.memory_mut(|memory| {
                    if let Some(focused) = memory.focused() {
                        memory.surrender_focus(focused);
                    }
                });
                false
            }
        }
    }

    /// Keeps when a PIN was refused on the Locked screen, whose state does not say.
    fn notice_refusal(&mut self, view: &TillView, now: Timestamp) {
        let State::Locked(locked) = &view.state else { return };
        match (&locked.refused, &self.local.refused) {
            (None, Some(_)) => self.local.refused = None,
            (Some(fault), None) => self.local.refused = Some((fault.clone(), now)),
            (None, None) | (Some(_), Some(_)) => {}
        }
    }

    /// Brings the camera's latest picture into a texture, and gives back where the code was found in it.
    fn take_picture(&mut self, context: &egui::Context, state: &State) -> Option<[(f32, f32); 4]> {
        if !shows_camera(state) {
            self.texture = None;
            return None;
        }
        let preview = self.till.preview()?;
        if preview.luma.len() != preview.width.saturating_mul(preview.height) || preview.luma.is_empty() {
            return None;
        }
        let image = || ColorImage::from_gray([preview.width, preview.height], &preview.luma);
        match &mut self.texture {
            Some((number, _)) if *number == preview.number => {}
            Some((number, texture)) => {
                *number = preview.number;
                texture.set(image(), TextureOptions::LINEAR);
            }
            None => {
                let texture = context.load_texture("camera", image(), TextureOptions::LINEAR);
                self.texture = Some((preview.number, texture));
            }
        }
        preview.outline
    }

    /// Makes the test codes while their page is open.
    fn make_codes(&mut self, context: &egui::Context, state: &State) {
        if !shows(state, SettingsPage::Scanner) {
            self.codes = None;
            return;
        }
        if self.codes.is_some() {
            return;
        }
        let [Some(qr), Some(code128)] = crate::terminal::test_codes() else { return };
        let texture = |name: &str, code: &CodePicture| {
            let image = ColorImage::from_gray([code.width, code.height], &code.luma);
            let width = u16::try_from(code.width).map_or(1.0, f32::from);
            CodeTexture { texture: context.load_texture(name, image, TextureOptions::NEAREST), width }
        };
        self.codes = Some([texture("test-qr", &qr), texture("test-code128", &code128)]);
    }

    /// Puts on what was chosen, where it is not worn yet: the computer may go dark at any time.
    fn dress(&mut self, context: &egui::Context) -> Look {
        let (look, language) = (self.appearance.look(context), self.words.language());
        if self.worn.is_some_and(|(_, worn)| !fonts::are_alike(worn, language)) {
            fonts::speak(context, language);
        }
        if self.worn.is_none_or(|(worn, _)| worn != look) {
            theme::wear(context, look);
        }
        self.worn = Some((look, language));
        look
    }

    fn pass_on(&mut self, context: &egui::Context, wants: Vec<Want>) {
        for want in wants {
            match want {
                Want::Tell(What::SettingChosen(change)) => {
                    self.appear(self.appearance.with(&change));
                    if let SettingChange::ScannerPrefix(prefix) = &change {
                        self.wedge.change_prefix(prefix);
                    }
                    // The new words and colours are there from the next frame on.
                    context.request_repaint();
                    self.till.tell(What::SettingChosen(change));
                }
                Want::Tell(what) => self.till.tell(what),
                Want::Read(text, source) => self.till.scanned(&text, source),
            }
        }
    }

    /// The customer's display speaks the store's language, whatever the cashier's is.
    fn show_customer(&mut self, context: &egui::Context, view: &TillView, look: Look) {
        if view.equipment.window.customer.is_none() {
            return;
        }
        let language = self.appearance.speaks();
        self.customer.keep(context, view, (language, look), (self.monitors.known(), self.monitors.tells()));
    }

    /// A kiosk fills the screen, and whoever closes it is a manager, in Settings: no button of the window and no key of the
    /// window system's does.
    fn stay_open(&mut self, context: &egui::Context, view: &TillView, now: Timestamp) {
        let kiosk = view.equipment.window.kiosk;
        if self.kiosk.is_some_and(|was| was != kiosk) {
            context.send_viewport_cmd(ViewportCommand::Fullscreen(kiosk));
            context.send_viewport_cmd(ViewportCommand::Decorations(!kiosk));
        }
        if self.kiosk.is_some_and(|was| was != kiosk) || self.kiosk.is_none() && kiosk {
            let level = if kiosk { WindowLevel::AlwaysOnTop } else { WindowLevel::Normal };
            context.send_viewport_cmd(ViewportCommand::WindowLevel(level));
        }
        self.kiosk = Some(kiosk);
        if kiosk && !must_close(view) && context.input(|input| input.viewport().close_requested()) {
            context.send_viewport_cmd(ViewportCommand::CancelClose);
            self.stays = Some(now);
            context.request_repaint();
        }
        if kiosk && !must_close(view) {
            self.stay_in_front(context);
        }
    }

    /// A kiosk that was put away or lost the keys asks for them back, once a second: by whatever keys of the desktop's or other
    /// program that was, scans would go there, and the desktop would lie open. What a window is not told of on an X server,
    /// `kiosk_guard` is.
    fn stay_in_front(&mut self, context: &egui::Context) {
        let (time, away, unheard) = context.input(|input| {
            let window = input.viewport();
            (input.time, window.minimized == Some(true), window.focused == Some(false))
        });
        if !away && !unheard {
            self.asked_front = None;
            return;
        }
        context.request_repaint_after(SECOND);
        if self.asked_front.is_some_and(|asked| time - asked < SECOND.as_secs_f64()) {
            return;
        }
        self.asked_front = Some(time);
        if away {
            context.send_viewport_cmd(ViewportCommand::Minimized(false));
        }
        context.send_viewport_cmd(ViewportCommand::Focus);
    }

    /// Has the window manager's word listened to as long as this is a kiosk.
    #[cfg(target_os = "linux")]
    fn guard(&mut self, view: &TillView, frame: &eframe::Frame) {
        let on = view.equipment.window.kiosk && !must_close(view);
        if on && self.guard.is_none() {
            self.guard = Some(frame.winit_window().and_then(|window| KioskGuard::start(window.id().into())));
        }
        if let Some(Some(guard)) = &self.guard {
            guard.set(on);
        }
    }

    /// Asks for the next frame, if one will be needed before something else happens.
    fn plan_repaint(&self, context: &egui::Context, view: &TillView, now: Timestamp) {
        if let Some(wait) = self.wedge.wake_in() {
            context.request_repaint_after(wait);
        }
        context.request_repaint_after(Duration::from_millis(StoreTime::ms_to_next_minute(now)));
        if self.stays.is_some_and(|at| now.ms_since(at) < frame::STAYS_MS) {
            context.request_repaint_after(SECOND);
        }
        if let Some(until) = frame::sign_until(view, now) {
            context.request_repaint_after(Duration::from_millis(u64::try_from(until.ms_since(now)).unwrap_or(0)));
        }
        match &view.state {
            State::Scan(scanning) if scanning.finding.is_some() => {}
            state if shows_camera(state) => match view.devices.camera {
                Light::Good | Light::Waiting => context.request_repaint_after(PREVIEW_EVERY),
                Light::Off | Light::Bad => {}
            },
            state if counts_seconds(state) => context.request_repaint_after(SECOND),
            _ => {}
        }
    }
}

/// A damaged record ends the till's work, once nobody waits for a refund's outcome: whoever opened the window shows what
/// can be done.
pub fn must_close(view: &TillView) -> bool {
    view.leaving.is_some()
        || view.care.record == RecordStanding::Damaged && !matches!(view.state, State::Sending(_) | State::Result(_))
}

/// True while something on the screen counts seconds.
fn counts_seconds(state: &State) -> bool {
    match state {
        State::Locked(locked) => locked.refused.is_some(),
        State::Sale(review) => matches!(review.refusal, Some(crate::domain::Refusal::TooSoon { .. })),
        State::Approval(approving) => approving.refused.is_some(),
        State::Sending(_) => true,
        State::Result(result) => result.refund.state.reserves() || result.finishes_at().is_some(),
        State::Refunds(refunds) => {
            let ordering = refunds.open.as_ref().and_then(|open| open.ordering.as_ref());
            ordering.is_some_and(|ordering| ordering.refused.is_some() || ordering.waiting.is_some())
        }
        State::Settings(settings) => matches!(settings.door, Door::Closed { refused: Some(_), .. }),
        State::Ready | State::Scan(_) | State::Problem(_) | State::Report(_) => false,
    }
}

pub(super) fn shows(state: &State, page: SettingsPage) -> bool {
    matches!(state, State::Settings(settings) if settings.shows(page))
}

/// True while a camera's picture belongs on the screen.
fn shows_camera(state: &State) -> bool {
    matches!(state, State::Scan(_)) || shows(state, SettingsPage::Camera)
}

impl eframe::App for App {
    // Runs also while nothing may be drawn: a kiosk that is covered or minimised does not close either.
    fn logic(&mut self, context: &egui::Context, frame: &mut eframe::Frame) {
        let (view, now) = (self.till.view(), (self.clock)());
        #[cfg(target_os = "linux")]
        self.guard(&view, frame);
        #[cfg(not(target_os = "linux"))]
        let _ = frame;
        self.stay_open(context, &view, now);
    }

    fn ui(&mut self, ui: &mut egui::Ui, frame: &mut eframe::Frame) {
        grow_with_window(ui.ctx());
        if self.till.view().equipment.window.customer.is_some() {
            self.monitors.look(ui.ctx(), frame);
        }
        self.draw(ui);
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        Palette::of(self.worn.map_or_else(Look::default, |(look, _)| look)).page.to_normalized_gamma_f32()
    }

    fn raw_input_hook(&mut self, _context: &egui::Context, input: &mut egui::RawInput) {
        self.filter_input(input);
    }
}
