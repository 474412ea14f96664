//! What people decide about refunds, what the gateway says against it later, and the history of both.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod ledger_support;

use ledger_support::*;
use tillback::domain::refund::RefundMove;
use tillback::domain::{
    Decision, DecisionKind, Difference, EvidenceNumber, HandDecision, HistoryStep, OperatorId, Policy, Refund,
    RefundReference, RefundState, Refusal, Verdict,
};
use tillback::ledger::{ApproveError, Ledger, LedgerSettings, PinRefusal, QueryEvidence, RecordError, ReportedRefund};

/// Long after everything `in_state` does.
const LATER: i64 = 10_000;

fn word(verdict: Verdict) -> HandDecision {
    let evidence = EvidenceNumber::parse("297553638302358781").unwrap();
    HandDecision { verdict, reason: reason("seen in the dashboard"), evidence }
}

fn decide(
    store: &mut Store,
    reference: &RefundReference,
    verdict: Verdict,
    seconds: i64,
) -> Result<Refund, ApproveError> {
    let manager = store.manager.clone();
    store.ledger.decide(reference, &word(verdict), &manager, &pin(MANAGER_PIN), at(seconds))
}

fn found() -> QueryEvidence {
    QueryEvidence::Found { gateway_refund_no: Some("297553638302358781".to_owned()) }
}

fn show(store: &mut Store, reference: &RefundReference, evidence: &QueryEvidence, seconds: i64) -> Refund {
    store.ledger.record_query(reference, evidence, at(seconds)).unwrap()
}

fn send_again(store: &mut Store, reference: &RefundReference, seconds: i64) -> Result<(), ApproveError> {
    let manager = store.manager.clone();
    store.ledger.send_again(reference, &manager, &pin(MANAGER_PIN), &reason("they wait"), at(seconds)).map(|_| ())
}

fn give_up(store: &mut Store, reference: &RefundReference, seconds: i64) -> Result<Refund, ApproveError> {
    let manager = store.manager.clone();
    store.ledger.abandon(reference, &manager, &pin(MANAGER_PIN), &reason("they left"), at(seconds))
}

fn reported(reference: &RefundReference) -> ApproveError {
    ApproveError::Record(RecordError::AlreadyReported(reference.clone()))
}

fn difference(refund: &Refund) -> Option<Difference> {
    refund.contradiction.map(|contradiction| contradiction.difference)
}

/// A refund of 10.00 that a person says was not executed.
fn denied(store: &mut Store) -> RefundReference {
    let reference = in_state(store, RefundState::Unknown).reference;
    assert_eq!(decide(store, &reference, Verdict::NotExecuted, LATER).unwrap().state, RefundState::NotExecuted);
    reference
}

#[test]
fn a_person_decides_only_what_the_gateway_left_open() {
    use RefundState::{NotExecuted, Pending, Unknown};
    for state in RefundState::ALL {
        for (verdict, by, open) in [
            (Verdict::Refunded, RefundMove::Attest, &[Unknown, Pending, NotExecuted][..]),
            (Verdict::NotExecuted, RefundMove::Deny, &[Unknown, Pending][..]),
        ] {
            let mut store = Store::new();
            let before = in_state(&mut store, state);
            let head = store.ledger.audit_head().unwrap();
            let result = decide(&mut store, &before.reference, verdict, LATER);
            if open.contains(&state) {
                let after = result.unwrap();
                assert_eq!(Some(after.state), state.after(by), "{state}");
                assert!(after.rests_on_a_person());
            } else {
                assert_eq!(result, Err(ApproveError::Record(RecordError::IllegalMove { state, by })));
                let after = store.ledger.refund(&before.reference).unwrap();
                assert_eq!((after, store.ledger.audit_head().unwrap()), (before, head), "{state}");
            }
            assert!(store.ledger.audit_verify(None).is_ok());
        }
    }
}

