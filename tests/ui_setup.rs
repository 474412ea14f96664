//! The first start, as a person goes through it: by keys, by touch, back and forth, and after it broke off.

#![cfg(test)] // clippy: a test throughout, helpers too

mod ui_support;

use egui::Key;
use egui_kittest::kittest::Queryable;
use tillback::domain::{GatewayTest, KeepFault, OperatorName, Pin, SetupPage, TillName, TokenPlace};
use tillback::flow::{Leaving, OnPeople, OnSetup, SettingsPage, State, What};
use tillback::terminal::Till;
use ui_support::setup::{fresh, make_manager};
use ui_support::window::Window;
use ui_support::{NUMBER, World, luis, mei, settings};

fn page(window: &Window) -> Option<SetupPage> {
    match window.till.state() {
        State::Settings(settings) => settings.guide.map(|guide| guide.page),
        _ => None,
    }
}

/// What the settings file says about the first start.
fn kept(window: &Window) -> Option<String> {
    let settings = window.till.world.lock().unwrap().settings.clone();
    settings.lines().find_map(|line| line.strip_prefix("setup = ").map(str::to_owned))
}

#[test]
fn the_first_start_goes_by_keys_alone_from_the_names_to_a_till_that_begins() {
    let mut window = Window::open(fresh());
    assert_eq!(window.till.screen(), "names");
    assert!(window.says("Step 1 of 8: Store"));
    window.key(Key::Enter);
    assert_eq!((window.till.screen(), kept(&window).as_deref()), ("first", Some("\"manager\"")));
    window.write("Ana Reyes");
    window.key(Key::Enter);
    window.types_pin("123456");
    window.types_pin("123456");
    window.types_pin("482913");
    window.types_pin("482913");
    assert_eq!((window.till.screen(), page(&window)), ("setup", Some(SetupPage::Gateway)));
    for next in [SetupPage::Camera, SetupPage::Scanner, SetupPage::Printer, SetupPage::Limits, SetupPage::Done] {
        window.key(Key::F2);
        assert_eq!(page(&window), Some(next));
        assert_eq!(kept(&window), Some(format!("{:?}", next.as_str())), "what comes next stands in the file");
    }
    assert!(window.says("Ana Reyes is the first manager.") && window.says("There is no token yet."));
    window.key(Key::F2);
    assert_eq!((window.till.screen(), kept(&window)), ("locked", None));
    assert_eq!(window.till.world.lock().unwrap().leaving, Some(Leaving::Reopened), "read again from the file");
}

#[test]
fn the_first_start_goes_by_touch_alone() {
    let mut window = Window::open(fresh());
    window.tap("Next");
    window.tap("No keyboard here");
    for _ in 0..2 {
        for digit in "482913".chars() {
            window.tap(&digit.to_string());
        }
        window.tap(if window.has("Next") { "Next" } else { "Begin" });
    }
    window.tap("Skip for now");
    for _ in 0..4 {
        window.tap("Next");
    }
    window.tap("Finish");
    assert_eq!(window.till.world.lock().unwrap().leaving, Some(Leaving::Reopened));
    let made = window.till.world.lock().unwrap().operators.clone();
    assert!(matches!(made.as_slice(), [only] if only.name.as_str() == "Manager"), "{made:?}");
}

#[test]
fn names_are_kept_and_one_that_is_none_is_not_offered() {
    let mut window = Window::open(fresh());
    window.till.happen(What::OnSetup(OnSetup::NamesGiven {
        store: "Tea & Rice".to_owned(),
        till: TillName::parse("FRONT-2").unwrap(),
    }));
    let settings = window.till.world.lock().unwrap().settings.clone();
    assert!(settings.contains("name = \"FRONT-2\"") && settings.contains("store_name = \"Tea & Rice\""), "{settings}");
    window.settle();
    window.key(Key::Escape);
    assert_eq!(window.till.screen(), "names", "back from the manager");
    let field = window.harness.query_all_by_label("This till").last().unwrap().rect();
    window.tap_at(field.center());
    window.write(" x");
    assert!(window.says("This till needs another name."));
    window.key(Key::Enter);
    assert_eq!(window.till.screen(), "names");
}

#[test]
fn names_that_cannot_be_written_are_said_and_stop_nobody() {
    let mut window = Window::open(World { keeps: Err(KeepFault::ReadOnly), ..fresh() });
    window.key(Key::Enter);
    assert_eq!(window.till.screen(), "names");
    assert!(window.says("The names could not be written down."));
    window.tap("Go on without");
    assert_eq!(window.till.screen(), "first");
}

