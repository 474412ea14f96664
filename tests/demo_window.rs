//! The demo as a new user drives it, in the real window's tree: the real terminal, ledger, client, sandbox, and the
//! camera's own process with the demo's receipts before it. Controls are found by their AccessKit names alone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod ui_support;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Event, Key, RawInput, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use tillback::cli::demo::Demo;
use tillback::domain::RefundState;
use tillback::flow::{SaleCheck, State};
use tillback::scan::camera::CameraSettings;
use tillback::terminal::{Devices, Parts, SystemClock, Terminal, Till, camera_eyes};
use tillback::ui::{self, App, AppOptions, Look};
use ui_support::window::{button, press, release};

const PATIENCE: Duration = Duration::from_secs(90);

struct Shop {
    demo: Demo,
    terminal: Arc<Terminal>,
    harness: Harness<'static, App>,
    opened: Instant,
}

impl Shop {
    /// `camera`: whether receipts pass before it.
    fn open(camera: bool) -> Self {
        let demo = Demo::set_up().expect("a demo");
        let mut settings = demo.camera(None);
        settings.program = Some(PathBuf::from(env!("CARGO_BIN_EXE_tillback")));
        // Less patience for pictures, more for a slow machine.
        settings.picture_time = Duration::from_millis(700);
        settings.start_timeout = PATIENCE;
        settings.frame_timeout = PATIENCE;
        let settings = if camera { settings } else { CameraSettings::default() };
        let parts = Parts {
            flow: demo.flow(),
            signboard: Demo::signboard().expect("a signboard"),
            duties: demo.duties(),
            clock: Arc::new(SystemClock),
            eyes: Box::new(move |seen| camera_eyes(settings, None, seen)),
            devices: Devices::default(),
            idle_lock: None,
            affixes: Default::default(),
            scanners: Default::default(),
            camera: Default::default(),
            settings_file: None,
        };
        let terminal = Arc::new(Terminal::start(parts).expect("threads"));
        let app = App::new(Arc::clone(&terminal) as Arc<dyn Till>, AppOptions::default());
        let harness = Harness::builder()
            .with_size(vec2(1024.0, 768.0))
            .with_theme(egui::Theme::Light)
            .with_max_steps(8)
            .with_context_setup(|context| ui::dress(context, Look::Light))
            .build_ui_state(|ui, app: &mut App| app.draw(ui), app);
        Self { demo, terminal, harness, opened: Instant::now() }
    }

    fn frame(&mut self, events: Vec<Event>) {
        let time = Some(self.opened.elapsed().as_secs_f64());
        let mut input = RawInput { events, focused: true, time, ..RawInput::default() };
        self.harness.state_mut().filter_input(&mut input);
        self.harness.input_mut().time = time;
        self.harness.input_mut().events.extend(input.events);
        self.harness.step();
    }

    /// Frames as they come in life, until it is so.
    #[track_caller]
    fn wait(&mut self, what: &str, until: impl Fn(&Self) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !until(self) {
            assert!(Instant::now() < deadline, "{what} never came: {:?}", self.terminal.view().state);
            std::thread::sleep(Duration::from_millis(20));
            self.frame(vec![]);
        }
    }

    fn settle(&mut self) {
        for _ in 0..12 {
            std::thread::sleep(Duration::from_millis(20));
            self.frame(vec![]);
        }
    }

    fn has(&self, name: &str) -> bool {
        self.harness.query_all_by_label(name).next().is_some()
    }

    #[track_caller]
    fn tap(&mut self, name: &str) {
        self.wait(name, |shop| shop.has(name));
        self.settle();
        let at = self.harness.get_by_label(name).rect().center();
        self.frame(vec![Event::PointerMoved(at), button(at, true)]);
        self.frame(vec![button(at, false), Event::PointerGone]);
    }

    fn scan(&mut self, digits: &str) {
        self.settle();
        let mut events = vec![];
        for digit in digits.chars() {
            let key = Key::from_name(&digit.to_string()).expect("a digit");
            events.extend([press(key), Event::Text(digit.to_string()), release(key)]);
        }
        events.extend([press(Key::Enter), release(Key::Enter)]);
        self.frame(events);
    }

