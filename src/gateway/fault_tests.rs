//! T4: every way for an exchange to fail, with the gateway executing and not executing; the query in each way too.
//!
//! **One request each, whatever happens**, and the book shows what the gateway did, which is never what the client may
//! conclude from a fault: **before the first byte NotSent, after it Unknown, and Declined by definite codes alone.** The
//! failures before the first byte are made in `connect_tests`. One test, so that it can count its cells.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::client_tests::*;
use super::connect_tests;
use super::*;
use crate::sandbox::{EchoField, ErrorBody, Fault, Injection, SandboxHandle};

/// Cells that held so far.
static CELLS: AtomicU32 = AtomicU32::new(0);

pub(super) fn cell() {
    CELLS.fetch_add(1, Ordering::Relaxed);
}

/// What fails together, by the design's list.
const GROUPS: [fn(); 12] = [
    connect_tests::before_the_first_byte,
    broken_connections,
    answers_that_do_not_come,
    server_errors,
    client_errors,
    redirects_are_not_followed,
    accepted_without_an_answer,
    bodies_that_are_no_answer,
    return_codes,
    echoes,
    statuses,
    queries_fail_in_each_way_too,
];

#[test]
fn every_fault_of_the_list() {
    std::thread::scope(|scope| {
        for group in GROUPS {
            scope.spawn(group);
        }
    });
    let cells = CELLS.load(Ordering::Relaxed);
    println!("T4: {cells} cells, {cells} passed");
    // More than the design asks for; a group that is lost on the way is noticed.
    assert!(cells >= 300, "{cells}");
}

/// A client that waits long, except for answers that never come.
fn client(sandbox: &SandboxHandle, fault: &Fault) -> Client {
    let never = matches!(fault, Fault::NeverAnswer | Fault::StalledBody | Fault::SlowTrickle { .. });
    let total_timeout = if never { Duration::from_millis(300) } else { Duration::from_secs(20) };
    Client::new(ClientSettings { total_timeout, ..settings(sandbox) }).unwrap()
}

/// Two cells: the fault with the gateway executing, and not.
#[track_caller]
fn check(fault: Fault, expected: &str) {
    for execute in [true, false] {
        let sandbox = start();
        // Played as often as asked: a client that tried again would find the same fault and a second line in the book.
        sandbox.inject(Injection::on_refund(fault.clone()).executing(execute).times(9));
        let outcome = client(&sandbox, &fault).send_refund(recorded());
        assert_eq!(short(&outcome), expected, "{fault:?}, executing: {execute}");
        assert_eq!(sandbox.requests().len(), 1, "{fault:?}, executing: {execute}");
        assert_eq!(sandbox.book().len(), usize::from(execute), "{fault:?}, executing: {execute}");
        cell();
    }
}

fn broken_connections() {
    check(Fault::ResetMidRequest, "unknown connection_lost");
    check(Fault::ResetAfterRequest, "unknown connection_lost");
    check(Fault::HangUp, "unknown connection_lost");
    check(Fault::TruncatedBody, "unknown connection_lost");
    check(Fault::LengthTooLong, "unknown connection_lost");
    check(Fault::LengthTooShort, "unknown unreadable HTTP 200");
}

fn answers_that_do_not_come() {
    check(Fault::NeverAnswer, "unknown timed_out");
    check(Fault::StalledBody, "unknown timed_out");
    check(Fault::SlowTrickle { interval_ms: 50 }, "unknown timed_out");
}

fn server_errors() {
    for status in [500, 502, 503, 504] {
        for body in [ErrorBody::Empty, ErrorBody::Html, ErrorBody::Json] {
            check(Fault::Status { status, body }, &format!("unknown gateway_error HTTP {status}"));
        }
    }
}

fn client_errors() {
    for status in [400, 401, 403, 404] {
        for body in [ErrorBody::Empty, ErrorBody::Html] {
            check(Fault::Status { status, body }, &format!("unknown unreadable HTTP {status}"));
        }
        check(Fault::Status { status, body: ErrorBody::Json }, &format!("unknown unheard_of HTTP {status}"));
    }
    for body in [ErrorBody::Empty, ErrorBody::Html, ErrorBody::Json] {
        check(Fault::Status { status: 429, body }, "unknown unreadable HTTP 429");
    }
}

fn redirects_are_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        check(Fault::Redirect { status }, &format!("unknown unreadable HTTP {status}"));
    }
}

fn accepted_without_an_answer() {
    for status in [201, 202] {
        check(Fault::Status { status, body: ErrorBody::Json }, &format!("unknown unheard_of HTTP {status}"));
        check(Fault::Status { status, body: ErrorBody::Empty }, &format!("unknown unreadable HTTP {status}"));
    }
}

