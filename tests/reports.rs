//! Reports of days and shifts over real ledgers: whose day it is, whose shift, what is open, and where the record ends.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod ledger_support;

use jiff::tz::TimeZone;
use ledger_support::*;
use tillback::domain::{HouseRules, Limits, OperatorId, Policy, RefundState, ReportAsk, ReportOf, Timestamp};
use tillback::ledger::{AuditHash, AuditHead, LedgerError, LedgerSettings, RecordError};

const HOUR: i64 = 3600;

fn in_zone(name: &str) -> LedgerSettings {
    let policy = Policy { max_refunds_per_sale: 200, ..policy() };
    LedgerSettings { policy, zone: TimeZone::get(name).unwrap(), ..settings() }
}

fn moment(text: &str) -> Timestamp {
    Timestamp::from_ms(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
}

/// The counts of the days around a change of the clock, with one refund in each hour of four days.
#[track_caller]
fn days(zone: &str, first: &str, expected: &[(&str, u64)]) {
    let mut store = Store::with(in_zone(zone));
    let begin = moment(first);
    for hour in 0..96 {
        store.prepared(10, begin.plus_ms(hour * HOUR * 1000));
    }
    for (date, count) in expected {
        let report = store.ledger.report(&ReportAsk::Date((*date).to_owned()), begin).unwrap();
        assert_eq!(
            (report.totals.asked.count, report.of),
            (*count, ReportOf::Day((*date).to_owned())),
            "{zone} {date}"
        );
        let busiest = report.totals.by_hour.iter().map(|tally| tally.count).max();
        // An hour that the clock goes through twice has two, one that it leaves out none.
        assert_eq!(busiest, Some(if *count == 25 { 2 } else { 1 }), "{zone} {date}");
        let empty = report.totals.by_hour.iter().filter(|tally| tally.count == 0).count();
        assert_eq!(empty, if *count == 23 { 1 } else { 0 }, "{zone} {date}");
    }
}

#[test]
fn a_day_is_the_stores_also_where_its_clock_is_set() {
    // Clocks forward on 8 March 2026 in New York, back on 25 October in Berlin; in Santiago the change is at midnight.
    days("America/New_York", "2026-03-07T05:00:00Z", &[("2026-03-07", 24), ("2026-03-08", 23), ("2026-03-09", 24)]);
    days("Europe/Berlin", "2026-10-23T22:00:00Z", &[("2026-10-24", 24), ("2026-10-25", 25), ("2026-10-26", 24)]);
    days("America/Santiago", "2026-09-05T04:00:00Z", &[("2026-09-05", 24), ("2026-09-06", 23), ("2026-09-07", 24)]);
    days("Asia/Kathmandu", "2026-05-01T18:15:00Z", &[("2026-05-02", 24), ("2026-05-03", 24)]);
}

#[test]
fn the_last_moment_of_a_day_is_its_own() {
    let mut store = Store::with(in_zone("America/New_York"));
    let midnight = moment("2026-11-22T05:00:00Z");
    store.prepared(10, midnight.plus_ms(-1));
    store.prepared(20, midnight);
    let of = |date: &str| store.ledger.report(&ReportAsk::Date(date.to_owned()), midnight).unwrap();
    assert_eq!(of("2026-11-21").totals.asked.sums, [usd(10)]);
    assert_eq!(of("2026-11-22").totals.asked.sums, [usd(20)]);
    let today = store.ledger.report(&ReportAsk::Day { back: 0 }, midnight).unwrap();
    assert_eq!((today.has_earlier, today.has_later), (true, false));
    let before = store.ledger.report(&ReportAsk::Day { back: 1 }, midnight).unwrap();
    assert_eq!((before.totals.asked.sums.clone(), before.has_earlier, before.has_later), (vec![usd(10)], false, true));
    for wrong in ["2026-02-30", "yesterday", "", "99999-01-01"] {
        let asked = store.ledger.report(&ReportAsk::Date(wrong.to_owned()), midnight);
        assert_eq!(asked, Err(LedgerError::NotFound { what: "day" }), "{wrong}");
    }
}

#[test]
fn a_report_names_what_is_open_first_and_counts_only_what_went_back() {
    let mut store = Store::new();
    let outcomes = [refunded(), refunded(), declined(), unknown(), not_sent()];
    for (at_second, outcome) in outcomes.iter().enumerate() {
        let refund = store.sent(100, at(i64::try_from(at_second).unwrap()));
        store.ledger.settle(&refund.reference, outcome, at(10)).unwrap();
    }
    let report = store.ledger.report(&ReportAsk::Day { back: 0 }, at(20)).unwrap();
    assert_eq!((report.totals.given_back().count, report.totals.given_back().sums.clone()), (2, vec![usd(200)]));
    assert_eq!(report.totals.asked.sums, [usd(500)]);
    let open: Vec<_> = report.unresolved.iter().map(|refund| refund.state).collect();
    assert_eq!((open, report.unresolved_count), (vec![RefundState::NotSent, RefundState::Unknown], 2));
    let wallets: u64 = report.totals.by_wallet.values().map(|tally| tally.count).sum();
    let people: Vec<_> = report.totals.by_operator.iter().map(|(who, tally)| (who.clone(), tally.count)).collect();
    assert_eq!((wallets, people), (2, vec![(store.cashier.clone(), 2)]));
    assert_eq!(report.people.iter().map(|person| &person.id).collect::<Vec<_>>(), [&store.cashier]);
    // The head is the record's, and holds against it.
    let head = AuditHead { count: report.head.count, hash: AuditHash::parse(&report.head.hash).unwrap() };
    assert_eq!(store.ledger.audit_verify(Some(&head)), Ok(head));
    // The next day knows of them as others'.
    let next = store.ledger.report(&ReportAsk::Day { back: 0 }, at(25 * HOUR)).unwrap();
    assert_eq!((next.unresolved_count, next.open_besides, next.totals.asked.count), (0, 2, 0));
}

#[test]
fn a_shift_closes_with_unresolved_refunds_and_says_so() {
    let mut store = Store::new();
    let (cashier, manager) = (store.cashier.clone(), store.manager.clone());
    store.prepared(700, at(0));
    store.ledger.open_shift(&cashier, at(5)).unwrap();
    let first = store.sent(100, at(6));
    store.ledger.settle(&first.reference, &refunded(), at(7)).unwrap();
    let open = store.sent(250, at(8));
    store.ledger.settle(&open.reference, &unknown(), at(9)).unwrap();
    let going_on = store.ledger.report(&ReportAsk::Shift { back: 0, of: None }, at(9)).unwrap();
    assert_eq!((going_on.totals.asked.count, going_on.unresolved_count, going_on.open_besides), (2, 1, 1));
    // Nobody but its own person or a manager ends it.
    let not_theirs = store.ledger.close_shift_by(&manager, &cashier, at(10));
    assert!(matches!(not_theirs, Err(RecordError::Refused(_))), "{not_theirs:?}");
    let closed = store.ledger.close_shift_by(&cashier, &manager, at(10)).unwrap().unwrap();
    assert_eq!((closed.number, closed.closed_by, closed.closed_at), (1, Some(manager.clone()), Some(at(10))));
    let row = store.ledger.last_fact(&["shift_closed"], at(0)).unwrap().unwrap();
    assert_eq!(row.who, manager.as_str());
    assert!(row.detail.contains(r#""unresolved":"1""#) && row.detail.contains(cashier.as_str()), "{}", row.detail);
    // What comes later is another shift's; what became of its own is seen.
    store.ledger.open_shift(&cashier, at(20)).unwrap();
    store.prepared(900, at(21));
    let manual = tillback::ledger::QueryEvidence::Found { gateway_refund_no: None };
    store.ledger.record_query(&open.reference, &manual, at(30)).unwrap();
    let report = store.ledger.report(&ReportAsk::Numbered(1), at(40)).unwrap();
    assert_eq!((report.totals.asked.count, report.unresolved_count), (2, 0));
    assert_eq!(report.totals.given_back().sums, [usd(350)]);
    assert_eq!((report.has_earlier, report.has_later), (false, true));
    // The head on it is the one of its end, also later.
    assert_eq!(report.head.hash, closed.head.unwrap().hash.to_string());
    let newest = store.ledger.report(&ReportAsk::Shift { back: 0, of: Some(cashier) }, at(40)).unwrap();
    assert_eq!((newest.totals.asked.sums.clone(), newest.has_earlier), (vec![usd(900)], true));
    let nobodys = store.ledger.report(&ReportAsk::Shift { back: 0, of: Some(manager) }, at(40));
    assert_eq!(nobodys, Err(LedgerError::NotFound { what: "shift" }));
    assert_eq!(store.ledger.report(&ReportAsk::Numbered(9), at(40)), Err(LedgerError::NotFound { what: "shift" }));
}

/// The limit of a shift is not got round by closing it: only where a manager closed it the next begins at nothing.
#[test]
fn the_limit_of_a_shift_counts_the_open_shift_and_those_that_were_closed_for_it() {
    let cashier = Limits { per_shift: Some(usd(1000)), ..Limits::default() };
    let mut policy = policy();
    policy.rules = HouseRules { cashier, ..HouseRules::default() };
    let mut store = Store::with(LedgerSettings { policy, ..settings() });
    let (who, manager) = (store.cashier.clone(), store.manager.clone());
    store.ledger.open_shift(&who, at(0)).unwrap();
    let broken = |store: &Store, minor: i64, seconds: i64| {
        let intention = store.intention(minor);
        store.ledger.weigh(&intention, tillback::domain::ScanSource::Scanner, at(seconds)).unwrap().broken.len()
    };
    store.prepared(800, at(1));
    assert_eq!((broken(&store, 200, 2), broken(&store, 201, 2)), (0, 1));
    store.ledger.close_shift(&who, at(3)).unwrap();
    assert_eq!(broken(&store, 201, 4), 1, "without a shift it is the day's");
    store.ledger.open_shift(&who, at(5)).unwrap();
    assert_eq!((broken(&store, 200, 6), broken(&store, 201, 6)), (0, 1));
    store.ledger.close_shift_by(&who, &manager, at(7)).unwrap();
    store.ledger.open_shift(&who, at(8)).unwrap();
    assert_eq!((broken(&store, 1000, 9), broken(&store, 1001, 9)), (0, 1));
}

#[test]
fn who_may_have_a_report_is_asked_of_the_ledger() {
    let mut store = Store::new();
    let (cashier, manager) = (store.cashier.clone(), store.manager.clone());
    store.ledger.open_shift(&cashier, at(0)).unwrap();
    let day = store.ledger.report(&ReportAsk::Day { back: 0 }, at(1)).unwrap().of;
    let own = store.ledger.report(&ReportAsk::Numbered(1), at(1)).unwrap().of;
    store.ledger.open_shift(&manager, at(2)).unwrap();
    let others = store.ledger.report(&ReportAsk::Numbered(2), at(3)).unwrap().of;
    let may = |store: &Store, who: &OperatorId| [&day, &own, &others].map(|of| store.ledger.may_read(who, of).unwrap());
    assert_eq!(may(&store, &cashier), [false, true, false]);
    assert_eq!(may(&store, &manager), [true, true, true]);
    // Who no longer works here has nothing of it, and begins no shift.
    store.ledger.close_shift(&cashier, at(4)).unwrap();
    store.ledger.remove_operator(&cashier, Some(&manager), at(5)).unwrap();
    assert_eq!(may(&store, &cashier), [false, false, false]);
    assert_eq!(store.ledger.open_shift(&cashier, at(6)), Err(LedgerError::NotFound { what: "operator" }));
}

#[test]
fn what_training_reports_says_so() {
    let store = Store::with(LedgerSettings { training: true, ..settings() });
    let report = store.ledger.report(&ReportAsk::Day { back: 0 }, NOW).unwrap();
    assert!(report.training && report.file_stem().starts_with("TRAINING-"));
    let real = Store::new().ledger.report(&ReportAsk::Day { back: 0 }, NOW).unwrap();
    assert!(!real.training && real.file_stem().starts_with("report-day-"));
}

/// Beside a ledger that is held for writing, a report is made all the same.
#[test]
fn a_report_is_made_beside_who_writes() {
    let mut store = Store::new();
    let beside = store.ledger.beside().unwrap();
    let raw = store.raw();
    raw.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(beside.report(&ReportAsk::Day { back: 0 }, NOW).unwrap().totals.asked.count, 0);
    raw.execute_batch("ROLLBACK").unwrap();
    store.prepared(100, at(1));
    assert_eq!(beside.report(&ReportAsk::Day { back: 0 }, NOW).unwrap().totals.asked.count, 1);
}
