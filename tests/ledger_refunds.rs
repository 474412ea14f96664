//! A refund's life on disk: recording, sending, settling, crash and resolution.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod ledger_support;

use std::sync::Barrier;

use ledger_support::*;
use tillback::domain::refund::RefundMove;
use tillback::domain::{
    DeclineCause, Outcome, RefundReference, RefundState, Refusal, ResolvePolicy, SaleKey, TillName, UnknownCause,
};
use tillback::ledger::{
    ApproveError, Ledger, LedgerError, LedgerSettings, PinRefusal, QueryEvidence, RecordError, RefundFilter,
    ReportedRefund,
};

#[test]
fn a_refund_from_approval_to_the_gateways_answer() {
    let mut store = Store::new();
    let intention = store.intention(1250);
    let approval = store.ledger.approve(&intention, &store.manager, &pin(MANAGER_PIN), at(0)).unwrap();
    let refund = store.ledger.prepare(&approval, &intention, at(1)).unwrap();
    assert_eq!(refund.state, RefundState::Prepared);
    assert!(refund.reference.as_str().starts_with("FRONT-1-"));
    assert_eq!(store.ledger.sale(&store.sale.sale.id).unwrap().balance.reserved, usd(1250));
    let recorded = store.ledger.mark_sent(&refund.reference, at(2)).unwrap();
    assert_eq!((recorded.reference(), recorded.amount()), (&refund.reference, usd(1250)));
    assert_eq!(recorded.sale_key(), &SaleKey::Transaction(number(SALE_NO)));
    let settled = store.ledger.settle(&refund.reference, &refunded(), at(3)).unwrap();
    assert_eq!((settled.state, settled.outcome), (RefundState::Refunded, Some(refunded())));
    let view = store.ledger.sale(&store.sale.sale.id).unwrap();
    assert_eq!((view.balance.refunded, view.balance.left()), (usd(1250), Ok(usd(2740))));
    assert!(store.ledger.audit_verify(None).is_ok());
}

#[test]
fn every_outcome_in_every_state_moves_legally_or_changes_nothing() {
    for state in RefundState::ALL {
        for outcome in outcomes() {
            let mut store = Store::new();
            let before = in_state(&mut store, state);
            assert_eq!(before.state, state);
            let head = store.ledger.audit_head().unwrap();
            let result = store.ledger.settle(&before.reference, &outcome, at(1000));
            let after = store.ledger.refund(&before.reference).unwrap();
            let same_again = before.outcome.as_ref() == Some(&outcome) && state != RefundState::Abandoned;
            match state.after(outcome.as_move()) {
                _ if same_again => assert_eq!((result, &after), (Ok(before.clone()), &before)),
                Some(next) => assert_eq!((after.state, after.outcome), (next, Some(outcome.clone())), "{state}"),
                None => {
                    let by = outcome.as_move();
                    assert_eq!(result, Err(RecordError::IllegalMove { state, by }));
                    assert_eq!((after, store.ledger.audit_head().unwrap()), (before, head));
                }
            }
            assert!(store.ledger.audit_verify(None).is_ok());
        }
    }
}

#[test]
fn sending_begins_from_prepared_alone_and_once() {
    for state in RefundState::ALL {
        let mut store = Store::new();
        let refund = in_state(&mut store, state);
        let sent = store.ledger.mark_sent(&refund.reference, at(1000));
        if state == RefundState::Prepared {
            assert!(sent.is_ok());
            assert!(store.ledger.mark_sent(&refund.reference, at(1000)).is_err());
        } else {
            assert_eq!(sent.unwrap_err(), RecordError::IllegalMove { state, by: RefundMove::Send });
        }
    }
}

#[test]
fn of_many_connections_one_may_send() {
    let mut store = Store::new();
    let reference = store.prepared(1000, at(0)).reference;
    let path = store.path();
    let barrier = Barrier::new(8);
    let sent = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    let mut ledger = Ledger::open_shared(&path, settings(), at(0)).unwrap();
                    barrier.wait();
                    ledger.mark_sent(&reference, at(1)).is_ok()
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).filter(|sent| *sent).count()
    });
    assert_eq!(sent, 1);
}