    fn is_confirmed(&self) -> bool {
        matches!(&self.terminal.view().state, State::Sale(review) if review.check == SaleCheck::Confirmed)
    }

    fn state(&self) -> Option<RefundState> {
        match &self.terminal.view().state {
            State::Result(result) => Some(result.refund.state),
            _ => None,
        }
    }

    /// From the sale to a result: a reason, the manager, the PIN typed on the pad.
    #[track_caller]
    fn approve(&mut self, refund: &str) {
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
    fn is(&mut self, state: RefundState, word: &str) {
        self.wait(word, |shop| shop.state() == Some(state) && shop.has(word));
    }
}

#[test]
fn a_receipt_before_the_camera_is_refunded() {
    let mut shop = Shop::open(true);
    shop.tap("Refund");
    shop.wait("the sale, from the camera", |shop| shop.has("Ask the manager…") || shop.has("Choose a reason first"));
    shop.approve("Refund $39.90");
    shop.is(RefundState::Refunded, "Refunded");
    assert!(shop.demo.sandbox().book().iter().any(|refund| refund.transaction_no.as_str() == "297553638301777927"));
    shop.tap("Finish");
    shop.wait("ready", |shop| matches!(shop.terminal.view().state, State::Ready));
}

#[test]
fn a_scanned_number_is_refunded_another_declined() {
    let mut shop = Shop::open(false);
    shop.scan("297553638301777927");
    shop.approve("Refund $39.90");
    shop.is(RefundState::Refunded, "Refunded");
    shop.tap("Finish");
    shop.wait("ready", |shop| matches!(shop.terminal.view().state, State::Ready));
    shop.scan("301846290573318462");
    shop.approve("Refund $128.00");
    shop.is(RefundState::Declined, "Declined");
}

#[test]
fn a_lost_answer_is_amber_and_then_found() {
    let mut shop = Shop::open(false);
    shop.scan("312097754168830295");
    shop.approve("Refund $64.75");
    shop.is(RefundState::Unknown, "Not known yet");
    assert!(shop.has("Do not refund this again."));
    shop.is(RefundState::Refunded, "Refunded");
}

#[test]
fn refunds_made_elsewhere_stand_on_the_sale_before_anyone_is_asked() {
    let mut shop = Shop::open(false);
    shop.scan("303619985472206831");
    shop.wait("the gateway's word", |shop| shop.is_confirmed() && shop.has("$66.50 USD"));
    assert!(shop.has("Refunded elsewhere") && shop.has("$66.50 USD"));
    let row = shop.harness.query_all_by_label_contains("$20.00").next();
    assert!(row.is_some(), "what was refunded elsewhere");
}

#[test]
fn a_lost_request_is_decided_by_hand_in_the_window() {
    let mut shop = Shop::open(false);
    shop.scan("298410027366951840");
    shop.wait("the sale", Shop::is_confirmed);
    let State::Sale(review) = shop.terminal.view().state.clone() else { panic!("no sale") };
    let left = review.view.balance.left().expect("books").decimal();
    shop.approve(&format!("Refund ${left}"));
    shop.is(RefundState::Unknown, "Not known yet");
    shop.tap("Leave it running");
    shop.tap("Refunds: 1 to look at");
    shop.wait("the list", |shop| shop.harness.query_all_by_label_contains("Not known yet, $").next().is_some());
    shop.settle();
    shop.frame(vec![press(Key::Enter)]);
    shop.frame(vec![release(Key::Enter)]);
    shop.tap("Decide by hand…");
    shop.tap("The customer has the money");
    shop.tap("Seen in the customer’s wallet");
    shop.tap("Number pad");
    shop.tap("7");
    shop.tap("On to the manager’s PIN");
    shop.wait("the demo's PIN", |shop| shop.harness.query_all_by_label_contains("PIN is 482913").next().is_some());
    for digit in ["4", "8", "2", "9", "1", "3"] {
        shop.tap(digit);
    }
    shop.tap("Put it on record");
    shop.wait("the decision", |shop| shop.has("Decided by a person"));
    let refunds = shop.demo.duties().ledger().refunds(&Default::default()).expect("the ledger");
    assert!(refunds[0].state == RefundState::Refunded && refunds[0].rests_on_a_person());
}
