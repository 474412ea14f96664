//! The store's own rules below the screens: what a cashier may give back, who lifts a limit and with what, two managers,
//! and shifts. Nothing here goes through the window.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod ledger_support;

use ledger_support::*;
use tillback::domain::{
    DayHours, HouseRule, HouseRules, Intention, Limits, OpeningHours, Outcome, Policy, Refund, Refusal, Role,
    ScanSource, Warning, WeekHours,
};
use tillback::ledger::{ApproveError, LedgerSettings, RecordError};

fn store(rules: HouseRules) -> Store {
    Store::with(LedgerSettings { policy: Policy { rules, ..policy() }, ..settings() })
}

fn limits(per_refund: i64, per_shift: i64, per_day: i64) -> Limits {
    let some = |minor| Some(usd(minor));
    Limits { per_refund: some(per_refund), per_shift: some(per_shift), per_day: some(per_day) }
}

fn cashiers(per_refund: i64, per_shift: i64, per_day: i64) -> HouseRules {
    HouseRules { cashier: limits(per_refund, per_shift, per_day), ..HouseRules::default() }
}

/// Which rule stood in the way.
#[track_caller]
fn rule(result: Result<Refund, ApproveError>) -> &'static str {
    match result {
        Err(ApproveError::Record(RecordError::Refused(Refusal::House(rule)))) => rule.as_str(),
        other => panic!("no rule of the store: {other:?}"),
    }
}

fn noted(intention: &Intention) -> Intention {
    Intention { note: Some(reason("I have seen the goods")), ..intention.clone() }
}

/// Asks, one time in one step and one time in two: both are held to the same rules.
fn ask(store: &mut Store, intention: &Intention, seconds: i64) -> Result<Refund, ApproveError> {
    let (manager, pin) = (store.manager.clone(), pin(MANAGER_PIN));
    if seconds % 2 == 0 {
        return store.ledger.approve_and_prepare(intention, &manager, &pin, at(seconds));
    }
    let approval = store.ledger.approve(intention, &manager, &pin, at(seconds))?;
    Ok(store.ledger.prepare(&approval, intention, at(seconds))?)
}

fn ask_for(store: &mut Store, minor: i64, seconds: i64) -> Result<Refund, ApproveError> {
    let intention = store.intention(minor);
    ask(store, &intention, seconds)
}

#[test]
fn a_limit_is_lifted_by_a_manager_with_a_note_and_by_nothing_less() {
    for seconds in [0, 1] {
        let mut store = store(cashiers(1000, 3000, 3000));
        assert!(ask_for(&mut store, 1000, seconds).is_ok());
        let over = store.intention(1001);
        assert_eq!(rule(ask(&mut store, &over, seconds)), "refund_limit");
        let refund = ask(&mut store, &noted(&over), seconds).unwrap();
        let rows = store.ledger.audit_rows(0, 1000).unwrap();
        let row = rows.iter().rev().find(|row| row.what == "approved").unwrap();
        assert!(row.detail.contains("refund_limit") && row.detail.contains("seen the goods"), "{}", row.detail);
        assert_eq!(refund.amount, usd(1001));
        assert!(store.ledger.audit_verify(None).is_ok());
    }
}

#[test]
fn shift_and_day_add_up_what_may_have_gone_back_and_nothing_else() {
    let mut store = store(cashiers(1000, 2000, 5000));
    let first = ask_for(&mut store, 1000, 0).unwrap();
    let second = ask_for(&mut store, 1000, 1).unwrap();
    assert_eq!(rule(ask_for(&mut store, 1, 2)), "shift_limit");
    // What was definitely not given back counts for nothing; what may have been counts in full.
    store.ledger.mark_sent(&first.reference, at(3)).unwrap();
    store.ledger.settle(&first.reference, &unknown(), at(3)).unwrap();
    assert_eq!(rule(ask_for(&mut store, 1, 4)), "shift_limit");
    store.ledger.mark_sent(&second.reference, at(5)).unwrap();
    store.ledger.settle(&second.reference, &declined(), at(5)).unwrap();
    assert!(ask_for(&mut store, 1000, 6).is_ok());
    assert_eq!(rule(ask_for(&mut store, 1, 7)), "shift_limit");
}