#[test]
fn the_database_knows_the_same_legal_moves_as_the_domain() {
    let store = Store::new();
    let database = store.raw();
    for before in RefundState::ALL {
        for after in RefundState::ALL {
            let legal = RefundMove::ALL.iter().any(|by| before.after(*by) == Some(after));
            let known: bool = database
                .query_row(
                    "SELECT EXISTS (SELECT 1 FROM refund_moves WHERE before = ?1 AND after = ?2)",
                    [before.as_str(), after.as_str()],
                    |row| row.get(0),
                )
                .unwrap();
            assert_eq!(known, legal, "{before} to {after}");
        }
    }
}

#[test]
fn what_was_in_hand_when_the_program_died_is_unknown_at_the_next_start() {
    let mut store = Store::new();
    let prepared = store.prepared(500, at(0)).reference;
    let sent = store.sent(600, at(1)).reference;
    let pending = store.sent(700, at(2)).reference;
    store.ledger.settle(&pending, &Outcome::Pending, at(3)).unwrap();
    let done = store.sent(800, at(4)).reference;
    store.ledger.settle(&done, &refunded(), at(5)).unwrap();
    let mut store = store.reopen(at(100));
    assert_eq!(store.ledger.recovered(), [prepared.clone(), sent.clone()]);
    let lost = Outcome::Unknown { cause: UnknownCause::Interrupted, code: None };
    for reference in [&prepared, &sent] {
        let refund = store.ledger.refund(reference).unwrap();
        assert_eq!((refund.state, refund.outcome), (RefundState::Unknown, Some(lost.clone())));
    }
    let open: Vec<_> = store.ledger.unresolved().unwrap().into_iter().map(|refund| refund.reference).collect();
    assert_eq!(open, [prepared, sent.clone(), pending]);
    let view = store.ledger.sale(&store.sale.sale.id).unwrap();
    assert_eq!((view.balance.reserved, view.balance.refunded), (usd(1800), usd(800)));
    assert_eq!(store.ledger.settle(&sent, &refunded(), at(101)).unwrap().state, RefundState::Refunded);
    let store = store.reopen(at(200));
    assert!(store.ledger.recovered().is_empty(), "nothing is recovered twice");
    assert!(store.ledger.audit_verify(None).is_ok());
}

#[test]
fn after_a_part_of_the_terminal_stopped_the_refund_under_way_goes_on() {
    let mut store = Store::new();
    let under_way = store.sent(500, at(0)).reference;
    let left = store.sent(600, at(1)).reference;
    let found: Vec<_> = store.ledger.interrupted(Some(&under_way), at(2)).unwrap();
    let found: Vec<_> = found.into_iter().map(|refund| (refund.reference, refund.state)).collect();
    assert_eq!(found, [(left, RefundState::Unknown)]);
    assert_eq!(store.ledger.refund(&under_way).unwrap().state, RefundState::Sent);
    assert_eq!(store.ledger.settle(&under_way, &refunded(), at(3)).unwrap().state, RefundState::Refunded);
}

#[test]
fn a_renamed_till_still_finds_its_own_and_leaves_others_alone() {
    let mut store = Store::new();
    let ours = store.sent(500, at(0)).reference;
    // As a record shared between tills would bring another one's refund.
    store
        .raw()
        .execute_batch(
            "CREATE TEMP TABLE a AS SELECT * FROM approvals; UPDATE a SET id = '01JD9K7R2W8M4Q6X0000000009', used_by = 'BACK-1-X';
             INSERT INTO approvals SELECT * FROM a;
             DROP TRIGGER refunds_begin_prepared;
             CREATE TEMP TABLE r AS SELECT * FROM refunds;
             UPDATE r SET reference = 'BACK-1-X', till = 'BACK-1', approval_id = '01JD9K7R2W8M4Q6X0000000009';
             INSERT INTO refunds SELECT * FROM r;",
        )
        .unwrap();
    let path = store.path();
    drop(store.ledger);
    let renamed = LedgerSettings { till: TillName::parse("WINDOW").unwrap(), ..settings() };
    let ledger = Ledger::open(&path, renamed, at(10)).unwrap();
    assert_eq!(ledger.recovered(), [ours]);
    let theirs = RefundReference::parse("BACK-1-X").unwrap();
    assert_eq!(ledger.refund(&theirs).unwrap().state, RefundState::Sent);
}

