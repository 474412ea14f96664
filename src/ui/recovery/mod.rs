//! The window while the ledger cannot be opened: what happened, what is safe, and every way out there is.
//!
//! **A way out is a button that says what it does; none deletes anything.** A copy is put back only after it was chosen,
//! a manager gave their PIN and said why. **A scan presses nothing here**, and a key that is held down acts once.

mod copies;
mod main_page;
mod word;

use std::sync::Arc;

use egui::{CornerRadius, Rect, Stroke, Ui, vec2};
use jiff::tz::TimeZone;

use super::app::Clock;
use super::appearance::{Appearance, grow_with_window};
use super::desk::{Desk, Local};
use super::format::StoreTime;
use super::i18n::Words;
use super::keys::{HeldKeys, Keys};
use super::screen_keys::{self, ScreenKeys};
use super::theme::{self, Theme};
use super::wedge_adapter::WedgeAdapter;
use super::widgets::{Column, Style, write_in};
use crate::domain::{Currency, Policy};
use crate::flow::State;
use crate::terminal::recovery::{Recovery, RecoveryView, Wish};
use crate::terminal::{CareView, Devices, Equipment, TillView};

/// Presses are dropped for so long after a page has changed, in seconds; as in the till's own window.
const SETTLE_SECONDS: f64 = 0.25;

/// Which page is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// What happened and what can be done.
    Main,
    /// Which copy.
    Copies,
    /// A manager's PIN and reason.
    Word,
    /// What was done.
    Done,
}

/// What a press leads to.
enum Step {
    Go(Stage),
    Wish(Wish),
    Close,
}

/// The window, usable in a test as it is.
pub struct RecoveryPage {
    recovery: Arc<dyn Recovery>,
    words: Words,
    time: StoreTime,
    clock: Clock,
    appearance: Appearance,
    local: Local,
    held: HeldKeys,
    screen_keys: ScreenKeys,
    wedge: WedgeAdapter,
    stage: Stage,
    stage_since: Option<f64>,
    /// Which of the copies is chosen.
    copy: usize,
    listens: bool,
}

impl RecoveryPage {
    /// A page onto that. The context must have been dressed first (`dress`).
    pub fn new(recovery: Arc<dyn Recovery>, appearance: Appearance, zone: TimeZone, clock: Clock) -> Self {
        Self {
            recovery,
            words: Words::new(appearance.speaks()),
            time: StoreTime::new(zone),
            clock,
            appearance,
            local: Local::default(),
            held: HeldKeys::default(),
            screen_keys: ScreenKeys::default(),
            wedge: WedgeAdapter::new(""),
            stage: Stage::Main,
            stage_since: None,
            copy: 0,
            listens: false,
        }
    }

    /// Takes out what a scanner typed and keys that are held down.
    pub fn filter_input(&mut self, input: &mut egui::RawInput) {
        let _ = self.wedge.filter(input);
        self.held.filter(input);
        self.screen_keys.hear(&input.events, (self.clock)());
        input.events.append(&mut self.screen_keys.take_typed());
    }

    /// Draws it. True when the window may close: the ledger is open, or somebody wants to.
    pub fn draw(&mut self, ui: &mut Ui) -> bool {
        if !self.listens {
            let context = ui.ctx().clone();
            self.recovery.on_change(Arc::new(move || context.request_repaint()));
            self.listens = true;
        }
        let view = self.recovery.view();
        if view.open {
            return true;
        }
        if view.restored.is_some() && self.stage == Stage::Word {
            self.go(Stage::Done);
        }
        let time = ui.input(|input| input.time);
        let since = *self.stage_since.get_or_insert(time);
        let step = self.show(ui, &view);
        if let Some(wait) = self.wedge.wake_in() {
            ui.ctx().request_repaint_after(wait);
        }
        if time - since < SETTLE_SECONDS {
            return false;
        }
        match step {
            None => {}
            Some(Step::Go(stage)) => {
                self.go(stage);
                ui.ctx().request_repaint();
            }
            Some(Step::Wish(wish)) => self.recovery.wish(wish),
            Some(Step::Close) => return true,
        }
        false
    }

    fn go(&mut self, stage: Stage) {
        self.stage = stage;
        self.stage_since = None;
        self.local = Local::default();
    }

    fn show(&mut self, ui: &mut Ui, view: &RecoveryView) -> Option<Step> {
        let window = ui.ctx().content_rect();
        let theme = Theme::new(self.appearance.look(ui.ctx()), window.size());
        let mut keys = Keys::read(ui.ctx());
        let till = no_till();
        let mut desk = Desk {
            view: &till,
            words: &self.words,
            theme: &theme,
            time: &self.time,
            now: (self.clock)(),
            keys: &mut keys,
            local: &mut self.local,
            picture: None,
            codes: None,
            appearance: self.appearance,
            stays: false,
            wants: vec![],
        };
        let room = surround(ui, &desk, window);
        let step = match self.stage {
            Stage::Main => main_page::show(ui, &mut desk, room, view),
            Stage::Copies => copies::show(ui, &mut desk, room, view, &mut self.copy),
            Stage::Word => word::show(ui, &mut desk, room, view, self.copy),
            Stage::Done => word::done(ui, &mut desk, room, view),
        };
        let look = screen_keys::Look { theme: &theme, words: &self.words, now: desk.now };
        self.screen_keys.show(ui, look, window);
        step
    }
}

/// The bar at the top, and the room below it.
fn surround(ui: &mut Ui, desk: &Desk<'_>, window: Rect) -> Rect {
    let color = &desk.theme.color;
    ui.painter().rect_filled(window, CornerRadius::ZERO, color.page);
    let mut column = Column::new(window);
    let bar = column.take(desk.theme.size.bar);
    ui.painter().rect_filled(bar, CornerRadius::ZERO, color.card);
    ui.painter().hline(bar.x_range(), bar.max.y - 0.5, Stroke::new(1.0, color.line));
    let inner = bar.shrink2(vec2(desk.theme.size.margin, 0.0));
    write_in(ui, inner, &Style::new(theme::strong(theme::size::BODY), color.ink), &desk.say("app-name"));
    let clock = Style::new(theme::plain(theme::size::SMALL + 1.0), color.quiet).right();
    write_in(ui, inner, &clock, &desk.time.clock(desk.now));
    column.rest().shrink(desk.theme.size.margin)
}

/// A till of which there is nothing to see: what the window's parts are drawn with here.
fn no_till() -> TillView {
    TillView {
        state: State::Locked(crate::flow::Locked::default()),
        operator: None,
        operators: vec![],
        store: String::new(),
        till: String::new(),
        training: false,
        leaving: None,
        sets_up: false,
        account: crate::domain::GatewayAccount::default(),
        account_may_change: false,
        practice_pins: None,
        devices: Devices::default(),
        care: CareView::default(),
        equipment: Equipment::default(),
        unresolved: 0,
        waiting: 0,
        contradicted: 0,
        reasons: vec![],
        policy: Policy::default(),
        currency: Currency::USD,
        badge_in_hand: None,
        badge_holders: vec![],
        languages: vec![],
        hint: None,
        signal: None,
        at: crate::domain::Timestamp::default(),
    }
}

impl eframe::App for RecoveryPage {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        grow_with_window(ui.ctx());
        if self.draw(ui) {
            ui.ctx().send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }

    fn raw_input_hook(&mut self, _context: &egui::Context, input: &mut egui::RawInput) {
        self.filter_input(input);
    }
}
