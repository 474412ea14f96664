//! The sandbox, spoken to as a script would: plain sockets and its control paths.

// clippy.toml lets tests unwrap, but clippy does not see that the helpers here are part of one.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::io::{Read, Write};
use std::net::TcpStream;

use tillback::domain::{Currency, InvoiceReference, Money, SaleStatus, TransactionNo};
use tillback::gateway::{ApiToken, verify_sign};
use tillback::sandbox::*;

const NUMBER: &str = "297553638301777927";

fn usd(minor: i64) -> Money {
    Money::from_minor(minor, Currency::USD).unwrap()
}

fn sale() -> SandboxSale {
    let reference = InvoiceReference::parse("test20200101306").unwrap();
    SandboxSale::paid(TransactionNo::parse(NUMBER).unwrap(), Some(reference), usd(3990))
}

fn start(settings: SandboxSettings) -> SandboxHandle {
    Sandbox::start(SandboxSettings { sales: vec![sale()], ..settings }).unwrap()
}

/// Sends bytes and gives back everything that comes.
fn exchange(sandbox: &SandboxHandle, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(sandbox.addr()).unwrap();
    stream.write_all(bytes).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn send(sandbox: &SandboxHandle, method: &str, path: &str, body: &str) -> serde_json::Value {
    let request = format!("{method} {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    let answer = exchange(sandbox, request.as_bytes());
    serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
}

/// A call with these parameters, signed.
fn call(sandbox: &SandboxHandle, path: &str, parameters: &str) -> serde_json::Value {
    let mut pairs: Vec<(&str, &str)> =
        parameters.split_whitespace().map(|pair| pair.split_once('=').unwrap()).collect();
    let signature = verify_sign(pairs.clone(), &ApiToken::parse(SAMPLE_TOKEN).unwrap());
    if !pairs.iter().any(|(name, _)| *name == "verifySign") {
        pairs.push(("verifySign", &signature));
    }
    let body: serde_json::Map<String, serde_json::Value> =
        pairs.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
    send(sandbox, "POST", path, &serde_json::Value::Object(body).to_string())
}

const REFUND: &str = "/app-data-search/v3/refund";
const QUERY: &str = "/app-data-search/v3/tran-query";
const STORE: &str = "merchantNo=200043 storeNo=300014";

#[track_caller]
fn check_code(path: &str, parameters: &str, expected: &str) {
    let sandbox = start(SandboxSettings::default());
    let answer = call(&sandbox, path, parameters);
    assert_eq!(answer["ret_code"], expected, "{parameters}: {answer}");
    assert_eq!(sandbox.book().len(), usize::from(expected == "000100" && path == REFUND), "{parameters}");
}

#[test]
fn refunds_are_checked_in_the_published_order() {
    let good = format!("{STORE} refundAmount=0.01 currency=USD settleCurrency=USD refundReference=r1");
    check_code(REFUND, &format!("{good} transactionNo={NUMBER}"), "000100");
    check_code(REFUND, &format!("{good} reference=test20200101306"), "000100");
    check_code(REFUND, &format!("{good} transactionNo={NUMBER} reference=test20200101306"), "000022");
    check_code(REFUND, &good, "000022");
    check_code(REFUND, &format!("{good} transactionNo=297553638301777928"), "000021");
    check_code(REFUND, &format!("{good} transactionNo=nonsense"), "000021");
    check_code(REFUND, &format!("{good} transactionNo={NUMBER} verifySign=00"), "000030");
    check_code(REFUND, &format!("{good} transactionNo={NUMBER}").replace("300014", "303660"), "000030");
    check_code(REFUND, &format!("{good} transactionNo={NUMBER}").replace("200043", "200044"), "000030");
    for missing in ["refundAmount", "currency", "settleCurrency", "refundReference", "merchantNo", "storeNo"] {
        let without = format!("{good} transactionNo={NUMBER}").replace(&format!("{missing}="), &format!("x{missing}="));
        check_code(REFUND, &without, "000020");
    }
    for (amount, expected) in [
        ("0", "000023"),
        ("-1", "000023"),
        ("0.001", "000023"),
        ("ten", "000023"),
        ("39.90", "000100"),
        ("39.91", "000040"),
    ] {
        check_code(REFUND, &format!("{good} transactionNo={NUMBER}").replace("0.01", amount), expected);
    }
    check_code(REFUND, &format!("{good} transactionNo={NUMBER}").replace("currency=USD", "currency=KRW"), "000023");
    check_code(REFUND, &format!("{good} transactionNo={NUMBER}").replacen("currency=USD", "currency=GBP", 1), "000022");
    check_code(REFUND, &format!("{good} transactionNo={NUMBER}").replacen("currency=USD", "currency=XYZ", 1), "000023");
    check_code(QUERY, &format!("{STORE} transactionNo={NUMBER}"), "000100");
    check_code(QUERY, &format!("{STORE} transactionNo=297553638301777928"), "000021");
    check_code(QUERY, STORE, "000022");
}

#[test]
fn a_sale_that_is_not_paid_is_not_refunded_and_nothing_goes_over() {
    let sandbox = start(SandboxSettings::default());
    let refund = |amount: &str, reference: &str| {
        let parameters =
            format!("{STORE} refundAmount={amount} currency=USD settleCurrency=USD transactionNo={NUMBER}");
        call(&sandbox, REFUND, &format!("{parameters} refundReference={reference}"))["ret_code"].clone()
    };
    assert_eq!(refund("20.00", "r1"), "000100");
    assert_eq!(refund("20.00", "r2"), "000040");
    assert_eq!(refund("19.90", "r3"), "000100");
    assert_eq!(refund("0.01", "r4"), "000040");
    sandbox.add_sale(SandboxSale { status: SaleStatus::Closed, amount: usd(9999), ..sale() }).unwrap();
    assert_eq!(refund("0.01", "r5"), "000040");
    let amounts: Vec<_> = sandbox.book().iter().map(|refund| refund.amount.minor()).collect();
    assert_eq!(amounts, [2000, 1990]);
}

#[test]
fn the_same_reference_executes_again_unless_told_otherwise() {
    for (deduplicate, executions) in [(false, 2), (true, 1)] {
        let sandbox = start(SandboxSettings { deduplicate, ..SandboxSettings::default() });
        let good = format!("{STORE} refundAmount=0.01 currency=USD settleCurrency=USD refundReference=r1");
        for _ in 0..2 {
            let answer = call(&sandbox, REFUND, &format!("{good} transactionNo={NUMBER}"));
            assert_eq!(answer["ret_code"], "000100");
        }
        assert_eq!(sandbox.book().len(), executions);
    }
}

#[test]
fn the_book_survives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let state_file = Some(folder.path().join("state.json"));
    let settings = || SandboxSettings { state_file: state_file.clone(), ..SandboxSettings::default() };
    let good = format!("{STORE} refundAmount=0.01 currency=USD settleCurrency=USD transactionNo={NUMBER}");
    let first = start(settings());
    call(&first, REFUND, &format!("{good} refundReference=r1"));
    let added = r#"{"transactionNo":"316129873376769782","amount":"1500","currency":"KRW","behaviour":"declines"}"#;
    send(&first, "POST", "/sandbox/sale", added);
    let before = first.book();
    drop(first);
    let second = start(settings());
    assert_eq!(second.book(), before);
    let answer = call(&second, QUERY, &format!("{STORE} transactionNo={NUMBER}"));
    assert_eq!(answer["result"]["refundInfo"][0]["refundReference"], "r1");
    assert_eq!(call(&second, QUERY, &format!("{STORE} transactionNo=316129873376769782"))["result"]["amount"], "1500");
    drop(second);
    std::fs::write(state_file.as_ref().unwrap(), "{").unwrap();
    assert!(matches!(Sandbox::start(settings()), Err(SandboxError::State { .. })));
}

#[test]
fn it_is_driven_from_outside() {
    let sandbox = start(SandboxSettings::default());
    let refund =
        format!("{STORE} refundAmount=0.01 currency=USD settleCurrency=USD transactionNo={NUMBER} refundReference=r1");
    let fault = r#"{"fault":{"kind":"ret_code","code":"000080"},"execute":true,"times":2,"hiddenForQueries":1}"#;
    assert_eq!(send(&sandbox, "POST", "/sandbox/fault", fault)["waiting"], 1);
    for _ in 0..2 {
        assert_eq!(call(&sandbox, REFUND, &refund)["ret_code"], "000080");
    }
    assert_eq!(call(&sandbox, REFUND, &refund)["ret_code"], "000100");
    let book = send(&sandbox, "GET", "/sandbox/book", "");
    assert_eq!(book["refunds"].as_array().unwrap().len(), 3);
    let shown =
        |sandbox| call(sandbox, QUERY, &format!("{STORE} transactionNo={NUMBER}"))["result"]["refundInfo"].clone();
    assert_eq!(shown(&sandbox).as_array().unwrap().len(), 1);
    assert_eq!(shown(&sandbox).as_array().unwrap().len(), 3);
    for nonsense in ["", "{}", r#"{"fault":{"kind":"unheard_of"}}"#, r#"{"fault":{"kind":"honest"},"typo":1}"#] {
        assert!(send(&sandbox, "POST", "/sandbox/fault", nonsense)["error"].is_string(), "{nonsense}");
    }
    assert!(send(&sandbox, "GET", "/elsewhere", "")["error"].is_string());
}

#[test]
fn a_sales_own_behaviour() {
    let check = |behaviour: Behaviour, executed: usize| {
        let sandbox = start(SandboxSettings::default());
        sandbox.add_sale(SandboxSale { behaviour, ..sale() }).unwrap();
        let body = format!(r#"{{"transactionNo":"{NUMBER}"}}"#);
        let refund = format!(
            "{STORE} refundAmount=0.01 currency=USD settleCurrency=USD transactionNo={NUMBER} refundReference=r1"
        );
        let lost = matches!(behaviour, Behaviour::AnswerLost | Behaviour::RequestLost);
        if !lost && behaviour != Behaviour::OutOfOrder {
            call(&sandbox, REFUND, &refund);
            assert_eq!(sandbox.book().len(), executed, "{behaviour:?} {body}");
        }
        sandbox
    };
    check(Behaviour::Normal, 1);
    check(Behaviour::Declines, 0);
    let pending = check(Behaviour::PendingThenSuccess, 1);
    let status = |sandbox| {
        call(sandbox, QUERY, &format!("{STORE} transactionNo={NUMBER}"))["result"]["refundInfo"][0]["status"].clone()
    };
    assert_eq!(status(&pending), "pending");
    assert!(status(&pending).is_null());
    assert_eq!(pending.book()[0].status, SaleStatus::Success);
}

#[test]
fn it_refuses_to_be_reached_from_other_machines() {
    for listen in ["0.0.0.0:0", "[::]:0", "192.0.2.1:0"] {
        let settings = SandboxSettings { listen: listen.parse().unwrap(), ..SandboxSettings::default() };
        assert!(matches!(Sandbox::start(settings), Err(SandboxError::NotLoopback(_))), "{listen}");
    }
}

#[test]
fn nonsense_on_the_wire_ends_the_connection_and_nothing_else() {
    let sandbox = start(SandboxSettings::default());
    let header = format!("GET / HTTP/1.1\r\nX: {}\r\n\r\n", "x".repeat(70_000));
    let attempts: [&[u8]; 6] = [
        b"\0\0\0\0\r\n\r\n",
        b"SSH-2.0-x\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        header.as_bytes(),
    ];
    for attempt in attempts {
        let mut stream = TcpStream::connect(sandbox.addr()).unwrap();
        // It may hang up while we still write.
        drop(stream.write_all(attempt));
        let mut answer = Vec::new();
        drop(stream.read_to_end(&mut answer));
        assert!(answer.is_empty());
    }
    assert_eq!(send(&sandbox, "GET", "/", ""), serde_json::json!({}));
}
