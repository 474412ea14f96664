//! The recovery screens: every fault in words, every way out by touch and by key, nothing small, clipped or without a
//! name, and nothing that a scan, a held key or a double click could do.

#![cfg(test)] // clippy: a test throughout, helpers too

mod ui_support;

use std::sync::Arc;

use egui::accesskit::{Action, Role};
use egui::{Event, Key, Modifiers, RawInput, Rect, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use tillback::domain::Language;
use tillback::terminal::recovery::{Doing, LedgerFault, RecoveryView, Said};
use tillback::ui::{self, Appearance, Look, PassphrasePage, RecoveryPage, Typed};
use ui_support::recovery::{self, Fake, faults, view};

const SIZES: [(f32, f32); 4] = [(800.0, 600.0), (1024.0, 768.0), (1280.0, 800.0), (1920.0, 1080.0)];

struct Window {
    fake: Arc<Fake>,
    harness: Harness<'static, RecoveryPage>,
    seconds: f64,
}

impl Window {
    fn open(view: RecoveryView, (width, height): (f32, f32)) -> Self {
        let (fake, page) = recovery::page(view, Appearance::default());
        let harness = Harness::builder()
            .with_size(vec2(width, height))
            .with_theme(egui::Theme::Light)
            .with_max_steps(8)
            .with_context_setup(|context| ui::dress(context, Look::Light, Language::English))
            .build_ui_state(|ui, page: &mut RecoveryPage| _ = page.draw(ui), page);
        let mut window = Self { fake, harness, seconds: 1.0 };
        window.settle();
        window
    }

    fn frame(&mut self, events: Vec<Event>) {
        self.seconds += 0.1;
        let mut input = RawInput { events, focused: true, time: Some(self.seconds), ..RawInput::default() };
        self.harness.state_mut().filter_input(&mut input);
        self.harness.input_mut().time = Some(self.seconds);
        self.harness.input_mut().events.extend(input.events);
        self.harness.step();
    }

    fn settle(&mut self) {
        for _ in 0..5 {
            self.frame(vec![]);
        }
    }

    fn set(&mut self, change: impl FnOnce(&mut RecoveryView)) {
        change(Arc::make_mut(&mut self.fake.view.lock().unwrap()));
        self.settle();
    }

    fn tap(&mut self, name: &str) {
        let at = self.harness.get_by_label(name).rect().center();
        let button = |pressed| Event::PointerButton {
            pos: at,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        self.settle();
        self.frame(vec![Event::PointerMoved(at), button(true)]);
        self.frame(vec![button(false), Event::PointerGone]);
        self.settle();
    }

    fn press(&mut self, key: Key) {
        let event =
            |pressed| Event::Key { key, physical_key: Some(key), pressed, repeat: false, modifiers: Modifiers::NONE };
        self.frame(vec![event(true)]);
        self.frame(vec![event(false)]);
        self.settle();
    }

    fn has(&self, name: &str) -> bool {
        self.harness.query_all_by_label(name).next().is_some()
    }

    fn says(&self, words: &str) -> bool {
        self.harness.query_all_by_label_contains(words).next().is_some()
    }

    fn wishes(&self) -> Vec<String> {
        self.fake.wishes.lock().unwrap().clone()
    }
}

struct Control {
    role: Role,
    name: String,
    rect: Rect,
    presses: bool,
}

fn controls(window: &Window) -> Vec<Control> {
    let framing = |role| {
        matches!(
            role,
            Role::Window | Role::GenericContainer | Role::Unknown | Role::ScrollView | Role::ScrollBar | Role::TextRun
        )
    };
    let nodes = window.harness.query_all(egui_kittest::kittest::by());
    nodes
        .filter(|node| !framing(node.accesskit_node().role()))
        .map(|node| {
            let inner = node.accesskit_node();
            Control {
                role: inner.role(),
                name: inner.label().or_else(|| inner.value()).unwrap_or_default(),
                rect: node.rect(),
                presses: inner.data().supports_action(Action::Click),
            }
        })
        .collect()
}

/// Names, sizes, edges, overlaps: what `tests/ui_screens.rs` asks of the till's own screens.
fn check(what: &str, size: (f32, f32), window: &Window) {
    let all = controls(window);
    let screen = Rect::from_min_size(egui::Pos2::ZERO, vec2(size.0, size.1)).expand(0.5);
    assert!(all.len() > 5, "{what} {size:?}: only {} things", all.len());
    for Control { role, name, rect, presses } in &all {
        assert!(!name.trim().is_empty() && !name.contains('{'), "{what} {size:?}: {role:?} {name:?} at {rect:?}");
        assert!(!name.starts_with("recovery-") && !name.starts_with("ledger-"), "{what}: a key shows itself: {name}");
        let large = rect.width() >= 47.9 && rect.height() >= 47.9;
        assert!(!presses || large, "{what} {size:?}: {name:?} is {} x {}", rect.width(), rect.height());
        // People scroll.
        let scrolls = *role == Role::RadioButton && (name == "Luis Ortega" || name == "Dana Whitfield");
        assert!(scrolls || screen.contains_rect(*rect), "{what} {size:?}: {role:?} {name:?} at {rect:?} is cut off");
    }
    for (at, one) in all.iter().enumerate() {
        for other in all.iter().skip(at + 1) {
            let both = one.rect.intersect(other.rect);
            let inside = one.rect.contains_rect(other.rect) || other.rect.contains_rect(one.rect);
            let people =
                |c: &Control| c.role == Role::RadioButton && (c.name.contains("Luis") || c.name.contains("Dana"));
            let apart = both.width() <= 1.0 || both.height() <= 6.0;
            assert!(
                apart || inside || people(one) || people(other),
                "{what} {size:?}: {:?} at {:?} and {:?} at {:?} overlap",
                one.name,
                one.rect,
                other.name,
                other.rect
            );
        }
    }
}

#[test]
fn every_fault_says_what_happened_what_about_the_money_and_what_to_do_at_every_size() {
    let mut told = vec![];
    for fault in faults() {
        for size in SIZES {
            let window = Window::open(view(fault.clone()), size);
            check(&format!("{fault:?}"), size, &window);
            let heading = controls(&window).into_iter().find(|control| control.role == Role::Heading).unwrap();
            told.push(heading.name);
            let money = ["Nothing was sent", "Nothing is sent"].iter().any(|words| window.says(words));
            assert!(money, "{fault:?} says nothing of the money");
            assert!(window.has("Close Tillback") && window.has("Try again"), "{fault:?}");
        }
    }
    told.dedup();
    assert_eq!(told.len(), faults().len() - 2, "each fault its own words; two come in two variants: {told:?}");
}

#[test]
fn whatever_is_being_done_or_was_said_fits() {
    let mut views = vec![];
    for doing in [Doing::Looking, Doing::Trying, Doing::Restoring, Doing::Saving] {
        views.push(RecoveryView { doing: Some(doing), ..view(LedgerFault::Damaged) });
    }
    let long = "/srv/till/.local/share/tillback/of/this/very/till/for-support-1795357930000";
    for said in [
        Said::StillSo,
        Said::Saved(long.into()),
        Said::NotSaved("No space left on device (os error 28)".to_owned()),
        Said::FolderShown,
        Said::FolderNotShown,
    ] {
        views.push(RecoveryView { said: Some(said), ..view(LedgerFault::Damaged) });
    }
    views.push(RecoveryView { copies: Some(vec![]), ..view(LedgerFault::Gone) });
    for view in views {
        for size in SIZES {
            let window = Window::open(view.clone(), size);
            check(&format!("{:?} {:?}", view.doing, view.said), size, &window);
        }
    }
}

fn to_word(window: &mut Window) {
    window.tap("Put a copy back…");
    window.tap("Use this copy…");
}

#[test]
fn the_pages_of_a_restore_fit_at_every_size() {
    for size in SIZES {
        let mut window = Window::open(view(LedgerFault::Damaged), size);
        window.tap("Put a copy back…");
        check("copies", size, &window);
        window.press(Key::ArrowDown);
        check("second copy", size, &window);
        assert!(window.says("may be missing"));
        window.tap("Use this copy…");
        check("word", size, &window);
        window.tap("Other…");
        check("own reason", size, &window);
        let refused = [Said::WrongPin { wait_seconds: 0 }, Said::WrongPin { wait_seconds: 300 }];
        let failed = Said::NotRestored("the ledger is in use by process 4711 (till FRONT-1) on counter-2".to_owned());
        for said in refused.into_iter().chain([failed]) {
            window.set(|view| view.said = Some(said));
            check("word, refused", size, &window);
        }
        window.set(|view| view.restored = Some(recovery::account()));
        check("done", size, &window);
        assert!(window.has("The record is back") && window.says("3 refunds came over"));
        window.tap("Start the till");
        assert_eq!(window.wishes(), ["TryAgain"]);
    }
}

#[test]
fn a_copy_goes_back_by_touch_and_by_keyboard_alone() {
    let expected = "restore /data/backups/ledger-FRONT-1-0.db 01JD9K7R2W8M4Q6X000000000B 482913 The record was damaged";
    let mut window = Window::open(view(LedgerFault::Damaged), (1024.0, 768.0));
    to_word(&mut window);
    window.tap("The record was damaged");
    window.tap("Luis Ortega");
    for digit in ["4", "8", "2", "9", "1", "3"] {
        window.tap(digit);
    }
    window.tap("Put the copy back");
    assert_eq!(window.wishes(), [expected]);

    let mut window = Window::open(view(LedgerFault::Damaged), (1024.0, 768.0));
    window.press(Key::Enter);
    window.press(Key::Enter);
    // Back, three reasons, Other, two people: the second reason, then the first manager.
    for _ in 0..3 {
        window.press(Key::Tab);
    }
    window.press(Key::Space);
    for _ in 0..3 {
        window.press(Key::Tab);
    }
    window.press(Key::Space);
    for digit in [Key::Num4, Key::Num8, Key::Num2, Key::Num9, Key::Num1, Key::Num3] {
        window.press(digit);
    }
    window.press(Key::Enter);
    assert_eq!(window.wishes(), [expected]);
}

#[test]
fn nothing_goes_back_without_reason_manager_and_pin() {
    let steps: [&[&str]; 3] = [
        &["Luis Ortega", "4", "8", "2", "9", "1", "3"],
        &["The disk failed", "4", "8", "2", "9", "1", "3"],
        &["The disk failed", "Luis Ortega", "4", "8"],
    ];
    for taps in steps {
        let mut window = Window::open(view(LedgerFault::Damaged), (1024.0, 768.0));
        to_word(&mut window);
        for name in taps {
            window.tap(name);
        }
        window.press(Key::Enter);
        assert!(window.wishes().is_empty(), "{taps:?}: {:?}", window.wishes());
    }
}

#[test]
fn a_scan_presses_nothing_and_a_double_click_walks_through_one_page() {
    let mut window = Window::open(view(LedgerFault::Damaged), (1024.0, 768.0));
    let burst: Vec<Event> = "297553638301777927"
        .chars()
        .flat_map(|digit| {
            let key = Key::from_name(&digit.to_string()).unwrap();
            let event = |pressed| Event::Key {
                key,
                physical_key: Some(key),
                pressed,
                repeat: false,
                modifiers: Modifiers::NONE,
            };
            [event(true), Event::Text(digit.to_string()), event(false)]
        })
        .collect();
    let enter = |pressed| Event::Key {
        key: Key::Enter,
        physical_key: Some(Key::Enter),
        pressed,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    window.frame(burst.into_iter().chain([enter(true), enter(false)]).collect());
    window.settle();
    assert!(window.has("The till’s record is damaged."), "the scan's Enter pressed the primary button");
    let at = window.harness.get_by_label("Put a copy back…").rect().center();
    let button = |pressed| Event::PointerButton {
        pos: at,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    window.frame(vec![Event::PointerMoved(at), button(true)]);
    window.frame(vec![button(false), button(true)]);
    window.frame(vec![button(false)]);
    window.settle();
    assert!(window.has("Which copy?") && !window.has("A manager says why"));
}

#[test]
fn each_way_out_is_wished_for_once_and_escape_goes_back() {
    let mut window = Window::open(view(LedgerFault::Damaged), (1024.0, 768.0));
    window.tap("Save files for support");
    window.tap("Show the folder");
    window.tap("Try again");
    assert_eq!(window.wishes(), ["SaveForSupport", "ShowFolder", "TryAgain"]);
    window.set(|view| view.doing = Some(Doing::Trying));
    window.tap("Try again");
    window.press(Key::Enter);
    assert_eq!(window.wishes().len(), 3, "while something is done nothing else is");
    window.set(|view| view.doing = None);
    to_word(&mut window);
    assert!(window.has("A manager says why"));
    window.press(Key::Escape);
    assert!(window.has("Which copy?"));
    window.press(Key::Escape);
    assert!(window.has("The till’s record is damaged."));
    let locked = Window::open(view(LedgerFault::DiskFull), (1024.0, 768.0));
    assert!(!locked.has("Put a copy back…"), "a copy does not make room");
}

#[test]
fn a_reason_is_written_by_touch_alone() {
    let mut window = Window::open(view(LedgerFault::Damaged), (800.0, 600.0));
    to_word(&mut window);
    window.tap("Other…");
    let field = || "Write the reason";
    let at = window.harness.get_by_label(field()).rect();
    window.tap(field());
    let keyboard = window.harness.get_by_label("On-screen keyboard").rect();
    assert!(!keyboard.intersects(at), "{keyboard:?} over {at:?}");
    for key in ["n", "o", "Space", "d", "i", "s", "k"] {
        let rect = window.harness.get_by_label(key).rect();
        assert!(rect.width() >= 47.9 && rect.height() >= 47.9, "{key} is {rect:?}");
        window.tap(key);
    }
    assert_eq!(window.harness.get_by_label(field()).value().as_deref(), Some("no disk"));
    window.tap("Done");
    assert!(window.harness.query_by_label("On-screen keyboard").is_none());
}

#[test]
fn a_passphrase_is_written_by_touch_alone_and_shown_to_nobody() {
    let typed = Typed::default();
    let page = PassphrasePage::new(Appearance::default(), false, Arc::clone(&typed));
    let mut harness = Harness::builder()
        .with_size(vec2(800.0, 600.0))
        .with_max_steps(8)
        .with_context_setup(|context| ui::dress(context, Look::Light, Language::English))
        .build_ui_state(|ui, page: &mut PassphrasePage| _ = page.draw(ui), page);
    let frame = |harness: &mut Harness<'static, PassphrasePage>, events: Vec<Event>| {
        let mut input = RawInput { events, focused: true, ..RawInput::default() };
        harness.state_mut().filter_input(&mut input);
        harness.input_mut().events.extend(input.events);
        harness.step();
    };
    let tap = |harness: &mut Harness<'static, PassphrasePage>, at: Rect| {
        let (pos, button, modifiers) = (at.center(), egui::PointerButton::Primary, Modifiers::NONE);
        let press = |pressed| Event::PointerButton { pos, button, pressed, modifiers };
        frame(harness, vec![Event::PointerMoved(pos), press(true)]);
        frame(harness, vec![press(false), Event::PointerGone]);
        (0..3).for_each(|_| frame(harness, vec![]));
    };
    let at = harness.get_by_role(Role::PasswordInput).rect();
    tap(&mut harness, at);
    let keyboard = harness.get_by_label("On-screen keyboard").rect();
    assert!(!keyboard.intersects(at), "{keyboard:?} over {at:?}");
    for key in ["t", "e", "a", "7"] {
        let at = harness.get_by_label(key).rect();
        tap(&mut harness, at);
    }
    assert_eq!(harness.get_by_role(Role::PasswordInput).value().as_deref(), Some("••••"));
    let done = harness.get_by_label("Done").rect();
    tap(&mut harness, done);
    assert!(harness.query_by_label("On-screen keyboard").is_none());
    let open = harness.get_by_label("Open the till").rect();
    tap(&mut harness, open);
    assert_eq!(typed.lock().unwrap().as_ref().map(|words| words.to_string()), Some("tea7".to_owned()));
}
