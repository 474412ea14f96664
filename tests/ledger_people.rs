//! Operators and their PINs: who is added, who signs in, and what a wrong PIN costs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod ledger_support;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use ledger_support::*;
use tillback::domain::{Badge, Language, Operator, OperatorId, OperatorName, Role};
use tillback::ledger::{
    ApproveError, Ledger, LedgerError, LedgerSettings, OperatorError, PinRefusal, SteadyClock, SteadyMoment,
};

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

/// A clock that tests move by hand; a machine that is started again begins at nought.
#[derive(Clone, Default)]
struct Machine(Arc<AtomicI64>, Arc<AtomicI64>);

impl SteadyClock for Machine {
    fn read(&self) -> Option<SteadyMoment> {
        let boot = self.1.load(Ordering::SeqCst).to_string();
        Some(SteadyMoment { boot, ms: self.0.load(Ordering::SeqCst) })
    }
}

impl Machine {
    fn runs(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    fn starts_again(&self) {
        self.0.store(0, Ordering::SeqCst);
        self.1.fetch_add(1, Ordering::SeqCst);
    }

    fn settings(&self) -> LedgerSettings {
        LedgerSettings { steady: Some(Box::new(self.clone())), ..settings() }
    }

    /// A till that starts on it.
    fn open(&self, store: &mut Store, now: i64) {
        let path = store.path();
        let elsewhere = tempfile::tempdir().unwrap();
        store.ledger = Ledger::open(&elsewhere.path().join("other.db"), settings(), NOW).unwrap();
        store.ledger = Ledger::open(&path, self.settings(), at(now)).unwrap();
    }
}

#[test]
fn a_clock_set_forward_gains_no_try_and_set_back_loses_none() {
    let machine = Machine::default();
    let mut store = Store::with(machine.settings());
    let manager = store.manager.clone();
    let guess = |store: &mut Store, now: i64| store.ledger.sign_in(&manager, &pin("999888"), at(now));
    for (expected, runs) in [(0, 0), (0, 0), (5, 5), (15, 15), (60, 60), (300, 0)] {
        assert_eq!(guess(&mut store, 0), Err(wrong(expected)));
        machine.runs(runs);
    }
    let year = 365 * 86_400;
    for clock in [-year, -1, 0, 299, 300, 3600, year] {
        assert_eq!(guess(&mut store, clock), Err(locked(300)), "at {clock} s by the wall clock");
    }
    // Neither does a restart of the program, whatever the clock says by then.
    machine.runs(100);
    machine.open(&mut store, year);
    assert_eq!(guess(&mut store, year), Err(locked(200)));
    // A machine that was started again vouches for nothing before: the wait begins anew, with the till and not with
    // the first try.
    machine.starts_again();
    machine.open(&mut store, 2 * year);
    machine.runs(120);
    assert_eq!(guess(&mut store, 2 * year), Err(locked(180)));
    machine.runs(180);
    assert!(store.ledger.sign_in(&manager, &pin(MANAGER_PIN), at(-year)).is_ok());
    // Nor are sign-ins by PIN alone forgotten by a clock; what the till as a whole counted is, by now.
    machine.runs(16 * 60);
    for expected in [0, 0, 5] {
        assert_eq!(store.ledger.sign_in_by_pin(&pin("999888"), at(0)), Err(wrong(expected)));
    }
    machine.runs(5);
    assert_eq!(store.ledger.sign_in_by_pin(&pin("999888"), at(year)), Err(wrong(15)));
    machine.runs(16 * 60);
    assert_eq!(store.ledger.sign_in_by_pin(&pin("999888"), at(0)), Err(wrong(0)), "after a quiet while");
    // What a program without such a clock counted beside it waits from when it is seen.
    let mut beside = Ledger::open_shared(&store.path(), settings(), at(0)).unwrap();
    for _ in 0..3 {
        let _ = beside.sign_in(&manager, &pin("999888"), at(0));
    }
    drop(beside);
    assert_eq!(guess(&mut store, year), Err(locked(5)));
    machine.runs(5);
    assert!(store.ledger.sign_in(&manager, &pin(MANAGER_PIN), at(0)).is_ok());
}

/// As Windows' clock is: it says how long the machine runs, not since which start.
#[test]
fn a_clock_that_does_not_name_its_start_never_shortens_a_wait() {
    let machine = Machine::default();
    machine.runs(1000);
    let starts_again = || machine.0.store(0, Ordering::SeqCst);
    let mut store = Store::with(machine.settings());
    let manager = store.manager.clone();
    let guess = |store: &mut Store, now: i64| store.ledger.sign_in(&manager, &pin("999888"), at(now));
    for (expected, runs) in [(0, 0), (0, 0), (5, 5), (15, 15), (60, 60), (300, 0)] {
        assert_eq!(guess(&mut store, 0), Err(wrong(expected)));
        machine.runs(runs);
    }
    // The clock is behind what was noted: another start, and the wait begins anew with the till.
    starts_again();
    machine.open(&mut store, 86_400);
    machine.runs(120);
    assert_eq!(guess(&mut store, 86_400), Err(locked(180)));
    // One that has overtaken it is taken for the same start, and counts less than went by.
    starts_again();
    machine.runs(60);
    machine.open(&mut store, 2 * 86_400);
    assert_eq!(guess(&mut store, 2 * 86_400), Err(locked(240)));
    machine.runs(240);
    assert!(store.ledger.sign_in(&manager, &pin(MANAGER_PIN), at(0)).is_ok());
}

#[test]
fn a_list_of_pins_is_not_tried_on_one_after_the_other() {
    let mut store = Store::new();
    for more in 0..10 {
        let digits = pin(&(73_915 + 137 * more).to_string());
        store.ledger.add_operator(&name(&format!("P{more}")), Role::Cashier, &digits, None, at(0)).unwrap();
    }
    let people = store.ledger.operators().unwrap();
    let mut looked_at = 0;
    // A quarter of an hour of trying whatever is open: seven for each person would be 91.
    for seconds in 0..900 {
        for person in &people {
            let said = store.ledger.sign_in(&person.id, &pin("999888"), at(seconds));
            looked_at += i32::from(matches!(said, Err(OperatorError::Pin(PinRefusal::Wrong { .. }))));
            if looked_at == 13 {
                // It holds everybody up, and for half a minute at most.
                let held = store.ledger.sign_in(&store.manager, &pin(MANAGER_PIN), at(seconds));
                assert!(matches!(held, Err(OperatorError::Pin(PinRefusal::LockedOut { wait_seconds: 1..=30 }))));
            }
        }
    }
    assert!((13..=42).contains(&looked_at), "{looked_at}");
}

#[test]
fn a_badge_approves_as_a_pin_does_and_the_record_says_so() {
    let mut store = Store::new();
    let (manager, other) = (store.manager.clone(), store.other_manager.clone());
    let badge = store.ledger.make_badge(&manager, Some(&manager), at(0)).unwrap();
    let intention = store.intention(500);
    assert_eq!(store.ledger.whose_badge(&badge, at(0)).unwrap().id, manager);
    let unknown = |error| assert_eq!(error, Err(ApproveError::Pin(PinRefusal::UnknownBadge)));
    unknown(store.ledger.approve(&intention, &other, &badge, at(0)));
    unknown(store.ledger.approve(&intention, &manager, &Badge::of([9; 16]), at(0)));
    let approval = store.ledger.approve(&intention, &manager, &badge, at(0)).unwrap();
    let approved = store.ledger.audit_rows(0, 1000).unwrap().into_iter().rfind(|row| row.what == "approved").unwrap();
    assert!(approved.detail.contains("\"by\":\"badge\""), "{}", approved.detail);
    store.ledger.prepare(&approval, &intention, at(1)).unwrap();
    // The same rules: nobody approves what they ask for.
    let own = tillback::domain::Intention { requester: manager.clone(), ..store.intention(100) };
    assert!(matches!(store.ledger.approve(&own, &manager, &badge, at(2)), Err(ApproveError::Record(_))));
    // Wrong PINs on purpose keep nobody from using their badge, nor another manager from approving.
    for seconds in 3..9 {
        let _ = store.ledger.sign_in(&manager, &pin("999888"), at(seconds));
    }
    let intention = store.intention(100);
    assert!(matches!(
        store.ledger.approve(&intention, &manager, &pin(MANAGER_PIN), at(9)),
        Err(ApproveError::Pin(PinRefusal::LockedOut { .. }))
    ));
    assert!(store.ledger.approve(&intention, &manager, &badge, at(9)).is_ok());
    assert!(store.ledger.approve(&intention, &other, &pin(OTHER_MANAGER_PIN), at(9)).is_ok());
    assert_eq!(store.ledger.sign_in_by_badge(&badge, at(9)).unwrap().id, manager);
}

#[test]
fn a_badge_is_replaced_and_revoked_and_ends_with_its_owners_rights() {
    let mut store = Store::new();
    let (manager, other) = (store.manager.clone(), store.other_manager.clone());
    let gone = |store: &mut Store, badge: &Badge| {
        let unknown = Err(OperatorError::Pin(PinRefusal::UnknownBadge));
        assert_eq!(store.ledger.sign_in_by_badge(badge, at(5)).map(|_| ()), unknown);
    };
    assert_eq!(store.ledger.make_badge(&store.cashier.clone(), None, at(0)), Err(OperatorError::NotAManager));
    assert_eq!(store.ledger.make_badge(&manager, Some(&store.cashier.clone()), at(0)), Err(OperatorError::NotAManager));
    let first = store.ledger.make_badge(&manager, None, at(0)).unwrap();
    let second = store.ledger.make_badge(&manager, Some(&other), at(1)).unwrap();
    gone(&mut store, &first);
    assert_eq!(store.ledger.badge_holders().unwrap(), std::slice::from_ref(&manager));
    assert_eq!(store.ledger.revoke_badge(&manager, Some(&other), at(2)), Ok(true));
    assert_eq!(store.ledger.revoke_badge(&manager, Some(&other), at(2)), Ok(false));
    gone(&mut store, &second);
    let third = store.ledger.make_badge(&manager, None, at(3)).unwrap();
    store.ledger.set_role(&manager, Role::Cashier, None, Some(&other), at(3)).unwrap();
    gone(&mut store, &third);
    store.ledger.set_role(&manager, Role::Manager, Some(&pin(MANAGER_PIN)), Some(&other), at(3)).unwrap();
    gone(&mut store, &third);
    let fourth = store.ledger.make_badge(&manager, None, at(4)).unwrap();
    store.ledger.remove_operator(&manager, Some(&other), at(4)).unwrap();
    gone(&mut store, &fourth);
    let what: Vec<String> = store.ledger.audit_rows(0, 1000).unwrap().into_iter().map(|row| row.what).collect();
    let count = |word: &str| what.iter().filter(|what| *what == word).count();
    assert_eq!((count("badge_made"), count("badge_revoked"), count("badge_unknown")), (4, 4, 5));
    // Below the program too: no row comes back to life, leaves, or is another's.
    for change in [
        "UPDATE badges SET revoked_at = NULL",
        "DELETE FROM badges",
        "UPDATE badges SET operator = (SELECT id FROM operators WHERE active = 1 AND role = 'manager')",
        "INSERT INTO badges SELECT zeroblob(32), id, 'x', 1, NULL FROM operators WHERE role = 'cashier'",
    ] {
        assert!(store.raw().execute(change, []).is_err(), "{change}");
    }
}

#[test]
fn badges_are_nowhere_in_the_files() {
    let mut store = Store::new();
    let badge = store.ledger.make_badge(&store.manager.clone(), None, at(0)).unwrap();
    store.ledger.sign_in_by_badge(&badge, at(1)).unwrap();
    let _ = store.ledger.sign_in_by_badge(&Badge::of([0xA7; 16]), at(1));
    drop(store.ledger);
    for entry in std::fs::read_dir(store.folder.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        for secret in [badge.expose(), &[0xA7; 16]] {
            assert!(!bytes.windows(16).any(|window| window == secret));
        }
        let digits = badge.digits();
        assert!(!bytes.windows(20).any(|window| window == &digits.as_bytes()[10..30]));
    }
}

#[test]
fn people_are_changed_by_managers_and_there_is_always_one() {
    let mut store = Store::new();
    let (cashier, manager, other) = (store.cashier.clone(), store.manager.clone(), store.other_manager.clone());
    let by_a_cashier = Some(&cashier);
    let refused = Err(OperatorError::NotAManager);
    assert_eq!(store.ledger.rename_operator(&manager, &name("X"), by_a_cashier, at(0)), refused);
    assert_eq!(store.ledger.set_pin(&manager, &pin("739158"), by_a_cashier, at(0)), refused);
    assert_eq!(store.ledger.set_role(&cashier, Role::Manager, Some(&pin("739158")), by_a_cashier, at(0)), refused);
    assert_eq!(store.ledger.remove_operator(&manager, by_a_cashier, at(0)), refused);
    let added = store.ledger.add_operator(&name("X"), Role::Manager, &pin("739158"), by_a_cashier, at(0));
    assert_eq!(added.map(|_| ()), refused);
    let by = Some(&other);
    assert_eq!(store.ledger.rename_operator(&cashier, &name("bruno"), by, at(1)), Err(OperatorError::NameTaken));
    assert_eq!(store.ledger.rename_operator(&cashier, &name("ANA"), by, at(1)), Ok(()), "their own, written otherwise");
    assert_eq!(store.ledger.set_pin(&cashier, &pin(MANAGER_PIN), by, at(1)), Err(OperatorError::Taken));
    assert_eq!(store.ledger.set_pin(&manager, &pin("7391"), by, at(1)), Err(OperatorError::TooShort { min_digits: 6 }));
    assert_eq!(store.ledger.set_pin(&cashier, &pin("1984"), by, at(1)), Err(OperatorError::TooEasy));
    assert_eq!(store.ledger.set_pin(&cashier, &pin("7391"), by, at(1)), Ok(()));
    assert_eq!(store.ledger.sign_in_by_pin(&pin("7391"), at(2)).unwrap().id, cashier);
    assert_eq!(store.ledger.set_role(&cashier, Role::Manager, None, by, at(3)), Err(OperatorError::NeedsPin));
    let short = store.ledger.set_role(&cashier, Role::Manager, Some(&pin("7391")), by, at(3));
    assert_eq!(short, Err(OperatorError::TooShort { min_digits: 6 }));
    assert_eq!(store.ledger.set_role(&cashier, Role::Manager, Some(&pin("739158")), by, at(3)), Ok(()));
    assert_eq!(store.ledger.set_role(&cashier, Role::Cashier, None, by, at(4)), Ok(()));
    assert_eq!(store.ledger.set_role(&manager, Role::Cashier, None, by, at(4)), Ok(()));
    let last = Err(OperatorError::LastManager);
    assert_eq!(store.ledger.set_role(&other, Role::Cashier, None, by, at(5)), last);
    assert_eq!(store.ledger.remove_operator(&other, None, at(5)), last);
    let what: Vec<String> = store.ledger.audit_rows(0, 1000).unwrap().into_iter().map(|row| row.what).collect();
    for word in ["operator_renamed", "operator_pin", "operator_role"] {
        assert!(what.iter().any(|what| what == word), "{word}");
    }
}

#[test]
fn a_manager_gives_a_person_a_language_and_takes_it_back() {
    let mut store = Store::new();
    let (cashier, manager) = (store.cashier.clone(), store.manager.clone());
    let mut speak = |who: &OperatorId, language, by: Option<&OperatorId>| {
        store.ledger.set_language(who, language, by, at(1)).map(|()| store.ledger.languages().unwrap())
    };
    let korean = Some(Language::Korean);
    assert_eq!(speak(&cashier, korean, Some(&cashier)), Err(OperatorError::NotAManager));
    assert_eq!(speak(&cashier, korean, Some(&manager)), Ok(vec![(cashier.clone(), Language::Korean)]));
    assert_eq!(
        speak(&cashier, Some(Language::French), None),
        Ok(vec![(cashier.clone(), Language::French)]),
        "the command line's word counts, and there is one a person"
    );
    assert_eq!(speak(&cashier, None, Some(&manager)), Ok(vec![]));
    let what = store.ledger.audit_rows(0, 1000).unwrap().into_iter().filter(|row| row.what == "operator_language");
    assert_eq!(what.count(), 3);
    assert!(store.ledger.audit_verify(None).is_ok());
}

#[test]
fn a_person_changes_their_own_pin_and_learns_nobody_elses() {
    let mut store = Store::new();
    let cashier = store.cashier.clone();
    let mut change =
        |old: &str, new: &str, seconds| store.ledger.change_own_pin(&cashier, &pin(old), &pin(new), at(seconds));
    assert_eq!(change("9999", "7391", 0), Err(wrong(0)));
    assert_eq!(change(CASHIER_PIN, "1234", 0), Err(OperatorError::TooEasy));
    assert_eq!(change(CASHIER_PIN, "7391", 0), Ok(()));
    assert_eq!(change(CASHIER_PIN, "8264", 0), Err(wrong(0)));
    // Each PIN that turns out to be taken is a wrong PIN.
    assert_eq!(change("7391", OTHER_MANAGER_PIN, 0), Err(OperatorError::Taken));
    assert_eq!(change("7391", MANAGER_PIN, 0), Err(OperatorError::Taken));
    assert_eq!(change("7391", "8264", 0), Err(locked(5)));
    assert_eq!(change("7391", "8264", 5), Ok(()));
}

#[test]
fn the_first_manager_is_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let mut ledger = Ledger::open(&path, settings(), NOW).unwrap();
    assert_eq!(
        ledger.add_first_manager(&name("Bruno"), &pin("4829"), at(0)),
        Err(OperatorError::TooShort { min_digits: 6 })
    );
    let mut beside = Ledger::open_shared(&path, settings(), NOW).unwrap();
    let first = ledger.add_first_manager(&name("Bruno"), &pin(MANAGER_PIN), at(0)).unwrap();
    assert_eq!(first.role, Role::Manager);
    for ledger in [&mut beside, &mut ledger] {
        let second = ledger.add_first_manager(&name("Eve"), &pin(OTHER_MANAGER_PIN), at(1));
        assert_eq!(second, Err(OperatorError::NotTheFirst));
    }
}