fn bodies_that_are_no_answer() {
    check(Fault::HtmlOk, "unknown unreadable HTTP 200");
    check(Fault::MalformedJson, "unknown unreadable HTTP 200");
    check(Fault::NotHttp, "unknown unreadable");
    check(Fault::HugeBody, "unknown unreadable");
    check(Fault::CompressedBomb, "unknown unreadable HTTP 200");
}

fn return_codes() {
    let code = |code: &str| Fault::RetCode { code: code.to_owned() };
    for word in ["000010", "000020", "000022", "000023"] {
        check(code(word), &format!("declined bad_request {word}"));
    }
    check(code("000021"), "declined no_such_sale 000021");
    check(code("000030"), "declined access_denied 000030");
    check(code("000040"), "declined sale_status 000040");
    check(code("000000"), "unknown gateway_error 000000");
    check(code("000080"), "unknown gateway_error 000080");
    check(code("000077"), "unknown unheard_of 000077");
    check(code("000100"), "unknown mismatch 000100");
    check(code(""), "unknown unreadable HTTP 200");
}

fn echoes() {
    use EchoField as E;
    for field in [E::Amount, E::TransactionNo, E::RefundReference, E::Currency] {
        check(Fault::WrongEcho { field }, "unknown mismatch 000100");
        check(Fault::MissingEcho { field }, "unknown mismatch 000100");
    }
    check(Fault::WrongEcho { field: E::Status }, "unknown unheard_of 000100");
    check(Fault::MissingEcho { field: E::Status }, "unknown mismatch 000100");
}

fn statuses() {
    let status = |word: &str| Fault::NotFinal { status: word.to_owned(), for_queries: 1, becomes: None };
    for word in ["pending", "dealing", "init"] {
        check(status(word), "pending");
    }
    for word in ["failed", "closed"] {
        check(status(word), &format!("declined wallet {word}"));
    }
    check(Fault::Honest, "refunded");
}

/// Two cells: the query about a refund that was executed, and about one that was not. It is asked once, and says nothing
/// about any refund.
#[track_caller]
fn check_query(fault: Fault, expected: QueryFailure) {
    for execute in [true, false] {
        let sandbox = start();
        sandbox.inject(Injection::on_refund(Fault::ResetAfterRequest).executing(execute));
        let sent = client(&sandbox, &Fault::ResetAfterRequest).send_refund(recorded());
        assert_eq!(short(&sent), "unknown connection_lost");
        sandbox.inject(Injection::on_query(fault.clone()).times(9));
        let answer = client(&sandbox, &fault).query(&key());
        assert_eq!(answer, QueryAnswer::Failed(expected.clone()), "{fault:?}, executed: {execute}");
        assert_eq!(sandbox.requests().len(), 2, "{fault:?}, executed: {execute}");
        assert_eq!(sandbox.book().len(), usize::from(execute), "{fault:?}, executed: {execute}");
        cell();
    }
}

fn queries_fail_in_each_way_too() {
    use QueryFailure as F;
    for fault in [Fault::ResetMidRequest, Fault::ResetAfterRequest, Fault::HangUp, Fault::TruncatedBody] {
        check_query(fault, F::NoAnswer);
    }
    for fault in [Fault::NeverAnswer, Fault::StalledBody, Fault::SlowTrickle { interval_ms: 50 }, Fault::LengthTooLong]
    {
        check_query(fault, F::NoAnswer);
    }
    for fault in [Fault::LengthTooShort, Fault::HtmlOk, Fault::MalformedJson, Fault::NotHttp] {
        check_query(fault, F::Unreadable);
    }
    check_query(Fault::HugeBody, F::Unreadable);
    check_query(Fault::CompressedBomb, F::Unreadable);
    for status in [400, 401, 403, 404, 429, 500, 502, 503, 504] {
        for body in [ErrorBody::Empty, ErrorBody::Html, ErrorBody::Json] {
            check_query(Fault::Status { status, body }, F::Gateway(format!("HTTP {status}")));
        }
    }
    for status in [301, 302, 303, 307, 308] {
        check_query(Fault::Redirect { status }, F::Gateway(format!("HTTP {status}")));
    }
    let code = |code: &str| Fault::RetCode { code: code.to_owned() };
    for word in ["000000", "000010", "000020", "000022", "000023", "000040", "000080", "000077"] {
        check_query(code(word), F::Gateway(word.to_owned()));
    }
    check_query(code("000030"), F::AccessDenied);
    check_query(Fault::WrongEcho { field: EchoField::TransactionNo }, F::Mismatch);
    check_query(Fault::MissingEcho { field: EchoField::TransactionNo }, F::Mismatch);
    check_query(Fault::WrongEcho { field: EchoField::Status }, F::Unreadable);
    check_query(Fault::MissingEcho { field: EchoField::Status }, F::Unreadable);
    check_query(Fault::MissingEcho { field: EchoField::Currency }, F::Unreadable);
    check_query(Fault::MissingEcho { field: EchoField::Amount }, F::Unreadable);
}
