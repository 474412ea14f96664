//! The client against the sandbox: what is sent, what is asked, and what cannot be reached from training. Every way to
//! fail is in `fault_tests`.

use super::*;
use crate::domain::*;
use crate::ledger::Recorded;
use crate::sandbox::{
    Call, Fault, Injection, SAMPLE_MERCHANT_NO, SAMPLE_STORE_NO, SAMPLE_TOKEN, Sandbox, SandboxHandle, SandboxSale,
    SandboxSettings,
};

pub(super) const NUMBER: &str = "297553638301777927";
const REFERENCE: &str = "test20200101306";
const REFUND_REFERENCE: &str = "refund2020101305";

pub(super) fn usd(minor: i64) -> Money {
    Money::from_minor(minor, Currency::USD).unwrap()
}

pub(super) fn key() -> SaleKey {
    SaleKey::Transaction(TransactionNo::parse(NUMBER).unwrap())
}

pub(super) fn recorded_for(key: SaleKey, amount: Money) -> Recorded {
    Recorded::for_test(RefundReference::parse(REFUND_REFERENCE).unwrap(), key, amount, Currency::USD)
}

pub(super) fn recorded() -> Recorded {
    recorded_for(key(), usd(1))
}

pub(super) fn start() -> SandboxHandle {
    let reference = InvoiceReference::parse(REFERENCE).unwrap();
    let sale = SandboxSale::paid(TransactionNo::parse(NUMBER).unwrap(), Some(reference), usd(3990));
    Sandbox::start(SandboxSettings { sales: vec![sale], ..SandboxSettings::default() }).unwrap()
}

pub(super) fn settings(sandbox: &SandboxHandle) -> ClientSettings {
    let environment = Environment::parse(&sandbox.url()).unwrap();
    let token = ApiToken::parse(SAMPLE_TOKEN).unwrap();
    ClientSettings {
        loopback_only: true,
        ..ClientSettings::new(environment, SAMPLE_MERCHANT_NO, SAMPLE_STORE_NO, token)
    }
}

pub(super) fn short(outcome: &Outcome) -> String {
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
