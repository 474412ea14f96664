//! The demo in the real window's tree: the real terminal, ledger, client and sandbox, and the camera's own process with
//! the demo's receipts before it. Controls are found by their AccessKit names alone.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::window::{button, press, release};
use egui::{Event, Key, RawInput, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use tillback::cli::demo::Demo;
use tillback::domain::{Language, RefundState};
use tillback::flow::{SaleCheck, State};
use tillback::scan::camera::CameraSettings;
use tillback::terminal::{Parts, Terminal, Till, camera_eyes};
use tillback::ui::{self, App, AppOptions, Look};

pub const PATIENCE: Duration = Duration::from_secs(90);
/// A screen listens a quarter of a second after it came.
const LISTENS_AFTER: Duration = Duration::from_millis(400);

pub struct Shop {
    pub demo: Demo,
    pub terminal: Arc<Terminal>,
    pub harness: Harness<'static, App>,
    opened: Instant,
}

impl Shop {
    /// `camera`: whether receipts pass before it.
    pub fn open(camera: bool) -> Self {
        let demo = Demo::set_up().expect("a demo");
        let mut settings = demo.camera(None);
        settings.program = Some(PathBuf::from(env!("CARGO_BIN_EXE_tillback")));
        // Less patience for pictures, more for a slow machine.
        settings.picture_time = Duration::from_millis(700);
        settings.start_timeout = PATIENCE;
        settings.frame_timeout = PATIENCE;
        let settings = if camera { settings } else { CameraSettings::default() };
        let parts = Parts {
            eyes: Box::new(move |seen| camera_eyes(settings, None, seen)),
            ..Parts::new(demo.flow(), Demo::signboard().expect("a signboard"), demo.duties())
        };
        let terminal = Arc::new(Terminal::start(parts).expect("threads"));
        let app = App::new(Arc::clone(&terminal) as Arc<dyn Till>, AppOptions::default());
        let harness = Harness::builder()
            .with_size(vec2(1024.0, 768.0))
            .with_theme(egui::Theme::Light)
            .with_max_steps(8)
            .with_context_setup(|context| ui::dress(context, Look::Light, Language::English))
            .build_ui_state(|ui, app: &mut App| app.draw(ui), app);
        Self { demo, terminal, harness, opened: Instant::now() }
    }

    pub fn frame(&mut self, events: Vec<Event>) {
        let time = Some(self.opened.elapsed().as_secs_f64());
        let mut input = RawInput { events, focused: true, time, ..RawInput::default() };
        self.harness.state_mut().filter_input(&mut input);
        self.harness.input_mut().time = time;
        self.harness.input_mut().events.extend(input.events);
        self.harness.step();
    }

    /// Frames as they come in life, until it is so.
    #[track_caller]
    pub fn wait(&mut self, what: &str, until: impl Fn(&Self) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !until(self) {
            assert!(Instant::now() < deadline, "{what} never came: {:?}", self.terminal.view().state);
            std::thread::sleep(Duration::from_millis(20));
            self.frame(vec![]);
        }
    }

    /// As long as a new screen drops presses, and some more: counted from the last change of screen.
    pub fn settle(&mut self) {
        let (mut screen, mut since) = (self.terminal.view().state.name(), Instant::now());
        while since.elapsed() < LISTENS_AFTER {
            std::thread::sleep(Duration::from_millis(20));
            self.frame(vec![]);
            let shown = self.terminal.view().state.name();
            if shown != screen {
                (screen, since) = (shown, Instant::now());
            }
        }
    }

    pub fn has(&self, name: &str) -> bool {
        self.harness.query_all_by_label(name).next().is_some()
    }

    #[track_caller]
    pub fn tap(&mut self, name: &str) {
        self.wait(name, |shop| shop.has(name));
        self.settle();
        let at = self.harness.get_by_label(name).rect().center();
        self.frame(vec![Event::PointerMoved(at), button(at, true)]);
        self.frame(vec![button(at, false), Event::PointerGone]);
    }

    pub fn scan(&mut self, digits: &str) {
        self.settle();
        let mut events = vec![];
        for digit in digits.chars() {
            let key = Key::from_name(&digit.to_string()).expect("a digit");
            events.extend([press(key), Event::Text(digit.to_string()), release(key)]);
        }
        events.extend([press(Key::Enter), release(Key::Enter)]);
        self.frame(events);
    }

    pub fn is_confirmed(&self) -> bool {
        matches!(&self.terminal.view().state, State::Sale(review) if review.check == SaleCheck::Confirmed)
    }

    pub fn state(&self) -> Option<RefundState> {
        match &self.terminal.view().state {
            State::Result(result) => Some(result.refund.state),
            _ => None,
        }
    }

    /// From the sale to a result: a reason, the manager, the PIN typed on the pad.
    #[track_caller]
    pub fn approve(&mut self, refund: &str) {
        self.tap("Changed mind");
        self.tap("Ask the manager…");
        self.wait("the approval", |shop| shop.has(refund));
        for digit in ["4", "8", "2", "9", "1", "3"] {
            self.tap(digit);
        }
        self.tap(refund);
        self.wait("a result", |shop| shop.state().is_some());
    }

    #[track_caller]
    pub fn is(&mut self, state: RefundState, word: &str) {
        self.wait(word, |shop| shop.state() == Some(state) && shop.has(word));
    }
}