#[test]
fn it_did_not_happen_is_not_taken_while_the_request_may_be_on_its_way() {
    for state in [RefundState::Unknown, RefundState::Pending] {
        let mut store = Store::new();
        let reference = in_state(&mut store, state).reference;
        // `in_state` moved it in second 2; ten minutes have to pass.
        for (seconds, wait_seconds) in [(2, 600), (601, 1), (-50, 600)] {
            let early = decide(&mut store, &reference, Verdict::NotExecuted, seconds);
            assert_eq!(early, Err(ApproveError::Record(RecordError::TooEarly { wait_seconds })));
        }
        assert_eq!(store.ledger.refund(&reference).unwrap().state, state);
        assert!(decide(&mut store, &reference, Verdict::NotExecuted, 602).is_ok());
    }
    // "The customer has the money" frees nothing: it may be said at once.
    let mut store = Store::new();
    let reference = in_state(&mut store, RefundState::Unknown).reference;
    assert_eq!(decide(&mut store, &reference, Verdict::Refunded, 3).unwrap().state, RefundState::Refunded);
}

#[test]
fn nobody_says_that_it_did_not_happen_against_the_gateways_list() {
    let mut store = Store::new();
    let reference = in_state(&mut store, RefundState::Unknown).reference;
    let entry = ReportedRefund { reference: Some(reference.to_string()), id: "g1".to_owned(), amount: usd(999) };
    let sale = store.sale.sale.id.clone();
    let report = store.ledger.replace_foreign_refunds(&sale, &[entry], at(5)).unwrap();
    assert_eq!(difference(&report.view.refunds[0]), Some(Difference::Reported));
    assert_eq!(decide(&mut store, &reference, Verdict::NotExecuted, LATER), Err(reported(&reference)));
    // It is no longer reported, but nobody has looked at the contradiction.
    store.ledger.replace_foreign_refunds(&sale, &[], at(6)).unwrap();
    assert_eq!(decide(&mut store, &reference, Verdict::NotExecuted, LATER), Err(reported(&reference)));
    let settled = decide(&mut store, &reference, Verdict::Refunded, LATER).unwrap();
    assert_eq!((settled.state, settled.contradiction), (RefundState::Refunded, None));
}

#[test]
fn what_a_person_says_did_not_happen_keeps_its_amount_until_a_second_step() {
    let limited = Policy { max_refunds_per_sale: 1, ..policy() };
    let mut store = Store::with(LedgerSettings { policy: limited, ..settings() });
    let reference = denied(&mut store);
    let left = |store: &Store| store.ledger.sale(&store.sale.sale.id).unwrap().balance.left().unwrap();
    assert_eq!(left(&store), usd(2990));
    let store = &mut store.reopen(at(LATER + 1));
    assert_eq!(left(store), usd(2990));
    assert!(send_again(store, &reference, LATER + 2).is_ok(), "its own amount and count do not stand against it");
    let sent = store.ledger.refund(&reference).unwrap();
    assert_eq!((sent.state, sent.decision, sent.attempt), (RefundState::Sent, None, 2));
    let (approval, used) = store.ledger.approval(&sent.approval_id).unwrap().unwrap();
    assert_eq!((used, approval.intention.left_seen), (true, usd(3990)));
    store.ledger.settle(&reference, &not_sent(), at(LATER + 3)).unwrap();
    assert_eq!(give_up(store, &reference, LATER + 4).unwrap().state, RefundState::Abandoned);
    assert_eq!(left(store), usd(3990));
    // The decision of the first attempt is on record for ever.
    let by_hand = |step: &HistoryStep| matches!(step, HistoryStep::MovedByHand { .. });
    let history = store.ledger.history(&reference).unwrap();
    assert_eq!(history.iter().filter(|entry| by_hand(&entry.step)).count(), 2);
}

