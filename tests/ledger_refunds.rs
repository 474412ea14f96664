//! A refund's life on disk: approval, recording, sending, settling, crash and resolution.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod ledger_support;

use ledger_support::*;
use tillback::domain::refund::RefundMove;
use tillback::domain::{
    Currency, DeclineCause, Intention, NotSentCause, Outcome, Refund, RefundState, Refusal, SaleKey, UnknownCause,
};
use tillback::ledger::{ApproveError, Ledger, PinRefusal, QueryEvidence, RecordError, RefundFilter, ReportedRefund};

fn refunded() -> Outcome {
    Outcome::Refunded { gateway_refund_no: Some("297553638302358781".to_owned()) }
}

fn declined() -> Outcome {
    Outcome::Declined { cause: DeclineCause::SaleStatus, code: "000040".to_owned() }
}

fn unknown() -> Outcome {
    Outcome::Unknown { cause: UnknownCause::TimedOut, code: None }
}

fn not_sent() -> Outcome {
    Outcome::NotSent { cause: NotSentCause::Unreachable }
}

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