#[test]
fn the_command_line_beside_a_terminal_recovers_nothing() {
    let mut store = Store::new();
    let sent = store.sent(500, at(0)).reference;
    let mut beside = Ledger::open_shared(&store.path(), settings(), at(1)).unwrap();
    assert_eq!(beside.refund(&sent).unwrap().state, RefundState::Sent);
    assert!(beside.settle(&sent, &refunded(), at(2)).is_ok());
    assert_eq!(store.ledger.refund(&sent).unwrap().state, RefundState::Refunded);
    // The terminal's own answer, a moment later, is the same and no error.
    assert!(store.ledger.settle(&sent, &refunded(), at(3)).is_ok());
    assert!(store.ledger.settle(&sent, &declined(), at(3)).is_err());
}

#[test]
fn not_executed_needs_three_readable_answers_over_ten_minutes() {
    /// Answers by their second; the state after each.
    #[track_caller]
    fn check(answers: &[(i64, QueryEvidence)], expected: &[u32], last: RefundState) {
        let mut store = Store::new();
        let reference = in_state(&mut store, RefundState::Unknown).reference;
        for ((seconds, evidence), expected) in answers.iter().zip(expected) {
            store.ledger.record_query(&reference, evidence, at(*seconds)).unwrap();
            // A restart in between neither loses an answer nor adds one.
            store = store.reopen(at(*seconds));
            let progress = store.ledger.query_progress(&reference).unwrap();
            assert_eq!(progress.not_found_answers, *expected, "after {seconds} s");
            assert_eq!(progress.last_query_at, Some(at(*seconds)));
        }
        assert_eq!(store.ledger.refund(&reference).unwrap().state, last);
    }
    use QueryEvidence::{Failed, NotFound};
    use RefundState::{NotExecuted, Unknown};
    let answers = |seconds: &[i64]| seconds.iter().map(|s| (*s, NotFound)).collect::<Vec<_>>();
    check(&answers(&[10, 310, 610]), &[1, 2, 3], NotExecuted);
    check(&answers(&[10, 310, 609]), &[1, 2, 3], Unknown);
    check(&answers(&[10, 610]), &[1, 2], Unknown);
    check(&answers(&[10, 11, 12, 13, 14]), &[1, 2, 3, 4, 5], Unknown);
    check(&[(10, NotFound), (300, Failed), (610, NotFound), (900, Failed)], &[1, 1, 2, 2], Unknown);
    check(&[(10, Failed), (300, Failed), (700, Failed), (900, Failed)], &[0, 0, 0, 0], Unknown);
    // The clock set back: the span begins anew.
    check(&answers(&[10, 620, 100, 400, 699]), &[1, 2, 1, 2, 3], Unknown);
    check(&answers(&[10, 620, 100, 400, 700]), &[1, 2, 1, 2, 3], NotExecuted);
    // And a failed query right after does not hide that it was.
    check(&[(620, NotFound), (10, Failed), (20, NotFound), (30, NotFound)], &[1, 1, 1, 2], Unknown);
    // The clock set forward, or a night with the till off: no pause counts for more than five minutes.
    check(&answers(&[10, 20, 90_000, 90_001]), &[1, 2, 3, 4], Unknown);
    check(&answers(&[10, 20, 90_000, 90_290]), &[1, 2, 3, 4], NotExecuted);
    check(&[(10, NotFound), (11, NotFound), (90_000, Failed), (90_001, NotFound)], &[1, 2, 2, 3], Unknown);
    let mut store = Store::new();
    let reference = in_state(&mut store, Unknown).reference;
    store.ledger.record_query(&reference, &NotFound, at(10)).unwrap();
    let found = QueryEvidence::Found { gateway_refund_no: None };
    assert_eq!(store.ledger.record_query(&reference, &found, at(20)).unwrap().state, RefundState::Refunded);
}

