//! Settings, as a person uses it: the way in, the pages by keys and by taps, a scanner tried, a camera chosen.

#![cfg(test)] // clippy: a test throughout, helpers too

mod ui_support;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use tillback::domain::{
    CameraChoice, KeepFault, NoCheckup, SalesFolderFault, SalesTrouble, ScannerKind, SettingChange,
};
use tillback::flow::State;
use tillback::scan::wedge::{BurstEnd, ScanText, TEST_CODE};
use ui_support::settings::{about_world, scan, world};
use ui_support::window::{Window, press, release};
use ui_support::{NUMBER, World};

/// A scanner types this text, all in one batch; GS as Ctrl+], capitals with Shift, on a US keyboard.
fn type_like_a_scanner(window: &mut Window, text: &str) {
    let mut events = strokes(text);
    events.extend([press(Key::Enter), release(Key::Enter)]);
    window.frame(events);
    window.settle();
}

/// The keys of a text.
fn strokes(text: &str) -> Vec<Event> {
    let mut events = vec![];
    for character in text.chars() {
        let us = "abcdefghijklmnopqrstuvwxyz0123456789-/\"]\u{1d}";
        let lower = character.to_ascii_lowercase();
        assert!(us.contains(lower), "{character:?}");
        let key = match lower {
            '-' => Key::Minus,
            '/' => Key::Slash,
            '"' => Key::Quote,
            ']' | '\u{1d}' => Key::CloseBracket,
            other => Key::from_name(&other.to_ascii_uppercase().to_string()).unwrap(),
        };
        let modifiers = Modifiers {
            shift: character.is_ascii_uppercase() || character == '"',
            ctrl: character == '\u{1d}',
            ..Modifiers::NONE
        };
        events.push(Event::Key { key, physical_key: Some(key), pressed: true, repeat: false, modifiers });
        if character != '\u{1d}' {
            events.push(Event::Text(character.to_string()));
        }
        events.push(Event::Key { key, physical_key: Some(key), pressed: false, repeat: false, modifiers });
    }
    events
}

#[test]
fn what_keeps_sales_from_coming_in_stands_at_the_bottom() {
    let mut world = World::default();
    let window = Window::open(World::default());
    assert!(!window.says("sales"));
    for (trouble, words) in [
        (SalesTrouble { failed_files: 1, ..SalesTrouble::default() }, "1 sales file was refused: see folder “failed”"),
        (SalesTrouble { failed_files: 3, ..SalesTrouble::default() }, "3 sales files were refused"),
        (SalesTrouble { port: Some(8735), ..SalesTrouble::default() }, "Another program has sales port 8735"),
        (
            SalesTrouble { folder: Some(SalesFolderFault::NotThere), ..SalesTrouble::default() },
            "Sales folder can't be read",
        ),
        (
            SalesTrouble { folder: Some(SalesFolderFault::FileHeld), ..SalesTrouble::default() },
            "A file stays in the sales folder",
        ),
    ] {
        world.equipment.sales = trouble;
        let window = Window::open(world.clone());
        assert!(window.says(words), "{words}");
    }
}

#[test]
fn a_managers_pin_opens_settings_and_signs_nobody_in() {
    let mut window = Window::open(World::default());
    window.tap("Settings…");
    assert_eq!(window.till.screen(), "settings");
    assert!(window.says("A manager’s PIN opens them."));
    let choices = window.harness.query_all_by_role(Role::RadioButton);
    let names: Vec<String> = choices.filter_map(|choice| choice.accesskit_node().label()).collect();
    assert_eq!(names, ["Luis Ortega"], "a cashier is no way in");
    window.type_digits("4829");
    window.key(Key::Enter);
    assert!(window.has("Test code, QR"));
    assert!(window.has("Back"));
    window.key(Key::Escape);
    assert_eq!(window.till.screen(), "ready");
    let told = window.till.told();
    assert_eq!(told, ["SettingsPressed", "ManagerPinGiven", "CancelPressed"]);
}

#[test]
fn a_scan_at_the_door_opens_nothing() {
    let mut window = Window::open(World::default());
    window.key(Key::F4);
    window.scan(NUMBER);
    assert!(matches!(window.till.state(), State::Settings(settings) if !settings.is_open()));
    assert!(window.has("PIN: no digits yet"));
    assert!(window.till.scans().is_empty());
}

