//! The client against the sandbox: every fault of the design's T4, with the gateway executing and not executing.
//!
//! **One request each, whatever happens**, and the book shows what the gateway did, which is never what the client
//! may conclude from a fault.

use std::time::Duration;

use super::*;
use crate::domain::*;
use crate::ledger::Recorded;
use crate::sandbox::{
    Call, EchoField, ErrorBody, Fault, Injection, SAMPLE_MERCHANT_NO, SAMPLE_STORE_NO, SAMPLE_TOKEN, Sandbox,
    SandboxHandle, SandboxSale, SandboxSettings,
};

const NUMBER: &str = "297553638301777927";
const REFERENCE: &str = "test20200101306";
const REFUND_REFERENCE: &str = "refund2020101305";

fn usd(minor: i64) -> Money {
    Money::from_minor(minor, Currency::USD).unwrap()
}

fn key() -> SaleKey {
    SaleKey::Transaction(TransactionNo::parse(NUMBER).unwrap())
}

fn recorded_for(key: SaleKey, amount: Money) -> Recorded {
    Recorded::for_test(RefundReference::parse(REFUND_REFERENCE).unwrap(), key, amount, Currency::USD)
}

fn recorded() -> Recorded {
    recorded_for(key(), usd(1))
}

fn start() -> SandboxHandle {
    let reference = InvoiceReference::parse(REFERENCE).unwrap();
    let sale = SandboxSale::paid(TransactionNo::parse(NUMBER).unwrap(), Some(reference), usd(3990));
    Sandbox::start(SandboxSettings { sales: vec![sale], ..SandboxSettings::default() }).unwrap()
}

fn settings(sandbox: &SandboxHandle) -> ClientSettings {
    let environment = Environment::parse(&sandbox.url()).unwrap();
    let token = ApiToken::parse(SAMPLE_TOKEN).unwrap();
    ClientSettings {
        loopback_only: true,
        ..ClientSettings::new(environment, SAMPLE_MERCHANT_NO, SAMPLE_STORE_NO, token)
    }
}

/// A client that waits long, except for answers that never come.
fn client(sandbox: &SandboxHandle, fault: &Fault) -> Client {
    let never = matches!(fault, Fault::NeverAnswer | Fault::StalledBody | Fault::SlowTrickle { .. });
    let total_timeout = if never { Duration::from_millis(300) } else { Duration::from_secs(20) };
    Client::new(ClientSettings { total_timeout, ..settings(sandbox) }).unwrap()
}

fn short(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Refunded { .. } => "refunded".to_owned(),
        Outcome::Declined { cause, code } => format!("declined {} {code}", cause.as_str()),
        Outcome::Pending => "pending".to_owned(),
        Outcome::Unknown { cause, code: Some(code) } => format!("unknown {} {code}", cause.as_str()),
        Outcome::Unknown { cause, code: None } => format!("unknown {}", cause.as_str()),
        Outcome::NotSent { cause } => format!("not sent {}", cause.as_str()),
        Outcome::NotExecuted => "not executed".to_owned(),
    }
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
    }
}

#[test]
fn broken_connections() {
    check(Fault::ResetMidRequest, "unknown connection_lost");
    check(Fault::ResetAfterRequest, "unknown connection_lost");
    check(Fault::HangUp, "unknown connection_lost");
    check(Fault::TruncatedBody, "unknown connection_lost");
    check(Fault::LengthTooLong, "unknown connection_lost");
    check(Fault::LengthTooShort, "unknown unreadable HTTP 200");
}

#[test]
fn answers_that_do_not_come() {
    check(Fault::NeverAnswer, "unknown timed_out");
    check(Fault::StalledBody, "unknown timed_out");
    check(Fault::SlowTrickle { interval_ms: 50 }, "unknown timed_out");
}

#[test]
fn server_errors() {
    for status in [500, 502, 503, 504] {
        for body in [ErrorBody::Empty, ErrorBody::Html, ErrorBody::Json] {
            check(Fault::Status { status, body }, &format!("unknown gateway_error HTTP {status}"));
        }
    }
}

#[test]
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

#[test]
fn redirects_are_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        check(Fault::Redirect { status }, &format!("unknown unreadable HTTP {status}"));
    }
}

#[test]
fn bodies_that_are_no_answer() {
    check(Fault::HtmlOk, "unknown unreadable HTTP 200");
    check(Fault::MalformedJson, "unknown unreadable HTTP 200");
    check(Fault::NotHttp, "unknown unreadable");
    check(Fault::HugeBody, "unknown unreadable");
    check(Fault::CompressedBomb, "unknown unreadable HTTP 200");
}

#[test]
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

#[test]
fn echoes() {
    use EchoField as E;
    for field in [E::Amount, E::TransactionNo, E::RefundReference, E::Currency] {
        check(Fault::WrongEcho { field }, "unknown mismatch 000100");
        check(Fault::MissingEcho { field }, "unknown mismatch 000100");
    }
    check(Fault::WrongEcho { field: E::Status }, "unknown unheard_of 000100");
    check(Fault::MissingEcho { field: E::Status }, "unknown mismatch 000100");
}

#[test]
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

#[test]
fn a_refund_on_the_wire_is_the_published_request() {
    let sandbox = start();
    let client = Client::new(settings(&sandbox)).unwrap();
    assert_eq!(short(&client.send_refund(recorded())), "refunded");
    let [request] = &sandbox.requests()[..] else { panic!("one request") };
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/app-data-search/v3/refund"));
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("content-length"), Some(request.body.len().to_string().as_str()));
    for absent in ["authorization", "accept-encoding", "cookie", "referer", "expect", "transfer-encoding"] {
        assert_eq!(request.header(absent), None);
    }
    let expected = concat!(
        r#"{"merchantNo":"200043","storeNo":"300014","refundAmount":"0.01","currency":"USD","settleCurrency":"USD","#,
        r#""transactionNo":"297553638301777927","refundReference":"refund2020101305","#,
        r#""verifySign":"dd81f7781603bec48ae2c6a9ac758bf2"}"#
    );
    assert_eq!(String::from_utf8_lossy(&request.body), expected);
}