#[test]
fn as_many_answers_as_the_settings_want_even_where_they_want_no_time_between() {
    let resolve = ResolvePolicy { not_found_answers: 3, not_found_span_seconds: 0 };
    let mut store = Store::with(LedgerSettings { resolve, ..settings() });
    let reference = in_state(&mut store, RefundState::Unknown).reference;
    for (seconds, state) in [(10, RefundState::Unknown), (11, RefundState::Unknown), (12, RefundState::NotExecuted)] {
        let refund = store.ledger.record_query(&reference, &QueryEvidence::NotFound, at(seconds)).unwrap();
        assert_eq!(refund.state, state, "after {seconds} s");
    }
}

#[test]
fn answers_about_a_refund_that_is_not_unknown_are_not_counted() {
    for state in RefundState::ALL.into_iter().filter(|state| *state != RefundState::Unknown) {
        let mut store = Store::new();
        let reference = in_state(&mut store, state).reference;
        let before = store.ledger.query_progress(&reference).unwrap().not_found_answers;
        let after = not_found(&mut store, &reference, 5000);
        assert_eq!(after.state, state);
        assert_eq!(store.ledger.query_progress(&reference).unwrap().not_found_answers, before, "{state}");
    }
    let mut store = Store::new();
    let reference = in_state(&mut store, RefundState::Unknown).reference;
    let claimed = store.ledger.settle(&reference, &Outcome::NotExecuted, at(5000));
    assert_eq!(claimed, Err(RecordError::NotEnoughEvidence));
}

#[test]
fn sending_again_is_a_managers_and_only_where_nothing_was_executed() {
    for state in RefundState::ALL {
        let mut store = Store::new();
        let before = in_state(&mut store, state);
        let again = store.ledger.send_again(
            &before.reference,
            &store.other_manager,
            &pin(OTHER_MANAGER_PIN),
            &reason("the customer waits"),
            at(1000),
        );
        if matches!(state, RefundState::NotSent | RefundState::NotExecuted) {
            assert_eq!(again.unwrap().reference(), &before.reference);
            let after = store.ledger.refund(&before.reference).unwrap();
            assert_eq!(
                (after.state, &after.outcome, &after.approver),
                (RefundState::Sent, &None, &store.other_manager)
            );
            assert_ne!(after.approval_id, before.approval_id);
            let (approval, used) = store.ledger.approval(&after.approval_id).unwrap().unwrap();
            assert!(used && approval.intention.left_seen == usd(3990));
            assert_eq!(store.ledger.query_progress(&before.reference).unwrap().not_found_answers, 0);
        } else {
            let illegal = RecordError::IllegalMove { state, by: RefundMove::Send };
            assert_eq!(again.unwrap_err(), ApproveError::Record(illegal));
        }
    }
}

#[test]
fn sending_again_looks_at_the_balance_the_person_and_the_gateways_list() {
    let mut store = Store::new();
    let first = store.prepared(3000, at(0)).reference;
    store.ledger.mark_sent(&first, at(1)).unwrap();
    store.ledger.settle(&first, &not_sent(), at(2)).unwrap();
    // Meanwhile most of it went to another refund.
    let second = store.sent(2000, at(3)).reference;
    let refused = |refusal| Err(ApproveError::Record(RecordError::Refused(refusal)));
    let (manager, cashier) = (store.manager.clone(), store.cashier.clone());
    let again = |store: &mut Store, who, digits| {
        store.ledger.send_again(&first, who, &pin(digits), &reason("again"), at(4)).map(|recorded| recorded.amount())
    };
    let over = Refusal::OverLeft { asked: usd(3000), left: usd(1990) };
    assert_eq!(again(&mut store, &manager, MANAGER_PIN), refused(over));
    store.ledger.settle(&second, &declined(), at(4)).unwrap();
    assert_eq!(again(&mut store, &cashier, CASHIER_PIN), refused(Refusal::NotYourApproval));
    let wrong = Err(ApproveError::Pin(PinRefusal::Wrong { wait_seconds: 0 }));
    assert_eq!(again(&mut store, &manager, "111222"), wrong);
    // The gateway knows it after all.
    let reported = ReportedRefund { reference: Some(first.to_string()), id: "1".to_owned(), amount: usd(3000) };
    let sale = store.sale.sale.id.clone();
    let report = store.ledger.replace_foreign_refunds(&sale, &[reported], at(4)).unwrap();
    assert_eq!((report.contradictions, report.view.balance.elsewhere), (vec![first.clone()], usd(3000)));
    let known = Err(ApproveError::Record(RecordError::AlreadyReported(first.clone())));
    assert_eq!(again(&mut store, &manager, MANAGER_PIN), known);
    assert_eq!(store.ledger.refund(&first).unwrap().state, RefundState::NotSent);
}