#[test]
fn another_shift_is_no_new_limit_but_where_another_manager_closed_the_last() {
    let mut store = store(cashiers(1000, 750, 9000));
    let (cashier, manager) = (store.cashier.clone(), store.manager.clone());
    assert!(ask_for(&mut store, 500, 0).is_ok(), "without a shift");
    store.ledger.open_shift(&cashier, at(1)).unwrap();
    assert_eq!(rule(ask_for(&mut store, 500, 2)), "shift_limit");
    store.ledger.close_shift(&cashier, at(3)).unwrap();
    assert_eq!(rule(ask_for(&mut store, 500, 4)), "shift_limit");
    store.ledger.open_shift(&cashier, at(5)).unwrap();
    assert_eq!(rule(ask_for(&mut store, 500, 6)), "shift_limit");
    // Somebody else looked.
    store.ledger.close_shift_by(&cashier, &manager, at(7)).unwrap();
    store.ledger.open_shift(&cashier, at(8)).unwrap();
    assert!(ask_for(&mut store, 500, 9).is_ok());
    store.ledger.close_shift(&cashier, at(10)).unwrap();
    assert_eq!(rule(ask_for(&mut store, 500, 11)), "shift_limit");
    // A night's shift, over midnight, which is 16 hours on: it counts whole, also when it was closed after midnight.
    store.ledger.open_shift(&cashier, at(57_000)).unwrap();
    store.ledger.close_shift_by(&cashier, &manager, at(57_100)).unwrap();
    store.ledger.open_shift(&cashier, at(57_200)).unwrap();
    assert!(ask_for(&mut store, 500, 57_300).is_ok());
    assert_eq!(rule(ask_for(&mut store, 500, 57_700)), "shift_limit");
    store.ledger.close_shift(&cashier, at(57_800)).unwrap();
    assert_eq!(rule(ask_for(&mut store, 500, 57_900)), "shift_limit");
    // And the next day begins at nothing.
    assert!(ask_for(&mut store, 500, 150_000).is_ok());
}

#[test]
fn a_new_day_begins_at_nothing() {
    let mut store = store(cashiers(1000, 9000, 1500));
    assert!(ask_for(&mut store, 1000, 0).is_ok());
    assert_eq!(rule(ask_for(&mut store, 1000, 2)), "day_limit");
    assert!(ask_for(&mut store, 1000, 86_400).is_ok());
}

/// 2027-01-15 08:00 UTC is still the 14th of January on Hawaii, until 10:00 UTC.
#[test]
fn the_day_is_the_stores() {
    let rules = cashiers(1000, 9000, 1000);
    let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(-10));
    let mut store = Store::with(LedgerSettings { policy: Policy { rules, ..policy() }, zone, ..settings() });
    assert!(ask_for(&mut store, 1000, 0).is_ok());
    assert_eq!(rule(ask_for(&mut store, 1000, 7199)), "day_limit");
    assert!(ask_for(&mut store, 1000, 7200).is_ok());
}

#[test]
fn nobody_lifts_a_limit_of_their_own() {
    let rules = HouseRules { manager: limits(1000, 9000, 9000), ..HouseRules::default() };
    let mut store =
        Store::with(LedgerSettings { policy: Policy { own_approval: true, rules, ..policy() }, ..settings() });
    let mut own = noted(&store.intention(1001));
    own.requester = store.manager.clone();
    assert_eq!(rule(ask(&mut store, &own, 0)), "refund_limit");
    let other = store.other_manager.clone();
    assert!(store.ledger.approve_and_prepare(&own, &other, &pin(OTHER_MANAGER_PIN), at(1)).is_ok());
    // Below the threshold a cashier confirms alone, but not over a limit.
    let rules = cashiers(500, 9000, 9000);
    let alone = Policy { cashier_alone_up_to: Some(usd(1000)), rules, ..policy() };
    let mut store = Store::with(LedgerSettings { policy: alone, ..settings() });
    let (cashier, over) = (store.cashier.clone(), noted(&store.intention(501)));
    assert_eq!(rule(store.ledger.approve_and_prepare(&over, &cashier, &pin(CASHIER_PIN), at(0))), "refund_limit");
    let within = store.intention(500);
    assert!(store.ledger.approve_and_prepare(&within, &cashier, &pin(CASHIER_PIN), at(1)).is_ok());
}

