//! The sheet of keys and the signs beside every sound: what they list is what works, and what is heard is seen.

#![cfg(test)] // clippy: a test throughout, helpers too

mod ui_support;

use egui::Key;
use egui_kittest::kittest::{NodeT, Queryable};
use tillback::domain::{Operator, Refund, RefundState, Role};
use tillback::flow::{OnDevices, SettingsPage, Signal, State, What};
use tillback::terminal::Till;
use ui_support::scenes::{self, Scene};
use ui_support::window::Window;
use ui_support::{NUMBER, World, luis};

/// Keys that some screen acts on, and their names on the sheet.
const KEYS: [(Key, &str); 9] = [
    (Key::F2, "F2"),
    (Key::F3, "F3"),
    (Key::F4, "F4"),
    (Key::F5, "F5"),
    (Key::F8, "F8"),
    (Key::F9, "F9"),
    (Key::F12, "F12"),
    (Key::Escape, "Esc"),
    (Key::Enter, "Enter"),
];
/// The button that fills Ready.
const REFUND: &str = "Refund";
/// One screen of each kind.
const SCREENS: [&str; 12] = [
    "locked",
    "ready",
    "scan",
    "approval",
    "refunded",
    "refunds",
    "settings, camera",
    "setup, camera",
    "settings, about",
    "settings, printer",
    "setup, printer",
    "unknown, asked",
];

fn scene(name: &str) -> Scene {
    scenes::all().into_iter().find(|scene| scene.name == name).expect(name)
}

/// Everything that can be read, so that a press that changes the window alone is seen too.
fn read(window: &Window) -> Vec<String> {
    let nodes = window.harness.query_all(egui_kittest::kittest::by());
    nodes
        .filter_map(|node| {
            let node = node.accesskit_node();
            let said = node.label().or_else(|| node.value())?;
            Some(format!("{said} {:?}", node.is_selected()))
        })
        .collect()
}

fn lists(window: &Window, key: &str) -> bool {
    read(window).iter().any(|said| said.starts_with(&format!("{key}: ")))
}

#[test]
fn the_sheet_lists_the_keys_that_do_something_and_no_others() {
    let mut listed = 0;
    for name in SCREENS {
        let mut window = scene(name).open(1024.0, 768.0);
        window.settle();
        window.key(Key::F1);
        let wanted: Vec<bool> = KEYS.iter().map(|(_, key)| lists(&window, key)).collect();
        for ((key, label), on_sheet) in KEYS.into_iter().zip(wanted) {
            let mut window = scene(name).open(1024.0, 768.0);
            window.settle();
            let (told, said) = (window.till.told().len(), read(&window));
            window.key(key);
            // Enter everywhere presses what has the focus; nothing has it here.
            let did = window.till.told().len() > told || read(&window) != said;
            let everywhere = key == Key::Enter;
            assert!(did == on_sheet || everywhere && on_sheet, "{label} on {name}: listed {on_sheet}, did {did}");
            listed += usize::from(on_sheet);
        }
    }
    assert!(listed > 20, "only {listed} keys were listed");
}

#[test]
fn nothing_is_pressed_while_the_sheet_is_open_and_no_scan_is_read() {
    let mut window = Window::open(World::default());
    window.settle();
    window.key(Key::F1);
    assert!(window.has("Keys") && window.says("F2: Refund") && !window.has(REFUND));
    let told = window.till.told();
    for key in [Key::F2, Key::F3, Key::F4, Key::F12, Key::Enter, Key::Space] {
        window.key(key);
    }
    window.scan(NUMBER);
    window.tap_at(egui::pos2(400.0, 300.0));
    assert_eq!((window.till.told(), window.till.screen()), (told, "ready"));
    assert!(window.till.scans().is_empty() && window.has("Keys"));
    for close in [Key::Escape, Key::F1] {
        window.key(close);
        assert!(window.has(REFUND), "{close:?} closes it");
        window.key(Key::F1);
    }
    window.tap("Close");
    assert!(window.has(REFUND) && window.till.screen() == "ready");
}

#[test]
fn another_screen_takes_the_sheet_away() {
    let mut window = Window::open(World { outcome: None, ..World::default() });
    scenes::to_result(&window.till);
    window.settle();
    assert_eq!(window.till.screen(), "sending");
    window.key(Key::F1);
    assert!(window.has("Keys"));
    let State::Sending(sending) = window.till.state() else { panic!("not sending") };
    let refund = sending.refund.unwrap();
    let refund = Refund { state: RefundState::Refunded, outcome: Some(ui_support::refunded()), ..refund };
    window.till.happen(What::RefundMoved(Box::new(refund)));
    window.settle();
    assert!(window.till.screen() == "result" && !window.has("Keys"), "the money's screen is in front");
}

#[test]
fn digits_typed_over_the_sheet_are_no_pin() {
    let mut window = Window::open(World { signed_in: None, ..World::default() });
    window.settle();
    window.key(Key::F1);
    assert!(window.says("0 to 9: Type the number"));
    window.type_digits("4829");
    window.key(Key::Enter);
    window.key(Key::Escape);
    assert!(window.till.told().is_empty() && window.till.screen() == "locked");
}

fn manager() -> Option<Operator> {
    (luis().role == Role::Manager).then(luis)
}

#[test]
fn every_sound_is_seen_for_a_while_muted_or_not() {
    for muted in [false, true] {
        for (signal, word) in [
            (Signal::Read, "Read"),
            (Signal::Refused, "Refused"),
            (Signal::Done, "Done"),
            (Signal::Attention, "Please look"),
            (Signal::Torn, "Please scan again."),
        ] {
            let mut world = World { signed_in: manager(), ..World::default() };
            world.equipment.sound.muted = muted;
            let mut window = Window::open(world);
            window.till.tell(What::SettingsPressed);
            window.till.tell(What::SettingsPageChosen(SettingsPage::Sound));
            window.settle();
            assert!(!window.has(word) && window.says("Every sound is shown as a word below"));
            window.till.tell(What::OnDevices(OnDevices::SoundTried(signal)));
            window.settle();
            assert!(window.has(word), "{signal:?}");
            window.till.pass(5_000);
            window.settle();
            assert!(!window.has(word), "{signal:?} goes away again");
        }
    }
}