#[test]
fn a_decision_stands_with_name_reason_and_evidence_and_is_confirmed_not_replaced() {
    let mut store = Store::new();
    let reference = in_state(&mut store, RefundState::Pending).reference;
    decide(&mut store, &reference, Verdict::Refunded, LATER).unwrap();
    let mut store = store.reopen(at(LATER + 1));
    let kept = |refund: &Refund| refund.decision.clone().unwrap();
    let refund = store.ledger.refund(&reference).unwrap();
    let expected = Decision {
        kind: DecisionKind::Refunded,
        by: store.manager.clone(),
        reason: word(Verdict::Refunded).reason,
        evidence: Some(word(Verdict::Refunded).evidence),
        at: at(LATER),
        confirmed_at: None,
    };
    assert_eq!(
        (kept(&refund), refund.outcome),
        (expected.clone(), Some(tillback::domain::Outcome::Refunded { gateway_refund_no: None }))
    );
    // A late answer of the request itself does not overwrite it either.
    for late in [declined(), not_sent(), refunded()] {
        assert!(store.ledger.settle(&reference, &late, at(LATER + 2)).is_err());
    }
    let confirmed = show(&mut store, &reference, &found(), LATER + 3);
    assert_eq!(kept(&confirmed), Decision { confirmed_at: Some(at(LATER + 3)), ..expected });
    assert_eq!(confirmed.outcome, Some(refunded()), "the gateway's number is known now");
    assert!(!confirmed.rests_on_a_person());
    // Once confirmed, no answer changes it.
    let head = store.ledger.audit_head().unwrap();
    for evidence in [found(), QueryEvidence::NotFound, QueryEvidence::Refused, QueryEvidence::Failed] {
        assert_eq!(show(&mut store, &reference, &evidence, LATER + 4), confirmed);
    }
    assert_eq!(store.ledger.audit_head().unwrap(), head);
}

#[test]
fn evidence_beats_absence() {
    let mut store = Store::new();
    let reference = in_state(&mut store, RefundState::NotExecuted).reference;
    assert_eq!(store.ledger.sale(&store.sale.sale.id).unwrap().balance.left(), Ok(usd(3990)));
    let settled = show(&mut store, &reference, &found(), LATER);
    assert_eq!((settled.state, settled.decision, settled.contradiction), (RefundState::Refunded, None, None));
    assert_eq!(settled.outcome, Some(refunded()));
    assert_eq!(store.ledger.sale(&store.sale.sale.id).unwrap().balance.left(), Ok(usd(2990)));
    // Noted first, settled later: the settlement ends the contradiction.
    let mut store = Store::new();
    let reference = in_state(&mut store, RefundState::NotExecuted).reference;
    let noted = show(&mut store, &reference, &QueryEvidence::InProgress, LATER);
    assert_eq!((noted.state, difference(&noted)), (RefundState::NotExecuted, Some(Difference::Reported)));
    let settled = show(&mut store, &reference, &found(), LATER + 1);
    assert_eq!((settled.state, settled.contradiction), (RefundState::Refunded, None));
}

#[test]
fn the_gateways_word_against_ours_is_shown_blocks_sending_and_waits_for_a_manager() {
    use RefundState::{Abandoned, Declined, NotSent};
    for state in [NotSent, Declined, Abandoned] {
        for evidence in [found(), QueryEvidence::InProgress, QueryEvidence::Otherwise] {
            let mut store = Store::new();
            let reference = in_state(&mut store, state).reference;
            let noted = show(&mut store, &reference, &evidence, LATER);
            assert_eq!((noted.state, difference(&noted)), (state, Some(Difference::Reported)), "{evidence:?}");
            let again = show(&mut store, &reference, &evidence, LATER + 1);
            assert_eq!(again.contradiction, noted.contradiction, "noted once");
            let mut store = store.reopen(at(LATER + 2));
            if state == NotSent {
                assert_eq!(send_again(&mut store, &reference, LATER + 3), Err(reported(&reference)));
                assert_eq!(give_up(&mut store, &reference, LATER + 3), Err(reported(&reference)));
            }
            let verdict = if evidence == found() { Verdict::Refunded } else { Verdict::NotExecuted };
            let settled = decide(&mut store, &reference, verdict, LATER + 4).unwrap();
            let expected = if evidence == found() { RefundState::Refunded } else { state };
            assert_eq!((settled.state, settled.contradiction), (expected, None));
            assert!(evidence == found() || store.has_noted("refund_stands"), "{evidence:?}");
            // What a manager has let stand is not brought up again by the same answer.
            assert_eq!(show(&mut store, &reference, &evidence, LATER + 5).contradiction, None);
            assert!(store.ledger.audit_verify(None).is_ok());
        }
    }
}