#[test]
fn a_sale_without_a_number_goes_by_its_reference_alone() {
    let sandbox = start();
    let key = SaleKey::Reference(InvoiceReference::parse(REFERENCE).unwrap());
    let client = Client::new(settings(&sandbox)).unwrap();
    assert_eq!(short(&client.send_refund(recorded_for(key.clone(), usd(3990)))), "refunded");
    let body = String::from_utf8_lossy(&sandbox.requests()[0].body).into_owned();
    assert!(body.contains(r#""reference":"test20200101306""#) && !body.contains("transactionNo"), "{body}");
    assert!(matches!(client.query(&key), QueryAnswer::Found(_)));
}

#[test]
fn nothing_is_not_refunded() {
    let sandbox = start();
    let outcome = Client::new(settings(&sandbox)).unwrap().send_refund(recorded_for(key(), usd(0)));
    assert_eq!(short(&outcome), "not sent configuration");
    assert!(sandbox.requests().is_empty());
}

#[test]
fn an_unknown_refund_is_found_by_query() {
    let sandbox = start();
    sandbox.inject(Injection::on_refund(Fault::ResetAfterRequest).executing(true).hidden_for(2));
    let client = Client::new(settings(&sandbox)).unwrap();
    assert_eq!(short(&client.send_refund(recorded())), "unknown connection_lost");
    let evidence = || match client.query(&key()) {
        QueryAnswer::Found(sale) => sale.evidence_of(&RefundReference::parse(REFUND_REFERENCE).unwrap(), usd(1)),
        other => panic!("{other:?}"),
    };
    assert_eq!(evidence(), Evidence::NotThere);
    assert_eq!(evidence(), Evidence::NotThere);
    assert_eq!(evidence(), Evidence::Executed { gateway_refund_no: Some("330000000000000001".to_owned()) });
}

#[test]
fn a_pending_refund_ends_by_query() {
    for (becomes, expected) in [("success", "Executed"), ("failed", "Failed")] {
        let sandbox = start();
        let fault = Fault::NotFinal { status: "pending".to_owned(), for_queries: 2, becomes: Some(becomes.to_owned()) };
        sandbox.inject(Injection::on_refund(fault).executing(true));
        let client = Client::new(settings(&sandbox)).unwrap();
        assert_eq!(client.send_refund(recorded()), Outcome::Pending);
        let evidence = || match client.query(&key()) {
            QueryAnswer::Found(sale) => sale.evidence_of(&RefundReference::parse(REFUND_REFERENCE).unwrap(), usd(1)),
            other => panic!("{other:?}"),
        };
        assert_eq!([evidence(), evidence()], [Evidence::InProgress, Evidence::InProgress]);
        assert!(format!("{:?}", evidence()).starts_with(expected));
    }
}

/// One way for a query to fail; it is asked once, and says nothing about any refund.
#[track_caller]
fn check_query(fault: Fault, expected: QueryFailure) {
    let sandbox = start();
    sandbox.inject(Injection::on_query(fault.clone()).times(9));
    let answer = client(&sandbox, &fault).query(&key());
    assert_eq!(answer, QueryAnswer::Failed(expected), "{fault:?}");
    assert_eq!(sandbox.requests().len(), 1, "{fault:?}");
}

#[test]
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

#[test]
fn credentials_and_reachability() {
    let sandbox = start();
    let client = Client::new(settings(&sandbox)).unwrap();
    assert_eq!(client.ping(), Reachability::Reachable);
    assert!(sandbox.requests().is_empty());
    assert_eq!(client.check_credentials(), CredentialCheck::Accepted);
    let wrong = ClientSettings { token: ApiToken::parse("0123456789").unwrap(), ..settings(&sandbox) };
    assert_eq!(Client::new(wrong).unwrap().check_credentials(), CredentialCheck::Refused);
    sandbox.inject(Injection { on: Call::Query, ..Injection::on_refund(Fault::HangUp) });
    assert_eq!(client.check_credentials(), CredentialCheck::Unclear(QueryFailure::NoAnswer));
    assert!(sandbox.book().is_empty());
}

#[test]
fn training_reaches_this_machine_and_no_other() {
    let sandbox = start();
    for word in ["production", "sandbox", "sandbox-old"] {
        let environment = Environment::parse(word).unwrap();
        let result = Client::new(ClientSettings { environment, ..settings(&sandbox) });
        assert_eq!(result.map(|_| ()), Err(ClientError::NotLoopback), "{word}");
    }
    for (merchant_no, store_no) in [("", "1"), ("1", ""), ("a&b", "1"), ("1", "1 2")] {
        let [merchant_no, store_no] = [merchant_no, store_no].map(str::to_owned);
        let result = Client::new(ClientSettings { merchant_no, store_no, ..settings(&sandbox) });
        assert_eq!(result.map(|_| ()), Err(ClientError::Numbers));
    }
}

#[test]
fn the_token_is_in_nothing_that_can_be_printed() {
    let sandbox = start();
    let settings = settings(&sandbox);
    let client = Client::new(settings.clone()).unwrap();
    let printed = format!("{settings:?} {client:?} {:?}", client.query(&key()));
    assert!(!printed.contains(SAMPLE_TOKEN));
    let sent = format!("{:?}", sandbox.requests());
    assert!(!sent.contains(SAMPLE_TOKEN));
}
