//! Operators and their PINs: who is added, who signs in, and what a wrong PIN costs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod ledger_support;

use ledger_support::*;
use tillback::domain::{Operator, OperatorName, Role};
use tillback::ledger::{LedgerError, OperatorError, PinRefusal};

fn name(text: &str) -> OperatorName {
    OperatorName::parse(text).unwrap()
}

fn wrong(wait_seconds: u32) -> OperatorError {
    OperatorError::Pin(PinRefusal::Wrong { wait_seconds })
}

fn locked(wait_seconds: u32) -> OperatorError {
    OperatorError::Pin(PinRefusal::LockedOut { wait_seconds })
}

#[test]
fn people_are_added_and_removed_and_never_forgotten() {
    let mut store = Store::new();
    let names = |store: &Store| -> Vec<String> {
        store.ledger.operators().unwrap().iter().map(|o: &Operator| o.name.to_string()).collect()
    };
    assert_eq!(names(&store), ["Ana", "Bruno", "Chiara"]);
    let mut add = |text: &str, role, digits: &str| {
        store.ledger.add_operator(&name(text), role, &pin(digits), Some(&store.manager), at(1)).map(|_| ())
    };
    assert_eq!(add("Dana", Role::Manager, "48291"), Err(OperatorError::TooShort { min_digits: 6 }));
    assert_eq!(add("Dana", Role::Cashier, "1234"), Err(OperatorError::TooEasy));
    assert_eq!(add("Dana", Role::Cashier, CASHIER_PIN), Err(OperatorError::Taken));
    assert_eq!(add("ana", Role::Cashier, "9518"), Err(OperatorError::NameTaken));
    assert_eq!(add("Dana", Role::Cashier, "9518"), Ok(()));
    let refund = store.prepared(100, at(2));
    store.ledger.remove_operator(&store.manager, Some(&store.other_manager), at(3)).unwrap();
    assert_eq!(names(&store), ["Ana", "Chiara", "Dana"]);
    assert_eq!(store.ledger.operator(&refund.approver).unwrap().name, name("Bruno"));
    let gone = store.ledger.sign_in(&store.manager, &pin(MANAGER_PIN), at(4));
    assert_eq!(gone, Err(OperatorError::Pin(PinRefusal::NoSuchOperator)));
    let last = store.ledger.remove_operator(&store.other_manager, None, at(5));
    assert_eq!(last, Err(OperatorError::LastManager));
    // Their PIN and name are free again.
    assert!(store.ledger.add_operator(&name("Bruno"), Role::Manager, &pin(MANAGER_PIN), None, at(6)).is_ok());
    assert!(store.ledger.audit_verify(None).is_ok());
}

#[test]
fn the_right_person_signs_in() {
    let mut store = Store::new();
    assert_eq!(store.ledger.sign_in_by_pin(&pin(CASHIER_PIN), at(0)).unwrap().id, store.cashier);
    assert_eq!(store.ledger.sign_in(&store.manager, &pin(MANAGER_PIN), at(0)).unwrap().role, Role::Manager);
    assert_eq!(store.ledger.sign_in(&store.manager, &pin(CASHIER_PIN), at(0)), Err(wrong(0)));
    assert_eq!(store.ledger.sign_in_by_pin(&pin("9517"), at(0)), Err(wrong(0)));
}

#[test]
fn wrong_pins_wait_ever_longer_also_after_a_restart() {
    let mut store = Store::new();
    let mut now = 0;
    for delay in [0, 0, 5, 15, 60, 300, 900, 1800, 1800, 1800] {
        let manager = store.manager.clone();
        assert_eq!(store.ledger.sign_in(&manager, &pin("999888"), at(now)), Err(wrong(delay)));
        store = store.reopen(at(now));
        if delay > 0 {
            // A try that is not looked at is not counted.
            for _ in 0..2 {
                let early = store.ledger.sign_in(&manager, &pin(MANAGER_PIN), at(now + i64::from(delay) - 1));
                assert_eq!(early, Err(locked(1)));
            }
        }
        now += i64::from(delay);
    }
    // Another person is not locked with them.
    assert!(store.ledger.sign_in(&store.other_manager, &pin(OTHER_MANAGER_PIN), at(now - 1)).is_ok());
    assert!(store.ledger.sign_in(&store.manager, &pin(MANAGER_PIN), at(now)).is_ok());
    assert_eq!(store.ledger.sign_in(&store.manager, &pin("999888"), at(now)), Err(wrong(0)), "counted anew");
}

#[test]
fn a_clock_set_back_does_not_unlock_and_does_not_lock_for_ever() {
    let mut store = Store::new();
    let manager = store.manager.clone();
    for _ in 0..4 {
        let _ = store.ledger.sign_in(&manager, &pin("999888"), at(100));
        let _ = store.ledger.sign_in(&manager, &pin("999888"), at(105));
    }
    let day = 86_400;
    assert_eq!(store.ledger.sign_in(&manager, &pin(MANAGER_PIN), at(-day)), Err(locked(15)), "the delay begins anew");
    assert_eq!(store.ledger.sign_in(&manager, &pin(MANAGER_PIN), at(-day + 14)), Err(locked(1)));
    assert_eq!(store.ledger.sign_in(&manager, &pin(MANAGER_PIN), at(-day - 60)), Err(locked(15)), "and anew");
    assert!(store.ledger.sign_in(&manager, &pin(MANAGER_PIN), at(-day - 45)).is_ok());
}

#[test]
fn knowing_one_pin_is_no_way_to_try_the_others() {
    let mut store = Store::new();
    let mut seconds = 0;
    let mut tries = 0;
    // One's own PIN in between does not take the count away.
    while seconds < 600 {
        match store.ledger.sign_in_by_pin(&pin("999888"), at(seconds)) {
            Err(OperatorError::Pin(PinRefusal::Wrong { .. })) => tries += 1,
            Err(OperatorError::Pin(PinRefusal::LockedOut { .. })) => {}
            other => panic!("{other:?}"),
        }
        let _ = store.ledger.sign_in_by_pin(&pin(CASHIER_PIN), at(seconds));
        seconds += 1;
    }
    assert_eq!(tries, 7, "in ten minutes");
    // After a quiet while the next cashier is not made to wait for yesterday's.
    assert_eq!(store.ledger.sign_in_by_pin(&pin("999888"), at(seconds + 3600)), Err(wrong(0)));
}

#[test]
fn pins_are_nowhere_in_the_files() {
    let mut store = Store::new();
    let canary = "70518246813";
    store.ledger.add_operator(&name("Dana"), Role::Manager, &pin(canary), None, at(0)).unwrap();
    let _ = store.ledger.sign_in_by_pin(&pin("70518246814"), at(0));
    let fault = format!("{:?}", store.ledger.sign_in(&store.manager, &pin(canary), at(0)));
    assert!(!fault.contains("7051824681"));
    drop(store.ledger);
    for entry in std::fs::read_dir(store.folder.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(!bytes.windows(10).any(|window| window == b"7051824681"));
    }
}

#[test]
fn an_operator_nobody_added_is_not_found() {
    let store = Store::new();
    let nobody = tillback::domain::OperatorId::parse("01JD9K7R2W8M4Q6X0000000000").unwrap();
    assert_eq!(store.ledger.operator(&nobody), Err(LedgerError::NotFound { what: "operator" }));
}