#[test]
fn what_a_person_said_did_not_happen_and_did_is_a_contradiction_and_never_settled_by_the_program() {
    let mut store = Store::new();
    let reference = denied(&mut store);
    let entry = || ReportedRefund { reference: Some(reference.to_string()), id: "g1".to_owned(), amount: usd(1000) };
    let noted = show(&mut store, &reference, &found(), LATER + 1);
    assert_eq!((noted.state, difference(&noted)), (RefundState::NotExecuted, Some(Difference::Reported)));
    let illegal = RecordError::IllegalMove { state: RefundState::NotExecuted, by: RefundMove::Succeed };
    assert_eq!(store.ledger.settle(&reference, &refunded(), at(LATER + 2)), Err(illegal));
    assert_eq!(send_again(&mut store, &reference, LATER + 2), Err(reported(&reference)));
    let sale = store.sale.sale.id.clone();
    store.ledger.replace_foreign_refunds(&sale, &[entry()], at(LATER + 3)).unwrap();
    let settled = decide(&mut store, &reference, Verdict::Refunded, LATER + 4).unwrap();
    assert_eq!((settled.state, settled.contradiction), (RefundState::Refunded, None));
    let view = store.ledger.sale(&sale).unwrap();
    assert_eq!((view.balance.refunded, view.balance.elsewhere), (usd(1000), usd(0)), "counted once");
    let report = store.ledger.replace_foreign_refunds(&sale, &[entry()], at(LATER + 5)).unwrap();
    assert_eq!((report.ours, report.contradictions), (vec![reference], vec![]));
}

#[test]
fn what_a_person_said_happened_and_the_gateway_never_shows_is_a_contradiction() {
    let mut store = Store::new();
    let reference = in_state(&mut store, RefundState::Unknown).reference;
    decide(&mut store, &reference, Verdict::Refunded, LATER).unwrap();
    for (seconds, expected) in [(1, None), (301, None), (601, Some(Difference::NotReported))] {
        let refund = show(&mut store, &reference, &QueryEvidence::NotFound, LATER + seconds);
        assert_eq!((refund.state, difference(&refund)), (RefundState::Refunded, expected));
    }
    assert_eq!(store.ledger.wanting_attention().unwrap().len(), 1);
    let stands = decide(&mut store, &reference, Verdict::Refunded, LATER + 700).unwrap();
    assert_eq!((stands.state, stands.contradiction), (RefundState::Refunded, None));
    assert_eq!(stands.decision.as_ref().unwrap().at, at(LATER), "the first decision is the one it rests on");
    assert!(store.ledger.wanting_attention().unwrap().is_empty());
    not_found(&mut store, &reference, LATER + 800);
    assert_eq!(store.ledger.refund(&reference).unwrap().contradiction, None, "it was looked at");
    // Before anybody looked, the gateway's own confirmation ends it as well.
    let mut store = Store::new();
    let reference = in_state(&mut store, RefundState::Unknown).reference;
    decide(&mut store, &reference, Verdict::Refunded, LATER).unwrap();
    let refused = show(&mut store, &reference, &QueryEvidence::Refused, LATER + 1);
    assert_eq!(difference(&refused), Some(Difference::NotReported), "listed as failed: no counting needed");
    let confirmed = show(&mut store, &reference, &found(), LATER + 2);
    assert_eq!((confirmed.contradiction, confirmed.rests_on_a_person()), (None, false));
    for what in ["refund_contradicted", "decision_confirmed"] {
        assert!(store.has_noted(what), "{what}");
    }
}

#[test]
fn more_than_was_paid_is_refunded_by_nobodys_word() {
    let mut store = Store::new();
    let first = in_state(&mut store, RefundState::NotExecuted).reference;
    let second = store.sent(3500, at(LATER)).reference;
    store.ledger.settle(&second, &refunded(), at(LATER + 1)).unwrap();
    let over = RecordError::Refused(Refusal::OverLeft { asked: usd(1000), left: usd(490) });
    assert_eq!(decide(&mut store, &first, Verdict::Refunded, LATER + 2), Err(ApproveError::Record(over)));
    // The gateway's own word counts, whatever it adds up to.
    assert_eq!(show(&mut store, &first, &found(), LATER + 3).state, RefundState::Refunded);
    assert_eq!(store.ledger.sale(&store.sale.sale.id).unwrap().balance.left(), Ok(usd(0)));
}