#[test]
fn a_cashier_who_may_confirm_alone_still_may_not_send_again() {
    let alone = tillback::domain::Policy { cashier_alone_up_to: Some(usd(5000)), ..policy() };
    let mut store = Store::with(LedgerSettings { policy: alone, ..settings() });
    let intention = store.intention(1000);
    let cashier = store.cashier.clone();
    let refund = store.ledger.approve_and_prepare(&intention, &cashier, &pin(CASHIER_PIN), at(0)).unwrap();
    store.ledger.mark_sent(&refund.reference, at(1)).unwrap();
    store.ledger.settle(&refund.reference, &not_sent(), at(2)).unwrap();
    let again =
        store.ledger.send_again(&refund.reference, &cashier, &pin(CASHIER_PIN), &reason("again"), at(3)).map(|_| ());
    assert_eq!(again, Err(ApproveError::Record(RecordError::Refused(Refusal::NotYourApproval))));
}

#[test]
fn a_ledger_moves_to_the_thread_that_writes() {
    let ledger = Store::new().ledger;
    assert!(std::thread::spawn(move || ledger.unresolved().is_ok()).join().unwrap());
}

#[test]
fn giving_up_is_a_managers_and_only_where_nothing_was_executed() {
    for state in RefundState::ALL {
        let mut store = Store::new();
        let before = in_state(&mut store, state);
        let why = reason("the customer left");
        let result = store.ledger.abandon(&before.reference, &store.manager, &pin(MANAGER_PIN), &why, at(1000));
        if matches!(state, RefundState::NotSent | RefundState::NotExecuted) {
            let after = result.unwrap();
            assert_eq!((after.state, after.outcome), (RefundState::Abandoned, before.outcome));
            assert_eq!(store.ledger.sale(&store.sale.sale.id).unwrap().balance.left(), Ok(usd(3990)));
        } else {
            let illegal = RecordError::IllegalMove { state, by: RefundMove::Abandon };
            assert_eq!(result.unwrap_err(), ApproveError::Record(illegal));
        }
    }
    let mut store = Store::new();
    let refund = in_state(&mut store, RefundState::NotSent).reference;
    let cashier = store.ledger.abandon(&refund, &store.cashier, &pin(CASHIER_PIN), &reason("x"), at(9));
    assert_eq!(cashier, Err(ApproveError::Record(RecordError::Refused(Refusal::NotYourApproval))));
}

