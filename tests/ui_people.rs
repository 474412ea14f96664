//! People, as a person meets them: signing in by name, by PIN alone and by badge; approving by badge; the first manager;
//! one's own PIN; the People page.

#![cfg(test)] // clippy: a test throughout, helpers too

mod ui_support;

use egui::{Event, Key};
use tillback::domain::{PeopleFault, Pin, Role};
use tillback::flow::{OnPeople, State, What};
use tillback::terminal::Till;
use ui_support::window::{Window, press, release};
use ui_support::{NUMBER, World, badge, dana, luis, mei};

fn locked() -> World {
    World { signed_in: None, operators: vec![mei(), luis(), dana()], ..World::default() }
}

fn a_manager() -> World {
    World { signed_in: Some(luis()), operators: vec![mei(), luis(), dana()], ..World::default() }
}

fn at_approval() -> Window {
    let mut window = Window::open(World { operators: vec![mei(), luis(), dana()], ..World::default() });
    window.scan(NUMBER);
    window.tap("Changed mind");
    window.tap("Ask the manager…");
    assert_eq!(window.till.screen(), "approval");
    window
}

/// No part of a badge's digits is anywhere on the screen, for eyes or for a screen reader.
fn shows_no_badge(window: &Window) {
    let digits = badge().digits();
    for at in 0..digits.len() - 8 {
        assert!(!window.says(&digits[at..at + 8]), "digits of the badge from {at}");
    }
}

#[test]
fn a_pin_alone_signs_in_and_so_does_a_name_with_one() {
    let mut window = Window::open(locked());
    window.types_pin("9999");
    assert!(window.says("That PIN is not right") || window.says("not right"), "said what is wrong");
    window.till.pass(5_000);
    window.settle();
    window.types_pin("4829");
    assert_eq!(window.till.screen(), "ready");
    let mut window = Window::open(locked());
    window.tap("Dana Whitfield");
    window.types_pin("4829");
    assert_eq!(window.till.told(), ["SignInAsked"]);
    assert_eq!(window.till.screen(), "ready");
}

#[test]
fn a_badge_signs_in_and_is_dropped_where_it_means_nothing() {
    let mut window = Window::open(locked());
    window.scan(&badge().digits());
    assert_eq!(window.till.screen(), "ready");
    assert!(window.till.view_operator().is_some_and(|operator| operator == luis()));
    // Where receipts are scanned it is said what it is, and nothing is looked for.
    window.scan(&badge().digits());
    assert!(window.says("This is a badge, not a receipt."));
    shows_no_badge(&window);
    assert!(matches!(window.till.state(), State::Scan(scanning) if scanning.finding.is_none()));
    // On the sale it does nothing at all.
    window.scan(NUMBER);
    assert_eq!(window.till.screen(), "sale");
    let told = window.till.told().len();
    window.scan(&badge().digits());
    assert_eq!((window.till.screen(), window.till.told().len()), ("sale", told));
    shows_no_badge(&window);
}

#[test]
fn an_unknown_badge_says_so_and_signs_nobody_in() {
    let mut window = Window::open(locked());
    let other = tillback::domain::Badge::of([9; 16]);
    window.scan(&other.digits());
    assert_eq!(window.till.screen(), "locked");
    assert!(window.says("This badge is not known here."));
}

#[test]
fn a_badge_picks_its_owner_and_a_person_presses_the_button() {
    let mut window = at_approval();
    window.scan(&badge().digits());
    assert!(window.says("Badge of Luis Ortega") && window.says("Now press the button."));
    shows_no_badge(&window);
    // The scanner's own Enter, and a second scan, press nothing.
    window.scan(&badge().digits());
    assert_eq!(window.till.screen(), "approval");
    assert!(window.till.told().iter().all(|told| told != "PinGiven"));
    for _ in 0..20 {
        window.frame(vec![]);
    }
    window.frame(vec![press(Key::Enter)]);
    window.frame(vec![release(Key::Enter)]);
    window.settle();
    assert_eq!(window.till.screen(), "result");
}