#[test]
fn a_decision_is_another_managers_with_the_right_pin() {
    let mut store = Store::new();
    let reference = in_state(&mut store, RefundState::Unknown).reference;
    let mut ask = |who: &OperatorId, digits: &str| {
        store.ledger.decide(&reference, &word(Verdict::Refunded), who, &pin(digits), at(LATER)).map(|r| r.state)
    };
    let not_theirs = Err(ApproveError::Record(RecordError::Refused(Refusal::NotYourApproval)));
    let (cashier, manager, other) = (store.cashier.clone(), store.manager.clone(), store.other_manager.clone());
    assert_eq!(ask(&cashier, CASHIER_PIN), not_theirs);
    assert_eq!(ask(&manager, "111222"), Err(ApproveError::Pin(PinRefusal::Wrong { wait_seconds: 0 })));
    assert_eq!(ask(&other, OTHER_MANAGER_PIN), Ok(RefundState::Refunded));
    // Their own refund is not theirs to decide, as it is not theirs to approve.
    let mut store = Store::new();
    let mut intention = store.intention(1000);
    intention.requester = store.other_manager.clone();
    let manager = store.manager.clone();
    let refund = store.ledger.approve_and_prepare(&intention, &manager, &pin(MANAGER_PIN), at(0)).unwrap();
    store.ledger.mark_sent(&refund.reference, at(1)).unwrap();
    store.ledger.settle(&refund.reference, &unknown(), at(2)).unwrap();
    let other = store.other_manager.clone();
    let word = word(Verdict::Refunded);
    let own =
        store.ledger.decide(&refund.reference, &word, &other, &pin(OTHER_MANAGER_PIN), at(LATER)).map(|r| r.state);
    assert_eq!(own, not_theirs);
}

#[test]
fn a_cashier_who_may_confirm_alone_decides_nothing() {
    let alone = Policy { cashier_alone_up_to: Some(usd(5000)), ..policy() };
    let mut store = Store::with(LedgerSettings { policy: alone, ..settings() });
    let reference = in_state(&mut store, RefundState::Unknown).reference;
    let cashier = store.cashier.clone();
    let own = store.ledger.decide(&reference, &word(Verdict::Refunded), &cashier, &pin(CASHIER_PIN), at(LATER));
    assert_eq!(own, Err(ApproveError::Record(RecordError::Refused(Refusal::NotYourApproval))));
}

#[test]
fn the_database_refuses_each_decision_that_is_not_on_record() {
    #[track_caller]
    fn refused(store: &Store, rule: &str, sql: &str) {
        let error = store.raw().execute_batch(sql).expect_err(sql).to_string();
        // Where several rules refuse it, which one speaks is the database's choice.
        assert!(rule.split('|').any(|rule| error.contains(rule)), "{sql}: {error}");
    }
    const BY_HAND: &str = "decided_by = approver, decided_reason = 'x', decided_evidence = 'y', decided_at = 1";
    let not_on_record = "not on record";
    for state in [RefundState::Unknown, RefundState::Pending, RefundState::NotExecuted] {
        let mut store = Store::new();
        in_state(&mut store, state);
        let to = "UPDATE refunds SET state = 'refunded', outcome = 'refunded', decision = 'refunded'";
        refused(&store, not_on_record, &format!("{to}, {BY_HAND}"));
    }
    let mut store = Store::new();
    in_state(&mut store, RefundState::Pending);
    refused(&store, "only a person", "UPDATE refunds SET state = 'not_executed', outcome = 'not_executed'");
    refused(
        &store,
        not_on_record,
        &format!("UPDATE refunds SET decision = 'pending', {BY_HAND}").replace("'pending'", "'refunded'"),
    );
    for state in [RefundState::NotSent, RefundState::Declined, RefundState::Abandoned] {
        let mut store = Store::new();
        let reference = in_state(&mut store, state).reference;
        let to = "UPDATE refunds SET state = 'refunded', outcome = 'refunded', decision = NULL";
        refused(&store, "is kept|only a person|reports no such refund", to);
        // With a decision on record, but nothing that the gateway reports.
        let row = format!(
            "INSERT INTO refund_decisions SELECT '{reference}', count(*) + 1, 1, 'refunded', '{state}',
                 (SELECT approver FROM refunds), 'x', 'y', 1 FROM refund_decisions;
             UPDATE refunds SET state = 'refunded', outcome = 'refunded', outcome_cause = NULL, outcome_code = NULL,
                 decision = 'refunded', {BY_HAND}"
        );
        refused(&store, "reports no such refund", &row);
    }
    let mut store = Store::new();
    let reference = denied(&mut store);
    refused(&store, "is kept", "UPDATE refunds SET state = 'refunded', outcome = 'refunded', decision = NULL");
    refused(&store, "is kept", "UPDATE refunds SET decision = NULL, decided_by = NULL, decided_at = NULL");
    refused(&store, "never changed", "UPDATE refund_decisions SET reason = 'another'");
    refused(&store, "never deleted", "DELETE FROM refund_decisions");
    let skipped = "INSERT INTO refund_decisions SELECT reference, 7, attempt, kind, before, decided_by, reason,
                       evidence, decided_at FROM refund_decisions";
    refused(&store, "follows the last", skipped);
    show(&mut store, &reference, &found(), LATER + 1);
    refused(
        &store,
        "until a manager has looked",
        "UPDATE refunds SET contradicted = NULL, contradicted_at = NULL, contradicted_after = NULL",
    );
    let sent = "UPDATE refunds SET state = 'sent', outcome = NULL, decision = NULL";
    refused(&store, "is not sent", sent);
}

