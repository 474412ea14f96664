//! T10: whoever presses twice, however: exactly one request in the gateway's book.
//!
//! A held Enter, a double click, a scanner's burst with its Enter, the same order given many times over, a second
//! process on the ledger, and two processes after somebody deleted the lock's file. The real window, terminal, ledger,
//! client and binary; the sandbox counts what arrives. Below the screens: `flow::tests::everything_twice_sends_once`,
//! `tests/ledger_approvals.rs` (many connections) and the simulation (two processes, everything twice).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod till_support;
mod ui_support;

use egui::{Event, Key};
use till_support::{End, House, Till};
use tillback::domain::Pin;
use tillback::flow::{State, What};
use tillback::terminal::Till as _;
use ui_support::demo::Shop;
use ui_support::window::{button, press, release};

const NUMBER: &str = "297553638301777927";
const REFUND: &str = "Refund $39.90";

fn requests(shop: &Shop) -> usize {
    shop.demo.sandbox().requests().iter().filter(|request| request.path.ends_with("/refund")).count()
}

/// At the manager's PIN, all digits typed.
fn at_the_pin() -> Shop {
    let mut shop = Shop::open(false);
    shop.scan(NUMBER);
    shop.tap("Changed mind");
    shop.tap("Ask the manager…");
    shop.wait("the approval", |shop| shop.has(REFUND));
    for digit in ["4", "8", "2", "9", "1", "3"] {
        shop.tap(digit);
    }
    shop.settle();
    shop
}

/// Something done at the PIN, and again until the result has been there for a while.
#[track_caller]
fn check(what: &str, mut doing: impl FnMut(&mut Shop)) {
    let mut shop = at_the_pin();
    doing(&mut shop);
    shop.wait("a result", |shop| shop.state().is_some() || requests(shop) > 1);
    for _ in 0..3 {
        doing(&mut shop);
    }
    assert_eq!(requests(&shop), 1, "{what}");
    assert_eq!(shop.demo.sandbox().book().iter().filter(|r| r.transaction_no.as_str() == NUMBER).count(), 1, "{what}");
    println!("T10: {what}: 1 request");
}

#[test]
fn enter_held_down() {
    check("Enter held down", |shop| {
        for _ in 0..25 {
            shop.frame(vec![press(Key::Enter)]);
        }
        shop.settle();
    });
}

#[test]
fn enter_pressed_again_and_again() {
    check("Enter ten times a second", |shop| {
        for _ in 0..10 {
            shop.frame(vec![press(Key::Enter)]);
            shop.frame(vec![release(Key::Enter)]);
            shop.frame(vec![]);
        }
        shop.settle();
    });
}

#[test]
fn a_double_click() {
    let mut at = None;
    check("a double click", move |shop| {
        let place = *at.get_or_insert_with(|| {
            use egui_kittest::kittest::Queryable;
            shop.harness.get_by_label(REFUND).rect().center()
        });
        for pressed in [true, false, true, false] {
            shop.frame(vec![Event::PointerMoved(place), button(place, pressed)]);
        }
        shop.settle();
    });
}

#[test]
fn a_scan_with_its_enter() {
    check("a scan with CR over the button", |shop| {
        // The button has the keyboard: a burst's digits and Enter must not press it.
        shop.scan(NUMBER);
        shop.scan(NUMBER);
        if shop.state().is_none() && requests(shop) == 0 {
            shop.settle();
            shop.frame(vec![press(Key::Enter), release(Key::Enter)]);
        }
        shop.settle();
    });
}

#[test]
fn the_same_order_from_several_sides() {
    check("the PIN given twenty times", |shop| {
        let view = shop.terminal.view();
        let manager = view.operators.iter().find(|o| o.name.as_str() == "Luis Ortega").expect("the manager").id.clone();
        for _ in 0..20 {
            let pin = Pin::parse("482913").expect("a PIN");
            shop.terminal.tell(What::PinGiven { approver: manager.clone(), pin });
        }
        shop.settle();
        assert!(!matches!(shop.terminal.view().state, State::Locked(_)));
    });
}

fn store() -> (tillback::sandbox::SandboxHandle, House) {
    let gateway = till_support::gateway(1);
    let house = House::bare(&gateway.url());
    house.furnish(1);
    (gateway, house)
}

fn sent(gateway: &tillback::sandbox::SandboxHandle) -> usize {
    gateway.requests().iter().filter(|request| request.path.ends_with("/refund")).count()
}

#[test]
fn a_second_process_is_told_who_holds_the_ledger_and_sends_nothing() {
    let (gateway, house) = store();
    let mut first = Till::start(&house, "");
    assert!(first.shows(|shown| shown["screen"] == "locked"));
    let mut second = Till::start(&house, "");
    assert_eq!(second.refund(&till_support::number(0)), End::Died);
    assert!(!second.ended().success());
    let words = house.said();
    let holder = format!("process {}", first.id());
    assert!(words.contains(&holder) && words.contains("T3"), "the second does not say who holds the ledger: {words}");
    assert_eq!(sent(&gateway), 0);
    assert!(matches!(first.refund(&till_support::number(0)), End::Result(result) if result["state"] == "refunded"));
    assert_eq!((sent(&gateway), gateway.book().len()), (1, 1));
    println!("T10: a second process on the ledger: 1 request, by the first");
}

#[test]
fn two_processes_after_the_locks_file_was_deleted() {
    let (gateway, house) = store();
    let number = till_support::number(0);
    let mut first = Till::start(&house, "");
    assert!(first.shows(|shown| shown["screen"] == "locked"));
    std::fs::remove_file(house.ledger_path().with_extension("lock")).expect("the lock's file");
    let mut second = Till::start(&house, "");
    assert!(second.shows(|shown| shown["screen"] == "locked"), "{}", house.said());
    // Both want all that is left of one sale, at the same time.
    let ends = std::thread::scope(|scope| {
        let tills = [&mut first, &mut second].map(|till| scope.spawn(|| till.refund(&number)));
        tills.map(|till| till.join().expect("a till"))
    });
    assert_eq!((sent(&gateway), gateway.book().len()), (1, 1), "{ends:?}");
    let refunded =
        ends.iter().filter(|end| matches!(end, End::Result(result) if result["state"] == "refunded")).count();
    assert_eq!(refunded, 1, "{ends:?}");
    println!("T10: two processes at once, the lock's file deleted: 1 request");
}