/// The second of two alike approved at once broke no rule when it was approved; recording it does.
#[test]
fn a_rule_broken_since_the_approval_voids_it() {
    let mut store = store(HouseRules { same_amount_minutes: 10, ..HouseRules::default() });
    let (manager, other) = (store.manager.clone(), store.other_manager.clone());
    let intention = store.intention(500);
    let approval = store.ledger.approve(&intention, &manager, &pin(MANAGER_PIN), at(0)).unwrap();
    let over = cashiers(9000, 9000, 600);
    let path = store.path();
    let tighter = LedgerSettings { policy: Policy { rules: over, ..policy() }, ..settings() };
    drop(store.ledger);
    store.ledger = tillback::ledger::Ledger::open(&path, tighter, at(1)).unwrap();
    let first = noted(&store.intention(500));
    store.ledger.approve_and_prepare(&first, &other, &pin(OTHER_MANAGER_PIN), at(2)).unwrap();
    let mut late = intention.clone();
    late.left_seen = usd(3490);
    let refused = store.ledger.prepare(&approval, &intention, at(3)).unwrap_err();
    assert!(matches!(refused, RecordError::BalanceChanged { .. } | RecordError::Refused(_)), "{refused:?}");
    assert_eq!(rule(store.ledger.approve_and_prepare(&late, &manager, &pin(MANAGER_PIN), at(4))), "day_limit");
}

#[test]
fn the_same_amount_again_wants_two_managers_and_neither_of_them_asked() {
    let mut store = store(HouseRules { same_amount_minutes: 10, ..HouseRules::default() });
    let first = ask_for(&mut store, 500, 0).unwrap();
    let again = store.intention(500);
    let (manager, other, cashier) = (store.manager.clone(), store.other_manager.clone(), store.cashier.clone());
    assert_eq!(rule(store.ledger.approve_and_prepare(&again, &manager, &pin(MANAGER_PIN), at(2))), "same_amount");
    let approval = store.ledger.approve(&again, &manager, &pin(MANAGER_PIN), at(3)).unwrap();
    let alone = store.ledger.prepare(&approval, &again, at(4)).unwrap_err();
    assert!(matches!(alone, RecordError::Refused(Refusal::House(HouseRule::SameAmount { .. }))), "{alone:?}");
    let mut second = |who, digits, seconds| store.ledger.countersign(&approval, who, &pin(digits), at(seconds));
    let not_theirs = Err(ApproveError::Record(RecordError::Refused(Refusal::NotYourApproval)));
    assert_eq!(second(&manager, MANAGER_PIN, 5), not_theirs);
    assert_eq!(second(&cashier, CASHIER_PIN, 6), not_theirs);
    assert!(matches!(second(&other, "111222", 7), Err(ApproveError::Pin(_))));
    second(&other, OTHER_MANAGER_PIN, 60).unwrap();
    store.ledger.prepare(&approval, &again, at(61)).unwrap();
    // Ten minutes later one is enough again.
    assert!(store.ledger.approve_and_prepare(&store.intention(500), &manager, &pin(MANAGER_PIN), at(662)).is_ok());
    assert!(store.ledger.audit_verify(None).is_ok() && store.has_noted("countersigned"));
    assert_eq!(first.amount, usd(500));
}

