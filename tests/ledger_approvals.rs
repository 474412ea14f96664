//! No money without authority (I6), and never over what was paid (I4), below any screen.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod ledger_support;

use std::sync::Barrier;

use ledger_support::*;
use tillback::domain::{
    Currency, Intention, OperatorId, Policy, RefundState, Refusal, SaleId, SaleKey, SaleStatus, Timestamp,
};
use tillback::ledger::{ApproveError, Ledger, LedgerError, LedgerSettings, PinRefusal, RecordError, SaleFacts};

fn refused(refusal: Refusal) -> RecordError {
    RecordError::Refused(refusal)
}

/// An approval of 12.50, prepared with something changed.
#[track_caller]
fn check(change: impl FnOnce(&mut Intention, &mut Store), now: Timestamp, expected: Result<(), RecordError>) {
    let mut store = Store::new();
    let mut intention = store.intention(1250);
    let manager = store.manager.clone();
    let approval = store.ledger.approve(&intention, &manager, &pin(MANAGER_PIN), at(0)).unwrap();
    change(&mut intention, &mut store);
    let result = store.ledger.prepare(&approval, &intention, now).map(|_| ());
    assert_eq!(result, expected);
    let refunds = store.ledger.sale(&store.sale.sale.id).unwrap().refunds;
    if expected.is_err() {
        assert!(refunds.iter().all(|refund| refund.approval_id != approval), "nothing was recorded");
        assert!(!store.ledger.approval(&approval).unwrap().unwrap().1, "the approval was not used up");
    }
    assert!(store.ledger.audit_verify(None).is_ok());
}

#[test]
fn changing_any_field_voids_the_approval() {
    let void = || Err(refused(Refusal::ApprovalVoid));
    let gbp = Currency::parse("GBP").unwrap();
    check(|_, _| (), at(1), Ok(()));
    check(|i, _| i.sale_id = SaleId::parse("01JD9K7R2W8M4Q6X0000000000").unwrap(), at(1), void());
    check(|i, _| i.sale_key = SaleKey::Reference(invoice("POS-1")), at(1), void());
    check(|i, _| i.sale_key = SaleKey::Transaction(number("316129873376769782")), at(1), void());
    check(|i, _| i.amount = usd(1251), at(1), void());
    check(|i, _| i.amount = usd(1249), at(1), void());
    check(|i, _| i.amount = tillback::domain::Money::from_minor(1250, gbp).unwrap(), at(1), void());
    check(|i, _| i.settle_currency = gbp, at(1), void());
    check(|i, _| i.reason = reason("another"), at(1), void());
    check(|i, s| i.requester = s.other_manager.clone(), at(1), void());
    check(|i, _| i.left_seen = usd(3989), at(1), void());
}

/// What goes to the gateway is the key, so it has to be that of the sale that is looked at.
#[test]
fn a_key_of_another_sale_is_approved_by_nobody() {
    let mut store = Store::new();
    let other = SaleKey::Transaction(number("316129873376769782"));
    for sale_key in [other, SaleKey::Reference(invoice("POS-1"))] {
        let intention = Intention { sale_key, ..store.intention(1250) };
        let manager = store.manager.clone();
        let result = store.ledger.approve_and_prepare(&intention, &manager, &pin(MANAGER_PIN), at(0));
        assert_eq!(result, Err(ApproveError::Record(refused(Refusal::ApprovalVoid))));
    }
    assert!(store.ledger.sale(&store.sale.sale.id).unwrap().refunds.is_empty());
}

#[test]
fn an_approval_is_for_a_short_time_and_a_clock_set_back_does_not_stretch_it() {
    check(|_, _| (), at(119), Ok(()));
    check(|_, _| (), at(120), Err(refused(Refusal::ApprovalExpired)));
    check(|_, _| (), at(100_000), Err(refused(Refusal::ApprovalExpired)));
    check(|_, _| (), at(-1), Err(refused(Refusal::ApprovalExpired)));
}

