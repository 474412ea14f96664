//! The Refunds screen by the names of its controls: by tap, by keys alone, with scans where they do not belong, with
//! doubled and held keys.

#![cfg(test)] // clippy: a test throughout, helpers too

mod ui_support;

use egui::{Event, Key};
use tillback::domain::{DecisionKind, Difference, NotSentCause, Outcome, RefundState, ScanSource, Verdict};
use tillback::flow::{OnRefunds, RefundOrder, State, What};
use ui_support::refund_scenes::{contradicted, decided, record, standing, world};
use ui_support::window::{Window, button, press, release};
use ui_support::{NUMBER, PIN, World};

fn orders(window: &Window) -> usize {
    window.till.told().iter().filter(|what| *what == "PinGiven").count()
}

fn open(window: &Window) -> tillback::flow::OpenRefund {
    let State::Refunds(refunds) = window.till.state() else { panic!("not on Refunds") };
    *refunds.open.expect("an open refund")
}

fn typed_pin(window: &mut Window) {
    for digit in PIN.chars() {
        window.tap(&digit.to_string());
    }
}

const NOT_SENT: &str = "Not sent, $27.40 USD, 2975 5363 8301 7779 27, Today 14:29 · Mei Chen · Changed mind";
const UNKNOWN: &str = "Not known yet, $27.40 USD, 2975 5363 8301 7779 27, Today 14:29 · Mei Chen · Changed mind";

#[test]
fn sent_again_by_tap_alone() {
    let mut window = Window::open(world(vec![standing(1, RefundState::NotSent, 2740, 3)]));
    window.tap("Refunds: 1 to look at");
    window.tap(NOT_SENT);
    assert!(window.has("Not sent") && window.says("No money moved."));
    window.tap("Send again…");
    window.tap("The customer is waiting");
    window.tap("On to the manager’s PIN");
    typed_pin(&mut window);
    window.tap("Send $27.40 again");
    assert_eq!(window.till.screen(), "refund");
    assert!(window.has("On its way") && window.has("Do not refund this again."));
    assert!(!window.has("Send again…"));
    window.tap("Back");
    window.tap("Back");
    assert_eq!(window.till.screen(), "ready");
    assert_eq!(orders(&window), 1);
}

#[test]
fn decided_by_keys_alone() {
    let mut window = Window::open(world(vec![
        standing(2, RefundState::Refunded, 995, 2),
        standing(1, RefundState::Unknown, 2740, 3),
    ]));
    window.key(Key::F3);
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    assert_eq!(open(&window).detail.refund.state, RefundState::Unknown);
    window.key(Key::F9);
    assert!(window.says("the gateway does not have it."));
    // Back, ask, decide: the third thing that can be pressed.
    for _ in 0..3 {
        window.key(Key::Tab);
    }
    window.key(Key::Enter);
    assert_eq!(window.till.screen(), "order");
    // The field for the reason has the cursor; the two words stand before it.
    window.frame(vec![Event::Paste("Seen in the dashboard".to_owned())]);
    for _ in 0..3 {
        window.key(Key::Tab);
    }
    window.frame(vec![Event::Paste("D-7".to_owned())]);
    window.settle();
    window.tap("The customer has the money");
    window.key(Key::Enter);
    assert_eq!(window.till.screen(), "order-pin");
    assert!(window.has("Because: “Seen in the dashboard”") && window.has("Number: D-7"));
    window.type_digits(PIN);
    window.settle();
    window.key(Key::Enter);
    let decision = open(&window).detail.refund.decision.expect("decided");
    assert_eq!((decision.kind, decision.reason.as_str()), (DecisionKind::Refunded, "Seen in the dashboard"));
    assert!(window.has("Decided by a person") && window.says("number D-7"));
    for screen in ["refunds", "ready"] {
        window.key(Key::Escape);
        assert_eq!(window.till.screen(), screen);
    }
}

#[test]
fn released_with_a_reason_of_ones_own() {
    let mut window = Window::open(world(vec![standing(1, RefundState::NotExecuted, 2740, 3)]));
    window.key(Key::F3);
    window.key(Key::Enter);
    window.tap("Release…");
    assert!(window.has("Write or choose a reason"));
    window.frame(vec![Event::Paste("paid in cash".to_owned())]);
    window.settle();
    window.tap("On to the manager’s PIN");
    typed_pin(&mut window);
    window.tap("Release $27.40");
    assert!(window.has("Given up") && window.has("Decided by a person") && window.says("“paid in cash”"));
}

#[test]
fn a_decision_wants_a_word_a_reason_and_a_number() {
    let mut window = Window::open(world(vec![standing(1, RefundState::Pending, 2740, 3)]));
    window.key(Key::F3);
    window.key(Key::Enter);
    window.tap("Decide by hand…");
    window.tap("Seen in the dashboard");
    window.tap("Number pad");
    window.tap("7");
    assert!(window.has("First say what became of it"), "a reason and a number alone are not enough");
    window.tap("Delete the last digit");
    window.tap("Number pad");
    window.tap("It did not happen");
    assert!(window.has("Reason and number are needed"));
    window.tap("Number pad");
    window.tap("7");
    window.tap("On to the manager’s PIN");
    let ordering = open(&window).ordering.expect("an order");
    let Some(RefundOrder::Decide(word)) = ordering.order else { panic!("no word") };
    assert_eq!((word.verdict, word.evidence.as_str()), (Verdict::NotExecuted, "7"));
}

