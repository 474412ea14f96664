//! Whole refunds through the window, by the names of its controls: by tap, by keys alone, with scans where they do
//! not belong, with doubled and held keys.

#![cfg(test)] // clippy: a test throughout, helpers too

mod ui_support;

use egui::{Event, Key, vec2};
use tillback::domain::{DeclineCause, Outcome, RefundState, ScanSource, UnknownCause};
use tillback::flow::State;
use ui_support::window::{Window, button, press, release};
use ui_support::{NUMBER, PIN, World, dana, refunded};

fn typed_pin(window: &mut Window) {
    for digit in PIN.chars() {
        window.tap(&digit.to_string());
    }
}

fn to_approval(window: &mut Window) {
    window.tap("Refund");
    window.scan(NUMBER);
    window.tap("Changed mind");
    window.tap("Ask the manager…");
    assert_eq!(window.till.screen(), "approval");
}

#[test]
fn by_tap_alone() {
    let mut window = Window::open(World::default());
    window.tap("Refund");
    assert_eq!(window.till.screen(), "scan");
    window.tap("Number pad");
    for digit in NUMBER.chars() {
        window.tap(&digit.to_string());
    }
    window.tap("Find the sale");
    assert_eq!(window.till.screen(), "sale");
    assert_eq!(window.till.scans(), [(NUMBER.to_owned(), ScanSource::Typed)]);
    window.tap("Changed mind");
    window.tap("Ask the manager…");
    assert_eq!(window.till.screen(), "approval");
    typed_pin(&mut window);
    window.tap("Refund $27.40");
    assert_eq!(window.till.screen(), "result");
    assert!(window.has("Refunded"));
    assert!(window.says("2975 5363 8302 3587 81"));
    window.tap("Finish");
    assert_eq!(window.till.screen(), "ready");
    let told = ["RefundPressed", "ReasonChosen", "ApprovalAsked", "PinGiven", "FinishPressed"];
    assert_eq!(window.till.told(), told);
}

/// A finger in a glove is slow and rolls; a weak till may take a second over one frame.
#[test]
fn a_slow_and_rolling_touch_is_a_press() {
    let mut window = Window::open(World::default());
    window.settle();
    let at = window.rect_of("Refund").center();
    window.frame(vec![Event::PointerMoved(at), button(at, true)]);
    window.frame_after(3.0, vec![Event::PointerMoved(at + vec2(12.0, 9.0))]);
    window.frame(vec![button(at + vec2(12.0, 9.0), false), Event::PointerGone]);
    window.settle();
    assert_eq!(window.till.screen(), "scan");
    let at = window.rect_of("Cancel").center();
    window.frame(vec![Event::PointerMoved(at), button(at, true)]);
    let elsewhere = at + vec2(0.0, -300.0);
    window.frame(vec![Event::PointerMoved(elsewhere), button(elsewhere, false), Event::PointerGone]);
    window.settle();
    assert_eq!(window.till.screen(), "scan", "drawn away from a button is not pressing it");
}

#[test]
fn by_keys_alone() {
    let mut window = Window::open(World { signed_in: None, ..World::default() });
    assert_eq!(window.till.screen(), "locked");
    window.key(Key::ArrowDown);
    window.type_digits(PIN);
    window.settle();
    window.key(Key::Enter);
    assert_eq!(window.till.screen(), "ready");
    window.key(Key::F2);
    window.type_digits(NUMBER);
    window.settle();
    window.key(Key::Enter);
    assert_eq!(window.till.screen(), "sale");
    // Three lines of the sale, two amounts, then the first reason.
    for _ in 0..6 {
        window.key(Key::Tab);
    }
    window.key(Key::Space);
    let State::Sale(review) = window.till.state() else { panic!("not a sale") };
    assert_eq!(review.draft.reason.map(|reason| reason.to_string()), Some("Damaged".to_owned()));
    // Enter is the primary button's, though the focus is on the reason.
    window.key(Key::Enter);
    assert_eq!(window.till.screen(), "approval");
    window.key(Key::Escape);
    assert_eq!(window.till.screen(), "sale");
    window.key(Key::Escape);
    assert_eq!(window.till.screen(), "ready");
    window.key(Key::F12);
    assert_eq!(window.till.screen(), "locked");
}