#[test]
fn the_pages_by_keys_and_by_taps() {
    let mut window = Window::open(world());
    window.key(Key::F4);
    assert!(window.has("Test code, Code 128"));
    window.key(Key::ArrowDown);
    assert!(window.has("Which camera?"));
    window.key(Key::ArrowDown);
    assert!(window.says("No printer is set up."));
    window.key(Key::ArrowDown);
    assert!(window.has("Quieter"));
    for _ in 0..9 {
        window.key(Key::ArrowDown);
    }
    assert!(window.says("Record"), "the last one");
    for _ in 0..9 {
        window.key(Key::ArrowUp);
    }
    assert!(window.has("Test code, QR"));
    window.tap("Camera");
    assert!(window.has("Which camera?"));
}

#[test]
fn a_scanner_that_types_is_tried_and_starts_no_refund() {
    let mut window = Window::open(world());
    window.key(Key::F4);
    assert!(window.says("Waiting for a scan…"));
    type_like_a_scanner(&mut window, &format!("]C1{TEST_CODE}"));
    assert!(window.says("Nothing to change."), "as it should be set");
    assert!(window.says("(]C1)") && window.says("by a scanner that types"));
    type_like_a_scanner(&mut window, "Test&2975/zay@".replace(['&', '@'], "").as_str());
    assert!(window.says("This is another code."));
    // A receipt is looked at and not read.
    window.scan(NUMBER);
    assert!(window.says("This is another code."));
    assert_eq!(window.till.screen(), "settings");
    assert!(window.till.scans().is_empty());
}

#[test]
fn a_slow_scanner_is_told_so() {
    let mut window = Window::open(world());
    window.key(Key::F4);
    for character in "TEST/2975".chars() {
        let key = if character == '/' { Key::Slash } else { Key::from_name(&character.to_string()).unwrap() };
        window.frame(vec![press(key), Event::Text(character.to_ascii_lowercase().to_string())]);
        window.frame(vec![release(key)]);
        window.frame(vec![]);
    }
    window.settle();
    assert!(window.says("The scanner is too slow."));
    // One that is quick is what counts from then on.
    type_like_a_scanner(&mut window, TEST_CODE);
    assert!(window.says("Nothing to change.") && !window.says("too slow"));
}

#[test]
fn what_has_to_be_changed_comes_first_and_says_how() {
    let mut window = Window::open(world());
    window.key(Key::F4);
    let german = "Test&2975\u{1d}/zaY@";
    let sent = ScanText { end: BurstEnd::Quiet, ..scan(german) };
    window.till.try_out(ScannerKind::Keyboard, sent.clone());
    window.settle();
    for words in
        ["Please change this.", "It is set to a German keyboard.", "US keyboard", "It sends nothing after a code."]
    {
        assert!(window.says(words), "{words}");
    }
    let all = found(&window);
    let place = |words: &str| all.iter().find(|(name, _)| name.starts_with(words)).unwrap().1.min.y;
    assert!(place("It is set to a German keyboard.") < place("It sends nothing after a code."));
    // A serial scanner has no keyboard to end with Enter.
    window.till.try_out(ScannerKind::Serial, ScanText { end: BurstEnd::Quiet, ..scan(TEST_CODE) });
    window.settle();
    assert!(window.says("by the serial scanner") && !window.says("It sends nothing after a code."));
}

#[test]
fn an_enter_that_comes_late_is_an_enter() {
    let mut window = Window::open(world());
    window.key(Key::F4);
    // The test code in one batch, then quiet until the scan is over; the Enter follows within a quarter of a second.
    window.frame(strokes(TEST_CODE));
    window.frame_after(0.13, vec![]);
    assert!(window.says("It sends nothing after a code."));
    window.frame_after(0.05, vec![press(Key::Enter)]);
    window.frame_after(0.04, vec![release(Key::Enter)]);
    window.settle();
    assert!(window.says("Nothing to change.") && !window.says("It sends nothing after a code."));
    assert!(window.till.scans().is_empty(), "the Enter pressed nothing");
}

#[test]
fn what_a_scanner_sends_around_a_code_is_written_into_the_settings_file_when_a_manager_says_so() {
    for (keeps, words) in [(Ok(()), "Kept."), (Err(KeepFault::ReadOnly), "It applies until the till is closed")] {
        let mut world = world();
        world.keeps = keeps;
        let mut window = Window::open(world);
        window.key(Key::F4);
        window.till.try_out(ScannerKind::Keyboard, scan(&format!("~{TEST_CODE}")));
        window.settle();
        assert!(window.says("Please change this."));
        assert_eq!(window.till.changed(), [], "nothing by itself");
        window.tap("Write it in the settings file");
        assert_eq!(window.till.changed(), [SettingChange::ScannerPrefix("~".to_owned())]);
        assert!(window.says(words), "{words}");
        assert!(window.says("Nothing to change."), "the settings file knows it");
        assert!(!window.has("Write it in the settings file"));
    }
    let mut window = Window::open(world());
    window.key(Key::F4);
    window.till.try_out(ScannerKind::Serial, scan(&format!("{TEST_CODE}$")));
    window.settle();
    window.tap("Write it in the settings file");
    assert_eq!(window.till.changed(), [SettingChange::ScannerSuffix("$".to_owned())]);
}