/// What others gave back weighs on nobody, and the shift that begins at midnight has its first moment in it.
#[test]
fn a_limit_is_of_one_person_and_holds_from_the_first_moment_of_the_day() {
    let mut store = store(cashiers(1000, 1000, 1000));
    let of_another = Intention { requester: store.other_manager.clone(), ..store.intention(1000) };
    assert!(ask(&mut store, &of_another, 57_600).is_ok());
    // 08:00 UTC and 57,600 seconds: midnight to the millisecond.
    assert!(ask_for(&mut store, 1000, 57_600).is_ok());
    let over = store.intention(1);
    let manager = store.manager.clone();
    let weighed = store.ledger.weigh(&over, ScanSource::Scanner, at(57_602)).unwrap();
    let broken: Vec<&str> = weighed.broken.iter().map(HouseRule::as_str).collect();
    assert_eq!(broken, ["shift_limit", "day_limit"]);
    assert_eq!(rule(store.ledger.approve_and_prepare(&over, &manager, &pin(MANAGER_PIN), at(57_602))), "shift_limit");
}

/// "The same amount" is one that may have gone back, and the ten minutes end with the last of their milliseconds.
#[test]
fn the_same_amount_that_was_declined_is_no_second_time() {
    let mut store = store(HouseRules { same_amount_minutes: 10, ..HouseRules::default() });
    let first = ask_for(&mut store, 500, 0).unwrap();
    store.ledger.mark_sent(&first.reference, at(1)).unwrap();
    store.ledger.settle(&first.reference, &declined(), at(1)).unwrap();
    assert!(ask_for(&mut store, 500, 2).is_ok());
    assert_eq!(rule(ask_for(&mut store, 500, 600)), "same_amount");
    assert!(ask_for(&mut store, 500, 602).is_ok());
}

#[test]
fn a_second_yes_to_an_approval_that_was_used_is_none() {
    let mut store = store(HouseRules::default());
    let used = ask_for(&mut store, 500, 0).unwrap().approval_id;
    let second = store.ledger.countersign(&used, &store.other_manager, &pin(OTHER_MANAGER_PIN), at(1));
    assert_eq!(second, Err(ApproveError::Record(RecordError::Refused(Refusal::ApprovalVoid))));
    assert!(!store.has_noted("countersigned"));
}

#[test]
fn a_second_yes_comes_in_time_or_not_at_all() {
    let mut store = store(HouseRules { same_amount_minutes: 10, ..HouseRules::default() });
    ask_for(&mut store, 500, 0).unwrap();
    let again = store.intention(500);
    let (manager, other) = (store.manager.clone(), store.other_manager.clone());
    let approval = store.ledger.approve(&again, &manager, &pin(MANAGER_PIN), at(1)).unwrap();
    let late = store.ledger.countersign(&approval, &other, &pin(OTHER_MANAGER_PIN), at(121));
    assert_eq!(late, Err(ApproveError::Record(RecordError::Refused(Refusal::ApprovalExpired))));
    // The database holds to it below the program.
    let raw = store.raw();
    let signed = |who: &str| {
        raw.execute(
            "INSERT INTO countersigns (approval_id, manager, signed_at) VALUES (?1, ?2, 0)",
            [approval.as_str(), who],
        )
    };
    assert!(signed(manager.as_str()).is_err() && signed(store.cashier.as_str()).is_err());
    assert!(signed(other.as_str()).is_ok());
    assert!(raw.execute("DELETE FROM countersigns", []).is_err());
    assert!(raw.execute("UPDATE countersigns SET signed_at = 1", []).is_err());
}

#[test]
fn the_screen_is_told_what_the_ledger_goes_by() {
    let mut store = store(cashiers(1000, 2000, 3000));
    ask_for(&mut store, 950, 0).unwrap();
    let weighed = store.ledger.weigh(&store.intention(2000), ScanSource::Typed, at(1)).unwrap();
    let names: Vec<_> = weighed.broken.iter().map(HouseRule::as_str).collect();
    assert_eq!(names, ["refund_limit", "shift_limit"]);
    assert!(weighed.warnings.contains(&Warning::TypedNumber), "{:?}", weighed.warnings);
    let first = store.ledger.refunds(&Default::default()).unwrap().remove(0);
    store.ledger.mark_sent(&first.reference, at(2)).unwrap();
    store.ledger.settle(&first.reference, &Outcome::Refunded { gateway_refund_no: None }, at(3)).unwrap();
    let weighed = store.ledger.weigh(&store.intention(900), ScanSource::Scanner, at(4)).unwrap();
    assert_eq!(weighed.broken, []);
    assert_eq!(weighed.warnings, [Warning::RefundedBefore { count: 1 }, Warning::NearLimit { limit: usd(1000) }]);
}