#[test]
fn the_history_tells_every_move_with_who_and_why() {
    let mut store = Store::new();
    let reference = in_state(&mut store, RefundState::Unknown).reference;
    show(&mut store, &reference, &QueryEvidence::NotFound, 5);
    decide(&mut store, &reference, Verdict::NotExecuted, LATER).unwrap();
    send_again(&mut store, &reference, LATER + 1).unwrap();
    store.ledger.settle(&reference, &refunded(), at(LATER + 2)).unwrap();
    let history = store.ledger.history(&reference).unwrap();
    let (cashier, manager) = (Some(store.cashier.clone()), Some(store.manager.clone()));
    let told: Vec<_> = history.into_iter().map(|entry| (entry.at, entry.who, entry.step)).collect();
    let moved =
        |to, number: Option<&str>| HistoryStep::Moved { to, code: None, gateway_refund_no: number.map(str::to_owned) };
    let word = word(Verdict::NotExecuted);
    assert_eq!(
        told,
        [
            (at(0), cashier, HistoryStep::Prepared),
            (at(1), None, HistoryStep::Sent),
            (at(2), None, moved(RefundState::Unknown, None)),
            (at(5), None, HistoryStep::NotFound { answers: 1 }),
            (
                at(LATER),
                manager.clone(),
                HistoryStep::MovedByHand {
                    to: RefundState::NotExecuted,
                    reason: Some(word.reason),
                    evidence: Some(word.evidence)
                }
            ),
            (at(LATER + 1), manager, HistoryStep::SentAgain { reason: Some(reason("they wait")) }),
            (at(LATER + 2), None, moved(RefundState::Refunded, Some("297553638302358781"))),
        ]
    );
}

#[test]
fn what_wants_attention_and_what_is_doubtful_is_found_without_reading_everything() {
    let mut store = Store::new();
    let waiting = in_state(&mut store, RefundState::NotExecuted).reference;
    let decided = store.sent(100, at(LATER)).reference;
    store.ledger.settle(&decided, &unknown(), at(LATER + 1)).unwrap();
    decide(&mut store, &decided, Verdict::Refunded, LATER + 2).unwrap();
    let done = store.sent(200, at(LATER + 3)).reference;
    store.ledger.settle(&done, &refunded(), at(LATER + 4)).unwrap();
    let names = |refunds: Vec<Refund>| refunds.into_iter().map(|refund| refund.reference).collect::<Vec<_>>();
    assert_eq!(names(store.ledger.wanting_attention().unwrap()), std::slice::from_ref(&waiting));
    assert_eq!(names(store.ledger.doubtful(at(0)).unwrap()), [decided.clone(), waiting.clone()]);
    assert_eq!(names(store.ledger.doubtful(at(LATER + 2)).unwrap()), std::slice::from_ref(&decided));
    show(&mut store, &decided, &QueryEvidence::Otherwise, LATER + 5);
    assert_eq!(names(store.ledger.wanting_attention().unwrap()), [decided.clone(), waiting.clone()]);
    assert_eq!(names(store.ledger.doubtful(at(0)).unwrap()), std::slice::from_ref(&waiting));
    let mut seen = vec![];
    store
        .ledger
        .walk_refunds(&mut |refund| {
            seen.push(refund.reference);
            seen.len() < 2
        })
        .unwrap();
    assert_eq!(seen, [done, decided]);
}