#[test]
fn keys_from_sale_to_done() {
    let mut window = Window::open(World::default());
    window.key(Key::F2);
    window.scan(NUMBER);
    window.tap("Damaged");
    window.key(Key::Enter);
    assert_eq!(window.till.screen(), "approval");
    window.type_digits(PIN);
    window.settle();
    window.key(Key::Enter);
    assert!(window.has("Refunded"));
    window.key(Key::F2);
    assert_eq!(window.till.screen(), "scan");
    window.key(Key::Escape);
    assert_eq!(window.till.screen(), "ready");
}

#[test]
fn a_scan_on_ready_starts_a_refund() {
    let mut window = Window::open(World::default());
    window.scan(NUMBER);
    assert_eq!(window.till.screen(), "sale");
    assert_eq!(window.till.scans(), [(NUMBER.to_owned(), ScanSource::Scanner)]);
}

#[test]
fn a_scan_never_presses_a_button_or_types_into_a_pin_or_an_amount() {
    let mut window = Window::open(World::default());
    window.scan(NUMBER);
    window.tap("Changed mind");
    window.tap("Another amount");
    window.scan(NUMBER);
    let State::Sale(review) = window.till.state() else { panic!("not a sale") };
    assert_eq!(review.draft.choice, tillback::flow::AmountChoice::All);
    window.tap("Cancel");
    window.tap("Ask the manager…");
    window.scan(NUMBER);
    assert!(window.has("PIN: no digits yet"));
    assert_eq!(window.till.screen(), "approval");
    typed_pin(&mut window);
    // The pay-back button could be pressed now; a scan ends with Enter.
    window.scan(NUMBER);
    assert_eq!(window.till.screen(), "approval");
    assert!(window.has("PIN: 4 digits"));
    window.tap("Refund $27.40");
    window.scan(NUMBER);
    assert_eq!(window.till.screen(), "result");
    assert_eq!(window.till.scans().len(), 1);
}

#[test]
fn a_scan_does_not_land_in_the_field_for_typing() {
    let mut window = Window::open(World { lookup: Some(tillback::domain::LookupFault::NotFound), ..World::default() });
    window.tap("Refund");
    window.scan(NUMBER);
    assert_eq!(window.till.screen(), "scan");
    assert!(window.has("There is no sale with this number. Nothing was refunded. Check that the receipt is from this store, then scan again."));
    assert_eq!(window.till.scans(), [(NUMBER.to_owned(), ScanSource::Scanner)]);
    window.key(Key::Enter);
    assert_eq!(window.till.scans().len(), 1, "nothing was in the field");
}

#[test]
fn a_double_click_is_one_press() {
    let mut window = Window::open(World::default());
    to_approval(&mut window);
    typed_pin(&mut window);
    let at = window.rect_of("Refund $27.40").center();
    window.settle();
    for pressed in [true, false, true, false] {
        window.frame_after(0.04, vec![Event::PointerMoved(at), button(at, pressed)]);
    }
    window.settle();
    assert_eq!(window.till.screen(), "result", "the second click did not leave the result");
    let told = window.till.told();
    assert_eq!(told.iter().filter(|what| *what == "PinGiven").count(), 1);
    assert_eq!(told.last().map(String::as_str), Some("PinGiven"));
}

#[test]
fn a_double_click_on_ask_does_not_touch_the_next_screen() {
    let mut window = Window::open(World::default());
    window.scan(NUMBER);
    window.tap("Changed mind");
    let at = window.rect_of("Ask the manager…").center();
    window.settle();
    let down_up = |pressed| vec![Event::PointerMoved(at), button(at, pressed)];
    for pressed in [true, false, true, false] {
        window.frame_after(0.05, down_up(pressed));
    }
    window.settle();
    assert_eq!(window.till.screen(), "approval");
    assert_eq!(window.till.told().last().map(String::as_str), Some("ApprovalAsked"));
}

#[test]
fn enter_held_down_walks_through_one_screen() {
    let mut window = Window::open(World::default());
    window.scan(NUMBER);
    window.tap("Damaged");
    for _ in 0..60 {
        window.frame_after(0.03, vec![press(Key::Enter)]);
    }
    window.frame(vec![release(Key::Enter)]);
    window.settle();
    assert_eq!(window.till.screen(), "approval");
    assert_eq!(window.till.told().iter().filter(|what| *what == "ApprovalAsked").count(), 1);
}