#[test]
fn what_happened_in_between_voids_it() {
    // Another refund of the same sale.
    let balance = Err(RecordError::BalanceChanged { left: usd(3890) });
    check(|_, store| drop(store.prepared(100, at(0))), at(1), balance);
    // A refund made elsewhere.
    let elsewhere = |_: &mut Intention, store: &mut Store| {
        let entry = tillback::ledger::ReportedRefund { reference: None, id: "x".to_owned(), amount: usd(40) };
        store.ledger.replace_foreign_refunds(&store.sale.sale.id, &[entry], at(0)).unwrap();
    };
    check(elsewhere, at(1), Err(RecordError::BalanceChanged { left: usd(3950) }));
    let fetch = |change: fn(&mut SaleFacts)| {
        move |_: &mut Intention, store: &mut Store| {
            let mut facts = facts(SALE_NO, 3990);
            change(&mut facts);
            store.ledger.insert_or_update_from_gateway(&facts, at(0)).unwrap();
        }
    };
    let closed = Err(refused(Refusal::NotPaid { status: SaleStatus::Closed }));
    check(fetch(|facts| facts.status = SaleStatus::Closed), at(1), closed);
    let settled = fetch(|facts| facts.settle_currency = Currency::parse("GBP").unwrap());
    check(settled, at(1), Err(refused(Refusal::ApprovalVoid)));
    // The approver, or who asked, is nobody any more.
    let gone = || Err(refused(Refusal::NotYourApproval));
    check(|_, s| s.ledger.remove_operator(&s.manager, None, at(0)).unwrap(), at(1), gone());
    check(|_, s| s.ledger.remove_operator(&s.cashier, None, at(0)).unwrap(), at(1), gone());
}

#[test]
fn an_approval_is_used_once_whoever_tries() {
    let mut store = Store::new();
    let intention = store.intention(1250);
    let approval = store.ledger.approve(&intention, &store.manager, &pin(MANAGER_PIN), at(0)).unwrap();
    assert!(store.ledger.prepare(&approval, &intention, at(1)).is_ok());
    for now in [1, 2] {
        let again = store.ledger.prepare(&approval, &intention, at(now));
        assert_eq!(again, Err(refused(Refusal::ApprovalVoid)));
    }
    let mut store = store.reopen(at(3));
    let again = store.ledger.prepare(&approval, &intention, at(3));
    assert_eq!(again, Err(refused(Refusal::ApprovalVoid)));
    let made_up = tillback::domain::ApprovalId::parse("01JD9K7R2W8M4Q6X0000000000").unwrap();
    assert_eq!(store.ledger.prepare(&made_up, &intention, at(3)), Err(refused(Refusal::ApprovalVoid)));
}

#[test]
fn of_many_connections_one_uses_an_approval() {
    let mut store = Store::new();
    let intention = store.intention(100);
    let approval = store.ledger.approve(&intention, &store.manager, &pin(MANAGER_PIN), at(0)).unwrap();
    let path = store.path();
    let barrier = Barrier::new(6);
    let used = std::thread::scope(|scope| {
        let try_it = || {
            let mut ledger = Ledger::open_shared(&path, settings(), at(0)).unwrap();
            barrier.wait();
            ledger.prepare(&approval, &intention, at(1)).is_ok()
        };
        let threads: Vec<_> = (0..6).map(|_| scope.spawn(try_it)).collect();
        threads.into_iter().map(|thread| u32::from(thread.join().unwrap())).sum::<u32>()
    });
    assert_eq!(used, 1);
}