#[test]
fn a_ledger_of_the_first_version_moves_up_with_what_was_given_up() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let old = raw(&path);
    old.execute_batch(include_str!("../src/ledger/schema_v1.sql")).unwrap();
    old.execute_batch(
        "PRAGMA application_id = 0x546C626B; PRAGMA user_version = 1;
         INSERT INTO meta VALUES ('mode', 'real');
         INSERT INTO operators VALUES ('01JD9K7R2W8M4Q6X0000000001', 'Ana', 'cashier', '$argon2id$x', 1, 0, 0);
         INSERT INTO sales (id, transaction_no, paid_minor, currency, settle_currency, status, origin, till, imported_at, updated_at)
             VALUES ('01JD9K7R2W8M4Q6X0000000002', '297553638301777927', 3990, 'USD', 'USD', 'success', 'import', 'F', 0, 0);
         INSERT INTO approvals VALUES ('01JD9K7R2W8M4Q6X0000000003', '01JD9K7R2W8M4Q6X0000000002', 'transaction',
             '297553638301777927', 100, 'USD', 'USD', 'Damaged', '01JD9K7R2W8M4Q6X0000000001',
             '01JD9K7R2W8M4Q6X0000000001', 3990, 0, 1, 'F-1', 1);
         INSERT INTO refunds (reference, sale_id, key_kind, key_text, amount_minor, currency, settle_currency, reason,
                 requester, approver, approval_id, attempt, state, training, till, created_at, updated_at)
             VALUES ('F-1', '01JD9K7R2W8M4Q6X0000000002', 'transaction', '297553638301777927', 100, 'USD', 'USD',
                 'Damaged', '01JD9K7R2W8M4Q6X0000000001', '01JD9K7R2W8M4Q6X0000000001',
                 '01JD9K7R2W8M4Q6X0000000003', 1, 'prepared', 0, 'F', 5, 5);
         UPDATE refunds SET state = 'not_sent', outcome = 'not_sent', outcome_cause = 'unreachable', updated_at = 6;
         UPDATE refunds SET state = 'abandoned', decided_by = requester, decided_reason = 'they left', updated_at = 7;",
    )
    .unwrap();
    drop(old);
    // A command that only reads brings it up first.
    let ledger = Ledger::open_read_only(&path, settings()).unwrap();
    let reference = RefundReference::parse("F-1").unwrap();
    let refund = ledger.refund(&reference).unwrap();
    let decision = refund.decision.unwrap();
    assert_eq!((refund.state, refund.attempt), (RefundState::Abandoned, 1));
    assert_eq!((decision.kind, decision.reason, decision.at.ms()), (DecisionKind::Abandoned, reason("they left"), 7));
    let rows: i64 = raw(&path).query_row("SELECT count(*) FROM refund_decisions", [], |row| row.get(0)).unwrap();
    assert_eq!(rows, 1);
}

/// What the gateway lists as refused may be the request before: it says nothing of the one that is under way.
#[test]
fn a_refusal_that_is_listed_settles_the_first_request_alone() {
    let mut store = Store::new();
    let first = store.sent(1000, at(0)).reference;
    assert_eq!(show(&mut store, &first, &QueryEvidence::Refused, 1).state, RefundState::Declined);
    let mut store = Store::new();
    let reference = in_state(&mut store, RefundState::NotExecuted).reference;
    let (manager, pin) = (store.manager.clone(), pin(MANAGER_PIN));
    store.ledger.send_again(&reference, &manager, &pin, &reason("again"), at(LATER)).unwrap();
    assert_eq!(show(&mut store, &reference, &QueryEvidence::Refused, LATER + 1).state, RefundState::Sent);
    assert_eq!(show(&mut store, &reference, &found(), LATER + 2).state, RefundState::Refunded);
}