#[test]
fn what_the_gateway_reports_is_ours_or_counts_as_made_elsewhere() {
    let mut store = Store::new();
    let ours = store.sent(1000, at(0)).reference;
    store.ledger.settle(&ours, &unknown(), at(1)).unwrap();
    let refused = store.sent(500, at(2)).reference;
    store.ledger.settle(&refused, &declined(), at(3)).unwrap();
    let sale = store.sale.sale.id.clone();
    let entry = |reference: Option<&str>, id: &str, minor| ReportedRefund {
        reference: reference.map(str::to_owned),
        id: id.to_owned(),
        amount: usd(minor),
    };
    let mut report = |entries: &[ReportedRefund]| {
        let found = store.ledger.replace_foreign_refunds(&sale, entries, at(10)).unwrap();
        let Balances { elsewhere, left } = Balances::of(&found.view.balance);
        (found.ours, found.contradictions, elsewhere, left)
    };
    struct Balances {
        elsewhere: i64,
        left: i64,
    }
    impl Balances {
        fn of(balance: &tillback::domain::Balance) -> Self {
            Self { elsewhere: balance.elsewhere.minor(), left: balance.left().unwrap().minor() }
        }
    }
    let own = ours.as_str();
    assert_eq!(report(&[]), (vec![], vec![], 0, 2990));
    assert_eq!(report(&[entry(Some(own), "g1", 1000)]), (vec![ours.clone()], vec![], 0, 2990));
    // Another till's, one without any name, two of one id.
    let others =
        [entry(Some("BACK-1-X"), "g2", 200), entry(None, "", 30), entry(None, "g2", 4), entry(Some(""), "", 5)];
    assert_eq!(report(&others), (vec![], vec![], 239, 2751));
    // The same list again changes nothing, also not in the record.
    let head = store.ledger.audit_head().unwrap();
    store.ledger.replace_foreign_refunds(&sale, &others, at(11)).unwrap();
    assert_eq!(store.ledger.audit_head().unwrap(), head);
    let mut report = |entries: &[ReportedRefund]| {
        let found = store.ledger.replace_foreign_refunds(&sale, entries, at(10)).unwrap();
        let Balances { elsewhere, left } = Balances::of(&found.view.balance);
        (found.ours, found.contradictions, elsewhere, left)
    };
    // Ours with another amount; ours twice; one that we were told was refused.
    assert_eq!(report(&[entry(Some(own), "g1", 999)]), (vec![], vec![ours.clone()], 999, 1991));
    let twice = [entry(Some(own), "g1", 1000), entry(Some(own), "g3", 1000)];
    assert_eq!(report(&twice), (vec![ours.clone()], vec![ours.clone()], 1000, 1990));
    let but = [entry(Some(refused.as_str()), "g4", 500)];
    assert_eq!(report(&but), (vec![], vec![refused.clone()], 500, 2490));
    let krw = tillback::domain::Currency::parse("KRW").unwrap();
    let foreign = tillback::domain::Money::from_minor(5, krw).unwrap();
    let odd = ReportedRefund { reference: None, id: "g".to_owned(), amount: foreign };
    let error = store.ledger.replace_foreign_refunds(&sale, &[odd], at(12)).unwrap_err();
    assert!(matches!(error, LedgerError::Conflict { field: "currency", .. }));
    assert_eq!(store.ledger.sale(&sale).unwrap().balance.elsewhere, usd(500), "nothing was replaced");
}

#[test]
fn a_gateways_long_words_do_not_keep_its_answer_from_being_recorded() {
    let mut store = Store::new();
    let first = store.sent(100, at(0)).reference;
    let long = Outcome::Refunded { gateway_refund_no: Some("9\u{e9}".repeat(500)) };
    assert_eq!(store.ledger.settle(&first, &long, at(1)).unwrap().state, RefundState::Refunded);
    assert!(store.ledger.settle(&first, &long, at(2)).is_ok(), "and it is the same a second time");
    let second = store.sent(100, at(0)).reference;
    let long = Outcome::Declined { cause: DeclineCause::Wallet, code: "x".repeat(500) };
    assert_eq!(store.ledger.settle(&second, &long, at(1)).unwrap().state, RefundState::Declined);
}

#[test]
fn refunds_are_listed_by_time_and_state() {
    let mut store = Store::new();
    let references: Vec<_> = (0..5).map(|n| store.sent(100, at(n * 10)).reference).collect();
    store.ledger.settle(&references[1], &refunded(), at(60)).unwrap();
    let list = |filter: RefundFilter| {
        let found = store.ledger.refunds(&filter).unwrap();
        found.iter().map(|r| references.iter().position(|known| *known == r.reference).unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(list(RefundFilter::default()), [4, 3, 2, 1, 0]);
    assert_eq!(list(RefundFilter { since: Some(at(20)), until: Some(at(40)), ..RefundFilter::default() }), [3, 2]);
    assert_eq!(list(RefundFilter { states: vec![RefundState::Refunded], ..RefundFilter::default() }), [1]);
    assert_eq!(list(RefundFilter { limit: 2, ..RefundFilter::default() }), [4, 3]);
}