#[test]
fn back_goes_back_but_not_behind_the_first_manager() {
    let mut window = Window::open(fresh());
    make_manager(&window.till);
    window.settle();
    window.key(Key::Escape);
    assert_eq!(page(&window), Some(SetupPage::Gateway));
    window.key(Key::F2);
    window.key(Key::F2);
    window.tap("Back");
    assert_eq!(page(&window), Some(SetupPage::Camera));
    window.key(Key::Escape);
    assert_eq!(page(&window), Some(SetupPage::Gateway));
}

#[test]
fn a_start_that_broke_off_goes_on_with_whichever_manager_signs_in() {
    let broke_off = || World {
        signed_in: None,
        operators: vec![mei(), luis()],
        setup: Some(SetupPage::Scanner),
        ..settings::world()
    };
    let mut window = Window::open(broke_off());
    assert_eq!(window.till.screen(), "locked");
    window.tap("Luis Ortega");
    window.types_pin("4829");
    assert_eq!((window.till.screen(), page(&window)), ("setup", Some(SetupPage::Scanner)));
    // A cashier has work to do and no say in it.
    let mut window = Window::open(broke_off());
    window.tap("Mei Chen");
    window.types_pin("4829");
    assert_eq!(window.till.screen(), "ready");
}

#[test]
fn nobody_reaches_the_first_start_once_there_is_a_manager() {
    for setup in [None, Some(SetupPage::Names)] {
        let window = Window::open(World { signed_in: None, setup, ..World::default() });
        assert_eq!(window.till.screen(), "locked");
        let pin = Pin::parse("482913").unwrap();
        for what in [
            What::OnSetup(OnSetup::NamesGiven { store: "Mine".to_owned(), till: TillName::parse("MINE").unwrap() }),
            What::OnPeople(OnPeople::FirstManagerGiven { name: OperatorName::parse("Mallory").unwrap(), pin }),
            What::OnSetup(OnSetup::NextPressed),
            What::OnSetup(OnSetup::BackPressed),
        ] {
            window.till.tell(what);
            assert_eq!(window.till.screen(), "locked");
        }
        let world = window.till.world.lock().unwrap();
        assert!(world.changed.is_empty() && world.operators.len() == 2);
    }
    // Whoever is signed in finds no way in either, and no page of Settings opens out of the row.
    let window = Window::open(World { signed_in: Some(luis()), ..World::default() });
    window.till.tell(What::OnSetup(OnSetup::NextPressed));
    assert_eq!(window.till.screen(), "ready");
    let window = Window::open(fresh());
    make_manager(&window.till);
    window.till.tell(What::SettingsPageChosen(SettingsPage::People));
    let State::Settings(settings) = window.till.state() else { panic!("{}", window.till.screen()) };
    assert_eq!(settings.page, SettingsPage::Gateway);
}

#[test]
fn the_gateway_is_tried_on_its_page_and_what_was_typed_is_not_lost() {
    let mut window = Window::open(World { test: GatewayTest::Accepted, ..fresh() });
    make_manager(&window.till);
    window.settle();
    assert!(window.says("Skipped, this till refunds nothing until the token is there."));
    window.tap("Production: real money");
    window.key(Key::F2);
    assert_eq!(page(&window), Some(SetupPage::Gateway), "it is not kept yet");
    window.tap("Keep this account");
    window.till.world.lock().unwrap().token = Ok(TokenPlace::Keyring);
    window.tap("Test now");
    assert!(window.has("Next") && !window.has("Skip for now"));
    window.key(Key::F2);
    assert_eq!(page(&window), Some(SetupPage::Camera));
    assert!(window.till.world.lock().unwrap().settings.contains("environment = \"production\""));
}

#[test]
fn a_scan_presses_nothing_in_the_first_start() {
    let mut window = Window::open(fresh());
    make_manager(&window.till);
    window.settle();
    for _ in SetupPage::Gateway.place()..=SetupPage::Done.place() {
        let before = page(&window);
        window.scan(NUMBER);
        assert_eq!(page(&window), before);
        window.key(Key::F2);
    }
    assert_eq!(window.till.screen(), "locked");
    assert!(window.till.scans().is_empty());
}