#[test]
fn a_double_click_and_a_held_enter_order_once() {
    let mut window = Window::open(World { hold_pin: true, ..world(vec![standing(1, RefundState::NotSent, 2740, 3)]) });
    window.key(Key::F3);
    window.key(Key::Enter);
    window.tap("Send again…");
    window.tap("The customer is waiting");
    for _ in 0..40 {
        window.frame_after(0.03, vec![press(Key::Enter)]);
    }
    window.frame(vec![release(Key::Enter)]);
    window.settle();
    assert_eq!(window.till.screen(), "order-pin", "one screen and no further");
    typed_pin(&mut window);
    let at = window.rect_of("Send $27.40 again").center();
    window.settle();
    for pressed in [true, false, true, false] {
        window.frame_after(0.04, vec![Event::PointerMoved(at), button(at, pressed)]);
    }
    window.settle();
    assert_eq!(orders(&window), 1);
    typed_pin(&mut window);
    window.key(Key::Enter);
    assert_eq!(orders(&window), 1, "nothing more while it waits");
    assert!(window.has("Checking…"));
}

#[test]
fn a_wrong_pin_waits_and_the_same_order_can_be_given_again() {
    let mut window = Window::open(world(vec![standing(1, RefundState::NotSent, 2740, 3)]));
    window.key(Key::F3);
    window.key(Key::Enter);
    window.tap("Release…");
    window.tap("The customer does not want it");
    window.key(Key::Enter);
    for _ in 0..4 {
        window.tap("1");
    }
    window.tap("Release $27.40");
    assert!(window.says("That PIN is not right."));
    window.tap("1");
    assert!(!window.says("PIN: 1 digit"), "the pad waits");
    window.till.pass(3_100);
    window.settle();
    typed_pin(&mut window);
    window.tap("Release $27.40");
    assert!(window.has("Given up"));
}

#[test]
fn a_scan_looks_for_a_receipt_over_the_list_and_does_nothing_anywhere_else_here() {
    let mut window = Window::open(world(record()));
    window.key(Key::F3);
    window.scan(NUMBER);
    assert_eq!(window.till.scans(), [(NUMBER.to_owned(), ScanSource::Scanner)]);
    let State::Refunds(refunds) = window.till.state() else { panic!("not on Refunds") };
    assert_eq!(refunds.query.text, NUMBER);
    let mut window = Window::open(world(vec![standing(1, RefundState::NotSent, 2740, 3)]));
    window.key(Key::F3);
    window.key(Key::Enter);
    window.scan(NUMBER);
    window.tap("Send again…");
    window.scan(NUMBER);
    assert!(window.has("Write or choose a reason"), "nothing was typed into the reason");
    window.tap("The customer is waiting");
    window.tap("On to the manager’s PIN");
    typed_pin(&mut window);
    window.scan(NUMBER);
    assert!(window.has("PIN: 4 digits"));
    assert_eq!((window.till.scans().len(), orders(&window)), (0, 0));
}

#[test]
fn search_and_kinds_ask_for_what_they_say() {
    let mut window = Window::open(World { more: true, ..world(record()) });
    window.key(Key::F3);
    window.type_digits("27");
    window.settle();
    window.tap("To look at");
    window.tap("Older");
    window.key(Key::PageDown);
    window.key(Key::PageUp);
    let State::Refunds(refunds) = window.till.state() else { panic!("not on Refunds") };
    assert_eq!((refunds.query.text.as_str(), refunds.query.page), ("27", 1));
    assert_eq!(refunds.query.show, tillback::flow::RefundShow::Attention);
}

#[test]
fn what_a_person_decided_and_what_the_gateway_says_against_it_stand_in_words() {
    let said = |refund, words: &[&str]| {
        let mut window = Window::open(world(vec![refund]));
        window.till.happen(What::OnRefunds(OnRefunds::Pressed));
        window.settle();
        window.key(Key::Enter);
        for words in words {
            assert!(window.says(words), "{words}");
        }
        window
    };
    let refund = decided(1, DecisionKind::NotExecuted, RefundState::NotExecuted);
    said(refund, &["A manager decided that it did not happen.", "still held back", "Decided by a person"]);
    let refund = contradicted(1, RefundState::NotExecuted, Difference::Reported);
    let window = said(refund, &["Gateway disagrees", "not sent again", "decide by hand"]);
    assert!(!window.has("Send again…") && !window.has("Release…") && window.has("Decide by hand…"));
    let refund = contradicted(1, RefundState::Refunded, Difference::NotReported);
    said(refund, &["Gateway disagrees", "probably not gone back"]);
    let mut window = Window::open(world(record()));
    window.key(Key::F3);
    assert!(window.says("Refunded, Decided by a person, $27.40 USD"), "in the list, too");
    let mut window = Window::open(World { contradicted: 1, ..World::default() });
    window.settle();
    assert!(window.has("Refunds: 1 to look at"));
}

#[test]
fn from_a_result_that_was_not_sent() {
    let not_sent = Outcome::NotSent { cause: NotSentCause::Unreachable };
    let mut window = Window::open(World { outcome: Some(not_sent), ..World::default() });
    window.scan(NUMBER);
    window.tap("Changed mind");
    window.tap("Ask the manager…");
    typed_pin(&mut window);
    window.tap("Refund $27.40");
    assert!(window.says("No money moved.") && window.has("Leave it"));
    window.tap("Ask to send it again…");
    assert_eq!(window.till.screen(), "order");
    window.tap("Cancel");
    assert!(window.has("Send again…"));
    assert_eq!(orders(&window), 1);
    assert!(!window.has(UNKNOWN));
}