#[test]
fn a_wrong_pin_waits_and_says_so() {
    let mut window = Window::open(World::default());
    to_approval(&mut window);
    for _ in 0..4 {
        window.tap("1");
    }
    window.tap("Refund $27.40");
    assert_eq!(window.till.screen(), "approval");
    assert!(window.says("That PIN is not right. Try again in 3 seconds."));
    window.till.pass(2_500);
    window.settle();
    assert!(window.says("Try again in 1 second."));
    window.tap("1");
    assert!(!window.says("PIN: 1 digit"), "the pad waits too");
    window.till.pass(600);
    window.settle();
    typed_pin(&mut window);
    window.tap("Refund $27.40");
    assert!(window.has("Refunded"));
}

#[test]
fn with_several_managers_nobody_is_presumed() {
    let mut world = World::default();
    world.operators.push(dana());
    let mut window = Window::open(world);
    to_approval(&mut window);
    window.tap("Who confirms: Choose who confirms");
    window.tap("Dana Whitfield");
    typed_pin(&mut window);
    window.tap("Refund $27.40");
    assert!(window.has("Refunded"));
}

#[test]
fn another_amount_by_keypad_and_by_keys() {
    let mut window = Window::open(World::default());
    window.scan(NUMBER);
    window.tap("Another amount");
    for name in ["9", "9"] {
        window.tap(name);
    }
    assert!(window.says("$99.00 USD is more than is left."));
    window.tap("Delete the last digit");
    window.type_digits("0");
    window.settle();
    window.tap("Delete the last digit");
    window.tap("Decimal point");
    window.tap("5");
    window.settle();
    window.tap("Use $9.50");
    window.tap("Wrong price");
    window.tap("Ask the manager…");
    let State::Approval(approving) = window.till.state() else { panic!("no approval") };
    assert_eq!(approving.intention.amount.decimal(), "9.50");
}

#[test]
fn ticked_lines_are_the_amount() {
    let mut window = Window::open(World::default());
    window.scan(NUMBER);
    window.tap("2 × Pork Bun, $9.00");
    assert!(window.has("$9.00 USD"));
    window.tap("Damaged");
    window.tap("Ask the manager…");
    assert!(window.has("Refund $9.00"));
}

#[test]
fn a_reason_can_be_written() {
    let mut window = Window::open(World::default());
    window.scan(NUMBER);
    window.tap("Other…");
    window.frame(vec![Event::Paste("Too spicy".to_owned())]);
    window.settle();
    window.tap("Use this reason");
    window.tap("Ask the manager…");
    let State::Approval(approving) = window.till.state() else { panic!("no approval") };
    assert_eq!(approving.intention.reason.as_str(), "Too spicy");
}

#[test]
fn unknown_is_amber_and_resolves_itself_on_screen() {
    let unknown = Outcome::Unknown { cause: UnknownCause::TimedOut, code: None };
    let mut window = Window::open(World { outcome: Some(unknown), ..World::default() });
    to_approval(&mut window);
    typed_pin(&mut window);
    window.tap("Refund $27.40");
    assert!(window.has("Not known yet"));
    assert!(window.has("Do not refund this again."));
    window.till.resolve(RefundState::Refunded, refunded());
    window.settle();
    assert!(window.has("Refunded"));
    assert!(!window.has("Do not refund this again."));
}

#[test]
fn declined_says_what_to_do() {
    let declined = Outcome::Declined { cause: DeclineCause::Wallet, code: "000200".to_owned() };
    let mut window = Window::open(World { outcome: Some(declined), ..World::default() });
    to_approval(&mut window);
    typed_pin(&mut window);
    window.tap("Refund $27.40");
    assert!(window.has("Declined"));
    assert!(window.says("Your money has not moved."));
    assert!(window.says("000200"));
}

#[test]
fn a_sale_that_nobody_knows_is_not_found_and_not_refused() {
    let cause = DeclineCause::NoSuchSale;
    let outcome = Some(Outcome::Declined { cause, code: "000100".to_owned() });
    let mut window = Window::open(World { outcome, ..World::default() });
    to_approval(&mut window);
    typed_pin(&mut window);
    window.tap("Refund $27.40");
    assert_eq!(window.till.screen(), "result");
    assert!(window.has("Not found") && !window.has("Declined") && !window.has("Refused"));
    assert!(window.says("The gateway does not know this sale."));
    let lookup = Some(tillback::domain::LookupFault::NotFound);
    let mut window = Window::open(World { lookup, ..World::default() });
    window.tap("Refund");
    window.scan(NUMBER);
    assert_eq!(window.till.screen(), "scan");
    assert!(window.has("Not found") && !window.has("Refused"));
}