#[test]
fn a_prefix_that_the_settings_file_knows_is_no_fault() {
    let mut known = world();
    known.equipment.prefix = "~".to_owned();
    for (world, words) in [(world(), "write it as prefix in the settings file"), (known, "the settings file knows it")]
    {
        let mut window = Window::open(world);
        window.key(Key::F4);
        window.till.try_out(ScannerKind::HidPos, scan(&format!("~{TEST_CODE}")));
        window.settle();
        assert!(window.says(words), "{words}");
    }
}

#[test]
fn each_scanner_is_in_the_strip_and_says_what_is_wrong() {
    let mut window = Window::open(world());
    assert!(window.says("Voyager 1472g") && window.says("USB scanner DS2208: not working"));
    window.key(Key::F4);
    assert!(window.says("its udev rule is missing"));
    // One device that is both: its name alone would not tell which.
    let mut both = world();
    for view in &mut both.equipment.scanners {
        (view.light, view.fault, view.name) = (tillback::terminal::Light::Good, None, Some("Combo".to_owned()));
    }
    let window = Window::open(both);
    assert!(window.has("Serial scanner: working") && window.has("USB scanner: working"));
}

#[test]
fn a_camera_is_chosen_and_whether_it_was_kept_is_said() {
    for (keeps, words) in [(Ok(()), "Kept."), (Err(KeepFault::ReadOnly), "It applies until the till is closed")] {
        let mut world = world();
        world.keeps = keeps;
        let mut window = Window::open(world);
        window.key(Key::F4);
        window.tap("Camera");
        window.tap("HD Pro Webcam C920");
        assert!(window.says(words), "{words}");
        let chosen = window.till.world.lock().unwrap().equipment.camera.choice.clone();
        assert_eq!(chosen, CameraChoice::Named("HD Pro Webcam C920".to_owned()));
        // Chosen already: nothing is written again.
        window.tap("HD Pro Webcam C920");
        assert_eq!(window.till.told().iter().filter(|told| *told == "SettingChosen").count(), 1);
    }
}

#[test]
fn scanners_that_type_can_be_switched_off_and_still_press_nothing() {
    let mut off = world();
    off.devices.scanner = tillback::terminal::Light::Off;
    let mut window = Window::of_size_with(off, 1024.0, 768.0, |options| options.reads_what_scanners_type = false);
    window.scan(NUMBER);
    assert_eq!((window.till.screen(), window.till.scans().len()), ("ready", 0));
    window.key(Key::F4);
    type_like_a_scanner(&mut window, TEST_CODE);
    assert!(window.says("Scanners that type are switched off."));
}

/// The page "About" of such a till, opened as a manager does.
fn about(world: World) -> Window {
    let mut window = Window::open(world);
    window.key(Key::F4);
    window.tap("About");
    window
}

#[test]
fn about_says_what_this_till_is_and_where_its_files_are() {
    let window = about(about_world());
    for words in [
        "Tillback 0.1.0",
        "schema 4",
        "zxing-cpp 0.5.1, rqrr 0.11.0",
        "tillback.toml",
        "share/doc/tillback/LIBRARIES.txt",
    ] {
        assert!(window.says(words), "{words}");
    }
    assert!(!window.says("wrong  "), "nobody asked");
}

#[test]
fn the_checks_run_from_the_page_and_say_what_to_do_and_only_packing_packs() {
    let mut window = about(about_world());
    window.tap("Check this till");
    for words in ["One thing must be put right before this till can refund", "wrong  credentials", "tillback token set"]
    {
        assert!(window.says(words), "{words}");
    }
    assert!(!window.says("Packed"), "nobody asked for a file");
    window.tap("Pack for support");
    assert!(window.says("exports/support-20261122-210000.zip") && window.says("No secret is in it"));
}

#[test]
fn one_check_at_a_time() {
    let mut window = about(World { checkup: None, ..about_world() });
    window.tap("Check this till");
    assert!(window.says("Checking"));
    window.tap("Check this till");
    window.tap("Pack for support");
    assert!(window.says("Checking"));
    assert_eq!(window.till.world.lock().unwrap().checked, [false]);
}