#[test]
fn never_over_what_was_paid_with_many_connections_racing() {
    let mut store = Store::new();
    let path = store.path();
    let sale = store.sale.sale.id.clone();
    let (cashier, manager) = (store.cashier.clone(), store.manager.clone());
    let barrier = Barrier::new(4);
    let made: i64 = std::thread::scope(|scope| {
        let run = |together: bool| {
            let mut ledger = Ledger::open_shared(&path, settings(), at(0)).unwrap();
            barrier.wait();
            let mut made = 0;
            for _ in 0..30 {
                let view = ledger.sale(&sale).unwrap();
                let intention = Intention {
                    sale_id: sale.clone(),
                    sale_key: view.sale.key().unwrap(),
                    amount: usd(700),
                    settle_currency: Currency::USD,
                    reason: reason("x"),
                    requester: cashier.clone(),
                    left_seen: view.balance.left().unwrap(),
                    note: None,
                };
                let refund = if together {
                    ledger.approve_and_prepare(&intention, &manager, &pin(MANAGER_PIN), at(1)).ok()
                } else {
                    let approval = ledger.approve(&intention, &manager, &pin(MANAGER_PIN), at(1)).ok();
                    approval.and_then(|approval| ledger.prepare(&approval, &intention, at(1)).ok())
                };
                made += refund.map_or(0, |refund| refund.amount.minor());
            }
            made
        };
        let threads: Vec<_> = (0..4).map(|n| scope.spawn(move || run(n % 2 == 0))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    let balance = store.ledger.sale(&sale).unwrap().balance;
    assert_eq!(balance.reserved, usd(made));
    assert_eq!((made, balance.left()), (3500, Ok(usd(490))), "as many as fit, and no more");
    let over = store.intention(491);
    let error = store.ledger.approve(&over, &store.manager, &pin(MANAGER_PIN), at(2)).unwrap_err();
    let expected = Refusal::OverLeft { asked: usd(491), left: usd(490) };
    assert_eq!(error, ApproveError::Record(refused(expected)));
}

/// Who may approve what somebody else, or they themselves, asked for; both ways of approving must say the same.
#[track_caller]
fn approver(
    policy: &Policy,
    requester: fn(&Store) -> &OperatorId,
    approver: fn(&Store) -> &OperatorId,
    digits: &str,
    expected: bool,
) {
    let with = || LedgerSettings { policy: policy.clone(), ..settings() };
    for together in [false, true] {
        let mut store = Store::with(with());
        let intention = Intention { requester: requester(&store).clone(), ..store.intention(500) };
        let who = approver(&store).clone();
        let result = if together {
            store.ledger.approve_and_prepare(&intention, &who, &pin(digits), at(0)).map(|_| ())
        } else {
            store.ledger.approve(&intention, &who, &pin(digits), at(0)).map(|_| ())
        };
        let no = Err(ApproveError::Record(refused(Refusal::NotYourApproval)));
        assert_eq!(result, if expected { Ok(()) } else { no });
    }
}

#[test]
fn who_may_approve_is_enforced_below_the_screens() {
    let usual = policy();
    let cashier: fn(&Store) -> &OperatorId = |store| &store.cashier;
    let manager: fn(&Store) -> &OperatorId = |store| &store.manager;
    approver(&usual, cashier, manager, MANAGER_PIN, true);
    approver(&usual, cashier, cashier, CASHIER_PIN, false);
    approver(&usual, manager, manager, MANAGER_PIN, false);
    approver(&usual, manager, cashier, CASHIER_PIN, false);
    let own = Policy { own_approval: true, ..usual.clone() };
    approver(&own, manager, manager, MANAGER_PIN, true);
    approver(&own, cashier, cashier, CASHIER_PIN, false);
    let alone = Policy { cashier_alone_up_to: Some(usd(500)), ..usual.clone() };
    approver(&alone, cashier, cashier, CASHIER_PIN, true);
    approver(&alone, manager, cashier, CASHIER_PIN, false);
    let less = Policy { cashier_alone_up_to: Some(usd(499)), ..usual };
    approver(&less, cashier, cashier, CASHIER_PIN, false);
}

#[test]
fn the_limits_are_checked_again_where_the_refund_is_recorded() {
    let limited = Policy { max_refunds_per_sale: 2, min_seconds_between_refunds: 60, ..policy() };
    let mut store = Store::with(LedgerSettings { policy: limited, ..settings() });
    let manager = store.manager.clone();
    let ask = |store: &mut Store, seconds| {
        let intention = store.intention(100);
        store.ledger.approve_and_prepare(&intention, &manager, &pin(MANAGER_PIN), at(seconds)).map(|r| r.state)
    };
    let error = |refusal| Err(ApproveError::Record(refused(refusal)));
    assert_eq!(ask(&mut store, 0), Ok(RefundState::Prepared));
    assert_eq!(ask(&mut store, 59), error(Refusal::TooSoon { wait_seconds: 1 }));
    assert_eq!(ask(&mut store, 60), Ok(RefundState::Prepared));
    assert_eq!(ask(&mut store, 120), error(Refusal::TooMany { count: 2, max: 2 }));
    let year = 366 * 86_400;
    assert_eq!(ask(&mut store, year), error(Refusal::TooOld { days: 367, max_days: 365 }));
}

#[test]
fn a_wrong_pin_approves_nothing_and_is_counted() {
    let mut store = Store::new();
    let intention = store.intention(100);
    let nobody = OperatorId::parse("01JD9K7R2W8M4Q6X0000000000").unwrap();
    let mut ask = |who: &OperatorId, digits: &str, seconds| {
        store.ledger.approve(&intention, who, &pin(digits), at(seconds)).map(|_| ())
    };
    let wrong = |wait_seconds| Err(ApproveError::Pin(PinRefusal::Wrong { wait_seconds }));
    let manager = store.manager.clone();
    assert_eq!(ask(&nobody, MANAGER_PIN, 0), Err(ApproveError::Pin(PinRefusal::NoSuchOperator)));
    assert_eq!(ask(&manager, OTHER_MANAGER_PIN, 0), wrong(0), "another person's PIN");
    assert_eq!(ask(&manager, "999888", 0), wrong(0));
    assert_eq!(ask(&manager, "999888", 0), wrong(5));
    let locked = Err(ApproveError::Pin(PinRefusal::LockedOut { wait_seconds: 4 }));
    assert_eq!(ask(&manager, MANAGER_PIN, 1), locked, "not even the right one is looked at");
    assert_eq!(ask(&manager, MANAGER_PIN, 5), Ok(()));
    assert_eq!(ask(&manager, "999888", 6), wrong(0), "the right PIN begins the count anew");
}

#[test]
fn a_refund_has_its_terms_for_ever_also_in_the_database() {
    let mut store = Store::new();
    let reference = store.sent(100, at(0)).reference;
    let database = store.raw();
    let unchanged = |sql: &str| {
        let error = database.execute(sql, []).expect_err(sql).to_string();
        let rules = ["keeps its terms", "never", "not legal", "only a person"];
        assert!(rules.iter().any(|rule| error.contains(rule)), "{error}");
    };
    for change in [
        "amount_minor = 1",
        "currency = 'GBP'",
        "sale_id = 'x'",
        "key_text = 'x'",
        "requester = approver",
        "approver = requester",
        "reason = 'x'",
        "till = 'x'",
        "training = 1",
        "approval_id = 'x'",
        "attempt = 2",
        "created_at = 0",
        "reference = 'x'",
        "settle_currency = 'GBP'",
        "state = 'prepared'",
        "state = 'abandoned'",
    ] {
        unchanged(&format!("UPDATE refunds SET {change}"));
    }
    unchanged("DELETE FROM refunds");
    unchanged("DELETE FROM approvals");
    unchanged("UPDATE approvals SET amount_minor = 1");
    unchanged("UPDATE approvals SET used_by = NULL, attempt = NULL");
    assert_eq!(store.ledger.refund(&reference).unwrap().amount, usd(100));
    let missing = store.ledger.settle(
        &tillback::domain::RefundReference::parse("nobody").unwrap(),
        &tillback::domain::Outcome::Pending,
        at(1),
    );
    assert_eq!(missing, Err(RecordError::Ledger(LedgerError::NotFound { what: "refund" })));
}
