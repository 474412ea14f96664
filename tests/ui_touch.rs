//! Touch alone: a whole shift's beginning and a whole refund in the real window's tree by fingers, as the window system
//! reports them: no key, no mouse. **Every target a finger needs is at least 48 points in both directions.**

#![cfg(test)] // clippy: a test throughout, helpers too

mod ui_support;

use egui::accesskit::Role;
use egui::{Event, Key, Pos2, Rect, TouchDeviceId, TouchId, TouchPhase, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use tillback::domain::{RefundState, TillName};
use tillback::flow::{Leaving, OnSetup, State, What};
use tillback::terminal::Till;
use tillback::ui::theme::TARGET_MIN;
use ui_support::demo::Shop;
use ui_support::setup::fresh;
use ui_support::window::{Window, button};
use ui_support::{NUMBER, World, luis};

/// A finger as winit and egui report it: a touch, and the pointer that the first finger is.
fn finger(phase: TouchPhase, pos: Pos2) -> Event {
    Event::Touch { device_id: TouchDeviceId(1), id: TouchId(1), phase, pos, force: None }
}

/// A finger on the middle of the control of that name; it rolls a little, as fingers do.
#[track_caller]
fn touch(shop: &mut Shop, name: &str) {
    shop.wait(name, |shop| shop.has(name));
    shop.settle();
    let rect = shop.harness.get_by_label(name).rect();
    assert!(rect.width() >= TARGET_MIN - 0.1 && rect.height() >= TARGET_MIN - 0.1, "{name} is {rect:?}");
    let (at, rolled) = (rect.center(), rect.center() + vec2(5.0, 4.0));
    shop.frame(vec![finger(TouchPhase::Start, at), Event::PointerMoved(at), button(at, true)]);
    shop.frame(vec![finger(TouchPhase::Move, rolled), Event::PointerMoved(rolled)]);
    shop.frame(vec![finger(TouchPhase::End, rolled), button(rolled, false), Event::PointerGone]);
    shop.frame(vec![]);
}

/// The same in a window with a till that is none.
#[track_caller]
fn tap(window: &mut Window, name: &str) {
    let rect = window.harness.query_all_by_label(name).last().unwrap_or_else(|| panic!("{name} is not there")).rect();
    assert!(rect.width() >= TARGET_MIN - 0.1 && rect.height() >= TARGET_MIN - 0.1, "{name} is {rect:?}");
    tap_at(window, rect.center());
}

fn tap_at(window: &mut Window, at: Pos2) {
    let rolled = at + vec2(5.0, 4.0);
    window.settle();
    window.frame(vec![finger(TouchPhase::Start, at), Event::PointerMoved(at), button(at, true)]);
    window.frame(vec![finger(TouchPhase::Move, rolled), Event::PointerMoved(rolled)]);
    window.frame(vec![finger(TouchPhase::End, rolled), button(rolled, false), Event::PointerGone]);
    window.settle();
}

/// A text on the keyboard of the screen, with whichever of its pages each character is on.
fn write(window: &mut Window, text: &str) {
    for letter in text.chars() {
        let key = if letter == ' ' { "Space".to_owned() } else { letter.to_string() };
        let turns: &[&str] = match letter {
            _ if window.has(&key) => &[],
            'A'..='Z' => &["Capital letters"],
            'À'..='Ý' => &["Accents", "Capital letters"],
            'ß'..='ÿ' => &["Accents"],
            _ => &["Symbols"],
        };
        for turn in turns {
            tap(window, turn);
        }
        tap(window, &key);
        if !window.has("q") && !window.has("Q") {
            tap(window, "Letters");
        }
    }
}

/// The field of that name; a label beside it may have the same.
fn field(window: &Window, name: &str) -> Rect {
    let fields = window.harness.query_all_by_role_and_label(Role::TextInput, name);
    fields.last().unwrap_or_else(|| panic!("no field {name}")).rect()
}

/// Nobody sees what they write below a keyboard.
#[track_caller]
fn is_beside(window: &Window, name: &str) {
    let keyboard = window.rect_of("On-screen keyboard");
    let (field, screen) = (field(window, name), window.harness.ctx.content_rect());
    assert!(screen.contains_rect(keyboard) && !keyboard.intersects(field), "{name} {field:?} below {keyboard:?}");
    let keys = window.harness.query_all_by_role(Role::Button).filter(|key| keyboard.contains_rect(key.rect()));
    let keys: Vec<_> = keys.map(|key| (key.accesskit_node().label(), key.rect())).collect();
    assert!(keys.iter().filter(|(_, key)| keyboard.contains(key.center())).count() >= 40, "{keys:?}");
    for (name, key) in keys {
        assert!(key.width() >= TARGET_MIN - 0.1 && key.height() >= TARGET_MIN - 0.1, "{name:?} is {key:?}");
    }
}

#[test]
fn the_first_start_is_written_by_touch_alone() {
    for (width, height) in [(800.0, 600.0), (1024.0, 768.0), (1920.0, 1080.0)] {
        let mut window = Window::of_size(fresh(), width, height);
        for (name, text) in [("Store", "Chez José & Co."), ("This till", "Front-2")] {
            let at = field(&window, name).center();
            tap_at(&mut window, at);
            is_beside(&window, name);
            while !value(&window, name).is_empty() {
                tap(&mut window, "Delete the last character");
            }
            write(&mut window, text);
            assert_eq!(value(&window, name), text);
            // A scan presses none of its keys and writes nothing.
            window.scan(NUMBER);
            assert_eq!(value(&window, name), text);
            assert!(window.has("On-screen keyboard"));
            tap(&mut window, "Done");
        }
        assert!(!window.has("On-screen keyboard"));
        tap(&mut window, "Next");
        // The name is what comes next, so the keyboard comes by itself.
        is_beside(&window, "Name");
        write(&mut window, "Ana Reyes");
        tap(&mut window, "Done");
        tap(&mut window, "Next: the PIN");
        for _ in 0..2 {
            for digit in "482913".chars() {
                tap(&mut window, &digit.to_string());
            }
            let on = if window.has("Next") { "Next" } else { "Begin" };
            tap(&mut window, on);
        }
        // The token is written on it as well, and shows as dots.
        let token = window.harness.query_all_by_role(Role::PasswordInput).last().expect("the token").rect();
        tap_at(&mut window, token.center());
        write(&mut window, "a9?{");
        let dots = window.harness.query_all_by_role(Role::PasswordInput).last().and_then(|it| it.value());
        assert_eq!(dots.as_deref(), Some("••••"));
        // What is written there would have to be kept or taken back.
        for _ in 0..4 {
            tap(&mut window, "Delete the last character");
        }
        tap(&mut window, "Done");
        tap(&mut window, "Skip for now");
        for _ in 0..4 {
            tap(&mut window, "Next");
        }
        tap(&mut window, "Finish");
        let world = window.till.world.lock().unwrap();
        assert_eq!(world.leaving, Some(Leaving::Reopened));
        assert!(matches!(world.operators.as_slice(), [only] if only.name.as_str() == "Ana Reyes"));
        assert!(world.settings.contains("store_name = \"Chez José & Co.\""), "{}", world.settings);
    }
}

fn value(window: &Window, name: &str) -> String {
    let fields = window.harness.query_all_by_role_and_label(Role::TextInput, name);
    fields.last().and_then(|field| field.value()).unwrap_or_default()
}

#[test]
fn every_kind_of_field_is_written_by_touch_alone() {
    fn settings(window: &mut Window, page: &str) {
        tap(window, "Settings…");
        tap(window, page);
    }
    type Way = fn(&mut Window);
    let fields: [(&str, Way); 5] = [
        ("Where is the printer?", |window| {
            settings(window, "Printer");
            tap(window, "Network printer…");
        }),
        ("Write the reason", |window| {
            window.scan(NUMBER);
            tap(window, "Other…");
        }),
        ("Search: number, amount, date, name", |window| tap(window, "Refunds")),
        ("Merchant number", |window| settings(window, "Gateway")),
        ("Name", |window| {
            settings(window, "People");
            tap(window, "Add a person…");
        }),
    ];
    for (width, height) in [(800.0, 600.0), (1024.0, 768.0), (1920.0, 1080.0), (3840.0, 2160.0)] {
        for (name, go) in fields {
            let mut window = Window::of_size(World { signed_in: Some(luis()), ..World::default() }, width, height);
            go(&mut window);
            if !window.has("On-screen keyboard") {
                let at = field(&window, name).center();
                tap_at(&mut window, at);
            }
            is_beside(&window, name);
            while !value(&window, name).is_empty() {
                tap(&mut window, "Delete the last character");
            }
            write(&mut window, "a 7");
            let written = value(&window, name);
            assert!(written == "a 7" || written == "a7", "{name}: {written:?}");
            tap(&mut window, "Done");
            assert!(!window.has("On-screen keyboard"), "{name}");
        }
    }
}

#[test]
fn the_keyboard_comes_to_fingers_and_not_to_who_types() {
    let mut window = Window::open(fresh());
    let at = field(&window, "Store").center();
    // A mouse, and nobody has typed.
    window.tap_at(at);
    assert!(window.has("On-screen keyboard"));
    window.key(Key::A);
    assert!(!window.has("On-screen keyboard"), "there are keys");
    window.tap_at(at);
    assert!(!window.has("On-screen keyboard"), "there were keys a moment ago");
    tap_at(&mut window, at);
    assert!(window.has("On-screen keyboard"), "a finger");
    window
        .till
        .tell(What::OnSetup(OnSetup::NamesGiven { store: "Tea".to_owned(), till: TillName::parse("T3").unwrap() }));
    window.settle();
    assert_eq!(window.till.screen(), "first");
    window.key(Key::Escape);
    window.settle();
    assert!(!window.has("On-screen keyboard"), "it goes with its screen");
    // Where somebody only wants to go on, no keyboard lies over the camera or the list.
    let mut window = Window::open(World::default());
    tap(&mut window, "Refund");
    assert!(window.till.screen() == "scan" && !window.has("On-screen keyboard"));
}

#[track_caller]
fn digits(shop: &mut Shop, digits: &str) {
    digits.chars().for_each(|digit| touch(shop, &digit.to_string()));
}

#[test]
fn sign_in_and_refund_by_touch() {
    let mut shop = Shop::open(false);
    let cashier = shop.terminal.view().practice_pins.clone().expect("training").cashier;
    touch(&mut shop, "Lock");
    shop.wait("the PIN pad", |shop| matches!(shop.terminal.view().state, State::Locked(_)));
    touch(&mut shop, "Mei Chen");
    digits(&mut shop, &cashier);
    touch(&mut shop, "Unlock");
    shop.wait("ready", |shop| matches!(shop.terminal.view().state, State::Ready));
    touch(&mut shop, "Refund");
    touch(&mut shop, "Number pad");
    digits(&mut shop, "297553638301777927");
    touch(&mut shop, "Find the sale");
    shop.wait("the gateway's word", Shop::is_confirmed);
    // Part of it, on the keypad of the screen.
    touch(&mut shop, "Another amount");
    digits(&mut shop, "12");
    touch(&mut shop, "Decimal point");
    digits(&mut shop, "50");
    touch(&mut shop, "Use $12.50");
    touch(&mut shop, "Changed mind");
    touch(&mut shop, "Ask the manager…");
    shop.wait("the approval", |shop| shop.has("Refund $12.50"));
    digits(&mut shop, "482913");
    touch(&mut shop, "Refund $12.50");
    shop.is(RefundState::Refunded, "Refunded");
    let book = shop.demo.sandbox().book();
    assert!(book.iter().any(|refund| refund.transaction_no.as_str() == "297553638301777927"));
    touch(&mut shop, "Finish");
    shop.wait("ready", |shop| matches!(shop.terminal.view().state, State::Ready));
}

#[test]
fn a_managers_note_a_reason_and_what_was_seen_are_written_by_touch_alone() {
    let fields = [
        ("approval, over a limit", "Write it in a few words"),
        ("order, release", "Write the reason"),
        ("order, decide", "Write the reason"),
        ("order, decide", "Refund or case number"),
    ];
    // In points, and how many pixels each has: 1920x1080 scaled twice and 3840x2160 scaled three times, too.
    for (width, height, scale) in [(800.0, 600.0, 1.0), (1024.0, 768.0, 1.0), (960.0, 540.0, 2.0), (1280.0, 720.0, 3.0)]
    {
        for (scene, name) in fields {
            let all = ui_support::scenes::all_of_them();
            let scene = all.into_iter().find(|one| one.name == scene).unwrap();
            let zoom = tillback::ui::zoom_of(egui::vec2(width, height));
            let mut window = scene.open(width / zoom, height / zoom);
            window.grow(scale * zoom, (width / zoom, height / zoom));
            if !window.has("On-screen keyboard") {
                let at = field(&window, name).center();
                tap_at(&mut window, at);
            }
            is_beside(&window, name);
            write(&mut window, "a 7");
            let written = value(&window, name);
            assert!(written == "a 7" || written == "a7", "{name}: {written:?}");
            tap(&mut window, "Done");
            assert!(!window.has("On-screen keyboard"), "{name}");
        }
    }
}