#[test]
fn a_shift_is_opened_once_closed_once_and_carries_the_records_head() {
    let mut store = store(HouseRules::default());
    let (cashier, manager) = (store.cashier.clone(), store.manager.clone());
    let shift = store.ledger.open_shift(&cashier, at(0)).unwrap();
    assert_eq!(store.ledger.open_shift(&cashier, at(1)).unwrap().id, shift.id, "already open");
    store.ledger.open_shift(&manager, at(2)).unwrap();
    let closed = store.ledger.close_shift(&cashier, at(3)).unwrap().unwrap();
    assert_eq!((closed.id, closed.opened_at, closed.closed_at), (shift.id, at(0), Some(at(3))));
    let head = closed.head.unwrap();
    assert!(store.ledger.audit_verify(Some(&head)).is_ok());
    assert_eq!(store.ledger.close_shift(&cashier, at(4)).unwrap(), None);
    let open: Vec<_> = store.ledger.open_shifts().unwrap().into_iter().map(|shift| shift.operator).collect();
    assert_eq!(open, [manager]);
    assert_eq!(store.ledger.operator(&cashier).unwrap().role, Role::Cashier);
    let raw = store.raw();
    assert!(raw.execute("UPDATE shifts SET closed_at = 0 WHERE closed_at IS NOT NULL", []).is_err());
    assert!(raw.execute("DELETE FROM shifts", []).is_err());
}

/// 2027-01-15, a Friday, at 08:00 UTC: on Hawaii it is Thursday, ten in the evening.
#[test]
fn closed_is_by_the_stores_weekday_and_clock() {
    let weigh = |hours: WeekHours, offset: i8, seconds: i64| {
        let rules = HouseRules { hours, ..HouseRules::default() };
        let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(offset));
        let store = Store::with(LedgerSettings { policy: Policy { rules, ..policy() }, zone, ..settings() });
        let weighed = store.ledger.weigh(&store.intention(500), ScanSource::Scanner, at(seconds)).unwrap();
        weighed.warnings.contains(&Warning::OutsideHours)
    };
    let usual = WeekHours::every_day(OpeningHours::parse("07:00-21:00").unwrap());
    assert!(!weigh(usual, 0, 0));
    assert!(weigh(usual, -10, 0), "ten in the evening there");
    let mut fridays_off = usual;
    fridays_off.days[4] = Some(DayHours::Closed);
    assert!(weigh(fridays_off, 0, 0));
    let mut late_thursdays = usual;
    late_thursdays.days[3] = Some(DayHours::Open(OpeningHours::parse("18:00-02:00").unwrap()));
    assert!(!weigh(late_thursdays, -10, 0));
    assert!(!weigh(late_thursdays, -10, 3 * 3600), "one in the morning, still Thursday's night");
    assert!(weigh(late_thursdays, -10, 4 * 3600), "two o'clock");
}

#[test]
fn a_manager_alone_stands_in_the_record_as_alone() {
    let mut store = Store::with(LedgerSettings { policy: Policy { own_approval: true, ..policy() }, ..settings() });
    let (manager, cashiers) = (store.manager.clone(), store.intention(500));
    let own = Intention { requester: manager.clone(), ..store.intention(500) };
    for (intention, alone) in [(own, true), (cashiers, false)] {
        store.ledger.approve(&intention, &manager, &pin(MANAGER_PIN), at(0)).unwrap();
        let rows = store.ledger.audit_rows(0, 1000).unwrap();
        let row = rows.iter().rev().find(|row| row.what == "approved").unwrap();
        assert_eq!(row.detail.contains(r#""alone":"yes""#), alone, "{}", row.detail);
    }
}