#[test]
fn the_demo_has_nothing_to_check_and_says_so() {
    let mut window = about(World { checkup: Some(Err(NoCheckup::MadeUp)), ..about_world() });
    window.tap("Check this till");
    assert!(window.says("Everything here is made up"));
}

#[test]
fn no_button_of_display_or_of_the_list_gets_smaller_than_a_finger_at_any_height() {
    for height in [600.0, 640.0, 700.0, 740.0, 768.0, 800.0] {
        for training in [false, true] {
            let mut window = Window::of_size(World { training, ..world() }, 1024.0, height);
            window.key(Key::F4);
            // A page lower in the list may have to be scrolled to; the arrows do.
            while !window.has("Français") {
                window.key(Key::ArrowDown);
            }
            window.tap("Dark");
            assert!(window.says("Kept."));
            let targets = window.harness.query_all_by_role(Role::Button);
            let targets = targets.chain(window.harness.query_all_by_role(Role::RadioButton));
            for target in targets {
                let (name, rect) = (target.accesskit_node().label(), target.rect());
                assert!(rect.height() >= 47.9 && rect.width() >= 47.9, "{name:?} is {rect:?} at {height}");
            }
            let back = window.rect_of("Back");
            if height >= 740.0 {
                let last = window.rect_of("About");
                assert!(last.max.y <= back.min.y, "About {last:?} is cut by Back {back:?} at {height}");
            }
        }
    }
}

/// What was found, in its order, and where each stands.
fn found(window: &Window) -> Vec<(String, egui::Rect)> {
    let nodes = window.harness.query_all_by_role(Role::ListItem);
    nodes.map(|node| (node.accesskit_node().label().unwrap_or_default(), node.rect())).collect()
}

#[test]
fn everything_wrong_with_a_scanner_is_reached_by_keys_by_wheel_and_by_touch() {
    let open = || {
        let mut window = Window::of_size(world(), 800.0, 600.0);
        window.key(Key::F4);
        let sent = "~Tillback~tEST&2975|/ZAy@$";
        window.till.try_out(ScannerKind::Keyboard, ScanText { end: BurstEnd::Quiet, ..scan(sent) });
        window.settle();
        window
    };
    let is_seen = |window: &Window, rect: egui::Rect| {
        window.harness.ctx.content_rect().shrink2(egui::vec2(0.0, 40.0)).contains_rect(rect)
    };
    let mut window = open();
    let all = found(&window);
    assert!(all.len() >= 6, "{all:?}");
    let last = |window: &Window| found(window).last().unwrap().1;
    assert!(!is_seen(&window, last(&window)), "nothing to scroll: {all:?}");
    // By keys.
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..60 {
        window.key(Key::Tab);
        window.settle();
        let now = found(&window).into_iter().filter(|(_, rect)| is_seen(&window, *rect));
        seen.extend(now.map(|(name, _)| name));
    }
    let unseen: Vec<_> = all.iter().filter(|(name, _)| !seen.contains(name)).collect();
    assert!(unseen.is_empty(), "{unseen:?}");
    // By wheel.
    let mut window = open();
    let at = found(&window)[0].1.center();
    window.frame(vec![Event::PointerMoved(at)]);
    for _ in 0..20 {
        let wheel = Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: egui::vec2(0.0, -120.0),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        };
        window.frame(vec![wheel]);
        window.settle();
    }
    assert!(is_seen(&window, last(&window)), "{:?}", last(&window));
    // By a finger that drags.
    let mut window = open();
    let touch =
        |phase, pos| Event::Touch { device_id: egui::TouchDeviceId(1), id: egui::TouchId(1), phase, pos, force: None };
    for _ in 0..4 {
        let from = at + egui::vec2(0.0, 30.0);
        let button = |pos, pressed| ui_support::window::button(pos, pressed);
        window.frame(vec![touch(egui::TouchPhase::Start, from), Event::PointerMoved(from), button(from, true)]);
        for step in 1..=12_u8 {
            let pos = from - egui::vec2(0.0, 20.0 * f32::from(step));
            window.frame(vec![touch(egui::TouchPhase::Move, pos), Event::PointerMoved(pos)]);
        }
        let end = from - egui::vec2(0.0, 240.0);
        window.frame(vec![touch(egui::TouchPhase::End, end), button(end, false), Event::PointerGone]);
        window.settle();
    }
    assert!(is_seen(&window, last(&window)), "{:?}", last(&window));
}