#[test]
fn a_badge_waits_half_a_minute_and_not_beyond_its_screen() {
    let mut window = at_approval();
    window.scan(&badge().digits());
    window.till.pass(31_000);
    window.settle();
    assert!(!window.says("Badge of Luis Ortega"));
    window.till.happen(What::OnPeople(OnPeople::BadgeConfirmed));
    assert_eq!(window.till.screen(), "approval");
    window.scan(&badge().digits());
    window.key(Key::Escape);
    assert_eq!(window.till.screen(), "sale");
    window.tap("Ask the manager…");
    window.till.happen(What::OnPeople(OnPeople::BadgeConfirmed));
    assert_eq!(window.till.screen(), "approval", "a badge from before approves nothing");
}

#[test]
fn the_owner_of_a_badge_does_not_approve_what_they_ask_for() {
    let mut window = Window::open(a_manager());
    window.scan(NUMBER);
    window.tap("Changed mind");
    window.tap("Ask the manager…");
    window.scan(&badge().digits());
    assert!(window.says("Badge of Luis Ortega: not for this"));
    window.key(Key::Enter);
    assert_eq!(window.till.screen(), "approval");
}

#[test]
fn the_first_start_makes_the_first_manager() {
    let mut window = Window::open(World { signed_in: None, operators: vec![], ..World::default() });
    assert_eq!(window.till.screen(), "first");
    assert!(window.says("Who is the first manager?"));
    window.settle();
    window.write("Ana Reyes");
    window.key(Key::Enter);
    window.types_pin("482913");
    window.types_pin("482914");
    assert!(window.says("The two were not the same."));
    window.types_pin("482913");
    window.types_pin("482913");
    assert_eq!(window.till.screen(), "ready");
    assert!(window.till.view_operator().is_some_and(|operator| operator.name.as_str() == "Ana Reyes"));
}

#[test]
fn a_cashier_changes_their_own_pin() {
    let mut window = Window::open(World::default());
    window.key(Key::F4);
    window.tap("Change my own PIN…");
    assert_eq!(window.till.screen(), "own-pin");
    assert!(window.has("Mei Chen"));
    window.types_pin("1357");
    window.types_pin("8264");
    window.types_pin("8264");
    assert!(window.says("not right"), "the old one was wrong");
    window.till.pass(5_000);
    window.settle();
    window.types_pin("4829");
    window.types_pin("8264");
    window.types_pin("8264");
    assert!(window.says("You have a new PIN."));
    window.key(Key::Escape);
    assert_eq!(window.till.screen(), "ready");
}

fn people_page(world: World) -> Window {
    let mut window = Window::open(world);
    window.key(Key::F4);
    window.tap("People");
    window
}

#[test]
fn a_manager_adds_renames_and_removes_people() {
    let mut window = people_page(a_manager());
    assert!(window.has("Mei Chen · cashier") && window.has("Luis Ortega · manager"));
    window.tap("Add a person…");
    window.settle();
    window.write("Noor");
    window.tap("cashier");
    window.tap("Next: the PIN");
    window.types_pin("8264");
    window.types_pin("8264");
    assert!(window.has("Noor · cashier"));
    // The page is about who was added, and nobody else.
    assert!(window.has("Noor") && window.says("Done. It is in the record."));
    window.settle();
    window.tap("Name");
    window.write(" Khan");
    window.tap("Rename");
    assert!(window.has("Noor Khan · cashier") && !window.has("Noor · cashier"));
    assert!(window.says("Done. It is in the record."));
    window.tap("Remove…");
    assert!(window.says("Remove Noor Khan?") && !window.says("Done. It is in the record."), "nothing was removed yet");
    window.tap("Leave as it is");
    assert!(window.has("Noor Khan · cashier"));
    window.tap("Remove…");
    window.tap("Remove them");
    assert!(!window.has("Noor Khan · cashier") && window.says("Done. It is in the record."));
    window.tap("Mei Chen · cashier");
    assert!(!window.says("Done. It is in the record."), "that was about somebody else");
    window.tap("Make a manager…");
    window.types_pin("482914");
    window.types_pin("482914");
    assert!(window.has("Mei Chen · manager"));
    let people = window.till.world.lock().unwrap().operators.clone();
    assert!(people.iter().all(|person| person.role == Role::Manager));
}

#[test]
fn a_badge_is_made_into_a_file_and_revoked() {
    let mut window = people_page(a_manager());
    window.tap("Dana Whitfield · manager");
    window.tap("Make a badge");
    assert!(window.says("The badge is ready to be printed.") && window.says("badge.svg"));
    window.tap("I have printed it: remove the file");
    assert!(window.says("The file is removed."));
    assert!(window.has("Dana Whitfield · manager · badge"));
    window.tap("Revoke the badge…");
    window.tap("Revoke it");
    assert!(window.has("Dana Whitfield · manager"));
}

#[test]
fn what_cannot_be_changed_says_why() {
    for (fault, words) in [
        (PeopleFault::PinNotFree, "This PIN cannot be used."),
        (PeopleFault::TooShort { min_digits: 6 }, "at least 6 digits"),
    ] {
        let mut window = people_page(World { people_fault: Some(fault), ..a_manager() });
        window.tap("Mei Chen · cashier");
        window.tap("Set a new PIN…");
        window.types_pin("8264");
        window.types_pin("8264");
        assert!(window.says(words), "{words}");
    }
    let last = World { operators: vec![mei(), luis()], ..a_manager() };
    let mut window = people_page(last);
    window.tap("Luis Ortega · manager");
    window.tap("Remove…");
    window.tap("Remove them");
    assert!(window.says("This is the last manager."));
}

#[test]
fn a_sale_waits_for_who_had_it_and_for_nobody_else() {
    for (who, expected) in [(mei(), "sale"), (dana(), "ready")] {
        let mut window = Window::open(World { operators: vec![mei(), luis(), dana()], ..World::default() });
        window.scan(NUMBER);
        window.tap("Changed mind");
        window.till.happen(What::LeftAlone);
        window.settle();
        assert!(window.says("A sale waits for Mei Chen."));
        window.till.happen(What::SignInAsked { operator: who.id, pin: Pin::parse("4829").unwrap() });
        window.settle();
        assert_eq!(window.till.screen(), expected);
        if let State::Sale(review) = window.till.state() {
            assert_eq!(review.draft.reason.as_ref().map(|reason| reason.as_str()), Some("Changed mind"));
            assert!(review.can_ask(), "the gateway was asked anew");
        }
    }
}

/// What is scanned right after a part of a badge may be the rest of it, so it is not read; whoever scanned a receipt is told.
#[test]
fn a_scan_after_a_part_of_a_badge_is_not_dropped_in_silence() {
    let digits = badge().digits();
    let mut window = Window::open(World::default());
    window.scan(&digits[..22]);
    window.key(Key::Escape);
    assert_eq!(window.till.screen(), "ready");
    assert!(!window.has("Please scan again."));
    window.scan(NUMBER);
    assert_eq!((window.till.screen(), window.till.scans().len()), ("ready", 1));
    assert!(window.has("Please scan again."));
    // Four seconds later the rest of a badge is not to be expected any more.
    window.till.pass(5_000);
    window.settle();
    assert!(!window.has("Please scan again."));
    window.scan(NUMBER);
    assert_eq!(window.till.screen(), "sale");
    // Where no scan is read, none is missed.
    window.till.tell(What::CodeTorn);
    window.settle();
    assert!(!window.has("Please scan again."));
}

/// A badge whose scan comes in two: neither end is looked for, shown or put into a field.
#[test]
fn a_badge_torn_in_two_is_no_number_and_fills_no_field() {
    let digits = badge().digits();
    for cut in [8, 18, 22, 30, 41] {
        let (first, last) = digits.split_at(cut);
        // A look-up that takes its time shows what it looks for.
        let mut window = Window::open(World { hold_lookup: true, ..World::default() });
        window.key(Key::F2);
        let keys = |part: &str| -> Vec<Event> {
            let key = |digit: char| {
                let key = Key::from_name(&digit.to_string()).unwrap();
                [press(key), Event::Text(digit.to_string()), release(key)]
            };
            part.chars().flat_map(key).collect()
        };
        window.frame(keys(first));
        // The scanner waits: the first part has ended, with nothing behind it.
        window.settle();
        assert!(!window.says("8455"), "{cut}: what is looked for is shown");
        window.frame(keys(last));
        window.settle();
        for at in 5..digits.len() - 3 {
            assert!(!window.says(&digits[at..at + 3]), "{cut}: from {at}");
        }
    }
}
